//! Values that cannot be wrong: each is made by its parser alone.
//! Absent: vocabularies (see `vocabulary`), trainings (see `training`).

use std::fmt;

use crate::french::MONTHS;
use serde::{Deserialize, Serialize};
use unicode_normalization::char::{decompose_compatible, is_combining_mark};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Why a text or a number is not a value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem} ; {remedy}")]
pub struct ValueError {
    /// What is wrong, in French.
    pub problem: String,
    /// What to do about it, in French.
    pub remedy: String,
}

impl ValueError {
    pub(crate) fn new(problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { problem: problem.into(), remedy: remedy.into() }
    }
}

/// Lower-case letters, digits and single hyphens of a text: « Éducation nationale » → `education-nationale`.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for character in text.chars() {
        match character.is_ascii() {
            true => push_folded(&mut slug, character.to_ascii_lowercase()),
            // Each character apart: the order of its marks does not count, since none is kept.
            false => decompose_compatible(character, |part| {
                part.to_lowercase().for_each(|lower| push_folded(&mut slug, lower));
            }),
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Adds a lower-case character without accents to a slug.
fn push_folded(slug: &mut String, character: char) {
    match character {
        'a'..='z' | '0'..='9' => slug.push(character),
        'œ' => slug.push_str("oe"),
        'æ' => slug.push_str("ae"),
        _ if is_combining_mark(character) => {}
        _ if slug.is_empty() || slug.ends_with('-') => {}
        _ => slug.push('-'),
    }
}

/// Names under `/formations/` that are pages of their own.
const RESERVED_IDS: [&str; 1] = ["organismes"];

/// Identifier of a training: 1 to 120 lower-case letters, digits and hyphens.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TrainingId(String);

impl TrainingId {
    /// Reads an identifier.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let fits = (1..=120).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !text.starts_with('-')
            && !text.ends_with('-')
            && !RESERVED_IDS.contains(&text);
        fits.then(|| Self(text.to_owned())).ok_or_else(|| {
            ValueError::new(
                "l’identifiant n’a pas la bonne forme",
                "écrivez 1 à 120 lettres minuscules sans accent, chiffres ou traits d’union, autre que « organismes »",
            )
        })
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TrainingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text without control characters, trimmed, not empty, of bounded length.
pub fn text(raw: &str, longest_chars: usize) -> Result<String, ValueError> {
    let trimmed = raw.trim();
    if trimmed.is_empty() {
        return Err(ValueError::new("le texte est vide", "écrivez-le ou retirez la ligne"));
    }
    let length = trimmed.chars().count();
    if length > longest_chars {
        return Err(ValueError::new(
            format!("le texte compte {length} caractères"),
            format!("raccourcissez-le à {longest_chars} caractères au plus"),
        ));
    }
    if trimmed.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err(ValueError::new(
            "le texte contient un caractère de contrôle",
            "retirez ce caractère invisible",
        ));
    }
    Ok(match is_nfc_quick(trimmed.chars()) {
        IsNormalized::Yes => trimmed.to_owned(),
        _ => trimmed.nfc().collect(),
    })
}

/// An `http` or `https` address of at most 2,000 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct WebAddress(String);

impl WebAddress {
    /// Reads an address.
    pub fn parse(raw: &str) -> Result<Self, ValueError> {
        let raw = raw.trim();
        let rest = raw.strip_prefix("https://").or_else(|| raw.strip_prefix("http://"));
        let host = rest.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
        let fits = raw.len() <= 2_000
            && !raw.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"`\\".contains(c))
            && host.is_some_and(|host| !host.contains('@') && is_host(host));
        fits.then(|| Self(raw.to_owned())).ok_or_else(|| {
            ValueError::new(
                "l’adresse n’est pas une adresse du web",
                "écrivez-la en entier, commençant par https:// ou http://",
            )
        })
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The site, without `www.`: `numerique.gouv.fr`.
    pub fn host(&self) -> &str {
        let rest = self.0.split_once("://").map_or("", |(_, rest)| rest);
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        host.strip_prefix("www.").unwrap_or(host)
    }
}

fn is_host(host: &str) -> bool {
    let name = host.split(':').next().unwrap_or_default();
    name.contains('.')
        && name.split('.').all(|label| {
            !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
        })
}

/// A duration in hours: more than 0, at most 20,000.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
pub struct Hours(f64);

impl Hours {
    /// Reads a number of hours.
    pub fn new(hours: f64) -> Result<Self, ValueError> {
        (hours.is_finite() && hours > 0.0 && hours <= 20_000.0).then_some(Self(hours)).ok_or_else(|| {
            ValueError::new(
                "la durée n’est pas un nombre d’heures entre 0 et 20 000",
                "écrivez un nombre d’heures positif, ou laissez vide si la durée est inconnue",
            )
        })
    }

    /// Number of hours.
    pub fn get(self) -> f64 {
        self.0
    }
}

/// A price in euros: 0 (free) to 1,000,000.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
pub struct Euros(f64);

impl Euros {
    /// Reads an amount in euros.
    pub fn new(euros: f64) -> Result<Self, ValueError> {
        (euros.is_finite() && (0.0..=1_000_000.0).contains(&euros)).then_some(Self(euros + 0.0)).ok_or_else(
            || {
                ValueError::new(
                    "le prix n’est pas un montant entre 0 et 1 000 000 €",
                    "écrivez un montant en euros, 0 si c’est gratuit, ou laissez vide s’il est inconnu",
                )
            },
        )
    }

    /// Amount in euros.
    pub fn get(self) -> f64 {
        self.0
    }
}

/// When a fact was seen: a year, a month or a day, as precise as its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Seen {
    year: u16,
    month: u8,
    day: u8,
}

impl Seen {
    /// Reads `2024`, `2024-05` or `2024-05-17`, from 1990 to 2100.
    pub fn parse(raw: &str) -> Result<Self, ValueError> {
        let wrong = || {
            ValueError::new(
                "la date n’a pas la bonne forme",
                "écrivez une année (2024), un mois (2024-05) ou un jour (2024-05-17)",
            )
        };
        let parts: Vec<&str> = raw.trim().split('-').collect();
        let widths = [4, 2, 2];
        if parts.len() > 3 || parts.iter().zip(widths).any(|(part, width)| part.len() != width) {
            return Err(wrong());
        }
        let numbers: Option<Vec<u16>> = parts
            .iter()
            .map(|part| part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok()).flatten())
            .collect();
        let numbers = numbers.ok_or_else(wrong)?;
        let year = numbers[0];
        let month = numbers.get(1).copied();
        let day = numbers.get(2).copied();
        let valid = (1990..=2100).contains(&year)
            && month.is_none_or(|m| (1..=12).contains(&m))
            && day.is_none_or(|d| d >= 1 && d <= u16::from(days_in_month(year, month.unwrap_or(1))));
        let part = |number: Option<u16>| number.unwrap_or(0) as u8;
        valid.then_some(Self { year, month: part(month), day: part(day) }).ok_or_else(wrong)
    }

    /// The year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// A number that grows with the date, exact in an `f32`: year, month and day in base 16 and 32.
    pub(crate) fn rank(self) -> f32 {
        (u32::from(self.year) * 512 + u32::from(self.month) * 32 + u32::from(self.day)) as f32
    }

    /// In French words: « 2024 », « mai 2024 », « 17 mai 2024 ».
    pub fn in_french(self) -> String {
        let Some(month) = usize::from(self.month).checked_sub(1) else {
            return self.year.to_string();
        };
        match self.day {
            0 => format!("{} {}", MONTHS[month], self.year),
            1 => format!("1er {} {}", MONTHS[month], self.year),
            day => format!("{day} {} {}", MONTHS[month], self.year),
        }
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if self.month > 0 {
            write!(f, "-{:02}", self.month)?;
        }
        if self.day > 0 {
            write!(f, "-{:02}", self.day)?;
        }
        Ok(())
    }
}

fn days_in_month(year: u16, month: u16) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    use super::slug;

    /// The same, from the decomposition of the whole text.
    fn plain(text: &str) -> String {
        let mut slug = String::new();
        text.nfkd()
            .flat_map(char::to_lowercase)
            .for_each(|character| super::push_folded(&mut slug, character));
        slug.trim_end_matches('-').to_owned()
    }

    proptest! {
        #[test]
        fn characters_are_folded_one_by_one(text in "[ -~]{0,8}\\PC{0,12}[éÉçœŒæßﬁ①\u{301}\u{327}\u{323}가İ]{0,6}") {
            prop_assert_eq!(slug(&text), plain(&text));
        }
    }
}
