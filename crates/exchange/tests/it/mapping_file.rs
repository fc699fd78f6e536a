//! Mapping files: what is wrong with them, said with the line; values that they give to words.
//! Absent: what a mapping makes of a table (see `mapping`).

use catalogue::Referential;
use exchange::mapping::{Mapping, RowReader};

use crate::mapping::{mapped, rows, shape};

#[track_caller]
pub(crate) fn check_refused(text: &str, message: &str) {
    let issue = Mapping::parse("m.toml", text).expect_err("refused");
    assert_eq!(issue.message, message);
    assert!(!issue.remedy.is_empty());
}

#[track_caller]
fn check_told(text: &str, expect: &str) {
    let issue = Mapping::parse("m.toml", text).expect_err("refused");
    let told = format!("{}: {} ; {}", issue.line.unwrap_or_default(), issue.message, issue.remedy);
    assert_eq!(crate::table::plain(&told), expect);
}

#[test]
fn bare_numbers_are_values_too() {
    let text = "[[column]]\nname = \"Titre\"\nfield = \"title\"\n[[column]]\nname = \"Organisme\"\nfield = \"provider\"\n\
                [[column]]\nname = \"Prix\"\nfield = \"price\"\n[column.values]\n\"FREE*\" = 0\n\"cher\" = 900.5";
    let mapping = Mapping::parse("m.toml", text).expect("a mapping");
    let (shape, rows) =
        (shape(&["Titre", "Organisme", "Prix"]), rows(&[&["A", "E", "FREE today"], &["B", "E", "cher"]]));
    let price = |row| mapped(&mapping, &shape, row).raw.price_eur;
    assert_eq!((price(&rows[0]), price(&rows[1])), (Some(0.0), Some(900.5)));
}

#[test]
fn bare_numbers_given_to_durations_are_hours() {
    let text = "[defaults]\nprovider = \"École\"\n[[column]]\nname = \"T\"\nfield = \"title\"\n[[column]]\nname = \"D\"\nfield = \"duration\"\nunit = \"days\"\n[column.values]\n\"2 Jour(s)\" = 14\n\"long\" = \"3 jours\"";
    let mapping = Mapping::parse("m.toml", text).expect("a mapping");
    let (shape, rows) = (shape(&["T", "D"]), rows(&[&["A", "2 Jour(s)"], &["B", "long"], &["C", "2"]]));
    let hours: Vec<Option<f64>> =
        rows.iter().map(|row| mapped(&mapping, &shape, row).raw.duration_hours).collect();
    assert_eq!(hours, [Some(14.0), Some(21.0), Some(14.0)]);
}

#[test]
fn values_of_a_mapping_are_checked_with_it() {
    let column = |field: &str, values: &str| {
        format!(
            "[[column]]\nname = \"T\"\nfield = \"title\"\n[[column]]\nname = \"C\"\nfield = \"{field}\"\n[column.values]\n{values}"
        )
    };
    let known = "écrivez l’une de celles-ci : ";
    let told = |text: &str| {
        let issue = Mapping::parse("m.toml", text).expect_err("refused");
        crate::table::plain(&format!(
            "{} {}: {} ; {}",
            issue.line.unwrap_or_default(),
            issue.column.unwrap_or_default(),
            issue.message,
            issue.remedy
        ))
    };
    assert!(
        told(&column("audiences", "\"x\" = \"cadre-technique\""))
            .contains("8 C: ce n’est pas une valeur de ce champ ; écrivez \"cadres-techniques\"")
    );
    assert!(told(&column("nature", "\"x\" = \"autre chose\"")).contains(known));
    assert!(
        told(&column("price", "\"x\" = \"trois cents\""))
            .starts_with("8 C: cette valeur n’a pas de sens pour ce champ")
    );
    assert!(told(&column("price", "\"x\" = -5")).contains("un montant en euros"));
    assert!(told(&column("duration", "\"x\" = true")).contains("un nombre d’heures"));
    assert!(
        told(&format!("[defaults]\nseen = \"mars 2026\"\n{}", column("price", ""))).starts_with("2 seen:")
    );
    let text = format!(
        "[defaults]\nprovider_kind = \"publique\"\nlanguage = \"français\"\n{}",
        column("duration", "\"2 Jour(s)\" = 14")
    );
    let mapping = Mapping::parse("m.toml", &text).expect("a mapping");
    let defaults = &mapping.defaults;
    assert_eq!(
        (defaults.provider_kind.as_deref(), defaults.language.as_deref()),
        (Some("public"), Some("fr"))
    );
    check_told(
        "[table]\nheader_line = 0",
        "0: la ligne d’en-tête 0 n’existe pas ; écrivez son numéro à partir de 1, ou header = false quand il n’y en a pas",
    );
    check_told(
        "[[column]]\nname = \"a\"\nfield = \"price\"\nunit = \"days\"",
        "2: unit ne vaut que pour une durée ; retirez la ligne unit",
    );
    // How to read a table, and nothing of its columns.
    assert!(Mapping::parse("m.toml", "[table]\nlist = \"formations\"").is_ok());
}

#[test]
fn a_mapping_that_cannot_be_followed_is_refused() {
    check_told(
        "[[column]]\nname = 3",
        "2: la valeur n’est pas de la sorte attendue ici ; écrivez un texte entre guillemets droits",
    );
    check_told(
        "[[column]]\nname = \"a\"\nfeild = \"title\"",
        "3: la clé « feild » n’est pas connue à cet endroit ; retirez-la ; à cet endroit on connaît name, field, separator, unit, without_taxes, when_marked, with, up_to, otherwise, to_check, doubt, in_words, values",
    );
    check_told(
        "[[column]]\nname = \"a\"\nfield = \"titre\"",
        "3: « titre » n’est pas un champ connu ; écrivez \"title\"",
    );
    check_told(
        "[[column]]\nname = \"a\"\nfield = \"durée\"",
        "3: « durée » n’est pas un champ connu ; écrivez \"duration\"",
    );
    check_told(
        "[[column]]\nname = \"a\"\nunit = \"heures\"",
        "3: « heures » n’est pas une unité connue ; écrivez \"hours\"",
    );
    check_told(
        "[[column]]\nfield = \"title\"",
        "1: il manque la clé « name » ; ajoutez la ligne name = \"…\"",
    );
    check_told(
        "[settings]\nhours_per_day = \"7\"",
        "2: la valeur n’est pas de la sorte attendue ici ; écrivez un nombre, sans guillemets, avec un point avant les décimales",
    );
    check_told(
        "[table]\nheader_line = -1",
        "2: la valeur n’est pas de la sorte attendue ici ; écrivez un nombre entier, sans guillemets",
    );
    check_told(
        "[table]\nheader = \"non\"",
        "2: la valeur n’est pas de la sorte attendue ici ; écrivez true ou false, sans guillemets",
    );
    check_refused("[[column]\nname = \"a\"", "la correspondance est illisible à cette ligne");
    check_refused("[[column]]\nname = \"a\"", "aucune colonne ne donne l’intitulé");
    let two = "[[column]]\nname = \"a\"\nfield = \"title\"\n[[column]]\nname = \"b\"\nfield = \"title\"";
    check_refused(two, "deux colonnes donnent le champ «\u{202f}title\u{202f}»");
    let twice = "[[column]]\nname = \"a\"\nfield = \"title\"\n[[column]]\nname = \"a\"\nfield = \"title\"";
    check_told(twice, "5: la colonne est décrite deux fois ; gardez une seule description");
    let day = "[settings]\nhours_per_day = 0\n[[column]]\nname = \"a\"\nfield = \"title\"";
    check_refused(day, "la durée d’une journée n’est pas possible");
    let mapping =
        Mapping::parse("m.toml", "[[column]]\nname = \"Titr\"\nfield = \"title\"").expect("a mapping");
    let refused =
        RowReader::new("f.csv", &mapping, &shape(&["Titre", "Prix"]), &Referential::builtin()).err();
    assert!(refused.expect("no such column").remedy.contains("Titre"));
}
