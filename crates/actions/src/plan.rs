//! Planning instances: files that ask for the best choice of modules, or for balanced periods, and their answers, checked
//! before anyone sees them. Absent: pathways of personas, the search itself (see the crate `pathway`).

mod periods;
mod selection;

use std::fs::File;
use std::io::Read;
use std::path::Path;

use serde::Serialize;

use crate::error::ActionError;

/// Longest instance, in bytes.
pub const INSTANCE_BYTES: u64 = 64 << 20;

/// An answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// `optimal`, `feasible`, `infeasible` or `limit_reached`.
    pub status: &'static str,
    /// What the choice is worth; of periods, the load of the busiest one. Nothing without a choice.
    pub objective: Option<i64>,
    /// What no choice can be better than.
    pub bound: Option<i64>,
    /// What is chosen, in a valid order.
    pub chosen: Vec<String>,
    /// Of periods, the period of each course, from 1, in the order of `chosen`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub periods: Vec<usize>,
}

impl Answer {
    /// No choice.
    fn none(status: &'static str, bound: Option<i64>) -> Self {
        Self { status, objective: None, bound, chosen: Vec::new(), periods: Vec::new() }
    }
}

/// Reads an instance and answers it; `nodes` bounds the search.
///
/// # Errors
/// When the file cannot be read or is no instance.
pub fn instance(path: &Path, nodes: u64) -> Result<Answer, ActionError> {
    let wrong = |message: String| ActionError::Instance { path: path.to_owned(), message };
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(ActionError::file(path))?;
    file.take(INSTANCE_BYTES + 1).read_to_end(&mut bytes).map_err(ActionError::file(path))?;
    if bytes.len() as u64 > INSTANCE_BYTES {
        return Err(wrong("le fichier dépasse 64 Mo".to_owned()));
    }
    let text = String::from_utf8(bytes).map_err(|_| wrong("le fichier n’est pas en UTF-8".to_owned()))?;
    match text.trim_start().starts_with('{') {
        true => selection::answer(&text, nodes),
        false => periods::answer(&text, nodes),
    }
    .map_err(wrong)
}

/// What to say of a problem that the engine refuses.
fn refused(error: pathway::Error) -> String {
    use pathway::Error;
    match error {
        Error::TooMany(_, most) => format!("il y a trop d’éléments : {most} au plus"),
        Error::Level => format!("un niveau dépasse {}", pathway::LEVEL_MAX),
        Error::Unknown(_, number) => format!("l’élément {number} n’existe pas"),
        Error::TooLarge => "les poids ou les quantités sont trop grands".to_owned(),
        Error::Amounts(_) | Error::Spread => "une quantité n’est pas un nombre positif".to_owned(),
        Error::Contradiction(_) | Error::Group(_) => "ce qui est demandé se contredit".to_owned(),
    }
}
