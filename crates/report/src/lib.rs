//! A report value, or a paper of a few pages, to bytes: a tagged PDF, a text to be changed, a workbook with all figures. The
//! same value always gives the same bytes.
//!
//! Inside: the layout of the PDF, its fonts, the world that the typesetter sees, the styles of texts. Absent: what a report
//! says (see `catalogue::report`), files, network, clock, SQL, HTTP.

mod data;
mod fonts;
mod pdf;
mod text;
mod workbook;
mod world;

use catalogue::report::{Form, Paper, PaperForm, PrintError, Report};

pub use pdf::{Printed, paper as paper_pdf, pdf};
pub use workbook::workbook;

/// A report in a form.
///
/// # Errors
/// When the typesetter or the writer refuses.
pub fn print(report: &Report, form: Form) -> Result<Vec<u8>, PrintError> {
    match form {
        Form::Pdf => pdf(report).map(|printed| printed.bytes),
        Form::Odt => text::report(report),
        Form::Xlsx => workbook(report),
    }
}

/// A paper in a form.
///
/// # Errors
/// When the typesetter or the writer refuses.
pub fn print_paper(paper: &Paper, form: PaperForm) -> Result<Vec<u8>, PrintError> {
    match form {
        PaperForm::Pdf => paper_pdf(paper).map(|printed| printed.bytes),
        PaperForm::Odt => text::paper(paper),
    }
}
