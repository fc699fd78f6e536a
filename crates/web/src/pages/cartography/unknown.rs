//! `/cartographie/sans` and its twin: the trainings of a selection that have no value for a field or two, which no filter of
//! the explorer selects. Absent: the cells that lead here (see `table`).

use askama::Template;
use catalogue::{Facet, Training, french};
use serde::Serialize;

use super::PATH;
use crate::answer::Answer;
use crate::errors::{Code, Failure};
use crate::layout::{Layout, Section};
use crate::visit::Visit;

/// Path of the page.
pub(super) const WITHOUT: &str = "/cartographie/sans";
/// Name of the parameter that says a field.
pub(super) const FIELD: &str = "champ";
/// Trainings listed; all are counted.
const LISTED: usize = 200;

#[derive(Template)]
#[template(path = "cartography_unknown.html")]
struct UnknownPage {
    layout: Layout,
    title: String,
    sentence: Option<String>,
    counted: String,
    trainings: Vec<Row>,
    hidden: Option<String>,
    json: String,
}

/// A training in the list.
#[derive(Serialize)]
struct Row {
    id: String,
    title: String,
    provider: String,
    #[serde(skip)]
    language: Option<String>,
}

#[derive(Serialize)]
struct Twin {
    revision: u64,
    total: u64,
    fields: Vec<&'static str>,
    trainings: Vec<Row>,
}

/// What an address asks, answered.
struct Found {
    fields: Vec<Facet>,
    sentence: Option<String>,
    total: u64,
    rows: Vec<Row>,
    query: String,
}

/// The page.
pub(crate) fn page(visit: &Visit) -> Result<Answer, Failure> {
    let found = Found::read(visit)?;
    let labels: Vec<String> =
        found.fields.iter().map(|facet| french::quoted(&facet.label().to_lowercase())).collect();
    let title = format!("Formations sans {}", french::list(&labels, "ni"));
    let hidden = found.total - found.rows.len() as u64;
    Ok(Answer::html(&UnknownPage {
        layout: Layout::new(visit, Section::Cartography, title.clone())
            .under("Cartographie", PATH)
            .labelled("Non précisé")
            .not_indexed(),
        title,
        sentence: found.sentence,
        counted: french::counted(found.total, "formation", "formations"),
        hidden: (hidden > 0).then(|| french::counted(hidden, "autre formation", "autres formations")),
        json: format!("{WITHOUT}.json?{}", found.query),
        trainings: found.rows,
    }))
}

/// The same for programs.
pub(crate) fn json(visit: &Visit) -> Result<Answer, Failure> {
    let found = Found::read(visit)?;
    Ok(Answer::json(&Twin {
        revision: visit.snapshot.stamp().revision,
        total: found.total,
        fields: found.fields.iter().map(|facet| facet.name()).collect(),
        trainings: found.rows,
    }))
}

impl Found {
    fn read(visit: &Visit) -> Result<Self, Failure> {
        let selection = visit.selection_beside(&[FIELD])?;
        let known: Vec<&str> =
            Facet::all().filter(|facet| *facet != Facet::Provider).map(Facet::name).collect();
        let refused = |message: &str| {
            Failure::new(Code::UnknownValue, message)
                .knowing(known.iter().map(|name| (*name).to_owned()).collect())
                .leading("La cartographie", PATH.to_owned())
        };
        let mut fields = Vec::new();
        for name in visit.values(FIELD) {
            let facet = Facet::named(name).filter(|facet| *facet != Facet::Provider);
            let facet =
                facet.ok_or_else(|| refused("Ce champ n’est pas de ceux que la cartographie croise."))?;
            if !fields.contains(&facet) {
                fields.push(facet);
            }
        }
        if fields.is_empty() {
            return Err(refused("Dites quel champ n’est pas précisé."));
        }
        let told = |error| Failure::of_selection(visit, &error);
        let (total, trainings) = visit.snapshot.without(&selection, &fields, LISTED).map_err(told)?;
        let narrowed = visit.snapshot.count(&selection).map_err(told)?;
        let mut pairs: Vec<(&str, String)> = selection.pairs();
        pairs.extend(fields.iter().map(|facet| (FIELD, facet.name().to_owned())));
        Ok(Self {
            sentence: selection.is_filtered().then(|| visit.snapshot.sentence(&selection, narrowed)),
            query: crate::address::query(pairs.iter().map(|(name, value)| (*name, value.as_str()))),
            rows: trainings.iter().map(|training| row(visit, training)).collect(),
            fields,
            total,
        })
    }
}

fn row(visit: &Visit, training: &Training) -> Row {
    let language = training.language.map(|code| visit.snapshot.referential().term(code).id.clone());
    Row {
        id: training.id.to_string(),
        title: training.title.clone(),
        provider: training.provider.name.clone(),
        language: language.filter(|id| id != "fr"),
    }
}
