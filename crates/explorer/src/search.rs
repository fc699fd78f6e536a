//! A search from end to end: words, filters, counts, the wanted page, ways out of nothing.
//! Absent: the understanding of words (see `plan`), their evaluation (see `matching`).

use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::PoisonError;

use thiserror::Error;

use crate::bits::Bits;
use crate::columns::number_order;
use crate::counting::Tally;
use crate::found::{Correction, Found, Hit, Relaxation};
use crate::index::{Address, Index, Inner};
use crate::matching::{self, Scratch};
use crate::part::Part;
use crate::plan::Plan;
use crate::query::{Filter, Matching, Query, Sort};
use crate::top;
use crate::typed;

/// Most words of a query.
pub const WORDS_MAX: usize = 32;
/// Greatest `offset + limit`.
pub const DEPTH_MAX: usize = 10_000;
/// A search that reads fewer documents would lose more by starting a thread than it would gain.
const SHARED_WORK_MIN: u64 = 20_000;

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
    pub all: Bits,
    /// For each filter: words and all other filters; only if wanted.
    pub without: Vec<Option<Bits>>,
}

/// What a search finds in one part.
struct Share {
    total: u64,
    /// For each filter, documents without it; 0 where not wanted.
    without: Vec<u64>,
    tally: Tally,
    candidates: Vec<Candidate>,
}

impl Index {
    /// Answers a query: exact total and counts, the wanted page. Parts are searched at the same time
    /// when there is enough to read.
    ///
    /// # Errors
    /// When the query names what the schema lacks, or goes beyond a limit.
    pub fn search(&self, query: &Query) -> Result<Found, QueryError> {
        let inner = &*self.inner;
        inner.check(query)?;
        let plan = Plan::new(inner, &query.text, query.matching);
        let mut tally = Tally::new(inner, query);
        let mut candidates = Vec::new();
        let mut total = 0;
        let mut without = vec![0; query.filters.len()];
        for share in inner.shares(&plan, query) {
            total += share.total;
            without.iter_mut().zip(&share.without).for_each(|(sum, own)| *sum += own);
            tally.merge(&share.tally);
            candidates.extend(share.candidates);
        }
        Ok(Found {
            total,
            hits: inner.page(candidates, query),
            counts: tally.into_counts(inner, query),
            relaxations: if total == 0 { inner.relaxations(query, &plan, &without) } else { Vec::new() },
            readings: plan.readings,
        })
    }

    /// Addresses of all documents that a query finds, in the order of [`Index::addresses`]: the query's
    /// order, page and counts are left aside.
    ///
    /// # Errors
    /// When the query names what the schema lacks, or goes beyond a limit.
    pub fn matching(&self, query: &Query) -> Result<Vec<Address>, QueryError> {
        let inner = &*self.inner;
        let query = Query { offset: 0, limit: 0, count: Vec::new(), ..query.clone() };
        inner.check(&query)?;
        let plan = Plan::new(inner, &query.text, query.matching);
        let mut scratch = inner.borrow_scratch();
        let mut found = Vec::new();
        for (number, part) in inner.parts.iter().enumerate() {
            let words = (!plan.is_empty())
                .then(|| matching::matches(inner, &plan, query.matching, number, &mut scratch));
            let bases = inner.bases(part, words, &query);
            let part = u32::try_from(number).unwrap_or(u32::MAX);
            found.extend(bases.all.iter().map(|doc| Address { part, doc }));
        }
        inner.give_back(scratch);
        Ok(found)
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

    /// Number of documents, deleted ones included.
    pub fn documents(&self) -> u64 {
        self.parts.iter().map(|part| u64::from(part.segment.columns.len())).sum()
    }

    /// Mean length of the documents, at least 1.
    pub fn mean_length(&self) -> f32 {
        let tokens: u64 = self.parts.iter().map(|part| part.segment.tokens).sum();
        let documents = self.documents();
        #[expect(clippy::cast_precision_loss, reason = "a mean needs no more digits than a f32 has")]
        let mean = tokens as f32 / documents.max(1) as f32;
        mean.max(1.0)
    }

    /// Searches all parts, each on a thread of its own when the work is worth it.
    fn shares(&self, plan: &Plan, query: &Query) -> Vec<Share> {
        let parts = || self.parts.iter().enumerate();
        let read = match (plan.is_empty(), query.filters.is_empty()) {
            (false, _) => plan.documents_read(),
            (true, false) => self.parts.iter().map(|part| part.live_count).sum(),
            // Counts of everything are ready.
            (true, true) => 0,
        };
        if self.bases < 2 || read < SHARED_WORK_MIN {
            return parts().map(|part| self.share(part, plan, query)).collect();
        }
        std::thread::scope(|scope| {
            let others: Vec<_> =
                parts().skip(1).map(|part| scope.spawn(move || self.share(part, plan, query))).collect();
            let mut shares: Vec<Share> = parts().take(1).map(|part| self.share(part, plan, query)).collect();
            shares.extend(
                others
                    .into_iter()
                    .map(|other| other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))),
            );
            shares
        })
    }

    /// Searches one part.
    fn share(&self, (number, part): (usize, &Part), plan: &Plan, query: &Query) -> Share {
        let mut scratch = self.borrow_scratch();
        let kept = plan.single().and_then(|clause| matching::kept(self, clause, number));
        let words = match &kept {
            Some(answer) => Some(answer.found.clone()),
            None => (!plan.is_empty())
                .then(|| matching::matches(self, plan, query.matching, number, &mut scratch)),
        };
        let scored = words.is_some();
        let bases = self.bases(part, words, query);
        let mut tally = Tally::new(self, query);
        match &kept {
            Some(answer) if query.filters.is_empty() => tally.add_answer(self, part, answer),
            _ => tally.add(part, &bases),
        }
        let scores = kept.as_ref().map_or(scratch.scores.as_slice(), |answer| &answer.scores);
        let scores = scored.then_some(scores);
        let depth = query.offset + query.limit;
        let candidates = top::collect((number, part), &bases.all, scores, (query.sort, depth));
        self.give_back(scratch);
        let len = |base: &Option<Bits>| base.as_ref().map_or(0, Bits::len);
        Share { total: bases.all.len(), without: bases.without.iter().map(len).collect(), tally, candidates }
    }

    /// The documents of a part that pass a filter, deleted ones included.
    fn passing<'a>(&self, part: &'a Part, filter: &Filter) -> Cow<'a, Bits> {
        let columns = &part.segment.columns;
        let facets = &columns.facets;
        let numbers = &self.codes[filter.facet].numbers;
        let wanted = || filter.values.iter().filter_map(|value| Some(*numbers.get(value)? as usize));
        let dense = &facets.dense[filter.facet];
        let mut passing: Option<Cow<'a, Bits>> = None;
        let mut unite = |set: Cow<'a, Bits>| match &mut passing {
            Some(passing) => passing.to_mut().unite(&set),
            None => passing = Some(set),
        };
        if facets.layout.places[filter.facet].is_some() {
            wanted().filter_map(|value| dense.get(value)).for_each(|set| unite(Cow::Borrowed(set)));
        } else {
            let mut bits = Bits::none(columns.len());
            let sets = &facets.sets[filter.facet];
            wanted().filter_map(|value| sets.get(value)).for_each(|set| bits.add_set(set));
            unite(Cow::Owned(bits));
        }
        if let Some(range) = filter.range {
            unite(Cow::Owned(columns.within(range.number, range.min, range.max)));
        }
        passing.unwrap_or_else(|| Cow::Owned(Bits::none(columns.len())))
    }

    /// Combines the documents that hold the words with the filters.
    fn bases(&self, part: &Part, words: Option<Bits>, query: &Query) -> Bases {
        let passing: Vec<Cow<'_, Bits>> =
            query.filters.iter().map(|filter| self.passing(part, filter)).collect();
        // The words have lost the deleted already.
        let start = words.as_ref().unwrap_or(&part.live);
        let combine = |left_out: Option<usize>| {
            let mut combined = start.clone();
            for (_, set) in passing.iter().enumerate().filter(|(at, _)| Some(*at) != left_out) {
                combined.intersect(set);
            }
            combined
        };
        let filters = query.filters.iter().enumerate();
        let without =
            filters.map(|(at, filter)| query.count.contains(&filter.facet).then(|| combine(Some(at))));
        Bases { without: without.collect(), all: combine(None) }
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
    fn relaxations(&self, query: &Query, plan: &Plan, without: &[u64]) -> Vec<Relaxation> {
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
            let total = if counted { without[at] } else { self.total(plan, query.matching, &others) };
            propose(Correction::Filter(filter.facet), total);
        }
        if !plan.is_empty() {
            if query.matching == Matching::All && typed::count(&query.text) > 1 {
                propose(
                    Correction::AnyWord,
                    self.total(&Plan::new(self, &query.text, Matching::Any), Matching::Any, &all_filters),
                );
            }
            propose(Correction::Words, self.total(&Plan::default(), query.matching, &all_filters));
        }
        found
    }

    fn total(&self, plan: &Plan, matching: Matching, filters: &[&Filter]) -> u64 {
        let mut scratch = self.borrow_scratch();
        let parts = self.parts.iter().enumerate();
        let total = parts
            .map(|(number, part)| {
                let words =
                    (!plan.is_empty()).then(|| matching::matches(self, plan, matching, number, &mut scratch));
                let mut left = words.unwrap_or_else(|| part.live.clone());
                filters.iter().for_each(|filter| left.intersect(&self.passing(part, filter)));
                left.len()
            })
            .sum();
        self.give_back(scratch);
        total
    }
}
