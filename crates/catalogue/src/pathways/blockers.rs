//! Whether a level can be reached at all, and the smallest set of obstacles that keeps it from being: reachability is
//! worked out again with each set lifted. Absent: time and money taken together (see the search).

use super::answer::{Reason, Way};
use super::offered::{Limits, Obstacle, Obstacles, Offered, OfferedSet, topic};
use crate::persona::{Circumstances, Persona};
use crate::vocabulary::{Competence, Level};

/// Number of topics: positions of competences are under it.
const TOPICS: usize = 64;

/// The levels that a persona has to gain, in the order of her needs, lowest first.
pub fn wanted_levels(own: &Persona) -> impl Iterator<Item = (Competence, Level)> + '_ {
    own.needs.iter().flat_map(|need| need.levels().map(|level| (need.competence, level)))
}

/// What can be reached, whatever the time and the money.
pub struct Reach<'s> {
    set: &'s OfferedSet,
    limits: Limits,
    start: [u8; TOPICS],
}

impl<'s> Reach<'s> {
    /// From the levels of a persona already in her case.
    pub fn new(set: &'s OfferedSet, own: &Persona, case: &Circumstances, limits: Limits) -> Self {
        let mut start = [0; TOPICS];
        for (competence, level) in &case.known {
            start[topic(*competence)] = level.number();
        }
        for need in &own.needs {
            let held = &mut start[topic(need.competence)];
            *held = (*held).max(need.from);
        }
        Self { set, limits, start }
    }

    /// Levels held at the start, by topic.
    pub fn start(&self) -> &[u8] {
        &self.start
    }

    /// Levels that can be reached by the trainings that no obstacle keeps out, but for those lifted.
    pub fn levels(&self, lifted: Obstacles) -> [u8; TOPICS] {
        let may_enter = |offered: &&Offered| offered.is_pinned || offered.obstacles.is_within(lifted);
        let mut open: Vec<&Offered> = self.set.all.iter().filter(may_enter).collect();
        let mut levels = self.start;
        loop {
            let before = open.len();
            open.retain(|offered| {
                let is_ready = offered.asks.iter().all(|(topic, level)| levels[*topic] >= *level);
                if is_ready {
                    for (topic, level) in &offered.teaches {
                        levels[*topic] = levels[*topic].max(*level);
                    }
                }
                !is_ready
            });
            if open.len() == before {
                return levels;
            }
        }
    }

    /// Why a level that cannot be reached cannot.
    pub fn why_not(&self, competence: Competence, level: Level) -> Reason {
        let (place, number) = (topic(competence), level.number());
        let teaches =
            |offered: &&Offered| offered.teaches.iter().any(|(own, to)| *own == place && *to >= number);
        let teaching: Vec<&Offered> = self.set.all.iter().filter(teaches).collect();
        if teaching.is_empty() {
            return Reason::Untaught;
        }
        let mut ways: Vec<Way> = Vec::new();
        for set in sets() {
            // Sets come the smallest first.
            if ways.first().is_some_and(|first| first.obstacles.len() < set.len()) {
                break;
            }
            let levels = self.levels(set);
            if levels[place] >= number {
                ways.push(self.way(set, &levels, &teaching));
            }
        }
        if ways.is_empty() {
            return self.entry_lacking(&teaching);
        }
        ways.sort_by_key(|way| std::cmp::Reverse((way.trainings, way.too_dear + way.too_long)));
        Reason::KeptOut { ways, teaching: teaching.len(), limits: self.limits }
    }

    /// What a set of obstacles alone keeps out, once `levels` are reached without it.
    fn way(&self, obstacles: Obstacles, levels: &[u8; TOPICS], teaching: &[&Offered]) -> Way {
        let mut way = Way { obstacles, trainings: 0, too_long: 0, too_dear: 0 };
        let is_over = |taken: u32, most: Option<u32>| most.is_some_and(|most| taken > most);
        for offered in teaching {
            let is_kept = !offered.is_pinned && !offered.obstacles.is_empty();
            let is_ready = offered.asks.iter().all(|(topic, level)| levels[*topic] >= *level);
            if !is_kept || !is_ready || !offered.obstacles.is_within(obstacles) {
                continue;
            }
            if is_over(offered.minutes, self.limits.minutes) {
                way.too_long += 1;
            } else if is_over(offered.cents.unwrap_or(0), self.limits.cents) {
                way.too_dear += 1;
            } else {
                way.trainings += 1;
            }
        }
        way
    }

    /// The entry level that keeps out, although every obstacle is lifted: the first one lacking of the training that lacks
    /// the fewest.
    fn entry_lacking(&self, teaching: &[&Offered]) -> Reason {
        let mut all = Obstacles::default();
        Obstacle::all().for_each(|obstacle| all.insert(obstacle));
        let levels = self.levels(all);
        let lacking = |offered: &&Offered| -> Vec<(usize, u8)> {
            offered.asks.iter().copied().filter(|(topic, level)| levels[*topic] < *level).collect()
        };
        let fewest = teaching.iter().map(lacking).min_by_key(Vec::len).unwrap_or_default();
        let first = fewest.first().and_then(|(topic, level)| Some((*topic, Level::new(*level)?)));
        match first {
            Some((topic, level)) => {
                Reason::Entry { competence: crate::vocabulary::Code::at(topic as u8), level }
            }
            None => Reason::Untaught,
        }
    }
}

/// Sets of obstacles, the smallest first, those of equal size in the order of the page.
fn sets() -> Vec<Obstacles> {
    let all: Vec<Obstacle> = Obstacle::all().collect();
    let of = |bits: u32| {
        let mut set = Obstacles::default();
        all.iter()
            .enumerate()
            .filter(|(place, _)| bits >> place & 1 == 1)
            .for_each(|(_, one)| set.insert(*one));
        set
    };
    let mut bits: Vec<u32> = (1..1 << all.len()).collect();
    bits.sort_by_key(|bits| (bits.count_ones(), *bits));
    bits.into_iter().map(of).collect()
}
