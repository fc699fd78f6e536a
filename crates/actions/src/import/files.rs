//! How a file becomes offers: as one of ours, as a table through a mapping, or as a national feed; the draft
//! of a mapping; the refused rows, written apart to be corrected.
//! Absent: comparing and publishing (see `import`).

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use catalogue::Referential;
use catalogue::duplicates::Decisions;
use exchange::mapping::{self, Mapping, RowReader};
use exchange::table::{self, Shape, TableRow};
use exchange::{Absent, Format, Issue, Output, REFUSED_COLUMN, Row, book, package};
use store::Store;

use super::{At, Mode, Ours, Plan};
use crate::error::ActionError;

/// Rows read to recognise the columns of a table.
const SAMPLE_ROWS: usize = 5_000;
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

    /// Keeps what is wrong with a cell until its row comes, which may go in all the same; then it is a warning.
    fn is_of_cell(&mut self, shape: &Shape, row: &Result<TableRow, Issue>, cells: &mut Vec<Issue>) -> bool {
        match row {
            Err(issue) if issue.line.is_some() && issue.column.is_some() => {
                self.settle();
                cells.push(issue.clone());
                return true;
            }
            Ok(row) if cells.iter().all(|issue| issue.line == Some(row.line)) => {
                self.report.warn(within(shape, std::mem::take(cells)));
            }
            _ => cells.drain(..).for_each(|issue| self.refuse(vec![issue])),
        }
        false
    }

    /// Offers the rows of a table.
    fn offer_table(&mut self, asked: &Asked, progress: &mut dyn FnMut(u64)) -> Result<(), ActionError> {
        let name = name_of(&asked.path);
        let referential = self.referential.clone();
        let mut options = asked.mapping.as_ref().map(Mapping::options).unwrap_or_default();
        options.sheet = asked.sheet.clone().or(options.sheet);
        let mappings = match &asked.mapping {
            // A mapping that names no column only says how to read the file.
            Some(mapping) if !mapping.column.is_empty() => {
                // A table without a row is refused, as when its columns are recognised.
                sampled(&asked.path, &options, 1)?;
                vec![(None, mapping.clone())]
            }
            _ => recognised(&asked.path, &options, &referential)?,
        };
        let of_sheet = |sheet: &Option<String>| {
            mappings.iter().find(|(own, _)| own.is_none() || own == sheet).map(|(_, mapping)| mapping)
        };
        let room = |sheet: &Option<String>, field| of_sheet(sheet).is_none_or(|own| own.has_room(field));
        let mut readers: BTreeMap<Option<String>, Option<RowReader<'_>>> = BTreeMap::new();
        // What is wrong with cells of a row that may go in all the same: known once the row comes.
        let mut cells: Vec<Issue> = Vec::new();
        let mut sink = |shape: &Shape, row: Result<TableRow, Issue>| {
            if self.is_of_cell(shape, &row, &mut cells) {
                return;
            }
            self.settle();
            // A sheet that could not be read at all: nobody knows whether it had titles.
            if shape.columns.is_empty() {
                return self.refuse(row.err().into_iter().collect());
            }
            if !readers.contains_key(&shape.sheet) {
                let remarks =
                    of_sheet(&shape.sheet).map(|mapping| mapping.remarks(shape)).unwrap_or_default();
                let lines = shape.reading.iter().chain(&remarks).map(|line| sheet_line(shape, line));
                self.report.reading.extend(lines);
                let reader = of_sheet(&shape.sheet).map(|m| RowReader::new(&name, m, shape, &referential));
                let reader = match reader {
                    Some(Ok(reader)) => Some(reader),
                    Some(Err(issue)) => {
                        // Other sheets may still be read; this one is then a row that cannot be taken.
                        match shape.sheet.is_none() || asked.sheet.is_some() {
                            true => self.stop(*issue),
                            false => self.refuse(vec![*issue]),
                        }
                        None
                    }
                    None => {
                        let line =
                            "aucune colonne n’y donne l’intitulé et l’organisme : cette feuille est laissée";
                        self.report.reading.push(sheet_line(shape, line));
                        None
                    }
                };
                readers.insert(shape.sheet.clone(), reader);
            }
            let Some(Some(reader)) = readers.get(&shape.sheet) else { return };
            match row.map(|row| (row.line, reader.row(&row))) {
                Ok((line, Ok(mapped))) => {
                    self.report.warn(within(shape, mapped.notes));
                    let at = At { file: &name, sheet: shape.sheet.as_deref(), line: Some(line) };
                    self.offer_foreign(at, mapped.raw, &|field| room(&shape.sheet, field));
                }
                Ok((_, Err(issues))) => self.refuse(within(shape, issues)),
                Err(issue) => self.held = Some(issue),
            }
            if self.report.rows.is_multiple_of(1_000) {
                progress(self.report.rows);
            }
        };
        let extent = table::read_each(&asked.path, &options, &mapping::is_known, &mut sink)
            .map_err(|issue| ActionError::Unreadable(Box::new(issue)))?;
        cells.drain(..).for_each(|issue| self.refuse(vec![issue]));
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
                    self.offer_foreign(at, offer.raw, &|_| true);
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

/// The draft of a mapping of a table, as a file to complete.
///
/// # Errors
/// When the file is no table, or no column of it can be a title.
pub fn propose(path: &Path, sheet: Option<&str>) -> Result<String, ActionError> {
    let options = table::Options { sheet: sheet.map(str::to_owned), ..table::Options::default() };
    let referential = Referential::builtin();
    let drafts = sampled(path, &options, SAMPLE_ROWS)?.into_iter().map(|(shape, rows)| {
        let mapping = Mapping::draft(&shape, &rows, &referential);
        (shape, rows, mapping)
    });
    let (shape, rows, mapping) = drafts
        .into_iter()
        .find(|(.., mapping)| mapping.has_title())
        .ok_or_else(|| ActionError::NoTitle(path.to_owned()))?;
    Ok(mapping.to_toml(&name_of(path), &shape, &rows, &referential))
}

/// Writes the rows of a table that were refused, with what is wrong with each, as CSV. Gives their number.
///
/// # Errors
/// When the file cannot be read again, or the rows cannot be written.
pub fn write_refused(asked: &Asked, issues: &[Issue], out: &Path) -> Result<u64, ActionError> {
    let mut by_line: BTreeMap<(Option<&str>, u64), Vec<String>> = BTreeMap::new();
    for issue in issues {
        if let Some(line) = issue.line {
            let told = format!("{} ; {}", issue.message, issue.remedy);
            by_line.entry((issue.sheet.as_deref(), line)).or_default().push(told);
        }
    }
    let file = File::create(out).map_err(ActionError::file(out))?;
    if by_line.is_empty() {
        return Ok(0);
    }
    let mut writer = std::io::BufWriter::new(file);
    let mut written = 0;
    let mut failed = None;
    let mut options = asked.mapping.as_ref().map(Mapping::options).unwrap_or_default();
    options.sheet = asked.sheet.clone().or(options.sheet);
    let unpacked = unpacked(&asked.path)?;
    let path = unpacked.as_ref().map_or(asked.path.as_path(), tempfile::NamedTempFile::path);
    let mut headed: Option<Vec<String>> = None;
    let mut sink = |shape: &Shape, row: Result<TableRow, Issue>| {
        let Ok(row) = row else { return };
        let told = by_line
            .get(&(shape.sheet.as_deref(), row.line))
            .or_else(|| by_line.get(&(None, row.line)))
            .map(|told| told.join(" / "));
        let Some(told) = told else { return };
        let mut lines = Vec::new();
        if headed.as_ref() != Some(&shape.columns) {
            // Where columns have no names, a line of names would be read back as a row.
            if !shape.is_numbered {
                lines.push([shape.columns.clone(), vec![REFUSED_COLUMN.to_owned()]].concat());
            }
            headed = Some(shape.columns.clone());
        }
        let cells =
            row.cells.iter().map(|cell| cell.to_text(" | ").unwrap_or_default()).chain(std::iter::once(told));
        lines.push(cells.collect());
        written += 1;
        for line in lines {
            let result = exchange::write_csv_record(&mut writer, &line);
            failed = failed.take().or(result.err());
        }
    };
    table::read_each(path, &options, &mapping::is_known, &mut sink)
        .map_err(|issue| ActionError::Unreadable(Box::new(issue)))?;
    match failed.or(writer.flush().err()) {
        Some(error) => Err(ActionError::file(out)(error)),
        None => Ok(written),
    }
}

/// The table of a package of ours, as a file; none when the file is no package.
fn unpacked(path: &Path) -> Result<Option<tempfile::NamedTempFile>, ActionError> {
    if !package::is_ours(path) {
        return Ok(None);
    }
    let mut table = tempfile::Builder::new().suffix(".csv").tempfile().map_err(ActionError::file(path))?;
    package::unpack(path, table.as_file_mut()).map_err(ActionError::file(path))?;
    Ok(Some(table))
}

/// The mappings recognised of the sheets that have titles and providers.
fn recognised(
    path: &Path,
    options: &table::Options,
    referential: &Referential,
) -> Result<Vec<(Option<String>, Mapping)>, ActionError> {
    let sheets = sampled(path, options, SAMPLE_ROWS)?.into_iter().map(|(shape, rows)| {
        let mapping = Mapping::recognise(&shape, &rows, referential);
        (shape.sheet, mapping)
    });
    let titled: Vec<_> = sheets.filter(|(_, mapping)| mapping.has_title()).collect();
    if titled.is_empty() {
        return Err(ActionError::NoTitle(path.to_owned()));
    }
    let whole: Vec<_> = titled.into_iter().filter(|(_, mapping)| mapping.has_provider()).collect();
    match whole.is_empty() {
        true => Err(ActionError::NoProvider(path.to_owned())),
        false => Ok(whole),
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
fn sampled(
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
    let file = File::open(path).map_err(ActionError::file(path))?;
    let mut head = Vec::new();
    file.take(HEAD_BYTES).read_to_end(&mut head).map_err(ActionError::file(path))?;
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
        None => Err(ActionError::UnknownFormat(path.to_owned())),
    }
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

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Issues that name their sheet.
fn within(shape: &Shape, mut issues: Vec<Issue>) -> Vec<Issue> {
    issues.iter_mut().for_each(|issue| issue.sheet.clone_from(&shape.sheet));
    issues
}

fn sheet_line(shape: &Shape, line: &str) -> String {
    match &shape.sheet {
        Some(sheet) => format!("feuille « {sheet} » : {line}"),
        None => line.to_owned(),
    }
}
