//! What runs say, told in the words of the scenario. Absent: the model (see `model`), sentences (see `catalogue::scenarios`).

use catalogue::scenarios::{
    BestMix, Effect, Interval, LeftOut, MonthResult, Never, PopulationResult, Scenario, ScenarioRequest,
    Setting, Simulation, SimulationError, Triple, WayKind, WayResult, Year,
};
use rollout::{ChannelRange, FormatRange, MonthOutcome, Outcome, Parameter, Place, Sensitivity, Spread};

use super::model::Built;

pub(super) fn interval(spread: &Spread) -> Interval {
    Interval { mean: spread.mean, low: spread.p10, median: spread.p50, high: spread.p90 }
}

fn never(reached: &rollout::Reached) -> Never {
    Never { never: reached.never, low: reached.p10, median: reached.p50, high: reached.p90 }
}

fn left(own: &rollout::LeftOut) -> LeftOut {
    LeftOut {
        unassigned: own.unassigned,
        ahead: own.ahead,
        not_forward: own.not_forward,
        waiting: own.waiting,
        under_way: own.under_way,
        dropped: own.dropped,
    }
}

pub(super) fn simulation(
    scenario: Scenario,
    request: &ScenarioRequest,
    built: Built,
    outcome: &Outcome,
    sensitivity: &Sensitivity,
    mix: Option<BestMix>,
) -> Simulation {
    let months: Vec<MonthResult> =
        outcome.months.iter().enumerate().map(|(place, month)| month_told(&scenario, place, month)).collect();
    let populations = (0..scenario.populations.len()).map(|place| {
        let group = built.groups.iter().position(|own| *own == place);
        let own = group.map(|group| &outcome.groups[group]);
        PopulationResult {
            place,
            route: group.map(|group| built.model.groups[group].route),
            trained: own.map(|own| interval(&own.trained)).unwrap_or_default(),
            left: own.map(|own| left(&own.left)).unwrap_or_default(),
        }
    });
    let populations = populations.collect();
    let ways = built.kinds.iter().zip(&outcome.channels).map(|(kind, own)| WayResult {
        kind: *kind,
        share: scenario.ways.iter().find(|way| way.kind == *kind).map_or(0.0, |way| way.share),
        trained: interval(&own.trained),
        spending: interval(&own.spending),
    });
    let ways = ways.collect();
    Simulation {
        people: outcome.people,
        trained: interval(&outcome.trained),
        populations,
        ways,
        spending: interval(&outcome.spending),
        years: years(&months),
        per_trained: never(&outcome.spending_per_trained),
        coverage: outcome.coverage.as_ref().map(interval),
        goal: never(&outcome.goal_month),
        hours: interval(&outcome.hours_used),
        hours_bought: interval(&outcome.hours_bought),
        left: left(&outcome.left),
        effects: effects(&scenario, &built, sensitivity),
        base: sensitivity.base,
        mix,
        too_long: built.too_long(),
        routes: built.routes,
        months,
        request: request.clone(),
        scenario,
    }
}

fn month_told(scenario: &Scenario, place: usize, month: &MonthOutcome) -> MonthResult {
    MonthResult {
        month: scenario.month(place),
        trained: interval(&month.trained),
        newly: interval(&month.newly_trained),
        under_way: interval(&month.under_way),
        waiting: interval(&month.waiting),
        spending: interval(&month.spending),
        hours: interval(&month.hours_used),
        hours_available: interval(&month.hours_available),
        sessions: interval(&month.sessions),
        relays: interval(&month.relays),
    }
}

/// Sums of means by calendar year: the mean of a sum is the sum of means.
fn years(months: &[MonthResult]) -> Vec<Year> {
    let mut years: Vec<Year> = Vec::new();
    for month in months {
        let year = month.month.parts().0;
        match years.last_mut().filter(|last| last.year == year) {
            Some(last) => {
                last.spending += month.spending.mean;
                last.trained += month.newly.mean;
            }
            None => years.push(Year { year, spending: month.spending.mean, trained: month.newly.mean }),
        }
    }
    years
}

fn effects(scenario: &Scenario, built: &Built, sensitivity: &Sensitivity) -> Vec<Effect> {
    let told = |own: &rollout::Effect| {
        let (kind, setting) = named(built, own.parameter)?;
        let values = scenario.ways.iter().find(|way| way.kind == kind)?.value(setting)?;
        Some(Effect { kind, setting, values, at_low: own.at_low, at_high: own.at_high })
    };
    sensitivity.effects.iter().filter_map(told).filter(|effect| !is_certain(&effect.values)).collect()
}

fn is_certain(values: &Triple) -> bool {
    values.is_certain()
}

/// The way and the setting that a parameter of the engine stands for; what relays' training costs is no setting of its own.
fn named(built: &Built, parameter: Parameter) -> Option<(WayKind, Setting)> {
    Some(match parameter {
        Parameter::PoolHours { pool } => (built.pools[pool], Setting::TrainerHours),
        Parameter::Channel { channel, range } => {
            let setting = match range {
                ChannelRange::TakeUp => Setting::TakeUp,
                ChannelRange::Quality => Setting::Quality,
                ChannelRange::RelayHours => Setting::RelayHours,
                ChannelRange::RelayQuality
                | ChannelRange::RelayPerHead
                | ChannelRange::RelayPerTrainerHour => return None,
            };
            (built.kinds[channel], setting)
        }
        Parameter::Format { channel, range, .. } => {
            let kind = built.kinds[channel];
            let setting = match range {
                FormatRange::Delivery if kind.has_sessions() => Setting::GroupSize,
                FormatRange::Delivery => Setting::TutorHours,
                FormatRange::PerHead => Setting::HeadCost,
                FormatRange::PerHeadHour => Setting::DayCost,
                FormatRange::ShowUp => Setting::ShowUp,
                FormatRange::Completion => Setting::Completion,
                FormatRange::PerSession | FormatRange::PerTrainerHour => return None,
            };
            (kind, setting)
        }
    })
}

/// Why the engine refuses a model, in the words of the scenario.
pub(super) fn refused(built: &Built, error: &rollout::Error) -> SimulationError {
    let rollout::Error::Refused { place, .. } = error else {
        return SimulationError::Refused("la simulation s’est interrompue".to_owned());
    };
    let way = |channel: &usize| built.kinds.get(*channel).map_or("une façon", |kind| kind.label());
    let told = match place {
        Place::Group(group) => format!("la population n° {} dépasse ce qui est simulé", group + 1),
        Place::Pool(_) => "les formateurs ou leurs heures dépassent ce qui est simulé".to_owned(),
        Place::Channel(channel) | Place::Relays(channel) | Place::Format { channel, .. } => {
            format!("un réglage de « {} » dépasse ce qui est simulé", way(channel))
        }
        Place::Step { channel, .. } => {
            format!("une étape de « {} » dépasse ce qui est simulé", way(channel))
        }
        Place::Model | Place::Settings | Place::Mix(_) => {
            "un nombre du scénario dépasse ce qui est simulé".to_owned()
        }
    };
    SimulationError::Refused(told)
}
