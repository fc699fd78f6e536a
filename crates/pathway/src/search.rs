//! The search: coverage first, then each aim in turn, each proven or given with what is known of it. Depth first, on
//! units to have or not, then on the items that bring those that must be had (Land and Doig, « An automatic method of
//! solving discrete programming problems », Econometrica 28, 1960).
//! Absent: bounds (see `bound`), first choices (see `beam`), threads (see `ahead`).

mod ahead;

use crate::beam;
use crate::bound::{Bounder, FREE, Goal, IN, Known, Node, OUT, SLACK};
use crate::model::{Model, divisor};
use crate::problem::{Error, Problem};
use crate::reduce::reduce;
use ahead::Team;

/// Steps of a bound: at the start, near it, deeper.
const STEPS: [u32; 3] = [600, 60, 15];
/// Units tried before one is chosen, down to which depth, with so many steps.
const PROBED: usize = 4;
const PROBED_DEPTH: usize = 40;
const PROBE_STEPS: u32 = 5;
/// How deep « near the start » is.
const NEAR: usize = 6;
/// How often relaxed choices take an item that only opens others, for the search to begin with it.
const OPENING_SHARE: f64 = 0.01;
/// Passes before the whole search for coverage, which end soon: how many parts each looks at, and how often it may leave the more
/// promising branch. They find good choices that the whole search meets late (limited discrepancy search: Harvey and
/// Ginsberg, IJCAI 1995); the first one is the whole search itself, for what it settles soon.
const PASSES: [Pass; 3] = [
    Pass { nodes: 2_000, discrepancies: u32::MAX },
    Pass { nodes: 500, discrepancies: 1 },
    Pass { nodes: 3_000, discrepancies: 4 },
];

/// How long a search may last.
#[derive(Clone, Copy)]
pub struct Settings<'s> {
    /// Most parts of the search looked at, for each aim.
    pub nodes: u64,
    /// How many threads look at parts at once; the answer does not depend on it.
    pub threads: usize,
    /// Asked at each part; `true` stops the search.
    pub stop: &'s (dyn Fn() -> bool + Sync),
}

impl Default for Settings<'_> {
    fn default() -> Self {
        Self { nodes: 2_000_000, threads: 1, stop: &|| false }
    }
}

/// A choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Modules, each after those that bring what it asks for.
    pub chosen: Vec<usize>,
    /// Weight of the levels gained.
    pub coverage: u64,
    /// What it costs, by aim.
    pub costs: Vec<u64>,
    /// How many aims are proven to be the best, the coverage counted first: 0 when even that is not.
    pub proven: usize,
}

/// What a search ends with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The best there is, by all aims.
    Optimal(Plan),
    /// A choice; no other one has more coverage than the bound.
    Feasible {
        /// The best one found.
        plan: Plan,
        /// Most coverage that any choice may have.
        bound: u64,
    },
    /// No set keeps to the limits with all that must be taken.
    Infeasible,
    /// The search was stopped before any choice was found.
    LimitReached {
        /// Most coverage that any choice may have.
        bound: u64,
    },
}

/// What a search ends with, and how much it took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Searched {
    /// What it ends with.
    pub outcome: Outcome,
    /// Parts looked at, over all aims, as one thread would.
    pub parts: u64,
}

/// Finds the best choice.
///
/// # Errors
/// When the problem makes no sense.
pub fn solve(problem: &Problem, settings: Settings) -> Result<Outcome, Error> {
    search(problem, settings).map(|searched| searched.outcome)
}

/// Finds the best choice, and says how many parts were looked at.
///
/// # Errors
/// When the problem makes no sense.
pub fn search(problem: &Problem, settings: Settings) -> Result<Searched, Error> {
    problem.validate()?;
    let Some(model) = reduce(problem) else {
        return Ok(Searched { outcome: Outcome::Infeasible, parts: 0 });
    };
    let team = Team::new(&model, settings.threads);
    let mut search = Search::new(&model, settings, &team);
    search.run();
    Ok(Searched { parts: search.parts, outcome: search.outcome() })
}

/// Two parts, with an item and without it.
fn on_item(node: Node, item: u32) -> (Node, Node) {
    let (mut with, mut without) = (node.clone(), node);
    with.items[item as usize] = IN;
    without.items[item as usize] = OUT;
    (with, without)
}

/// A part of the search's work.
#[derive(Clone, Copy)]
struct Pass {
    nodes: u64,
    discrepancies: u32,
}

/// The best known choice.
#[derive(Clone)]
struct Best {
    set: Vec<u32>,
    coverage: u64,
    costs: Vec<u64>,
}

struct Search<'m, 's> {
    model: &'m Model,
    bounder: Bounder<'m>,
    settings: Settings<'s>,
    team: &'s Team<'m>,
    goal: Goal,
    /// Aim under way: 0 for coverage.
    aim: usize,
    best: Option<Best>,
    /// How many choices were each the best one so far.
    found: u64,
    proven: usize,
    /// Parts looked at for the aim under way, and for all of them.
    nodes: u64,
    parts: u64,
    /// Where the pass under way ends, counted in nodes.
    pass_end: u64,
    /// Whether the pass under way left something out.
    is_cut: bool,
    is_stopped: bool,
    /// Most coverage of the parts that were left.
    open: f64,
}

impl<'m, 's> Search<'m, 's> {
    fn new(model: &'m Model, settings: Settings<'s>, team: &'s Team<'m>) -> Self {
        let goal = Goal { beat: -model.step, most: vec![f64::INFINITY; model.aims] };
        let bounder = Bounder::new(model);
        Self {
            model,
            bounder,
            settings,
            team,
            goal,
            aim: 0,
            best: None,
            found: 0,
            proven: 0,
            nodes: 0,
            parts: 0,
            pass_end: u64::MAX,
            is_cut: false,
            is_stopped: false,
            open: f64::NEG_INFINITY,
        }
    }

    fn run(&mut self) {
        self.offer(&[]);
        let mut root = Node::root(self.model);
        let Known::Open { most, .. } = self.bounder.bound(&mut root, &self.goal, STEPS[0]) else {
            // Nothing fits with what must be taken, or nothing is to be gained.
            self.proven = usize::from(self.best.is_some());
            return self.refine(&Node::root(self.model));
        };
        for set in beam::first(self.model, &root) {
            self.offer(&set);
        }
        self.cover(&root);
        if self.is_stopped || self.best.is_none() {
            self.open = self.open.min(most);
            return;
        }
        self.proven = 1;
        self.refine(&root);
    }

    /// Takes the aims in turn: none of the coverage found may be lost for them.
    fn refine(&mut self, root: &Node) {
        let Some(coverage) = self.best.as_ref().map(|best| best.coverage) else { return };
        self.goal.beat = coverage as f64 - self.model.step;
        // A pass may have been enough for coverage: it bounds nothing here.
        self.pass_end = u64::MAX;
        for aim in 0..self.model.aims {
            self.aim = aim + 1;
            self.nodes = 0;
            self.tighten();
            let mut node = Node::root(self.model);
            node.multipliers.clone_from(&root.multipliers);
            self.explore(node, 0, u32::MAX);
            if self.is_stopped {
                return;
            }
            self.proven += 1;
            if let Some(best) = &self.best {
                self.goal.most[aim] = best.costs[aim] as f64;
            }
        }
    }

    /// Asks for less of the aim under way than the best known choice costs.
    fn tighten(&mut self) {
        let Some(aim) = self.aim.checked_sub(1) else { return };
        if let Some(best) = &self.best {
            let step = divisor(self.model.items.iter().map(|item| item.costs[aim])).max(1);
            self.goal.most[aim] = best.costs[aim] as f64 - step as f64;
        }
    }

    /// Takes a set if it is within the limits, has an order and is better.
    fn offer(&mut self, set: &[u32]) {
        let (coverage, costs) = (self.model.coverage(set), self.model.costs(set));
        let is_better = self.best.as_ref().is_none_or(|best| {
            (coverage, std::cmp::Reverse(&costs)) > (best.coverage, std::cmp::Reverse(&best.costs))
        });
        if !is_better || !self.model.is_within(set) {
            return;
        }
        let Some(set) = self.model.ordered(set) else { return };
        self.best = Some(Best { set, coverage, costs });
        self.found += 1;
        match self.aim {
            0 => self.goal.beat = coverage as f64,
            _ => self.tighten(),
        }
    }

    /// Looks for more coverage until there is none, by passes and then whole.
    fn cover(&mut self, root: &Node) {
        for pass in PASSES {
            self.pass_end = self.nodes + pass.nodes;
            self.is_cut = false;
            self.explore(root.clone(), 0, pass.discrepancies);
            if self.is_stopped {
                // What a pass leaves out is not in its bounds.
                self.open = f64::INFINITY;
            }
            if self.is_stopped || !self.is_cut {
                return;
            }
        }
        self.pass_end = u64::MAX;
        self.explore(root.clone(), 0, u32::MAX);
    }

    fn explore(&mut self, mut node: Node, depth: usize, discrepancies: u32) {
        self.nodes += 1;
        self.parts += 1;
        if self.nodes > self.settings.nodes || (self.settings.stop)() {
            self.is_stopped = true;
        }
        if self.is_stopped {
            // Nothing is known of it; what contains it says more.
            self.open = if depth == 0 { f64::INFINITY } else { self.open };
            return;
        }
        if self.nodes > self.pass_end {
            self.is_cut = true;
            return;
        }
        let steps = STEPS[if depth == 0 {
            0
        } else if depth < NEAR {
            1
        } else {
            2
        }];
        let known = self.bounder.bound(&mut node, &self.goal, steps);
        let Known::Open { most, unit_share, item_share } = known else { return };
        let taken: Vec<u32> =
            (0..node.items.len() as u32).filter(|item| node.items[*item as usize] == IN).collect();
        self.offer(&taken);
        let Some((first, second)) = self.branches(node, depth, &taken, &unit_share, &item_share) else {
            return;
        };
        let later = discrepancies.checked_sub(1);
        let is_whole = match later.zip(self.team.pool(self.nodes)) {
            Some((later, pool)) => self.explore_both(pool, first, &second, depth + 1, [discrepancies, later]),
            None => {
                self.explore(first, depth + 1, discrepancies);
                false
            }
        };
        if !self.is_stopped && !is_whole && self.nodes <= self.pass_end {
            match later {
                Some(later) => self.explore(second, depth + 1, later),
                None => self.is_cut = true,
            }
        }
        if self.is_stopped {
            self.open = self.open.max(most);
        }
    }

    /// Two parts of a part of the search, the more promising first; nothing when all is decided.
    fn branches(
        &mut self,
        node: Node,
        depth: usize,
        taken: &[u32],
        unit_share: &[f64],
        item_share: &[f64],
    ) -> Option<(Node, Node)> {
        let model = self.model;
        let mut has = vec![false; model.values.len()];
        for item in taken {
            model.items[*item as usize].teaches.iter().for_each(|unit| has[*unit as usize] = true);
        }
        // What opens others is decided first: the rest often falls apart then.
        let opens =
            |item: &&u32| node.items[**item as usize] == FREE && item_share[**item as usize] > OPENING_SHARE;
        let share = |item: &u32| item_share[*item as usize];
        let sure = |item: &u32| (share(item) - 0.5).abs();
        let key = self.team.keys.iter().filter(opens).min_by(|a, b| sure(a).total_cmp(&sure(b)));
        if let Some(key) = key.copied() {
            return Some(on_item(node, key));
        }
        let doubt = |unit: &usize| (0.55 - (unit_share[*unit] - 0.5).abs()) * model.values[*unit];
        let is_open = |unit: &usize| !has[*unit] && node.units[*unit] == FREE && model.values[*unit] > 0.0;
        let mut open: Vec<usize> = (0..has.len()).filter(is_open).collect();
        open.sort_by(|a, b| doubt(b).total_cmp(&doubt(a)));
        if !open.is_empty() {
            return Some(self.on_unit(node, &open, unit_share, depth));
        }
        // A unit that must be had, with the fewest items that bring it.
        let suppliers = |unit: usize| {
            model.suppliers[unit]
                .iter()
                .copied()
                .filter(|item| node.items[*item as usize] == FREE)
                .collect::<Vec<u32>>()
        };
        let wanted = (0..has.len()).filter(|unit| !has[*unit] && node.units[*unit] == IN).map(suppliers);
        let items = wanted.min_by_key(Vec::len).unwrap_or_else(|| {
            (0..node.items.len() as u32).filter(|item| node.items[*item as usize] == FREE).collect()
        });
        let item = items.into_iter().max_by(|a, b| share(a).total_cmp(&share(b)))?;
        Some(on_item(node, item))
    }

    /// Two parts, with a unit and without it: the unit for which both are worth the least, as far as a few steps tell.
    fn on_unit(&mut self, node: Node, open: &[usize], unit_share: &[f64], depth: usize) -> (Node, Node) {
        let mut best: Option<(f64, Node, Node)> = None;
        let tried = if depth < PROBED_DEPTH { PROBED } else { 1 };
        for unit in open.iter().take(tried) {
            let part = |status: i8| {
                let mut part = node.clone();
                part.units[*unit] = status;
                part
            };
            let (mut with, mut without) = (part(IN), part(OUT));
            let score = match tried {
                1 => 0.0,
                _ => {
                    let mut fall = |part: &mut Node| match self.bounder.bound(part, &self.goal, PROBE_STEPS) {
                        Known::Closed => f64::INFINITY,
                        Known::Open { most, .. } => -most,
                    };
                    let (a, b) = (fall(&mut with), fall(&mut without));
                    if a == f64::INFINITY || b == f64::INFINITY {
                        f64::INFINITY
                    } else {
                        a.min(b) + 0.2 * a.max(b)
                    }
                }
            };
            if best.as_ref().is_none_or(|(other, ..)| score > *other) {
                let is_likely = unit_share[*unit] >= 0.5;
                best = Some(if is_likely { (score, with, without) } else { (score, without, with) });
            }
            if score == f64::INFINITY {
                break;
            }
        }
        let (_, first, second) = best.expect("there is an open unit");
        (first, second)
    }

    fn outcome(self) -> Outcome {
        let round = |bound: f64| (bound / self.model.step + SLACK).floor().max(0.0) * self.model.step;
        let Some(best) = self.best else {
            return match self.is_stopped {
                true => Outcome::LimitReached { bound: round(self.open) as u64 },
                false => Outcome::Infeasible,
            };
        };
        let chosen = best.set.iter().map(|item| self.model.items[*item as usize].source).collect();
        let plan = Plan { chosen, coverage: best.coverage, costs: best.costs, proven: self.proven };
        if self.proven > self.model.aims {
            return Outcome::Optimal(plan);
        }
        let bound =
            if self.proven > 0 { plan.coverage } else { (round(self.open) as u64).max(plan.coverage) };
        Outcome::Feasible { plan, bound }
    }
}
