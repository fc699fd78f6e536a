//! CSV as spreadsheets save it. Absent: round trips (see `round_trip`).

use exchange::Format;

use crate::{row, written};

const HEAD: &str = "id;kind;title;provider;provider_kind;summary;source.address";
const GOOD: &str = "a;course;T;P;public;S;x";

fn check(text: &str, rows: &str, issues: &[&str]) {
    crate::check(Format::Csv, text.as_bytes(), rows, issues);
}

/// Reads one cell of a column that is not compulsory; tells the field as JSON, or the issue's message.
fn cell(column: &str, cell: &str, expected: &str) {
    let quoted = cell.replace('"', "\"\"");
    let text = format!("{HEAD};{column}\n{GOOD};\"{quoted}\"\n");
    let read = exchange::read("f", text.as_bytes(), Format::Csv);
    let found = match read.issues.first() {
        Some(issue) => issue.message.clone(),
        None => {
            let json = serde_json::to_value(&read.rows[0].raw).expect("JSON");
            json.get(column).map_or_else(|| "inconnu".to_owned(), ToString::to_string)
        }
    };
    assert_eq!(found, expected, "{column} {cell}");
}

#[test]
fn separators_ends_of_lines_and_quotes_of_spreadsheets() {
    for separator in [";", ","] {
        for end in ["\n", "\r\n"] {
            let head = HEAD.replace(';', separator);
            let line = ["a", "course", "\"x; \"\"y\"\", \nz\"", "P", "public", "S", "x"].join(separator);
            let empty = separator.repeat(6);
            check(&format!("\u{feff}{head}{end}{line}{end}{end}{empty}{end}{line}"), "2:a 6:a", &[]);
        }
    }
}

#[test]
fn numbers_as_french_writes_them() {
    cell("duration_hours", "3,5", "3.5");
    cell("duration_hours", " 3.5 ", "3.5");
    cell("price_eur", "1\u{202f}200,50", "1200.5");
    cell("price_eur", "1 200", "1200.0");
    cell("price_eur", "0", "0.0");
    cell("price_eur", "", "inconnu");
    cell("price_eur", "1,200", "le nombre est ambigu");
    cell("price_eur", "1.200", "le nombre est ambigu");
    for wrong in ["gratuit", "12 €", "1.200,50", "NaN", "1e3", "-", "."] {
        cell("price_eur", wrong, "un nombre est attendu");
    }
}

#[test]
fn booleans_lists_levels_and_sources() {
    cell("public_sector_only", "Oui", "true");
    cell("public_sector_only", "FAUX", "false");
    cell("public_sector_only", "peut-être", "oui ou non est attendu");
    cell("themes", "ia | droit", r#"["ia","droit"]"#);
    cell("themes", r"a\|b|c\\", r#"["a|b","c\\"]"#);
    cell(
        "competences",
        "analyse-donnees=2|culture-donnees = 1",
        r#"{"analyse-donnees":2,"culture-donnees":1}"#,
    );
    cell("competences", "analyse-donnees", "le signe = manque");
    cell("competences", "a=x", "le niveau n’existe pas");
    cell("competences", "a=1|a=2", "le nom est écrit deux fois");
    cell("stated", "price=a=b", r#"{"price":"a=b"}"#);
    cell(
        "sources",
        "price=https://x.fr/?a=b 2024-05",
        r#"{"price":{"address":"https://x.fr/?a=b","seen":"2024-05"}}"#,
    );
    cell("sources", "price=https://x.fr", r#"{"price":{"address":"https://x.fr"}}"#);
}

#[test]
fn an_apostrophe_keeps_a_text_as_it_is() {
    cell("city", "'=1", "\"=1\"");
    cell("city", "''", "\"'\"");
    cell("city", "'", "\"\"");
    cell("city", "  ", "inconnu");
    cell("city", " Lyon ", "\"Lyon\"");
}

#[test]
fn a_lost_quote_spoils_its_line_only() {
    let told = [
        "f, ligne 3 : un guillemet ouvert n’est pas refermé (en 1 000 lignes et 1 048 576 octets au plus) \
         (valeur : « \"b;course;T;P;public;S;x ») ; refermez-le, ou retirez-le.",
        "f, ligne 5 : un guillemet est mal placé (valeur : « \"c\"d;course;T;P;public;S;x ») ; \
         doublez les guillemets qui sont dans une cellule : « \"\" ».",
    ];
    let (lost, wrong) = ("\"b;course;T;P;public;S;x", "\"c\"d;course;T;P;public;S;x");
    check(&format!("{HEAD}\n{GOOD}\n{lost}\n{GOOD}\n{GOOD}\n"), "2:a 4:a 5:a", &told[..1]);
    check(&format!("{HEAD}\n\n\n\n{wrong}\n{GOOD}\n"), "6:a", &told[1..]);
}

#[test]
fn a_line_of_another_length_is_told() {
    let told = "f, ligne 2 : la ligne compte 3 cellules au lieu de 7 ; \
        vérifiez les séparateurs, et mettez entre guillemets les cellules qui en contiennent.";
    check(&format!("{HEAD}\na;course;T\n"), "", &[told]);
}

#[test]
fn a_column_that_means_nothing_to_us_is_told_and_left_out() {
    let read = exchange::read("f", format!("{HEAD};remarques\n{GOOD};bof\n").as_bytes(), Format::Csv);
    assert_eq!(read.rows.len(), 1);
    assert_eq!(read.issues[0].line, Some(1));
    assert_eq!(read.issues[0].column.as_deref(), Some("remarques"));
}

#[test]
fn a_mistyped_column_refuses_the_file() {
    let told = "f, ligne 1, colonne « prix_eur » : la colonne n’est pas connue ; écrivez « price_eur » ou retirez-la.";
    check(&format!("{HEAD};prix_eur\n{GOOD};12\n"), "", &[told]);
}

#[test]
fn a_missing_or_double_column_refuses_the_file() {
    let read = exchange::read("f", HEAD.replace("id;kind;", "").as_bytes(), Format::Csv);
    assert_eq!(read.issues[0].message, "la colonne «\u{202f}id\u{202f}» manque");
    let read = exchange::read("f", format!("{HEAD};id\n").as_bytes(), Format::Csv);
    assert_eq!(read.issues[0].message, "la colonne est écrite deux fois");
    check("", "", &["f, ligne 1 : le fichier est vide ; écrivez en première ligne les noms des colonnes."]);
}

#[test]
fn a_table_says_which_columns_it_lacks() {
    let absent = |head: &str| {
        let told: Vec<&str> = exchange::absent_columns(head.as_bytes()).columns().collect();
        let read = exchange::read("f", format!("{head}\na;T\n").as_bytes(), Format::Csv);
        assert!(read.rows.iter().all(|row| row.absent.columns().eq(told.iter().copied())));
        (told.len(), read.rows.len())
    };
    assert_eq!(absent("id;Title"), (21, 1));
    assert_eq!(absent("\u{feff}\"id\",erreur"), (22, 0));
    assert_eq!(absent("id;erreur"), (22, 1));
    assert_eq!(absent("title;url"), (0, 0), "not a table of ours: no row, and nothing to keep");
    let full = exchange::COLUMNS.join(";");
    assert_eq!(absent(&full), (0, 0));
    let absent = exchange::absent_columns(full.replace("id;kind;", "id;").replace("summary;", "").as_bytes());
    assert!(absent.has("kind") && absent.has("summary") && !absent.has("provider_kind"));
    assert_eq!(absent.compulsory().collect::<Vec<_>>(), ["kind"]);
}

#[test]
fn a_table_with_an_identifier_and_columns_of_ours_alone_is_ours() {
    let check = |head: &str, expected: bool| {
        let names: Vec<&str> = head.split(';').collect();
        assert_eq!(exchange::is_ours(&names), expected, "{head}");
    };
    check("id;title", true);
    check(" Price_EUR ;ID;", true);
    check("id;price_eur;erreur", true);
    check("id", false);
    check("id;erreur", false);
    check("id;title;remarques", false);
    check("title;provider;url", false);
    check("kind;provider_kind", true);
    check("remarques;source.address", true);
}

#[test]
fn what_is_written_opens_in_a_french_spreadsheet() {
    let mut training = row("a");
    training.title = "=HYPERLINK(\"x\")".to_owned();
    training.duration_hours = Some(3.5);
    training.formats = vec!["mooc".to_owned(), "presentiel".to_owned()];
    let text = written(Format::Csv, &[training]);
    let (head, line) = text.split_once("\r\n").expect("two lines");
    assert_eq!(head, format!("\u{feff}{}", exchange::COLUMNS.join(";")));
    let expected = "a;course;\"'=HYPERLINK(\"\"x\"\")\";Organisme;public;;;mooc|presentiel;\"3,5\";;;;;;;;;;\
        Un résumé.;https://exemple.fr/a;;;\r\n";
    assert_eq!(line, expected);
}
