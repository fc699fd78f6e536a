//! Which uncertain number moves a result most. Absent: interactions between numbers, which one at a time cannot show.
//!
//! Two measures. One at a time: each parameter at its lowest then at its highest, all others at their mode, with the
//! same random numbers in people's behaviour (a tornado diagram). And Spearman's rank correlation between the values of
//! a parameter and those of the result over the runs of the simulation, ties at their mean rank (Spearman, « The proof
//! and measurement of association between two things », American Journal of Psychology 15, 1904).

use crate::error::Error;
use crate::model::Model;
use crate::parameter::{Parameter, draw};
use crate::plan::Plan;
use crate::record::Record;
use crate::simulate::{Settings, Watch, records};

/// A result of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Output {
    /// People trained at the end.
    Trained,
    /// Spending in all.
    Spending,
    /// Worth reached over worth wanted; 0 when nothing is wanted.
    Coverage,
    /// Hours of pools and relays used.
    HoursUsed,
    /// The month, from 0, in which the goal is reached; a run that never reaches it counts as the month after the last.
    GoalMonth,
}

/// What one parameter does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// Which.
    pub parameter: Parameter,
    /// Its lowest value.
    pub low: f64,
    /// Its highest value.
    pub high: f64,
    /// Mean result at its lowest value, all others at their mode.
    pub at_low: f64,
    /// Mean result at its highest value, all others at their mode.
    pub at_high: f64,
    /// Spearman's correlation with the result over the runs; none when one of both never changes.
    pub correlation: Option<f64>,
}

impl Effect {
    /// How far the result moves, whatever the direction.
    #[must_use]
    pub fn swing(&self) -> f64 {
        (self.at_high - self.at_low).abs()
    }
}

/// What all uncertain parameters do.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sensitivity {
    /// Mean result when all are at their mode.
    pub base: f64,
    /// One for each uncertain parameter, the greatest swing first, then in the order of the model.
    pub effects: Vec<Effect>,
}

impl Output {
    fn of(self, record: &Record, plan: &Plan<'_>) -> f64 {
        match self {
            Self::Trained => record.trained(),
            Self::Spending => record.spending(),
            Self::Coverage if plan.wanted > 0.0 => record.worth / plan.wanted,
            Self::Coverage => 0.0,
            Self::HoursUsed => record.hours_used(),
            Self::GoalMonth => record.goal_month.unwrap_or(plan.model.months) as f64,
        }
    }
}

/// Which parameters move a result; parameters of channels to which nobody is assigned move nothing and are left out.
/// `watch` is called as in [`crate::simulate_watched`], with the number of runs done: in all
/// `runs × (2 + 2 × uncertain parameters)`.
///
/// # Errors
/// [`Error::Refused`] for a model or settings that make no sense, [`Error::Stopped`] when `watch` asks for it.
pub fn sensitivity(
    model: &Model,
    settings: &Settings,
    output: Output,
    watch: Watch<'_>,
) -> Result<Sensitivity, Error> {
    model.check()?;
    settings.check()?;
    let plan = Plan::new(model);
    let mut before = 0;
    let mut results = |values: &(dyn Fn(usize) -> Vec<f64> + Sync)| -> Result<Vec<f64>, Error> {
        let told = |done: usize| watch(before + done);
        let (all, _) = records(&plan, settings, values, &told)?;
        before += settings.runs;
        Ok(all.iter().map(|record| output.of(record, &plan)).collect())
    };
    let drawn = |run: usize| draw(&plan.ranges, settings.seed, run);
    let ranked = ranks(&results(&drawn)?);
    let draws: Vec<Vec<f64>> = (0..settings.runs).map(drawn).collect();
    let modes: Vec<f64> = plan.ranges.iter().map(|(_, range)| range.mode).collect();
    let base = mean(&results(&|_| modes.clone())?);
    let mut effects = Vec::new();
    for (place, (parameter, range)) in plan.ranges.iter().enumerate() {
        if range.is_certain() || !is_used(&plan, *parameter) {
            continue;
        }
        let mut at = |value: f64| {
            let mut values = modes.clone();
            values[place] = value;
            results(&|_| values.clone()).map(|all| mean(&all))
        };
        let (at_low, at_high) = (at(range.low)?, at(range.high)?);
        let own: Vec<f64> = draws.iter().map(|values| values[place]).collect();
        let correlation = pearson(&ranks(&own), &ranked);
        let (parameter, low, high) = (*parameter, range.low, range.high);
        effects.push(Effect { parameter, low, high, at_low, at_high, correlation });
    }
    effects.sort_by(|one, other| other.swing().total_cmp(&one.swing()));
    Ok(Sensitivity { base, effects })
}

fn is_used(plan: &Plan<'_>, parameter: Parameter) -> bool {
    match parameter {
        Parameter::PoolHours { .. } => true,
        Parameter::Channel { channel, .. } | Parameter::Format { channel, .. } => plan.used[channel],
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// Ranks from 0, equal values at the mean of theirs.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|one, other| values[*one].total_cmp(&values[*other]));
    let mut ranks = vec![0.0; values.len()];
    let mut first = 0;
    for tie in order.chunk_by(|one, other| values[*one] == values[*other]) {
        let rank = first as f64 + (tie.len() - 1) as f64 / 2.0;
        for place in tie {
            ranks[*place] = rank;
        }
        first += tie.len();
    }
    ranks
}

fn pearson(one: &[f64], other: &[f64]) -> Option<f64> {
    let (own, their) = (mean(one), mean(other));
    let (mut both, mut first, mut second) = (0.0, 0.0, 0.0);
    for (left, right) in one.iter().zip(other) {
        both += (left - own) * (right - their);
        first += (left - own).powi(2);
        second += (right - their).powi(2);
    }
    if first > 0.0 && second > 0.0 { Some(both / (first * second).sqrt()) } else { None }
}
