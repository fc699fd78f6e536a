//! A simulation for programs: the JSON of the page and of the command, the CSV month by month. Absent: pages.

use catalogue::Snapshot;
use catalogue::scenarios::{Interval, LeftOut, Never, Simulation, WayKind};
use serde::Serialize;

use crate::wording::typeset;

/// A simulation as programs read it. People, euros and hours; shares are 0 to 1; months are `2027-01`.
#[derive(Serialize)]
pub struct SimulationTwin {
    revision: u64,
    scenario: String,
    /// Pairs of the address that say the request again.
    request: Vec<(&'static str, String)>,
    runs: u32,
    seed: u64,
    sentence: String,
    people: u64,
    trained: IntervalTwin,
    spending_eur: IntervalTwin,
    eur_per_trained: NeverTwin,
    coverage: Option<IntervalTwin>,
    /// Hours of trainers and relays, then those bought: tutors, and who trains relays.
    hours: IntervalTwin,
    hours_bought: IntervalTwin,
    /// Share of people that counts as done, and the month at whose end it is.
    goal: f64,
    goal_month: GoalTwin,
    left_out: LeftTwin,
    months: Vec<MonthTwin>,
    years: Vec<YearTwin>,
    populations: Vec<PopulationTwin>,
    ways: Vec<WayTwin>,
    measure: &'static str,
    base: f64,
    effects: Vec<EffectTwin>,
    /// Ways of which a session never opens.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    too_long: Vec<TooLongTwin>,
    #[serde(skip_serializing_if = "Option::is_none")]
    best_mix: Option<MixTwin>,
}

#[derive(Serialize)]
struct TooLongTwin {
    way: &'static str,
    session_hours: f64,
    hours_per_month: f64,
}

#[derive(Serialize)]
struct IntervalTwin {
    mean: f64,
    p10: f64,
    p50: f64,
    p90: f64,
}

#[derive(Serialize)]
struct NeverTwin {
    /// Share of runs without it.
    never: f64,
    p10: Option<f64>,
    p50: Option<f64>,
    p90: Option<f64>,
}

#[derive(Serialize)]
struct GoalTwin {
    never: f64,
    p10: Option<String>,
    p50: Option<String>,
    p90: Option<String>,
}

/// Means over the runs.
#[derive(Serialize)]
struct LeftTwin {
    unassigned: f64,
    ahead: f64,
    not_forward: f64,
    waiting: f64,
    under_way: f64,
    dropped: f64,
}

#[derive(Serialize)]
struct MonthTwin {
    month: String,
    trained: IntervalTwin,
    newly_trained: IntervalTwin,
    under_way: IntervalTwin,
    waiting: IntervalTwin,
    sessions: IntervalTwin,
    hours: IntervalTwin,
    hours_available: IntervalTwin,
    relays: IntervalTwin,
    spending_eur: IntervalTwin,
}

#[derive(Serialize)]
struct YearTwin {
    year: u16,
    trained: f64,
    spending_eur: f64,
}

#[derive(Serialize)]
struct PopulationTwin {
    id: String,
    label: String,
    /// Absent: nobody states it, and it is not simulated.
    people: Option<u32>,
    trained: Option<IntervalTwin>,
    left_out: Option<LeftTwin>,
}

#[derive(Serialize)]
struct WayTwin {
    way: &'static str,
    share_percent: f64,
    trained: IntervalTwin,
    spending_eur: IntervalTwin,
}

#[derive(Serialize)]
struct EffectTwin {
    way: &'static str,
    setting: &'static str,
    low: f64,
    high: f64,
    at_low: f64,
    at_high: f64,
}

#[derive(Serialize)]
struct MixTwin {
    budget_eur: f64,
    /// Shares of the needs in the model of averages.
    reached: f64,
    bound: f64,
    proven: bool,
    spending_eur: f64,
    trained: f64,
    people: Vec<MixPopulation>,
    simulated_trained: IntervalTwin,
    simulated_spending_eur: IntervalTwin,
    simulated_coverage: Option<IntervalTwin>,
}

#[derive(Serialize)]
struct MixPopulation {
    population: String,
    people: Vec<(&'static str, u64)>,
}

/// A thousandth is more than a simulation says.
fn rounded(number: f64) -> f64 {
    (number * 1_000.0).round() / 1_000.0
}

fn interval(own: &Interval) -> IntervalTwin {
    IntervalTwin {
        mean: rounded(own.mean),
        p10: rounded(own.low),
        p50: rounded(own.median),
        p90: rounded(own.high),
    }
}

fn never(own: &Never) -> NeverTwin {
    NeverTwin {
        never: rounded(own.never),
        p10: own.low.map(rounded),
        p50: own.median.map(rounded),
        p90: own.high.map(rounded),
    }
}

fn left(own: &LeftOut) -> LeftTwin {
    LeftTwin {
        unassigned: rounded(own.unassigned),
        ahead: rounded(own.ahead),
        not_forward: rounded(own.not_forward),
        waiting: rounded(own.waiting),
        under_way: rounded(own.under_way),
        dropped: rounded(own.dropped),
    }
}

impl SimulationTwin {
    /// The twin of a simulation made on a snapshot.
    pub fn new(snapshot: &Snapshot, own: &Simulation) -> Self {
        let month =
            |place: Option<f64>| place.map(|place| own.scenario.month(place.max(0.0) as usize).to_string());
        Self {
            revision: snapshot.stamp().revision,
            scenario: own.scenario.id.clone(),
            request: own.request.pairs(),
            runs: own.request.runs,
            seed: own.request.seed,
            sentence: typeset(&own.finding()),
            people: own.people,
            trained: interval(&own.trained),
            spending_eur: interval(&own.spending),
            eur_per_trained: never(&own.per_trained),
            coverage: own.coverage.as_ref().map(interval),
            hours: interval(&own.hours),
            hours_bought: interval(&own.hours_bought),
            goal: f64::from(own.request.goal) / 100.0,
            goal_month: GoalTwin {
                never: rounded(own.goal.never),
                p10: month(own.goal.low),
                p50: month(own.goal.median),
                p90: month(own.goal.high),
            },
            left_out: left(&own.left),
            months: months(own),
            years: own
                .years
                .iter()
                .map(|year| YearTwin {
                    year: year.year,
                    trained: rounded(year.trained),
                    spending_eur: rounded(year.spending),
                })
                .collect(),
            populations: populations(own),
            ways: own
                .ways
                .iter()
                .map(|way| WayTwin {
                    way: way.kind.name(),
                    share_percent: way.share,
                    trained: interval(&way.trained),
                    spending_eur: interval(&way.spending),
                })
                .collect(),
            measure: own.request.measure.name(),
            base: rounded(own.base),
            effects: own
                .effects
                .iter()
                .map(|effect| EffectTwin {
                    way: effect.kind.name(),
                    setting: effect.setting.name(),
                    low: effect.values.low,
                    high: effect.values.high,
                    at_low: rounded(effect.at_low),
                    at_high: rounded(effect.at_high),
                })
                .collect(),
            too_long: own
                .too_long
                .iter()
                .map(|own| TooLongTwin {
                    way: own.kind.name(),
                    session_hours: rounded(own.hours),
                    hours_per_month: rounded(own.available),
                })
                .collect(),
            best_mix: mix(own),
        }
    }
}

fn months(own: &Simulation) -> Vec<MonthTwin> {
    let twin = |month: &catalogue::scenarios::MonthResult| MonthTwin {
        month: month.month.to_string(),
        trained: interval(&month.trained),
        newly_trained: interval(&month.newly),
        under_way: interval(&month.under_way),
        waiting: interval(&month.waiting),
        sessions: interval(&month.sessions),
        hours: interval(&month.hours),
        hours_available: interval(&month.hours_available),
        relays: interval(&month.relays),
        spending_eur: interval(&month.spending),
    };
    own.months.iter().map(twin).collect()
}

fn populations(own: &Simulation) -> Vec<PopulationTwin> {
    let twin = |result: &catalogue::scenarios::PopulationResult| {
        let population = &own.scenario.populations[result.place];
        let is_simulated = result.route.is_some();
        PopulationTwin {
            id: population.id.clone(),
            label: population.label.clone(),
            people: population.people,
            trained: is_simulated.then(|| interval(&result.trained)),
            left_out: is_simulated.then(|| left(&result.left)),
        }
    };
    own.populations.iter().map(twin).collect()
}

fn mix(own: &Simulation) -> Option<MixTwin> {
    let mix = own.mix.as_ref()?;
    let (trained, spending, coverage) = &mix.simulated;
    let people = |share: &catalogue::scenarios::MixShare| MixPopulation {
        population: own.scenario.populations[share.place].id.clone(),
        people: WayKind::all().map(WayKind::name).zip(share.people).collect(),
    };
    Some(MixTwin {
        budget_eur: mix.budget_eur,
        reached: mix.reached,
        bound: mix.bound,
        proven: mix.is_proven,
        spending_eur: rounded(mix.spending),
        trained: rounded(mix.trained),
        people: mix.shares.iter().map(people).collect(),
        simulated_trained: interval(trained),
        simulated_spending_eur: interval(spending),
        simulated_coverage: coverage.as_ref().map(interval),
    })
}

/// One line for each month: medians, and the interval of people trained and of euros. Numbers with a decimal point, as
/// programs read them.
pub fn table(own: &Simulation) -> Vec<u8> {
    let mut text = String::from(
        "\u{feff}month;trained_p10;trained_p50;trained_p90;newly_trained_p50;under_way_p50;waiting_p50;sessions_p50;hours_p50;hours_available_p50;relays_p50;spending_eur_p10;spending_eur_p50;spending_eur_p90\r\n",
    );
    for month in &own.months {
        let numbers = [
            month.trained.low,
            month.trained.median,
            month.trained.high,
            month.newly.median,
            month.under_way.median,
            month.waiting.median,
            month.sessions.median,
            month.hours.median,
            month.hours_available.median,
            month.relays.median,
            month.spending.low,
            month.spending.median,
            month.spending.high,
        ];
        let numbers: Vec<String> = numbers.iter().map(|number| rounded(*number).to_string()).collect();
        text.push_str(&format!("{};{}\r\n", month.month, numbers.join(";")));
    }
    text.into_bytes()
}
