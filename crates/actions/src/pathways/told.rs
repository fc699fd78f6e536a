//! A plan of the engine as a pathway: steps in a natural order, what each brings, what is left. Absent: explanations found by
//! asking again (see `explain`).

use catalogue::pathways::{
    ANYBODY, Calendar, Considered, CoverageLine, Entry, Gain, Obstacle, Pathway, PathwayError, Proof, Step,
    topic,
};
use catalogue::{Code as _, Competence};

use super::calendar::{Laid, even};
use super::problem::{Question, weight};
use super::{Bound, Searcher, explain};

/// A pathway with all that is told of it.
pub(super) fn pathway(question: &Question, searcher: &Searcher, laid: Laid) -> Result<Pathway, PathwayError> {
    let Laid { mut plan, bound, calendar, places } = laid;
    let (chosen, places) = natural_order(question, &plan.chosen, calendar, &places);
    plan.chosen = chosen;
    let whole: u64 = question
        .own
        .needs
        .iter()
        .map(|need| u64::from(need.to.number() - need.from) * u64::from(weight(need.weight)))
        .sum();
    let proof = match bound {
        Bound::Best => Proof::Best,
        Bound::MostCovering => Proof::MostCovering,
        Bound::AtMost(most) => Proof::AtMost((most as f64 / whole.max(1) as f64).min(1.0)),
    };
    let mut steps = steps(question, &plan.chosen, calendar, &places);
    for (step, (first, last)) in steps.iter_mut().zip(&places) {
        step.months = Some((*first as u8 + 1, *last as u8 + 1));
    }
    for (step, module) in steps.iter_mut().zip(&plan.chosen) {
        if searcher.explains && !step.is_pinned && !searcher.is_over() {
            step.without = explain::without(question, searcher, &plan, *module)?;
        }
    }
    let explains = searcher.explains;
    Ok(Pathway {
        persona: question.own.clone(),
        is_asked: is_asked(question),
        proof,
        steps,
        bill: question.bill(&plan.chosen),
        calendar,
        limits: question.limits,
        coverage: coverage(question, &plan.chosen),
        unmet: if explains { explain::unmet(question, searcher, &plan)? } else { Vec::new() },
        frontier: if explains { explain::frontier(question, searcher)? } else { Vec::new() },
        alternatives: if explains { explain::alternatives(question, searcher, &plan)? } else { Vec::new() },
        considered: considered(question),
    })
}

/// Whether any level is wanted, even one that is mastered already.
pub(super) fn is_asked(question: &Question) -> bool {
    let is_wanted = question.request.wanted.values().any(|level| *level > 0);
    is_wanted || question.own.id != ANYBODY
}

/// What a set of modules covers, by need.
pub(super) fn coverage(question: &Question, chosen: &[usize]) -> Vec<CoverageLine> {
    let ends = question.levels(chosen);
    let line = |need: &catalogue::persona::Need| CoverageLine {
        competence: need.competence,
        before: need.from,
        after: ends[topic(need.competence)],
        wanted: need.to.number(),
        weight: need.weight,
    };
    question.own.needs.iter().map(line).collect()
}

/// Among the trainings whose entry levels are met, those of the earliest month first, then those that bring to the lowest
/// level, then the shortest; each with its months.
fn natural_order(
    question: &Question,
    chosen: &[usize],
    calendar: Calendar,
    places: &[(usize, usize)],
) -> (Vec<usize>, Vec<(usize, usize)>) {
    let mut left: Vec<usize> = (0..chosen.len()).collect();
    let mut order: Vec<usize> = Vec::with_capacity(left.len());
    let is_placed = calendar == Calendar::Placed;
    while !left.is_empty() {
        let is_met = |place: usize, topic: usize, level: u8| {
            let brings = |other: &&usize| {
                let is_in_time = !is_placed || places[**other].1 <= places[place].0;
                is_in_time && brings(question, chosen[**other], topic, level)
            };
            question.problem.start[topic] >= level || order.iter().any(|other| brings(&other))
        };
        let is_ready = |place: &usize| {
            question.offered(chosen[*place]).asks.iter().all(|(topic, level)| is_met(*place, *topic, *level))
        };
        let rank = |place: &usize| {
            let offered = question.offered(chosen[*place]);
            let highest = offered.teaches.iter().map(|(_, level)| *level).max().unwrap_or(0);
            let month = if is_placed { places[*place].0 } else { 0 };
            (month, highest, offered.minutes, chosen[*place])
        };
        let next = left.iter().copied().filter(is_ready).min_by_key(rank);
        // The plan has an order, and levels only rise: one is always ready.
        let Some(next) = next else { return (chosen.to_vec(), places.to_vec()) };
        left.retain(|place| *place != next);
        order.push(next);
    }
    let modules: Vec<usize> = order.iter().map(|place| chosen[*place]).collect();
    let places = match calendar {
        Calendar::Even => even(question, &modules),
        Calendar::Placed => order.iter().map(|place| places[*place]).collect(),
        Calendar::Unknown => Vec::new(),
    };
    (modules, places)
}

/// Whether a module brings to a level of a topic.
fn brings(question: &Question, module: usize, topic: usize, level: u8) -> bool {
    question.offered(module).teaches.iter().any(|(own, to)| *own == topic && *to >= level)
}

/// The steps of an order. Where each was placed in its own months, one that goes on brings nothing yet: gains come in the
/// order of the ends, and what a step asks for is met by one that ends no later than it begins.
pub(super) fn steps(
    question: &Question,
    chosen: &[usize],
    calendar: Calendar,
    places: &[(usize, usize)],
) -> Vec<Step> {
    let span = |number: usize| match calendar {
        Calendar::Placed => places[number],
        _ => (number, number),
    };
    let mut by_end: Vec<usize> = (0..chosen.len()).collect();
    by_end.sort_by_key(|number| (span(*number).1, *number));
    let gains = gains(question, chosen, &by_end);
    let mut steps: Vec<Step> = Vec::with_capacity(chosen.len());
    for (number, module) in chosen.iter().enumerate() {
        let offered = question.offered(*module);
        let met_by = |topic: usize, level: u8| {
            let is_one = |other: &&usize| {
                let is_in_time = **other < number && span(**other).1 <= span(number).0;
                is_in_time && brings(question, chosen[**other], topic, level)
            };
            by_end.iter().find(is_one).copied().filter(|_| question.problem.start[topic] < level)
        };
        let entries: Vec<Entry> = offered
            .asks
            .iter()
            .map(|(place, level)| Entry {
                competence: Competence::at(*place as u8),
                level: *level,
                met_by: met_by(*place, *level),
            })
            .collect();
        for earlier in entries.iter().filter_map(|entry| entry.met_by) {
            if !steps[earlier].unlocks.contains(&number) {
                steps[earlier].unlocks.push(number);
            }
        }
        steps.push(Step {
            training: question.snapshot.training_of(offered),
            minutes: offered.minutes,
            central_minutes: offered.central_minutes,
            months: None,
            basis: offered.basis,
            is_pinned: offered.is_pinned,
            passed_over: offered.obstacles,
            gains: gains[number].clone(),
            entries,
            unlocks: Vec::new(),
            without: None,
        });
    }
    steps
}

/// What each module brings of what is wanted, when they end in this order.
fn gains(question: &Question, chosen: &[usize], by_end: &[usize]) -> Vec<Vec<Gain>> {
    let mut levels = question.problem.start.clone();
    let mut all: Vec<Vec<Gain>> = vec![Vec::new(); chosen.len()];
    for number in by_end {
        for (place, to) in &question.offered(chosen[*number]).teaches {
            let before = levels[*place];
            if *to <= before {
                continue;
            }
            let need = question.own.needs.iter().find(|need| topic(need.competence) == *place);
            if let Some(need) = need.filter(|need| before < need.to.number()) {
                let to = (*to).min(need.to.number());
                all[*number].push(Gain { competence: need.competence, from: before, to });
            }
            levels[*place] = *to;
        }
        all[*number].sort_by_key(|gain| gain.competence.position());
    }
    all
}

pub(super) fn considered(question: &Question) -> Considered {
    let wanted = |place: usize, to: u8| {
        question.own.needs.iter().any(|need| topic(need.competence) == place && to > need.from)
    };
    let teaching: Vec<_> = question
        .set
        .all
        .iter()
        .filter(|offered| offered.teaches.iter().any(|(place, to)| wanted(*place, *to)))
        .collect();
    let kept_out = Obstacle::all().filter_map(|obstacle| {
        let kept = |offered: &&&catalogue::pathways::Offered| {
            offered.obstacles.contains(obstacle) && !offered.is_pinned
        };
        let count = teaching.iter().filter(kept).count();
        (count > 0).then_some((obstacle, count))
    });
    Considered {
        catalogue: question.snapshot.len(),
        teaching: teaching.len(),
        open: teaching.iter().filter(|offered| offered.may_enter()).count(),
        kept_out: kept_out.collect(),
    }
}
