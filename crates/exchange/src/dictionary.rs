//! What each of our columns holds, in French: one table for « À propos » sheets and for the schemas of the
//! open-data package. Absent: reading and writing of cells (see `sheet`).

use catalogue::{Field, Referential};

use crate::sheet::COLUMNS;

/// What a cell of a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    /// A text.
    Text,
    /// A number.
    Number,
    /// A yes or no.
    YesNo,
    /// One value of a vocabulary.
    One(&'static str),
    /// Values of a vocabulary, separated by `|`.
    Several(&'static str),
    /// Competences and levels: `analyse-donnees=2|culture-donnees=1`.
    Levels,
    /// Names of fields, each with something about it.
    Fields,
}

/// A column.
pub(crate) struct Column {
    /// Its name, one of [`COLUMNS`].
    pub(crate) name: &'static str,
    /// Its label on screens.
    pub(crate) title: &'static str,
    /// What it holds.
    pub(crate) holds: Holds,
    /// Unit or form of a value.
    pub(crate) unit: &'static str,
    /// What it means.
    pub(crate) meaning: &'static str,
    /// Width in a workbook, in characters.
    pub(crate) width: u8,
}

const fn column(
    name: &'static str,
    title: &'static str,
    holds: Holds,
    unit: &'static str,
    meaning: &'static str,
    width: u8,
) -> Column {
    Column { name, title, holds, unit, meaning, width }
}

const LIST: &str = "liste, valeurs séparées par |";
const LEVELS: &str = "compétence=niveau de 1 à 4, séparés par |";

/// The columns, in the order of [`COLUMNS`].
pub(crate) const DICTIONARY: [Column; COLUMNS.len()] = [
    column("id", "Identifiant", Holds::Text, "", "Identifiant stable de la formation dans Parcours.", 28),
    column("kind", "Type", Holds::One("kind"), "", "Sorte de formation.", 11),
    column("title", "Intitulé", Holds::Text, "", "Intitulé tel que la source l’écrit.", 50),
    column("provider", "Organisme", Holds::Text, "", "Organisme qui propose la formation.", 28),
    column("provider_kind", "Type d’organisme", Holds::One("provider_kind"), "", "Sorte d’organisme.", 13),
    column("url", "Page de la formation", Holds::Text, "adresse du web", "Page propre à la formation.", 34),
    column("language", "Langue", Holds::One("language"), "code ISO 639-1", "Langue d’enseignement.", 10),
    column("formats", "Format", Holds::Several("format"), LIST, "Façons de suivre la formation.", 18),
    column("duration_hours", "Durée", Holds::Number, "heures", "Durée que la source indique.", 14),
    column(
        "price_eur",
        "Prix",
        Holds::Number,
        "euros",
        "Prix que la source indique ; 0 : gratuit. Hors taxes quand ses mots (stated) le disent.",
        11,
    ),
    column("city", "Lieu", Holds::Text, "", "Ville, quand la formation en a une.", 16),
    column("nature", "Nature", Holds::One("nature"), "", "Nature, selon la rédaction.", 16),
    column(
        "public_sector_only",
        "Réservée aux agents publics",
        Holds::YesNo,
        "oui ou non",
        "Si elle n’est ouverte qu’aux agents publics.",
        17,
    ),
    column("audiences", "Public visé", Holds::Several("audience"), LIST, "Publics, selon la rédaction.", 24),
    column(
        "objectives",
        "Objectif pédagogique",
        Holds::Several("objective"),
        LIST,
        "Objectifs, selon la rédaction.",
        20,
    ),
    column("themes", "Thématique", Holds::Several("theme"), LIST, "Thématiques, selon la rédaction.", 26),
    column(
        "competences",
        "Compétences et niveau atteint",
        Holds::Levels,
        LEVELS,
        "Niveaux atteints à la fin, selon la rédaction.",
        32,
    ),
    column(
        "prerequisites",
        "Prérequis",
        Holds::Levels,
        LEVELS,
        "Niveaux demandés à l’entrée, selon la rédaction.",
        24,
    ),
    column("summary", "Résumé", Holds::Text, "", "Résumé de la rédaction, sauf autre source indiquée.", 60),
    column(
        "source.address",
        "Source",
        Holds::Text,
        "adresse du web, ou fichier: et un nom",
        "Où les faits ont été lus.",
        34,
    ),
    column(
        "source.seen",
        "Date de la source",
        Holds::Text,
        "AAAA, AAAA-MM ou AAAA-MM-JJ",
        "Date de la page ou de sa lecture.",
        13,
    ),
    column(
        "stated",
        "Mots de la source",
        Holds::Fields,
        "champ=mots, séparés par |",
        "Mots mêmes de la source.",
        36,
    ),
    column(
        "sources",
        "Sources propres à un champ",
        Holds::Fields,
        "champ=adresse date, séparés par |",
        "Source d’un champ, quand ce n’est pas celle de la fiche.",
        36,
    ),
];

impl Column {
    /// The values it may take, each as its identifier and its label; none when they are free.
    pub(crate) fn values(&self, referential: &Referential) -> Vec<(String, String)> {
        let of = |vocabulary: &str| {
            let terms = referential.terms(vocabulary).iter();
            terms.map(|term| (term.id.clone(), term.label.clone())).collect()
        };
        match self.holds {
            Holds::Text | Holds::Number | Holds::YesNo => Vec::new(),
            Holds::One(vocabulary) | Holds::Several(vocabulary) => of(vocabulary),
            Holds::Levels => of("competence"),
            Holds::Fields => {
                Field::all().map(|field| (field.name().to_owned(), field.label().to_owned())).collect()
            }
        }
    }
}
