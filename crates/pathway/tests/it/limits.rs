//! Problems that make no sense, and limits at their edges.

use pathway::{
    Aim, Amount, Broken, Error, Group, Module, Need, Outcome, Problem, Resource, Settings, check, solve,
};

fn simple() -> Problem {
    let module =
        |mean| Module { teaches: vec![(0, 1)], requires: Vec::new(), amounts: vec![Amount::known(mean)] };
    Problem {
        topics: 1,
        modules: vec![module(5), module(3)],
        needs: vec![Need { topic: 0, to: 1, weight: 2 }],
        resources: vec![Resource { most: Some(4), z: 0.0 }],
        ..Problem::default()
    }
}

fn check_error(change: impl FnOnce(&mut Problem), expect: Error) {
    let mut problem = simple();
    change(&mut problem);
    assert_eq!(solve(&problem, Settings::default()), Err(expect));
}

#[test]
fn what_makes_no_sense_is_refused() {
    check_error(|own| own.needs[0].topic = 1, Error::Unknown("topic", 1));
    check_error(|own| own.needs[0].to = 10, Error::Level);
    check_error(|own| own.modules[1].amounts.clear(), Error::Amounts(1));
    check_error(|own| own.modules[0].amounts[0].variance = f64::NAN, Error::Spread);
    check_error(|own| own.resources[0].z = -1.0, Error::Spread);
    check_error(|own| own.pinned = vec![7], Error::Unknown("module", 7));
    check_error(|own| (own.pinned, own.banned) = (vec![0], vec![0]), Error::Contradiction(0));
    check_error(|own| own.groups = vec![Group { modules: vec![0], least: 2, most: 3 }], Error::Group(0));
    check_error(|own| own.aims = vec![Aim::Least(3)], Error::Unknown("resource", 3));
    check_error(|own| own.topics = 1_000, Error::TooMany("topics", 500));
}

fn chosen(problem: &Problem) -> Option<Vec<usize>> {
    match solve(problem, Settings::default()) {
        Ok(Outcome::Optimal(plan)) => Some(plan.chosen),
        Ok(Outcome::Infeasible) => None,
        other => panic!("{other:?}"),
    }
}

#[test]
fn limits_hold_at_their_edges() {
    let mut problem = simple();
    assert_eq!(chosen(&problem), Some(vec![1]));
    problem.resources[0].most = Some(2);
    assert_eq!(chosen(&problem), Some(Vec::new()));
    problem.pinned = vec![0];
    assert_eq!(chosen(&problem), None);
    problem.resources[0].most = Some(5);
    assert_eq!(chosen(&problem), Some(vec![0]));
    problem.resources[0].most = None;
    problem.most_modules = Some(0);
    assert_eq!(chosen(&problem), None);
    assert_eq!(chosen(&Problem::default()), Some(Vec::new()));
}

#[test]
fn the_spread_of_a_sum_is_less_than_the_sum_of_spreads() {
    let module = |topic| Module {
        teaches: vec![(topic, 1)],
        requires: Vec::new(),
        amounts: vec![Amount { mean: 10, variance: 16.0 }],
    };
    let mut problem = Problem {
        topics: 2,
        modules: vec![module(0), module(1)],
        needs: (0..2).map(|topic| Need { topic, to: 1, weight: 1 }).collect(),
        // Two modules: 20 + √32 = 25.7 at one standard deviation, not 28.
        resources: vec![Resource { most: Some(26), z: 1.0 }],
        ..Problem::default()
    };
    assert_eq!(chosen(&problem).map(|chosen| chosen.len()), Some(2));
    problem.resources[0].most = Some(25);
    assert_eq!(chosen(&problem).map(|chosen| chosen.len()), Some(1));
    assert_eq!(check(&problem, &[0, 1]), Err(vec![Broken::Over(0)]));
}
