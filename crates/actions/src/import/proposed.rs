//! The draft of a mapping: which sheet it is of, and what a person has to know of the others.
//! Absent: what a column is (see `exchange::mapping`).

use std::path::Path;

use catalogue::Referential;
use catalogue::french::{NARROW, list, quoted};
use exchange::mapping::{Mapping, Target};
use exchange::table::{self, Shape, TableRow};

use super::files::{SAMPLE_ROWS, head, name_of, sampled};
use super::sheets::why_aside;
use crate::error::ActionError;

/// The draft of a mapping.
pub struct Proposed {
    /// The file to complete.
    pub text: String,
    /// What to know of it before it is used, in French, as sentences without a full stop.
    pub notes: Vec<String>,
}

/// The draft of a mapping of a table, as a file to complete; `reading` says how to read the table. Of a workbook, it is of the
/// sheet that an import would read; of several of them with the same columns, of all.
///
/// # Errors
/// When the file is no table.
pub fn propose(path: &Path, sheet: Option<&str>, reading: table::Options) -> Result<Proposed, ActionError> {
    if head(path).is_ok_and(|head| exchange::lheo::is_lheo(&head)) {
        return Err(ActionError::NoMappingNeeded(path.to_owned()));
    }
    let options = table::Options { sheet: sheet.map(str::to_owned).or(reading.sheet.clone()), ..reading };
    let referential = Referential::builtin();
    let mut samples: Vec<_> =
        sampled(path, &options, SAMPLE_ROWS)?.into_iter().filter(|(shape, _)| !shape.is_left_out).collect();
    let worths: Vec<_> = samples.iter().map(|(shape, rows)| worth(shape, rows, &referential)).collect();
    let Some(best) = worths.iter().max() else {
        return Err(ActionError::NoTitle(path.to_owned(), None));
    };
    let alike: Vec<usize> = (0..samples.len()).filter(|at| worths[*at] == *best).collect();
    let first = alike[0];
    let others: Vec<String> =
        alike[1..].iter().filter_map(|at| samples[*at].0.sheet.as_deref().map(quoted)).collect();
    let is_same = |at: usize| samples[at].0.columns == samples[first].0.columns;
    let reads_all = !others.is_empty() && (0..samples.len()).all(is_same);
    let (shape, rows) = &mut samples[first];
    let mut mapping = Mapping::draft(shape, rows, &referential);
    let mut notes = Vec::new();
    if reads_all {
        mapping.table.sheet = None;
        mapping.table.header_line = None;
    } else if !others.is_empty() {
        let own = quoted(shape.sheet.as_deref().unwrap_or_default());
        notes.push(format!(
            "cette correspondance ne lit que la feuille {own}{NARROW}; pour {}, écrivez-en d’autres avec --sheet",
            list(&others, "et")
        ));
    }
    if !mapping.has_title() {
        notes.push(format!(
            "aucune colonne ne donne l’intitulé{NARROW}: écrivez field = \"title\" sous celle qui le porte"
        ));
    }
    shape.reading.extend(notes.iter().cloned());
    Ok(Proposed { text: mapping.to_toml(&name_of(path), shape, rows, &referential), notes })
}

/// How likely a sheet is the catalogue: columns that give titles and organisations by their names, titles alone, titles by what
/// cells hold; those that an import leaves aside come after all.
fn worth(shape: &Shape, rows: &[TableRow], referential: &Referential) -> (bool, u8) {
    let known = Mapping::recognise(shape, rows, referential);
    let has = |target| known.column.iter().any(|column| column.field == Some(target));
    let by_names = match (has(Target::Title), has(Target::Provider)) {
        (true, true) => 3,
        (true, false) => 2,
        _ => u8::from(Mapping::draft(shape, rows, referential).has_title()),
    };
    (why_aside(shape, rows, &known).is_none(), by_names)
}
