//! What is answered: a pathway with its proof, its steps, what it leaves and why; or why there is none. Absent: how it is
//! found (see the crate `actions`), sentences.

use thiserror::Error;

use super::offered::{Basis, Obstacles};
use super::request::PathwayRequest;
use super::team::{TeamOutcome, TeamRequest};
use crate::persona::Persona;
use crate::recommendations::{RecommendationOutcome, RecommendationRequest};
use crate::snapshot::Snapshot;
use crate::training::Training;
use crate::vocabulary::{Competence, Level};

/// Finds pathways. Absent from this crate, so that pages need no search of their own.
pub trait Planner: Send + Sync {
    /// The best pathway of a persona in the offer of a snapshot.
    ///
    /// # Errors
    /// When what is asked makes no sense.
    fn plan(
        &self,
        snapshot: &Snapshot,
        persona: &Persona,
        request: &PathwayRequest,
    ) -> Result<Outcome, PathwayError>;

    /// The best programme of a team, whose personas are in the order of the request's groups.
    ///
    /// # Errors
    /// When what is asked makes no sense.
    fn programme(
        &self,
        snapshot: &Snapshot,
        personas: &[Persona],
        request: &TeamRequest,
    ) -> Result<TeamOutcome, PathwayError>;

    /// The few trainings to build that would raise most what personas reach.
    ///
    /// # Errors
    /// When what is asked makes no sense.
    fn recommend(
        &self,
        snapshot: &Snapshot,
        personas: &[Persona],
        request: &RecommendationRequest,
    ) -> Result<RecommendationOutcome, PathwayError>;
}

/// Why nothing is searched; messages are in French.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PathwayError {
    /// An identifier that no training has.
    #[error("aucune formation n’a l’identifiant « {0} »")]
    UnknownTraining(String),
    /// An imposed training that teaches no competence.
    #[error("« {0} » n’enseigne aucune compétence du référentiel : elle ne peut pas être imposée")]
    Idle(String),
    /// More than the search takes.
    #[error("le catalogue ou la demande dépasse ce que la recherche accepte ({0})")]
    TooLarge(String),
    /// The search was stopped before anything was found.
    #[error("la recherche s’est arrêtée à sa limite")]
    Stopped,
    /// The answer did not pass the checker.
    #[error("le parcours trouvé n’a pas passé la vérification indépendante ({0}) ; il n’est pas montré")]
    Unsound(String),
}

/// What a search ends with.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// A pathway, maybe without a step.
    Found(Box<Pathway>),
    /// What is imposed does not fit in the limits.
    Impossible(Impossible),
    /// The search was stopped before any pathway was found.
    Stopped,
}

/// How good a pathway is proven to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Proof {
    /// None covers more; among those that cover as much, none is better by the preference.
    Best,
    /// None covers more; a shorter or cheaper one may exist.
    MostCovering,
    /// None covers more than this share of the weight wanted, 0 to 1.
    AtMost(f64),
}

/// What a pathway takes.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Bill {
    /// Minutes that count against the limit.
    pub minutes: u64,
    /// Of which stated by sources.
    pub stated_minutes: u64,
    /// Minutes if every estimate is taken at its median.
    pub central_minutes: u64,
    /// Trainings of estimated duration.
    pub estimated: usize,
    /// Trainings of unknown duration, counted at a lower bound.
    pub unknown_durations: usize,
    /// Stated prices, in cents.
    pub cents: u64,
    /// Trainings of unknown price.
    pub unknown_prices: usize,
}

/// A pathway.
#[derive(Debug, Clone, PartialEq)]
pub struct Pathway {
    /// The persona, in her case, with the needs asked for.
    pub persona: Persona,
    /// Whether any level is wanted, even one that is mastered already.
    pub is_asked: bool,
    /// How good it is.
    pub proof: Proof,
    /// Trainings, each after those that bring what it asks for.
    pub steps: Vec<Step>,
    /// What it takes.
    pub bill: Bill,
    /// How its steps are laid over months.
    pub calendar: Calendar,
    /// Limits: minutes, cents, trainings.
    pub limits: super::Limits,
    /// What it covers, by need.
    pub coverage: Vec<CoverageLine>,
    /// Levels it leaves, each with why.
    pub unmet: Vec<Unmet>,
    /// Best coverage for each length, with the limits of the request but time.
    pub frontier: Vec<FrontierPoint>,
    /// Pathways that differ by at least half of the trainings, best first.
    pub alternatives: Vec<Alternative>,
    /// What was chosen from.
    pub considered: Considered,
}

/// How steps are laid over months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Calendar {
    /// One after the other, at the same pace from the first month to the last: an indication.
    Even,
    /// Within the hours of each month and the windows asked for.
    Placed,
    /// It is not known whether they fit in the months: the search was stopped.
    Unknown,
}

/// A step.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The training.
    pub training: Training,
    /// Minutes that count.
    pub minutes: u32,
    /// Minutes at the median of the estimate.
    pub central_minutes: u32,
    /// First and last month, from 1; none when it is not known.
    pub months: Option<(u8, u8)>,
    /// What the duration rests on.
    pub basis: Basis,
    /// Whether the visitor imposes it.
    pub is_pinned: bool,
    /// What an imposed step passes over.
    pub passed_over: Obstacles,
    /// Levels of needs that it brings.
    pub gains: Vec<Gain>,
    /// Entry levels, and what meets each.
    pub entries: Vec<Entry>,
    /// Later steps that rest on it.
    pub unlocks: Vec<usize>,
    /// The best pathway without it; none when it is imposed or the search was cut short.
    pub without: Option<Without>,
}

/// A rise in a need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gain {
    /// The competence.
    pub competence: Competence,
    /// Level before.
    pub from: u8,
    /// Level after, at most the one wanted.
    pub to: u8,
}

/// An entry level of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The competence.
    pub competence: Competence,
    /// The level asked.
    pub level: u8,
    /// The earlier step that brings to it; none when it is mastered at the start.
    pub met_by: Option<usize>,
}

/// What the best pathway without a step would be.
#[derive(Debug, Clone, PartialEq)]
pub struct Without {
    /// Weight of levels lost, as a share of the weight wanted; 0: it covers as much.
    pub lost_share: f64,
    /// Number of levels lost; negative when more, lighter levels are gained.
    pub lost_levels: i64,
    /// Minutes more; negative: shorter, but covering less.
    pub more_minutes: i64,
    /// Cents more, of known prices.
    pub more_cents: i64,
    /// Unknown prices more.
    pub more_unknown_prices: i64,
    /// Deciding facts that no source states, more.
    pub more_unstated: i64,
    /// Trainings that it has and this one has not.
    pub rivals: Vec<Rival>,
}

/// A training that would take the place of a step.
#[derive(Debug, Clone, PartialEq)]
pub struct Rival {
    /// Identifier.
    pub id: String,
    /// Title.
    pub title: String,
    /// Minutes that count.
    pub minutes: u32,
    /// What they rest on.
    pub basis: Basis,
}

/// A need before and after.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CoverageLine {
    /// The competence.
    pub competence: Competence,
    /// Level at the start.
    pub before: u8,
    /// Level at the end, even beyond the one wanted.
    pub after: u8,
    /// Level wanted.
    pub wanted: u8,
    /// Weight of the need.
    pub weight: f64,
}

/// A level that a pathway leaves.
#[derive(Debug, Clone, PartialEq)]
pub struct Unmet {
    /// The competence.
    pub competence: Competence,
    /// The level.
    pub level: Level,
    /// Why.
    pub reason: Reason,
}

/// Why a level is not in a pathway; each found by searching again.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// No training brings to it.
    Untaught,
    /// Obstacles keep it from being reached.
    KeptOut {
        /// The smallest sets of obstacles of which lifting one is enough for the level to be reached, whatever the time and the
        /// money.
        ways: Vec<Way>,
        /// All trainings that teach the level.
        teaching: usize,
        /// The limits that `ways` were held against.
        limits: super::Limits,
    },
    /// The trainings that bring to it ask for a level that nothing teaches.
    Entry {
        /// The competence.
        competence: Competence,
        /// The level.
        level: Level,
    },
    /// It would take more of the limits, all other levels of the pathway kept.
    Limits(Lack),
    /// It fits in the time, the money and the number of trainings; not in the hours of each month or the windows.
    Calendar,
    /// The search was stopped before it was known.
    Undecided,
}

/// A set of obstacles, and the trainings that teach a level and that it alone keeps out: each finds what it asks for once the
/// set is lifted. All counts are 0 when the set keeps out what such trainings ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Way {
    /// The set.
    pub obstacles: Obstacles,
    /// Those that fit in the limits alone.
    pub trainings: usize,
    /// Those that are longer than the whole time.
    pub too_long: usize,
    /// Those that are not, but cost more than the whole money.
    pub too_dear: usize,
}

/// What would be needed beyond the limits; nothing where a limit does not hold back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lack {
    /// Minutes, when more time is enough.
    pub minutes: Option<u64>,
    /// Cents, when more money is enough.
    pub cents: Option<u64>,
    /// Trainings, when more of them are enough.
    pub steps: Option<u64>,
    /// Whether no single limit is enough: minutes, cents and trainings above are needed together.
    pub is_joint: bool,
    /// Whether the level fits in the limits alone, and others were worth more.
    pub fits_alone: bool,
}

/// The best coverage for a length.
#[derive(Debug, Clone, PartialEq)]
pub struct FrontierPoint {
    /// Least minutes for this coverage.
    pub minutes: u64,
    /// Stated prices of the shortest pathway found, in cents.
    pub cents: u64,
    /// Its trainings of unknown price.
    pub unknown_prices: usize,
    /// Its trainings.
    pub steps: usize,
    /// Levels of needs gained.
    pub levels: usize,
    /// Weight gained, as a share of the weight wanted.
    pub share: f64,
    /// Level of each need at the end, at most the one wanted, in the order of the needs.
    pub reached: Vec<u8>,
    /// Whether it is within the time of the request.
    pub is_within: bool,
}

/// Another pathway.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// Its trainings, in order.
    pub trainings: Vec<Training>,
    /// What it takes.
    pub bill: Bill,
    /// Levels of needs gained.
    pub levels: usize,
    /// Weight gained, as a share of the weight wanted.
    pub share: f64,
    /// Its trainings that the first pathway has too.
    pub common: usize,
}

/// What a pathway was chosen from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Considered {
    /// Trainings of the catalogue.
    pub catalogue: usize,
    /// Those that bring to a level wanted.
    pub teaching: usize,
    /// Those of them that may enter.
    pub open: usize,
    /// For each obstacle, those of them that it keeps out, alone or with others.
    pub kept_out: Vec<(super::Obstacle, usize)>,
}

/// Why nothing fits, and the smallest changes that would.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Impossible {
    /// Titles of what is imposed.
    pub pinned: Vec<String>,
    /// An imposed training whose entry level nothing brings to.
    pub entry: Option<(String, Competence, u8)>,
    /// Limits that would be enough, each alone.
    pub enough: Lack,
    /// The limits as they are.
    pub limits: Option<super::Limits>,
    /// Which of what is imposed would have to go; nothing when that is not known.
    pub removal: Option<Removal>,
}

/// The fewest imposed trainings without which the others fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removal {
    /// How many have to go.
    pub count: usize,
    /// Titles of each set of so many of which the removal is enough.
    pub sets: Vec<Vec<String>>,
    /// Whether any set of so many will do.
    pub is_any: bool,
}

impl Pathway {
    /// Weight of the levels gained and of those wanted.
    pub fn weights(&self) -> (f64, f64) {
        let weight = |line: &CoverageLine, to: u8| f64::from(to.saturating_sub(line.before)) * line.weight;
        let gained = self.coverage.iter().map(|line| weight(line, line.after.min(line.wanted)));
        (gained.sum(), self.coverage.iter().map(|line| weight(line, line.wanted)).sum())
    }

    /// Number of levels gained and of those wanted.
    pub fn levels(&self) -> (usize, usize) {
        let levels = |line: &CoverageLine, to: u8| usize::from(to.saturating_sub(line.before));
        let gained = self.coverage.iter().map(|line| levels(line, line.after.min(line.wanted)));
        (gained.sum(), self.coverage.iter().map(|line| levels(line, line.wanted)).sum())
    }
}
