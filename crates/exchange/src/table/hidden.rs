//! Columns of a workbook that nobody sees, how many of its rows, and zeros that it does not show: what is hidden is left out,
//! or told.
//! Source: ECMA-376, part 1, sections 18.2.19 (sheets), 18.3.1.13 (columns), 18.3.1.73 (rows); OpenDocument 1.3, part 3,
//! attribute `table:visibility`.
//! Absent: hidden sheets (see `workbook`), cells, where ODS and XLS say it (see `ods`, `old`).

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use catalogue::french::{NARROW, counted, list};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::Shape;
use crate::lheo::bytes::Utf8;
use crate::limits::{TABLE_COLUMNS, XML_ATTRIBUTES};

/// Marks read of a part at most: those of a million rows.
const MARKS: usize = 20_000_000;
/// Longest settings of an ODS workbook that are read, in bytes.
const SETTINGS_BYTES: u64 = 4 << 20;
/// What is said of zeros that are not shown.
pub(super) const ZEROS: &str = "zéros masqués dans le classeur, lus comme des cellules vides";

/// What is hidden in a sheet.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Hidden {
    /// Columns, from 0.
    columns: BTreeSet<usize>,
    /// Rows.
    rows: u64,
}

impl Hidden {
    /// Hides columns, from one to another, from 0.
    pub(super) fn hide(&mut self, first: usize, last: usize) {
        self.columns.extend(first..=last.min(TABLE_COLUMNS - 1));
    }

    /// Takes note of rows that hold something and that nobody sees.
    pub(super) fn hide_rows(&mut self, rows: u64) {
        self.rows += rows;
    }

    /// Says in a shape what is hidden.
    pub(super) fn tell(&self, shape: &mut Shape) {
        shape.reading.extend(self.notes());
        shape.hidden = self.columns.iter().copied().collect();
    }

    /// What to say of it.
    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        let ranges = self.ranges();
        if !ranges.is_empty() {
            let are_several = ranges.len() > 1 || ranges.iter().any(|range| range.contains(' '));
            let what = if are_several { "colonnes masquées" } else { "colonne masquée" };
            notes.push(format!("{what} dans le classeur{NARROW}: {}", list(&ranges, "et")));
        }
        if self.rows > 0 {
            let rows = counted(self.rows, "ligne masquée", "lignes masquées");
            let are = if self.rows > 1 { "lues comme les autres" } else { "lue comme les autres" };
            notes.push(format!(
                "à vérifier{NARROW}: {rows}, {are}{NARROW}; retirez du classeur ce qui n’a plus cours"
            ));
        }
        notes
    }

    /// Its columns side by side, by their letters: « C », « F à H », « K et suivantes ».
    fn ranges(&self) -> Vec<String> {
        let columns: Vec<usize> = self.columns.iter().copied().collect();
        columns
            .chunk_by(|one, next| one + 1 == *next)
            .filter_map(|run| {
                let (first, last) = (*run.first()?, *run.last()?);
                Some(match last {
                    // Up to the last one of the form.
                    last if last + 1 >= TABLE_COLUMNS => format!("{} et suivantes", letters(first)),
                    last if first == last => letters(first),
                    last => format!("{} à {}", letters(first), letters(last)),
                })
            })
            .collect()
    }
}

/// The letters of a column, from 0: « C ».
fn letters(column: usize) -> String {
    let (before, last) = (column / 26, char::from(b'A' + (column % 26) as u8));
    if before == 0 { last.to_string() } else { format!("{}{last}", letters(before - 1)) }
}

/// What is hidden in each sheet of a workbook, by its name; a part that cannot be read hides nothing.
pub(super) fn of_book(path: &Path) -> BTreeMap<String, Hidden> {
    let Some(mut zip) = File::open(path).ok().and_then(|file| ZipArchive::new(file).ok()) else {
        return BTreeMap::new();
    };
    let mut targets = BTreeMap::new();
    marks(&mut zip, "xl/_rels/workbook.xml.rels", &mut |name, start| {
        if name == "Relationship" {
            targets.extend(get(start, "Id").zip(get(start, "Target")));
        }
    });
    let mut sheets = Vec::new();
    marks(&mut zip, "xl/workbook.xml", &mut |name, start| {
        if name == "sheet" {
            sheets.extend(get(start, "name").zip(get(start, "id")));
        }
    });
    let of = |(name, id): (String, String)| {
        let target = targets.get(&id)?;
        let part = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
        Some((name, of_sheet(&mut zip, &part)))
    };
    sheets.into_iter().filter_map(of).collect()
}

/// How many rows that hold something are hidden in each sheet of an ODS workbook, by its name.
pub(super) fn rows_of_ods(zip: &mut ZipArchive<File>) -> BTreeMap<String, u64> {
    let mut rows = BTreeMap::new();
    if !says_visibility(zip) {
        return rows;
    }
    let (mut sheet, mut times) = (String::new(), 0);
    marks(zip, "content.xml", &mut |name, start| match name {
        "table" => sheet = get(start, "name").unwrap_or_default(),
        "table-row" => {
            let is_hidden = matches!(get(start, "visibility").as_deref(), Some("collapse" | "filter"));
            let repeated = get(start, "number-rows-repeated").and_then(|times| times.parse::<u64>().ok());
            times = if is_hidden { repeated.unwrap_or(1) } else { 0 };
        }
        // Only a row that holds something.
        "p" if times > 0 => *rows.entry(sheet.clone()).or_default() += std::mem::take(&mut times),
        _ => {}
    });
    rows
}

/// Whether an ODS workbook says of anything whether it is seen: most say nothing, and are not read twice.
fn says_visibility(zip: &mut ZipArchive<File>) -> bool {
    const WORD: &[u8] = b":visibility=";
    let Ok(mut part) = zip.by_name("content.xml") else { return false };
    let (mut buffer, mut kept) = (vec![0; 64 << 10], 0);
    while let Ok(read @ 1..) = part.read(&mut buffer[kept..]) {
        let end = kept + read;
        if buffer[..end].windows(WORD.len()).any(|word| word == WORD) {
            return true;
        }
        kept = end.min(WORD.len());
        buffer.copy_within(end - kept..end, 0);
    }
    false
}

/// Whether an ODS workbook shows nothing where a cell is zero, by its settings.
pub(super) fn hides_zeros(zip: &mut ZipArchive<File>) -> bool {
    const NAME: &str = "\"ShowZeroValues\"";
    let mut settings = Vec::new();
    let Ok(part) = zip.by_name("settings.xml") else { return false };
    if part.take(SETTINGS_BYTES).read_to_end(&mut settings).is_err() {
        return false;
    }
    let settings = String::from_utf8_lossy(&settings);
    let mut items = settings.split(NAME).skip(1).filter_map(|item| item.split_once('>'));
    items.any(|(_, value)| value.trim_start().starts_with("false"))
}

fn of_sheet(zip: &mut ZipArchive<File>, part: &str) -> Hidden {
    let mut hidden = Hidden::default();
    let mut is_in_hidden = false;
    marks(zip, part, &mut |name, start| {
        let is_hidden = || matches!(get(start, "hidden").as_deref(), Some("1" | "true"));
        match name {
            "col" if is_hidden() => {
                let number = |name| get(start, name).and_then(|number| number.parse::<usize>().ok());
                if let (Some(first), Some(last)) = (number("min"), number("max")) {
                    hidden.hide(first.max(1) - 1, last.max(1) - 1);
                }
            }
            "row" => is_in_hidden = is_hidden(),
            // Only a row that holds something.
            "v" | "is" if std::mem::take(&mut is_in_hidden) => hidden.rows += 1,
            _ => {}
        }
    });
    hidden
}

/// Gives each beginning mark of a part, by its local name.
fn marks(zip: &mut ZipArchive<File>, part: &str, take: &mut dyn FnMut(&str, &BytesStart)) {
    let Ok(part) = zip.by_name(part) else { return };
    let mut xml = Reader::from_reader(Utf8::new(BufReader::new(part)));
    xml.config_mut().check_end_names = false;
    let mut buffer = Vec::new();
    for _ in 0..MARKS {
        buffer.clear();
        xml.get_mut().mark();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(start) | Event::Empty(start)) => take(start.local_name().as_ref(), &start),
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// An attribute by its local name, without entities: those that are looked for hold names and numbers.
fn get(start: &BytesStart, wanted: &str) -> Option<String> {
    let mut all = start.attributes();
    let found = all
        .with_checks(false)
        .take(XML_ATTRIBUTES)
        .filter_map(Result::ok)
        .find(|attribute| attribute.key.local_name().as_ref() == wanted);
    found.map(|attribute| super::ods::unescaped(&attribute.value))
}
