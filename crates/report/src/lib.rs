//! A report value to bytes: a tagged PDF, a workbook with all its figures. The same report always gives the same bytes.
//!
//! Inside: the layout of the PDF, its fonts, the world that the typesetter sees. Absent: what a report says (see
//! `catalogue::report`), files, network, clock, SQL, HTTP.

mod data;
mod fonts;
mod pdf;
mod workbook;
mod world;

use catalogue::report::{Form, PrintError, Report};

pub use pdf::{Printed, pdf};
pub use workbook::workbook;

/// A report in a form.
///
/// # Errors
/// When the typesetter or the writer of workbooks refuses.
pub fn print(report: &Report, form: Form) -> Result<Vec<u8>, PrintError> {
    match form {
        Form::Pdf => pdf(report).map(|printed| printed.bytes),
        Form::Xlsx => workbook(report),
    }
}
