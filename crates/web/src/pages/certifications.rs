//! The certifications that a training cites, for its page and its twin: the code, and what the directory in place
//! says of it. Absent: HTML, the directory itself (see `catalogue::certification`).

use catalogue::Training;
use catalogue::certification::{Certification, CertificationCode, Certifications, Standing};
use catalogue::french::{NARROW, list};
use serde::Serialize;

/// A certification on a page.
pub(crate) struct CertificationView {
    /// Its code.
    pub code: String,
    /// Its page at France compétences.
    pub page: String,
    /// What the directory says; `None` when none is loaded.
    pub known: Option<Known>,
}

/// What a directory says.
pub(crate) struct Known {
    /// Title; empty when the directory does not have it.
    pub title: String,
    /// Facts in words, one a line.
    pub facts: Vec<String>,
    /// Whether it is known to be no longer active.
    pub is_inactive: bool,
    /// « France compétences, répertoire du 24 novembre 2026 ».
    pub source: String,
}

/// The certifications of a training as its page shows them.
pub(crate) fn views(training: &Training, directory: Option<&Certifications>) -> Vec<CertificationView> {
    let view = |code: CertificationCode| CertificationView {
        code: code.to_string(),
        page: code.page(),
        known: directory.map(|directory| known(code, directory)),
    };
    training.certifications().into_iter().map(view).collect()
}

fn known(code: CertificationCode, directory: &Certifications) -> Known {
    let source = format!("France compétences, répertoire du {}", directory.as_of().in_french());
    let standing = directory.standing(code);
    let (entry, told) = match standing {
        Standing::Unknown => (None, "Absente du répertoire"),
        Standing::Active(entry) => (Some(entry), "Active"),
        Standing::Inactive(entry) => (Some(entry), "N’est plus active"),
        Standing::Unsaid(entry) => (Some(entry), "Le répertoire ne dit pas si elle est active"),
    };
    let mut facts = vec![told.to_owned()];
    if let Some(entry) = entry {
        facts.extend(entry.kind.clone());
        facts.extend(entry.level.map(|level| format!("Niveau {level} du cadre national")));
        facts.extend(entry.end_in_french().map(|end| format!("Fin d’enregistrement{NARROW}: {end}")));
        let next: Vec<String> = directory.replacements(code).iter().map(ToString::to_string).collect();
        if !next.is_empty() {
            facts.push(format!("Remplacée par {}", list(&next, "et")));
        }
    }
    Known {
        title: entry.map(|entry| entry.title.clone()).unwrap_or_default(),
        facts,
        is_inactive: matches!(standing, Standing::Inactive(_)),
        source,
    }
}

/// A certification as programs read it; without a directory, its code only.
#[derive(Serialize)]
pub(crate) struct CertificationTwin {
    code: String,
    #[serde(flatten)]
    known: Option<KnownTwin>,
}

#[derive(Serialize)]
struct KnownTwin {
    listed: bool,
    title: Option<String>,
    kind: Option<String>,
    level: Option<u8>,
    active: Option<bool>,
    ends_on: Option<String>,
    successors: Vec<CertificationCode>,
    directory: &'static str,
    as_of: String,
}

/// The certifications of a training as its twin says them.
pub(crate) fn twins(training: &Training, directory: Option<&Certifications>) -> Vec<CertificationTwin> {
    let twin = |code: CertificationCode| CertificationTwin {
        code: code.to_string(),
        known: directory.map(|directory| known_twin(code, directory)),
    };
    training.certifications().into_iter().map(twin).collect()
}

fn known_twin(code: CertificationCode, directory: &Certifications) -> KnownTwin {
    let entry: Option<&Certification> = match directory.standing(code) {
        Standing::Unknown => None,
        Standing::Active(entry) | Standing::Inactive(entry) | Standing::Unsaid(entry) => Some(entry),
    };
    KnownTwin {
        listed: entry.is_some(),
        title: entry.map(|entry| entry.title.clone()),
        kind: entry.and_then(|entry| entry.kind.clone()),
        level: entry.and_then(|entry| entry.level),
        active: entry.and_then(|entry| entry.active),
        ends_on: entry.and_then(|entry| entry.ends_on.clone()),
        successors: directory.replacements(code),
        directory: "France compétences",
        as_of: directory.as_of().to_string(),
    }
}
