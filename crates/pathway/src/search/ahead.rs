//! Two parts of the search looked at at once: the second one ahead of its turn, by a thread that has nothing to do, as if the
//! first found nothing better. When it did, what was seen ahead is thrown away and looked at again: the answer, and the parts
//! counted, are those of one thread. Absent: the search itself (see `search`).

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use rayon::{ThreadPool, ThreadPoolBuilder, join_context};

use super::{Best, Search, Settings};
use crate::bound::{Bounder, Goal, Node};
use crate::model::Model;

/// Parts that one thread looks at first: most searches end before.
const ALONE: u64 = 100;
/// Room of a thread for the parts inside parts, in bytes.
const STACK_BYTES: usize = 16 << 20;

/// What the threads of a search share.
pub(super) struct Team<'m> {
    model: &'m Model,
    /// Items that bring nothing of worth by themselves: they only open others.
    pub(super) keys: Vec<u32>,
    threads: usize,
    /// Made for the first search that is long enough; nothing when the system refuses.
    pool: OnceLock<Option<ThreadPool>>,
    rooms: Mutex<Vec<Bounder<'m>>>,
}

impl<'m> Team<'m> {
    pub(super) fn new(model: &'m Model, threads: usize) -> Self {
        let is_key = |item: &u32| {
            let teaches = &model.items[*item as usize].teaches;
            teaches.iter().all(|unit| model.values[*unit as usize] == 0.0)
        };
        let keys = (0..model.items.len() as u32).filter(is_key).collect();
        Self { model, keys, threads, pool: OnceLock::new(), rooms: Mutex::default() }
    }

    /// The threads of a search that has looked at so many parts alone; nothing when it goes on alone.
    pub(super) fn pool(&self, nodes: u64) -> Option<&ThreadPool> {
        if self.threads < 2 || nodes <= ALONE {
            return None;
        }
        let build =
            || ThreadPoolBuilder::new().num_threads(self.threads).stack_size(STACK_BYTES).build().ok();
        self.pool.get_or_init(build).as_ref()
    }

    fn room(&self) -> Bounder<'m> {
        let kept = self.rooms.lock().unwrap_or_else(PoisonError::into_inner).pop();
        kept.unwrap_or_else(|| Bounder::new(self.model))
    }

    fn keep(&self, room: Bounder<'m>) {
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner).push(room);
    }
}

/// Where a search stands, for another thread to go on from.
struct Standing {
    goal: Goal,
    best: Option<Best>,
    found: u64,
    proven: usize,
    nodes: u64,
    pass_end: u64,
    aim: usize,
    open: f64,
}

impl Standing {
    fn search<'m, 's>(self, team: &'s Team<'m>, settings: Settings<'s>) -> Search<'m, 's> {
        Search {
            model: team.model,
            bounder: team.room(),
            settings,
            team,
            goal: self.goal,
            aim: self.aim,
            best: self.best,
            found: self.found,
            proven: self.proven,
            nodes: self.nodes,
            parts: 0,
            pass_end: self.pass_end,
            is_cut: false,
            is_stopped: false,
            open: self.open,
        }
    }
}

impl Search<'_, '_> {
    /// Looks at two parts at once, each with its discrepancies; whether the second one is done, as it would have been in its turn.
    pub(super) fn explore_both(
        &mut self,
        pool: &ThreadPool,
        first: Node,
        second: &Node,
        depth: usize,
        [now, later]: [u32; 2],
    ) -> bool {
        let (standing, team, settings) = (self.standing(), self.team, self.settings);
        let (start, found) = (self.nodes, self.found);
        let is_vain = AtomicBool::new(false);
        let stop = || is_vain.load(Ordering::Relaxed) || (settings.stop)();
        let (is_same, twin) = pool.install(|| {
            join_context(
                |_| {
                    self.explore(first, depth, now);
                    let is_same = !self.is_stopped && self.found == found;
                    is_vain.store(!is_same, Ordering::Relaxed);
                    is_same
                },
                // Nobody took it: it is looked at in its turn.
                |context| {
                    context.migrated().then(|| {
                        let mut twin = standing.search(team, Settings { stop: &stop, ..settings });
                        twin.explore(second.clone(), depth, later);
                        twin
                    })
                },
            )
        });
        let Some(twin) = twin else { return false };
        let nodes = self.nodes + (twin.nodes - start);
        let is_whole = is_same && !twin.is_stopped && nodes <= self.pass_end.min(self.settings.nodes);
        if is_whole {
            (self.nodes, self.parts) = (nodes, self.parts + twin.parts);
            self.is_cut |= twin.is_cut;
            if twin.found != found {
                (self.best, self.goal, self.found) = (twin.best, twin.goal, twin.found);
            }
        }
        team.keep(twin.bounder);
        is_whole
    }

    fn standing(&self) -> Standing {
        Standing {
            goal: self.goal.clone(),
            best: self.best.clone(),
            found: self.found,
            proven: self.proven,
            nodes: self.nodes,
            pass_end: self.pass_end,
            aim: self.aim,
            open: self.open,
        }
    }
}
