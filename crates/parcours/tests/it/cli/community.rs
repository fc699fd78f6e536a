//! `parcours community`: a file put in place and written back, contacts, what is held of a person given back and erased.
//! Absent: what a community must be (see `catalogue`), the bytes left in the file (see `store`).

use super::Home;

const FILE: &str = r#"
[[relay]]
id = "relais-essai"
ministry = "Culture"
function = "Administrateur des données, service d’essai"
hours_per_month = 7
[relay.teaches]
culture-donnees = 2
[relay.person]
name = "Personne Essai"
email = "essai@exemple.fr"
agreed_on = "2026-11-26"

[[cohort]]
id = "cohorte-essai"
label = "Cohorte d’essai"
persona = "adjoint-projet"
starts = "2027-02"
relays = ["relais-essai"]

[[event]]
id = "cafe-essai"
title = "Premier café"
kind = "cafe"
starts = "2027-01-15T12:30"
minutes = 45
cohort = "cohorte-essai"
"#;

#[test]
fn a_community_is_put_in_place_written_back_and_a_person_given_back_and_erased() {
    let home = Home::seeded();
    assert!(home.check("community", 0).out.contains("0 cohorte"));
    home.write("c.toml", FILE);
    assert!(home.check("community import c.toml --dry-run", 0).out.contains("Rien n’a été changé"));
    assert!(!home.check("community", 0).out.contains("Personne Essai"));
    assert!(home.check("community import c.toml", 0).out.contains("3 lignes changées"));
    assert!(home.check("community", 0).out.contains("Personne Essai"));
    home.check("community export --out d.toml", 0);
    assert!(home.check("community import d.toml", 0).out.contains("Rien ne change"));
    for (name, expect) in [
        ("c.csv", "Personne Essai;essai@exemple.fr;2026-11-26"),
        ("c.vcf", "FN:Personne Essai"),
        ("c.ics", "SUMMARY:Premier café"),
    ] {
        home.check(&format!("community export --out {name}"), 0);
        let text = std::fs::read_to_string(home.path(name)).expect("a file");
        assert!(text.contains(expect), "{name}: {text}");
    }
    let held = home.check("community person essai@exemple.fr", 0).json();
    assert_eq!(held[0]["person"]["name"], "Personne Essai");
    assert_eq!(held[0]["cohorts"][0]["id"], "cohorte-essai");
    assert!(home.check("community erase relais-essai", 0).out.contains("la fonction reste"));
    home.check("community person relais-essai", 2);
    let told = home.check("community", 0).out;
    assert!(!told.contains("Personne Essai") && told.contains("relais-essai"), "{told}");
}

#[test]
fn rows_are_added_and_taken_out_and_the_others_stay() {
    let home = Home::seeded();
    home.write("c.toml", FILE);
    home.check("community import c.toml", 0);
    let other = "[[event]]\nid = \"reunion-essai\"\ntitle = \"Réunion\"\nkind = \"reunion\"\nstarts = \"2027-03-01T10:00\"\nminutes = 60\ncohort = \"cohorte-essai\"\n";
    home.write("d.toml", other);
    assert!(home.check("community import d.toml --add", 0).out.contains("2 rendez-vous"));
    assert!(home.check("community", 0).out.contains("Personne Essai"), "who is not in the file stays");
    assert!(home.check("community import d.toml --add", 0).out.contains("Rien ne change"));
    home.check("community remove cafe-essai", 0);
    assert!(home.check("community", 0).out.contains("1 rendez-vous"));
    home.check("community remove cafe-essai", 2);
}

#[test]
fn a_person_is_named_only_with_the_day_of_her_agreement() {
    let home = Home::seeded();
    home.check("community name relais-essai Personne --agreed-on 2026-11-01", 2);
    home.write("c.toml", FILE);
    home.check("community import c.toml", 0);
    let named =
        home.check("community name relais-essai Autre --agreed-on 2026-11-02 --email autre@exemple.fr", 0);
    assert!(named.out.contains("Autre"), "{}", named.out);
    let told = home.check("community person Autre", 0).out;
    assert!(told.contains("autre@exemple.fr") && told.contains("2026-11-02"), "{told}");
    assert_eq!(home.run(["community", "person", "Personne Essai"]).code, 2, "who was named before is gone");
    assert!(home.check("community name relais-essai Elle --agreed-on 2099-01-01", 2).err.contains("à venir"));
    home.check("community name relais-essai Elle --agreed-on demain", 2);
    assert!(home.check("community", 0).out.contains("Autre"));
}

/// A community of `relais-essai` and `autre-relais`.
fn of_two_relays() -> Home {
    let home = Home::seeded();
    home.write("c.toml", FILE);
    home.check("community import c.toml", 0);
    let other =
        "[[relay]]\nid = \"autre-relais\"\nministry = \"Culture\"\nfunction = \"Correspondant données\"\n";
    home.write("d.toml", other);
    home.check("community import d.toml --add", 0);
    home
}

#[test]
fn who_holds_two_functions_goes_from_both_at_once() {
    let home = of_two_relays();
    for (relay, email) in [("relais-essai", "a@exemple.fr"), ("autre-relais", "A@Exemple.fr")] {
        home.check(&format!("community name {relay} Camille --agreed-on 2026-11-02 --email {email}"), 0);
    }
    let erased = home.check("community erase a@exemple.fr", 0).out;
    assert!(erased.contains("relais-essai") && erased.contains("autre-relais"), "{erased}");
    assert!(!erased.contains("nomme encore"), "{erased}");
    assert!(!home.check("community", 0).out.contains("Camille"));
}

#[test]
fn persons_of_one_name_are_not_taken_for_one() {
    let home = of_two_relays();
    home.check("community name relais-essai Camille --agreed-on 2026-11-02 --email a@exemple.fr", 0);
    home.check("community name autre-relais Camille --agreed-on 2026-11-02", 0);
    for line in ["community erase Camille", "community person Camille"] {
        let refused = home.check(line, 2).err;
        assert!(
            refused.contains("plusieurs personnes") && refused.contains("autre-relais"),
            "{line}: {refused}"
        );
    }
    let given = home.check("community person relais-essai", 0).out;
    assert!(!given.contains("autre-relais"), "what is given to one says where the other is: {given}");
    let erased = home.check("community erase a@exemple.fr", 0).out;
    assert!(erased.contains("autre-relais") && erased.contains("le même nom"), "{erased}");
    assert!(home.check("community person autre-relais", 0).out.contains("Camille"), "the other one stays");
}

#[test]
fn what_makes_no_sense_is_refused_and_nothing_changes() {
    let home = Home::seeded();
    home.write("c.toml", &FILE.replace("kind = \"cafe\"", "kind = \"bal\""));
    let ran = home.check("community import c.toml", 2);
    assert!(ran.err.contains("c.toml, ligne") && ran.err.contains("bal"), "{ran:?}");
    assert!(!home.check("community", 0).out.contains("relais-essai"));
    let check = |line: &str, expect: &str| {
        let ran = home.check(line, 2);
        assert!(ran.err.contains(expect), "{ran:?}");
    };
    home.write("tard.toml", &FILE.replace("2026-11-26", "2090-01-01"));
    check("community import tard.toml", "jour à venir");
    home.write("vide.toml", "");
    check("community import vide.toml", "effacerait tout");
    home.write("modele.toml", include_str!("../../../../../data/community/exemple.toml"));
    home.check("community import modele.toml --dry-run", 0);
    check("community export --out c.docx", ".toml");
    check("community erase personne", "tenu sous");
    check("community plan campus", "ni un fichier, ni un scénario livré");
}

#[test]
fn a_plan_of_meetings_is_drawn_from_a_scenario() {
    let home = Home::seeded();
    let told = home.check("community plan relais-ministeriels", 0).out;
    assert!(told.contains("Réunion des relais") && told.contains("janvier 2027"), "{told}");
    assert!(!told.contains("\naoût 2027\n"), "nothing in a closed month");
    home.check("community plan relais-ministeriels --out p.ics", 0);
    let text = std::fs::read_to_string(home.path("p.ics")).expect("a file");
    assert!(text.starts_with("BEGIN:VCALENDAR") && text.contains("Café de la data"));
}
