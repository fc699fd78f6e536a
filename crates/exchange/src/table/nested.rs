//! Lists of objects inside objects of the same kind: chapters of a book, trainings of a cycle. Each object is a row,
//! with what contains it in a column of its own. Absent: objects to cells (see `flatten`).

use std::collections::BTreeSet;

use catalogue::french::{NARROW, integer, quoted};
use serde_json::{Map, Value};

use super::flatten::{self, NAMES};
use crate::Stop;
use crate::issue::Fault;
use crate::limits::{JSON_DEPTH, ROWS};

/// Objects looked at to find such lists.
const SEEN: usize = 1_000;
/// Longest name of what contains an object, in characters.
const NAME_CHARS: usize = 200;
/// Between the names of objects that contain one another.
const WITHIN: &str = " / ";

/// The rows of a list, once what they contain is spread out.
pub(super) struct Spread {
    pub(super) items: Vec<Value>,
    /// What was done, in French; nothing when there was nothing to do.
    pub(super) note: Option<String>,
    /// What is wrong: lists too deep to be read.
    pub(super) too_deep: Option<Fault>,
}

/// Makes rows of the objects that others contain, right after them.
pub(super) fn spread(items: Vec<Value>) -> Result<Spread, Stop> {
    let mut keys = BTreeSet::new();
    items.iter().take(SEEN).for_each(|item| find(item, 1, &mut keys));
    if keys.is_empty() {
        return Ok(Spread { items, note: None, too_deep: None });
    }
    let taken = |name: &str| items.iter().any(|item| item.get(name).is_some());
    let column = ["parent", "parent (intitulé)", "contenu dans"].into_iter().find(|name| !taken(name));
    let mut spreading = Spreading {
        column: column.unwrap_or("parent de l’objet"),
        keys,
        rows: Vec::new(),
        is_too_deep: false,
    };
    for item in items {
        spreading.add(item, "", 1)?;
    }
    let Spreading { column, keys, rows, is_too_deep } = spreading;
    let lists: Vec<String> = keys.iter().map(|key| quoted(key)).collect();
    let note = format!(
        "listes imbriquées {} lues comme des lignes{NARROW}; la colonne {} dit ce qui les contient",
        lists.join(", "),
        quoted(column)
    );
    let too_deep = is_too_deep.then(|| {
        let message =
            format!("des listes sont imbriquées sur plus de {JSON_DEPTH} niveaux, leur contenu n’est pas lu");
        Fault::new(message, "rapprochez-les du premier niveau")
    });
    Ok(Spread { items: rows, note: Some(note), too_deep })
}

/// The keys of an object under which others of the same kind are.
fn find(item: &Value, depth: usize, keys: &mut BTreeSet<String>) {
    let Value::Object(object) = item else { return };
    if depth > JSON_DEPTH {
        return;
    }
    for (key, value) in object {
        let Value::Array(inner) = value else { continue };
        if inner.iter().any(|inner| inner.as_object().is_some_and(|inner| is_alike(object, inner, key))) {
            keys.insert(key.clone());
        }
        if keys.contains(key) {
            inner.iter().take(SEEN).for_each(|inner| find(inner, depth + 1, keys));
        }
    }
}

/// Whether two objects are of the same kind: named by the same key, and half of the keys in common.
fn is_alike(outer: &Map<String, Value>, inner: &Map<String, Value>, list: &str) -> bool {
    let common: Vec<&String> = inner.keys().filter(|key| *key != list && outer.contains_key(*key)).collect();
    let is_named = common.iter().any(|key| NAMES[..NAMED].contains(&key.as_str()));
    is_named && common.len() > 1 && common.len() * 2 >= inner.len().min(outer.len() - 1)
}

/// Names that tell what an object is, the first of [`NAMES`]: the last ones are those of any value.
const NAMED: usize = 9;

struct Spreading {
    column: &'static str,
    keys: BTreeSet<String>,
    rows: Vec<Value>,
    is_too_deep: bool,
}

impl Spreading {
    fn add(&mut self, item: Value, within: &str, depth: usize) -> Result<(), Stop> {
        if self.rows.len() as u64 >= ROWS {
            let message = format!("le fichier dépasse {} lignes de données", integer(ROWS));
            return Err(Fault::new(message, "découpez-le en plusieurs fichiers").into());
        }
        let Value::Object(mut object) = item else {
            self.rows.push(item);
            return Ok(());
        };
        let mut inner = Vec::new();
        for key in &self.keys {
            let holds = |list: &Value| list.as_array().is_some_and(|list| list.iter().any(Value::is_object));
            if !object.get(key).is_some_and(holds) {
                continue;
            }
            if depth >= JSON_DEPTH {
                self.is_too_deep = true;
            } else if let Some(Value::Array(list)) = object.shift_remove(key) {
                inner.extend(list);
            }
        }
        let name = flatten::name(&Value::Object(object.clone())).unwrap_or_default();
        let name: String = name.chars().take(NAME_CHARS).collect();
        if !within.is_empty() {
            object.insert(self.column.to_owned(), Value::String(within.to_owned()));
        }
        self.rows.push(Value::Object(object));
        let within = if within.is_empty() { name } else { format!("{within}{WITHIN}{name}") };
        inner.into_iter().try_for_each(|inner| self.add(inner, &within, depth + 1))
    }
}
