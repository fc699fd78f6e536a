//! What many runs say together: means, quantiles, who is left out. Absent: the runs themselves.
//!
//! A quantile is the nearest rank, the value of the run of rank ⌈level × runs⌉: definition 1 of Hyndman and Fan, « Sample
//! quantiles in statistical packages », The American Statistician 50, 1996. It is the value of a run, never a number
//! between two, and it makes sense of runs that have no value.

use crate::model::Model;
use crate::record::{CAUSES, Record, SERIES};

/// A number over the runs.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Spread {
    /// Mean.
    pub mean: f64,
    /// One run in ten is not over it.
    pub p10: f64,
    /// Median.
    pub p50: f64,
    /// Nine runs in ten are not over it.
    pub p90: f64,
}

/// A number that some runs do not have, which then count as beyond every number.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Reached {
    /// Share of runs without it.
    pub never: f64,
    /// Mean; none as soon as one run has none.
    pub mean: Option<f64>,
    /// One run in ten is not over it; none when it falls on a run without it.
    pub p10: Option<f64>,
    /// Median; none when it falls on a run without it.
    pub p50: Option<f64>,
    /// Nine runs in ten are not over it; none when it falls on a run without it.
    pub p90: Option<f64>,
}

/// A month over the runs. People and relays are counted at its end, spending, hours and sessions are those of the month.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct MonthOutcome {
    /// People trained since the start.
    pub trained: Spread,
    /// People trained this month.
    pub newly_trained: Spread,
    /// People who ended a step and have another to come.
    pub under_way: Spread,
    /// People who came forward and have not ended a first step.
    pub waiting: Spread,
    /// People who left during a step, since the start.
    pub dropped: Spread,
    /// People asked who never come forward, since the start.
    pub not_forward: Spread,
    /// Spending.
    pub spending: Spread,
    /// Hours of pools and relays that were used.
    pub hours_used: Spread,
    /// Hours of pools and relays that there were.
    pub hours_available: Spread,
    /// Hours of trainers bought from outside.
    pub hours_bought: Spread,
    /// Sessions, those that train relays included.
    pub sessions: Spread,
    /// Relays who may teach.
    pub relays: Spread,
}

/// People not trained at the end, by cause: means over the runs. With those trained, they are the whole group.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct LeftOut {
    /// Given to no channel.
    pub unassigned: f64,
    /// Their month, or the opening of their channel, is after the end.
    pub ahead: f64,
    /// Asked, and never come forward.
    pub not_forward: f64,
    /// Waiting for a seat.
    pub waiting: f64,
    /// Between two steps.
    pub under_way: f64,
    /// Left during a step.
    pub dropped: f64,
}

/// A group at the end.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct GroupOutcome {
    /// People trained.
    pub trained: Spread,
    /// Others.
    pub left: LeftOut,
}

/// A channel over the whole run.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ChannelOutcome {
    /// People trained.
    pub trained: Spread,
    /// Spending, fixed spending and training of relays included.
    pub spending: Spread,
}

/// What the runs say.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outcome {
    /// How many runs.
    pub runs: usize,
    /// People of all groups.
    pub people: u64,
    /// By month.
    pub months: Vec<MonthOutcome>,
    /// People trained at the end.
    pub trained: Spread,
    /// By group.
    pub groups: Vec<GroupOutcome>,
    /// By channel.
    pub channels: Vec<ChannelOutcome>,
    /// Spending in all.
    pub spending: Spread,
    /// Spending of each twelve months from the start; the last may be fewer.
    pub spending_by_year: Vec<Spread>,
    /// Spending over people trained.
    pub spending_per_trained: Reached,
    /// Worth reached over worth wanted; none when nothing is wanted. Steps ended count, be the route ended or not.
    pub coverage: Option<Spread>,
    /// The first month, from 0, at whose end a share `goal` of all people is trained.
    pub goal_month: Reached,
    /// Hours of pools and relays that were used.
    pub hours_used: Spread,
    /// Hours of trainers bought from outside.
    pub hours_bought: Spread,
    /// Everyone who is left out.
    pub left: LeftOut,
}

/// The place of a level among so many sorted values.
fn rank(level: f64, runs: usize) -> usize {
    let rank = (level * runs as f64 - 1e-9).ceil() as usize;
    rank.clamp(1, runs.max(1)) - 1
}

impl Spread {
    /// The spread of the values of each run; zeros when there is none.
    #[must_use]
    pub fn of(values: impl IntoIterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.into_iter().collect();
        let count = values.len();
        let mean = values.iter().sum::<f64>() / count.max(1) as f64;
        values.sort_by(f64::total_cmp);
        let at = |level| values.get(rank(level, count)).copied().unwrap_or(0.0);
        Self { mean, p10: at(0.1), p50: at(0.5), p90: at(0.9) }
    }
}

impl Reached {
    /// The spread of the values of each run, of which some have none.
    #[must_use]
    pub fn of(values: impl IntoIterator<Item = Option<f64>>) -> Self {
        let all: Vec<f64> = values.into_iter().map(|value| value.unwrap_or(f64::INFINITY)).collect();
        let never = all.iter().filter(|value| value.is_infinite()).count();
        let spread = Spread::of(all.iter().copied());
        let finite = |value: f64| if value.is_finite() { Some(value) } else { None };
        Self {
            never: never as f64 / all.len().max(1) as f64,
            mean: finite(spread.mean),
            p10: finite(spread.p10),
            p50: finite(spread.p50),
            p90: finite(spread.p90),
        }
    }
}

fn month(records: &[Record], month: usize) -> MonthOutcome {
    let spreads: [Spread; SERIES] =
        std::array::from_fn(|series| Spread::of(records.iter().map(|run| run.months[month][series])));
    let [
        trained,
        newly_trained,
        under_way,
        waiting,
        dropped,
        not_forward,
        spending,
        hours_used,
        hours_available,
        hours_bought,
        sessions,
        relays,
    ] = spreads;
    MonthOutcome {
        trained,
        newly_trained,
        under_way,
        waiting,
        dropped,
        not_forward,
        spending,
        hours_used,
        hours_available,
        hours_bought,
        sessions,
        relays,
    }
}

fn left_out(sums: &[u64; CAUSES], runs: usize) -> LeftOut {
    let [unassigned, ahead, not_forward, waiting, under_way, dropped] =
        sums.map(|sum| sum as f64 / runs as f64);
    LeftOut { unassigned, ahead, not_forward, waiting, under_way, dropped }
}

impl Outcome {
    /// Puts runs together; `left` is the sum over them of those left out, by group.
    pub(crate) fn of(model: &Model, records: &[Record], left: &[[u64; CAUSES]], wanted: f64) -> Self {
        let runs = records.len();
        let over = |value: &dyn Fn(&Record) -> f64| Spread::of(records.iter().map(value));
        let groups = (0..model.groups.len()).map(|group| GroupOutcome {
            trained: over(&|run| run.by_group[group] as f64),
            left: left_out(&left[group], runs),
        });
        let channels = (0..model.channels.len()).map(|channel| ChannelOutcome {
            trained: over(&|run| run.by_channel[channel] as f64),
            spending: over(&|run| run.channel_spending[channel]),
        });
        let years = model.months.div_ceil(12);
        let mut all = [0; CAUSES];
        for (sum, own) in left.iter().flat_map(|group| group.iter().enumerate()) {
            all[sum] += own;
        }
        Self {
            runs,
            people: model.groups.iter().map(|group| group.size).sum(),
            months: (0..model.months).map(|number| month(records, number)).collect(),
            trained: over(&Record::trained),
            groups: groups.collect(),
            channels: channels.collect(),
            spending: over(&Record::spending),
            spending_by_year: (0..years).map(|year| over(&|run| run.year_spending(year))).collect(),
            spending_per_trained: Reached::of(records.iter().map(Record::spending_per_trained)),
            coverage: (wanted > 0.0).then(|| over(&|run| run.worth / wanted)),
            goal_month: Reached::of(records.iter().map(|run| run.goal_month.map(|month| month as f64))),
            hours_used: over(&Record::hours_used),
            hours_bought: over(&Record::hours_bought),
            left: left_out(&all, runs),
        }
    }
}
