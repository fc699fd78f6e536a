//! Whether a mix is what it says, worked out again from the problem alone: no code is shared with the search. Absent:
//! whether it is the best.

use crate::fluid::MixProblem;
use crate::mix::Mix;

/// What is wrong with a mix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MixFault {
    /// Not one number of people for each pair, or one opening for each channel.
    Shape,
    /// More people than the group has.
    Group(usize),
    /// People of a pair whose channel is not open.
    Closed(usize),
    /// More of a limit than there is.
    Limit(usize),
    /// Over the budget.
    Budget,
    /// The spending told is not that of the people.
    Spending,
    /// The worth told is not that of the people.
    Worth,
    /// The worth told is over the bound told.
    Bound,
}

/// Everything that is wrong with a mix; sums may differ by a millionth of what they are compared with.
///
/// # Errors
/// The faults, in the order of groups, pairs, limits, then sums.
pub fn check_mix(problem: &MixProblem, mix: &Mix) -> Result<(), Vec<MixFault>> {
    if mix.people.len() != problem.pairs.len() || mix.opened.len() != problem.channels.len() {
        return Err(vec![MixFault::Shape]);
    }
    let near = |value: f64| 1e-6 * value.abs().max(1.0);
    let mut faults = Vec::new();
    for (group, size) in problem.sizes.iter().enumerate() {
        let mut given = 0;
        for (pair, count) in problem.pairs.iter().zip(&mix.people) {
            given += if pair.group == group { *count } else { 0 };
        }
        if given > *size {
            faults.push(MixFault::Group(group));
        }
    }
    let mut spending = 0.0;
    let mut worth = 0.0;
    let mut taken = vec![0.0; problem.limits.len()];
    for (number, channel) in problem.channels.iter().enumerate() {
        if mix.opened[number] {
            spending += channel.spending;
            channel.takes.iter().for_each(|(limit, amount)| taken[*limit] += amount);
        }
    }
    for (number, (pair, count)) in problem.pairs.iter().zip(&mix.people).enumerate() {
        if *count > 0 && !mix.opened[pair.channel] {
            faults.push(MixFault::Closed(number));
        }
        spending += pair.spending * *count as f64;
        worth += pair.worth * *count as f64;
        pair.takes.iter().for_each(|(limit, amount)| taken[*limit] += amount * *count as f64);
    }
    for (number, limit) in problem.limits.iter().enumerate() {
        if taken[number] > limit.most + near(limit.most) {
            faults.push(MixFault::Limit(number));
        }
    }
    let sums = [
        (spending > problem.budget + near(problem.budget), MixFault::Budget),
        ((spending - mix.spending).abs() > near(spending), MixFault::Spending),
        ((worth - mix.reached).abs() > near(worth), MixFault::Worth),
        (mix.reached > mix.bound + near(mix.bound), MixFault::Bound),
    ];
    faults.extend(sums.into_iter().filter(|(is_wrong, _)| *is_wrong).map(|(_, fault)| fault));
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}
