//! Balanced loads: small placings, and what cannot be.

use pathway::{Balance, Balanced, Course, Error, balance};
use proptest::prelude::*;

fn problem(loads: &[u32], after: &[(usize, usize)], periods: usize) -> Balance {
    let mut courses: Vec<Course> =
        loads.iter().map(|load| Course { load: *load, after: Vec::new() }).collect();
    after.iter().for_each(|(later, earlier)| courses[*later].after.push(*earlier));
    Balance { courses, periods, load: (0, 1_000), count: (0, 1_000) }
}

#[test]
fn loads_are_balanced_and_orders_kept() {
    let Ok(Balanced::Optimal(periods, load)) = balance(&problem(&[3, 3, 2, 2, 2], &[(0, 1)], 2), 10_000)
    else {
        panic!("a placing")
    };
    assert_eq!(load, 7);
    assert!(periods[1] < periods[0]);
    assert_eq!(balance(&problem(&[1, 1], &[(0, 1), (1, 0)], 2), 10), Ok(Balanced::Impossible));
    assert_eq!(balance(&problem(&[1, 1, 1], &[(1, 0), (2, 1)], 2), 10), Ok(Balanced::Impossible));
    assert_eq!(balance(&problem(&[1], &[(0, 4)], 2), 10), Err(Error::Unknown("course", 4)));
    assert_eq!(balance(&problem(&[1], &[], 0), 10), Ok(Balanced::Impossible));
    assert_eq!(balance(&problem(&[2, 2], &[], 1), 0), Ok(Balanced::LimitReached));
}

/// The least load by brute force.
fn least(problem: &Balance) -> Option<u32> {
    let count = problem.courses.len() as u32;
    let all = (problem.periods as u32).pow(count);
    let placings = (0..all).map(|mut number| {
        (0..count)
            .map(|_| {
                let period = number as usize % problem.periods;
                number /= problem.periods as u32;
                period
            })
            .collect::<Vec<usize>>()
    });
    let loads = |periods: &[usize]| {
        let mut loads = vec![(0, 0); problem.periods];
        for (course, period) in problem.courses.iter().zip(periods) {
            loads[*period].0 += course.load;
            loads[*period].1 += 1;
        }
        loads
    };
    let is_kept = |periods: &Vec<usize>| {
        let courses = problem.courses.iter().enumerate();
        let is_ordered = courses
            .clone()
            .all(|(own, course)| course.after.iter().all(|other| periods[*other] < periods[own]));
        is_ordered
            && loads(periods).iter().all(|(load, count)| {
                (problem.load.0..=problem.load.1).contains(load)
                    && (problem.count.0..=problem.count.1).contains(count)
            })
    };
    placings.filter(is_kept).map(|periods| loads(&periods).iter().map(|own| own.0).max().unwrap_or(0)).min()
}

proptest! {
    #[test]
    fn the_least_load_is_that_of_all_placings(
        loads in prop::collection::vec(0_u32..6, 1..7),
        pairs in prop::collection::vec((0_usize..7, 0_usize..7), 0..5),
        periods in 1_usize..4,
        bounds in (0_u32..4, 3_u32..14, 0_usize..2, 1_usize..5),
    ) {
        let after: Vec<(usize, usize)> =
            pairs.into_iter().filter(|(a, b)| a > b && *a < loads.len()).collect();
        let mut problem = problem(&loads, &after, periods);
        (problem.load, problem.count) = ((bounds.0, bounds.1), (bounds.2, bounds.3));
        let found = balance(&problem, 1_000_000).expect("a problem");
        match (least(&problem), found) {
            (None, Balanced::Impossible) => {}
            (Some(least), Balanced::Optimal(_, load)) => prop_assert_eq!(load, least),
            (expected, found) => prop_assert!(false, "{expected:?} {found:?}"),
        }
    }
}
