//! Requests of pathways, what may enter one, and why a level cannot be reached: each rule by an example, addresses by
//! property. Absent: the search (see `actions`).

use catalogue::gaps::Constraint;
use catalogue::pathways::{
    AlternativeFormat, Basis, Limits, Month, Obstacle, Obstacles, OfferedSet, PathwayRequest, Preference,
    Reach, Reason, TeamRequest, Way, Without, anybody, refusals,
};
use catalogue::persona::{Persona, RawNeed, RawPersona};
use catalogue::{
    Code as _, Competence, Euros, Hours, Level, RawTraining, Referential, Snapshot, Stamp, Training,
    TrainingId,
};
use proptest::prelude::*;

use crate::{levels, row, training};

fn snapshot(rows: &[RawTraining]) -> Snapshot {
    let stamp = Stamp { revision: 1, published_at: "2026-01-01T00:00:00Z".to_owned() };
    let trainings: Vec<Training> = rows.iter().map(training).collect();
    Snapshot::build(stamp, trainings.into_iter(), Referential::builtin(), 1).expect("a snapshot")
}

/// Somebody who needs « culture-donnees » at level 2, in a room, in French.
fn persona() -> Persona {
    let raw = RawPersona {
        id: "essai".to_owned(),
        label: "Essai".to_owned(),
        situation: "Essaie.".to_owned(),
        audience: Some("sous-directeurs".to_owned()),
        hours_year_high: Some(24.0),
        budget_eur: Some(1_000.0),
        formats: vec!["presentiel".to_owned()],
        languages: vec!["fr".to_owned()],
        need: vec![RawNeed { competence: "culture-donnees".to_owned(), to: 2, ..RawNeed::default() }],
        ..RawPersona::default()
    };
    Persona::parse(&raw, &Referential::builtin()).expect("a sound persona")
}

/// A training that may enter.
fn suiting(id: &str) -> RawTraining {
    RawTraining {
        language: Some("fr".to_owned()),
        formats: vec!["presentiel".to_owned()],
        duration_hours: Some(7.0),
        price_eur: Some(100.0),
        audiences: vec!["sous-directeurs".to_owned()],
        competences: levels(&[("culture-donnees", 2)]),
        ..row(id)
    }
}

fn parse(pairs: &[(&str, &str)]) -> Result<PathwayRequest, String> {
    PathwayRequest::parse(pairs.iter().copied(), &Referential::builtin()).map_err(|error| error.to_string())
}

fn offered(rows: &[RawTraining], request: &PathwayRequest) -> OfferedSet {
    snapshot(rows).offered(&request.of(&persona()), request)
}

/// One training that may enter but for a change is kept out by exactly these obstacles.
fn check(change: impl FnOnce(&mut RawTraining), pairs: &[(&str, &str)], expect: &[Obstacle]) {
    let mut raw = suiting("a");
    change(&mut raw);
    let set = offered(&[raw], &parse(pairs).expect("a sound request"));
    let obstacles: Vec<Obstacle> = set.all[0].obstacles.iter().collect();
    assert_eq!(obstacles, expect);
    assert_eq!(set.all[0].may_enter(), expect.is_empty());
}

#[test]
fn each_obstacle_keeps_out_alone() {
    check(|_| {}, &[], &[]);
    check(|raw| raw.audiences = vec!["cadres-techniques".to_owned()], &[], &[Obstacle::Audience]);
    check(|raw| raw.formats = vec!["mooc".to_owned()], &[], &[Obstacle::Format]);
    check(|raw| raw.language = Some("en".to_owned()), &[], &[Obstacle::Language]);
    check(|raw| raw.duration_hours = None, &[], &[Obstacle::Duration]);
    check(|raw| raw.price_eur = None, &[], &[Obstacle::Price]);
    check(|raw| raw.kind = "event".to_owned(), &[], &[Obstacle::Event]);
    check(|_| {}, &[("exclus", "a")], &[Obstacle::Banned]);
    // Time, money and entry levels are weighed together, later.
    check(|raw| raw.duration_hours = Some(500.0), &[], &[]);
    check(|raw| raw.price_eur = Some(5_000.0), &[], &[]);
    check(|raw| raw.prerequisites = levels(&[("analyse-donnees", 1)]), &[], &[]);
}

#[test]
fn what_is_lifted_or_admitted_keeps_nothing_out() {
    check(|raw| raw.price_eur = None, &[("prix-inconnus", "admis")], &[]);
    check(|raw| raw.price_eur = None, &[("sans", "prix")], &[]);
    check(|raw| raw.duration_hours = None, &[("sans", "temps")], &[]);
    check(|raw| raw.audiences = vec!["cadres-techniques".to_owned()], &[("sans", "public")], &[]);
    check(
        |raw| raw.audiences = vec!["cadres-techniques".to_owned()],
        &[("public", "cadres-techniques")],
        &[],
    );
    // Nobody states the public: an obstacle only when facts must be established.
    check(|raw| raw.audiences.clear(), &[], &[]);
    check(|raw| raw.audiences.clear(), &[("faits", "etablis")], &[Obstacle::Audience]);
}

#[test]
fn an_imposed_training_enters_whatever_keeps_it_out() {
    let mut raw = suiting("a");
    raw.formats = vec!["mooc".to_owned()];
    raw.duration_hours = None;
    let set = offered(&[raw], &parse(&[("impose", "a")]).expect("sound"));
    assert!(set.all[0].may_enter() && set.all[0].is_pinned);
    // Level 2 without an entry level takes more than 4 hours, by the catalogue's rule.
    assert_eq!((set.all[0].basis, set.all[0].minutes), (Basis::Unknown, 240));
    let unknown = offered(&[suiting("a")], &parse(&[("impose", "b"), ("fenetre", "c:1-2")]).expect("sound"));
    assert_eq!(unknown.unknown, ["b", "c"]);
    let mut exam = suiting("examen");
    exam.kind = "exam".to_owned();
    assert_eq!(offered(&[exam], &parse(&[("impose", "examen")]).expect("sound")).idle, ["examen"]);
}

#[test]
fn an_estimate_counts_at_its_eightieth_percentile_or_at_its_median() {
    let hours = [5.0, 6.0, 7.0, 8.0, 9.0];
    let known = hours.iter().enumerate().map(|(number, hours)| RawTraining {
        duration_hours: Some(*hours),
        ..suiting(&format!("connue-{number}"))
    });
    let rows: Vec<RawTraining> =
        known.chain([RawTraining { duration_hours: None, ..suiting("inconnue") }]).collect();
    let minutes = |pairs: &[(&str, &str)]| {
        let set = offered(&rows, &parse(pairs).expect("sound"));
        let own = set.all.iter().find(|one| one.basis != Basis::Stated).expect("one is estimated").clone();
        (own.basis, own.minutes, own.central_minutes, own.may_enter())
    };
    assert_eq!(minutes(&[]), (Basis::Estimated, 8 * 60, 7 * 60, true));
    assert_eq!(minutes(&[("durees", "centrales")]), (Basis::Estimated, 7 * 60, 7 * 60, true));
    assert!(!minutes(&[("faits", "etablis")]).3);
}

#[test]
fn limits_are_those_of_a_year_in_proportion_of_the_months() {
    let limits = |pairs: &[(&str, &str)]| {
        let request = parse(pairs).expect("sound");
        let Limits { minutes, cents, steps, .. } = Limits::of(&request.of(&persona()), &request);
        (minutes, cents, steps)
    };
    assert_eq!(limits(&[]), (Some(24 * 60), Some(100_000), None));
    assert_eq!(limits(&[("mois", "6"), ("etapes", "3")]), (Some(12 * 60), Some(50_000), Some(3)));
    assert_eq!(limits(&[("heures", "100"), ("budget", "0")]), (Some(6_000), Some(0), None));
    assert_eq!(limits(&[("heures-mois", "1")]).0, Some(12 * 60));
    assert_eq!(limits(&[("sans", "temps"), ("sans", "prix")]), (None, None, None));
}

fn why(rows: &[RawTraining], level: u8) -> Option<Reason> {
    let request = PathwayRequest::default();
    let own = request.of(&persona());
    let set = snapshot(rows).offered(&own, &request);
    let competence = Referential::builtin().code::<Competence>("culture-donnees").expect("a competence");
    let reach = Reach::new(&set, &own, &request.case, Limits::of(&own, &request));
    let is_reached = reach.levels(Obstacles::default())[usize::from(competence.position())] >= level;
    (!is_reached).then(|| reach.why_not(competence, Level::new(level).expect("a level")))
}

fn set_of(obstacles: &[Obstacle]) -> Obstacles {
    let mut set = Obstacles::default();
    obstacles.iter().for_each(|one| set.insert(*one));
    set
}

fn way(obstacles: &[Obstacle], trainings: usize, too_long: usize, too_dear: usize) -> Way {
    Way { obstacles: set_of(obstacles), trainings, too_long, too_dear }
}

fn kept_out(ways: &[Way], teaching: usize) -> Reason {
    let request = PathwayRequest::default();
    let limits = Limits::of(&request.of(&persona()), &request);
    Reason::KeptOut { ways: ways.to_vec(), teaching, limits }
}

#[test]
fn what_is_longer_or_dearer_than_the_limits_is_not_kept_out_by_an_obstacle_alone() {
    let check = |rows: &[RawTraining], ways: &[Way], expect: &str| {
        let reason = why(rows, 2).expect("out of reach");
        assert_eq!(reason, kept_out(ways, rows.len()));
        let told = reason.in_french(&Referential::builtin());
        assert_eq!(told.replace(['\u{a0}', '\u{202f}'], " "), expect);
    };
    let one = |id: &str, hours, euros| RawTraining {
        language: Some("en".to_owned()),
        duration_hours: Some(hours),
        price_eur: Some(euros),
        ..suiting(id)
    };
    let abroad = &[Obstacle::Language][..];
    let fits = one("a", 24.0, 1_000.0);
    check(
        std::slice::from_ref(&fits),
        &[way(abroad, 1, 0, 0)],
        "1 formation l’enseigne, écartée par la langue.",
    );
    check(
        &[one("a", 25.0, 0.0)],
        &[way(abroad, 0, 1, 0)],
        "1 formation l’enseigne ; 1 est écartée par la langue et dure plus que vos 24 h.",
    );
    check(
        &[fits, one("b", 25.0, 5_000.0), one("c", 30.0, 0.0), one("d", 7.0, 1_001.0)],
        &[way(abroad, 1, 2, 1)],
        "4 formations l’enseignent ; 1 n’est écartée que par la langue, 2 sont écartées par la langue et durent plus que vos 24 h et 1 est écartée par la langue et coûte plus que vos 1 000 €.",
    );
}

#[test]
fn a_level_is_out_of_reach_for_the_smallest_set_of_obstacles() {
    let kept = |obstacles: &[Obstacle], trainings, teaching| {
        Some(kept_out(&[way(obstacles, trainings, 0, 0)], teaching))
    };
    assert_eq!(why(&[suiting("a")], 2), None);
    assert_eq!(why(&[], 2), Some(Reason::Untaught));
    let abroad = RawTraining { language: Some("en".to_owned()), ..suiting("b") };
    let far = RawTraining { formats: vec!["mooc".to_owned()], ..abroad.clone() };
    assert_eq!(why(std::slice::from_ref(&far), 2), kept(&[Obstacle::Format, Obstacle::Language], 1, 1));
    assert_eq!(
        why(&[RawTraining { id: "c".to_owned(), ..far }, abroad], 2),
        kept(&[Obstacle::Language], 1, 2)
    );
    // What a training asks for is out of reach: the obstacle is that of the earlier one.
    let later = RawTraining { prerequisites: levels(&[("analyse-donnees", 1)]), ..suiting("d") };
    let earlier = RawTraining {
        competences: levels(&[("analyse-donnees", 1)]),
        formats: vec!["mooc".to_owned()],
        ..suiting("e")
    };
    assert_eq!(why(&[later.clone(), earlier], 2), kept(&[Obstacle::Format], 0, 1));
    let competence = Referential::builtin().code::<Competence>("analyse-donnees").expect("a competence");
    let level = Level::new(1).expect("a level");
    assert_eq!(why(&[later], 2), Some(Reason::Entry { competence, level }));
}

#[test]
fn all_the_smallest_sets_of_obstacles_are_told_with_what_each_keeps_out() {
    let abroad = RawTraining { language: Some("en".to_owned()), ..suiting("b") };
    let online = RawTraining { formats: vec!["mooc".to_owned()], ..suiting("c") };
    let both = RawTraining { id: "d".to_owned(), language: Some("en".to_owned()), ..online.clone() };
    let reason = why(&[abroad, online, both], 2).expect("out of reach");
    let ways = [way(&[Obstacle::Format], 1, 0, 0), way(&[Obstacle::Language], 1, 0, 0)];
    assert_eq!(reason, kept_out(&ways, 3));
    let told = reason.in_french(&Referential::builtin()).replace('\u{a0}', " ");
    assert_eq!(
        told,
        "3 formations l’enseignent ; 1 n’est écartée que par le format et 1 n’est écartée que par la langue ; 1 autre est écartée par davantage d’obstacles."
    );
}

#[test]
fn what_a_step_is_worth_is_told_by_what_would_change() {
    let base = Without {
        lost_share: 0.0,
        lost_levels: 0,
        more_minutes: 0,
        more_cents: 0,
        more_unknown_prices: 0,
        more_unstated: 0,
        rivals: Vec::new(),
    };
    let check = |without: Without, expect: &str| {
        assert_eq!(without.in_french().replace(['\u{a0}', '\u{202f}'], " "), expect);
    };
    let nobody = "Sans elle, rien ne prendrait sa place ; le parcours";
    check(base.clone(), &format!("{nobody} couvrirait autant et durerait autant : à égalité."));
    check(
        Without { more_unstated: 1, ..base.clone() },
        &format!("{nobody} couvrirait autant et durerait autant, sur des faits moins établis."),
    );
    check(
        Without { lost_levels: 2, more_minutes: -120, more_cents: -10_000, ..base.clone() },
        &format!(
            "{nobody} couvrirait 2 niveaux de moins, durerait 2 h de moins et coûterait 100 € de moins."
        ),
    );
    check(
        Without { more_minutes: 30, more_cents: 10_000, more_unknown_prices: -1, ..base },
        &format!(
            "{nobody} durerait 30 min de plus et compterait 1 prix inconnu de moins et 100 € de prix connus de plus."
        ),
    );
}

#[test]
fn requests_that_make_no_sense_are_told() {
    let check = |pairs: &[(&str, &str)], expect: &str| {
        let told = parse(pairs).expect_err(expect);
        assert!(told.contains(expect), "{told}");
    };
    check(&[("mois", "0")], "de 1 à 60");
    check(&[("mois", "2.5")], "de 1 à 60");
    check(&[("heures", "0")], "plus de 0 à 20\u{202f}000");
    check(&[("heures-mois", "NaN")], "plus de 0 à 20\u{202f}000");
    check(&[("etapes", "-1")], "de 1 à 60");
    check(&[("besoin", "culture-donnee:2")], "vouliez-vous « culture-donnees »");
    check(&[("besoin", "culture-donnees:5")], "un niveau de 0 à 4");
    check(&[("besoin", "culture-donnees:1"), ("besoin", "culture-donnees:2")], "plusieurs fois");
    check(&[("public", "sous-directeur")], "vouliez-vous « sous-directeurs »");
    check(&[("debut", "2027-13")], "un mois comme 2027-01");
    check(&[("impose", "É!")], "l’identifiant d’une formation");
    check(&[("impose", "a"), ("exclus", "a")], "à la fois imposée et exclue");
    check(&[("fenetre", "a:6-3")], "deux mois du parcours");
    check(&[("mois", "6"), ("fenetre", "a:5-7")], "de 1 à 6");
    check(&[("but", "beaute")], "« duree » ou « prix »");
    check(&[("mois", "3"), ("mois", "4")], "plusieurs fois");
    check(&[("acquis", "culture-donnees:9")], "un niveau de 0 à 4");
    let many: Vec<String> = (0..61).map(|number| format!("f{number}")).collect();
    let pairs: Vec<(&str, &str)> = many.iter().map(|id| ("impose", id.as_str())).collect();
    check(&pairs, "60 au plus");
}

#[test]
fn amounts_are_read_as_messages_write_them() {
    for text in ["1500", "1 500", "1\u{a0}500", "1\u{202f}500", "1 500,00"] {
        let request = parse(&[("heures", text), ("budget", text), ("heures-mois", text)]).expect("sound");
        assert_eq!(request.case.hours.map(Hours::get), Some(1_500.0), "{text}");
        assert_eq!(request.case.budget_eur.map(Euros::get), Some(1_500.0), "{text}");
        let team =
            [("session", text), ("enveloppe", text), ("places", "1 000"), ("groupe", "essai:10\u{202f}000")];
        let team = TeamRequest::parse(team, &Referential::builtin()).expect("sound");
        assert_eq!((team.session_eur, team.budget_eur), (request.case.budget_eur, request.case.budget_eur));
        assert_eq!((team.seats, team.groups[0].1), (1_000, 10_000));
    }
    for text in ["15 00", "1 5", "1  500", "1500 000", "1 500 €", "1,5 00"] {
        assert!(parse(&[("heures", text)]).is_err(), "{text}");
    }
}

#[test]
fn what_is_given_twice_is_named() {
    let twice = |name, value| parse(&[(name, value), (name, &value.replace('2', "3"))]).expect_err("twice");
    assert!(
        twice("besoin", "culture-donnees:2")
            .contains("« besoin » est donné plusieurs fois pour « culture-donnees »")
    );
    assert!(
        twice("acquis", "culture-donnees:2")
            .contains("« acquis » est donné plusieurs fois pour « culture-donnees »")
    );
    assert!(twice("fenetre", "a:2-4").contains("« fenetre » est donné plusieurs fois pour « a »"));
    assert!(twice("mois", "2").ends_with("« mois » est donné plusieurs fois : gardez-en un"));
    let team = |pairs: &[(&str, &str)]| {
        TeamRequest::parse(pairs.iter().copied(), &Referential::builtin()).expect_err("twice").to_string()
    };
    assert!(team(&[("groupe", "a:2"), ("groupe", "a:3")]).contains("plusieurs fois pour « a »"));
    assert!(team(&[("places", "2"), ("places", "3")]).contains("« places » est donné plusieurs fois"));
    assert!(team(&[("enveloppe", "2000000")]).contains("de 0 à 1\u{202f}000\u{202f}000"));
    assert!(parse(&[("budget", "-1")]).expect_err("wrong").contains("de 0 à 1\u{202f}000\u{202f}000"));
}

#[test]
fn all_that_is_wrong_with_an_address_is_told() {
    let referential = Referential::builtin();
    let told = |pairs: &[(&str, &str)]| -> Vec<Option<usize>> {
        let read = |pairs: Vec<(&str, &str)>| PathwayRequest::parse(pairs, &referential);
        refusals(pairs, read).into_iter().map(|(place, _)| place).collect()
    };
    assert!(told(&[("heures", "2"), ("mois", "24"), ("fenetre", "a:13-20")]).is_empty());
    assert_eq!(told(&[("heures", "x"), ("mois", "3"), ("budget", "y")]), [Some(0), Some(2)]);
    assert_eq!(told(&[("mois", "3"), ("mois", "4"), ("etapes", "0")]), [Some(2), None]);
}

#[test]
fn a_training_is_named_by_its_identifier_or_by_its_page() {
    let request = parse(&[("impose", "https://parcours.example/formations/abc-1?x=1"), ("impose", "abc-1")]);
    assert_eq!(request.expect("sound").pinned, [TrainingId::parse("abc-1").expect("an identifier")]);
}

#[test]
fn needs_asked_for_replace_those_of_the_persona() {
    let request = parse(&[("besoin-analyse-donnees", "3"), ("besoin", "culture-donnees:0")]).expect("sound");
    let own = request.of(&persona());
    let needs: Vec<(&str, u8)> = own
        .needs
        .iter()
        .map(|need| (Referential::builtin().term(need.competence).id.clone(), need.to.number()))
        .map(|(id, to)| (if id == "analyse-donnees" { "analyse-donnees" } else { "?" }, to))
        .collect();
    assert_eq!(needs, [("analyse-donnees", 3)]);
    assert_eq!(request.of(&anybody()).needs.len(), 1);
}

#[test]
fn the_built_in_alternative_formats_are_sound() {
    let all = AlternativeFormat::all();
    assert!(
        all.len() > 10
            && all.iter().all(|format| !format.competences.is_empty() && !format.status.is_empty())
    );
    let mut ids: Vec<&str> = all.iter().map(|format| format.id.as_str()).collect();
    ids.dedup();
    assert_eq!(ids.len(), all.len());
}

fn requests() -> impl Strategy<Value = PathwayRequest> {
    let id = || "[a-z0-9]{1,8}".prop_filter("an identifier", |text| TrainingId::parse(text).is_ok());
    let ids = || proptest::collection::btree_set(id(), 0..3);
    let codes = proptest::collection::btree_map(0_u8..24, 0_u8..=4, 0..4);
    let known = proptest::collection::btree_map(0_u8..24, 1_u8..=4, 0..3);
    let numbers = (1_u8..=60, proptest::option::of(1_u32..5_000), proptest::option::of(1_u8..=60), 0_u8..=3);
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), proptest::option::of(0_u16..1_200));
    (codes, known, ids(), ids(), numbers, flags).prop_map(|(codes, known, pinned, banned, numbers, flags)| {
        let (months, quarter_hours, steps, alternatives) = numbers;
        let (cheapest, admits, lifted, start) = flags;
        let id = |text: &String| TrainingId::parse(text).expect("an identifier");
        let mut request = PathwayRequest {
            wanted: codes.into_iter().map(|(code, level)| (Competence::at(code), level)).collect(),
            months,
            steps,
            alternatives,
            admits_unknown_prices: admits,
            preference: if cheapest { Preference::Cheapest } else { Preference::Shortest },
            windows: pinned.iter().map(|text| (id(text), (1, months))).collect(),
            banned: banned.iter().filter(|text| !pinned.contains(*text)).map(id).collect(),
            pinned: pinned.iter().map(id).collect(),
            start: start.map(|months| Month::parse("2000-01").expect("a month").plus(months)),
            ..PathwayRequest::default()
        };
        let hours = |quarters: u32| Hours::new(f64::from(quarters) / 4.0).expect("hours");
        request.month_hours = quarter_hours.map(hours);
        request.case.hours = quarter_hours.map(|quarters| hours(quarters + 1));
        request.case.budget_eur = steps.map(|steps| Euros::new(f64::from(steps)).expect("euros"));
        let level = |level| Level::new(level).expect("a level");
        request.case.known =
            known.into_iter().map(|(code, own)| (Competence::at(code), level(own))).collect();
        if lifted {
            request.case.rules.lifted.insert(Constraint::Format);
        }
        request
    })
}

proptest! {
    #[test]
    fn an_address_says_a_request_and_back(request in requests()) {
        let referential = Referential::builtin();
        let pairs = request.pairs(&referential);
        let pairs = pairs.iter().map(|(name, value)| (*name, value.as_str()));
        prop_assert_eq!(PathwayRequest::parse(pairs, &referential), Ok(request));
    }

    #[test]
    fn any_pair_is_read_or_refused(name in 0_usize..12, value in "\\PC{0,20}") {
        let (name, _) = PathwayRequest::parameters()[name];
        let _ = parse(&[(name, value.as_str())]);
    }
}
