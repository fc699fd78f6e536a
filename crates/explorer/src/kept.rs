//! What is kept of the words that a good share of a part's documents hold: the documents, their
//! scores, the counts of every facet. Reading their lists again at each search would cost more than all
//! the rest of it.
//! Absent: when two searches ask for the same words (see `plan`), how lists are read (see `matching`).

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::bits::Bits;
use crate::part::Part;
use crate::plan::{Clause, Lookup};

/// A clause is kept when more than one document in this many may satisfy it.
const SHARE: u64 = 8;
/// Most clauses kept for a part; the one asked for longest ago leaves first. Each takes a little more
/// than four bytes a document.
const CLAUSES_MAX: usize = 8;

/// The documents of a part that satisfy a clause.
pub(crate) struct Answer {
    /// The deleted are not among them.
    pub found: Bits,
    /// Score of each document; meaningless for one that is not found.
    pub scores: Vec<f32>,
    /// For each facet, for each value, number of documents found; made when first wanted.
    pub counts: OnceLock<Vec<Vec<u64>>>,
}

/// The answers of one part within one index: scores depend on the other parts too.
#[derive(Default)]
pub(crate) struct Kept {
    /// Last used last.
    answers: Mutex<Vec<(Vec<Lookup>, Arc<Answer>)>>,
}

impl Kept {
    /// Nothing kept yet of any part.
    pub fn of(parts: &[Part]) -> Vec<Self> {
        parts.iter().map(|_| Self::default()).collect()
    }

    /// Whether a clause is worth keeping in an index of so many documents.
    pub fn worth(clause: &Clause, documents: u64) -> bool {
        clause.frequency * SHARE > documents
    }

    /// The answer to a clause, read by `make` if it is not kept yet.
    pub fn answer(&self, clause: &Clause, make: impl FnOnce() -> Answer) -> Arc<Answer> {
        let lock = || self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        {
            let mut answers = lock();
            if let Some(at) = answers.iter().position(|(lookups, _)| *lookups == clause.lookups) {
                answers[at..].rotate_left(1);
                return answers[answers.len() - 1].1.clone();
            }
        }
        let answer = Arc::new(make());
        let mut answers = lock();
        if answers.iter().all(|(lookups, _)| *lookups != clause.lookups) {
            if answers.len() == CLAUSES_MAX {
                answers.remove(0);
            }
            answers.push((clause.lookups.clone(), answer.clone()));
        }
        answer
    }
}
