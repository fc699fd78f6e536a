//! Trainings as a table of 80 columns: two lines each, the second with the identifier.
//! Absent: which trainings.

use catalogue::french::{euros, hours};
use catalogue::{Snapshot, Training};

use crate::terminal::cell;

const NUMBER: usize = 4;
const TITLE: usize = 37;
const PROVIDER: usize = 17;
const DURATION: usize = 11;

/// Names of columns.
pub fn head() -> String {
    let line = line("N°", "Intitulé", "Organisme", "Durée", "Prix");
    format!("{line}{}\n", "─".repeat(crate::terminal::WIDTH))
}

/// A training.
pub fn row(number: usize, training: &Training, snapshot: &Snapshot) -> String {
    let duration = match (training.duration_hours, snapshot.estimate(training)) {
        (Some(stated), _) => hours(stated.get()),
        (None, Some(estimate)) => format!("est. {}", hours(estimate.median_hours)),
        (None, None) => "—".to_owned(),
    };
    let price = training.price_eur.map_or_else(|| "—".to_owned(), |price| euros(price.get()));
    let first = line(&number.to_string(), &training.title, &training.provider.name, &duration, &price);
    format!("{first}{:NUMBER$} {}\n", "", training.id)
}

fn line(number: &str, title: &str, provider: &str, duration: &str, price: &str) -> String {
    let line = format!(
        "{number:>NUMBER$} {} {} {} {price}",
        cell(title, TITLE),
        cell(provider, PROVIDER),
        cell(duration, DURATION)
    );
    format!("{}\n", line.trim_end())
}
