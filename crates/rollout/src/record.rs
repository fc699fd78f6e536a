//! What is kept of one run. Absent: how runs are put together (`outcome`).

use crate::plan::Plan;
use crate::run::{Counts, Run};

/// Numbers kept for each month.
pub(crate) const SERIES: usize = 12;
/// Causes for which people are left out.
pub(crate) const CAUSES: usize = 6;

const TRAINED: usize = 0;
const SPENDING: usize = 6;
const HOURS_USED: usize = 7;
const HOURS_BOUGHT: usize = 9;

/// One run.
#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) months: Vec<[f64; SERIES]>,
    pub(crate) by_group: Vec<u64>,
    pub(crate) by_channel: Vec<u64>,
    pub(crate) channel_spending: Vec<f64>,
    pub(crate) worth: f64,
    pub(crate) goal_month: Option<usize>,
}

fn series(counts: &Counts) -> [f64; SERIES] {
    [
        counts.trained as f64,
        counts.newly_trained as f64,
        counts.under_way as f64,
        counts.waiting as f64,
        counts.dropped as f64,
        counts.not_forward as f64,
        counts.spending,
        counts.hours_used,
        counts.hours_available,
        counts.hours_bought,
        counts.sessions as f64,
        counts.relays as f64,
    ]
}

impl Record {
    /// Walks through a run; adds those left out at its end to `left`, by group.
    pub(crate) fn run(
        plan: &Plan<'_>,
        values: &[f64],
        (seed, run): (u64, usize),
        goal: f64,
        left: &mut [[u64; CAUSES]],
    ) -> Self {
        let mut state = Run::new(plan, values, seed, run);
        let model = plan.model;
        let mut made = Self {
            months: Vec::with_capacity(model.months),
            by_group: vec![0; model.groups.len()],
            by_channel: vec![0; model.channels.len()],
            channel_spending: vec![0.0; model.channels.len()],
            worth: 0.0,
            goal_month: None,
        };
        for month in 0..model.months {
            state.walk(month);
            made.months.push(series(&state.counts));
            for (sum, own) in made.channel_spending.iter_mut().zip(&state.spending) {
                *sum += own;
            }
            let is_reached = state.counts.trained as f64 >= goal * plan.people as f64 - 1e-6;
            if made.goal_month.is_none() && is_reached {
                made.goal_month = Some(month);
            }
        }
        made.worth = state.worth;
        for (group, people) in plan.unassigned.iter().enumerate() {
            left[group][0] += people;
        }
        for (number, pair) in plan.pairs.iter().enumerate() {
            let (trained, dropped) = (state.trained[number], state.dropped[number]);
            made.by_group[pair.group] += trained;
            made.by_channel[pair.channel] += trained;
            let ahead = state.ahead[number];
            let not_forward = if ahead == 0 { state.not_forward[number] } else { 0 };
            let waiting = state.ready[pair.first];
            let under_way = pair.people - ahead - not_forward - waiting - dropped - trained;
            let causes = [0, ahead, not_forward, waiting, under_way, dropped];
            for (sum, own) in left[pair.group].iter_mut().zip(causes) {
                *sum += own;
            }
        }
        made
    }

    fn sum(&self, series: usize) -> f64 {
        self.months.iter().map(|month| month[series]).sum()
    }

    pub(crate) fn trained(&self) -> f64 {
        self.months.last().map_or(0.0, |month| month[TRAINED])
    }

    pub(crate) fn spending(&self) -> f64 {
        self.sum(SPENDING)
    }

    pub(crate) fn hours_used(&self) -> f64 {
        self.sum(HOURS_USED)
    }

    pub(crate) fn hours_bought(&self) -> f64 {
        self.sum(HOURS_BOUGHT)
    }

    pub(crate) fn year_spending(&self, year: usize) -> f64 {
        self.months.iter().skip(12 * year).take(12).map(|month| month[SPENDING]).sum()
    }

    pub(crate) fn spending_per_trained(&self) -> Option<f64> {
        let trained = self.trained();
        if trained > 0.0 { Some(self.spending() / trained) } else { None }
    }
}
