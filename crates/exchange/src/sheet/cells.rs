//! The text of a cell: nothing, a text, a number, a list, levels, statements, sources.
//!
//! An empty cell is unknown. A cell that begins with an apostrophe is the text after it, as it is:
//! written before a text that is empty, that has a space at an end, that begins with an apostrophe,
//! or that a spreadsheet would take for a formula (`=`, `+`, `-`, `@`, tab). Any other cell is
//! trimmed. Items are separated by `|`; a backslash keeps the character after it as it is.
//! Absent: columns.

use std::collections::BTreeMap;

use catalogue::RawSource;
use catalogue::french::quoted;

use crate::issue::Fault;

/// What begins a formula in one spreadsheet or another, wide forms included.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// A cell that stands for a text.
pub(crate) fn protect(text: &str) -> String {
    let needs = text.trim().len() != text.len()
        || text.is_empty()
        || text.starts_with('\'')
        || text.starts_with(FORMULA)
        || text.starts_with(char::is_control);
    if needs { format!("'{text}") } else { text.to_owned() }
}

/// A text cell of a workbook, the type of which already keeps it from being a formula.
pub(crate) fn keep(text: &str) -> String {
    let needs = text.trim().len() != text.len() || text.is_empty() || text.starts_with('\'');
    if needs { format!("'{text}") } else { text.to_owned() }
}

/// Whether a spreadsheet would take a text for a formula, were it typed.
pub(crate) fn is_formula_like(text: &str) -> bool {
    text.starts_with(FORMULA)
}

/// A text that no spreadsheet takes for a formula.
pub(crate) fn without_formula(text: &str) -> String {
    if text.starts_with(FORMULA) { format!("'{text}") } else { text.to_owned() }
}

/// The text of a cell that was neutralised, as it was; nothing when it was not.
pub fn without_apostrophe(text: &str) -> Option<&str> {
    text.strip_prefix('\'').filter(|own| own.starts_with(FORMULA))
}

/// The text that a cell stands for; nothing when it is empty.
pub(crate) fn unprotect(cell: &str) -> Option<&str> {
    match cell.strip_prefix('\'') {
        Some(text) => Some(text),
        None => Some(cell.trim()).filter(|text| !text.is_empty()),
    }
}

/// A number as French writes it. Three decimals get a fourth, since « 1,200 » may be a thousand.
pub(crate) fn from_number(number: f64) -> String {
    let text = number.to_string();
    let zero = if text.split_once('.').is_some_and(|(_, decimals)| decimals.len() == 3) { "0" } else { "" };
    text.replace('.', ",") + zero
}

/// A number with a decimal comma or point, thousands apart by spaces.
pub(crate) fn number(text: &str) -> Result<f64, Fault> {
    let fault = |message: &str, remedy: &str| Fault::new(message, remedy).value(text);
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let is_plain = compact.chars().all(|c| c.is_ascii_digit() || "-+.,".contains(c))
        && compact.matches(['.', ',']).count() <= 1;
    let decimals = compact.split_once(['.', ',']).map(|(_, decimals)| decimals);
    if is_plain && decimals.is_some_and(|decimals| decimals.len() == 3) {
        return Err(fault(
            "le nombre est ambigu",
            "écrivez 1200 pour mille deux cents, 1,2 pour un et deux dixièmes",
        ));
    }
    let parsed = if is_plain { compact.replace(',', ".").parse::<f64>().ok() } else { None };
    parsed.filter(|number| number.is_finite()).ok_or_else(|| {
        let remedy =
            "écrivez le nombre seul, comme 3,5, sans unité, ou laissez la cellule vide s’il est inconnu";
        fault("un nombre est attendu", remedy)
    })
}

/// A yes or no.
pub(crate) fn boolean(text: &str) -> Result<bool, Fault> {
    match text.trim().to_lowercase().as_str() {
        "oui" | "vrai" | "true" => Ok(true),
        "non" | "faux" | "false" => Ok(false),
        _ => {
            let remedy = "écrivez oui ou non, ou laissez la cellule vide si c’est inconnu";
            Err(Fault::new("oui ou non est attendu", remedy).value(text))
        }
    }
}

/// A list; no item is an empty cell.
pub(crate) fn from_list(items: &[String]) -> String {
    join(items.iter().map(|item| escape(item, "")))
}

/// Items of a list.
pub(crate) fn list(text: &str) -> Vec<String> {
    parts(text, '|').into_iter().map(Part::plain).collect()
}

/// Levels: `analyse-donnees=2|culture-donnees=1`.
pub(crate) fn from_levels(levels: &BTreeMap<String, u8>) -> String {
    join(levels.iter().map(|(id, level)| format!("{}={level}", escape(id, "="))))
}

/// Levels by competence.
pub(crate) fn levels(text: &str) -> Result<BTreeMap<String, u8>, Fault> {
    named(text, "analyse-donnees=2|culture-donnees=1", |level| {
        let level = level.plain();
        let fault = || Fault::new("le niveau n’existe pas", "écrivez un niveau de 1 à 4").value(&level);
        level.parse().map_err(|_| fault())
    })
}

/// Statements: `duration=deux jours|price=sur devis`.
pub(crate) fn from_statements(statements: &BTreeMap<String, String>) -> String {
    join(statements.iter().map(|(field, words)| format!("{}={}", escape(field, "="), escape(words, ""))))
}

/// Words of the source by field.
pub(crate) fn statements(text: &str) -> Result<BTreeMap<String, String>, Fault> {
    named(text, "duration=deux jours|price=sur devis", |words| Ok(words.plain()))
}

/// Sources of fields: `price=https://exemple.fr/tarifs 2024-05`, the date being optional: an empty
/// one is not kept, nor an empty address before a date.
pub(crate) fn from_sources(sources: &BTreeMap<String, RawSource>) -> String {
    join(sources.iter().map(|(field, source)| {
        let seen = source.seen.as_ref().map_or_else(String::new, |seen| format!(" {}", escape(seen, " ")));
        format!("{}={}{seen}", escape(field, "="), escape(&source.address, " "))
    }))
}

/// Sources by field.
pub(crate) fn sources(text: &str) -> Result<BTreeMap<String, RawSource>, Fault> {
    named(text, "price=https://exemple.fr/tarifs 2024-05", |source| {
        let (address, seen) = source.trimmed().split_once(' ');
        Ok(RawSource { address: address.plain(), seen: seen.map(Part::plain) })
    })
}

fn join(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.collect();
    items.join("|")
}

fn named<T>(
    text: &str,
    example: &str,
    read: impl Fn(Part) -> Result<T, Fault>,
) -> Result<BTreeMap<String, T>, Fault> {
    let mut map = BTreeMap::new();
    for part in parts(text, '|') {
        let (name, value) = match part.split_once('=') {
            (name, Some(value)) => (name.plain(), value),
            (item, None) => {
                let remedy = format!("écrivez comme {}", quoted(example));
                return Err(Fault::new("le signe = manque", remedy).value(item.plain()));
            }
        };
        if map.insert(name.clone(), read(value)?).is_some() {
            return Err(
                Fault::new("le nom est écrit deux fois", "gardez une seule fois chaque nom").value(name)
            );
        }
    }
    Ok(map)
}

/// A backslash before backslashes, bars, `also`, and spaces at both ends.
fn escape(text: &str, also: &str) -> String {
    let (start, end) = (text.len() - text.trim_start().len(), text.trim_end().len());
    let mut escaped = String::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        if at < start || at >= end || "\\|".contains(character) || also.contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// Characters, and whether a backslash keeps each as it is.
struct Part(Vec<(char, bool)>);

impl Part {
    fn plain(self) -> String {
        self.trimmed().0.into_iter().map(|(character, _)| character).collect()
    }

    fn trimmed(mut self) -> Self {
        let is_text = |(character, is_kept): &(char, bool)| *is_kept || !character.is_whitespace();
        self.0.truncate(self.0.iter().rposition(is_text).map_or(0, |last| last + 1));
        self.0.drain(..self.0.iter().position(is_text).unwrap_or(0));
        self
    }

    fn split_once(mut self, mark: char) -> (Self, Option<Self>) {
        match self.0.iter().position(|(character, is_kept)| *character == mark && !is_kept) {
            Some(at) => {
                let after = self.0.split_off(at + 1);
                self.0.pop();
                (self, Some(Self(after)))
            }
            None => (self, None),
        }
    }
}

fn parts(text: &str, separator: char) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut part = Vec::new();
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            // A backslash at the end stands for itself.
            '\\' => part.push((characters.next().unwrap_or('\\'), true)),
            other if other == separator => parts.push(Part(std::mem::take(&mut part))),
            other => part.push((other, false)),
        }
    }
    parts.push(Part(part));
    parts
}
