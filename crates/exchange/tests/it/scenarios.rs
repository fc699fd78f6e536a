//! Files of scenarios: those built in, faults with their lines, and the way back.

use exchange::scenarios::{builtin, read, read_bytes, write};

const SOUND: &str = r#"id = "essai"
label = "Essai"
summary = "Un « essai »."
months = 12
start = "2027-01"
closed = [8]

[[population]]
id = "uns"
label = "Les uns"
persona = "adjoint-projet"
people = 100
source = "https://exemple.fr/effectif"

[[way]]
kind = "campus"
share = 60
[way.set]
groupe = [10, 12, 15]
[way.why]
groupe = "essai"
"#;

/// A change of the sound file is refused with these lines of French.
fn check(from: &str, to: &str, expect: &[&str]) {
    assert!(SOUND.contains(from), "{from}");
    let issues = read("s.toml", &SOUND.replacen(from, to, 1)).expect_err("refused");
    let told: Vec<String> = issues.iter().map(|issue| issue.to_string().replace('\u{202f}', " ")).collect();
    assert_eq!(told.len(), expect.len(), "{told:?}");
    for (told, expect) in told.iter().zip(expect) {
        let parts = expect.split(" … ");
        assert!(parts.clone().all(|part| told.contains(part)), "« {told} » should hold « {expect} »");
    }
}

#[test]
fn faults_name_the_line_and_the_key() {
    check("months = 12", "months = 0", &["s.toml, ligne 4 … months … de 1 à 120"]);
    check("months = 12", "mois = 12", &["ligne 4 … mois … n’existe pas"]);
    check("months = 12", "months = \"douze\"", &["ligne 4 … sorte attendue"]);
    check("months = 12\n", "", &["la clé « months » manque"]);
    check("people = 100", "people = 0", &["ligne 12 … population n° 1, people"]);
    check("kind = \"campus\"", "kind = \"capus\"", &["ligne 16 … campus"]);
    check("groupe = [10, 12, 15]", "groupe = [10, 12]", &["way n° 1, set … trois"]);
    check("closed = [8]", "closed = [8", &["illisible"]);
    check("source = \"https://exemple.fr/effectif\"", "source = \"exemple\"", &["ligne 13 … https://"]);
    assert!(read("s.toml", &format!("{SOUND}#{}", "x".repeat(300_000))).is_err());
    assert!(read_bytes("s.toml", b"id = \"\xff\"").is_err());
}

#[test]
fn a_scenario_is_read_back_as_it_was_written() {
    let own = read("s.toml", SOUND).expect("a sound file");
    assert_eq!(read("s.toml", &write(&own)), Ok(own));
    let all = builtin();
    assert_eq!(all.len(), 6);
    for own in all {
        assert_eq!(read("s.toml", &write(&own)), Ok(own.clone()), "{}", own.id);
        assert!(own.people() > 0, "{}", own.id);
        let stated = own.populations.iter().filter(|population| population.people.is_some());
        assert!(stated.clone().all(|population| population.source.is_some()), "{}", own.id);
    }
}
