//! Whether a plan is what it says, worked out again from the problem alone: no code is shared with the search.
//! Absent: whether it is the best.

use crate::problem::{Aim, Problem};
use crate::schedule::Timetable;

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

/// What is wrong with a timetable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misplaced {
    /// A module ends before it begins, lies outside the periods or its window, or is cut though it fits in a period.
    Window(usize),
    /// A module before what it asks for.
    Unready(usize),
    /// Modules do not fit in the periods given.
    Full(usize),
}

/// Whether a timetable holds: each module in its window and after what it asks for, and enough room in the periods; all
/// that is wrong, by the place in the choice.
///
/// # Errors
/// What is wrong.
pub fn check_timetable(
    problem: &Problem,
    chosen: &[usize],
    timetable: &Timetable,
    places: &[(usize, usize)],
) -> Result<(), Vec<Misplaced>> {
    let mut wrong = Vec::new();
    for (place, (module, &(first, last))) in chosen.iter().zip(places).enumerate() {
        let windows = timetable.windows.iter().filter(|(own, _)| own == module);
        let outside = windows.into_iter().any(|(_, (from, to))| first < *from || last > *to);
        let amount = problem.modules[*module].amounts[timetable.resource].mean;
        let is_cut = first != last && timetable.capacities.iter().any(|capacity| *capacity >= amount);
        if is_cut || first > last || last >= timetable.capacities.len() || outside {
            wrong.push(Misplaced::Window(place));
        }
    }
    if !wrong.is_empty() || places.len() != chosen.len() {
        return Err(wrong);
    }
    // Modules enter as soon as what they ask for is brought by others that end no later than they begin.
    let mut entered = vec![false; chosen.len()];
    loop {
        let before = entered.clone();
        for place in 0..chosen.len() {
            let is_met = |(topic, level): &(usize, u8)| {
                let start = problem.start.get(*topic).copied().unwrap_or(0);
                start >= *level
                    || (0..chosen.len()).any(|other| {
                        before[other]
                            && places[other].1 <= places[place].0
                            && problem.modules[chosen[other]]
                                .teaches
                                .iter()
                                .any(|(own, to)| own == topic && to >= level)
                    })
            };
            entered[place] = entered[place] || problem.modules[chosen[place]].requires.iter().all(is_met);
        }
        if entered == before {
            break;
        }
    }
    wrong.extend((0..chosen.len()).filter(|place| !entered[*place]).map(Misplaced::Unready));
    wrong.extend(overfull(problem, chosen, timetable, places).map(Misplaced::Full));
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

/// The modules for which there is no room: those of one period first, then the longer ones, the earliest end first, which is
/// the best that can be done of work that may be cut (Jackson, « Scheduling a production line to minimize maximum
/// tardiness », 1955).
fn overfull(
    problem: &Problem,
    chosen: &[usize],
    timetable: &Timetable,
    places: &[(usize, usize)],
) -> impl Iterator<Item = usize> {
    let mut rest: Vec<u64> = chosen
        .iter()
        .map(|module| u64::from(problem.modules[*module].amounts[timetable.resource].mean))
        .collect();
    for (period, capacity) in timetable.capacities.iter().enumerate() {
        let mut room = u64::from(*capacity);
        let mut here: Vec<usize> = (0..chosen.len())
            .filter(|place| rest[*place] > 0 && (places[*place].0..=places[*place].1).contains(&period))
            .collect();
        here.sort_by_key(|place| (places[*place].0 != places[*place].1, places[*place].1));
        for place in here {
            let whole = places[place].0 == places[place].1;
            let taken = if whole && rest[place] > room { 0 } else { rest[place].min(room) };
            rest[place] -= taken;
            room -= taken;
        }
    }
    rest.into_iter().enumerate().filter(|(_, left)| *left > 0).map(|(place, _)| place)
}
