//! Files of scenarios: those built in, faults with their lines, and the way back.

use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use exchange::scenarios::{CODE_CHARS, builtin, from_code, read, read_bytes, to_code, write};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use proptest::prelude::*;

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

#[test]
fn a_scenario_comes_back_from_an_address() {
    for own in builtin() {
        let code = to_code(&own).expect("short enough");
        assert!(code.len() < CODE_CHARS / 2, "{}: {}", own.id, code.len());
        assert!(
            code.bytes().all(|letter| letter.is_ascii_alphanumeric() || b"-_".contains(&letter)),
            "{code}"
        );
        assert_eq!(from_code(&code), Ok(own));
        assert!(from_code(&code[..code.len() / 2]).is_err(), "an address cut short");
    }
    // A hundred long names: no address holds them.
    let mut own = read("s.toml", SOUND).expect("a sound file");
    let one = own.populations[0].clone();
    let noise = |number: u64| {
        let word = |place: u64| format!("{:x}", (number * 9 + place).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        (1..9).map(word).collect::<String>()
    };
    own.populations = (0..100)
        .map(|number| catalogue::scenarios::Population {
            id: format!("population-{number}"),
            label: noise(number),
            ..one.clone()
        })
        .collect();
    assert_eq!(to_code(&own), None, "too long for an address");
}

#[test]
fn what_is_no_code_is_refused() {
    // No more is unpacked than a file may have.
    let mut packer = DeflateEncoder::new(Vec::new(), Compression::best());
    packer.write_all(&vec![b' '; 2_000_000]).expect("memory takes all");
    let bomb = URL_SAFE_NO_PAD.encode(packer.finish().expect("memory takes all"));
    assert!(bomb.len() < CODE_CHARS, "{}", bomb.len());
    for code in ["", "é", "AAAA", "not a code", &bomb, &"A".repeat(CODE_CHARS + 1)] {
        let issues = from_code(code).expect_err(code);
        assert!(issues[0].to_string().starts_with("scénario de l’adresse"), "{issues:?}");
    }
}

proptest! {
    #[test]
    fn any_code_is_answered(code in "[A-Za-z0-9_-]{0,300}") {
        let _ = from_code(&code);
    }
}
