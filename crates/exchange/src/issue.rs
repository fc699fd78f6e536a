//! What is wrong with a file, said so that it can be put right.
//! Absent: how it was found.

use std::fmt;

use catalogue::french::{NARROW, quoted};
use serde::{Deserialize, Serialize};

/// Longest part of a value that a message shows, in characters.
const SHOWN_CHARS: usize = 80;

/// Something in a file that cannot be taken; its row, if it has one, was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// Name of the file.
    pub file: String,
    /// Sheet of a workbook.
    #[serde(default)]
    pub sheet: Option<String>,
    /// Line, from 1; a row of several lines has that of its first.
    pub line: Option<u64>,
    /// Column or key.
    pub column: Option<String>,
    /// Value at fault, whole.
    pub value: Option<String>,
    /// What is wrong, in French.
    pub message: String,
    /// What to do about it, in French.
    pub remedy: String,
}

impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(sheet) = &self.sheet {
            write!(f, ", feuille {}", quoted(&shortened(sheet)))?;
        }
        if let Some(line) = self.line {
            write!(f, ", ligne {line}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", colonne {}", quoted(&shortened(column)))?;
        }
        write!(f, "{NARROW}: {}", self.message)?;
        if let Some(value) = &self.value {
            write!(f, " (valeur{NARROW}: {})", quoted(&shortened(value)))?;
        }
        write!(f, "{NARROW}; {}.", self.remedy.trim_end_matches('.'))
    }
}

impl std::error::Error for Issue {}

/// A fault before it is known where it is.
#[derive(Debug)]
pub(crate) struct Fault {
    column: Option<String>,
    value: Option<String>,
    message: String,
    remedy: String,
}

impl Fault {
    pub(crate) fn new(message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { column: None, value: None, message: message.into(), remedy: remedy.into() }
    }

    pub(crate) fn column(self, column: impl Into<String>) -> Self {
        Self { column: Some(column.into()), ..self }
    }

    pub(crate) fn value(self, value: impl Into<String>) -> Self {
        Self { value: Some(value.into()), ..self }
    }

    /// Whether it says the same.
    pub(crate) fn is(&self, other: &Self) -> bool {
        self.message == other.message
    }

    pub(crate) fn at(self, file: &str, line: Option<u64>) -> Issue {
        let Self { column, value, message, remedy } = self;
        Issue { file: file.to_owned(), sheet: None, line, column, value, message, remedy }
    }
}

/// One line of printable text: control characters become `·`, the end becomes `…`.
fn shortened(text: &str) -> String {
    let mut short: String =
        text.chars().take(SHOWN_CHARS).map(|c| if c.is_control() { '·' } else { c }).collect();
    if text.chars().nth(SHOWN_CHARS).is_some() {
        short.pop();
        short.push('…');
    }
    short
}
