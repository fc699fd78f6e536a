//! The PDF: typeset, tagged, held to PDF/UA-1 and PDF/A-2a by the library, which refuses what breaks them. Absent: the
//! layout (see `layout.typ`), the data that it is given (see `data`).

use catalogue::report::{Paper, PrintError, Report};
use serde_json::Value;
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::data;
use crate::world::Sheet;

/// Reports typeset since which what the typesetter remembers is forgotten: a server's memory stays bounded.
const REMEMBERED: usize = 4;

/// A report as a PDF.
pub struct Printed {
    /// The file.
    pub bytes: Vec<u8>,
    /// Number of pages.
    pub pages: usize,
    /// What the library finds doubtful, such as a layout that does not settle; a test shows that there is nothing.
    pub warnings: Vec<String>,
}

/// Typesets a report.
///
/// # Errors
/// When the library refuses; a test shows that no text of a report makes it refuse.
pub fn pdf(report: &Report) -> Result<Printed, PrintError> {
    // Stable for a request: two prints of one report are one document.
    let ident = format!("parcours {} {} {:?}", report.revision, report.day, report.request.pairs());
    typeset(&data::report(report), ident)
}

/// Typesets a paper.
///
/// # Errors
/// As [`pdf`].
pub fn paper(paper: &Paper) -> Result<Printed, PrintError> {
    typeset(&data::paper(paper), format!("parcours {}", paper.ident))
}

fn typeset(data: &Value, ident: String) -> Result<Printed, PrintError> {
    let sheet = Sheet::new(data.to_string());
    let compiled = typst::compile::<PagedDocument>(&sheet);
    let warnings = compiled.warnings.iter().map(|warning| warning.message.to_string()).collect();
    let document = compiled.output.map_err(|errors| told(&errors));
    let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a])
        .map_err(|error| PrintError(error.message().to_string()))?;
    let options = PdfOptions {
        ident: Smart::Custom(ident),
        creator: Smart::Custom(Some("Parcours".to_owned())),
        standards,
        ..PdfOptions::default()
    };
    let printed = document.and_then(|document| {
        let bytes = typst_pdf::pdf(&document, &options).map_err(|errors| told(&errors))?;
        Ok(Printed { bytes, pages: document.pages().len(), warnings })
    });
    typst::comemo::evict(REMEMBERED);
    printed
}

fn told(errors: &[SourceDiagnostic]) -> PrintError {
    let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    PrintError(messages.join(" ; "))
}
