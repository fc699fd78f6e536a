//! `/suggestions.json`: words of the catalogue that complete what is being typed.
//! Absent: suggestions drawn from what other visitors searched for; nothing of it is kept.

use serde::Serialize;

use crate::answer::Answer;
use crate::errors::Failure;
use crate::visit::Visit;

/// Suggestions given.
const SUGGESTIONS: usize = 8;
/// Letters of a word from which it is completed.
const LEAST_LETTERS: usize = 2;

#[derive(Serialize)]
struct Suggestions {
    suggestions: Vec<String>,
}

/// The text typed with its last word completed, most frequent words first.
pub(crate) fn json(visit: &Visit) -> Result<Answer, Failure> {
    let typed = visit.values("q").next().unwrap_or_default();
    let start = typed.rfind(|c: char| c.is_whitespace() || "'’«\"".contains(c));
    let start = start.map_or(0, |at| at + typed[at..].chars().next().map_or(0, char::len_utf8));
    let (before, beginning) = typed.split_at(start);
    let letters = beginning.chars().count();
    let words = if (LEAST_LETTERS..=60).contains(&letters) && before.chars().count() <= 400 {
        visit.snapshot.complete(beginning, SUGGESTIONS)
    } else {
        Vec::new()
    };
    let suggestions = words.into_iter().map(|word| format!("{before}{word}")).collect();
    Ok(Answer::json(&Suggestions { suggestions }))
}
