//! Rows under a title that says that they are no longer on offer: « Formations annulées ».
//! Absent: what a row says of itself, and what is said of those rows (see `mapping::past`).

use catalogue::slug;

use super::Cell;
use super::names::of_cell;
use crate::REFUSED_COLUMN;
use crate::mapping::{Target, named, past};

/// First words of the title of a part.
const TITLES: [&str; 17] = [
    "formations",
    "stages",
    "sessions",
    "modules",
    "actions",
    "offre",
    "catalogue",
    "nouveautes",
    "nouvelles",
    "autres",
    "domaine",
    "axe",
    "theme",
    "thematique",
    "partie",
    "chapitre",
    "volet",
];

/// The part under way, when its title says so.
#[derive(Default)]
pub(super) struct Closed {
    title: Option<String>,
    /// Whether rows were met under it.
    has_rows: bool,
}

impl Closed {
    /// A line of names is met again: another part begins, unless it is that of the part just begun.
    pub(super) fn header(&mut self) {
        if self.has_rows {
            self.title = None;
        }
    }

    /// Takes note of the title of a part.
    pub(super) fn begin(&mut self, title: &str) {
        self.title = past::is_part(title).then(|| title.to_owned());
        self.has_rows = false;
    }

    /// The title that a row is under, or is; `is_apart`: a blank row is before it. The title of another part ends it: a text
    /// alone, or one called as a part is beside what it counts; so does a total.
    pub(super) fn title(&mut self, cells: &[Cell], columns: &[String], is_apart: bool) -> Option<String> {
        // The file of refused rows says of each of them whether it was under such a title.
        if let Some(error) = columns.iter().position(|name| name == REFUSED_COLUMN) {
            let is_left = matches!(cells.get(error), Some(Cell::Text(text)) if past::is_told(text));
            return is_left.then(String::new);
        }
        let filled: Vec<&Cell> = cells.iter().filter(|cell| !cell.is_empty()).take(3).collect();
        let text = of_cell(filled.first().copied());
        if filled.len() < 2 && columns.len() > 1 {
            self.begin(&text);
            return self.title.clone();
        }
        // Most rows are under no such title, and are none.
        if self.title.is_none() && filled.len() > 2 {
            return None;
        }
        let provider = columns.iter().position(|name| named(name) == Some(Target::Provider));
        let is_nobodys = || provider.is_some_and(|at| cells.get(at).is_none_or(Cell::is_empty));
        let folded = slug(&text);
        let first = folded.split('-').next().unwrap_or_default();
        let is_title = TITLES.contains(&first) && (filled.len() < 3 || is_nobodys());
        let is_total =
            || ["total", "sous-total"].iter().any(|total| folded.starts_with(total)) && is_nobodys();
        if is_title || is_total() || (is_apart && self.has_rows) {
            self.begin(&text);
            return self.title.clone();
        }
        self.has_rows |= self.title.is_some();
        self.title.clone()
    }
}
