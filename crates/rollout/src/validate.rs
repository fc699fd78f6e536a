//! Whether a model makes sense: each number within its bounds, each index of something that exists. Absent: whether it
//! is realistic.

use crate::error::{Error, Fault, Field, Place};
use crate::model::{
    ADDED_MAX, CHANNELS_MAX, COUNT_MAX, Channel, Delivery, FORMATS_MAX, Format, GAP_MAX, GROUPS_MAX, Group,
    HOURS_MAX, MONTHS_MAX, Model, POOLS_MAX, Pool, ROUTES_MAX, Relays, SIZE_MAX, SPENDING_MAX, STEPS_MAX,
    Step, WORTH_MAX,
};

/// Slack for sums of shares, which floating point does not add exactly.
const SHARES_SLACK: f64 = 1e-9;

/// Lowest show-up: below it, people would be invited for ever.
const SHOW_UP_MIN: f64 = 1e-3;

fn ensure(holds: bool, place: Place, field: Field, fault: Fault) -> Result<(), Error> {
    if holds { Ok(()) } else { Err(Error::refused(place, field, fault)) }
}

fn bounded(value: f64, most: f64, place: Place, field: Field) -> Result<(), Error> {
    ensure((0.0..=most).contains(&value), place, field, Fault::OutOfBounds)
}

fn counted(count: usize, most: usize, field: Field) -> Result<(), Error> {
    ensure(count > 0, Place::Model, field, Fault::Missing)?;
    ensure(count <= most, Place::Model, field, Fault::TooMany)
}

impl Model {
    /// Checks that every number means something.
    ///
    /// # Errors
    /// The first thing that is wrong, as [`Error::Refused`].
    pub fn check(&self) -> Result<(), Error> {
        let own = |holds, field| ensure(holds, Place::Model, field, Fault::OutOfBounds);
        own((1..=MONTHS_MAX).contains(&self.months), Field::Months)?;
        own((1..=12).contains(&self.first_month), Field::FirstMonth)?;
        own(self.calendar.iter().all(|share| (0.0..=1.0).contains(share)), Field::Calendar)?;
        counted(self.groups.len(), GROUPS_MAX, Field::Groups)?;
        counted(self.channels.len(), CHANNELS_MAX, Field::Channels)?;
        ensure(self.pools.len() <= POOLS_MAX, Place::Model, Field::Pools, Fault::TooMany)?;
        for (number, pool) in self.pools.iter().enumerate() {
            self.check_pool(Place::Pool(number), pool)?;
        }
        for (number, channel) in self.channels.iter().enumerate() {
            self.check_channel(number, channel)?;
        }
        for (number, group) in self.groups.iter().enumerate() {
            self.check_group(Place::Group(number), group)?;
        }
        Ok(())
    }

    fn check_pool(&self, place: Place, pool: &Pool) -> Result<(), Error> {
        ensure(pool.trainers <= COUNT_MAX, place, Field::Trainers, Fault::TooMany)?;
        ensure(pool.added.len() <= ADDED_MAX, place, Field::Added, Fault::TooMany)?;
        let is_known = pool.added.iter().all(|(month, count)| *month < self.months && *count <= COUNT_MAX);
        ensure(is_known, place, Field::Added, Fault::OutOfBounds)?;
        let hours = pool.hours_per_month.is_within(0.0, HOURS_MAX);
        ensure(hours, place, Field::HoursPerMonth, Fault::OutOfBounds)
    }

    fn check_group(&self, place: Place, group: &Group) -> Result<(), Error> {
        ensure(group.size <= SIZE_MAX, place, Field::Size, Fault::TooMany)?;
        ensure(group.arrives < MONTHS_MAX, place, Field::Arrives, Fault::OutOfBounds)?;
        let sum: f64 = group.shares.iter().sum();
        let shares = group.shares.iter().all(|share| (0.0..=1.0).contains(share));
        ensure(shares && sum <= 1.0 + SHARES_SLACK, place, Field::Shares, Fault::OutOfBounds)?;
        let most = WORTH_MAX * STEPS_MAX as f64;
        bounded(group.wanted, most, place, Field::Wanted)?;
        ensure(group.shares.len() == self.channels.len(), place, Field::Shares, Fault::Missing)?;
        for (channel, share) in self.channels.iter().zip(&group.shares) {
            let route = channel.routes.get(group.route);
            ensure(route.is_some(), place, Field::Route, Fault::Unknown)?;
            let is_taught = *share <= 0.0 || route.is_some_and(|steps| !steps.is_empty());
            ensure(is_taught, place, Field::Route, Fault::Missing)?;
        }
        Ok(())
    }

    fn check_channel(&self, number: usize, channel: &Channel) -> Result<(), Error> {
        let place = Place::Channel(number);
        let pool = |pool: Option<usize>| pool.is_none_or(|pool| pool < self.pools.len());
        ensure(pool(channel.pool), place, Field::Pool, Fault::Unknown)?;
        ensure(channel.opens < MONTHS_MAX, place, Field::Opens, Fault::OutOfBounds)?;
        bounded(channel.start_up, SPENDING_MAX, place, Field::StartUp)?;
        bounded(channel.per_month, SPENDING_MAX, place, Field::PerMonth)?;
        ensure(channel.take_up.is_within(0.0, 1.0), place, Field::TakeUp, Fault::OutOfBounds)?;
        ensure(channel.quality.is_within(0.0, 1.0), place, Field::Quality, Fault::OutOfBounds)?;
        let seats = channel.seats_per_month.is_none_or(|seats| seats <= COUNT_MAX);
        ensure(seats, place, Field::SeatsPerMonth, Fault::TooMany)?;
        if let Some(relays) = &channel.relays {
            ensure(pool(relays.trained_by), Place::Relays(number), Field::TrainedBy, Fault::Unknown)?;
            check_relays(Place::Relays(number), relays)?;
        }
        ensure(channel.formats.len() <= FORMATS_MAX, place, Field::Formats, Fault::TooMany)?;
        for (format, own) in channel.formats.iter().enumerate() {
            check_format(Place::Format { channel: number, format }, own)?;
        }
        ensure(channel.routes.len() <= ROUTES_MAX, place, Field::Routes, Fault::TooMany)?;
        for (route, steps) in channel.routes.iter().enumerate() {
            ensure(steps.len() <= STEPS_MAX, place, Field::Routes, Fault::TooMany)?;
            for (step, own) in steps.iter().enumerate() {
                check_step(Place::Step { channel: number, route, step }, own, channel.formats.len())?;
            }
        }
        Ok(())
    }
}

fn check_relays(place: Place, relays: &Relays) -> Result<(), Error> {
    ensure(relays.count <= COUNT_MAX, place, Field::Count, Fault::TooMany)?;
    let people = (1..=COUNT_MAX).contains(&relays.people_per_session);
    ensure(people, place, Field::PeoplePerSession, Fault::OutOfBounds)?;
    bounded(relays.training_hours, HOURS_MAX, place, Field::TrainingHours)?;
    for (range, most, field) in [
        (&relays.per_head, SPENDING_MAX, Field::PerHead),
        (&relays.per_trainer_hour, SPENDING_MAX, Field::PerTrainerHour),
        (&relays.hours_per_month, HOURS_MAX, Field::HoursPerMonth),
        (&relays.quality, 1.0, Field::Quality),
    ] {
        ensure(range.is_within(0.0, most), place, field, Fault::OutOfBounds)?;
    }
    bounded(relays.departures, 1.0, place, Field::Departures)?;
    let delay = (1..=GAP_MAX).contains(&relays.delay_months);
    ensure(delay, place, Field::DelayMonths, Fault::OutOfBounds)
}

fn check_format(place: Place, format: &Format) -> Result<(), Error> {
    match &format.delivery {
        Delivery::Sessions { people, fewest, trainers, preparation_hours, .. } => {
            let most = COUNT_MAX as f64;
            ensure(people.is_within(1.0, most), place, Field::People, Fault::OutOfBounds)?;
            ensure((1..=COUNT_MAX).contains(fewest), place, Field::Fewest, Fault::OutOfBounds)?;
            ensure(*trainers <= COUNT_MAX, place, Field::Trainers, Fault::TooMany)?;
            bounded(*preparation_hours, HOURS_MAX, place, Field::PreparationHours)?;
        }
        Delivery::SelfPaced { tutor_hours } => {
            ensure(tutor_hours.is_within(0.0, HOURS_MAX), place, Field::TutorHours, Fault::OutOfBounds)?;
        }
    }
    for (range, least, most, field) in [
        (&format.per_head, 0.0, SPENDING_MAX, Field::PerHead),
        (&format.per_head_hour, 0.0, SPENDING_MAX, Field::PerHeadHour),
        (&format.per_session, 0.0, SPENDING_MAX, Field::PerSession),
        (&format.per_trainer_hour, 0.0, SPENDING_MAX, Field::PerTrainerHour),
        (&format.show_up, SHOW_UP_MIN, 1.0, Field::ShowUp),
        (&format.completion, 0.0, 1.0, Field::Completion),
    ] {
        ensure(range.is_within(least, most), place, field, Fault::OutOfBounds)?;
    }
    Ok(())
}

fn check_step(place: Place, step: &Step, formats: usize) -> Result<(), Error> {
    bounded(step.hours, HOURS_MAX, place, Field::Hours)?;
    bounded(step.worth, WORTH_MAX, place, Field::Worth)?;
    let gap = (1..=GAP_MAX).contains(&step.gap_months);
    ensure(gap, place, Field::GapMonths, Fault::OutOfBounds)?;
    ensure(step.format < formats, place, Field::Format, Fault::Unknown)
}
