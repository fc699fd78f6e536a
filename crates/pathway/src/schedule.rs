//! Places chosen modules in periods of bounded capacity, each after those that bring what it asks for, within its window;
//! or says that they cannot be. Absent: which modules are chosen (see `search`), balanced loads (see `balance`).

use crate::problem::{Error, Problem};

/// Most periods.
pub const PERIODS_MAX: usize = 240;
/// Most modules that are placed.
pub const PLACED_MAX: usize = 64;

/// The periods, and when modules may be taken.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Timetable {
    /// The resource that periods bound.
    pub resource: usize,
    /// Most of it in each period. A module that takes no more than the largest of them lies in one period; another one
    /// fills what is left of consecutive periods.
    pub capacities: Vec<u32>,
    /// First and last period of a module, by module; those not named may be at any time.
    pub windows: Vec<(usize, (usize, usize))>,
}

/// What comes of placing modules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scheduled {
    /// First and last period of each module, in the order of the choice.
    Placed(Vec<(usize, usize)>),
    /// No timetable keeps to the capacities, the windows and the requirements.
    Impossible,
    /// The search was stopped before it was known.
    LimitReached,
}

/// Places chosen modules, looking at `nodes` parts of the search at most. Without `ordered`, what modules ask for is left
/// aside: a set that cannot be placed even so cannot be part of any choice.
///
/// # Errors
/// More than can be handled, or a module or a resource that does not exist.
pub fn schedule(
    problem: &Problem,
    chosen: &[usize],
    timetable: &Timetable,
    ordered: bool,
    nodes: u64,
) -> Result<Scheduled, Error> {
    if timetable.capacities.len() > PERIODS_MAX {
        return Err(Error::TooMany("periods", PERIODS_MAX));
    }
    if chosen.len() > PLACED_MAX {
        return Err(Error::TooMany("modules", PLACED_MAX));
    }
    if timetable.resource >= problem.resources.len() {
        return Err(Error::Unknown("resource", timetable.resource));
    }
    if let Some(unknown) = chosen.iter().find(|module| **module >= problem.modules.len()) {
        return Err(Error::Unknown("module", *unknown));
    }
    let amount = |module: &usize| problem.modules[*module].amounts[timetable.resource].mean;
    let window = |module: &usize| {
        let own = timetable.windows.iter().find(|(other, _)| other == module);
        own.map_or((0, usize::MAX), |(_, window)| *window)
    };
    let last = timetable.capacities.len().saturating_sub(1);
    let mut windows: Vec<(usize, usize)> =
        chosen.iter().map(window).map(|(from, to)| (from, to.min(last))).collect();
    if ordered && !narrow(problem, chosen, &mut windows) {
        return Ok(Scheduled::Impossible);
    }
    // Those that may move the least are placed first: what cannot be is seen early.
    let mut order: Vec<usize> = (0..chosen.len()).collect();
    order.sort_by_key(|place| windows[*place].1.saturating_sub(windows[*place].0));
    let sorted: Vec<usize> = order.iter().map(|place| chosen[*place]).collect();
    let mut placer = Placer {
        problem,
        chosen: &sorted,
        ordered,
        amounts: sorted.iter().map(amount).collect(),
        windows: order.iter().map(|place| windows[*place]).collect(),
        largest: timetable.capacities.iter().copied().max().unwrap_or(0),
        capacities: &timetable.capacities,
        places: Vec::with_capacity(chosen.len()),
        nodes,
    };
    Ok(match placer.place() {
        Some(true) => {
            let mut places = vec![(0, 0); chosen.len()];
            order.iter().zip(&placer.places).for_each(|(place, own)| places[*place] = *own);
            Scheduled::Placed(places)
        }
        Some(false) => Scheduled::Impossible,
        None => Scheduled::LimitReached,
    })
}

/// Makes each window begin no sooner than what the module asks for may be there; whether none is empty.
fn narrow(problem: &Problem, chosen: &[usize], windows: &mut [(usize, usize)]) -> bool {
    loop {
        let mut has_moved = false;
        for place in 0..chosen.len() {
            for &(topic, level) in &problem.modules[chosen[place]].requires {
                if problem.start_of(topic) >= level {
                    continue;
                }
                let brings = |other: &usize| {
                    let teaches = &problem.modules[chosen[*other]].teaches;
                    *other != place && teaches.iter().any(|(own, to)| *own == topic && *to >= level)
                };
                let soonest = (0..chosen.len()).filter(brings).map(|other| windows[other].0).min();
                match soonest {
                    None => return false,
                    Some(soonest) if soonest > windows[place].0 => {
                        windows[place].0 = soonest;
                        has_moved = true;
                    }
                    Some(_) => {}
                }
            }
            if windows[place].0 > windows[place].1 {
                return false;
            }
        }
        if !has_moved {
            return true;
        }
    }
}

struct Placer<'p> {
    problem: &'p Problem,
    chosen: &'p [usize],
    ordered: bool,
    amounts: Vec<u32>,
    windows: Vec<(usize, usize)>,
    largest: u32,
    capacities: &'p [u32],
    /// First and last period of the first modules in the order of placing.
    places: Vec<(usize, usize)>,
    nodes: u64,
}

impl Placer<'_> {
    /// Whether the modules left can be placed, the earliest and the shortest places first; nothing when the search was
    /// stopped.
    fn place(&mut self) -> Option<bool> {
        self.nodes = self.nodes.checked_sub(1)?;
        let module = self.places.len();
        if module == self.chosen.len() {
            return Some(!self.ordered || self.has_order());
        }
        let (from, to) = self.windows[module];
        let end = to.saturating_add(1).min(self.capacities.len());
        for first in from..end {
            let is_long = self.amounts[module] > self.largest;
            for last in first..if is_long { end } else { first + 1 } {
                self.places.push((first, last));
                let done = match self.may_hold(module) {
                    true => self.place(),
                    false => Some(false),
                };
                if done != Some(false) {
                    return done;
                }
                self.places.pop();
            }
        }
        Some(false)
    }

    /// Whether the modules placed fit, and the last one may find what it asks for.
    fn may_hold(&self, module: usize) -> bool {
        let first = self.places[module].0;
        let requires = &self.problem.modules[self.chosen[module]].requires;
        let may_be_met = |&(topic, level): &(usize, u8)| {
            self.problem.start_of(topic) >= level
                || (0..self.chosen.len()).any(|other| {
                    other != module
                        && self.brings(other, topic, level)
                        && self.places.get(other).is_none_or(|(_, last)| *last <= first)
                })
        };
        (!self.ordered || requires.iter().all(may_be_met)) && self.has_room()
    }

    fn brings(&self, module: usize, topic: usize, level: u8) -> bool {
        self.problem.modules[self.chosen[module]]
            .teaches
            .iter()
            .any(|(own, to)| *own == topic && *to >= level)
    }

    /// Whether the modules placed fit in their periods: those of one period whole, the longer ones in what is left, the
    /// earliest end first.
    fn has_room(&self) -> bool {
        let mut left: Vec<u64> = self.capacities.iter().map(|capacity| u64::from(*capacity)).collect();
        let mut long: Vec<usize> = Vec::new();
        for (module, (first, _)) in self.places.iter().enumerate() {
            let amount = u64::from(self.amounts[module]);
            if self.amounts[module] > self.largest {
                long.push(module);
                continue;
            }
            match left[*first].checked_sub(amount) {
                Some(rest) => left[*first] = rest,
                None => return false,
            }
        }
        let mut rest: Vec<u64> = self.amounts.iter().map(|amount| u64::from(*amount)).collect();
        long.sort_by_key(|module| self.places[*module].1);
        for (period, room) in left.iter_mut().enumerate() {
            for module in &long {
                let (first, last) = self.places[*module];
                if (first..=last).contains(&period) {
                    let taken = rest[*module].min(*room);
                    rest[*module] -= taken;
                    *room -= taken;
                }
            }
        }
        long.iter().all(|module| rest[*module] == 0)
    }

    /// Whether modules can follow one another: each enters once others that end no later than it begins have brought what it
    /// asks for.
    fn has_order(&self) -> bool {
        let mut left: Vec<usize> = (0..self.chosen.len()).collect();
        let mut entered: Vec<usize> = Vec::new();
        loop {
            let before = left.len();
            let (ready, waiting): (Vec<usize>, Vec<usize>) = left.into_iter().partition(|module| {
                let first = self.places[*module].0;
                self.problem.modules[self.chosen[*module]].requires.iter().all(|&(topic, level)| {
                    let is_in_time = |other: &usize| self.places[*other].1 <= first;
                    self.problem.start_of(topic) >= level
                        || entered
                            .iter()
                            .filter(|other| is_in_time(other))
                            .any(|other| self.brings(*other, topic, level))
                })
            });
            entered.extend(ready);
            left = waiting;
            if left.is_empty() || left.len() == before {
                return left.is_empty();
            }
        }
    }
}
