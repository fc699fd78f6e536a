//! Files of personas: faults with their lines, and the way back.

use catalogue::Referential;
use exchange::personas::{builtin, read, read_bytes, write};
use proptest::prelude::*;

const SOUND: &str = r#"id = "essai"
label = "Essai"
situation = "Essaie."
formats = ["presentiel"]

[[need]]
competence = "culture-donnees"
from = 0
to = 2
weight = 1.5
reason = "parce que"

[[need]]
competence = "comprendre-ia"
to = 1

[[not_needed]]
competence = "analyse-donnees"
"#;

/// A change of the sound file is refused with these lines of French.
fn check(from: &str, to: &str, expect: &[&str]) {
    assert!(SOUND.contains(from), "{from}");
    let text = SOUND.replacen(from, to, 1);
    let issues = read("p.toml", &text, &Referential::builtin()).expect_err("refused");
    let told: Vec<String> = issues.iter().map(|issue| issue.to_string().replace('\u{202f}', " ")).collect();
    assert_eq!(told.len(), expect.len(), "{told:?}");
    for (told, expect) in told.iter().zip(expect) {
        assert!(told.starts_with(expect), "« {told} » should begin with « {expect} »");
    }
}

#[test]
fn faults_name_the_line_and_the_key() {
    check("label", "labell", &["p.toml, ligne 2, colonne « labell » : cette clé n’existe pas"]);
    check("\"Essai\"", "3", &["p.toml, ligne 2, colonne « label » : un texte est attendu (valeur : « 3 »)"]);
    check(
        "[\"presentiel\"]",
        "[\"salle\"]",
        &["p.toml, ligne 4, colonne « formats » : cette valeur n’est pas du vocabulaire"],
    );
    check(
        "[\"presentiel\"]",
        "\"presentiel\"",
        &["p.toml, ligne 4, colonne « formats » : une liste de textes est attendue"],
    );
    check(
        "to = 2",
        "to = 7",
        &["p.toml, ligne 9, colonne « need n° 1, to » : le niveau n’existe pas (valeur : « 7 »)"],
    );
    check("to = 2", "to = \"2\"", &["p.toml, ligne 9, colonne « need n° 1, to » : un niveau est attendu"]);
    check(
        "from = 0",
        "from = 3",
        &["p.toml, ligne 8, colonne « need n° 1, from » : le niveau de départ n’est pas sous"],
    );
    check(
        "weight = 1.5",
        "weight = \"lourd\"",
        &["p.toml, ligne 10, colonne « need n° 1, weight » : un nombre est attendu"],
    );
    check(
        "\"comprendre-ia\"",
        "\"culture-donnees\"",
        &["p.toml, ligne 14, colonne « need n° 2, competence » : cette compétence a déjà un besoin"],
    );
    check(
        "\"comprendre-ia\"\nto = 1",
        "\"comprendre-ia\"",
        &["p.toml, ligne 13, colonne « need n° 2, to » : le niveau n’existe pas"],
    );
    check("\"analyse-donnees\"", "\"x\"", &["p.toml, ligne 18, colonne « not_needed n° 1, competence »"]);
    check("id = \"essai\"", "id = \"essai", &["p.toml, ligne 1 : le TOML est illisible"]);
    check(
        "id = \"essai\"",
        "id = \"essai\"\nid = \"b\"",
        &["p.toml, ligne 2 : une clé est écrite deux fois"],
    );
    check("[[need]]", "[need]", &["p.toml, ligne "]);
}

#[test]
fn all_faults_are_told_at_once() {
    check(
        "to = 2\nweight = 1.5",
        "to = 9\nweight = -1",
        &["p.toml, ligne 9, colonne « need n° 1, to »", "p.toml, ligne 10, colonne « need n° 1, weight »"],
    );
}

#[test]
fn the_built_in_ones_are_sound_and_come_back() {
    let referential = Referential::builtin();
    let personas = builtin(&referential);
    assert_eq!(personas.len(), 3);
    for persona in personas {
        let text = write(&persona, &referential);
        assert_eq!(read("p.toml", &text, &referential), Ok(persona));
    }
}

#[test]
fn other_encodings_and_long_files_are_refused() {
    let referential = Referential::builtin();
    let latin = read_bytes("p.toml", b"id = \"a\"\nlabel = \"\xe9\"", &referential).expect_err("refused");
    assert!(latin[0].to_string().contains("ligne 2"), "{}", latin[0]);
    let long = "#".repeat(300 << 10);
    assert!(read("p.toml", &long, &referential).is_err());
    let marked = format!("\u{feff}{SOUND}");
    assert!(read_bytes("p.toml", marked.as_bytes(), &referential).is_ok());
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "[\\[\\]a-z=\"0-9.\\n# é,-]{0,300}") {
        let _ = read("p.toml", &text, &Referential::builtin());
    }

    #[test]
    fn a_damaged_file_is_read_or_refused(at in 0..SOUND.len(), letter in any::<char>()) {
        let mut text: Vec<char> = SOUND.chars().collect();
        text[at.min(SOUND.chars().count() - 1)] = letter;
        let text: String = text.into_iter().collect();
        let _ = read("p.toml", &text, &Referential::builtin());
    }
}
