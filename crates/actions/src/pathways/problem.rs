//! What the offer allows, as a problem of the engine: minutes and cents as resources, competences as topics. Absent: what
//! may enter (see `catalogue::pathways`).

use catalogue::Snapshot;
use catalogue::pathways::Basis;
use catalogue::pathways::{
    Bill, Limits, Offered, OfferedSet, PathwayError, PathwayRequest, Preference, Reach, UNSTATED_MINUTES,
    topic,
};
use catalogue::persona::Persona;
use pathway::{Aim, Amount, Module, Need, Problem, Resource, TOPICS_MAX};

/// Number of topics: positions of competences are under it.
const TOPICS: usize = 64;
/// What a weight of 1 is for the engine, which counts in whole numbers.
pub(super) const WEIGHT: f64 = 1000.0;
/// Modules from which an offer is large.
const LARGE: usize = 2_000;
/// How many others must replace a module, beside one, for it to be left aside: an explanation asks what there is without one.
const SPARES: usize = 2;
/// The resource of minutes.
pub(super) const MINUTES: usize = 0;
/// The resource of cents.
pub(super) const CENTS: usize = 1;

/// What is asked of the engine, and what its numbers stand for.
pub(super) struct Question<'s> {
    pub snapshot: &'s Snapshot,
    /// The persona, in her case.
    pub own: Persona,
    pub request: &'s PathwayRequest,
    pub set: OfferedSet,
    /// For each module of the problem, its place in the set.
    pub entering: Vec<usize>,
    pub limits: Limits,
    pub problem: Problem,
}

impl<'s> Question<'s> {
    pub fn new(
        snapshot: &'s Snapshot,
        persona: &Persona,
        request: &'s PathwayRequest,
    ) -> Result<Self, PathwayError> {
        let own = request.of(persona);
        let set = snapshot.offered(&own, request);
        if let Some(id) = set.unknown.first() {
            return Err(PathwayError::UnknownTraining(id.clone()));
        }
        if let Some(id) = set.idle.first() {
            return Err(PathwayError::Idle(id.clone()));
        }
        let entering: Vec<usize> = (0..set.all.len()).filter(|place| set.all[*place].may_enter()).collect();
        let limits = Limits::of(&own, request);
        let start = Reach::new(&set, &own, &request.case, limits).start().to_vec();
        let modules: Vec<Module> = entering.iter().map(|place| module(&set.all[*place])).collect();
        let pinned = (0..entering.len()).filter(|module| set.all[entering[*module]].is_pinned).collect();
        let needs = own.needs.iter().map(|need| Need {
            topic: topic(need.competence),
            to: need.to.number(),
            weight: weight(need.weight),
        });
        let problem = Problem {
            topics: TOPICS,
            start,
            needs: needs.collect(),
            resources: vec![
                Resource { most: limits.minutes, z: 0.0 },
                Resource { most: limits.cents, z: 0.0 },
            ],
            most_modules: limits.steps.map(usize::from),
            pinned,
            aims: aims(&set, &entering, limits.preference),
            modules,
            ..Problem::default()
        };
        let mut question = Self { snapshot, own, request, set, entering, limits, problem };
        question.ask_in_time();
        Ok(question)
    }

    /// Of a large offer, leaves aside what several others replace: questions are asked a hundred times of what is left. Where
    /// some have windows, one may be there when what replaces it is not.
    pub fn thin(&mut self) -> Result<(), PathwayError> {
        let has_windows = (0..self.problem.modules.len()).any(|module| self.offered(module).window.is_some());
        if self.problem.modules.len() < LARGE || has_windows {
            return Ok(());
        }
        let kept = pathway::with_spares(&self.problem, SPARES)
            .map_err(|error| PathwayError::TooLarge(error.to_string()))?;
        self.entering = kept.iter().map(|module| self.entering[*module]).collect();
        self.problem.modules =
            kept.iter().map(|module| std::mem::take(&mut self.problem.modules[*module])).collect();
        let is_pinned = |module: &usize| self.set.all[self.entering[*module]].is_pinned;
        self.problem.pinned = (0..self.entering.len()).filter(is_pinned).collect();
        self.problem.aims = aims(&self.set, &self.entering, self.limits.preference);
        Ok(())
    }

    /// What a training with a window asks for is brought by those that may end before the window does: others do not count.
    /// Each such requirement becomes a topic of its own, which they bring.
    fn ask_in_time(&mut self) {
        for module in 0..self.problem.modules.len() {
            let Some((_, last)) = self.offered(module).window else { continue };
            for place in 0..self.problem.modules[module].requires.len() {
                let (topic, level) = self.problem.modules[module].requires[place];
                let brings = |own: &usize| {
                    let teaches = &self.problem.modules[*own].teaches;
                    teaches.iter().any(|(other, to)| *other == topic && *to >= level)
                };
                let is_in_time =
                    |own: &usize| self.offered(*own).window.is_none_or(|(first, _)| first <= last);
                let (in_time, late): (Vec<usize>, Vec<usize>) =
                    (0..self.problem.modules.len()).filter(brings).partition(is_in_time);
                let is_met = self.problem.start_of(topic) >= level;
                if is_met || late.is_empty() || self.problem.topics >= TOPICS_MAX {
                    continue;
                }
                let own = self.problem.topics;
                self.problem.topics += 1;
                self.problem.start.push(0);
                in_time.iter().for_each(|other| self.problem.modules[*other].teaches.push((own, 1)));
                self.problem.modules[module].requires[place] = (own, 1);
            }
        }
    }

    /// What a module of the problem stands for.
    pub fn offered(&self, module: usize) -> &Offered {
        &self.set.all[self.entering[module]]
    }

    /// What is reached, whatever the time and the money.
    pub fn reach(&self) -> Reach<'_> {
        Reach::new(&self.set, &self.own, &self.request.case, self.limits)
    }

    /// What a set of modules takes.
    pub fn bill(&self, chosen: &[usize]) -> Bill {
        let mut bill = Bill::default();
        for offered in chosen.iter().map(|module| self.offered(*module)) {
            bill.minutes += u64::from(offered.minutes);
            bill.central_minutes += u64::from(offered.central_minutes);
            match offered.basis {
                Basis::Stated => bill.stated_minutes += u64::from(offered.minutes),
                Basis::Estimated => bill.estimated += 1,
                Basis::Unknown => bill.unknown_durations += 1,
            }
            match offered.cents {
                Some(cents) => bill.cents += u64::from(cents),
                None => bill.unknown_prices += 1,
            }
        }
        bill
    }

    /// Number of the deciding facts that no source states.
    pub fn unstated(&self, chosen: &[usize]) -> i64 {
        chosen.iter().map(|module| i64::from(self.offered(*module).unstated)).sum()
    }

    /// Levels held at the end, by topic.
    pub fn levels(&self, chosen: &[usize]) -> Vec<u8> {
        let mut levels = self.problem.start.clone();
        for module in chosen {
            for (topic, level) in &self.problem.modules[*module].teaches {
                levels[*topic] = levels[*topic].max(*level);
            }
        }
        levels
    }

    /// Number of levels of needs gained, and the weight gained as a share of the weight wanted.
    pub fn gained(&self, chosen: &[usize]) -> (usize, f64) {
        let ends = self.levels(chosen);
        let (mut levels, mut weight, mut whole) = (0, 0.0, 0.0);
        for need in &self.own.needs {
            let end = ends[topic(need.competence)].min(need.to.number()).saturating_sub(need.from);
            levels += usize::from(end);
            weight += f64::from(end) * need.weight;
            whole += f64::from(need.to.number() - need.from) * need.weight;
        }
        (levels, if whole > 0.0 { weight / whole } else { 0.0 })
    }
}

pub(super) fn weight(weight: f64) -> u32 {
    (weight * WEIGHT).round().clamp(1.0, 1e9) as u32
}

fn module(offered: &Offered) -> Module {
    Module {
        teaches: offered.teaches.clone(),
        requires: offered.asks.clone(),
        amounts: vec![Amount::known(offered.minutes), Amount::known(offered.cents.unwrap_or(0))],
    }
}

fn aims(set: &OfferedSet, entering: &[usize], preference: Preference) -> Vec<Aim> {
    let costs = |cost: fn(&Offered) -> u32| {
        Aim::Cheapest(entering.iter().map(|place| cost(&set.all[*place])).collect())
    };
    let length = costs(|offered| offered.minutes + UNSTATED_MINUTES * u32::from(offered.unstated));
    match preference {
        Preference::Shortest => vec![length],
        Preference::Cheapest => vec![
            costs(|offered| u32::from(offered.cents.is_none())),
            costs(|offered| offered.cents.unwrap_or(0)),
            length,
        ],
    }
}
