//! A section of the report as HTML. Absent: the page around it.

use askama::Template;
use catalogue::report::{Block, Cell, Column, Drawing, KeyFigure, Mark, Row, Section, Table};

use super::super::facets::bar;

/// Parts of a stacked bar, in the order of the columns.
const PARTS: [&str; 5] = ["r1", "r2", "r3", "r4", "r0"];
/// Thousandths of a whole.
const WHOLE: f64 = 1_000.0;

#[derive(Template)]
#[template(path = "_report_section.html")]
struct SectionView<'a> {
    id: &'a str,
    title: &'a str,
    finding: &'a str,
    blocks: Vec<BlockView<'a>>,
}

enum BlockView<'a> {
    Heading(&'a str),
    Paragraph(&'a str),
    List(&'a [String]),
    Figures(&'a [KeyFigure]),
    Table(TableView<'a>),
}

struct TableView<'a> {
    id: &'a str,
    caption: &'a str,
    note: &'a str,
    scope: &'a str,
    source: &'a str,
    columns: &'a [Column],
    rows: Vec<RowView<'a>>,
    more: Option<String>,
}

struct RowView<'a> {
    is_total: bool,
    name: &'a Cell,
    /// Parts of the bar under the name: class, place, width.
    stack: Vec<(&'static str, String, String)>,
    cells: Vec<CellView<'a>>,
}

struct CellView<'a> {
    cell: &'a Cell,
    class: String,
    bar: Option<String>,
}

impl CellView<'_> {
    fn is_unknown(&self) -> bool {
        self.cell.mark == Mark::Unknown
    }
}

/// A section, written.
pub(super) fn section(section: &Section) -> String {
    let view = SectionView {
        id: section.kind.name(),
        title: section.kind.title(),
        finding: &section.finding,
        blocks: section.blocks.iter().map(block).collect(),
    };
    view.render().unwrap_or_default()
}

fn block(block: &Block) -> BlockView<'_> {
    match block {
        Block::Heading(text) => BlockView::Heading(text),
        Block::Paragraph(text) => BlockView::Paragraph(text),
        Block::List(items) => BlockView::List(items),
        Block::Figures(figures) => BlockView::Figures(figures),
        Block::Table(own) => BlockView::Table(table(own)),
    }
}

fn table(table: &Table) -> TableView<'_> {
    TableView {
        id: &table.id,
        caption: &table.caption,
        note: table.note.as_deref().unwrap_or_default(),
        scope: &table.scope,
        source: &table.source,
        columns: &table.columns,
        rows: table.shown().iter().filter_map(|own| row(own, &table.columns)).collect(),
        more: table.more_told(),
    }
}

fn share(part: f64) -> String {
    bar((part * WHOLE).round() as u64, WHOLE as u64)
}

fn row<'a>(row: &'a Row, columns: &'a [Column]) -> Option<RowView<'a>> {
    let (name, cells) = row.cells.split_first()?;
    let mut stack = Vec::new();
    if let Drawing::Stack(parts) = &name.drawing {
        let mut before = 0.0;
        let last = parts.len().saturating_sub(1);
        for (place, part) in parts.iter().enumerate() {
            // The last part is the one that is not there.
            let class = if place == last { PARTS[4] } else { PARTS[place.min(3)] };
            if *part > 0.0 {
                stack.push((class, share(before), share(*part)));
            }
            before += part;
        }
    }
    let cell = |(cell, column): (&'a Cell, &Column)| {
        let mut class = if column.is_number { "chiffre".to_owned() } else { String::new() };
        if let Drawing::Shade(shade) = cell.drawing {
            class.push_str(&format!("{}n{shade}", if class.is_empty() { "" } else { " " }));
        }
        let bar = match cell.drawing {
            Drawing::Bar(part) => Some(share(part)),
            _ => None,
        };
        CellView { cell, class, bar }
    };
    Some(RowView {
        is_total: row.is_total,
        name,
        stack,
        cells: cells.iter().zip(&columns[1..]).map(cell).collect(),
    })
}
