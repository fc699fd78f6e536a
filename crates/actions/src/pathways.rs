//! Pathways of personas: what the offer allows is put to the engine, its answer is checked by code that shares nothing
//! with it, then every explanation is found by asking again. Absent: what may enter a pathway (see
//! `catalogue::pathways`), the search (see the crate `pathway`), planning instances (see `plan`).

mod calendar;
mod claim;
mod explain;
mod problem;
mod recommend;
mod team;
#[cfg(test)]
pub(crate) mod tests;
mod told;

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use catalogue::Snapshot;
use catalogue::pathways::{Outcome, PathwayError, PathwayRequest, Planner, TeamOutcome, TeamRequest};
use catalogue::persona::Persona;
use catalogue::recommendations::{RecommendationOutcome, RecommendationRequest};
use pathway::{Plan, Problem, Settings};

pub use claim::{Claim, rebuilt};
use problem::Question;

use crate::threads::{OF_SEARCH, threads};

/// Longest search of a pathway with all its explanations.
const LONGEST: Duration = Duration::from_secs(30);
/// Longest of the searches that it is made of. A last resort on a slow or busy machine: what ends a search otherwise is a
/// number of parts, so that the same question has the same answer.
const ONE_SEARCH: Duration = Duration::from_secs(10);
/// Most parts looked at in each search.
const NODES: u64 = 200_000;
/// Parts looked at in a search, times modules: a part takes a time in proportion of the modules. Two to three seconds on the
/// machine of `docs/performance.md`.
const WORK: u64 = 12_000_000;
/// The same, of all the searches of an answer with its explanations: what is not explained by then is said so.
const WORK_IN_ALL: u64 = 2 * WORK;
/// Fewest parts that a search may look at, however many modules there are.
const NODES_LEAST: u64 = 1_000;

/// Finds pathways with the engine, in a bounded time: what is not proven by then is said so.
#[derive(Debug, Clone, Copy)]
pub struct Solver {
    /// Longest search with all its explanations.
    pub longest: Duration,
    /// Longest of the searches that it is made of.
    pub each: Duration,
    /// Most parts looked at in each search.
    pub nodes: u64,
    /// Whether explanations, the frontier and other pathways are looked for too.
    pub explains: bool,
}

impl Default for Solver {
    fn default() -> Self {
        Self { longest: LONGEST, each: ONE_SEARCH, nodes: NODES, explains: true }
    }
}

impl Planner for Solver {
    fn plan(
        &self,
        snapshot: &Snapshot,
        persona: &Persona,
        request: &PathwayRequest,
    ) -> Result<Outcome, PathwayError> {
        let mut question = Question::new(snapshot, persona, request)?;
        question.thin()?;
        let searcher = self.searcher(WORK_IN_ALL);
        match calendar::solve(&mut question, &searcher) {
            Ok(Some(laid)) => Ok(Outcome::Found(Box::new(told::pathway(&question, &searcher, laid)?))),
            Ok(None) => Ok(Outcome::Impossible(explain::impossible(&mut question, &searcher)?)),
            Err(PathwayError::Stopped) => Ok(Outcome::Stopped),
            Err(error) => Err(error),
        }
    }

    fn programme(
        &self,
        snapshot: &Snapshot,
        personas: &[Persona],
        request: &TeamRequest,
    ) -> Result<TeamOutcome, PathwayError> {
        team::programme(snapshot, personas, request, &self.searcher(u64::MAX))
    }

    fn recommend(
        &self,
        snapshot: &Snapshot,
        personas: &[Persona],
        request: &RecommendationRequest,
    ) -> Result<RecommendationOutcome, PathwayError> {
        recommend::recommend(snapshot, personas, request, &self.searcher(u64::MAX))
    }
}

impl Solver {
    /// `left`: parts times modules that all searches may look at.
    fn searcher(&self, left: u64) -> Searcher {
        Searcher {
            nodes: self.nodes,
            end: Instant::now() + self.longest,
            each: self.each,
            explains: self.explains,
            left: AtomicU64::new(left),
            threads: threads(OF_SEARCH),
        }
    }
}

/// Asks the engine and checks what it answers.
struct Searcher {
    nodes: u64,
    end: Instant,
    each: Duration,
    explains: bool,
    /// Parts times modules that may still be looked at.
    left: AtomicU64,
    /// How many threads each search may take.
    threads: usize,
}

/// What the engine found.
enum Found {
    /// The best there is, or the best found with the most coverage that any may have.
    Plan(Plan, Bound),
    /// What is imposed does not fit.
    Nothing,
    /// No time was left.
    Stopped,
}

/// What is proven of a plan.
#[derive(Clone, Copy, PartialEq)]
enum Bound {
    Best,
    MostCovering,
    AtMost(u64),
}

impl Searcher {
    fn solve(&self, problem: &Problem) -> Result<Found, PathwayError> {
        let end = self.end.min(Instant::now() + self.each);
        let modules = (problem.modules.len() as u64).max(1);
        let left = self.left.load(Ordering::Relaxed);
        let stop = || Instant::now() >= end;
        let nodes = self.nodes.min((WORK / modules).max(NODES_LEAST)).min(left / modules);
        let settings = Settings { nodes, threads: self.threads, stop: &stop };
        let searched =
            pathway::search(problem, settings).map_err(|error| PathwayError::TooLarge(error.to_string()))?;
        let spent = searched.parts.saturating_mul(modules);
        self.left.store(left.saturating_sub(spent), Ordering::Relaxed);
        let (plan, bound) = match searched.outcome {
            pathway::Outcome::Optimal(plan) => (plan, Bound::Best),
            pathway::Outcome::Feasible { plan, .. } if plan.proven > 0 => (plan, Bound::MostCovering),
            pathway::Outcome::Feasible { plan, bound } => (plan, Bound::AtMost(bound)),
            pathway::Outcome::Infeasible => return Ok(Found::Nothing),
            pathway::Outcome::LimitReached { .. } => return Ok(Found::Stopped),
        };
        match pathway::check(problem, &plan.chosen) {
            Ok(worth) if worth == (plan.coverage, plan.costs.clone()) => Ok(Found::Plan(plan, bound)),
            Ok(worth) => Err(PathwayError::Unsound(format!("{worth:?}"))),
            Err(broken) => Err(PathwayError::Unsound(format!("{broken:?}"))),
        }
    }

    /// The best plan, when it is proven to cover the most.
    fn best(&self, problem: &Problem) -> Result<Option<Plan>, PathwayError> {
        Ok(match self.solve(problem)? {
            Found::Plan(plan, Bound::Best | Bound::MostCovering) => Some(plan),
            _ => None,
        })
    }

    fn is_over(&self) -> bool {
        self.left.load(Ordering::Relaxed) == 0 || Instant::now() >= self.end
    }
}
