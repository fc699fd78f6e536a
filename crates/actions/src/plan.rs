//! Planning instances: files that ask for the best choice of modules, or for balanced periods, and their answers, checked
//! before anyone sees them. Absent: pathways of personas, the search itself (see the crate `pathway`).

mod periods;
mod selection;

use std::fs::File;
use std::io::Read;
use std::path::Path;

use serde::{Deserialize, Serialize};

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
    /// Keys of the instance of which nothing was made.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ignored: Vec<String>,
}

impl Answer {
    /// No choice.
    fn none(status: &'static str, bound: Option<i64>) -> Self {
        Self { status, objective: None, bound, chosen: Vec::new(), periods: Vec::new(), ignored: Vec::new() }
    }
}

/// Reads an instance and answers it; `nodes` bounds the search.
///
/// # Errors
/// When the file cannot be read or is no instance.
pub fn instance(path: &Path, nodes: u64) -> Result<Answer, ActionError> {
    let text = text(path)?;
    match is_selection(&text) {
        true => selection::answer(&text, nodes),
        false => periods::answer(&text, nodes),
    }
    .map_err(|message| ActionError::Instance { path: path.to_owned(), message })
}

/// What somebody claims of an instance.
#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Claim {
    chosen: Vec<String>,
    #[serde(default)]
    periods: Vec<usize>,
    objective: Option<i64>,
    bound: Option<i64>,
}

/// Checks an answer to an instance by the checker alone: all that is wrong with it, in French; and what it is worth, when
/// nothing is.
///
/// # Errors
/// When a file cannot be read, or is no instance or no answer.
pub fn check(path: &Path, answer: &Path) -> Result<(Option<i64>, Vec<String>), ActionError> {
    let (instance, claim) = (text(path)?, text(answer)?);
    let claim: Claim = serde_json::from_str(&claim).map_err(|error| ActionError::Instance {
        path: answer.to_owned(),
        message: format!("ce n’est pas une réponse, à la ligne {}", error.line()),
    })?;
    let checked = match is_selection(&instance) {
        true => selection::check(&instance, &claim),
        false => periods::check(&instance, &claim),
    };
    let (worth, mut broken) =
        checked.map_err(|message| ActionError::Instance { path: path.to_owned(), message })?;
    if let (Some(worth), Some(objective)) = (worth, claim.objective)
        && worth != objective
    {
        broken.push(format!("la réponse annonce {objective}, et vaut {worth}"));
    }
    // Loads are to be low, what a selection is worth is to be high.
    let passes = |worth: i64, bound: i64| if is_selection(&instance) { worth > bound } else { worth < bound };
    if let (Some(worth), Some(bound)) = (worth, claim.bound)
        && passes(worth, bound)
    {
        broken.push(format!("la borne annoncée est {bound}, et la réponse vaut {worth}"));
    }
    Ok((worth, broken))
}

fn is_selection(text: &str) -> bool {
    text.trim_start().starts_with('{')
}

fn text(path: &Path) -> Result<String, ActionError> {
    let wrong = |message: &str| ActionError::Instance { path: path.to_owned(), message: message.to_owned() };
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(ActionError::file(path))?;
    file.take(INSTANCE_BYTES + 1).read_to_end(&mut bytes).map_err(ActionError::file(path))?;
    if bytes.len() as u64 > INSTANCE_BYTES {
        return Err(wrong("le fichier dépasse 64 Mo"));
    }
    String::from_utf8(bytes).map_err(|_| wrong("le fichier n’est pas en UTF-8"))
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
