//! The records of a workbook of Excel 97 (BIFF8) or 95 (BIFF5), one after the other: texts shared between cells
//! first, then each sheet. Source: [MS-XLS], section 2.4. Absent: the file around them (see `old`).

use std::borrow::Cow;

use calamine::{ExcelDateTime, ExcelDateTimeType};
use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};

use super::super::assembler::Assembler;
use super::super::header::Merge;
use super::super::hidden::{Hidden, ZEROS};
use super::super::kind::{damaged, protected};
use super::super::shown::{Around, Shown as Format};
use super::super::workbook::{Aside, Gathered, Value, no_such_sheet, of_moment};
use super::super::{Cell, Receiver, Request, Shape, tidy};
use super::{long, short};
use crate::Stop;
use crate::issue::Fault;
use crate::limits::{MERGES, SHARED_TEXTS, SHEETS};

mod texts;

/// Kinds of records.
const BEGIN: u16 = 0x0809;
const END: u16 = 0x000a;
const CONTINUE: u16 = 0x003c;
/// How a sheet is shown.
const WINDOW: u16 = 0x023e;

/// A record: its kind and what it holds.
struct Record<'a> {
    kind: u16,
    data: &'a [u8],
    /// What follows it.
    rest: &'a [u8],
}

/// The first record of a part of the stream; none at its end.
fn first(stream: &[u8]) -> Result<Option<Record<'_>>, Fault> {
    let Some(kind) = short(stream, 0) else { return Ok(None) };
    let length = usize::from(short(stream, 2).ok_or_else(damaged)?);
    let data = stream.get(4..4 + length).ok_or_else(damaged)?;
    Ok(Some(Record { kind, data, rest: &stream[4 + length..] }))
}

/// A sheet announced by the workbook.
struct Announced {
    start: usize,
    name: String,
    is_hidden: bool,
}

/// How a number is shown.
#[derive(Clone, PartialEq)]
enum Shown {
    Number,
    Day,
    Span,
    /// With these words.
    Within(Around),
    /// As a format written in full shows it.
    As(Format),
}

/// What holds for all sheets.
struct Globals {
    is_old: bool,
    encoding: &'static Encoding,
    is_1904: bool,
    sheets: Vec<Announced>,
    texts: Vec<String>,
    /// By style of cell.
    shown: Vec<Shown>,
    /// Whether some sheet does not show its zeros.
    hides_zeros: bool,
}

pub(super) fn read<'a>(
    stream: &[u8],
    request: Request<'a>,
    sink: &mut Receiver<'a>,
    shapes: &mut Vec<Shape>,
) -> Result<(), Stop> {
    let mut globals = Globals::of(stream)?;
    let of = |sheet: &Announced| stream.get(sheet.start..).unwrap_or_default();
    globals.hides_zeros = globals.sheets.iter().any(|sheet| hides_zeros(of(sheet)));
    let wanted = request.options.sheet.as_deref();
    if let Some(name) = wanted.filter(|name| globals.sheets.iter().all(|sheet| sheet.name != *name)) {
        let names: Vec<String> = globals.sheets.iter().map(|sheet| sheet.name.clone()).collect();
        return Err(no_such_sheet(&names, name));
    }
    let mut aside = Aside::default();
    for sheet in globals.sheets.iter().filter(|sheet| wanted.is_none_or(|name| sheet.name == name)) {
        let shape = aside.shape(&sheet.name, "classeur XLS", sheet.is_hidden, request);
        let Some(mut shape) = shape else { continue };
        let known = shapes.len();
        let records = of(sheet);
        if globals.hides_zeros {
            shape.reading.push(ZEROS.to_owned());
        }
        let (merges, hidden) = layout(records).unwrap_or_default();
        hidden.tell(&mut shape);
        let mut assembler = Assembler::new(request, shape.clone(), merges, sink, shapes);
        let read = globals.rows(records, &mut assembler);
        if let Err(stop) = read.and_then(|()| assembler.finish()) {
            aside.fail(shapes.get(known).unwrap_or(&shape).clone(), stop);
        }
    }
    let is_alone = wanted.is_some() || globals.sheets.len() == 1;
    aside.tell(request, is_alone, sink, shapes)
}

/// Calls for each record of a sheet, charts inside it left out, until its end or that of the calls.
fn each<'a>(
    mut stream: &'a [u8],
    take: &mut dyn FnMut(&Record<'a>) -> Result<bool, Stop>,
) -> Result<(), Stop> {
    let mut depth = 0_usize;
    while let Some(record) = first(stream).map_err(in_sheet)? {
        stream = record.rest;
        match record.kind {
            BEGIN => depth += 1,
            END if depth <= 1 => return Ok(()),
            END => depth -= 1,
            _ if depth > 1 => {}
            _ => {
                if !take(&record)? {
                    return Ok(());
                }
            }
        }
    }
    Err(in_sheet(damaged()).into())
}

fn in_sheet(fault: Fault) -> Fault {
    super::super::workbook::in_sheet(fault)
}

/// The merged cells of a sheet, which are written after its cells, and what is hidden in it.
fn layout(records: &[u8]) -> Result<(Vec<Merge>, Hidden), Stop> {
    let (mut merges, mut hidden) = (Vec::new(), Hidden::default());
    each(records, &mut |record| {
        let number = |place: usize| usize::from(short(record.data, place).unwrap_or_default());
        if record.kind == 0x007d && number(8) & 1 == 1 {
            // Columns hidden up to the last one of the form hold nothing.
            let last = if number(2) < 255 { number(2) } else { usize::MAX };
            hidden.hide(number(0), last);
        }
        // A row with cells.
        if record.kind == 0x0208 && number(2) < number(4) && number(12) & 0x20 != 0 {
            hidden.hide_rows(1);
        }
        if record.kind == 0x00e5 {
            for range in record.data.get(2..).unwrap_or_default().as_chunks::<8>().0 {
                let at = |place: usize| short(range, place).unwrap_or_default();
                merges.push(Merge {
                    lines: (u64::from(at(0)) + 1, u64::from(at(2)) + 1),
                    columns: (usize::from(at(4)), usize::from(at(6))),
                });
            }
        }
        Ok(merges.len() < MERGES)
    })?;
    Ok((merges, hidden))
}

/// Whether a sheet shows nothing where a cell is zero.
fn hides_zeros(records: &[u8]) -> bool {
    let mut hides = false;
    let read = each(records, &mut |record| {
        hides |= record.kind == WINDOW && short(record.data, 0).is_some_and(|flags| flags & 0x10 == 0);
        Ok(record.kind != WINDOW)
    });
    read.is_ok() && hides
}

impl Globals {
    fn of(stream: &[u8]) -> Result<Self, Fault> {
        let mut globals = Self {
            is_old: false,
            encoding: WINDOWS_1252,
            is_1904: false,
            sheets: Vec::new(),
            texts: Vec::new(),
            shown: Vec::new(),
            hides_zeros: false,
        };
        let (mut formats, mut styles) = (std::collections::BTreeMap::new(), Vec::new());
        let mut rest = stream;
        while let Some(record) = first(rest)? {
            rest = record.rest;
            let data = record.data;
            let at = |place: usize| short(data, place).ok_or_else(damaged);
            match record.kind {
                BEGIN => globals.is_old = at(0)? != 0x0600,
                0x002f => return Err(protected()),
                0x0042 => globals.encoding = encoding(at(0)?),
                0x0022 => globals.is_1904 = at(0)? == 1,
                0x041e => drop(formats.insert(at(0)?, globals.format(data, at(0)?).unwrap_or(Shown::Number))),
                0x00e0 => styles.push(at(2)?),
                0x0085 => globals.announce(data)?,
                0x00fc => globals.texts = texts::shared(data, rest)?,
                END => break,
                _ => {}
            }
        }
        globals.shown = styles
            .iter()
            .map(|style| formats.get(style).cloned().unwrap_or_else(|| builtin(*style)))
            .collect();
        Ok(globals)
    }

    fn announce(&mut self, data: &[u8]) -> Result<(), Fault> {
        let start = usize::try_from(long(data, 0).ok_or_else(damaged)?).map_err(|_| damaged())?;
        let (state, kind) = (*data.get(4).ok_or_else(damaged)?, *data.get(5).ok_or_else(damaged)?);
        let length = usize::from(*data.get(6).ok_or_else(damaged)?);
        let name = self.text(data.get(7..).unwrap_or_default(), length).ok_or_else(damaged)?;
        // Sheets of macros and of graphics hold no table.
        if kind == 0 && self.sheets.len() < SHEETS {
            let name = name.replace('\0', "");
            self.sheets.push(Announced { start, name, is_hidden: state & 3 != 0 });
        }
        Ok(())
    }

    /// A text of so many characters, its form first.
    fn text(&self, data: &[u8], length: usize) -> Option<String> {
        if self.is_old {
            return Some(self.encoding.decode_without_bom_handling(data.get(..length)?).0.into_owned());
        }
        let (form, letters) = data.split_first()?;
        texts::decoded(letters, length, form & 1 == 1)
    }

    /// A text with its length first.
    fn long_text(&self, data: &[u8]) -> Option<String> {
        self.text(data.get(2..)?, usize::from(short(data, 0)?))
    }

    fn format(&self, data: &[u8], number: u16) -> Option<Shown> {
        let words = match self.is_old {
            true => self.text(data.get(3..)?, usize::from(*data.get(2)?))?,
            false => self.long_text(data.get(2..)?)?,
        };
        let shown = of_format(&words);
        // The formats under 164 are those of whoever opens the workbook.
        let around = || Format::of(&words, number < 164).map_or(Shown::Number, Shown::As);
        Some(if shown == Shown::Number { around() } else { shown })
    }

    fn rows(&self, records: &[u8], assembler: &mut Assembler) -> Result<(), Stop> {
        let mut row = Gathered::at(0);
        // Where the text of a formula goes.
        let mut awaited = None;
        let mut is_over = false;
        each(records, &mut |record| {
            let data = record.data;
            if record.kind == 0x0207 {
                if let (Some(column), Some(text)) = (awaited.take(), self.long_text(data)) {
                    row.put(column, Value::Cell(Cell::text(text)));
                }
                return Ok(true);
            }
            if !matches!(record.kind, 0x0203 | 0x0204 | 0x00d6 | 0x0205 | 0x027e | 0x00fd | 0x00bd | 0x0006) {
                return Ok(true);
            }
            let (Some(line), Some(column)) = (short(data, 0), short(data, 2)) else { return Ok(true) };
            let (line, column) = (u64::from(line) + 1, usize::from(column));
            if row.line != line {
                let given = std::mem::replace(&mut row, Gathered::at(line)).end(assembler);
                is_over = assembler.row(given)?.is_break();
                if is_over {
                    return Ok(false);
                }
            }
            match record.kind {
                0x00bd => {
                    let numbers = data.get(4..data.len() - 2).unwrap_or_default().as_chunks::<6>().0;
                    for (column, number) in (column..).zip(numbers) {
                        row.put(column, self.compact(number).unwrap_or(Value::Cell(Cell::Empty)));
                    }
                }
                0x0006 if short(data, 12) == Some(0xffff) => {
                    awaited = (data.get(6) == Some(&0)).then_some(column);
                    row.put(column, of_formula(data).unwrap_or(Value::Cell(Cell::Empty)));
                }
                kind => row.put(column, self.value(kind, data).unwrap_or(Value::Cell(Cell::Empty))),
            }
            Ok(true)
        })?;
        if !is_over {
            let given = row.end(assembler);
            let _ = assembler.row(given)?;
        }
        Ok(())
    }

    /// What a cell of one record holds.
    fn value(&self, kind: u16, data: &[u8]) -> Option<Value> {
        match kind {
            0x0203 | 0x0006 => {
                let bytes = data.get(6..14)?.try_into().ok()?;
                Some(self.number(short(data, 4)?, f64::from_le_bytes(bytes)))
            }
            0x027e => self.compact(data.get(4..10)?),
            0x00fd => {
                let text = self.texts.get(usize::try_from(long(data, 6)?).ok()?)?;
                Some(Value::Cell(Cell::text(text.clone())))
            }
            0x0205 if data.get(7)? == &1 => Some(Value::Error(error(*data.get(6)?).to_owned())),
            0x0205 => Some(Value::Cell(Cell::Truth(*data.get(6)? != 0))),
            _ => Some(Value::Cell(Cell::text(self.long_text(data.get(6..)?)?))),
        }
    }

    /// A number in four bytes, after its style.
    fn compact(&self, data: &[u8]) -> Option<Value> {
        let bits = long(data, 2)?;
        let number = match bits & 2 {
            0 => f64::from_bits(u64::from(bits & !3) << 32),
            _ => f64::from((bits as i32) >> 2),
        };
        Some(self.number(short(data, 0)?, if bits & 1 == 1 { number / 100.0 } else { number }))
    }

    fn number(&self, style: u16, number: f64) -> Value {
        if self.hides_zeros && number == 0.0 {
            return Value::Cell(Cell::Empty);
        }
        let kind = match self.shown.get(usize::from(style)) {
            Some(Shown::Day) => ExcelDateTimeType::DateTime,
            Some(Shown::Span) => ExcelDateTimeType::TimeDelta,
            Some(Shown::Within(around)) if number.is_finite() => return Value::Cell(around.cell(number)),
            Some(Shown::As(format)) if number.is_finite() => return Value::Cell(format.cell(number)),
            _ if number.is_finite() => return Value::Cell(Cell::Number(tidy(number))),
            _ => return Value::Cell(Cell::Empty),
        };
        Value::Cell(of_moment(ExcelDateTime::new(number, kind, self.is_1904)))
    }
}

/// The value of a formula that is no number; its text is in the next record.
fn of_formula(data: &[u8]) -> Option<Value> {
    match data.get(6)? {
        1 => Some(Value::Cell(Cell::Truth(*data.get(8)? != 0))),
        2 => Some(Value::Error(error(*data.get(8)?).to_owned())),
        _ => None,
    }
}

fn error(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}

/// The encoding of a code page of Windows; those of other scripts are read as Western.
fn encoding(page: u16) -> &'static Encoding {
    let label: Cow<'static, str> = match page {
        10_000 | 32_768 => return MACINTOSH,
        1_250..=1_258 => format!("windows-{page}").into(),
        _ => return WINDOWS_1252,
    };
    Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252)
}

/// How the formats of every workbook show numbers.
fn builtin(format: u16) -> Shown {
    match format {
        14..=22 | 27..=36 | 45 | 47 | 50..=58 => Shown::Day,
        46 => Shown::Span,
        9 | 10 => Shown::Within(Around::percent()),
        _ => Shown::Number,
    }
}

/// How a format written in full shows numbers: letters of days and hours outside quotes and brackets.
fn of_format(format: &str) -> Shown {
    let (mut is_quoted, mut is_escaped, mut bracket) = (false, false, None::<String>);
    // What is after a semicolon is for other numbers.
    for sign in format.split(';').next().unwrap_or_default().chars().flat_map(char::to_lowercase) {
        if std::mem::take(&mut is_escaped) {
            continue;
        }
        match (sign, &mut bracket) {
            ('"', _) => is_quoted = !is_quoted,
            _ if is_quoted => {}
            (']', Some(inside)) => {
                if !inside.is_empty() && inside.chars().all(|c| "hms".contains(c)) {
                    return Shown::Span;
                }
                bracket = None;
            }
            (_, Some(inside)) => inside.push(sign),
            ('[', None) => bracket = Some(String::new()),
            ('\\' | '_' | '*', None) => is_escaped = true,
            ('d' | 'm' | 'y' | 'h' | 's' | 'j' | 'a', None) => return Shown::Day,
            ('g' | 'e' | '0' | '#' | '?' | '@', None) => return Shown::Number,
            _ => {}
        }
    }
    Shown::Number
}

/// What to say of a table of texts that nobody would write.
fn too_many_texts() -> Fault {
    let most = catalogue::french::integer(SHARED_TEXTS);
    Fault::new(format!("le classeur a plus de {most} textes différents"), "enregistrez la table en CSV")
}
