//! Scenarios simulated: what is followed is searched, a model is made of it, its runs are told month by month; what moves the
//! result most; the best mix of ways for a budget, then simulated too. Absent: the simulation itself (see the crate `rollout`),
//! what scenarios are (see `catalogue::scenarios`).

mod model;
#[cfg(test)]
mod tests;
mod told;

use catalogue::Snapshot;
use catalogue::pathways::Planner;
use catalogue::persona::Persona;
use catalogue::scenarios::{
    BestMix, Measure, MixShare, Scenario, ScenarioRequest, Simulation, SimulationError, Simulator, WayKind,
};
use rollout::{Model, Output, Settings, best_mix, check_mix, sensitivity, simulate};

use crate::threads::threads;
use model::{Followed, built, followed};

/// Runs of each value of a number when what it moves is measured: all with the same random numbers.
const EFFECT_RUNS: usize = catalogue::scenarios::EFFECT_RUNS as usize;
/// Most threads.
const LANES: usize = 8;

/// Simulates scenarios.
#[derive(Debug, Clone, Copy, Default)]
pub struct Rollouts;

impl Simulator for Rollouts {
    fn simulate(
        &self,
        snapshot: &Snapshot,
        personas: &[Persona],
        scenario: &Scenario,
        request: &ScenarioRequest,
        planner: &dyn Planner,
    ) -> Result<Simulation, SimulationError> {
        let own = request.of(scenario);
        let kinds: Vec<WayKind> = own.ways.iter().filter(|way| way.share > 0.0).map(|way| way.kind).collect();
        if kinds.is_empty() {
            return Err(SimulationError::NoWay);
        }
        let routes = followed(snapshot, personas, &own, planner)?;
        let made = built(&own, &kinds, &routes);
        let settings = settings(request, request.runs as usize);
        let outcome = simulate(&made.model, &settings).map_err(|error| told::refused(&made, &error))?;
        let fewer = Settings { runs: EFFECT_RUNS, ..settings };
        let effects = sensitivity(&made.model, &fewer, output(request.measure), &|_| true)
            .map_err(|error| told::refused(&made, &error))?;
        let mix = match request.budget_eur {
            Some(budget) => Some(mixed(&own, &routes, budget, &settings)?),
            None => None,
        };
        Ok(told::simulation(own, request, made, &outcome, &effects, mix))
    }
}

fn settings(request: &ScenarioRequest, runs: usize) -> Settings {
    Settings { runs, seed: request.seed, threads: threads(LANES), goal: f64::from(request.goal) / 100.0 }
}

fn output(measure: Measure) -> Output {
    match measure {
        Measure::Trained => Output::Trained,
        Measure::Spending => Output::Spending,
        Measure::Coverage => Output::Coverage,
    }
}

/// The best mix of all ways for a budget, and what it gives when it is simulated.
fn mixed(
    scenario: &Scenario,
    routes: &[Followed],
    budget_eur: f64,
    settings: &Settings,
) -> Result<BestMix, SimulationError> {
    let kinds: Vec<WayKind> = WayKind::all().collect();
    let mut made = built(scenario, &kinds, routes);
    let problem = made.model.mix(budget_eur).map_err(|error| told::refused(&made, &error))?;
    let mix = best_mix(&problem).map_err(|error| told::refused(&made, &error))?;
    if let Err(faults) = check_mix(&problem, &mix) {
        tracing::error!(?faults, "une répartition ne passe pas sa vérification");
        let told = "la répartition trouvée ne passe pas sa vérification : signalez-le, avec le scénario";
        return Err(SimulationError::Refused(told.to_owned()));
    }
    let mut shares = Vec::new();
    for (group, place) in made.groups.iter().enumerate() {
        let mut people = [0; 4];
        for (pair, own) in problem.pairs.iter().zip(&mix.people).filter(|(pair, _)| pair.group == group) {
            people[pair.channel] += own;
        }
        shares.push(MixShare { place: *place, people });
        made.model.groups[group].shares = mix.shares(&problem, group);
    }
    let whole = worth(&made.model);
    let simulated = simulate(&made.model, settings).map_err(|error| told::refused(&made, &error))?;
    let part = |worth: f64| if whole > 0.0 { (worth / whole).min(1.0) } else { 0.0 };
    Ok(BestMix {
        budget_eur,
        shares,
        reached: part(mix.reached),
        bound: part(mix.bound),
        is_proven: mix.is_proven,
        spending: mix.spending,
        trained: mix.trained,
        simulated: (
            told::interval(&simulated.trained),
            told::interval(&simulated.spending),
            simulated.coverage.as_ref().map(told::interval),
        ),
    })
}

/// What is wanted for all people together.
fn worth(model: &Model) -> f64 {
    model.groups.iter().map(|group| group.size as f64 * group.wanted).sum()
}
