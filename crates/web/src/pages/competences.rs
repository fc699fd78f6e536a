//! `/competences` and its JSON twin: the referential, with what the offer teaches at each level of each competence.
//! Absent: the trainings themselves (see `competence`), gaps.

use askama::Template;
use catalogue::{Code as _, Competence, Facet, Level, Selection, TeachingCounts, Term, french};
use serde::Serialize;

use super::facets::bar;
use crate::address;
use crate::answer::Answer;
use crate::errors::Failure;
use crate::layout::{Layout, Section};
use crate::visit::Visit;
use crate::wording::typeset;

#[derive(Template)]
#[template(path = "competences.html")]
struct CompetencesPage {
    layout: Layout,
    blocks: Vec<BlockView>,
    levels: Vec<Term>,
    total: usize,
    finding: String,
    untaught: Vec<(String, String)>,
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
    theme: String,
    question: String,
    page: String,
    count: u64,
    #[serde(skip)]
    counted: String,
    #[serde(skip)]
    href: String,
    levels: Vec<LevelView>,
}

#[derive(Serialize)]
struct LevelView {
    level: u8,
    can_do: String,
    /// Trainings that teach the level.
    trainings: u64,
    /// Those that bring to it and no further.
    ending: u64,
    #[serde(skip)]
    shown: String,
    #[serde(skip)]
    noun: &'static str,
    #[serde(skip)]
    bar: String,
}

/// The referential.
pub(crate) fn page(visit: &Visit) -> Result<Answer, Failure> {
    visit.accept(&[])?;
    let blocks = blocks(visit)?;
    let competences = || blocks.iter().flat_map(|block| &block.competences);
    let total = competences().count();
    let untaught = competences().flat_map(|competence| {
        competence.levels.iter().filter(|level| level.trainings == 0).map(|level| {
            let label = format!("{}, niveau {}", competence.label, level.level);
            (label, format!("{}#niveau-{}", competence.page, level.level))
        })
    });
    let untaught: Vec<(String, String)> = untaught.collect();
    Ok(Answer::html(&CompetencesPage {
        layout: Layout::new(visit, Section::Competences, "Référentiel de compétences")
            .labelled("Compétences")
            .linked("alternate", "/competences.json".to_owned(), Some("application/json")),
        levels: visit.snapshot.referential().terms("level").to_vec(),
        finding: finding(untaught.len(), total * Level::all().count()),
        total,
        untaught,
        blocks,
    }))
}

/// The referential for programs.
pub(crate) fn json(visit: &Visit) -> Result<Answer, Failure> {
    visit.accept(&[])?;
    Ok(Answer::json(&Twin { revision: visit.snapshot.stamp().revision, blocks: blocks(visit)? }))
}

fn finding(untaught: usize, all: usize) -> String {
    match untaught {
        0 => format!("Les {all} niveaux sont tous enseignés par une formation au moins"),
        1 => format!("Un niveau sur {all} n’est enseigné par aucune formation"),
        untaught => format!("{untaught} niveaux sur {all} ne sont enseignés par aucune formation"),
    }
}

fn blocks(visit: &Visit) -> Result<Vec<BlockView>, Failure> {
    let found =
        visit.snapshot.search(&Selection::all()).map_err(|error| Failure::of_selection(visit, &error))?;
    let counts = &found.facets[Facet::Competence.position()].values;
    let count = |id: &str| counts.iter().find(|value| value.id == id).map_or(0, |value| value.count);
    let counted = |count: u64| french::counted(count, "formation", "formations");
    let referential = visit.snapshot.referential();
    let taught = visit.snapshot.teaching_counts();
    let highest = taught.iter().flat_map(|counts| counts.teaching).max().unwrap_or_default();
    let view = |competence: &Competence| {
        let term = referential.term(*competence).clone();
        let taught = &taught[usize::from(competence.position())];
        CompetenceView {
            count: count(&term.id),
            counted: counted(count(&term.id)),
            href: address::of_value(Facet::Competence, &term.id),
            theme: referential.term(referential.theme_of(*competence)).id.clone(),
            question: referential.question(*competence).to_owned(),
            page: format!("/competences/{}", term.id),
            levels: Level::all()
                .map(|level| self::level(level, referential.can_do(*competence, level), taught, highest))
                .collect(),
            id: term.id,
            label: term.label,
            definition: typeset(&term.definition),
        }
    };
    let blocks = referential.blocks().iter().map(|block| BlockView {
        id: block.id.clone(),
        label: block.label.clone(),
        count: count(&block.id),
        counted: counted(count(&block.id)),
        href: address::of_value(Facet::Competence, &block.id),
        competences: block.competences.iter().map(view).collect(),
    });
    Ok(blocks.collect())
}

fn level(level: Level, can_do: &str, taught: &TeachingCounts, highest: u64) -> LevelView {
    let place = usize::from(level.number()) - 1;
    let trainings = taught.teaching[place];
    LevelView {
        level: level.number(),
        can_do: can_do.to_owned(),
        trainings,
        ending: taught.ending[place],
        shown: if trainings == 0 { "aucune".to_owned() } else { french::integer(trainings) },
        noun: if trainings < 2 { "formation" } else { "formations" },
        bar: bar(trainings, highest),
    }
}
