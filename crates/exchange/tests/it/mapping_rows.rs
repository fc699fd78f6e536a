//! What rows of real tables say beside plain values: repetitions, names that name nobody, prices that contradict each
//! other, cells that do not fit.
//! Absent: recognition of columns (see `mapping`).

use catalogue::{PriceBasis, Referential};
use exchange::mapping::{Mapping, RowReader};
use exchange::table::Cell;

use crate::mapping::{mapped, rows, shape};

/// The provider and the town of each row, or why it is refused.
#[track_caller]
fn check_names(lines: &[[&str; 2]], expect: &[&str]) {
    let titles: Vec<String> = (1..=lines.len()).map(|number| format!("Cours {number}")).collect();
    let lines: Vec<Vec<&str>> = titles
        .iter()
        .zip(lines)
        .map(|(title, [provider, town])| vec![title.as_str(), *provider, *town])
        .collect();
    let lines: Vec<&[&str]> = lines.iter().map(Vec::as_slice).collect();
    let (shape, rows) = (shape(&["Intitulé", "Organisme", "Ville"]), rows(&lines));
    let mapping = Mapping::recognise(&shape, &rows, &Referential::builtin());
    let reader = RowReader::new("f.csv", &mapping, &shape, &Referential::builtin()).expect("its columns");
    let told = |row| match reader.row(row) {
        Ok(read) => {
            format!("{}|{}|{}", read.raw.provider, read.raw.city.unwrap_or_default(), read.notes.len())
        }
        Err(issues) => format!("{} ({})", issues[0].message, issues[0].value.clone().unwrap_or_default()),
    };
    assert_eq!(rows.iter().map(told).collect::<Vec<_>>(), expect);
}

#[test]
fn repetitions_hold_what_is_above() {
    check_names(
        &[["INSEE", "Paris"], ["idem", "//"], ["\"", "Lyon"], ["»", "id."]],
        &["INSEE|Paris|0", "INSEE|Paris|0", "INSEE|Lyon|0", "INSEE|Lyon|0"],
    );
    check_names(&[["idem", ""]], &["la ligne ne dit pas l’organisme ()"]);
    check_names(&[["INSEE", ""], ["IGPDE", "idem"]], &["INSEE||0", "IGPDE||0"]);
}

#[test]
fn a_repetition_under_a_refused_row_is_that_of_this_row() {
    let lines: &[&[&str]] = &[
        &["Lire", "INSEE", "Paris"],
        &["", "IGPDE", "Lyon"],
        &["Écrire", "idem", "idem"],
        &["Total", "", ""],
        &["DOMAINE 2 : IA", "", ""],
        &["Compter", "idem", ""],
        &["Trier", "", "Metz"],
        &["Ranger", "idem", "idem"],
    ];
    let (shape, rows) = (shape(&["Intitulé", "Organisme", "Ville"]), rows(lines));
    let mapping = Mapping::recognise(&shape, &rows, &Referential::builtin());
    let reader = RowReader::new("f.csv", &mapping, &shape, &Referential::builtin()).expect("its columns");
    let told = |row| match reader.row(row) {
        Ok(read) => format!("{}|{}", read.raw.provider, read.raw.city.unwrap_or_default()),
        Err(_) => "-".to_owned(),
    };
    let found: Vec<String> = rows.iter().map(told).collect();
    assert_eq!(found, ["INSEE|Paris", "-", "IGPDE|Lyon", "-", "-", "IGPDE|", "-", "-"]);
}

#[test]
fn placeholders_are_no_provider_and_no_town() {
    check_names(
        &[["À définir", ""], ["12", ""], ["a@b.fr", ""], ["INSEE\nIGPDE", "Paris\nLyon"]],
        &[
            "la ligne ne dit pas l’organisme (À définir)",
            "la ligne ne dit pas l’organisme (12)",
            "la ligne ne dit pas l’organisme (a@b.fr)",
            "INSEE, IGPDE||1",
        ],
    );
    check_names(
        &[["INSEE", "75012"], ["INSEE", "Paris ou distanciel"], ["INSEE", "Teams"], ["INSEE", "-"]],
        &["INSEE||1", "INSEE|Paris|0", "INSEE||1", "INSEE||0"],
    );
}

#[test]
fn a_cell_that_does_not_fit_is_left_and_the_row_goes_in() {
    let long = "Paris ".repeat(60);
    check_names(&[["INSEE", &long]], &["INSEE||1"]);
    let columns = ["Intitulé", "Organisme", "Durée (jours)", "Prix"];
    let (shape, rows) = (shape(&columns), rows(&[&["Lire", "INSEE", "45000", "9000000"]]));
    let mapping = Mapping::recognise(&shape, &rows, &Referential::builtin());
    let read = mapped(&mapping, &shape, &rows[0]);
    assert_eq!((read.raw.duration_hours, read.raw.price_eur, read.notes.len()), (None, None, 2));
    assert_eq!(
        (read.raw.stated["duration"].as_str(), read.raw.stated["price"].as_str()),
        ("45000", "9000000")
    );
}

#[test]
fn several_towns_stay_in_words() {
    check_names(
        &[["INSEE", "Paris, Lyon et Lille"], ["INSEE", "12 rue de Bercy, 75012 Paris"]],
        &["INSEE||1", "INSEE|Paris|0"],
    );
    let (shape, rows) = (
        shape(&["Intitulé", "Organisme", "Ville"]),
        rows(&[&["Lire", "INSEE", "Paris ou Lyon"], &["Dire", "INSEE", "Visio"]]),
    );
    let mapping = Mapping::recognise(&shape, &rows, &Referential::builtin());
    let read = mapped(&mapping, &shape, &rows[0]);
    assert_eq!((read.raw.city, read.raw.stated["city"].as_str()), (None, "Paris ou Lyon"));
    assert_eq!(
        (read.notes[0].column.as_deref(), read.notes[0].value.as_deref()),
        (Some("Ville"), Some("Paris ou Lyon"))
    );
    assert_eq!(mapped(&mapping, &shape, &rows[1]).raw.stated.get("city"), None);
}

#[test]
fn a_date_that_does_not_exist_is_left_and_told() {
    let check = |cell: &str, seen: Option<&str>| {
        let (shape, rows) = (shape(&["Intitulé", "Organisme", "Vu le"]), rows(&[&["Lire", "INSEE", cell]]));
        let mapping = "[[column]]\nname = \"Intitulé\"\nfield = \"title\"\n[[column]]\nname = \"Organisme\"\n\
                       field = \"provider\"\n[[column]]\nname = \"Vu le\"\nfield = \"seen\"\n";
        let mapping = Mapping::parse("m.toml", mapping).expect("a mapping");
        let read = mapped(&mapping, &shape, &rows[0]);
        assert_eq!(
            (read.raw.source.seen.as_deref(), read.notes.is_empty()),
            (seen, seen.is_some()),
            "{cell}"
        );
        for note in &read.notes {
            assert_eq!((note.column.as_deref(), note.value.as_deref()), (Some("Vu le"), Some(cell)));
        }
    };
    check("31/02/2026", None);
    check("12/31/2026", None);
    check("01/01/1850", None);
    check("bientôt", None);
    check("28/02/2026", Some("2026-02-28"));
    check("mars 2026", Some("2026-03"));
}

#[test]
fn durations_of_a_list_are_not_added() {
    let check = |items: [&str; 2], hours: Option<f64>| {
        let (shape, mut rows) = (shape(&["Intitulé", "Organisme", "Durée"]), rows(&[&["Lire", "INSEE", ""]]));
        rows[0].cells[2] = Cell::Several(items.map(str::to_owned).to_vec());
        let mapping = Mapping::recognise(&shape, &rows, &Referential::builtin());
        let raw = mapped(&mapping, &shape, &rows[0]).raw;
        assert_eq!((raw.duration_hours, raw.stated["duration"].clone()), (hours, items.join(", ")));
    };
    check(["2 jours", "14 heures"], Some(14.0));
    check(["1 jour", "3 heures"], None);
    check(["2 jours", "3 jours"], None);
}

/// The price kept of two columns, with what is known of taxes, its words and the number of notices.
#[track_caller]
fn check_prices(cells: [&str; 2], expect: (Option<f64>, PriceBasis, &str, usize)) {
    let columns = ["Intitulé", "Organisme", "Prix HT", "Prix TTC"];
    let (shape, rows) = (shape(&columns), rows(&[&["Lire", "INSEE", cells[0], cells[1]]]));
    let mapping = Mapping::recognise(&shape, &rows, &Referential::builtin());
    let read = mapped(&mapping, &shape, &rows[0]);
    let words = read.raw.stated.get("price").map_or("", String::as_str);
    let found = (read.raw.price_eur, PriceBasis::of_row(&read.raw), words, read.notes.len());
    assert_eq!(found, expect, "{cells:?}");
}

#[test]
fn nothing_is_free_beside_an_amount() {
    use PriceBasis::{Unsaid, WithTaxes, WithoutTaxes};
    check_prices(["500", "0"], (Some(500.0), WithoutTaxes, "500 (hors taxes)", 1));
    check_prices(["0", "600"], (Some(600.0), WithTaxes, "600 (toutes taxes comprises)", 1));
    check_prices(["500", "gratuit"], (Some(500.0), WithoutTaxes, "500 (hors taxes) ; gratuit", 1));
    check_prices(["0", "0"], (Some(0.0), Unsaid, "0", 0));
    check_prices(["500", "sur devis"], (Some(500.0), WithoutTaxes, "500 (hors taxes) ; sur devis", 0));
    check_prices(
        ["sur devis", "600"],
        (Some(600.0), WithTaxes, "600 (toutes taxes comprises) ; sur devis", 0),
    );
}

#[test]
fn a_price_before_tax_above_the_one_with_tax_is_not_taken() {
    use PriceBasis::{Unsaid, WithTaxes};
    let both = "600 (toutes taxes comprises) ; 720 (hors taxes)";
    check_prices(["720", "600"], (None, Unsaid, both, 1));
    check_prices(["600", "600"], (Some(600.0), WithTaxes, "600 (toutes taxes comprises)", 0));
    check_prices(["500", "600"], (Some(600.0), WithTaxes, "600 (toutes taxes comprises)", 0));
}

#[test]
fn the_remedy_for_a_word_of_no_price_does_not_ask_for_that_word() {
    let (shape, rows) = (
        shape(&["Intitulé", "Organisme", "Prix HT", "Prix TTC"]),
        rows(&[&["Lire", "INSEE", "100", "gratuit"]]),
    );
    let mapping = Mapping::recognise(&shape, &rows, &Referential::builtin());
    let notes = mapped(&mapping, &shape, &rows[0]).notes;
    assert_eq!(
        (notes[0].column.as_deref(), notes[0].value.as_deref(), notes[0].remedy.contains("gratuit")),
        (Some("Prix TTC"), Some("gratuit"), false),
        "{notes:?}"
    );
}

#[test]
fn prices_that_are_numbers_are_rounded_to_the_cent() {
    let check = |cell: Cell, price: Option<f64>, words: &str| {
        let (shape, mut rows) = (shape(&["Intitulé", "Organisme", "Prix"]), rows(&[&["Lire", "INSEE", ""]]));
        rows[0].cells[2] = cell;
        let mapping = Mapping::recognise(&shape, &rows, &Referential::builtin());
        let raw = mapped(&mapping, &shape, &rows[0]).raw;
        assert_eq!((raw.price_eur, raw.stated["price"].as_str()), (price, words));
    };
    check(Cell::Number(1234.567), Some(1234.57), "1234.57");
    check(Cell::Number(99.995), Some(100.0), "100");
    check(Cell::Number(833.333_333_333), Some(833.33), "833.33");
    check(Cell::Number(1200.5), Some(1200.5), "1200.5");
    check(Cell::Number(1_234_567.0), None, "1234567");
    check(Cell::Number(0.001), Some(0.001), "0.001");
    // A text may hold thousands.
    check(Cell::Text("1234.567".to_owned()), None, "1234.567");
}

#[test]
fn nothing_is_free_beside_a_price_that_is_not_said() {
    use PriceBasis::Unsaid;
    check_prices(["", "0"], (None, Unsaid, "", 1));
    check_prices(["0", ""], (None, Unsaid, "", 1));
    check_prices(["sur devis", "0"], (None, Unsaid, "sur devis", 2));
    check_prices(["0", "à définir"], (None, Unsaid, "à définir", 2));
    check_prices(["gratuit", "sur devis"], (None, Unsaid, "sur devis ; gratuit", 2));
    // Said in words, it needs no other.
    check_prices(["", "gratuit"], (Some(0.0), Unsaid, "gratuit", 0));
    check_prices(["0", "gratuit"], (Some(0.0), Unsaid, "gratuit", 0));
    let (shape, rows) = (shape(&["Intitulé", "Organisme", "Prix"]), rows(&[&["Lire", "INSEE", "0"]]));
    let mapping = Mapping::recognise(&shape, &rows, &Referential::builtin());
    assert_eq!(mapped(&mapping, &shape, &rows[0]).raw.price_eur, Some(0.0));
}
