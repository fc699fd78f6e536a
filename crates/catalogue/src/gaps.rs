//! What the offer leaves of a persona's needs: for each competence and level, whether it is covered, thinly covered,
//! taught but out of reach, or missing; which constraint keeps each training out; and why, in one sentence.
//!
//! Rules, all shown on the page that uses them:
//! - a training covers the levels above the one it asks on entry in the same competence and up to the one it brings to;
//!   an examination teaches nothing;
//! - a training suits a persona when no [`Constraint`] keeps it out; a fact that nobody states keeps nothing out, but the
//!   training is then *unconfirmed*; an entry level is judged only when it is stated, and a place keeps out no training of
//!   unknown format;
//! - an entry level counts as met when the persona masters it, or when trainings that suit her bring to it, in as many
//!   steps as it takes;
//! - a level is *covered* by trainings of at least [`Rules::providers_min`] organisations, one of them confirmed; *thin*
//!   with fewer organisations or unconfirmed facts only; *out of reach* when trainings exist and none suits; *missing*
//!   when there is none.
//!
//! Each training is judged alone against the whole year's time and money; what fits together in a year is the matter of
//! pathways. Absent: pathways, HTML.

mod constraints;
mod sentence;

use std::collections::BTreeMap;

pub use constraints::{Constraint, Constraints, Facts, Rules};

use crate::offer::{Duration, Offer, Row};
use crate::persona::{Circumstances, Need, Persona};
use crate::snapshot::Snapshot;
use crate::training::Training;
use crate::vocabulary::{Code as _, Competence, Level};
use constraints::{Judge, is_met};

/// Levels of a competence that somebody masters or can reach, by competence.
type Reached = Vec<u8>;

/// How the offer meets a need at a level, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// No training brings to it.
    Missing,
    /// Some do; none suits the persona.
    OutOfReach,
    /// One organisation only, or facts that no source confirms.
    Thin,
    /// Several organisations, facts confirmed.
    Covered,
}

const STATES: [(State, &str, &str); 4] = [
    (State::Missing, "absent", "Absent"),
    (State::OutOfReach, "hors-de-portee", "Hors de portée"),
    (State::Thin, "fragile", "Fragile"),
    (State::Covered, "couvert", "Couvert"),
];

impl State {
    /// All states, worst first.
    pub fn all() -> impl Iterator<Item = State> {
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
        match self {
            State::Missing => "✕",
            State::OutOfReach => "○",
            State::Thin => "◐",
            State::Covered => "●",
        }
    }

    /// The state of a name.
    pub fn named(name: &str) -> Option<State> {
        STATES.iter().find(|(_, known, _)| *known == name).map(|(state, ..)| *state)
    }
}

/// How the offer meets one need at one level.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    /// The competence.
    pub competence: Competence,
    /// The level to gain.
    pub level: Level,
    /// Weight of the need.
    pub weight: f64,
    /// How it is met.
    pub state: State,
    /// Trainings that teach the level.
    pub teaching: usize,
    /// Those that suit the persona.
    pub suiting: usize,
    /// Those whose facts are all confirmed.
    pub confirmed: usize,
    /// Identifiers and names of the organisations whose trainings suit: the first three.
    pub providers: Vec<(String, String)>,
    /// Number of those organisations.
    pub providers_count: usize,
    /// For each constraint, the trainings that it keeps out, alone or with others.
    pub kept_out: BTreeMap<Constraint, usize>,
    /// Smallest set of constraints whose lifting would let a training in, when none suits.
    pub nearest: Option<Constraints>,
    /// How many trainings that smallest set keeps out.
    pub nearest_count: usize,
}

/// All gaps of a persona.
#[derive(Debug, Clone, PartialEq)]
pub struct Gaps {
    /// The persona, in her case.
    pub persona: Persona,
    /// One for each level to gain, in the referential's order then by level.
    pub gaps: Vec<Gap>,
}

/// How a training stands for a persona and a level.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The training.
    pub training: Training,
    /// What keeps it out; empty when it suits.
    pub kept_out_by: Constraints,
    /// Constraints that rest on a fact which nobody states.
    pub unconfirmed: Constraints,
    /// Level it asks on entry in the competence.
    pub from: u8,
    /// How long it lasts, as the judgement takes it.
    pub duration: Duration,
}

impl Gaps {
    /// Number of levels in a state.
    pub fn count(&self, state: State) -> usize {
        self.gaps.iter().filter(|gap| gap.state == state).count()
    }

    /// Share of the weight of all levels that is covered or thinly covered, 0 to 1; `None` without a need.
    pub fn met_share(&self) -> Option<f64> {
        let weight = |met: bool| -> f64 {
            let of = |gap: &&Gap| !met || gap.state >= State::Thin;
            self.gaps.iter().filter(of).map(|gap| gap.weight).sum()
        };
        let whole = weight(false);
        (whole > 0.0).then(|| weight(true) / whole)
    }
}

impl Snapshot {
    /// What the offer leaves of a persona's needs, in a case.
    pub fn gaps(&self, persona: &Persona, case: &Circumstances) -> Gaps {
        gaps(self.offer(), persona, case, self.referential())
    }

    /// For each constraint that is not left aside, how many levels would be covered or thinly covered without it: the
    /// judgement is made again each time.
    pub fn lifts(&self, persona: &Persona, case: &Circumstances) -> Vec<(Constraint, usize)> {
        let offer = self.offer();
        let own = case.of(persona);
        let judge = Judge::one_by_one(offer, &own, case, self.referential());
        let needed = |competence| own.need(competence).map(|need| (need.from, need.to));
        let needs: Vec<_> = (0..64).map(|position| needed(Competence::at(position))).collect();
        let met = |lifted: Constraint| {
            let suiting = judge.suiting(offer, Some(lifted));
            let free =
                lifted == Constraint::Prerequisite || case.rules.lifted.contains(Constraint::Prerequisite);
            let reached = (!free).then(|| reach(offer, case, &own, &suiting));
            let mut met = [0_u8; 64];
            for row in suiting {
                if reached.as_ref().is_some_and(|reached| !is_met(offer, row, reached)) {
                    continue;
                }
                for taught in offer.taught(row) {
                    let place = usize::from(taught.competence.position());
                    let Some((from, to)) = needs[place] else { continue };
                    let levels = taught.from.max(from)..taught.to.min(to).number();
                    levels.for_each(|under| met[place] |= 1 << under);
                }
            }
            met.iter().map(|levels| levels.count_ones() as usize).sum()
        };
        let held = Constraint::all().filter(|constraint| !case.rules.lifted.contains(*constraint));
        held.map(|constraint| (constraint, met(constraint))).collect()
    }

    /// The trainings that teach a level of a competence, as they stand for a persona: those that suit first, the
    /// confirmed before the others, then those that the fewest constraints keep out.
    pub fn candidates(
        &self,
        persona: &Persona,
        case: &Circumstances,
        competence: Competence,
        level: Level,
    ) -> Vec<Candidate> {
        let offer = self.offer();
        let own = case.of(persona);
        let judge = Judge::new(offer, &own, case, self.referential());
        let mut found: Vec<(usize, u8)> = Vec::new();
        for (place, row) in offer.rows.iter().enumerate() {
            let taught = offer.taught(row).iter().find(|taught| taught.competence == competence);
            found.extend(taught.filter(|taught| taught.covers(level)).map(|taught| (place, taught.from)));
        }
        found.sort_by_key(|(place, _)| {
            let verdict = judge.verdicts[*place];
            (verdict.kept_out_by.len(), verdict.unconfirmed.len(), offer.rows[*place].address)
        });
        let candidate = |(place, from): (usize, u8)| Candidate {
            training: self.training(offer.rows[place].address),
            kept_out_by: judge.verdicts[place].kept_out_by,
            unconfirmed: judge.verdicts[place].unconfirmed,
            from,
            duration: offer.rows[place].duration,
        };
        found.into_iter().map(candidate).collect()
    }
}

/// The gaps of a persona in an offer: that of a snapshot, or of an earlier date.
pub fn gaps(
    offer: &Offer,
    persona: &Persona,
    case: &Circumstances,
    referential: &crate::Referential,
) -> Gaps {
    let own = case.of(persona);
    let judge = Judge::new(offer, &own, case, referential);
    let mut cells: BTreeMap<(Competence, Level), Tally> = BTreeMap::new();
    for need in &own.needs {
        cells.extend(need.levels().map(|level| ((need.competence, level), Tally::default())));
    }
    for (place, row) in offer.rows.iter().enumerate() {
        let verdict = judge.verdicts[place];
        for taught in offer.taught(row) {
            for level in Level::all().filter(|level| taught.covers(*level)) {
                if let Some(tally) = cells.get_mut(&(taught.competence, level)) {
                    tally.add(verdict.kept_out_by, verdict.unconfirmed.is_empty(), row.provider);
                }
            }
        }
    }
    let weight = |competence| own.need(competence).map_or(0.0, |need: &Need| need.weight);
    let gaps = cells.into_iter().map(|((competence, level), tally)| {
        tally.settle(competence, level, weight(competence), offer, &case.rules)
    });
    let gaps = gaps.collect();
    Gaps { persona: own, gaps }
}

/// Whether each training of an offer suits a persona in a case, entry levels included, in the order of the offer.
pub(crate) fn suiting(
    offer: &Offer,
    persona: &Persona,
    case: &Circumstances,
    referential: &crate::Referential,
) -> Vec<bool> {
    let judge = Judge::new(offer, &case.of(persona), case, referential);
    judge.verdicts.into_iter().map(|verdict| verdict.kept_out_by.is_empty()).collect()
}

/// What keeps each training of an offer out of a persona's reach, entry levels aside; the persona is already in her case.
pub(crate) fn judged(
    offer: &Offer,
    own: &Persona,
    case: &Circumstances,
    referential: &crate::Referential,
) -> Vec<Constraints> {
    let judge = Judge::one_by_one(offer, own, case, referential);
    judge.verdicts.into_iter().map(|verdict| verdict.kept_out_by).collect()
}

/// What is met of a level while the offer is read.
#[derive(Default)]
struct Tally {
    teaching: usize,
    confirmed: usize,
    suiting: usize,
    providers: Vec<u32>,
    kept_out: BTreeMap<Constraint, usize>,
    /// Trainings by the set of constraints that keeps them out.
    sets: BTreeMap<Constraints, usize>,
}

impl Tally {
    fn add(&mut self, kept_out_by: Constraints, is_confirmed: bool, provider: u32) {
        self.teaching += 1;
        if kept_out_by.is_empty() {
            self.suiting += 1;
            self.confirmed += usize::from(is_confirmed);
            self.providers.push(provider);
            return;
        }
        for constraint in kept_out_by.iter() {
            *self.kept_out.entry(constraint).or_default() += 1;
        }
        *self.sets.entry(kept_out_by).or_default() += 1;
    }

    fn settle(
        mut self,
        competence: Competence,
        level: Level,
        weight: f64,
        offer: &Offer,
        rules: &Rules,
    ) -> Gap {
        self.providers.sort_unstable();
        self.providers.dedup();
        let state = match (self.teaching, self.suiting) {
            (0, _) => State::Missing,
            (_, 0) => State::OutOfReach,
            _ if self.providers.len() >= usize::from(rules.providers_min) && self.confirmed > 0 => {
                State::Covered
            }
            _ => State::Thin,
        };
        let nearest = (state == State::OutOfReach)
            .then(|| self.sets.iter().min_by_key(|(set, count)| (set.len(), usize::MAX - **count)))
            .flatten();
        let named = self.providers.iter().take(3).map(|provider| &offer.providers[*provider as usize]);
        Gap {
            competence,
            level,
            weight,
            state,
            teaching: self.teaching,
            suiting: self.suiting,
            confirmed: self.confirmed,
            providers: named.map(|provider| (provider.id.clone(), provider.name.clone())).collect(),
            providers_count: self.providers.len(),
            nearest: nearest.map(|(set, _)| *set),
            nearest_count: nearest.map_or(0, |(_, count)| *count),
            kept_out: self.kept_out,
        }
    }
}

/// What can be reached of each competence, from what is known and what suits.
fn reach(offer: &Offer, case: &Circumstances, own: &Persona, suiting: &[&Row]) -> Reached {
    let mut reached = vec![0_u8; 64];
    for (competence, level) in &case.known {
        reached[usize::from(competence.position())] = level.number();
    }
    for need in &own.needs {
        let held = &mut reached[usize::from(need.competence.position())];
        *held = (*held).max(need.from);
    }
    // Each round reaches at least one more level, of 4 for each of 64 competences at most.
    loop {
        let mut grown = false;
        for row in suiting {
            let met = |(competence, level): &(Competence, Level)| {
                reached[usize::from(competence.position())] >= level.number()
            };
            if !offer.asked(row).iter().all(met) {
                continue;
            }
            for taught in offer.taught(row) {
                let held = &mut reached[usize::from(taught.competence.position())];
                if *held < taught.to.number() && *held >= taught.from {
                    *held = taught.to.number();
                    grown = true;
                }
            }
        }
        if !grown {
            return reached;
        }
    }
}
