//! Codes of national nomenclatures in a cell. Absent: what they mean (see the crate `catalogue`).

use super::Target;

/// Most codes quoted of a row.
const CODES: usize = 30;

/// Quotes the codes of a cell, each once; what is no code is left.
pub(super) fn quote(codes: &mut Vec<String>, target: Target, text: &str) {
    let Some(nomenclature) = target.nomenclature() else { return };
    let is_code = |word: &&str| {
        let digits = word.chars().filter(char::is_ascii_digit).count();
        match target {
            Target::Formacode => digits == 5 && word.len() == 5,
            Target::Nsf => digits == 3 && word.len() <= 4,
            _ => digits == 4 && word.len() == 5 && word.starts_with(|c: char| c.is_ascii_alphabetic()),
        }
    };
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(is_code).take(CODES) {
        let code = format!("{nomenclature} {word}");
        if !codes.contains(&code) && codes.len() < CODES {
            codes.push(code);
        }
    }
}
