//! Trainings that are no longer on offer, as tables say it: a column of states, a mark in a title, the title of a part.
//! Absent: sheets (see the crate `actions`), what is made of such rows (see `aside`).

use catalogue::slug;

/// Whether a column of this name says whether a training is on offer.
pub(super) fn is_state(name: &str) -> bool {
    let name = slug(name);
    STATES.contains(&name.as_str()) || ENDS.contains(&name.as_str()) || RUNS.contains(&name.as_str())
}

/// Columns that say how things stand with a training.
const STATES: [&str; 9] = [
    "statut",
    "etat",
    "status",
    "state",
    "statut-de-la-formation",
    "etat-de-la-formation",
    "statut-formation",
    "etat-formation",
    "situation",
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
const RUNS: [&str; 8] =
    ["actif", "active", "active-o-n", "actif-o-n", "en-vigueur", "publie", "publiee", "toujours-active"];

/// Whether the cell of such a column says that a training is no longer on offer.
pub(super) fn says(name: &str, cell: &str) -> bool {
    let (name, said) = (slug(name), slug(cell));
    let is_said = |words: &[&str]| words.contains(&said.as_str());
    is_past(cell)
        || (ENDS.contains(&name.as_str()) && is_said(&["oui", "o", "x", "yes", "true", "vrai", "1"]))
        || (RUNS.contains(&name.as_str()) && is_said(&["non", "n", "no", "false", "faux", "0"]))
}

/// Whether words say that trainings are no longer on offer: « annulée », « Archivé », « Session supprimée ».
pub fn is_past(state: &str) -> bool {
    const STEMS: [&str; 9] =
        ["annule", "supprime", "abandonne", "archive", "retire", "desactive", "depublie", "refuse", "rejete"];
    let folded = slug(state);
    // « Session annulée », « Annulé le 12/03 ».
    let folded =
        ["formation-", "session-"].iter().find_map(|what| folded.strip_prefix(what)).unwrap_or(&folded);
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

/// The mark of a title that says so, at its beginning or at its end: « (ANNULÉ) », « ANNULÉE - Finances ».
pub(super) fn mark(title: &str) -> Option<&str> {
    let parts = title
        .split(['(', ')', '[', ']', ':'])
        .flat_map(|part| part.split(" - ").flat_map(|part| part.split(" – ")));
    let parts: Vec<&str> = parts.map(str::trim).filter(|part| !part.is_empty()).collect();
    let ends = [parts.first(), parts.last()];
    // « Archives » and « Refus » are subjects.
    let is_mark = |part: &str| {
        matches!(
            slug(part).as_str(),
            "annule"
                | "annulee"
                | "annules"
                | "annulees"
                | "supprime"
                | "supprimee"
                | "archivee"
                | "cancelled"
        )
    };
    ends.into_iter().flatten().copied().find(|part| parts.len() > 1 && is_mark(part))
}

/// Whether the title of a part says so of all that is under it: « Formations annulées ».
pub(super) fn is_part(title: &str) -> bool {
    let folded = slug(title);
    let rest =
        ["formations-", "sessions-", "stages-", "modules-"].iter().find_map(|what| folded.strip_prefix(what));
    rest.is_some_and(is_past)
}

#[cfg(test)]
mod tests {
    use super::{is_part, mark, says};

    #[test]
    fn columns_titles_and_parts_say_what_is_past() {
        for (name, cell) in [
            ("Annulée", "oui"),
            ("Actif", "Non"),
            ("Archivée", "x"),
            ("Statut", "Annulée"),
            ("Active", "annulée"),
        ] {
            assert!(says(name, cell), "{name}: {cell}");
        }
        for (name, cell) in
            [("Annulée", "non"), ("Actif", "oui"), ("Annulée", ""), ("Statut", "oui"), ("Statut", "Non")]
        {
            assert!(!says(name, cell), "{name}: {cell}");
        }
        for title in
            ["A droit public (ANNULÉ)", "ANNULÉE - B finances", "[annulée] C", "D : annulée", "E – ANNULÉ"]
        {
            assert!(mark(title).is_some(), "{title}");
        }
        for title in [
            "Archives : les bases",
            "Annulé",
            "Le permis annulé - contentieux",
            "Archives - tri",
            "Refus (supprimer un)",
        ] {
            assert_eq!(mark(title), None, "{title}");
        }
        assert!(is_part("Formations annulées") && is_part("Sessions archivées :"));
        assert!(!is_part("Formations") && !is_part("Archives") && !is_part("Formations à annuler"));
    }
}
