//! `/qualite.json`: the figures of the page for programs. Absent: HTML, counting.

use catalogue::{COMPARED_MOST, DECIDING, Quality};
use serde::Serialize;

use crate::visit::Visit;

/// Most pairs given.
const PAIRS_MOST: usize = 500;

/// What a catalogue's evidence is worth, for programs.
#[derive(Serialize)]
pub(super) struct Twin {
    revision: u64,
    trainings: u64,
    fields: Vec<FieldTwin>,
    years: Vec<YearTwin>,
    deciding_facts: u8,
    to_read: Vec<ToReadTwin>,
    near_duplicates: PairsTwin,
    concentration: ConcentrationTwin,
}

#[derive(Serialize)]
struct FieldTwin {
    field: &'static str,
    label: &'static str,
    stated: u64,
    stated_in_words: u64,
    edited: u64,
    estimated: u64,
    unknown: u64,
}

#[derive(Serialize)]
struct YearTwin {
    /// `null`: pages without a date.
    year: Option<u16>,
    trainings: u64,
}

#[derive(Serialize)]
struct ToReadTwin {
    id: String,
    title: String,
    provider: String,
    year: Option<u16>,
    facts: u8,
    source: String,
}

#[derive(Serialize)]
struct PairsTwin {
    /// Whether pairs were looked for.
    computed: bool,
    /// Beyond this number of trainings they are not.
    most_trainings: usize,
    total: usize,
    /// Comparisons left out.
    left_out: usize,
    pairs: Vec<PairTwin>,
}

#[derive(Serialize)]
struct PairTwin {
    a: String,
    b: String,
    score: f64,
    why: Vec<String>,
}

#[derive(Serialize)]
struct ConcentrationTwin {
    providers: u64,
    single: u64,
    half: u64,
    herfindahl: f64,
    top: Vec<ProviderTwin>,
}

#[derive(Serialize)]
struct ProviderTwin {
    id: String,
    name: String,
    trainings: u64,
}

/// The figures of a catalogue.
pub(super) fn twin(visit: &Visit, quality: &Quality) -> Twin {
    let known = &quality.concentration;
    Twin {
        revision: visit.snapshot.stamp().revision,
        trainings: quality.trainings,
        fields: quality
            .fields
            .iter()
            .map(|(field, known)| FieldTwin {
                field: field.name(),
                label: field.label(),
                stated: known.stated,
                stated_in_words: known.words,
                edited: known.edited,
                estimated: known.estimated,
                unknown: known.unknown,
            })
            .collect(),
        years: quality
            .years
            .iter()
            .map(|(year, count)| YearTwin { year: *year, trainings: *count })
            .collect(),
        deciding_facts: DECIDING,
        to_read: quality
            .to_read
            .iter()
            .map(|row| ToReadTwin {
                id: row.training.id.to_string(),
                title: row.training.title.clone(),
                provider: row.training.provider.name.clone(),
                year: row.year,
                facts: row.facts,
                source: row.training.sources.main.address.to_string(),
            })
            .collect(),
        near_duplicates: pairs(visit),
        concentration: ConcentrationTwin {
            providers: known.providers,
            single: known.single,
            half: known.half,
            herfindahl: known.index,
            top: known
                .top
                .iter()
                .map(|(id, name, trainings)| ProviderTwin {
                    id: id.clone(),
                    name: name.clone(),
                    trainings: *trainings,
                })
                .collect(),
        },
    }
}

fn pairs(visit: &Visit) -> PairsTwin {
    let known = visit.snapshot.duplicates();
    let pairs = known.map(|known| known.pairs.as_slice()).unwrap_or_default();
    let pair = |pair: &catalogue::duplicates::Pair| PairTwin {
        a: pair.a.to_string(),
        b: pair.b.to_string(),
        score: (f64::from(pair.score) * 1_000.0).round() / 1_000.0,
        why: pair.why.iter().map(|reason| reason.in_french()).collect(),
    };
    PairsTwin {
        computed: known.is_some(),
        most_trainings: COMPARED_MOST,
        total: pairs.len(),
        left_out: known.map_or(0, |known| known.left_out),
        pairs: pairs.iter().take(PAIRS_MOST).map(pair).collect(),
    }
}
