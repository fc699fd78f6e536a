//! The file that an editor sends: written as it comes to a directory of its own, within limits.
//! Absent: reading it.

use std::io::Write;
use std::path::Path;

use axum::body::Body;
use axum::extract::Multipart;
use axum::extract::multipart::{MultipartError, MultipartRejection};
use axum::http::{Response, StatusCode};
use exchange::workshop::{Order, Request, Step};
use store::Subject;

use super::dossier;
use super::editor::Editor;
use super::{broken, imports};
use crate::answer::Answer;
use crate::errors::{Code, Failure};

/// Longest file, in bytes.
pub(crate) const FILE_BYTES: usize = 100 << 20;
/// The same, as people say it.
pub(crate) const FILE_LIMIT: &str = "100 Mo";
/// Imports kept at once.
pub(crate) const KEPT_MAX: usize = 20;
/// Longest name of a file, in characters.
const NAME_CHARS: usize = 100;

/// Receives a file and asks for its comparison.
pub(crate) async fn receive(editor: Editor, parts: Result<Multipart, MultipartRejection>) -> Response<Body> {
    let received = match parts {
        Ok(mut parts) => keep(&editor, &mut parts).await,
        Err(_) => Err(Refusal::NoFile),
    };
    let subject = match received {
        Ok(subject) => subject,
        Err(Refusal::Broken(failure)) => return editor.respond(Err(failure)),
        Err(refusal) => return imports::list_again(editor, &refusal.message(), refusal.status()).await,
    };
    editor.respond(Ok(Answer::see_other(dossier::address(&subject, ""))))
}

/// Why a file is not taken.
enum Refusal {
    NoFile,
    Empty,
    TooLong,
    TooMany,
    CutShort,
    Broken(Failure),
}

impl Refusal {
    fn message(&self) -> String {
        match self {
            Self::NoFile => "Choisissez un fichier, puis envoyez-le.".to_owned(),
            Self::Empty => "Le fichier est vide : vérifiez que c’est le bon.".to_owned(),
            Self::TooLong => format!(
                "Le fichier dépasse {FILE_LIMIT}. Découpez-le, ou importez-le par la commande « parcours import »."
            ),
            Self::TooMany => {
                format!("{KEPT_MAX} imports sont gardés, et c’est la limite : effacez-en un ci-dessous.")
            }
            Self::CutShort | Self::Broken(_) => {
                "L’envoi s’est interrompu : envoyez le fichier de nouveau.".to_owned()
            }
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany => StatusCode::CONFLICT,
            _ => StatusCode::BAD_REQUEST,
        }
    }
}

impl From<MultipartError> for Refusal {
    fn from(error: MultipartError) -> Self {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Self::TooLong } else { Self::CutShort }
    }
}

/// Takes a file for a new import; nothing is kept of one that is not taken.
async fn keep(editor: &Editor, parts: &mut Multipart) -> Result<Subject, Refusal> {
    let jobs = &editor.workshop.jobs;
    let kept = jobs.subjects().await.map_err(|error| Refusal::Broken(broken(&error)))?;
    if kept.len() >= KEPT_MAX {
        return Err(Refusal::TooMany);
    }
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| {
        tracing::error!(%error, "hasard");
        Refusal::Broken(Failure::new(Code::Internal, "Le système ne donne pas de nombre au hasard."))
    })?;
    let subject = Subject::new(bytes);
    let directory = jobs.directory(&subject);
    let taken = async {
        let file = write(&directory, parts).await?.ok_or(Refusal::NoFile)?;
        let request = Request { file, ..Request::default() };
        let order = Order { step: Step::Compare, request, base: None, author: String::new() };
        dossier::ask(editor, &subject, &order).await.map_err(Refusal::Broken)
    };
    if let Err(refusal) = taken.await {
        let _ = std::fs::remove_dir_all(&directory);
        return Err(refusal);
    }
    Ok(subject)
}

/// Writes the file of a form into a directory. Gives its name; `None` when the form has none.
async fn write(directory: &Path, parts: &mut Multipart) -> Result<Option<String>, Refusal> {
    let mut file = None;
    while let Some(mut part) = parts.next_field().await? {
        if part.name() != Some("fichier") || file.is_some() {
            continue;
        }
        let name = safe_name(part.file_name().unwrap_or_default());
        if name.is_empty() {
            return Err(Refusal::NoFile);
        }
        let failed = |error| Refusal::Broken(unwritten(&error));
        std::fs::create_dir_all(directory).map_err(failed)?;
        let mut out = std::fs::File::create(directory.join(&name)).map_err(failed)?;
        let mut length = 0;
        while let Some(chunk) = part.chunk().await? {
            length += chunk.len();
            if length > FILE_BYTES {
                return Err(Refusal::TooLong);
            }
            out.write_all(&chunk).map_err(failed)?;
        }
        if length == 0 {
            return Err(Refusal::Empty);
        }
        file = Some(name);
    }
    Ok(file)
}

fn unwritten(error: &std::io::Error) -> Failure {
    let told = catalogue::system::in_french(error);
    Failure::new(Code::Internal, format!("Le fichier ne peut pas être gardé : {told}."))
}

/// The name of a file without what a path or a screen could misread.
fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    // A browser writes quotes so; marks of direction would show a name backwards.
    let last = last.replace("%22", "\"");
    let turns =
        |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let clean: String = last.chars().filter(|c| !c.is_control() && !turns(*c)).collect();
    let clean = clean.trim().trim_start_matches('.');
    // The end says the form: it is kept.
    let skipped = clean.chars().count().saturating_sub(NAME_CHARS);
    let clean: String = clean.chars().skip(skipped).collect();
    // Names of our own files in the same directory.
    if clean == imports::REFUSED { format!("fichier-{clean}") } else { clean }
}

#[cfg(test)]
mod tests {
    use super::safe_name;

    fn check(name: &str, expect: &str) {
        assert_eq!(safe_name(name), expect);
    }

    #[test]
    fn names_of_files_cannot_leave_their_directory() {
        check("offre 2026.csv", "offre 2026.csv");
        check("../../etc/passwd", "passwd");
        check("C:\\Bureau\\offre.xlsx", "offre.xlsx");
        check("..", "");
        check(".htaccess", "htaccess");
        check("a\u{0}b\n.csv", "ab.csv");
        check("a%22b\u{202e}vsc.csv", "a\"bvsc.csv");
        check("refusees.csv", "fichier-refusees.csv");
        check(&format!("{}.csv", "é".repeat(300)), &format!("{}.csv", "é".repeat(96)));
    }
}
