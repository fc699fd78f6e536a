//! Help, wrong uses, completions, manual, and the reference against the definitions.

use std::fs;
use std::path::Path;

use super::{Home, Ran, program};

fn run(arguments: &[&str]) -> Ran {
    Ran::new(program().env("COLUMNS", "100").args(arguments).output().expect("the program runs"))
}

#[test]
fn the_help_is_in_french() {
    insta::assert_snapshot!("help", run(&["--help"]).out);
    insta::assert_snapshot!("help_serve", run(&["serve", "--help"]).out);
    insta::assert_snapshot!("help_import", run(&["import", "--help"]).out);
    assert!(run(&["--version"]).out.starts_with("parcours "));
}

#[test]
fn a_wrong_use_says_what_to_do() {
    let check = |line: &str, expected: [&str; 2]| {
        let ran = run(&line.split_whitespace().collect::<Vec<_>>());
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{line}: {ran:?}");
        for expected in expected {
            assert!(ran.err.contains(expected), "{line}: {}", ran.err);
        }
    };
    check("serv", ["la commande « serv » n’existe pas", "« search » ou « serve »"]);
    check("search --them x", ["« --them » n’existe pas", "vouliez-vous « --theme »"]);
    check("serve --port mille", ["« --port <PORT> » n’accepte pas la valeur « mille »", "Remède"]);
    check("serve --host nulle-part", ["n’accepte pas la valeur", "Remède"]);
    check("import", ["il manque « <FICHIER> »", "Remède"]);
    check("generate --count 0 --out a.jsonl", ["n’accepte pas la valeur « 0 »", "Remède"]);
    check("generate --count 3", ["il manque", "Remède"]);
    check("search a --limit 3 --page 2", ["ne va pas avec", "Remède"]);
    check("completions csh", ["n’accepte pas la valeur « csh »", "choisissez parmi bash"]);
}

#[test]
fn no_command_shows_the_help() {
    let ran = run(&[]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("Utilisation : parcours"), "{ran:?}");
}

#[test]
fn shells_and_man_are_served() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(run(&["completions", shell]).out.contains("revisions"), "{shell}");
    }
    assert!(run(&["man"]).out.contains(".SH NOM\n"));
    let home = Home::new();
    home.check("man --out pages", 0);
    for name in ["parcours.1", "parcours-serve.1", "parcours-revisions-diff.1"] {
        assert!(home.read(&format!("pages/{name}")).contains(".SH"), "{name}");
    }
    assert!(!home.path("pages/parcours-reference.1").exists());
}

#[test]
fn the_reference_is_that_of_the_definitions() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/commands.md");
    let written = String::from_utf8(program().arg("reference").output().expect("the program runs").stdout);
    let written = written.expect("UTF-8");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &written).expect("written");
    }
    let kept = fs::read_to_string(&path).expect("docs/reference/commands.md");
    assert!(
        kept == written,
        "docs/reference/commands.md is out of date: UPDATE_DOCS=1 cargo test -p parcours"
    );
}
