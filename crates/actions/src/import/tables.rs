//! The rows of somebody else's table, sheet by sheet, through the mapping of each.
//! Absent: what a column means (see `exchange::mapping`), what rows are to those in place (see `foreign`).

use std::collections::BTreeMap;
use std::path::Path;

use catalogue::Referential;
use exchange::Issue;
use exchange::mapping::{self, Mapping, RowReader, Settings, Target};
use exchange::table::{self, Cell, Shape, TableRow};

use super::files::{SAMPLE_ROWS, name_of, sampled};
use super::foreign::Form;
use super::refused::is_of_refused;
use super::sheets::{may_be_domain, why_aside};
use super::{Asked, At, Plan};
use crate::error::ActionError;

/// Mappings, each with its sheet; without one it is that of all of them.
type Mappings = [OfSheet];
/// A mapping, with its sheet.
type OfSheet = (Option<String>, Mapping);
/// Sheets left aside, and why.
type Aside = BTreeMap<Option<String>, &'static str>;

impl Plan {
    /// Offers the rows of a table.
    pub(super) fn offer_table(
        &mut self,
        asked: &Asked,
        progress: &mut dyn FnMut(u64),
    ) -> Result<(), ActionError> {
        let referential = self.referential.clone();
        let mut options = asked.mapping.as_ref().map(Mapping::options).unwrap_or_default();
        options.sheet = asked.sheet.clone().or(options.sheet);
        let (mappings, aside) = match &asked.mapping {
            // A mapping that names no column only says how to read the file.
            Some(mapping) if !mapping.column.is_empty() => {
                // A table without a row is refused, as when its columns are recognised.
                sampled(&asked.path, &options, 1)?;
                (vec![(None, mapping.clone())], Aside::new())
            }
            given => recognised(&asked.path, &options, &referential, given.as_ref())?,
        };
        let mut sheets = Sheets {
            name: name_of(&asked.path),
            is_alone: asked.sheet.is_some(),
            mappings: &mappings,
            aside: &aside,
            referential: &referential,
            readers: BTreeMap::new(),
            cells: Vec::new(),
        };
        let mut sink = |shape: &Shape, row: Result<TableRow, Issue>| {
            sheets.take(self, shape, row);
            if self.report.rows.is_multiple_of(1_000) {
                progress(self.report.rows);
            }
        };
        let extent = table::read_each(&asked.path, &options, &mapping::is_known, &mut sink)
            .map_err(|issue| ActionError::Unreadable(Box::new(issue)))?;
        sheets.cells.drain(..).for_each(|issue| self.refuse(vec![issue]));
        self.end(extent);
        progress(self.report.rows);
        Ok(())
    }
}

/// The sheets of a table being read.
struct Sheets<'a> {
    name: String,
    /// Whether a single sheet is asked for.
    is_alone: bool,
    mappings: &'a Mappings,
    aside: &'a Aside,
    referential: &'a Referential,
    /// By sheet; none for those that are left.
    readers: BTreeMap<Option<String>, Option<RowReader<'a>>>,
    /// What is wrong with cells of a row that may go in all the same: known once the row comes.
    cells: Vec<Issue>,
}

impl<'a> Sheets<'a> {
    fn take(&mut self, plan: &mut Plan, shape: &Shape, row: Result<TableRow, Issue>) {
        if let Err(issue) = &row
            && issue.line.is_some()
            && issue.column.is_some()
        {
            plan.settle();
            return self.cells.push(issue.clone());
        }
        let mut unread = self.unread(plan, shape, &row);
        unread.extend_from_slice(&shape.unsaid);
        plan.settle();
        if shape.is_left_out {
            return plan.report.warn(row.err().into_iter().collect());
        }
        // A sheet that could not be read at all: nobody knows whether it had titles.
        if shape.columns.is_empty() {
            return plan.refuse(row.err().into_iter().collect());
        }
        if !self.readers.contains_key(&shape.sheet) {
            let reader = self.reader(plan, shape);
            self.readers.insert(shape.sheet.clone(), reader);
        }
        let Some(Some(reader)) = self.readers.get(&shape.sheet) else { return };
        let row =
            row.map(
                |row| if shape.columns.iter().any(|name| is_of_refused(name)) { restored(row) } else { row },
            );
        match row.map(|row| (row.line, reader.row(&row))) {
            Ok((line, Ok(mut mapped))) => {
                if mapped.is_titled {
                    plan.tell_apart(&mut mapped.raw);
                }
                plan.report.warn(within(shape, mapped.notes));
                let at = At { file: &self.name, sheet: shape.sheet.as_deref(), line: Some(line) };
                let mapping = of_sheet(self.mappings, shape);
                // A cell that could not be read, or that is not there, says nothing of what is in place.
                let has_room = |field| mapping.is_none_or(|mapping| mapping.has_room(field, &unread));
                let column = |name: &str| match mapping {
                    Some(mapping) => mapping.column_for(name),
                    None => exchange::column_label(name),
                };
                let form = Form { has_room: &has_room, column: &column, is_titled: mapped.is_titled };
                plan.offer_foreign(at, mapped.raw, &form);
            }
            Ok((_, Err(issues))) => plan.refuse(within(shape, issues)),
            Err(issue) => plan.held = Some(issue),
        }
    }

    /// Tells what is wrong with the cells kept: warnings when their row comes, refusals otherwise. Gives the columns
    /// of those that could not be read.
    fn unread(&mut self, plan: &mut Plan, shape: &Shape, row: &Result<TableRow, Issue>) -> Vec<String> {
        let cells = std::mem::take(&mut self.cells);
        match row {
            Ok(row) if cells.iter().all(|issue| issue.line == Some(row.line)) => {
                let unread = cells.iter().filter_map(|issue| issue.column.clone()).collect();
                plan.report.warn(within(shape, cells));
                unread
            }
            _ => {
                cells.into_iter().for_each(|issue| plan.refuse(vec![issue]));
                Vec::new()
            }
        }
    }

    /// What reads the rows of a sheet, once it is told how the sheet is read; nothing when the sheet is left.
    fn reader(&self, plan: &mut Plan, shape: &Shape) -> Option<RowReader<'a>> {
        let mapping = of_sheet(self.mappings, shape);
        let remarks = mapping.map(|mapping| mapping.remarks(shape)).unwrap_or_default();
        let lines = shape.reading.iter().chain(&remarks).map(|line| sheet_line(shape, line));
        plan.report.reading.extend(lines);
        let Some(mapping) = mapping else {
            let line = match self.aside.get(&shape.sheet) {
                Some(why) => format!("{why} : cette feuille est laissée, sauf si --sheet la demande"),
                None => "aucune colonne n’y donne l’intitulé et l’organisme : cette feuille est laissée"
                    .to_owned(),
            };
            plan.report.reading.push(sheet_line(shape, &line));
            return None;
        };
        match RowReader::new(&self.name, mapping, shape, self.referential) {
            Ok(reader) => Some(reader),
            Err(issue) => {
                // Other sheets may still be read; this one is then a row that cannot be taken.
                match shape.sheet.is_none() || self.is_alone {
                    true => plan.stop(*issue),
                    false => plan.refuse(vec![*issue]),
                }
                None
            }
        }
    }
}

/// A row of a file of refused rows, without the apostrophe put before what a spreadsheet would take for a formula.
fn restored(mut row: TableRow) -> TableRow {
    for cell in &mut row.cells {
        if let Cell::Text(text) = cell
            && let Some(own) = exchange::without_apostrophe(text)
        {
            *text = own.to_owned();
        }
    }
    row
}

fn of_sheet<'a>(mappings: &'a Mappings, shape: &Shape) -> Option<&'a Mapping> {
    mappings.iter().find(|(own, _)| own.is_none() || *own == shape.sheet).map(|(_, mapping)| mapping)
}

/// The mappings recognised of the sheets that have titles and providers, with what a person says for every row, and the
/// sheets that hold something else than a catalogue.
fn recognised(
    path: &Path,
    options: &table::Options,
    referential: &Referential,
    given: Option<&Mapping>,
) -> Result<(Vec<OfSheet>, Aside), ActionError> {
    let samples = sampled(path, options, SAMPLE_ROWS)?;
    let is_one_of_several = options.sheet.is_none() && samples.len() > 1;
    let mut aside = Aside::new();
    let columns: Vec<_> = samples.iter().map(|(shape, _)| shape.columns.clone()).collect();
    // « Budget » beside « Achats », with the same columns, is a domain too.
    let is_domain = |shape: &Shape| {
        may_be_domain(shape) && columns.iter().filter(|own| **own == shape.columns).count() > 1
    };
    let sheets = samples.into_iter().map(|(shape, rows)| {
        let mut mapping = Mapping::recognise(&shape, &rows, referential);
        if let Some(given) = given {
            // A note of the table says how long its days are, when the person says nothing of that.
            if given.settings != Settings::default() {
                mapping.settings.clone_from(&given.settings);
            }
            mapping.defaults.clone_from(&given.defaults);
        }
        if let Some(why) =
            why_aside(&shape, &rows, &mapping).filter(|_| is_one_of_several && !is_domain(&shape))
        {
            aside.insert(shape.sheet.clone(), why);
        }
        (shape.sheet, mapping)
    });
    let (titled, untitled): (Vec<_>, Vec<_>) = sheets.partition(|(_, mapping)| mapping.has_title());
    if titled.is_empty() {
        return Err(ActionError::NoTitle(path.to_owned(), doubted(&untitled, Target::Title)));
    }
    let (mut whole, nameless): (Vec<_>, Vec<_>) =
        titled.into_iter().partition(|(_, mapping)| mapping.has_provider());
    if whole.is_empty() {
        return Err(ActionError::NoProvider(path.to_owned(), doubted(&nameless, Target::Provider)));
    }
    // A workbook of such sheets alone is what it is.
    if whole.iter().any(|(sheet, _)| !aside.contains_key(sheet)) {
        whole.retain(|(sheet, _)| !aside.contains_key(sheet));
    } else {
        aside.clear();
    }
    Ok((whole, aside))
}

/// The first column that says a field by its name, and why it is not taken.
fn doubted(sheets: &[OfSheet], target: Target) -> Option<(String, String)> {
    let mut found = sheets.iter().filter_map(|(_, mapping)| mapping.left_for_doubt(target));
    found.next().map(|(name, why)| (name.to_owned(), why.to_owned()))
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
