//! `/personas/{id}/positionnement`: what the visitor masters already, in plain questions; the answers are in the address
//! of the page that follows and nowhere else.

use askama::Template;
use catalogue::{Level, french};

use super::{GAPS, PERSONAS, persona};
use crate::answer::Answer;
use crate::errors::Failure;
use crate::layout::{Layout, Section};
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "assessment.html")]
struct AssessmentPage {
    layout: Layout,
    needs_style: String,
    id: String,
    label: String,
    action: &'static str,
    back: String,
    hours: String,
    blocks: Vec<BlockView>,
    questions: String,
}

struct BlockView {
    label: String,
    questions: Vec<QuestionView>,
}

/// One competence: a question, and an answer for each level.
struct QuestionView {
    competence: String,
    id: String,
    question: String,
    answers: Vec<AnswerView>,
}

struct AnswerView {
    text: String,
    level: u8,
    is_target: bool,
}

/// The address of a persona's self-assessment.
pub(crate) fn address_of(id: &str) -> String {
    format!("{PERSONAS}/{id}/positionnement")
}

/// The self-assessment.
pub(crate) fn page(visit: &Visit) -> Result<Answer, Failure> {
    visit.accept(&[])?;
    let path = visit.path.strip_prefix("/personas/").unwrap_or_default();
    let id = path.strip_suffix("/positionnement").unwrap_or_default();
    let persona = persona(visit, id)?;
    let referential = visit.snapshot.referential();
    let question = |need: &catalogue::persona::Need| {
        let term = referential.term(need.competence);
        let answer = |level: Level| AnswerView {
            text: french::capitalised(referential.can_do(need.competence, level)),
            level: level.number(),
            is_target: level == need.to,
        };
        QuestionView {
            competence: term.label.clone(),
            id: term.id.clone(),
            question: referential.question(need.competence).to_owned(),
            // Above the level to reach nothing changes.
            answers: Level::all().filter(|level| *level <= need.to).map(answer).collect(),
        }
    };
    let block = |block: &catalogue::Block| BlockView {
        label: block.label.clone(),
        questions: persona
            .needs
            .iter()
            .filter(|need| block.competences.contains(&need.competence))
            .map(question)
            .collect(),
    };
    let blocks = referential.blocks().iter().map(block).filter(|block| !block.questions.is_empty());
    Ok(Answer::html(&AssessmentPage {
        layout: Layout::new(visit, Section::Personas, format!("Où en êtes-vous\u{202f}? {}", persona.label))
            .under("Personas", PERSONAS)
            .labelled("Où en êtes-vous\u{202f}?")
            .not_indexed(),
        needs_style: crate::assets::needs_style_address(),
        action: GAPS,
        back: format!("{PERSONAS}/{id}"),
        hours: persona.hours_year_high.map_or_else(String::new, |hours| french::decimal(hours.get())),
        questions: french::counted(persona.needs.len() as u64, "question", "questions"),
        blocks: blocks.collect(),
        label: persona.label,
        id: persona.id,
    }))
}
