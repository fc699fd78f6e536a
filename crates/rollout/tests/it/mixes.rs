//! The best mix against brute force on small problems, and at its edges. Absent: large problems (the bench).

use proptest::prelude::*;
use rollout::{
    Delivery, Error, Group, Mix, MixChannel, MixFault, MixLimit, MixPair, MixProblem, MixStock, Model, Range,
    Relays, Settings, best_mix, check_mix, simulate,
};

use crate::support::{Dice, plain, random, step};

fn small(seed: u64, budget_only: bool) -> MixProblem {
    let dice = &mut Dice(seed);
    let (groups, channels) = (1 + dice.below(2) as usize, 1 + dice.below(2) as usize);
    let limits = if budget_only { 0 } else { dice.below(3) as usize };
    let takes = |dice: &mut Dice, most: u64| {
        (0..limits).map(|limit| (limit, dice.below(most) as f64 / 10.0)).collect::<Vec<_>>()
    };
    let pair = |dice: &mut Dice, group: usize, channel: usize| MixPair {
        group,
        channel,
        worth: dice.below(50) as f64 / 10.0,
        trained: dice.chance(),
        spending: dice.below(60) as f64 / 10.0,
        takes: takes(dice, 40),
    };
    let mut pairs = Vec::new();
    for group in 0..groups {
        for channel in 0..channels {
            pairs.push(pair(dice, group, channel));
        }
    }
    MixProblem {
        sizes: (0..groups).map(|_| dice.below(9)).collect(),
        channels: (0..channels)
            .map(|_| MixChannel { spending: dice.below(8) as f64, takes: takes(dice, 10) })
            .collect(),
        limits: (0..limits)
            .map(|pool| MixLimit { what: MixStock::PoolHours { pool }, most: dice.below(20) as f64 })
            .collect(),
        pairs,
        budget: dice.below(50) as f64,
    }
}

/// The best of every assignment of whole people.
fn brute(problem: &MixProblem, people: &mut Vec<u64>) -> f64 {
    if people.len() == problem.pairs.len() {
        let opened: Vec<bool> = (0..problem.channels.len())
            .map(|channel| {
                problem.pairs.iter().zip(&*people).any(|(pair, count)| pair.channel == channel && *count > 0)
            })
            .collect();
        let (mut spending, mut worth, mut taken) = (0.0, 0.0, vec![0.0; problem.limits.len()]);
        for (channel, _) in problem.channels.iter().zip(&opened).filter(|(_, is_open)| **is_open) {
            spending += channel.spending;
            channel.takes.iter().for_each(|(limit, amount)| taken[*limit] += amount);
        }
        for (pair, count) in problem.pairs.iter().zip(&*people) {
            spending += pair.spending * *count as f64;
            worth += pair.worth * *count as f64;
            pair.takes.iter().for_each(|(limit, amount)| taken[*limit] += amount * *count as f64);
        }
        let is_held = taken.iter().zip(&problem.limits).all(|(amount, limit)| *amount <= limit.most + 1e-9);
        return if is_held && spending <= problem.budget + 1e-9 { worth } else { 0.0 };
    }
    let group = problem.pairs[people.len()].group;
    let given: u64 = problem
        .pairs
        .iter()
        .zip(&*people)
        .filter(|(pair, _)| pair.group == group)
        .map(|(_, count)| *count)
        .sum();
    let mut best = 0.0_f64;
    for count in 0..=problem.sizes[group] - given {
        people.push(count);
        best = best.max(brute(problem, people));
        people.pop();
    }
    best
}

fn top(problem: &MixProblem) -> f64 {
    problem.pairs.iter().map(|pair| pair.worth).fold(0.0, f64::max)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn under_a_budget_alone_it_is_within_one_person_of_the_best(seed in any::<u64>()) {
        let problem = small(seed, true);
        let mix = best_mix(&problem).expect("a mix");
        prop_assert_eq!(check_mix(&problem, &mix), Ok(()));
        let best = brute(&problem, &mut Vec::new());
        prop_assert!(mix.reached <= best + 1e-6 && best <= mix.bound + 1e-6);
        prop_assert!(mix.bound - mix.reached <= top(&problem) + 1e-6);
    }

    #[test]
    fn under_limits_too_it_is_within_as_many_people_as_there_are_limits(seed in any::<u64>()) {
        let problem = small(seed, false);
        let mix = best_mix(&problem).expect("a mix");
        prop_assert_eq!(check_mix(&problem, &mix), Ok(()));
        let best = brute(&problem, &mut Vec::new());
        prop_assert!(mix.reached <= best + 1e-6 && best <= mix.bound + 1e-6);
        let rows = 1.0 + problem.limits.len() as f64;
        prop_assert!(mix.bound - mix.reached <= rows * top(&problem) + 1e-6);
        prop_assert!(!mix.is_proven || mix.reached >= best - 1e-6);
    }

    #[test]
    fn mixes_of_random_models_hold_and_more_budget_is_never_worse(seed in any::<u64>()) {
        let model = random(seed, false);
        let mut before = 0.0_f64;
        for budget in [0.0, 500.0, 5_000.0, 50_000.0, f64::INFINITY] {
            let problem = model.mix(budget).expect("a problem");
            let mix = best_mix(&problem).expect("a mix");
            prop_assert_eq!(check_mix(&problem, &mix), Ok(()));
            prop_assert!(mix.bound >= before - 1e-6 * before.max(1.0));
            before = mix.bound;
            let rows = 1.0 + problem.limits.len() as f64;
            prop_assert!(mix.bound - mix.reached <= rows * top(&problem) * (1.0 + 1e-6));
            let mut mixed = model.clone();
            for (group, own) in mixed.groups.iter_mut().enumerate() {
                own.shares = mix.shares(&problem, group);
            }
            prop_assert!(mixed.check().is_ok());
        }
    }
}

#[test]
fn forty_groups_are_given_out_to_within_a_few_people() {
    let dice = &mut Dice(11);
    let mut model = priced();
    model.months = 24;
    model.channels = vec![model.channels[0].clone(); 4];
    for (number, channel) in model.channels.iter_mut().enumerate() {
        channel.start_up = 100.0 * dice.chance();
        channel.quality = Range::fixed(dice.chance());
        channel.formats[0].per_head = Range::fixed(30.0 * dice.chance());
        channel.pool = (number == 0).then_some(0);
        channel.seats_per_month = (number == 1).then_some(30);
        channel.routes = (0..40).map(|_| vec![step(5.0 + 20.0 * dice.chance())]).collect();
    }
    model.groups = (0..40)
        .map(|route| Group { size: 20 + dice.below(60), route, shares: vec![0.0; 4], ..Group::default() })
        .collect();
    let problem = model.mix(20_000.0).expect("a problem");
    let mix = best_mix(&problem).expect("a mix");
    assert_eq!(check_mix(&problem, &mix), Ok(()));
    // The budget, the hours of the pool and the seats of a channel.
    assert!(mix.bound - mix.reached <= 3.0 * top(&problem) && mix.reached > 100.0, "{mix:?}");
}

fn priced() -> Model {
    let mut model = plain();
    model.channels[0].start_up = 100.0;
    model.channels[0].formats[0].per_session = Range::fixed(50.0);
    model
}

#[test]
fn a_model_becomes_what_each_person_takes() {
    let mut model = priced();
    model.channels[0].take_up = Range::new(0.3, 0.5, 0.7);
    model.channels[0].formats[0].show_up = Range::fixed(0.8);
    model.channels[0].formats[0].completion = Range::fixed(0.9);
    let first = model.channels[0].routes[0][0];
    model.channels[0].routes[0].push(first);
    let problem = model.mix(1_000.0).expect("a problem");
    let pair = &problem.pairs[0];
    // 0.5 come forward, 0.45 end the first step, 0.405 the second; a tenth of a session for each one invited.
    assert!((pair.trained - 0.405).abs() < 1e-12);
    assert!((pair.worth - (0.45 + 0.405)).abs() < 1e-12);
    let sessions = (0.5 + 0.45) / 0.8 / 10.0;
    assert!((pair.spending - 50.0 * sessions).abs() < 1e-12);
    assert!((pair.takes[0].1 - 10.0 * sessions).abs() < 1e-12);
    assert_eq!(problem.limits[0].most, 6.0 * 2.0 * 20.0);
    assert_eq!(problem.channels[0].spending, 100.0);
}

fn relays() -> Relays {
    Relays {
        count: 25,
        people_per_session: 10,
        training_hours: 20.0,
        trained_by: Some(0),
        per_head: Range::fixed(100.0),
        per_trainer_hour: Range::fixed(50.0),
        hours_per_month: Range::new(5.0, 10.0, 15.0),
        quality: Range::fixed(0.9),
        departures: 0.75,
        delay_months: 1,
        replaced: false,
    }
}

#[test]
fn relays_take_from_the_pool_and_make_hours_of_their_own() {
    let mut model = priced();
    model.calendar[4] = 0.5;
    model.channels[0].opens = 1;
    model.channels[0].per_month = 7.0;
    model.channels[0].relays = Some(relays());
    model.channels[0].seats_per_month = Some(15);
    let problem = model.mix(1e9).expect("a problem");
    let most: Vec<f64> = problem.limits.iter().map(|limit| limit.most).collect();
    // The pool: 2 × 20 × 5.5 months. Relays: 25 × 10 × (1 in month 2, then 1/4, 1/16 of half a month, 1/64).
    // Seats: 15 in each month from the second, 7 in the half month.
    assert_eq!(most, [220.0, 250.0 * (1.0 + 0.25 + 0.031_25 + 0.015_625), 67.0]);
    // Opening: 100, five months at 7, 25 relays at 100, three sessions of 20 hours at 50.
    let opening = &problem.channels[0];
    assert_eq!(opening.spending, 100.0 + 35.0 + 2_500.0 + 3_000.0);
    assert_eq!(opening.takes, [(0, 60.0)]);
    let pair = &problem.pairs[0];
    assert_eq!(pair.takes, [(1, 1.0), (2, 1.0)], "a tenth of ten hours, and a seat");
    model.pools[0].hours_per_month = Range::fixed(5.0);
    // 55 hours do not train the relays, for whom 60 are needed.
    let mix = best_mix(&model.mix(1e9).expect("a problem")).expect("a mix");
    assert_eq!((mix.reached, mix.bound), (0.0, 0.0));
}

#[test]
fn tutors_are_for_those_who_come_and_late_people_are_for_nobody() {
    let mut model = priced();
    let own = &mut model.channels[0].formats[0];
    own.delivery = Delivery::SelfPaced { tutor_hours: Range::fixed(0.25) };
    own.show_up = Range::fixed(0.5);
    own.per_trainer_hour = Range::fixed(40.0);
    let problem = model.mix(1e9).expect("a problem");
    assert_eq!(problem.pairs[0].takes, [(0, 0.25)]);
    assert_eq!(problem.pairs[0].spending, 10.0);
    model.groups[0].arrives = 6;
    assert_eq!(model.mix(1e9).expect("a problem").pairs, []);
    model.groups[0].arrives = 0;
    model.channels[0].opens = 6;
    let problem = model.mix(1e9).expect("a problem");
    assert_eq!((problem.pairs.len(), &problem.channels[0]), (0, &MixChannel::default()));
}

#[test]
fn what_rounding_leaves_is_given_out() {
    let pair = |group, worth, spending| MixPair { group, worth, spending, ..MixPair::default() };
    let problem = MixProblem {
        sizes: vec![5, 5],
        channels: vec![MixChannel::default()],
        limits: Vec::new(),
        pairs: vec![pair(0, 10.0, 7.0), pair(1, 1.0, 2.0)],
        budget: 10.0,
    };
    // Ten sevenths of the first, then one of the first and one of the second.
    let mix = best_mix(&problem).expect("a mix");
    assert_eq!((mix.people, mix.reached, mix.spending), (vec![1, 1], 11.0, 9.0));
    assert!((mix.bound - 100.0 / 7.0).abs() < 1e-6 && !mix.is_proven);
}

/// A hundred thousand people whom nothing holds back: whole sessions and queues no longer count, and the water says what
/// the simulation says, to within one in a hundred.
#[test]
fn where_nothing_is_scarce_the_simulation_agrees() {
    let mut model = priced();
    model.months = 30;
    model.pools.clear();
    let channel = &mut model.channels[0];
    channel.pool = None;
    channel.per_month = 70.0;
    channel.take_up = Range::fixed(0.6);
    channel.quality = Range::fixed(0.8);
    channel.routes[0].push(step(4.0));
    let own = &mut channel.formats[0];
    (own.show_up, own.completion) = (Range::fixed(0.8), Range::fixed(0.9));
    (own.per_head, own.per_trainer_hour) = (Range::fixed(11.0), Range::fixed(40.0));
    let mut cascade = channel.clone();
    cascade.relays = Some(Relays {
        count: 5_000,
        trained_by: None,
        hours_per_month: Range::fixed(10.0),
        departures: 0.05,
        replaced: true,
        ..relays()
    });
    model.channels.push(cascade);
    model.groups[0] = Group { size: 100_000, wanted: 2.0, shares: vec![0.5, 0.5], ..Group::default() };
    let problem = model.mix(f64::INFINITY).expect("a problem");
    let told = simulate(&model, &Settings { runs: 20, ..Settings::default() }).expect("an outcome");
    let half = |of: &dyn Fn(&MixPair) -> f64| 50_000.0 * problem.pairs.iter().map(of).sum::<f64>();
    let openings: f64 = problem.channels.iter().map(|channel| channel.spending).sum();
    let near = |one: f64, other: f64| assert!((one / other - 1.0).abs() < 0.01, "{one} {other}");
    near(told.trained.mean, half(&|pair| pair.trained));
    near(told.spending.mean, openings + half(&|pair| pair.spending));
    near(told.coverage.expect("something is wanted").mean, half(&|pair| pair.worth) / 200_000.0);
}

#[test]
fn edges_of_the_budget() {
    let mix = |budget: f64| best_mix(&priced().mix(budget).expect("a problem")).expect("a mix");
    assert_eq!((mix(0.0).reached, mix(0.0).bound, mix(0.0).is_proven), (0.0, 0.0, true));
    assert_eq!(mix(99.0).people, [0], "not enough to open");
    // 5 a person after 100.
    assert_eq!((mix(352.0).people, mix(352.0).bound), (vec![50], 50.4));
    assert_eq!(mix(600.0).people, [100]);
    let all = mix(f64::INFINITY);
    assert_eq!((all.people, all.spending, all.is_proven), (vec![100], 600.0, true));
    let mut short = priced();
    short.months = 2;
    let problem = short.mix(f64::INFINITY).expect("a problem");
    assert_eq!(best_mix(&problem).expect("a mix").people, [80], "two months of four sessions of ten");
    short.channels[0].seats_per_month = Some(15);
    let problem = short.mix(f64::INFINITY).expect("a problem");
    assert_eq!(best_mix(&problem).expect("a mix").people, [30]);
}

#[test]
fn the_checker_sees_each_fault() {
    let problem = priced().mix(352.0).expect("a problem");
    let good = best_mix(&problem).expect("a mix");
    let faults = |change: &dyn Fn(&mut Mix)| {
        let mut mix = good.clone();
        change(&mut mix);
        check_mix(&problem, &mix).expect_err("a fault")
    };
    assert_eq!(faults(&|mix| mix.people.clear()), [MixFault::Shape]);
    assert!(faults(&|mix| mix.people[0] = 101).contains(&MixFault::Group(0)));
    assert!(faults(&|mix| mix.opened[0] = false).contains(&MixFault::Closed(0)));
    assert!(faults(&|mix| mix.people[0] = 51).contains(&MixFault::Budget));
    assert_eq!(faults(&|mix| mix.spending = 1.0), [MixFault::Spending]);
    assert!(faults(&|mix| mix.reached = 49.0).contains(&MixFault::Worth));
    assert_eq!(faults(&|mix| mix.bound = 49.0), [MixFault::Bound]);
    let mut tight = problem.clone();
    tight.limits[0].most = 10.0;
    assert_eq!(check_mix(&tight, &good), Err(vec![MixFault::Limit(0)]));
}

#[test]
fn a_problem_that_makes_no_sense_is_refused() {
    assert!(priced().mix(f64::NAN).is_err() && priced().mix(-1.0).is_err());
    let good = priced().mix(100.0).expect("a problem");
    let changes: [&dyn Fn(&mut MixProblem); 8] = [
        &|own| own.budget = f64::NAN,
        &|own| own.pairs[0].group = 9,
        &|own| own.pairs[0].channel = 9,
        &|own| own.pairs[0].worth = f64::INFINITY,
        &|own| own.pairs[0].takes = vec![(9, 1.0)],
        &|own| own.limits[0].most = -1.0,
        &|own| own.channels[0].spending = f64::NAN,
        &|own| own.channels = vec![MixChannel::default(); 9],
    ];
    for change in changes {
        let mut bad = good.clone();
        change(&mut bad);
        assert!(matches!(best_mix(&bad), Err(Error::Refused { .. })), "{bad:?}");
    }
}
