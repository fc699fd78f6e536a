//! An action on a page: what it is, where it was read, what the offer answers to each of its links, and the list that
//! proves each count. Absent: which actions are shown.

use catalogue::persona::Circumstances;
use catalogue::roadmaps::{ActionAnswer, ActionKind, ActionState, Link, LinkAnswer, Roadmaps};
use catalogue::{Code as _, Facet, Kind, Snapshot, Training, french};

use super::{Pair, address_of, site};
use crate::address::{self, TRAININGS};
use crate::pages::competence::LEVEL;
use crate::pages::needs::{GAPS, PERSONAS};
use crate::visit::Visit;
use crate::wording::typeset;

/// Trainings given as examples of an answer.
const EXAMPLES: usize = 3;
/// Largest catalogue in which examples are looked for, in trainings: beyond, the lists alone have them.
const EXAMPLED_MAX: usize = 200_000;

/// An action.
pub(super) struct ActionView {
    pub id: String,
    pub title: String,
    pub ministry: String,
    pub ministry_href: String,
    pub kind: &'static str,
    /// Whether training may answer it.
    pub is_training: bool,
    pub state: &'static str,
    pub state_label: &'static str,
    pub mark: &'static str,
    /// What the state rests on.
    pub told: String,
    pub links: Vec<LinkView>,
    pub published: String,
    pub due: Option<String>,
    pub note: String,
    pub source: String,
    pub site: String,
}

/// A link of an action.
pub(super) struct LinkView {
    pub label: String,
    /// Label and page of the persona for whom trainings are counted.
    pub persona: Option<(String, String)>,
    /// « 12 formations de 8 organismes ».
    pub counted: String,
    pub href: String,
    pub reason: String,
    pub examples: Vec<Example>,
}

/// A training that answers a link.
pub(super) struct Example {
    pub id: String,
    pub title: String,
    pub language: Option<String>,
    pub provider: String,
}

impl ActionView {
    /// An action, without examples.
    pub(super) fn new(visit: &Visit, roadmaps: &Roadmaps, (action, answer): Pair) -> Self {
        let roadmap = &roadmaps.roadmaps[action.roadmap];
        let links =
            action.links.iter().zip(&answer.links).map(|(link, answer)| LinkView::new(visit, link, answer));
        let links: Vec<LinkView> = links.collect();
        let told = match answer.state {
            ActionState::Answered | ActionState::Partly => told(answer, &links),
            ActionState::Unjudged => action.unlinked.as_deref().map(sentence).unwrap_or_default(),
            _ => String::new(),
        };
        Self {
            id: action.id.clone(),
            title: typeset(&action.title),
            ministry: roadmap.ministry.clone(),
            ministry_href: address_of(&roadmap.id),
            kind: action.kind.label(),
            is_training: action.kind == ActionKind::Training,
            state: answer.state.name(),
            state_label: answer.state.label(),
            mark: answer.state.mark(),
            told: typeset(&told),
            links,
            published: action.published.in_french(),
            due: action.due.as_deref().map(typeset),
            note: typeset(&action.note),
            source: action.source.as_str().to_owned(),
            site: site(&action.source),
        }
    }

    /// The same action, with a few trainings that answer each link.
    pub(super) fn with_examples(self, visit: &Visit, (action, answer): Pair) -> Self {
        let links = self.links.into_iter().zip(action.links.iter().zip(&answer.links));
        let links =
            links.map(|(view, (link, answer))| LinkView { examples: examples(visit, link, answer), ..view });
        Self { links: links.collect(), ..self }
    }
}

impl LinkView {
    fn new(visit: &Visit, link: &Link, answer: &LinkAnswer) -> Self {
        let term = visit.snapshot.referential().term(link.competence);
        let personas = visit.app.personas();
        let persona =
            answer.persona.as_ref().and_then(|id| personas.iter().find(|persona| persona.id == *id));
        Self {
            label: match link.level {
                Some(level) => format!("{}, niveau {}", term.label, level.number()),
                None => format!("{}, tous niveaux", term.label),
            },
            persona: persona.map(|persona| (persona.label.clone(), format!("{PERSONAS}/{}", persona.id))),
            counted: counted(answer.trainings, answer.providers),
            href: proof(&visit.snapshot, link, answer),
            reason: typeset(&sentence(&link.reason)),
            examples: Vec::new(),
        }
    }
}

/// What answers an action in all, what answers none of it, and what rests on one organisation alone.
fn told(answer: &ActionAnswer, links: &[LinkView]) -> String {
    let named = |wanted: &dyn Fn(usize) -> bool| -> Vec<String> {
        let links = links.iter().zip(&answer.links).filter(|(_, answer)| wanted(answer.providers));
        links.map(|(link, _)| french::quoted(&link.label)).collect()
    };
    let (missing, alone) = (named(&|providers| providers == 0), named(&|providers| providers == 1));
    let mut told = Vec::new();
    if links.len() > 1 {
        told.push(format!("{} en tout.", french::capitalised(&counted(answer.trainings, answer.providers))));
    }
    if !missing.is_empty() {
        told.push(format!("Rien pour {}.", french::list(&missing, "et")));
    }
    if !alone.is_empty() {
        told.push(format!("Un seul organisme pour {}.", french::list(&alone, "et")));
    }
    told.join(" ")
}

/// « 12 formations de 8 organismes ».
fn counted(trainings: usize, providers: usize) -> String {
    if trainings == 0 {
        return "aucune formation".to_owned();
    }
    format!(
        "{} de {}",
        french::counted(trainings as u64, "formation", "formations"),
        french::counted(providers as u64, "organisme", "organismes")
    )
}

fn sentence(text: &str) -> String {
    format!("{}.", french::capitalised(text))
}

/// The list of the trainings that a link's answer counts.
pub(super) fn proof(snapshot: &Snapshot, link: &Link, answer: &LinkAnswer) -> String {
    let referential = snapshot.referential();
    let competence = referential.term(link.competence).id.as_str();
    let Some(level) = link.level.map(|level| level.number().to_string()) else {
        let kinds = referential.terms(Kind::VOCABULARY).iter().filter(|term| term.id != "exam");
        let kinds = kinds.map(|term| (Facet::Kind.name(), term.id.as_str()));
        let wanted = std::iter::once((Facet::Competence.name(), competence));
        return address::with_pairs(TRAININGS, wanted.chain(kinds));
    };
    match &answer.persona {
        Some(persona) => address::with_pairs(
            GAPS,
            [("persona", persona.as_str()), ("competence", competence), (LEVEL, &level)],
        ),
        None => address::with_pairs(&format!("/competences/{competence}"), [(LEVEL, level.as_str())]),
    }
}

/// The first trainings of that list.
fn examples(visit: &Visit, link: &Link, answer: &LinkAnswer) -> Vec<Example> {
    let snapshot = &visit.snapshot;
    if snapshot.len() > EXAMPLED_MAX {
        return Vec::new();
    }
    let personas = visit.app.personas();
    let persona = answer.persona.as_ref().and_then(|id| personas.iter().find(|persona| persona.id == *id));
    let first: Vec<Training> = match (link.level, persona) {
        (Some(level), Some(persona)) => snapshot
            .candidates(persona, &Circumstances::default(), link.competence, level)
            .into_iter()
            .filter(|candidate| candidate.kept_out_by.is_empty())
            .take(EXAMPLES)
            .map(|candidate| candidate.training)
            .collect(),
        (Some(level), None) => {
            let mut levels = snapshot.teaching(link.competence, EXAMPLES);
            levels.swap_remove(usize::from(level.number()) - 1).first
        }
        (None, _) => Vec::new(),
    };
    let example = |training: Training| Example {
        language: training
            .language
            .map(|code| snapshot.referential().term(code).id.clone())
            .filter(|id| id != "fr"),
        id: training.id.to_string(),
        provider: training.provider.name.clone(),
        title: training.title,
    };
    first.into_iter().map(example).collect()
}
