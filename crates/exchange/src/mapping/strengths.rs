//! Which of several columns that may be the same field is the one: a specific name before a vague one, and no name of
//! a person as the title of a training.
//! Absent: what names mean by themselves (see `names`).

use catalogue::slug;

use super::{Target, qualifiers};

/// What a name without brackets that say something is worth, more than any other difference.
const PLAIN: u8 = 10;

/// How surely a column of this name is that field, among those that may be: the surest one is taken.
pub(super) fn strength(target: Target, name: &str) -> u8 {
    let (bare, _) = qualifiers::parted(name);
    let folded = slug(&bare);
    // « Ville (…) » is never preferred to « Lieu ».
    let plain = if qualifiers::is_plain(target, name) { PLAIN } else { 0 };
    let own = match target {
        Target::Title => match folded.as_str() {
            "titre" => 4,
            "formation" | "course" | "cours" | "action-de-formation" => 3,
            "stage" | "libelle" | "designation" | "module" => 2,
            "nom" | "name" => 1,
            _ => 5,
        },
        Target::Provider => match folded.as_str() {
            "organisme" | "nom-organisme" | "organisation" | "organization" | "institution"
            | "organisateur" | "operateur" | "fournisseur" => 2,
            vague if is_vague_provider(vague) => 1,
            _ => 3,
        },
        Target::City => u8::from(matches!(folded.as_str(), "ville" | "city")),
        // « Statut » beside « Statut de l’organisme » is that of a session.
        Target::ProviderKind => u8::from(folded != "statut"),
        _ => 0,
    };
    plain + own
}

/// Whether a folded name says an organisation, and not that it gives trainings.
pub(super) fn is_vague_provider(folded: &str) -> bool {
    const NAMES: [&str; 11] = [
        "etablissement",
        "structure",
        "nom-de-la-structure",
        "acteur",
        "owner",
        "partner",
        "ecole",
        "school",
        "universite",
        "university",
        "raison-sociale",
    ];
    NAMES.contains(&folded)
}

/// Whether a column of this name may be read where the one taken is empty: its name says the field without doubt.
pub(super) fn may_replace(target: Target, name: &str) -> bool {
    let least = match target {
        // « Titre » beside a better name may be that of a person.
        Target::Title if slug(&qualifiers::parted(name).0) == "titre" => return false,
        Target::Title => 3,
        // « Organisme » beside « Organisme de formation » is that of those who ask.
        Target::Provider => 3,
        Target::City => 0,
        _ => return false,
    };
    strength(target, name) >= PLAIN + least
}

/// Whether a column is about a person: « Nom » beside « Prénom », « Titre » beside « Civilité » or « Nom ».
pub(super) fn is_of_person(name: &str, columns: &[String]) -> bool {
    const FIRST_NAMES: [&str; 7] =
        ["prenom", "prenoms", "first-name", "firstname", "given-name", "civilite", "matricule"];
    const LAST_NAMES: [&str; 6] = ["nom", "noms", "name", "nom-d-usage", "nom-de-famille", "last-name"];
    let own = slug(name);
    let has = |wanted: &[&str]| columns.iter().any(|other| wanted.contains(&slug(other).as_str()));
    match own.as_str() {
        own if FIRST_NAMES.contains(&own) => true,
        // Two vague names side by side: nobody knows which is the training’s, if any is.
        own if LAST_NAMES.contains(&own) => has(&FIRST_NAMES) || has(&["titre"]),
        "titre" => has(&FIRST_NAMES) || has(&LAST_NAMES),
        _ => false,
    }
}
