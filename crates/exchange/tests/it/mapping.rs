//! Other people's tables through a mapping: what is recognised, written, read again, and made of rows.
//! Absent: reading tables from files.

use catalogue::{PriceBasis, Referential, Training};
use exchange::mapping::{Mapped, Mapping, RowReader, Target};
use exchange::table::{Cell, Shape, TableRow};
use proptest::prelude::*;

pub(crate) fn shape(columns: &[&str]) -> Shape {
    Shape {
        columns: columns.iter().map(|name| (*name).to_owned()).collect(),
        header_line: 1,
        ..Shape::default()
    }
}

pub(crate) fn rows(lines: &[&[&str]]) -> Vec<TableRow> {
    let cell = |text: &&str| if text.is_empty() { Cell::Empty } else { Cell::Text((*text).to_owned()) };
    let row = |(line, cells): (u64, &&[&str])| TableRow::new(line, cells.iter().map(cell).collect());
    (2..).zip(lines).map(row).collect()
}

fn recognised(shape: &Shape, rows: &[TableRow]) -> Mapping {
    Mapping::draft(shape, rows, &Referential::builtin())
}

/// What each column is recognised as.
#[track_caller]
fn check_columns(columns: &[&str], lines: &[&[&str]], expect: &[&str]) {
    let mapping = recognised(&shape(columns), &rows(lines));
    let told = |column: &exchange::mapping::Column| match (&column.field, &column.when_marked) {
        (None, _) => "-".to_owned(),
        (Some(field), None) => field.name().to_owned(),
        (Some(field), Some(value)) => format!("{}={value}", field.name()),
    };
    assert_eq!(mapping.column.iter().map(told).collect::<Vec<_>>(), expect);
}

pub(crate) fn mapped(mapping: &Mapping, shape: &Shape, row: &TableRow) -> Mapped {
    let reader = RowReader::new("offre.xlsx", mapping, shape, &Referential::builtin()).expect("its columns");
    reader.row(row).expect("a title and a provider")
}

const COLUMNS: [&str; 9] = [
    "Intitulé de la formation",
    "Organisme",
    "Lien web",
    "Durée (jours)",
    "Prix HT",
    "Modalité",
    "Public visé / Cadres métiers",
    "Thématique",
    "Résumé",
];
const LINE: [&str; 9] = [
    "Piloter par la donnée",
    "École d’essai",
    "https://exemple.fr/piloter",
    "2",
    "1 200 €",
    "Présentiel, À distance",
    "x",
    "Visualisation",
    "<p>Lire &amp; dire un tableau de bord.</p>",
];

#[test]
fn columns_are_recognised_by_their_names_and_by_what_is_safe() {
    check_columns(
        &COLUMNS,
        &[&LINE],
        &[
            "title",
            "provider",
            "url",
            "duration",
            "price",
            "formats",
            "audiences=cadres-metiers",
            "themes",
            "summary",
        ],
    );
    check_columns(
        &["name", "institution", "course_url", "course_id"],
        &[&["A b", "U", "https://a.fr/x", "a"]],
        &["title", "provider", "url", "id"],
    );
    check_columns(
        &["name.fr", "Remarque", "Page"],
        &[&["A b", "https://a.fr/x", "12"]],
        &["title", "url", "-"],
    );
    check_columns(&["X", "Y"], &[&["1", "Piloter la donnée"], &["1", "Lire un chiffre"]], &["-", "title"]);
}

#[test]
fn nothing_is_taken_by_what_it_holds_before_a_person_agrees() {
    let (shape, rows) = (shape(&["X", "Y"]), rows(&[&["1", "Piloter la donnée"], &["1", "Lire un chiffre"]]));
    let safe = Mapping::recognise(&shape, &rows, &Referential::builtin());
    assert!(!safe.has_title() && !safe.has_provider());
    let draft = recognised(&shape, &rows);
    assert!(draft.has_title() && draft.has_provider());
}

#[test]
fn a_row_says_what_it_says_and_no_more() {
    let (shape, rows) = (shape(&COLUMNS), rows(&[&LINE]));
    let mapping = recognised(&shape, &rows);
    let Mapped { raw, notes, .. } = mapped(&mapping, &shape, &rows[0]);
    assert_eq!(raw.id, "ecole-d-essai-piloter-par-la-donnee");
    assert_eq!(raw.duration_hours, Some(14.0));
    assert_eq!(raw.stated["duration"], "2 jours");
    assert_eq!((raw.price_eur, raw.stated["price"].as_str()), (Some(1200.0), "1 200 € (hors taxes)"));
    assert_eq!(raw.formats, ["presentiel", "distanciel"]);
    assert_eq!(raw.audiences, ["cadres-metiers"]);
    assert_eq!(raw.themes, ["visualisation"]);
    assert_eq!(raw.summary, "Lire & dire un tableau de bord.");
    assert_eq!(raw.sources["summary"].address, raw.source.address);
    assert_eq!(raw.source.address, "https://exemple.fr/piloter");
    assert_eq!(raw.provider_kind, "");
    assert_eq!(notes, []);
    let training = Training::parse(&raw, &Referential::builtin()).expect("a sound row");
    assert_eq!(training.price_in_french().as_deref(), Some("1\u{202f}200\u{a0}€\u{a0}HT"));
}

/// The title that a cell gives.
#[track_caller]
fn check_title(cell: &str, expect: &str) {
    let (shape, rows) = (shape(&["Intitulé", "Organisme"]), rows(&[&[cell, "École"]]));
    assert_eq!(mapped(&recognised(&shape, &rows), &shape, &rows[0]).raw.title, expect);
}

#[test]
fn only_marks_of_html_are_taken_out_of_texts() {
    for kept in [
        "Méthode R&D <niveau 2> suite",
        "Module <Avancé>",
        "Outils a<b et c>d",
        "Lire < 2 jours et > 3",
        "Du C++ : vector<int> et map<a, b>",
        "a<b",
        "Ouvert <!-- sans fin",
        "<p",
        "<a href=\"x",
        "a <!--<!--",
        "</niveau>",
    ] {
        check_title(kept, kept);
    }
    check_title("<p class=\"x > y\">Lire<br/>et</p> <B>dire</B>", "Lire et dire");
    check_title("Lire <!-- 1 > 0 --> vite<o:p></o:p>", "Lire vite");
    check_title("<!DOCTYPE html><td nowrap width=3>Lire</td><![endif]>", "Lire");
    check_title("&lt;niveau&gt; &amp;lt;", "<niveau> &lt;");
}

/// The price of a cell in a column, and what is known of taxes.
#[track_caller]
fn check_price(column: &str, cell: &str, expect: (Option<f64>, PriceBasis, &str)) {
    let (shape, rows) = (shape(&["Intitulé", "Organisme", column]), rows(&[&["A b", "École", cell]]));
    let raw = mapped(&recognised(&shape, &rows), &shape, &rows[0]).raw;
    let words = raw.stated.get("price").map_or("", String::as_str);
    assert_eq!((raw.price_eur, PriceBasis::of_row(&raw), words), expect, "{column}: {cell}");
}

#[test]
fn a_price_is_kept_as_stated_with_what_is_said_of_taxes() {
    use PriceBasis::{Unsaid, WithTaxes, WithoutTaxes};
    check_price("Prix HT", "1 200 €", (Some(1200.0), WithoutTaxes, "1 200 € (hors taxes)"));
    check_price("Prix TTC", "1440", (Some(1440.0), WithTaxes, "1440 (toutes taxes comprises)"));
    check_price("Prix", "450€ht", (Some(450.0), WithoutTaxes, "450€ht"));
    check_price("Prix HT", "450 € TTC", (Some(450.0), WithTaxes, "450 € TTC"));
    check_price("Prix", "450 €", (Some(450.0), Unsaid, "450 €"));
    check_price("Prix HT", "gratuit", (Some(0.0), Unsaid, "gratuit"));
    check_price("Prix HT", "sur devis", (None, Unsaid, "sur devis"));
}

#[test]
fn of_two_columns_of_prices_the_one_with_taxes_is_taken() {
    check_columns(
        &["Intitulé", "Organisme", "Prix HT", "Prix TTC"],
        &[&["A b", "École", "1000", "1200"]],
        &["title", "provider", "price", "price"],
    );
    check_facts(&["Prix HT", "Prix TTC"], &["1000", "1200"], "", "1200");
    check_facts(&["Prix TTC", "Prix HT"], &["1200", "1000"], "", "1200");
    check_facts(&["Prix HT", "Prix TTC"], &["1000", ""], "", "1000");
    check_facts(&["Prix HT", "Prix TTC"], &["1000", "sur devis"], "", "1000");
    // An amount that is not understood is no reason to take another one.
    check_facts(&["Prix HT", "Prix TTC"], &["450", "540 € / jour"], "", "540 € / jour");
    check_facts(&["Prix HT", "Prix TTC"], &["100", "120/h"], "", "120/h");
    check_facts(&["Prix HT", "Prix TTC"], &["100 € / jour", "540"], "", "540");
    check_facts(&["Prix HT", "Prix TTC"], &["450", "-"], "", "450");
}

#[test]
fn of_two_columns_of_durations_stated_hours_are_taken() {
    check_facts(&["Durée (jours)", "Durée (heures)"], &["2", "12"], "12", "");
    check_facts(&["Durée (jours)", "Durée (heures)"], &["2", ""], "14", "");
    check_facts(&["Durée (jours)", "Durée (heures)"], &["", "21"], "21", "");
    check_facts(&["Durée (jours)", "Durée (heures)"], &["2", "-"], "14", "");
    check_facts(&["Durée", "Durée (h)"], &["2 jours", "10"], "10", "");
    check_facts(&["Durée (h)", "Durée"], &["10", "2 jours"], "10", "");
    check_facts(&["Durée", "Durée (h)"], &["2 jours", ""], "14", "");
    check_facts(&["Durée", "Durée (jours)"], &["10 h", "2"], "10", "");
    check_facts(&["Durée", "Durée (h)"], &["6 semaines", "40"], "40", "");
    check_facts(&["Durée (h)", "Durée (jours)"], &["12h sur 2j", "2"], "12", "");
    check_facts(&["Durée (h)", "Durée (min)"], &["1", "30"], "", "");
    check_facts(&["Heures", "Minutes"], &["1", "30"], "", "");
}

#[test]
fn hours_that_are_not_understood_are_not_replaced_by_days() {
    for words in [
        "10h30 (3h30 x 3)",
        "7 h (dont 2 h à distance)",
        "12h sur 2 semaines",
        "12 (6 + 6)",
        "2 x 6 h",
        "6h/jour",
        "environ 10",
        "3,30",
    ] {
        check_facts(&["Durée (h)", "Durée (jours)"], &[words, "2"], words, "");
        check_facts(&["Nb jours", "Durée en heures"], &["2", words], words, "");
    }
}

#[test]
fn codes_of_certifications_go_with_the_words_on_what_is_delivered() {
    let columns = ["Intitulé", "Organisme", "Nature", "code_rncp", "code_inventaire"];
    let check = |cells: [&str; 3], words: Option<&str>, nature: Option<&str>, notes: usize| {
        let line = ["A b", "École", cells[0], cells[1], cells[2]];
        let (shape, rows) = (shape(&columns), rows(&[&line]));
        let read = mapped(&recognised(&shape, &rows), &shape, &rows[0]);
        assert_eq!(read.raw.stated.get("nature").map(String::as_str), words, "{cells:?}");
        assert_eq!((read.raw.nature.as_deref(), read.notes.len()), (nature, notes), "{cells:?}");
    };
    check(["", "38106", "-1"], Some("RNCP38106"), None, 0);
    check(["", "-1", "5616"], Some("RS5616"), Some("certifiante"), 0);
    check(["Diplômante", "RNCP38106", "RS5616"], Some("RNCP38106 ; RS5616"), Some("diplomante"), 0);
    check(["Titre", "38106", ""], Some("Titre ; RNCP38106"), None, 1);
    check(["", "sans objet", ""], None, None, 1);
    check(["", "", ""], None, None, 0);
}

#[test]
fn unknown_words_stay_words_until_a_mapping_gives_them_a_value() {
    let columns = ["Titre", "Organisme", "Tarif", "Thème", "Durée"];
    let lines: [&[&str]; 1] = [&["A b", "École", "sur devis", "Chiffres ; Visualisation", "6 semaines"]];
    let (shape, rows) = (shape(&columns), rows(&lines));
    let draft = recognised(&shape, &rows).to_toml("f.csv", &shape, &rows, &Referential::builtin());
    let usable = Mapping::parse("f.toml", &draft).expect("a draft is already a mapping");
    assert_eq!(usable, recognised(&shape, &rows));
    let read = mapped(&usable, &shape, &rows[0]);
    assert_eq!(read.raw.themes, ["visualisation"]);
    assert_eq!(read.raw.stated["price"], "sur devis");
    assert_eq!(read.raw.stated["themes"], "Chiffres ; Visualisation");
    assert_eq!(read.raw.source.address, "fichier:offre.xlsx");
    assert_eq!(read.notes.len(), 3, "{:?}", read.notes);

    let given = draft
        .replace("# \"sur devis\" = \"\"", "\"sur devis\" = \"\"")
        .replace("# \"Chiffres\" = \"\"", "\"Chiffres\" = \"culture-donnees\"")
        .replace("# \"6 semaines\" = \"\"", "\"6 sem*\" = \"42 h\"");
    let read = mapped(&Mapping::parse("f.toml", &given).expect("a mapping"), &shape, &rows[0]);
    assert_eq!(read.notes, []);
    assert_eq!(read.raw.themes, ["culture-donnees", "visualisation"]);
    assert_eq!(read.raw.duration_hours, Some(42.0));
    assert_eq!((read.raw.price_eur, read.raw.stated["duration"].as_str()), (None, "6 semaines"));
}

#[test]
fn codes_of_nomenclatures_are_quoted_beside_the_themes() {
    let columns =
        ["Titre", "Organisme", "Thème", "code_formacode_1", "code_formacode_2", "Code NSF", "Codes ROME"];
    let lines: [&[&str]; 2] = [
        &["A b", "École", "Chiffres", "31042", "11036", "326", "M1805, M1403"],
        &["C d", "École", "", "-1", "11036 ; 11036", "114b", "rien"],
    ];
    let (shape, rows) = (shape(&columns), rows(&lines));
    let mapping = recognised(&shape, &rows);
    let stated = |row| mapped(&mapping, &shape, row).raw.stated["themes"].clone();
    assert_eq!(
        stated(&rows[0]),
        "Chiffres ; FORMACODE 31042 ; FORMACODE 11036 ; NSF 326 ; ROME M1805 ; ROME M1403"
    );
    assert_eq!(stated(&rows[1]), "FORMACODE 11036 ; NSF 114b");
    assert!(Training::parse(&mapped(&mapping, &shape, &rows[1]).raw, &Referential::builtin()).is_ok());
}

#[test]
fn a_table_without_names_is_mapped_by_numbers() {
    let columns = ["colonne 1", "colonne 2"];
    let lines: [&[&str]; 2] = [&["1234", "Piloter la donnée"], &["1235", "Lire un chiffre"]];
    let (mut shape, rows) = (shape(&columns), rows(&lines));
    (shape.is_numbered, shape.header_line) = (true, 0);
    let draft = recognised(&shape, &rows).to_toml("f.csv", &shape, &rows, &Referential::builtin());
    let mapping = Mapping::parse("f.toml", &draft).expect("a mapping");
    assert_eq!(mapping.options().header, Some(false));
    assert_eq!(mapped(&mapping, &shape, &rows[0]).raw.title, "Piloter la donnée");
    let both = draft.replace("header = false", "header_line = 2\nheader = false");
    crate::mapping_file::check_refused(
        &both,
        "header = false dit que la table n’a pas d’en-tête, et header_line dit où il est",
    );
}

#[test]
fn columns_called_objectives_are_what_their_cells_are() {
    let check = |cells: [&str; 2], expect: Target| {
        let lines: [&[&str]; 2] = [&["Lire", "École", cells[0]], &["Écrire", "École", cells[1]]];
        let (shape, rows) = (shape(&["Intitulé", "Structure", "Objectifs"]), rows(&lines));
        let mapping = recognised(&shape, &rows);
        let fields: Vec<Option<Target>> = mapping.column.iter().map(|column| column.field).collect();
        assert_eq!(fields, [Some(Target::Title), Some(Target::Provider), Some(expect)], "{cells:?}");
    };
    check(["Savoir lire un tableau", "Savoir écrire"], Target::Summary);
    check(["Sensibilisation", "Stratégie"], Target::Objectives);
}

/// What a table of one row gives of its duration and price: facts, else words, else nothing.
#[track_caller]
fn check_facts(columns: &[&str], cells: &[&str], duration: &str, price: &str) {
    let mut names = vec!["Titre", "Organisme"];
    names.extend(columns);
    let mut row = vec!["Lire", "École"];
    row.extend(cells);
    let (shape, rows) = (shape(&names), rows(&[&row]));
    let raw = mapped(&recognised(&shape, &rows), &shape, &rows[0]).raw;
    let told = |fact: Option<f64>, field: &str| match (fact, raw.stated.get(field)) {
        (Some(fact), _) => fact.to_string(),
        (None, words) => words.cloned().unwrap_or_default(),
    };
    let found = (told(raw.duration_hours, "duration"), told(raw.price_eur, "price"));
    assert_eq!(found, (duration.to_owned(), price.to_owned()), "{columns:?} {cells:?}");
}

#[test]
fn what_a_name_says_between_parentheses_counts() {
    for name in [
        "Prix (€/jour)",
        "Prix (par jour)",
        "Prix HT (jour)",
        "Tarif (€/mois)",
        "Coût (€ / groupe)",
        "Prix (intra)",
        "Prix (adhérents)",
        "Prix (2023)",
        "Prix (milliers d’euros)",
        "Prix (centimes)",
        "Prix (F CFA)",
        "Prix ($)",
    ] {
        check_facts(&[name], &["600"], "", "");
    }
    for name in ["Prix (€)", "Prix (en euros TTC)", "Tarif (€ par personne)", "Prix (HT)"] {
        check_facts(&[name], &["600"], "", "600");
    }
    for name in [
        "Durée (h/semaine)",
        "Durée (heures par semaine)",
        "Durée (1/2 j)",
        "Durée (jours ou heures)",
        "Durée (h) par module",
    ] {
        check_facts(&[name], &["2"], "", "");
    }
    check_facts(&["Durée (jours)"], &["2"], "14", "");
    check_facts(&["Durée (en heures)"], &["2"], "2", "");
    check_facts(&["Durée (h)"], &["7:30"], "7.5", "");
}

#[test]
fn columns_that_say_a_unit_are_read_with_the_one_they_qualify() {
    check_facts(&["Prix", "Devise"], &["300", "USD"], "", "300 USD");
    check_facts(&["Prix", "Devise"], &["300", "EUR"], "", "300");
    check_facts(&["Prix", "Devise"], &["300", ""], "", "300");
    check_facts(&["prix", "prix_unite"], &["300", "par jour"], "", "300 par jour");
    check_facts(&["Durée", "Unité", "Prix"], &["2", "jours", "100"], "14", "100");
    check_facts(&["Durée", "Unité", "Prix"], &["2 heures", "jours", "100"], "2", "100");
    check_facts(&["Durée (jours)", "Prix", "Unité"], &["2", "100", "par personne"], "14", "100");
    check_facts(&["Durée (jours)", "Prix", "Unité"], &["2", "100", "par groupe"], "14", "100 par groupe");
    check_facts(&["Prix", "Unité"], &["100", "Direction A"], "", "100 Direction A");
    check_facts(&["Prix", "Unité"], &["100", "k€"], "", "100 k€");
    check_facts(
        &["Durée", "Unité", "Prix", "Unité (2)"],
        &["2", "jours", "100", "par jour"],
        "14",
        "100 par jour",
    );
    check_facts(
        &["Prix", "Unité", "Durée", "Unité (2)"],
        &["100", "par personne", "3", "heures"],
        "3",
        "100",
    );
    for name in
        ["Devises", "Devise du tarif", "Currency code", "Unité du prix", "Unité monétaire", "Type de tarif"]
    {
        check_facts(&["Prix", name], &["100", "CFP"], "", "100 CFP");
    }
    check_facts(&["Prix", "Taxe"], &["100", "20 %"], "", "100");
    check_facts(&["Prix", "Devise"], &["gratuit", "USD"], "", "0");
    for words in ["Exonéré de TVA", "TVA 20 %", "Net de taxe", "Toutes taxes comprises", "incluses"] {
        check_facts(&["Prix", "Taxe"], &["100", words], "", "100");
    }
    check_facts(&["Prix", "Devise"], &["100", "Zone euro"], "", "100");
    for words in ["CFP", "k€", "roubles", "DH", "milliers d’euros"] {
        check_facts(&["Prix", "Devise"], &["100", words], "", &format!("100 {words}"));
    }
    check_facts(&["Prix", "Taxe"], &["100", "à partir de"], "", "100 à partir de");
    check_facts(&["Prix", "Unité"], &["100", "par participant et par session"], "", "100");
    check_facts(&["Prix", "Unité"], &["3000", "par session"], "", "3000 par session");
    check_facts(&["Prix", "Unité"], &["100", "par personne et par jour"], "", "100 par personne et par jour");
    check_facts(&["duration.hours", "duration.minutes"], &["3", "30"], "", "");
    let columns = ["Titre", "Organisme", "Prix", "Taxe"];
    let (shape, rows) = (shape(&columns), rows(&[&["Lire", "École", "300", "HT"]]));
    let mapping = recognised(&shape, &rows);
    assert_eq!(mapped(&mapping, &shape, &rows[0]).raw.stated["price"], "300 HT");
    let draft = mapping.to_toml("f.csv", &shape, &rows, &Referential::builtin());
    assert_eq!(Mapping::parse("f.toml", &draft).expect("a mapping").column[2].with, ["Taxe"]);
    assert!(mapping.remarks(&shape).is_empty(), "{:?}", mapping.remarks(&shape));
}

#[test]
fn titles_in_any_letters_are_titles() {
    let (shape, rows) = (
        shape(&["Titre", "Organisme"]),
        rows(&[&["数据科学", "École"], &["Наука о данных", "École"], &["-", "École"]]),
    );
    let mapping = Mapping::parse("m.toml", "[[column]]\nname = \"Titre\"\nfield = \"title\"\n[[column]]\nname = \"Organisme\"\nfield = \"provider\"").expect("a mapping");
    let (one, other) = (mapped(&mapping, &shape, &rows[0]).raw, mapped(&mapping, &shape, &rows[1]).raw);
    assert_eq!((one.title.as_str(), other.title.as_str()), ("数据科学", "Наука о данных"));
    assert!(one.id != other.id && catalogue::TrainingId::parse(&one.id).is_ok(), "{} {}", one.id, other.id);
    let reader = RowReader::new("f.csv", &mapping, &shape, &Referential::builtin()).expect("columns");
    assert!(reader.row(&rows[2]).is_err());
}

#[test]
fn no_city_is_a_format() {
    let (shape, rows) =
        (shape(&["Titre", "Organisme", "Ville"]), rows(&[&["A", "E", "En ligne"], &["B", "E", "Lyon"]]));
    let mapping = recognised(&shape, &rows);
    let cities: Vec<Option<String>> = rows.iter().map(|row| mapped(&mapping, &shape, row).raw.city).collect();
    assert_eq!(cities, [None, Some("Lyon".to_owned())]);
}

#[test]
fn long_titles_that_begin_alike_have_identifiers_of_their_own() {
    let long = |end: &str| format!("{} {end}", "Piloter la transformation par la donnée ".repeat(5));
    let (one, other) = (long("un"), long("deux"));
    let lines: [&[&str]; 2] = [&[&one, "École"], &[&other, "École"]];
    let (shape, rows) = (shape(&["Titre", "Organisme"]), rows(&lines));
    let mapping = recognised(&shape, &rows);
    let ids: Vec<String> = rows.iter().map(|row| mapped(&mapping, &shape, row).raw.id).collect();
    assert_ne!(ids[0], ids[1]);
    assert!(ids.iter().all(|id| id.len() <= 120 && catalogue::TrainingId::parse(id).is_ok()), "{ids:?}");
}

proptest! {
    #[test]
    fn whatever_cells_hold_a_row_is_sound_or_refused(cells in prop::collection::vec(".{0,60}", 9)) {
        let shape = shape(&COLUMNS);
        let row = TableRow::new(2, cells.into_iter().map(Cell::Text).collect());
        let mapping = recognised(&shape, &rows(&[&LINE]));
        let reader = RowReader::new("f", &mapping, &shape, &Referential::builtin()).expect("its columns");
        if let Ok(read) = reader.row(&row) {
            let problems = Training::parse(&read.raw, &Referential::builtin()).err().unwrap_or_default();
            // Only what a person must correct may still be wrong: an empty name, a title that is too long.
            prop_assert!(problems.iter().all(|p| ["id", "title", "provider"].contains(&p.column.as_str())), "{problems:?}");
        }
    }

    #[test]
    fn a_draft_is_always_a_mapping(names in prop::collection::vec("[^\u{0}]{1,12}", 1..6), words in ".{0,40}") {
        let mut columns = vec!["Titre".to_owned()];
        columns.extend(names.into_iter().filter(|name| name != "Titre"));
        columns.dedup();
        let shape = Shape { columns: columns.clone(), header_line: 1, reading: vec![words.clone()], ..Shape::default() };
        let cells = columns.iter().map(|_| Cell::Text(words.clone())).collect();
        let rows = [TableRow::new(2, cells)];
        let mapping = recognised(&shape, &rows);
        let text = mapping.to_toml(&words, &shape, &rows, &Referential::builtin());
        if let Err(issue) = Mapping::parse("m", &text) {
            prop_assert!(issue.message.contains("intitulé") || issue.message.contains("deux fois"), "{issue}\n{text}");
        }
    }
}
