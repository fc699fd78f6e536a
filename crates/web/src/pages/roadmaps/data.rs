//! `/feuilles-de-route.json`: roadmaps and actions for programs; an unknown total is `null`. Absent: pages.

use catalogue::roadmaps::{ActionAnswer, Figure, Link, LinkAnswer, Roadmap, Roadmaps};
use catalogue::{Referential, Snapshot};
use serde::Serialize;

use super::Pair;
use super::view::proof;
use crate::visit::Visit;

#[derive(Serialize)]
pub(super) struct Twin {
    revision: u64,
    roadmaps: Vec<RoadmapTwin>,
    total: usize,
    actions: Vec<ActionTwin>,
}

#[derive(Serialize)]
struct RoadmapTwin {
    id: String,
    ministry: String,
    published: String,
    horizon: Option<String>,
    /// Number of actions that a source states.
    actions_total: Option<u32>,
    /// Number of actions read here, whatever the filter.
    actions_read: usize,
    pdf: Option<String>,
    source: String,
    note: String,
    functions: Vec<FigureTwin>,
    headcounts: Vec<FigureTwin>,
}

#[derive(Serialize)]
struct FigureTwin {
    ministry: String,
    what: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<u64>,
    year: Option<u16>,
    source: String,
    note: String,
}

#[derive(Serialize)]
struct ActionTwin {
    id: String,
    roadmap: String,
    title: String,
    kind: &'static str,
    published: String,
    due: Option<String>,
    source: String,
    note: String,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<CountTwin>,
    links: Vec<LinkTwin>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unlinked: Option<String>,
}

#[derive(Serialize)]
struct CountTwin {
    trainings: usize,
    providers: usize,
}

#[derive(Serialize)]
struct LinkTwin {
    competence: String,
    label: String,
    level: Option<u8>,
    /// The persona whose public the title names.
    persona: Option<String>,
    reason: String,
    /// The persona for whom trainings are counted; `null`: everybody.
    counted_for: Option<String>,
    #[serde(flatten)]
    count: CountTwin,
    /// The list of these trainings.
    page: String,
}

/// The actions of a filter, with all roadmaps.
pub(super) fn twin<'a>(visit: &Visit, roadmaps: &Roadmaps, pairs: impl Iterator<Item = Pair<'a>>) -> Twin {
    let snapshot = &visit.snapshot;
    let actions: Vec<ActionTwin> = pairs.map(|pair| action(snapshot, roadmaps, pair)).collect();
    let roadmap_twins = roadmaps.roadmaps.iter().enumerate();
    Twin {
        revision: snapshot.stamp().revision,
        roadmaps: roadmap_twins.map(|(place, one)| roadmap(roadmaps, place, one)).collect(),
        total: actions.len(),
        actions,
    }
}

fn roadmap(roadmaps: &Roadmaps, place: usize, roadmap: &Roadmap) -> RoadmapTwin {
    let figure = |figure: &Figure| FigureTwin {
        ministry: figure.ministry.clone(),
        what: figure.what.clone(),
        count: figure.count,
        year: figure.year,
        source: figure.source.as_str().to_owned(),
        note: figure.note.clone(),
    };
    let (functions, headcounts): (Vec<_>, Vec<_>) =
        roadmaps.figures_of(place).partition(|figure| figure.count.is_none());
    RoadmapTwin {
        id: roadmap.id.clone(),
        ministry: roadmap.ministry.clone(),
        published: roadmap.published.to_string(),
        horizon: roadmap.horizon.clone(),
        actions_total: roadmap.actions_total,
        actions_read: roadmaps.actions.iter().filter(|action| action.roadmap == place).count(),
        pdf: roadmap.pdf.as_ref().map(|pdf| pdf.as_str().to_owned()),
        source: roadmap.source.as_str().to_owned(),
        note: roadmap.note.clone(),
        functions: functions.into_iter().map(figure).collect(),
        headcounts: headcounts.into_iter().map(figure).collect(),
    }
}

fn action(snapshot: &Snapshot, roadmaps: &Roadmaps, (action, answer): Pair) -> ActionTwin {
    let links = action.links.iter().zip(&answer.links);
    ActionTwin {
        id: action.id.clone(),
        roadmap: roadmaps.roadmaps[action.roadmap].id.clone(),
        title: action.title.clone(),
        kind: action.kind.name(),
        published: action.published.to_string(),
        due: action.due.clone(),
        source: action.source.as_str().to_owned(),
        note: action.note.clone(),
        state: answer.state.name(),
        answer: (!answer.links.is_empty()).then(|| whole(answer)),
        links: links.map(|(one, answer)| link(snapshot, one, answer)).collect(),
        unlinked: action.unlinked.clone(),
    }
}

fn whole(answer: &ActionAnswer) -> CountTwin {
    CountTwin { trainings: answer.trainings, providers: answer.providers }
}

fn link(snapshot: &Snapshot, link: &Link, answer: &LinkAnswer) -> LinkTwin {
    let referential: &Referential = snapshot.referential();
    let term = referential.term(link.competence);
    LinkTwin {
        competence: term.id.clone(),
        label: term.label.clone(),
        level: link.level.map(|level| level.number()),
        persona: link.persona.clone(),
        reason: link.reason.clone(),
        counted_for: answer.persona.clone(),
        count: CountTwin { trainings: answer.trainings, providers: answer.providers },
        page: proof(snapshot, link, answer),
    }
}
