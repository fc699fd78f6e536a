//! The open-data package: three tables that programs read, their schemas (Table Schema 1), a descriptor (Data
//! Package 1) and a page to read first, in one zip. Absent: what columns mean (see `dictionary`).

mod read;
mod schema;

use std::borrow::Borrow;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};

use catalogue::RawTraining;
use serde_json::Value;
use tempfile::SpooledTempFile;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub use read::{absent_columns, is_ours, read_each, unpack};

use crate::about::{About, TITLE, dictionary};
use crate::sheet::{COLUMNS, cells_of, write_open_record};
use crate::table::Cell;

/// What a table takes in memory before it goes through a temporary file, in bytes.
const SPOOLED_BYTES: usize = 8 << 20;
/// The part that holds the trainings.
const TABLE: &str = "catalogue.csv";
/// The columns of `competences.csv`.
const COMPETENCES: [&str; 4] = ["training_id", "competence", "kind", "level"];
/// The columns of `sources.csv`.
const SOURCES: [&str; 4] = ["training_id", "field", "address", "seen"];
/// The field of a training's own source, in `sources.csv`.
const MAIN: &str = "source";

/// Writes the package in a memory that does not grow with the rows; gives their number.
///
/// # Errors
/// Those of the writer and of temporary files.
pub(crate) fn write(
    writer: impl Write + Seek,
    rows: impl Iterator<Item = impl Borrow<RawTraining>>,
    about: &About,
) -> io::Result<u64> {
    let mut zip = ZipWriter::new(writer);
    // Each part is read and written once: its length is not known before, so room is kept for a long one.
    let packed = SimpleFileOptions::default().large_file(true);
    zip.start_file(TABLE, packed)?;
    let mut competences = long_table(&COMPETENCES)?;
    let mut sources = long_table(&SOURCES)?;
    let mut count = 0;
    let mut catalogue = BufWriter::with_capacity(64 << 10, &mut zip);
    write_open_record(&mut catalogue, &COLUMNS.map(text))?;
    for row in rows {
        let raw = row.borrow();
        count += 1;
        write_open_record(&mut catalogue, &cells_of(raw))?;
        write_levels(&mut competences, raw)?;
        write_sources(&mut sources, raw)?;
    }
    catalogue.flush()?;
    drop(catalogue);
    for (name, table) in [("competences.csv", competences), ("sources.csv", sources)] {
        zip.start_file(name, packed)?;
        let mut table = table.into_inner().map_err(io::IntoInnerError::into_error)?;
        table.seek(SeekFrom::Start(0))?;
        io::copy(&mut table, &mut zip)?;
    }
    let small = SimpleFileOptions::default();
    for (name, document) in schema::documents(about) {
        zip.start_file(name, small)?;
        zip.write_all(pretty(&document).as_bytes())?;
    }
    zip.start_file("LISEZ-MOI.md", small)?;
    zip.write_all(read_me(about, count).as_bytes())?;
    zip.finish()?.flush()?;
    Ok(count)
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn long_table(columns: &[&str; 4]) -> io::Result<BufWriter<SpooledTempFile>> {
    let mut table = BufWriter::new(SpooledTempFile::new(SPOOLED_BYTES));
    write_open_record(&mut table, &columns.map(text))?;
    Ok(table)
}

fn write_levels(table: &mut impl Write, raw: &RawTraining) -> io::Result<()> {
    for (levels, kind) in [(&raw.competences, "reached"), (&raw.prerequisites, "required")] {
        for (competence, level) in levels {
            let level = Cell::Number(f64::from(*level));
            write_open_record(table, &[text(&raw.id), text(competence), text(kind), level])?;
        }
    }
    Ok(())
}

fn write_sources(table: &mut impl Write, raw: &RawTraining) -> io::Result<()> {
    let own = raw.sources.iter().map(|(field, source)| (field.as_str(), source));
    for (field, source) in std::iter::once((MAIN, &raw.source)).chain(own) {
        let seen = source.seen.as_deref().map_or(Cell::Empty, text);
        write_open_record(table, &[text(&raw.id), text(field), text(&source.address), seen])?;
    }
    Ok(())
}

fn pretty(document: &Value) -> String {
    format!("{document:#}\n")
}

/// The page to read first.
fn read_me(about: &About, count: u64) -> String {
    let mut page = format!("# {TITLE}\n\n");
    for (subject, words) in about.lines(count) {
        page.push_str(&format!("- **{subject}** : {}\n", marked(&words)));
    }
    page.push_str(
        "\n## Fichiers\n\n\
         - `catalogue.csv` : une ligne par formation.\n\
         - `competences.csv` : une ligne par formation et compétence ; `kind` vaut `reached` (niveau atteint à la fin) \
         ou `required` (niveau demandé à l’entrée), `level` va de 1 à 4.\n\
         - `sources.csv` : une ligne par formation et champ ; `field` vaut `source` pour la source de la fiche, sinon le \
         nom du champ lu ailleurs.\n\
         - `*.schema.json` : leurs schémas (Table Schema) ; `datapackage.json` : l’ensemble (Data Package).\n\n\
         Les tables sont en UTF-8, séparées par des virgules, avec un point décimal, `true` et `false` (RFC 4180).\n\n\
         ## Colonnes de catalogue.csv\n\n\
         | colonne | libellé | unité ou forme | valeurs | ce qu’elle dit |\n|---|---|---|---|---|\n",
    );
    for [name, title, unit, values, meaning] in dictionary() {
        let cells = [title, unit, values, meaning].map(|cell| marked(&cell).replace('|', "\\|"));
        page.push_str(&format!("| `{name}` | {} |\n", cells.join(" | ")));
    }
    page
}

/// A text in Markdown: nothing of it is a mark.
fn marked(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for character in words.chars() {
        if "\\`*_[]<>#".contains(character) {
            text.push('\\');
        }
        text.push(if character == '\n' { ' ' } else { character });
    }
    text
}
