//! The header of a table among its first rows: titles above it, a group line over it, an example under it.
//! Absent: cleaning of names (see `names`).

use catalogue::slug;

use super::headless::{has_values, is_data, names_again};
use super::names::{clean, of_cell};
use super::{Cell, Known, TableRow};
use crate::mapping::groups::{keeps_meaning, under};

/// How many rows may come before the header, itself included.
pub(crate) const SEARCHED_ROWS: usize = 20;
/// How many when those hold no name of a column, and a row below holds several.
pub(crate) const FAR_ROWS: usize = 60;

/// Cells of a sheet shown as one: lines from 1, columns from 0, both ends included.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Merge {
    pub(crate) lines: (u64, u64),
    pub(crate) columns: (usize, usize),
}

/// A header found.
pub(crate) struct Header {
    /// Names of the columns, cleaned, possibly empty or repeated.
    pub(crate) names: Vec<String>,
    /// Its last line; 0 when the table has none and its columns are numbered.
    pub(crate) line: u64,
    /// How many of the first rows come before the data.
    pub(crate) rows: usize,
    pub(crate) is_double: bool,
    /// Texts of the lines above it.
    pub(crate) above: Vec<String>,
    /// Whether nothing in it was recognised.
    pub(crate) is_guessed: bool,
}

/// What a person says of the header.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked {
    /// Its last line.
    pub(crate) line: Option<u64>,
    /// Whether there is one.
    pub(crate) is_there: Option<bool>,
}

/// Finds the header among the first rows of a table, blank ones left out; at least one.
pub(crate) fn find(rows: &[TableRow], asked: Asked, merges: &[Merge], known: Known) -> Option<Header> {
    let finder = Finder { rows, merges, known };
    let (position, is_guessed) = match (asked.line, asked.is_there) {
        (_, Some(false)) => return Some(finder.none(0, false)),
        (Some(line), _) => (rows.iter().position(|row| row.line >= line)?, false),
        (None, is_there) => match finder.position(is_there.is_none()) {
            Found::At(position) => (position, false),
            Found::Guessed(position) => (position, true),
            Found::Nowhere(first) => return Some(finder.none(first, true)),
        },
    };
    let (upper, lower) = finder.lines(position, asked.line.is_some())?;
    let names = match upper {
        Some(upper) => finder.joined(upper, lower),
        None => finder.single(&rows[lower]),
    };
    let width = names.iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1);
    Some(Header {
        names: names.into_iter().take(width).collect(),
        line: rows[lower].line,
        rows: lower + 1,
        is_double: upper.is_some(),
        above: texts(&rows[..upper.unwrap_or(lower)]),
        is_guessed,
    })
}

/// Where the names of columns are.
enum Found {
    /// In this row, where some are recognised.
    At(usize),
    /// Probably in this row: none is recognised.
    Guessed(usize),
    /// In no row: the first one of data is here.
    Nowhere(usize),
}

/// Whether a row under the header only shows how to fill the table.
pub(crate) fn is_example(row: &TableRow) -> bool {
    let Some(Cell::Text(first)) = row.cells.iter().find(|cell| !cell.is_empty()) else { return false };
    let first = clean(first).to_lowercase();
    let rest = |word: &str| first.strip_prefix(word).map(str::trim_start);
    rest("exemple").is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '.', '-', '–', '—', '(']))
        || rest("ex").is_some_and(|rest| rest.starts_with([':', '.']))
}

/// Whether a row under the header only numbers the columns: « 1 | 2 | 3 », « (A) | (B) ».
pub(crate) fn is_numbering(row: &TableRow) -> bool {
    let texts = row.cells.iter().map(|cell| of_cell(Some(cell))).filter(|text| !text.is_empty());
    let mut count = 0;
    for (wanted, text) in (1_u8..).zip(texts) {
        let letter = char::from(b'A' + (wanted - 1) % 26);
        let is_letter = text.eq_ignore_ascii_case(&format!("({letter})"));
        if !is_letter && text.trim_matches(['(', ')']) != wanted.to_string() {
            return false;
        }
        count = wanted;
        if count == u8::MAX {
            break;
        }
    }
    count > 2
}

struct Finder<'a> {
    rows: &'a [TableRow],
    merges: &'a [Merge],
    known: Known<'a>,
}

impl Finder<'_> {
    /// The row with most recognised names, else the first one that is as wide as the others, unless it looks
    /// like data.
    fn position(&self, may_be_absent: bool) -> Found {
        let most_of = |rows: &[TableRow]| rows.iter().map(|row| self.recognised(row)).max().unwrap_or(0);
        let near = &self.rows[..self.rows.len().min(SEARCHED_ROWS)];
        let far = &self.rows[..self.rows.len().min(FAR_ROWS)];
        let searched = if most_of(near) < 2 && most_of(far) > 2 { far } else { near };
        let counts: Vec<usize> = searched.iter().map(|row| self.recognised(row)).collect();
        let most = counts.iter().copied().max().unwrap_or(0);
        // One word of a row of data may be the name of a column elsewhere.
        let is_header = |position: usize| {
            let rows = &self.rows[position..];
            most > 1 || !may_be_absent || !(has_values(rows) || names_again(rows, self.known))
        };
        let richest = counts.iter().position(|count| *count == most && most > 0);
        // A header met again below may have more names than the first one; rows between them are data.
        let is_first = |position: usize| {
            let count = counts[position];
            count >= 3 && count * 4 >= filled(&searched[position]) * 3
        };
        let found = richest.map(|at| (0..at.saturating_sub(1)).find(|own| is_first(*own)).unwrap_or(at));
        if let Some(found) = found.filter(|found| is_header(*found)) {
            return Found::At(found);
        }
        let mut widths: Vec<usize> = searched.iter().map(extent).collect();
        widths.sort_unstable();
        let usual = widths.get(widths.len() / 2).copied().unwrap_or(0);
        let is_wide = |position: &usize| {
            let below = if self.continues(*position) { filled(&self.rows[position + 1]) } else { 0 };
            (filled(&searched[*position]) + below) * 4 >= usual * 3
        };
        let first = (0..searched.len()).find(is_wide).unwrap_or(0);
        if may_be_absent && is_data(&self.rows[first..]) {
            // A title above is the only row that is no data.
            let is_title = |row: &TableRow| filled(row) == 1 && usual > 2;
            return Found::Nowhere(searched[..first].iter().rposition(is_title).map_or(0, |last| last + 1));
        }
        Found::Guessed(first)
    }

    fn recognised(&self, row: &TableRow) -> usize {
        let is_known = |cell: &&Cell| !cell.is_empty() && (self.known)(&of_cell(Some(cell)));
        row.cells.iter().filter(is_known).count()
    }

    /// Numbered columns, for a table without names.
    fn none(&self, first: usize, is_guessed: bool) -> Header {
        let width = self.rows.iter().map(extent).max().unwrap_or(0);
        let names = (1..=width).map(|number| format!("colonne {number}")).collect();
        let above = texts(&self.rows[..first]);
        Header { names, line: 0, rows: first, is_double: false, above, is_guessed }
    }

    /// The rows of the header, given one of them: the upper one when there are two, and the lower one.
    fn lines(&self, position: usize, is_last: bool) -> Option<(Option<usize>, usize)> {
        self.rows.get(position)?;
        let above = position.checked_sub(1);
        Some(match above {
            Some(above)
                if self.is_group(above) || self.are_units(&self.rows[above], &self.rows[position]) =>
            {
                (Some(above), position)
            }
            _ if !is_last && self.continues(position) => (Some(position), position + 1),
            _ => (None, position),
        })
    }

    /// Whether the merged cells of a row say that its names go on in the row below.
    fn spans(&self, row: &TableRow, width: usize) -> bool {
        self.merges.iter().any(|merge| {
            let (first, last) = merge.columns;
            merge.lines.0 == row.line && last > first && last - first + 1 < width
        })
    }

    /// Whether merged cells spread the name of a column over the next ones.
    fn is_group_at(&self, line: u64, column: usize) -> bool {
        self.merges.iter().any(|merge| {
            let (first, last) = merge.columns;
            merge.lines.0 == line && last > first && (first..=last).contains(&column)
        })
    }

    /// Whether a row holds one text, over columns that have names of their own: the title of the table.
    fn is_title(&self, row: &TableRow, next: &TableRow) -> bool {
        let Some(column) = row.cells.iter().position(|cell| !cell.is_empty()) else { return false };
        if filled(row) > 1 {
            return false;
        }
        let merge = self.merges.iter().find(|merge| merge.lines.0 == row.line && merge.columns.0 <= column);
        match merge {
            Some(merge) => {
                let (first, last) = merge.columns;
                first == 0 || (first == 1 && (last - first + 1) * 2 > extent(next))
            }
            None => next.cells.get(column).is_some_and(|cell| (self.known)(&of_cell(Some(cell)))),
        }
    }

    /// Whether a row only names groups of the columns of the next one.
    fn is_group(&self, position: usize) -> bool {
        let (Some(row), Some(next)) = (self.rows.get(position), self.rows.get(position + 1)) else {
            return false;
        };
        let is_name = |cell: &Cell| cell.is_empty() || is_words(cell) || is_year(cell);
        if next.line != row.line + 1 || !row.cells.iter().all(is_name) {
            return false;
        }
        if self.is_title(row, next) {
            return false;
        }
        if self.spans(row, extent(next)) {
            return true;
        }
        let covers =
            row.cells.iter().zip(row.cells.iter().skip(1)).enumerate().any(|(column, (cell, after))| {
                !cell.is_empty() && after.is_empty() && has(next, column) && has(next, column + 1)
            });
        let starts_late = !has(row, 0) && has(next, 0);
        let names_some =
            if covers { starts_late || filled(row) >= 3 } else { starts_late && filled(row) >= 2 };
        self.merges.is_empty() && names_some && extent(row) <= extent(next)
    }

    /// Whether the row below completes this one, the names of which span several columns.
    fn continues(&self, position: usize) -> bool {
        let (Some(row), Some(next)) = (self.rows.get(position), self.rows.get(position + 1)) else {
            return false;
        };
        if self.are_units(row, next) {
            return true;
        }
        let is_names = next.cells.iter().all(|cell| cell.is_empty() || is_words(cell));
        if next.line != row.line + 1 || !is_names || filled(next) == 0 {
            return false;
        }
        let width = extent(row).max(extent(next));
        if self.spans(row, width) {
            // Under a name of its own, a second line of names is blank; a row of data is not.
            let is_own = |column: usize| has(row, column) && !self.is_group_at(row.line, column);
            // « Durée » over « (jours) »: a unit completes its name.
            let completes = |column: usize| of_cell(next.cells.get(column)).starts_with('(');
            let disagrees =
                (0..width).any(|column| is_own(column) && has(next, column) && !completes(column));
            return !disagrees || self.recognised(next) > 1;
        }
        let completes = |column: usize| has(next, column) && !has(row, column);
        let agrees = |column: usize| !(has(row, column) && has(next, column) && has(row, column + 1));
        // A row of data fills its first cell; a second line of names leaves it to the line above.
        has(row, 0) && !has(next, 0) && (0..width).any(completes) && (0..width).all(agrees)
    }

    /// Whether a row only says the units of the names above: « Durée » over « (en jours) ».
    fn are_units(&self, row: &TableRow, next: &TableRow) -> bool {
        let agrees = |(column, cell): (usize, &Cell)| {
            let text = of_cell(Some(cell));
            cell.is_empty() || (has(row, column) && (is_unit(&text) || is_sort(&text)))
        };
        let texts = || next.cells.iter().map(|cell| of_cell(Some(cell))).filter(|text| !text.is_empty());
        next.line == row.line + 1
            && (texts().any(|text| is_unit(&text)) || texts().filter(|text| is_sort(text)).count() > 1)
            && self.recognised(row) > 0
            && next.cells.iter().enumerate().all(agrees)
    }

    /// Names of one line; a merged one is that of all its columns that hold something.
    fn single(&self, row: &TableRow) -> Vec<String> {
        let mut names: Vec<String> = row.cells.iter().map(|cell| of_cell(Some(cell))).collect();
        let width = self.rows.iter().map(extent).max().unwrap_or(0);
        for merge in self.merges.iter().filter(|merge| merge.lines.0 == row.line) {
            let (first, last) = merge.columns;
            let name = names.get(first).cloned().unwrap_or_default();
            for column in (first + 1..=last).take_while(|column| *column < width) {
                names.resize(names.len().max(column + 1), String::new());
                if names[column].is_empty() {
                    names[column].clone_from(&name);
                }
            }
        }
        names
    }

    /// Names of two lines: « Public visé / Cadres ».
    fn joined(&self, upper: usize, lower: usize) -> Vec<String> {
        let (above, below) = (&self.rows[upper], &self.rows[lower]);
        let width = extent(above).max(extent(below));
        let own: Vec<String> = (0..width).map(|column| of_cell(below.cells.get(column))).collect();
        let mut group = String::new();
        let mut names = Vec::with_capacity(width);
        let are_units = self.are_units(above, below);
        for column in 0..width {
            let top = of_cell(above.cells.get(column));
            let name = &own[column];
            if are_units {
                names.push(match name.trim_matches(['(', ')']) {
                    unit if is_unit(name) => format!("{top} ({unit})"),
                    _ => top,
                });
                continue;
            }
            let is_alone = !name.is_empty()
                && (self.known)(name)
                && own.iter().filter(|other| *other == name).count() == 1;
            let is_apart = is_alone && keeps_meaning(&group, name);
            if !top.is_empty() || !self.is_covered(above.line, column, is_apart) {
                group.clone_from(&top);
            }
            let both = format!("{group} / {name}");
            names.push(match (group.is_empty(), name.is_empty()) {
                (true, _) => name.clone(),
                (false, true) => top,
                (false, false) if is_alone && !(self.known)(&both) => under(&group, name),
                (false, false) => both,
            });
        }
        names
    }

    /// Whether a blank cell of the upper line belongs to the name at its left.
    fn is_covered(&self, line: u64, column: usize, is_alone: bool) -> bool {
        if self.merges.is_empty() {
            return !is_alone;
        }
        self.merges.iter().any(|merge| {
            (merge.lines.0..=merge.lines.1).contains(&line)
                && (merge.columns.0..=merge.columns.1).contains(&column)
        })
    }
}

/// Whether a text is a unit, between parentheses or not: « jours », « (€ HT) », « par personne ».
fn is_unit(text: &str) -> bool {
    const WORDS: [&str; 34] = [
        "jours",
        "jour",
        "j",
        "heures",
        "heure",
        "h",
        "minutes",
        "min",
        "euros",
        "euro",
        "eur",
        "ht",
        "ttc",
        "en",
        "nb",
        "de",
        "par",
        "personne",
        "stagiaire",
        "agent",
        "mois",
        "semaine",
        "usd",
        "k",
        "keur",
        "m",
        "meur",
        "milliers",
        "d",
        "dollars",
        "chf",
        "gbp",
        "groupe",
        "session",
    ];
    let words = slug(&text.replace(['€', '$', '£', '(', ')', '/'], " "));
    let says = text.chars().any(|sign| sign.is_alphabetic() || "€$£".contains(sign));
    says && words.split('-').all(|word| word.is_empty() || WORDS.contains(&word))
}

/// Whether a text only says of what sort cells are, or whether they are to be filled.
fn is_sort(text: &str) -> bool {
    const SORTS: [&str; 13] = [
        "texte",
        "texte-libre",
        "nombre",
        "date",
        "liste",
        "oui-non",
        "lien",
        "url",
        "obligatoire",
        "facultatif",
        "optionnel",
        "requis",
        "liste-deroulante",
    ];
    SORTS.contains(&slug(text).as_str())
}

fn has(row: &TableRow, column: usize) -> bool {
    row.cells.get(column).is_some_and(|cell| !cell.is_empty())
}

fn filled(row: &TableRow) -> usize {
    row.cells.iter().filter(|cell| !cell.is_empty()).count()
}

fn extent(row: &TableRow) -> usize {
    row.cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1)
}

/// The texts of lines, one each.
fn texts(rows: &[TableRow]) -> Vec<String> {
    let text = |row: &TableRow| {
        let cells = row.cells.iter().map(|cell| of_cell(Some(cell))).filter(|text| !text.is_empty());
        cells.collect::<Vec<_>>().join(" | ")
    };
    rows.iter().map(text).filter(|text| !text.is_empty()).collect()
}

fn is_year(cell: &Cell) -> bool {
    of_cell(Some(cell)).parse().is_ok_and(|year: u16| (1990..=2100).contains(&year))
}

/// Whether a cell could be a name: words, neither a number nor an address.
fn is_words(cell: &Cell) -> bool {
    let Cell::Text(text) = cell else { return false };
    text.chars().any(char::is_alphabetic) && !text.contains("://") && text.chars().count() <= 200
}
