//! Relays worked out by hand: training, delay, hours, departures, cost. Absent: people who are trained by others.

use rollout::{Channel, Model, Range, Relays, trace};

use crate::support::plain;

/// Six relays in sessions of four, twenty hours each from the pool of forty hours a month; they teach two months later,
/// ten hours a month each: one session of ten hours.
fn cascade() -> Model {
    let mut model = plain();
    model.groups[0].size = 1_000;
    model.channels[0] = Channel {
        pool: None,
        relays: Some(Relays {
            count: 6,
            people_per_session: 4,
            training_hours: 20.0,
            trained_by: Some(0),
            per_head: Range::fixed(100.0),
            per_trainer_hour: Range::fixed(30.0),
            hours_per_month: Range::fixed(10.0),
            quality: Range::fixed(0.5),
            departures: 0.0,
            delay_months: 2,
            replaced: false,
        }),
        ..model.channels[0].clone()
    };
    model
}

fn relays(model: &mut Model) -> &mut Relays {
    model.channels[0].relays.as_mut().expect("relays")
}

fn trained(model: &Model) -> Vec<u64> {
    let told = trace(model, 1, 0).expect("a trace");
    told.months.iter().map(|month| month.counts.trained).collect()
}

fn active(model: &Model) -> Vec<u64> {
    let told = trace(model, 1, 0).expect("a trace");
    told.months.iter().map(|month| month.counts.relays).collect()
}

#[test]
fn relays_are_trained_wait_then_teach() {
    let model = cascade();
    // Two sessions train six in the first month, forty hours; six sessions a month from the third.
    assert_eq!(active(&model), [0, 0, 6, 6, 6, 6]);
    assert_eq!(trained(&model), [0, 0, 60, 120, 180, 240]);
    let told = trace(&model, 1, 0).expect("a trace");
    assert_eq!(told.months[0].counts.sessions, 2);
    assert_eq!(told.months[0].spending, [6.0 * 100.0 + 40.0 * 30.0]);
    assert_eq!(told.months[2].counts.hours_available, 40.0 + 60.0);
    assert_eq!(told.months[2].counts.hours_used, 60.0);
}

#[test]
fn trainers_of_relays_may_be_few_or_come_later() {
    let mut model = cascade();
    model.pools[0].trainers = 1;
    // One session a month: four relays, then two.
    assert_eq!(active(&model), [0, 0, 4, 6, 6, 6]);
    assert_eq!(trained(&model), [0, 0, 40, 100, 160, 220]);
    model.channels[0].opens = 1;
    assert_eq!(active(&model), [0, 0, 0, 4, 6, 6]);
    relays(&mut model).trained_by = None;
    assert_eq!(active(&model), [0, 0, 0, 6, 6, 6], "trainers bought from outside are never few");
    let told = trace(&model, 1, 0).expect("a trace");
    assert_eq!(told.months[1].counts.hours_bought, 40.0);
}

#[test]
fn relays_leave_and_may_be_replaced() {
    let mut model = cascade();
    relays(&mut model).departures = 1.0;
    assert_eq!(active(&model), [0, 0, 6, 0, 0, 0]);
    relays(&mut model).replaced = true;
    // Gone in the fourth month, trained again in it, back two months later.
    assert_eq!(active(&model), [0, 0, 6, 0, 0, 6]);
}

#[test]
fn departures_have_the_mean_of_their_law() {
    let mut model = cascade();
    relays(&mut model).departures = 0.2;
    let runs = 1_000;
    let left: u64 =
        (0..runs).map(|run| trace(&model, 5, run).expect("a trace").months[5].counts.relays).sum();
    // Three draws for each of six: 6 × 0.8³.
    let chance = 0.8_f64.powi(3);
    let error = 4.0 * (6.0 * chance * (1.0 - chance) / runs as f64).sqrt();
    assert!((left as f64 / runs as f64 - 6.0 * chance).abs() < error);
}

#[test]
fn quality_is_lost_in_a_cascade() {
    let mut model = cascade();
    model.channels[0].quality = Range::fixed(0.8);
    let settings = rollout::Settings { runs: 2, ..rollout::Settings::default() };
    let outcome = rollout::simulate(&model, &settings).expect("an outcome");
    // 240 of 1,000 end a step worth 1, of which 0.8 × 0.5 reaches them.
    let coverage = outcome.coverage.expect("something is wanted").mean;
    assert!((coverage - 0.24 * 0.4).abs() < 1e-12);
}
