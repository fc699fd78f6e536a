//! What an import would do to the catalogue, or did: what the comparison of a file tells, whoever asked.
//! Absent: the comparison (see the crate `actions`), the words of screens.

use catalogue::Change;
use serde::{Deserialize, Serialize};

use crate::Issue;

/// Changed trainings, new ones and withdrawn ones that a report lists one by one; all are counted.
pub const LISTED_MAX: usize = 200;
/// Issues that a report lists one by one; all are counted.
pub const ISSUES_MAX: usize = 10_000;
/// Longest value of an issue after the first [`LISTED_MAX`], in characters, so that memory stays bounded.
const LATER_VALUE_CHARS: usize = 80;

/// What an import would do, or did.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Report {
    /// Rows read, good or not.
    pub rows: u64,
    /// Trainings that the catalogue does not have.
    pub added: u64,
    /// Trainings that differ.
    pub changed: u64,
    /// Trainings that are the same.
    pub unchanged: u64,
    /// Trainings that the file does not have, when it is the whole catalogue.
    pub withdrawn: u64,
    /// Rows that cannot be taken.
    pub refused: u64,
    /// Whether nothing is withdrawn, although the file is the whole catalogue, because rows are refused
    /// or there is none.
    pub withdrawals_held: bool,
    /// Whether the file could not be read to its end; nothing can then be published.
    pub cut_short: bool,
    /// The first new trainings.
    pub first_added: Vec<Named>,
    /// The first changed trainings, column by column.
    pub first_changed: Vec<Changed>,
    /// The first withdrawn trainings.
    pub first_withdrawn: Vec<String>,
    /// The first issues.
    pub issues: Vec<Issue>,
    /// Issues in all: a row may have several.
    pub issues_total: u64,
    /// How the file was read: its encoding, its sheets, what was left of it.
    pub reading: Vec<String>,
    /// The first values left as words, in rows that go in all the same; each once.
    pub warnings: Vec<Warning>,
    /// Such values in all.
    pub warnings_total: u64,
    /// The first new trainings that look like one in place, most alike first.
    pub lookalikes: Vec<Lookalike>,
    /// Such pairs in all.
    pub lookalikes_total: u64,
    /// The first values proposed for what a new training's file does not say; none is published.
    pub suggestions: Vec<Suggestion>,
    /// Such values in all.
    pub suggestions_total: u64,
    /// Those of them that are accepted: they are published with the rows.
    pub suggestions_accepted: u64,
    /// Rows of trainings in place that keep fields which their file does not say.
    pub kept: u64,
}

/// A value left as words.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Warning {
    /// What is not understood, where it is first.
    #[serde(flatten)]
    pub issue: Issue,
    /// Rows that have it.
    pub rows: u64,
}

/// A training by its identifier and title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Identifier.
    pub id: String,
    /// Title.
    pub title: String,
}

/// A training whose row differs from the published one.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Changed {
    /// Identifier.
    pub id: String,
    /// Title, after.
    pub title: String,
    /// What differs.
    pub columns: Vec<Change>,
}

impl Report {
    /// Whether there is something to publish.
    pub fn changes_something(&self) -> bool {
        !self.cut_short && self.added + self.changed + self.withdrawn > 0
    }

    /// Takes note of what a row that goes in leaves as words; the same words are told once.
    pub fn warn(&mut self, notes: Vec<Issue>) {
        self.warnings_total += notes.len() as u64;
        for issue in notes {
            let listed = &mut self.warnings;
            let same = |own: &Warning| {
                let own = &own.issue;
                (&own.column, &own.value, &own.message) == (&issue.column, &issue.value, &issue.message)
            };
            match listed.iter().position(same) {
                Some(known) => listed[known].rows += 1,
                None if listed.len() < LISTED_MAX => listed.push(Warning { issue, rows: 1 }),
                None => {}
            }
        }
    }

    /// Takes note of what is wrong; a row may have several issues.
    pub fn note(&mut self, issues: Vec<Issue>) {
        self.issues_total += issues.len() as u64;
        let listed = &mut self.issues;
        let room = ISSUES_MAX.saturating_sub(listed.len());
        for mut issue in issues.into_iter().take(room) {
            if listed.len() >= LISTED_MAX {
                issue.value = issue.value.map(|value| value.chars().take(LATER_VALUE_CHARS).collect());
            }
            listed.push(issue);
        }
    }
}

/// A new training that looks like one in place.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Lookalike {
    /// The new one.
    pub new: Named,
    /// The one in place.
    pub known: Named,
    /// 0 to 1.
    pub score: f32,
    /// Why, in French.
    pub why: Vec<String>,
}

/// A value that a new training's words speak for; its file does not say it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Suggestion {
    /// The new training.
    pub id: String,
    /// The field.
    pub field: String,
    /// Identifier of the value.
    pub value: String,
    /// Share of such proposals that were right when they were measured, 0 to 1; `None`: a code says it, and
    /// nobody measured how often that is right.
    pub confidence: Option<f32>,
    /// The words, or the code with its label, that led to it.
    pub words: Vec<String>,
    /// Whether it is accepted: it goes in as an editor's choice.
    pub accepted: bool,
}
