//! Each field that makes no sense is named, with its place. Absent: how callers word it.

use rollout::{
    CHANNELS_MAX, Delivery, Error, FORMATS_MAX, Fault, Field, GROUPS_MAX, Model, POOLS_MAX, Place,
    ROUTES_MAX, RUNS_MAX, Range, Relays, SIZE_MAX, STEPS_MAX, Settings, THREADS_MAX, simulate, trace,
};

use crate::support::{format, plain};

/// A model with everything that may be wrong.
fn full() -> Model {
    let mut model = plain();
    let channel = &mut model.channels[0];
    channel.relays = Some(Relays {
        count: 1,
        people_per_session: 1,
        training_hours: 1.0,
        trained_by: Some(0),
        per_head: Range::fixed(1.0),
        per_trainer_hour: Range::fixed(1.0),
        hours_per_month: Range::fixed(1.0),
        quality: Range::fixed(1.0),
        departures: 0.0,
        delay_months: 1,
        replaced: false,
    });
    channel.formats.push(format(Delivery::SelfPaced { tutor_hours: Range::fixed(1.0) }));
    model
}

fn relays(model: &mut Model) -> &mut Relays {
    model.channels[0].relays.as_mut().expect("relays")
}

type Case = (Place, Field, Fault, fn(&mut Model));

fn refused(cases: &[Case]) {
    assert_eq!(full().check(), Ok(()));
    for (place, field, fault, change) in cases {
        let mut model = full();
        change(&mut model);
        let expected = Error::Refused { place: *place, field: *field, fault: *fault };
        assert_eq!(model.check(), Err(expected));
        assert_eq!(simulate(&model, &Settings::default()), Err(expected));
        assert_eq!(trace(&model, 1, 0), Err(expected));
    }
}

const BACKWARDS: Range = Range::new(0.5, 0.4, 0.6);

#[test]
fn models_groups_and_pools() {
    use Fault::{Missing, OutOfBounds, TooMany, Unknown};
    use Place::{Group, Pool};
    refused(&[
        (Place::Model, Field::Months, OutOfBounds, |own| own.months = 0),
        (Place::Model, Field::Months, OutOfBounds, |own| own.months = 121),
        (Place::Model, Field::FirstMonth, OutOfBounds, |own| own.first_month = 0),
        (Place::Model, Field::FirstMonth, OutOfBounds, |own| own.first_month = 13),
        (Place::Model, Field::Calendar, OutOfBounds, |own| own.calendar[3] = 1.5),
        (Place::Model, Field::Calendar, OutOfBounds, |own| own.calendar[3] = f64::NAN),
        (Place::Model, Field::Groups, Missing, |own| own.groups.clear()),
        (Place::Model, Field::Groups, TooMany, |own| {
            own.groups = vec![own.groups[0].clone(); GROUPS_MAX + 1];
        }),
        (Place::Model, Field::Channels, Missing, |own| own.channels.clear()),
        (Place::Model, Field::Channels, TooMany, |own| {
            own.channels = vec![own.channels[0].clone(); CHANNELS_MAX + 1];
        }),
        (Place::Model, Field::Pools, TooMany, |own| own.pools = vec![own.pools[0].clone(); POOLS_MAX + 1]),
        (Pool(0), Field::Trainers, TooMany, |own| own.pools[0].trainers = u64::MAX),
        (Pool(0), Field::Added, OutOfBounds, |own| own.pools[0].added = vec![(6, 1)]),
        (Pool(0), Field::Added, OutOfBounds, |own| own.pools[0].added = vec![(0, u64::MAX)]),
        (Pool(0), Field::Added, TooMany, |own| own.pools[0].added = vec![(0, 1); 241]),
        (Pool(0), Field::HoursPerMonth, OutOfBounds, |own| own.pools[0].hours_per_month = BACKWARDS),
        (Group(0), Field::Size, TooMany, |own| own.groups[0].size = SIZE_MAX + 1),
        (Group(0), Field::Arrives, OutOfBounds, |own| own.groups[0].arrives = 120),
        (Group(0), Field::Wanted, OutOfBounds, |own| own.groups[0].wanted = -1.0),
        (Group(0), Field::Shares, OutOfBounds, |own| own.groups[0].shares = vec![1.1]),
        (Group(0), Field::Shares, OutOfBounds, |own| own.groups[0].shares = vec![f64::NAN]),
        (Group(0), Field::Shares, Missing, |own| own.groups[0].shares.clear()),
        (Group(0), Field::Route, Unknown, |own| own.groups[0].route = 1),
        (Group(0), Field::Route, Missing, |own| own.channels[0].routes[0].clear()),
    ]);
}

#[test]
fn channels_and_relays() {
    use Fault::{OutOfBounds, TooMany, Unknown};
    use Place::{Channel, Relays};
    refused(&[
        (Channel(0), Field::Pool, Unknown, |own| own.channels[0].pool = Some(1)),
        (Channel(0), Field::Opens, OutOfBounds, |own| own.channels[0].opens = 120),
        (Channel(0), Field::StartUp, OutOfBounds, |own| own.channels[0].start_up = -1.0),
        (Channel(0), Field::PerMonth, OutOfBounds, |own| own.channels[0].per_month = f64::INFINITY),
        (Channel(0), Field::TakeUp, OutOfBounds, |own| own.channels[0].take_up = Range::fixed(1.1)),
        (Channel(0), Field::Quality, OutOfBounds, |own| own.channels[0].quality = BACKWARDS),
        (Channel(0), Field::SeatsPerMonth, TooMany, |own| {
            own.channels[0].seats_per_month = Some(u64::MAX);
        }),
        (Channel(0), Field::Formats, TooMany, |own| {
            own.channels[0].formats = vec![own.channels[0].formats[0]; FORMATS_MAX + 1];
        }),
        (Channel(0), Field::Routes, TooMany, |own| own.channels[0].routes = vec![vec![]; ROUTES_MAX + 1]),
        (Channel(0), Field::Routes, TooMany, |own| {
            own.channels[0].routes[0] = vec![own.channels[0].routes[0][0]; STEPS_MAX + 1];
        }),
        (Relays(0), Field::TrainedBy, Unknown, |own| relays(own).trained_by = Some(1)),
        (Relays(0), Field::Count, TooMany, |own| relays(own).count = u64::MAX),
        (Relays(0), Field::PeoplePerSession, OutOfBounds, |own| relays(own).people_per_session = 0),
        (Relays(0), Field::TrainingHours, OutOfBounds, |own| relays(own).training_hours = f64::NAN),
        (Relays(0), Field::PerHead, OutOfBounds, |own| relays(own).per_head = BACKWARDS),
        (Relays(0), Field::PerTrainerHour, OutOfBounds, |own| relays(own).per_trainer_hour = BACKWARDS),
        (Relays(0), Field::HoursPerMonth, OutOfBounds, |own| {
            relays(own).hours_per_month = Range::fixed(1e9);
        }),
        (Relays(0), Field::Quality, OutOfBounds, |own| relays(own).quality = Range::fixed(2.0)),
        (Relays(0), Field::Departures, OutOfBounds, |own| relays(own).departures = 1.5),
        (Relays(0), Field::DelayMonths, OutOfBounds, |own| relays(own).delay_months = 0),
    ]);
}

fn gather(model: &mut Model, people: Range, fewest: u64, trainers: u64, preparation_hours: f64) {
    model.channels[0].formats[0].delivery =
        Delivery::Sessions { people, fewest, patience: 0, trainers, preparation_hours };
}

#[test]
fn formats_and_steps() {
    use Fault::{OutOfBounds, TooMany, Unknown};
    const FORMAT: Place = Place::Format { channel: 0, format: 0 };
    const ALONE: Place = Place::Format { channel: 0, format: 1 };
    const STEP: Place = Place::Step { channel: 0, route: 0, step: 0 };
    const TEN: Range = Range::fixed(10.0);
    refused(&[
        (FORMAT, Field::People, OutOfBounds, |own| gather(own, Range::fixed(0.0), 1, 1, 0.0)),
        (FORMAT, Field::Fewest, OutOfBounds, |own| gather(own, TEN, 0, 1, 0.0)),
        (FORMAT, Field::Trainers, TooMany, |own| gather(own, TEN, 1, u64::MAX, 0.0)),
        (FORMAT, Field::PreparationHours, OutOfBounds, |own| gather(own, TEN, 1, 1, -1.0)),
        (ALONE, Field::TutorHours, OutOfBounds, |own| {
            own.channels[0].formats[1].delivery = Delivery::SelfPaced { tutor_hours: BACKWARDS };
        }),
        (FORMAT, Field::PerHead, OutOfBounds, |own| own.channels[0].formats[0].per_head = BACKWARDS),
        (FORMAT, Field::PerHeadHour, OutOfBounds, |own| {
            own.channels[0].formats[0].per_head_hour = BACKWARDS;
        }),
        (FORMAT, Field::PerSession, OutOfBounds, |own| {
            own.channels[0].formats[0].per_session = Range::fixed(-1.0);
        }),
        (FORMAT, Field::PerTrainerHour, OutOfBounds, |own| {
            own.channels[0].formats[0].per_trainer_hour = Range::fixed(f64::NAN);
        }),
        (FORMAT, Field::ShowUp, OutOfBounds, |own| {
            own.channels[0].formats[0].show_up = Range::fixed(0.0);
        }),
        (FORMAT, Field::Completion, OutOfBounds, |own| {
            own.channels[0].formats[0].completion = Range::fixed(1.5);
        }),
        (STEP, Field::Hours, OutOfBounds, |own| own.channels[0].routes[0][0].hours = f64::INFINITY),
        (STEP, Field::Worth, OutOfBounds, |own| own.channels[0].routes[0][0].worth = -1.0),
        (STEP, Field::GapMonths, OutOfBounds, |own| own.channels[0].routes[0][0].gap_months = 0),
        (STEP, Field::Format, Unknown, |own| own.channels[0].routes[0][0].format = 2),
    ]);
}

#[test]
fn settings() {
    type Change = fn(&mut Settings);
    let cases: [(Field, Change); 6] = [
        (Field::Runs, |own| own.runs = 0),
        (Field::Runs, |own| own.runs = RUNS_MAX + 1),
        (Field::Threads, |own| own.threads = 0),
        (Field::Threads, |own| own.threads = THREADS_MAX + 1),
        (Field::Goal, |own| own.goal = 1.5),
        (Field::Goal, |own| own.goal = f64::NAN),
    ];
    for (field, change) in cases {
        let mut settings = Settings::default();
        change(&mut settings);
        let (place, fault) = (Place::Settings, Fault::OutOfBounds);
        assert_eq!(simulate(&plain(), &settings), Err(Error::Refused { place, field, fault }));
    }
}
