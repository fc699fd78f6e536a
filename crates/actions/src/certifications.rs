//! The directory of certifications of a data directory: loaded from the files of France compétences, and compared
//! with what trainings cite. Absent: reading those files (see `exchange::certifications`), keeping it (see `store`).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use catalogue::certification::{CertificationCode, Certifications, Standing};
use catalogue::french::{list, quoted};
use catalogue::{Referential, Seen, Training};
use exchange::Issue;
use exchange::certifications::{Loaded, read};
use store::{DirectoryStamp, Store};
use tokio::task::spawn_blocking;

use crate::clock::now;
use crate::error::ActionError;

/// Certifications that a listing names one by one; all are counted.
pub const CITED_LISTED_MAX: usize = 1_000;

/// Reads a directory from files; nothing is kept yet.
///
/// # Errors
/// When a file cannot be read or is not one of those of France compétences.
pub async fn read_directory(paths: Vec<PathBuf>, as_of: Option<Seen>) -> Result<Loaded, ActionError> {
    let read = spawn_blocking(move || {
        let paths: Vec<&Path> = paths.iter().map(PathBuf::as_path).collect();
        read(&paths, as_of)
    });
    read.await?.map_err(ActionError::Unreadable)
}

/// Keeps a directory in the place of the former one.
///
/// # Errors
/// When the store cannot write; the former one is then as it was.
pub async fn keep(store: &Store, directory: &Certifications) -> Result<DirectoryStamp, ActionError> {
    Ok(store.replace_certifications(directory, &now()).await?)
}

/// What trainings cite, against the directory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Citations {
    /// Trainings that cite a certification.
    pub trainings: u64,
    /// Trainings that cite one which is no longer active.
    pub inactive: u64,
    /// Trainings that cite one which the directory does not have.
    pub unknown: u64,
    /// The certifications that are inactive or unknown, and who cites them: the first ones.
    pub cited: BTreeMap<CertificationCode, Vec<String>>,
}

impl Citations {
    /// Adds what a training cites.
    pub(crate) fn add(&mut self, training: &Training, directory: &Certifications) {
        let codes = training.certifications();
        self.trainings += u64::from(!codes.is_empty());
        let (mut inactive, mut unknown) = (false, false);
        for code in codes {
            match directory.standing(code) {
                Standing::Inactive(_) => inactive = true,
                Standing::Unknown => unknown = true,
                Standing::Active(_) | Standing::Unsaid(_) => continue,
            }
            if self.cited.len() < CITED_LISTED_MAX || self.cited.contains_key(&code) {
                let citing = self.cited.entry(code).or_default();
                if citing.len() < CITED_LISTED_MAX {
                    citing.push(training.id.to_string());
                }
            }
        }
        self.inactive += u64::from(inactive);
        self.unknown += u64::from(unknown);
    }
}

/// What the trainings of the latest revision cite, against a directory.
///
/// # Errors
/// When the store cannot be read.
pub async fn citations(store: &Store, directory: &Certifications) -> Result<Citations, ActionError> {
    let referential = Referential::builtin();
    let mut citations = Citations::default();
    let latest = store.latest_number().await?;
    if latest > 0 {
        let mut add = |raw| {
            if let Ok(training) = Training::parse(&raw, &referential) {
                citations.add(&training, directory);
            }
        };
        store.state(latest, &mut add).await?;
    }
    Ok(citations)
}

/// What is to be told of the certifications that a row cites: never a refusal.
pub(crate) fn doubts(
    file: &str,
    line: Option<u64>,
    training: &Training,
    directory: &Certifications,
) -> Vec<Issue> {
    let issue = |code: CertificationCode, message: String, remedy: String| Issue {
        file: file.to_owned(),
        sheet: None,
        line,
        column: None,
        value: Some(code.to_string()),
        message,
        remedy,
    };
    let day = directory.as_of().in_french();
    let doubt = |code| match directory.standing(code) {
        Standing::Active(_) | Standing::Unsaid(_) => None,
        Standing::Unknown => Some(issue(
            code,
            format!("le répertoire du {day} n’a pas cette certification"),
            "vérifiez le code, ou chargez un répertoire plus récent par « parcours references load »"
                .to_owned(),
        )),
        Standing::Inactive(entry) => {
            let since = entry.end_in_french().map_or_else(String::new, |end| format!(" (fin : {end})"));
            Some(issue(
                code,
                format!("cette certification n’est plus active{since}, d’après le répertoire du {day}"),
                replaced(code, directory),
            ))
        }
    };
    training.certifications().into_iter().filter_map(doubt).collect()
}

/// What to do of a certification that is no longer active.
fn replaced(code: CertificationCode, directory: &Certifications) -> String {
    let codes: Vec<String> =
        directory.replacements(code).iter().map(|next| quoted(&next.to_string())).collect();
    match codes.is_empty() {
        true => "vérifiez auprès de l’organisme ce que la formation délivre aujourd’hui".to_owned(),
        false => format!("vérifiez si la formation prépare maintenant à {}", list(&codes, "ou")),
    }
}
