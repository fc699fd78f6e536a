//! What moves a result moves it in the direction that it must. Absent: how much it should.

use rollout::{
    ChannelRange, Error, FormatRange, Output, Parameter, Range, Sensitivity, Settings, Trace, sensitivity,
    simulate, trace,
};

use crate::support::plain;

fn uncertain() -> rollout::Model {
    let mut model = plain();
    model.groups[0].size = 1_000;
    model.pools[0].hours_per_month = Range::new(10.0, 20.0, 60.0);
    let channel = &mut model.channels[0];
    channel.take_up = Range::new(0.5, 0.6, 0.7);
    channel.quality = Range::new(0.2, 0.5, 0.9);
    channel.formats[0].completion = Range::new(0.8, 0.9, 0.95);
    channel.formats[0].show_up = Range::new(0.7, 0.8, 0.9);
    channel.formats[0].per_head = Range::new(10.0, 20.0, 40.0);
    model
}

fn told(output: Output) -> Sensitivity {
    let settings = Settings { runs: 200, threads: 2, ..Settings::default() };
    sensitivity(&uncertain(), &settings, output, &|_| true).expect("effects")
}

#[test]
fn the_scarce_thing_moves_the_number_of_people_trained() {
    let told = told(Output::Trained);
    assert_eq!(told.effects.len(), 6);
    let first = told.effects[0];
    assert_eq!(first.parameter, Parameter::PoolHours { pool: 0 });
    assert!(first.at_low < told.base && told.base < first.at_high);
    assert!(first.correlation.expect("a correlation") > 0.8);
    for pair in told.effects.windows(2) {
        assert!(pair[0].swing() >= pair[1].swing());
    }
    for effect in &told.effects {
        let Parameter::Format { range, .. } = effect.parameter else { continue };
        let is_better = matches!(range, FormatRange::Completion | FormatRange::ShowUp);
        assert_eq!(effect.at_high > effect.at_low, is_better, "{effect:?}");
    }
}

#[test]
fn one_at_a_time_is_a_simulation_where_all_else_is_certain() {
    let at = |take_up: f64| {
        let mut model = uncertain();
        model.pools[0].hours_per_month = Range::fixed(20.0);
        let channel = &mut model.channels[0];
        (channel.take_up, channel.quality) = (Range::fixed(take_up), Range::fixed(0.5));
        let own = &mut channel.formats[0];
        (own.completion, own.show_up) = (Range::fixed(0.9), Range::fixed(0.8));
        own.per_head = Range::fixed(20.0);
        let settings = Settings { runs: 200, ..Settings::default() };
        simulate(&model, &settings).expect("an outcome").spending.mean
    };
    let told = told(Output::Spending);
    let take_up = Parameter::Channel { channel: 0, range: ChannelRange::TakeUp };
    let effect = told.effects.iter().find(|effect| effect.parameter == take_up).expect("the parameter");
    assert_eq!((effect.at_low, told.base, effect.at_high), (at(0.5), at(0.6), at(0.7)));
}

#[test]
fn quality_moves_coverage_and_a_price_moves_spending_and_nothing_else() {
    let quality = Parameter::Channel { channel: 0, range: ChannelRange::Quality };
    let price = Parameter::Format { channel: 0, format: 0, range: FormatRange::PerHead };
    let effect = |output, parameter| {
        let found = told(output).effects.into_iter().find(|effect| effect.parameter == parameter);
        found.expect("the parameter")
    };
    let moved = effect(Output::Coverage, quality);
    // Common random numbers: the same people are trained, and coverage is proportional to quality.
    assert!((moved.at_high / moved.at_low - 0.9 / 0.2).abs() < 1e-9);
    assert_eq!(effect(Output::Trained, quality).swing(), 0.0);
    assert_eq!(effect(Output::Trained, price).swing(), 0.0);
    let moved = effect(Output::Spending, price);
    assert!((moved.at_high / moved.at_low - 4.0).abs() < 1e-9);
    assert!(effect(Output::HoursUsed, price).swing() < 1e-9);
    assert_eq!((moved.low, moved.high), (10.0, 40.0));
}

/// Ranks by counting: those below, and half of the others that are equal.
fn ranks(values: &[f64]) -> Vec<f64> {
    let rank = |own: &f64| {
        let below = values.iter().filter(|value| *value < own).count() as f64;
        let equal = values.iter().filter(|value| *value == own).count() as f64;
        below + (equal - 1.0) / 2.0
    };
    values.iter().map(rank).collect()
}

#[test]
fn correlations_are_those_of_ranks_ties_included() {
    let mut model = uncertain();
    // Few people: many runs train the same number.
    model.groups[0].size = 6;
    let settings = Settings { runs: 60, seed: 9, ..Settings::default() };
    let told = sensitivity(&model, &settings, Output::Trained, &|_| true).expect("effects");
    let runs: Vec<Trace> = (0..60).map(|run| trace(&model, 9, run).expect("a trace")).collect();
    let trained: Vec<f64> = runs.iter().map(|run| run.months[5].counts.trained as f64).collect();
    for effect in told.effects {
        let value =
            |run: &Trace| run.parameters.iter().find(|(name, _)| *name == effect.parameter).map(|own| own.1);
        let values: Vec<f64> = runs.iter().filter_map(value).collect();
        let (own, other) = (ranks(&values), ranks(&trained));
        // The mean rank is 29.5, ties or not.
        let sum = |one: &[f64], two: &[f64]| -> f64 {
            one.iter().zip(two).map(|(left, right)| (left - 29.5) * (right - 29.5)).sum()
        };
        let expected = sum(&own, &other) / (sum(&own, &own) * sum(&other, &other)).sqrt();
        assert!((effect.correlation.expect("a correlation") - expected).abs() < 1e-9);
    }
}

#[test]
fn a_goal_never_reached_counts_as_after_the_end() {
    assert_eq!(told(Output::GoalMonth).base, 6.0);
    let settings = Settings { runs: 2, ..Settings::default() };
    let certain = sensitivity(&plain(), &settings, Output::GoalMonth, &|_| true).expect("effects");
    assert_eq!((certain.base, certain.effects.len()), (1.0, 0));
}

#[test]
fn the_work_is_told_and_stopped() {
    let settings = Settings { runs: 10, ..Settings::default() };
    let last = std::sync::atomic::AtomicUsize::new(0);
    let watch = |done: usize| {
        last.fetch_max(done, std::sync::atomic::Ordering::Relaxed);
        true
    };
    assert!(sensitivity(&uncertain(), &settings, Output::Trained, &watch).is_ok());
    assert_eq!(last.into_inner(), 10 * (2 + 2 * 6));
    let stopped = sensitivity(&uncertain(), &settings, Output::Trained, &|done| done < 35);
    assert_eq!(stopped, Err(Error::Stopped));
}
