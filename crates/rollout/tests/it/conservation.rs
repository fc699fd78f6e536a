//! Nobody is lost, nothing is used that is not there, spending is the sum of what it is made of: in every month of runs
//! of random models. Absent: whether the course of a run is the right one (`people`).

use std::collections::BTreeMap;

use proptest::prelude::*;
use rollout::{
    ChannelRange, Delivery, FormatRange, Model, Parameter, Settings, Trace, TraceMonth, simulate, trace,
};

use crate::support::random;

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-6 * one.abs().max(other.abs()).max(1.0)
}

fn assert_people(model: &Model, month: &TraceMonth) {
    let counts = month.counts;
    let all = counts.unassigned
        + counts.ahead
        + counts.not_forward
        + counts.waiting
        + counts.under_way
        + counts.dropped
        + counts.trained;
    assert_eq!(all, model.groups.iter().map(|group| group.size).sum::<u64>());
    let sum = |of: &dyn Fn(&rollout::TracePair) -> u64| month.pairs.iter().map(of).sum::<u64>();
    assert_eq!(sum(&|pair| pair.ahead), counts.ahead);
    assert_eq!(sum(&|pair| pair.not_forward), counts.not_forward);
    assert_eq!(sum(&|pair| pair.before[0]), counts.waiting);
    assert_eq!(sum(&|pair| pair.before[1..].iter().sum()), counts.under_way);
    assert_eq!(sum(&|pair| pair.dropped), counts.dropped);
    assert_eq!(sum(&|pair| pair.trained), counts.trained);
}

/// The people of each pair move from one month to the next as the sessions say.
fn assert_moves(model: &Model, before: &TraceMonth, after: &TraceMonth) {
    for (old, new) in before.pairs.iter().zip(&after.pairs) {
        let own = after
            .served
            .iter()
            .filter(|served| served.channel == new.channel && served.route == model.groups[new.group].route);
        let (mut began, mut ended) = (vec![0; new.before.len()], vec![0; new.before.len()]);
        for served in own {
            for seen in served.attendances.iter().filter(|seen| seen.group == new.group) {
                assert!(seen.ended <= seen.began && seen.began <= seen.invited);
                began[served.step] += seen.began;
                ended[served.step] += seen.ended;
            }
        }
        let arrived = old.ahead - new.ahead - (new.not_forward - old.not_forward);
        for step in 0..new.before.len() {
            let reached = if step == 0 { arrived } else { ended[step - 1] };
            assert_eq!(new.before[step], old.before[step] + reached - began[step]);
        }
        let left: u64 = began.iter().sum::<u64>() - ended.iter().sum::<u64>();
        assert_eq!(new.dropped, old.dropped + left);
        assert_eq!(new.trained, old.trained + ended.last().copied().unwrap_or(0));
    }
}

fn assert_hours_and_seats(model: &Model, values: &BTreeMap<Parameter, f64>, month: usize, told: &TraceMonth) {
    let mut used = vec![0.0; told.hours.len()];
    let mut invited = vec![0; model.channels.len()];
    for served in &told.served {
        let channel = &model.channels[served.channel];
        let what = channel.routes[served.route][served.step];
        let places: u64 = served.attendances.iter().map(|seen| seen.invited).sum();
        let began: u64 = served.attendances.iter().map(|seen| seen.began).sum();
        invited[served.channel] += places;
        let (format, range) = (what.format, FormatRange::Delivery);
        let value = values[&Parameter::Format { channel: served.channel, format, range }];
        match channel.formats[what.format].delivery {
            Delivery::Sessions { trainers, preparation_hours, .. } => {
                assert!(places <= served.sessions * (value.round() as u64).max(1));
                assert!(places > 0 && places >= served.sessions);
                let each = trainers as f64 * what.hours + preparation_hours;
                assert!(near(served.hours, served.sessions as f64 * each));
            }
            Delivery::SelfPaced { .. } => {
                assert_eq!(served.sessions, 0);
                assert!(near(served.hours, began as f64 * value));
            }
        }
        let relays = channel.relays.map(|_| model.pools.len() + served.channel);
        if let Some(stock) = relays.or(channel.pool) {
            used[stock] += served.hours;
        }
    }
    let open = model.calendar[(model.first_month - 1 + month) % 12];
    assert!(open > 0.0 || told.served.is_empty());
    for (places, channel) in invited.into_iter().zip(&model.channels) {
        assert!(channel.seats_per_month.is_none_or(|seats| places as f64 <= seats as f64 * open + 1e-6));
    }
    for (own, (available, left)) in used.iter().zip(&told.hours) {
        assert!(*left >= 0.0 && left <= available);
        assert!(*own <= available - left + 1e-6);
    }
    assert!(told.counts.hours_used <= told.counts.hours_available + 1e-6);
    let taken: f64 = told.hours.iter().map(|(available, left)| available - left).sum();
    assert!(near(taken, told.counts.hours_used));
}

/// Spending worked out again, from people, sessions, relays trained and the calendar of channels.
fn assert_spending(model: &Model, told: &Trace, month: usize) {
    let values: BTreeMap<Parameter, f64> = told.parameters.iter().copied().collect();
    let now = &told.months[month];
    for (number, channel) in model.channels.iter().enumerate() {
        let mut expected = 0.0;
        if now.pairs.iter().any(|pair| pair.channel == number) {
            expected += if month >= channel.opens { channel.per_month } else { 0.0 };
            expected += if month == channel.opens { channel.start_up } else { 0.0 };
        }
        for served in now.served.iter().filter(|served| served.channel == number) {
            let what = channel.routes[served.route][served.step];
            let at = |range| values[&Parameter::Format { channel: number, format: what.format, range }];
            let began = served.attendances.iter().map(|seen| seen.began).sum::<u64>() as f64;
            let own = began * (at(FormatRange::PerHead) + what.hours * at(FormatRange::PerHeadHour))
                + served.sessions as f64 * at(FormatRange::PerSession)
                + served.hours * at(FormatRange::PerTrainerHour);
            assert!(near(own, served.spending));
            expected += own;
        }
        let state = |month: &TraceMonth| month.relays.iter().find(|own| own.channel == number).copied();
        if let (Some(relays), Some(after)) = (channel.relays, state(now)) {
            let before = month.checked_sub(1).and_then(|before| state(&told.months[before]));
            let (to_train, left) = before.map_or((relays.count, 0), |own| (own.to_train, own.left));
            let again = if relays.replaced { after.left - left } else { 0 };
            let trained = to_train + again - after.to_train;
            let at = |range| values[&Parameter::Channel { channel: number, range }];
            let sessions = trained.div_ceil(relays.people_per_session) as f64;
            expected += trained as f64 * at(ChannelRange::RelayPerHead)
                + sessions * relays.training_hours * at(ChannelRange::RelayPerTrainerHour);
            let all = after.to_train + after.coming + after.active;
            assert_eq!(all + if relays.replaced { 0 } else { after.left }, relays.count);
        }
        assert!(near(expected, now.spending[number]), "{expected} {}", now.spending[number]);
    }
    assert!(near(now.spending.iter().sum(), now.counts.spending));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn every_month_of_every_run_adds_up(seed in any::<u64>(), is_certain in any::<bool>()) {
        let model = random(seed, is_certain);
        for run in 0..4 {
            let told = trace(&model, seed, run).expect("a model that makes sense");
            let values = told.parameters.iter().copied().collect();
            for (month, now) in told.months.iter().enumerate() {
                assert_people(&model, now);
                assert_hours_and_seats(&model, &values, month, now);
                assert_spending(&model, &told, month);
                if month > 0 {
                    assert_moves(&model, &told.months[month - 1], now);
                }
            }
        }
    }

    #[test]
    fn an_outcome_is_the_sum_of_its_runs(seed in any::<u64>()) {
        let model = random(seed, false);
        let settings = Settings { runs: 7, seed, ..Settings::default() };
        let outcome = simulate(&model, &settings).expect("an outcome");
        let runs: Vec<Trace> = (0..7).map(|run| trace(&model, seed, run).expect("a trace")).collect();
        let mean = |of: &dyn Fn(&Trace) -> f64| runs.iter().map(of).sum::<f64>() / 7.0;
        let last = |told: &Trace| told.months.last().expect("a month").counts;
        prop_assert!(near(outcome.trained.mean, mean(&|told| last(told).trained as f64)));
        prop_assert!(near(outcome.left.dropped, mean(&|told| last(told).dropped as f64)));
        prop_assert!(near(outcome.left.waiting, mean(&|told| last(told).waiting as f64)));
        prop_assert!(near(outcome.left.ahead, mean(&|told| last(told).ahead as f64)));
        let spent = |told: &Trace| told.months.iter().map(|month| month.counts.spending).sum();
        prop_assert!(near(outcome.spending.mean, mean(&spent)));
        let years: f64 = outcome.spending_by_year.iter().map(|year| year.mean).sum();
        let channels: f64 = outcome.channels.iter().map(|channel| channel.spending.mean).sum();
        prop_assert!(near(years, outcome.spending.mean) && near(channels, outcome.spending.mean));
        for (group, own) in outcome.groups.iter().zip(&model.groups) {
            let left = group.left;
            let others = left.unassigned + left.ahead + left.not_forward
                + left.waiting + left.under_way + left.dropped;
            prop_assert!(near(group.trained.mean + others, own.size as f64));
        }
        for (number, month) in outcome.months.iter().enumerate() {
            prop_assert!(near(month.sessions.mean, mean(&|told| told.months[number].counts.sessions as f64)));
            prop_assert!(month.trained.p10 <= month.trained.p50 && month.trained.p50 <= month.trained.p90);
        }
    }
}
