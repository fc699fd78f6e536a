//! `/competences` and its JSON twin: the referential, with what the offer counts for each.
//! Absent: levels that the offer reaches, gaps.

use askama::Template;
use catalogue::{Code as _, Facet, Selection, Term, french};
use serde::Serialize;

use crate::address;
use crate::answer::Answer;
use crate::errors::Failure;
use crate::layout::{Layout, Section};
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "competences.html")]
struct CompetencesPage {
    layout: Layout,
    blocks: Vec<BlockView>,
    levels: Vec<Term>,
    total: usize,
}

#[derive(Serialize)]
struct Twin {
    revision: u64,
    blocks: Vec<BlockView>,
}

#[derive(Serialize)]
struct BlockView {
    id: String,
    label: String,
    count: u64,
    #[serde(skip)]
    counted: String,
    #[serde(skip)]
    href: String,
    competences: Vec<CompetenceView>,
}

#[derive(Serialize)]
struct CompetenceView {
    id: String,
    label: String,
    definition: String,
    count: u64,
    #[serde(skip)]
    counted: String,
    #[serde(skip)]
    href: String,
}

/// The referential.
pub(crate) fn page(visit: &Visit) -> Result<Answer, Failure> {
    let blocks = blocks(visit)?;
    Ok(Answer::html(&CompetencesPage {
        layout: Layout::new(visit, Section::Competences, "Référentiel de compétences")
            .labelled("Compétences")
            .linked("alternate", "/competences.json".to_owned(), Some("application/json")),
        total: blocks.iter().map(|block| block.competences.len()).sum(),
        levels: visit.snapshot.referential().terms("level").to_vec(),
        blocks,
    }))
}

/// The referential for programs.
pub(crate) fn json(visit: &Visit) -> Result<Answer, Failure> {
    Ok(Answer::json(&Twin { revision: visit.snapshot.stamp().revision, blocks: blocks(visit)? }))
}

fn blocks(visit: &Visit) -> Result<Vec<BlockView>, Failure> {
    let found =
        visit.snapshot.search(&Selection::all()).map_err(|error| Failure::of_selection(visit, &error))?;
    let counts = &found.facets[Facet::Competence.position()].values;
    let count = |id: &str| counts.iter().find(|value| value.id == id).map_or(0, |value| value.count);
    let counted = |count: u64| french::counted(count, "formation", "formations");
    let referential = visit.snapshot.referential();
    let blocks = referential.blocks().iter().map(|block| BlockView {
        id: block.id.clone(),
        label: block.label.clone(),
        count: count(&block.id),
        counted: counted(count(&block.id)),
        href: address::of_value(Facet::Competence, &block.id),
        competences: block
            .competences
            .iter()
            .map(|competence| referential.terms("competence")[usize::from(competence.position())].clone())
            .map(|term| CompetenceView {
                count: count(&term.id),
                counted: counted(count(&term.id)),
                href: address::of_value(Facet::Competence, &term.id),
                id: term.id,
                label: term.label,
                definition: term.definition,
            })
            .collect(),
    });
    Ok(blocks.collect())
}
