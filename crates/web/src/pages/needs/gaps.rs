//! `/ecarts` and its twins: what the offer leaves of the needs of all personas, of one, or of one at one level.
//! Absent: the judgement (see `catalogue::gaps`), the overview and the evidence (see `overview`, `evidence`).

use askama::Template;
use catalogue::gaps::{Constraint, Facts, Gap, Gaps, State};
use catalogue::persona::{Circumstances, Persona};
use catalogue::{Competence, Level, Referential, french};

use super::person::{PersonView, constraints};
use super::{Asked, Bar, GAPS, PERSONA, StateCell, StatesRow, assessment, bar, evidence, overview, persona};
use crate::address;
use crate::answer::Answer;
use crate::errors::{Code, Failure};
use crate::layout::{Layout, Section};
use crate::visit::Visit;
use crate::wording::typeset;

/// Parameters beside those of a case.
const PARAMETERS: [&str; 3] = [PERSONA, "competence", "niveau"];

#[derive(Template)]
#[template(path = "gaps.html")]
struct GapsPage {
    layout: Layout,
    needs_style: String,
    person: PersonView,
    finding: String,
    bar: Bar,
    own: Vec<(&'static str, String)>,
    told: Vec<String>,
    is_changed: bool,
    as_is: String,
    assessment: String,
    /// The best pathway in the same case.
    pathway: String,
    rows: Vec<StatesRow>,
    reasons: Vec<ReasonView>,
    lifts: Vec<LiftView>,
    lead: Option<String>,
    hours_of_persona: String,
    hidden: Vec<(&'static str, String)>,
    rules: RulesView,
    csv: String,
    json: String,
    levels: usize,
}

/// Gaps of one state, worst first, each with why.
struct ReasonView {
    label: &'static str,
    mark: &'static str,
    meaning: &'static str,
    is_open: bool,
    gaps: Vec<WhyView>,
    counted: String,
}

struct WhyView {
    competence: String,
    level: u8,
    href: String,
    why: String,
}

/// What lifting one constraint would change, found by judging again.
struct LiftView {
    label: &'static str,
    gained: usize,
    told: String,
    href: String,
}

/// The rules as the form shows them.
struct RulesView {
    hours: String,
    budget: String,
    providers_min: u8,
    confirmed_only: bool,
    central: bool,
    lifted: Vec<(&'static str, &'static str, bool)>,
}

/// `/ecarts`
pub(crate) fn page(visit: &Visit) -> Result<Answer, Failure> {
    let asked = Asked::read(visit, &PARAMETERS)?;
    let Some(id) = visit.values(PERSONA).next() else {
        return match visit.values("competence").chain(visit.values("niveau")).next() {
            Some(_) => Err(Failure::new(Code::BadValue, "Choisissez d’abord un persona.")
                .leading("Tous les écarts", GAPS.to_owned())),
            None => overview::page(visit, &asked),
        };
    };
    let persona = persona(visit, id)?;
    let asked = asked.beside(&persona, visit);
    // A form sends what is empty, and a parameter for each answer: the page has a shorter address.
    let is_from_form =
        |(name, value): &(String, String)| value.trim().is_empty() || name.starts_with("acquis-");
    if visit.pairs.iter().any(is_from_form) {
        return Ok(Answer::moved(asked.href(GAPS, &[(PERSONA, id)])));
    }
    match level_asked(visit)? {
        Some((competence, level)) => evidence::page(visit, &asked, &persona, competence, level),
        None => Ok(Answer::html(&view(visit, &asked, &persona))),
    }
}

/// `/ecarts.json`: one persona, or all in a list.
pub(crate) fn json(visit: &Visit) -> Result<Answer, Failure> {
    let asked = Asked::read(visit, &[PERSONA])?;
    match visit.values(PERSONA).next() {
        Some(id) => {
            Ok(Answer::json(&super::gaps_data::gaps(&visit.snapshot, &persona(visit, id)?, &asked.case)))
        }
        None => {
            let personas = visit.app.personas();
            let twins = personas.iter().map(|one| super::gaps_data::gaps(&visit.snapshot, one, &asked.case));
            Ok(Answer::json(&twins.collect::<Vec<_>>()))
        }
    }
}

/// `/ecarts.csv`: one line for each persona, competence and level.
pub(crate) fn csv(visit: &Visit) -> Result<Answer, Failure> {
    let asked = Asked::read(visit, &[PERSONA])?;
    let personas: Vec<Persona> = match visit.values(PERSONA).next() {
        Some(id) => vec![persona(visit, id)?],
        None => visit.app.personas().to_vec(),
    };
    let judged: Vec<Gaps> = personas.iter().map(|one| visit.snapshot.gaps(one, &asked.case)).collect();
    let bytes = exchange::gaps_table(&judged, &asked.case.rules, visit.snapshot.referential());
    Ok(Answer::bytes("text/csv; charset=utf-8", bytes).for_file("ecarts.csv".to_owned()))
}

fn level_asked(visit: &Visit) -> Result<Option<(Competence, Level)>, Failure> {
    let referential = visit.snapshot.referential();
    match (visit.values("competence").next(), visit.values("niveau").next()) {
        (None, None) => Ok(None),
        (Some(id), Some(level)) => {
            let competence = referential.code::<Competence>(id);
            let level = level.parse().ok().and_then(Level::new);
            let known = referential.terms("competence").iter().map(|term| term.id.clone()).collect();
            competence.zip(level).map(Some).ok_or_else(|| {
                Failure::new(Code::UnknownValue, "Cette compétence ou ce niveau (1 à 4) n’existe pas.")
                    .knowing(known)
                    .leading("Tous les écarts", GAPS.to_owned())
            })
        }
        _ => Err(Failure::new(
            Code::BadValue,
            "«\u{202f}competence\u{202f}» et «\u{202f}niveau\u{202f}» vont ensemble.",
        )
        .leading("Tous les écarts", GAPS.to_owned())),
    }
}

/// The address of a persona's gaps.
pub(crate) fn address_of(id: &str) -> String {
    address::with_pairs(GAPS, [(PERSONA, id)])
}

fn view(visit: &Visit, asked: &Asked, persona: &Persona) -> GapsPage {
    let referential = visit.snapshot.referential();
    let judged = visit.snapshot.gaps(persona, &asked.case);
    let id = persona.id.as_str();
    let title = format!("Écarts\u{202f}: {}", persona.label);
    let lifts = lifts(visit, asked, persona, &judged);
    GapsPage {
        lead: lead(&lifts),
        hours_of_persona: persona
            .hours_year_high
            .map_or_else(String::new, |hours| french::decimal(hours.get())),
        layout: {
            let layout = Layout::new(visit, Section::Gaps, title)
                .labelled(persona.label.clone())
                .under("Écarts", GAPS);
            if asked.is_changed() { layout.not_indexed() } else { layout }
        },
        needs_style: crate::assets::needs_style_address(),
        finding: typeset(&judged.finding()),
        bar: bar(&judged),
        own: constraints(&judged.persona, referential),
        told: asked.told(visit),
        is_changed: asked.is_changed(),
        as_is: address_of(id),
        assessment: assessment::address_of(id),
        pathway: asked.href(&format!("{}/{id}", crate::pages::pathways::PATHWAYS), &[]),
        rows: rows(&judged, asked, id, referential),
        reasons: reasons(&judged, asked, id, referential),
        lifts: if judged.gaps.iter().any(|gap| gap.state == State::OutOfReach) { lifts } else { Vec::new() },
        hidden: asked.pairs.iter().filter(|(name, _)| *name == "acquis").cloned().collect(),
        rules: rules(&asked.case),
        csv: asked.href("/ecarts.csv", &[(PERSONA, id)]),
        json: asked.href("/ecarts.json", &[(PERSONA, id)]),
        levels: judged.gaps.len(),
        person: PersonView::new(persona, referential),
    }
}

/// The address of the evidence of a gap.
fn evidence_href(gap: &Gap, asked: &Asked, id: &str, referential: &Referential) -> String {
    let level = gap.level.number().to_string();
    let competence = &referential.term(gap.competence).id;
    asked.href(GAPS, &[(PERSONA, id), ("competence", competence), ("niveau", &level)])
}

fn rows(judged: &Gaps, asked: &Asked, id: &str, referential: &Referential) -> Vec<StatesRow> {
    let cell = |gap: &Gap| StateCell {
        state: gap.state,
        href: evidence_href(gap, asked, id, referential),
        note: match gap.state {
            State::Missing => String::new(),
            State::OutOfReach => format!(
                "{} existe{}",
                french::integer(gap.teaching as u64),
                if gap.teaching > 1 { "nt" } else { "" }
            ),
            _ => format!(
                "{} convien{}",
                french::integer(gap.suiting as u64),
                if gap.suiting > 1 { "nent" } else { "t" }
            ),
        },
    };
    let row = |need: &catalogue::persona::Need| {
        let of = |level: Level| {
            judged.gaps.iter().find(|gap| gap.competence == need.competence && gap.level == level)
        };
        let term = referential.term(need.competence);
        StatesRow {
            competence: term.label.clone(),
            href: format!("/competences/{}", term.id),
            cells: Level::all().map(|level| of(level).map(cell)).collect(),
        }
    };
    judged.persona.needs.iter().map(row).collect()
}

fn reasons(judged: &Gaps, asked: &Asked, id: &str, referential: &Referential) -> Vec<ReasonView> {
    let meaning = |state| match state {
        State::Missing => "aucune formation recensée n’y amène",
        State::OutOfReach => "des formations existent, aucune ne convient",
        State::Thin => "un seul organisme, ou des faits qu’aucune source n’établit",
        State::Covered => "plusieurs organismes, des faits établis",
    };
    let view = |state: State| {
        let gaps: Vec<WhyView> = judged
            .gaps
            .iter()
            .filter(|gap| gap.state == state)
            .map(|gap| WhyView {
                competence: referential.term(gap.competence).label.clone(),
                level: gap.level.number(),
                href: evidence_href(gap, asked, id, referential),
                why: typeset(&gap.why(&asked.case.rules)),
            })
            .collect();
        ReasonView {
            label: state.label(),
            mark: state.mark(),
            meaning: meaning(state),
            is_open: state != State::Covered,
            counted: french::counted(gaps.len() as u64, "niveau", "niveaux"),
            gaps,
        }
    };
    State::all().map(view).filter(|reason| !reason.gaps.is_empty()).collect()
}

/// What each constraint alone keeps from being met: the judgement is made again without it.
fn lifts(visit: &Visit, asked: &Asked, persona: &Persona, judged: &Gaps) -> Vec<LiftView> {
    let now = judged.count(State::Covered) + judged.count(State::Thin);
    let lift = |(constraint, met): (Constraint, usize)| {
        let gained = met.saturating_sub(now);
        let told = match gained {
            0 => "aucun niveau de plus".to_owned(),
            gained => format!(
                "{} de plus",
                french::counted(gained as u64, "niveau accessible", "niveaux accessibles")
            ),
        };
        let href = asked.href(GAPS, &[(PERSONA, &persona.id), ("sans", constraint.name())]);
        LiftView { label: constraint.label(), gained, told, href }
    };
    let found = visit.snapshot.lifts(persona, &asked.case);
    let mut lifts: Vec<LiftView> = found.into_iter().map(lift).collect();
    lifts.sort_by_key(|lift| std::cmp::Reverse(lift.gained));
    lifts
}

/// The constraint that weighs most, in one sentence.
fn lead(lifts: &[LiftView]) -> Option<String> {
    let first = lifts.first().filter(|lift| lift.gained > 0)?;
    Some(format!(
        "La contrainte qui pèse le plus\u{202f}: {}. Sans elle, {}.",
        first.label.to_lowercase(),
        first.told
    ))
}

fn rules(case: &Circumstances) -> RulesView {
    let rules = &case.rules;
    RulesView {
        hours: case.hours.map_or_else(String::new, |hours| french::decimal(hours.get())),
        budget: case.budget_eur.map_or_else(String::new, |euros| french::decimal(euros.get())),
        providers_min: rules.providers_min,
        confirmed_only: rules.facts == Facts::Confirmed,
        central: rules.central_durations,
        lifted: Constraint::all()
            .map(|constraint| (constraint.name(), constraint.label(), rules.lifted.contains(constraint)))
            .collect(),
    }
}
