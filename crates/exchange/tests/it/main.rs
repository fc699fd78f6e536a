//! Files through their doors: rows, issues, and back. Absent: checks of trainings (see `catalogue`).

mod books;
mod certifications;
mod community;
mod csv;
mod decisions;
mod jsonl;
mod lheo;
mod lheo_random;
mod lheo_write;
mod limits;
mod mapping;
mod mapping_amounts;
mod mapping_aside;
mod mapping_columns;
mod mapping_doubts;
mod mapping_file;
mod mapping_footers;
mod mapping_rows;
mod old_book;
mod personas;
mod round_trip;
mod scenarios;
mod table;
mod table_around;
mod table_books;
mod table_closed;
mod table_header;
mod table_json;
mod table_legacy;
mod table_ods;
mod table_old;
mod toml;

use catalogue::{RawSource, RawTraining};
use exchange::{Format, Read};

/// A plain row.
fn row(id: &str) -> RawTraining {
    RawTraining {
        id: id.to_owned(),
        kind: "course".to_owned(),
        title: format!("Titre de {id}"),
        provider: "Organisme".to_owned(),
        provider_kind: "public".to_owned(),
        summary: "Un résumé.".to_owned(),
        source: RawSource { address: format!("https://exemple.fr/{id}"), seen: None },
        ..RawTraining::default()
    }
}

/// The file's name is `f`; rows are told as `line:id`, issues as they are printed.
fn check(format: Format, bytes: &[u8], rows: &str, issues: &[&str]) {
    let Read { rows: found, issues: told } = exchange::read("f", bytes, format);
    let found: Vec<String> = found.iter().map(|row| format!("{}:{}", row.line, row.raw.id)).collect();
    assert_eq!(found.join(" "), rows, "{told:?}");
    // Spaces that do not break are written as plain ones in the expectations.
    let told: Vec<String> =
        told.iter().map(|issue| issue.to_string().replace(['\u{202f}', '\u{a0}'], " ")).collect();
    assert_eq!(told, issues);
}

fn written(format: Format, rows: &[RawTraining]) -> String {
    let mut bytes = Vec::new();
    exchange::write(format, &mut bytes, rows.iter()).expect("memory takes all");
    String::from_utf8(bytes).expect("UTF-8")
}
