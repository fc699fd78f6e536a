//! Many runs, on several threads, the same whatever their number. Absent: what happens in a run.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::error::{Error, Fault, Field, Place};
use crate::model::Model;
use crate::outcome::Outcome;
use crate::parameter::draw;
use crate::plan::Plan;
use crate::record::{CAUSES, Record};

/// Most runs.
pub const RUNS_MAX: usize = 10_000;
/// Most threads.
pub const THREADS_MAX: usize = 256;

/// How a model is run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// How many runs: 1 to [`RUNS_MAX`].
    pub runs: usize,
    /// What the random numbers begin from: the same seed gives the same answer.
    pub seed: u64,
    /// How many threads: 1 to [`THREADS_MAX`]. The answer does not depend on it.
    pub threads: usize,
    /// Share of all people whose month of training is looked for: 0 to 1.
    pub goal: f64,
}

impl Default for Settings {
    /// A thousand runs on one thread, and the month at which four in five are trained.
    fn default() -> Self {
        Self { runs: 1_000, seed: 1, threads: 1, goal: 0.8 }
    }
}

impl Settings {
    /// Checks the settings.
    ///
    /// # Errors
    /// [`Error::Refused`] at [`Place::Settings`].
    pub fn check(&self) -> Result<(), Error> {
        let refused = |field| Err(Error::refused(Place::Settings, field, Fault::OutOfBounds));
        if !(1..=RUNS_MAX).contains(&self.runs) {
            return refused(Field::Runs);
        }
        if !(1..=THREADS_MAX).contains(&self.threads) {
            return refused(Field::Threads);
        }
        if (0.0..=1.0).contains(&self.goal) { Ok(()) } else { refused(Field::Goal) }
    }
}

/// What is told of the work as it goes, and asked in return: the runs done, and whether to go on.
pub type Watch<'watch> = &'watch (dyn Fn(usize) -> bool + Sync);

/// Runs a model.
///
/// # Errors
/// [`Error::Refused`] for a model or settings that make no sense.
pub fn simulate(model: &Model, settings: &Settings) -> Result<Outcome, Error> {
    simulate_watched(model, settings, &|_| true)
}

/// Runs a model; `watch` is called after each run, from any thread, with the number of runs done, and stops the whole by
/// answering false.
///
/// # Errors
/// [`Error::Refused`] for a model or settings that make no sense, [`Error::Stopped`] when `watch` asks for it.
pub fn simulate_watched(model: &Model, settings: &Settings, watch: Watch<'_>) -> Result<Outcome, Error> {
    model.check()?;
    settings.check()?;
    let plan = Plan::new(model);
    let values = |run| draw(&plan.ranges, settings.seed, run);
    let (records, left) = records(&plan, settings, &values, watch)?;
    Ok(Outcome::of(model, &records, &left, plan.wanted))
}

/// The records of all runs in their order, with the sum of those left out; `values` gives the parameters of a run.
pub(crate) fn records(
    plan: &Plan<'_>,
    settings: &Settings,
    values: &(dyn Fn(usize) -> Vec<f64> + Sync),
    watch: Watch<'_>,
) -> Result<(Vec<Record>, Vec<[u64; CAUSES]>), Error> {
    let (next, done, is_stopped) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicBool::new(false));
    let work = || {
        let mut own = Vec::new();
        let mut left = vec![[0; CAUSES]; plan.model.groups.len()];
        loop {
            let run = next.fetch_add(1, Ordering::Relaxed);
            if run >= settings.runs || is_stopped.load(Ordering::Relaxed) {
                return (own, left);
            }
            let key = (settings.seed, run);
            own.push((run, Record::run(plan, &values(run), key, settings.goal, &mut left)));
            if !watch(done.fetch_add(1, Ordering::Relaxed) + 1) {
                is_stopped.store(true, Ordering::Relaxed);
            }
        }
    };
    let shares = std::thread::scope(|scope| {
        let others: Vec<_> = (1..settings.threads.min(settings.runs)).map(|_| scope.spawn(work)).collect();
        let mut shares = vec![work()];
        for other in others {
            shares.push(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        shares
    });
    if is_stopped.into_inner() {
        return Err(Error::Stopped);
    }
    // Sums of whole numbers do not depend on who added what.
    let mut sums = vec![[0; CAUSES]; plan.model.groups.len()];
    let mut all = Vec::with_capacity(settings.runs);
    for (own, left) in shares {
        all.extend(own);
        for (sum, part) in sums.iter_mut().flatten().zip(left.into_iter().flatten()) {
            *sum += part;
        }
    }
    all.sort_by_key(|(run, _)| *run);
    Ok((all.into_iter().map(|(_, record)| record).collect(), sums))
}
