//! Communities in files: faults with their lines, and the way back; calendars, feed and contacts read back by small readers of
//! their own. People here are functions that nobody holds.

use catalogue::Referential;
use catalogue::community::animation::AnimationPlan;
use catalogue::community::{Community, RawCohort, RawCommunity, RawEvent, RawPerson, RawRelay};
use catalogue::roadmaps::Roadmaps;
use exchange::community::{
    Dated, FeedAbout, contact_cards, contacts_table, events_calendar, events_feed, plan_calendar, read,
    read_bytes, write,
};
use proptest::collection::vec;
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event as Xml;

const SOUND: &str = r#"[[relay]]
id = "relais-essai"
ministry = "Ministère d’essai"
function = "Administrateur des données, ministère d’essai"
teaches = { culture-donnees = 2 }
person = { name = "Titulaire d’essai", email = "titulaire@exemple.fr", agreed_on = "2026-11-02" }

[[relay]]
id = "relais-autre"
ministry = "Ministère d’essai"
function = "Correspondante d’essai"
[relay.person]
name = "Titulaire, autre ; d’essai"
agreed_on = "2026-11-03"

[[cohort]]
id = "cohorte-essai"
label = "Cohorte d’essai"
persona = "persona-essai"
starts = "2027-02"

[[event]]
id = "atelier-essai"
title = "Atelier ; virgule, barre \\ et <balise> & esperluette"
kind = "atelier"
starts = "2027-07-12T14:30"
minutes = 90
place = "Salle d’essai, 2e étage"
address = "https://exemple.fr/rendez-vous?a=1&b=2"
cohort = "cohorte-essai"
relays = ["relais-essai"]
summary = """
Première ligne
starts = "ce texte n’est pas une clé"
Une ligne assez longue pour être pliée, avec des accents : éèàùç, et un visage 🙂 qui tient quatre octets."""
"#;

const STAMP: &str = "2026-11-20T08:00:00Z";
const ABOUT: FeedAbout = FeedAbout {
    title: "Communauté",
    authority: "exemple.fr",
    page: "https://exemple.fr/communaute",
    itself: "https://exemple.fr/communaute.atom?a=1&b=2",
    changed_at: "2026-11-01T08:00:00Z",
};

fn community(text: &str) -> Community {
    read("c.toml", text, &Referential::builtin(), &Roadmaps::builtin()).expect("sound")
}

fn dated(community: &Community) -> Vec<Dated<'_>> {
    community.events().iter().map(|event| Dated { event, changed_at: STAMP }).collect()
}

/// A change of the sound file is refused with these lines of French.
fn check(from: &str, to: &str, expect: &[&str]) {
    assert!(SOUND.contains(from), "{from}");
    let text = SOUND.replacen(from, to, 1);
    let refused = read("c.toml", &text, &Referential::builtin(), &Roadmaps::builtin());
    let told: Vec<String> = refused
        .expect_err("refused")
        .iter()
        .map(|issue| issue.to_string().replace('\u{202f}', " "))
        .collect();
    assert_eq!(told.len(), expect.len(), "{told:?}");
    for (told, expect) in told.iter().zip(expect) {
        assert!(told.starts_with(expect), "« {told} » should begin with « {expect} »");
    }
}

#[test]
fn faults_name_the_line_and_the_key() {
    check(
        "function = \"A",
        "fonction = \"A",
        &["c.toml, ligne 4 : cette clé n’existe pas (valeur : « fonction »)"],
    );
    check(
        "minutes = 90",
        "minutes = \"90\"",
        &["c.toml, ligne 27 : cette valeur n’est pas de la sorte attendue"],
    );
    check(
        "minutes = 90",
        "minutes = 0",
        &["c.toml, ligne 27, colonne « event n° 1, minutes » : la durée n’a pas de sens (valeur : « 0 »)"],
    );
    check(
        "2027-07-12T14:30",
        "2027-07-12 14:30",
        &[
            "c.toml, ligne 26, colonne « event n° 1, starts » : ce n’est pas un moment (valeur : « 2027-07-12 14:30 »)",
        ],
    );
    check(
        "culture-donnees = 2",
        "culture-donnee = 2",
        &["c.toml, ligne 5, colonne « relay n° 1, teaches.culture-donnee » : cette compétence n’existe pas"],
    );
    check(
        "titulaire@exemple.fr",
        "titulaire",
        &["c.toml, ligne 6, colonne « relay n° 1, person.email » : ce n’est pas une adresse électronique"],
    );
    check(
        "\"2026-11-03\"",
        "\"\"",
        &["c.toml, ligne 14, colonne « relay n° 2, person.agreed_on » : on ne sait pas quand elle a accepté"],
    );
    check("agreed_on = \"2026-11-03\"", "", &["c.toml, ligne 12 : la clé « agreed_on » manque"]);
    check(
        "[\"relais-essai\"]",
        "[\"relais-essais\"]",
        &[
            "c.toml, ligne 31, colonne « event n° 1, relays » : aucun relais n’a cet identifiant (valeur : « relais-essais ») ; \
         peut-être « relais-essai ».",
        ],
    );
    check("id = \"cohorte-essai\"", "id = \"cohorte-essai", &["c.toml, ligne 17 : le TOML est illisible"]);
    check(
        "\"Correspondante d’essai\"",
        "\"\"",
        &["c.toml, ligne 11, colonne « relay n° 2, function » : le texte est vide"],
    );
}

#[test]
fn bytes_are_utf_8_with_or_without_its_mark() {
    let read = |bytes: &[u8]| read_bytes("c.toml", bytes, &Referential::builtin(), &Roadmaps::builtin());
    let marked = [b"\xef\xbb\xbf", SOUND.as_bytes()].concat();
    assert_eq!(read(&marked), Ok(community(SOUND)));
    assert_eq!(read(b""), Ok(Community::builtin(&Roadmaps::builtin())));
    let refused = read(b"# a\n\xff").expect_err("refused");
    assert_eq!((refused.len(), refused[0].line), (1, Some(2)));
    let long = "#".repeat(exchange::community::COMMUNITY_BYTES + 1);
    assert_eq!(read(long.as_bytes()).expect_err("refused").len(), 1);
}

const HARD: &[&str] = &[
    "'",
    "''",
    "'''",
    "\"",
    "\"\"\"",
    "\\",
    "#",
    "=",
    "a = b",
    "[[relay]]",
    ";",
    ",",
    ":",
    "👩‍💻",
    "🙂",
    "é",
    "e\u{301}",
    "\u{a0}",
    "\u{202f}",
    "\u{2028}",
    "=1+1",
    "@a",
    "<b>",
    "&amp;",
    "]]>",
    "mot",
];

/// A text of one line that is not empty.
fn line() -> impl Strategy<Value = String> {
    vec(prop::sample::select(HARD), 1..5).prop_map(|parts| format!("a{}", parts.concat()))
}

fn lines() -> impl Strategy<Value = String> {
    vec(line(), 0..3).prop_map(|lines| lines.join("\n"))
}

fn raw() -> impl Strategy<Value = RawCommunity> {
    let person = prop::option::of((line(), any::<bool>()).prop_map(|(name, has_email)| RawPerson {
        name,
        email: has_email.then(|| "titulaire@exemple.fr".to_owned()),
        agreed_on: "2026-11-02".to_owned(),
    }));
    let relay = (line(), line(), lines(), person, prop::option::of(0.5..700.0), 1_u8..=4);
    let relay = relay.prop_map(|(ministry, function, note, person, hours_per_month, level)| RawRelay {
        id: String::new(),
        ministry,
        function,
        note,
        person,
        hours_per_month,
        teaches: [("culture-donnees".to_owned(), level)].into(),
        from: Some("2027-01".to_owned()),
        ..RawRelay::default()
    });
    let event =
        (line(), lines(), line(), 1_u32..1_000).prop_map(|(title, summary, place, minutes)| RawEvent {
            title,
            summary,
            place,
            minutes,
            kind: "cafe".to_owned(),
            starts: "2027-07-12T14:30".to_owned(),
            ..RawEvent::default()
        });
    (vec(relay, 0..4), vec(event, 0..4), line()).prop_map(|(mut relays, mut events, label)| {
        relays.iter_mut().enumerate().for_each(|(at, own)| own.id = format!("relais-{at}"));
        let ids: Vec<String> = relays.iter().map(|own| own.id.clone()).collect();
        events.iter_mut().enumerate().for_each(|(at, own)| own.id = format!("rendez-vous-{at}"));
        events.iter_mut().for_each(|own| own.relays.clone_from(&ids));
        let cohort = RawCohort {
            id: "cohorte".to_owned(),
            label,
            persona: "persona".to_owned(),
            starts: "2027-02".to_owned(),
            people: Some(12),
            relays: ids,
            ..RawCohort::default()
        };
        RawCommunity { relays, cohorts: vec![cohort], events }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn what_is_written_is_read_back(raw in raw()) {
        let (referential, roadmaps) = (Referential::builtin(), Roadmaps::builtin());
        let own = Community::parse(&raw, &referential, &roadmaps).expect("sound");
        let text = write(&own, &referential);
        prop_assert_eq!(read("c.toml", &text, &referential, &roadmaps), Ok(own.clone()));
        let dated = dated(&own);
        let parts = components(&events_calendar(&dated, &own, &ABOUT));
        let titles: Vec<&str> = own.events().iter().map(|event| event.title.as_str()).collect();
        let summaries: Vec<&str> = parts.iter().map(|part| value(part, "SUMMARY")).collect();
        prop_assert_eq!(summaries, titles.clone());
        let told: Vec<String> = texts(&events_feed(&dated, &own, &ABOUT), "feed/entry/title");
        prop_assert_eq!(told, titles);
    }
}

/// The events of a calendar: names of properties, without parameters, and texts unescaped.
fn components(bytes: &[u8]) -> Vec<Vec<(String, String)>> {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']), "lines end by CRLF");
    let (mut parts, mut open) = (Vec::new(), Vec::new());
    for line in text.replace("\r\n ", "").lines() {
        let (name, value) = line.split_once(':').expect("a property");
        match name {
            "BEGIN" => open.push((value.to_owned(), Vec::new())),
            "END" => {
                let (name, part) = open.pop().expect("begun");
                assert_eq!(name, value);
                if name == "VEVENT" {
                    parts.push(part);
                }
            }
            _ => {
                let name = name.split(';').next().unwrap_or_default().to_owned();
                let (_, part) = open.last_mut().expect("inside");
                part.push((name, unescaped(value)));
            }
        }
    }
    assert_eq!(open.len(), 0);
    parts
}

fn unescaped(text: &str) -> String {
    let mut letters = text.chars();
    let mut own = String::new();
    while let Some(letter) = letters.next() {
        own.push(match letter {
            '\\' => match letters.next() {
                Some('n') => '\n',
                other => other.expect("an escaped letter"),
            },
            letter => letter,
        });
    }
    own
}

fn value<'a>(part: &'a [(String, String)], name: &str) -> &'a str {
    let mut found = part.iter().filter(|(own, _)| own == name);
    let (_, value) = found.next().unwrap_or_else(|| panic!("no {name}"));
    assert_eq!(found.count(), 0, "{name} is there once");
    value
}

/// The texts of the elements at a path.
fn texts(bytes: &[u8], path: &str) -> Vec<String> {
    let mut reader = Reader::from_reader(bytes);
    let (mut open, mut found, mut buffer): (Vec<String>, Vec<String>, Vec<u8>) = Default::default();
    loop {
        let is_here = open.join("/") == path;
        match reader.read_event_into(&mut buffer).expect("well-formed") {
            Xml::Start(start) => {
                open.push(start.name().as_ref().to_owned());
                if open.join("/") == path {
                    found.push(String::new());
                }
            }
            Xml::End(_) => drop(open.pop()),
            Xml::Text(text) if is_here => {
                found.last_mut().expect("open").push_str(&text);
            }
            Xml::GeneralRef(reference) if is_here => {
                let letter = match &*reference {
                    "amp" => '&',
                    "lt" => '<',
                    "gt" => '>',
                    "quot" => '"',
                    "apos" => '\'',
                    other => panic!("{other}"),
                };
                found.last_mut().expect("open").push(letter);
            }
            Xml::Eof => return found,
            _ => {}
        }
        buffer.clear();
    }
}

#[test]
fn a_calendar_says_when_where_and_by_which_function() {
    let community = community(SOUND);
    let bytes = events_calendar(&dated(&community), &community, &ABOUT);
    assert_eq!(bytes, events_calendar(&dated(&community), &community, &ABOUT));
    let text = String::from_utf8(bytes.clone()).expect("UTF-8");
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.contains("VERSION:2.0\r\n"), "{text}");
    // The last part of a folded line may hold one byte more than the 75 advised.
    assert!(text.lines().all(|line| line.len() <= 76), "{text}");
    let parts = components(&bytes);
    let [part] = &parts[..] else { panic!("one event") };
    assert_eq!(value(part, "UID"), "rendez-vous-atelier-essai@exemple.fr");
    assert_eq!(value(part, "DTSTART"), "20270712T123000Z");
    assert_eq!(value(part, "DTEND"), "20270712T140000Z");
    assert_eq!(value(part, "DTSTAMP"), "20261120T080000Z");
    assert_eq!(value(part, "SUMMARY"), "Atelier ; virgule, barre \\ et <balise> & esperluette");
    assert_eq!(value(part, "LOCATION"), "Salle d’essai, 2e étage");
    let described = value(part, "DESCRIPTION");
    assert!(described.starts_with("Première ligne\nstarts = "), "{described}");
    assert!(
        described
            .ends_with("Relais\u{202f}: Administrateur des données, ministère d’essai, Ministère d’essai")
    );
    assert!(!text.contains("Titulaire") && !text.contains("titulaire"), "no person: {text}");
}

#[test]
fn a_feed_is_atom() {
    let community = community(SOUND);
    let bytes = events_feed(&dated(&community), &community, &ABOUT);
    let text = String::from_utf8(bytes.clone()).expect("UTF-8");
    assert!(text.starts_with(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\""
    ));
    assert!(text.contains("href=\"https://exemple.fr/communaute.atom?a=1&amp;b=2\""), "{text}");
    let check = |path: &str, expect: &[&str]| assert_eq!(texts(&bytes, path), expect, "{path}");
    check("feed/id", &["tag:exemple.fr,2026:communaute"]);
    check("feed/updated", &["2026-11-20T08:00:00Z"]);
    check("feed/author/name", &["Parcours"]);
    check("feed/entry/id", &["tag:exemple.fr,2026:communaute/rendez-vous/atelier-essai"]);
    check("feed/entry/updated", &["2026-11-20T08:00:00Z"]);
    check("feed/entry/title", &["Atelier ; virgule, barre \\ et <balise> & esperluette"]);
    let summary = texts(&bytes, "feed/entry/summary").concat();
    assert!(
        summary.starts_with("Lundi 12 juillet 2027 à 14\u{a0}h\u{a0}30, Salle d’essai, 2e étage.\nPremière"),
        "{summary}"
    );
    assert!(!text.contains("Titulaire") && !text.contains("titulaire"), "no person: {text}");
    // The feed changes when an event goes, too.
    let later = FeedAbout { changed_at: "2026-11-21T09:00:00+01:00", ..ABOUT };
    let fewer = events_feed(&[], &community, &later);
    assert_eq!(texts(&fewer, "feed/updated"), ["2026-11-21T08:00:00Z"]);
    assert_eq!(
        texts(&events_feed(&dated(&community), &community, &later), "feed/updated"),
        ["2026-11-21T08:00:00Z"]
    );
}

#[test]
fn a_plan_is_a_calendar_of_whole_months() {
    let scenario = exchange::scenarios::builtin().swap_remove(1);
    let plan = AnimationPlan::of(&scenario, &[], &[], &Referential::builtin());
    let bytes = plan_calendar(&plan, "exemple.fr", STAMP);
    let parts = components(&bytes);
    assert_eq!(parts.len(), plan.items().count());
    let mut uids: Vec<&str> = parts.iter().map(|part| value(part, "UID")).collect();
    assert!(uids.contains(&"plan-relais-ministeriels-2027-01-reunion@exemple.fr"), "{uids:?}");
    uids.sort_unstable();
    uids.dedup();
    assert_eq!(uids.len(), parts.len());
    let first = parts.iter().find(|part| value(part, "UID").contains("-2027-12-")).expect("December");
    assert_eq!((value(first, "DTSTART"), value(first, "DTEND")), ("20271201", "20280101"));
    assert!(parts.iter().all(|part| value(part, "TRANSP") == "TRANSPARENT"));
    let meeting =
        parts.iter().find(|part| value(part, "UID").contains("-2027-01-reunion")).expect("a meeting");
    let described = value(meeting, "DESCRIPTION");
    assert!(described.contains("\nDurée\u{202f}: 2\u{a0}h (hypothèse)\nétabli\u{202f}: "), "{described}");
}

#[test]
fn contacts_are_those_who_agreed_and_gave_an_address() {
    let table = String::from_utf8(contacts_table(&community(SOUND))).expect("UTF-8");
    let expect = "\u{feff}organisme;fonction;nom;courriel;consentement_le\r\n\
                  Ministère d’essai;\"Administrateur des données, ministère d’essai\";Titulaire d’essai;\
                  titulaire@exemple.fr;2026-11-02\r\n";
    assert_eq!(table, expect);
    let formula = SOUND.replacen("Titulaire d’essai", "=1+1", 1);
    let table = String::from_utf8(contacts_table(&community(&formula))).expect("UTF-8");
    assert!(table.contains(";'=1+1;"), "{table}");
}

#[test]
fn cards_are_escaped_and_folded() {
    let text =
        SOUND.replacen("Titulaire d’essai", "Titulaire, « d’essai » ; 🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂", 1);
    let cards = String::from_utf8(contact_cards(&community(&text), "exemple.fr")).expect("UTF-8");
    assert!(cards.lines().all(|line| line.len() <= 75), "{cards}");
    let lines: Vec<String> = cards.replace("\r\n ", "").lines().map(str::to_owned).collect();
    assert_eq!(lines[..3], ["BEGIN:VCARD", "VERSION:4.0", "UID;VALUE=text:relais-relais-essai@exemple.fr"]);
    assert!(lines[3].starts_with("FN:Titulaire\\, « d’essai » \\; 🙂"), "{}", lines[3]);
    assert_eq!(lines[6], "EMAIL:titulaire@exemple.fr");
    assert_eq!(lines.last().map(String::as_str), Some("END:VCARD"));
}
