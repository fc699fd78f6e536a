//! First choices: sets grown item by item in a valid order, the most promising kept (beam search: Lowerre, « The Harpy
//! speech recognition system », 1976), guided by the multipliers of the whole. Absent: any promise that they are the best.

use std::collections::HashSet;

use crate::bound::{Node, OUT};
use crate::model::Model;

/// Sets kept at each length.
const WIDTH: usize = 100;
/// Longest set grown.
const LENGTH: usize = 60;
/// Part of the worth of unlocking that counts.
const UNLOCKING: f64 = 0.5;

#[derive(Clone)]
struct Set {
    items: Vec<u32>,
    has: Vec<u64>,
    means: Vec<f64>,
    variances: Vec<f64>,
    rows: Vec<f64>,
    score: f64,
}

/// What guides the growth.
struct Guide<'m> {
    model: &'m Model,
    /// What each unit is worth: its value, and what it unlocks.
    worth: Vec<f64>,
    /// What an item costs.
    price: Vec<f64>,
    /// Weight of each item in each row.
    weights: Vec<Vec<f64>>,
}

/// The sets grown, all lengths together.
pub(crate) fn first(model: &Model, root: &Node) -> Vec<Vec<u32>> {
    let guide = Guide::new(model, root);
    let candidates: Vec<u32> =
        (0..model.items.len() as u32).filter(|item| root.items[*item as usize] != OUT).collect();
    let start = Set {
        items: Vec::new(),
        has: vec![0; model.values.len().div_ceil(64)],
        means: vec![0.0; model.caps.len()],
        variances: vec![0.0; model.caps.len()],
        rows: vec![0.0; model.rows.len()],
        score: 0.0,
    };
    let mut found = Vec::new();
    let mut current = vec![start];
    for _ in 0..LENGTH {
        let mut next: Vec<(f64, usize, u32)> = Vec::new();
        for (place, set) in current.iter().enumerate() {
            next.extend(candidates.iter().filter_map(|item| Some((guide.grown(set, *item)?, place, *item))));
        }
        if next.is_empty() {
            break;
        }
        let kept = next.len().min(WIDTH * 4);
        next.select_nth_unstable_by(kept - 1, |a, b| b.0.total_cmp(&a.0));
        next.truncate(kept);
        next.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
        let mut seen = HashSet::new();
        let mut sets = Vec::with_capacity(WIDTH);
        for (score, place, item) in next {
            let set = guide.with(&current[place], item, score);
            let taken: Vec<u64> = set.means.iter().map(|mean| *mean as u64).collect();
            if seen.insert((set.has.clone(), taken)) {
                found.push(set.items.clone());
                sets.push(set);
            }
            if sets.len() >= WIDTH {
                break;
            }
        }
        current = sets;
    }
    found
}

impl<'m> Guide<'m> {
    fn new(model: &'m Model, root: &Node) -> Self {
        let multipliers = &root.multipliers;
        let mut worth = model.values.clone();
        for ((_, unit), multiplier) in model.pairs.iter().zip(&multipliers.pairs) {
            worth[*unit as usize] += UNLOCKING * multiplier;
        }
        let mut weights = vec![vec![0.0; model.items.len()]; model.rows.len()];
        for (row, weights) in model.rows.iter().zip(&mut weights) {
            row.entries.iter().for_each(|(item, weight)| weights[*item as usize] = *weight);
        }
        let pinned: f64 = model.values.iter().sum::<f64>() + 1.0;
        let price = model.items.iter().enumerate().map(|(number, item)| {
            let resources: f64 =
                item.means.iter().zip(&multipliers.limits).map(|(mean, own)| mean * own).sum();
            let rows = weights.iter().zip(&multipliers.limits[model.caps.len()..]);
            let rows: f64 = rows.map(|(weights, own)| weights[number] * own).sum();
            // What must be taken is taken as soon as it can be.
            let wanted = weights.iter().any(|weights| weights[number] < 0.0);
            resources + rows
                - if item.is_pinned {
                    pinned
                } else if wanted {
                    pinned / 16.0
                } else {
                    0.0
                }
        });
        let price = price.collect();
        Self { model, worth, price, weights }
    }

    /// The score of a set with one more item; nothing when it cannot have it or gains nothing.
    fn grown(&self, set: &Set, item: u32) -> Option<f64> {
        let number = item as usize;
        let own = &self.model.items[number];
        let has = |unit: u32| set.has[unit as usize / 64] >> (unit % 64) & 1 == 1;
        let fits = |resource: usize| {
            self.model.caps[resource].is_none_or(|cap| {
                let spread = (set.variances[resource] + own.variances[resource]).sqrt();
                set.means[resource] + own.means[resource] + cap.z * spread <= cap.most + 1e-9
            })
        };
        if !(0..self.model.caps.len()).all(fits) || !own.requires.iter().all(|unit| has(*unit)) {
            return None;
        }
        let is_over = |(row, taken): (usize, &f64)| {
            let weight = self.weights[row][number];
            weight > 0.0 && taken + weight > self.model.rows[row].most + 1e-9
        };
        if set.rows.iter().enumerate().any(is_over) {
            return None;
        }
        let mut gain = 0.0;
        let mut brings = self.price[number] < 0.0 && !set.items.contains(&item);
        for unit in own.teaches.iter().filter(|unit| !has(**unit)) {
            brings = true;
            gain += self.worth[*unit as usize];
        }
        brings.then(|| set.score + gain - self.price[number])
    }

    fn with(&self, set: &Set, item: u32, score: f64) -> Set {
        let own = &self.model.items[item as usize];
        let mut set = set.clone();
        set.items.push(item);
        set.score = score;
        own.teaches.iter().for_each(|unit| set.has[*unit as usize / 64] |= 1 << (unit % 64));
        for resource in 0..set.means.len() {
            set.means[resource] += own.means[resource];
            set.variances[resource] += own.variances[resource];
        }
        for (row, taken) in set.rows.iter_mut().enumerate() {
            *taken += self.weights[row][item as usize];
        }
        set
    }
}
