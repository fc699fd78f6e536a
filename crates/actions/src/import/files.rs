//! How a file becomes offers: as one of ours, as a table through a mapping, or as a national feed.
//! Absent: comparing and publishing (see `import`), rows of tables (see `tables`), refused rows written apart (see `refused`), the
//! draft of a mapping (see `proposed`).

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use catalogue::duplicates::Decisions;
use exchange::mapping::{self, Mapping};
use exchange::table::{self, Shape, TableRow};
use exchange::{Absent, Format, Issue, Output, Row, book, package};
use store::Store;

use super::{At, Mode, Ours, Plan, foreign};
use crate::error::ActionError;

/// Rows read to recognise the columns of a table.
pub(super) const SAMPLE_ROWS: usize = 5_000;
/// What is read of a file to tell whose form it is, in bytes.
const HEAD_BYTES: u64 = 64 << 10;

/// A file to import, and how.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The file.
    pub path: PathBuf,
    /// What its rows are to the catalogue.
    pub mode: Mode,
    /// What its columns mean; `None`: as far as they are recognised.
    pub mapping: Option<Mapping>,
    /// Sheet of a workbook; `None`: all that have a column of titles.
    pub sheet: Option<String>,
    /// Pairs of trainings that look alike and on which someone has decided.
    pub decisions: Decisions,
    /// Whether the values proposed for what the file does not say go in as editors' choices.
    pub accept_proposals: bool,
}

/// Whose form a file has.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Form {
    Ours(Format),
    OurBook(table::Options, Absent),
    OurPackage,
    Table,
    Lheo,
}

impl Plan {
    /// Begins an import of a file and offers all its rows. Of a large catalogue, a small file of ours looks up
    /// its own trainings only.
    ///
    /// # Errors
    /// When the store or the file cannot be read, or nobody knows its form. Bad rows are issues.
    pub async fn of_file(
        store: &Store,
        asked: &Asked,
        progress: &mut (dyn FnMut(u64) + Send),
    ) -> Result<Self, ActionError> {
        let Asked { path, mode, .. } = asked;
        let directory = store.certifications().await?.map(|(_, directory)| Arc::new(directory));
        match form(asked)? {
            Form::Ours(format) => {
                let from = Ours { path, format, directory };
                Self::of_ours(store, *mode, from, progress).await
            }
            Form::OurBook(options, absent) => {
                let plan = Self::begin_ours(store, *mode, absent).await?;
                let mut plan = Self { directory, ..plan };
                plan.offer_book(path, &options, progress)?;
                Ok(plan)
            }
            Form::OurPackage => {
                let mut plan = Self::begin_ours(store, *mode, package::absent_columns(path)).await?;
                plan.offer_package(path, progress)?;
                Ok(plan)
            }
            Form::Table => {
                let mut plan = Self { directory, ..Self::begin_foreign(store, asked).await? };
                plan.offer_table(asked, progress)?;
                Ok(plan)
            }
            Form::Lheo => {
                let mut plan = Self { directory, ..Self::begin_foreign(store, asked).await? };
                let file = File::open(path).map_err(ActionError::file(path))?;
                plan.offer_lheo(&name_of(path), BufReader::with_capacity(1 << 20, file), progress);
                Ok(plan)
            }
        }
    }

    /// Offers the rows of a workbook of ours.
    fn offer_book(
        &mut self,
        path: &Path,
        options: &table::Options,
        progress: &mut dyn FnMut(u64),
    ) -> Result<(), ActionError> {
        let name = name_of(path);
        let mut refused_line = None;
        let mut take = |row: Result<Row, Issue>| self.take(&name, row, &mut refused_line, progress);
        let extent = book::read_each(path, options, &mut take)
            .map_err(|issue| ActionError::Unreadable(Box::new(issue)))?;
        self.end(extent);
        progress(self.report.rows);
        Ok(())
    }

    /// Offers the trainings of an open-data package of ours.
    fn offer_package(&mut self, path: &Path, progress: &mut dyn FnMut(u64)) -> Result<(), ActionError> {
        let name = name_of(path);
        let mut refused_line = None;
        let mut take = |row: Result<Row, Issue>| self.take(&name, row, &mut refused_line, progress);
        let extent =
            package::read_each(path, &mut take).map_err(|issue| ActionError::Unreadable(Box::new(issue)))?;
        self.end(extent);
        progress(self.report.rows);
        Ok(())
    }

    /// Offers the trainings of a LHEO feed.
    pub fn offer_lheo(&mut self, name: &str, reader: impl BufRead, progress: &mut dyn FnMut(u64)) {
        let extent = exchange::lheo::read_each(name, reader, &mut |offer| {
            self.settle();
            match offer {
                Ok(offer) => {
                    self.report.warn(offer.notes);
                    let at = At { file: name, sheet: None, line: Some(offer.line) };
                    // A feed has room for all that it can say; editors' judgements are kept all the same.
                    let form = foreign::Form {
                        has_room: &|_| true,
                        column: &exchange::column_label,
                        is_titled: false,
                    };
                    self.offer_foreign(at, offer.raw, &form);
                }
                Err(issue) => self.held = Some(issue),
            }
            if self.report.rows.is_multiple_of(1_000) {
                progress(self.report.rows);
            }
        });
        self.end(extent);
        progress(self.report.rows);
    }
}

/// Each sheet of a table with its first rows; nothing of a file that needs no mapping.
///
/// # Errors
/// When the file cannot be read at all, or nobody knows its form.
pub fn samples(asked: &Asked) -> Result<Vec<(Shape, Vec<TableRow>)>, ActionError> {
    if form(asked)? != Form::Table {
        return Ok(Vec::new());
    }
    let options = asked.mapping.as_ref().map(Mapping::options).unwrap_or_default();
    sampled(&asked.path, &table::Options { sheet: None, ..options }, SAMPLE_ROWS)
}

/// Each sheet with its first rows.
pub(super) fn sampled(
    path: &Path,
    options: &table::Options,
    most: usize,
) -> Result<Vec<(Shape, Vec<TableRow>)>, ActionError> {
    table::sample(path, options, &mapping::is_known, most)
        .map_err(|issue| ActionError::Unreadable(Box::new(issue)))
}

/// Whose form a file has, by its name and its beginning; a workbook, by the names of its columns.
fn form(asked: &Asked) -> Result<Form, ActionError> {
    let (path, mapped) = (asked.path.as_path(), asked.mapping.is_some());
    let name = name_of(path);
    if std::fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
        return Err(ActionError::NotAFile(path.to_owned()));
    }
    let head = head(path).map_err(ActionError::file(path))?;
    let ours = Format::from_name(&name).filter(|format| !mapped && is_ours(*format, &head));
    match ours {
        Some(format) => Ok(Form::Ours(format)),
        // An XML file that is something else is told so by the reader of LHEO.
        None if exchange::lheo::is_lheo(&head) || name.to_lowercase().ends_with(".xml") => Ok(Form::Lheo),
        None if package::is_ours(path) => Ok(Form::OurPackage),
        None if table::known_name(&name) => {
            let is_book = !mapped && matches!(Output::from_name(&name), Some(Output::Book(_)));
            let options = table::Options { sheet: asked.sheet.clone(), ..table::Options::default() };
            let ours = if is_book { book::ours(path, &options) } else { None };
            Ok(ours.map_or(Form::Table, |(options, absent)| Form::OurBook(options, absent)))
        }
        None if name.to_lowercase().ends_with(".zip") => Err(ActionError::NotOurArchive(path.to_owned())),
        None => Err(ActionError::UnknownFormat(path.to_owned())),
    }
}

/// The beginning of a file.
pub(super) fn head(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::new();
    File::open(path)?.take(HEAD_BYTES).read_to_end(&mut head)?;
    Ok(head)
}

/// Whether the beginning of a file has our names of columns or of keys.
fn is_ours(format: Format, head: &[u8]) -> bool {
    let first = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let is_utf16 = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    if format != Format::Toml && first.contains(&0) && !is_utf16 {
        // Not a text: the reader of tables names what it is.
        return false;
    }
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    match format {
        Format::Toml => true,
        Format::Csv => {
            let header = text.lines().next().unwrap_or_default();
            let names: Vec<&str> =
                header.split([',', ';']).map(|cell| cell.trim_matches(['"', ' '])).collect();
            text.is_empty() || exchange::is_ours(&names)
        }
        Format::Jsonl => {
            let first = text.lines().next().unwrap_or_default();
            match serde_json::from_str::<serde_json::Value>(first) {
                // The reader of our own form tells what is wrong with a line: it is not JSON, or not UTF-8.
                Ok(_) if first.contains(char::REPLACEMENT_CHARACTER) => true,
                Ok(value) => value.get("source").is_some_and(serde_json::Value::is_object),
                Err(_) => true,
            }
        }
    }
}

pub(super) fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
