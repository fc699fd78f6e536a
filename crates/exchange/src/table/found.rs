//! Which list of a JSON document holds the rows, and which others are left.
//! Absent: lists inside the objects of that one (see `nested`).

use catalogue::french::{NARROW, counted, list, quoted};
use serde_json::{Map, Value};

/// How deep the list of rows is looked for.
const SEARCH_DEPTH: usize = 4;
/// Lists that are told.
const TOLD: usize = 10;

/// The list of rows of a document.
#[derive(Default)]
pub(super) struct Found {
    /// Its keys, with a point between them; nothing when the document is the list.
    pub(super) path: String,
    pub(super) items: Vec<Value>,
    /// The other lists of objects, with how many they hold.
    pub(super) others: Vec<(String, usize)>,
}

/// The rows of a document: itself, else the list that a person names, the longest list of objects that it holds, or the
/// one object.
pub(super) fn rows_of(value: Value, asked: Option<&str>) -> Found {
    let mut object = match value {
        Value::Array(items) => return Found { items, ..Found::default() },
        Value::Object(object) => object,
        _ => return Found::default(),
    };
    let mut lists = Vec::new();
    search(&object, &mut Vec::new(), &mut lists);
    // Of equal lists, the first one.
    let longest = (0..lists.len()).rev().max_by_key(|at| lists[*at].1);
    let wanted = || (0..lists.len()).find(|at| Some(lists[*at].0.join(".").as_str()) == asked);
    let is_inside = |at: &usize| asked.is_some_and(|asked| lists[*at].2.iter().any(|key| key == asked));
    let Some(chosen) = longest.filter(is_inside).or_else(wanted).or(longest) else {
        return Found { items: vec![Value::Object(object)], ..Found::default() };
    };
    let (path, ..) = lists.remove(chosen);
    let others = lists.into_iter().map(|(path, count, _)| (path.join("."), count)).collect();
    let mut holder = &mut object;
    let (last, before) = path.split_last().expect("a list has a key");
    for key in before {
        let Some(Value::Object(inner)) = holder.get_mut(key) else { return Found::default() };
        holder = inner;
    }
    match holder.remove(last) {
        Some(Value::Array(items)) => Found { path: path.join("."), items, others },
        _ => Found::default(),
    }
}

/// Whether the list that a person names is that of the rows, and not one inside its objects.
pub(super) fn is_at(path: &str, asked: &str, items: &[Value]) -> bool {
    path == asked && !items.iter().filter_map(Value::as_object).any(|object| object.contains_key(asked))
}

/// The records of a form that puts what they say under « fields » beside their number (Grist, Airtable), without that
/// key, and whether they are such ones.
pub(super) fn unwrapped(items: Vec<Value>) -> (Vec<Value>, bool) {
    let is_record = |item: &Value| {
        item.as_object().is_some_and(|object| {
            let is_beside = |key: &String| matches!(key.as_str(), "id" | "fields" | "createdTime");
            object.get("fields").is_some_and(Value::is_object) && object.keys().all(is_beside)
        })
    };
    if !items.iter().all(is_record) {
        return (items, false);
    }
    let record = |item: Value| {
        let Value::Object(mut object) = item else { return item };
        let id = object.remove("id");
        let Some(Value::Object(mut fields)) = object.remove("fields") else { return Value::Object(object) };
        fields.values_mut().for_each(without_mark);
        if let Some(id) = id {
            fields.entry("id").or_insert(id);
        }
        Value::Object(fields)
    };
    (items.into_iter().map(record).collect(), true)
}

/// Takes out the mark that begins lists of Grist: `["L", "Cadres", "Élus"]`.
fn without_mark(value: &mut Value) {
    if let Value::Array(items) = value
        && items.first().is_some_and(|first| first == "L")
    {
        items.remove(0);
    }
}

/// What to say of the lists of objects that are left.
pub(super) fn told(others: &[(String, usize)]) -> Option<String> {
    let (first, _) = others.first()?;
    let named: Vec<String> = others
        .iter()
        .take(TOLD)
        .map(|(path, count)| format!("{} ({})", quoted(path), counted(*count as u64, "objet", "objets")))
        .collect();
    let (what, read) = match others.len() {
        1 => ("une autre liste d’objets n’est pas lue", "la lire"),
        _ => ("d’autres listes d’objets ne sont pas lues", "en lire une"),
    };
    Some(format!(
        "attention, {what}{NARROW}: {}{NARROW}; pour {read} à la place, écrivez list = \"{first}\" sous [table] dans une correspondance",
        list(&named, "et")
    ))
}

type List = (Vec<String>, usize, Vec<String>);

/// The lists of objects of a document, with how many each holds and the keys of its objects.
fn search(object: &Map<String, Value>, path: &mut Vec<String>, lists: &mut Vec<List>) {
    for (key, value) in object {
        path.push(key.clone());
        match value {
            Value::Array(items) if items.iter().any(Value::is_object) => {
                let objects = items.iter().filter_map(Value::as_object);
                let keys = objects
                    .flat_map(|object| object.keys().cloned())
                    .collect::<std::collections::BTreeSet<_>>();
                lists.push((path.clone(), items.len(), keys.into_iter().collect()));
            }
            Value::Object(inner) if path.len() < SEARCH_DEPTH => search(inner, path, lists),
            _ => {}
        }
        path.pop();
    }
}
