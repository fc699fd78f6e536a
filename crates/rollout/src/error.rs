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
    /// A problem of mix: the place of the pair, the channel, the limit or the group at fault, as the field says.
    Mix(usize),
}

/// Which field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// [`crate::Model::months`].
    Months,
    /// [`crate::Model::first_month`].
    FirstMonth,
    /// [`crate::Model::calendar`].
    Calendar,
    /// [`crate::Model::groups`] or [`crate::MixProblem::sizes`].
    Groups,
    /// [`crate::Model::pools`].
    Pools,
    /// [`crate::Model::channels`] or [`crate::MixProblem::channels`].
    Channels,
    /// [`crate::Group::size`].
    Size,
    /// [`crate::Group::arrives`].
    Arrives,
    /// [`crate::Group::route`].
    Route,
    /// [`crate::Channel::routes`].
    Routes,
    /// [`crate::Group::wanted`].
    Wanted,
    /// [`crate::Group::shares`].
    Shares,
    /// [`crate::Pool::trainers`] or those of [`crate::Delivery::Sessions`].
    Trainers,
    /// [`crate::Pool::added`].
    Added,
    /// [`crate::Pool::hours_per_month`] or [`crate::Relays::hours_per_month`].
    HoursPerMonth,
    /// [`crate::Channel::pool`].
    Pool,
    /// [`crate::Channel::opens`].
    Opens,
    /// [`crate::Channel::start_up`].
    StartUp,
    /// [`crate::Channel::per_month`].
    PerMonth,
    /// [`crate::Channel::take_up`].
    TakeUp,
    /// [`crate::Channel::quality`] or [`crate::Relays::quality`].
    Quality,
    /// [`crate::Channel::seats_per_month`].
    SeatsPerMonth,
    /// [`crate::Channel::formats`].
    Formats,
    /// [`crate::Step::hours`].
    Hours,
    /// [`crate::Step::worth`].
    Worth,
    /// [`crate::Step::gap_months`].
    GapMonths,
    /// [`crate::Step::format`].
    Format,
    /// People of [`crate::Delivery::Sessions`].
    People,
    /// The fewest of [`crate::Delivery::Sessions`].
    Fewest,
    /// The preparation of [`crate::Delivery::Sessions`].
    PreparationHours,
    /// The tutor of [`crate::Delivery::SelfPaced`].
    TutorHours,
    /// [`crate::Format::per_head`] or [`crate::Relays::per_head`].
    PerHead,
    /// [`crate::Format::per_head_hour`].
    PerHeadHour,
    /// [`crate::Format::per_session`].
    PerSession,
    /// [`crate::Format::per_trainer_hour`] or [`crate::Relays::per_trainer_hour`].
    PerTrainerHour,
    /// [`crate::Format::show_up`].
    ShowUp,
    /// [`crate::Format::completion`].
    Completion,
    /// [`crate::Relays::count`].
    Count,
    /// [`crate::Relays::people_per_session`].
    PeoplePerSession,
    /// [`crate::Relays::training_hours`].
    TrainingHours,
    /// [`crate::Relays::trained_by`].
    TrainedBy,
    /// [`crate::Relays::departures`].
    Departures,
    /// [`crate::Relays::delay_months`].
    DelayMonths,
    /// [`crate::Settings::runs`].
    Runs,
    /// [`crate::Settings::threads`].
    Threads,
    /// [`crate::Settings::goal`].
    Goal,
    /// The budget of a mix.
    Budget,
    /// [`crate::MixProblem::pairs`].
    Pairs,
    /// [`crate::MixProblem::limits`].
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
