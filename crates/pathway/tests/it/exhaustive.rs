//! Small problems: every subset in every order against the search. Absent: large ones (see the bench).

use pathway::{
    Aim, Amount, Group, Module, Need, Outcome, Problem, Resource, Settings, check, solve, with_spares,
};
use proptest::prelude::*;

/// What a set is worth, by brute force: the order is found by trying all modules that are ready, again and again.
fn worth(problem: &Problem, set: &[usize]) -> Option<(u64, Vec<u64>)> {
    let (mut left, mut order) = (set.to_vec(), Vec::new());
    while !left.is_empty() {
        let ready = left.iter().position(|module| {
            let tried: Vec<usize> = order.iter().chain([module]).copied().collect();
            let mut levels: Vec<u8> = problem.start.clone();
            levels.resize(problem.topics, 0);
            for module in &tried[..tried.len() - 1] {
                for (topic, level) in &problem.modules[*module].teaches {
                    levels[*topic] = levels[*topic].max(*level);
                }
            }
            problem.modules[*module].requires.iter().all(|(topic, level)| levels[*topic] >= *level)
        })?;
        order.push(left.remove(ready));
    }
    check(problem, &order).ok()
}

/// The best by all aims among all subsets; nothing when none is allowed.
fn best(problem: &Problem) -> Option<(u64, Vec<u64>)> {
    let subsets = (0_u32..1 << problem.modules.len()).map(|bits| {
        (0..problem.modules.len()).filter(|module| bits >> module & 1 == 1).collect::<Vec<usize>>()
    });
    subsets.filter_map(|set| worth(problem, &set)).max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(&a.1)))
}

fn module(topics: usize, resources: usize) -> impl Strategy<Value = Module> {
    let levels = move || prop::collection::vec((0..topics, 1_u8..4), 0..3);
    let amount = (0_u32..12, prop_oneof![2 => Just(0.0), 1 => 0.0..9.0]);
    let amount = amount.prop_map(|(mean, variance)| Amount { mean, variance });
    (levels(), prop_oneof![1 => Just(Vec::new()), 1 => levels()], prop::collection::vec(amount, resources))
        .prop_map(|(teaches, requires, amounts)| Module { teaches, requires, amounts })
}

fn problem() -> impl Strategy<Value = Problem> {
    let topics = 4;
    // Weights of one person, and of many: sums stay exact only within rounding.
    let weight = (0_u32..6, prop_oneof![4 => Just(1_u32), 1 => Just(1_000), 1 => Just(100_000_007)])
        .prop_map(|(weight, people)| weight * people);
    let needs = prop::collection::vec((0..topics, 1_u8..4, weight), 1..5);
    let needs = needs.prop_map(|needs| {
        needs.into_iter().map(|(topic, to, weight)| Need { topic, to, weight }).collect::<Vec<Need>>()
    });
    let resource = (prop::option::weighted(0.8, 0_u32..40), prop_oneof![Just(0.0), Just(0.8416)]);
    let resources = prop::collection::vec(resource.prop_map(|(most, z)| Resource { most, z }), 2);
    (1_usize..9, needs, resources, prop::collection::vec(0_u8..2, 0..topics)).prop_flat_map(
        move |(count, needs, resources, start)| {
            let modules = prop::collection::vec(module(topics, 2), count);
            let group = (prop::collection::vec(0..count, 1..4), 0_usize..2, 1_usize..3);
            let groups = prop::collection::vec(group, 0..2);
            let some = || prop::collection::vec(0..count, 0..2);
            let costs = prop::collection::vec(0_u32..3, count);
            let most = prop::option::weighted(0.3, 0_usize..6);
            (modules, groups, some(), some(), costs, most).prop_map(
                move |(modules, groups, pinned, mut banned, costs, most_modules)| {
                    banned.retain(|module| !pinned.contains(module));
                    let groups = groups.into_iter().map(|(mut modules, least, most)| {
                        modules.sort_unstable();
                        modules.dedup();
                        Group { least: least.min(modules.len()), most, modules }
                    });
                    Problem {
                        topics,
                        start: start.clone(),
                        modules,
                        needs: needs.clone(),
                        resources: resources.clone(),
                        most_modules,
                        pinned,
                        banned,
                        groups: groups.collect(),
                        aims: vec![Aim::Least(0), Aim::Cheapest(costs)],
                    }
                },
            )
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn the_search_finds_what_exhaustive_search_finds(problem in problem()) {
        let found = solve(&problem, Settings::default()).expect("a problem");
        match (best(&problem), found) {
            (None, Outcome::Infeasible) => {}
            (Some((coverage, costs)), Outcome::Optimal(plan)) => {
                prop_assert_eq!(check(&problem, &plan.chosen), Ok((plan.coverage, plan.costs.clone())));
                prop_assert_eq!((plan.coverage, plan.costs), (coverage, costs));
            }
            (expected, found) => prop_assert!(false, "{expected:?} {found:?}"),
        }
    }

    #[test]
    fn what_others_replace_is_missed_by_no_question(problem in problem(), lifts in any::<bool>(), without in 0_usize..12) {
        let kept = with_spares(&problem, 1).expect("a problem");
        let mut asked = problem.clone();
        if without < problem.modules.len() && !problem.pinned.contains(&without) {
            asked.banned.push(without);
        }
        if lifts {
            asked.resources.iter_mut().for_each(|resource| resource.most = None);
        }
        let mut thinned = asked.clone();
        thinned.banned.extend((0..problem.modules.len()).filter(|module| !kept.contains(module)));
        prop_assert_eq!(best(&thinned), best(&asked));
    }

    #[test]
    fn a_search_that_is_stopped_gives_a_sound_plan_and_a_sound_bound(problem in problem(), nodes in 0_u64..4) {
        let found = solve(&problem, Settings { nodes, ..Settings::default() }).expect("a problem");
        let best = best(&problem);
        match found {
            Outcome::Optimal(plan) => prop_assert_eq!(best, Some((plan.coverage, plan.costs))),
            Outcome::Feasible { plan, bound } => {
                prop_assert!(check(&problem, &plan.chosen).is_ok());
                let (coverage, _) = best.expect("there is one");
                prop_assert!(plan.coverage <= coverage && coverage <= bound);
            }
            Outcome::Infeasible => prop_assert_eq!(best, None),
            Outcome::LimitReached { bound } => prop_assert!(best.is_none_or(|(coverage, _)| coverage <= bound)),
        }
    }
}

#[test]
fn two_modules_that_each_supply_the_other_are_no_plan() {
    let module = |teaches, requires| Module {
        teaches: vec![(teaches, 1)],
        requires: vec![(requires, 1)],
        amounts: Vec::new(),
    };
    let need = |topic| Need { topic, to: 1, weight: 1 };
    let ring = Problem {
        topics: 3,
        modules: vec![module(0, 1), module(1, 0)],
        needs: vec![need(0), need(1)],
        ..Problem::default()
    };
    let Ok(Outcome::Optimal(plan)) = solve(&ring, Settings::default()) else { panic!("a plan") };
    assert_eq!((plan.chosen, plan.coverage), (Vec::new(), 0));
    // A way in opens the ring.
    let mut open = ring.clone();
    open.modules.push(Module { teaches: vec![(0, 1)], ..Module::default() });
    let Ok(Outcome::Optimal(plan)) = solve(&open, Settings::default()) else { panic!("a plan") };
    assert_eq!((plan.chosen, plan.coverage), (vec![2, 1], 2));
    assert!(check(&open, &[1, 2]).is_err());
}
