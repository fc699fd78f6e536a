//! What someone decided of pairs of trainings, so that a decided pair is not shown again.
//! Absent: the file they are kept in (see the crate `exchange`).

use std::collections::BTreeMap;

use crate::values::{Seen, TrainingId};

/// Most decisions kept.
pub const DECISIONS_MOST: usize = 100_000;

/// What a pair is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Two trainings: both stay.
    Apart,
    /// One training: the first stays, the second is withdrawn.
    Merged,
}

/// A decision on one pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The training that stays.
    pub keep: TrainingId,
    /// The other one.
    pub other: TrainingId,
    /// What they are.
    pub verdict: Verdict,
    /// Why, in the words of who decided.
    pub reason: String,
    /// When.
    pub date: Seen,
}

/// Why decisions cannot stand together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecisionError {
    /// A training paired with itself.
    #[error("« {0} » est mise en paire avec elle-même")]
    Itself(TrainingId),
    /// A pair decided twice.
    #[error("la paire « {0} » et « {1} » est décidée deux fois")]
    Twice(TrainingId, TrainingId),
    /// More than [`DECISIONS_MOST`].
    #[error("plus de 100 000 décisions : les suivantes ne sont pas lues")]
    TooMany,
}

/// Decisions, one at most for each pair, whatever the order of its two trainings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decisions(BTreeMap<(String, String), Decision>);

impl Decisions {
    /// Adds a decision.
    ///
    /// # Errors
    /// A training paired with itself, a pair decided already, too many decisions.
    pub fn add(&mut self, decision: Decision) -> Result<(), DecisionError> {
        let Decision { keep, other, .. } = &decision;
        if keep == other {
            return Err(DecisionError::Itself(keep.clone()));
        }
        let pair = pair(keep.as_str(), other.as_str());
        if self.0.contains_key(&pair) {
            return Err(DecisionError::Twice(keep.clone(), other.clone()));
        }
        if self.0.len() >= DECISIONS_MOST {
            return Err(DecisionError::TooMany);
        }
        self.0.insert(pair, decision);
        Ok(())
    }

    /// What was decided of two trainings.
    pub fn verdict(&self, a: &str, b: &str) -> Option<Verdict> {
        if self.0.is_empty() {
            return None;
        }
        self.0.get(&pair(a, b)).map(|decision| decision.verdict)
    }

    /// All decisions, by identifiers.
    pub fn iter(&self) -> impl Iterator<Item = &Decision> {
        self.0.values()
    }
}

fn pair(a: &str, b: &str) -> (String, String) {
    let (a, b) = if a <= b { (a, b) } else { (b, a) };
    (a.to_owned(), b.to_owned())
}
