//! Names of columns: cleaned, joined when a header has two lines, never twice the same.
//! Absent: which line is the header (see `header`).

use std::collections::BTreeSet;

use catalogue::french::quoted;

use super::Cell;

/// A header's cell as a name: one line, no repeated space, no star of a compulsory field.
pub(crate) fn clean(text: &str) -> String {
    let spaced = text.replace(['\u{feff}', '\u{200b}', '\u{ad}'], "");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    words.join(" ").trim_matches(|c: char| c == '*' || c.is_whitespace()).to_owned()
}

/// The words of a cell of a header.
pub(crate) fn of_cell(cell: Option<&Cell>) -> String {
    match cell {
        None | Some(Cell::Empty) => String::new(),
        Some(Cell::Text(text)) => clean(text),
        Some(Cell::Number(number)) => number.to_string(),
        Some(Cell::Day(year, month, day)) => format!("{day:02}/{month:02}/{year}"),
        Some(Cell::Truth(truth)) => if *truth { "vrai" } else { "faux" }.to_owned(),
        Some(Cell::Several(values)) => clean(&values.join(" ")),
    }
}

/// Gives each column a name of its own, and tells what was changed.
pub(crate) fn distinct(names: Vec<String>, notes: &mut Vec<String>) -> Vec<String> {
    let given: BTreeSet<String> = names.iter().cloned().collect();
    let mut taken = BTreeSet::new();
    let (mut repeated, mut nameless) = (Vec::new(), 0_u64);
    let distinct = names.into_iter().enumerate().map(|(position, name)| {
        let base = if name.is_empty() {
            nameless += 1;
            format!("sans nom {}", position + 1)
        } else {
            name
        };
        let mut found = base.clone();
        let mut number = 2;
        while taken.contains(&found) || (found != base && given.contains(&found)) {
            found = format!("{base} ({number})");
            number += 1;
        }
        if found != base {
            repeated.push(quoted(&found));
        }
        taken.insert(found.clone());
        found
    });
    let distinct = distinct.collect();
    if !repeated.is_empty() {
        notes.push(format!("noms de colonnes répétés, renommés {}", repeated.join(", ")));
    }
    if nameless > 0 {
        notes.push(catalogue::french::counted(nameless, "colonne sans nom", "colonnes sans nom"));
    }
    distinct
}
