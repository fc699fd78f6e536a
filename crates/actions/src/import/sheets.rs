//! Sheets of a workbook that hold no catalogue, though they have columns of such names: lists of values for the others,
//! accounts of what was done or spent, trainings that are cancelled or copied. They are left aside and told; asked for by their names, they are read.
//! Absent: hidden sheets (see `exchange::table`), what a column means (see `exchange::mapping`).

use catalogue::slug;
use exchange::mapping::{Mapping, Target, is_past};
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
const PAST: [&str; 25] = [
    "ancien",
    "ancienne",
    "anciennes",
    "anciens",
    "corbeille",
    "doublon",
    "doublons",
    "essai",
    "obsolete",
    "obsoletes",
    "poubelle",
    "test",
    "modele",
    "annuler",
    "annulation",
    "annulations",
    "clos",
    "close",
    "closes",
    "non",
    "retenu",
    "retenue",
    "retenues",
    "retenus",
    "supprimer",
];
/// Words that tie them.
const LINKS: [&str; 10] = ["a", "de", "des", "du", "et", "la", "le", "les", "d", "l"];
/// Words for what a sheet lists.
const OFFERED: [&str; 4] = ["formation", "formations", "session", "sessions"];

/// Why a sheet of several is left aside; nothing when it may be a catalogue.
pub(super) fn why_aside(shape: &Shape, rows: &[TableRow], mapping: &Mapping) -> Option<&'static str> {
    let name = slug(shape.sheet.as_deref()?);
    let words: Vec<&str> = name.split('-').filter(|word| !LINKS.contains(word)).collect();
    let is_figure = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let says = |is_known: &dyn Fn(&str) -> bool| {
        words.iter().all(|word| is_figure(word) || OFFERED.contains(word) || is_known(word))
            && words.iter().any(|word| is_known(word))
    };
    if words.iter().all(|word| !OFFERED.contains(word)) && says(&|word| WORDS.contains(&word)) {
        return Some("son nom dit des listes, des comptes ou une aide, pas un catalogue");
    }
    let is_past = says(&|word| PAST.contains(&word) || is_past(word)) || name == "ne-pas-utiliser";
    if is_past || words.first() == Some(&"copie") {
        return Some("son nom dit des formations qui ne sont pas à reprendre");
    }
    are_lists(shape, rows, mapping).then_some("ses colonnes sont des listes sans rapport entre elles")
}

/// Whether the name of a sheet may be that of a domain of trainings, in a workbook that has a sheet for each: « Budget ».
pub(super) fn may_be_domain(shape: &Shape) -> bool {
    const DOMAINS: [&str; 5] = ["budget", "budgets", "statistique", "statistiques", "financier"];
    let name = slug(shape.sheet.as_deref().unwrap_or_default());
    name.split('-').filter(|word| !LINKS.contains(word)).all(|word| DOMAINS.contains(&word))
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

#[cfg(test)]
mod tests {
    use exchange::mapping::Mapping;
    use exchange::table::Shape;

    use super::why_aside;

    #[test]
    fn the_name_of_a_sheet_may_say_that_it_is_no_catalogue() {
        let why = |name: &str| {
            let shape = Shape { sheet: Some(name.to_owned()), ..Shape::default() };
            why_aside(&shape, &[], &Mapping::default())
        };
        for aside in [
            "Listes",
            "Bilan 2025",
            "Annulées",
            "Formations annulées 2025",
            "Sessions archivées",
            "Anciennes formations",
            "Ne pas utiliser",
            "Copie de Catalogue",
            "Modèle",
            "Annulations",
            "Non retenues",
            "À supprimer",
            "Formations closes",
        ] {
            assert!(why(aside).is_some(), "{aside}");
        }
        for kept in [
            "Formations",
            "Formations 2026",
            "Formations (2)",
            "Sessions 2026",
            "Liste des formations",
            "Catalogue hors formations supprimées",
            "Archives départementales",
            "2026",
            "Essais cliniques",
            "Pas à pas",
        ] {
            assert_eq!(why(kept), None, "{kept}");
        }
    }
}
