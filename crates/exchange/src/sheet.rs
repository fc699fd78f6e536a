//! CSV: a table with our own columns, read with `,` or `;`, written as a French spreadsheet opens
//! it (byte order mark, `;`, decimal commas, CRLF).
//! Absent: what cells mean (see `cells`), quotes (see `records`), columns that are not there (see `absent`),
//! tables of other shapes.

mod absent;
pub(crate) mod cells;
pub(crate) mod records;

pub use cells::without_apostrophe;

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};

use catalogue::RawTraining;
use catalogue::french::{NARROW, integer, quoted};

use crate::fields::{nearest, too_long, unknown};
use crate::issue::Fault;
use crate::limits::{COLUMNS as MOST_COLUMNS, VALUE_BYTES};
use crate::lines::{Line, Lines};
use crate::table::Cell;
use crate::{Sink, Stop};

pub use absent::{Absent, REFUSED_COLUMN, is_ours};
use records::{Record, Records};

/// The columns, in the order in which they are written.
pub const COLUMNS: [&str; 23] = [
    "id",
    "kind",
    "title",
    "provider",
    "provider_kind",
    "url",
    "language",
    "formats",
    "duration_hours",
    "price_eur",
    "city",
    "nature",
    "public_sector_only",
    "audiences",
    "objectives",
    "themes",
    "competences",
    "prerequisites",
    "summary",
    "source.address",
    "source.seen",
    "stated",
    "sources",
];

/// The columns that a new training must have; a table that only corrects trainings in place may lack all but
/// the first.
pub const COMPULSORY: [&str; 5] = ["id", "kind", "title", "provider", "source.address"];

/// The meaning of the columns of a table.
pub(crate) struct Header {
    /// The place in [`COLUMNS`] of each column; nothing for a column that is left out.
    pub(crate) places: Vec<Option<usize>>,
    /// What the table lacks.
    pub(crate) absent: Absent,
}

pub(crate) fn read(lines: &mut Lines<impl BufRead>, sink: &mut Sink) -> Result<(), Stop> {
    let (mut records, header) = begun(lines, sink)?;
    sink.absent = header.absent;
    while let Some(record) = records.next(sink)? {
        if record.cells.iter().any(|cell| !cell.trim().is_empty()) {
            sink.row(record.line, training(&record, &header.places))?;
        }
    }
    Ok(())
}

/// The columns that a CSV table of ours lacks, by its first line alone; none when it cannot be read, as reading it
/// whole then tells.
pub fn absent_columns(reader: impl BufRead) -> Absent {
    let mut unheard = |_| {};
    let mut sink = Sink { name: "", rows: 0, absent: Absent::default(), sink: &mut unheard };
    begun(&mut Lines::new(reader), &mut sink).map_or_else(|_| Absent::default(), |(_, header)| header.absent)
}

/// The records that follow the header, and what it says.
fn begun<'a, R: BufRead>(lines: &'a mut Lines<R>, sink: &mut Sink) -> Result<(Records<'a, R>, Header), Stop> {
    let Some(first) = first_line(lines)? else {
        let remedy = "écrivez en première ligne les noms des colonnes";
        return Err((1, Fault::new("le fichier est vide", remedy)).into());
    };
    let line = first.number;
    if first.is_too_long {
        return Err((line, Line::too_long()).into());
    }
    if first.text.trim_end().contains('\r') {
        let remedy = "enregistrez-le en CSV UTF-8 depuis un tableur";
        return Err((line, Fault::new("les fins de ligne sont celles d’un ancien Mac", remedy)).into());
    }
    let separator = separator(&first.text);
    lines.replay(std::iter::once(first));
    let mut records = Records::new(lines, separator);
    let header = records.next(sink)?.filter(|header| header.line == line);
    let Some(header) = header else {
        return Err(
            (line, Fault::new("les noms des colonnes sont illisibles", "corrigez cette ligne")).into()
        );
    };
    let header = columns(header.line, &header.cells, sink)?;
    Ok((records, header))
}

pub(crate) fn write(
    writer: &mut impl Write,
    rows: impl Iterator<Item = impl Borrow<RawTraining>>,
) -> io::Result<()> {
    writer.write_all("\u{feff}".as_bytes())?;
    write_record(writer, COLUMNS.map(str::to_owned).as_slice())?;
    for row in rows {
        write_record(writer, &cells_of(row.borrow()).each_ref().map(in_french))?;
    }
    Ok(())
}

fn first_line(lines: &mut Lines<impl BufRead>) -> Result<Option<Line>, Stop> {
    while let Some(line) = lines.next()? {
        if line.is_too_long || !line.text.trim().is_empty() {
            return Ok(Some(line));
        }
    }
    Ok(None)
}

/// The separator under which the header has the most columns of ours, then the most columns.
fn separator(header: &str) -> char {
    let known = |separator: &char| {
        let cells = records::split(header, *separator).unwrap_or_default();
        (cells.iter().filter(|cell| COLUMNS.contains(&name(cell).as_str())).count(), cells.len())
    };
    if known(&',') > known(&';') { ',' } else { ';' }
}

fn name(cell: &str) -> String {
    cell.trim().to_lowercase()
}

/// What the names of a table's columns mean; all but `id` may be absent.
pub(crate) fn columns(line: u64, header: &[String], sink: &mut Sink) -> Result<Header, Stop> {
    let stop = |fault: Fault| Err(Stop(Some(line), fault));
    if header.len() > MOST_COLUMNS {
        let message = format!("la table compte {} colonnes", integer(header.len() as u64));
        return stop(Fault::new(message, format!("gardez-en {MOST_COLUMNS} au plus")));
    }
    let names: Vec<String> = header.iter().map(|cell| name(cell)).collect();
    let absent = Absent::of(&names);
    let unused: Vec<&str> = absent.columns().collect();
    let mut places = Vec::with_capacity(names.len());
    for name in &names {
        let place = COLUMNS.iter().position(|column| column == name);
        if place.is_some() && places.contains(&place) {
            let fault = Fault::new("la colonne est écrite deux fois", "gardez-en une seule");
            return stop(fault.column(name));
        }
        if place.is_none() && !name.is_empty() && name != REFUSED_COLUMN {
            let fault = unknown("la colonne", name, &COLUMNS);
            // Left out, what is written in the column that was meant would be lost.
            if nearest(name, &unused).is_some() {
                return stop(fault);
            }
            sink.fault(Some(line), fault);
        }
        places.push(place);
    }
    if !absent.has("id") {
        return Ok(Header { places, absent });
    }
    let remedy = format!(
        "ajoutez-la, avec les identifiants de l’export{NARROW}; les colonnes connues sont {}",
        COLUMNS.join(", ")
    );
    stop(Fault::new(format!("la colonne {} manque", quoted("id")), remedy))
}

fn training(record: &Record, columns: &[Option<usize>]) -> Result<RawTraining, Vec<Fault>> {
    let extra = record.cells.iter().skip(columns.len()).any(|cell| !cell.trim().is_empty());
    if record.cells.len() < columns.len() || extra {
        let message = format!("la ligne compte {} cellules au lieu de {}", record.cells.len(), columns.len());
        let remedy = "vérifiez les séparateurs, et mettez entre guillemets les cellules qui en contiennent";
        return Err(vec![Fault::new(message, remedy)]);
    }
    let texts = record.cells.iter().zip(columns).map(|(cell, place)| (*place, cells::unprotect(cell)));
    filled(texts)
}

/// The training that typed cells state: those of a workbook of ours.
pub(crate) fn of_typed(typed: &[Cell], columns: &[Option<usize>]) -> Result<RawTraining, Vec<Fault>> {
    let is_number = |place: &Option<usize>| {
        matches!(place.map(|place| COLUMNS[place]), Some("duration_hours" | "price_eur"))
    };
    let texts = typed.iter().zip(columns).map(|(cell, place)| match cell {
        Cell::Number(number) if is_number(place) => Some(cells::from_number(*number)),
        // As it is: an apostrophe keeps the spaces after it.
        Cell::Text(text) => Some(text.clone()),
        other => other.to_text("|"),
    });
    let texts: Vec<Option<String>> = texts.collect();
    let texts = texts.iter().map(|text| text.as_deref().and_then(cells::unprotect));
    filled(columns.iter().copied().zip(texts))
}

/// Fills a training from the texts of its columns; a column that is not ours has no place.
fn filled<'a>(
    texts: impl Iterator<Item = (Option<usize>, Option<&'a str>)>,
) -> Result<RawTraining, Vec<Fault>> {
    let mut raw = RawTraining::default();
    let mut faults = Vec::new();
    for (place, text) in texts {
        let (Some(place), Some(text)) = (place, text) else { continue };
        let read =
            if text.len() > VALUE_BYTES { Err(too_long(text)) } else { fill(&mut raw, COLUMNS[place], text) };
        if let Err(fault) = read {
            faults.push(fault.column(COLUMNS[place]));
        }
    }
    if faults.is_empty() { Ok(raw) } else { Err(faults) }
}

fn fill(raw: &mut RawTraining, column: &str, text: &str) -> Result<(), Fault> {
    match column {
        "id" => text.clone_into(&mut raw.id),
        "kind" => text.clone_into(&mut raw.kind),
        "title" => text.clone_into(&mut raw.title),
        "provider" => text.clone_into(&mut raw.provider),
        "provider_kind" => text.clone_into(&mut raw.provider_kind),
        "url" => raw.url = Some(text.to_owned()),
        "language" => raw.language = Some(text.to_owned()),
        "formats" => raw.formats = cells::list(text),
        "duration_hours" => raw.duration_hours = Some(cells::number(text)?),
        "price_eur" => raw.price_eur = Some(cells::number(text)?),
        "city" => raw.city = Some(text.to_owned()),
        "nature" => raw.nature = Some(text.to_owned()),
        "public_sector_only" => raw.public_sector_only = Some(cells::boolean(text)?),
        "audiences" => raw.audiences = cells::list(text),
        "objectives" => raw.objectives = cells::list(text),
        "themes" => raw.themes = cells::list(text),
        "competences" => raw.competences = cells::levels(text)?,
        "prerequisites" => raw.prerequisites = cells::levels(text)?,
        "summary" => text.clone_into(&mut raw.summary),
        "source.address" => text.clone_into(&mut raw.source.address),
        "source.seen" => raw.source.seen = Some(text.to_owned()),
        "stated" => raw.stated = cells::statements(text)?,
        _ => raw.sources = cells::sources(text)?,
    }
    Ok(())
}

/// The cells of a training, in the order of [`COLUMNS`]; texts are not protected. An empty cell is unknown,
/// an empty text is a text.
pub(crate) fn cells_of(raw: &RawTraining) -> [Cell; COLUMNS.len()] {
    let text = |text: &String| Cell::Text(text.clone());
    let unless = |is_empty: bool, text: String| if is_empty { Cell::Empty } else { Cell::Text(text) };
    let optional = |text: &Option<String>| text.clone().map_or(Cell::Empty, Cell::Text);
    let number = |number: Option<f64>| number.map_or(Cell::Empty, Cell::Number);
    let items = |items: &Vec<String>| unless(items.is_empty(), cells::from_list(items));
    let levels = |map: &BTreeMap<String, u8>| unless(map.is_empty(), cells::from_levels(map));
    [
        text(&raw.id),
        text(&raw.kind),
        text(&raw.title),
        text(&raw.provider),
        unless(raw.provider_kind.is_empty(), raw.provider_kind.clone()),
        optional(&raw.url),
        optional(&raw.language),
        items(&raw.formats),
        number(raw.duration_hours),
        number(raw.price_eur),
        optional(&raw.city),
        optional(&raw.nature),
        raw.public_sector_only.map_or(Cell::Empty, Cell::Truth),
        items(&raw.audiences),
        items(&raw.objectives),
        items(&raw.themes),
        levels(&raw.competences),
        levels(&raw.prerequisites),
        unless(raw.summary.is_empty(), raw.summary.clone()),
        text(&raw.source.address),
        optional(&raw.source.seen),
        unless(raw.stated.is_empty(), cells::from_statements(&raw.stated)),
        unless(raw.sources.is_empty(), cells::from_sources(&raw.sources)),
    ]
}

/// A cell as a French spreadsheet opens it.
fn in_french(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Number(number) => cells::protect(&cells::from_number(*number)),
        Cell::Text(text) => cells::protect(text),
        other => other.to_text("|").unwrap_or_default(),
    }
}

/// A cell as programs read it, with a decimal point and `true` or `false`.
fn for_programs(cell: &Cell) -> String {
    match cell {
        Cell::Number(number) => cells::from_number(*number).replace(',', "."),
        Cell::Truth(truth) => truth.to_string(),
        other => in_french(other),
    }
}

/// Writes a line of one of the tables that programs read: commas, CRLF (RFC 4180).
pub(crate) fn write_open_record(writer: &mut impl Write, cells: &[Cell]) -> io::Result<()> {
    let texts: Vec<String> = cells.iter().map(for_programs).collect();
    write_separated(writer, &texts, b',')
}

/// Writes a line of somebody's table; a cell that a spreadsheet would take for a formula gets an apostrophe.
///
/// # Errors
/// Those of the writer.
pub fn write_csv_record(writer: &mut impl Write, cells: &[String]) -> io::Result<()> {
    let neutral: Vec<String> = cells.iter().map(|cell| cells::without_formula(cell)).collect();
    write_record(writer, &neutral)
}

fn write_record(writer: &mut impl Write, cells: &[String]) -> io::Result<()> {
    write_separated(writer, cells, b';')
}

fn write_separated(writer: &mut impl Write, cells: &[String], separator: u8) -> io::Result<()> {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            writer.write_all(&[separator])?;
        }
        if cell.contains([';', ',', '\t', '"', '\n', '\r']) {
            write!(writer, "\"{}\"", cell.replace('"', "\"\""))?;
        } else {
            writer.write_all(cell.as_bytes())?;
        }
    }
    writer.write_all(b"\r\n")
}
