//! Models for the tests: the plainest one, and random small ones. Absent: what is tested on them.

use rollout::{Channel, Delivery, Format, Group, Model, Pool, Range, Relays, Step};

/// A linear congruential generator (Knuth, « The Art of Computer Programming », volume 2, section 3.3.4).
pub struct Dice(pub u64);

impl Dice {
    /// A number under `most`.
    pub fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }

    /// A number from 0 to 1.
    pub fn chance(&mut self) -> f64 {
        self.below(1 << 30) as f64 / (1 << 30) as f64
    }

    pub fn one_of<T: Copy>(&mut self, values: &[T]) -> T {
        values[self.below(values.len() as u64) as usize]
    }
}

pub fn sessions(people: f64, fewest: u64, patience: u32) -> Delivery {
    Delivery::Sessions { people: Range::fixed(people), fewest, patience, trainers: 1, preparation_hours: 0.0 }
}

/// Everyone comes, everyone ends, nothing is spent.
pub fn format(delivery: Delivery) -> Format {
    let none = Range::fixed(0.0);
    Format {
        delivery,
        per_head: none,
        per_head_hour: none,
        per_session: none,
        per_trainer_hour: none,
        show_up: Range::fixed(1.0),
        completion: Range::fixed(1.0),
    }
}

pub fn step(hours: f64) -> Step {
    Step { hours, worth: 1.0, gap_months: 1, format: 0 }
}

/// One group of 100, one channel of one step of 10 hours in sessions of 10, two trainers of 20 hours a month: four
/// sessions a month.
pub fn plain() -> Model {
    let channel = Channel {
        pool: Some(0),
        take_up: Range::fixed(1.0),
        quality: Range::fixed(1.0),
        formats: vec![format(sessions(10.0, 1, 0))],
        routes: vec![vec![step(10.0)]],
        ..Channel::default()
    };
    Model {
        months: 6,
        first_month: 1,
        calendar: [1.0; 12],
        groups: vec![Group { size: 100, wanted: 1.0, shares: vec![1.0], ..Group::default() }],
        pools: vec![Pool { trainers: 2, added: Vec::new(), hours_per_month: Range::fixed(20.0) }],
        channels: vec![channel],
    }
}

fn range(dice: &mut Dice, low: f64, width: f64, is_certain: bool) -> Range {
    if is_certain {
        return Range::fixed((low + width * dice.chance()).round());
    }
    let mut points = [dice.chance(), dice.chance(), dice.chance()].map(|chance| low + width * chance);
    points.sort_by(f64::total_cmp);
    Range::new(points[0], points[1], points[2])
}

fn random_format(dice: &mut Dice, is_certain: bool) -> Format {
    let delivery = if dice.below(3) == 0 {
        Delivery::SelfPaced { tutor_hours: range(dice, 0.0, 3.0, is_certain) }
    } else {
        Delivery::Sessions {
            people: range(dice, 1.0, 12.0, is_certain),
            fewest: 1 + dice.below(8),
            patience: dice.below(4) as u32,
            trainers: dice.below(3),
            preparation_hours: dice.below(4) as f64,
        }
    };
    Format {
        delivery,
        per_head: range(dice, 0.0, 50.0, is_certain),
        per_head_hour: range(dice, 0.0, 5.0, is_certain),
        per_session: range(dice, 0.0, 300.0, is_certain),
        per_trainer_hour: range(dice, 0.0, 80.0, is_certain),
        show_up: if is_certain { Range::fixed(1.0) } else { range(dice, 0.3, 0.7, false) },
        completion: if is_certain && dice.below(4) > 0 {
            Range::fixed(1.0)
        } else {
            range(dice, 0.0, 1.0, is_certain)
        },
    }
}

fn random_relays(dice: &mut Dice, pools: usize, is_certain: bool) -> Relays {
    Relays {
        count: dice.below(12),
        people_per_session: 1 + dice.below(5),
        training_hours: dice.below(12) as f64,
        trained_by: Some(dice.below(pools as u64 + 1) as usize).filter(|pool| *pool < pools),
        per_head: range(dice, 0.0, 100.0, is_certain),
        per_trainer_hour: range(dice, 0.0, 60.0, is_certain),
        hours_per_month: range(dice, 0.0, 20.0, is_certain),
        quality: range(dice, 0.0, 1.0, is_certain),
        departures: if is_certain { dice.one_of(&[0.0, 0.0, 1.0]) } else { 0.3 * dice.chance() },
        delay_months: 1 + dice.below(3) as usize,
        replaced: dice.below(2) == 0,
    }
}

/// A small model; when certain, every chance is 0 or 1 and every number whole, halves of months excepted.
pub fn random(seed: u64, is_certain: bool) -> Model {
    let dice = &mut Dice(seed);
    let (months, pools) = (3 + dice.below(16) as usize, dice.below(3) as usize);
    let (routes, channels) = (1 + dice.below(3) as usize, 1 + dice.below(3) as usize);
    let channel = |dice: &mut Dice| {
        let formats = 1 + dice.below(2) as usize;
        let route = |dice: &mut Dice| {
            let step = |dice: &mut Dice| Step {
                hours: 1.0 + dice.below(14) as f64,
                worth: dice.below(4) as f64,
                gap_months: 1 + dice.below(3) as usize,
                format: dice.below(formats as u64) as usize,
            };
            (0..1 + dice.below(3)).map(|_| step(dice)).collect()
        };
        Channel {
            pool: Some(dice.below(pools as u64 + 1) as usize).filter(|pool| *pool < pools),
            relays: (dice.below(3) == 0).then(|| random_relays(dice, pools, is_certain)),
            opens: dice.below(4) as usize,
            mixing: dice.below(2) == 0,
            start_up: dice.below(1_000) as f64,
            per_month: dice.below(100) as f64,
            take_up: if is_certain { Range::fixed(1.0) } else { range(dice, 0.0, 1.0, false) },
            quality: range(dice, 0.0, 1.0, is_certain),
            seats_per_month: (dice.below(3) == 0).then(|| dice.below(60)),
            formats: (0..formats).map(|_| random_format(dice, is_certain)).collect(),
            routes: (0..routes).map(|_| route(dice)).collect(),
        }
    };
    let channels: Vec<Channel> = (0..channels).map(|_| channel(dice)).collect();
    let group = |dice: &mut Dice| Group {
        size: dice.below(120),
        arrives: dice.below(6) as usize,
        priority: dice.below(3) as u32,
        route: dice.below(routes as u64) as usize,
        wanted: dice.below(10) as f64,
        shares: channels.iter().map(|_| dice.below(7) as f64 / 20.0).collect(),
    };
    let groups = (0..1 + dice.below(5)).map(|_| group(dice)).collect();
    let pool = |dice: &mut Dice| Pool {
        trainers: dice.below(6),
        added: (0..dice.below(3)).map(|_| (dice.below(months as u64) as usize, dice.below(4))).collect(),
        hours_per_month: range(dice, 0.0, 60.0, is_certain),
    };
    let mut calendar = [1.0; 12];
    calendar.iter_mut().for_each(|share| *share = dice.one_of(&[0.0, 0.5, 1.0, 1.0, 1.0]));
    let first_month = 1 + dice.below(12) as usize;
    let pools = (0..pools).map(|_| pool(dice)).collect();
    Model { months, first_month, calendar, groups, pools, channels }
}
