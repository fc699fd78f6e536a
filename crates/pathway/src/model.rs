//! A problem made small: levels become units (« topic 3 at level 2 »), modules keep the units that matter.
//! Absent: which modules are kept (see `reduce`).

use crate::problem::{Aim, Problem};

/// One module that may be chosen.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Item {
    /// Its number in the problem.
    pub(crate) source: usize,
    /// Units that it brings: above what it asks for, up to the highest level that is of use.
    pub(crate) teaches: Vec<u32>,
    /// Units that it asks for and that are not there at the start.
    pub(crate) requires: Vec<u32>,
    /// Means, by resource.
    pub(crate) means: Vec<f64>,
    /// Variances, by resource.
    pub(crate) variances: Vec<f64>,
    /// Costs, by aim.
    pub(crate) costs: Vec<u64>,
    pub(crate) is_pinned: bool,
}

/// A limit on a sum over modules: Σ weight ≤ most.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    /// Module and weight.
    pub(crate) entries: Vec<(u32, f64)>,
    pub(crate) most: f64,
}

/// A limit on a resource.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Cap {
    pub(crate) most: f64,
    pub(crate) z: f64,
}

/// A problem in units.
#[derive(Debug, Clone)]
pub(crate) struct Model {
    pub(crate) items: Vec<Item>,
    /// What each unit is worth.
    pub(crate) values: Vec<f64>,
    /// Items that bring each unit.
    pub(crate) suppliers: Vec<Vec<u32>>,
    /// Each item with each unit that it asks for.
    pub(crate) pairs: Vec<(u32, u32)>,
    /// Limits on resources; nothing: none.
    pub(crate) caps: Vec<Option<Cap>>,
    /// Other limits: counts and groups.
    pub(crate) rows: Vec<Row>,
    /// How many aims there are after the needs.
    pub(crate) aims: usize,
    /// The greatest common divisor of the values: sums are multiples of it.
    pub(crate) step: f64,
}

impl Model {
    /// What a set is worth.
    pub(crate) fn coverage(&self, set: &[u32]) -> u64 {
        let mut has = vec![false; self.values.len()];
        let mut sum = 0.0;
        for item in set {
            for unit in &self.items[*item as usize].teaches {
                let unit = *unit as usize;
                if !std::mem::replace(&mut has[unit], true) {
                    sum += self.values[unit];
                }
            }
        }
        sum as u64
    }

    /// What a set costs, by aim.
    pub(crate) fn costs(&self, set: &[u32]) -> Vec<u64> {
        (0..self.aims).map(|aim| set.iter().map(|item| self.items[*item as usize].costs[aim]).sum()).collect()
    }

    /// Whether a set keeps to all limits, whatever its order.
    pub(crate) fn is_within(&self, set: &[u32]) -> bool {
        let holds = |(resource, cap): (usize, &Option<Cap>)| {
            let Some(cap) = cap else { return true };
            let of = |item: &u32| &self.items[*item as usize];
            let mean: f64 = set.iter().map(|item| of(item).means[resource]).sum();
            let variance: f64 = set.iter().map(|item| of(item).variances[resource]).sum();
            mean + cap.z * variance.sqrt() <= cap.most + 1e-9
        };
        let mut is_in = vec![false; self.items.len()];
        set.iter().for_each(|item| is_in[*item as usize] = true);
        let sum = |row: &Row| -> f64 {
            row.entries.iter().filter(|(item, _)| is_in[*item as usize]).map(|(_, weight)| weight).sum()
        };
        self.caps.iter().enumerate().all(holds)
            && self.rows.iter().all(|row| sum(row) <= row.most + 1e-9)
            && (0..self.items.len()).all(|item| is_in[item] || !self.items[item].is_pinned)
    }

    /// The set in an order in which each item finds what it asks for; nothing when there is none.
    pub(crate) fn ordered(&self, set: &[u32]) -> Option<Vec<u32>> {
        let mut has = vec![false; self.values.len()];
        let (mut left, mut order) = (set.to_vec(), Vec::with_capacity(set.len()));
        self.close(&mut has, &mut left, |item| order.push(item));
        left.is_empty().then_some(order)
    }

    /// Takes out of a list the items that an order allows, in such an order, and adds what they bring.
    pub(crate) fn close(&self, has: &mut [bool], left: &mut Vec<u32>, mut taken: impl FnMut(u32)) {
        loop {
            let before = left.len();
            left.retain(|item| {
                let own = &self.items[*item as usize];
                let is_ready = own.requires.iter().all(|unit| has[*unit as usize]);
                if is_ready {
                    own.teaches.iter().for_each(|unit| has[*unit as usize] = true);
                    taken(*item);
                }
                !is_ready
            });
            if left.len() == before {
                return;
            }
        }
    }
}

/// What a module costs to an aim.
pub(crate) fn cost(problem: &Problem, aim: &Aim, module: usize) -> u64 {
    match aim {
        Aim::Least(resource) => u64::from(problem.modules[module].amounts[*resource].mean),
        Aim::Cheapest(costs) => u64::from(costs[module]),
    }
}

/// The greatest common divisor.
pub(crate) fn divisor(numbers: impl Iterator<Item = u64>) -> u64 {
    fn of(mut a: u64, mut b: u64) -> u64 {
        while b > 0 {
            (a, b) = (b, a % b);
        }
        a
    }
    numbers.fold(0, of)
}
