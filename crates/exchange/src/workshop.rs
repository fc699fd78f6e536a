//! What a page asks of an import, and what it is told: the values that pages and the work behind them leave each
//! other in the queue of jobs.
//! Absent: the queue (see the crate `store`), the work (see `actions`), the pages (see `web`).

use serde::{Deserialize, Serialize};

use crate::mapping::{Mapping, Survey};
use crate::report::Report;

/// A step of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The file is read and compared with the catalogue; nothing is published.
    Compare,
    /// What was compared is published.
    Publish,
    /// What was published is undone, by a new revision.
    Undo,
}

/// How a file is to be read and compared.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Name of the file, as sent.
    pub file: String,
    /// Whether the file is the whole catalogue: trainings that it lacks are withdrawn.
    pub replace: bool,
    /// What its columns mean; `None`: as far as they are recognised.
    pub mapping: Option<Mapping>,
    /// Pairs of trainings that look alike and are two, by their identifiers.
    pub apart: Vec<(String, String)>,
    /// Whether the values proposed for what the file does not say go in as editors' choices.
    pub accept_proposals: bool,
}

/// What is asked of a step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Order {
    /// The step.
    pub step: Step,
    /// How the file is read.
    pub request: Request,
    /// The revision that the person saw: the step is not taken over another one. Of a comparison, none.
    pub base: Option<i64>,
    /// Who asks.
    pub author: String,
}

/// What a comparison tells.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Compared {
    /// The revision that the file was compared with; 0 when there is none.
    pub base: i64,
    /// What the file's tables hold; empty for our own files and for feeds, which need no mapping.
    pub surveys: Vec<Survey>,
    /// What the file would change; `None` when it cannot be read as it is.
    pub report: Option<Report>,
    /// Why it cannot be, in French, with what to do.
    pub trouble: Option<String>,
    /// Rows written apart to be corrected.
    pub refused_rows: u64,
}

/// What a publication, or its undoing, tells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Published {
    /// The revision before.
    pub base: i64,
    /// The new revision.
    pub revision: i64,
    /// Trainings that it holds.
    pub total: i64,
}
