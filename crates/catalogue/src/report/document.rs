//! Sections, texts, figures and tables of a report. Absent: what they say (see the modules of sections), how they look.

use super::request::{ReportRequest, SectionKind};
use crate::french::{self, typeset};
use crate::gaps::State;

/// Shades of a drawing, the darkest last; 0 is none.
pub const SHADES: u8 = 4;

/// A report.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// What it is.
    pub title: String,
    /// What it answers.
    pub subtitle: String,
    /// Its day, in French words.
    pub date: String,
    /// Its day, `2026-11-30`.
    pub day: String,
    /// Number of the version of the catalogue.
    pub revision: u64,
    /// What it bears on, in a sentence: filters, version, date.
    pub scope: String,
    /// What was asked.
    pub request: ReportRequest,
    /// Figures of the first page.
    pub figures: Vec<KeyFigure>,
    /// Sections, in their order.
    pub sections: Vec<Section>,
}

/// A document of a few pages that is no report: it has no sections.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// The same for the same paper, another for another.
    pub ident: String,
    /// What sort of document it is.
    pub kind: String,
    /// Title.
    pub title: String,
    /// What it is for, in a sentence, after the title.
    pub lead: String,
    /// Its day, in French words.
    pub date: String,
    /// Its day, `2026-11-30`.
    pub day: String,
    /// What it rests on, in a sentence: version of the catalogue, date.
    pub scope: String,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// A section of a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Which one; it says the place.
    pub kind: SectionKind,
    /// What it follows from, in one sentence, after the title.
    pub finding: String,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// A part of a section.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A title under that of the section.
    Heading(String),
    /// A paragraph.
    Paragraph(String),
    /// Short sentences, each on its own.
    List(Vec<String>),
    /// Figures to be seen first.
    Figures(Vec<KeyFigure>),
    /// A table.
    Table(Table),
}

impl Block {
    /// A paragraph, with the spaces of French typography.
    pub fn paragraph(text: impl AsRef<str>) -> Self {
        Self::Paragraph(typeset(text.as_ref()))
    }

    /// A list, with the spaces of French typography.
    pub fn list(items: impl IntoIterator<Item = String>) -> Self {
        Self::List(items.into_iter().map(|item| typeset(&item)).collect())
    }

    /// A heading, with the spaces of French typography.
    pub fn heading(text: impl AsRef<str>) -> Self {
        Self::Heading(typeset(text.as_ref()))
    }
}

/// A figure and what it counts.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyFigure {
    /// As it is shown.
    pub value: String,
    /// As a number, when it is one.
    pub number: Option<f64>,
    /// What it counts.
    pub label: String,
}

impl KeyFigure {
    /// A count.
    pub fn count(number: u64, label: impl AsRef<str>) -> Self {
        Self { value: french::integer(number), number: Some(number as f64), label: typeset(label.as_ref()) }
    }

    /// A share of a whole.
    pub fn share(part: u64, whole: u64, label: impl AsRef<str>) -> Self {
        let number = (whole > 0).then(|| part as f64 / whole as f64);
        Self { value: french::percent(part, whole), number, label: typeset(label.as_ref()) }
    }
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Identifier, unique in a report: lower-case letters, digits and hyphens.
    pub id: String,
    /// What it shows.
    pub caption: String,
    /// Columns; the first names the rows.
    pub columns: Vec<Column>,
    /// Rows, each with a cell for each column.
    pub rows: Vec<Row>,
    /// Rows that pages and paper show, the workbook having all of them; `None`: all.
    pub most: Option<usize>,
    /// Rows that no form has.
    pub left_out: u64,
    /// How to read it, when it must be said.
    pub note: Option<String>,
    /// What it bears on: filters, version, date.
    pub scope: String,
    /// Where its facts come from.
    pub source: String,
}

impl Table {
    /// The rows that pages and paper show.
    pub fn shown(&self) -> &[Row] {
        &self.rows[..self.most.map_or(self.rows.len(), |most| most.min(self.rows.len()))]
    }

    /// What is said of the rows that are not shown.
    pub fn more_told(&self) -> Option<String> {
        let hidden = (self.rows.len() - self.shown().len()) as u64;
        let words = |count, one: &str, many: &str| french::counted(count, one, many);
        match (hidden, self.left_out) {
            (0, 0) => None,
            (0, left_out) => {
                Some(format!("{}.", words(left_out, "autre n’est pas montré", "autres ne sont pas montrés")))
            }
            (hidden, _) => Some(format!(
                "{}.",
                words(hidden, "autre ligne est dans le classeur", "autres lignes sont dans le classeur")
            )),
        }
    }
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its name.
    pub label: String,
    /// How much room it takes.
    pub width: Width,
    /// Whether its cells are numbers.
    pub is_number: bool,
}

impl Column {
    /// A column of words.
    pub fn words(label: &str, width: Width) -> Self {
        Self { label: typeset(label), width, is_number: false }
    }

    /// A column of numbers.
    pub fn number(label: &str) -> Self {
        Self { label: typeset(label), width: Width::Narrow, is_number: true }
    }
}

/// How much room a column takes, beside the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// A number or a word.
    Narrow,
    /// A few words.
    Middle,
    /// A title.
    Wide,
    /// A sentence.
    Full,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// One for each column; the first names the row.
    pub cells: Vec<Cell>,
    /// Whether it sums the others.
    pub is_total: bool,
}

impl Row {
    /// A row.
    pub fn new(cells: Vec<Cell>) -> Self {
        Self { cells, is_total: false }
    }

    /// A row of totals.
    pub fn total(cells: Vec<Cell>) -> Self {
        Self { cells, is_total: true }
    }
}

/// How sure a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Counted, stated or judged.
    Known,
    /// Worked out by a rule of estimates.
    Estimated,
    /// Known to nobody.
    Unknown,
}

/// What is drawn in a cell, beside or under its text, which says the same.
#[derive(Debug, Clone, PartialEq)]
pub enum Drawing {
    /// Nothing.
    None,
    /// A background, from 1 to [`SHADES`].
    Shade(u8),
    /// A bar as long as a part of the greatest, 0 to 1.
    Bar(f64),
    /// Parts of a whole, end to end, the darkest first; their sum is 1.
    Stack(Vec<f64>),
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// As it is read.
    pub text: String,
    /// As a number, when it is one.
    pub value: Option<f64>,
    /// The least and the greatest that this number may be, when its text says them: two columns of the workbook.
    pub range: Option<(f64, f64)>,
    /// Where it leads: a page of the product, from its root, or of the web.
    pub href: Option<String>,
    /// How sure it is.
    pub mark: Mark,
    /// What is drawn.
    pub drawing: Drawing,
}

impl Cell {
    /// Words, as they are.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            value: None,
            range: None,
            href: None,
            mark: Mark::Known,
            drawing: Drawing::None,
        }
    }

    /// A sentence of ours, with the spaces of French typography.
    pub fn sentence(text: impl AsRef<str>) -> Self {
        Self::text(typeset(text.as_ref()))
    }

    /// A count.
    pub fn count(number: u64) -> Self {
        Self { value: Some(number as f64), ..Self::text(french::integer(number)) }
    }

    /// A share of a whole; a dash without a whole.
    pub fn share(part: u64, whole: u64) -> Self {
        let value = (whole > 0).then(|| part as f64 / whole as f64);
        Self { value, ..Self::text(french::percent(part, whole)) }
    }

    /// A count with a bar beside it.
    pub fn bar(number: u64, greatest: u64) -> Self {
        Self { drawing: Drawing::Bar(number as f64 / greatest.max(1) as f64), ..Self::count(number) }
    }

    /// A count on a background that is darker as it is greater.
    pub fn heat(number: u64, greatest: u64) -> Self {
        let steps = u64::from(SHADES);
        let shade = if number == 0 { 0 } else { (number * steps).div_ceil(greatest.max(1)).min(steps) };
        let drawing = if shade == 0 { Drawing::None } else { Drawing::Shade(shade as u8) };
        Self { drawing, ..Self::count(number) }
    }

    /// What nobody states.
    pub fn unknown(text: &str) -> Self {
        Self { mark: Mark::Unknown, ..Self::text(text) }
    }

    /// Nothing is to be said here.
    pub fn nothing() -> Self {
        Self::text("")
    }

    /// The state of a level, with how many trainings suit.
    pub fn state(state: State, trainings: usize) -> Self {
        let drawing = match state {
            State::Covered => Drawing::Shade(3),
            State::Thin => Drawing::Shade(2),
            State::OutOfReach => Drawing::Shade(1),
            State::Missing => Drawing::None,
        };
        let label = state.label().to_lowercase();
        let text = match state {
            State::Missing | State::OutOfReach => format!("{}\u{a0}{label}", state.mark()),
            State::Thin | State::Covered => {
                format!("{}\u{a0}{label} ({})", state.mark(), french::integer(trainings as u64))
            }
        };
        Self { drawing, ..Self::text(text) }
    }

    /// The same cell, leading somewhere.
    pub fn leading(self, href: impl Into<String>) -> Self {
        Self { href: Some(href.into()), ..self }
    }

    /// The same cell, worked out by a rule of estimates when `is_estimated`.
    pub fn estimated(self, is_estimated: bool) -> Self {
        match is_estimated {
            true => Self { mark: Mark::Estimated, text: format!("≈\u{a0}{}", self.text), ..self },
            false => self,
        }
    }
}

impl Report {
    /// A section of it.
    pub fn section(&self, kind: SectionKind) -> Option<&Section> {
        self.sections.iter().find(|section| section.kind == kind)
    }

    /// All its tables, in their order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.sections.iter().flat_map(|section| &section.blocks).filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
    }

    /// A table of it.
    pub fn table(&self, id: &str) -> Option<&Table> {
        self.tables().find(|table| table.id == id)
    }
}
