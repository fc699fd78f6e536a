//! Why a level is left and why nothing fits, each claim tried again with what it names lifted. Absent: other explanations.

use catalogue::Referential;
use catalogue::gaps::Constraint;
use catalogue::pathways::{Obstacle, Obstacles, Offered, Outcome, PathwayRequest, Reason, topic};

use super::{CHIEF, bare, found, parse, persona, personas, plan, snapshot};

/// The request with a set of obstacles lifted; nothing when one of them cannot be.
fn lifting(request: &PathwayRequest, obstacles: Obstacles) -> Option<PathwayRequest> {
    let mut request = request.clone();
    for obstacle in obstacles.iter() {
        request.case.rules.lifted.insert(match obstacle {
            Obstacle::Audience => Constraint::Audience,
            Obstacle::Format => Constraint::Format,
            Obstacle::Place => Constraint::Place,
            Obstacle::Language => Constraint::Language,
            _ => return None,
        });
    }
    Some(request)
}

#[test]
fn what_an_obstacle_alone_keeps_out_enters_when_it_is_lifted_and_fits_alone() {
    let (mut tried, mut beyond) = (0, 0);
    for persona in personas() {
        for pairs in [&[("autres", "0")][..], &[("autres", "0"), ("heures", "14"), ("budget", "500")]] {
            let request = parse(pairs);
            let own = found(&persona, &request);
            for unmet in &own.unmet {
                let Reason::KeptOut { ways, limits, .. } = &unmet.reason else { continue };
                assert_eq!(*limits, own.limits);
                for way in ways {
                    let Some(lifted) = lifting(&request, way.obstacles) else { continue };
                    let set = snapshot().offered(&lifted.of(&persona), &lifted);
                    let before = snapshot().offered(&request.of(&persona), &request);
                    let place = topic(unmet.competence);
                    let teaches = |one: &&Offered| {
                        one.teaches.iter().any(|(own, to)| *own == place && *to >= unmet.level.number())
                    };
                    let entered = |one: &&Offered| {
                        let id = snapshot().training_of(one).id;
                        let was = before.all.iter().find(|own| snapshot().training_of(own).id == id);
                        one.may_enter() && !was.expect("the same offer").may_enter()
                    };
                    let entered: Vec<&Offered> = set.all.iter().filter(teaches).filter(entered).collect();
                    let is_long = |one: &Offered| limits.minutes.is_some_and(|most| one.minutes > most);
                    let is_dear =
                        |one: &Offered| limits.cents.is_some_and(|most| one.cents.unwrap_or(0) > most);
                    let fitting = entered.iter().filter(|one| !is_long(one) && !is_dear(one)).count();
                    assert!(way.trainings <= fitting, "{unmet:?}");
                    let long = entered.iter().filter(|one| is_long(one)).count();
                    assert!(way.too_long <= long && way.too_dear <= entered.len(), "{unmet:?}");
                    // Where nothing else is asked for, each is told once.
                    if entered.iter().all(|one| one.asks.is_empty()) {
                        let told = (way.trainings, way.too_long + way.too_dear);
                        assert_eq!(told, (fitting, entered.len() - fitting), "{unmet:?}");
                    }
                    tried += 1;
                    beyond += way.too_long + way.too_dear;
                    let told = unmet.reason.in_french(&Referential::builtin());
                    assert_eq!(
                        told.contains("plus que vos"),
                        ways.iter().any(|way| way.too_long + way.too_dear > 0)
                    );
                }
            }
        }
    }
    assert!(tried > 20 && beyond > 0, "{tried} {beyond}");
}

/// Trainings of at most so many hours that may enter by themselves, and the hours of each.
fn stated(least: f64, most: f64) -> Vec<(String, f64)> {
    let own = snapshot().trainings().filter(|training| training.prerequisites.is_empty());
    let own = own.filter(|training| {
        training.competences.iter().next().is_some()
            && snapshot().referential().term(training.kind).id == "course"
    });
    let hours = own.filter_map(|training| Some((training.id.to_string(), training.duration_hours?.get())));
    hours.filter(|(_, hours)| (least..=most).contains(hours)).collect()
}

/// What is said of imposed trainings that do not fit in so many hours, and how many of them have to go.
fn check_impossible(hours: &str, pinned: &[&str], expect: &str) {
    let pairs: Vec<(&str, &str)> =
        pinned.iter().map(|id| ("impose", *id)).chain([("heures", hours), ("autres", "0")]).collect();
    let request = parse(&pairs);
    let persona = persona(CHIEF);
    let Outcome::Impossible(why) = plan(&persona, &request) else { panic!("it fits") };
    let told = why.in_french(&Referential::builtin());
    assert!(told.contains(expect), "{told}");
    // Each removal that is told is enough, and nothing less is.
    let removal = why.removal.expect("few sets");
    let title = |id: &str| snapshot().get(id).expect("a training").title;
    let fits = |gone: &[String]| {
        let mut fewer = request.clone();
        fewer.pinned.retain(|id| !gone.contains(&title(id.as_str())));
        matches!(plan(&persona, &fewer), Outcome::Found(_))
    };
    assert!(removal.sets.iter().all(|set| set.len() == removal.count && fits(set)), "{removal:?}");
    if removal.count > 1 {
        assert!(pinned.iter().all(|id| !fits(&[title(id)])), "{removal:?}");
    }
}

#[test]
fn what_to_remove_of_what_is_imposed_is_what_helps() {
    let (long, short) = (stated(30.0, 60.0), stated(3.0, 7.0));
    let (a, b) = (long[0].0.as_str(), long[1].0.as_str());
    let (c, d) = (short[0].0.as_str(), short[1].0.as_str());
    check_impossible("1", &[a], "ou la retirer");
    // Either of the two is enough, or only the long one, or both.
    let both = (long[0].1 + long[1].1 - 0.5).to_string();
    check_impossible(&both, &[a, b], "ou en retirer une.");
    check_impossible("20", &[a, c, d], "ou retirer «");
    check_impossible("1", &[a, b], "ou les retirer toutes");
    check_impossible("20", &[a, b, c], "en retirer moins ne suffit pas");
}

#[test]
fn what_is_mastered_already_is_not_called_unasked() {
    let anybody = catalogue::pathways::anybody();
    let mastered = [("besoin", "culture-donnees:2"), ("acquis", "culture-donnees:2")];
    assert!(bare(&anybody, &parse(&mastered)).finding().contains("déjà maîtrisé"));
    assert!(bare(&anybody, &parse(&[])).finding().contains("Aucun besoin n’est demandé"));
    let none = [("besoin", "culture-donnees:0")];
    assert!(bare(&anybody, &parse(&none)).finding().contains("Aucun besoin n’est demandé"));
}
