//! `/feuilles-de-route/{id}`: one roadmap, what is known of it, its actions, the function of the ministry's data
//! administrator, headcounts with their source. Absent: names of people; filters (see the list).

use askama::Template;
use catalogue::french;
use catalogue::roadmaps::{Figure, Roadmap, Roadmaps, Scope};

use super::view::ActionView;
use super::{Pair, ROADMAPS, address_of, request, site};
use crate::address;
use crate::answer::Answer;
use crate::errors::{Code, Failure};
use crate::layout::{Layout, Section};
use crate::pages::needs::GAPS;
use crate::visit::{Visit, shortened};
use crate::wording::typeset;

#[derive(Template)]
#[template(path = "roadmap.html")]
struct RoadmapPage {
    layout: Layout,
    needs_style: String,
    ministry: String,
    is_of_one: bool,
    told: String,
    published: String,
    horizon: Option<String>,
    total: Option<String>,
    read: String,
    pdf: Option<String>,
    source: String,
    site: String,
    note: String,
    training: Vec<ActionView>,
    others: Vec<ActionView>,
    functions: Vec<FigureView>,
    figures: Vec<FigureView>,
    csv: String,
    json: String,
}

/// What a source says of the ministry.
struct FigureView {
    ministry: String,
    what: String,
    number: String,
    year: Option<String>,
    note: String,
    source: String,
    site: String,
}

/// One roadmap.
pub(crate) fn page(visit: &Visit) -> Result<Answer, Failure> {
    visit.accept(&[])?;
    let roadmaps = Roadmaps::builtin();
    let id = visit.path.rsplit('/').next().unwrap_or_default();
    let Some(place) = roadmaps.place(id) else {
        let message =
            format!("Aucune feuille de route n’a l’identifiant {}.", french::quoted(&shortened(id)));
        return Err(Failure::new(Code::PageNotFound, message)
            .knowing(roadmaps.roadmaps.iter().map(|roadmap| roadmap.id.clone()).collect())
            .leading("Toutes les feuilles de route", ROADMAPS.to_owned()));
    };
    Ok(Answer::html(&view(visit, &roadmaps, place)))
}

fn view(visit: &Visit, roadmaps: &Roadmaps, place: usize) -> RoadmapPage {
    let roadmap = &roadmaps.roadmaps[place];
    let answers = visit.app.answers(&visit.snapshot);
    let own: Vec<Pair> =
        roadmaps.actions.iter().zip(answers.iter()).filter(|(action, _)| action.roadmap == place).collect();
    let views = own.iter().map(|pair| ActionView::new(visit, roadmaps, *pair).with_examples(visit, *pair));
    let (training, others): (Vec<_>, Vec<_>) = views.partition(|view| view.is_training);
    let (functions, figures): (Vec<_>, Vec<_>) =
        roadmaps.figures_of(place).partition(|figure| figure.count.is_none());
    let pairs = [(request::MINISTRY, roadmap.id.as_str())];
    let json = address::with_pairs("/feuilles-de-route.json", pairs);
    RoadmapPage {
        layout: Layout::new(visit, Section::Gaps, format!("Feuille de route\u{202f}: {}", roadmap.ministry))
            .labelled(roadmap.ministry.clone())
            .under("Écarts", GAPS)
            .under("Feuilles de route", ROADMAPS)
            .linked("alternate", json.clone(), Some("application/json")),
        needs_style: crate::assets::needs_style_address(),
        ministry: roadmap.ministry.clone(),
        is_of_one: roadmap.scope == Scope::Ministry,
        told: told(roadmap, own.len(), training.len()),
        published: roadmap.published.in_french(),
        horizon: roadmap.horizon.as_deref().map(typeset),
        total: roadmap.actions_total.map(|total| french::integer(total.into())),
        read: french::integer(own.len() as u64),
        pdf: roadmap.pdf.as_ref().map(|pdf| pdf.as_str().to_owned()),
        source: roadmap.source.as_str().to_owned(),
        site: site(&roadmap.source),
        note: typeset(&roadmap.note),
        training,
        others,
        functions: functions.into_iter().map(figure).collect(),
        figures: figures.into_iter().map(figure).collect(),
        csv: address::with_pairs("/feuilles-de-route.csv", pairs),
        json,
    }
}

/// What was read of it, in one or two sentences.
fn told(roadmap: &Roadmap, read: usize, training: usize) -> String {
    let actions = french::counted(read as u64, "action lue", "actions lues");
    let of_training = match training {
        0 => "aucune de formation".to_owned(),
        number => format!("dont {} de formation", french::integer(number as u64)),
    };
    let told = match (read, roadmap.scope) {
        (0, _) => "Aucune action de cette feuille de route n’a pu être lue sur une page publique.".to_owned(),
        (_, Scope::Ministry) => format!("{actions}, {of_training}."),
        (_, Scope::All) => format!(
            "{actions}, {of_training} : ce qu’une source dit de toutes les feuilles de route, sans l’attribuer à un ministère."
        ),
        (_, Scope::Several) => {
            format!(
                "{actions}, {of_training} : ce qu’une source dit de plusieurs ministères sans les nommer."
            )
        }
    };
    typeset(&told)
}

fn figure(figure: &Figure) -> FigureView {
    FigureView {
        ministry: figure.ministry.clone(),
        what: typeset(&french::capitalised(&figure.what)),
        number: figure.count.map(french::integer).unwrap_or_default(),
        year: figure.year.map(|year| year.to_string()),
        note: typeset(&figure.note),
        source: figure.source.as_str().to_owned(),
        site: site(&figure.source),
    }
}

/// Ministries that have a page, with its address.
pub(crate) fn ministries() -> Vec<(String, String)> {
    let roadmaps = Roadmaps::builtin();
    roadmaps.of_ministries().map(|one| (one.ministry.clone(), address_of(&one.id))).collect()
}
