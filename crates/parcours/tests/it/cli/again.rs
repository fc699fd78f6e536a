//! Importing again: a table over the rows it brought, lines written twice, a catalogue that moves meanwhile,
//! files without any row. Absent: a first import (see `tables`).

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};

use serde_json::Value;

use super::{Home, Ran};

const TABLE: &str = "\
Référence;Intitulé;Organisme;Durée;Prix;Présentation
A1;Lire un tableau de bord;École d’essai;3 heures;gratuit;Lire, croiser et montrer des chiffres.
A2;Protéger les données personnelles;École d’essai;1 jour;sur devis;Le règlement, pas à pas, avec des cas.
A3;Programmer en Python;École d’essai;5 jours;1 200 €;Écrire, relire et partager des programmes.
";

fn import(home: &Home, options: &str) -> Value {
    home.check(&format!("import {options} --yes --json"), 0).json()
}

#[track_caller]
fn check(read: &Value, [added, changed, unchanged, refused, kept]: [u64; 5]) {
    let report = &read["report"];
    let counts = ["added", "changed", "unchanged", "refused", "kept"].map(|key| report[key].as_u64());
    assert_eq!(counts, [added, changed, unchanged, refused, kept].map(Some), "{read:#}");
}

#[test]
fn only_what_differs_is_published_again() {
    let home = Home::seeded();
    home.write("plan.csv", TABLE);
    check(&import(&home, "plan.csv"), [3, 0, 0, 0, 0]);
    let again = import(&home, "plan.csv");
    check(&again, [0, 0, 3, 0, 0]);
    assert_eq!(again["published"], Value::Null);
    // One row changes, one comes, and what looks like a training in place is still told.
    let more = TABLE.replace("1 200 €", "1 300 €")
        + "B1;Lire un tableau de bord !;École d’essai;3 heures;;Lire, croiser et montrer des chiffres.\n";
    home.write("plan.csv", &more);
    let read = import(&home, "plan.csv");
    check(&read, [1, 1, 3 - 1, 0, 0]);
    let report = &read["report"];
    assert_eq!(report["first_changed"][0]["columns"].as_array().map(Vec::len), Some(2), "{report:#}");
    assert_eq!(report["first_changed"][0]["columns"][0]["after"], "1300.0", "{report:#}");
    assert_eq!(
        (&report["lookalikes_total"], &report["lookalikes"][0]["known"]["title"]),
        (&1.into(), &"Lire un tableau de bord".into()),
        "{report:#}"
    );
    home.check("check", 0);
}

#[test]
fn rows_that_editors_completed_keep_it_and_the_others_are_as_their_file_says() {
    let home = Home::seeded();
    home.write("plan.csv", TABLE);
    import(&home, "plan.csv");
    home.check("export --out tout.jsonl", 0);
    let text = home.read("tout.jsonl");
    let line = text.lines().find(|line| line.contains("Programmer en Python")).expect("the training");
    let mut row: Value = serde_json::from_str(line).expect("a row");
    row["themes"] = serde_json::json!(["culture-donnees"]);
    row["provider_kind"] = "public".into();
    home.write("jugee.jsonl", &format!("{row}\n"));
    home.check("import jugee.jsonl --yes", 0);
    check(&import(&home, "plan.csv"), [0, 0, 3, 0, 1]);
    home.write("plan.csv", &TABLE.replace("5 jours", "4 jours").replace("3 heures", "4 heures"));
    check(&import(&home, "plan.csv"), [0, 2, 1, 0, 1]);
    let found = home.run(["search", "Programmer en Python", "--provider", "ecole-d-essai", "--json"]).json();
    let found = &found["results"][0];
    assert_eq!((&found["themes"][0], &found["provider_kind"]), (&"culture-donnees".into(), &"public".into()));
}

#[test]
fn a_line_written_twice_takes_no_proposal_and_keeps_nothing() {
    let home = Home::seeded();
    let title = "Cybersécurité : sécurité des systèmes d’information et gestion des risques numériques";
    let once = format!("Intitulé;Organisme\n{title};École d’essai\n");
    home.write("une.csv", &once);
    home.write("deux.csv", &format!("{once}{title};École d’essai\n"));
    let read = |name: &str| {
        home.check(&format!("import {name} --accept-proposals --dry-run --json"), 0).json()["report"].clone()
    };
    let (one, two) = (read("une.csv"), read("deux.csv"));
    assert!(one["suggestions_accepted"].as_u64() > Some(0), "{one:#}");
    for key in ["suggestions_accepted", "suggestions_total", "suggestions"] {
        assert_eq!(one[key], two[key], "{key}");
    }
    assert_eq!((&two["added"], &two["refused"]), (&1.into(), &1.into()), "{two:#}");
    // Once it is in place, the second line keeps nothing of it either.
    import(&home, "une.csv --accept-proposals");
    home.write("une.csv", &home.read("deux.csv"));
    check(&import(&home, "une.csv"), [0, 0, 1, 1, 1]);
}

#[test]
fn a_file_without_a_row_counts_none() {
    let home = Home::seeded();
    for name in ["vide.csv", "vide.toml", "vide.xml", "vide.jsonl", "binaire.toml", "binaire.xml"] {
        let bytes: &[u8] = if name.starts_with("vide") { b"" } else { b"\x00\x01\xff binaire\n\x00\n" };
        std::fs::write(home.path(name), bytes).expect("written");
        let ran = home.run(["import", name, "--dry-run"]);
        assert!(ran.out.starts_with("0 ligne lue"), "{name}: {ran:?}");
        assert!(ran.code == 1 || name == "vide.jsonl" || name == "vide.toml", "{name}: {ran:?}");
    }
    // Nothing new looks like nothing in place.
    home.write("autre.xml", "<a/>");
    let read = home.run(["import", "autre.xml", "--dry-run", "--json"]).json();
    assert_eq!(read["report"]["lookalikes_total"], 0, "{read:#}");
    home.write("noms.csv", "Intitulé;Organisme;Durée\n");
    home.write("noms.toml", "[[column]]\nname = \"Intitulé\"\nfield = \"title\"\n");
    for options in ["", "--mapping noms.toml"] {
        let ran = home.check(&format!("import noms.csv --dry-run {options}"), 1);
        assert!(ran.err.contains("aucune ligne sous l’en-tête") && ran.err.contains("Remède"), "{ran:?}");
    }
    for name in ["binaire.jsonl", "binaire.csv"] {
        std::fs::write(home.path(name), b"\x00\x01\xff binaire\n\x00\n").expect("written");
        let ran = home.check(&format!("import {name} --dry-run"), 1);
        assert!(ran.err.contains("fichier binaire") && ran.out.is_empty(), "{name}: {ran:?}");
    }
    // What stops the reading is told, is no row, and nothing is withdrawn.
    home.check("export --out tout.csv", 0);
    let mut bytes = std::fs::read(home.path("tout.csv")).expect("a file");
    bytes.extend_from_slice(b"\xff;course\n");
    std::fs::write(home.path("tout.csv"), bytes).expect("written");
    let read = home.check("import tout.csv --replace --yes --json", 1).json();
    assert_eq!((&read["report"]["rows"], &read["report"]["refused"]), (&445.into(), &0.into()), "{read:#}");
    assert_eq!((&read["report"]["withdrawn"], &read["report"]["cut_short"]), (&0.into(), &true.into()));
    let ran = home.check("import tout.csv --replace --yes", 1);
    assert!(ran.out.contains("n’a pas pu être lu jusqu’au bout") && ran.err.contains("UTF-8"), "{ran:?}");
}

/// A named pipe holds the import between its comparison and its publication.
#[cfg(unix)]
#[test]
fn a_file_is_compared_again_with_what_others_publish_meanwhile() {
    let home = Home::seeded();
    let made = Command::new("mkfifo").arg(home.path("refus.csv")).status().expect("mkfifo runs");
    assert!(made.success());
    home.write("offre.csv", "Intitulé;Organisme;Durée\nLire un tableau;École d’essai;2 heures\n;École;\n");
    home.write("autre.csv", "Intitulé;Organisme;Durée\nLire un tableau;École d’essai;3 heures\n");
    let mut import = home.command();
    import.args(["import", "offre.csv", "--yes", "--refused", "refus.csv"]);
    let mut child = import.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs");
    let mut out = BufReader::new(child.stdout.take().expect("piped"));
    let mut first = String::new();
    out.read_line(&mut first).expect("a line");
    assert!(first.contains("1 ajoutée") || first.contains("1\u{a0}ajoutée"), "{first}");
    home.check("import autre.csv --yes", 0);
    assert!(home.read("refus.csv").contains("la ligne n’a pas d’intitulé"));
    let mut rest = Vec::new();
    out.read_to_end(&mut rest).expect("readable");
    let mut ended = child.wait_with_output().expect("ended");
    ended.stdout = rest;
    let ran = Ran::new(ended);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("Le catalogue a changé entre-temps"), "{ran:?}");
    assert!(ran.out.contains("0 ajoutée, 1 modifiée") && ran.out.contains("3 → 2"), "{ran:?}");
    assert!(ran.out.contains("Version 3 publiée"), "{ran:?}");
}
