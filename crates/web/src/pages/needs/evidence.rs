//! `/ecarts?persona=…&competence=…&niveau=…`: the trainings behind a gap, and what keeps each out.

use askama::Template;
use catalogue::gaps::{Candidate, Constraint};
use catalogue::persona::Persona;
use catalogue::{Competence, Duration, Field, Level, french};

use super::person::PersonView;
use super::{Asked, GAPS, PERSONA};
use crate::answer::Answer;
use crate::errors::{Code, Failure};
use crate::layout::{Layout, Section};
use crate::visit::Visit;
use crate::wording::{self, Fact};

/// Trainings listed; all are counted.
const LISTED: usize = 60;

#[derive(Template)]
#[template(path = "gap_evidence.html")]
struct EvidencePage {
    layout: Layout,
    needs_style: String,
    person: PersonView,
    competence: String,
    competence_href: String,
    level: u8,
    level_label: String,
    can_do: String,
    reason: String,
    state: &'static str,
    state_label: &'static str,
    mark: &'static str,
    why: String,
    back: String,
    suiting: Vec<TrainingView>,
    kept_out: Vec<TrainingView>,
    suiting_total: String,
    kept_out_total: String,
    constraints: Vec<(&'static str, String)>,
    hidden: usize,
}

struct TrainingView {
    id: String,
    title: String,
    language: Option<String>,
    provider: String,
    from: u8,
    to: u8,
    duration: String,
    price: Fact,
    /// Labels of the constraints that keep it out.
    kept_out_by: Vec<&'static str>,
    /// Labels of the facts that nobody states.
    unconfirmed: Vec<&'static str>,
}

pub(super) fn page(
    visit: &Visit,
    asked: &Asked,
    persona: &Persona,
    competence: Competence,
    level: Level,
) -> Result<Answer, Failure> {
    let referential = visit.snapshot.referential();
    let term = referential.term(competence);
    let back = asked.href(GAPS, &[(PERSONA, &persona.id)]);
    let judged = visit.snapshot.gaps(persona, &asked.case);
    let gap = judged.gaps.iter().find(|gap| gap.competence == competence && gap.level == level);
    let Some(gap) = gap else {
        let message = format!(
            "Ce persona n’a pas à gagner le niveau {} en «\u{202f}{}\u{202f}».",
            level.number(),
            term.label
        );
        return Err(Failure::new(Code::LevelNotNeeded, message).leading("Ses écarts", back));
    };
    let candidates = visit.snapshot.candidates(persona, &asked.case, competence, level);
    let (suiting, kept_out): (Vec<_>, Vec<_>) =
        candidates.iter().partition(|candidate| candidate.kept_out_by.is_empty());
    let view = |candidate: &&Candidate| training(visit, candidate, competence);
    let counted = |number: usize| french::counted(number as u64, "formation", "formations");
    let title = format!("{}, niveau {}", term.label, level.number());
    Ok(Answer::html(&EvidencePage {
        layout: Layout::new(visit, Section::Gaps, format!("{title}\u{202f}: {}", persona.label))
            .labelled(title)
            .under("Écarts", GAPS)
            .not_indexed(),
        needs_style: crate::assets::needs_style_address(),
        competence: term.label.clone(),
        competence_href: format!("/competences/{}", term.id),
        level: level.number(),
        level_label: referential.level(level).label.clone(),
        can_do: referential.can_do(competence, level).to_owned(),
        reason: persona.need(competence).map(|need| need.reason.clone()).unwrap_or_default(),
        state: gap.state.name(),
        state_label: gap.state.label(),
        mark: gap.state.mark(),
        why: crate::wording::typeset(&gap.why(&asked.case.rules)),
        suiting_total: counted(suiting.len()),
        kept_out_total: counted(kept_out.len()),
        hidden: suiting.len().saturating_sub(LISTED) + kept_out.len().saturating_sub(LISTED),
        suiting: suiting.iter().take(LISTED).map(view).collect(),
        kept_out: kept_out.iter().take(LISTED).map(view).collect(),
        constraints: gap
            .kept_out
            .iter()
            .map(|(constraint, number)| (constraint.label(), counted(*number)))
            .collect(),
        person: PersonView::new(persona, referential),
        back,
    }))
}

/// The words of a source if there are any, then what our rules say.
fn bounded(words: Option<String>, bound: &str) -> String {
    let words = words.map(|words| format!("{words}, ")).unwrap_or_default();
    format!("{words}{bound}, d’après nos règles")
}

/// How long a training lasts as it was judged: stated, estimated with its range, or bounded by a rule.
fn lasting(candidate: &Candidate) -> String {
    let hours = |hours: f32| french::hours(f64::from(hours));
    let words = candidate.training.stated(Field::Duration).map(french::quoted);
    match candidate.duration {
        Duration::Stated(stated) => hours(stated),
        Duration::Estimated { median_hours, p80_hours } if median_hours < p80_hours => {
            format!("{} à {}, estimation", hours(median_hours), hours(p80_hours))
        }
        Duration::Estimated { p80_hours, .. } => format!("{}, estimation", hours(p80_hours)),
        Duration::MoreThan(least) => bounded(words, &format!("plus de {}", hours(least))),
        Duration::AtLeast(least) => bounded(words, &format!("au moins {}", hours(least))),
        Duration::Unknown => words.unwrap_or_else(|| "non précisée".to_owned()),
    }
}

fn training(visit: &Visit, candidate: &Candidate, competence: Competence) -> TrainingView {
    let training = &candidate.training;
    let referential = visit.snapshot.referential();
    let language = training.language.map(|code| referential.term(code).id.clone());
    let labels =
        |constraints: catalogue::gaps::Constraints| constraints.iter().map(Constraint::label).collect();
    TrainingView {
        id: training.id.to_string(),
        title: training.title.clone(),
        language: language.filter(|id| id != "fr"),
        provider: training.provider.name.clone(),
        from: candidate.from,
        to: training.competences.get(competence).map_or(0, Level::number),
        duration: lasting(candidate),
        price: wording::price(training),
        kept_out_by: labels(candidate.kept_out_by),
        unconfirmed: labels(candidate.unconfirmed),
    }
}
