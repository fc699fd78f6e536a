//! What differs between two rows of a training, column by column.
//! Absent: differences between revisions (see the crate `store`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::raw::RawTraining;

/// A column whose value differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Column, `stated.price` for a nested one.
    pub column: String,
    /// Value before; `None` when it was unknown.
    pub before: Option<String>,
    /// Value after; `None` when it is unknown now.
    pub after: Option<String>,
}

/// Columns that differ between two rows, in the order of columns.
pub fn changes(before: &RawTraining, after: &RawTraining) -> Vec<Change> {
    let (mut old, new) = (columns(before), columns(after));
    let mut changes: Vec<Change> = new
        .into_iter()
        .filter_map(|(column, value)| {
            let before = old.remove(&column);
            (before.as_ref() != Some(&value)).then_some(Change { column, before, after: Some(value) })
        })
        .collect();
    changes.extend(old.into_iter().map(|(column, value)| Change {
        column,
        before: Some(value),
        after: None,
    }));
    changes.sort_by(|a, b| a.column.cmp(&b.column));
    changes
}

fn columns(row: &RawTraining) -> BTreeMap<String, String> {
    let mut columns = BTreeMap::new();
    let value = serde_json::to_value(row).expect("a row is plain data");
    if let Value::Object(fields) = value {
        for (name, value) in fields {
            match value {
                Value::Object(inner) => {
                    columns.extend(
                        inner.into_iter().map(|(key, value)| (format!("{name}.{key}"), shown(value))),
                    );
                }
                value => {
                    columns.insert(name, shown(value));
                }
            }
        }
    }
    columns
}

fn shown(value: Value) -> String {
    match value {
        Value::String(text) => text,
        Value::Array(items) => items.into_iter().map(shown).collect::<Vec<_>>().join(" | "),
        Value::Object(fields) => fields
            .into_iter()
            .map(|(key, value)| format!("{key} {}", shown(value)))
            .collect::<Vec<_>>()
            .join(" "),
        other => other.to_string(),
    }
}
