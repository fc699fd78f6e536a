//! Sheets of OpenDocument (ODS), read as they come from the archive: a row at a time is held.
//! Source: OpenDocument 1.3, part 3, sections 9 (tables) and 6.1.2 (white space).
//! Absent: formulas (their last value is read), styles but for hidden sheets, what covered cells hide.

mod paragraphs;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufReader, Read};
use std::ops::ControlFlow;

use catalogue::french::integer;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::read::ZipFile;

use super::assembler::{Assembler, Flow, RawRow};
use super::header::Merge;
use super::hidden::{self, Hidden};
use super::kind::{damaged, protected};
use super::repeats::Repeats;
use super::shown::{Around, as_shown};
use super::workbook::{Aside, Gathered, Value, no_such_sheet, too_many_sheets};
use super::{Cell, Receiver, Request, Shape, TableRow, tidy, unreadable};
use crate::Stop;
use crate::issue::Fault;
use crate::lheo::bytes::Utf8;
use crate::lheo::text::character;
use crate::limits::{REPEATED_ROWS, SHEETS, TABLE_COLUMNS, XML_ATTRIBUTES};
use paragraphs::Paragraphs;

/// Longest manifest of an archive that is read, in bytes.
const MANIFEST_BYTES: u64 = 4 << 20;
/// Lines and columns after which a place is of no use.
const FAR: u64 = 1 << 40;

type Xml<'a> = Reader<Utf8<BufReader<ZipFile<'a, File>>>>;

pub(super) fn read<'a>(
    request: Request<'a>,
    sink: &mut Receiver<'a>,
    shapes: &mut Vec<Shape>,
) -> Result<(), Stop> {
    let file = File::open(request.path).map_err(|error| unreadable(&error))?;
    let mut zip = ZipArchive::new(file).map_err(|_| damaged())?;
    if is_protected(&mut zip) {
        return Err(protected().into());
    }
    let (hides_zeros, hidden_rows) = (hidden::hides_zeros(&mut zip), hidden::rows_of_ods(&mut zip));
    let content = zip.by_name("content.xml").map_err(|_| damaged())?;
    let mut xml = Reader::from_reader(Utf8::new(BufReader::new(content)));
    let config = xml.config_mut();
    config.expand_empty_elements = true;
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let book = Book {
        xml,
        buffer: Vec::new(),
        hidden: BTreeSet::new(),
        hidden_rows,
        hides_zeros,
        names: Vec::new(),
        repeats: Repeats::default(),
        ahead: None,
    };
    book.read(request, sink, shapes)
}

/// Whether the archive's list of parts says that they are encrypted.
fn is_protected(zip: &mut ZipArchive<File>) -> bool {
    let mut manifest = Vec::new();
    let Ok(part) = zip.by_name("META-INF/manifest.xml") else { return false };
    let read = part.take(MANIFEST_BYTES).read_to_end(&mut manifest);
    read.is_ok() && String::from_utf8_lossy(&manifest).contains("encryption-data")
}

/// A piece of the document that matters.
enum Piece {
    Start(Tag),
    End(String),
    Text(String),
}

/// A beginning mark.
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    fn of(start: &BytesStart) -> Self {
        let mut all = start.attributes();
        let read = all.with_checks(false).take(XML_ATTRIBUTES).filter_map(Result::ok);
        let attributes = read.map(|attribute| {
            let value = if attribute.value.contains('&') {
                unescaped(&attribute.value)
            } else {
                attribute.value.into_owned()
            };
            (attribute.key.as_ref().to_owned(), value)
        });
        Self { name: start.local_name().as_ref().to_owned(), attributes: attributes.collect() }
    }

    /// An attribute by its local name; the extension of LibreOffice repeats some, and is left out.
    fn get(&self, name: &str) -> Option<&str> {
        let is_it = |full: &str| {
            full.rsplit_once(':').map_or(full, |(_, local)| local) == name && !full.starts_with("calcext:")
        };
        self.attributes.iter().find(|(full, _)| is_it(full)).map(|(_, value)| value.as_str())
    }

    /// A count, 1 when it is absent or makes no sense.
    fn count(&self, name: &str) -> u64 {
        self.get(name).and_then(|count| count.trim().parse().ok()).unwrap_or(1).clamp(1, FAR)
    }

    fn is_error(&self) -> bool {
        self.attributes.iter().any(|(full, value)| full == "calcext:value-type" && value == "error")
    }
}

/// An attribute's text without its entities; those that are unknown are left out.
pub(super) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let Some((name, after)) = after.split_once(';') else {
            rest = after;
            continue;
        };
        out.push_str(&character(name).unwrap_or_default());
        rest = after;
    }
    out.push_str(rest);
    out
}

/// A workbook being read.
struct Book<'z> {
    xml: Xml<'z>,
    buffer: Vec<u8>,
    /// Styles of hidden sheets.
    hidden: BTreeSet<String>,
    /// How many rows of each sheet nobody sees.
    hidden_rows: BTreeMap<String, u64>,
    /// Whether zeros are not shown.
    hides_zeros: bool,
    /// Names of the sheets met.
    names: Vec<String>,
    /// Repetitions in the sheet being read.
    repeats: Repeats,
    /// A piece seen ahead.
    ahead: Option<Piece>,
}

impl Book<'_> {
    fn read<'a>(
        mut self,
        request: Request<'a>,
        sink: &mut Receiver<'a>,
        shapes: &mut Vec<Shape>,
    ) -> Result<(), Stop> {
        let wanted = request.options.sheet.as_deref();
        let mut aside = Aside::default();
        let mut style = String::new();
        while let Some(piece) = self.next()? {
            let Piece::Start(tag) = piece else { continue };
            match tag.name.as_str() {
                "style" => tag.get("name").unwrap_or_default().clone_into(&mut style),
                "table-properties" if tag.get("display") == Some("false") => {
                    self.hidden.insert(style.clone());
                }
                "table" => {
                    let name = tag.get("name").unwrap_or_default().to_owned();
                    self.names.push(name.clone());
                    if self.names.len() > SHEETS {
                        return Err(too_many_sheets().into());
                    }
                    let is_hidden = tag.get("style-name").is_some_and(|style| self.hidden.contains(style));
                    let is_wanted = wanted.is_none_or(|wanted| wanted == name);
                    let shape = is_wanted.then(|| aside.shape(&name, "classeur ODS", is_hidden, request));
                    let Some(mut shape) = shape.flatten() else {
                        self.skip()?;
                        continue;
                    };
                    if self.hides_zeros {
                        shape.reading.push(hidden::ZEROS.to_owned());
                    }
                    let mut hidden = self.hidden_columns()?;
                    hidden.hide_rows(self.hidden_rows.get(&name).copied().unwrap_or(0));
                    hidden.tell(&mut shape);
                    let known = shapes.len();
                    let assembler = Assembler::new(request, shape.clone(), Vec::new(), sink, shapes);
                    if let Err(stop) = self.sheet(assembler)? {
                        aside.fail(shapes.get(known).unwrap_or(&shape).clone(), stop);
                    }
                }
                "tracked-changes" | "named-expressions" | "dde-links" | "forms" => self.skip()?,
                _ => {}
            }
        }
        if let Some(name) = wanted.filter(|wanted| self.names.iter().all(|name| name != wanted)) {
            return Err(no_such_sheet(&self.names, name));
        }
        let is_alone = wanted.is_some() || self.names.len() == 1;
        aside.tell(request, is_alone, sink, shapes)
    }

    /// The next piece; none at the end of the document.
    fn next(&mut self) -> Result<Option<Piece>, Stop> {
        if let Some(piece) = self.ahead.take() {
            return Ok(Some(piece));
        }
        loop {
            self.buffer.clear();
            self.xml.get_mut().mark();
            let piece = match self.xml.read_event_into(&mut self.buffer) {
                Ok(Event::Start(start)) => Piece::Start(Tag::of(&start)),
                Ok(Event::End(end)) => Piece::End(end.local_name().as_ref().to_owned()),
                Ok(Event::Text(words)) => Piece::Text(words.xml10_content().into_owned()),
                Ok(Event::CData(words)) => Piece::Text(words.xml10_content().into_owned()),
                Ok(Event::GeneralRef(reference)) => {
                    Piece::Text(character(&reference.xml10_content()).unwrap_or_default())
                }
                Ok(Event::Eof) => return Ok(None),
                Ok(_) => continue,
                Err(_) => return Err(self.xml.get_mut().stop.take().unwrap_or_else(damaged).into()),
            };
            return Ok(Some(piece));
        }
    }

    /// The next piece inside something that must end.
    fn inside(&mut self) -> Result<Piece, Stop> {
        self.next()?.ok_or_else(|| damaged().into())
    }

    /// Passes over all that the element just begun holds.
    fn skip(&mut self) -> Result<(), Stop> {
        let mut depth = 1_u64;
        while depth > 0 {
            match self.inside()? {
                Piece::Start(_) => depth += 1,
                Piece::End(_) => depth -= 1,
                Piece::Text(_) => {}
            }
        }
        Ok(())
    }

    /// The columns of a sheet that nobody sees: they are said before its rows.
    fn hidden_columns(&mut self) -> Result<Hidden, Stop> {
        let mut hidden = Hidden::default();
        let (mut groups, mut column) = (0_u64, 0_u64);
        loop {
            let piece = self.inside()?;
            match &piece {
                Piece::Text(_) => {}
                Piece::End(_) if groups > 0 => groups -= 1,
                Piece::Start(tag) if tag.name == "table-column" => {
                    let last = column + tag.count("number-columns-repeated") - 1;
                    if matches!(tag.get("visibility"), Some("collapse" | "filter")) {
                        hidden.hide(place(column), place(last));
                    }
                    column = (last + 1).min(FAR);
                    self.skip()?;
                }
                Piece::Start(tag)
                    if matches!(
                        tag.name.as_str(),
                        "table-columns" | "table-column-group" | "table-header-columns"
                    ) =>
                {
                    groups += 1;
                }
                Piece::Start(tag)
                    if !tag.name.starts_with("table-row") && tag.name != "table-header-rows" =>
                {
                    self.skip()?
                }
                Piece::Start(_) | Piece::End(_) => {
                    self.ahead = Some(piece);
                    return Ok(hidden);
                }
            }
        }
    }

    /// Gives the rows of a sheet; the inner result is what stops the sheet alone.
    fn sheet(&mut self, mut assembler: Assembler) -> Result<Result<(), Stop>, Stop> {
        let mut line = 1_u64;
        self.repeats = Repeats::default();
        // Groups of rows are elements around them.
        let mut depth = 1_u64;
        while depth > 0 {
            let tag = match self.inside()? {
                Piece::Start(tag) => tag,
                Piece::End(_) => {
                    depth -= 1;
                    continue;
                }
                Piece::Text(_) => continue,
            };
            match tag.name.as_str() {
                "table-row" => {
                    let times = tag.count("number-rows-repeated");
                    let row = self.row(line, &mut assembler)?;
                    match give(row, times, &mut self.repeats, &mut assembler) {
                        Ok(ControlFlow::Continue(())) => line += times.min(FAR),
                        Ok(ControlFlow::Break(())) => {
                            self.leave(depth)?;
                            return Ok(Ok(()));
                        }
                        Err(stop) => {
                            self.leave(depth)?;
                            return Ok(Err(stop));
                        }
                    }
                }
                "table-rows" | "table-row-group" | "table-header-rows" => depth += 1,
                _ => self.skip()?,
            }
        }
        Ok(assembler.finish())
    }

    /// Passes over the rest of a sheet.
    fn leave(&mut self, depth: u64) -> Result<(), Stop> {
        (0..depth).try_for_each(|_| self.skip())
    }

    fn row(&mut self, line: u64, assembler: &mut Assembler) -> Result<Gathered, Stop> {
        let mut row = Gathered::at(line);
        let mut column = 0_u64;
        loop {
            let tag = match self.inside()? {
                Piece::Start(tag) => tag,
                Piece::End(_) => return Ok(row),
                Piece::Text(_) => continue,
            };
            let is_covered = tag.name == "covered-table-cell";
            if !is_covered && tag.name != "table-cell" {
                self.skip()?;
                continue;
            }
            let times = tag.count("number-columns-repeated");
            let value = self.cell(&tag)?;
            let spans = (tag.count("number-rows-spanned"), tag.count("number-columns-spanned"));
            if spans != (1, 1) {
                assembler.merge(Merge {
                    lines: (line, line + spans.0 - 1),
                    columns: (place(column), place(column + spans.1 - 1)),
                });
            }
            let is_blank = is_covered || matches!(value, Value::Cell(Cell::Empty));
            if !is_blank {
                // One cell past the limit is enough to tell that there are some.
                self.repeats.written += 1;
                let last = (column + times).min(TABLE_COLUMNS as u64 + 1).max(column + 1);
                self.repeats.copies += last - column - 1;
                (column..last).for_each(|column| row.put(place(column), value.clone()));
            }
            column = (column + times).min(FAR);
        }
    }

    /// What a cell holds: its typed value, else its paragraphs.
    fn cell(&mut self, tag: &Tag) -> Result<Value, Stop> {
        let mut text = Paragraphs::default();
        let mut depth = 1_u64;
        while depth > 0 {
            match self.inside()? {
                Piece::Start(inner) => match inner.name.as_str() {
                    "p" | "h" => {
                        text.begin();
                        depth += 1;
                    }
                    "s" => {
                        text.spaces(inner.count("c"));
                        depth += 1;
                    }
                    "tab" => {
                        text.sign('\t');
                        depth += 1;
                    }
                    "line-break" => {
                        text.sign('\n');
                        depth += 1;
                    }
                    // Notes, drawings, tables inside a cell.
                    "annotation" | "frame" | "table" | "custom-shape" | "g" | "control" => self.skip()?,
                    _ => depth += 1,
                },
                Piece::End(name) => {
                    depth -= 1;
                    if name == "p" || name == "h" {
                        text.end();
                    }
                }
                Piece::Text(words) => text.words(&words),
            }
        }
        // A zero may be hidden in all sheets, or by a format that shows nothing of it.
        let is_hidden = self.hides_zeros || text.is_blank();
        let is_zero = || tag.get("value").is_some_and(|value| value.trim().parse() == Ok(0.0));
        Ok(if is_hidden && is_zero() { Value::Cell(Cell::Empty) } else { value(tag, text.text) })
    }
}

fn place(column: u64) -> usize {
    usize::try_from(column).unwrap_or(usize::MAX)
}

/// Gives a row as many times as it is repeated, within the limit.
fn give(row: Gathered, times: u64, repeats: &mut Repeats, assembler: &mut Assembler) -> Flow {
    let line = row.line;
    let RawRow { row: TableRow { cells, .. }, errors } = row.end(assembler);
    let is_blank = errors.is_empty() && cells.iter().all(Cell::is_empty);
    if is_blank {
        return Ok(ControlFlow::Continue(()));
    }
    let given = times.min(1 + REPEATED_ROWS.saturating_sub(repeats.rows));
    repeats.rows += given - 1;
    repeats.copies += (given - 1) * cells.iter().filter(|cell| !cell.is_empty()).count() as u64;
    if repeats.are_too_many() {
        return Err(Stop(Some(line), Repeats::fault()));
    }
    for at in 0..given {
        let row = TableRow::new(line + at, cells.clone());
        if assembler.row(RawRow { row, errors: errors.clone() })?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    if given < times {
        let most = integer(REPEATED_ROWS);
        let message =
            format!("la ligne est répétée {} fois, et la feuille en répète plus de {most}", integer(times));
        let remedy = "effacez les lignes répétées jusqu’au bas de la feuille";
        assembler.fault(line, Fault::new(message, remedy));
    }
    Ok(ControlFlow::Continue(()))
}

/// The value that a cell's attributes and text say.
fn value(tag: &Tag, text: String) -> Value {
    let is_number = matches!(tag.get("value-type"), Some("float" | "percentage" | "currency"));
    if tag.is_error() || (is_number && super::flaw::is_error(&text)) {
        return Value::Error(text);
    }
    if text.is_empty() && tag.get("formula").is_some() && tag.get("value-type").is_none() {
        return Value::Uncomputed;
    }
    let said = |name| tag.get(name).filter(|value: &&str| !value.is_empty());
    let number = || {
        let number = said("value")?.trim().parse::<f64>().ok()?;
        number.is_finite().then_some(number)
    };
    let cell = match tag.get("value-type") {
        Some("percentage") => number().map(|number| Around::percent().cell(number)),
        Some("float" | "currency") => number().map(|number| match as_shown(number, &text) {
            Cell::Number(number) => {
                let currency = tag.get("currency").and_then(Around::currency);
                currency.map_or(Cell::Number(tidy(number)), |currency| currency.cell(number))
            }
            shown => shown,
        }),
        Some("boolean") => said("boolean-value").map(|value| Cell::Truth(value == "true")),
        Some("date") => said("date-value").map(super::workbook::of_iso),
        Some("time") => said("time-value").map(|value| Cell::text(hours(value))),
        _ => said("string-value").filter(|_| text.is_empty()).map(|value| Cell::text(value.to_owned())),
    };
    Value::Cell(cell.unwrap_or_else(|| Cell::text(text)))
}

/// « PT14H30M00S » as « 14:30 », as the other workbooks say it; as it is when it is something else.
fn hours(text: &str) -> String {
    let told = || {
        let (hours, rest) = text.strip_prefix("PT")?.split_once('H')?;
        let (minutes, _) = rest.split_once('M')?;
        let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
        Some(format!("{hours}:{minutes:02}"))
    };
    told().unwrap_or_else(|| text.to_owned())
}
