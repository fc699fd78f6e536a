//! What an import tells: counts, and the first of each kind of thing, so that memory stays bounded.
//! Absent: how rows are compared (see `import`), words on a terminal.

use catalogue::Change;
use exchange::Issue;
use serde::Serialize;

use super::likeness::{Lookalike, Suggestion};

/// Changed trainings, new ones and withdrawn ones that a report lists one by one; all are counted.
pub const LISTED_MAX: usize = 200;
/// Issues that a report lists one by one; all are counted.
pub const ISSUES_MAX: usize = 10_000;
/// Longest value of an issue after the first [`LISTED_MAX`], in characters, so that memory stays bounded.
const LATER_VALUE_CHARS: usize = 80;

/// What an import would do, or did.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Report {
    /// Rows read, good or not.
    pub rows: u64,
    /// Trainings that the catalogue does not have.
    pub added: u64,
    /// Trainings that differ.
    pub changed: u64,
    /// Trainings that are the same.
    pub unchanged: u64,
    /// Trainings that the file does not have, in [`Mode::Replace`].
    pub withdrawn: u64,
    /// Rows that cannot be taken.
    pub refused: u64,
    /// Whether nothing is withdrawn, although the mode is [`Mode::Replace`], because rows are refused
    /// or there is none, or the file could not be read to its end.
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
    #[serde(serialize_with = "issues")]
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
#[derive(Debug, Clone, Serialize)]
pub struct Warning {
    /// What is not understood, where it is first.
    #[serde(flatten)]
    pub issue: Issue,
    /// Rows that have it.
    pub rows: u64,
}

/// A training by its identifier and title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Identifier.
    pub id: String,
    /// Title.
    pub title: String,
}

/// A training whose row differs from the published one.
#[derive(Debug, Clone, Serialize)]
pub struct Changed {
    /// Identifier.
    pub id: String,
    /// Title, after.
    pub title: String,
    /// What differs.
    #[serde(serialize_with = "columns")]
    pub columns: Vec<Change>,
}

impl Report {
    /// Whether there is something to publish.
    pub fn changes_something(&self) -> bool {
        !self.cut_short && self.added + self.changed + self.withdrawn > 0
    }

    /// Takes note of what a row that goes in leaves as words; the same words are told once.
    pub(super) fn warn(&mut self, notes: Vec<Issue>) {
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
    pub(super) fn note(&mut self, issues: Vec<Issue>) {
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

fn issues<S: serde::Serializer>(issues: &[Issue], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(issues.iter().map(|issue| {
        serde_json::json!({
            "file": issue.file, "sheet": issue.sheet, "line": issue.line, "column": issue.column, "value": issue.value,
            "message": issue.message, "remedy": issue.remedy,
        })
    }))
}

fn columns<S: serde::Serializer>(columns: &[Change], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(columns.iter().map(|change| {
        serde_json::json!({ "column": change.column, "before": change.before, "after": change.after })
    }))
}
