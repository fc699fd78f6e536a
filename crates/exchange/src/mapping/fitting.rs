//! Whether the cells of a column agree with what its name says, and what it is when they say it better.
//! Absent: names (see `names`), columns told and left (see `doubts`).

use catalogue::{Referential, slug};

use super::vocabulary::Vocabulary;
use super::{Target, names};
use crate::table::Shape;

/// Whether cells are not plainly something else than what the name of their column says.
pub(super) fn fits(target: Target, texts: &[String]) -> bool {
    let most = |test: &dyn Fn(&String) -> bool| {
        texts.is_empty() || texts.iter().filter(|text| test(text)).count() * 2 > texts.len()
    };
    match target {
        Target::Url | Target::Source => most(&|text| text.contains("://") || text.starts_with("www.")),
        // « parcours_r_socle » is a code.
        Target::Title => most(&|text| {
            let is_code = text.contains('_') && !text.contains(char::is_whitespace);
            text.chars().any(char::is_alphabetic) && !is_code
        }),
        // The titles of days are none.
        Target::Duration => texts.is_empty() || texts.iter().any(|text| says_length(text)),
        _ => true,
    }
}

/// Whether words may be a duration: they have a figure, or are few.
fn says_length(text: &str) -> bool {
    const LONGEST: usize = 40;
    text.contains(|sign: char| sign.is_ascii_digit()) || text.chars().count() <= LONGEST
}

/// What a column is once its cells are seen: one called « Objectifs » may hold words or values of the vocabulary.
pub(super) fn closer(
    target: Target,
    (name, shape): (&str, &Shape),
    texts: &[String],
    referential: &Referential,
) -> Target {
    let vocabulary = Vocabulary::of(Target::Objectives, referential);
    let known = || texts.iter().filter(|text| vocabulary.code(text).is_some()).count();
    let is_objective = target == Target::Summary && slug(name).starts_with("objectif");
    match target {
        _ if is_objective && !texts.is_empty() && known() * 2 > texts.len() => Target::Objectives,
        // Sentences are a presentation, when nothing else is.
        Target::Objectives
            if known() == 0
                && texts.iter().any(|text| is_sentence(text))
                && shape.columns.iter().all(|other| names::target(other) != Some(Target::Summary)) =>
        {
            Target::Summary
        }
        _ => target,
    }
}

/// Whether words are too many to be a value of a vocabulary.
fn is_sentence(text: &str) -> bool {
    const WORDS: usize = 5;
    text.split_whitespace().count() > WORDS
}

/// Whether « Statut » is that of the organisation, by its cells: most often it is that of a session.
pub(super) fn is_kind_of_provider(name: &str, texts: &[String], referential: &Referential) -> bool {
    let kinds = Vocabulary::of(Target::ProviderKind, referential);
    slug(name) != "statut" || texts.iter().any(|text| kinds.code(text).is_some())
}
