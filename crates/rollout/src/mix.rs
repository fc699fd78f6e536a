//! The best mix of channels under a budget: every set of channels is tried, each as a linear program. Absent: where the
//! numbers come from (`fluid`), the check of the answer (`mix_check`).
//!
//! For a set of open channels, x people of each pair are chosen to maximise Σ worth × x, subject to Σ x ≤ size for each
//! group, Σ spending × x ≤ budget − openings, Σ taken × x ≤ stock − openings for each limit. With n channels there are
//! 2^n − 1 sets, at most 255: all are solved, so that the greatest value is a bound for every whole assignment.
//!
//! Whole people come from the vertex that the simplex method ends at. A vertex has at most one basic variable for each
//! row: with G groups and R shared rows, at most R more than one for each group. A group that is wholly given out and has
//! k parts of people loses at most k − 1 whole people when each is rounded down; one that is not (its slack is basic)
//! loses fewer than k. So, all together, rounding down loses at most R people, where R counts the budget and the
//! limits, and at most R × the greatest worth of a person; what is left of the budget is then given out again.

use microlp::{ComparisonOp, OptimizationDirection, Problem};

use crate::error::Error;
use crate::fluid::MixProblem;

/// Relative slack of comparisons of sums.
const SLACK: f64 = 1e-9;

/// Who goes where.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Mix {
    /// Which channels open: those that have someone.
    pub opened: Vec<bool>,
    /// People of each pair of the problem.
    pub people: Vec<u64>,
    /// Worth reached by these whole people.
    pub reached: f64,
    /// People trained, in expectation.
    pub trained: f64,
    /// Spending, openings included.
    pub spending: f64,
    /// Upper bound of the worth of every whole assignment: the greatest value of the linear programs, as exact as the
    /// solver is (limits hold to a ten-millionth of their largest coefficient).
    pub bound: f64,
    /// Whether no assignment is better: the worth is the bound, to within a billionth.
    pub is_proven: bool,
}

impl Mix {
    /// The shares of a group over the channels, as [`crate::Group::shares`] wants them.
    #[must_use]
    pub fn shares(&self, problem: &MixProblem, group: usize) -> Vec<f64> {
        let mut shares = vec![0.0; problem.channels.len()];
        let size = problem.sizes.get(group).copied().unwrap_or(0).max(1) as f64;
        let own = problem.pairs.iter().zip(&self.people).filter(|(pair, _)| pair.group == group);
        for (pair, people) in own {
            shares[pair.channel] += *people as f64 / size;
        }
        shares
    }
}

/// What is left once some channels are open: budget, then each limit.
struct Room {
    open: Vec<bool>,
    budget: f64,
    limits: Vec<f64>,
}

impl Room {
    /// `None` when the openings alone go over.
    fn new(problem: &MixProblem, set: usize) -> Option<Self> {
        let open: Vec<bool> = (0..problem.channels.len()).map(|channel| set >> channel & 1 == 1).collect();
        let mut limits: Vec<f64> = problem.limits.iter().map(|limit| limit.most).collect();
        let mut budget = problem.budget;
        for (channel, _) in problem.channels.iter().zip(&open).filter(|(_, is_open)| **is_open) {
            budget -= channel.spending;
            for (limit, amount) in &channel.takes {
                limits[*limit] -= amount;
            }
        }
        let is_within = |left: f64, most: f64| left >= -SLACK * most.max(1.0);
        let mut limited = limits.iter().zip(&problem.limits);
        if !is_within(budget, problem.budget) || !limited.all(|(left, own)| is_within(*left, own.most)) {
            return None;
        }
        limits.iter_mut().for_each(|left| *left = left.max(0.0));
        Some(Self { open, budget: budget.max(0.0), limits })
    }
}

/// The value of a set of channels and people as fractions, by pair.
fn relaxed(problem: &MixProblem, room: &Room) -> Result<(f64, Vec<f64>), Error> {
    let mut program = Problem::new(OptimizationDirection::Maximize);
    let top = problem.pairs.iter().map(|pair| pair.worth).fold(0.0, f64::max).max(f64::MIN_POSITIVE);
    let variables: Vec<_> = problem
        .pairs
        .iter()
        .map(|pair| {
            let most = if room.open[pair.channel] { problem.sizes[pair.group] as f64 } else { 0.0 };
            program.add_var(pair.worth / top, (0.0, most))
        })
        .collect();
    let mut groups = vec![Vec::new(); problem.sizes.len()];
    let mut limits = vec![Vec::new(); problem.limits.len()];
    let mut budget = Vec::new();
    let pairs = problem.pairs.iter().zip(&variables);
    for (pair, variable) in pairs.filter(|(pair, _)| room.open[pair.channel]) {
        groups[pair.group].push((*variable, 1.0));
        budget.push((*variable, pair.spending));
        for (limit, amount) in &pair.takes {
            limits[*limit].push((*variable, *amount));
        }
    }
    let mut row = |terms: Vec<(microlp::Variable, f64)>, most: f64| {
        // Rows are brought to coefficients of at most 1, so that the solver's absolute tolerance means the same in all.
        let scale = terms.iter().map(|(_, amount)| *amount).fold(0.0, f64::max);
        if scale > 0.0 && most.is_finite() {
            let scaled: Vec<_> = terms.iter().map(|(own, amount)| (*own, amount / scale)).collect();
            program.add_constraint(scaled.as_slice(), ComparisonOp::Le, most / scale);
        }
    };
    for (terms, size) in groups.into_iter().zip(&problem.sizes) {
        row(terms, *size as f64);
    }
    for (terms, most) in limits.into_iter().zip(&room.limits) {
        row(terms, *most);
    }
    row(budget, room.budget);
    let outcome = program.solve().map_err(|_| Error::Solver)?;
    let solution = outcome.into_solution().map_err(|_| Error::Solver)?;
    let people = variables.iter().map(|variable| solution.var_value(*variable)).collect();
    Ok((solution.objective() * top, people))
}

/// Whole people within the room, and what is left of it.
struct Whole<'problem> {
    problem: &'problem MixProblem,
    room: Room,
    left: Vec<u64>,
    people: Vec<u64>,
}

impl<'problem> Whole<'problem> {
    fn new(problem: &'problem MixProblem, room: Room) -> Self {
        let people = vec![0; problem.pairs.len()];
        Self { problem, room, left: problem.sizes.clone(), people }
    }

    /// How many more of a pair there is room for.
    fn most(&self, pair: usize) -> u64 {
        let own = &self.problem.pairs[pair];
        if !self.room.open[own.channel] {
            return 0;
        }
        let fit = |room: f64, amount: f64, whole: f64| {
            let slack = SLACK * whole.max(1.0);
            if amount <= 0.0 || room == f64::INFINITY {
                return u64::MAX;
            }
            ((room + slack) / amount).max(0.0) as u64
        };
        let budget = fit(self.room.budget, own.spending, self.problem.budget);
        let limits = own
            .takes
            .iter()
            .map(|(limit, amount)| fit(self.room.limits[*limit], *amount, self.problem.limits[*limit].most));
        limits.fold(self.left[own.group].min(budget), u64::min)
    }

    /// Adds as many of a pair as there is room for, at most `wanted`.
    fn add(&mut self, pair: usize, wanted: u64) {
        let count = self.most(pair).min(wanted);
        let own = &self.problem.pairs[pair];
        self.left[own.group] -= count;
        self.people[pair] += count;
        self.room.budget -= count as f64 * own.spending;
        for (limit, amount) in &own.takes {
            self.room.limits[*limit] -= count as f64 * amount;
        }
    }

    /// The vertex rounded down, then what is left given out, the greatest worth of a person first.
    fn fill(&mut self, vertex: &[f64]) {
        for (pair, value) in vertex.iter().enumerate() {
            self.add(pair, (value.max(0.0) + 1e-6).floor() as u64);
        }
        let mut order: Vec<usize> = (0..self.people.len()).collect();
        let worth = |pair: usize| self.problem.pairs[pair].worth;
        order.sort_by(|one, other| worth(*other).total_cmp(&worth(*one)));
        for pair in order.into_iter().filter(|pair| self.problem.pairs[*pair].worth > 0.0) {
            self.add(pair, u64::MAX);
        }
    }
}

fn told(problem: &MixProblem, people: Vec<u64>) -> Mix {
    let mut mix = Mix { opened: vec![false; problem.channels.len()], ..Mix::default() };
    for (pair, count) in problem.pairs.iter().zip(&people).filter(|(_, count)| **count > 0) {
        mix.opened[pair.channel] = true;
        mix.reached += *count as f64 * pair.worth;
        mix.trained += *count as f64 * pair.trained;
        mix.spending += *count as f64 * pair.spending;
    }
    let opened = problem.channels.iter().zip(&mix.opened).filter(|(_, is_open)| **is_open);
    mix.spending += opened.map(|(channel, _)| channel.spending).sum::<f64>();
    mix.people = people;
    mix
}

/// The best mix found, and a bound for every other.
///
/// # Errors
/// [`Error::Refused`] for a problem that makes no sense, [`Error::Solver`] for a numerical failure.
pub fn best_mix(problem: &MixProblem) -> Result<Mix, Error> {
    problem.check()?;
    let mut sets = Vec::new();
    for set in 1..1_usize << problem.channels.len() {
        if let Some(room) = Room::new(problem, set) {
            let (value, vertex) = relaxed(problem, &room)?;
            sets.push((value, vertex, room));
        }
    }
    sets.sort_by(|(one, ..), (other, ..)| other.total_cmp(one));
    let bound = sets.first().map_or(0.0, |(value, ..)| *value);
    let mut best = told(problem, vec![0; problem.pairs.len()]);
    for (value, vertex, room) in sets {
        if value <= best.reached {
            break;
        }
        let mut whole = Whole::new(problem, room);
        whole.fill(&vertex);
        let mix = told(problem, whole.people);
        if mix.reached > best.reached {
            best = mix;
        }
    }
    best.bound = bound.max(best.reached);
    best.is_proven = best.bound - best.reached <= SLACK * best.bound.max(1.0);
    Ok(best)
}
