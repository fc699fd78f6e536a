//! Programmes of teams on the real catalogue, worked out again from the trainings and the people alone.
//! Absent: pathways of one person.

use catalogue::pathways::{Planner, Programme, Proof, TeamOutcome, TeamRequest};
use catalogue::persona::Persona;
use catalogue::{Format, Referential};

use super::{CHIEF, bare, parse, persona, snapshot, solver};

fn team(pairs: &[(&str, &str)]) -> (TeamRequest, Programme) {
    let request =
        TeamRequest::parse(pairs.iter().copied(), &Referential::builtin()).expect("a sound request");
    let personas: Vec<Persona> = request.groups.iter().map(|(id, _)| persona(id)).collect();
    match solver().programme(snapshot(), &personas, &request).expect("a sound request") {
        TeamOutcome::Found(own) => (request, *own),
        TeamOutcome::Stopped => panic!("it is stopped"),
    }
}

/// What a programme says is worked out again from the trainings and the people alone.
fn check_programme(pairs: &[(&str, &str)]) -> Programme {
    let (request, own) = team(pairs);
    let mut levels: Vec<std::collections::BTreeMap<_, u8>> = vec![Default::default(); own.groups.len()];
    let (mut cents, mut unknown) = (0, 0);
    let mut minutes = vec![0_u64; own.groups.len()];
    for run in &own.runs {
        let people: u32 = run.groups.iter().map(|group| own.groups[*group].people).sum();
        let paced = |format: &Format| {
            !["mooc", "e-learning"].contains(&Referential::builtin().term(*format).id.as_str())
        };
        let is_paced =
            run.training.formats.is_empty() || run.training.formats.iter().any(|format| paced(&format));
        let sessions = if is_paced { people.div_ceil(request.seats.into()) } else { 0 };
        assert_eq!((run.people, run.sessions), (people, sessions));
        assert_eq!(run.free_seats, (run.sessions * u32::from(request.seats)).saturating_sub(people));
        let head =
            run.training.price_eur.map(|price| (price.get() * 100.0).round() as u64 * u64::from(people));
        let bought = request
            .session_eur
            .filter(|_| is_paced)
            .map(|euros| (euros.get() * 100.0) as u64 * u64::from(run.sessions));
        assert_eq!(run.cents, head.into_iter().chain(bought).min(), "{}", run.training.id);
        cents += run.cents.unwrap_or(0);
        unknown += usize::from(run.cents.is_none());
        for group in &run.groups {
            minutes[*group] += u64::from(run.minutes);
            for (competence, level) in run.training.prerequisites.iter() {
                let held = levels[*group].get(&competence).copied().unwrap_or(0);
                assert!(held >= level.number(), "{} comes too early", run.training.id);
            }
            for (competence, level) in run.training.competences.iter() {
                let held = levels[*group].entry(competence).or_default();
                *held = (*held).max(level.number());
            }
        }
    }
    assert_eq!((own.cents, own.unknown_costs), (cents, unknown));
    assert!(own.budget_cents.is_none_or(|most| cents <= most));
    for ((group, minutes), levels) in own.groups.iter().zip(minutes).zip(levels) {
        assert_eq!(group.minutes, minutes);
        assert!(group.limit_minutes.is_none_or(|most| minutes <= most));
        for line in &group.coverage {
            assert_eq!(line.after, levels.get(&line.competence).copied().unwrap_or(0).max(line.before));
        }
    }
    own
}

#[test]
fn a_team_alone_without_a_budget_has_the_pathway_of_its_persona() {
    let own = check_programme(&[("groupe", &format!("{CHIEF}:5"))]);
    assert_eq!(own.groups[0].levels(), bare(&persona(CHIEF), &parse(&[])).levels());
    assert_eq!(own.proof, Proof::Best);
}

#[test]
fn sessions_bought_for_a_team_are_shared_and_a_budget_holds() {
    let groups =
        [("groupe", "directrice-administration-centrale:4"), ("groupe", "cheffe-service-portefeuille:8")];
    let pairs = [groups[0], groups[1], ("session", "2000"), ("enveloppe", "6000"), ("heures", "30")];
    let own = check_programme(&pairs);
    assert!(!own.runs.is_empty() && own.person_levels() > 0);
    assert!(own.runs.iter().any(|run| run.groups.len() == 2), "{own:?}");
    let more = check_programme(&[
        groups[0],
        groups[1],
        ("session", "2000"),
        ("enveloppe", "12000"),
        ("heures", "30"),
    ]);
    assert!(more.person_levels() >= own.person_levels());
    let none = check_programme(&[groups[0], groups[1], ("enveloppe", "0"), ("faits", "etablis")]);
    assert_eq!(none.cents, 0);
}

#[test]
fn a_cost_that_nobody_states_counts_once_for_groups_that_come_together() {
    let pairs =
        [("groupe", "cheffe-service-portefeuille:5"), ("groupe", "adjoint-projet:20"), ("heures", "20")];
    let own = check_programme(&pairs);
    // Known by hand: five unknown costs are enough, no euro is needed.
    assert_eq!((own.unknown_costs, own.cents, own.proof), (5, 0, Proof::Best));
}

/// A programme in which nothing that each follows at her own pace has a session, and each cost is the stated one.
fn check_self_paced(pairs: &[(&str, &str)]) -> Programme {
    let own = check_programme(pairs);
    for run in own.runs.iter().filter(|run| run.sessions == 0) {
        let head = run.training.price_eur.map(|price| (price.get() * 100.0).round() as u64);
        assert_eq!(run.cents, head.map(|cents| cents * u64::from(run.people)), "{}", run.training.id);
        assert!(!run.is_bought, "{} has no session to buy", run.training.id);
    }
    own
}

#[test]
fn what_each_follows_at_her_own_pace_is_not_bought_by_the_session() {
    let groups = [("groupe", "adjoint-projet:12"), ("groupe", "cheffe-service-portefeuille:3")];
    let common = [("session", "3000"), ("places", "8")];
    let with = |others: &[(&'static str, &'static str)]| [&groups[..], &common, others].concat();
    // Without a budget they may come, at a cost that nobody knows.
    let open = check_self_paced(&with(&[]));
    let is_unknown = |run: &catalogue::pathways::Run| run.sessions == 0 && run.cents.is_none();
    assert_eq!(open.unknown_costs, open.runs.iter().filter(|run| is_unknown(run)).count());
    // With one, a cost that nobody states stays out, unless it is admitted.
    let within = check_self_paced(&with(&[("enveloppe", "20000")]));
    assert_eq!(within.unknown_costs, 0);
    assert!(!within.runs.is_empty());
    // What has sessions is still bought by them.
    assert!(within.runs.iter().any(|run| run.is_bought && run.sessions > 0));
    // A small envelope buys no course at her own pace that costs more.
    let small = check_self_paced(&with(&[("enveloppe", "500")]));
    assert!(small.cents <= 50_000 && small.unknown_costs == 0);
    let admitted = check_self_paced(&with(&[("enveloppe", "500"), ("prix-inconnus", "admis")]));
    assert!(admitted.unknown_costs > 0 && admitted.person_levels() > small.person_levels());
}

#[test]
fn groups_come_together_only_where_it_costs_no_more() {
    for (seats, session) in [("8", "3000"), ("8", "900"), ("4", "1500")] {
        let pairs = [
            ("groupe", "directrice-administration-centrale:1"),
            ("groupe", "cheffe-service-portefeuille:8"),
            ("groupe", "adjoint-projet:3"),
            ("session", session),
            ("places", seats),
            ("enveloppe", "9000"),
        ];
        check_self_paced(&pairs);
    }
}
