//! XLSX through `rust_xlsxwriter`, row by row into a temporary file. Absent: formulas, links: every text is a
//! text, whatever it begins with.

use std::borrow::Borrow;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use catalogue::RawTraining;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::{ABOUT, TRAININGS, fits, refused, room, shown};
use crate::about::{About, DICTIONARY_HEADER, TITLE, dictionary};
use crate::dictionary::DICTIONARY;
use crate::sheet::{COLUMNS, cells, cells_of};
use crate::table::Cell;

/// Widths of the second sheet, in characters.
const ABOUT_WIDTHS: [u8; 5] = [22, 28, 34, 60, 50];
/// The last column of the table.
const LAST: u16 = COLUMNS.len() as u16 - 1;

pub(super) fn write(
    writer: impl Write + Send,
    rows: impl Iterator<Item = impl Borrow<RawTraining>>,
    about: &About,
) -> io::Result<u64> {
    // The library stops short when its temporary file cannot take any more.
    catch_unwind(AssertUnwindSafe(|| workbook(writer, rows, about))).unwrap_or_else(|_| {
        let message = "le classeur n’a pas pu être écrit ; vérifiez la place du dossier temporaire";
        Err(refused(message.to_owned()))
    })
}

fn workbook(
    writer: impl Write + Send,
    rows: impl Iterator<Item = impl Borrow<RawTraining>>,
    about: &About,
) -> io::Result<u64> {
    let mut book = Workbook::new();
    let mut properties = DocProperties::new().set_title(TITLE).set_comment(&about.selection);
    // Always the same bytes for the same revision; the format has no date before 1900.
    let day = if about.day().is_empty() { "1980-01-01" } else { about.day() };
    if let Ok(day) = ExcelDateTime::parse_from_str(day) {
        properties = properties.set_creation_datetime(&day);
    }
    book.set_properties(&properties);
    // Without a directory for temporary files, the rows are held in memory.
    let mut sheet = book.new_worksheet_with_constant_memory().unwrap_or_else(|_| Worksheet::new());
    let count = trainings(&mut sheet, rows)?;
    book.push_worksheet(sheet);
    book.push_worksheet(second(about, count).map_err(failed)?);
    book.save_to_writer(writer).map_err(failed)?;
    Ok(count)
}

fn trainings(sheet: &mut Worksheet, rows: impl Iterator<Item = impl Borrow<RawTraining>>) -> io::Result<u64> {
    let (heading, typed) = (heading(), Format::new().set_quote_prefix());
    sheet.set_name(TRAININGS).map_err(failed)?;
    for (place, column) in (0..).zip(&DICTIONARY) {
        sheet.set_column_width(place, f64::from(column.width)).map_err(failed)?;
        sheet.write_string_with_format(0, place, column.name, &heading).map_err(failed)?;
    }
    let mut count: u32 = 0;
    for row in rows {
        let raw = row.borrow();
        room(u64::from(count))?;
        count += 1;
        for (place, cell) in (0_u16..).zip(cells_of(raw)) {
            let written = match shown(&cell) {
                Cell::Number(number) => sheet.write_number(count, place, number),
                Cell::Text(text) => {
                    fits(raw, COLUMNS[usize::from(place)], &text)?;
                    match cells::is_formula_like(&text) {
                        true => sheet.write_string_with_format(count, place, text, &typed),
                        false => sheet.write_string(count, place, text),
                    }
                }
                _ => continue,
            };
            written.map_err(failed)?;
        }
    }
    sheet.set_freeze_panes(1, 0).map_err(failed)?;
    sheet.autofilter(0, 0, count.max(1), LAST).map_err(failed)?;
    Ok(u64::from(count))
}

/// The second sheet.
fn second(about: &About, count: u64) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    let heading = heading();
    let bold = Format::new().set_bold().set_align(FormatAlign::Top);
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_name(ABOUT)?;
    for (place, width) in (0..).zip(ABOUT_WIDTHS) {
        sheet.set_column_width(place, f64::from(width))?;
    }
    sheet.write_string_with_format(0, 0, TITLE, &Format::new().set_bold().set_font_size(14))?;
    let mut line = 2;
    for (subject, text) in about.lines(count) {
        sheet.write_string_with_format(line, 0, subject, &bold)?;
        // Merged over the table's width, so that a sentence has room; the height does not follow by itself.
        sheet.merge_range(line, 1, line, 3, &text, &wrapped)?;
        sheet.set_row_height(line, 15.0 * (1 + text.chars().count() / 110) as f64)?;
        line += 1;
    }
    line += 1;
    for (place, name) in (0..).zip(DICTIONARY_HEADER) {
        sheet.write_string_with_format(line, place, name, &heading)?;
    }
    for texts in dictionary() {
        line += 1;
        for (place, text) in (0..).zip(texts) {
            sheet.write_string_with_format(line, place, text, &wrapped)?;
        }
    }
    Ok(sheet)
}

fn heading() -> Format {
    Format::new().set_bold().set_border_bottom(FormatBorder::Thin)
}

fn failed(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        other => refused(format!("le classeur n’a pas pu être écrit : {other}")),
    }
}
