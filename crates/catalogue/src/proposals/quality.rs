//! How right proposals are: precision and recall, by cross-validation over a catalogue.
//!
//! Each part of the catalogue is hidden in turn; everything, thresholds included, is learnt from the others, and
//! the proposals made for the hidden trainings are compared with what their editors wrote. Measured twice:
//! parts that keep a provider's trainings together (its texts look alike: this is the figure for a
//! provider that the catalogue does not know), and parts of any trainings. Absent: a judgement of the editors.

use std::borrow::Borrow;

use explorer::Stemming;

use super::{Candidate, Example, FIELDS, Proposals, examples, part};
use crate::evidence::Field;
use crate::training::Training;

/// How right the proposals for one field are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FieldQuality {
    /// One of [`FIELDS`].
    pub field: Field,
    /// Trainings that have the field.
    pub trainings: usize,
    /// Values that editors wrote; those of competences count with their level.
    pub positives: usize,
    /// Values proposed.
    pub proposals: usize,
    /// Values proposed that editors had written; a competence with the same level.
    pub right: usize,
}

impl FieldQuality {
    /// Share of right values among those proposed; 0 when there is none.
    pub fn precision(&self) -> f64 {
        self.right as f64 / self.proposals.max(1) as f64
    }

    /// Share of the editors' values that were proposed; 0 when there is none.
    pub fn recall(&self) -> f64 {
        self.right as f64 / self.positives.max(1) as f64
    }
}

/// How right proposals are, for each of [`FIELDS`].
#[derive(Debug, Clone, PartialEq)]
pub struct Quality {
    /// Number of parts.
    pub folds: usize,
    /// Trainings learnt from and judged.
    pub trainings: usize,
    /// Parts keep the trainings of a provider together.
    pub by_provider: [FieldQuality; 4],
    /// Parts of any trainings.
    pub plain: [FieldQuality; 4],
}

/// Measures proposals by cross-validation in `folds` parts (2 to 20). Takes about `folds` × 12 times as long as
/// learning once without thresholds.
pub fn cross_validated(trainings: impl Iterator<Item = impl Borrow<Training>>, folds: usize) -> Quality {
    let folds = folds.clamp(2, 20);
    let examples = examples(trainings, &mut Stemming::default());
    Quality {
        folds,
        trainings: examples.len(),
        by_provider: measure(&examples, folds, |example| example.provider),
        plain: measure(&examples, folds, |example| example.id),
    }
}

fn measure(examples: &[Example], folds: usize, key: impl Fn(&Example) -> u64) -> [FieldQuality; 4] {
    let mut fields =
        FIELDS.map(|field| FieldQuality { field, trainings: 0, positives: 0, proposals: 0, right: 0 });
    for fold in 0..folds {
        let (hidden, rest): (Vec<&Example>, Vec<&Example>) =
            examples.iter().partition(|example| part(key(example).rotate_left(32), folds) == fold);
        let learnt = Proposals::from_examples(&rest);
        for example in hidden {
            for (field, values) in fields.iter_mut().zip(example.values) {
                field.trainings += usize::from(values != 0);
                field.positives += values.count_ones() as usize;
            }
            for candidate in learnt.candidates(&example.tokens) {
                compare(&mut fields[candidate.field], example, &candidate);
            }
        }
    }
    fields
}

fn compare(quality: &mut FieldQuality, example: &Example, candidate: &Candidate) {
    let Candidate { field, position, level, .. } = *candidate;
    if example.values[field] == 0 {
        return;
    }
    quality.proposals += 1;
    quality.right += usize::from(match level {
        Some(level) => example.levels.contains(&(position, level)),
        None => example.values[field] >> position & 1 == 1,
    });
}
