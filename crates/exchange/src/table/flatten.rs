//! A JSON object to cells: nested keys become `a.b`, a text in several languages its French one, lists
//! their values. Absent: which objects are the rows (see `json`).

use serde_json::{Map, Value};

use super::Cell;
use super::quantity::measured;
use crate::limits::JSON_DEPTH;

/// Codes of the languages in which a text may be given.
const LANGUAGES: [&str; 16] =
    ["fr", "en", "de", "es", "it", "pt", "nl", "ca", "eu", "br", "oc", "co", "ar", "zh", "ru", "und"];
/// Keys that name an object, in order of preference.
pub(super) const NAMES: [&str; 15] = [
    "name",
    "nom",
    "title",
    "titre",
    "label",
    "libelle",
    "libellé",
    "intitule",
    "intitulé",
    "text",
    "texte",
    "description",
    "value",
    "id",
    "code",
];

/// Names that tell what an object is, the first of [`NAMES`]: the last ones are those of any value.
pub(super) const NAMED: usize = 9;

/// The cells of an object, in order, each with the name of its column.
pub(super) fn cells(object: Map<String, Value>, give: &mut dyn FnMut(String, Cell)) {
    under("", object, 1, give);
}

fn under(prefix: &str, object: Map<String, Value>, depth: usize, give: &mut dyn FnMut(String, Cell)) {
    for (key, value) in object {
        let key = super::names::clean(&key);
        let name = if prefix.is_empty() { key } else { format!("{prefix}.{key}") };
        match value {
            Value::Object(mut inner) => match localized(&inner).or_else(|| measured(&name, &inner)) {
                Some(text) => give(name, Cell::text(text)),
                None if depth < JSON_DEPTH => {
                    // « organisme: { nom, siret } » is called by its name, a place by its town.
                    let called = naming(&name, &inner).and_then(|key| inner.shift_remove(key));
                    called.into_iter().for_each(|called| give(name.clone(), cell(called)));
                    under(&name, inner, depth + 1, give);
                }
                None => give(name, Cell::text(Value::Object(inner).to_string())),
            },
            other => give(name, cell(other)),
        }
    }
}

/// The key under which an object says what it is called.
fn naming(outer: &str, object: &Map<String, Value>) -> Option<&'static str> {
    const PLACES: [&str; 4] = ["lieu", "location", "adresse", "address"];
    const TOWNS: [&str; 3] = ["ville", "city", "addressLocality"];
    let is_place = PLACES.contains(&outer.rsplit('.').next().unwrap_or(outer));
    // What a place is called may be a room: only its town is one.
    let keys: &[&'static str] = if is_place { &TOWNS } else { &NAMES[..NAMED] };
    // « ville: { label: Ville } » names the field, not the town.
    let field = catalogue::slug(outer.rsplit('.').next().unwrap_or(outer));
    let is_field = |value: &Value| value.as_str().is_some_and(|text| catalogue::slug(text) == field);
    let is_said = |value: &Value| {
        !value.is_null() && !is_field(value) && (!value.is_array() || text_by_language(value))
    };
    keys.iter().find(|key| object.get(**key).is_some_and(is_said)).copied()
}

/// Whether a list gives one text in several languages.
fn text_by_language(value: &Value) -> bool {
    value.as_array().is_some_and(|items| by_language(items).is_some())
}

fn cell(value: Value) -> Cell {
    match value {
        Value::Null => Cell::Empty,
        Value::Bool(truth) => Cell::Truth(truth),
        // Whole numbers that a float would change are kept as they are written: they are identifiers.
        Value::Number(number) => match number.as_f64() {
            Some(float) if float.abs() <= 9e15 || number.is_f64() => Cell::Number(float),
            _ => Cell::Text(number.to_string()),
        },
        Value::String(text) => Cell::text(text),
        Value::Array(items) => list(items),
        Value::Object(inner) => localized(&inner).map_or(Cell::Empty, Cell::text),
    }
}

fn list(items: Vec<Value>) -> Cell {
    if let Some(text) = by_language(&items) {
        return Cell::text(text);
    }
    // What has no name is no text: a count of it would pass for one.
    let names: Vec<String> = items.iter().filter_map(name).filter(|name| !name.trim().is_empty()).collect();
    if names.is_empty() { Cell::Empty } else { Cell::Several(names) }
}

/// The French text of a list of texts, each with its language: `[{"lang": "fr", "value": "Lire"}, …]`.
fn by_language(items: &[Value]) -> Option<String> {
    let of = |item: &Value, keys: [&str; 4]| {
        let object = item.as_object().filter(|object| object.len() == 2)?;
        keys.iter().find_map(|key| object.get(*key)?.as_str().map(str::to_owned))
    };
    let texts: Option<Vec<(String, String)>> = items
        .iter()
        .map(|item| {
            let language = of(item, ["lang", "language", "@language", "langue"])?.to_lowercase();
            Some((language, of(item, ["value", "@value", "text", "texte"])?))
        })
        .collect();
    let texts = texts.filter(|texts| !texts.is_empty())?;
    let french = texts.iter().find(|(language, _)| language.starts_with("fr"));
    french.or_else(|| texts.first()).map(|(_, text)| text.clone())
}

/// What names one item of a list.
pub(super) fn name(item: &Value) -> Option<String> {
    match item {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(if *truth { "vrai" } else { "faux" }.to_owned()),
        Value::Object(inner) => localized(inner).or_else(|| {
            let key = NAMES.iter().find(|key| inner.get(**key).is_some_and(|value| !value.is_null()))?;
            match inner.get(*key)? {
                Value::Object(inner) => localized(inner),
                Value::Array(_) => None,
                other => name(other),
            }
        }),
        Value::Null | Value::Array(_) => None,
    }
}

/// The French text of an object that only holds texts by language, else its first one.
fn localized(object: &Map<String, Value>) -> Option<String> {
    let language = |key: &String| key.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let is_text = |value: &Value| value.is_string() || value.is_null();
    let is_localized = !object.is_empty()
        && object.iter().all(|(key, value)| LANGUAGES.contains(&language(key).as_str()) && is_text(value));
    let texts = || object.iter().filter_map(|(key, value)| Some((key, value.as_str()?)));
    let filled = || texts().filter(|(_, text)| !text.trim().is_empty());
    is_localized.then(|| {
        let french = filled().find(|(key, _)| language(key) == "fr");
        french.or_else(|| filled().next()).map_or_else(String::new, |(_, text)| text.to_owned())
    })
}
