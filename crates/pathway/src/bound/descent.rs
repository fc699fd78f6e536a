//! The descent of multipliers, and what reduced costs settle. Absent: propagation (see `bound`).

use super::{Bounder, Goal, IN, Multipliers, Node, OUT, PATIENCE, SMOOTHING};
use crate::bound::FREE;

/// Weight of the last relaxed choice in the shares.
const LAST: f64 = 0.1;

/// The sum of the numbers over zero, four by four: a sum one by one waits for each addition.
fn positive(numbers: &[f64]) -> f64 {
    let (fours, rest) = numbers.as_chunks::<4>();
    let mut sums = [0.0; 4];
    for four in fours {
        sums.iter_mut().zip(four).for_each(|(sum, number)| *sum += number.max(0.0));
    }
    sums.iter().sum::<f64>() + rest.iter().map(|number| number.max(0.0)).sum::<f64>()
}

/// Where a descent is.
struct Descent {
    best: f64,
    kept: Multipliers,
    theta: f64,
    patience: u32,
}

impl Bounder<'_> {
    /// Lowers the bound; gives it, with the shares of units and items in relaxed choices. The node keeps the best
    /// multipliers.
    pub(super) fn descend(
        &mut self,
        node: &mut Node,
        goal: &Goal,
        base: f64,
        steps: u32,
    ) -> (f64, Vec<f64>, Vec<f64>) {
        let mut unit_share = vec![0.0; self.gain.len()];
        let free = self.free.len();
        self.shares[..free].fill(0.0);
        let mut own = node.multipliers.clone();
        for (multiplier, limit) in own.limits.iter_mut().zip(&self.limits) {
            *multiplier = if limit.is_active { *multiplier * limit.scale } else { 0.0 };
        }
        self.rest();
        let theta = if steps > 200 { 1.0 } else { 0.4 };
        let mut descent = Descent { best: f64::INFINITY, kept: own.clone(), theta, patience: 0 };
        for _ in 0..steps {
            let most = self.relaxed(node, &own, base);
            if most < descent.best - 1e-7 {
                if most < descent.best - 0.000_3 * descent.best.abs().min(1e12) {
                    descent.patience = 0;
                }
                descent.best = most;
                descent.kept.clone_from(&own);
                self.best_reduced[..free].copy_from_slice(&self.reduced[..free]);
            }
            if goal.closes(descent.best, self.model.step) {
                break;
            }
            descent.patience += 1;
            if descent.patience > PATIENCE {
                descent.theta *= 0.5;
                descent.patience = 0;
                own.clone_from(&descent.kept);
                self.rest();
                if descent.theta < 0.01 {
                    break;
                }
                continue;
            }
            for (share, reduced) in self.shares[..free].iter_mut().zip(&self.reduced) {
                *share += LAST * (f64::from(u8::from(*reduced > 0.0)) - *share);
            }
            let square = self.directions(node, &own, &mut unit_share);
            if square < 1e-12 {
                break;
            }
            let step = descent.theta * (most - goal.beat).max(self.model.step / 2.0) / square;
            self.step(node, &mut own, step);
        }
        node.multipliers = descent.kept;
        for (multiplier, limit) in node.multipliers.limits.iter_mut().zip(&self.limits) {
            *multiplier = if limit.is_active { *multiplier / limit.scale } else { 0.0 };
        }
        let mut item_share = vec![0.0; self.reduced.len()];
        for (item, share) in self.free.iter().zip(&self.shares) {
            item_share[*item as usize] = *share;
        }
        (descent.best, unit_share, item_share)
    }

    fn rest(&mut self) {
        self.unit_steps.fill(0.0);
        self.pair_steps.fill(0.0);
        self.limits.iter_mut().for_each(|limit| limit.step = 0.0);
    }

    /// The bound of these multipliers; reduced costs of free items are kept.
    fn relaxed(&mut self, node: &Node, own: &Multipliers, base: f64) -> f64 {
        let model = self.model;
        let mut most = base;
        self.gain.fill(0.0);
        for unit in &self.active {
            let unit = *unit as usize;
            self.gain[unit] = own.units[unit];
            let left = model.values[unit] - own.units[unit];
            most += if node.units[unit] == IN { left } else { left.max(0.0) };
        }
        for (number, _, unit) in &self.pairs {
            self.gain[*unit as usize] += own.pairs[*number as usize];
        }
        let free = self.free.len();
        for place in 0..free {
            let units = self.begins[place] as usize..self.begins[place + 1] as usize;
            self.reduced[place] = self.units[units].iter().map(|unit| self.gain[*unit as usize]).sum();
        }
        for (limit, multiplier) in self.limits.iter().zip(&own.limits) {
            if !limit.is_active {
                continue;
            }
            most += multiplier * limit.left / limit.scale;
            if *multiplier > 0.0 {
                let price = multiplier / limit.scale;
                for (reduced, weight) in self.reduced[..free].iter_mut().zip(&limit.free) {
                    *reduced -= price * weight;
                }
            }
        }
        for (number, place, _) in &self.pairs {
            let multiplier = own.pairs[*number as usize];
            match self.reduced[..free].get_mut(*place as usize) {
                Some(reduced) => *reduced -= multiplier,
                None => most -= multiplier,
            }
        }
        most + positive(&self.reduced[..free])
    }

    /// The smoothed subgradient; gives the square of its length.
    fn directions(&mut self, node: &Node, own: &Multipliers, unit_share: &mut [f64]) -> f64 {
        let model = self.model;
        self.brought.fill(0.0);
        let free = self.free.len();
        // Without a branch: whether an item is taken is as good as drawn.
        self.taken.resize(free, 0);
        let mut count = 0;
        for (place, reduced) in (0_u32..).zip(&self.reduced[..free]) {
            self.taken[count] = place;
            count += usize::from(*reduced > 0.0);
        }
        self.taken.truncate(count);
        for place in &self.taken {
            let place = *place as usize;
            let units = self.begins[place] as usize..self.begins[place + 1] as usize;
            self.units[units].iter().for_each(|unit| self.brought[*unit as usize] += 1.0);
        }
        let mut square = 0.0;
        for unit in &self.active {
            let unit = *unit as usize;
            let is_had = node.units[unit] == IN || model.values[unit] > own.units[unit];
            let had = f64::from(u8::from(is_had));
            unit_share[unit] += LAST * (had - unit_share[unit]);
            let step = SMOOTHING * self.unit_steps[unit] + (1.0 - SMOOTHING) * (self.brought[unit] - had);
            self.unit_steps[unit] = step;
            square += step * step;
        }
        for (number, place, unit) in &self.pairs {
            let number = *number as usize;
            let is_in = self.reduced[..free].get(*place as usize).is_none_or(|reduced| *reduced > 0.0);
            let gradient = self.brought[*unit as usize] - f64::from(u8::from(is_in));
            let step = SMOOTHING * self.pair_steps[number] + (1.0 - SMOOTHING) * gradient;
            self.pair_steps[number] = step;
            if own.pairs[number] > 0.0 || step < 0.0 {
                square += step * step;
            }
        }
        for limit in self.limits.iter_mut().filter(|limit| limit.is_active) {
            let used: f64 = self.taken.iter().map(|place| limit.free[*place as usize]).sum();
            limit.step = SMOOTHING * limit.step + (1.0 - SMOOTHING) * (limit.left - used) / limit.scale;
            square += limit.step * limit.step;
        }
        square
    }

    fn step(&mut self, node: &Node, own: &mut Multipliers, step: f64) {
        for unit in &self.active {
            let unit = *unit as usize;
            let moved = (own.units[unit] - step * self.unit_steps[unit]).max(0.0);
            let is_wanted = node.units[unit] == IN;
            own.units[unit] = if is_wanted { moved } else { moved.min(self.model.values[unit]) };
        }
        for (pair, ..) in &self.pairs {
            let pair = *pair as usize;
            own.pairs[pair] = (own.pairs[pair] - step * self.pair_steps[pair]).max(0.0);
        }
        for (multiplier, limit) in own.limits.iter_mut().zip(&self.limits) {
            if limit.is_active {
                *multiplier = (*multiplier - step * limit.step).max(0.0);
            }
        }
    }

    /// Settles what would take the bound under the goal; tells whether something changed.
    pub(super) fn settle(&mut self, node: &mut Node, goal: &Goal, most: f64) -> bool {
        let step = self.model.step;
        let mut has_changed = false;
        for (item, reduced) in self.free.iter().zip(&self.best_reduced) {
            let (item, reduced) = (*item as usize, *reduced);
            if goal.closes(most - reduced.abs(), step) {
                node.items[item] = if reduced > 0.0 { IN } else { OUT };
                has_changed = true;
            }
        }
        for unit in &self.active {
            let unit = *unit as usize;
            let reduced = self.model.values[unit] - node.multipliers.units[unit];
            if node.units[unit] == FREE && reduced != 0.0 && goal.closes(most - reduced.abs(), step) {
                node.units[unit] = if reduced > 0.0 { IN } else { OUT };
                has_changed |= reduced < 0.0;
            }
        }
        has_changed
    }
}
