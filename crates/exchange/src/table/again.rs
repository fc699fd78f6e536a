//! A line of names met again among the rows of a table: the same table goes on, or another one begins below it.
//! Absent: the first header (see `header`).

use std::collections::BTreeSet;

use catalogue::slug;

use super::names::of_cell;
use super::{Cell, Known};
use crate::mapping::{Target, named};

/// Fewest recognised names of a line that is a header, one of them that of titles; without it, one more.
const NAMES: usize = 3;

/// Longest name of a column that nobody knows, in characters.
const LONGEST: usize = 60;

/// What a line of names says of the rows below it.
pub(crate) enum Again {
    /// The same columns, each at this place of the rows to come, if it is there at all.
    Same(Vec<Option<usize>>),
    /// Columns of other names: another table.
    Other,
}

/// What a row is when its cells are names of columns: those of this table, or most of them recognised.
pub(crate) fn header(cells: &[Cell], columns: &[String], known: Known) -> Option<Again> {
    let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
    let mut recognised = 0;
    // « id » in several cells repeats what is above.
    let mut distinct = BTreeSet::new();
    for (at, cell) in cells.iter().filter(|cell| !cell.is_empty()).enumerate() {
        let is_text = matches!(cell, Cell::Text(text) if text.chars().count() <= 100);
        let name = of_cell(Some(cell));
        if is_text && known(&name) {
            recognised += 1;
            distinct.insert(slug(&name));
        }
        // A row of data is seen at its first cells.
        if (at + 1 - recognised) * 4 > filled {
            return None;
        }
    }
    let names: Vec<String> = cells.iter().map(|cell| slug(&of_cell(Some(cell)))).collect();
    let place = |own: &String| names.iter().position(|name| !name.is_empty() && *name == slug(own));
    let places: Vec<Option<usize>> = columns.iter().map(place).collect();
    let found = places.iter().flatten().count();
    let is_whole = found == filled && found >= 2;
    if is_whole && (found >= NAMES || found == columns.len()) {
        return Some(Again::Same(places));
    }
    let has_title = || distinct.iter().any(|name| named(name) == Some(Target::Title));
    (distinct.len() > NAMES || (distinct.len() == NAMES && has_title())).then_some(Again::Other)
}

/// Whether a figure is in one of these cells.
pub(crate) fn has_figures(cells: &[Cell], measures: &[usize]) -> bool {
    let is_figure = |cell: &Cell| match cell {
        Cell::Text(text) => text.contains(|sign: char| sign.is_ascii_digit()),
        other => !other.is_empty(),
    };
    measures.iter().filter_map(|at| cells.get(*at)).any(is_figure)
}

/// Whether a row after a blank one names the columns of another table: words everywhere, also in the cells of these
/// columns, which hold durations and prices.
pub(crate) fn names_others(cells: &[Cell], measures: &[usize]) -> bool {
    let is_words = |cell: &Cell| {
        let Cell::Text(text) = cell else { return false };
        let is_short = text.chars().count() <= LONGEST && !text.contains("://");
        is_short
            && text.chars().any(char::is_alphabetic)
            && !text.contains(|sign: char| sign.is_ascii_digit())
    };
    let filled: Vec<&Cell> = cells.iter().filter(|cell| !cell.is_empty()).collect();
    let measured: Vec<&Cell> =
        measures.iter().filter_map(|at| cells.get(*at)).filter(|cell| !cell.is_empty()).collect();
    filled.len() > 2
        && !measured.is_empty()
        && filled.into_iter().all(is_words)
        && measured.into_iter().all(|cell| !is_amount(&of_cell(Some(cell))))
}

/// Whether words say a duration or a price, or that it is not known: « une journée », « sur devis ».
fn is_amount(text: &str) -> bool {
    const WORDS: [&str; 60] = [
        "gratuit",
        "gratuite",
        "gratuits",
        "gratuites",
        "free",
        "offert",
        "offerte",
        "devis",
        "demande",
        "consulter",
        "contacter",
        "definir",
        "determiner",
        "preciser",
        "confirmer",
        "completer",
        "communiquer",
        "communique",
        "renseigne",
        "venir",
        "attente",
        "cours",
        "selon",
        "variable",
        "variables",
        "inclus",
        "incluse",
        "compris",
        "comprise",
        "charge",
        "finance",
        "financee",
        "financement",
        "cpf",
        "opco",
        "frais",
        "libre",
        "autonomie",
        "asynchrone",
        "rythme",
        "permanent",
        "journee",
        "journees",
        "jour",
        "jours",
        "heure",
        "heures",
        "demi",
        "matinee",
        "matin",
        "midi",
        "soiree",
        "semaine",
        "semaines",
        "mois",
        "nc",
        "na",
        "objet",
        "idem",
        "id",
    ];
    // A name of column is one, whatever its words.
    let folded = slug(text);
    named(text).is_none() && (folded.len() < 2 || folded.split('-').any(|word| WORDS.contains(&word)))
}

/// Cells put where the table has them; those of no column come after.
pub(crate) fn moved(mut cells: Vec<Cell>, places: &[Option<usize>]) -> Vec<Cell> {
    let take = |place: &Option<usize>| place.and_then(|at| cells.get_mut(at)).map(std::mem::take);
    let mut own: Vec<Cell> = places.iter().map(take).map(Option::unwrap_or_default).collect();
    own.extend(cells.into_iter().filter(|cell| !cell.is_empty()));
    own
}
