//! Scenarios on the real catalogue: nobody is lost, the same numbers give the same answer, each claim is tried again by
//! asking something else. Absent: the simulation itself (see the crate `rollout`).

use catalogue::scenarios::{
    Scenario, ScenarioRequest, Setting, Simulation, SimulationError, Simulator, WayKind,
};

use super::Rollouts;
use crate::pathways::Solver;
use crate::pathways::tests::{personas, snapshot, solver};

fn scenario(id: &str) -> Scenario {
    exchange::scenarios::builtin().into_iter().find(|own| own.id == id).expect("a scenario")
}

/// Pathways without their explanations.
fn planner() -> Solver {
    Solver { explains: false, ..solver() }
}

fn request(id: &str, pairs: &[(&str, &str)]) -> ScenarioRequest {
    let all = [&[("tirages", "40")], pairs].concat();
    ScenarioRequest::parse(all, &scenario(id)).expect("a sound request")
}

fn tried(id: &str, pairs: &[(&str, &str)]) -> Result<Simulation, SimulationError> {
    Rollouts.simulate(snapshot(), &personas(), &scenario(id), &request(id, pairs), &planner())
}

fn simulated(id: &str, pairs: &[(&str, &str)]) -> Simulation {
    tried(id, pairs).expect("it is simulated")
}

/// Everybody is trained or left out for a cause, in all and in each population.
fn check_nobody_is_lost(own: &Simulation) {
    let others =
        |left: &catalogue::scenarios::LeftOut| left.causes().iter().map(|(_, count)| count).sum::<f64>();
    let whole = own.trained.mean + others(&own.left);
    assert!((whole - own.people as f64).abs() < 1e-6, "{whole} of {}", own.people);
    for result in own.populations.iter().filter(|own| own.route.is_some()) {
        let people = own.scenario.populations[result.place].people.expect("a number");
        let whole = result.trained.mean + others(&result.left);
        assert!((whole - f64::from(people)).abs() < 1e-6, "{whole} of {people}");
    }
    let ways: f64 = own.ways.iter().map(|way| way.trained.mean).sum();
    assert!((ways - own.trained.mean).abs() < 1e-6);
    let spent: f64 = own.years.iter().map(|year| year.spending).sum();
    assert!((spent - own.spending.mean).abs() < 1e-3 * (1.0 + spent), "{spent}");
    let last = own.months.last().expect("a month");
    assert_eq!(last.trained, own.trained);
}

#[test]
fn every_built_in_scenario_is_simulated_and_nobody_is_lost() {
    for own in exchange::scenarios::builtin() {
        let told = simulated(&own.id, &[]);
        check_nobody_is_lost(&told);
        assert!(told.trained.mean > 0.0 && told.spending.mean > 0.0, "{}", own.id);
        let closed = told.months.iter().filter(|month| own.closed.contains(&(month.month.parts().1 as u8)));
        assert!(closed.clone().all(|month| month.sessions.high == 0.0), "{}: a session in August", own.id);
    }
}

#[test]
fn the_same_numbers_give_the_same_answer_and_another_seed_another() {
    let first = simulated("quatre-facons", &[]);
    assert_eq!(first, simulated("quatre-facons", &[]));
    let other = simulated("quatre-facons", &[("graine", "2")]);
    assert_ne!(first.trained, other.trained);
}

#[test]
fn an_unknown_number_is_left_out_until_it_is_given() {
    let before = simulated("campus-central", &[]);
    let unknown = before.scenario.populations.iter().filter(|own| own.people.is_none()).count();
    assert_eq!((unknown, before.people), (2, 916));
    assert!(before.unknown_in_french().expect("told").contains("Cadres dirigeants adjoints"));
    let after = simulated("campus-central", &[("effectif", "adjoints:500")]);
    assert_eq!(after.people, 1_416);
    check_nobody_is_lost(&after);
}

#[test]
fn a_population_is_left_out_when_a_reader_says_so() {
    let own = simulated("campus-central", &[("effectif", "directeurs:0")]);
    assert_eq!(own.people, 916 - 221);
    assert!(!own.unknown_in_french().expect("told").contains("Directeurs"), "{:?}", own.unknown_in_french());
    check_nobody_is_lost(&own);
    // Nobody knows the number of the other: it is out already.
    let asked = request("campus-central", &[("effectif", "directeurs:0"), ("effectif", "adjoints:0")]);
    assert_eq!(asked.people.into_iter().collect::<Vec<_>>(), [("directeurs".to_owned(), 0)]);
}

#[test]
fn a_session_that_no_month_can_hold_is_told() {
    assert_eq!(simulated("campus-central", &[]).too_long, []);
    let few = [("reglage", "campus.formateurs:1"), ("reglage", "campus.heures-formateur:2")];
    let own = simulated("campus-central", &few);
    assert_eq!((own.trained.high, own.too_long.len()), (0.0, 1));
    let told = own.too_long_in_french();
    assert!(told[0].contains("un mois en offre 2") && told[0].contains("ne s’ouvre jamais"), "{told:?}");
}

#[test]
fn certain_numbers_give_what_is_worked_out_by_hand() {
    // 25,000 people, five steps, everybody comes and ends: all are trained when there are hours enough, at 300 € for 7 h.
    let all = [
        "campus.participation:100",
        "campus.presence:100",
        "campus.achevement:100",
        "campus.formateurs:100000",
        "campus.heures-formateur:100",
        "campus.groupe:20",
        "campus.cout-jour:300",
    ];
    let pairs: Vec<(&str, &str)> = all.iter().map(|pair| ("reglage", *pair)).collect();
    let own = simulated("transition-ecologique", &pairs);
    check_nobody_is_lost(&own);
    assert_eq!((own.trained.low, own.trained.high), (25_000.0, 25_000.0));
    assert!((own.spending.mean - 25_000.0 * 28.0 / 7.0 * 300.0).abs() < 1.0, "{}", own.spending.mean);
    // Five steps, one a month from October 2023: February 2024.
    let month = own.scenario.month(own.goal.median.expect("a month") as usize);
    assert_eq!(month.to_string(), "2024-02");
    assert!(own.effects.is_empty(), "{:?}", own.effects);
    // Half of the people given to nobody.
    let half = simulated("transition-ecologique", &[&pairs[..], &[("part", "campus:50")]].concat());
    assert_eq!((half.trained.mean, half.left.unassigned), (12_500.0, 12_500.0));
}

#[test]
fn hours_of_tutors_and_of_who_trains_relays_are_counted() {
    let none = simulated("plateforme-ouverte", &[("reglage", "plateforme.tutorat:0")]);
    let some = simulated("plateforme-ouverte", &[("reglage", "plateforme.tutorat:2")]);
    assert_eq!((none.hours_bought.high, none.trained), (0.0, some.trained));
    assert!(some.hours_bought.low > 0.0, "{:?}", some.hours_bought);
    let short = simulated("relais-ministeriels", &[("reglage", "relais.formation-relais:14")]);
    let long = simulated("relais-ministeriels", &[("reglage", "relais.formation-relais:28")]);
    assert!(
        (long.hours_bought.mean - 2.0 * short.hours_bought.mean).abs() < 1e-6
            && short.hours_bought.mean > 0.0
    );
}

#[test]
fn what_chance_explains_is_no_effect() {
    let own = simulated("plateforme-ouverte", &[]);
    assert!(own.sure_effects().count() < own.effects.len());
    assert!(
        own.sure_effects().all(|effect| effect.setting != Setting::ShowUp),
        "who does not come is asked again"
    );
}

#[test]
fn what_moves_the_result_is_what_is_found_by_changing_one_number() {
    let own = simulated("campus-central", &[]);
    let effect = own.effects.first().expect("an effect");
    assert_eq!((effect.kind, effect.setting), (WayKind::Campus, Setting::Completion));
    assert!(effect.at_low < own.base && own.base < effect.at_high);
    let low = simulated("campus-central", &[("reglage", "campus.achevement:80")]);
    let high = simulated("campus-central", &[("reglage", "campus.achevement:98")]);
    assert!(low.trained.mean < own.trained.mean && own.trained.mean < high.trained.mean);
}

#[test]
fn the_best_mix_keeps_to_its_budget_and_under_its_bound() {
    let mut before = 0.0;
    for budget in ["0", "200000", "1000000", "1000000000"] {
        let own = simulated("quatre-facons", &[("budget", budget)]);
        let mix = own.mix.expect("a mix");
        assert!(mix.spending <= mix.budget_eur + 1e-6, "{mix:?}");
        assert!(mix.reached <= mix.bound + 1e-9 && mix.bound <= 1.0 + 1e-9, "{mix:?}");
        assert!(mix.reached + 1e-9 >= before, "more money covers less: {mix:?}");
        before = mix.reached;
        for share in &mix.shares {
            let people = u64::from(own.scenario.populations[share.place].people.expect("a number"));
            assert!(share.people.iter().sum::<u64>() <= people);
        }
    }
}

#[test]
fn what_cannot_be_simulated_says_why() {
    let check = |pairs: &[(&str, &str)], expect: &str| {
        let error = tried("campus-central", pairs).expect_err("it is refused").to_string();
        assert!(error.contains(expect), "{error}");
    };
    check(&[("part", "campus:0")], "aucune façon");
    let mut nobody = scenario("campus-central");
    nobody.populations.iter_mut().for_each(|own| own.people = None);
    let request = ScenarioRequest::default();
    let asked =
        |scenario: &Scenario| Rollouts.simulate(snapshot(), &personas(), scenario, &request, &planner());
    assert_eq!(asked(&nobody), Err(SimulationError::Nobody));
    let mut stranger = scenario("campus-central");
    stranger.populations[0].follows = catalogue::scenarios::Follows::Persona("inconnu".to_owned());
    assert_eq!(asked(&stranger), Err(SimulationError::UnknownPersona("inconnu".to_owned())));
}
