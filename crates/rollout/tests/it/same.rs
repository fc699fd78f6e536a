//! The same seed gives the same answer, whatever the threads; work can be watched and stopped. Absent: what the answer is.

use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;
use rollout::{Error, Settings, simulate, simulate_watched, trace};

use crate::support::{plain, random};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn the_same_seed_gives_the_same_answer_on_any_number_of_threads(seed in any::<u64>()) {
        let model = random(seed, false);
        let with = |threads| Settings { runs: 23, seed, threads, ..Settings::default() };
        let one = simulate(&model, &with(1));
        prop_assert!(one.is_ok());
        prop_assert_eq!(&one, &simulate(&model, &with(1)));
        prop_assert_eq!(&one, &simulate(&model, &with(2)));
        prop_assert_eq!(&one, &simulate(&model, &with(5)));
        prop_assert_eq!(trace(&model, seed, 3), trace(&model, seed, 3));
    }
}

#[test]
fn another_seed_gives_another_answer() {
    let mut model = plain();
    model.channels[0].take_up = rollout::Range::new(0.2, 0.5, 0.9);
    let with = |seed| simulate(&model, &Settings { runs: 10, seed, ..Settings::default() });
    assert_ne!(with(1), with(2));
}

#[test]
fn work_is_told_and_can_be_stopped() {
    let (model, told) = (plain(), AtomicUsize::new(0));
    let settings = Settings { runs: 50, threads: 2, ..Settings::default() };
    let count = |_: usize| {
        told.fetch_add(1, Ordering::Relaxed);
        true
    };
    assert!(simulate_watched(&model, &settings, &count).is_ok());
    assert_eq!(told.load(Ordering::Relaxed), 50);
    assert_eq!(simulate_watched(&model, &settings, &|done| done < 3), Err(Error::Stopped));
}

#[test]
fn a_run_that_is_drawn_is_the_same_everywhere() {
    // Written down once: a change of library that moves the stream shows here.
    let mut model = plain();
    model.channels[0].take_up = rollout::Range::new(0.2, 0.5, 0.9);
    model.channels[0].formats[0].completion = rollout::Range::new(0.5, 0.7, 0.9);
    let trained: Vec<u64> =
        (0..5).map(|run| trace(&model, 42, run).expect("a trace").months[5].counts.trained).collect();
    assert_eq!(trained, [40, 48, 27, 59, 33]);
}
