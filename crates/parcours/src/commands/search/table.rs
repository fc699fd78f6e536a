//! Trainings as a table as wide as the terminal: two lines each, the last with the identifier. Where columns
//! would be too narrow, one fact a line. Absent: which trainings.

use catalogue::french::hours;
use catalogue::{Snapshot, Training};

use crate::terminal::{cell, width};

const NUMBER: usize = 4;
const DURATION: usize = 10;
const PRICE: usize = 11;
/// Columns under which facts are under each other.
const TABLE_MIN: usize = 60;

/// Names of columns, and a rule.
pub fn head() -> String {
    let rule = "─".repeat(width());
    match widths() {
        Some(widths) => format!("{}{rule}\n", line(widths, "N°", ["Intitulé", "Organisme", "Durée", "Prix"])),
        None => format!("{rule}\n"),
    }
}

/// A training.
pub fn row(number: usize, training: &Training, snapshot: &Snapshot) -> String {
    let duration = match (training.duration_hours, snapshot.estimate(training)) {
        (Some(stated), _) => hours(stated.get()),
        (None, Some(estimate)) => format!("est. {}", hours(estimate.median_hours)),
        (None, None) => "—".to_owned(),
    };
    let price = training.price_in_french().unwrap_or_else(|| "—".to_owned());
    let (title, provider) = (training.title.as_str(), training.provider.name.as_str());
    let facts = match widths() {
        Some(widths) => line(widths, &number.to_string(), [title, provider, &duration, &price]),
        None => {
            let cut = |text: &str| cell(text, width() - NUMBER - 1).trim_end().to_owned();
            let under = |text: &str| format!("{:NUMBER$} {}\n", "", cut(text));
            let first = format!("{number:>NUMBER$} {}\n", cut(title));
            first + &under(provider) + &under(&format!("durée {duration}, prix {price}"))
        }
    };
    format!("{facts}{:NUMBER$} {}\n", "", training.id)
}

/// Columns of the title and of the provider; none when there is no room for a table.
fn widths() -> Option<(usize, usize)> {
    let width = width();
    let left = width.checked_sub(NUMBER + DURATION + PRICE + 4)?;
    let provider = left / 3;
    (width >= TABLE_MIN).then_some((left - provider, provider))
}

fn line((title, provider): (usize, usize), number: &str, facts: [&str; 4]) -> String {
    let widths = [title, provider, DURATION, PRICE];
    let cells: Vec<String> = facts.iter().zip(widths).map(|(fact, width)| cell(fact, width)).collect();
    let line = format!("{number:>NUMBER$} {}", cells.join(" "));
    format!("{}\n", line.trim_end())
}
