//! What is asked: modules, needs, limits, in numbers. Absent: how it is answered.

use thiserror::Error;

/// Highest level of a topic.
pub const LEVEL_MAX: u8 = 9;
/// Most modules of a problem.
pub const MODULES_MAX: usize = 200_000;
/// Most topics of a problem.
pub const TOPICS_MAX: usize = 500;
/// Most resources of a problem.
pub const RESOURCES_MAX: usize = 16;

/// What a module takes of a resource, in whole units that the caller chooses (minutes, cents).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Amount {
    /// Mean.
    pub mean: u32,
    /// Variance, in units squared; 0 when the amount is known.
    pub variance: f64,
}

impl Amount {
    /// An amount that is known.
    pub fn known(mean: u32) -> Self {
        Self { mean, variance: 0.0 }
    }
}

/// What may be chosen.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Module {
    /// Levels that it brings, by topic: the topic is then at this level at least.
    pub teaches: Vec<(usize, u8)>,
    /// Levels that it asks for, by topic.
    pub requires: Vec<(usize, u8)>,
    /// What it takes of each resource.
    pub amounts: Vec<Amount>,
}

/// A topic to bring to a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    /// The topic.
    pub topic: usize,
    /// The level wanted.
    pub to: u8,
    /// What each level gained is worth; levels over the one wanted are worth nothing.
    pub weight: u32,
}

/// A limit on what the chosen modules take together. Amounts are independent; the limit holds for their sum at a
/// quantile of the normal law: Σ mean + z √Σ variance ≤ most (Charnes and Cooper, « Chance-constrained programming »,
/// Management Science 6, 1959).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Resource {
    /// Most of it; nothing: no limit.
    pub most: Option<u32>,
    /// The quantile, in standard deviations: 0 for the mean, 0.8416 for four chances in five.
    pub z: f64,
}

/// Modules of which so many are taken: « at most one of », « two of three ».
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its modules.
    pub modules: Vec<usize>,
    /// At least so many.
    pub least: usize,
    /// At most so many.
    pub most: usize,
}

/// What is wanted after the needs are met as well as possible, the first aim before the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aim {
    /// The least mean of a resource.
    Least(usize),
    /// The least sum of what each module costs.
    Cheapest(Vec<u32>),
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Problem {
    /// How many topics there are.
    pub topics: usize,
    /// Level of each topic at the start; topics beyond the end are at 0.
    pub start: Vec<u8>,
    /// What may be chosen.
    pub modules: Vec<Module>,
    /// What is wanted first: the most weight of levels gained.
    pub needs: Vec<Need>,
    /// Limits.
    pub resources: Vec<Resource>,
    /// Most modules; nothing: no limit.
    pub most_modules: Option<usize>,
    /// Modules that must be taken.
    pub pinned: Vec<usize>,
    /// Modules that must not.
    pub banned: Vec<usize>,
    /// Groups.
    pub groups: Vec<Group>,
    /// What is wanted next.
    pub aims: Vec<Aim>,
}

/// Why a problem makes no sense.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Error {
    /// More than can be handled.
    #[error("too many {0}: {1} at most")]
    TooMany(&'static str, usize),
    /// A level over the highest.
    #[error("a level is over {LEVEL_MAX}")]
    Level,
    /// The number of a topic, a module or a resource that does not exist.
    #[error("there is no {0} {1}")]
    Unknown(&'static str, usize),
    /// A module without an amount for each resource.
    #[error("module {0} does not have one amount for each resource")]
    Amounts(usize),
    /// A variance or a quantile that is no positive number.
    #[error("a variance or a quantile is negative or no number")]
    Spread,
    /// A module that must be taken and must not.
    #[error("module {0} is pinned and banned")]
    Contradiction(usize),
    /// A group that asks for more than it has, or for more than it allows.
    #[error("group {0} asks for more modules than it has or allows")]
    Group(usize),
    /// Sums that would not fit in a number.
    #[error("weights or amounts are too large")]
    TooLarge,
}

impl Problem {
    /// Checks that numbers mean something.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn validate(&self) -> Result<(), Error> {
        let most = |what, count: usize, most: usize| {
            if count > most { Err(Error::TooMany(what, most)) } else { Ok(()) }
        };
        most("modules", self.modules.len(), MODULES_MAX)?;
        most("topics", self.topics.max(self.start.len()), TOPICS_MAX)?;
        most("resources", self.resources.len(), RESOURCES_MAX)?;
        most("groups", self.groups.len(), MODULES_MAX)?;
        let known =
            |topic: usize| if topic < self.topics { Ok(()) } else { Err(Error::Unknown("topic", topic)) };
        let level = |level: u8| if level <= LEVEL_MAX { Ok(()) } else { Err(Error::Level) };
        self.start.iter().try_for_each(|own| level(*own))?;
        let mut value = 0_u64;
        for need in &self.needs {
            known(need.topic)?;
            level(need.to)?;
            value += u64::from(need.weight) * u64::from(need.to);
        }
        for (number, module) in self.modules.iter().enumerate() {
            for (topic, own) in module.teaches.iter().chain(&module.requires) {
                known(*topic)?;
                level(*own)?;
            }
            if module.amounts.len() != self.resources.len() {
                return Err(Error::Amounts(number));
            }
            if module.amounts.iter().any(|amount| !(amount.variance >= 0.0 && amount.variance.is_finite())) {
                return Err(Error::Spread);
            }
        }
        if self.resources.iter().any(|resource| !(resource.z >= 0.0 && resource.z.is_finite())) {
            return Err(Error::Spread);
        }
        // Sums are kept far from the precision of floating point.
        if value > 1 << 44 {
            return Err(Error::TooLarge);
        }
        self.validate_choices()
    }

    fn validate_choices(&self) -> Result<(), Error> {
        let module = |own: &usize| {
            if *own < self.modules.len() { Ok(()) } else { Err(Error::Unknown("module", *own)) }
        };
        self.pinned.iter().chain(&self.banned).try_for_each(module)?;
        if let Some(both) = self.pinned.iter().find(|own| self.banned.contains(own)) {
            return Err(Error::Contradiction(*both));
        }
        for (number, group) in self.groups.iter().enumerate() {
            group.modules.iter().try_for_each(module)?;
            if group.least > group.most || group.least > group.modules.len() {
                return Err(Error::Group(number));
            }
        }
        for aim in &self.aims {
            match aim {
                Aim::Least(resource) if *resource >= self.resources.len() => {
                    return Err(Error::Unknown("resource", *resource));
                }
                Aim::Cheapest(costs) if costs.len() != self.modules.len() => {
                    return Err(Error::TooMany("costs", self.modules.len()));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The level of a topic at the start.
    pub fn start_of(&self, topic: usize) -> u8 {
        self.start.get(topic).copied().unwrap_or(0)
    }
}
