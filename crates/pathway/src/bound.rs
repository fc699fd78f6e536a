//! How much a part of the search can be worth at most, and what follows from it.
//!
//! Limits, requirements and « a unit is had only if some item brings it » are relaxed with multipliers (Lagrangian
//! relaxation: Fisher, « The Lagrangian relaxation method for solving integer programming problems », Management Science
//! 27, 1981), found by subgradients with Polyak's step and smoothed directions (Camerini, Fratta and Maffioli, « On
//! improving relaxation methods by modified gradient techniques », Mathematical Programming Study 3, 1975). Any
//! multipliers give a bound, so rounding costs nothing but strength; what would take the bound under the best known
//! choice is settled (reduced costs). Absent: branching (see `search`).

use crate::model::Model;

/// An item or a unit that is settled in, out, or still free.
pub(crate) const IN: i8 = 1;
pub(crate) const OUT: i8 = -1;
pub(crate) const FREE: i8 = 0;

/// Rounding that a sum of amounts may have.
const EPSILON: f64 = 1e-6;
/// Rounding that a sum of values may have, in steps: values may be a thousand million times a step.
pub(crate) const SLACK: f64 = 0.01;
/// Weight of the former direction in the next one.
const SMOOTHING: f64 = 0.6;
/// Steps without progress before the step shrinks.
const PATIENCE: u32 = 10;
/// Times that what is settled may lead to a new bound.
const ROUNDS: u32 = 20;

/// Multipliers.
#[derive(Debug, Clone)]
pub(crate) struct Multipliers {
    /// Of each unit.
    pub(crate) units: Vec<f64>,
    /// Of each requirement.
    pub(crate) pairs: Vec<f64>,
    /// Of each limit: resources, rows, aims.
    pub(crate) limits: Vec<f64>,
}

/// A part of the search.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// By item.
    pub(crate) items: Vec<i8>,
    /// By unit: whether it is to be had.
    pub(crate) units: Vec<i8>,
    pub(crate) multipliers: Multipliers,
}

impl Node {
    /// The whole search.
    pub(crate) fn root(model: &Model) -> Self {
        let limits = model.caps.len() + model.rows.len() + model.aims;
        let status = |pinned: bool| if pinned { IN } else { FREE };
        Self {
            items: model.items.iter().map(|item| status(item.is_pinned)).collect(),
            units: vec![FREE; model.values.len()],
            multipliers: Multipliers {
                units: model.values.iter().map(|value| value / 2.0).collect(),
                pairs: vec![0.0; model.pairs.len()],
                limits: vec![0.0; limits],
            },
        }
    }
}

/// What is known of a part of the search.
pub(crate) enum Known {
    /// Nothing in it can be better than the best known choice.
    Closed,
    /// It may be worth this at most; how often relaxed choices have each unit and item.
    Open { most: f64, unit_share: Vec<f64>, item_share: Vec<f64> },
}

/// What a choice must beat, and at what cost at most.
#[derive(Debug, Clone)]
pub(crate) struct Goal {
    /// Coverage of the best known choice: only more is of interest.
    pub(crate) beat: f64,
    /// Most of each aim; infinite when there is no limit yet.
    pub(crate) most: Vec<f64>,
}

impl Goal {
    /// Whether a bound leaves no hope: sums are multiples of the step.
    pub(crate) fn closes(&self, bound: f64, step: f64) -> bool {
        (bound / step + SLACK).floor() * step <= self.beat + SLACK * step
    }
}

/// Room for the work, kept from one bound to the next.
pub(crate) struct Bounder<'m> {
    model: &'m Model,
    /// Items that are in.
    inside: Vec<u32>,
    free: Vec<u32>,
    active: Vec<u32>,
    /// Requirements that count: its number, the place of its item among the free ones, its unit.
    pairs: Vec<(u32, u32, u32)>,
    /// Units that matter of each free item, one item after the other: where each begins, and they.
    begins: Vec<u32>,
    units: Vec<u32>,
    matters: Vec<bool>,
    gain: Vec<f64>,
    /// By place among the free items.
    reduced: Vec<f64>,
    best_reduced: Vec<f64>,
    /// Places of the free items that the relaxed choice takes.
    taken: Vec<u32>,
    /// How often relaxed choices take each free item.
    shares: Vec<f64>,
    brought: Vec<f64>,
    unit_steps: Vec<f64>,
    pair_steps: Vec<f64>,
    has: Vec<bool>,
    has_in_order: Vec<bool>,
    limits: Vec<Limit>,
}

/// A limit as it stands in a part of the search.
#[derive(Debug, Clone, Default)]
struct Limit {
    /// What is left.
    left: f64,
    /// Weight of each item.
    weights: Vec<f64>,
    /// Those of the free items, in their order.
    free: Vec<f64>,
    scale: f64,
    step: f64,
    is_active: bool,
}

/// The place of an item that is in, where those of the free ones are asked for.
const PLACED: u32 = u32::MAX;

/// What propagation found.
enum Propagated {
    Impossible,
    Changed,
    Stable,
}

impl<'m> Bounder<'m> {
    pub(crate) fn new(model: &'m Model) -> Self {
        let (items, units) = (model.items.len(), model.values.len());
        let limit = |weights: Vec<f64>| Limit { weights, ..Limit::default() };
        let mut limits: Vec<Limit> = Vec::new();
        limits.extend(
            (0..model.caps.len()).map(|own| limit(model.items.iter().map(|item| item.means[own]).collect())),
        );
        for row in &model.rows {
            let mut weights = vec![0.0; items];
            row.entries.iter().for_each(|(item, weight)| weights[*item as usize] = *weight);
            limits.push(limit(weights));
        }
        for aim in 0..model.aims {
            limits.push(limit(model.items.iter().map(|item| item.costs[aim] as f64).collect()));
        }
        Self {
            model,
            inside: Vec::with_capacity(items),
            free: Vec::with_capacity(items),
            active: Vec::with_capacity(units),
            pairs: Vec::with_capacity(model.pairs.len()),
            begins: Vec::with_capacity(items + 1),
            units: Vec::new(),
            matters: vec![false; units],
            gain: vec![0.0; units],
            reduced: vec![0.0; items],
            best_reduced: vec![0.0; items],
            taken: Vec::with_capacity(items),
            shares: vec![0.0; items],
            brought: vec![0.0; units],
            unit_steps: vec![0.0; units],
            pair_steps: vec![0.0; model.pairs.len()],
            has: vec![false; units],
            has_in_order: vec![false; units],
            limits,
        }
    }

    /// Bounds a part of the search, in at most so many steps, and settles what follows.
    pub(crate) fn bound(&mut self, node: &mut Node, goal: &Goal, steps: u32) -> Known {
        let mut round = 0;
        loop {
            loop {
                match self.propagate(node, goal) {
                    Propagated::Impossible => return Known::Closed,
                    Propagated::Changed => {}
                    Propagated::Stable => break,
                }
            }
            self.gather(node);
            let base: f64 =
                (0..self.has.len()).filter(|unit| self.has[*unit]).map(|unit| self.model.values[unit]).sum();
            if self.free.is_empty() {
                let shares = (vec![0.0; self.has.len()], vec![0.0; self.reduced.len()]);
                return match goal.closes(base, self.model.step) {
                    true => Known::Closed,
                    false => Known::Open { most: base, unit_share: shares.0, item_share: shares.1 },
                };
            }
            let (most, unit_share, item_share) = self.descend(node, goal, base, steps);
            if goal.closes(most, self.model.step) {
                return Known::Closed;
            }
            round += 1;
            if round >= ROUNDS || !self.settle(node, goal, most) {
                return Known::Open { most, unit_share, item_share };
            }
        }
    }

    /// Units and items that can only be in or out.
    fn propagate(&mut self, node: &mut Node, goal: &Goal) -> Propagated {
        self.cover(node);
        if (0..self.has.len()).any(|unit| self.has[unit] && node.units[unit] == OUT) {
            return Propagated::Impossible;
        }
        match self.propagate_limits(node, goal) {
            Propagated::Stable => {}
            other => return other,
        }
        match self.propagate_order(node) {
            Propagated::Stable => {}
            other => return other,
        }
        self.propagate_units(node)
    }

    /// What the items that are in bring, all of them and those that an order allows.
    fn cover(&mut self, node: &Node) {
        self.has.fill(false);
        self.has_in_order.fill(false);
        let items = &self.model.items;
        self.inside.clear();
        self.free.clear();
        for (item, status) in (0_u32..).zip(&node.items) {
            match *status {
                IN => self.inside.push(item),
                FREE => self.free.push(item),
                _ => {}
            }
        }
        let mut stuck = self.inside.clone();
        for item in &stuck {
            items[*item as usize].teaches.iter().for_each(|unit| self.has[*unit as usize] = true);
        }
        self.model.close(&mut self.has_in_order, &mut stuck, |_| {});
    }

    /// Items that no longer fit, or without which a limit cannot hold.
    fn propagate_limits(&mut self, node: &mut Node, goal: &Goal) -> Propagated {
        let mut has_changed = false;
        let resources = self.model.caps.len();
        for number in 0..self.limits.len() {
            let Some(mut left) = self.left(goal, number) else {
                self.limits[number].is_active = false;
                continue;
            };
            let variance = if number < resources { self.variance(number) } else { 0.0 };
            let limit = &mut self.limits[number];
            let cap = self.model.caps.get(number).copied().flatten();
            let spread = variance.sqrt();
            if let Some(cap) = cap {
                left -= cap.z * spread;
            }
            let weights = &limit.weights;
            let least: f64 = self.free.iter().map(|item| weights[*item as usize].min(0.0)).sum();
            if cap.is_none() && least > left + EPSILON || cap.is_some() && left < -EPSILON {
                return Propagated::Impossible;
            }
            for item in &self.free {
                let item = *item as usize;
                if node.items[item] != FREE {
                    continue;
                }
                let weight = match cap {
                    Some(cap) if cap.z > 0.0 => {
                        let own = &self.model.items[item];
                        let more = (variance + own.variances[number]).sqrt() - spread;
                        own.means[number] + cap.z * more
                    }
                    _ => weights[item],
                };
                if weight > 0.0 && least + weight > left + EPSILON {
                    (node.items[item], has_changed) = (OUT, true);
                } else if weight < 0.0 && least - weight > left + EPSILON {
                    (node.items[item], has_changed) = (IN, true);
                }
            }
            limit.left = left;
            limit.is_active = true;
        }
        if has_changed { Propagated::Changed } else { Propagated::Stable }
    }

    /// What is left of a limit before its spread; nothing when there is no limit.
    fn left(&self, goal: &Goal, number: usize) -> Option<f64> {
        let (resources, rows) = (self.model.caps.len(), self.model.rows.len());
        if number < resources {
            let cap = self.model.caps[number]?;
            let mean = |item: &u32| self.model.items[*item as usize].means[number];
            return Some(cap.most - self.inside.iter().map(mean).sum::<f64>());
        }
        let most = match number.checked_sub(resources + rows) {
            Some(aim) => goal.most[aim],
            None => self.model.rows[number - resources].most,
        };
        let weights = &self.limits[number].weights;
        let taken: f64 = self.inside.iter().map(|item| weights[*item as usize]).sum();
        most.is_finite().then_some(most - taken)
    }

    fn variance(&self, resource: usize) -> f64 {
        self.inside.iter().map(|item| self.model.items[*item as usize].variances[resource]).sum()
    }

    /// Items that bring nothing more, that nobody can reach, or that alone unlock one that is in.
    fn propagate_order(&mut self, node: &mut Node) -> Propagated {
        let model = self.model;
        let mut has_changed = false;
        for (number, item) in model.items.iter().enumerate() {
            if node.items[number] != FREE {
                continue;
            }
            let brings = |unit: &u32| !self.has_in_order[*unit as usize];
            let is_forbidden = |unit: &u32| node.units[*unit as usize] == OUT;
            if !item.teaches.iter().any(brings) || item.teaches.iter().any(is_forbidden) {
                // A member of a group may be wanted for itself.
                let is_wanted =
                    self.limits.iter().any(|limit| limit.is_active && limit.weights[number] < 0.0);
                if !is_wanted || item.teaches.iter().any(is_forbidden) {
                    (node.items[number], has_changed) = (OUT, true);
                }
            }
        }
        if has_changed {
            return Propagated::Changed;
        }
        let mut has = self.has_in_order.clone();
        let mut left: Vec<u32> =
            (0..model.items.len() as u32).filter(|item| node.items[*item as usize] != OUT).collect();
        model.close(&mut has, &mut left, |_| {});
        for item in left {
            if node.items[item as usize] == IN {
                return Propagated::Impossible;
            }
            (node.items[item as usize], has_changed) = (OUT, true);
        }
        if has_changed { Propagated::Changed } else { Propagated::Stable }
    }

    /// Units that must be had and have one supplier, units that have none, requirements of items that are in.
    fn propagate_units(&mut self, node: &mut Node) -> Propagated {
        let model = self.model;
        for unit in 0..self.has.len() {
            if self.has[unit] || node.units[unit] == OUT {
                continue;
            }
            let mut free = model.suppliers[unit].iter().filter(|item| node.items[**item as usize] == FREE);
            match (free.next(), free.next()) {
                (None, _) if node.units[unit] == IN => return Propagated::Impossible,
                (None, _) => node.units[unit] = OUT,
                (Some(only), None) if node.units[unit] == IN => {
                    node.items[*only as usize] = IN;
                    return Propagated::Changed;
                }
                _ => {}
            }
        }
        for (item, unit) in &model.pairs {
            if node.items[*item as usize] != IN || self.has_in_order[*unit as usize] {
                continue;
            }
            let others = || model.suppliers[*unit as usize].iter().filter(|other| *other != item);
            if others().any(|other| node.items[*other as usize] == IN) {
                continue;
            }
            let mut free = others().filter(|other| node.items[**other as usize] == FREE);
            match (free.next(), free.next()) {
                (None, _) => return Propagated::Impossible,
                (Some(only), None) => {
                    node.items[*only as usize] = IN;
                    return Propagated::Changed;
                }
                _ => {}
            }
        }
        Propagated::Stable
    }

    /// What is still to be decided.
    fn gather(&mut self, node: &Node) {
        let model = self.model;
        self.active.clear();
        self.active.extend((0..model.values.len() as u32).filter(|unit| {
            let unit = *unit as usize;
            !self.has[unit] && node.units[unit] != OUT && (model.values[unit] > 0.0 || node.units[unit] == IN)
        }));
        self.matters.fill(false);
        self.active.iter().for_each(|unit| self.matters[*unit as usize] = true);
        let mut places = vec![PLACED; model.items.len()];
        (0_u32..).zip(&self.free).for_each(|(place, item)| places[*item as usize] = place);
        self.pairs.clear();
        for (number, (item, unit)) in (0_u32..).zip(&model.pairs) {
            if node.items[*item as usize] != OUT && !self.has[*unit as usize] {
                self.pairs.push((number, places[*item as usize], *unit));
                self.matters[*unit as usize] = true;
            }
        }
        self.begins.clear();
        self.units.clear();
        for item in &self.free {
            self.begins.push(self.units.len() as u32);
            let units = model.items[*item as usize].teaches.iter();
            self.units.extend(units.filter(|unit| self.matters[**unit as usize]));
        }
        self.begins.push(self.units.len() as u32);
        for number in 0..self.limits.len() {
            if let Some(cap) = model.caps.get(number).copied().flatten().filter(|cap| cap.z > 0.0) {
                self.weigh(number, cap.z, cap.most);
            }
            let is_row = (model.caps.len()..model.caps.len() + model.rows.len()).contains(&number);
            let limit = &mut self.limits[number];
            limit.scale = if is_row { 1.0 } else { limit.left.abs().max(EPSILON) };
            limit.free.clear();
            limit.free.extend(self.free.iter().map(|item| limit.weights[*item as usize]));
        }
    }

    /// Weights of a resource: its mean, and the chord of its spread, which is under the spread of any sum that fits.
    fn weigh(&mut self, resource: usize, z: f64, most: f64) {
        let model = self.model;
        let own = self.variance(resource);
        let all: f64 =
            own + self.free.iter().map(|item| model.items[*item as usize].variances[resource]).sum::<f64>();
        let largest = all.min((most / z).powi(2)).max(own);
        let slope = if largest > own { (largest.sqrt() - own.sqrt()) / (largest - own) } else { 0.0 };
        let weights = &mut self.limits[resource].weights;
        for item in &self.free {
            let of = &model.items[*item as usize];
            weights[*item as usize] = of.means[resource] + z * slope * of.variances[resource];
        }
    }
}

mod descent;
