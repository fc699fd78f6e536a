//! Selections of growing size, drawn with a fixed seed. Absent: instances of other people.

fn main() {
    divan::main();
}

use pathway::{Aim, Amount, Module, Need, Problem, Resource, Settings, solve};

/// A linear congruential generator (Knuth, « The Art of Computer Programming », volume 2, section 3.3.4).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

fn problem(modules: usize) -> Problem {
    let mut dice = Dice(modules as u64);
    let topics = 24;
    let mut levels = |count: u64| -> Vec<(usize, u8)> {
        (0..count).map(|_| (dice.below(topics) as usize, 1 + dice.below(3) as u8)).collect()
    };
    let drawn: Vec<_> =
        (0..modules).map(|number| (levels(1 + number as u64 % 4), levels(number as u64 % 3))).collect();
    let mut dice = Dice(7);
    let modules = drawn.into_iter().map(|(teaches, requires)| {
        let hours = [2, 3, 7, 14, 21, 35][dice.below(6) as usize];
        let amounts = vec![Amount::known(hours), Amount::known(dice.below(2_000) as u32)];
        Module { teaches, requires, amounts }
    });
    let needs = (0..topics as usize).map(|topic| Need {
        topic,
        to: 1 + (topic % 3) as u8,
        weight: 1 + (topic % 5) as u32,
    });
    Problem {
        topics: topics as usize,
        modules: modules.collect(),
        needs: needs.collect(),
        resources: vec![Resource { most: Some(40), z: 0.0 }, Resource { most: Some(3_000), z: 0.0 }],
        aims: vec![Aim::Least(0)],
        ..Problem::default()
    }
}

#[divan::bench(args = [50, 300, 1_000], max_time = 5)]
fn select(bencher: divan::Bencher, modules: usize) {
    let problem = problem(modules);
    bencher.bench_local(|| solve(&problem, Settings::default()));
}
