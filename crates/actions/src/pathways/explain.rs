//! Explanations by asking again: what a step is worth, why a level is left, what each hour would bring, what else could be
//! done, why nothing fits. Absent: sentences.

use catalogue::pathways::{
    Alternative, FrontierPoint, Impossible, Lack, Obstacles, PathwayError, Reason, Removal, Rival, Unmet,
    Without, topic, wanted_levels,
};
use pathway::{Aim, Group, Need, Plan, Problem};

use super::problem::{CENTS, MINUTES, Question};
use super::{Found, Searcher, calendar};

/// Most imposed trainings of which sets are tried, and most sets.
const SETS_BITS: usize = 12;
const SETS_MAX: usize = 200;
/// Most points of a frontier.
const POINTS_MAX: usize = 100;
/// Most plans met that are only part of another, before no other is looked for.
const PARTS_MAX: usize = 8;

/// The best plan without one of its steps.
pub(super) fn without(
    question: &Question,
    searcher: &Searcher,
    plan: &Plan,
    module: usize,
) -> Result<Option<Without>, PathwayError> {
    let mut problem = question.problem.clone();
    problem.banned.push(module);
    let Some(other) = searcher.best(&problem)? else { return Ok(None) };
    let (levels, share) = question.gained(&plan.chosen);
    let (other_levels, other_share) = question.gained(&other.chosen);
    let (bill, other_bill) = (question.bill(&plan.chosen), question.bill(&other.chosen));
    let rivals = other.chosen.iter().filter(|own| !plan.chosen.contains(own)).map(|own| {
        let offered = question.offered(*own);
        let training = question.snapshot.training_of(offered);
        Rival {
            id: training.id.to_string(),
            title: training.title,
            minutes: offered.minutes,
            basis: offered.basis,
        }
    });
    Ok(Some(Without {
        lost_share: (share - other_share).max(0.0),
        lost_levels: levels as i64 - other_levels as i64,
        more_minutes: other_bill.minutes as i64 - bill.minutes as i64,
        more_cents: other_bill.cents as i64 - bill.cents as i64,
        more_unstated: question.unstated(&other.chosen) - question.unstated(&plan.chosen),
        more_unknown_prices: other_bill.unknown_prices as i64 - bill.unknown_prices as i64,
        rivals: rivals.collect(),
    }))
}

/// The levels that a plan leaves, each with why.
pub(super) fn unmet(
    question: &Question,
    searcher: &Searcher,
    plan: &Plan,
) -> Result<Vec<Unmet>, PathwayError> {
    let ends = question.levels(&plan.chosen);
    let reach = question.reach();
    let reached = reach.levels(Obstacles::default());
    let mut unmet = Vec::new();
    for (competence, level) in wanted_levels(&question.own) {
        let place = topic(competence);
        if ends[place] >= level.number() {
            continue;
        }
        let reason = if reached[place] < level.number() {
            reach.why_not(competence, level)
        } else if searcher.is_over() {
            Reason::Undecided
        } else {
            limits(question, searcher, &ends, place, level.number())?
        };
        unmet.push(Unmet { competence, level, reason });
    }
    Ok(unmet)
}

/// What of the limits a level would take, all levels of the plan kept.
fn limits(
    question: &Question,
    searcher: &Searcher,
    ends: &[u8],
    place: usize,
    level: u8,
) -> Result<Reason, PathwayError> {
    let mut alone = question.problem.clone();
    alone.needs = vec![Need { topic: place, to: level, weight: 1 }];
    alone.aims = Vec::new();
    let full = u64::from(level - alone.start_of(place));
    let fits_alone = match searcher.best(&alone)? {
        Some(plan) => plan.coverage == full,
        None => return Ok(Reason::Undecided),
    };
    let mut all = question.problem.clone();
    let kept = question.own.needs.iter().map(|need| {
        let own = topic(need.competence);
        let to = if own == place { level } else { ends[own].min(need.to.number()) };
        Need { topic: own, to, weight: 1 }
    });
    all.needs = kept.filter(|need| need.to > all.start_of(need.topic)).collect();
    Ok(match lack(question, searcher, &all)? {
        Some(Lack { minutes: None, cents: None, steps: None, .. }) => Reason::Calendar,
        Some(lack) => Reason::Limits(Lack { fits_alone, ..lack }),
        None => Reason::Undecided,
    })
}

/// What would have to be added to the limits for all needs of a problem to be met; nothing when it is not known.
fn lack(question: &Question, searcher: &Searcher, problem: &Problem) -> Result<Option<Lack>, PathwayError> {
    let gain = |need: &Need| u64::from(need.to.saturating_sub(problem.start_of(need.topic)));
    let full: u64 = problem.needs.iter().map(|need| gain(need) * u64::from(need.weight)).sum();
    let lifted = |minutes: bool, cents: bool, steps: bool| -> Result<Option<[u64; 3]>, PathwayError> {
        let mut problem = problem.clone();
        let count = Aim::Cheapest(vec![1; problem.modules.len()]);
        problem.aims = vec![match (minutes, cents) {
            (true, _) => Aim::Least(MINUTES),
            (_, true) => Aim::Least(CENTS),
            _ => count,
        }];
        if minutes {
            problem.resources[MINUTES].most = None;
        }
        if cents {
            problem.resources[CENTS].most = None;
        }
        if steps {
            problem.most_modules = None;
        }
        let Found::Plan(plan, super::Bound::Best) = searcher.solve(&problem)? else { return Ok(None) };
        let bill = question.bill(&plan.chosen);
        Ok((plan.coverage == full).then_some([bill.minutes, bill.cents, plan.chosen.len() as u64]))
    };
    let limits = question.limits;
    let over =
        |taken: u64, most: Option<u64>| most.map(|most| taken.saturating_sub(most)).filter(|over| *over > 0);
    let (minutes, cents, steps) =
        (limits.minutes.map(u64::from), limits.cents.map(u64::from), limits.steps.map(u64::from));
    let mut found = Lack::default();
    if minutes.is_some() {
        found.minutes = lifted(true, false, false)?.and_then(|[taken, ..]| over(taken, minutes));
    }
    if cents.is_some() {
        found.cents = lifted(false, true, false)?.and_then(|[_, taken, _]| over(taken, cents));
    }
    if steps.is_some() {
        found.steps = lifted(false, false, true)?.and_then(|[_, _, taken]| over(taken, steps));
    }
    if found != Lack::default() {
        return Ok(Some(found));
    }
    Ok(lifted(true, true, true)?.map(|[a, b, c]| Lack {
        minutes: over(a, minutes),
        cents: over(b, cents),
        steps: over(c, steps),
        is_joint: true,
        fits_alone: false,
    }))
}

/// The best coverage for each length, longest first, with every limit but time.
pub(super) fn frontier(question: &Question, searcher: &Searcher) -> Result<Vec<FrontierPoint>, PathwayError> {
    let mut problem = question.problem.clone();
    problem.aims = vec![Aim::Least(MINUTES)];
    problem.resources[MINUTES].most = None;
    let mut points = Vec::new();
    while points.len() < POINTS_MAX && !searcher.is_over() {
        let Found::Plan(plan, super::Bound::Best) = searcher.solve(&problem)? else { break };
        let (bill, (levels, share)) = (question.bill(&plan.chosen), question.gained(&plan.chosen));
        if levels == 0 {
            break;
        }
        let ends = question.levels(&plan.chosen);
        let needs = question.own.needs.iter();
        points.push(FrontierPoint {
            reached: needs.map(|need| ends[topic(need.competence)].min(need.to.number())).collect(),
            minutes: bill.minutes,
            cents: bill.cents,
            unknown_prices: bill.unknown_prices,
            steps: plan.chosen.len(),
            levels,
            share,
            is_within: question.limits.minutes.is_none_or(|most| bill.minutes <= u64::from(most)),
        });
        let Some(less) = bill.minutes.checked_sub(1) else { break };
        problem.resources[MINUTES].most = Some(less as u32);
    }
    points.reverse();
    Ok(points)
}

/// Plans that share at most half of the first one's trainings, imposed ones aside, and of one another's; one that is only part
/// of another is none.
pub(super) fn alternatives(
    question: &Question,
    searcher: &Searcher,
    plan: &Plan,
) -> Result<Vec<Alternative>, PathwayError> {
    let mut problem = question.problem.clone();
    let mut found = Vec::new();
    let mut last = plan.clone();
    let mut seen = vec![plan.chosen.clone()];
    let mut parts = 0;
    while found.len() < usize::from(question.request.alternatives) && !searcher.is_over() {
        let free: Vec<usize> =
            last.chosen.iter().copied().filter(|module| !problem.pinned.contains(module)).collect();
        if free.is_empty() {
            break;
        }
        problem.groups.push(Group { most: free.len() / 2, modules: free, least: 0 });
        let Some(other) = searcher.best(&problem)? else { break };
        if other.coverage == 0 {
            break;
        }
        let is_part = |of: &Vec<usize>| other.chosen.iter().all(|module| of.contains(module));
        let is_new = !seen.iter().any(is_part);
        seen.push(other.chosen.clone());
        last = other.clone();
        if !is_new {
            parts += 1;
            if parts > PARTS_MAX {
                break;
            }
            continue;
        }
        let (levels, share) = question.gained(&other.chosen);
        found.push(Alternative {
            trainings: other
                .chosen
                .iter()
                .map(|module| question.snapshot.training_of(question.offered(*module)))
                .collect(),
            bill: question.bill(&other.chosen),
            levels,
            share,
            common: other.chosen.iter().filter(|module| plan.chosen.contains(module)).count(),
        });
    }
    Ok(found)
}

/// Why what is imposed does not fit.
pub(super) fn impossible(question: &mut Question, searcher: &Searcher) -> Result<Impossible, PathwayError> {
    let pinned: Vec<_> = question.set.all.iter().filter(|offered| offered.is_pinned).collect();
    let titles: Vec<String> =
        pinned.iter().map(|offered| question.snapshot.training_of(offered).title).collect();
    let levels = question.reach().levels(Obstacles::default());
    let lacking = pinned.iter().find_map(|offered| {
        let asked = offered.asks.iter().find(|(topic, level)| levels[*topic] < *level)?;
        let competence = catalogue::Code::at(asked.0 as u8);
        Some((question.snapshot.training_of(offered).title, competence, asked.1))
    });
    let mut problem = question.problem.clone();
    problem.needs = Vec::new();
    let (enough, removal) = match &lacking {
        Some(_) => (Lack::default(), None),
        None => {
            let lack = lack(question, searcher, &problem)?.unwrap_or_default();
            (lack, removal(question, searcher)?)
        }
    };
    Ok(Impossible { pinned: titles, entry: lacking, enough, limits: Some(question.limits), removal })
}

/// The fewest imposed trainings without which the others fit, found by trying each set of one, of two, and so on; nothing when
/// there are too many sets or no time.
fn removal(question: &mut Question, searcher: &Searcher) -> Result<Option<Removal>, PathwayError> {
    let pinned = question.problem.pinned.clone();
    if pinned.len() > SETS_BITS {
        return Ok(None);
    }
    let mut tried = 0;
    for count in 1..=pinned.len() {
        let sets = (1_u32..1 << pinned.len()).filter(|bits| bits.count_ones() as usize == count);
        let (mut enough, mut all) = (Vec::new(), 0);
        for bits in sets {
            tried += 1;
            all += 1;
            let gone = |place: &usize| bits >> place & 1 == 1;
            let gone: Vec<usize> = (0..pinned.len()).filter(gone).map(|place| pinned[place]).collect();
            match if tried > SETS_MAX { None } else { fits_without(question, searcher, &gone)? } {
                None => return Ok(None),
                Some(false) => {}
                Some(true) => {
                    let title =
                        |module: &usize| question.snapshot.training_of(question.offered(*module)).title;
                    enough.push(gone.iter().map(title).collect());
                }
            }
        }
        if !enough.is_empty() {
            return Ok(Some(Removal { count, is_any: enough.len() == all, sets: enough }));
        }
    }
    Ok(None)
}

/// Whether the other imposed trainings fit when some are no more imposed; nothing when it is not known.
fn fits_without(
    question: &mut Question,
    searcher: &Searcher,
    gone: &[usize],
) -> Result<Option<bool>, PathwayError> {
    let mut problem = question.problem.clone();
    problem.needs = Vec::new();
    problem.aims = Vec::new();
    problem.pinned.retain(|module| !gone.contains(module));
    // What only being imposed let in stays out.
    problem.banned.extend(gone.iter().filter(|module| !question.offered(**module).obstacles.is_empty()));
    let whole = std::mem::replace(&mut question.problem, problem);
    let laid = calendar::solve(question, searcher);
    question.problem = whole;
    match laid {
        Ok(laid) => Ok(Some(laid.is_some())),
        Err(PathwayError::Stopped) => Ok(None),
        Err(error) => Err(error),
    }
}
