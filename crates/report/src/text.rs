//! A report or a paper as a text document that a word processor changes (OpenDocument 1.3, part 3): headings, lists, tables
//! with header rows that come again on each page, in French. Absent: drawings: the text of a cell says the same; a table of
//! contents, which a word processor makes from the headings.

use std::io::{Cursor, Write};

use catalogue::report::{Block, Cell, Drawing, KeyFigure, Mark, Paper, PrintError, Report, Row, Table};
use quick_xml::escape::escape;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::data;

const MIMETYPE: &str = "application/vnd.oasis.opendocument.text";
/// Width between the margins of a page, in millimetres.
const TEXT_MM: f64 = 166.0;

const MANIFEST: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>"#;

const STYLES: &str = include_str!("text/styles.xml");
const CONTENT: &str = include_str!("text/content.xml");

/// What a document is, beside its parts.
struct About<'a> {
    title: &'a str,
    subtitle: &'a str,
    scope: &'a str,
    day: &'a str,
}

/// A report as a text document.
///
/// # Errors
/// When the archive cannot be written.
pub fn report(report: &Report) -> Result<Vec<u8>, PrintError> {
    let mut body = Body::default();
    body.figures(&report.figures);
    for section in &report.sections {
        body.heading(1, section.kind.title());
        body.paragraph("lead", &section.finding);
        section.blocks.iter().for_each(|block| body.block(block));
    }
    let about =
        About { title: &report.title, subtitle: &report.subtitle, scope: &report.scope, day: &report.day };
    packed(&about, body)
}

/// A paper as a text document.
///
/// # Errors
/// When the archive cannot be written.
pub fn paper(paper: &Paper) -> Result<Vec<u8>, PrintError> {
    let mut body = Body::default();
    paper.blocks.iter().for_each(|block| body.block(block));
    let about = About { title: &paper.title, subtitle: &paper.lead, scope: &paper.scope, day: &paper.day };
    packed(&about, body)
}

fn packed(about: &About<'_>, body: Body) -> Result<Vec<u8>, PrintError> {
    let refused = |error: &dyn std::fmt::Display| PrintError(error.to_string());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // Always the same bytes for the same document.
    let packed = SimpleFileOptions::default().last_modified_time(DateTime::default());
    let content = body.document(about);
    let meta = meta(about);
    let parts = [
        // The first part, not packed, so that the kind of file is seen without opening it.
        ("mimetype", MIMETYPE, packed.compression_method(CompressionMethod::Stored)),
        ("META-INF/manifest.xml", MANIFEST, packed),
        ("styles.xml", STYLES, packed),
        ("meta.xml", &meta, packed),
        ("content.xml", &content, packed),
    ];
    for (name, text, options) in parts {
        zip.start_file(name, options).map_err(|error| refused(&error))?;
        zip.write_all(text.as_bytes()).map_err(|error| refused(&error))?;
    }
    zip.finish().map(Cursor::into_inner).map_err(|error| refused(&error))
}

fn meta(about: &About<'_>) -> String {
    let date = match about.day {
        "" => String::new(),
        day => format!("<dc:date>{}T00:00:00</dc:date>", xml(day)),
    };
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" office:version="1.3"><office:meta><meta:generator>Parcours</meta:generator><dc:title>{}</dc:title><dc:description>{}</dc:description><dc:language>fr-FR</dc:language>{date}</office:meta></office:document-meta>"#,
        xml(about.title),
        xml(about.scope),
    )
}

/// A text with what XML 1.0 forbids left out and the rest escaped.
fn xml(text: &str) -> String {
    let is_allowed = |c: &char| !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    escape(text.chars().filter(is_allowed).collect::<String>()).into_owned()
}

/// The parts of a document, as they are written.
#[derive(Default)]
struct Body {
    text: String,
    /// Sets of widths of columns already met; their place names them.
    widths: Vec<Vec<u32>>,
    tables: usize,
}

impl Body {
    fn heading(&mut self, level: u8, text: &str) {
        self.text.push_str(&format!(
            r#"<text:h text:style-name="h{level}" text:outline-level="{level}">{}</text:h>"#,
            xml(text)
        ));
    }

    fn paragraph(&mut self, style: &str, text: &str) {
        self.text.push_str(&format!(r#"<text:p text:style-name="{style}">{}</text:p>"#, xml(text)));
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(text) => self.heading(2, text),
            Block::Paragraph(text) => self.paragraph("body", text),
            Block::List(items) => {
                self.text.push_str(r#"<text:list text:style-name="points">"#);
                for item in items {
                    self.text.push_str(&format!(
                        r#"<text:list-item><text:p text:style-name="point">{}</text:p></text:list-item>"#,
                        xml(item)
                    ));
                }
                self.text.push_str("</text:list>");
            }
            Block::Figures(all) => self.figures(all),
            Block::Table(table) => self.table(table),
        }
    }

    fn figures(&mut self, all: &[KeyFigure]) {
        for figure in all {
            self.text.push_str(&format!(
                r#"<text:p text:style-name="figure"><text:span text:style-name="number">{}</text:span> {}</text:p>"#,
                xml(&figure.value),
                xml(&figure.label)
            ));
        }
    }

    fn table(&mut self, table: &Table) {
        self.tables += 1;
        let widths: Vec<u32> = table.columns.iter().map(|column| data::width(column.width)).collect();
        let set = self.widths.iter().position(|own| *own == widths).unwrap_or_else(|| {
            self.widths.push(widths);
            self.widths.len() - 1
        });
        self.paragraph("caption", &format!("Tableau {}. {}", self.tables, table.caption));
        self.text
            .push_str(&format!(r#"<table:table table:name="{}" table:style-name="grid">"#, xml(&table.id)));
        for place in 0..table.columns.len() {
            self.text.push_str(&format!(r#"<table:table-column table:style-name="w{set}-{place}"/>"#));
        }
        self.text.push_str("<table:table-header-rows><table:table-row>");
        for column in &table.columns {
            self.cell("head", if column.is_number { "cell-right" } else { "cell-head" }, &xml(&column.label));
        }
        self.text.push_str("</table:table-row></table:table-header-rows>");
        for row in table.shown() {
            self.row(table, row);
        }
        self.text.push_str("</table:table>");
        let source = match table.source.as_str() {
            "" => String::new(),
            source => format!("Source\u{202f}: {source}"),
        };
        let more = table.more_told().unwrap_or_default();
        let told = [table.note.as_deref().unwrap_or_default(), &more, &table.scope, &source];
        let told: Vec<&str> = told.into_iter().filter(|part| !part.is_empty()).collect();
        if !told.is_empty() {
            self.paragraph("note", &told.join(" "));
        }
    }

    fn row(&mut self, table: &Table, row: &Row) {
        self.text.push_str(r#"<table:table-row table:style-name="whole">"#);
        for (column, cell) in table.columns.iter().zip(&row.cells) {
            let shade = match cell.drawing {
                Drawing::Shade(shade) => format!("shade{shade}"),
                _ => "plain".to_owned(),
            };
            let style = match (column.is_number, row.is_total) {
                (true, true) => "cell-right-bold",
                (true, false) => "cell-right",
                (false, true) => "cell-head",
                (false, false) => "cell",
            };
            let words = words(cell);
            self.cell(&shade, style, &words);
        }
        self.text.push_str("</table:table-row>");
    }

    fn cell(&mut self, cell: &str, paragraph: &str, words: &str) {
        self.text.push_str(&format!(
            r#"<table:table-cell table:style-name="{cell}" office:value-type="string"><text:p text:style-name="{paragraph}">{words}</text:p></table:table-cell>"#
        ));
    }

    /// The whole part: styles of columns, the title, what was written.
    fn document(self, about: &About<'_>) -> String {
        let mut columns = String::new();
        for (set, widths) in self.widths.iter().enumerate() {
            let whole: u32 = widths.iter().sum();
            for (place, width) in widths.iter().enumerate() {
                let length = f64::from(*width) / f64::from(whole.max(1)) * TEXT_MM;
                columns.push_str(&format!(
                    r#"<style:style style:name="w{set}-{place}" style:family="table-column"><style:table-column-properties style:column-width="{length:.1}mm"/></style:style>"#
                ));
            }
        }
        let head = format!(
            r#"<text:p text:style-name="title">{}</text:p><text:p text:style-name="lead">{}</text:p><text:p text:style-name="note">{}</text:p>"#,
            xml(about.title),
            xml(about.subtitle),
            xml(about.scope)
        );
        format!(
            "{}{columns}</office:automatic-styles><office:body><office:text>{head}{}</office:text></office:body></office:document-content>",
            CONTENT.trim_end(),
            self.text
        )
    }
}

/// The words of a cell; what leads to the web is a link, what nobody states is in italics.
fn words(cell: &Cell) -> String {
    let text = xml(&cell.text);
    let text = match cell.mark {
        Mark::Unknown => format!(r#"<text:span text:style-name="unknown">{text}</text:span>"#),
        _ => text,
    };
    match cell.href.as_deref().filter(|href| href.starts_with("http")) {
        Some(href) => format!(r#"<text:a xlink:type="simple" xlink:href="{}">{text}</text:a>"#, xml(href)),
        None => text,
    }
}
