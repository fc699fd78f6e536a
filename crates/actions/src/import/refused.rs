//! The refused rows of a table, written apart to be corrected and imported again.
//! Absent: why they were refused (see `files`).

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::Path;

use exchange::mapping::{self, Mapping, Target};
use exchange::table::{self, Cell, Shape, TableRow};
use exchange::{Issue, REFUSED_COLUMN, package};

use super::Asked;
use crate::error::ActionError;

/// Writes the rows of a table that were refused, with what is wrong with each, as CSV; cells that have no column
/// come after it. Gives their number.
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
        let mut lines: Vec<Vec<String>> = Vec::new();
        if headed.as_ref() != Some(&shape.columns) {
            // What says that amounts are thousands goes with them.
            lines.extend(mapping::lines_that_count(shape).into_iter().map(|line| vec![line.to_owned()]));
            // Where columns have no names, a line of names would be read back as a row.
            if !shape.is_numbered {
                let places = (0..shape.columns.len()).filter(|at| is_given(shape, *at));
                let names = places.map(|at| shape.columns[at].clone());
                lines.push(names.chain([REFUSED_COLUMN.to_owned()]).collect());
            }
            headed = Some(shape.columns.clone());
        }
        let texts = |cells: &[Cell]| -> Vec<String> {
            cells.iter().map(|cell| cell.to_text(" | ").unwrap_or_default()).collect()
        };
        let (named, beyond) = row.cells.split_at(shape.columns.len().min(row.cells.len()));
        let named = texts(named).into_iter().enumerate().filter(|(at, _)| is_given(shape, *at));
        lines.push(named.map(|(_, text)| text).chain([told]).chain(texts(beyond)).collect());
        written += 1;
        for line in lines {
            let result = exchange::write_csv_record(&mut writer, &line);
            failed = failed.take().or(result.err());
        }
    };
    table::read_wide(path, &options, &mapping::is_known, &mut sink)
        .map_err(|issue| ActionError::Unreadable(Box::new(issue)))?;
    match failed.or(writer.flush().err()) {
        Some(error) => Err(ActionError::file(out)(error)),
        None => Ok(written),
    }
}

/// Whether a column goes into a file of refused rows: not the errors of an earlier one, nor what the workbook hides and an import
/// does not take, since nothing would hide it there.
fn is_given(shape: &Shape, at: usize) -> bool {
    let name = &shape.columns[at];
    let is_taken = || mapping::named(name).is_some_and(Target::tells_apart);
    !is_of_refused(name) && (!shape.hidden.contains(&at) || is_taken())
}

/// Whether a column is the one of errors, in a file of refused rows.
pub(super) fn is_of_refused(name: &str) -> bool {
    name == REFUSED_COLUMN
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
