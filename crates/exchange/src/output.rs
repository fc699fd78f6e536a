//! The forms in which trainings are written: those that read back row by row, workbooks, linked data, the
//! open-data package. Absent: each form's own writing.

use std::borrow::Borrow;
use std::io::{self, Seek, Write};

use catalogue::RawTraining;

use crate::about::About;
use crate::book::{self, Book};
use crate::{Format, linked, package};

/// The form of a file to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Output {
    /// One of the forms of rows.
    Rows(Format),
    /// A workbook.
    Book(Book),
    /// A list of schema.org, in JSON-LD.
    Linked,
    /// The open-data package.
    Package,
}

impl Output {
    /// The form that a file's name announces.
    pub fn from_name(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "xlsx" => Some(Self::Book(Book::Xlsx)),
            "ods" => Some(Self::Book(Book::Ods)),
            "jsonld" => Some(Self::Linked),
            "zip" => Some(Self::Package),
            _ => Format::from_name(name).map(Self::Rows),
        }
    }

    /// Media type of the form.
    pub fn media(self) -> &'static str {
        match self {
            Self::Rows(Format::Jsonl) => "application/jsonl; charset=utf-8",
            Self::Rows(Format::Csv) => "text/csv; charset=utf-8",
            Self::Rows(Format::Toml) => "application/toml; charset=utf-8",
            Self::Book(Book::Xlsx) => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Book(Book::Ods) => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Linked => crate::linked::MEDIA,
            Self::Package => "application/zip",
        }
    }

    /// End of a file's name of this form, without its point.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Rows(Format::Jsonl) => "jsonl",
            Self::Rows(Format::Csv) => "csv",
            Self::Rows(Format::Toml) => "toml",
            Self::Book(Book::Xlsx) => "xlsx",
            Self::Book(Book::Ods) => "ods",
            Self::Linked => "jsonld",
            Self::Package => "zip",
        }
    }

    /// Writes trainings in this form; gives their number. Forms of rows say nothing of where they come from.
    ///
    /// # Errors
    /// Those of the writer and of the form (see [`book::write`]).
    pub fn write(
        self,
        mut writer: impl Write + Seek + Send,
        rows: impl Iterator<Item = impl Borrow<RawTraining>>,
        about: &About,
    ) -> io::Result<u64> {
        match self {
            Self::Rows(format) => {
                let mut count = 0;
                crate::write(format, &mut writer, rows.inspect(|_| count += 1))?;
                Ok(count)
            }
            Self::Book(form) => book::write(form, writer, rows, about),
            Self::Linked => linked::write(&mut writer, rows, about),
            Self::Package => package::write(writer, rows, about),
        }
    }
}
