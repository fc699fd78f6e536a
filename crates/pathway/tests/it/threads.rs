//! Searches on several threads: the answer of one, and as many parts counted. Absent: how long they take (see the bench).

use pathway::{Aim, Amount, Module, Need, Problem, Resource, Searched, Settings, search};

const TOPICS: u64 = 24;

fn of(problem: &Problem, nodes: u64, threads: usize) -> Searched {
    search(problem, Settings { nodes, threads, ..Settings::default() }).expect("a problem")
}

/// The same numbers each time (Knuth, « The Art of Computer Programming », volume 2, section 3.3.4); longer modules bring more, so
/// that many choices are worth nearly the same.
fn hard(seed: u64) -> Problem {
    let mut state = seed;
    let mut below = |most: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % most
    };
    let mut module = |_| {
        let hours = [1, 2, 3, 7, 7, 14, 14, 21][below(8) as usize];
        let brought = 1 + u64::from(hours > 3) + u64::from(hours > 7) + below(3);
        let mut levels = |count: u64, most: u64| -> Vec<(usize, u8)> {
            (0..count).map(|_| (below(TOPICS) as usize, 1 + below(most) as u8)).collect()
        };
        let (teaches, requires) = (levels(brought, 3), levels(hours as u64 / 7, 2));
        let price = if below(4) == 0 { 0 } else { hours * (60 + below(60) as u32) };
        Module { teaches, requires, amounts: vec![Amount::known(hours), Amount::known(price)] }
    };
    Problem {
        topics: TOPICS as usize,
        modules: (0..200).map(&mut module).collect(),
        needs: (0..TOPICS as usize)
            .map(|topic| Need { topic, to: 3, weight: 1 + topic as u32 % 5 })
            .collect(),
        resources: vec![Resource { most: Some(60), z: 0.0 }, Resource { most: Some(3_000), z: 0.0 }],
        aims: vec![Aim::Least(0)],
        ..Problem::default()
    }
}

#[test]
fn several_threads_give_the_answer_of_one() {
    let mut longest = 0;
    for seed in 1..8 {
        let problem = hard(seed);
        // Whole, and stopped in the passes or after them.
        for nodes in [2_000_000, 130, 400, 1_000] {
            let one = of(&problem, nodes, 1);
            longest = longest.max(one.parts);
            for threads in [2, 3, 8] {
                assert_eq!(
                    of(&problem, nodes, threads),
                    one,
                    "seed {seed}, {nodes} parts, {threads} threads"
                );
            }
        }
    }
    assert!(longest > 1_000, "{longest} parts: too few for other threads");
}
