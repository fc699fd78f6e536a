//! What a simulation answers, by months, populations and ways; who simulates. Absent: sentences, the simulation itself.

use super::request::ScenarioRequest;
use super::scenario::Scenario;
use super::settings::{Setting, Triple};
use super::ways::WayKind;
use crate::pathways::{Month, Planner};
use crate::persona::Persona;
use crate::snapshot::Snapshot;

/// Simulates scenarios. Absent from this crate, so that pages need no simulation.
pub trait Simulator: Send + Sync {
    /// What a scenario, with what is asked beside it, would give; `planner` finds the pathways that populations follow.
    ///
    /// # Errors
    /// When it cannot be simulated.
    fn simulate(
        &self,
        snapshot: &Snapshot,
        personas: &[Persona],
        scenario: &Scenario,
        request: &ScenarioRequest,
        planner: &dyn Planner,
    ) -> Result<Simulation, SimulationError>;
}

/// Why nothing is simulated; in French.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SimulationError {
    /// A population follows a persona who is not there.
    #[error("aucun persona n’a l’identifiant « {0} » : importez-le, ou changez la population du scénario")]
    UnknownPersona(String),
    /// A persona has no pathway to follow.
    #[error("le persona « {0} » n’a pas de parcours dans l’offre d’aujourd’hui : il n’y a rien à distribuer")]
    NoPathway(String),
    /// Nobody is to be trained.
    #[error("aucune population n’a d’effectif : donnez le nombre de personnes de l’une d’elles au moins")]
    Nobody,
    /// No way has a share.
    #[error("aucune façon n’a de part : donnez une part à l’une d’elles au moins")]
    NoWay,
    /// The simulation refuses the numbers.
    #[error("la simulation refuse ces nombres : {0}")]
    Refused(String),
}

/// Which result is followed when one number changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// People trained at the end.
    #[default]
    Trained,
    /// Euros spent.
    Spending,
    /// Share of the needs that is reached.
    Coverage,
}

const MEASURES: [(Measure, &str, &str); 3] = [
    (Measure::Trained, "formes", "personnes formées"),
    (Measure::Spending, "depenses", "dépenses"),
    (Measure::Coverage, "couverture", "part des besoins couverte"),
];

impl Measure {
    /// All measures.
    pub fn all() -> impl Iterator<Item = Measure> {
        MEASURES.iter().map(|(own, ..)| *own)
    }

    /// Name in addresses.
    pub fn name(self) -> &'static str {
        MEASURES[self as usize].1
    }

    /// Label on screens.
    pub fn label(self) -> &'static str {
        MEASURES[self as usize].2
    }

    /// The measure of a name.
    pub fn named(name: &str) -> Option<Measure> {
        MEASURES.iter().find(|(_, known, _)| *known == name).map(|(own, ..)| *own)
    }
}

/// Runs of each value of a number when what it moves is measured.
pub const EFFECT_RUNS: u32 = 120;

/// A number over the runs.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Interval {
    /// Mean.
    pub mean: f64,
    /// One run in ten is not over it.
    pub low: f64,
    /// Median.
    pub median: f64,
    /// Nine runs in ten are not over it.
    pub high: f64,
}

/// A number that some runs do not have.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Never {
    /// Share of runs without it.
    pub never: f64,
    /// One run in ten is not over it.
    pub low: Option<f64>,
    /// Median.
    pub median: Option<f64>,
    /// Nine runs in ten are not over it.
    pub high: Option<f64>,
}

/// What a scenario would give.
#[derive(Debug, Clone, PartialEq)]
pub struct Simulation {
    /// The scenario, with what was asked.
    pub scenario: Scenario,
    /// What was asked.
    pub request: ScenarioRequest,
    /// What is followed, by population that is simulated.
    pub routes: Vec<RouteTold>,
    /// People simulated.
    pub people: u64,
    /// By month.
    pub months: Vec<MonthResult>,
    /// People trained at the end.
    pub trained: Interval,
    /// By population, those of unknown number too.
    pub populations: Vec<PopulationResult>,
    /// By way that has a share.
    pub ways: Vec<WayResult>,
    /// Euros in all.
    pub spending: Interval,
    /// Euros by calendar year.
    pub years: Vec<Year>,
    /// Euros for each person trained.
    pub per_trained: Never,
    /// Share of the needs that is reached, 0 to 1; none when no need is weighed.
    pub coverage: Option<Interval>,
    /// The first month, from 0, at whose end the goal is reached.
    pub goal: Never,
    /// Hours that trainers and relays give.
    pub hours: Interval,
    /// Hours bought: those of tutors, and of who trains relays.
    pub hours_bought: Interval,
    /// Who is left out, over all populations.
    pub left: LeftOut,
    /// What moves the measure most, the most first.
    pub effects: Vec<Effect>,
    /// The measure when every number is at its likeliest.
    pub base: f64,
    /// The best mix for the budget, when one was asked for.
    pub mix: Option<BestMix>,
    /// The ways of which a session never opens.
    pub too_long: Vec<TooLong>,
}

/// A way of which a session takes more hours of trainers than a month ever has.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TooLong {
    /// The way.
    pub kind: WayKind,
    /// Hours of trainers of its longest step.
    pub hours: f64,
    /// Most hours of a month.
    pub available: f64,
}

impl Simulation {
    /// Sessions of each month, in the median of the runs.
    pub fn sessions(&self) -> Vec<f64> {
        self.months.iter().map(|month| month.sessions.median).collect()
    }

    /// The effects that chance alone does not explain: a difference of two means of [`EFFECT_RUNS`] runs of more than one
    /// standard error, that of the whole simulation standing for both.
    pub fn sure_effects(&self) -> impl Iterator<Item = &Effect> {
        let interval = match self.request.measure {
            Measure::Trained => Some(self.trained),
            Measure::Spending => Some(self.spending),
            Measure::Coverage => self.coverage,
        };
        // Eight runs out of ten lie within 2.56 standard deviations of a normal law.
        let deviation = interval.map_or(0.0, |own| (own.high - own.low) / 2.56);
        let noise = deviation * (2.0 / f64::from(EFFECT_RUNS)).sqrt();
        self.effects.iter().filter(move |effect| effect.swing() > noise)
    }
}

/// What a population follows.
#[derive(Debug, Clone, PartialEq)]
pub struct RouteTold {
    /// Label of the persona or of the route.
    pub label: String,
    /// Address of the pathway; none for a route.
    pub href: Option<String>,
    /// Steps, as they are simulated: a long training is several.
    pub steps: usize,
    /// Hours.
    pub hours: f64,
    /// Whether some hours are estimated.
    pub is_estimated: bool,
    /// Levels of needs that it brings.
    pub levels: usize,
}

/// A month; people are counted at its end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MonthResult {
    /// The month.
    pub month: Month,
    /// People trained since the start.
    pub trained: Interval,
    /// People trained this month.
    pub newly: Interval,
    /// People between two steps.
    pub under_way: Interval,
    /// People waiting for a first seat.
    pub waiting: Interval,
    /// Euros.
    pub spending: Interval,
    /// Hours used of trainers and relays.
    pub hours: Interval,
    /// Hours that there were.
    pub hours_available: Interval,
    /// Sessions.
    pub sessions: Interval,
    /// Relays who may teach.
    pub relays: Interval,
}

/// A population at the end.
#[derive(Debug, Clone, PartialEq)]
pub struct PopulationResult {
    /// Its place in the scenario.
    pub place: usize,
    /// The route that it follows, by its place among those told; none when its number is unknown.
    pub route: Option<usize>,
    /// People trained.
    pub trained: Interval,
    /// The others.
    pub left: LeftOut,
}

/// People who are not trained at the end, by cause: means over the runs.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct LeftOut {
    /// Given to no way.
    pub unassigned: f64,
    /// Their turn comes after the end.
    pub ahead: f64,
    /// Asked, and never come forward.
    pub not_forward: f64,
    /// Waiting for a seat.
    pub waiting: f64,
    /// Between two steps.
    pub under_way: f64,
    /// Left during a step.
    pub dropped: f64,
}

impl LeftOut {
    /// The causes, each with its label.
    pub fn causes(&self) -> [(&'static str, f64); 6] {
        [
            ("qu’aucune façon ne prend", self.unassigned),
            ("dont le tour vient après la fin", self.ahead),
            ("jamais présentées", self.not_forward),
            ("en attente d’une place", self.waiting),
            ("en cours de parcours", self.under_way),
            ("ayant abandonné", self.dropped),
        ]
    }
}

/// A way at the end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WayResult {
    /// Which one.
    pub kind: WayKind,
    /// Share of each population, in percent.
    pub share: f64,
    /// People trained.
    pub trained: Interval,
    /// Euros.
    pub spending: Interval,
}

/// A calendar year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Year {
    /// The year.
    pub year: u16,
    /// Euros.
    pub spending: f64,
    /// People trained in the year.
    pub trained: f64,
}

/// What a result becomes when one number is at its lowest or at its highest, all others at their likeliest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// The way.
    pub kind: WayKind,
    /// The number.
    pub setting: Setting,
    /// Its three values.
    pub values: Triple,
    /// The result at the lowest.
    pub at_low: f64,
    /// The result at the highest.
    pub at_high: f64,
}

impl Effect {
    /// How much the result moves.
    pub fn swing(&self) -> f64 {
        (self.at_high - self.at_low).abs()
    }
}

/// The best mix of ways for a budget.
#[derive(Debug, Clone, PartialEq)]
pub struct BestMix {
    /// Euros that it may cost.
    pub budget_eur: f64,
    /// People given to each way, by population.
    pub shares: Vec<MixShare>,
    /// Share of the needs reached, in the model of averages.
    pub reached: f64,
    /// Share of the needs that no mix exceeds in that model.
    pub bound: f64,
    /// Whether the mix is proven to be the best in that model, to the person.
    pub is_proven: bool,
    /// Euros that it costs in that model.
    pub spending: f64,
    /// People trained in that model.
    pub trained: f64,
    /// What it gives when it is simulated: people trained, euros, share of the needs.
    pub simulated: (Interval, Interval, Option<Interval>),
}

/// People of a population given to each way.
#[derive(Debug, Clone, PartialEq)]
pub struct MixShare {
    /// Its place in the scenario.
    pub place: usize,
    /// For each way, in the order of [`WayKind::all`], the people; the rest is nobody's.
    pub people: [u64; 4],
}
