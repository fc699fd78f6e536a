//! A model made ready to be walked through many times: who goes where in whole people, and in which order queues are
//! served. Absent: anything that changes during a run.

use std::collections::BTreeMap;

use crate::apportion::apportion;
use crate::model::{Format, Model, Pool, Step};
use crate::parameter::{Layout, Parameter, ranges};
use crate::range::Range;

/// People of a group given to a channel.
#[derive(Debug)]
pub(crate) struct Pair {
    pub(crate) group: usize,
    pub(crate) channel: usize,
    pub(crate) people: u64,
    /// The month in which they are asked to come forward.
    pub(crate) start: usize,
    /// The slot of their first step.
    pub(crate) first: usize,
    pub(crate) steps: usize,
}

/// A step of a pair.
#[derive(Debug)]
pub(crate) struct Slot {
    pub(crate) pair: usize,
    pub(crate) step: usize,
    pub(crate) is_last: bool,
    /// Where the ring of those on their way to the next step begins, and how many months it holds.
    pub(crate) ring: usize,
    pub(crate) gap: usize,
}

/// Slots served together: one, or those of the groups of a route that a channel mixes.
#[derive(Debug)]
pub(crate) struct Queue {
    pub(crate) channel: usize,
    pub(crate) route: usize,
    pub(crate) step: usize,
    pub(crate) what: Step,
    pub(crate) format: Format,
    /// In the order in which they are served.
    pub(crate) slots: Vec<usize>,
    /// The stock of hours that teaches; none: bought from outside.
    pub(crate) hours: Option<usize>,
}

/// A model ready to run.
#[derive(Debug)]
pub(crate) struct Plan<'model> {
    pub(crate) model: &'model Model,
    pub(crate) layout: Layout,
    pub(crate) ranges: Vec<(Parameter, Range)>,
    /// By group: people of no channel.
    pub(crate) unassigned: Vec<u64>,
    pub(crate) pairs: Vec<Pair>,
    pub(crate) slots: Vec<Slot>,
    pub(crate) queues: Vec<Queue>,
    pub(crate) ring_length: usize,
    /// Channels that somebody is assigned to.
    pub(crate) used: Vec<bool>,
    /// Trainers of each pool by month.
    pub(crate) trainers: Vec<Vec<u64>>,
    /// Share of each month that is open.
    pub(crate) open: Vec<f64>,
    pub(crate) people: u64,
    pub(crate) wanted: f64,
}

impl<'model> Plan<'model> {
    pub(crate) fn new(model: &'model Model) -> Self {
        let mut plan = Self {
            model,
            layout: Layout::new(model),
            ranges: ranges(model),
            unassigned: Vec::with_capacity(model.groups.len()),
            pairs: Vec::new(),
            slots: Vec::new(),
            queues: Vec::new(),
            ring_length: 0,
            used: vec![false; model.channels.len()],
            trainers: model.pools.iter().map(|pool| trainers(pool, model.months)).collect(),
            open: open(model),
            people: model.groups.iter().map(|group| group.size).sum(),
            wanted: model.groups.iter().map(|group| group.size as f64 * group.wanted).sum(),
        };
        plan.add_pairs();
        plan.add_queues();
        plan
    }

    fn add_pairs(&mut self) {
        for (number, group) in self.model.groups.iter().enumerate() {
            let mut people = apportion(group.size, &group.shares);
            self.unassigned.push(people.pop().unwrap_or(0));
            for (channel, people) in people.into_iter().enumerate().filter(|(_, people)| *people > 0) {
                let own = &self.model.channels[channel];
                let steps = &own.routes[group.route];
                self.used[channel] = true;
                let first = self.slots.len();
                for (step, what) in steps.iter().enumerate() {
                    let is_last = step + 1 == steps.len();
                    let gap = what.gap_months;
                    let ring = self.ring_length;
                    self.slots.push(Slot { pair: self.pairs.len(), step, is_last, ring, gap });
                    self.ring_length += if is_last { 0 } else { gap };
                }
                self.pairs.push(Pair {
                    group: number,
                    channel,
                    people,
                    start: group.arrives.max(own.opens),
                    first,
                    steps: steps.len(),
                });
            }
        }
    }

    /// Later steps first, then groups by priority and number, then channels.
    fn add_queues(&mut self) {
        let model = self.model;
        let mut order: Vec<usize> = (0..self.slots.len()).collect();
        let rank = |slot: &usize| {
            let own = &self.slots[*slot];
            let pair = &self.pairs[own.pair];
            let priority = model.groups[pair.group].priority;
            (std::cmp::Reverse(own.step), priority, pair.group, pair.channel)
        };
        order.sort_by_key(rank);
        let mut mixed: BTreeMap<(usize, usize, usize), usize> = BTreeMap::new();
        for slot in order {
            let pair = &self.pairs[self.slots[slot].pair];
            let (channel, step) = (&model.channels[pair.channel], self.slots[slot].step);
            let route = model.groups[pair.group].route;
            let key = (pair.channel, route, step);
            if channel.mixing
                && let Some(queue) = mixed.get(&key)
            {
                self.queues[*queue].slots.push(slot);
                continue;
            }
            mixed.insert(key, self.queues.len());
            let what = channel.routes[route][step];
            let hours =
                if channel.relays.is_some() { Some(model.pools.len() + pair.channel) } else { channel.pool };
            self.queues.push(Queue {
                channel: pair.channel,
                route,
                step,
                what,
                format: channel.formats[what.format],
                slots: vec![slot],
                hours,
            });
        }
    }
}

/// The share of each month that is open.
pub(crate) fn open(model: &Model) -> Vec<f64> {
    (0..model.months).map(|month| model.calendar[(model.first_month - 1 + month) % 12]).collect()
}

/// The trainers of a pool in each month.
pub(crate) fn trainers(pool: &Pool, months: usize) -> Vec<u64> {
    let joined = |month: usize| pool.added.iter().filter(move |(from, _)| *from <= month);
    (0..months).map(|month| pool.trainers + joined(month).map(|(_, count)| *count).sum::<u64>()).collect()
}
