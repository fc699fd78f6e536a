//! `parcours plan --persona` and the pages of pathways, on the built-in catalogue: figures that agree, files, refusals.
//! Absent: whether explanations are right (see the tests of `actions`).

use serde_json::Value;

use super::Home;
use super::serving::Served;

const CHIEF: &str = "directrice-administration-centrale";

#[test]
fn a_pathway_is_told_proven_and_checked_alone() {
    let home = Home::new();
    let ran = home.check(&format!("plan --persona {CHIEF}"), 0);
    for told in [
        "Prouvé",
        "Choisi parmi",
        "Sans elle",
        "Ce qui reste, et pourquoi",
        "Ce que chaque durée permet",
        "Autre parcours 1",
    ] {
        assert!(ran.out.contains(told), "{told}: {}", ran.out);
    }
    let found = home.check(&format!("plan --persona {CHIEF} --hours 40 --euros 3000 --months 6 --json"), 0);
    let own = found.json();
    assert_eq!(own["status"], "optimal");
    assert_eq!((&own["limits"]["hours"], &own["limits"]["euros"]), (&20.0.into(), &1_500.0.into()));
    let sum: f64 =
        own["steps"].as_array().expect("steps").iter().filter_map(|step| step["hours"].as_f64()).sum();
    assert!((sum - own["bill"]["hours"].as_f64().expect("hours")).abs() < 0.05, "{own:#}");
    home.write("parcours.json", &found.out);
    assert!(home.check("plan --check parcours.json", 0).out.contains("Le parcours est juste"));

    let mut wrong = own.clone();
    wrong["bill"]["hours"] = 1.0.into();
    home.write("faux.json", &wrong.to_string());
    assert!(home.check("plan --check faux.json", 1).out.contains("il dure"));
    let mut wrong = own.clone();
    wrong["steps"][0]["id"] = "nulle-part".into();
    home.write("faux.json", &wrong.to_string());
    assert!(home.check("plan --check faux.json", 1).out.contains("« nulle-part » ne peut pas entrer"));
    let mut wrong = own;
    wrong["request"] = serde_json::json!([["heures", "2"]]);
    home.write("faux.json", &wrong.to_string());
    assert!(home.check("plan --check faux.json", 1).out.contains("les heures dépassent 2"));
}

#[test]
fn requests_that_make_no_sense_are_refused_with_a_remedy() {
    let home = Home::new();
    let check = |options: &str, code: i32, expect: &str| {
        let ran = home.check(&format!("plan {options}"), code);
        assert!(ran.err.contains(expect) || ran.out.contains(expect), "{options}: {ran:?}");
    };
    check("--persona personne", 2, "personne");
    check(&format!("--persona {CHIEF} --hours 0"), 2, "--hours");
    check(&format!("--persona {CHIEF} --months 0"), 2, "--months");
    check(&format!("--persona {CHIEF} --known culture-donnees=7"), 2, "niveau de 0 à 4");
    check(&format!("--persona {CHIEF} --pin nulle-part"), 2, "« nulle-part »");
    check(&format!("--persona {CHIEF} --pin a --ban a"), 2, "à la fois imposée et exclue");
    check(&format!("--persona {CHIEF} --window a=9-3"), 2, "--window");
    check(&format!("--persona {CHIEF} --alternatives 9"), 2, "--alternatives");
    check("--need culture-donnees=2 --audience sous-directeur", 2, "vouliez-vous");
    check("--check absent.json", 2, "absent.json");
    check("", 2, "--persona");
    home.write("autre.json", "[1]");
    check("--check autre.json", 2, "ce n’est pas un parcours");
}

#[test]
fn needs_without_a_persona_have_a_pathway() {
    let home = Home::new();
    let own = home.check("plan --need culture-donnees=2 --hours 20 --json", 0).json();
    assert_eq!((&own["persona"], &own["levels_wanted"]), (&"sur-mesure".into(), &2.into()));
    assert_eq!(own["levels_gained"], 2, "{own:#}");
    home.write("libre.json", &own.to_string());
    home.check("plan --check libre.json", 0);
}

/// Asks until the pathway is there: a page that waits for it says so, and never changes by itself.
fn ready(served: &Served, path: &str) -> String {
    let start = std::time::Instant::now();
    loop {
        let request = format!("GET {path} HTTP/1.1\r\nHost: essai\r\nConnection: close\r\n\r\n");
        let answer = served.ask(request.as_bytes());
        if !answer.starts_with("HTTP/1.1 202") {
            return answer;
        }
        assert!(answer.contains("Voir le résultat") && start.elapsed().as_secs() < 60, "{path}: {answer}");
    }
}

#[test]
fn pages_of_pathways_agree_with_the_command() {
    let home = Home::new();
    let served = Served::start(&home);
    let pairs = "heures=40&autres=1";
    let page = ready(&served, &format!("/parcours/{CHIEF}?{pairs}"));
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    let twin = ready(&served, &format!("/parcours/{CHIEF}.json?{pairs}"));
    // What a command prints is read with plain spaces.
    let plain = twin.replace(['\u{a0}', '\u{202f}'], " ");
    let twin: Value = serde_json::from_str(plain.split_once("\r\n\r\n").expect("a body").1).expect("JSON");
    let told = home.check(&format!("plan --persona {CHIEF} --hours 40 --alternatives 1 --json"), 0).json();
    assert!(twin == told, "{twin:#}\n{told:#}");
    let steps = told["steps"].as_array().expect("steps");
    assert_eq!(page.matches("class=\"etape\"").count(), steps.len());
    assert_eq!(page.matches("class=\"autre\"").count(), 2);
    for step in steps {
        assert!(page.contains(&format!("/formations/{}\"", step["id"].as_str().expect("an id"))));
    }
    let csv = ready(&served, &format!("/parcours/{CHIEF}.csv?{pairs}"));
    let gains: usize = steps.iter().map(|step| step["gains"].as_array().expect("gains").len().max(1)).sum();
    assert_eq!(csv.matches("\r\nstep;").count(), gains);
    assert_eq!(csv.matches("\r\nunmet;").count(), told["unmet"].as_array().expect("unmet").len());

    let calendar = ready(&served, &format!("/parcours/{CHIEF}.ics?{pairs}&debut=2027-01"));
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), steps.len());
    assert!(calendar.contains("DTSTART;VALUE=DATE:20270101"), "{calendar}");
    assert!(ready(&served, &format!("/parcours/{CHIEF}.ics?{pairs}")).contains("premier mois"));

    let typical = ready(&served, "/parcours");
    assert_eq!(typical.matches("class=\"parcours-type\"").count(), 3);
    let compared = ready(
        &served,
        &format!(
            "/parcours/comparer?a=%2Fparcours%2F{CHIEF}%3Fheures%3D40%26autres%3D1&b=%2Fparcours%2F{CHIEF}"
        ),
    );
    assert!(compared.contains("Dans A seulement"), "{compared}");
}

#[test]
fn typical_pathways_follow_the_catalogue_and_say_what_changed() {
    let home = Home::new();
    let served = Served::start(&home);
    assert!(!ready(&served, "/parcours").contains("Depuis la version"));
    home.write(
        "nouvelle.jsonl",
        r#"{"id":"essai-tout-en-un","kind":"course","title":"Tout en un","provider":"École d’essai","provider_kind":"public","duration_hours":3,"price_eur":0,"language":"fr","formats":["presentiel"],"city":"Paris","audiences":["directeurs-administration-centrale"],"competences":{"culture-donnees":1,"lire-chiffres":1,"securite-numerique":1,"achat-financement":1},"summary":"Un résumé.","source":{"address":"https://exemple.fr/page","seen":"2026"}}"#,
    );
    home.check("import nouvelle.jsonl --yes", 0);
    let start = std::time::Instant::now();
    loop {
        let page = ready(&served, "/parcours");
        if page.contains("Depuis la version 1") && page.contains("essai-tout-en-un") {
            assert!(page.contains("«\u{202f}Tout en un\u{202f}»"), "{page}");
            break;
        }
        assert!(start.elapsed().as_secs() < 60, "{page}");
    }
}

#[test]
fn the_form_leads_to_one_address_or_says_what_is_wrong() {
    let home = Home::new();
    let served = Served::start(&home);
    let ask = |path: &str| {
        served.ask(format!("GET {path} HTTP/1.1\r\nHost: essai\r\nConnection: close\r\n\r\n").as_bytes())
    };
    let sent = ask(&format!(
        "/parcours/composer?persona={CHIEF}&calculer=1&heures=&besoin-culture-donnees=1&impose="
    ));
    assert!(sent.starts_with("HTTP/1.1 303"), "{sent}");
    assert!(sent.contains(&format!("/parcours/{CHIEF}?besoin=culture-donnees%3A1")), "{sent}");
    let wrong = ask(&format!("/parcours/composer?persona={CHIEF}&calculer=1&heures=beaucoup"));
    assert!(wrong.starts_with("HTTP/1.1 200") && wrong.contains("value=\"beaucoup\""), "{wrong}");
    assert!(wrong.contains("attend un nombre d’heures"), "{wrong}");
    let none = ask("/parcours/composer?calculer=1");
    assert!(none.contains("Choisissez au moins une compétence"), "{none}");
    for (path, status) in [
        ("/parcours/personne", "404"),
        (&format!("/parcours/{CHIEF}?mois=99") as &str, "400"),
        (&format!("/parcours/{CHIEF}?inconnu=1"), "400"),
        (&format!("/parcours/{CHIEF}?impose=nulle-part"), "400"),
        (&format!("/parcours/{CHIEF}.pdf"), "404"),
    ] {
        let answer = ask(path);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{path}: {answer}");
    }
}
