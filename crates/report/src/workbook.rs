//! The workbook that goes with a report: what it is, its first figures, a sheet for each table. Absent: formulas, links:
//! every text is a text, whatever it begins with.

use std::collections::BTreeSet;

use catalogue::report::{Cell, PrintError, Report, Table, Width};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

/// Characters that begin what a spreadsheet takes for a formula, were it typed.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];
/// Longest text of a cell, in UTF-16 units, by the format.
const CELL_UNITS: usize = 32_767;
/// Longest name of a sheet.
const SHEET_CHARS: usize = 31;
/// The first sheet.
const ABOUT: &str = "À propos";

/// Styles of cells.
struct Styles {
    heading: Format,
    bold: Format,
    title: Format,
    wrapped: Format,
    quoted: Format,
    count: Format,
    share: Format,
}

impl Styles {
    fn new() -> Self {
        let top = || Format::new().set_align(FormatAlign::Top);
        Self {
            heading: Format::new().set_bold().set_border_bottom(FormatBorder::Thin).set_text_wrap(),
            bold: top().set_bold(),
            title: Format::new().set_bold().set_font_size(14),
            wrapped: top().set_text_wrap(),
            quoted: top().set_text_wrap().set_quote_prefix(),
            count: top().set_num_format("#,##0.##"),
            share: top().set_num_format("0.0%"),
        }
    }
}

/// The workbook of a report.
///
/// # Errors
/// When the writer refuses.
pub fn workbook(report: &Report) -> Result<Vec<u8>, PrintError> {
    written(report).map_err(|error| PrintError(error.to_string()))
}

fn written(report: &Report) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let mut properties = DocProperties::new().set_title(&report.title).set_comment(&report.scope);
    // Always the same bytes for the same report.
    if let Ok(day) = ExcelDateTime::parse_from_str(&report.day) {
        properties = properties.set_creation_datetime(&day);
    }
    book.set_properties(&properties);
    let styles = Styles::new();
    let mut names = BTreeSet::from([ABOUT.to_lowercase()]);
    let sheets: Vec<(String, &Table)> =
        report.tables().map(|table| (name(&table.id, &mut names), table)).collect();
    book.push_worksheet(about(report, &sheets, &styles)?);
    for (name, table) in &sheets {
        book.push_worksheet(sheet(name, table, &styles)?);
    }
    book.save_to_buffer()
}

/// A name of a sheet from an identifier, unlike those already given.
fn name(id: &str, taken: &mut BTreeSet<String>) -> String {
    let short = |most: usize| id.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(most).collect::<String>();
    let mut name = short(SHEET_CHARS);
    let mut number = 2;
    while name.is_empty() || !taken.insert(name.to_lowercase()) {
        let end = format!("-{number}");
        name = short(SHEET_CHARS - end.len()) + &end;
        number += 1;
    }
    name
}

/// What the workbook is, its first figures, its sheets.
fn about(report: &Report, sheets: &[(String, &Table)], styles: &Styles) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(ABOUT)?;
    sheet.set_column_width(0, 36)?;
    sheet.set_column_width(1, 100)?;
    sheet.write_string_with_format(0, 0, &report.title, &styles.title)?;
    let mut line = 2;
    for (label, text) in [("Ce que c’est", &report.subtitle), ("Ce sur quoi il porte", &report.scope)] {
        sheet.write_string_with_format(line, 0, label, &styles.bold)?;
        text_cell(&mut sheet, (line, 1), text, styles)?;
        line += 1;
    }
    for section in &report.sections {
        sheet.write_string_with_format(line, 0, section.kind.title(), &styles.bold)?;
        text_cell(&mut sheet, (line, 1), &section.finding, styles)?;
        line += 1;
    }
    line += 1;
    for (place, label) in [(0, "Chiffre"), (1, "Ce qu’il compte")] {
        sheet.write_string_with_format(line, place, label, &styles.heading)?;
    }
    for figure in &report.figures {
        line += 1;
        let is_share = figure.value.ends_with('%');
        match figure.number {
            Some(number) => {
                let style = if is_share { &styles.share } else { &styles.count };
                sheet.write_number_with_format(line, 0, number, style)?;
            }
            None => text_cell(&mut sheet, (line, 0), &figure.value, styles)?,
        }
        text_cell(&mut sheet, (line, 1), &figure.label, styles)?;
    }
    line += 2;
    for (place, label) in [(0, "Feuille"), (1, "Ce qu’elle montre")] {
        sheet.write_string_with_format(line, place, label, &styles.heading)?;
    }
    for (name, table) in sheets {
        line += 1;
        text_cell(&mut sheet, (line, 0), name, styles)?;
        text_cell(&mut sheet, (line, 1), &table.caption, styles)?;
    }
    Ok(sheet)
}

/// A table: its title, what it says of itself, then its header and rows.
fn sheet(name: &str, table: &Table, styles: &Styles) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(name)?;
    text_with(&mut sheet, (0, 0), &table.caption, &styles.title)?;
    let left_out = match table.left_out {
        0 => String::new(),
        count => catalogue::french::counted(count, "autre n’est pas montré.", "autres ne sont pas montrés."),
    };
    let plain = Format::new();
    let mut line = 1;
    let source = format!("Source\u{202f}: {}", table.source);
    for text in [table.note.as_deref().unwrap_or_default(), &left_out, &table.scope, &source] {
        if !text.is_empty() {
            text_with(&mut sheet, (line, 0), text, &plain)?;
            line += 1;
        }
    }
    line += 1;
    let places = places(table);
    for (&(place, has_range), column) in places.iter().zip(&table.columns) {
        let width = match column.width {
            Width::Narrow => 14.0,
            Width::Middle => 24.0,
            Width::Wide => 46.0,
            Width::Full => 90.0,
        };
        sheet.set_column_width(place, width)?;
        text_with(&mut sheet, (line, place), &column.label, &styles.heading)?;
        if has_range {
            for (beside, end) in [(1, "de"), (2, "à")] {
                sheet.set_column_width(place + beside, 14.0)?;
                let label = format!("{}, {end}", column.label);
                text_with(&mut sheet, (line, place + beside), &label, &styles.heading)?;
            }
        }
    }
    let header = line;
    for row in &table.rows {
        line += 1;
        for (&(place, _), cell) in places.iter().zip(&row.cells) {
            write(&mut sheet, (line, place), cell, styles)?;
            let (low, high) = cell.range.unzip();
            for (beside, end) in [(1, low), (2, high)] {
                if let Some(number) = end {
                    sheet.write_number_with_format(line, place + beside, number, &styles.count)?;
                }
            }
        }
    }
    sheet.set_freeze_panes(header + 1, 1)?;
    let last = places.last().map_or(0, |&(place, has_range)| place + if has_range { 2 } else { 0 });
    sheet.autofilter(header, 0, line.max(header + 1), last)?;
    Ok(sheet)
}

/// Where each column of a table begins in its sheet, and whether two columns follow it for the ends of its ranges.
fn places(table: &Table) -> Vec<(u16, bool)> {
    let mut next = 0;
    let place = |number: usize| {
        let has_range =
            table.rows.iter().any(|row| row.cells.get(number).is_some_and(|cell| cell.range.is_some()));
        let own = (next, has_range);
        next += if has_range { 3 } else { 1 };
        own
    };
    (0..table.columns.len()).map(place).collect()
}

fn write(sheet: &mut Worksheet, at: (u32, u16), cell: &Cell, styles: &Styles) -> Result<(), XlsxError> {
    match cell.value {
        Some(value) => {
            let style = if cell.text.ends_with('%') { &styles.share } else { &styles.count };
            sheet.write_number_with_format(at.0, at.1, value, style).map(|_| ())
        }
        None if cell.text.is_empty() => Ok(()),
        None => text_cell(sheet, at, &cell.text, styles),
    }
}

fn text_cell(sheet: &mut Worksheet, at: (u32, u16), text: &str, styles: &Styles) -> Result<(), XlsxError> {
    let style = if text.starts_with(FORMULA) { &styles.quoted } else { &styles.wrapped };
    text_with(sheet, at, text, style)
}

fn text_with(sheet: &mut Worksheet, at: (u32, u16), text: &str, style: &Format) -> Result<(), XlsxError> {
    let style = match text.starts_with(FORMULA) {
        true => style.clone().set_quote_prefix(),
        false => style.clone(),
    };
    sheet.write_string_with_format(at.0, at.1, writable(text), &style).map(|_| ())
}

/// A text that the format can hold.
fn writable(text: &str) -> String {
    let held = |c: char| matches!(c, '\t' | '\n' | ' '..='\u{fffd}' | '\u{10000}'..);
    let mut units = 0;
    let kept = text.chars().take_while(|c| {
        units += c.len_utf16();
        units <= CELL_UNITS
    });
    kept.map(|c| if held(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}
