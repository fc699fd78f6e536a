//! Modules into periods, all of them, so that the busiest period is as light as it can be: the balanced academic
//! curriculum (Castro and Manzano, « Variable and value ordering when solving balanced academic curriculum problems »,
//! 2001; CSPLib, problem 30). Absent: which modules to take (see `search`).
//!
//! For a load that no period may exceed, each course has a first and a last period by what must come before and after it;
//! courses are placed one by one, the one with the fewest periods left first. The load grows from the least that sums
//! and chains allow until a placing exists; each lower load is proven impossible, or the search says that it is not.

use crate::problem::Error;

/// Most courses.
const COURSES_MAX: usize = 10_000;
/// Most periods.
const PERIODS_MAX: usize = 1_000;

/// A course to place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    /// What it adds to the load of its period.
    pub load: u32,
    /// Courses of earlier periods.
    pub after: Vec<usize>,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balance {
    /// Courses, all of which are placed.
    pub courses: Vec<Course>,
    /// How many periods there are.
    pub periods: usize,
    /// Least and most load of a period.
    pub load: (u32, u32),
    /// Least and most courses of a period.
    pub count: (usize, usize),
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Balanced {
    /// Period of each course, from 0, and the load of the busiest one, which is the least possible.
    Optimal(Vec<usize>, u32),
    /// A placing, and a load under which none is known to be impossible.
    Feasible(Vec<usize>, u32, u32),
    /// No placing keeps to the limits.
    Impossible,
    /// The search was stopped before any placing was found.
    LimitReached,
}

/// Places the courses; `steps` bounds the placements tried for each load.
///
/// # Errors
/// When a course names one that does not exist, or there is too much of something.
pub fn balance(problem: &Balance, steps: u64) -> Result<Balanced, Error> {
    let Balance { courses, periods, load, .. } = problem;
    if courses.len() > COURSES_MAX {
        return Err(Error::TooMany("courses", COURSES_MAX));
    }
    if *periods > PERIODS_MAX {
        return Err(Error::TooMany("periods", PERIODS_MAX));
    }
    if let Some(unknown) =
        courses.iter().flat_map(|course| &course.after).find(|other| **other >= courses.len())
    {
        return Err(Error::Unknown("course", *unknown));
    }
    let Some(order) = order(courses) else { return Ok(Balanced::Impossible) };
    let sum: u64 = courses.iter().map(|course| u64::from(course.load)).sum();
    let largest = courses.iter().map(|course| course.load).max().unwrap_or(0);
    let least =
        u32::try_from(sum.div_ceil((*periods).max(1) as u64)).unwrap_or(u32::MAX).max(largest).max(load.0);
    let mut unproven = None;
    for most in least..=load.1 {
        let mut placing = Placing::new(problem, &order, most, steps);
        match placing.search() {
            Found::Placed => {
                let placed = placing.periods_of();
                let busiest = busiest(problem, &placed);
                return Ok(match unproven {
                    None => Balanced::Optimal(placed, busiest),
                    Some(bound) => Balanced::Feasible(placed, busiest, bound),
                });
            }
            Found::Impossible => {}
            Found::Stopped => {
                unproven.get_or_insert(most);
            }
        }
    }
    Ok(if unproven.is_some() { Balanced::LimitReached } else { Balanced::Impossible })
}

fn busiest(problem: &Balance, periods: &[usize]) -> u32 {
    let mut loads = vec![0; problem.periods];
    for (course, period) in problem.courses.iter().zip(periods) {
        loads[*period] += course.load;
    }
    loads.into_iter().max().unwrap_or(0)
}

/// Courses, each after those that must come before it; nothing when they form a ring.
fn order(courses: &[Course]) -> Option<Vec<usize>> {
    let mut is_placed = vec![false; courses.len()];
    let mut order = Vec::with_capacity(courses.len());
    while order.len() < courses.len() {
        let before = order.len();
        for (number, course) in courses.iter().enumerate() {
            if !is_placed[number] && course.after.iter().all(|other| is_placed[*other]) {
                is_placed[number] = true;
                order.push(number);
            }
        }
        if order.len() == before {
            return None;
        }
    }
    Some(order)
}

enum Found {
    Placed,
    Impossible,
    Stopped,
}

/// A search for a placing under a load.
struct Placing<'p> {
    problem: &'p Balance,
    order: &'p [usize],
    most: u32,
    /// First and last period of each course.
    windows: Vec<(usize, usize)>,
    loads: Vec<u32>,
    counts: Vec<usize>,
    is_placed: Vec<bool>,
    steps: u64,
}

impl<'p> Placing<'p> {
    fn new(problem: &'p Balance, order: &'p [usize], most: u32, steps: u64) -> Self {
        let courses = problem.courses.len();
        let windows = vec![(0, problem.periods.saturating_sub(1)); courses];
        let (loads, counts) = (vec![0; problem.periods], vec![0; problem.periods]);
        Self { problem, order, most, windows, loads, counts, is_placed: vec![false; courses], steps }
    }

    fn periods_of(&self) -> Vec<usize> {
        self.windows.iter().map(|window| window.0).collect()
    }

    /// Narrows the windows by what comes before and after; false when one is empty.
    fn narrow(&mut self) -> bool {
        for number in self.order {
            for other in &self.problem.courses[*number].after {
                let first = self.windows[*other].0 + 1;
                let window = &mut self.windows[*number];
                window.0 = window.0.max(first);
            }
        }
        for number in self.order.iter().rev() {
            let last = self.windows[*number].1;
            for other in &self.problem.courses[*number].after {
                let Some(before) = last.checked_sub(1) else { return false };
                let window = &mut self.windows[*other];
                window.1 = window.1.min(before);
            }
        }
        self.windows.iter().all(|(first, last)| first <= last)
    }

    /// Whether a course may go in a period.
    fn fits(&self, course: usize, period: usize) -> bool {
        self.loads[period] + self.problem.courses[course].load <= self.most
            && self.counts[period] < self.problem.count.1
    }

    /// Whether what is left to place can still give each period what it needs at least.
    fn may_fill(&self) -> bool {
        let left = || (0..self.is_placed.len()).filter(|course| !self.is_placed[*course]);
        (0..self.problem.periods).all(|period| {
            let may = || {
                left().filter(|course| (self.windows[*course].0..=self.windows[*course].1).contains(&period))
            };
            let load: u32 = may().map(|course| self.problem.courses[course].load).sum();
            self.loads[period] + load >= self.problem.load.0
                && self.counts[period] + may().count() >= self.problem.count.0
        })
    }

    fn search(&mut self) -> Found {
        if self.problem.periods == 0 {
            return if self.problem.courses.is_empty() { Found::Placed } else { Found::Impossible };
        }
        if !self.narrow() || !self.may_fill() {
            return Found::Impossible;
        }
        let left = (0..self.is_placed.len()).filter(|course| !self.is_placed[*course]);
        let width = |course: &usize| {
            let (first, last) = self.windows[*course];
            let periods = (first..=last).filter(|period| self.fits(*course, *period)).count();
            (periods, std::cmp::Reverse(self.problem.courses[*course].load))
        };
        let Some(course) = left.min_by_key(width) else {
            let holds = |period: usize| {
                self.loads[period] >= self.problem.load.0 && self.counts[period] >= self.problem.count.0
            };
            return if (0..self.problem.periods).all(holds) { Found::Placed } else { Found::Impossible };
        };
        let (first, last) = self.windows[course];
        let mut periods: Vec<usize> = (first..=last).filter(|period| self.fits(course, *period)).collect();
        // The lightest period first keeps room everywhere.
        periods.sort_by_key(|period| (self.loads[*period], *period));
        for period in periods {
            let Some(steps) = self.steps.checked_sub(1) else { return Found::Stopped };
            self.steps = steps;
            let kept = self.windows.clone();
            self.windows[course] = (period, period);
            self.is_placed[course] = true;
            self.loads[period] += self.problem.courses[course].load;
            self.counts[period] += 1;
            match self.search() {
                Found::Impossible => {}
                other => return other,
            }
            self.windows = kept;
            self.is_placed[course] = false;
            self.loads[period] -= self.problem.courses[course].load;
            self.counts[period] -= 1;
        }
        Found::Impossible
    }
}
