//! `/formations/{id}`, `.json` and `.jsonld`: one training, every field with its origin.
//! Absent: lists of trainings.

use std::collections::BTreeMap;

use askama::Template;
use catalogue::{Facet, Field, Origin, Training};
use serde::Serialize;

use super::cards::Card;
use super::certifications::{self, CertificationTwin, CertificationView};
use super::fields::{self, FieldView, SourceView};
use super::schema_org;
use super::trainings_data::{SourceTwin, TrainingTwin};
use crate::address;
use crate::answer::Answer;
use crate::errors::{Code, Failure};
use crate::layout::{Layout, Section};
use crate::visit::Visit;

/// Similar trainings shown.
const SIMILAR: usize = 4;

#[derive(Template)]
#[template(path = "training.html")]
struct TrainingPage {
    layout: Layout,
    card: Card,
    url: Option<(String, String)>,
    of_provider: String,
    fields: Vec<FieldView>,
    certifications: Vec<CertificationView>,
    sources: Vec<SourceView>,
    similar: Vec<Card>,
    jsonld: String,
}

/// The page or one of its twins, by the end of the address.
pub(crate) fn page(visit: &Visit) -> Result<Answer, Failure> {
    let wanted = visit.path.strip_prefix("/formations/").unwrap_or_default();
    if let Some(id) = wanted.strip_suffix(".json") {
        return twin(visit, &find(visit, id)?);
    }
    if let Some(id) = wanted.strip_suffix(".jsonld") {
        let text = schema_org::text(&find(visit, id)?, &visit.snapshot);
        return Ok(Answer::text("application/ld+json; charset=utf-8", text));
    }
    html(visit, &find(visit, wanted)?)
}

/// The training of an identifier, or an error that leads to a search for its words.
pub(crate) fn find(visit: &Visit, id: &str) -> Result<Training, Failure> {
    visit.snapshot.get(id).ok_or_else(|| {
        let known: String = id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(120).collect();
        let words = known.replace('-', " ");
        let message =
            format!("Aucune formation n’a l’identifiant « {known} » dans cette version du catalogue.");
        let search = address::with_pairs(address::TRAININGS, [("q", words.as_str()), ("mots", "un")]);
        Failure::new(Code::TrainingNotFound, message)
            .leading(format!("Chercher « {words} »"), search)
            .leading("Toutes les formations", address::TRAININGS.to_owned())
    })
}

fn html(visit: &Visit, training: &Training) -> Result<Answer, Failure> {
    let snapshot = &visit.snapshot;
    let card = Card::new(training, snapshot);
    let path = format!("/formations/{}", card.id);
    let layout = Layout::new(visit, Section::Trainings, format!("{}, {}", card.title, card.provider))
        .under("Formations", address::TRAININGS)
        .labelled(card.title.clone())
        .linked("canonical", path.clone(), None)
        .linked("alternate", format!("{path}.json"), Some("application/json"))
        .linked("alternate", format!("{path}.jsonld"), Some("application/ld+json"));
    Ok(Answer::html(&TrainingPage {
        layout,
        of_provider: address::of_value(Facet::Provider, &training.provider.id()),
        url: training.url.as_ref().map(|url| (url.as_str().to_owned(), url.host().to_owned())),
        fields: fields::views(training, snapshot),
        certifications: certifications::views(training, visit.app.certifications().as_deref()),
        sources: fields::sources(training),
        similar: snapshot.similar(training, SIMILAR).iter().map(|near| Card::new(near, snapshot)).collect(),
        jsonld: schema_org::embedded(training, snapshot),
        card,
    }))
}

#[derive(Serialize)]
struct Twin {
    revision: u64,
    #[serde(flatten)]
    training: TrainingTwin,
    fields: BTreeMap<&'static str, FieldTwin>,
    certifications: Vec<CertificationTwin>,
    similar: Vec<SimilarTwin>,
}

#[derive(Serialize)]
struct FieldTwin {
    origin: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<SourceTwin>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stated: Option<String>,
}

#[derive(Serialize)]
struct SimilarTwin {
    id: String,
    title: String,
    provider: String,
}

fn twin(visit: &Visit, training: &Training) -> Result<Answer, Failure> {
    let fields = Field::all().map(|field| {
        let twin = FieldTwin {
            origin: match training.origin(field) {
                Origin::Stated => "source",
                Origin::Editor => "editor",
                Origin::Written => "written",
                Origin::Unknown => "unknown",
            },
            source: training.source(field).map(SourceTwin::new),
            stated: training.stated(field).map(str::to_owned),
        };
        (field.name(), twin)
    });
    let similar = visit.snapshot.similar(training, SIMILAR).into_iter().map(|near| SimilarTwin {
        id: near.id.to_string(),
        title: near.title,
        provider: near.provider.name,
    });
    Ok(Answer::json(&Twin {
        revision: visit.snapshot.stamp().revision,
        training: TrainingTwin::new(training, &visit.snapshot),
        fields: fields.collect(),
        certifications: certifications::twins(training, visit.app.certifications().as_deref()),
        similar: similar.collect(),
    }))
}
