//! A simulator of which every figure is made up from the request: pages need no simulation to be tried. Absent: chance.

use catalogue::Snapshot;
use catalogue::pathways::Planner;
use catalogue::persona::Persona;
use catalogue::scenarios::{
    Effect, Interval, LeftOut, MonthResult, Never, PopulationResult, RouteTold, Scenario, ScenarioRequest,
    Setting, Simulation, SimulationError, Simulator, Triple, WayKind, WayResult, Year,
};

/// Half of a hundred people, whatever is asked.
pub struct Half;

fn around(value: f64) -> Interval {
    Interval { mean: value, low: value * 0.8, median: value, high: value * 1.2 }
}

impl Simulator for Half {
    fn simulate(
        &self,
        _: &Snapshot,
        _: &[Persona],
        scenario: &Scenario,
        request: &ScenarioRequest,
        _: &dyn Planner,
    ) -> Result<Simulation, SimulationError> {
        let scenario = request.of(scenario);
        let left = LeftOut { not_forward: 30.0, dropped: 20.0, ..LeftOut::default() };
        let month = |place: usize| MonthResult {
            month: scenario.month(place),
            trained: around(50.0),
            newly: around(25.0),
            under_way: around(5.0),
            waiting: around(5.0),
            spending: around(1_000.0),
            hours: around(70.0),
            hours_available: around(100.0),
            sessions: around(3.0),
            relays: around(0.0),
        };
        let populations = scenario.populations.iter().enumerate().map(|(place, own)| PopulationResult {
            place,
            route: own.people.map(|_| 0),
            trained: around(50.0),
            left,
        });
        let ways = scenario.ways.iter().map(|way| WayResult {
            kind: way.kind,
            share: way.share,
            trained: around(50.0),
            spending: around(2_000.0),
        });
        let effect = Effect {
            kind: WayKind::Campus,
            setting: Setting::TakeUp,
            values: Triple { low: 40.0, mode: 70.0, high: 90.0 },
            at_low: 30.0,
            at_high: 70.0,
        };
        Ok(Simulation {
            routes: vec![RouteTold {
                label: "Un persona".to_owned(),
                href: Some("/parcours/adjoint-projet".to_owned()),
                steps: 3,
                hours: 21.0,
                is_estimated: true,
                levels: 4,
            }],
            people: 100,
            months: vec![month(0), month(1)],
            trained: around(50.0),
            populations: populations.collect(),
            ways: ways.collect(),
            spending: around(2_000.0),
            years: vec![Year { year: 2027, spending: 2_000.0, trained: 50.0 }],
            per_trained: Never { never: 0.0, low: Some(30.0), median: Some(40.0), high: Some(50.0) },
            coverage: Some(around(0.3)),
            goal: Never { never: 1.0, ..Never::default() },
            hours: around(140.0),
            hours_bought: around(7.0),
            left,
            effects: vec![effect],
            base: 50.0,
            mix: None,
            too_long: Vec::new(),
            request: request.clone(),
            scenario,
        })
    }
}
