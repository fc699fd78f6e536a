//! The fields of a training in a JSON or TOML row: their names, what each may hold, and what is
//! wrong with a row that does not fit. Absent: the columns of a table (see `sheet`).

use catalogue::french::{NARROW, integer, quoted};
use catalogue::{Field, RawTraining};
use serde_json::{Map, Value};

use crate::issue::Fault;
use crate::limits::VALUE_BYTES;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Text,
    Number,
    Boolean,
    Texts,
    Levels,
    Source,
    Statements,
    Sources,
}

/// Name, content, whether it is compulsory.
const FIELDS: [(&str, Holds, bool); 22] = [
    ("id", Holds::Text, true),
    ("kind", Holds::Text, true),
    ("title", Holds::Text, true),
    ("provider", Holds::Text, true),
    ("provider_kind", Holds::Text, false),
    ("url", Holds::Text, false),
    ("language", Holds::Text, false),
    ("formats", Holds::Texts, false),
    ("duration_hours", Holds::Number, false),
    ("price_eur", Holds::Number, false),
    ("city", Holds::Text, false),
    ("nature", Holds::Text, false),
    ("public_sector_only", Holds::Boolean, false),
    ("audiences", Holds::Texts, false),
    ("objectives", Holds::Texts, false),
    ("themes", Holds::Texts, false),
    ("competences", Holds::Levels, false),
    ("prerequisites", Holds::Levels, false),
    ("summary", Holds::Text, false),
    ("source", Holds::Source, true),
    ("stated", Holds::Statements, false),
    ("sources", Holds::Sources, false),
];

/// What a column of our own form is called on screens; a name that is not one of ours stays as it is.
pub fn column_label(column: &str) -> String {
    let label = |name: &str| Field::named(name).map(|field| field.label().to_owned());
    let (whole, part) = column.split_once('.').unwrap_or((column, ""));
    let of_part = || label(part).unwrap_or_else(|| part.to_owned());
    match whole {
        "stated" => format!("{}, dans les mots de la source", of_part()),
        "source" | "sources" if part == "address" => "Adresse de la source".to_owned(),
        "source" | "sources" if part == "seen" => "Date de la source".to_owned(),
        "sources" => format!("{}, source", of_part()),
        "provider_kind" => "Statut de l’organisme".to_owned(),
        "duration_hours" => "Durée, en heures".to_owned(),
        "price_eur" => "Prix, en euros".to_owned(),
        name => label(name.trim_end_matches("_hours").trim_end_matches("_eur"))
            .unwrap_or_else(|| column.to_owned()),
    }
}

/// The value of a column of our own form, as it is shown: numbers in French, a source without the names of its parts.
pub fn shown_value(column: &str, value: &str) -> String {
    if column.ends_with("_hours") || column.ends_with("_eur") {
        return value.strip_suffix(".0").unwrap_or(value).replace('.', ",");
    }
    match value.strip_prefix("address ").filter(|_| column.starts_with("sources.")) {
        Some(source) => source.replacen(" seen ", ", vue en ", 1),
        None => value.to_owned(),
    }
}

/// The training that an object states, or all that is wrong with it.
pub(crate) fn training(mut object: Map<String, Value>) -> Result<RawTraining, Vec<Fault>> {
    let faults = faults(&object);
    if !faults.is_empty() {
        return Err(faults);
    }
    object.retain(|_, value| !value.is_null());
    serde_json::from_value(Value::Object(object)).map_err(|_| {
        vec![Fault::new("la fiche n’a pas la bonne forme", "comparez-la à une fiche exportée par Parcours")]
    })
}

/// All that is wrong with an object, in the order of its keys, then what misses.
pub(crate) fn faults(object: &Map<String, Value>) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (key, value) in object {
        match FIELDS.iter().find(|(name, ..)| name == key) {
            None => faults.push(unknown("la clé", key, FIELDS.map(|(name, ..)| name).as_slice())),
            Some((_, _, false)) if value.is_null() => {}
            Some((_, holds, _)) => check(key, *holds, value, &mut faults),
        }
    }
    for (name, _, compulsory) in FIELDS {
        if compulsory && !object.contains_key(name) {
            faults.push(Fault::new("la clé manque", "écrivez-la, elle est obligatoire").column(name));
        }
    }
    faults
}

fn check(column: &str, holds: Holds, value: &Value, faults: &mut Vec<Fault>) {
    let mut expect = |fits: bool, expected: &str, remedy: &str| {
        if !fits {
            let message = format!("il faut {expected}");
            faults.push(Fault::new(message, remedy).column(column).value(plain(value)));
        }
    };
    match (holds, value) {
        (Holds::Text, Value::String(text)) if text.len() > VALUE_BYTES => {
            faults.push(too_long(text).column(column));
        }
        (Holds::Text, _) => expect(value.is_string(), "un texte", "écrivez-le entre guillemets droits"),
        (Holds::Number, _) => {
            expect(
                value.is_number(),
                "un nombre",
                "écrivez-le sans guillemets ni unité, avec un point décimal",
            );
        }
        (Holds::Boolean, _) => {
            expect(value.is_boolean(), "un vrai ou faux", "écrivez true ou false, sans guillemets")
        }
        (Holds::Texts, Value::Array(items)) => {
            items.iter().for_each(|item| check(column, Holds::Text, item, faults));
        }
        (Holds::Texts, _) => {
            expect(false, "une liste de textes", "écrivez-la entre crochets, comme [\"a\", \"b\"]")
        }
        (Holds::Levels, Value::Object(levels)) => {
            for (name, level) in levels.iter().filter(|(_, level)| !is_level(level)) {
                let fault = Fault::new("le niveau n’existe pas", "écrivez un niveau de 1 à 4");
                faults.push(fault.column(format!("{column}.{name}")).value(plain(level)));
            }
        }
        (Holds::Source, Value::Object(source)) => check_source(column, source, faults),
        (Holds::Statements, Value::Object(statements)) => {
            for (name, statement) in statements {
                check(&format!("{column}.{name}"), Holds::Text, statement, faults);
            }
        }
        (Holds::Sources, Value::Object(sources)) => {
            for (name, source) in sources {
                check(&format!("{column}.{name}"), Holds::Source, source, faults);
            }
        }
        _ => expect(false, "un groupe de clés", "comparez la fiche à une fiche exportée par Parcours"),
    }
}

fn check_source(column: &str, source: &Map<String, Value>, faults: &mut Vec<Fault>) {
    for (key, value) in source {
        let full = format!("{column}.{key}");
        match key.as_str() {
            "seen" if value.is_null() => {}
            "address" | "seen" => check(&full, Holds::Text, value, faults),
            _ => faults.push(unknown("la clé", key, &["address", "seen"]).column(full)),
        }
    }
    if !source.contains_key("address") {
        let fault = Fault::new("la clé manque", "écrivez-la, elle est obligatoire");
        faults.push(fault.column(format!("{column}.address")));
    }
}

fn is_level(value: &Value) -> bool {
    value.as_u64().is_some_and(|level| u8::try_from(level).is_ok())
}

/// A value as a message shows it: a text without its quotes.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The fault of a value over the limit.
pub(crate) fn too_long(value: &str) -> Fault {
    let limit = integer(VALUE_BYTES as u64);
    let message = format!("la valeur compte {} octets, {limit} au plus", integer(value.len() as u64));
    Fault::new(message, "raccourcissez-la").value(value)
}

/// The fault of a name that is not known; `what` is « la clé » or « la colonne ».
pub(crate) fn unknown(what: &str, name: &str, known: &[&str]) -> Fault {
    let remedy = match nearest(name, known) {
        Some(near) => format!("écrivez {} ou retirez-la", quoted(near)),
        None => format!("retirez-la{NARROW}; les noms connus sont {}", known.join(", ")),
    };
    Fault::new(format!("{what} n’est pas connue"), remedy).column(name)
}

/// The known name with the fewest letters to change, when that is at most a third of the longer one.
pub(crate) fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let name: Vec<char> = name.trim().to_lowercase().chars().take(60).collect();
    let candidates = known.iter().map(|known| (changes(&name, known), *known));
    let near = candidates.filter(|(changes, known)| changes * 3 <= name.len().max(known.len()));
    near.min_by_key(|(changes, _)| *changes).map(|(_, known)| known)
}

/// Letters to insert, remove or replace to go from one word to the other (Levenshtein).
fn changes(from: &[char], to: &str) -> usize {
    let mut best: Vec<usize> = (0..=from.len()).collect();
    for (row, letter) in to.chars().enumerate() {
        let mut corner = std::mem::replace(&mut best[0], row + 1);
        for (column, other) in from.iter().enumerate() {
            let replaced = corner + usize::from(*other != letter);
            corner = best[column + 1];
            best[column + 1] = replaced.min(corner + 1).min(best[column] + 1);
        }
    }
    best[from.len()]
}
