//! Trainings chosen in the list to be compared: they are in the address of the list (`comparer=…`), so that
//! they stay while one turns pages and filters, without script too. Absent: the comparison (see `compare`).

use catalogue::{Selection, Snapshot};

use super::compare::MOST_COMPARED;
use crate::address::{self, TRAININGS};

/// Name of the parameter that holds a chosen training.
pub(crate) const PARAMETER: &str = "comparer";
/// Trainings that an address may hold at most; the others are left out.
const MOST_CHOSEN: usize = 8;

/// A chosen training.
pub(crate) struct Choice {
    /// Its identifier.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The list without it.
    pub without: String,
}

/// The trainings chosen so far and the links that keep them.
pub(crate) struct Chosen {
    ids: Vec<String>,
}

impl Chosen {
    /// Identifiers as an address gives them: unknown ones and repetitions are left out.
    pub(crate) fn new<'a>(ids: impl Iterator<Item = &'a str>, snapshot: &Snapshot) -> Self {
        let mut chosen = Self { ids: Vec::new() };
        for id in ids {
            let is_new = chosen.ids.iter().all(|known| known != id);
            if is_new && chosen.ids.len() < MOST_CHOSEN && snapshot.get(id).is_some() {
                chosen.ids.push(id.to_owned());
            }
        }
        chosen
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Number of trainings to take away before they can be compared.
    pub(crate) fn too_many(&self) -> usize {
        self.ids.len().saturating_sub(MOST_COMPARED)
    }

    /// The list for a selection, with the same chosen trainings.
    pub(crate) fn list(&self, selection: &Selection) -> String {
        self.at(TRAININGS, selection)
    }

    /// Another page on a selection, with the same chosen trainings.
    pub(crate) fn at(&self, path: &str, selection: &Selection) -> String {
        address_of(path, selection, self.ids.iter())
    }

    /// The comparison of the chosen trainings; none while they are too many or alone.
    pub(crate) fn comparison(&self) -> Option<String> {
        let can_be = self.ids.len() > 1 && self.too_many() == 0;
        can_be.then(|| address::with_pairs("/comparer", self.ids.iter().map(|id| ("id", id.as_str()))))
    }

    /// Each chosen training.
    pub(crate) fn choices(&self, selection: &Selection, snapshot: &Snapshot) -> Vec<Choice> {
        let choice = |id: &String| Choice {
            title: snapshot.get(id).map(|training| training.title).unwrap_or_default(),
            without: address_of(TRAININGS, selection, self.ids.iter().filter(|other| *other != id)),
            id: id.clone(),
        };
        self.ids.iter().map(choice).collect()
    }
}

fn address_of<'a>(path: &str, selection: &Selection, ids: impl Iterator<Item = &'a String>) -> String {
    let pairs = selection.pairs();
    let own = pairs.iter().map(|(name, value)| (*name, value.as_str()));
    address::with_pairs(path, own.chain(ids.map(|id| (PARAMETER, id.as_str()))))
}
