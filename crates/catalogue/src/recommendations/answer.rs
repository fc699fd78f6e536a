//! What is answered: the few trainings to build, what each brings to whom, what comes near it today, what it may cost.
//! Absent: how they are chosen (see the crate `actions`), sentences.

use super::candidates::{Draft, Lift, Standing};
use super::templates::Template;
use crate::gaps::{Gaps, State};
use crate::pathways::{AlternativeFormat, Basis, Obstacle, Obstacles, OfferedSet, Proof, topic};
use crate::persona::Persona;
use crate::snapshot::Snapshot;
use crate::training::Training;

/// What a day of training of one person costs in the schools that train senior executives of the State, in euros: prices of
/// 250 to 468 € a person and a day.
pub const DAY_EUR: (f64, f64) = (250.0, 468.0);
/// What that day costs sometimes, in euros, by the same page.
pub const DAY_EUR_SOMETIMES: f64 = 1_000.0;
/// Page that states those prices (La Gazette des communes, on the report of three inspections of 2025).
pub const DAY_SOURCE: &str = "https://www.lagazettedescommunes.com/1004752/le-chiffre-de-la-semaine-8-organismes-de-formation-sur-13-declarent-ne-pas-connaitre-leur-cout-moyen-dune-journee";
/// Hours of a day of training: what the trainings of a day in the catalogue state most.
pub const DAY_HOURS: f64 = 7.0;
/// Trainings of today shown beside a proposal.
const NEAREST: usize = 3;
/// How many times as long as a proposal a training may last, to be adapted rather than built anew: our choice.
const ADAPTED_MOST: f64 = 2.0;
/// Obstacles that adapting a training can lift.
const ADAPTABLE: [Obstacle; 4] = [Obstacle::Audience, Obstacle::Format, Obstacle::Place, Obstacle::Event];

/// What a search for trainings to build ends with.
#[derive(Debug, Clone, PartialEq)]
pub enum RecommendationOutcome {
    /// The trainings to build, maybe none.
    Found(Box<Recommendations>),
    /// The search was stopped before any choice was found.
    Stopped,
}

/// The trainings to build.
#[derive(Debug, Clone, PartialEq)]
pub struct Recommendations {
    /// The personas, with what they reach today and would reach.
    pub outlooks: Vec<Outlook>,
    /// The trainings to build, what would be lost without each first.
    pub proposals: Vec<Proposal>,
    /// How good the choice is, by levels gained, each for as many people as gain it.
    pub proof: Proof,
    /// Trainings that the choice was made from.
    pub drafts: usize,
    /// What a training of each length is assumed to bring.
    pub templates: Vec<Template>,
    /// Personas left aside, because they are too many.
    pub left_out: usize,
}

/// A persona today, and were the proposals built.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    /// The persona.
    pub persona: Persona,
    /// How many people she counts for.
    pub people: u32,
    /// Best pathway of today.
    pub before: Reached,
    /// Best pathway, were the proposals built.
    pub after: Reached,
    /// Levels of her needs by state of the offer, today.
    pub gaps_before: Gaps,
    /// The same, were the proposals built.
    pub gaps_after: Gaps,
}

/// What a pathway reaches.
#[derive(Debug, Clone, PartialEq)]
pub struct Reached {
    /// Levels of needs gained.
    pub levels: usize,
    /// Weight gained, as a share of the weight wanted.
    pub share: f64,
    /// Minutes that count.
    pub minutes: u64,
    /// Its trainings, in order; proposals among them.
    pub steps: Vec<Training>,
    /// Whether it is proven that none gains more.
    pub is_proven: bool,
}

/// A training to build.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// Identifier in addresses.
    pub id: String,
    /// What it is.
    pub draft: Draft,
    /// As it would be in the catalogue.
    pub training: Training,
    /// For each persona whose best pathway would take it, her number and the levels of needs lost without it, all others
    /// built; none when the search was stopped before it was known.
    pub brings: Vec<(usize, Option<usize>)>,
    /// Levels known to be lost without it, each for as many people as lose it.
    pub lost: u64,
    /// Trainings of today that come nearest.
    pub nearest: Vec<Near>,
    /// Other formats than a course that bring the same levels, by our proposal.
    pub formats: Vec<&'static AlternativeFormat>,
}

/// A training of today beside a proposal.
#[derive(Debug, Clone, PartialEq)]
pub struct Near {
    /// The training.
    pub training: Training,
    /// Levels of the proposal that it brings.
    pub levels: usize,
    /// Those that it does not, by competence: from the level where it stops.
    pub lacks: Vec<Lift>,
    /// For each persona of the proposal, what keeps her from it.
    pub kept_out: Vec<(usize, Obstacles)>,
    /// Minutes that count.
    pub minutes: u32,
    /// What they rest on.
    pub basis: Basis,
}

impl Near {
    /// Whether it takes more than the hours that somebody has in a year, as far as its length, or the least of it, is known or
    /// estimated.
    pub fn is_too_long(&self, persona: &Persona) -> bool {
        let over = |hours: crate::Hours| f64::from(self.minutes) > hours.get() * 60.0 + 1e-6;
        persona.hours_year_high.is_some_and(over)
    }
}

/// What to do about a need, in view of what exists.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Advice<'p> {
    /// A training of today brings as much and lasts at most twice as long: change whom it is for, where or how.
    Adapt(&'p Near),
    /// Build it.
    Build,
}

impl Proposal {
    /// Levels that it brings over its competences.
    pub fn levels(&self) -> usize {
        self.draft.lifts.iter().map(|lift| usize::from(lift.to.number() - lift.from)).sum()
    }

    /// Whether to build it or to adapt what exists.
    pub fn advice(&self) -> Advice<'_> {
        let adaptable = |near: &&Near| {
            let can_change = |(_, obstacles): &(usize, Obstacles)| {
                obstacles.iter().all(|obstacle| ADAPTABLE.contains(&obstacle))
            };
            let most = self.draft.template.hours * 60.0 * ADAPTED_MOST;
            near.lacks.is_empty()
                && near.basis != Basis::Unknown
                && f64::from(near.minutes) <= most
                && near.kept_out.iter().all(can_change)
        };
        self.nearest.iter().find(adaptable).map_or(Advice::Build, Advice::Adapt)
    }

    /// What it may cost for one person, in euros, from and to: the stated price of a day, in proportion of its hours.
    pub fn cost_per_person_eur(&self) -> (f64, f64) {
        let days = self.draft.template.hours / DAY_HOURS;
        (DAY_EUR.0 * days, DAY_EUR.1 * days)
    }
}

impl Recommendations {
    /// The proposal of an identifier.
    pub fn proposal(&self, id: &str) -> Option<&Proposal> {
        self.proposals.iter().find(|proposal| proposal.id == id)
    }

    /// Levels gained today and were the proposals built, each for as many people as gain it.
    pub fn person_levels(&self) -> (u64, u64) {
        let sum = |levels: fn(&Outlook) -> usize| -> u64 {
            self.outlooks.iter().map(|own| levels(own) as u64 * u64::from(own.people)).sum()
        };
        (sum(|own| own.before.levels), sum(|own| own.after.levels))
    }
}

impl Recommendations {
    /// Share of the needs that the pathways reach, were the proposals built, each need for as many people as have it.
    pub fn reached(&self) -> f64 {
        let whole = |own: &Outlook| -> f64 {
            own.persona.needs.iter().map(|need| need.weight * need.levels().count() as f64).sum()
        };
        let (mut reached, mut wanted) = (0.0, 0.0);
        for own in &self.outlooks {
            let own_wanted = whole(own) * f64::from(own.people);
            reached += own.after.share * own_wanted;
            wanted += own_wanted;
        }
        if wanted > 0.0 { reached / wanted } else { 0.0 }
    }
}

impl Outlook {
    /// Levels of her needs in a state, today and were the proposals built.
    pub fn gaps(&self, state: State) -> (usize, usize) {
        (self.gaps_before.count(state), self.gaps_after.count(state))
    }
}

/// The trainings of today that bring the most of a draft's levels: those that the fewest obstacles keep out first, then the
/// shortest.
///
/// What is offered to each persona is given in the order of the personas.
pub fn nearest(snapshot: &Snapshot, offered: &[OfferedSet], draft: &Draft) -> Vec<Near> {
    let sets: Vec<_> = draft.audience.iter().map(|number| (*number, &offered[*number])).collect();
    let Some((_, first)) = sets.first() else { return Vec::new() };
    let mut found: Vec<(usize, usize, u32, usize)> = Vec::new();
    for (place, offered) in first.all.iter().enumerate() {
        let brought: usize =
            draft.lifts.iter().map(|lift| brought(&offered.teaches, &offered.asks, *lift)).sum();
        let obstacles = sets.iter().map(|(_, set)| set.all[place].obstacles.len()).sum();
        if brought > 0 {
            found.push((brought, obstacles, offered.minutes, place));
        }
    }
    found.sort_by_key(|(brought, obstacles, minutes, place)| {
        (std::cmp::Reverse(*brought), *obstacles, *minutes, *place)
    });
    let near = |(levels, _, _, place): (usize, usize, u32, usize)| {
        let offered = &first.all[place];
        let lacks = draft.lifts.iter().filter_map(|lift| {
            let has = brought(&offered.teaches, &offered.asks, *lift) as u8;
            (lift.from + has < lift.to.number()).then_some(Lift { from: lift.from + has, ..*lift })
        });
        Near {
            training: snapshot.training_of(offered),
            levels,
            lacks: lacks.collect(),
            kept_out: sets.iter().map(|(number, set)| (*number, set.all[place].obstacles)).collect(),
            minutes: offered.minutes,
            basis: offered.basis,
        }
    };
    found.into_iter().take(NEAREST).map(near).collect()
}

/// Levels of a lift that a training brings to somebody who stands where the lift begins.
fn brought(teaches: &[(usize, u8)], asks: &[(usize, u8)], lift: Lift) -> usize {
    let of = |levels: &[(usize, u8)]| {
        levels.iter().filter(|(own, _)| *own == topic(lift.competence)).map(|(_, level)| *level).max()
    };
    if of(asks).unwrap_or(0) > lift.from {
        return 0;
    }
    usize::from(of(teaches).unwrap_or(0).min(lift.to.number()).saturating_sub(lift.from))
}

/// Formats other than a course that bring all levels of a draft to somebody who stands where it begins, for all its personas.
pub fn formats(standings: &[Standing], draft: &Draft) -> Vec<&'static AlternativeFormat> {
    let brings = |format: &&AlternativeFormat| {
        let brings = |lift: &Lift| {
            format.competences.iter().any(|(own, to)| *own == lift.competence && *to >= lift.to)
        };
        let suits = |number: &usize| {
            let audience = standings[*number].persona.audience;
            audience.is_none_or(|own| format.audiences.is_empty() || format.audiences.contains(&own))
        };
        draft.lifts.iter().all(brings) && draft.audience.iter().all(suits)
    };
    AlternativeFormat::all().iter().filter(brings).collect()
}
