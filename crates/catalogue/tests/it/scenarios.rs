//! Scenarios: what a file may say, what an address may ask, and back. Absent: the simulation.

use catalogue::scenarios::{
    RawPopulation, RawRoute, RawRouteStep, RawScenario, RawWay, Scenario, ScenarioRequest, Setting, WayKind,
};
use proptest::prelude::*;

fn raw() -> RawScenario {
    RawScenario {
        id: "essai".to_owned(),
        label: "Essai".to_owned(),
        summary: "Un essai.".to_owned(),
        months: 12,
        start: "2027-01".to_owned(),
        closed: vec![8],
        populations: vec![
            RawPopulation {
                id: "uns".to_owned(),
                label: "Les uns".to_owned(),
                persona: Some("adjoint-projet".to_owned()),
                people: Some(100),
                ..RawPopulation::default()
            },
            RawPopulation {
                id: "autres".to_owned(),
                label: "Les autres".to_owned(),
                route: Some("tronc".to_owned()),
                ..RawPopulation::default()
            },
        ],
        routes: vec![RawRoute {
            id: "tronc".to_owned(),
            label: "Tronc".to_owned(),
            source: None,
            steps: vec![RawRouteStep { label: "Une".to_owned(), hours: 7.0 }],
        }],
        ways: vec![RawWay {
            kind: "campus".to_owned(),
            share: 60.0,
            set: [("groupe".to_owned(), vec![10.0, 12.0, 15.0])].into(),
            ..RawWay::default()
        }],
        published: Vec::new(),
    }
}

fn scenario() -> Scenario {
    Scenario::parse(&raw()).expect("a sound scenario")
}

/// The keys and what is said of each, after a change.
fn check(change: impl FnOnce(&mut RawScenario), expect: &[(&str, &str)]) {
    let mut raw = raw();
    change(&mut raw);
    let problems = Scenario::parse(&raw).expect_err("it is refused");
    let told: Vec<(&str, String)> = problems
        .iter()
        .map(|own| (own.column.as_str(), format!("{} {} {}", own.value, own.problem, own.remedy)))
        .collect();
    assert_eq!(told.len(), expect.len(), "{told:?}");
    for ((column, text), (key, part)) in told.iter().zip(expect) {
        assert!(column == key && text.contains(part), "{column}: {text}");
    }
}

#[test]
fn a_scenario_comes_back_the_same() {
    let own = scenario();
    assert_eq!(Scenario::parse(&own.to_raw()).expect("it parses back"), own);
    assert_eq!(own.people(), 100);
    assert_eq!(own.unassigned_percent(), 40.0);
    assert_eq!(own.month(13).to_string(), "2028-02");
}

#[test]
fn what_makes_no_sense_is_told_by_its_key() {
    check(|raw| raw.id = "Été".to_owned(), &[("id", "minuscules")]);
    check(|raw| raw.months = 0, &[("months", "de 1 à 120")]);
    check(|raw| raw.start = "2027-13".to_owned(), &[("start", "comme 2027-01")]);
    check(|raw| raw.closed = vec![8, 13], &[("closed", "de 1 à 12")]);
    check(|raw| raw.populations.clear(), &[("population", "[[population]]")]);
    check(|raw| raw.populations[1].id = "uns".to_owned(), &[("population[1].id", "déjà pris")]);
    check(|raw| raw.populations[1].route = Some("trone".to_owned()), &[("population[1].route", "trone")]);
    check(|raw| raw.populations[0].people = Some(0), &[("population[0].people", "rien quand personne")]);
    check(|raw| raw.ways[0].kind = "campsu".to_owned(), &[("way[0].kind", "campus")]);
    check(|raw| raw.ways[0].share = 101.0, &[("way[0].share", "de 0 à 100"), ("way", "dépassent 100")]);
    let set = |name: &'static str, values: &'static [f64], part: &'static str| {
        check(|raw| raw.ways[0].set = [(name.to_owned(), values.to_vec())].into(), &[("way[0].set", part)]);
    };
    set("grupe", &[10.0], "groupe");
    set("groupe", &[20.0, 10.0, 30.0], "de la plus basse");
    set("groupe", &[10.5], "entier");
    set("groupe", &[1.0, 2.0], "trois");
    set("formateurs", &[10.0, 20.0, 30.0], "une seule valeur");
    set("presence", &[f64::NAN], "100");
    check(|raw| raw.routes[0].steps[0].hours = -1.0, &[("route[0].step", "plus de 0")]);
}

#[test]
fn an_address_changes_a_scenario_and_what_changes_nothing_is_dropped() {
    let own = scenario();
    let parse = |pairs: &[(&str, &str)]| ScenarioRequest::parse(pairs.iter().copied(), &own);
    let request = parse(&[
        ("mois", "24"),
        ("effectif-autres", "1 200"),
        ("part", "relais:40"),
        ("reglage-campus.groupe", "8 ; 10 ; 12"),
        ("reglage", "relais.relais:30"),
        ("budget", "1 000 000"),
        ("objectif", "80"),
        ("effectif", "uns:100"),
        ("debut", "2027-01"),
    ])
    .expect("a sound request");
    let pairs: Vec<String> =
        request.pairs().into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(
        pairs,
        [
            "mois=24",
            "effectif=autres:1200",
            "part=relais:40",
            "reglage=campus.groupe:8;10;12",
            "reglage=relais.relais:30",
            "budget=1000000",
        ]
    );
    let changed = request.of(&own);
    assert_eq!((changed.months, changed.people(), changed.unassigned_percent()), (24, 1_300, 0.0));
    let relays = changed.ways.iter().find(|way| way.kind == WayKind::Relays).expect("a way");
    assert_eq!(relays.value(Setting::Relays).map(|own| own.mode), Some(30.0));
    for (pair, part) in [
        (("part", "relais:41"), "100"),
        (("effectif", "unes:3"), "uns"),
        (("effectif", "uns:10000001"), "de 0 à"),
        (("reglage", "campus.relais:3"), "réglage"),
        (("reglage", "campus.groupe:dix"), "15 ; 20 ; 25"),
        (("mois", "121"), "de 1 à 120"),
        (("graine", "-1"), "entier"),
        (("mesure", "bonheur"), "couverture"),
    ] {
        let error = parse(&[pair]).expect_err("it is refused").to_string();
        assert!(error.contains(part), "{error}");
    }
    assert!(parse(&[("mois", "12"), ("mois", "13")]).is_err());
}

#[test]
fn every_setting_has_a_usual_value_within_its_bounds() {
    for kind in WayKind::all() {
        assert_eq!(WayKind::named(kind.name()), Some(kind));
        for setting in Setting::of(kind) {
            let (triple, _) = setting.default(kind).expect("a usual value");
            let (least, most) = setting.bounds();
            let ordered = least <= triple.low && triple.low <= triple.mode && triple.mode <= triple.high;
            assert!(ordered && triple.high <= most, "{} {}", kind.name(), setting.name());
            assert!(!setting.is_decided() || triple.is_certain(), "{} {}", kind.name(), setting.name());
            assert_eq!(Setting::named(setting.name()), Some(setting));
        }
    }
}

proptest! {
    #[test]
    fn any_pairs_are_read_without_harm_and_come_back(
        pairs in prop::collection::vec(
            (
                "(mois|debut|effectif|part|reglage|budget|objectif|mesure|tirages|graine|effectif-uns|part-relais|reglage-campus.groupe)",
                "([0-9 ,.;:%-]{0,12}|uns:[0-9]{1,6}|(campus|relais|plateforme):[0-9]{1,3}|campus\\.(groupe|presence):[0-9]{1,3}(;[0-9]{1,3};[0-9]{1,3})?|\\PC{0,20})",
            ),
            0..4,
        ),
    ) {
        let own = scenario();
        let given = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        if let Ok(request) = ScenarioRequest::parse(given, &own) {
            let written = request.pairs();
            let again = ScenarioRequest::parse(written.iter().map(|(name, value)| (*name, value.as_str())), &own);
            prop_assert_eq!(again.expect("what is written is read"), request);
        }
    }
}
