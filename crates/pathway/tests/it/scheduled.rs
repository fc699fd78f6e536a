//! Timetables: each rule by an example, then all of them against every placing.

use pathway::{Amount, Module, Problem, Resource, Scheduled, Timetable, check_timetable, schedule};
use proptest::prelude::*;

fn module(amount: u32, teaches: &[(usize, u8)], requires: &[(usize, u8)]) -> Module {
    Module { teaches: teaches.to_vec(), requires: requires.to_vec(), amounts: vec![Amount::known(amount)] }
}

fn problem(modules: Vec<Module>) -> Problem {
    Problem { topics: 3, modules, resources: vec![Resource { most: None, z: 0.0 }], ..Problem::default() }
}

fn timetable(capacities: &[u32], windows: &[(usize, (usize, usize))]) -> Timetable {
    Timetable { resource: 0, capacities: capacities.to_vec(), windows: windows.to_vec() }
}

/// Modules of these amounts are placed so, or cannot be.
fn check(amounts: &[u32], own: &Timetable, expect: Option<&[(usize, usize)]>) {
    let problem = problem(amounts.iter().map(|amount| module(*amount, &[], &[])).collect());
    let chosen: Vec<usize> = (0..amounts.len()).collect();
    let expect = expect.map_or(Scheduled::Impossible, |places| Scheduled::Placed(places.to_vec()));
    assert_eq!(schedule(&problem, &chosen, own, true, 10_000), Ok(expect));
}

#[test]
fn a_module_lies_in_one_period_unless_it_is_longer() {
    check(&[7, 7], &timetable(&[10, 10], &[]), Some(&[(0, 0), (1, 1)]));
    check(&[3, 7], &timetable(&[10, 10], &[]), Some(&[(0, 0), (0, 0)]));
    check(&[25], &timetable(&[10, 10, 10], &[]), Some(&[(0, 2)]));
    check(&[6, 6, 6], &timetable(&[10, 10], &[]), None);
    check(&[25], &timetable(&[10, 10], &[]), None);
}

#[test]
fn windows_hold_and_a_long_module_yields_to_a_short_one() {
    check(&[5], &timetable(&[10, 10], &[(0, (1, 1))]), Some(&[(1, 1)]));
    check(&[7, 7], &timetable(&[10, 10], &[(0, (0, 0)), (1, (0, 0))]), None);
    check(&[12, 10], &timetable(&[10, 10, 10], &[(1, (1, 1))]), Some(&[(0, 2), (1, 1)]));
}

#[test]
fn a_requirement_is_met_by_a_module_that_ends_before() {
    let own = problem(vec![module(10, &[], &[(0, 1)]), module(10, &[(0, 1)], &[])]);
    let capacities = timetable(&[10, 10], &[]);
    assert_eq!(
        schedule(&own, &[1, 0], &capacities, true, 1_000),
        Ok(Scheduled::Placed(vec![(0, 0), (1, 1)]))
    );
    let late = timetable(&[10, 10], &[(1, (1, 1))]);
    assert_eq!(schedule(&own, &[1, 0], &late, true, 1_000), Ok(Scheduled::Impossible));
    // Left aside, the order is no obstacle.
    assert_eq!(schedule(&own, &[1, 0], &late, false, 1_000), Ok(Scheduled::Placed(vec![(1, 1), (0, 0)])));
}

#[test]
fn two_modules_that_wait_for_each_other_have_no_timetable() {
    let own = problem(vec![module(1, &[(0, 1)], &[(1, 1)]), module(1, &[(1, 1)], &[(0, 1)])]);
    assert_eq!(schedule(&own, &[0, 1], &timetable(&[9], &[]), true, 1_000), Ok(Scheduled::Impossible));
}

#[test]
fn what_cannot_be_handled_is_refused_and_limits_are_told() {
    let own = problem(vec![module(1, &[], &[])]);
    assert!(schedule(&own, &[3], &timetable(&[9], &[]), true, 10).is_err());
    assert!(schedule(&own, &[0], &Timetable { resource: 4, ..timetable(&[9], &[]) }, true, 10).is_err());
    assert!(schedule(&own, &[0], &timetable(&[1; 500], &[]), true, 10).is_err());
    assert_eq!(schedule(&own, &[0], &timetable(&[9], &[]), true, 0), Ok(Scheduled::LimitReached));
}

/// Whether some placing of the choice holds, by trying all.
fn exists(problem: &Problem, own: &Timetable, places: &mut Vec<(usize, usize)>) -> bool {
    if places.len() == problem.modules.len() {
        let chosen: Vec<usize> = (0..places.len()).collect();
        return check_timetable(problem, &chosen, own, places).is_ok();
    }
    for first in 0..own.capacities.len() {
        for last in first..own.capacities.len() {
            places.push((first, last));
            if exists(problem, own, places) {
                return true;
            }
            places.pop();
        }
    }
    false
}

proptest! {
    #[test]
    fn a_timetable_is_found_exactly_when_there_is_one(
        modules in proptest::collection::vec(
            (1_u32..9, proptest::option::of((0_usize..3, 1_u8..3)), proptest::option::of((0_usize..3, 1_u8..3))),
            1..5,
        ),
        capacities in proptest::collection::vec(0_u32..7, 1..4),
        window in proptest::option::of((0_usize..3, 0_usize..3)),
    ) {
        let built = modules.iter().map(|(amount, teaches, requires)| {
            module(*amount, teaches.as_slice(), requires.as_slice())
        });
        let problem = problem(built.collect());
        let windows: Vec<_> = window.map(|(from, to)| (0, (from.min(to), from.max(to)))).into_iter().collect();
        let own = timetable(&capacities, &windows);
        let chosen: Vec<usize> = (0..problem.modules.len()).collect();
        let found = schedule(&problem, &chosen, &own, true, 1_000_000).expect("a sound problem");
        let is_there = exists(&problem, &own, &mut Vec::new());
        match found {
            Scheduled::Placed(places) => {
                prop_assert!(is_there);
                prop_assert_eq!(check_timetable(&problem, &chosen, &own, &places), Ok(()));
            }
            Scheduled::Impossible => prop_assert!(!is_there),
            Scheduled::LimitReached => prop_assert!(false, "a small problem"),
        }
    }
}
