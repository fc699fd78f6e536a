//! The second stage: steps laid over months. Where they do not fit, the first stage is asked again without what does not
//! fit, until it does (Benders, « Partitioning procedures for solving mixed-variables programming problems »,
//! Numerische Mathematik 4, 1962). Absent: the placing itself (see `pathway::schedule`).

use catalogue::pathways::{Calendar, PathwayError};
use pathway::{Group, PERIODS_MAX, PLACED_MAX, Plan, Scheduled, Timetable, check_timetable, schedule};

use super::problem::{MINUTES, Question};
use super::{Bound, Found, Searcher};

/// Most times that the first stage is asked.
const ROUNDS: usize = 60;
/// Parts looked at to place one set.
const NODES: u64 = 200_000;

/// A plan and its months.
pub(super) struct Laid {
    pub plan: Plan,
    pub bound: Bound,
    pub calendar: Calendar,
    /// First and last month of each module, from 0; empty when they are not known.
    pub places: Vec<(usize, usize)>,
}

/// What comes of both stages; the cuts found stay in the question, so that explanations keep to them.
pub(super) fn solve(question: &mut Question, searcher: &Searcher) -> Result<Option<Laid>, PathwayError> {
    let timetable = timetable(question);
    // What the first stage alone covers, once a cut may have left aside more than what does not fit.
    let mut at_most: Option<u64> = None;
    for _ in 0..ROUNDS {
        let (plan, bound) = match searcher.solve(&question.problem)? {
            Found::Plan(plan, bound) => (plan, bound),
            Found::Nothing => return Ok(None),
            Found::Stopped => return Err(PathwayError::Stopped),
        };
        let bound = match at_most {
            Some(most) if plan.coverage < most => Bound::AtMost(most),
            Some(_) => Bound::MostCovering,
            None => bound,
        };
        let Some(timetable) = &timetable else {
            return Ok(Some(Laid { plan, bound, calendar: Calendar::Even, places: Vec::new() }));
        };
        if plan.chosen.len() > PLACED_MAX {
            return Ok(Some(unplaced(plan, at_most)));
        }
        match place(question, &plan.chosen, timetable, true)? {
            Scheduled::Placed(places) => {
                check_timetable(&question.problem, &plan.chosen, timetable, &places)
                    .map_err(|wrong| PathwayError::Unsound(format!("{wrong:?}")))?;
                let places = spread(question, &plan.chosen, timetable, places);
                return Ok(Some(Laid { plan, bound, calendar: Calendar::Placed, places }));
            }
            Scheduled::LimitReached => return Ok(Some(unplaced(plan, at_most))),
            Scheduled::Impossible => {}
        }
        let (cut, is_exact) = cut(question, &plan.chosen, timetable)?;
        if !is_exact && at_most.is_none() {
            at_most = Some(plan.coverage);
        }
        question.problem.groups.push(Group { most: cut.len() - 1, modules: cut, least: 0 });
    }
    Err(PathwayError::Stopped)
}

/// A plan of which it is not known whether it fits in the months: it proves no more than what cannot be exceeded.
fn unplaced(plan: Plan, at_most: Option<u64>) -> Laid {
    let bound = Bound::AtMost(at_most.unwrap_or(plan.coverage).max(plan.coverage));
    Laid { plan, bound, calendar: Calendar::Unknown, places: Vec::new() }
}

/// The same places later where they may be, as near as can be of an even pace: the last ones move first, and a move stays when
/// the checker finds nothing wrong with it.
fn spread(
    question: &Question,
    chosen: &[usize],
    timetable: &Timetable,
    mut places: Vec<(usize, usize)>,
) -> Vec<(usize, usize)> {
    let mut order: Vec<usize> = (0..chosen.len()).collect();
    order.sort_by_key(|place| places[*place]);
    let wanted = even(question, &order.iter().map(|place| chosen[*place]).collect::<Vec<_>>());
    for (place, (wanted, _)) in order.iter().zip(&wanted).rev() {
        let (first, last) = places[*place];
        for later in (first + 1..=*wanted).rev() {
            places[*place] = (later, last + later - first);
            if check_timetable(&question.problem, chosen, timetable, &places).is_ok() {
                break;
            }
            places[*place] = (first, last);
        }
    }
    places
}

fn place(
    question: &Question,
    chosen: &[usize],
    timetable: &Timetable,
    ordered: bool,
) -> Result<Scheduled, PathwayError> {
    schedule(&question.problem, chosen, timetable, ordered, NODES)
        .map_err(|error| PathwayError::TooLarge(error.to_string()))
}

/// Modules that cannot be together: a smallest part that does not fit even in any order, which no choice may hold; or, when
/// the order alone keeps it from fitting, the whole choice, which another module might have saved.
fn cut(
    question: &Question,
    chosen: &[usize],
    timetable: &Timetable,
) -> Result<(Vec<usize>, bool), PathwayError> {
    let is_impossible = |set: &[usize]| {
        Ok::<bool, PathwayError>(place(question, set, timetable, false)? == Scheduled::Impossible)
    };
    if !is_impossible(chosen)? {
        return Ok((chosen.to_vec(), false));
    }
    let mut set = chosen.to_vec();
    let mut place = 0;
    while place < set.len() {
        let mut less = set.clone();
        less.remove(place);
        if is_impossible(&less)? { set = less } else { place += 1 }
    }
    Ok((set, true))
}

/// The months and their hours, when something is asked of them.
pub(super) fn timetable(question: &Question) -> Option<Timetable> {
    let request = question.request;
    if request.month_hours.is_none() && request.windows.is_empty() {
        return None;
    }
    let months = usize::from(request.months).min(PERIODS_MAX);
    let most = match request.month_hours {
        Some(hours) => (hours.get() * 60.0 + 1e-6).min(1e9) as u32,
        None => question.limits.minutes.unwrap_or(1_000_000_000),
    };
    let windows = (0..question.entering.len()).filter_map(|module| {
        let (first, last) = question.offered(module).window?;
        Some((module, (usize::from(first) - 1, usize::from(last) - 1)))
    });
    Some(Timetable { resource: MINUTES, capacities: vec![most; months], windows: windows.collect() })
}

/// Minutes of five days of seven hours: a module of no more lies in one month.
const IN_ONE_MONTH: u64 = 35 * 60;

/// Modules one after the other, spread from the first month to the last in proportion of what comes before each; a long one
/// lasts as many months as its pace asks.
pub(super) fn even(question: &Question, chosen: &[usize]) -> Vec<(usize, usize)> {
    let months = u64::from(question.request.months);
    let minutes = |module: &usize| u64::from(question.offered(*module).minutes);
    let whole: u64 = chosen.iter().map(minutes).sum::<u64>().max(1);
    let pace = (whole / months).max(IN_ONE_MONTH);
    let mut before = 0;
    let place = |module: &usize| {
        let first = (before * months / whole).min(months - 1);
        let last = (first + minutes(module).div_ceil(pace).max(1) - 1).min(months - 1);
        before += minutes(module);
        (first as usize, last as usize)
    };
    chosen.iter().map(place).collect()
}
