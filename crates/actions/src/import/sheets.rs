//! Sheets of a workbook that hold no catalogue, though they have columns of such names: lists of values for the others,
//! accounts of what was done or spent, trainings that are cancelled or copied. They are left aside and told; asked for by their names, they are read.
//! Absent: hidden sheets (see `exchange::table`), what a column means (see `exchange::mapping`).

use catalogue::slug;
use exchange::mapping::{Mapping, Target};
use exchange::table::{Shape, TableRow};

/// Words that the name of such a sheet is made of.
const WORDS: [&str; 38] = [
    "liste",
    "listes",
    "deroulante",
    "deroulantes",
    "parametre",
    "parametres",
    "parametrage",
    "referentiel",
    "referentiels",
    "nomenclature",
    "nomenclatures",
    "valeurs",
    "validation",
    "config",
    "configuration",
    "bilan",
    "bilans",
    "budget",
    "budgets",
    "previsionnel",
    "realise",
    "depenses",
    "suivi",
    "budgetaire",
    "financier",
    "annuel",
    "stat",
    "stats",
    "statistique",
    "statistiques",
    "synthese",
    "notice",
    "aide",
    "exemple",
    "exemples",
    "archive",
    "archives",
    "brouillon",
];
/// Words that the name of a sheet of trainings that are not on offer is made of.
const PAST: [&str; 30] = [
    "abandonnes",
    "abandonnees",
    "ancien",
    "ancienne",
    "anciennes",
    "anciens",
    "annule",
    "annulee",
    "annulees",
    "annules",
    "corbeille",
    "desactivees",
    "doublon",
    "doublons",
    "essai",
    "formations",
    "ne",
    "obsolete",
    "obsoletes",
    "pas",
    "poubelle",
    "refuse",
    "refusees",
    "refuses",
    "supprime",
    "supprimees",
    "supprimes",
    "test",
    "utiliser",
    "modele",
];
/// Words that tie them.
const LINKS: [&str; 9] = ["de", "des", "du", "et", "la", "le", "les", "d", "l"];

/// Why a sheet of several is left aside; nothing when it may be a catalogue.
pub(super) fn why_aside(shape: &Shape, rows: &[TableRow], mapping: &Mapping) -> Option<&'static str> {
    let name = slug(shape.sheet.as_deref()?);
    let words: Vec<&str> = name.split('-').filter(|word| !LINKS.contains(word)).collect();
    let is_figure = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let says = |known: &[&str]| {
        let is_known = |word: &&str| known.contains(word) || is_figure(word);
        words.iter().all(is_known) && words.iter().any(|word| !is_figure(word))
    };
    if says(&WORDS) {
        return Some("son nom dit des listes, des comptes ou une aide, pas un catalogue");
    }
    if (says(&PAST) && words != ["formations"]) || words.first() == Some(&"copie") {
        return Some("son nom dit des formations qui ne sont pas à reprendre");
    }
    are_lists(shape, rows, mapping).then_some("ses colonnes sont des listes sans rapport entre elles")
}

/// Whether columns are lists of their own: titles and organisations go down to other lines, without a hole, and few lines
/// have all their cells.
fn are_lists(shape: &Shape, rows: &[TableRow], mapping: &Mapping) -> bool {
    let place = |target: Target| {
        let column = mapping.column.iter().find(|column| column.field == Some(target))?;
        shape.columns.iter().position(|name| *name == column.name)
    };
    let filled = |at: usize| {
        let is_there = |row: &TableRow| row.cells.get(at).is_some_and(|cell| cell.to_text("").is_some());
        let count = rows.iter().filter(|row| is_there(row)).count();
        rows.iter().take(count).all(is_there).then_some(count)
    };
    let ends: Option<Vec<usize>> = (0..shape.columns.len()).map(filled).collect();
    let (Some(ends), Some(title), Some(provider)) = (ends, place(Target::Title), place(Target::Provider))
    else {
        return false;
    };
    let whole = ends.iter().copied().min().unwrap_or(0);
    ends[title] != ends[provider] && rows.len() > 2 && whole * 2 < rows.len()
}
