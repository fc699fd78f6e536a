//! Whether a plan is what it says, worked out again from the problem alone: no code is shared with the search.
//! Absent: whether it is the best.

use crate::problem::{Aim, Problem};

/// What is wrong with a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// No such module.
    Unknown(usize),
    /// A module twice.
    Twice(usize),
    /// A module that must not be taken.
    Banned(usize),
    /// A module that must be taken is not.
    Missing(usize),
    /// A module before what it asks for: module, topic, level asked for, level there.
    Unready(usize, usize, u8, u8),
    /// More of a resource than there is.
    Over(usize),
    /// More modules than allowed.
    TooMany(usize),
    /// A group with too few or too many.
    Group(usize),
}

/// What a plan is worth and what it costs by aim, or all that is wrong with it.
///
/// # Errors
/// What is wrong, in the order of the plan, then of the limits.
pub fn check(problem: &Problem, chosen: &[usize]) -> Result<(u64, Vec<u64>), Vec<Broken>> {
    let mut broken = Vec::new();
    let mut levels: Vec<u8> =
        (0..problem.topics).map(|topic| *problem.start.get(topic).unwrap_or(&0)).collect();
    for (place, module) in chosen.iter().enumerate() {
        let Some(own) = problem.modules.get(*module) else {
            broken.push(Broken::Unknown(*module));
            continue;
        };
        if chosen[..place].contains(module) {
            broken.push(Broken::Twice(*module));
        }
        if problem.banned.contains(module) {
            broken.push(Broken::Banned(*module));
        }
        for &(topic, level) in &own.requires {
            if levels[topic] < level {
                broken.push(Broken::Unready(*module, topic, level, levels[topic]));
            }
        }
        for &(topic, level) in &own.teaches {
            levels[topic] = levels[topic].max(level);
        }
    }
    let known: Vec<usize> = chosen.iter().copied().filter(|module| *module < problem.modules.len()).collect();
    limits(problem, &known, &mut broken);
    if !broken.is_empty() {
        return Err(broken);
    }
    let mut coverage = 0;
    for need in &problem.needs {
        let from = *problem.start.get(need.topic).unwrap_or(&0);
        let gained = levels[need.topic].min(need.to).saturating_sub(from);
        coverage += u64::from(gained) * u64::from(need.weight);
    }
    let cost = |aim: &Aim| -> u64 {
        let of = |module: &usize| match aim {
            Aim::Least(resource) => u64::from(problem.modules[*module].amounts[*resource].mean),
            Aim::Cheapest(costs) => u64::from(costs[*module]),
        };
        known.iter().map(of).sum()
    };
    Ok((coverage, problem.aims.iter().map(cost).collect()))
}

fn limits(problem: &Problem, known: &[usize], broken: &mut Vec<Broken>) {
    let missing = problem.pinned.iter().filter(|module| !known.contains(module));
    broken.extend(missing.map(|module| Broken::Missing(*module)));
    for (number, resource) in problem.resources.iter().enumerate() {
        let mean: u64 =
            known.iter().map(|module| u64::from(problem.modules[*module].amounts[number].mean)).sum();
        let variance: f64 =
            known.iter().map(|module| problem.modules[*module].amounts[number].variance).sum();
        let taken = mean as f64 + resource.z * variance.sqrt();
        if resource.most.is_some_and(|most| taken > f64::from(most) + 1e-6) {
            broken.push(Broken::Over(number));
        }
    }
    if problem.most_modules.is_some_and(|most| known.len() > most) {
        broken.push(Broken::TooMany(known.len()));
    }
    for (number, group) in problem.groups.iter().enumerate() {
        let mut members = group.modules.clone();
        members.sort_unstable();
        members.dedup();
        let taken = members.iter().filter(|module| known.contains(module)).count();
        if taken < group.least || taken > group.most {
            broken.push(Broken::Group(number));
        }
    }
}
