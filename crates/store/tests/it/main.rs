//! The store through its doors, on real SQLite. Absent: what trainings mean.

mod certifications;
mod community;
mod directories;
mod model;
mod personas;
mod revisions;
mod survival;

use catalogue::{RawSource, RawTraining};
use store::{Body, Edit, NewRevision, Store};

fn row(id: &str, title: &str) -> RawTraining {
    RawTraining {
        id: id.to_owned(),
        kind: "course".to_owned(),
        title: title.to_owned(),
        provider: "École".to_owned(),
        provider_kind: "public".to_owned(),
        summary: "Résumé".to_owned(),
        source: RawSource { address: "https://exemple.fr".to_owned(), seen: None },
        ..RawTraining::default()
    }
}

fn put(id: &str, title: &str) -> Edit {
    Edit::Put(Body::of(&row(id, title)))
}

fn withdraw(id: &str) -> Edit {
    Edit::Withdraw(id.to_owned())
}

fn new(message: &str) -> NewRevision {
    NewRevision {
        published_at: "2026-01-01T00:00:00Z".to_owned(),
        author: "essai".to_owned(),
        message: message.to_owned(),
        expected_parent: None,
    }
}

/// Titles of a state, by identifier.
async fn state(store: &Store, revision: i64) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    store.state(revision, &mut |raw| rows.push((raw.id, raw.title))).await.expect("a state");
    rows
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(id, title)| ((*id).to_owned(), (*title).to_owned())).collect()
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(future)
}
