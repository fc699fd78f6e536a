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
    let told = home.check("plan --check parcours.json", 0).out;
    assert!(told.contains("Le parcours est juste") && told.contains("totaux exacts"), "{told}");
    assert!(told.contains("la preuve d’optimum n’est pas revérifiée"), "{told}");

    let mut wrong = own.clone();
    wrong["steps"][0]["id"] = "nulle-part".into();
    home.write("faux.json", &wrong.to_string());
    assert!(home.check("plan --check faux.json", 1).out.contains("« nulle-part » ne peut pas entrer"));
    let mut wrong = own;
    wrong["request"] = serde_json::json!([["heures", "2"]]);
    home.write("faux.json", &wrong.to_string());
    assert!(home.check("plan --check faux.json", 1).out.contains("les heures dépassent 2"));
}

/// A part of a pathway's file, a lie, and what is said of it.
type Lie = (&'static str, Value, &'static str);

/// Lies that leave the steps as they are: all are planted in one file, and each is told.
fn lies() -> Vec<Lie> {
    let lie = |path, value: Value, told| (path, value, told);
    vec![
        lie("/revision", 99.into(), "« revision » dit 99"),
        lie("/sentence", "Tout est couvert.".into(), "« sentence » : « Tout est couvert. »"),
        lie("/levels_gained", 0.into(), "« levels_gained » : 0 niveau dans le fichier"),
        lie("/levels_wanted", 1.into(), "« levels_wanted » : 1 niveau dans"),
        lie("/share", 0.99.into(), "« share » : 99 %"),
        lie("/share_bound", 1.into(), "« share_bound » : 100 %"),
        lie("/calendar", "placed".into(), "« calendar » : « placed »"),
        lie("/limits/hours", 9.into(), "« limits » « hours » : 9 h"),
        lie("/limits/euros", 7.into(), "« limits » « euros » : 7 €"),
        lie("/limits/steps", 2.into(), "« limits » « steps » : 2"),
        lie("/limits/months", 3.into(), "« limits » « months » : 3"),
        lie("/limits/preference", "cheapest".into(), "« limits » « preference »"),
        lie("/limits/unstated_fact_minutes", 0.into(), "« unstated_fact_minutes » : 0"),
        lie("/bill/hours", 1.into(), "« bill » « hours » : 1 h"),
        lie("/bill/stated_hours", 1.5.into(), "« stated_hours » : 1 h 30"),
        lie("/bill/hours_if_central", 1.into(), "« bill » « hours_if_central » : 1 h"),
        lie("/bill/estimated_durations", 9.into(), "« estimated_durations » : 9"),
        lie("/bill/unknown_durations", 9.into(), "« unknown_durations » : 9"),
        lie("/bill/known_euros", 1_100.into(), "« known_euros » : 1 100 €"),
        lie("/bill/unknown_prices", 9.into(), "« unknown_prices » : 9"),
        lie("/steps/0/title", "Autre".into(), "« steps » 1 « title » : « Autre »"),
        lie("/steps/0/provider", "Autre".into(), "« steps » 1 « provider »"),
        lie("/steps/0/url", "https://exemple.fr".into(), "« steps » 1 « url »"),
        lie("/steps/0/hours", 0.5.into(), "« steps » 1 « hours » : 30 min"),
        lie("/steps/0/hours_if_central", 0.5.into(), "« steps » 1 « hours_if_central »"),
        lie("/steps/0/duration", "certain".into(), "« steps » 1 « duration »"),
        lie("/steps/0/months", serde_json::json!([5, 3]), "« steps » 1 « months » 1 : 5"),
        lie("/steps/0/price_eur", 12_345.into(), "« steps » 1 « price_eur » : 12 345 €"),
        lie("/steps/0/pinned", true.into(), "« steps » 1 « pinned » : oui"),
        lie("/steps/0/gains/0/to", 4.into(), "« gains » 1 « to » : 4"),
        lie("/steps/1/gains", serde_json::json!([]), "« steps » 2 « gains » : 0 élément"),
        lie("/steps/1/entries", serde_json::json!([{ "met_by": 1 }]), "« steps » 2 « entries »"),
        lie("/steps/0/unlocks", serde_json::json!([2, 3, 4, 5]), "« steps » 1 « unlocks » : 4 éléments"),
        lie("/coverage/0/before", 3.into(), "« coverage » 1 « before » : 3"),
        lie("/coverage/0/after", 4.into(), "« coverage » 1 « after » : 4"),
        lie("/coverage/0/wanted", 4.into(), "« coverage » 1 « wanted » : 4"),
        lie("/coverage/0/weight", 7.into(), "« coverage » 1 « weight » : 7"),
        lie("/unmet/0/level", 9.into(), "« unmet » 1 « level » : 9"),
        lie("/considered/open", 1.into(), "« considered » « open » : 1"),
        lie("/alternatives/0/levels", 0.into(), "« alternatives » 1 « levels » : 0 niveau"),
        lie("/alternatives/0/bill/hours", 1.into(), "« alternatives » 1 « bill » « hours » : 1 h"),
    ]
}

#[test]
fn each_lie_planted_in_a_pathway_is_told_and_what_is_not_checked_too() {
    let home = Home::new();
    let own = home.check("plan --persona adjoint-projet --hours 60 --euros 3000 --json", 0).json();
    let check = |wrong: &Value, code: i32| {
        home.write("faux.json", &wrong.to_string());
        home.check("plan --check faux.json", code).out.replace(['\u{a0}', '\u{202f}'], " ")
    };
    let mut wrong = own.clone();
    for (path, value, _) in lies() {
        let part = wrong.pointer_mut(path).unwrap_or_else(|| panic!("no {path}"));
        assert_ne!(*part, value, "{path} is no lie");
        *part = value;
    }
    home.write("faux.json", &wrong.to_string());
    let told = home.check("plan --check faux.json --json", 1).json();
    let told: Vec<String> = told["broken"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| one.as_str().expect("a text").replace(['\u{a0}', '\u{202f}'], " "))
        .collect();
    for (path, _, expect) in lies() {
        assert!(told.iter().any(|one| one.contains(expect)), "{path}: {expect}: {told:#?}");
    }

    // What is missing is told as missing, and the totals are not called exact.
    let mut less = own.clone();
    let parts = less.as_object_mut().expect("an object");
    parts.remove("bill");
    parts.remove("status");
    parts.insert("garantie".to_owned(), true.into());
    let told = check(&less, 0);
    assert!(told.contains("« bill » : absent, non vérifié") && !told.contains("totaux exacts"), "{told}");
    assert!(told.contains("« garantie » : inconnu, non vérifié"), "{told}");

    // What takes a search is told as not checked.
    let mut searched = own.clone();
    searched["frontier"] = serde_json::json!([]);
    let told = check(&searched, 0);
    for part in ["« frontier »", "« without »", "« alternatives »"] {
        assert!(told.contains(part), "{part}: {told}");
    }

    let mut wrong = own.clone();
    wrong["status"] = "prouvé".into();
    assert!(check(&wrong, 1).contains("« status » dit « prouvé »"));
    let mut wrong = own;
    wrong["request"].as_array_mut().expect("pairs").push(serde_json::json!(["hours", "9"]));
    assert!(check(&wrong, 1).contains("« hours » n’est pas un paramètre"));
}

#[test]
fn the_untouched_pathways_of_all_personas_pass() {
    let home = Home::new();
    let options = ["", "--months 6 --cheapest --euros 2000", "--month-hours 14"];
    for (persona, options) in [CHIEF, "cheffe-service-portefeuille", "adjoint-projet"].iter().zip(options) {
        let found = home.check(&format!("plan --persona {persona} {options} --json"), 0);
        home.write("juste.json", &found.out);
        let told = home.check("plan --check juste.json", 0).out;
        assert!(told.contains("totaux exacts"), "{told}");
        assert!(!told.contains("absent") && !told.contains("inconnu, non"), "{told}");
        if options.contains("month-hours") {
            let mut wrong = found.json();
            wrong["steps"][0]["months"] = serde_json::json!([40, 40]);
            home.write("faux.json", &wrong.to_string());
            let told = home.check("plan --check faux.json", 1).out;
            assert!(told.contains("dans les mois du parcours"), "{told}");
        }
    }
    home.write("aucun.json", r#"{"persona":"essai","request":[],"status":"infeasible"}"#);
    assert!(home.check("plan --check aucun.json", 2).err.contains("aucun parcours n’a été trouvé"));
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
    assert!(wrong.starts_with("HTTP/1.1 400") && wrong.contains("value=\"beaucoup\""), "{wrong}");
    assert!(
        wrong.contains("<a href=\"#heures\">«\u{202f}Heures par an\u{202f}» attend un nombre d’heures"),
        "{wrong}"
    );
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
