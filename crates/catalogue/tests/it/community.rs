//! The community: moments, what is refused, who can teach what and when, what comes, the relays of public sources, and the
//! plan of a scenario. People here are functions that nobody holds.

use std::collections::{BTreeMap, BTreeSet};

use catalogue::community::animation::AnimationPlan;
use catalogue::community::{
    Community, Day, EventKind, LocalTime, RawCohort, RawCommunity, RawEvent, RawPerson, RawRelay,
};
use catalogue::pathways::{AlternativeFormat, Month};
use catalogue::persona::{Persona, RawPersona};
use catalogue::roadmaps::Roadmaps;
use catalogue::scenarios::{RawPopulation, RawRoute, RawRouteStep, RawScenario, RawWay, Scenario};
use catalogue::{Competence, Level, Referential};
use proptest::prelude::*;

use crate::levels;

const FUNCTION: &str = "Administrateur des données, ministère d’essai";

fn relay(id: &str) -> RawRelay {
    RawRelay {
        id: id.to_owned(),
        ministry: "Ministère d’essai".to_owned(),
        function: FUNCTION.to_owned(),
        ..RawRelay::default()
    }
}

fn event(id: &str, starts: &str) -> RawEvent {
    RawEvent {
        id: id.to_owned(),
        title: "Essai".to_owned(),
        kind: "atelier".to_owned(),
        starts: starts.to_owned(),
        minutes: 90,
        ..RawEvent::default()
    }
}

/// A sound community: a relay with her person, a cohort, an event.
fn sound() -> RawCommunity {
    let person = RawPerson {
        name: "Titulaire d’essai".to_owned(),
        email: Some("titulaire@exemple.fr".to_owned()),
        agreed_on: "2026-11-02".to_owned(),
    };
    RawCommunity {
        relays: vec![RawRelay {
            teaches: levels(&[("culture-donnees", 2)]),
            from: Some("2027-01".to_owned()),
            to: Some("2027-06".to_owned()),
            hours_per_month: Some(7.5),
            person: Some(person),
            ..relay("relais-essai")
        }],
        cohorts: vec![RawCohort {
            id: "cohorte-essai".to_owned(),
            label: "Cohorte d’essai".to_owned(),
            persona: "persona-essai".to_owned(),
            starts: "2027-02".to_owned(),
            relays: vec!["relais-essai".to_owned()],
            ..RawCohort::default()
        }],
        events: vec![RawEvent {
            cohort: Some("cohorte-essai".to_owned()),
            relays: vec!["relais-essai".to_owned()],
            ..event("atelier-essai", "2027-03-02T14:30")
        }],
    }
}

fn parse(raw: &RawCommunity) -> Result<Community, Vec<catalogue::Problem>> {
    Community::parse(raw, &Referential::builtin(), &Roadmaps::builtin())
}

fn community(raw: &RawCommunity) -> Community {
    parse(raw).expect("sound")
}

/// A change of the sound community is refused with these keys and words.
fn check(change: impl FnOnce(&mut RawCommunity), expect: &[(&str, &str)]) {
    let mut raw = sound();
    change(&mut raw);
    let told: Vec<(String, String)> =
        parse(&raw).expect_err("refused").into_iter().map(|own| (own.column, own.problem)).collect();
    let told: Vec<(&str, &str)> = told.iter().map(|(key, told)| (key.as_str(), told.as_str())).collect();
    assert_eq!(told, expect);
}

#[test]
fn what_makes_no_sense_is_refused_by_key() {
    check(
        |raw| raw.relays[0].id = "Relais".to_owned(),
        &[
            ("relay[0].id", "ce n’est pas un identifiant"),
            ("cohort[0].relays", "aucun relais n’a cet identifiant"),
            ("event[0].relays", "aucun relais n’a cet identifiant"),
        ],
    );
    check(|raw| raw.relays[0].ministry = " ".to_owned(), &[("relay[0].ministry", "le texte est vide")]);
    check(
        |raw| raw.relays[0].function = "a\nb".to_owned(),
        &[("relay[0].function", "le texte tient sur plusieurs lignes")],
    );
    check(
        |raw| raw.relays[0].roadmap = Some("essai".to_owned()),
        &[("relay[0].roadmap", "aucune feuille de route n’a cet identifiant")],
    );
    check(
        |raw| raw.relays[0].to = Some("2026-12".to_owned()),
        &[("relay[0].to", "il finit avant de commencer")],
    );
    check(
        |raw| raw.relays[0].hours_per_month = Some(800.0),
        &[("relay[0].hours_per_month", "ce nombre d’heures n’a pas de sens")],
    );
    check(
        |raw| raw.relays[0].teaches = levels(&[("culture-donnee", 2), ("comprendre-ia", 5)]),
        &[
            ("relay[0].teaches.comprendre-ia", "le niveau n’existe pas"),
            ("relay[0].teaches.culture-donnee", "cette compétence n’existe pas"),
        ],
    );
    check(|raw| raw.relays.push(relay("relais-essai")), &[("relay[1].id", "l’identifiant est déjà pris")]);
    check(|raw| raw.cohorts[0].people = Some(0), &[("cohort[0].people", "l’effectif n’a pas de sens")]);
    check(
        |raw| raw.events[0].kind = "ateliers".to_owned(),
        &[("event[0].kind", "cette sorte de rendez-vous n’existe pas")],
    );
    check(|raw| raw.events[0].minutes = 0, &[("event[0].minutes", "la durée n’a pas de sens")]);
    check(
        |raw| raw.events[0].cohort = Some("cohorte".to_owned()),
        &[("event[0].cohort", "aucune cohorte n’a cet identifiant")],
    );
    check(
        |raw| raw.events[0].address = Some("exemple".to_owned()),
        &[("event[0].address", "ce n’est pas l’adresse d’une page")],
    );
    check(
        |raw| raw.events = vec![event("e", "2027-01-01T10:00"); 5_001],
        &[("event", "il y en a 5\u{202f}001, 5\u{202f}000 au plus")],
    );
}

#[test]
fn a_person_needs_her_agreement() {
    let unknown = "on ne sait pas quand elle a accepté d’être nommée";
    for day in ["", "2026", "2026-02-30", "hier"] {
        check(
            |raw| raw.relays[0].person.as_mut().expect("a person").agreed_on = day.to_owned(),
            &[("relay[0].person.agreed_on", unknown)],
        );
    }
    for email in ["a", "a@b", "a@b@c.fr", "<a@b.fr>", "a b@c.fr", "a@b..fr", "a@b.fr, c@d.fr"] {
        check(
            |raw| raw.relays[0].person.as_mut().expect("a person").email = Some(email.to_owned()),
            &[("relay[0].person.email", "ce n’est pas une adresse électronique")],
        );
    }
    let community = community(&sound());
    let contacts: Vec<&str> = community.contacts().map(|(.., email)| email).collect();
    assert_eq!(contacts, ["titulaire@exemple.fr"]);
    let shown = format!("{community:?}{:?}", sound());
    assert!(!shown.contains("Titulaire") && !shown.contains("titulaire@"), "{shown}");
}

#[test]
fn what_is_written_says_the_same() {
    let community = community(&sound());
    let raw = community.to_raw(&Referential::builtin());
    assert_eq!(raw, sound());
    assert_eq!(parse(&raw), Ok(community));
}

#[test]
fn who_can_teach_what_and_when() {
    let check = |id: &str, level: u8, month: &str, expect: bool| {
        let competence: Competence = Referential::builtin().code(id).expect("a competence");
        let (level, month) = (Level::new(level).expect("a level"), Month::parse(month).expect("a month"));
        let community = community(&sound());
        let ids: Vec<&str> =
            community.who_can_teach(competence, level, month).map(|own| own.id.as_str()).collect();
        assert_eq!(ids, if expect { vec!["relais-essai"] } else { vec![] }, "{id} {level:?} {month}");
    };
    check("culture-donnees", 2, "2027-01", true);
    check("culture-donnees", 1, "2027-06", true);
    check("culture-donnees", 3, "2027-01", false);
    check("culture-donnees", 2, "2026-12", false);
    check("culture-donnees", 2, "2027-07", false);
    check("comprendre-ia", 1, "2027-01", false);
}

#[test]
fn what_comes_begins_with_the_nearest() {
    let raw = RawCommunity {
        events: vec![
            event("c", "2027-03-02T14:30"),
            event("a", "2027-01-12T09:00"),
            event("b", "2027-03-02T08:00"),
        ],
        ..RawCommunity::default()
    };
    let community = community(&raw);
    let check = |day: &str, expect: &[&str]| {
        let upcoming = community.upcoming(Day::parse(day).expect("a day"));
        let ids: Vec<&str> = upcoming.iter().map(|own| own.id.as_str()).collect();
        assert_eq!(ids, expect, "{day}");
    };
    check("2026-12-31", &["a", "b", "c"]);
    check("2027-01-13", &["b", "c"]);
    check("2027-03-02", &["b", "c"]);
    check("2027-03-03", &[]);
}

#[test]
fn hours_of_paris_are_instants() {
    let check = |text: &str, expect: Option<i64>| {
        assert_eq!(LocalTime::parse(text).map(LocalTime::unix_seconds), expect, "{text}");
    };
    // Instants worked out by `date -u -d … +%s`.
    check("2027-01-12T14:30", Some(1_799_760_600));
    check("2027-07-12T14:30", Some(1_815_395_400));
    // Clocks go from 2:00 to 3:00 on 28 March 2027, and from 3:00 to 2:00 on 31 October.
    check("2027-03-28T01:59", Some(1_806_195_540));
    check("2027-03-28T02:00", None);
    check("2027-03-28T02:59", None);
    check("2027-03-28T03:00", Some(1_806_195_600));
    check("2027-10-31T01:59", Some(1_824_940_740));
    check("2027-10-31T02:30", Some(1_824_942_600));
    check("2027-10-31T03:00", Some(1_824_948_000));
    for wrong in
        ["", "2027-01-12", "2027-01-12T24:00", "2027-1-12T10:00", "2027-02-29T10:00", "1999-01-01T10:00"]
    {
        check(wrong, None);
    }
    let told = LocalTime::parse("2027-03-01T08:05").expect("a moment").in_french();
    assert_eq!(told, "lundi 1er mars 2027 à 8\u{a0}h\u{a0}05");
}

#[test]
fn public_sources_give_functions_and_no_name() {
    let roadmaps = Roadmaps::builtin();
    let builtin = Community::builtin(&roadmaps);
    assert_eq!(builtin.relays().len(), 16);
    let ids: BTreeSet<&str> = builtin.relays().iter().map(|own| own.id.as_str()).collect();
    assert_eq!(ids.len(), 16);
    for own in builtin.relays() {
        assert!(
            own.is_builtin && own.person.is_none() && own.source.is_some() && own.note.is_some(),
            "{own:?}"
        );
        assert!(own.roadmap.as_deref().is_some_and(|id| roadmaps.place(id).is_some()), "{own:?}");
        let written =
            RawCommunity { relays: vec![own.to_raw(&Referential::builtin())], ..RawCommunity::default() };
        let community = community(&written);
        assert_eq!(community.relays().len(), 16);
        assert!(!community.relay(&own.id).expect("in its place").is_builtin);
    }
    let ministries: Vec<&str> = builtin.by_ministry().iter().map(|(ministry, _)| *ministry).collect();
    assert_eq!(ministries.len(), 16, "{ministries:?}");
    let place = |name: &str| ministries.iter().position(|own| own.starts_with(name));
    assert!(place("Économie") < place("Intérieur"), "{ministries:?}");
    assert_eq!(builtin.to_raw(&Referential::builtin()), RawCommunity::default());
}

fn scenario(months: u16, closed: &[u8], persona: Option<&str>) -> Scenario {
    let population = RawPopulation {
        id: "population-essai".to_owned(),
        label: "cadres d’essai".to_owned(),
        persona: persona.map(str::to_owned),
        route: persona.is_none().then(|| "route-essai".to_owned()),
        from_month: Some(2),
        people: Some(12),
        ..RawPopulation::default()
    };
    let step = RawRouteStep { label: "Étape".to_owned(), hours: 7.0 };
    let route = RawRoute {
        id: "route-essai".to_owned(),
        label: "Route".to_owned(),
        steps: vec![step],
        ..RawRoute::default()
    };
    let way = RawWay { kind: "relais".to_owned(), share: 100.0, ..RawWay::default() };
    let raw = RawScenario {
        id: "scenario-essai".to_owned(),
        label: "Scénario d’essai".to_owned(),
        summary: "Essaie.".to_owned(),
        months,
        start: "2027-01".to_owned(),
        closed: closed.to_vec(),
        populations: vec![population],
        routes: vec![route],
        ways: vec![way],
        ..RawScenario::default()
    };
    Scenario::parse(&raw).expect("a sound scenario")
}

fn plan(scenario: &Scenario, personas: &[Persona], sessions: &[f64]) -> AnimationPlan {
    AnimationPlan::of(scenario, personas, sessions, &Referential::builtin())
}

/// Months of the items whose identifier ends so.
fn months_of(plan: &AnimationPlan, what: &str) -> Vec<String> {
    plan.items().filter(|item| item.id.ends_with(what)).map(|item| item.month.to_string()).collect()
}

#[test]
fn a_plan_follows_its_rules() {
    let own = plan(&scenario(14, &[6, 8], None), &[], &[]);
    assert_eq!(months_of(&own, "-lancement"), ["2027-02"]);
    assert_eq!(months_of(&own, "-reunion"), ["2027-01", "2027-04", "2027-07", "2027-10", "2028-01"]);
    assert_eq!(months_of(&own, "-seminaire"), ["2027-07"]);
    assert_eq!(months_of(&own, "-cafe").len(), 12);
    let closed: Vec<&str> = own
        .months
        .iter()
        .filter(|month| month.is_closed)
        .inspect(|month| assert_eq!(month.items, []))
        .map(|month| if month.month.parts().1 == 6 { "juin" } else { "août" })
        .collect();
    assert_eq!(closed, ["juin", "août"]);
    for kind in [EventKind::Workshop, EventKind::Visit] {
        assert_eq!(own.items().filter(|item| item.kind == kind).count(), 5);
    }
    let ids: BTreeSet<&str> = own.items().map(|item| item.id.as_str()).collect();
    assert_eq!(ids.len(), own.items().count());
    assert_eq!(own, plan(&scenario(14, &[6, 8], None), &[], &[]));
    // A meeting that falls in a closed month waits for the next open one.
    let late = plan(&scenario(8, &[1, 5], None), &[], &[]);
    assert_eq!(months_of(&late, "-reunion"), ["2027-02", "2027-06"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_scenario_has_a_plan_that_keeps_its_rules(
        months in 1_u16..=120,
        closed in proptest::collection::btree_set(1_u8..=12, 0..=12),
        sessions in proptest::collection::vec(0.0..50.0_f64, 0..130),
    ) {
        let closed: Vec<u8> = closed.into_iter().collect();
        let own = plan(&scenario(months, &closed, None), &[], &sessions);
        prop_assert_eq!(own.months.len(), usize::from(months));
        let ids: BTreeSet<&str> = own.items().map(|item| item.id.as_str()).collect();
        prop_assert_eq!(ids.len(), own.items().count());
        let mut last_meeting = None;
        for (place, month) in own.months.iter().enumerate() {
            let is_closed = closed.iter().any(|own| u16::from(*own) == month.month.parts().1);
            prop_assert_eq!(month.is_closed, is_closed);
            let count = |what: &str| month.items.iter().filter(|item| item.id.ends_with(what)).count();
            prop_assert_eq!(count("-cafe"), usize::from(!is_closed));
            prop_assert!(!is_closed || month.items.is_empty());
            prop_assert!(month.items.iter().all(|item| item.month == month.month));
            if count("-reunion") > 0 {
                prop_assert!(last_meeting.is_none_or(|last| place >= last + 3));
                last_meeting = Some(place);
            } else if !is_closed {
                prop_assert!(last_meeting.is_some_and(|last| place < last + 3));
            }
        }
        for year in own.months.chunks(12) {
            let of = |kind| year.iter().flat_map(|month| &month.items).filter(move |item| item.kind == kind);
            prop_assert!(of(EventKind::Conference).count() <= 1);
            let open = year.iter().skip(5).any(|month| !month.is_closed);
            prop_assert_eq!(of(EventKind::Conference).count() == 1, open);
        }
        for quarter in own.months.chunks(3) {
            let is_open = quarter.iter().any(|month| !month.is_closed);
            for kind in [EventKind::Workshop, EventKind::Visit] {
                let items = quarter.iter().flat_map(|month| &month.items);
                prop_assert_eq!(items.filter(|item| item.kind == kind).count(), usize::from(is_open));
            }
        }
    }
}

#[test]
fn each_item_says_what_it_rests_on() {
    let own = plan(&scenario(12, &[8], None), &[], &[]);
    let pages: BTreeMap<&str, &str> = own
        .items()
        .map(|item| (&item.id[8..], item.ground.page.as_ref().map_or("", |page| page.host())))
        .collect();
    assert_eq!(pages.get("reunion"), Some(&"next.ink"));
    assert_eq!(pages.get("seminaire"), Some(&"etalab.gouv.fr"));
    assert_eq!(pages.get("cafe"), Some(&"cnnumerique.fr"));
    assert_eq!(pages.get("lancement"), Some(&""));
    assert!(own.items().all(|item| item.ground.told.contains("propos") && item.minutes != Some(0)));
    assert!(own.items().filter(|item| item.format.is_some()).all(|item| item.ground.page.is_some()));
}

#[test]
fn workshops_and_visits_go_where_sessions_are_few() {
    let check = |sessions: &[f64], expect: [&str; 2]| {
        let own = plan(&scenario(3, &[], None), &[], sessions);
        let of = |kind| own.items().find(move |item| item.kind == kind).map(|item| item.month.to_string());
        let found = [of(EventKind::Workshop), of(EventKind::Visit)].map(Option::unwrap_or_default);
        assert_eq!(found, expect, "{sessions:?}");
    };
    check(&[9.0, 1.0, 2.0], ["2027-02", "2027-03"]);
    check(&[0.0, 5.0, 4.0], ["2027-01", "2027-03"]);
    // Without a simulation, where the least is planned: the welcome is in February, the meeting in January.
    check(&[], ["2027-03", "2027-01"]);
    check(&[f64::NAN, -1.0, 2.0, 7.0], ["2027-01", "2027-02"]);
}

#[test]
fn every_format_has_its_place_in_a_long_plan() {
    let own = plan(&scenario(120, &[], None), &[], &[]);
    let mut placed: BTreeSet<&str> =
        own.items().filter_map(|item| item.format.map(|format| format.id.as_str())).collect();
    let undated = own.undated.iter().map(|format| format.id.as_str());
    undated.for_each(|id| assert!(placed.insert(id), "{id} is dated and undated"));
    let all: BTreeSet<&str> = AlternativeFormat::all().iter().map(|format| format.id.as_str()).collect();
    assert_eq!(placed, all);
}

#[test]
fn formats_suit_the_publics_of_the_scenario() {
    let referential = Referential::builtin();
    let raw = RawPersona {
        id: "persona-essai".to_owned(),
        label: "Persona".to_owned(),
        situation: "Essaie.".to_owned(),
        audience: Some("directeurs-administration-centrale".to_owned()),
        need: vec![catalogue::persona::RawNeed {
            competence: "culture-donnees".to_owned(),
            to: 1,
            weight: 1.0,
            ..Default::default()
        }],
        ..RawPersona::default()
    };
    let persona = Persona::parse(&raw, &referential).expect("a sound persona");
    let public = persona.audience.expect("a public");
    let own = plan(&scenario(60, &[], Some("persona-essai")), &[persona], &[]);
    let kinds = [EventKind::Workshop, EventKind::Visit];
    for item in own.items().filter(|item| kinds.contains(&item.kind)) {
        let format = item.format.expect("a format");
        assert!(format.audiences.is_empty() || format.audiences.contains(&public), "{}", format.id);
    }
    assert_eq!(months_of(&own, "-fresque-donnees-ouvertes"), [""; 0]);
    // Of a persona who is not given, nothing is known: all formats are taken.
    let unknown = plan(&scenario(60, &[], Some("persona-essai")), &[], &[]);
    assert!(!months_of(&unknown, "-fresque-donnees-ouvertes").is_empty());
}
