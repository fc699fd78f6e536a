//! JSON objects that hold a duration or a price: « 2 jours », « 300 EUR HT », « 3 hours 30 minutes ». All that such an object
//! says is in its text, so that a rhythm (« 35 heures par semaine ») is never taken for a duration.
//! Absent: what the text means (see `mapping::values`).

use serde_json::{Map, Value};

use super::flatten::{NAMED, NAMES};

/// Most keys of an object that is a quantity.
const KEYS: usize = 6;
/// Words of the keys under which durations and prices are.
const ABOUT: [&str; 16] = [
    "duree", "duration", "temps", "time", "volume", "heures", "hours", "prix", "price", "tarif", "cout",
    "cost", "montant", "frais", "amount", "fee",
];
const QUANTITIES: [&str; 6] = ["valeur", "value", "montant", "amount", "quantite", "quantité"];
const DAYS: [&str; 7] = ["days", "day", "jours", "jour", "j", "demi-journees", "demi-journées"];
const HOURS: [&str; 9] = ["hours", "hour", "heures", "heure", "h", "minutes", "minute", "min", "mn"];
const UNITS: [&str; 9] =
    ["unite", "unité", "unit", "unitText", "devise", "currency", "priceCurrency", "taxe", "taxes"];
/// Keys that change nothing to the quantity.
const REMARKS: [&str; 2] = ["@type", "type"];

/// The text of an object under a key, when it is a quantity.
pub(super) fn measured(outer: &str, object: &Map<String, Value>) -> Option<String> {
    let last = catalogue::slug(outer.rsplit('.').next().unwrap_or(outer));
    let is_about = ABOUT.iter().any(|word| last.contains(word));
    // A label that shows the amount says it all.
    let is_named = NAMES[..NAMED].iter().any(|key| object.get(*key).is_some_and(has_digit));
    let has_quantity =
        object.iter().any(|(key, value)| counts(key) && (is_number(value) || is_amount(key, value)));
    if !is_about || is_named || object.len() > KEYS || !has_quantity {
        return None;
    }
    let are_zeros = object.iter().all(|(key, value)| !counts(key) || is_no_time(key, value));
    let mut parts: Vec<(usize, String)> = Vec::new();
    for (key, value) in object {
        let is_said = !value.is_null() && value != &Value::Bool(false) && value.as_str() != Some("");
        if is_said && !REMARKS.contains(&key.as_str()) && (are_zeros || !is_no_time(key, value)) {
            parts.push(part(key, value)?);
        }
    }
    parts.sort_by_key(|(place, _)| *place);
    // « gratuit », « sur devis »: no amount for a unit to follow.
    if parts
        .first()
        .is_some_and(|(place, text)| *place == 0 && !text.contains(|sign: char| sign.is_ascii_digit()))
    {
        parts.retain(|(place, _)| !(30..40).contains(place));
    }
    // « 2 jours, 14 heures » may say the same twice: a bar keeps them from being added.
    let has = |range: std::ops::Range<usize>| parts.iter().any(|(place, _)| range.contains(place));
    let between = if has(10..20) && has(20..30) { " / " } else { " " };
    Some(parts.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(between))
}

fn counts(key: &str) -> bool {
    [&QUANTITIES[..], &HOURS, &DAYS].iter().any(|keys| keys.contains(&key))
}

fn is_number(value: &Value) -> bool {
    value.is_number() || value.as_str().is_some_and(|text| crate::mapping::number(text.trim()).is_some())
}

/// Whether an amount is in words: « 1 002,00 € », « gratuit ».
fn is_amount(key: &str, value: &Value) -> bool {
    QUANTITIES.contains(&key) && value.as_str().is_some_and(|text| !text.trim().is_empty())
}

fn has_digit(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.contains(|sign: char| sign.is_ascii_digit()))
}

/// « 0 minutes » adds nothing to a duration.
fn is_no_time(key: &str, value: &Value) -> bool {
    (HOURS.contains(&key) || DAYS.contains(&key)) && value.as_f64() == Some(0.0)
}

/// What a key says, and its place among the others; nothing when it is no plain value.
fn part(key: &str, value: &Value) -> Option<(usize, String)> {
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().to_owned(),
        Value::Bool(_) => return Some((60, key.to_uppercase())),
        _ => return None,
    };
    let place = |keys: &[&str]| keys.iter().position(|own| *own == key);
    Some(match (place(&QUANTITIES), place(&DAYS), place(&HOURS), place(&UNITS)) {
        (Some(_), ..) => (0, text),
        (_, Some(at), ..) => (10 + at, format!("{text} {key}")),
        (_, _, Some(at), _) => (20 + at, format!("{text} {key}")),
        (.., Some(_)) if value.is_number() => return None,
        (.., Some(at)) => (30 + at, text),
        _ if value.is_number() => (70, format!("{text} {key}")),
        _ => (80, format!("{key} {text}")),
    })
}
