//! A model as a problem of mix: what a person of each group given to each channel is expected to bring and to take, in
//! hours, seats and spending, every parameter at its expected value. Absent: how the mix is chosen (`mix`).
//!
//! People flow like water: there are no whole sessions (a person takes her part of one), no queues, no months within
//! the horizon, no sessions that wait to be full. All the hours of the horizon serve at once, relays are all trained in
//! the month in which the channel opens, and those who leave are replaced at once where they are. The product of
//! expected values stands for the expected value of products. A simulation of the mix is therefore mostly below it.

use crate::error::{Error, Fault, Field, Place};
use crate::model::{
    CHANNELS_MAX, COUNT_MAX, Channel, Delivery, Format, GROUPS_MAX, Model, POOLS_MAX, Relays, Step,
};
use crate::plan::{open, trainers};

/// Which shares are asked: how many people of each group go to each channel.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MixProblem {
    /// People of each group.
    pub sizes: Vec<u64>,
    /// What opening each channel takes.
    pub channels: Vec<MixChannel>,
    /// Stocks that people take from.
    pub limits: Vec<MixLimit>,
    /// The channels that each group may be given to.
    pub pairs: Vec<MixPair>,
    /// Most spending; infinite for no limit.
    pub budget: f64,
}

/// What opening a channel takes, be anyone in it or not.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MixChannel {
    /// Spending over the horizon.
    pub spending: f64,
    /// Numbers of limits, and what is taken of each.
    pub takes: Vec<(usize, f64)>,
}

/// A stock over the whole horizon.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MixLimit {
    /// Of what.
    pub what: MixStock,
    /// How much there is.
    pub most: f64,
}

/// What a stock is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MixStock {
    /// Hours of a pool.
    PoolHours {
        /// The pool.
        pool: usize,
    },
    /// Hours of the relays of a channel.
    RelayHours {
        /// The channel.
        channel: usize,
    },
    /// Seats of a channel.
    Seats {
        /// The channel.
        channel: usize,
    },
}

/// What one person of a group, given to a channel, is expected to bring and to take.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MixPair {
    /// The group.
    pub group: usize,
    /// The channel.
    pub channel: usize,
    /// Worth: take-up × Σ over steps of (share of people who end it × worth × quality).
    pub worth: f64,
    /// Share of a person who ends the last step.
    pub trained: f64,
    /// Spending.
    pub spending: f64,
    /// Numbers of limits, and what is taken of each.
    pub takes: Vec<(usize, f64)>,
}

impl MixProblem {
    /// Checks that numbers are finite and not negative, and indices known.
    ///
    /// # Errors
    /// [`Error::Refused`] at [`Place::Mix`] with the number of the pair, or of the channel or the limit.
    pub fn check(&self) -> Result<(), Error> {
        let refuse = |place, field, fault| -> Result<(), Error> {
            Err(Error::refused(Place::Mix(place), field, fault))
        };
        if self.budget.is_nan() || self.budget < 0.0 {
            return refuse(0, Field::Budget, Fault::OutOfBounds);
        }
        if self.sizes.len() > GROUPS_MAX {
            return refuse(0, Field::Groups, Fault::TooMany);
        }
        if self.channels.len() > CHANNELS_MAX {
            return refuse(0, Field::Channels, Fault::TooMany);
        }
        if self.limits.len() > POOLS_MAX + 2 * CHANNELS_MAX {
            return refuse(0, Field::Limits, Fault::TooMany);
        }
        if self.pairs.len() > self.sizes.len() * self.channels.len() {
            return refuse(0, Field::Pairs, Fault::TooMany);
        }
        let is_amount = |value: f64| value.is_finite() && value >= 0.0;
        let is_taken = |(limit, amount): &(usize, f64)| *limit < self.limits.len() && is_amount(*amount);
        if let Some(place) = self.limits.iter().position(|limit| !is_amount(limit.most)) {
            return refuse(place, Field::Limits, Fault::OutOfBounds);
        }
        let channel = |own: &MixChannel| is_amount(own.spending) && own.takes.iter().all(is_taken);
        if let Some(place) = self.channels.iter().position(|own| !channel(own)) {
            return refuse(place, Field::Channels, Fault::OutOfBounds);
        }
        for (place, pair) in self.pairs.iter().enumerate() {
            if pair.group >= self.sizes.len() || pair.channel >= self.channels.len() {
                return refuse(place, Field::Pairs, Fault::Unknown);
            }
            let amounts = [pair.worth, pair.trained, pair.spending];
            if !amounts.into_iter().all(is_amount) || !pair.takes.iter().all(is_taken) {
                return refuse(place, Field::Pairs, Fault::OutOfBounds);
            }
        }
        if let Some(place) = self.sizes.iter().position(|size| *size > COUNT_MAX) {
            return refuse(place, Field::Size, Fault::TooMany);
        }
        Ok(())
    }
}

impl Model {
    /// The problem of mix of this model under a budget; [`crate::Group::shares`] are not read.
    ///
    /// # Errors
    /// [`Error::Refused`] for a model or a budget that makes no sense.
    pub fn mix(&self, budget: f64) -> Result<MixProblem, Error> {
        self.check()?;
        if budget.is_nan() || budget < 0.0 {
            return Err(Error::refused(Place::Model, Field::Budget, Fault::OutOfBounds));
        }
        let open = open(self);
        let mut limits = Vec::new();
        for (number, pool) in self.pools.iter().enumerate() {
            let by_month = trainers(pool, self.months);
            let hours: f64 = by_month.iter().zip(&open).map(|(count, share)| *count as f64 * share).sum();
            let what = MixStock::PoolHours { pool: number };
            limits.push(MixLimit { what, most: hours * pool.hours_per_month.mean() });
        }
        let mut made = MixProblem {
            sizes: self.groups.iter().map(|group| group.size).collect(),
            budget,
            ..MixProblem::default()
        };
        for (number, channel) in self.channels.iter().enumerate() {
            let stocks = stocks(number, channel, &open, &mut limits);
            made.channels.push(opening(channel, self.months));
            for (group, own) in self.groups.iter().enumerate() {
                let steps = &channel.routes[own.route];
                if !steps.is_empty() && own.arrives.max(channel.opens) < self.months {
                    made.pairs.push(MixPair { group, channel: number, ..person(channel, steps, stocks) });
                }
            }
        }
        made.limits = limits;
        Ok(made)
    }
}

/// Months, weighted by how open they are and by the relays still there, of those that may teach.
fn relay_months(relays: &Relays, opens: usize, open: &[f64]) -> f64 {
    let stay = if relays.replaced { 1.0 } else { 1.0 - relays.departures };
    let first = opens + relays.delay_months;
    let months = open.iter().skip(first).enumerate();
    months.map(|(month, share)| share * stay.powi(month as i32)).sum()
}

/// Adds the limits of a channel; the number of the one that its hours come from, and of the one of its seats.
fn stocks(
    number: usize,
    channel: &Channel,
    open: &[f64],
    limits: &mut Vec<MixLimit>,
) -> (Option<usize>, Option<usize>) {
    let hours = match &channel.relays {
        Some(relays) => {
            let months = relay_months(relays, channel.opens, open);
            let most = relays.count as f64 * relays.hours_per_month.mean() * months;
            limits.push(MixLimit { what: MixStock::RelayHours { channel: number }, most });
            Some(limits.len() - 1)
        }
        None => channel.pool,
    };
    let seats = channel.seats_per_month.map(|seats| {
        let most = open.iter().skip(channel.opens).map(|share| (seats as f64 * share + 1e-9).floor()).sum();
        limits.push(MixLimit { what: MixStock::Seats { channel: number }, most });
        limits.len() - 1
    });
    (hours, seats)
}

fn opening(channel: &Channel, months: usize) -> MixChannel {
    let open = months.saturating_sub(channel.opens);
    if open == 0 {
        return MixChannel::default();
    }
    let mut made =
        MixChannel { spending: channel.start_up + channel.per_month * open as f64, takes: Vec::new() };
    if let Some(relays) = &channel.relays {
        let teaching = open.saturating_sub(relays.delay_months + 1) as f64;
        let again = if relays.replaced { relays.departures * teaching } else { 0.0 };
        let people = relays.count as f64 * (1.0 + again);
        let sessions = (people / relays.people_per_session as f64).ceil();
        let hours = sessions * relays.training_hours;
        made.spending += people * relays.per_head.mean() + hours * relays.per_trainer_hour.mean();
        made.takes.extend(relays.trained_by.map(|pool| (pool, hours)));
    }
    made
}

fn person(channel: &Channel, steps: &[Step], (hours, seats): (Option<usize>, Option<usize>)) -> MixPair {
    let relayed = channel.relays.as_ref().map_or(1.0, |relays| relays.quality.mean());
    let quality = channel.quality.mean() * relayed;
    let mut made = MixPair { trained: channel.take_up.mean(), ..MixPair::default() };
    let (mut taught, mut invited) = (0.0, 0.0);
    for step in steps {
        let format = &channel.formats[step.format];
        let began = made.trained;
        let asked = began / format.show_up.mean();
        let (sessions, of_trainers) = teaching(format, step, began, asked);
        made.spending += began * (format.per_head.mean() + format.per_head_hour.mean() * step.hours)
            + sessions * format.per_session.mean()
            + of_trainers * format.per_trainer_hour.mean();
        made.trained = began * format.completion.mean();
        made.worth += made.trained * step.worth * quality;
        taught += of_trainers;
        invited += asked;
    }
    made.takes.extend(hours.filter(|_| taught > 0.0).map(|limit| (limit, taught)));
    made.takes.extend(seats.map(|limit| (limit, invited)));
    made
}

/// The part of sessions and the hours of trainers that a person takes.
fn teaching(format: &Format, step: &Step, began: f64, asked: f64) -> (f64, f64) {
    match format.delivery {
        Delivery::Sessions { people, trainers, preparation_hours, .. } => {
            let sessions = asked / people.mean().round().max(1.0);
            (sessions, sessions * (trainers as f64 * step.hours + preparation_hours))
        }
        Delivery::SelfPaced { tutor_hours } => (0.0, began * tutor_hours.mean()),
    }
}
