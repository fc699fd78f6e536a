//! What is simulated: groups of people, channels that train them, pools of trainers. Absent: whether it makes sense
//! (`validate`), how it is walked through (`run`).

use crate::Range;

/// Most months of a model.
pub const MONTHS_MAX: usize = 120;
/// Most groups of a model.
pub const GROUPS_MAX: usize = 500;
/// Most pools of a model.
pub const POOLS_MAX: usize = 32;
/// Most channels of a model; `best_mix` tries every set of them.
pub const CHANNELS_MAX: usize = 8;
/// Most routes of a model.
pub const ROUTES_MAX: usize = 200;
/// Most steps of a route.
pub const STEPS_MAX: usize = 12;
/// Most formats of a channel.
pub const FORMATS_MAX: usize = 16;
/// Most people of a group.
pub const SIZE_MAX: u64 = 10_000_000;
/// Most trainers, relays, people of a session or seats of a month.
pub const COUNT_MAX: u64 = 10_000_000;
/// Most hours, of a step or of a month.
pub const HOURS_MAX: f64 = 10_000.0;
/// Most of one spending, whatever its unit.
pub const SPENDING_MAX: f64 = 1e12;
/// Most worth of a step.
pub const WORTH_MAX: f64 = 1e9;
/// Most months between two steps, or before a relay teaches.
pub const GAP_MAX: usize = 24;
/// Most changes of the number of trainers of a pool.
pub const ADDED_MAX: usize = 240;

/// A population, what it may follow, and with whom. Months are numbered from 0, the first of the run.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Model {
    /// How many months are simulated: 1 to [`MONTHS_MAX`].
    pub months: usize,
    /// Which month of the calendar the first one is: 1 for January to 12.
    pub first_month: usize,
    /// Share of a month's hours and seats that is open, from January on. Where it is 0, nobody begins a step, be it
    /// alone and without a tutor.
    pub calendar: [f64; 12],
    /// Who is to be trained.
    pub groups: Vec<Group>,
    /// Stocks of trainers' hours.
    pub pools: Vec<Pool>,
    /// How people are trained.
    pub channels: Vec<Channel>,
}

/// People who learn the same things, arrive together and are served together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Group {
    /// How many.
    pub size: u64,
    /// The month from which they may begin.
    pub arrives: usize,
    /// Who is served first: the lowest, then the first in the list.
    pub priority: u32,
    /// What they follow: the number of a route, the same in each channel ([`Channel::routes`]).
    pub route: usize,
    /// What is wanted for each of them, in the unit of [`Step::worth`].
    pub wanted: f64,
    /// Share of them that each channel is given: a sum of at most 1. The rest is nobody's: « unassigned ».
    pub shares: Vec<f64>,
}

/// Trainers whose hours channels share. Hours left at the end of a month are lost.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pool {
    /// How many there are in the first month.
    pub trainers: u64,
    /// Months in which some join, and how many.
    pub added: Vec<(usize, u64)>,
    /// Hours that each gives in a month that is wholly open.
    pub hours_per_month: Range,
}

/// A way to train people. One to which nobody is assigned never opens and costs nothing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Channel {
    /// The pool that teaches; without pool nor relays, trainers are bought from outside as needed.
    pub pool: Option<usize>,
    /// People trained first who then teach, in the place of the pool.
    pub relays: Option<Relays>,
    /// The month in which it opens.
    pub opens: usize,
    /// Whether a session mixes groups of the same route, or each group has its own.
    pub mixing: bool,
    /// Spending once, in the month in which it opens.
    pub start_up: f64,
    /// Spending of each month while it is open.
    pub per_month: f64,
    /// Share of the people assigned who ever come forward, each for herself; others are « not come forward ».
    pub take_up: Range,
    /// What part of a step's worth reaches the learner: 0 to 1.
    pub quality: Range,
    /// Most people invited in a month that is wholly open, all steps together.
    pub seats_per_month: Option<u64>,
    /// How steps are taught here.
    pub formats: Vec<Format>,
    /// What is followed here, by number of route; a route without steps is not taught here.
    pub routes: Vec<Vec<Step>>,
}

/// A part of a route, followed within one month; what lasts longer is several steps.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Step {
    /// Hours that it lasts.
    pub hours: f64,
    /// What completing it brings, at a quality of 1, in any unit.
    pub worth: f64,
    /// Months before the next step at the soonest: 1 for the month after.
    pub gap_months: usize,
    /// How it is taught: the number of a format of the channel.
    pub format: usize,
}

/// How steps are taught, what that costs and who stays.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Format {
    /// In sessions or alone.
    pub delivery: Delivery,
    /// Spending for each person who begins a step.
    pub per_head: Range,
    /// Spending for each person who begins and each hour of the step.
    pub per_head_hour: Range,
    /// Spending for each session.
    pub per_session: Range,
    /// Spending for each hour of a trainer, of a tutor or of a relay, preparation included.
    pub per_trainer_hour: Range,
    /// Share of people invited who come, more than 0 to 1. Others stay in the queue; their seat in a session is lost.
    pub show_up: Range,
    /// Share of people who began who end the step; others leave for ever: « dropped ».
    pub completion: Range,
}

/// In sessions or alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Delivery {
    /// People gather.
    Sessions {
        /// Most people of a session, rounded to a whole number.
        people: Range,
        /// Fewest people for whom a session that is not full opens. A rest below it waits…
        fewest: u64,
        /// … for so many months in which a session could have opened, then it opens anyway: nobody waits for ever.
        patience: u32,
        /// Trainers of a session.
        trainers: u64,
        /// Hours that preparing a session takes, all trainers together.
        preparation_hours: f64,
    },
    /// Each works alone; a tutor may help.
    SelfPaced {
        /// Hours of a tutor for each person who begins.
        tutor_hours: Range,
    },
}

/// People trained to become trainers: a cascade. All come and all pass; one trainer teaches each session.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Relays {
    /// How many are wanted when the channel opens.
    pub count: u64,
    /// Most of them in a session that trains them.
    pub people_per_session: u64,
    /// Hours of a trainer for such a session, preparation included.
    pub training_hours: f64,
    /// The pool that trains them; none: trainers bought from outside.
    pub trained_by: Option<usize>,
    /// Spending for each relay trained.
    pub per_head: Range,
    /// Spending for each hour of a trainer who trains them.
    pub per_trainer_hour: Range,
    /// Hours that each gives in a month that is wholly open.
    pub hours_per_month: Range,
    /// What part of the channel's quality is left when relays teach: 0 to 1.
    pub quality: Range,
    /// Chance for a relay who teaches to stop, each month.
    pub departures: f64,
    /// Months between training and teaching, at least 1.
    pub delay_months: usize,
    /// Whether another is trained in the place of one who stops.
    pub replaced: bool,
}
