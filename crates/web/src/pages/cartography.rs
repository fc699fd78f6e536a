//! `/cartographie`: any vocabulary against any other, with the explorer's filters; each figure opens its trainings.
//! Absent: counting (see `catalogue::Snapshot::cartography`), JSON and CSV (see `data`), two dates.

pub(crate) mod data;
mod finding;
mod request;
mod table;
pub(crate) mod unknown;

use askama::Template;
use catalogue::{Axis, Matrix, Measure, french};

use super::choices::Choice;
use super::dates;
use super::explorer::{Chip, chips};
use crate::address;
use crate::answer::Answer;
use crate::errors::Failure;
use crate::layout::{Layout, Section};
use crate::pages::chosen::Chosen;
use crate::visit::Visit;
use request::{Proportion, Request};
use table::{LegendStep, MatrixView};

/// Path of the page.
pub(crate) const PATH: &str = "/cartographie";
/// Cells of a page that lead to their trainings at most: beyond, links go by matrix, to keep the page light.
const LINKED_CELLS_MAX: usize = 440;
/// Cells drawn on a page at most; the matrices left are links.
const DRAWN_CELLS_MAX: usize = 1_500;

#[derive(Template)]
#[template(path = "cartography.html")]
struct CartographyPage {
    layout: Layout,
    sentence: Option<String>,
    chips: Vec<Chip>,
    explorer: String,
    rows: Vec<Choice>,
    columns: Vec<Choice>,
    multiples: Vec<Choice>,
    measures: Vec<Choice>,
    proportions: Vec<Choice>,
    hidden: Vec<(&'static str, String)>,
    finding: String,
    matrices: Vec<MatrixView>,
    others: Vec<(String, String)>,
    legend: Vec<LegendStep>,
    notes: Vec<String>,
    json: String,
    csv: String,
    is_empty: bool,
    has_history: bool,
}

/// The cartography of a selection.
pub(crate) fn page(visit: &Visit) -> Result<Answer, Failure> {
    if dates::is_asked(visit) {
        return dates::page(visit);
    }
    let request = Request::read(visit)?;
    // A form sends all its fields, empty ones too: addresses are to be shared.
    if visit.pairs.iter().any(|(_, value)| value.is_empty()) {
        return Ok(Answer::moved(request.at(PATH)));
    }
    let matrices = request.matrices(visit)?;
    let selection = &request.selection;
    let layout = Layout::new(visit, Section::Cartography, title(&request))
        .labelled("Cartographie")
        .linked("canonical", request.at(PATH), None)
        .linked("alternate", request.at("/cartographie.json"), Some("application/json"));
    let layout = if selection.is_filtered() { layout.not_indexed() } else { layout };
    let highest = table::highest(&matrices, request.measure);
    let (drawn, others) = drawn(&request, &matrices);
    let is_linked = cells(&matrices[..drawn]) <= LINKED_CELLS_MAX;
    let views = matrices[..drawn].iter().map(|matrix| table::view(&request, matrix, highest, is_linked));
    Ok(Answer::html(&CartographyPage {
        layout,
        sentence: selection
            .is_filtered()
            .then(|| {
                visit.snapshot.count(selection).map(|total| visit.snapshot.sentence(selection, total)).ok()
            })
            .flatten(),
        chips: removable(visit, &request),
        explorer: address::of(address::TRAININGS, selection),
        rows: axis_choices(Some(request.axes.rows)),
        columns: axis_choices(Some(request.axes.columns)),
        multiples: axis_choices(request.axes.by),
        measures: Measure::all()
            .map(|measure| Choice::new(measure.name(), measure.label(), measure == request.measure))
            .collect(),
        proportions: Proportion::choices(request.proportion),
        hidden: selection.pairs(),
        finding: finding::sentence(&request, &matrices),
        has_history: visit.app.history().is_some(),
        is_empty: matrices.iter().all(|matrix| matrix.total().trainings == 0),
        legend: table::legend(request.measure, highest),
        notes: notes(&request, &matrices, is_linked),
        matrices: views.collect(),
        others,
        json: request.at("/cartographie.json"),
        csv: request.at("/cartographie.csv"),
    }))
}

fn title(request: &Request) -> String {
    let axis = |axis: Axis| axis.label().to_lowercase();
    let by = request.axes.by.map(|by| format!(", par {}", axis(by))).unwrap_or_default();
    format!("Cartographie : {} et {}{by}", axis(request.axes.rows), axis(request.axes.columns))
}

fn axis_choices(chosen: Option<Axis>) -> Vec<Choice> {
    Axis::all().map(|axis| Choice::new(axis.name(), axis.label(), chosen == Some(axis))).collect()
}

/// Filters in force, each with the address of this page without it.
fn removable(visit: &Visit, request: &Request) -> Vec<Chip> {
    let nothing_chosen = Chosen::new(std::iter::empty(), &visit.snapshot);
    let mut chips = chips(&visit.snapshot, &request.selection, &nothing_chosen);
    let own = request.own_pairs();
    for chip in &mut chips {
        let query = chip.href.split_once('?').map_or("", |(_, query)| query);
        let kept = address::pairs(query).unwrap_or_default();
        let kept = kept.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        chip.href = address::with_pairs(PATH, own.iter().copied().chain(kept));
    }
    chips
}

/// Number of cells of matrices, totals included.
fn cells(matrices: &[Matrix]) -> usize {
    matrices.iter().map(|matrix| (matrix.rows.len() + 1) * (matrix.columns.len() + 1)).sum()
}

/// How many matrices are drawn, and links to the others.
fn drawn(request: &Request, matrices: &[Matrix]) -> (usize, Vec<(String, String)>) {
    let fits = |number: &usize| cells(&matrices[..*number]) <= DRAWN_CELLS_MAX;
    let drawn = (1..=matrices.len()).take_while(fits).last().unwrap_or(1).min(matrices.len());
    let others = matrices[drawn..].iter().filter_map(|matrix| {
        let value = matrix.by.as_ref()?;
        let total = french::counted(matrix.total().trainings, "formation", "formations");
        Some((format!("{} ({total})", value.label), request.alone(value)?))
    });
    (drawn, others.collect())
}

/// What a reader must know of the figures.
fn notes(request: &Request, matrices: &[Matrix], is_linked: bool) -> Vec<String> {
    let mut notes = vec![
        "Une formation qui a plusieurs valeurs est dans plusieurs cases\u{202f}; les totaux « Ensemble » la comptent une seule fois, et ne sont donc pas la somme des cases."
            .to_owned(),
    ];
    if let Some(proportion) = request.proportion {
        notes.push(match request.measure {
            Measure::Hours | Measure::LowestPrice => {
                "Les parts ne sont données que pour des nombres de formations ou d’organismes.".to_owned()
            }
            _ => format!("Le pourcentage est la part {}\u{202f}; pour la même raison, la somme des parts peut dépasser 100\u{202f}%.", proportion.told()),
        });
    }
    let has_unknown = |matrix: &Matrix| {
        matrix.rows.iter().chain(&matrix.columns).chain(&matrix.by).any(|value| value.id.is_none())
    };
    if matrices.iter().any(has_unknown) {
        notes.push("« Non précisé » réunit les formations pour lesquelles le champ n’est pas renseigné\u{202f}: ce n’est pas une absence d’offre. Leur chiffre ouvre une liste à part, car l’explorateur n’a pas de filtre pour elles.".to_owned());
    }
    notes.push(match request.measure {
        Measure::Trainings => "Une case hachurée est vide\u{202f}: aucune formation recensée n’y répond.".to_owned(),
        Measure::Providers => "Chaque organisme est compté une fois par case.".to_owned(),
        Measure::Hours => "Somme des durées que les sources indiquent. Entre parenthèses, le nombre de formations dont la durée est connue, sur toutes celles de la case\u{202f}: le reste n’est pas compté.".to_owned(),
        Measure::Free => "Formations que leur source dit gratuites. Entre parenthèses, le nombre de formations dont le prix est connu, sur toutes celles de la case.".to_owned(),
        Measure::LowestPrice => "Prix le plus bas qu’une source indique, formations gratuites mises à part, hors taxes ou non selon la source\u{202f}; rien n’est converti. Entre parenthèses, le nombre de formations dont le prix est connu, sur toutes celles de la case.".to_owned(),
    });
    if is_linked {
        notes.push("Chaque chiffre ouvre dans l’explorateur toutes les formations de sa case.".to_owned());
    } else {
        notes.push("Pour que la page reste légère, seuls les totaux ont un lien ici\u{202f}: ouvrez un tableau seul pour que chaque case mène à ses formations.".to_owned());
    }
    notes
}
