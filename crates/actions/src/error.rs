//! Why an action fails, in French, with what to do. Absent: exit codes, HTTP statuses.

use std::io;
use std::path::PathBuf;

use catalogue::{SelectionError, SnapshotError};
use store::StoreError;

/// Why an action fails.
#[derive(Debug, thiserror::Error)]
pub enum ActionError {
    /// The data directory refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A selection that says nothing sensible.
    #[error(transparent)]
    Selection(#[from] SelectionError),
    /// The index cannot be built or changed.
    #[error("le catalogue ne peut pas être indexé : {0}")]
    Snapshot(#[from] SnapshotError),
    /// A file cannot be read or written.
    #[error("« {} » : {}", .path.display(), catalogue::system::in_french(.source))]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A directory, a pipe, a device.
    #[error("« {} » n’est pas un fichier", .0.display())]
    NotAFile(PathBuf),
    /// A file that must not exist does.
    #[error("« {} » existe déjà ; rien n’a été écrit", .0.display())]
    Exists(PathBuf),
    /// The file to write exists, and nothing replaces it.
    #[error("« {} » existe déjà ; rien n’a été écrit", .0.display())]
    Taken(PathBuf),
    /// A directory without a persona.
    #[error("le dossier « {} » ne contient aucun fichier .toml", .0.display())]
    NoPersona(PathBuf),
    /// A table that cannot be read at all.
    #[error("{} : {}", .0.file, .0.message)]
    Unreadable(Box<exchange::Issue>),
    /// The register of providers that LHEO needs is wrong.
    #[error("{0}")]
    Register(Box<exchange::Issue>),
    /// No column of a table can be a title; the one that its name says, and why it is not taken.
    #[error("« {} » : aucune colonne ne donne l’intitulé des formations{}", .0.display(), doubt(.1.as_ref()))]
    NoTitle(PathBuf, Option<(String, String)>),
    /// No column of a table says the provider; the one that its name says, and why it is not taken.
    #[error("« {} » : aucune colonne ne donne l’organisme{}", .0.display(), doubt(.1.as_ref()))]
    NoProvider(PathBuf, Option<(String, String)>),
    /// A file is no planning instance.
    #[error("« {} » : {message}", path.display())]
    Instance {
        /// The file.
        path: PathBuf,
        /// What is wrong with it, in French.
        message: String,
    },
    /// The fields of a file are those of a standard.
    #[error("« {} » est une offre LHEO, dont les champs sont connus : elle n’a pas besoin de correspondance", .0.display())]
    NoMappingNeeded(PathBuf),
    /// The name of a file does not say its format.
    #[error("le nom « {} » ne dit pas le format du fichier", .0.display())]
    UnknownFormat(PathBuf),
    /// An archive that is not an open-data package of ours.
    #[error("« {} » n’est pas une archive exportée par Parcours", .0.display())]
    NotOurArchive(PathBuf),
    /// The name of a file to write does not say its format.
    #[error("le nom « {} » ne dit pas le format du fichier", .0.display())]
    UnknownOutput(PathBuf),
    /// The name of a report to write does not say its form.
    #[error("le nom « {} » ne dit pas la forme du rapport", .0.display())]
    UnknownReport(PathBuf),
    /// The report cannot be composed.
    #[error(transparent)]
    Report(#[from] catalogue::report::PrintError),
    /// More trainings than a selection can be exported with.
    #[error("la sélection compte {0} formations : {limit} au plus par export filtré", limit = crate::export::SELECTED_MAX)]
    TooMany(u64),
    /// What is asked of a step of an import cannot be read.
    #[error("la demande n’est pas lisible")]
    Order,
    /// A publication that would change nothing.
    #[error("il n’y a rien à publier : le catalogue est déjà dans cet état")]
    NothingToPublish,
    /// A task of ours stopped.
    #[error("une tâche interne s’est arrêtée : {0}")]
    Task(#[from] tokio::task::JoinError),
}

impl ActionError {
    /// What to do about it.
    pub fn remedy(&self) -> String {
        match self {
            Self::Store(error) => error.remedy().to_owned(),
            Self::Selection(_) => "corrigez ce paramètre ; « parcours search --help » les décrit".to_owned(),
            Self::Snapshot(_) => "lancez « parcours check »".to_owned(),
            Self::File { source, .. } if source.kind() == io::ErrorKind::NotFound => {
                "vérifiez le chemin".to_owned()
            }
            Self::File { .. } => "vérifiez le chemin, les droits et la place sur le disque".to_owned(),
            Self::Unreadable(issue) => issue.remedy.clone(),
            // The issue is told whole, with its remedy.
            Self::Register(_) => String::new(),
            Self::NoTitle(..) => {
                "dites laquelle dans une correspondance, écrite par « --propose » ou à la main".to_owned()
            }
            Self::NoProvider(..) => {
                "dites lequel dans une correspondance, écrite par « --propose » ou à la main".to_owned()
            }
            Self::Instance { .. } => "donnez une instance JSON de sélection, ou les données d’un problème de périodes (.dat)".to_owned(),
            Self::NotOurArchive(_) => "ouvrez-la, et importez le fichier de formations qu’elle contient".to_owned(),
            Self::NoMappingNeeded(_) => "importez-la sans --propose ni --mapping".to_owned(),
            Self::NotAFile(_) => "donnez le chemin d’un fichier".to_owned(),
            Self::Exists(_) => "choisissez un autre nom, ou ajoutez --force".to_owned(),
            Self::Taken(_) => "choisissez un autre nom".to_owned(),
            Self::NoPersona(_) => {
                "désignez un fichier, ou écrivez-en un par « parcours personas export »".to_owned()
            }
            Self::UnknownFormat(_) => {
                "donnez un nom en .csv, .tsv, .xlsx, .xls, .ods, .json, .jsonl, .jsonld, .toml ou .xml, ou l’archive .zip exportée par Parcours"
                    .to_owned()
            }
            Self::UnknownOutput(_) => {
                "donnez un nom en .csv, .xlsx, .ods, .jsonl, .jsonld, .toml, .zip, ou .xml pour LHEO"
                    .to_owned()
            }
            Self::UnknownReport(_) => {
                "donnez un nom en .pdf, en .odt pour un texte à modifier, ou en .xlsx pour le classeur de tous les chiffres".to_owned()
            }
            Self::Report(_) => "signalez-le, avec la commande et le catalogue".to_owned(),
            Self::TooMany(_) => "resserrez la sélection, ou exportez tout, sans filtre".to_owned(),
            Self::Order => "recommencez depuis l’envoi du fichier".to_owned(),
            Self::NothingToPublish => String::new(),
            Self::Task(_) => "recommencez ; si cela se répète, signalez-le".to_owned(),
        }
    }

    /// Whether another file, or another reading of it, would do.
    pub fn is_about_the_file(&self) -> bool {
        matches!(
            self,
            Self::Unreadable(_)
                | Self::NoTitle(..)
                | Self::NoProvider(..)
                | Self::UnknownFormat(_)
                | Self::NotOurArchive(_)
                | Self::NotAFile(_)
        )
    }

    pub(crate) fn file(path: &std::path::Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |source| Self::File { path: path.to_owned(), source }
    }
}

/// Why a column is not taken, after what is said without it.
fn doubt(column: Option<&(String, String)>) -> String {
    column.map_or_else(String::new, |(name, why)| {
        format!("\u{202f}; la colonne « {name} » n’est pas prise\u{202f}: {why}")
    })
}
