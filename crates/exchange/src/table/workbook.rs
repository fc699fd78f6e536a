//! Workbooks, sheet by sheet: XLSX and XLSM here, ODS and XLS in readers of their own; formulas give the value
//! that was last computed, numbers what their format says beside them. Hidden sheets are read when they are asked for; which
//! columns are hidden is told (see `hidden`).
//! Absent: headers (see `header`), the zip around them (see `archive`), formats (see `shown`).

use std::collections::BTreeSet;
use std::fs::File;
use std::io::BufReader;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{
    Data, DataRef, Dimensions, ExcelDateTime, Reader, Sheet, SheetType, SheetVisible, Style, Xlsx, XlsxError,
};
use catalogue::french::{integer, list, quoted};

use super::assembler::{Assembler, RawRow};
use super::flaw::Flaw;
use super::header::Merge;
use super::hidden::{self, Hidden};
use super::kind::{Form, damaged, protected};
use super::shown::Shown;
use super::{Cell, Receiver, Request, Shape, TableRow, ods, old, tidy, unreadable};
use crate::issue::Fault;
use crate::limits::{ROW_BYTES, SHEETS, TABLE_COLUMNS};
use crate::{Issue, Stop};

/// Sheets that a message names.
const SHOWN_SHEETS: usize = 20;
/// Formulas without a result that are told of a sheet.
const UNCOMPUTED: usize = 100_000;
/// The first number of a format that a workbook writes itself (ECMA-376, part 1, section 18.8.30).
const FIRST_OWN_FORMAT: u32 = 164;
/// What to do to have a hidden sheet read.
const HIDDEN: &str = "affichez-la dans le tableur, ou demandez-la par son nom";

type Book = Xlsx<BufReader<File>>;

pub(super) fn read<'a>(
    request: Request<'a>,
    form: Form,
    sink: &mut Receiver<'a>,
    shapes: &mut Vec<Shape>,
) -> Result<(), Stop> {
    match form {
        Form::Ods => ods::read(request, sink, shapes),
        Form::Xls => old::read(request, sink, shapes),
        Form::Xlsx { has_formulas, hides_zeros } => xlsx(request, (has_formulas, hides_zeros), sink, shapes),
    }
}

fn xlsx<'a>(
    request: Request<'a>,
    (has_formulas, hides_zeros): (bool, bool),
    sink: &mut Receiver<'a>,
    shapes: &mut Vec<Shape>,
) -> Result<(), Stop> {
    let file = BufReader::new(File::open(request.path).map_err(|error| unreadable(&error))?);
    let mut book: Book = guarded(|| Xlsx::new(file).map_err(|error| of_xlsx(&error)))?;
    let sheets: Vec<Sheet> =
        book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).cloned().collect();
    if sheets.len() > SHEETS {
        return Err(too_many_sheets().into());
    }
    let wanted = request.options.sheet.as_deref();
    if let Some(name) = wanted.filter(|name| sheets.iter().all(|sheet| sheet.name != *name)) {
        let names: Vec<String> = sheets.iter().map(|sheet| sheet.name.clone()).collect();
        return Err(no_such_sheet(&names, name));
    }
    let mut aside = Aside::default();
    let hidden = hidden::of_book(request.path);
    let nothing = Hidden::default();
    for sheet in sheets.iter().filter(|sheet| wanted.is_none_or(|name| sheet.name == name)) {
        let is_hidden = sheet.visible != SheetVisible::Visible;
        let Some(mut shape) = aside.shape(&sheet.name, "classeur XLSX", is_hidden, request) else { continue };
        if hides_zeros {
            shape.reading.push(hidden::ZEROS.to_owned());
        }
        let hidden = hidden.get(&sheet.name).unwrap_or(&nothing);
        hidden.tell(&mut shape);
        let known = shapes.len();
        // Merged cells that cannot be read are not a reason to leave the sheet.
        let merges = guarded(|| Ok(merges(&mut book, &sheet.name))).unwrap_or_default();
        // Those who only look at the first rows have no use of it.
        let is_told = has_formulas && request.most_rows == u64::MAX;
        let uncomputed = if is_told { uncomputed(&mut book, &sheet.name) } else { BTreeSet::new() };
        let mut assembler = Assembler::new(request, shape.clone(), merges, sink, shapes);
        let read = stream(&mut book, &sheet.name, (&uncomputed, hides_zeros), &mut assembler);
        if let Err(stop) = read.and_then(|()| assembler.finish()) {
            aside.fail(shapes.get(known).unwrap_or(&shape).clone(), stop);
        }
    }
    let is_alone = wanted.is_some() || sheets.len() == 1;
    aside.tell(request, is_alone, sink, shapes)
}

/// Sheets left aside, hidden or impossible to read to their ends: the others are read all the same.
#[derive(Default)]
pub(super) struct Aside {
    failures: Vec<(Shape, Stop)>,
    hidden: Vec<Shape>,
}

impl Aside {
    /// What is known of a sheet before its header; nothing of a hidden one, unless it is asked for.
    pub(super) fn shape(
        &mut self,
        name: &str,
        form: &str,
        is_hidden: bool,
        request: Request,
    ) -> Option<Shape> {
        let mut shape =
            Shape { sheet: Some(name.to_owned()), reading: vec![form.to_owned()], ..Shape::default() };
        if is_hidden && request.options.sheet.is_none() {
            shape.is_left_out = true;
            self.hidden.push(shape);
            return None;
        }
        if is_hidden {
            shape.reading.push("feuille masquée".to_owned());
        }
        Some(shape)
    }

    pub(super) fn fail(&mut self, shape: Shape, stop: Stop) {
        self.failures.push((shape, stop));
    }

    /// Tells them, each with its sheet; what stops the only sheet read stops the reading.
    pub(super) fn tell(
        mut self,
        request: Request,
        is_alone: bool,
        sink: &mut Receiver,
        shapes: &[Shape],
    ) -> Result<(), Stop> {
        if (is_alone || shapes.is_empty()) && !self.failures.is_empty() {
            return Err(self.failures.remove(0).1);
        }
        if shapes.is_empty() && !self.hidden.is_empty() {
            let fault =
                Fault::new("toutes les feuilles du classeur qui ont des lignes sont masquées", HIDDEN);
            return Err(fault.into());
        }
        match self.hidden.as_slice() {
            [] => {}
            [only] => {
                let fault = Fault::new("la feuille est masquée, elle est laissée de côté", HIDDEN);
                let issue = Issue { sheet: only.sheet.clone(), ..request.issue(fault.into()) };
                sink(only, Err(issue));
            }
            [first, ..] => {
                let names = self.hidden.iter().filter_map(|shape| shape.sheet.as_deref()).take(SHOWN_SHEETS);
                let names = list(&names.map(quoted).collect::<Vec<_>>(), "et");
                let count = self.hidden.len();
                let message =
                    format!("{count} feuilles sont masquées ({names}), elles sont laissées de côté");
                sink(first, Err(request.issue(Fault::new(message, HIDDEN).into())));
            }
        }
        for (shape, stop) in self.failures {
            let issue = Issue { sheet: shape.sheet.clone(), ..request.issue(stop) };
            sink(&shape, Err(issue));
        }
        Ok(())
    }
}

/// What to say of a workbook of too many sheets.
pub(super) fn too_many_sheets() -> Fault {
    let message = format!("le classeur a plus de {} feuilles", integer(SHEETS as u64));
    Fault::new(message, "gardez celles qui portent des formations, ou enregistrez-les en CSV")
}

/// What to say when nobody knows the sheet asked for.
pub(super) fn no_such_sheet(names: &[String], asked: &str) -> Stop {
    let mut shown: Vec<String> = names.iter().take(SHOWN_SHEETS).map(|name| quoted(name)).collect();
    if names.len() > SHOWN_SHEETS {
        shown.push("…".to_owned());
    }
    let remedy = format!("les feuilles du classeur sont {}", shown.join(", "));
    Fault::new("la feuille demandée n’existe pas", remedy).value(asked).into()
}

fn merges(book: &mut Book, sheet: &str) -> Vec<Merge> {
    let merge = |cells: &Dimensions| Merge {
        lines: (u64::from(cells.start.0) + 1, u64::from(cells.end.0) + 1),
        columns: (cells.start.1 as usize, cells.end.1 as usize),
    };
    book.merge_cells_by_sheet_name(sheet).unwrap_or_default().iter().map(merge).collect()
}

/// The cells of a sheet, line and column from 0, whose formula has no result written beside it: some programs
/// leave that to the spreadsheet. What prevents reading them is told when the sheet itself is read.
fn uncomputed(book: &mut Book, sheet: &str) -> BTreeSet<(u32, u32)> {
    let mut places = BTreeSet::new();
    let read = guarded(|| {
        let mut cells = book.worksheet_cells_reader(sheet).map_err(|error| of_xlsx(&error))?;
        while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|error| of_xlsx(&error))? {
            if cell.formula.is_some() && matches!(cell.value, DataRef::Empty) && places.len() < UNCOMPUTED {
                places.insert(cell.pos);
            }
        }
        Ok(())
    });
    drop(read);
    places
}

/// How the styles of a workbook show numbers, by style.
fn shown(styles: &[Style]) -> Vec<Option<Shown>> {
    let of = |style: &Style| {
        let format = style.number_format.as_ref()?;
        // The formats that all workbooks share are those of whoever opens them.
        Shown::of(&format.format_code, format.format_id.is_none_or(|id| id < FIRST_OWN_FORMAT))
    };
    styles.iter().map(of).collect()
}

/// Reads a sheet cell by cell: far cells of an empty sheet would fill the memory otherwise.
fn stream(
    book: &mut Book,
    sheet: &str,
    (uncomputed, hides_zeros): (&BTreeSet<(u32, u32)>, bool),
    assembler: &mut Assembler,
) -> Result<(), Stop> {
    let cells = guarded(|| match book.worksheet_cells_reader(sheet) {
        Ok(cells) => Ok(Some(cells)),
        // A sheet of graphics.
        Err(XlsxError::NotAWorksheet(_)) => Ok(None),
        Err(error) => Err(of_xlsx(&error)),
    });
    let Some(mut cells) = cells.map_err(in_sheet)? else { return Ok(()) };
    let shown = shown(cells.styles());
    let mut row = Gathered::at(0);
    loop {
        let next = guarded(|| cells.next_cell_with_style_id().map_err(|error| of_xlsx(&error)));
        let Some((cell, style)) = next.map_err(in_sheet)? else { break };
        let (line, column) = cell.get_position();
        let value = match (Value::of_ref(cell.get_value()), shown.get(style)) {
            (Value::Cell(Cell::Empty), _) if uncomputed.contains(&(line, column)) => Value::Uncomputed,
            (Value::Cell(Cell::Number(0.0)), _) if hides_zeros => Value::Cell(Cell::Empty),
            (Value::Cell(Cell::Number(number)), Some(Some(shown))) => Value::Cell(shown.cell(number)),
            (value, _) => value,
        };
        if row.line != u64::from(line) + 1 {
            let given = std::mem::replace(&mut row, Gathered::at(u64::from(line) + 1)).end(assembler);
            if assembler.row(given)?.is_break() {
                return Ok(());
            }
        }
        row.put(column as usize, value);
    }
    let given = row.end(assembler);
    assembler.row(given).map(drop)
}

/// What is wrong with one sheet of a workbook.
pub(super) fn in_sheet(fault: Fault) -> Fault {
    match fault.is(&damaged()) {
        true => Fault::new(
            "la feuille est abîmée, elle n’est pas lue jusqu’au bout",
            "ouvrez le classeur dans un tableur, puis enregistrez-le de nouveau",
        ),
        false => fault,
    }
}

/// A row being gathered from its cells.
pub(super) struct Gathered {
    pub(super) line: u64,
    cells: Vec<Cell>,
    errors: Vec<(usize, Flaw)>,
    bytes: usize,
    is_far: bool,
}

impl Gathered {
    /// No cell yet.
    pub(super) fn at(line: u64) -> Self {
        Self { line, cells: Vec::new(), errors: Vec::new(), bytes: 0, is_far: false }
    }

    /// Puts a cell in its column; those that are too far are left out.
    pub(super) fn put(&mut self, column: usize, value: Value) {
        if let Value::Cell(Cell::Text(text)) | Value::Error(text) = &value {
            self.bytes += text.len();
            // The row will not be taken: its texts need not be held.
            if self.bytes > ROW_BYTES {
                self.cells.clear();
                self.errors.clear();
                return;
            }
        }
        match value {
            Value::Cell(Cell::Empty) => {}
            _ if column >= TABLE_COLUMNS => self.is_far = true,
            Value::Error(error) => self.errors.push((column, Flaw::Error(error))),
            Value::Uncomputed => self.errors.push((column, Flaw::Uncomputed)),
            Value::Cell(cell) => {
                if self.cells.len() <= column {
                    self.cells.resize(column + 1, Cell::Empty);
                }
                self.cells[column] = cell;
            }
        }
    }

    /// The row, once it has all its cells.
    pub(super) fn end(self, assembler: &mut Assembler) -> RawRow {
        let Self { line, cells, errors, bytes, is_far } = self;
        if is_far {
            assembler.far(line);
        }
        if bytes > ROW_BYTES {
            let message = format!("la ligne dépasse {} octets", integer(ROW_BYTES as u64));
            assembler.fault(line, Fault::new(message, "raccourcissez-la"));
            return RawRow::plain(line, Vec::new());
        }
        RawRow { row: TableRow::new(line, cells), errors }
    }
}

/// What a cell of a workbook holds.
#[derive(Clone)]
pub(super) enum Value {
    Cell(Cell),
    /// An error of calculation.
    Error(String),
    /// A formula without a result.
    Uncomputed,
}

impl Value {
    fn of(data: &Data) -> Self {
        Self::Cell(match data {
            Data::Error(error) => return Self::Error(error.to_string()),
            Data::Int(number) => Cell::Number(*number as f64),
            Data::Float(number) => Cell::Number(tidy(*number)),
            Data::Bool(truth) => Cell::Truth(*truth),
            Data::DateTime(moment) => of_moment(*moment),
            Data::DateTimeIso(text) => of_iso(text),
            Data::String(text) | Data::DurationIso(text) => Cell::text(text.clone()),
            Data::Empty => Cell::Empty,
        })
    }

    fn of_ref(data: &DataRef) -> Self {
        match data {
            DataRef::SharedString(text) => Self::Cell(Cell::text((*text).to_owned())),
            DataRef::Empty => Self::Cell(Cell::Empty),
            other => Self::of(&Data::from(other.clone())),
        }
    }
}

/// A serial number shown as a date or as an hour. The hour of a day is left out.
pub(super) fn of_moment(moment: ExcelDateTime) -> Cell {
    let serial = moment.as_f64();
    // The last day that a spreadsheet knows is 31 December 9999.
    if !(-2_958_466.0..2_958_466.0).contains(&serial) {
        return if serial.is_finite() { Cell::Number(serial) } else { Cell::Empty };
    }
    if moment.is_duration() || serial < 1.0 {
        let minutes = (serial * 24.0 * 60.0).round();
        return Cell::Text(format!("{}:{:02}", (minutes / 60.0).trunc(), (minutes % 60.0).abs()));
    }
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    Cell::Day(i32::from(year), month, day)
}

/// « 2026-05-03 » and « 2026-05-03T09:00:00 », as ODS says them.
pub(super) fn of_iso(text: &str) -> Cell {
    let mut parts = text.get(..10).unwrap_or_default().split('-');
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    let day = || Some(Cell::Day(year?.parse().ok()?, month?.parse().ok()?, day?.parse().ok()?));
    day().unwrap_or_else(|| Cell::text(text.to_owned()))
}

/// The reader of workbooks promises no panic on damaged files; if one comes, the workbook is refused.
fn guarded<T>(read: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(damaged()))
}

fn of_xlsx(error: &XlsxError) -> Fault {
    if matches!(error, XlsxError::Password) { protected() } else { damaged() }
}
