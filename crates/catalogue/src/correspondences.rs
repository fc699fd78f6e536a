//! The table of actors (or of a vocabulary) against a vocabulary, and its correspondence analysis.
//! Absent: the analysis itself (see the crate `contingency`), drawings (see the crate `web`).

use contingency::{Correspondence, Error, Table, correspondence};

use crate::facets::Facet;
use crate::offer::Offer;
use crate::referential::Referential;
use crate::snapshot::Snapshot;

/// Organisations that a map shows at most without a threshold of its own: more of them hide each other.
pub const PROVIDERS_READABLE: usize = 20;
/// Organisations that a map shows at most, whatever the threshold asked for.
pub const PROVIDERS_MAX: usize = 60;

/// What the rows of the table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actors {
    /// Organisations that give at least this many trainings; without a number, as many as keep the map readable.
    Providers(Option<u64>),
    /// The values of a vocabulary, kinds of organisations among them.
    Values(Facet),
}

/// A row or a column of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Identifier.
    pub id: String,
    /// Label on screens.
    pub label: String,
}

/// A table and what the analysis says of it. A training that has several values counts in each of their cells.
#[derive(Debug, Clone, PartialEq)]
pub struct CorrespondenceMap {
    /// The rows.
    pub rows: Vec<Heading>,
    /// The columns.
    pub columns: Vec<Heading>,
    /// Numbers of trainings, row after row.
    pub counts: Vec<u64>,
    /// Trainings an organisation gives at least to be a row; `None` when rows are not organisations.
    pub least: Option<u64>,
    /// Organisations that have as many but are left out beyond [`PROVIDERS_MAX`].
    pub left_out: usize,
    /// The analysis, or why there is none.
    pub analysis: Result<Correspondence, Error>,
}

impl Snapshot {
    /// Analyses the whole offer: `actors` in rows, the values of `columns` in columns.
    pub fn correspondences(&self, actors: Actors, columns: Facet) -> CorrespondenceMap {
        map(self.offer(), actors, columns, self.referential())
    }
}

fn headings(facet: Facet, referential: &Referential) -> Vec<Heading> {
    let terms = referential.terms(facet.name()).iter();
    terms.map(|term| Heading { id: term.id.clone(), label: term.label.clone() }).collect()
}

fn map(offer: &Offer, actors: Actors, facet: Facet, referential: &Referential) -> CorrespondenceMap {
    let columns = headings(facet, referential);
    let (rows, providers, least, left_out) = match actors {
        Actors::Values(rows) => (headings(rows, referential), Vec::new(), None, 0),
        Actors::Providers(asked) => {
            let (kept, least, left_out) = largest(offer, asked);
            let heading = |number: &u32| {
                let provider = &offer.providers[*number as usize];
                Heading { id: provider.id.clone(), label: provider.name.clone() }
            };
            (kept.iter().map(heading).collect(), places(offer, &kept), Some(least), left_out)
        }
    };
    let mut counts = vec![0; rows.len() * columns.len()];
    for row in &offer.rows {
        let across = row.bits(facet, referential);
        let down = match actors {
            Actors::Values(rows) => row.bits(rows, referential),
            Actors::Providers(_) => providers[row.provider as usize].map_or(0, |place| 1 << place),
        };
        for line in bits(down) {
            bits(across).for_each(|column| counts[line * columns.len() + column] += 1);
        }
    }
    let table = Table::new(rows.len(), columns.len(), counts.clone());
    let analysis = table.and_then(|table| correspondence(&table));
    CorrespondenceMap { rows, columns, counts, least, left_out, analysis }
}

/// Places of the bits that are set.
fn bits(mut word: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = (word != 0).then(|| word.trailing_zeros() as usize)?;
        word &= word - 1;
        Some(place)
    })
}

/// For each organisation, its row in the table.
fn places(offer: &Offer, kept: &[u32]) -> Vec<Option<usize>> {
    let mut places = vec![None; offer.providers.len()];
    for (place, number) in kept.iter().enumerate() {
        places[*number as usize] = Some(place);
    }
    places
}

/// The organisations that give the most trainings, largest first, names breaking ties; the threshold; how many reach
/// it and are left out.
fn largest(offer: &Offer, asked: Option<u64>) -> (Vec<u32>, u64, usize) {
    let size = |number: &u32| u64::from(offer.providers[*number as usize].trainings);
    let mut all: Vec<u32> = (0..offer.providers.len() as u32).collect();
    all.sort_by(|one, other| {
        let name = |number: &u32| &offer.providers[*number as usize].id;
        size(other).cmp(&size(one)).then_with(|| name(one).cmp(name(other)))
    });
    // Without a threshold, the smallest one that few enough organisations reach.
    let least = asked.unwrap_or_else(|| all.get(PROVIDERS_READABLE).map_or(1, |next| size(next) + 1));
    let reached = all.iter().filter(|number| size(number) >= least).count();
    all.truncate(reached.min(PROVIDERS_MAX));
    (all, least, reached.saturating_sub(PROVIDERS_MAX))
}
