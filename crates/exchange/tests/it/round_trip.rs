//! What is written is read back the same, in every form. Absent: files written by others.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use catalogue::{RawSource, RawTraining};
use exchange::{Format, Row};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;

use crate::{row, written};

const HARD: &[&str] = &[
    "",
    " ",
    "'",
    "''",
    "=1+1",
    "+33",
    "-5",
    "@nom",
    "\t",
    "\r",
    "\n",
    "\r\n",
    ";",
    ",",
    "|",
    "\\",
    "\\|",
    "\"",
    "\"\"\"",
    "'''",
    "[[training]]",
    "\n[[training]]\n",
    "#",
    "=",
    "a=b",
    "👩‍💻",
    "é",
    "\u{feff}",
    "\u{a0}",
    "\u{0}",
    "\u{85}",
    "\u{2028}",
    "oui",
    "null",
    "＝1",
    "\u{7f}",
    "mot",
];

fn text() -> impl Strategy<Value = String> {
    let hard = vec(prop::sample::select(HARD), 0..4).prop_map(|parts| parts.concat());
    prop_oneof![hard, any::<String>(), "[a-z]{1,8}"]
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        (0_u32..100_000).prop_map(|halves| f64::from(halves) / 2.0),
        (-1_000_000_i32..1_000_000).prop_map(|thousandths| f64::from(thousandths) / 1_000.0),
        any::<u32>().prop_map(f64::from),
    ]
}

fn source() -> impl Strategy<Value = RawSource> {
    (text(), option::of(text())).prop_map(|(address, seen)| RawSource { address, seen })
}

/// In a cell of several sources, an address is not empty, and an empty date is no date.
fn sources() -> impl Strategy<Value = BTreeMap<String, RawSource>> {
    let dated = source().prop_map(|own| RawSource {
        address: if own.address.is_empty() { "https://exemple.fr".to_owned() } else { own.address },
        seen: own.seen.filter(|seen| !seen.is_empty()),
    });
    btree_map(text(), dated, 0..3)
}

pub(crate) fn training() -> impl Strategy<Value = RawTraining> {
    let texts = || vec(text(), 0..4);
    let levels = || btree_map(text(), any::<u8>(), 0..3);
    let names = (text(), text(), text(), prop_oneof![Just("INSEE".to_owned()), text()], text());
    let facts = (option::of(text()), option::of(text()), texts(), option::of(number()), option::of(number()));
    let more = (option::of(text()), option::of(text()), option::of(any::<bool>()));
    let judged = (texts(), texts(), texts(), levels(), levels());
    let evidence = (text(), source(), btree_map(text(), text(), 0..3), sources());
    (names, facts, more, judged, evidence).prop_map(|(names, facts, more, judged, evidence)| RawTraining {
        id: names.0,
        kind: names.1,
        title: names.2,
        provider: names.3,
        provider_kind: names.4,
        url: facts.0,
        language: facts.1,
        formats: facts.2,
        duration_hours: facts.3,
        price_eur: facts.4,
        city: more.0,
        nature: more.1,
        public_sector_only: more.2,
        audiences: judged.0,
        objectives: judged.1,
        themes: judged.2,
        competences: judged.3,
        prerequisites: judged.4,
        summary: evidence.0,
        source: evidence.1,
        stated: evidence.2,
        sources: evidence.3,
    })
}

fn read_back(format: Format, rows: &[RawTraining]) -> Vec<RawTraining> {
    let text = written(format, rows);
    let read = exchange::read("f", text.as_bytes(), format);
    assert_eq!(read.issues, [], "{text}");
    read.rows.into_iter().map(|row: Row| row.raw).collect()
}

proptest! {
    #[test]
    fn every_form_gives_back_what_it_was_given(rows in vec(training(), 0..5)) {
        for format in Format::ALL {
            prop_assert_eq!(&read_back(format, &rows), &rows, "{:?}", format);
        }
    }

    #[test]
    fn no_text_stops_the_reader(text in any::<String>(), parts in vec(prop::sample::select(HARD), 0..20)) {
        let heads = ["", "[[training]]\n", "id;kind;title;provider;provider_kind;summary;source.address\n", "{\"id\":"];
        for format in Format::ALL {
            for head in heads {
                exchange::read("f", format!("{head}{text}").as_bytes(), format);
                exchange::read("f", format!("{head}{}", parts.concat()).as_bytes(), format);
            }
        }
    }

    #[test]
    fn no_cell_begins_a_formula(title in text()) {
        let text = written(Format::Csv, &[RawTraining { title, ..row("a") }]);
        let cell = text.split_once("a;course;").expect("the row").1;
        let cell = cell.strip_prefix('"').unwrap_or(cell);
        prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{}", cell);
    }
}

#[test]
fn the_real_catalogue_goes_through_every_form() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/trainings");
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).expect("the catalogue") {
        let path = entry.expect("an entry").path();
        let bytes = fs::read(&path).expect("a file");
        let read = exchange::read(&path.display().to_string(), &bytes, Format::Toml);
        assert_eq!(read.issues, []);
        all.extend(read.rows.into_iter().map(|row| row.raw));
    }
    assert!(!all.is_empty());
    for format in Format::ALL {
        assert!(read_back(format, &all) == all, "{format:?}");
    }
}
