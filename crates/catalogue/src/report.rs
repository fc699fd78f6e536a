//! The strategic report as a value: sections of texts, figures and tables, worked out from a snapshot, the personas and the
//! pathways already found; the same value is shown as pages, printed and written in a workbook.
//!
//! Rules:
//! - a figure comes from the function that the page of the same subject uses, and is never worked out otherwise here;
//! - each table says what it bears on, the version of the catalogue, the date, and where its facts come from;
//! - what nobody states is « non précisé », what a rule works out bears a mark;
//! - what is not shown for want of room is told, with its number.
//!
//! Absent: the search of pathways, HTML, PDF, files, clock: the date is that of the request, else that of the version.

mod actors;
mod brief;
mod build;
mod document;
mod gaps;
mod limits;
mod map;
mod method;
mod pathways;
mod personas;
mod recommendations;
mod request;
mod scenarios;
mod sources;
mod summary;

pub use build::{Inputs, PERSONAS_MAX, TypicalPathway, report};
pub use document::{
    Block, Cell, Column, Drawing, KeyFigure, Mark, Paper, Report, Row, SHADES, Section, Table, Width,
};
pub use request::{ReportError, ReportRequest, SectionKind};

use crate::persona::Persona;
use crate::snapshot::Snapshot;

/// A form of the report as a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// PDF, tagged.
    Pdf,
    /// Text to be changed (OpenDocument).
    Odt,
    /// Workbook with all figures.
    Xlsx,
}

/// A form of a paper as a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PaperForm {
    /// PDF, tagged.
    Pdf,
    /// Text to be changed (OpenDocument).
    Odt,
}

/// Why no file is made; in French.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("le rapport n’a pas pu être composé : {0}")]
pub struct PrintError(pub String);

/// Makes reports and prints them. Absent from this crate, so that pages need neither a search nor a typesetter.
pub trait Reporter: Send + Sync {
    /// The report of a snapshot; `planner` finds the pathways.
    fn report(
        &self,
        snapshot: &Snapshot,
        personas: &[Persona],
        request: &ReportRequest,
        planner: &dyn crate::pathways::Planner,
    ) -> Report;

    /// A report as a file.
    ///
    /// # Errors
    /// When the typesetter or the writer refuses.
    fn print(&self, report: &Report, form: Form) -> Result<Vec<u8>, PrintError>;

    /// A paper as a file.
    ///
    /// # Errors
    /// When the typesetter or the writer refuses.
    fn print_paper(&self, paper: &Paper, form: PaperForm) -> Result<Vec<u8>, PrintError>;

    /// The sections that a report may have, in their order.
    fn sections(&self) -> Vec<SectionKind>;
}
