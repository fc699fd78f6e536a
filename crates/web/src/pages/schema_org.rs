//! A training in the vocabulary of schema.org, for its page and its twin. Absent: the vocabulary itself (see
//! `exchange::linked`).

use catalogue::{Snapshot, Training};

/// The JSON-LD document of a training.
pub(crate) fn text(training: &Training, snapshot: &Snapshot) -> String {
    let referential = snapshot.referential();
    exchange::linked::document(&training.to_raw(referential), referential).to_string()
}

/// The same document, safe inside a `script` element: no `<` is left in it.
pub(crate) fn embedded(training: &Training, snapshot: &Snapshot) -> String {
    text(training, snapshot).replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}
