//! A report as the data that the layout reads. Absent: the layout.

use catalogue::report::{
    Block, Cell, Column, Drawing, KeyFigure, Mark, Paper, Report, Row, Section, Table, Width,
};
use serde_json::{Value, json};

use crate::fonts::printable;

/// Longest word that a narrow column can hold.
const WORD_CHARS: usize = 18;

/// All of a report.
pub(crate) fn report(report: &Report) -> Value {
    json!({
        "title": printable(&report.title),
        "subtitle": printable(&report.subtitle),
        "date": printable(&report.date),
        "day": parts_of(&report.day),
        "scope": printable(&report.scope),
        "shape": if report.request.is_one_page { "brief" } else { "report" },
        "figures": figures(&report.figures),
        "sections": report.sections.iter().map(section).collect::<Vec<_>>(),
    })
}

/// All of a paper: one section without a title of its own.
pub(crate) fn paper(paper: &Paper) -> Value {
    json!({
        "title": printable(&paper.title),
        "subtitle": printable(&paper.kind),
        "date": printable(&paper.date),
        "day": parts_of(&paper.day),
        "scope": printable(&paper.scope),
        "shape": "paper",
        "figures": [],
        "sections": [{
            "title": printable(&paper.title),
            "finding": printable(&paper.lead),
            "blocks": paper.blocks.iter().map(block).collect::<Vec<_>>(),
        }],
    })
}

/// Year, month and day of a date.
fn parts_of(day: &str) -> Vec<u16> {
    day.split('-').filter_map(|part| part.parse().ok()).collect()
}

fn section(section: &Section) -> Value {
    json!({
        "title": section.kind.title(),
        "finding": printable(&section.finding),
        "blocks": section.blocks.iter().map(block).collect::<Vec<_>>(),
    })
}

fn block(block: &Block) -> Value {
    match block {
        Block::Heading(text) => json!({ "kind": "heading", "text": printable(text) }),
        Block::Paragraph(text) => json!({ "kind": "paragraph", "text": printable(text) }),
        Block::List(items) => {
            json!({ "kind": "list", "items": items.iter().map(|item| printable(item)).collect::<Vec<_>>() })
        }
        Block::Figures(all) => json!({ "kind": "figures", "figures": figures(all) }),
        Block::Table(own) => json!({ "kind": "table", "table": table(own) }),
    }
}

fn figures(figures: &[KeyFigure]) -> Vec<Value> {
    let figure =
        |figure: &KeyFigure| json!({ "value": printable(&figure.value), "label": printable(&figure.label) });
    figures.iter().map(figure).collect()
}

fn table(table: &Table) -> Value {
    let shown = table.shown();
    let note = [table.note.clone(), table.more_told()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    json!({
        "caption": printable(&table.caption),
        "columns": table.columns.iter().map(column).collect::<Vec<_>>(),
        "rows": shown.iter().map(row).collect::<Vec<_>>(),
        "note": printable(&note),
        "scope": printable(&table.scope),
        "source": printable(&table.source),
    })
}

fn column(column: &Column) -> Value {
    let width = width(column.width);
    json!({ "label": printable(&column.label), "width": width, "number": column.is_number })
}

/// Parts of the room between the margins.
pub(crate) fn width(width: Width) -> u32 {
    match width {
        Width::Narrow => 12,
        Width::Middle => 19,
        Width::Wide => 30,
        Width::Full => 50,
    }
}

fn row(row: &Row) -> Value {
    json!({ "cells": row.cells.iter().map(cell).collect::<Vec<_>>(), "total": row.is_total })
}

/// The text with places where a long word may go on to the next line; an address of the web has its own.
fn breakable(text: &str) -> String {
    let is_long = |word: &str| word.chars().count() > WORD_CHARS && !word.starts_with("http");
    if !text.split(' ').any(is_long) {
        return text.to_owned();
    }
    let mut broken = String::with_capacity(text.len() + 16);
    for (place, word) in text.split(' ').enumerate() {
        if place > 0 {
            broken.push(' ');
        }
        let mut run = 0;
        for c in word.chars() {
            broken.push(c);
            run += 1;
            if is_long(word) && (run >= WORD_CHARS || matches!(c, '.' | '/' | '-' | '_')) {
                broken.push('\u{200b}');
                run = 0;
            }
        }
    }
    broken
}

fn cell(cell: &Cell) -> Value {
    // A page of the product has no address of its own on paper.
    let href = cell.href.as_deref().filter(|href| href.starts_with("http"));
    let mut value = json!({ "text": breakable(&printable(&cell.text)) });
    let mut put = |name: &str, own: Value| value[name] = own;
    if let Some(href) = href {
        put("href", json!(href));
    }
    if cell.mark == Mark::Unknown {
        put("unknown", json!(true));
    }
    match &cell.drawing {
        Drawing::None => {}
        Drawing::Shade(shade) => put("shade", json!(shade)),
        Drawing::Bar(part) => put("bar", json!(part)),
        Drawing::Stack(parts) => put("stack", json!(parts)),
    }
    value
}
