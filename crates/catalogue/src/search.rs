//! Answers of the explorer: trainings listed, counts of facets, the sentence that says a
//! selection, and what to try when nothing is found.
//! Absent: addresses and HTML (see the crate `web`), counting itself (see the crate `explorer`).

use explorer::{Correction, Filter, Matching, Query, Range, Reading, Sort};

use crate::facets::{DURATION_HOURS, Facet, PRICE_EUR, SEEN};
use crate::query::{LAST_PAGE, Order, PAGE_SIZE, Selection, SelectionError, unknown_value};
use crate::sentence::sentence;
use crate::snapshot::{Snapshot, texts};
use crate::training::Training;

/// Most providers that an answer lists.
pub const PROVIDERS_LISTED: usize = 400;

/// The answer to a selection.
#[derive(Debug, Clone)]
pub struct Found {
    /// Trainings that pass; exact.
    pub total: u64,
    /// Page shown, from 1.
    pub page: usize,
    /// Number of pages; at least 1.
    pub pages: usize,
    /// Trainings of the page, in order.
    pub trainings: Vec<Training>,
    /// Counts of every facet, in the order of [`Facet::all`]; a facet ignores its own filter only.
    pub facets: Vec<FacetCounts>,
    /// The selection in French.
    pub sentence: String,
    /// How each word was understood.
    pub readings: Vec<Reading>,
    /// When nothing is found: selections that find something, and how much.
    pub ways_out: Vec<WayOut>,
}

/// The counted values of a facet.
#[derive(Debug, Clone)]
pub struct FacetCounts {
    /// Which facet.
    pub facet: Facet,
    /// Its values, in the vocabulary's order (providers: the [`PROVIDERS_LISTED`] most frequent,
    /// then the selected ones that are not among them).
    pub values: Vec<ValueCount>,
    /// Number of values of at least one training, listed or not.
    pub distinct: usize,
}

/// A value of a facet and how many trainings have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueCount {
    /// Identifier in addresses.
    pub id: String,
    /// Label on screens.
    pub label: String,
    /// Trainings that have it and pass all other filters.
    pub count: u64,
    /// Whether the selection wants it.
    pub selected: bool,
    /// Identifier of the broader value.
    pub parent: Option<String>,
}

/// A selection near one that finds nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct WayOut {
    /// What is dropped.
    pub dropped: Dropped,
    /// The selection without it.
    pub selection: Selection,
    /// Trainings it finds.
    pub total: u64,
}

/// What a way out drops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dropped {
    /// The filter of a facet.
    Filter(Facet),
    /// All words.
    Words,
    /// The wish that all words be there.
    EveryWord,
}

impl Found {
    /// Trainings that the pages show: all, or those of the first [`LAST_PAGE`] pages.
    pub fn reachable(&self) -> u64 {
        self.total.min((PAGE_SIZE * LAST_PAGE) as u64)
    }
}

impl Snapshot {
    /// Answers a selection: one page, all facets counted.
    pub fn search(&self, selection: &Selection) -> Result<Found, SelectionError> {
        let offset = (selection.page.max(1) - 1) * PAGE_SIZE;
        let query = self.query(selection, offset, PAGE_SIZE)?;
        let found = self.run(&Query { count: Facet::all().map(Facet::position).collect(), ..query })?;
        let pages = (found.total as usize).div_ceil(PAGE_SIZE).clamp(1, LAST_PAGE);
        let facets = Facet::all().zip(found.counts).map(|(facet, counts)| FacetCounts {
            facet,
            distinct: counts.distinct,
            values: counts
                .values
                .into_iter()
                .map(|(id, count)| self.value(selection, facet, id, count))
                .collect(),
        });
        Ok(Found {
            total: found.total,
            page: selection.page.max(1),
            pages,
            trainings: found.hits.iter().map(|hit| self.training(hit.address)).collect(),
            facets: facets.collect(),
            // A text without any word (« *** ») narrows nothing: the sentence must not claim it does.
            sentence: match found.readings.is_empty() {
                true => sentence(self, &selection.with_text(""), found.total),
                false => sentence(self, selection, found.total),
            },
            ways_out: found
                .relaxations
                .into_iter()
                .map(|relaxation| way_out(selection, &relaxation))
                .collect(),
            readings: found.readings,
        })
    }

    /// The first trainings of a selection in its order, at most `limit` (10,000 at most).
    pub fn first(&self, selection: &Selection, limit: usize) -> Result<Vec<Training>, SelectionError> {
        let found = self.run(&self.query(selection, 0, limit)?)?;
        Ok(found.hits.iter().map(|hit| self.training(hit.address)).collect())
    }

    /// Number of trainings of a selection.
    pub fn count(&self, selection: &Selection) -> Result<u64, SelectionError> {
        Ok(self.run(&self.query(selection, 0, 0)?)?.total)
    }

    /// Addresses of all trainings of a selection, in the order of the index.
    pub(crate) fn matching(&self, selection: &Selection) -> Result<Vec<explorer::Address>, SelectionError> {
        self.index.matching(&self.query(selection, 0, 0)?).map_err(refused)
    }

    /// The sentence that says a selection of `total` trainings, one that [`Snapshot::count`] accepts.
    pub fn sentence(&self, selection: &Selection, total: u64) -> String {
        sentence(self, selection, total)
    }

    /// Trainings that resemble another: words and subjects in common, best first.
    pub fn similar(&self, training: &Training, limit: usize) -> Vec<Training> {
        let Some(address) = self.index.find(training.id.as_str()) else { return Vec::new() };
        let texts = texts(training, self.referential());
        let hits = self.index.similar(address, &texts, limit);
        hits.iter().map(|hit| self.training(hit.address)).collect()
    }

    /// Why a training is ranked where it is: each word, field by field.
    pub fn explain(
        &self,
        selection: &Selection,
        training: &Training,
    ) -> Result<explorer::Explanation, SelectionError> {
        let query = self.query(selection, 0, 1)?;
        Ok(self.index.explain(&query, &texts(training, self.referential())))
    }

    /// Words of the catalogue that begin as typed, most frequent first.
    pub fn complete(&self, beginning: &str, limit: usize) -> Vec<String> {
        self.index.complete(beginning, limit)
    }

    fn run(&self, query: &Query) -> Result<explorer::Found, SelectionError> {
        self.index.search(query).map_err(refused)
    }

    fn query(&self, selection: &Selection, offset: usize, limit: usize) -> Result<Query, SelectionError> {
        if let Some(wanted) = selection.values.get(&Facet::Provider)
            && let Some(unknown) = wanted.iter().find(|id| self.provider_name(id).is_none())
        {
            let known = self.providers().map(|(id, _)| id.to_owned()).collect();
            return Err(unknown_value(Facet::Provider.name(), unknown, known));
        }
        let filters = Facet::all().filter_map(|facet| {
            let values =
                selection.values.get(&facet).map(|v| v.iter().cloned().collect()).unwrap_or_default();
            let range = selection.ranges.get(&facet).zip(facet.number()).map(|(bounds, number)| Range {
                number,
                min: bounds.min.map(|min| min as f32),
                max: bounds.max.map(|max| max as f32),
            });
            let filter = Filter { facet: facet.position(), values, range };
            (!filter.values.is_empty() || filter.range.is_some()).then_some(filter)
        });
        Ok(Query {
            text: selection.text.clone(),
            matching: if selection.any_word { Matching::Any } else { Matching::All },
            filters: filters.collect(),
            sort: sort(selection.order),
            offset,
            limit,
            count: Vec::new(),
            open_values: PROVIDERS_LISTED,
        })
    }

    fn value(&self, selection: &Selection, facet: Facet, id: String, count: u64) -> ValueCount {
        let label = self.value_label(facet, &id).to_owned();
        let parent = match facet {
            Facet::Competence => self
                .referential()
                .blocks()
                .iter()
                .find(|block| block.competences.iter().any(|c| self.referential().term(*c).id == id))
                .map(|block| block.id.clone()),
            _ => None,
        };
        ValueCount { label, count, selected: selection.has(facet, &id), parent, id }
    }

    /// Label of a facet's value on screens.
    pub fn value_label<'a>(&'a self, facet: Facet, id: &'a str) -> &'a str {
        let block = || self.referential().blocks().iter().find(|block| block.id == id);
        match facet {
            Facet::Provider => self.provider_name(id).unwrap_or(id),
            Facet::Competence => {
                block().map_or_else(|| self.referential().label("competence", id), |b| &b.label)
            }
            _ => self.referential().label(facet.name(), id),
        }
    }
}

fn refused(error: explorer::QueryError) -> SelectionError {
    match error {
        explorer::QueryError::TooManyWords(words) => SelectionError::TooManyWords(words),
        other => SelectionError::Refused(other.to_string()),
    }
}

fn sort(order: Order) -> Sort {
    match order {
        Order::Relevance => Sort::Relevance,
        Order::Duration => Sort::Ascending(DURATION_HOURS),
        Order::LongestDuration => Sort::Descending(DURATION_HOURS),
        Order::Price => Sort::Ascending(PRICE_EUR),
        Order::HighestPrice => Sort::Descending(PRICE_EUR),
        Order::Title => Sort::Key,
        Order::Freshness => Sort::Descending(SEEN),
    }
}

fn way_out(selection: &Selection, relaxation: &explorer::Relaxation) -> WayOut {
    let (dropped, near) = match relaxation.drop {
        Correction::Filter(position) => {
            let facet = Facet::all().nth(position).expect("the index has our facets");
            (Dropped::Filter(facet), selection.without(facet))
        }
        Correction::Words => (Dropped::Words, selection.with_text("")),
        Correction::AnyWord => (Dropped::EveryWord, selection.with_any_word()),
    };
    WayOut { dropped, selection: near, total: relaxation.total }
}
