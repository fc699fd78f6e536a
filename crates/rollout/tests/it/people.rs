//! A slow simulation of its own, with one value for each person, that shares no code with the crate: the same to the
//! unit where nothing is left to chance, near it otherwise. Absent: uncertain ranges, which are set to their mode here.

use proptest::prelude::*;
use rollout::{Delivery, Group, Model, Range, Settings, simulate, trace};

use crate::support::{Dice, random};

#[derive(Clone, Copy, PartialEq)]
enum State {
    Unassigned,
    Ahead,
    NotForward,
    /// Before a step, from a month on.
    Before(usize, usize),
    Dropped,
    Trained,
}

struct Person {
    group: usize,
    channel: usize,
    state: State,
}

#[derive(Clone, Copy, PartialEq)]
enum Relay {
    ToTrain,
    From(usize),
    Gone,
}

struct Slow<'a> {
    model: &'a Model,
    dice: Dice,
    people: Vec<Person>,
    relays: Vec<Vec<Relay>>,
    /// Pools, then relays of each channel.
    hours: Vec<f64>,
    seats: Vec<u64>,
    /// Month after month, by (group or none, channel, route, step): months for which a rest waited.
    waited: Vec<((usize, usize, usize, usize), u32)>,
    spending: f64,
    worth: f64,
}

/// What a month says at its end: unassigned, ahead, not forward, waiting, under way, dropped, trained.
type Told = [u64; 7];

/// Largest remainders in whole twentieths.
fn split(group: &Group) -> Vec<u64> {
    let mut parts: Vec<u64> = group.shares.iter().map(|share| (share * 20.0).round() as u64).collect();
    parts.push(20 - parts.iter().sum::<u64>());
    let mut given: Vec<u64> = parts.iter().map(|part| part * group.size / 20).collect();
    while given.iter().sum::<u64>() < group.size {
        let behind = |place: &usize| (parts[*place] * group.size) as i64 - 20 * given[*place] as i64;
        let most = (0..parts.len()).map(|place| behind(&place)).max().expect("a part");
        let place = (0..parts.len()).find(|place| behind(place) == most).expect("the part");
        given[place] += 1;
    }
    given
}

impl<'a> Slow<'a> {
    fn new(model: &'a Model, seed: u64) -> Self {
        let mut people = Vec::new();
        for (group, own) in model.groups.iter().enumerate() {
            for (channel, count) in split(own).into_iter().enumerate() {
                let state = if channel == model.channels.len() { State::Unassigned } else { State::Ahead };
                people.extend((0..count).map(|_| Person { group, channel, state }));
            }
        }
        let used = |channel: usize| people.iter().any(|person| person.channel == channel);
        let relays = model.channels.iter().enumerate().map(|(number, channel)| {
            let count = channel.relays.filter(|_| used(number)).map_or(0, |relays| relays.count);
            vec![Relay::ToTrain; count as usize]
        });
        let relays = relays.collect();
        let (hours, seats) = (Vec::new(), Vec::new());
        let (dice, waited) = (Dice(seed), Vec::new());
        Self { model, dice, people, relays, hours, seats, waited, spending: 0.0, worth: 0.0 }
    }

    fn happens(&mut self, chance: f64) -> bool {
        self.dice.chance() < chance
    }

    fn month(&mut self, month: usize) -> Told {
        let model = self.model;
        let open = model.calendar[(model.first_month + month - 1) % 12];
        self.hours.clear();
        for pool in &model.pools {
            let more: u64 =
                pool.added.iter().map(|(from, count)| if *from <= month { *count } else { 0 }).sum();
            self.hours.push((pool.trainers + more) as f64 * pool.hours_per_month.mode * open);
        }
        self.seats = model
            .channels
            .iter()
            .map(|own| own.seats_per_month.map_or(u64::MAX, |seats| (seats as f64 * open).floor() as u64))
            .collect();
        for number in 0..model.channels.len() {
            self.open_channel(number, month, open);
        }
        self.ask(month);
        if open > 0.0 {
            (0..model.channels.len()).for_each(|channel| self.teach_relays(channel, month));
            for step in (0..rollout::STEPS_MAX).rev() {
                self.hold(step, month);
            }
        }
        let mut told = [0; 7];
        for person in &self.people {
            let place = match person.state {
                State::Unassigned => 0,
                State::Ahead => 1,
                State::NotForward => 2,
                State::Before(0, _) => 3,
                State::Before(..) => 4,
                State::Dropped => 5,
                State::Trained => 6,
            };
            told[place] += 1;
        }
        told
    }

    fn open_channel(&mut self, number: usize, month: usize, open: f64) {
        let channel = &self.model.channels[number];
        if month >= channel.opens && self.people.iter().any(|person| person.channel == number) {
            self.spending += channel.per_month;
            if month == channel.opens {
                self.spending += channel.start_up;
            }
        }
        let Some(relays) = channel.relays else {
            self.hours.push(0.0);
            return;
        };
        let mut teaching = 0;
        for place in 0..self.relays[number].len() {
            if let Relay::From(from) = self.relays[number][place]
                && from < month
                && self.happens(relays.departures)
            {
                self.relays[number][place] = if relays.replaced { Relay::ToTrain } else { Relay::Gone };
            }
            let teaches = matches!(self.relays[number][place], Relay::From(from) if from <= month);
            teaching += u64::from(teaches);
        }
        self.hours.push(teaching as f64 * relays.hours_per_month.mode * open);
    }

    fn ask(&mut self, month: usize) {
        for place in 0..self.people.len() {
            let Person { group, channel, state } = self.people[place];
            if state != State::Ahead {
                continue;
            }
            let own = &self.model.channels[channel];
            if month >= own.opens && month >= self.model.groups[group].arrives {
                let comes = self.happens(own.take_up.mode);
                self.people[place].state = if comes { State::Before(0, month) } else { State::NotForward };
            }
        }
    }

    fn teach_relays(&mut self, channel: usize, month: usize) {
        let own = &self.model.channels[channel];
        let Some(relays) = own.relays.filter(|_| month >= own.opens) else { return };
        loop {
            let waiting: Vec<usize> = (0..self.relays[channel].len())
                .filter(|place| self.relays[channel][*place] == Relay::ToTrain)
                .take(relays.people_per_session as usize)
                .collect();
            if waiting.is_empty() || !self.pay_hours(relays.trained_by, relays.training_hours) {
                return;
            }
            self.spending += relays.training_hours * relays.per_trainer_hour.mode
                + waiting.len() as f64 * relays.per_head.mode;
            for place in waiting {
                self.relays[channel][place] = Relay::From(month + relays.delay_months);
            }
        }
    }

    fn pay_hours(&mut self, stock: Option<usize>, hours: f64) -> bool {
        let Some(stock) = stock else { return true };
        if self.hours[stock] + 1e-9 < hours {
            return false;
        }
        self.hours[stock] -= hours;
        true
    }

    /// Everything that a step number holds in a month, group after group in their order.
    fn hold(&mut self, step: usize, month: usize) {
        let model = self.model;
        let mut order: Vec<usize> = (0..model.groups.len()).collect();
        order.sort_by_key(|group| (model.groups[*group].priority, *group));
        let mut done = Vec::new();
        for group in order.clone() {
            for (channel, own) in model.channels.iter().enumerate() {
                let route = model.groups[group].route;
                if step >= own.routes[route].len() {
                    continue;
                }
                let is_given = |group: usize| {
                    self.people.iter().any(|person| person.group == group && person.channel == channel)
                };
                let mut together = vec![group];
                if own.mixing {
                    together = order
                        .iter()
                        .copied()
                        .filter(|other| model.groups[*other].route == route && is_given(*other))
                        .collect();
                }
                if !together.contains(&group) || done.contains(&(channel, route, group)) {
                    continue;
                }
                done.extend(together.iter().map(|other| (channel, route, *other)));
                let queue: Vec<usize> = together
                    .iter()
                    .flat_map(|other| {
                        (0..self.people.len()).filter(|place| {
                            let person = &self.people[*place];
                            let is_here = person.group == *other && person.channel == channel;
                            let ready = matches!(person.state, State::Before(at, from) if at == step && from <= month);
                            is_here && ready
                        })
                    })
                    .collect();
                let key = (if own.mixing { usize::MAX } else { group }, channel, route, step);
                self.gather(key, queue, month);
            }
        }
    }

    fn gather(&mut self, key: (usize, usize, usize, usize), mut queue: Vec<usize>, month: usize) {
        let (_, channel, route, step) = key;
        let own = &self.model.channels[channel];
        let what = own.routes[route][step];
        let format = own.formats[what.format];
        let stock = if own.relays.is_some() { Some(self.model.pools.len() + channel) } else { own.pool };
        let place = self.waited.iter().position(|(other, _)| *other == key).unwrap_or_else(|| {
            self.waited.push((key, 0));
            self.waited.len() - 1
        });
        if queue.is_empty() {
            return;
        }
        let Delivery::Sessions { people, fewest, patience, trainers, preparation_hours } = format.delivery
        else {
            self.alone(queue, key, month);
            return;
        };
        let size = people.mode.round() as usize;
        let hours = trainers as f64 * what.hours + preparation_hours;
        let mut is_first = true;
        loop {
            let count = queue.len().min(size).min(usize::try_from(self.seats[channel]).unwrap_or(usize::MAX));
            if count == 0 && is_first {
                return;
            }
            if count == 0 {
                self.waited[place].1 = 0;
                return;
            }
            let has_room = stock.is_none_or(|stock| self.hours[stock] + 1e-9 >= hours);
            if !has_room {
                return;
            }
            let is_small = count < size && (count as u64) < fewest;
            if is_small && self.waited[place].1 < patience {
                self.waited[place].1 += 1;
                return;
            }
            is_first = false;
            self.pay_hours(stock, hours);
            self.spending += format.per_session.mode + hours * format.per_trainer_hour.mode;
            self.seats[channel] -= if self.seats[channel] == u64::MAX { 0 } else { count as u64 };
            let invited: Vec<usize> = queue.drain(..count).collect();
            self.follow(&invited, key, month);
            if count < size {
                self.waited[place].1 = 0;
                return;
            }
        }
    }

    fn alone(&mut self, queue: Vec<usize>, key: (usize, usize, usize, usize), month: usize) {
        let (_, channel, route, step) = key;
        let own = &self.model.channels[channel];
        let format = own.formats[own.routes[route][step].format];
        let Delivery::SelfPaced { tutor_hours } = format.delivery else { return };
        let stock = if own.relays.is_some() { Some(self.model.pools.len() + channel) } else { own.pool };
        let mut reserved = 0.0;
        let mut invited = Vec::new();
        for person in queue {
            let has_room = stock.is_none_or(|stock| self.hours[stock] + 1e-9 >= reserved + tutor_hours.mode);
            if self.seats[channel] == 0 || !has_room {
                break;
            }
            self.seats[channel] -= if self.seats[channel] == u64::MAX { 0 } else { 1 };
            reserved += tutor_hours.mode;
            invited.push(person);
        }
        let began = self.follow(&invited, key, month) as f64;
        self.pay_hours(stock, began * tutor_hours.mode);
        self.spending += began * tutor_hours.mode * format.per_trainer_hour.mode;
    }

    /// Who comes, who ends; how many came.
    fn follow(&mut self, invited: &[usize], key: (usize, usize, usize, usize), month: usize) -> u64 {
        let (_, channel, route, step) = key;
        let own = &self.model.channels[channel];
        let what = own.routes[route][step];
        let format = own.formats[what.format];
        let mut began = 0;
        for &place in invited {
            if !self.happens(format.show_up.mode) {
                continue;
            }
            began += 1;
            self.spending += format.per_head.mode + what.hours * format.per_head_hour.mode;
            let ends = self.happens(format.completion.mode);
            let is_last = step + 1 == own.routes[route].len();
            self.worth += if ends {
                what.worth * own.quality.mode * own.relays.map_or(1.0, |relays| relays.quality.mode)
            } else {
                0.0
            };
            self.people[place].state = match (ends, is_last) {
                (false, _) => State::Dropped,
                (true, true) => State::Trained,
                (true, false) => State::Before(step + 1, month + what.gap_months),
            };
        }
        began
    }
}

/// Every range at its mode.
fn at_modes(mut model: Model) -> Model {
    let fix = |range: &mut Range| *range = Range::fixed(range.mode);
    model.pools.iter_mut().for_each(|pool| fix(&mut pool.hours_per_month));
    for channel in &mut model.channels {
        fix(&mut channel.take_up);
        fix(&mut channel.quality);
        if let Some(relays) = &mut channel.relays {
            let own = [&mut relays.per_head, &mut relays.per_trainer_hour, &mut relays.quality];
            own.into_iter().for_each(fix);
            fix(&mut relays.hours_per_month);
        }
        for format in &mut channel.formats {
            match &mut format.delivery {
                Delivery::Sessions { people, .. } => fix(people),
                Delivery::SelfPaced { tutor_hours } => fix(tutor_hours),
            }
            let own = [&mut format.per_head, &mut format.per_head_hour, &mut format.per_session];
            own.into_iter().for_each(fix);
            let own = [&mut format.per_trainer_hour, &mut format.show_up, &mut format.completion];
            own.into_iter().for_each(fix);
        }
    }
    model
}

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-6 * one.abs().max(1.0)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn without_chance_each_month_is_the_same_to_the_unit(seed in any::<u64>()) {
        let model = random(seed, true);
        let told = trace(&model, 1, 0).expect("a trace");
        let mut slow = Slow::new(&model, seed);
        let mut before = 0.0;
        for (month, fast) in told.months.iter().enumerate() {
            let counts = fast.counts;
            let own = [counts.unassigned, counts.ahead, counts.not_forward, counts.waiting,
                counts.under_way, counts.dropped, counts.trained];
            prop_assert_eq!(slow.month(month), own, "month {}", month);
            prop_assert!(near(slow.spending - before, counts.spending), "month {}", month);
            before = slow.spending;
        }
        let settings = Settings { runs: 1, ..Settings::default() };
        let coverage = simulate(&model, &settings).expect("an outcome").coverage;
        let wanted: f64 = model.groups.iter().map(|group| group.size as f64 * group.wanted).sum();
        prop_assert!(coverage.is_none_or(|told| near(told.mean, slow.worth / wanted)));
    }
}

fn moments(values: &[f64]) -> (f64, f64) {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    (mean, values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (count - 1.0) / count)
}

/// Over 24 models and 150 runs of each, means differ by at most five standard errors of their difference: a chance of one
/// in a million for each comparison, with seeds that are fixed.
#[test]
fn with_chance_means_are_near() {
    for seed in 0..24 {
        let model = at_modes(random(seed, false));
        let (mut slow, mut fast) = ([vec![], vec![], vec![], vec![]], [vec![], vec![], vec![], vec![]]);
        for run in 0..150 {
            let mut own = Slow::new(&model, seed * 1_000 + run);
            let last = (0..model.months).map(|month| own.month(month)).last().expect("a month");
            let told = trace(&model, seed, run as usize).expect("a trace");
            let end = told.months.last().expect("a month").counts;
            let spent: f64 = told.months.iter().map(|month| month.counts.spending).sum();
            let ours = [end.trained as f64, end.dropped as f64, end.not_forward as f64, spent];
            let theirs = [last[6] as f64, last[5] as f64, last[2] as f64, own.spending];
            fast.iter_mut().zip(ours).for_each(|(all, value)| all.push(value));
            slow.iter_mut().zip(theirs).for_each(|(all, value)| all.push(value));
        }
        for (number, (one, other)) in fast.iter().zip(&slow).enumerate() {
            let ((ours, error), (theirs, other)) = (moments(one), moments(other));
            let most = 5.0 * (error + other).sqrt() + 1e-6 * ours.abs().max(1.0);
            assert!((ours - theirs).abs() <= most, "model {seed}, series {number}: {ours} {theirs} {most}");
        }
    }
}
