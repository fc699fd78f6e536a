//! Small cases whose months and spending are worked out by hand beside them. Absent: relays (`cascades`).

use rollout::{Delivery, Group, Model, Outcome, Range, Settings, Spread, Trace, simulate, trace};

use crate::support::{format, plain, sessions, step};

fn trained(model: &Model) -> Vec<u64> {
    let told = trace(model, 1, 0).expect("a trace");
    told.months.iter().map(|month| month.counts.trained).collect()
}

fn spending(told: &Trace) -> Vec<f64> {
    told.months.iter().map(|month| month.counts.spending).collect()
}

fn outcome(model: &Model, runs: usize) -> Outcome {
    simulate(model, &Settings { runs, ..Settings::default() }).expect("an outcome")
}

#[test]
fn four_sessions_a_month_train_a_hundred_in_three_months() {
    // 2 trainers × 20 hours ÷ 10 hours = 4 sessions of 10 people a month.
    let model = plain();
    assert_eq!(trained(&model), [40, 80, 100, 100, 100, 100]);
    let outcome = outcome(&model, 3);
    assert_eq!(outcome.goal_month.p50, Some(1.0), "80 of 100 at the end of the second month");
    assert_eq!(outcome.goal_month.never, 0.0);
    assert_eq!(outcome.coverage, Some(Spread { mean: 1.0, p10: 1.0, p50: 1.0, p90: 1.0 }));
    assert_eq!(outcome.hours_used.mean, 100.0);
    assert_eq!(outcome.months[0].hours_available.p90, 40.0);
    assert_eq!(outcome.months[2].sessions.p10, 2.0);
}

#[test]
fn spending_is_what_the_prices_say() {
    let mut model = plain();
    let channel = &mut model.channels[0];
    (channel.start_up, channel.per_month, channel.opens) = (1_000.0, 10.0, 1);
    let own = &mut channel.formats[0];
    own.per_head = Range::fixed(3.0);
    own.per_head_hour = Range::fixed(0.5);
    own.per_session = Range::fixed(7.0);
    own.per_trainer_hour = Range::fixed(20.0);
    let told = trace(&model, 1, 0).expect("a trace");
    // A session of 10: 10 × (3 + 0.5 × 10) + 7 + 10 × 20 = 287; four of them, then four, then two.
    assert_eq!(
        spending(&told),
        [0.0, 1_010.0 + 4.0 * 287.0, 10.0 + 4.0 * 287.0, 10.0 + 2.0 * 287.0, 10.0, 10.0]
    );
    let outcome = outcome(&model, 2);
    let all = 1_000.0 + 50.0 + 10.0 * 287.0;
    assert_eq!(outcome.spending.p50, all);
    assert_eq!(outcome.spending_per_trained.p90, Some(all / 100.0));
    assert_eq!(outcome.months[0].spending.mean, 0.0);
}

#[test]
fn august_is_closed_and_a_half_month_serves_half() {
    let mut model = plain();
    model.first_month = 7;
    model.calendar[7] = 0.0;
    model.calendar[8] = 0.5;
    // July 4 sessions, August none, September 2, October 4.
    assert_eq!(trained(&model), [40, 40, 60, 100, 100, 100]);
    model.channels[0].formats[0] = format(Delivery::SelfPaced { tutor_hours: Range::fixed(0.0) });
    model.groups[0].arrives = 1;
    assert_eq!(trained(&model), [0, 0, 100, 100, 100, 100], "nobody begins alone in August either");
}

#[test]
fn a_pool_that_grows_serves_more() {
    let mut model = plain();
    model.pools[0].trainers = 0;
    model.pools[0].added = vec![(1, 1), (3, 2)];
    // 0, 2, 2, 6 sessions a month.
    assert_eq!(trained(&model), [0, 20, 40, 100, 100, 100]);
}

#[test]
fn preparation_and_a_second_trainer_take_hours() {
    let mut model = plain();
    model.channels[0].formats[0].delivery = Delivery::Sessions {
        people: Range::fixed(10.0),
        fewest: 1,
        patience: 0,
        trainers: 2,
        preparation_hours: 4.0,
    };
    // 24 hours a session, 40 hours a month: one session, 16 hours lost.
    assert_eq!(trained(&model), [10, 20, 30, 40, 50, 60]);
    let told = trace(&model, 1, 0).expect("a trace");
    assert_eq!(told.months[0].hours[0], (40.0, 16.0));
}

#[test]
fn seats_hold_back_and_steps_begun_go_first() {
    let mut model = plain();
    model.channels[0].routes[0] = vec![step(10.0), step(10.0)];
    model.channels[0].seats_per_month = Some(30);
    // 30 begin; then the 30 end and nobody else has a seat; and so on, 10 left to begin in the seventh month.
    assert_eq!(trained(&model), [0, 30, 30, 60, 60, 90]);
    let told = trace(&model, 1, 0).expect("a trace");
    let under_way: Vec<u64> = told.months.iter().map(|month| month.counts.under_way).collect();
    assert_eq!(under_way, [30, 0, 30, 0, 30, 0]);
}

#[test]
fn a_gap_is_kept_between_two_steps() {
    let mut model = plain();
    model.groups[0].size = 10;
    model.channels[0].routes[0] = vec![rollout::Step { gap_months: 3, ..step(10.0) }, step(10.0)];
    assert_eq!(trained(&model), [0, 0, 0, 10, 10, 10]);
}

#[test]
fn a_rest_too_small_waits_and_not_for_ever() {
    let mut model = plain();
    model.groups[0].size = 13;
    model.channels[0].formats[0].delivery = sessions(10.0, 5, 2);
    // 3 are left; they wait in months 0 and 1, and are served in month 2.
    assert_eq!(trained(&model), [10, 10, 13, 13, 13, 13]);
    model.channels[0].formats[0].delivery = sessions(10.0, 3, 2);
    assert_eq!(trained(&model)[0], 13, "three are enough where three open a session");
}

#[test]
fn patience_begins_again_once_nobody_waits() {
    let mut model = plain();
    let group = |arrives, size| Group { arrives, size, shares: vec![1.0], ..Group::default() };
    model.groups = vec![group(0, 3), group(1, 7), group(2, 3)];
    model.pools[0].trainers = 1;
    model.pools[0].hours_per_month = Range::fixed(10.0);
    model.channels[0].mixing = true;
    model.channels[0].formats[0].delivery = sessions(10.0, 5, 2);
    // 3 wait, 10 fill a session; the last 3 wait in months 2 and 3, as if nobody had waited before them.
    assert_eq!(trained(&model), [0, 10, 10, 10, 13, 13]);
}

#[test]
fn priority_then_number_says_who_is_first() {
    let mut model = plain();
    model.groups = [(5, 30), (1, 30), (5, 30)]
        .map(|(priority, size)| Group { priority, size, shares: vec![1.0], ..Group::default() })
        .to_vec();
    for mixing in [false, true] {
        model.channels[0].mixing = mixing;
        let told = trace(&model, 1, 0).expect("a trace");
        let by_group =
            |month: usize| told.months[month].pairs.iter().map(|pair| pair.trained).collect::<Vec<u64>>();
        assert_eq!(by_group(0), [10, 30, 0]);
        assert_eq!(by_group(1), [30, 30, 20]);
    }
}

#[test]
fn mixed_groups_fill_sessions_that_apart_they_would_not() {
    let mut model = plain();
    model.groups = vec![Group { size: 5, shares: vec![1.0], ..Group::default() }; 4];
    assert_eq!(outcome(&model, 1).months[0].sessions.mean, 4.0);
    model.channels[0].mixing = true;
    assert_eq!(outcome(&model, 1).months[0].sessions.mean, 2.0);
}

#[test]
fn people_of_no_channel_and_a_channel_of_nobody() {
    let mut model = plain();
    let mut other = model.channels[0].clone();
    other.start_up = 5_000.0;
    model.channels.push(other);
    model.groups[0].shares = vec![0.255, 0.0];
    let outcome = outcome(&model, 2);
    // 25.5 and 74.5: the largest remainder, and the first of two equal ones, gives 26.
    assert_eq!(outcome.trained.mean, 26.0);
    assert_eq!(outcome.left.unassigned, 74.0);
    assert_eq!(outcome.spending.mean, 0.0, "a channel of nobody does not open");
}

#[test]
fn a_goal_that_some_runs_never_reach_has_no_honest_upper_end() {
    let mut model = plain();
    model.channels[0].take_up = Range::new(0.5, 0.8, 1.0);
    let outcome = outcome(&model, 400);
    let goal = outcome.goal_month;
    assert!(goal.never > 0.2 && goal.never < 0.9);
    assert!(goal.p10.is_some() && goal.p90.is_none() && goal.mean.is_none());
    model.channels[0].take_up = Range::fixed(0.0);
    let none = simulate(&model, &Settings { runs: 3, ..Settings::default() }).expect("an outcome");
    assert_eq!(none.goal_month.never, 1.0);
    assert_eq!(none.spending_per_trained.p50, None);
    assert_eq!(none.left.not_forward, 100.0);
}

/// Mean of trained within four standard errors, `deviation` being that of one run.
fn assert_mean(model: &Model, expected: f64, deviation: f64) {
    let runs = 2_000;
    let found = outcome(model, runs).trained.mean;
    let error = 4.0 * deviation / (runs as f64).sqrt();
    assert!((found - expected).abs() < error, "{found}, expected {expected} to within {error}");
}

#[test]
fn chances_have_the_mean_of_their_law() {
    let mut model = plain();
    model.channels[0].routes[0] = vec![step(0.0), step(0.0), step(0.0)];
    model.channels[0].formats[0].completion = Range::fixed(0.7);
    // Three steps in a row: 100 draws of chance 0.7³.
    let chance: f64 = 0.7_f64.powi(3);
    assert_mean(&model, 100.0 * chance, (100.0 * chance * (1.0 - chance)).sqrt());
    model.channels[0].routes[0] = vec![step(0.0)];
    model.channels[0].take_up = Range::fixed(0.3);
    model.channels[0].formats[0].completion = Range::fixed(1.0);
    assert_mean(&model, 30.0, (100.0_f64 * 0.3 * 0.7).sqrt());
}

#[test]
fn those_who_do_not_come_try_again_until_they_do() {
    let mut model = plain();
    model.channels[0].routes[0] = vec![step(0.0)];
    model.channels[0].formats[0].show_up = Range::fixed(0.5);
    // After six invitations, one in 64 never came: a geometric law.
    let chance = 1.0 - 0.5_f64.powi(6);
    assert_mean(&model, 100.0 * chance, (100.0 * chance * (1.0 - chance)).sqrt());
    let first = outcome(&model, 2_000).months[0].trained.mean;
    assert!((first - 50.0).abs() < 4.0 * 5.0 / 2_000_f64.sqrt());
}

#[test]
fn seats_of_those_who_do_not_come_are_lost() {
    let mut model = plain();
    model.channels[0].formats[0].show_up = Range::fixed(0.5);
    let told = trace(&model, 3, 0).expect("a trace");
    assert_eq!(told.months[0].counts.sessions, 4);
    let seen = told.months[0].served[0].attendances[0];
    assert_eq!(seen.invited, 40);
    assert!(seen.began < 40, "a chance of one in 2^40 otherwise");
    assert_eq!(told.months[0].counts.waiting, 100 - seen.began);
}

#[test]
fn a_triangular_law_has_its_quantiles_and_its_mean() {
    let range = Range::new(0.0, 1.0, 4.0);
    // Its distribution function is x² / 4 up to 1, then 1 − (4 − x)² / 12.
    assert_eq!(range.quantile(0.0), 0.0);
    assert!((range.quantile(1.0 / 16.0) - 0.5).abs() < 1e-12);
    assert!((range.quantile(0.25) - 1.0).abs() < 1e-12);
    assert!((range.quantile(1.0 - 1.0 / 12.0) - 3.0).abs() < 1e-12);
    assert_eq!(range.quantile(1.0), 4.0);
    let steps = 100_000;
    let mean = (0..steps).map(|at| range.quantile((f64::from(at) + 0.5) / f64::from(steps))).sum::<f64>();
    assert!((mean / f64::from(steps) - range.mean()).abs() < 1e-6);
    assert_eq!(Range::fixed(3.0).quantile(0.2), 3.0);
    for edge in [Range::new(1.0, 1.0, 2.0), Range::new(1.0, 2.0, 2.0)] {
        assert!((edge.quantile(0.0) - 1.0).abs() < 1e-12 && (edge.quantile(1.0) - 2.0).abs() < 1e-12);
    }
}

#[test]
fn a_quantile_is_the_value_of_a_run() {
    // Ranks ⌈0.1 × 7⌉ = 1, ⌈0.5 × 7⌉ = 4, ⌈0.9 × 7⌉ = 7; of ten: 1, 5 and 9.
    let spread = Spread::of([7.0, 1.0, 5.0, 3.0, 2.0, 6.0, 4.0]);
    assert_eq!(spread, Spread { mean: 4.0, p10: 1.0, p50: 4.0, p90: 7.0 });
    let ten = Spread::of((1..=10).map(f64::from));
    assert_eq!((ten.p10, ten.p50, ten.p90), (1.0, 5.0, 9.0));
}

#[test]
fn values_drawn_follow_their_law_and_not_one_another() {
    let mut model = plain();
    let range = Range::new(0.1, 0.3, 0.8);
    (model.channels[0].take_up, model.channels[0].quality) = (range, range);
    let runs = 4_000;
    let drawn = |run| -> Vec<f64> {
        let told = trace(&model, 8, run).expect("a trace");
        told.parameters.into_iter().map(|(_, value)| value).filter(|value| *value < 0.8).collect()
    };
    // Relays that do not exist, prices and pools are certain: 0, 1 or more; what is left below 0.8 is 0 or drawn.
    let pairs = (0..runs).map(|run| {
        let own: Vec<f64> = drawn(run).into_iter().filter(|value| *value > 0.0).collect();
        (own[0] - range.mean(), own[1] - range.mean())
    });
    let pairs: Vec<(f64, f64)> = pairs.collect();
    let mean = |of: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / runs as f64;
    // The variance of a triangular law: (a² + b² + c² − ab − ac − bc) / 18.
    let variance = (0.01 + 0.09 + 0.64 - 0.03 - 0.08 - 0.24) / 18.0;
    let error = 4.0 * (variance / runs as f64).sqrt();
    assert!(mean(&|own| own.0).abs() < error && mean(&|own| own.1).abs() < error);
    assert!((mean(&|own| own.0 * own.0) / variance - 1.0).abs() < 0.1);
    assert!((mean(&|own| own.0 * own.1) / variance).abs() < 4.0 / (runs as f64).sqrt());
}
