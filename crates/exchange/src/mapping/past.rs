//! Trainings that are no longer on offer, as tables say it: a column of states, a mark in a title, the title of a part.
//! Absent: sheets (see the crate `actions`), rows under such a title (see `table::closed`), what is made of others (see `aside`).

use catalogue::slug;

use crate::issue::Fault;

/// What a column of states tells by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// How things stand: « Statut ».
    Words,
    /// « oui » where it is no longer on offer: « Annulée ».
    Ends,
    /// « non » where it is no longer on offer: « Actif ».
    Runs,
}

impl State {
    /// What a column of this name tells of whether a training is on offer, if it does.
    pub(super) fn of(name: &str) -> Option<Self> {
        let name = slug(name);
        // « Actif (O/N) », « Annulé(e) ».
        let name = ["-o-n", "-oui-non"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name);
        let name = name.strip_suffix("-e").unwrap_or(name);
        let is_one_of = |names: &[&str]| names.contains(&name);
        if is_one_of(&STATES) {
            return Some(Self::Words);
        }
        is_one_of(&ENDS).then_some(Self::Ends).or_else(|| is_one_of(&RUNS).then_some(Self::Runs))
    }

    /// Whether the cell of such a column says that a training is no longer on offer.
    pub(super) fn is_past(self, cell: &str) -> bool {
        let said = slug(cell);
        is_past(cell)
            || match self {
                Self::Words => false,
                Self::Ends => {
                    matches!(said.as_str(), "oui" | "o" | "x" | "yes" | "true" | "vrai") || cell.trim() == "✓"
                }
                Self::Runs => matches!(said.as_str(), "non" | "n" | "no" | "false" | "faux"),
            }
    }
}

/// Columns that say how things stand with a training.
const STATES: [&str; 12] = [
    "statut-du-stage",
    "statut-du-module",
    "statut-de-l-action",
    "situation-de-la-formation",
    "statut",
    "etat",
    "status",
    "state",
    "statut-de-la-formation",
    "etat-de-la-formation",
    "statut-formation",
    "etat-formation",
];
/// Columns where « oui » says that it is no longer on offer.
const ENDS: [&str; 10] = [
    "annule",
    "annulee",
    "supprime",
    "supprimee",
    "archive",
    "archivee",
    "retire",
    "retiree",
    "abandonnee",
    "obsolete",
];
/// Columns where « non » says so.
const RUNS: [&str; 6] = ["actif", "active", "en-vigueur", "publie", "publiee", "toujours-active"];

/// Whether words say that trainings are no longer on offer: « annulée », « Archivé », « Session supprimée ».
pub fn is_past(state: &str) -> bool {
    const STEMS: [&str; 9] =
        ["annule", "supprime", "abandonne", "archive", "retire", "desactive", "depublie", "refuse", "rejete"];
    // « Annulé (faute d’inscrits) ».
    let state = state.split_once('(').map_or(state, |(state, _)| state);
    let folded = slug(state);
    // A subject, or « archivés ».
    if folded == "archives" && !state.to_lowercase().contains('é') {
        return false;
    }
    // « Session annulée », « Annulé le 12/03 ».
    let folded = ["formation-", "formations-", "session-", "sessions-"]
        .iter()
        .find_map(|what| folded.strip_prefix(what))
        .unwrap_or(&folded);
    let folded = folded.split_once("-le-").map_or(folded, |(state, _)| state);
    let is_participle =
        |stem: &&str| folded.strip_prefix(*stem).is_some_and(|end| matches!(end, "" | "e" | "s" | "es"));
    STEMS.iter().any(is_participle)
        || matches!(
            folded,
            "inactif"
                | "inactive"
                | "obsolete"
                | "cancelled"
                | "canceled"
                | "deleted"
                | "archived"
                | "withdrawn"
        )
}

/// What is said of the title of such a part, and of the rows under it.
const TITLE: &str = "la ligne est le titre de formations qui n’ont plus cours";
const UNDER: &str = "la ligne est sous un titre de formations qui n’ont plus cours";

/// What is wrong with a row under such a title, or with the title itself when it is alone in its row; a file of refused rows
/// gives no title.
pub(super) fn under(title: &str, is_alone: bool) -> Fault {
    if title.is_empty() {
        return Fault::new(
            UNDER,
            "retirez-la, ou videz la cellule «\u{202f}erreur\u{202f}» si elle a toujours cours",
        );
    }
    let remedy = match is_alone {
        true => "retirez-la de la table, avec les lignes qui la suivent",
        false => "retirez-la de la table, ou sortez-la de cette partie si elle a toujours cours",
    };
    Fault::new(if is_alone { TITLE } else { UNDER }, remedy).value(title)
}

/// Whether the error of a refused row says so.
pub(crate) fn is_told(error: &str) -> bool {
    error.contains(TITLE) || error.contains(UNDER)
}

/// The mark of a title that says so, at its beginning or at its end: « (ANNULÉ) », « ANNULÉE - Finances », « Finances (annulée) ».
pub(super) fn mark(title: &str) -> Option<&str> {
    let parts = title.split(['(', ')', '[', ']', ':']);
    let parts = parts.flat_map(|part| part.split(" - ").flat_map(|part| part.split(" – ")));
    let parts: Vec<&str> = parts.map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.len() < 2 {
        return None;
    }
    let is_capital = |text: &str| !text.chars().any(char::is_lowercase);
    let is_bracketed = title.trim_end().ends_with([')', ']']);
    // « Le statut du dossier : annulé » and « Archives » are subjects: a mark is in capitals, or agrees with « formation ».
    let is_mark = |part: &str, is_last: bool| match slug(part).as_str() {
        "annule" | "annulee" | "annules" | "annulees" | "supprime" | "supprimee" | "cancelled"
            if is_capital(part) && !is_capital(title) =>
        {
            true
        }
        "annulee" => is_last && is_bracketed,
        _ => false,
    };
    let (first, last) = (*parts.first()?, *parts.last()?);
    if is_mark(first, false) { Some(first) } else { Some(last).filter(|last| is_mark(last, true)) }
}

/// Whether the title of a part says so of all that is under it: « Formations annulées ».
pub(crate) fn is_part(title: &str) -> bool {
    // « Formations annulées (3) ».
    let bare = title.split_once('(').map_or(title, |(bare, _)| bare);
    let folded = slug(bare);
    let folded = folded.trim_start_matches(|sign: char| sign.is_ascii_digit() || sign == '-');
    let folded = folded.strip_prefix("liste-des-").unwrap_or(folded);
    let is_year = |word: &str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let folded = folded.rsplit_once('-').filter(|(_, last)| is_year(last)).map_or(folded, |(rest, _)| rest);
    let folded = folded.strip_suffix("-en").or_else(|| folded.strip_suffix("-pour")).unwrap_or(folded);
    let folded = folded.strip_suffix("-du-catalogue").unwrap_or(folded);
    // « annulées ou reportées »
    let folded = folded.split_once("-ou-").map_or(folded, |(folded, _)| folded);
    if matches!(folded, "annulees" | "supprimees") {
        return true;
    }
    let rest = ["formations-", "sessions-", "stages-", "modules-", "cours-", "actions-"]
        .iter()
        .find_map(|what| folded.strip_prefix(what));
    // « Modules Archives » is of a subject.
    rest.is_some_and(|rest| match rest {
        "archive" | "archives" => title.to_lowercase().contains('é'),
        rest => is_past(rest),
    })
}

#[cfg(test)]
mod tests {
    use super::{State, is_part, is_past, mark};

    #[test]
    fn columns_titles_and_parts_say_what_is_past() {
        let past = [
            ("Annulée", "oui"),
            ("Actif", "Non"),
            ("Archivée", "x"),
            ("Statut", "Annulée"),
            ("Active", "annulée"),
            ("Actif (O/N)", "N"),
            ("Archivé (O/N)", "O"),
            ("Annulé(e)", "oui"),
            ("Annulé(e) (oui/non)", "oui"),
            ("Publié(e) (O/N)", "N"),
            ("Supprimé", "✓"),
            ("Statut", "annulé (faute d’inscrits)"),
            ("Statut", "Formations annulées"),
        ];
        let says = |(name, cell): &(&str, &str)| State::of(name).is_some_and(|state| state.is_past(cell));
        assert!(past.iter().all(says), "{past:?}");
        let others = [
            ("Annulée", "non"),
            ("Actif", "oui"),
            ("Annulée", ""),
            ("Statut", "oui"),
            ("Statut", "Non"),
            ("Actif", "0"),
            ("Annulé", "1"),
            ("Annulé(e)", "N"),
        ];
        assert!(!others.iter().any(says), "{others:?}");
        for title in [
            "A droit public (ANNULÉ)",
            "ANNULÉE - B finances",
            "C [annulée]",
            "Droit : ANNULÉE",
            "Excel – ANNULÉ",
        ] {
            assert!(mark(title).is_some(), "{title}");
        }
        assert!(
            is_part("Formations annulées") && is_part("Sessions archivées :") && is_part("Modules archivés")
        );
        for part in [
            "Formations annulées en 2026",
            "Liste des formations annulées",
            "ANNULÉES",
            "Formations annulées (3)",
            "2. Formations annulées ou reportées",
            "Formations retirées du catalogue",
        ] {
            assert!(is_part(part), "{part}");
        }
    }

    #[test]
    fn subjects_are_not_past() {
        for title in [
            "Archives : les bases",
            "Annulé",
            "Le permis annulé - contentieux",
            "Archives - tri",
            "Refus (supprimer un)",
            "Permis de construire : accordé - refusé - annulé",
            "Vie d’un dossier (ouvert) (annulé)",
            "Le statut du dossier : annulé",
            "Récupérer un fichier (supprimé)",
            "Annulé - reporté : gérer les sessions",
            "PERMIS (ANNULÉ)",
        ] {
            assert_eq!(mark(title), None, "{title}");
        }
        assert!(!is_part("Formations") && !is_part("Archives") && !is_part("Formations à annuler"));
        assert!(!is_part("Modules Archives") && !is_past("Archives"));
    }
}
