//! ODS, row by row straight into its zip (OpenDocument 1.3, part 3). Absent: formulas: every text is a text,
//! whatever it begins with.

use std::borrow::Borrow;
use std::io::{self, BufWriter, Seek, Write};

use catalogue::RawTraining;
use quick_xml::escape::escape;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{ABOUT, TRAININGS, room, shown, writable};
use crate::about::{About, DICTIONARY_HEADER, TITLE, dictionary};
use crate::dictionary::DICTIONARY;
use crate::sheet::{cells, cells_of};
use crate::table::Cell;

const MIMETYPE: &str = "application/vnd.oasis.opendocument.spreadsheet";
/// Widths of the second sheet, in characters.
const ABOUT_WIDTHS: [u8; 5] = [22, 28, 34, 60, 50];
/// Width of a character, in millimetres.
const CHARACTER_MM: f64 = 2.1;

const MANIFEST: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="settings.xml" manifest:media-type="text/xml"/></manifest:manifest>"#;

const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-styles xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3"><office:styles><style:style style:name="Default" style:family="table-cell"><style:text-properties fo:language="fr" fo:country="FR"/></style:style></office:styles></office:document-styles>"#;

/// The header row stays in sight: vertical split mode 2 is « frozen ».
const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-settings xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0" office:version="1.3"><office:settings><config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views"><config:config-item-map-entry><config:config-item config:name="ViewId" config:type="string">view1</config:config-item><config:config-item-map-named config:name="Tables"><config:config-item-map-entry config:name="Formations"><config:config-item config:name="CursorPositionX" config:type="int">0</config:config-item><config:config-item config:name="CursorPositionY" config:type="int">1</config:config-item><config:config-item config:name="HorizontalSplitMode" config:type="short">0</config:config-item><config:config-item config:name="VerticalSplitMode" config:type="short">2</config:config-item><config:config-item config:name="HorizontalSplitPosition" config:type="int">0</config:config-item><config:config-item config:name="VerticalSplitPosition" config:type="int">1</config:config-item><config:config-item config:name="ActiveSplitRange" config:type="short">2</config:config-item><config:config-item config:name="PositionLeft" config:type="int">0</config:config-item><config:config-item config:name="PositionRight" config:type="int">0</config:config-item><config:config-item config:name="PositionTop" config:type="int">0</config:config-item><config:config-item config:name="PositionBottom" config:type="int">1</config:config-item></config:config-item-map-entry></config:config-item-map-named><config:config-item config:name="ActiveTable" config:type="string">Formations</config:config-item></config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set></office:settings></office:document-settings>"#;

const CONTENT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3"><office:automatic-styles><number:text-style style:name="typed"><number:text-content/></number:text-style><style:style style:name="text" style:family="table-cell" style:parent-style-name="Default" style:data-style-name="typed"/><style:style style:name="head" style:family="table-cell" style:parent-style-name="Default"><style:table-cell-properties fo:border-bottom="0.5pt solid #000000"/><style:text-properties fo:font-weight="bold"/></style:style><style:style style:name="bold" style:family="table-cell" style:parent-style-name="Default"><style:table-cell-properties style:vertical-align="top"/><style:text-properties fo:font-weight="bold"/></style:style><style:style style:name="wrap" style:family="table-cell" style:parent-style-name="Default"><style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/></style:style>"#;

pub(super) fn write(
    writer: impl Write + Seek,
    rows: impl Iterator<Item = impl Borrow<RawTraining>>,
    about: &About,
) -> io::Result<u64> {
    let mut zip = ZipWriter::new(writer);
    let packed = SimpleFileOptions::default();
    // The first part, not packed, so that the kind of file is seen without opening it.
    zip.start_file("mimetype", packed.compression_method(CompressionMethod::Stored))?;
    zip.write_all(MIMETYPE.as_bytes())?;
    let meta = meta(about);
    let parts = [
        ("META-INF/manifest.xml", MANIFEST),
        ("styles.xml", STYLES),
        ("settings.xml", SETTINGS),
        ("meta.xml", &meta),
    ];
    for (name, text) in parts {
        zip.start_file(name, packed)?;
        zip.write_all(text.as_bytes())?;
    }
    zip.start_file("content.xml", packed)?;
    let mut content = BufWriter::with_capacity(64 << 10, &mut zip);
    let count = document(&mut content, rows, about)?;
    content.flush()?;
    drop(content);
    zip.finish()?.flush()?;
    Ok(count)
}

fn meta(about: &About) -> String {
    let mut meta = String::from(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"><office:meta>"#,
    );
    meta.push_str(&format!("<dc:title>{}</dc:title>", escape(TITLE)));
    meta.push_str(&format!("<dc:description>{}</dc:description>", escape(writable(&about.selection))));
    meta.push_str("<dc:language>fr</dc:language>");
    if !about.day().is_empty() {
        meta.push_str(&format!("<dc:date>{}T00:00:00</dc:date>", about.day()));
    }
    meta.push_str("</office:meta></office:document-meta>");
    meta
}

fn document(
    out: &mut impl Write,
    rows: impl Iterator<Item = impl Borrow<RawTraining>>,
    about: &About,
) -> io::Result<u64> {
    out.write_all(CONTENT.as_bytes())?;
    let widths = DICTIONARY.map(|column| column.width);
    for width in widths.iter().chain(&ABOUT_WIDTHS).collect::<std::collections::BTreeSet<_>>() {
        let length = f64::from(*width) * CHARACTER_MM;
        write!(
            out,
            r#"<style:style style:name="w{width}" style:family="table-column"><style:table-column-properties style:column-width="{length:.1}mm"/></style:style>"#
        )?;
    }
    out.write_all(b"</office:automatic-styles><office:body><office:spreadsheet>")?;
    begin(out, TRAININGS, &widths)?;
    out.write_all(b"<table:table-header-rows><table:table-row>")?;
    DICTIONARY.iter().try_for_each(|column| text(out, column.name, "head"))?;
    out.write_all(b"</table:table-row></table:table-header-rows>")?;
    let mut count = 0;
    for row in rows {
        room(count)?;
        count += 1;
        out.write_all(b"<table:table-row>")?;
        cells_of(row.borrow()).iter().try_for_each(|own| cell(out, &shown(own)))?;
        out.write_all(b"</table:table-row>")?;
    }
    out.write_all(b"</table:table>")?;
    second(out, about, count)?;
    let last = count.max(1) + 1;
    let range = format!("{TRAININGS}.A1:{TRAININGS}.{}{last}", letter(DICTIONARY.len()));
    write!(
        out,
        r#"<table:database-ranges><table:database-range table:name="formations" table:target-range-address="{range}" table:display-filter-buttons="true"/></table:database-ranges>"#
    )?;
    out.write_all(b"</office:spreadsheet></office:body></office:document-content>")?;
    Ok(count)
}

/// The letter of a column, from 1 to 26.
fn letter(column: usize) -> char {
    ('A'..='Z').nth(column - 1).unwrap_or('Z')
}

fn begin(out: &mut impl Write, name: &str, widths: &[u8]) -> io::Result<()> {
    write!(out, r#"<table:table table:name="{name}">"#)?;
    widths.iter().try_for_each(|width| write!(out, r#"<table:table-column table:style-name="w{width}"/>"#))
}

/// The second sheet.
fn second(out: &mut impl Write, about: &About, count: u64) -> io::Result<()> {
    begin(out, ABOUT, &ABOUT_WIDTHS)?;
    let mut row = |cells: &[(&str, &str)], span: u8| {
        out.write_all(b"<table:table-row>")?;
        for (place, (words, style)) in cells.iter().enumerate() {
            let spanned = span > 1 && place == 1;
            if spanned {
                spanning(out, words, style, span)?;
            } else {
                text(out, words, style)?;
            }
        }
        out.write_all(b"</table:table-row>")
    };
    row(&[(TITLE, "bold")], 1)?;
    row(&[("", "wrap")], 1)?;
    for (subject, words) in about.lines(count) {
        row(&[(subject, "bold"), (&words, "wrap")], 3)?;
    }
    row(&[("", "wrap")], 1)?;
    row(&DICTIONARY_HEADER.map(|name| (name, "head")), 1)?;
    for texts in dictionary() {
        row(&texts.each_ref().map(|words| (words.as_str(), "wrap")), 1)?;
    }
    out.write_all(b"</table:table>")
}

fn cell(out: &mut impl Write, cell: &Cell) -> io::Result<()> {
    match cell {
        Cell::Number(number) => {
            let said = number.to_string().replace('.', ",");
            write!(
                out,
                r#"<table:table-cell office:value-type="float" office:value="{number}"><text:p>{said}</text:p></table:table-cell>"#
            )
        }
        Cell::Text(words) => text(out, words, if cells::is_formula_like(words) { "text" } else { "" }),
        _ => out.write_all(b"<table:table-cell/>"),
    }
}

fn text(out: &mut impl Write, words: &str, style: &str) -> io::Result<()> {
    if words.is_empty() {
        return out.write_all(b"<table:table-cell/>");
    }
    let style = if style.is_empty() { String::new() } else { format!(r#" table:style-name="{style}""#) };
    write!(out, r#"<table:table-cell{style} office:value-type="string">"#)?;
    paragraphs(out, words)?;
    out.write_all(b"</table:table-cell>")
}

/// A text over several columns.
fn spanning(out: &mut impl Write, words: &str, style: &str, span: u8) -> io::Result<()> {
    write!(
        out,
        r#"<table:table-cell table:style-name="{style}" office:value-type="string" table:number-columns-spanned="{span}" table:number-rows-spanned="1">"#
    )?;
    paragraphs(out, &writable(words))?;
    write!(
        out,
        r#"</table:table-cell><table:covered-table-cell table:number-columns-repeated="{}"/>"#,
        span - 1
    )
}

/// A paragraph for each line. Spaces that readers would collapse, and tabs, are elements (part 3, 6.1.2).
fn paragraphs(out: &mut impl Write, words: &str) -> io::Result<()> {
    for line in words.split('\n') {
        out.write_all(b"<text:p>")?;
        let mut after_space = true;
        let mut plain = String::new();
        for character in line.chars() {
            let element = match character {
                '\t' => "<text:tab/>",
                ' ' if after_space => "<text:s/>",
                other => {
                    plain.push(other);
                    after_space = other == ' ';
                    continue;
                }
            };
            out.write_all(escape(plain.as_str()).as_bytes())?;
            plain.clear();
            out.write_all(element.as_bytes())?;
            after_space = true;
        }
        // A last space would be collapsed too.
        let kept = plain.strip_suffix(' ').unwrap_or(&plain);
        out.write_all(escape(kept).as_bytes())?;
        if kept.len() < plain.len() {
            out.write_all(b"<text:s/>")?;
        }
        out.write_all(b"</text:p>")?;
    }
    Ok(())
}
