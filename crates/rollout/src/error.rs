//! Why a model is refused, by place and field, so that callers can word it. Absent: the checks (`validate`).

use thiserror::Error;

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Error {
    /// Something of what was asked makes no sense.
    #[error("{place:?}: {field:?}: {fault:?}")]
    Refused {
        /// Where.
        place: Place,
        /// What.
        field: Field,
        /// Why.
        fault: Fault,
    },
    /// The caller asked to stop.
    #[error("stopped")]
    Stopped,
    /// The linear solver met a numerical failure.
    #[error("the linear program could not be solved")]
    Solver,
}

/// Where a fault lies. Numbers are places in lists, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The model itself.
    Model,
    /// A group.
    Group(usize),
    /// A pool.
    Pool(usize),
    /// A channel.
    Channel(usize),
    /// The relays of a channel.
    Relays(usize),
    /// A format of a channel.
    Format {
        /// The channel.
        channel: usize,
        /// The format.
        format: usize,
    },
    /// A step.
    Step {
        /// The channel.
        channel: usize,
        /// The route.
        route: usize,
        /// The step.
        step: usize,
    },
    /// The settings.
    Settings,
    /// A problem of mix: a pair of a group and a channel, or a limit.
    Mix(usize),
}

/// Which field; each bears the name of the field of the type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the field of the same name, whose documentation is there")]
pub enum Field {
    Months,
    FirstMonth,
    Calendar,
    Groups,
    Pools,
    Channels,
    Size,
    Arrives,
    Route,
    Routes,
    Wanted,
    Shares,
    Trainers,
    Added,
    HoursPerMonth,
    Pool,
    Opens,
    StartUp,
    PerMonth,
    TakeUp,
    Quality,
    SeatsPerMonth,
    Formats,
    Hours,
    Worth,
    GapMonths,
    Format,
    People,
    Fewest,
    PreparationHours,
    TutorHours,
    PerHead,
    PerHeadHour,
    PerSession,
    PerTrainerHour,
    ShowUp,
    Completion,
    Count,
    PeoplePerSession,
    TrainingHours,
    TrainedBy,
    Departures,
    DelayMonths,
    Runs,
    Threads,
    Goal,
    Budget,
    Pairs,
    Limits,
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// A number outside its bounds, or a range that is not in order.
    OutOfBounds,
    /// More than the constant of the crate allows.
    TooMany,
    /// None, where one is needed.
    Missing,
    /// The number of something that does not exist.
    Unknown,
}

impl Error {
    /// A refusal.
    pub(crate) fn refused(place: Place, field: Field, fault: Fault) -> Self {
        Self::Refused { place, field, fault }
    }
}
