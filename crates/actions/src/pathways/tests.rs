//! Pathways on the real catalogue: each claim of an answer is tried again by asking something else. Absent: the search
//! itself (see the crate `pathway`), what may enter (see `catalogue`).

mod claims;
mod reasons;
mod teams;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use catalogue::gaps::Constraint;
use catalogue::pathways::{
    Basis, Calendar, Lack, Obstacle, Outcome, Pathway, PathwayError, PathwayRequest, Planner, Proof, Reason,
    topic,
};
use catalogue::persona::Persona;
use catalogue::{
    Duration, Hours, LEVEL_2_HOURS, LEVEL_3_HOURS, Nature, Referential, Snapshot, Stamp, Training,
};

use super::Solver;

pub(crate) fn snapshot() -> &'static Snapshot {
    static REAL: OnceLock<Snapshot> = OnceLock::new();
    REAL.get_or_init(|| {
        let referential = Referential::builtin();
        let rows = crate::builtin::rows();
        let trainings = rows.iter().map(|row| Training::parse(row, &referential).expect("a sound row"));
        let stamp = Stamp { revision: 1, published_at: "2026-01-01T00:00:00Z".to_owned() };
        Snapshot::build(stamp, trainings.collect::<Vec<_>>().into_iter(), referential.clone(), 1)
            .expect("a snapshot")
    })
}

pub(crate) fn personas() -> Vec<Persona> {
    exchange::personas::builtin(&Referential::builtin())
}

fn persona(id: &str) -> Persona {
    personas().into_iter().find(|persona| persona.id == id).expect("a persona")
}

fn parse(pairs: &[(&str, &str)]) -> PathwayRequest {
    PathwayRequest::parse(pairs.iter().copied(), &Referential::builtin()).expect("a sound request")
}

fn plan(persona: &Persona, request: &PathwayRequest) -> Outcome {
    solver().plan(snapshot(), persona, request).expect("a sound request")
}

fn found(persona: &Persona, request: &PathwayRequest) -> Pathway {
    match plan(persona, request) {
        Outcome::Found(own) => *own,
        other => panic!("{other:?}"),
    }
}

/// Time is no limit here: a loaded machine finds the same.
pub(crate) fn solver() -> Solver {
    let hour = std::time::Duration::from_secs(3_600);
    Solver { longest: hour, each: hour, ..Solver::default() }
}

/// The pathway alone, nothing explained.
fn bare(persona: &Persona, request: &PathwayRequest) -> Pathway {
    let solver = Solver { explains: false, ..solver() };
    match solver.plan(snapshot(), persona, request).expect("a sound request") {
        Outcome::Found(own) => *own,
        other => panic!("{other:?}"),
    }
}

/// What comes of a request, nothing explained.
fn bare_outcome(persona: &Persona, request: &PathwayRequest) -> Outcome {
    let solver = Solver { explains: false, ..solver() };
    solver.plan(snapshot(), persona, request).expect("a sound request")
}

/// Whether an imposed training has its entry levels from another than the one that comes too late.
fn found_in_time(outcome: &Outcome, early: &str, late: &str) -> bool {
    let Outcome::Found(own) = outcome else { return false };
    let place = |id: &str| own.steps.iter().position(|step| step.training.id.as_str() == id);
    let (Some(early), Some(late)) = (place(early), place(late)) else { return false };
    own.calendar == Calendar::Placed
        && own.steps[early].entries.iter().all(|entry| entry.met_by.is_none_or(|step| step != late))
}

/// The same request with so many minutes over the whole pathway, and nothing explained.
fn within(request: &PathwayRequest, minutes: u64) -> PathwayRequest {
    let mut request = PathwayRequest { alternatives: 0, ..request.clone() };
    request.case.hours = Some(Hours::new(minutes as f64 / 60.0).expect("hours"));
    request
}

const CHIEF: &str = "directrice-administration-centrale";

#[test]
fn the_pathways_of_all_personas_are_proven_sound_and_within_their_limits() {
    for persona in personas() {
        for pairs in [&[][..], &[("durees", "centrales")], &[("faits", "etablis")], &[("budget", "1000")]] {
            let request = parse(pairs);
            let own = found(&persona, &request);
            assert_eq!(own.proof, Proof::Best, "{} {pairs:?}", persona.id);
            claims::check_rebuilt(&persona, &request, &own);
            assert!(own.limits.minutes.is_none_or(|most| own.bill.minutes <= u64::from(most)));
            assert!(own.limits.cents.is_none_or(|most| own.bill.cents <= u64::from(most)));
            let sum: u64 = own.steps.iter().map(|step| u64::from(step.minutes)).sum();
            assert_eq!(sum, own.bill.minutes);
            let gained: usize = own
                .steps
                .iter()
                .flat_map(|step| &step.gains)
                .map(|gain| usize::from(gain.to - gain.from))
                .sum();
            assert_eq!(gained, own.levels().0, "each level is gained by one step");
            let (gained, wanted) = own.levels();
            assert_eq!(own.unmet.len(), wanted - gained, "each level left has its reason");
            assert!(own.unmet.iter().all(|unmet| unmet.reason != Reason::Undecided));
            if !pairs.is_empty() && pairs[0].0 == "faits" {
                assert!(own.steps.iter().all(|step| step.basis == Basis::Stated));
            }
        }
    }
}

#[test]
fn no_pathway_leans_on_a_duration_that_level_or_nature_contradict() {
    let diploma = Referential::builtin().code::<Nature>("diplomante").expect("a nature");
    let stated = snapshot().trainings().filter(|training| training.nature == Some(diploma));
    let shortest = stated
        .filter_map(|training| training.duration_hours)
        .map(|hours| hours.get())
        .fold(f64::INFINITY, f64::min);
    let mut estimated = 0;
    for persona in personas() {
        for hours in ["7", "14", "40", "140", "400", "2000"] {
            for durations in ["prudentes", "centrales"] {
                let request = parse(&[("heures", hours), ("durees", durations), ("autres", "0")]);
                for step in &bare(&persona, &request).steps {
                    if step.basis == Basis::Stated {
                        continue;
                    }
                    estimated += 1;
                    let training = &step.training;
                    let highest = training.highest_level().map_or(0, |level| level.number());
                    let entry =
                        training.prerequisites.iter().map(|(_, level)| level.number()).max().unwrap_or(0);
                    let least = match (highest, entry) {
                        (3.., 0..2) => f64::from(LEVEL_3_HOURS),
                        (2.., 0) => f64::from(LEVEL_2_HOURS),
                        _ => 0.0,
                    };
                    let counted = f64::from(step.minutes) / 60.0;
                    assert!(counted >= least, "{}: {counted} h for level {highest}", training.id);
                    if training.nature == Some(diploma) {
                        assert!(counted >= shortest, "{}: a diploma in {counted} h", training.id);
                    }
                }
            }
        }
    }
    assert!(estimated > 20, "the rule is tried on estimates: {estimated}");
    assert!(snapshot().offer().durations().any(|own| matches!(own, Duration::AtLeast(_))));
}

#[test]
fn more_time_brings_what_is_said_and_a_minute_less_does_not() {
    let mut tried = 0;
    for persona in personas().iter().take(2) {
        let request = parse(&[("autres", "0")]);
        let own = found(persona, &request);
        let most = u64::from(own.limits.minutes.expect("a limit"));
        for unmet in own.unmet.iter().step_by(3) {
            let Reason::Limits(Lack { minutes: Some(more), .. }) = unmet.reason else { continue };
            tried += 1;
            // Everything that is kept, and the level.
            let mut wanted = request.clone();
            for line in &own.coverage {
                let is_it = line.competence == unmet.competence;
                let to = if is_it { unmet.level.number() } else { line.after.min(line.wanted) };
                wanted.wanted.insert(line.competence, to);
            }
            let all = |minutes| {
                let (gained, whole) = bare(persona, &within(&wanted, minutes)).levels();
                gained == whole
            };
            assert!(all(most + more), "{unmet:?}");
            assert!(!all(most + more - 1), "{unmet:?}");
        }
    }
    assert!(tried > 5, "{tried}");
}

#[test]
fn what_keeps_a_level_out_of_reach_does_and_nothing_smaller_would() {
    let persona = persona(CHIEF);
    let request = parse(&[("autres", "0")]);
    let own = found(&persona, &request);
    let mut tried = 0;
    for unmet in &own.unmet {
        let Reason::KeptOut { ways, teaching, .. } = &unmet.reason else { continue };
        let taught = snapshot().trainings().filter(|training| {
            let to = training.competences.iter().find(|(code, _)| *code == unmet.competence);
            let exam = Referential::builtin().term(training.kind).id == "exam";
            !exam && to.is_some_and(|(_, to)| to >= unmet.level)
        });
        assert_eq!(*teaching, taught.count(), "{unmet:?}");
        let obstacles = ways[0].obstacles;
        let constraint = |obstacle| match obstacle {
            Obstacle::Audience => Some(Constraint::Audience),
            Obstacle::Format => Some(Constraint::Format),
            Obstacle::Place => Some(Constraint::Place),
            Obstacle::Language => Some(Constraint::Language),
            _ => None,
        };
        let Some(lifted) = obstacles.iter().map(constraint).collect::<Option<Vec<_>>>() else { continue };
        tried += 1;
        let reaches = |lifted: &[Constraint]| {
            let mut wanted = PathwayRequest { ..request.clone() };
            wanted.wanted = persona.needs.iter().map(|need| (need.competence, 0)).collect();
            wanted.wanted.insert(unmet.competence, unmet.level.number());
            lifted.iter().for_each(|one| wanted.case.rules.lifted.insert(*one));
            let own = bare(&persona, &within(&wanted, 10_000 * 60));
            own.coverage.iter().any(|line| line.after >= unmet.level.number())
        };
        assert!(reaches(&lifted), "{unmet:?}");
        for left in 0..lifted.len() {
            let mut less = lifted.clone();
            less.remove(left);
            assert!(!reaches(&less), "{unmet:?}");
        }
    }
    assert!(tried > 10, "{tried}");
}

#[test]
fn the_frontier_is_what_each_length_allows() {
    let persona = persona(CHIEF);
    let request = parse(&[("autres", "0")]);
    let own = found(&persona, &request);
    assert!(own.frontier.len() > 5);
    for pair in own.frontier.windows(2) {
        assert!(pair[0].minutes < pair[1].minutes && pair[0].share < pair[1].share);
    }
    for point in own.frontier.iter().step_by(4) {
        let at = |minutes| bare(&persona, &within(&request, minutes)).levels().0;
        assert_eq!(at(point.minutes), point.levels);
        assert!(at(point.minutes - 1) < point.levels);
    }
    let last = own.frontier.iter().rfind(|point| point.is_within).expect("a point within");
    assert_eq!(last.levels, own.levels().0);
}

#[test]
fn without_a_step_the_pathway_is_the_one_that_bans_it() {
    let persona = persona(CHIEF);
    let request = parse(&[]);
    let own = found(&persona, &request);
    for step in &own.steps {
        let without = step.without.as_ref().expect("found");
        let mut banned = request.clone();
        banned.banned.push(step.training.id.clone());
        let other = bare(&persona, &banned);
        assert_eq!(other.levels().0 as i64, own.levels().0 as i64 - without.lost_levels);
        assert_eq!(other.bill.minutes as i64, own.bill.minutes as i64 + without.more_minutes);
        assert!(
            without
                .rivals
                .iter()
                .all(|rival| other.steps.iter().any(|own| own.training.id.as_str() == rival.id))
        );
    }
}

#[test]
fn other_pathways_differ_by_half_and_keep_to_the_limits() {
    for persona in personas() {
        let own = found(&persona, &parse(&[]));
        assert!(!own.alternatives.is_empty(), "{}", persona.id);
        for other in &own.alternatives {
            assert!(other.common * 2 <= own.steps.len() || other.common <= own.steps.len() / 2);
            assert!(own.limits.minutes.is_none_or(|most| other.bill.minutes <= u64::from(most)));
            assert!(other.levels <= own.levels().0);
        }
    }
}

#[test]
fn what_is_imposed_enters_and_what_is_banned_does_not() {
    let persona = persona(CHIEF);
    let own = bare(&persona, &parse(&[]));
    let first = own.steps[0].training.id.to_string();
    let banned = bare(&persona, &parse(&[("exclus", &first)]));
    assert!(banned.steps.iter().all(|step| step.training.id.as_str() != first));
    let imposed = banned.steps[0].training.id.to_string();
    let both = bare(&persona, &parse(&[("impose", &imposed), ("autres", "0")]));
    assert!(both.steps.iter().any(|step| step.is_pinned && step.training.id.as_str() == imposed));
    let request = parse(&[("impose", "nulle-part")]);
    let refused = solver().plan(snapshot(), &persona, &request);
    assert_eq!(refused, Err(PathwayError::UnknownTraining("nulle-part".to_owned())));
}

#[test]
fn what_is_imposed_and_does_not_fit_says_by_how_much() {
    let persona = persona(CHIEF);
    let long = snapshot()
        .trainings()
        .find(|training| {
            training.duration_hours.is_some_and(|hours| hours.get() > 100.0)
                && training.prerequisites.is_empty()
        })
        .expect("a long training");
    let request = parse(&[("impose", long.id.as_str()), ("autres", "0")]);
    let Outcome::Impossible(why) = plan(&persona, &request) else { panic!("it fits") };
    let more = why.enough.minutes.expect("more time is enough");
    let most = u64::from(why.limits.and_then(|limits| limits.minutes).expect("a limit"));
    assert!(matches!(plan(&persona, &within(&request, most + more)), Outcome::Found(_)));
    assert!(matches!(plan(&persona, &within(&request, most + more - 1)), Outcome::Impossible(_)));
}

#[test]
fn what_opens_a_step_is_over_when_it_begins() {
    for (id, pairs) in [
        ("adjoint-projet", &[("heures-mois", "3"), ("mois", "36"), ("sans", "langue")][..]),
        ("adjoint-projet", &[("heures-mois", "10"), ("mois", "60"), ("sans", "public")]),
        ("cheffe-service-portefeuille", &[("heures-mois", "6"), ("mois", "24")]),
    ] {
        let own = bare(&persona(id), &parse(&[pairs, &[("autres", "0")]].concat()));
        assert_eq!(own.calendar, Calendar::Placed);
        for (number, step) in own.steps.iter().enumerate() {
            let (first, _) = step.months.expect("placed");
            for entry in &step.entries {
                let known = own.persona.need(entry.competence).map_or(0, |need| need.from);
                let Some(by) = entry.met_by else {
                    assert!(known >= entry.level, "{}: nothing brings {:?}", step.training.id, entry);
                    continue;
                };
                let last = own.steps[by].months.expect("placed").1;
                assert!(
                    last <= first,
                    "{id}: step {} ends in {last}, step {} begins in {first}",
                    by + 1,
                    number + 1
                );
                assert!(own.steps[by].unlocks.contains(&number));
            }
        }
    }
}

#[test]
fn months_and_windows_hold() {
    let persona = persona("cheffe-service-portefeuille");
    let request = parse(&[("heures-mois", "14"), ("autres", "0")]);
    let own = bare(&persona, &request);
    assert_eq!(own.calendar, Calendar::Placed);
    let mut months = [0_u32; 12];
    for step in &own.steps {
        let (first, last) = step.months.expect("placed");
        assert!(first <= last && last <= 12);
        if step.minutes <= 14 * 60 {
            assert_eq!(first, last, "{} is cut", step.training.id);
            months[usize::from(first) - 1] += step.minutes;
        }
        for entry in step.entries.iter().filter_map(|entry| entry.met_by) {
            assert!(own.steps[entry].months.expect("placed").1 <= first);
        }
    }
    assert!(months.iter().all(|minutes| *minutes <= 14 * 60), "{months:?}");
    let id = own.steps[0].training.id.to_string();
    let window = format!("{id}:11-12");
    let later = bare(&persona, &parse(&[("fenetre", &window), ("impose", &id), ("autres", "0")]));
    let step = later.steps.iter().find(|step| step.training.id.as_str() == id).expect("imposed");
    assert!(step.months.is_some_and(|(first, _)| first >= 11));
    // A month too small for any training leaves nothing.
    let none = bare(&persona, &parse(&[("heures-mois", "0.1"), ("autres", "0")]));
    assert!(none.steps.iter().all(|step| step.minutes <= 72));
}

#[test]
fn a_training_whose_entry_level_comes_after_its_window_stays_out() {
    let persona = persona("adjoint-projet");
    let (early, late) = ("oriions-pspo2-product-owner-avance", "datactivist-oraccle-prototypage");
    let windows = [format!("{early}:1-1"), format!("{late}:9-12")];
    let request =
        parse(&[("fenetre", &windows[0]), ("fenetre", &windows[1]), ("autres", "0"), ("impose", late)]);
    let own = bare(&persona, &request);
    assert_eq!((own.calendar, own.proof), (Calendar::Placed, Proof::Best));
    assert!(own.steps.iter().all(|step| step.training.id.as_str() != early));
    let last = own.steps.iter().find(|step| step.training.id.as_str() == late).expect("imposed");
    assert!(last.months.is_some_and(|(first, _)| first >= 9));
    let free = bare(&persona, &parse(&[("autres", "0")]));
    assert_eq!(own.levels(), free.levels(), "another way gains as much");
    let both =
        [("fenetre", windows[0].as_str()), ("fenetre", &windows[1]), ("impose", early), ("impose", late)];
    let both = bare_outcome(&persona, &parse(&both));
    assert!(matches!(both, Outcome::Impossible(_)) || found_in_time(&both, early, late));
}

#[test]
fn a_window_leaves_the_other_steps_spread_over_the_year() {
    let persona = persona("adjoint-projet");
    let own = bare(&persona, &parse(&[("fenetre", "datactivist-oraccle-prototypage:9-12"), ("autres", "0")]));
    assert_eq!(own.calendar, Calendar::Placed);
    let months: BTreeSet<u8> = own.steps.iter().filter_map(|step| Some(step.months?.0)).collect();
    assert!(months.len() >= own.steps.len() / 2, "{months:?}");
}

#[test]
fn the_cheapest_costs_no_more_than_the_shortest() {
    let persona = persona("adjoint-projet");
    let pairs = [("budget", "5000"), ("heures", "60"), ("autres", "0")];
    let short = bare(&persona, &parse(&pairs));
    let cheap = bare(&persona, &parse(&[pairs[0], pairs[1], pairs[2], ("but", "prix")]));
    assert_eq!(short.levels(), cheap.levels());
    assert!(cheap.bill.cents <= short.bill.cents && short.bill.unknown_prices == 0);
}

#[test]
fn nothing_wanted_and_nothing_possible_are_told_apart() {
    let persona = persona(CHIEF);
    let known: Vec<(String, String)> = persona
        .needs
        .iter()
        .map(|need| ("acquis".to_owned(), format!("{}:4", Referential::builtin().term(need.competence).id)))
        .collect();
    let pairs: Vec<(&str, &str)> =
        known.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let own = found(&persona, &parse(&pairs));
    assert!(own.steps.is_empty() && own.unmet.is_empty() && own.finding().contains("déjà satisfaits"));
    let none = found(&persona, &parse(&[("heures", "0.02")]));
    assert!(none.steps.is_empty() && !none.unmet.is_empty());
    assert!(none.unmet.iter().all(|unmet| topic(unmet.competence) < 64));
}

#[test]
fn a_search_that_is_cut_short_is_sound_and_says_so() {
    let persona = persona("adjoint-projet");
    let request = parse(&[]);
    let best = bare(&persona, &request);
    let solver = Solver { nodes: 1, ..solver() };
    let Outcome::Found(own) = solver.plan(snapshot(), &persona, &request).expect("sound") else {
        panic!("found")
    };
    let (weight, whole) = best.weights();
    match own.proof {
        Proof::AtMost(share) => assert!(share >= weight / whole - 1e-9, "{share}"),
        Proof::Best | Proof::MostCovering => assert_eq!(own.levels(), best.levels()),
    }
    assert_ne!(own.proof, Proof::Best);
    claims::check_rebuilt(&persona, &request, &own);
    assert!(own.unmet.iter().any(|unmet| unmet.reason == Reason::Undecided));
}
