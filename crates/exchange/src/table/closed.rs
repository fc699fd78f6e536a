//! Rows under a title that says that they are no longer on offer: « Formations annulées ».
//! Absent: what a row says of itself (see `mapping::past`).

use super::Cell;
use super::names::of_cell;
use crate::REFUSED_COLUMN;
use crate::issue::Fault;
use crate::mapping::{Target, named, past};

/// Fewest columns of a table where a row of two cells is the title of a part with what it counts.
const COLUMNS: usize = 4;

/// What is said of such a title, and of the rows under it.
const TITLE: &str = "la ligne est le titre de formations qui n’ont plus cours";
const UNDER: &str = "la ligne est sous un titre de formations qui n’ont plus cours";

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

    /// Why a row is left, when it is under such a title or is one; `is_apart`: a blank row is before it. Any row that looks
    /// like the title of another part ends it, since a training left by mistake is worse than one that a person removes.
    pub(super) fn fault(&mut self, cells: &[Cell], columns: &[String], is_apart: bool) -> Option<Fault> {
        // The file of refused rows says of each of them whether it was under such a title.
        if let Some(error) = columns.iter().position(|name| name == REFUSED_COLUMN) {
            let is_left = matches!(cells.get(error), Some(Cell::Text(text)) if text.contains(UNDER) || text.contains(TITLE));
            let remedy = "retirez-la, ou videz la cellule « erreur » si elle a toujours cours";
            return is_left.then(|| Fault::new(UNDER, remedy));
        }
        let filled: Vec<&Cell> = cells.iter().filter(|cell| !cell.is_empty()).take(3).collect();
        if let [lone] = filled.as_slice()
            && columns.len() > 1
        {
            let title = of_cell(Some(lone));
            self.begin(&title);
            let remedy = "retirez-la de la table, avec les lignes qui la suivent";
            let fault = || Fault::new(TITLE, remedy);
            return self.title.is_some().then(|| fault().value(title));
        }
        let provider = columns.iter().position(|name| named(name) == Some(Target::Provider));
        let is_nobodys = provider.is_some_and(|at| cells.get(at).is_none_or(Cell::is_empty));
        let is_title = is_nobodys || (filled.len() < 3 && columns.len() >= COLUMNS);
        if is_title || (is_apart && self.has_rows) {
            self.title = None;
        }
        let title = self.title.as_ref()?;
        self.has_rows = true;
        let remedy = "retirez-la de la table, ou sortez-la de cette partie si elle a toujours cours";
        Some(Fault::new(UNDER, remedy).value(title.as_str()))
    }
}
