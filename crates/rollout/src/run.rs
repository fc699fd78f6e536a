//! One run, month after month. Absent: what is made of many runs (`outcome`), threads (`simulate`).
//!
//! The order of a month is fixed: hours of pools, departures and arrivals of relays, spending of open channels; people
//! who reach their next step; people asked to come forward; relays trained; then queues, later steps before earlier
//! ones, groups by priority and number, channels by number. Hours, seats and relays of a month serve in that order.

use rand_pcg::Pcg64;

use crate::model::Delivery;
use crate::parameter::{ChannelRange, FormatRange};
use crate::plan::{Plan, Queue};
use crate::relays::Cascade;
use crate::stream::{Purpose, binomial, stream};
use crate::trace::{Attendance, Served};

/// Slack of a division of hours: 0.1 × 3 hours make a session of 0.3.
const HOURS_SLACK: f64 = 1e-9;

/// Where people are at the end of a month, and what the month took. Spending and hours are of the month; people are
/// cumulative, `newly_trained` excepted.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Counts {
    /// People of no channel.
    pub unassigned: u64,
    /// People whose month, or whose channel's, is not come.
    pub ahead: u64,
    /// People who were asked and never come forward.
    pub not_forward: u64,
    /// People who came forward and have not ended a first step.
    pub waiting: u64,
    /// People who ended a step and have another to come.
    pub under_way: u64,
    /// People who left during a step.
    pub dropped: u64,
    /// People who ended their last step.
    pub trained: u64,
    /// Those of this month.
    pub newly_trained: u64,
    /// Sessions of this month, those that train relays included.
    pub sessions: u64,
    /// Relays who may teach this month.
    pub relays: u64,
    /// Hours of pools and relays that were used.
    pub hours_used: f64,
    /// Hours of pools and relays that there were.
    pub hours_available: f64,
    /// Hours of trainers bought from outside.
    pub hours_bought: f64,
    /// Spending of the month.
    pub spending: f64,
}

/// The state of a run.
pub(crate) struct Run<'plan> {
    pub(crate) plan: &'plan Plan<'plan>,
    pub(crate) values: &'plan [f64],
    /// By slot: people who may follow this step now.
    pub(crate) ready: Vec<u64>,
    /// People on their way to a next step, by month of arrival.
    pub(crate) ring: Vec<u64>,
    /// By slot: the stream of its draws.
    generators: Vec<Pcg64>,
    /// By queue: months for which a rest too small has waited.
    waited: Vec<u32>,
    /// By pair.
    pub(crate) ahead: Vec<u64>,
    pub(crate) not_forward: Vec<u64>,
    pub(crate) dropped: Vec<u64>,
    pub(crate) trained: Vec<u64>,
    /// By channel.
    pub(crate) cascades: Vec<Option<Cascade>>,
    pub(crate) seats: Vec<u64>,
    pub(crate) spending: Vec<f64>,
    quality: Vec<f64>,
    /// By stock of hours: pools, then relays of each channel.
    pub(crate) available: Vec<f64>,
    pub(crate) left: Vec<f64>,
    pub(crate) worth: f64,
    pub(crate) counts: Counts,
    pub(crate) log: Option<Vec<Served>>,
}

impl<'plan> Run<'plan> {
    pub(crate) fn new(plan: &'plan Plan<'plan>, values: &'plan [f64], seed: u64, run: usize) -> Self {
        let (pairs, channels) = (plan.pairs.len(), plan.model.channels.len());
        let key = |slot: &crate::plan::Slot| {
            let pair = &plan.pairs[slot.pair];
            [pair.group, pair.channel, slot.step]
        };
        let generators = plan.slots.iter().map(|slot| stream(seed, run, Purpose::Step, key(slot))).collect();
        let mut made = Self {
            plan,
            values,
            ready: vec![0; plan.slots.len()],
            ring: vec![0; plan.ring_length],
            generators,
            waited: vec![0; plan.queues.len()],
            ahead: plan.pairs.iter().map(|pair| pair.people).collect(),
            not_forward: vec![0; pairs],
            dropped: vec![0; pairs],
            trained: vec![0; pairs],
            cascades: Vec::with_capacity(channels),
            seats: vec![0; channels],
            spending: vec![0.0; channels],
            quality: vec![0.0; channels],
            available: vec![0.0; plan.model.pools.len() + channels],
            left: vec![0.0; plan.model.pools.len() + channels],
            worth: 0.0,
            counts: Counts::default(),
            log: None,
        };
        for (channel, own) in plan.model.channels.iter().enumerate() {
            let relays = own.relays.filter(|_| plan.used[channel]);
            made.cascades.push(relays.map(|relays| Cascade::new(relays, seed, run, channel)));
            made.quality[channel] =
                made.of(channel, ChannelRange::Quality) * made.of(channel, ChannelRange::RelayQuality);
        }
        made.counts.unassigned = plan.unassigned.iter().sum();
        for (pair, own) in plan.pairs.iter().enumerate() {
            made.counts.ahead += own.people;
            let chance = made.of(own.channel, ChannelRange::TakeUp);
            let mut generator = stream(seed, run, Purpose::TakeUp, [own.group, own.channel, 0]);
            // Drawn now, told in the month in which the pair starts.
            made.not_forward[pair] = own.people - binomial(&mut generator, own.people, chance);
        }
        made
    }

    pub(crate) fn of(&self, channel: usize, range: ChannelRange) -> f64 {
        self.values[self.plan.layout.channel(channel, range)]
    }

    /// Walks through one month; months come in order from 0.
    pub(crate) fn walk(&mut self, month: usize) {
        let counts = &mut self.counts;
        (counts.newly_trained, counts.sessions, counts.relays) = (0, 0, 0);
        (counts.hours_used, counts.hours_available, counts.hours_bought) = (0.0, 0.0, 0.0);
        self.spending.fill(0.0);
        self.open(month);
        self.advance(month);
        self.arrive(month);
        if self.plan.open[month] > 0.0 {
            self.train_relays(month);
            let plan = self.plan;
            for (number, queue) in plan.queues.iter().enumerate() {
                self.serve(number, queue, month);
            }
        }
        self.counts.hours_available = self.available.iter().sum();
        self.counts.spending = self.spending.iter().sum();
    }

    fn open(&mut self, month: usize) {
        let (model, open) = (self.plan.model, self.plan.open[month]);
        for (pool, trainers) in self.plan.trainers.iter().enumerate() {
            self.available[pool] = trainers[month] as f64 * self.values[pool] * open;
        }
        for (channel, own) in model.channels.iter().enumerate() {
            self.seats[channel] =
                own.seats_per_month.map_or(u64::MAX, |seats| (seats as f64 * open + HOURS_SLACK) as u64);
            let hours = self.of(channel, ChannelRange::RelayHours);
            if let Some(cascade) = &mut self.cascades[channel] {
                cascade.begin(month);
                self.counts.relays += cascade.active;
                self.available[model.pools.len() + channel] = cascade.active as f64 * hours * open;
            }
            if self.plan.used[channel] && month >= own.opens {
                self.spending[channel] += own.per_month;
                self.spending[channel] += if month == own.opens { own.start_up } else { 0.0 };
            }
        }
        self.left.copy_from_slice(&self.available);
    }

    fn advance(&mut self, month: usize) {
        for (number, slot) in self.plan.slots.iter().enumerate().filter(|(_, slot)| !slot.is_last) {
            let place = slot.ring + month % slot.gap;
            self.ready[number + 1] += std::mem::take(&mut self.ring[place]);
        }
    }

    fn arrive(&mut self, month: usize) {
        for (number, pair) in self.plan.pairs.iter().enumerate().filter(|(_, pair)| pair.start == month) {
            let people = std::mem::take(&mut self.ahead[number]);
            let forward = people - self.not_forward[number];
            self.ready[pair.first] = forward;
            self.counts.ahead -= people;
            self.counts.not_forward += people - forward;
            self.counts.waiting += forward;
        }
    }

    fn train_relays(&mut self, month: usize) {
        let channels = self.plan.model.channels.iter().enumerate();
        for (channel, _) in channels.filter(|(_, own)| month >= own.opens) {
            let Some(cascade) = &mut self.cascades[channel] else { continue };
            let hours = cascade.relays.training_hours;
            let pool = cascade.relays.trained_by;
            let most = pool.map_or(u64::MAX, |pool| whole(self.left[pool], hours));
            let (sessions, people) = cascade.train(month, most);
            let hours = sessions as f64 * hours;
            self.take(pool, hours);
            self.counts.sessions += sessions;
            self.spending[channel] += people as f64 * self.of(channel, ChannelRange::RelayPerHead)
                + hours * self.of(channel, ChannelRange::RelayPerTrainerHour);
        }
    }

    fn take(&mut self, stock: Option<usize>, hours: f64) {
        match stock {
            Some(stock) => {
                let hours = hours.min(self.left[stock]);
                self.left[stock] -= hours;
                self.counts.hours_used += hours;
            }
            None => self.counts.hours_bought += hours,
        }
    }

    fn serve(&mut self, number: usize, queue: &Queue, month: usize) {
        let people: u64 = queue.slots.iter().map(|slot| self.ready[*slot]).sum();
        if people == 0 {
            return;
        }
        let at = |range| self.values[self.plan.layout.format(queue.channel, queue.what.format, range)];
        let (delivery, left) = (at(FormatRange::Delivery), queue.hours.map(|stock| self.left[stock]));
        let seats = self.seats[queue.channel];
        let (sessions, invited, each) = match queue.format.delivery {
            Delivery::Sessions { fewest, patience, trainers, preparation_hours, .. } => {
                let each = trainers as f64 * queue.what.hours + preparation_hours;
                let room = left.map_or(u64::MAX, |left| whole(left, each));
                let size = (delivery.round() as u64).max(1);
                let few = Few { fewest, patience };
                let (sessions, invited) = few.gather(people.min(seats), size, room, &mut self.waited[number]);
                (sessions, invited, each)
            }
            Delivery::SelfPaced { .. } => {
                let room = left.map_or(u64::MAX, |left| whole(left, delivery));
                (0, people.min(seats).min(room), delivery)
            }
        };
        if invited == 0 {
            return;
        }
        self.seats[queue.channel] -= invited;
        let (show_up, completion) = (at(FormatRange::ShowUp), at(FormatRange::Completion));
        let per_head = at(FormatRange::PerHead) + at(FormatRange::PerHeadHour) * queue.what.hours;
        let (per_session, per_hour) = (at(FormatRange::PerSession), at(FormatRange::PerTrainerHour));
        let (began, attendances) = self.attend(queue, invited, (show_up, completion), month);
        let taught = if let Delivery::SelfPaced { .. } = queue.format.delivery { began } else { sessions };
        let hours = taught as f64 * each;
        self.take(queue.hours, hours);
        self.counts.sessions += sessions;
        let spending = began as f64 * per_head + sessions as f64 * per_session + hours * per_hour;
        self.spending[queue.channel] += spending;
        if let Some(log) = &mut self.log {
            let Queue { channel, route, step, .. } = *queue;
            log.push(Served { channel, route, step, sessions, hours, spending, attendances });
        }
    }

    /// Shares `invited` places over the slots of a queue in their order; who comes, who ends. How many began, and the
    /// detail when it is logged.
    fn attend(
        &mut self,
        queue: &Queue,
        mut invited: u64,
        (show_up, completion): (f64, f64),
        month: usize,
    ) -> (u64, Vec<Attendance>) {
        let (plan, mut total, mut attendances) = (self.plan, 0, Vec::new());
        for &number in &queue.slots {
            let places = self.ready[number].min(invited);
            if places == 0 {
                continue;
            }
            invited -= places;
            let slot = &plan.slots[number];
            let began = binomial(&mut self.generators[number], places, show_up);
            let ended = binomial(&mut self.generators[number], began, completion);
            total += began;
            self.ready[number] -= began;
            self.dropped[slot.pair] += began - ended;
            let counts = &mut self.counts;
            counts.dropped += began - ended;
            let from = if slot.step == 0 { &mut counts.waiting } else { &mut counts.under_way };
            *from -= began;
            if slot.is_last {
                self.trained[slot.pair] += ended;
                counts.trained += ended;
                counts.newly_trained += ended;
            } else {
                self.ring[slot.ring + month % slot.gap] += ended;
                counts.under_way += ended;
            }
            self.worth += ended as f64 * queue.what.worth * self.quality[queue.channel];
            if self.log.is_some() {
                let group = plan.pairs[slot.pair].group;
                attendances.push(Attendance { group, invited: places, began, ended });
            }
        }
        (total, attendances)
    }
}

/// How many times `each` goes into `left`; without limit when it takes nothing.
fn whole(left: f64, each: f64) -> u64 {
    if each > 0.0 { (left / each + HOURS_SLACK).floor() as u64 } else { u64::MAX }
}

/// The rule of sessions too small.
struct Few {
    fewest: u64,
    patience: u32,
}

impl Few {
    /// How many sessions open for `people` who have a seat, at most `room`, and how many are invited. Full sessions
    /// first; a rest below the fewest waits, for `patience` months in which there was room for it.
    fn gather(&self, people: u64, size: u64, room: u64, waited: &mut u32) -> (u64, u64) {
        if people == 0 {
            return (0, 0);
        }
        let (full, rest) = (people / size, people % size);
        if full > room || (full == room && rest > 0) {
            return (room, room * size);
        }
        let is_open = rest > 0 && (rest >= self.fewest || *waited >= self.patience);
        *waited = if rest == 0 || is_open { 0 } else { *waited + 1 };
        if is_open { (full + 1, people) } else { (full, full * size) }
    }
}
