//! What the forms of pathways share: fields, what is wrong beside each and all of it above. Absent: the forms themselves.

use catalogue::pathways::{RequestError, refusals};

use crate::visit::Visit;
use crate::wording::typeset;

/// Parameters that a form has several fields for.
const SEVERAL: [&str; 3] = ["impose", "exclus", "fenetre"];
/// Parameters that a form has a field for each item of, as `besoin-culture-donnees` for `besoin=culture-donnees:2`.
const BY_ITEM: [&str; 3] = ["besoin", "acquis", "groupe"];

/// A field of a form.
pub(crate) struct Field {
    pub id: String,
    pub name: String,
    pub label: String,
    pub hint: String,
    /// What keyboard suits: `decimal`, `numeric`, `text`.
    pub mode: &'static str,
    pub value: String,
    pub wrong: Option<String>,
}

/// Something wrong: a field to go to, when there is one, and why.
pub(crate) struct Wrong {
    pub field: Option<String>,
    pub message: String,
}

impl Wrong {
    /// Something wrong that no field alone is to blame for.
    pub(crate) fn of_all(message: &str) -> Self {
        Self { field: None, message: message.to_owned() }
    }
}

/// What is wrong with a field.
pub(crate) fn wrong_of(wrongs: &[Wrong], field: &str) -> Option<String> {
    let own = wrongs.iter().find(|wrong| wrong.field.as_deref() == Some(field));
    own.map(|wrong| wrong.message.clone())
}

/// All that is wrong with an address, parameters called as the form labels them; `has` tells the fields that the page has.
pub(crate) fn wrongs<T>(
    visit: &Visit,
    labels: &[(&str, &str)],
    has: impl Fn(&str) -> bool,
    read: impl Fn(Vec<(&str, &str)>) -> Result<T, RequestError>,
) -> Vec<Wrong> {
    let pairs: Vec<(&str, &str)> =
        visit.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let label = |name: &str| {
        let own = labels.iter().find(|(known, _)| *known == name);
        own.map_or_else(|| name.to_owned(), |(_, label)| (*label).to_owned())
    };
    let wrong = |(place, error): (Option<usize>, RequestError)| Wrong {
        field: place.map(|place| field_of(&pairs, place)).filter(|field| has(field)),
        message: typeset(&format!("{}.", error.renamed(label))),
    };
    refusals(&pairs, read).into_iter().map(wrong).collect()
}

/// The identifier of the field that says a pair.
fn field_of(pairs: &[(&str, &str)], place: usize) -> String {
    let (name, value) = pairs[place];
    if SEVERAL.contains(&name) {
        let before = pairs[..=place].iter().filter(|(own, value)| *own == name && !value.is_empty());
        return format!("{name}-{}", before.count());
    }
    match value.split_once([':', '=']) {
        Some((item, _)) if BY_ITEM.contains(&name) => format!("{name}-{item}"),
        _ => name.to_owned(),
    }
}
