//! What a table holds, column by column, with what is understood of it under a mapping: what a person needs in
//! order to complete the mapping, on a screen or in a file.
//! Absent: the recognition of columns (see `propose`), the words of screens.

use std::collections::BTreeMap;

use catalogue::Referential;
use serde::{Deserialize, Serialize};

use super::durations::{self, Duration};
use super::propose::{ROWS_MAX, comment, texts};
use super::values;
use super::vocabulary::Vocabulary;
use super::{Column, Mapping, Target};
use crate::table::{Shape, TableRow};

/// Samples shown for a column.
pub(super) const SAMPLES: usize = 3;
/// Words listed for which nothing is known.
pub(super) const UNKNOWN_SHOWN: usize = 40;

/// One sheet, or the only table of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Survey {
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// How the file was read, in French.
    pub reading: Vec<String>,
    /// Rows that were looked at: the first ones.
    pub rows: usize,
    /// What is understood of it.
    pub mapping: Mapping,
    /// Its columns, in the order of those of the mapping.
    pub columns: Vec<ColumnSurvey>,
}

/// One column.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnSurvey {
    /// Cells that are not empty, among the rows looked at.
    pub filled: usize,
    /// The first different ones, shortened to a line.
    pub samples: Vec<String>,
    /// Words that mean nothing yet to the column's field, each with the number of times it comes, most
    /// frequent first.
    pub unknown: Vec<(String, usize)>,
    /// Such words beyond those listed.
    pub unknown_left: usize,
    /// Whether the column's field has values of its own that words can be given.
    pub has_values: bool,
}

impl Survey {
    /// Looks at the first rows of a table under a mapping, whose columns are completed with those of the table
    /// that it does not name.
    pub fn new(mut mapping: Mapping, shape: &Shape, rows: &[TableRow], referential: &Referential) -> Self {
        let rows = &rows[..rows.len().min(ROWS_MAX)];
        for name in &shape.columns {
            if mapping.column.iter().all(|column| column.name != *name) {
                mapping.column.push(Column::left_out(name));
            }
        }
        let place = |name: &String| shape.columns.iter().position(|own| own == name);
        let columns = mapping.column.iter().map(|column| {
            let texts = place(&column.name).map(|place| texts(rows, place)).unwrap_or_default();
            mapping.column_survey(column, &texts, referential)
        });
        let columns = columns.collect();
        let (sheet, reading) = (shape.sheet.clone(), shape.reading.clone());
        Self { sheet, reading, rows: rows.len(), mapping, columns }
    }
}

impl Mapping {
    /// What a column holds, and what of it is not understood.
    pub(super) fn column_survey(
        &self,
        column: &Column,
        texts: &[String],
        referential: &Referential,
    ) -> ColumnSurvey {
        let mut samples: Vec<String> = Vec::new();
        for text in texts {
            let sample = comment(text);
            if samples.len() < SAMPLES && !samples.contains(&sample) {
                samples.push(sample);
            }
        }
        let mut survey = ColumnSurvey { filled: texts.len(), samples, ..ColumnSurvey::default() };
        let Some(target) = column.field else { return survey };
        let vocabulary = Vocabulary::of(target, referential);
        survey.has_values =
            !vocabulary.ids().is_empty() || matches!(target, Target::Duration | Target::Price);
        if !survey.has_values || column.when_marked.is_some() {
            return survey;
        }
        let mut unknown = self.unknown(column, target, texts, &vocabulary);
        survey.unknown_left = unknown.len().saturating_sub(UNKNOWN_SHOWN);
        unknown.truncate(UNKNOWN_SHOWN);
        survey.unknown = unknown;
        survey
    }

    /// The words of a column that mean nothing, even under the values that the mapping gives.
    fn unknown(
        &self,
        column: &Column,
        target: Target,
        texts: &[String],
        vocabulary: &Vocabulary,
    ) -> Vec<(String, usize)> {
        let understood = |word: &str| match target {
            Target::Duration => durations::duration(word, column.unit, &self.settings)
                .is_some_and(|read| !matches!(read, Duration::Bare(_))),
            Target::Price => values::price(word).is_some(),
            _ => vocabulary.code(word).is_some(),
        };
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for text in texts {
            let split: Vec<&str> = match &column.separator {
                Some(separator) => text.split(separator.as_str()).map(str::trim).collect(),
                None => vec![text.trim()],
            };
            let unknown = |word: &&str| {
                !values::is_unknown(word) && !understood(word) && !column.values.contains_key(*word)
            };
            for word in split.into_iter().filter(unknown) {
                *counts.entry(word).or_default() += 1;
            }
        }
        let mut counts: Vec<(String, usize)> =
            counts.into_iter().map(|(word, count)| (word.to_owned(), count)).collect();
        counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        counts
    }
}
