//! What the offer answers to each action, in one reading of the offer: which trainings and organisations answer each
//! link, and the action as a whole, each counted once. Absent: the rules of teaching and suiting (see `offer`, `gaps`).

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::{Action, ActionKind, Link, Roadmaps};
use crate::gaps;
use crate::offer::{Offer, Row};
use crate::persona::{Circumstances, Persona};
use crate::snapshot::Snapshot;
use crate::vocabulary::{Competence, Kind, Level};

/// What the offer answers to an action, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActionState {
    /// Trainings answer all its links.
    Answered,
    /// Trainings answer some of its links.
    Partly,
    /// No training answers any of its links.
    Unanswered,
    /// A training action that names nothing to be taught.
    Unjudged,
    /// No training action.
    Other,
}

const STATES: [(ActionState, &str, &str, &str); 5] = [
    (ActionState::Answered, "repondue", "L’offre y répond", "●"),
    (ActionState::Partly, "en-partie", "En partie", "◐"),
    (ActionState::Unanswered, "sans-reponse", "Sans réponse", "✕"),
    (ActionState::Unjudged, "non-jugee", "Non jugée", "○"),
    (ActionState::Other, "hors-formation", "Pas une action de formation", "·"),
];

impl ActionState {
    /// All states, best first.
    pub fn all() -> impl Iterator<Item = ActionState> {
        STATES.iter().map(|(state, ..)| *state)
    }

    /// Name in addresses and files.
    pub fn name(self) -> &'static str {
        STATES[self as usize].1
    }

    /// Label on screens.
    pub fn label(self) -> &'static str {
        STATES[self as usize].2
    }

    /// Symbol beside the label.
    pub fn mark(self) -> &'static str {
        STATES[self as usize].3
    }

    /// The state of a name.
    pub fn named(name: &str) -> Option<ActionState> {
        ActionState::all().find(|state| state.name() == name)
    }
}

/// What the offer answers to a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkAnswer {
    /// Identifier of the persona for whom trainings are counted: that of the link, when she is in place and has the level
    /// to gain; `None`: for everybody.
    pub persona: Option<String>,
    /// Trainings.
    pub trainings: usize,
    /// Organisations that give them.
    pub providers: usize,
}

/// What the offer answers to an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionAnswer {
    /// The state that follows.
    pub state: ActionState,
    /// Trainings that answer one of its links at least.
    pub trainings: usize,
    /// Organisations that give them.
    pub providers: usize,
    /// One for each link, in their order.
    pub links: Vec<LinkAnswer>,
}

impl Snapshot {
    /// What the offer answers to each action, in the order of [`Roadmaps::actions`].
    pub fn answers(&self, roadmaps: &Roadmaps, personas: &[Persona]) -> Vec<ActionAnswer> {
        let offer = self.offer();
        let mut asked = Asked::default();
        let places: Vec<Vec<usize>> = roadmaps
            .actions
            .iter()
            .map(|action| action.links.iter().map(|link| asked.place(link, personas)).collect())
            .collect();
        let suiting: Vec<Vec<bool>> = asked
            .personas
            .iter()
            .map(|place| {
                gaps::suiting(offer, &personas[*place], &Circumstances::default(), self.referential())
            })
            .collect();
        let exam = self.referential().code::<Kind>("exam");
        let mut cells = vec![Counted::default(); asked.cells.len()];
        let mut wholes = vec![Counted::default(); places.len()];
        let mut met = vec![false; asked.cells.len()];
        for (at, row) in offer.rows.iter().enumerate() {
            let suits = |cell: &Cell| cell.persona.is_none_or(|persona| suiting[persona][at]);
            for ((cell, met), counted) in asked.cells.iter().zip(&mut met).zip(&mut cells) {
                *met = cell.is_taught(offer, row, exam) && suits(cell);
                counted.add(*met, row.provider);
            }
            for (whole, places) in wholes.iter_mut().zip(&places) {
                whole.add(places.iter().any(|place| met[*place]), row.provider);
            }
        }
        let link = |place: &usize| LinkAnswer {
            persona: asked.cells[*place].persona.map(|at| personas[asked.personas[at]].id.clone()),
            trainings: cells[*place].trainings,
            providers: cells[*place].providers.len(),
        };
        let actions = roadmaps.actions.iter().zip(&places).zip(&wholes);
        actions
            .map(|((action, places), whole)| {
                let links: Vec<LinkAnswer> = places.iter().map(link).collect();
                ActionAnswer {
                    state: state(action, &links),
                    trainings: whole.trainings,
                    providers: whole.providers.len(),
                    links,
                }
            })
            .collect()
    }
}

fn state(action: &Action, links: &[LinkAnswer]) -> ActionState {
    let answered = links.iter().filter(|link| link.trainings > 0).count();
    match (action.kind, links.len()) {
        (kind, _) if kind != ActionKind::Training => ActionState::Other,
        (_, 0) => ActionState::Unjudged,
        _ if answered == 0 => ActionState::Unanswered,
        (_, all) if answered == all => ActionState::Answered,
        _ => ActionState::Partly,
    }
}

/// What is asked of the offer by one link at least.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Cell {
    competence: Competence,
    level: Option<Level>,
    /// Place among the personas asked for.
    persona: Option<usize>,
}

impl Cell {
    fn is_taught(&self, offer: &Offer, row: &Row, exam: Option<Kind>) -> bool {
        match self.level {
            Some(level) => offer
                .taught(row)
                .iter()
                .any(|taught| taught.competence == self.competence && taught.covers(level)),
            None => row.competences.contains(self.competence) && Some(row.kind) != exam,
        }
    }
}

/// Everything that links ask, each once.
#[derive(Default)]
struct Asked {
    cells: Vec<Cell>,
    known: BTreeMap<Cell, usize>,
    /// Places of the personas asked for, among those in place.
    personas: Vec<usize>,
}

impl Asked {
    /// The place of what a link asks.
    fn place(&mut self, link: &Link, personas: &[Persona]) -> usize {
        let needs = |persona: &Persona| {
            let need = persona.need(link.competence);
            need.is_some_and(|need| need.levels().any(|level| Some(level) == link.level))
        };
        let named = |persona: &Persona| link.persona.as_ref().is_some_and(|id| *id == persona.id);
        let persona = personas.iter().position(|persona| named(persona) && needs(persona));
        let persona = persona.map(|persona| {
            let known = self.personas.iter().position(|place| *place == persona);
            known.unwrap_or_else(|| {
                self.personas.push(persona);
                self.personas.len() - 1
            })
        });
        let cell = Cell { competence: link.competence, level: link.level, persona };
        *self.known.entry(cell).or_insert_with(|| {
            self.cells.push(cell);
            self.cells.len() - 1
        })
    }
}

/// Trainings and their organisations.
#[derive(Clone, Default)]
struct Counted {
    trainings: usize,
    providers: FxHashSet<u32>,
}

impl Counted {
    fn add(&mut self, is_met: bool, provider: u32) {
        if is_met {
            self.trainings += 1;
            self.providers.insert(provider);
        }
    }
}
