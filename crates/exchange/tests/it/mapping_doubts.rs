//! Columns and cells that look like a field and are something else: hours of a clock, the organisation of those who ask, values
//! that words exclude, several addresses. They are told, never stored.
//! Absent: names of columns by themselves (see `mapping`, `mapping_columns`).

use catalogue::Referential;
use exchange::mapping::{Mapping, Target};

use crate::mapping::{mapped, rows, shape};

/// Which columns are taken, by name; those that are told.
#[track_caller]
fn check_columns(columns: &[&str], lines: &[&[&str]], taken: &[(&str, Target)], told: &[&str]) {
    let (shape, rows) = (shape(columns), rows(lines));
    let mapping = Mapping::recognise(&shape, &rows, &Referential::builtin());
    let found: Vec<(&str, Target)> =
        mapping.column.iter().filter_map(|column| Some((column.name.as_str(), column.field?))).collect();
    assert_eq!(found, taken, "{columns:?}");
    let remarks = mapping.remarks(&shape).join("\n");
    for name in told {
        assert!(
            remarks.contains(&format!("la colonne «\u{202f}{name}\u{202f}» n’est pas reprise")),
            "{remarks}"
        );
    }
    if mapping.has_title() {
        let written = mapping.to_toml("f.csv", &shape, &rows, &Referential::builtin());
        assert_eq!(Mapping::parse("m.toml", &written).expect("a sound mapping"), mapping);
    }
}

const TITLE: (&str, Target) = ("Intitulé", Target::Title);
const PROVIDER: (&str, Target) = ("Organisme", Target::Provider);

#[test]
fn hours_of_a_clock_are_no_duration() {
    let check = |column: &str, other: &str, cells: [&str; 2], is_duration: bool| {
        let lines: [&[&str]; 2] =
            [&["Lire", "INSEE", cells[0], "12/03/2025"], &["Dire", "INSEE", cells[1], "13/03/2025"]];
        let mut taken = vec![TITLE, PROVIDER];
        taken.extend(is_duration.then_some((column, Target::Duration)));
        let told = [column];
        check_columns(
            &["Intitulé", "Organisme", column, other],
            &lines,
            &taken,
            if is_duration { &[] } else { &told },
        );
    };
    check("Heures", "Date", ["9h00", "13h30"], false);
    check("Heures", "Remarque", ["09:00", "14:00"], false);
    check("Heures", "Remarque", ["9h30-17h00", "de 9h00 à 12h30"], false);
    check("Heures", "Remarque", ["9h00", "9h30-17h"], false);
    check("Heures", "Début", ["9h", "14h"], false);
    check("Heures", "Date", ["14", "7"], true);
    check("Heures", "Date", ["21h", "14h"], true);
    check("Heures", "Date", ["3h30", "7h00"], true);
    check("Durée (heures)", "Date", ["9h00", "13h30"], true);
    check("Heures", "Remarque", ["", ""], true);
}

#[test]
fn days_of_a_month_are_no_duration() {
    check_columns(
        &["Mois", "Jours", "Intitulé", "Organisme"],
        &[&["Mars", "12", "Lire", "INSEE"]],
        &[TITLE, PROVIDER],
        &["Jours"],
    );
    check_columns(
        &["Jours", "Intitulé", "Organisme"],
        &[&["Lundi", "Lire", "INSEE"], &["2", "Dire", "INSEE"]],
        &[TITLE, PROVIDER],
        &["Jours"],
    );
    check_columns(
        &["Jours", "Intitulé", "Organisme"],
        &[&["2", "Lire", "INSEE"]],
        &[("Jours", Target::Duration), TITLE, PROVIDER],
        &[],
    );
}

#[test]
fn those_who_ask_are_not_those_who_teach() {
    check_columns(
        &["Structure", "Intitulé", "Priorité"],
        &[&["Bureau RH2", "Lire", "1"]],
        &[TITLE],
        &["Structure"],
    );
    check_columns(
        &["Établissement", "Nom", "Prénom", "Formation"],
        &[&["Lycée", "Dupont", "Jean", "Lire"]],
        &[("Formation", Target::Title)],
        &["Établissement"],
    );
    check_columns(
        &["Structure", "Intitulé"],
        &[&["Sous-direction SI", "Lire"], &["Bureau RH2", "Dire"]],
        &[TITLE],
        &["Structure"],
    );
    check_columns(
        &["Structure", "Intitulé"],
        &[&["École d’essai", "Lire"]],
        &[("Structure", Target::Provider), TITLE],
        &[],
    );
    let twice = ["Intitulé", "Organisme", "Organisme (2)"];
    let told = ["Organisme", "Organisme (2)"];
    check_columns(&twice, &[&["Lire", "", "INSEE"], &["Dire", "Institut", "INSEE"]], &[TITLE], &told);
    check_columns(&twice, &[&["Lire", "INSEE", "INSEE"]], &[TITLE, PROVIDER], &[]);
}

#[test]
fn a_column_that_sorts_trainings_is_no_title() {
    check_columns(
        &["Formation", "Action", "Organisme"],
        &[&["Interne", "Lire", "INSEE"], &["Externe", "Dire", "INSEE"]],
        &[PROVIDER],
        &["Formation"],
    );
    let lines: Vec<[&str; 3]> = (0..6)
        .map(|number| {
            [["Bureautique", "Statistique"][number % 2], ["A", "B", "C", "D", "E", "F"][number], "INSEE"]
        })
        .collect();
    let lines: Vec<&[&str]> = lines.iter().map(<[&str; 3]>::as_slice).collect();
    check_columns(
        &["Formation", "Module", "Organisme"],
        &lines,
        &[("Module", Target::Title), PROVIDER],
        &["Formation"],
    );
    // Alone, it is the title: sessions of the same two trainings.
    check_columns(&["Formation", "Organisme"], &lines, &[("Formation", Target::Title), PROVIDER], &[]);
}

#[test]
fn an_exact_name_of_a_status_wins() {
    check_columns(
        &["Intitulé", "Organisme", "Statut", "Statut de l’organisme"],
        &[&["Lire", "INSEE", "Ouvert", "Public"]],
        &[TITLE, PROVIDER, ("Statut de l’organisme", Target::ProviderKind)],
        &[],
    );
}

/// The audiences and formats of a row beside others of the same columns, with its number of notices.
#[track_caller]
fn check_values(public: &str, format: &str, audiences: &[&str], formats: &[&str], notes: usize) {
    let columns = ["Intitulé", "Organisme", "Public", "Modalité"];
    let known = "Cadres métiers, Sous-directeurs";
    let lines: [&[&str]; 2] =
        [&["Lire", "INSEE", public, format], &["Dire", "INSEE", known, "Présentiel, Distanciel"]];
    let (shape, rows) = (shape(&columns), rows(&lines));
    let mapping = Mapping::recognise(&shape, &rows, &Referential::builtin());
    let read = mapped(&mapping, &shape, &rows[0]);
    assert_eq!(
        (read.raw.audiences, read.raw.formats),
        (owned(audiences), owned(formats)),
        "{public} {format}"
    );
    assert_eq!(read.notes.len(), notes, "{:?}", read.notes);
    for (field, words) in [("audience", public), ("formats", format)] {
        if let Some(kept) = read.raw.stated.get(field) {
            assert_eq!(kept, words);
        }
    }
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn what_words_exclude_is_no_value() {
    check_values("Tous, sauf sous-directeurs, cadres métiers", "", &[], &[], 1);
    check_values("À l’exclusion de : cadres techniques, sous-directeurs", "", &[], &[], 1);
    check_values("", "Hors : présentiel, hybride", &[], &[], 1);
    check_values("", "E-learning (hors MOOC, distanciel)", &[], &["e-learning"], 1);
    check_values("", "Présentiel, pas de distanciel, hybride", &[], &["presentiel"], 1);
    check_values("Cadres métiers, sauf sous-directeurs", "", &["cadres-metiers"], &[], 1);
    check_values(
        "Cadres métiers, Sous-directeurs",
        "Présentiel",
        &["cadres-metiers", "sous-directeurs"],
        &["presentiel"],
        0,
    );
}

/// The address of a cell, and whether something is told.
#[track_caller]
fn check_address(cell: &str, expect: Option<&str>) {
    let lines: [&[&str]; 2] = [&["Lire", "INSEE", cell], &["Dire", "INSEE", "https://exemple.fr/b"]];
    let (shape, rows) = (shape(&["Intitulé", "Organisme", "Lien"]), rows(&lines));
    let mapping = Mapping::recognise(&shape, &rows, &Referential::builtin());
    let read = mapped(&mapping, &shape, &rows[0]);
    assert_eq!((read.raw.url.as_deref(), read.notes.is_empty()), (expect, expect.is_some()), "{cell}");
}

#[test]
fn of_several_addresses_none_is_sure() {
    for several in [
        "https://org.fr/a,https://org.fr/b",
        "https://org.fr/a|https://org.fr/b",
        "https://org.fr/a/https://org.fr/b",
        "https://org.fr/a ; www.org.fr/b",
        "https://org.fr/a)",
        "https://org.fr/a.",
    ] {
        check_address(several, None);
    }
    for one in [
        "https://org.fr/a",
        "https://www.org.fr/a",
        "https://web.archive.org/web/2024/https://org.fr/a",
        "https://org.fr/a?vers=https://org.fr/b",
        "https://org.fr/a(b",
    ] {
        check_address(one, Some(one));
    }
    check_address("www.org.fr", Some("https://www.org.fr"));
}

#[test]
fn what_is_no_title_is_refused_with_its_reason() {
    for cell in ["formation@org.fr", "https://org.fr/t", "À définir", "Oui", "x", "01/03/2025"] {
        let lines: [&[&str]; 3] = [&[cell, "INSEE"], &["Lire", "INSEE"], &["Dire", "INSEE"]];
        let (shape, rows) = (shape(&["Intitulé", "Organisme"]), rows(&lines));
        let mapping = Mapping::recognise(&shape, &rows, &Referential::builtin());
        let reader = exchange::mapping::RowReader::new("f.csv", &mapping, &shape, &Referential::builtin());
        let issues = reader.expect("its columns").row(&rows[0]).expect_err("no title");
        assert_eq!(
            (issues[0].message.as_str(), issues[0].value.as_deref()),
            ("ce n’est pas l’intitulé d’une formation", Some(cell))
        );
    }
}
