//! `/comparer`: up to four trainings side by side, what differs said in words.
//! Absent: any memory of what was compared but the address.

use askama::Template;
use catalogue::french::{NARROW, quoted};
use catalogue::{Field, Training};

use super::cards::Card;
use super::fields;
use super::training::find;
use crate::address;
use crate::answer::Answer;
use crate::errors::{Code, Failure};
use crate::layout::{Layout, Section};
use crate::visit::Visit;
use crate::wording;

/// Trainings compared at most.
pub(crate) const MOST_COMPARED: usize = 4;

/// Trainings suggested at most.
const SUGGESTED: usize = 4;

#[derive(Template)]
#[template(path = "compare.html")]
struct ComparePage {
    layout: Layout,
    columns: Vec<Column>,
    rows: Vec<Row>,
    differing: usize,
    suggestions: Vec<Suggestion>,
    is_full: bool,
}

struct Column {
    card: Card,
    without: String,
}

struct Row {
    label: &'static str,
    differs: bool,
    cells: Vec<Cell>,
}

struct Cell {
    values: Vec<String>,
    estimate: Option<String>,
    stated: Option<String>,
}

struct Suggestion {
    title: String,
    provider: String,
    href: String,
}

/// The trainings of the address side by side.
pub(crate) fn page(visit: &Visit) -> Result<Answer, Failure> {
    if let Some((name, _)) = visit.pairs.iter().find(|(name, _)| name != "id") {
        let name: String = name.chars().filter(|c| !c.is_control()).take(60).collect();
        let mut failure =
            Failure::new(Code::UnknownParameter, format!("Le paramètre « {name} » n’existe pas ici."));
        failure.known.push("id".to_owned());
        let ids = visit.values("id").map(|id| ("id", id));
        return Err(failure.leading("La même comparaison sans lui", address::with_pairs("/comparer", ids)));
    }
    let mut ids: Vec<&str> = Vec::new();
    for id in visit.values("id") {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    if ids.len() > MOST_COMPARED {
        return Err(too_many(visit, &ids));
    }
    let trainings: Vec<Training> = ids
        .iter()
        .map(|id| {
            let others = link(ids.iter().copied().filter(|other| other != id));
            find(visit, id).map_err(|failure| failure.leading("La comparaison sans elle", others))
        })
        .collect::<Result<_, _>>()?;
    Ok(Answer::html(&compared(visit, &trainings)))
}

/// The error for more trainings than are compared: each can be taken away, none is lost.
fn too_many(visit: &Visit, ids: &[&str]) -> Failure {
    let message =
        format!("{} formations sont choisies{NARROW}; {MOST_COMPARED} au plus se comparent.", ids.len());
    let mut failure = Failure::new(Code::TooManyCompared, message);
    for id in ids {
        let Some(training) = visit.snapshot.get(id) else { continue };
        let others = link(ids.iter().copied().filter(|other| other != id));
        failure = failure.leading(format!("Retirer {}", quoted(&training.title)), others);
    }
    let kept = link(ids[..MOST_COMPARED].iter().copied());
    failure.leading("Comparer les quatre premières", kept)
}

fn compared(visit: &Visit, trainings: &[Training]) -> ComparePage {
    let title = match trainings {
        [] => "Comparer des formations".to_owned(),
        [only] => format!("Comparer « {} »", only.title),
        several => format!("Comparer {} formations", several.len()),
    };
    let columns = trainings.iter().map(|training| Column {
        card: Card::new(training, &visit.snapshot),
        without: link(
            trainings.iter().filter(|other| other.id != training.id).map(|other| other.id.as_str()),
        ),
    });
    let shown = Field::all().filter(|field| !matches!(field, Field::Title | Field::Url));
    let rows: Vec<Row> = shown.map(|field| row(visit, trainings, field)).collect();
    ComparePage {
        layout: Layout::new(visit, Section::Compare, title).labelled("Comparer").not_indexed(),
        differing: rows.iter().filter(|row| row.differs).count(),
        suggestions: suggestions(visit, trainings),
        is_full: trainings.len() >= MOST_COMPARED,
        columns: columns.collect(),
        rows,
    }
}

fn row(visit: &Visit, trainings: &[Training], field: Field) -> Row {
    let cells: Vec<Cell> = trainings
        .iter()
        .map(|training| {
            let fact = wording::duration(training, &visit.snapshot);
            let is_estimated = field == Field::Duration && fact.is_estimated();
            Cell {
                values: fields::values(training, field, &visit.snapshot),
                estimate: is_estimated.then_some(fact.text),
                stated: training.stated(field).map(str::to_owned),
            }
        })
        .collect();
    // What is not known of one training does not make it different from another.
    let mut told = cells.iter().filter_map(|cell| match cell.values.is_empty() {
        true => cell.stated.as_ref().map(|stated| (Vec::new(), Some(stated.to_lowercase()))),
        false => Some((cell.values.clone(), None)),
    });
    let first = told.next();
    let differs = told.any(|other| Some(other) != first);
    Row { label: field.label(), differs: differs && field != Field::Summary, cells }
}

fn suggestions(visit: &Visit, trainings: &[Training]) -> Vec<Suggestion> {
    let Some(last) = trainings.last() else { return Vec::new() };
    let near = visit.snapshot.similar(last, SUGGESTED + MOST_COMPARED);
    let new = near.into_iter().filter(|near| trainings.iter().all(|known| known.id != near.id));
    new.take(SUGGESTED)
        .map(|near| Suggestion {
            href: link(trainings.iter().map(|known| known.id.as_str()).chain([near.id.as_str()])),
            title: near.title.clone(),
            provider: near.provider.name,
        })
        .collect()
}

fn link<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    address::with_pairs("/comparer", ids.map(|id| ("id", id)))
}
