//! What an exported file says of itself, in French: selection, revision, licence, sources, empty cells, and
//! the dictionary of its columns. Absent: the forms in which it is written (see `book`, `package`).

use catalogue::Referential;
use catalogue::french::{NARROW, integer, quoted};

use crate::dictionary::DICTIONARY;

/// The licence of the data.
pub(crate) const LICENCE: &str = "Licence Ouverte 2.0 (etalab-2.0)";
/// Its text.
pub(crate) const LICENCE_ADDRESS: &str = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/";
/// What a file is.
pub(crate) const TITLE: &str = "Parcours : formations à la donnée ouvertes aux cadres publics";

/// Where the trainings of a file come from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct About {
    /// What was asked, as a sentence in French: « 12 formations sur le thème « Droit et éthique ». »
    pub selection: String,
    /// Number of the revision; 0 for trainings that none has.
    pub revision: u64,
    /// When it was published, RFC 3339; only the day is told. Empty when there is none.
    pub published_at: String,
    /// Trainings of the selection, when the file may hold only the first of them.
    pub total: Option<u64>,
}

impl About {
    /// The day of the revision: `2026-11-25`, or nothing.
    pub(crate) fn day(&self) -> &str {
        self.published_at.get(..10).unwrap_or_default()
    }

    /// « 7, publiée le 2026-11-25 ».
    fn version(&self) -> String {
        match (self.revision, self.day()) {
            (0, _) => "aucune".to_owned(),
            (revision, "") => revision.to_string(),
            (revision, day) => format!("{revision}, publiée le {day}"),
        }
    }

    /// « 10 000, les premières des 12 345 de la sélection ».
    fn number(&self, rows: u64) -> String {
        match self.total {
            Some(total) if total > rows => {
                format!("{}, les premières des {} de la sélection", integer(rows), integer(total))
            }
            _ => integer(rows),
        }
    }

    /// What is said of `rows` trainings: subjects and sentences.
    pub(crate) fn lines(&self, rows: u64) -> Vec<(&'static str, String)> {
        let version = self.version();
        let mention = match (self.revision, self.day()) {
            (0, _) => "Source : Parcours, Licence Ouverte 2.0.".to_owned(),
            (revision, day) => {
                format!("Source : Parcours, version {revision} du {day}, Licence Ouverte 2.0.")
            }
        };
        vec![
            ("Sélection", self.selection.clone()),
            ("Formations", self.number(rows)),
            ("Version du catalogue", version),
            ("Licence", format!("{LICENCE}, {LICENCE_ADDRESS}")),
            ("Mention à reprendre", mention),
            (
                "Sources",
                format!(
                    "Chaque fait a été lu à l’adresse de la colonne source.address, à la date de source.seen{NARROW}; \
                     un champ lu ailleurs a son adresse dans la colonne sources. Les intitulés et les mots de la \
                     colonne stated restent à leurs auteurs. Nature, publics, objectifs, thématiques et niveaux sont \
                     des jugements de la rédaction."
                ),
            ),
            (
                "Cellules vides",
                format!(
                    "Une cellule vide veut dire que l’information n’est pas connue{NARROW}: ni zéro, ni non. Un prix \
                     de 0 est une gratuité que la source affirme. Aucune estimation n’est dans ce fichier."
                ),
            ),
            (
                "Écriture",
                format!(
                    "Les valeurs d’une liste sont séparées par {bar}{NARROW}; dans une valeur, {slash} précède {bar}, \
                     = ou {slash}. Une apostrophe en tête garde telle quelle la suite de la cellule{NARROW}: un texte \
                     n’est jamais une formule.",
                    bar = quoted("|"),
                    slash = quoted("\\")
                ),
            ),
            (
                "Reprise",
                "La table des formations, corrigée ou non, se relit par « parcours import » sans correspondance, tant \
                 que les noms de ses colonnes restent les mêmes."
                    .to_owned(),
            ),
        ]
    }
}

/// Names of the columns of the dictionary.
pub(crate) const DICTIONARY_HEADER: [&str; 5] =
    ["Colonne", "Libellé", "Unité ou forme", "Valeurs", "Ce qu’elle dit"];

/// The dictionary of columns, a line for each.
pub(crate) fn dictionary() -> Vec<[String; 5]> {
    let referential = Referential::builtin();
    let line = |column: &crate::dictionary::Column| {
        let values: Vec<String> = column
            .values(&referential)
            .into_iter()
            .map(|(id, label)| if id == label { id } else { format!("{id} ({label})") })
            .collect();
        let texts = [column.name, column.title, column.unit];
        let [name, title, unit] = texts.map(str::to_owned);
        [name, title, unit, values.join(", "), column.meaning.to_owned()]
    };
    DICTIONARY.iter().map(line).collect()
}
