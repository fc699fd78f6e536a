//! Workbooks (XLSX, XLSM, XLS, ODS), sheet by sheet; formulas give the value that was last computed.
//! Absent: headers (see `header`), the zip around them (see `archive`).

use std::fs::File;
use std::io::BufReader;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{
    Data, DataRef, Dimensions, ExcelDateTime, Ods, OdsError, Reader, Sheet, SheetType, SheetVisible, Xls,
    XlsError, Xlsx, XlsxError,
};
use catalogue::french::quoted;

use super::assembler::{Assembler, RawRow};
use super::header::Merge;
use super::kind::{Form, damaged, protected};
use super::{Cell, Receiver, Request, Shape, TableRow, unreadable};
use crate::Stop;
use crate::issue::Fault;
use crate::limits::TABLE_COLUMNS;

type Buffered = BufReader<File>;

enum Book {
    Xlsx(Xlsx<Buffered>),
    Xls(Xls<Buffered>),
    Ods(Ods<Buffered>),
}

pub(super) fn read<'a>(
    request: Request<'a>,
    form: Form,
    sink: &mut Receiver<'a>,
    shapes: &mut Vec<Shape>,
) -> Result<(), Stop> {
    let file = BufReader::new(File::open(request.path).map_err(|error| unreadable(&error))?);
    let mut book = guarded(|| match form {
        Form::Xlsx => Xlsx::new(file).map(Book::Xlsx).map_err(|error| of_xlsx(&error)),
        Form::Xls => Xls::new(file).map(Book::Xls).map_err(|error| of_xls(&error)),
        Form::Ods => Ods::new(file).map(Book::Ods).map_err(|error| of_ods(&error)),
    })?;
    let sheets: Vec<Sheet> =
        book.sheets().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).cloned().collect();
    let wanted = request.options.sheet.as_deref();
    if let Some(name) = wanted.filter(|name| sheets.iter().all(|sheet| sheet.name != *name)) {
        let names: Vec<String> = sheets.iter().map(|sheet| quoted(&sheet.name)).collect();
        let remedy = format!("les feuilles du classeur sont {}", names.join(", "));
        return Err(Fault::new("la feuille demandée n’existe pas", remedy).value(name).into());
    }
    for sheet in sheets.iter().filter(|sheet| wanted.is_none_or(|name| sheet.name == name)) {
        let mut reading = vec![form.name().to_owned()];
        if sheet.visible != SheetVisible::Visible {
            reading.push("feuille masquée".to_owned());
        }
        let shape = Shape { sheet: Some(sheet.name.clone()), reading, ..Shape::default() };
        let merges = guarded(|| Ok(book.merges(&sheet.name)))?;
        let mut assembler = Assembler::new(request, shape, merges, sink, shapes);
        book.rows(&sheet.name, &mut assembler)?;
        assembler.finish()?;
    }
    Ok(())
}

impl Form {
    fn name(self) -> &'static str {
        match self {
            Self::Xlsx => "classeur XLSX",
            Self::Xls => "classeur XLS",
            Self::Ods => "classeur ODS",
        }
    }
}

impl Book {
    fn sheets(&self) -> &[Sheet] {
        match self {
            Self::Xlsx(book) => book.sheets_metadata(),
            Self::Xls(book) => book.sheets_metadata(),
            Self::Ods(book) => book.sheets_metadata(),
        }
    }

    /// Merged cells; none when they cannot be read, and for ODS, the reader of which does not tell them.
    fn merges(&mut self, sheet: &str) -> Vec<Merge> {
        let found = match self {
            Self::Xlsx(book) => book.merge_cells_by_sheet_name(sheet).unwrap_or_default(),
            Self::Xls(book) => book.merge_cells_by_sheet_name(sheet).unwrap_or_default(),
            Self::Ods(_) => Vec::new(),
        };
        let merge = |cells: &Dimensions| Merge {
            lines: (u64::from(cells.start.0) + 1, u64::from(cells.end.0) + 1),
            columns: (cells.start.1 as usize, cells.end.1 as usize),
        };
        found.iter().map(merge).collect()
    }

    fn rows(&mut self, sheet: &str, assembler: &mut Assembler) -> Result<(), Stop> {
        match self {
            Self::Xlsx(book) => stream(book, sheet, assembler),
            Self::Xls(book) => {
                let range = guarded(|| book.worksheet_range(sheet).map_err(|error| of_xls(&error)))?;
                held(&range, assembler)
            }
            Self::Ods(book) => {
                let range = guarded(|| book.worksheet_range(sheet).map_err(|error| of_ods(&error)))?;
                held(&range, assembler)
            }
        }
    }
}

/// Reads a sheet cell by cell: far cells of an empty sheet would fill the memory otherwise.
fn stream(book: &mut Xlsx<Buffered>, sheet: &str, assembler: &mut Assembler) -> Result<(), Stop> {
    let mut cells = guarded(|| book.worksheet_cells_reader(sheet).map_err(|error| of_xlsx(&error)))?;
    let mut row = Gathered::default();
    while let Some(cell) = guarded(|| cells.next_cell().map_err(|error| of_xlsx(&error)))? {
        let (line, column) = cell.get_position();
        let value = Value::of_ref(cell.get_value());
        if row.line != u64::from(line) + 1 {
            if row.give(assembler)?.is_break() {
                return Ok(());
            }
            row.line = u64::from(line) + 1;
        }
        row.put(column as usize, value)?;
    }
    row.give(assembler).map(drop)
}

/// Gives the rows of a sheet held in memory.
fn held(range: &calamine::Range<Data>, assembler: &mut Assembler) -> Result<(), Stop> {
    let Some((top, left)) = range.start() else { return Ok(()) };
    for (position, cells) in range.rows().enumerate() {
        let mut row = Gathered { line: u64::from(top) + 1 + position as u64, ..Gathered::default() };
        for (column, cell) in cells.iter().enumerate() {
            row.put(left as usize + column, Value::of(cell))?;
        }
        if row.give(assembler)?.is_break() {
            return Ok(());
        }
    }
    Ok(())
}

/// A row being gathered from its cells.
#[derive(Default)]
struct Gathered {
    line: u64,
    cells: Vec<Cell>,
    errors: Vec<(usize, String)>,
}

impl Gathered {
    fn put(&mut self, column: usize, value: Value) -> Result<(), Stop> {
        if matches!(value, Value::Cell(Cell::Empty)) {
            return Ok(());
        }
        if column >= TABLE_COLUMNS {
            let most = catalogue::french::integer(TABLE_COLUMNS as u64);
            let fault = Fault::new(
                format!("la feuille dépasse {most} colonnes"),
                "retirez les cellules trop à droite",
            );
            return Err(Stop(Some(self.line), fault));
        }
        match value {
            Value::Error(error) => self.errors.push((column, error)),
            Value::Cell(cell) => {
                if self.cells.len() <= column {
                    self.cells.resize(column + 1, Cell::Empty);
                }
                self.cells[column] = cell;
            }
        }
        Ok(())
    }

    fn give(&mut self, assembler: &mut Assembler) -> Result<ControlFlow<()>, Stop> {
        let Self { line, cells, errors } = std::mem::take(self);
        assembler.row(RawRow { row: TableRow { line, cells }, errors })
    }
}

enum Value {
    Cell(Cell),
    Error(String),
}

impl Value {
    fn of(data: &Data) -> Self {
        Self::Cell(match data {
            Data::Error(error) => return Self::Error(error.to_string()),
            Data::Int(number) => Cell::Number(*number as f64),
            Data::Float(number) => Cell::Number(*number),
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
fn of_moment(moment: ExcelDateTime) -> Cell {
    let serial = moment.as_f64();
    if moment.is_duration() || serial < 1.0 {
        let minutes = (serial * 24.0 * 60.0).round();
        return Cell::Text(format!("{}:{:02}", (minutes / 60.0).trunc(), (minutes % 60.0).abs()));
    }
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    Cell::Day(i32::from(year), month, day)
}

/// « 2026-05-03 » and « 2026-05-03T09:00:00 », as ODS says them.
fn of_iso(text: &str) -> Cell {
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

fn of_xls(error: &XlsError) -> Fault {
    if matches!(error, XlsError::Password) { protected() } else { damaged() }
}

fn of_ods(error: &OdsError) -> Fault {
    match error {
        OdsError::Password => protected(),
        OdsError::CellLimitExceeded { .. } => {
            Fault::new("la feuille a trop de cellules", "enregistrez la table en CSV")
        }
        _ => damaged(),
    }
}
