//! A search from end to end: words, filters, counts, the wanted page, ways out of nothing.
//! Absent: the understanding of words (see `plan`), their evaluation (see `matching`).

use std::cmp::Ordering;
use std::sync::PoisonError;

use roaring::RoaringBitmap;
use thiserror::Error;

use crate::columns::number_order;
use crate::counting::Tally;
use crate::found::{Correction, Found, Hit, Relaxation};
use crate::index::{Address, Index, Inner};
use crate::matching::{self, Scratch};
use crate::part::Part;
use crate::plan::Plan;
use crate::query::{Filter, Matching, Query, Sort};
use crate::top::{self, Words};
use crate::typed;

/// Most words of a query.
pub const WORDS_MAX: usize = 32;
/// Greatest `offset + limit`.
pub const DEPTH_MAX: usize = 10_000;

/// Why a query cannot be answered.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum QueryError {
    /// More words than [`WORDS_MAX`].
    #[error("{0} words, at most 32")]
    TooManyWords(usize),
    /// Beyond the first [`DEPTH_MAX`] hits.
    #[error("hits up to {0}, at most 10000")]
    TooDeep(usize),
    /// A facet that the schema lacks.
    #[error("no facet {0}")]
    NoFacet(usize),
    /// A number that the schema lacks.
    #[error("no number {0}")]
    NoNumber(usize),
    /// A bound that is not a number.
    #[error("a bound is not a number")]
    Bound,
    /// Two filters on one facet.
    #[error("two filters on facet {0}")]
    RepeatedFacet(usize),
}

/// A hit that may be on the wanted page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate {
    pub part: usize,
    pub doc: u32,
    pub score: f32,
}

/// The documents of a part under each combination of filters that a search needs.
pub(crate) struct Bases {
    /// Words and all filters.
    pub all: RoaringBitmap,
    /// For each filter: words and all other filters; only if wanted.
    pub without: Vec<Option<RoaringBitmap>>,
}

impl Index {
    /// Answers a query: exact total and counts, the wanted page.
    ///
    /// # Errors
    /// When the query names what the schema lacks, or goes beyond a limit.
    pub fn search(&self, query: &Query) -> Result<Found, QueryError> {
        let inner = &*self.inner;
        inner.check(query)?;
        let plan = Plan::new(inner, &query.text, query.matching);
        let mut scratch = inner.borrow_scratch();
        let mut tally = Tally::new(inner, query);
        let mut candidates = Vec::new();
        let mut total = 0;
        let mut without = vec![0; query.filters.len()];
        let depth = query.offset + query.limit;
        for (number, part) in inner.parts.iter().enumerate() {
            let words = (!plan.is_empty())
                .then(|| matching::matches(&plan, query.matching, (number, part), &mut scratch));
            let scored = words.is_some();
            let bases = inner.bases(part, words, query);
            total += bases.all.len();
            for (sum, base) in without.iter_mut().zip(&bases.without) {
                *sum += base.as_ref().map_or(0, RoaringBitmap::len);
            }
            tally.add(part, &bases);
            let alone = query.filters.is_empty() && part.deleted.is_empty();
            let words = scored.then_some(Words { scratch: &scratch, alone });
            top::collect((number, part), &bases.all, words.as_ref(), (query.sort, depth), &mut candidates);
        }
        let relaxations =
            if total == 0 { inner.relaxations(query, &plan, &without, &mut scratch) } else { Vec::new() };
        inner.give_back(scratch);
        Ok(Found {
            total,
            hits: inner.page(candidates, query),
            counts: tally.into_counts(inner, query),
            readings: plan.readings,
            relaxations,
        })
    }
}

impl Inner {
    fn check(&self, query: &Query) -> Result<(), QueryError> {
        let words = typed::count(&query.text);
        if words > WORDS_MAX {
            return Err(QueryError::TooManyWords(words));
        }
        let depth = query.offset.saturating_add(query.limit);
        if depth > DEPTH_MAX {
            return Err(QueryError::TooDeep(depth));
        }
        let (facets, numbers) = (self.schema.facets.len(), self.schema.numbers.len());
        let filtered = query.filters.iter().map(|filter| filter.facet);
        if let Some(facet) = query.count.iter().copied().chain(filtered).find(|facet| *facet >= facets) {
            return Err(QueryError::NoFacet(facet));
        }
        for (at, filter) in query.filters.iter().enumerate() {
            if query.filters[..at].iter().any(|other| other.facet == filter.facet) {
                return Err(QueryError::RepeatedFacet(filter.facet));
            }
            if let Some(range) = filter.range {
                if range.number >= numbers {
                    return Err(QueryError::NoNumber(range.number));
                }
                if range.min.is_some_and(f32::is_nan) || range.max.is_some_and(f32::is_nan) {
                    return Err(QueryError::Bound);
                }
            }
        }
        match query.sort {
            Sort::Ascending(number) | Sort::Descending(number) if number >= numbers => {
                Err(QueryError::NoNumber(number))
            }
            _ => Ok(()),
        }
    }

    /// Memory for one search.
    pub fn borrow_scratch(&self) -> Scratch {
        self.scratch.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    /// Keeps the memory for the next search.
    pub fn give_back(&self, scratch: Scratch) {
        let mut kept = self.scratch.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < 8 {
            kept.push(scratch);
        }
    }

    /// Mean length of the documents, at least 1.
    pub fn mean_length(&self) -> f32 {
        let tokens: u64 = self.parts.iter().map(|part| part.segment.tokens).sum();
        let documents: u64 = self.parts.iter().map(|part| u64::from(part.segment.columns.len())).sum();
        #[expect(clippy::cast_precision_loss, reason = "a mean needs no more digits than a f32 has")]
        let mean = tokens as f32 / documents.max(1) as f32;
        mean.max(1.0)
    }

    /// The documents of a part that pass a filter.
    fn passing(&self, part: &Part, filter: &Filter) -> RoaringBitmap {
        let columns = &part.segment.columns;
        let sets = &columns.facets.sets[filter.facet];
        let numbers = &self.codes[filter.facet].numbers;
        let wanted = filter.values.iter().filter_map(|value| sets.get(*numbers.get(value)? as usize));
        let mut passing = RoaringBitmap::new();
        for set in wanted {
            passing |= set;
        }
        if let Some(range) = filter.range {
            passing |= columns.within(range.number, range.min, range.max);
        }
        passing
    }

    /// Combines the documents that hold the words with the filters.
    fn bases(&self, part: &Part, words: Option<RoaringBitmap>, query: &Query) -> Bases {
        let passing: Vec<RoaringBitmap> =
            query.filters.iter().map(|filter| self.passing(part, filter)).collect();
        let combine = |left_out: Option<usize>| {
            let kept = passing.iter().enumerate().filter(|(at, _)| Some(*at) != left_out).map(|(_, set)| set);
            let mut sets: Vec<&RoaringBitmap> = words.iter().chain(kept).collect();
            // The words have lost the deleted already.
            if sets.is_empty() || (words.is_none() && !part.deleted.is_empty()) {
                sets.push(&part.live);
            }
            sets.sort_by_key(|set| set.len());
            match sets.as_slice() {
                [] => RoaringBitmap::new(),
                [one] => (*one).clone(),
                [one, two, others @ ..] => others.iter().fold(*one & *two, |all, set| all & *set),
            }
        };
        let without = query
            .filters
            .iter()
            .enumerate()
            .map(|(at, filter)| query.count.contains(&filter.facet).then(|| combine(Some(at))))
            .collect();
        let all = match words {
            Some(ref words) if passing.is_empty() => words.clone(),
            _ => combine(None),
        };
        Bases { all, without }
    }

    /// Orders the candidates of all parts by their real keys and cuts the page.
    fn page(&self, mut candidates: Vec<Candidate>, query: &Query) -> Vec<Hit> {
        candidates.sort_by(|a, b| self.compare(a, b, query.sort));
        let page = candidates.into_iter().skip(query.offset).take(query.limit);
        page.map(|candidate| Hit {
            address: Address { part: u32::try_from(candidate.part).unwrap_or(u32::MAX), doc: candidate.doc },
            score: candidate.score,
        })
        .collect()
    }

    /// Order of two candidates, whatever their parts.
    pub fn compare(&self, a: &Candidate, b: &Candidate, sort: Sort) -> Ordering {
        let (left, right) = (&self.parts[a.part].segment.columns, &self.parts[b.part].segment.columns);
        let number = |number: usize, descending| {
            let column = |columns: &crate::columns::Columns, doc: u32| columns.numbers[number][doc as usize];
            number_order(column(left, a.doc), column(right, b.doc), descending)
        };
        let first = match sort {
            Sort::Relevance => b.score.total_cmp(&a.score),
            Sort::Ascending(at) => number(at, false),
            Sort::Descending(at) => number(at, true),
            Sort::Key => left.sort_keys.get(a.doc).cmp(right.sort_keys.get(b.doc)),
        };
        let standing = || right.standing[b.doc as usize].cmp(&left.standing[a.doc as usize]);
        let key = || left.keys.get(a.doc).cmp(right.keys.get(b.doc));
        first.then_with(standing).then_with(key)
    }

    /// What each single relaxation of a query without hits would give.
    fn relaxations(
        &self,
        query: &Query,
        plan: &Plan,
        without: &[u64],
        scratch: &mut Scratch,
    ) -> Vec<Relaxation> {
        let mut found = Vec::new();
        let mut propose = |drop: Correction, total: u64| {
            if total > 0 {
                found.push(Relaxation { drop, total });
            }
        };
        let all_filters: Vec<&Filter> = query.filters.iter().collect();
        for (at, filter) in query.filters.iter().enumerate() {
            let others: Vec<&Filter> =
                query.filters.iter().filter(|other| other.facet != filter.facet).collect();
            let counted = query.count.contains(&filter.facet);
            let total =
                if counted { without[at] } else { self.total(plan, query.matching, &others, scratch) };
            propose(Correction::Filter(filter.facet), total);
        }
        if !plan.is_empty() {
            if query.matching == Matching::All && typed::count(&query.text) > 1 {
                propose(
                    Correction::AnyWord,
                    self.total(
                        &Plan::new(self, &query.text, Matching::Any),
                        Matching::Any,
                        &all_filters,
                        scratch,
                    ),
                );
            }
            propose(Correction::Words, self.total(&Plan::default(), query.matching, &all_filters, scratch));
        }
        found
    }

    fn total(&self, plan: &Plan, matching: Matching, filters: &[&Filter], scratch: &mut Scratch) -> u64 {
        let parts = self.parts.iter().enumerate();
        parts
            .map(|(number, part)| {
                let words =
                    (!plan.is_empty()).then(|| matching::matches(plan, matching, (number, part), scratch));
                let start = words.unwrap_or_else(|| part.live.clone());
                filters.iter().fold(start, |left, filter| left & self.passing(part, filter)).len()
            })
            .sum()
    }
}
