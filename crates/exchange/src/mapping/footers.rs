//! Titles that are none: parts of a table, what is said or counted under it.
//! Absent: what tells such a row from a training beside its title (see `aside`).

use catalogue::{PriceBasis, slug};

use super::{convention, taxes};

/// Whether a text may be the title of a part: capitals alone, or after a rank: « MANAGEMENT », « II. DONNÉES », « B. IA ».
pub(crate) fn is_part(text: &str) -> bool {
    if text.chars().any(char::is_lowercase) {
        return false;
    }
    let capitals = |text: &str| text.chars().filter(|letter| letter.is_uppercase()).count();
    let is_rank = |rank: &str| {
        let is_roman = !rank.is_empty() && rank.chars().all(|letter| "IVX".contains(letter));
        let is_number = !rank.is_empty() && rank.len() < 3 && rank.bytes().all(|byte| byte.is_ascii_digit());
        is_roman || is_number || (rank.len() == 1 && rank.bytes().all(|byte| byte.is_ascii_uppercase()))
    };
    let is_ranked = text.trim().split_once(['.', ')', '-', '–', '—', ':']).is_some_and(|(rank, rest)| {
        is_rank(rank.trim()) && rest.starts_with(char::is_whitespace) && capitals(rest) > 1
    });
    is_ranked || capitals(text) > 3
}

/// Whether a text alone in its row says something of the table: « Fait à Paris, le 3 mars », « Contact : bureau RH3 ».
pub(super) fn is_remark(text: &str) -> bool {
    const SAID: [&str; 9] =
        ["source", "sources", "nb", "note", "notes", "nota", "remarque", "remarques", "legende"];
    const SETTLED: [&str; 9] =
        ["arrete", "arretee", "etabli", "etablie", "edite", "editee", "genere", "extrait", "imprime"];
    let folded = slug(text);
    let words: Vec<&str> = folded.split('-').collect();
    let has_colon = text.contains(':');
    let has_figure = text.contains(|sign: char| sign.is_ascii_digit());
    let is_named = match words.as_slice() {
        [first, ..] if SAID.contains(first) => has_colon,
        ["contact" | "contacts", ..] => has_colon && (has_figure || text.contains('@')),
        ["nombre", "de" | "d" | "total", ..] => has_colon,
        ["fait", "a" | "le", ..] => has_figure,
        ["document" | "liste" | "catalogue" | "plan", done, ..] => has_figure && SETTLED.contains(done),
        [done, "le" | "au", ..] => has_figure && SETTLED.contains(done),
        ["mis" | "mise", "a", "jour", "le" | "au" | "du", ..] => has_figure,
        ["sous", "reserve", ..] => true,
        ["prix" | "tarif" | "tarifs" | "montant" | "montants", ..] => {
            taxes::basis(text) != PriceBasis::Unsaid
        }
        _ => false,
    };
    text.starts_with('*') || is_named || convention::day(text).is_some()
}

/// Whether a title beside figures, in a row that names no organisation, counts other rows or what is paid for them.
pub(super) fn is_sum(text: &str) -> bool {
    const WHOLES: [&str; 7] =
        ["plan", "catalogue", "programme", "formations", "actions", "stages", "modules"];
    let folded = slug(text);
    let is_number = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit());
    match folded.split('-').collect::<Vec<_>>().as_slice() {
        ["budget", year] => year.len() == 4 && is_number(year),
        ["s", "t"] => text.contains('/'),
        ["ensemble", "du" | "des", whole] => WHOLES.contains(whole),
        _ => false,
    }
}

/// Whether a title is what is owed for other rows, whoever the row names: « TVA (20 %) », « Coût global », « Net à payer TTC »,
/// or beside them: « Enveloppe 2026 », « Location de salle ».
pub(super) fn is_owed(text: &str) -> bool {
    let folded = slug(text);
    let is_number = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit());
    match folded.split('-').collect::<Vec<_>>().as_slice() {
        ["somme" | "sommes"] => true,
        ["enveloppe", year @ ..] => year.iter().all(is_number),
        ["montant" | "montants", "engage" | "consomme" | "disponible" | "alloue"] => true,
        ["credits", "disponibles" | "engages" | "consommes" | "alloues"] => true,
        ["effectif" | "effectifs", "forme" | "formes"] => true,
        ["location", "de", "salle" | "salles"] => true,
        ["cout" | "montant" | "budget" | "prix", "global" | "globale", taxes @ ..] => {
            taxes.iter().all(|word| matches!(*word, "ttc" | "ht"))
        }
        ["tva", rest @ ..] => rest.iter().all(|word| is_number(word) || matches!(*word, "a" | "taux")),
        [
            "net" | "reste" | "montant" | "solde",
            "a",
            "payer" | "engager" | "regler" | "financer" | "charge",
            taxes @ ..,
        ] => taxes.iter().all(|word| matches!(*word, "ttc" | "ht")),
        _ => false,
    }
}

/// Whether a title is what is spent beside trainings: « Frais de déplacement ». A training with a length and a price may be called
/// so.
pub(super) fn is_expense(text: &str) -> bool {
    const SPENT: [&str; 6] =
        ["deplacement", "deplacements", "hebergement", "restauration", "mission", "missions"];
    let folded = slug(text);
    match folded.split('-').collect::<Vec<_>>().as_slice() {
        ["frais", "de" | "d", what] => SPENT.contains(what),
        ["hebergement" | "restauration" | "transport" | "transports" | "deplacements" | "solde"] => true,
        ["budget", "engage" | "consomme" | "disponible" | "previsionnel" | "alloue"] => true,
        _ => false,
    }
}

/// Whether a title counts trainings: « 3 formations ».
pub(super) fn is_count(text: &str) -> bool {
    const COUNTED: [&str; 10] = [
        "formation",
        "formations",
        "stage",
        "stages",
        "module",
        "modules",
        "session",
        "sessions",
        "action",
        "actions",
    ];
    let folded = slug(text);
    folded.split_once('-').is_some_and(|(count, counted)| {
        count.bytes().all(|byte| byte.is_ascii_digit()) && COUNTED.contains(&counted)
    })
}
