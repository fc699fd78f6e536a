//! Whether a table has no line of names: its first line then looks like those below it.
//! Absent: finding the line of names when there is one (see `header`).

use super::names::{clean, of_cell};
use super::{Cell, TableRow};

/// Rows compared with the first one.
const COMPARED: usize = 20;

/// What a cell plainly is, names of columns being nothing of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Plain {
    Address,
    Day,
    /// A number that ranks nothing.
    Amount,
    /// A number of hours or of days.
    Span,
    /// An amount of money.
    Price,
}

/// Whether the first of these rows is one of data: it has values, or a text that comes again below it, or most of
/// its cells are no words.
pub(super) fn is_data(rows: &[TableRow]) -> bool {
    let Some((row, below)) = rows.split_first() else { return false };
    let (words, others): (Vec<&Cell>, Vec<&Cell>) =
        row.cells.iter().filter(|cell| !cell.is_empty()).partition(|cell| plain(cell).is_none());
    has_values(rows) || repeats(row, &below[..below.len().min(COMPARED)]) || words.len() < others.len()
}

/// Whether a cell of the first of these rows is a price, or an address, a day or an amount as most below it in its
/// column are.
pub(super) fn has_values(rows: &[TableRow]) -> bool {
    let Some((row, below)) = rows.split_first() else { return false };
    let below = &below[..below.len().min(COMPARED)];
    row.cells.iter().enumerate().any(|(column, cell)| {
        let Some(own) = plain(cell) else { return false };
        if own == Plain::Price {
            return true;
        }
        let cells = below.iter().filter_map(|row| row.cells.get(column)).filter(|cell| !cell.is_empty());
        let (alike, other): (Vec<&Cell>, Vec<&Cell>) = cells.partition(|cell| plain(cell) == Some(own));
        below.is_empty() || alike.len() > other.len()
    })
}

/// Whether a cell of the first of these rows that may name a column comes again below it: « UNIVERSITY » over « UNIVERSITY »,
/// the rest of their rows being others, is a value.
pub(super) fn names_again(rows: &[TableRow], known: &dyn Fn(&str) -> bool) -> bool {
    let Some((row, below)) = rows.split_first() else { return false };
    let text = |row: &TableRow, at: usize| of_cell(row.cells.get(at));
    let is_met = |at: &usize| {
        let own = text(row, *at);
        let is_value = |other: &&TableRow| text(other, *at) == own && other.cells != row.cells;
        known(&own) && below.iter().take(COMPARED).any(|other| is_value(&other))
    };
    (0..row.cells.len()).any(|at| is_met(&at))
}

/// Whether a text of the row comes again in its column; a line of names written twice does not count.
fn repeats(row: &TableRow, below: &[TableRow]) -> bool {
    let texts = |row: &TableRow| row.cells.iter().map(|cell| of_cell(Some(cell))).collect::<Vec<_>>();
    let own = texts(row);
    let filled = own.iter().filter(|text| !text.is_empty()).count();
    below.iter().any(|other| {
        let same =
            own.iter().zip(texts(other)).filter(|(own, other)| *own == other && own.chars().count() > 1);
        let same = same.count();
        same > 0 && same < filled
    })
}

fn plain(cell: &Cell) -> Option<Plain> {
    let text = match cell {
        Cell::Day(..) => return Some(Plain::Day),
        Cell::Number(number) => return is_amount(*number).then_some(Plain::Amount),
        Cell::Text(text) => clean(text).to_lowercase(),
        _ => return None,
    };
    let is_address = text.contains("://") || text.starts_with("www.") || is_mail(&text);
    if is_address {
        return Some(Plain::Address);
    }
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
    let is_number = |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    if parts.len() == 3 && parts.iter().all(is_number) && digits >= 6 {
        return Some(Plain::Day);
    }
    let bare = text.trim_end_matches(|c: char| c.is_alphabetic() || " €%()".contains(c));
    let unit = text[bare.len()..].trim();
    let figures: String = bare.chars().filter(|c| !c.is_whitespace()).collect::<String>().replace(',', ".");
    let number: f64 = figures.parse().ok()?;
    match unit.trim_end_matches("(s)").trim() {
        "" | "%" => is_amount(number).then_some(Plain::Amount),
        "h" | "heure" | "heures" | "j" | "jour" | "jours" | "min" => Some(Plain::Span),
        "€" | "euros" | "eur" | "€ ht" | "€ ttc" | "euros ht" | "euros ttc" => Some(Plain::Price),
        _ => None,
    }
}

/// Whether a number is none of those that name columns: a rank, a month, a year.
fn is_amount(number: f64) -> bool {
    number.fract() != 0.0 || !((0.0..=31.0).contains(&number) || (1_900.0..=2_100.0).contains(&number))
}

fn is_mail(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, domain)| {
        !name.is_empty() && domain.contains('.') && !text.contains(char::is_whitespace)
    })
}
