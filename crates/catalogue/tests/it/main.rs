//! The catalogue through its doors. Absent: files (see `exchange`), the real catalogue (see `parcours`).

mod actors;
mod cartography;
mod certifications;
mod codes;
mod community;
mod estimates;
mod french;
mod gaps;
mod pairing;
mod parsing;
mod pathways;
mod personas;
mod proposing;
mod quality;
mod recommendations;
mod referential;
mod report;
mod roadmaps;
mod scenarios;
mod searching;
mod selections;

use std::collections::BTreeMap;

use catalogue::{RawSource, RawTraining, Referential, Training};

/// A sound row with the compulsory fields only.
fn row(id: &str) -> RawTraining {
    RawTraining {
        id: id.to_owned(),
        kind: "course".to_owned(),
        title: format!("Formation {id}"),
        provider: "École d’essai".to_owned(),
        provider_kind: "public".to_owned(),
        summary: "Un résumé.".to_owned(),
        source: RawSource { address: "https://exemple.fr/page".to_owned(), seen: Some("2024".to_owned()) },
        ..RawTraining::default()
    }
}

fn training(raw: &RawTraining) -> Training {
    Training::parse(raw, &Referential::builtin()).expect("a sound row")
}

fn levels(pairs: &[(&str, u8)]) -> BTreeMap<String, u8> {
    pairs.iter().map(|(id, level)| ((*id).to_owned(), *level)).collect()
}
