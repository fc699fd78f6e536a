//! One run told month by month: who is where, which sessions were held. Absent: statistics over runs.

use crate::error::Error;
use crate::model::Model;
use crate::parameter::{Parameter, draw};
use crate::plan::Plan;
use crate::run::{Counts, Run};

/// A run in full.
#[derive(Debug, Clone, PartialEq)]
pub struct Trace {
    /// The values drawn, of every range of the model.
    pub parameters: Vec<(Parameter, f64)>,
    /// Its months.
    pub months: Vec<TraceMonth>,
}

/// The end of a month.
#[derive(Debug, Clone, PartialEq)]
pub struct TraceMonth {
    /// The whole.
    pub counts: Counts,
    /// Each group in each channel that it is given to.
    pub pairs: Vec<TracePair>,
    /// What was held, in the order in which it was.
    pub served: Vec<Served>,
    /// Channels with relays.
    pub relays: Vec<TraceRelays>,
    /// Hours available and left, of each pool then of the relays of each channel.
    pub hours: Vec<(f64, f64)>,
    /// Spending of the month by channel.
    pub spending: Vec<f64>,
}

/// Where people of a group given to a channel are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TracePair {
    /// The group.
    pub group: usize,
    /// The channel.
    pub channel: usize,
    /// People not asked yet.
    pub ahead: u64,
    /// People who never come forward.
    pub not_forward: u64,
    /// People before each step: those before the first wait, those before others are under way.
    pub before: Vec<u64>,
    /// People who left.
    pub dropped: u64,
    /// People who ended.
    pub trained: u64,
}

/// A step held in a month for a queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Served {
    /// The channel.
    pub channel: usize,
    /// The route.
    pub route: usize,
    /// The step.
    pub step: usize,
    /// Sessions; none when each works alone.
    pub sessions: u64,
    /// Hours of trainers.
    pub hours: f64,
    /// Spending, fixed spending of the channel excluded.
    pub spending: f64,
    /// Who attended, by group.
    pub attendances: Vec<Attendance>,
}

/// People of a group in the sessions of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attendance {
    /// The group.
    pub group: usize,
    /// Places given.
    pub invited: u64,
    /// People who came.
    pub began: u64,
    /// People who ended the step.
    pub ended: u64,
}

/// Relays of a channel at the end of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TraceRelays {
    /// The channel.
    pub channel: usize,
    /// To train.
    pub to_train: u64,
    /// Trained, not teaching yet.
    pub coming: u64,
    /// Teaching.
    pub active: u64,
    /// Gone since the start.
    pub left: u64,
}

/// Run number `run` of the simulation with this seed, in full.
///
/// # Errors
/// [`Error::Refused`] for a model that makes no sense.
pub fn trace(model: &Model, seed: u64, run: usize) -> Result<Trace, Error> {
    model.check()?;
    let plan = Plan::new(model);
    let values = draw(&plan.ranges, seed, run);
    let mut state = Run::new(&plan, &values, seed, run);
    let mut months = Vec::with_capacity(model.months);
    for month in 0..model.months {
        state.log = Some(Vec::new());
        state.walk(month);
        months.push(photograph(&mut state));
    }
    let parameters = plan.ranges.iter().zip(&values).map(|((name, _), value)| (*name, *value)).collect();
    Ok(Trace { parameters, months })
}

fn photograph(run: &mut Run<'_>) -> TraceMonth {
    let relays = run.cascades.iter().enumerate().filter_map(|(channel, cascade)| {
        cascade.as_ref().map(|own| TraceRelays {
            channel,
            to_train: own.to_train,
            coming: own.coming(),
            active: own.active,
            left: own.left,
        })
    });
    TraceMonth {
        counts: run.counts,
        pairs: (0..run.plan.pairs.len()).map(|pair| pair_of(run, pair)).collect(),
        relays: relays.collect(),
        hours: run.available.iter().copied().zip(run.left.iter().copied()).collect(),
        spending: run.spending.clone(),
        served: run.log.take().unwrap_or_default(),
    }
}

fn pair_of(run: &Run<'_>, number: usize) -> TracePair {
    let pair = &run.plan.pairs[number];
    let before = (pair.first..pair.first + pair.steps).map(|slot| {
        let coming: u64 = if slot == pair.first {
            0
        } else {
            let last = &run.plan.slots[slot - 1];
            run.ring[last.ring..last.ring + last.gap].iter().sum()
        };
        run.ready[slot] + coming
    });
    let is_asked = run.ahead[number] == 0;
    TracePair {
        group: pair.group,
        channel: pair.channel,
        ahead: run.ahead[number],
        not_forward: if is_asked { run.not_forward[number] } else { 0 },
        before: before.collect(),
        dropped: run.dropped[number],
        trained: run.trained[number],
    }
}
