//! `/formations.json`, `.csv`, `.jsonl`, `.jsonld`, `.xlsx`, `.ods` and `/catalogue.zip`: the explorer for programs
//! and spreadsheets.
//! Absent: the HTML page (see `trainings`).

use std::collections::BTreeMap;
use std::io::Cursor;

use catalogue::{
    Dropped, FacetCounts, Field, Found, Reading, ReadingKind, Selection, Snapshot, Source, Training,
};
use exchange::book::Book;
use exchange::{About, Format, Output};
use serde::Serialize;

use super::explorer::EXPORT_ROWS;
use super::trainings::search;
use crate::address;
use crate::answer::Answer;
use crate::errors::{Code, Failure};
use crate::visit::Visit;

/// One page of a selection as programs read it, over the web and on the command line.
#[derive(Serialize)]
pub struct ListTwin {
    revision: u64,
    total: u64,
    reachable: u64,
    page: usize,
    pages: usize,
    sentence: String,
    results: Vec<TrainingTwin>,
    facets: BTreeMap<&'static str, Vec<ValueTwin>>,
    readings: Vec<ReadingTwin>,
    ways_out: Vec<WayTwin>,
}

#[derive(Serialize)]
struct ValueTwin {
    value: String,
    label: String,
    count: u64,
    selected: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<String>,
}

#[derive(Serialize)]
struct ReadingTwin {
    typed: String,
    kind: &'static str,
    words: Vec<String>,
}

#[derive(Serialize)]
struct WayTwin {
    dropped: &'static str,
    total: u64,
    href: String,
}

/// A training as programs read it.
#[derive(Serialize)]
pub(crate) struct TrainingTwin {
    id: String,
    title: String,
    provider: String,
    provider_id: String,
    provider_kind: String,
    kind: String,
    page: String,
    url: Option<String>,
    language: Option<String>,
    formats: Vec<String>,
    duration: DurationTwin,
    price: PriceTwin,
    city: Option<String>,
    nature: Option<String>,
    public_sector_only: Option<bool>,
    audiences: Vec<String>,
    objectives: Vec<String>,
    themes: Vec<String>,
    competences: BTreeMap<String, u8>,
    prerequisites: BTreeMap<String, u8>,
    summary: String,
    source: SourceTwin,
}

#[derive(Serialize)]
struct DurationTwin {
    hours: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stated: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    estimate: Option<EstimateTwin>,
}

#[derive(Serialize)]
struct EstimateTwin {
    median_hours: f64,
    p80_hours: f64,
    sample: usize,
}

#[derive(Serialize)]
struct PriceTwin {
    euros: Option<f64>,
    taxes: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stated: Option<String>,
}

/// Where a fact was read.
#[derive(Serialize)]
pub(crate) struct SourceTwin {
    address: String,
    seen: Option<String>,
}

impl SourceTwin {
    /// A source for programs.
    pub(crate) fn new(source: &Source) -> Self {
        Self { address: source.address.to_string(), seen: source.seen.map(|seen| seen.to_string()) }
    }
}

impl TrainingTwin {
    /// A training for programs; a fact that nobody states is `null`, an estimate is apart.
    pub(crate) fn new(training: &Training, snapshot: &Snapshot) -> Self {
        let stated = |field| training.stated(field).map(str::to_owned);
        let estimate = snapshot.estimate(training).map(|estimate| EstimateTwin {
            median_hours: estimate.median_hours,
            p80_hours: estimate.p80_hours,
            sample: estimate.sample,
        });
        let raw = training.to_raw(snapshot.referential());
        Self {
            page: format!("/formations/{}", raw.id),
            provider_id: training.provider.id(),
            duration: DurationTwin { hours: raw.duration_hours, stated: stated(Field::Duration), estimate },
            price: PriceTwin {
                euros: raw.price_eur,
                taxes: training.price_basis().name(),
                stated: stated(Field::Price),
            },
            source: SourceTwin { address: raw.source.address, seen: raw.source.seen },
            id: raw.id,
            title: raw.title,
            provider: raw.provider,
            provider_kind: raw.provider_kind,
            kind: raw.kind,
            url: raw.url,
            language: raw.language,
            formats: raw.formats,
            city: raw.city,
            nature: raw.nature,
            public_sector_only: raw.public_sector_only,
            audiences: raw.audiences,
            objectives: raw.objectives,
            themes: raw.themes,
            competences: raw.competences,
            prerequisites: raw.prerequisites,
            summary: raw.summary,
        }
    }
}

/// One page of a selection, with the counts of all facets.
pub(crate) fn json(visit: &Visit) -> Result<Answer, Failure> {
    let selection = visit.selection()?;
    Ok(Answer::json(&list(&visit.snapshot, search(visit, &selection)?)))
}

/// An answer of the explorer as programs read it.
pub fn list(snapshot: &Snapshot, found: Found) -> ListTwin {
    let results = found.trainings.iter().map(|training| TrainingTwin::new(training, snapshot));
    let ways_out = found.ways_out.iter().map(|way| WayTwin {
        dropped: match way.dropped {
            Dropped::Filter(facet) => facet.name(),
            Dropped::Words => "q",
            Dropped::EveryWord => "mots",
        },
        total: way.total,
        href: address::of("/formations.json", &way.selection),
    });
    ListTwin {
        revision: snapshot.stamp().revision,
        reachable: found.reachable(),
        total: found.total,
        page: found.page,
        pages: found.pages,
        sentence: found.sentence,
        results: results.collect(),
        ways_out: ways_out.collect(),
        facets: found.facets.into_iter().map(facet_twin).collect(),
        readings: found.readings.into_iter().map(reading_twin).collect(),
    }
}

fn facet_twin(counts: FacetCounts) -> (&'static str, Vec<ValueTwin>) {
    let twins = counts.values.into_iter().map(|value| ValueTwin {
        value: value.id,
        label: value.label,
        count: value.count,
        selected: value.selected,
        parent: value.parent,
    });
    (counts.facet.name(), twins.collect())
}

fn reading_twin(reading: Reading) -> ReadingTwin {
    let (kind, words) = match reading.kind {
        ReadingKind::Word => ("word", Vec::new()),
        ReadingKind::Exact => ("exact", Vec::new()),
        ReadingKind::Synonym(words) => ("synonym", words),
        ReadingKind::Prefix(words) => ("prefix", words),
        ReadingKind::Corrected(words) => ("corrected", words),
        ReadingKind::Ignored => ("ignored", Vec::new()),
        ReadingKind::Unknown => ("unknown", Vec::new()),
    };
    ReadingTwin { typed: reading.typed, kind, words }
}

/// The whole selection as a table.
pub(crate) fn csv(visit: &Visit) -> Result<Answer, Failure> {
    export(visit, Output::Rows(Format::Csv))
}

/// The whole selection, one training a line.
pub(crate) fn jsonl(visit: &Visit) -> Result<Answer, Failure> {
    export(visit, Output::Rows(Format::Jsonl))
}

/// The whole selection in the vocabulary of schema.org.
pub(crate) fn jsonld(visit: &Visit) -> Result<Answer, Failure> {
    export(visit, Output::Linked)
}

/// The whole selection as a workbook of Excel.
pub(crate) fn xlsx(visit: &Visit) -> Result<Answer, Failure> {
    export(visit, Output::Book(Book::Xlsx))
}

/// The whole selection as a workbook of LibreOffice.
pub(crate) fn ods(visit: &Visit) -> Result<Answer, Failure> {
    export(visit, Output::Book(Book::Ods))
}

/// The catalogue as an open-data package.
pub(crate) fn package(visit: &Visit) -> Result<Answer, Failure> {
    write(visit, &Selection::all(), Output::Package, "catalogue")
}

fn export(visit: &Visit, output: Output) -> Result<Answer, Failure> {
    write(visit, &visit.selection()?, output, "formations")
}

fn write(visit: &Visit, selection: &Selection, output: Output, what: &str) -> Result<Answer, Failure> {
    let (snapshot, stamp) = (&visit.snapshot, visit.snapshot.stamp());
    let failed = |error: catalogue::SelectionError| Failure::of_selection(visit, &error);
    let total = snapshot.count(selection).map_err(failed)?;
    let trainings = snapshot.first(selection, EXPORT_ROWS).map_err(failed)?;
    let about = About {
        selection: snapshot.sentence(selection, total),
        revision: stamp.revision,
        published_at: stamp.published_at.clone(),
        total: Some(total),
    };
    let mut bytes = Cursor::new(Vec::with_capacity(trainings.len() * 1_000));
    let rows = trainings.iter().map(|training| training.to_raw(snapshot.referential()));
    let count = output
        .write(&mut bytes, rows, &about)
        .map_err(|error| Failure::new(Code::Internal, format!("L’export a échoué : {error}.")))?;
    let part = if total > count { format!("-{count}-premieres") } else { String::new() };
    let name = format!("parcours-v{}-{what}{part}.{}", stamp.revision, output.extension());
    Ok(Answer::bytes(output.media(), bytes.into_inner()).for_file(name))
}
