//! `/parcours/{id}` and its twins: the pathway of a persona, with its proof, its steps and what it leaves. Absent: files
//! (see `files`), the form (see `composer`).

use askama::Template;
use catalogue::french;
use catalogue::pathways::{
    ANYBODY, Calendar, Limits, Outcome, Pathway, Preference, minutes_in_french, obstacle_counts,
};

use super::drawing::{Stairs, stairs};
use super::others::{OtherView, PointView, next, others, points};
use super::steps::{CoverageView, FormatView, LeftView, StepView, coverage, formats, left, steps};
use super::{PATHWAYS, STOPPED, Waited, Wanted, files, outcome, persona, wait};
use crate::answer::Answer;
use crate::errors::Failure;
use crate::layout::{Layout, Section};
use crate::visit::Visit;
use crate::wording::typeset;

#[derive(Template)]
#[template(path = "pathway.html")]
struct PathwayPage {
    layout: Layout,
    style: String,
    label: String,
    profile: Option<String>,
    finding: String,
    proof: Option<String>,
    told: Vec<String>,
    as_is: String,
    facts: Vec<(&'static str, String)>,
    composer: String,
    steps: Vec<StepView>,
    /// Each month with its steps: number and title.
    months: Vec<(String, Vec<(usize, String)>)>,
    calendar_note: String,
    coverage: Vec<CoverageView>,
    left: Vec<LeftView>,
    left_counted: String,
    stairs: Option<Stairs>,
    points: Vec<PointView>,
    /// What the table leaves to the file.
    skipped: Option<String>,
    next: Option<String>,
    others: Vec<OtherView>,
    formats: Vec<FormatView>,
    adjust: AdjustView,
    compare: String,
    csv: String,
    json: String,
    calendar: Option<String>,
}

/// The short form that changes the request.
struct AdjustView {
    action: String,
    hours: String,
    budget: String,
    months: u8,
    steps: String,
    start: String,
    is_cheapest: bool,
    hidden: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "pathway_none.html")]
struct NonePage {
    layout: Layout,
    label: String,
    told: Vec<String>,
    as_is: String,
    why: String,
    pinned: Vec<(String, String)>,
    composer: String,
}

/// `/parcours/{id}`, `.json`, `.csv`, `.ics`
pub(crate) fn page(visit: &Visit) -> Result<Answer, Failure> {
    let last = visit.path.rsplit('/').next().unwrap_or_default();
    let (id, end) = last.split_once('.').map_or((last, ""), |(id, end)| (id, end));
    let persona = persona(visit, id)?;
    let wanted = Wanted::read(visit, persona, &[])?;
    // A form sends what is empty, and hours that are those of the persona: the page has a shorter address.
    let is_from_form = visit.pairs.iter().any(|(name, value)| {
        value.trim().is_empty()
            || name.contains("-") && (name.starts_with("acquis-") || name.starts_with("besoin-"))
    });
    if end.is_empty() && is_from_form {
        return Ok(Answer::moved(wanted.href("", &[])));
    }
    let answered = match wait(visit, &wanted.order())? {
        Waited::Ready(answered) => answered,
        Waited::Pending(page) => return Ok(page),
    };
    let outcome = outcome(&answered)?;
    match end {
        "" => Ok(match outcome {
            Outcome::Found(own) => Answer::html(&view(visit, &wanted, own)),
            Outcome::Impossible(why) => none(visit, &wanted, why.in_french(visit.snapshot.referential())),
            Outcome::Stopped => none(visit, &wanted, STOPPED.to_owned()),
        }),
        "json" => Ok(Answer::json(&super::data::pathway(&visit.snapshot, id, &wanted.request, outcome))),
        other => files::file(visit, &wanted, outcome, other),
    }
}

fn layout(visit: &Visit, wanted: &Wanted) -> Layout {
    let title = match wanted.persona.id == ANYBODY {
        true => "Parcours sur mesure".to_owned(),
        false => format!("Parcours\u{202f}: {}", wanted.persona.label),
    };
    let layout = Layout::new(visit, Section::Pathways, title).under("Parcours", PATHWAYS).linked(
        "alternate",
        wanted.href(".json", &[]),
        Some("application/json"),
    );
    if wanted.pairs.is_empty() { layout } else { layout.not_indexed() }
}

/// The heading: « Parcours : … ».
fn label(wanted: &Wanted) -> String {
    match wanted.persona.id == ANYBODY {
        true => "Parcours sur mesure".to_owned(),
        false => format!("Parcours\u{202f}: {}", wanted.persona.label),
    }
}

/// The address of the persona's pathway as she is.
fn as_is(wanted: &Wanted) -> String {
    match wanted.persona.id == ANYBODY {
        true => super::COMPOSER.to_owned(),
        false => format!("{PATHWAYS}/{}", wanted.persona.id),
    }
}

fn none(visit: &Visit, wanted: &Wanted, why: String) -> Answer {
    let pinned = wanted.request.pinned.iter().map(|id| {
        let title = visit.snapshot.get(id.as_str()).map_or_else(|| id.to_string(), |training| training.title);
        (title, wanted.href_without("impose", id.as_str()))
    });
    Answer::html(&NonePage {
        layout: layout(visit, wanted),
        label: label(wanted),
        told: wanted.told(visit),
        as_is: as_is(wanted),
        why: typeset(&why),
        pinned: pinned.collect(),
        composer: wanted.composer(),
    })
}

fn view(visit: &Visit, wanted: &Wanted, own: &Pathway) -> PathwayPage {
    let referential = visit.snapshot.referential();
    let (points, skipped) = points(own, wanted, referential);
    let start = wanted.request.start;
    PathwayPage {
        layout: layout(visit, wanted),
        style: crate::assets::pathways_style_address(),
        label: label(wanted),
        profile: (wanted.persona.id != ANYBODY).then(|| format!("/personas/{}", wanted.persona.id)),
        finding: typeset(&own.finding()),
        proof: own.proof_in_french().map(|proof| typeset(&proof)),
        told: wanted.told(visit),
        as_is: as_is(wanted),
        facts: facts(own),
        composer: wanted.composer(),
        steps: steps(own, wanted, &visit.snapshot),
        months: months(own, wanted),
        calendar_note: calendar_note(own, wanted),
        coverage: coverage(own, referential),
        left: left(own, referential),
        left_counted: french::counted(own.unmet.len() as u64, "niveau", "niveaux"),
        stairs: stairs(own),
        next: next(own, referential),
        points,
        skipped,
        others: others(own, wanted),
        formats: formats(own, referential),
        adjust: adjust(wanted),
        compare: crate::address::with_pairs(super::compare::COMPARE, [("a", wanted.href("", &[]).as_str())]),
        csv: wanted.href(".csv", &[]),
        json: wanted.href(".json", &[]),
        calendar: start.map(|_| wanted.href(".ics", &[])),
    }
}

/// The months that have steps, each with them.
fn months(own: &Pathway, wanted: &Wanted) -> Vec<(String, Vec<(usize, String)>)> {
    let name = |month: u8| match wanted.request.start {
        Some(start) => french::capitalised(&start.plus(u16::from(month) - 1).in_french()),
        None => format!("Mois {month}"),
    };
    let in_month = |month: u8| {
        let steps = own.steps.iter().enumerate();
        let here = steps
            .filter(|(_, step)| step.months.is_some_and(|(first, last)| (first..=last).contains(&month)));
        here.map(|(number, step)| (number + 1, step.training.title.clone())).collect::<Vec<_>>()
    };
    let all = (1..=wanted.request.months).map(|month| (name(month), in_month(month)));
    all.filter(|(_, steps)| !steps.is_empty()).collect()
}

fn calendar_note(own: &Pathway, wanted: &Wanted) -> String {
    let months = wanted.request.months;
    match own.calendar {
        Calendar::Even => format!(
            "Une indication\u{202f}: les étapes sont réparties sur {months} mois, une formation d’au plus 35 heures dans un seul. Les dates des sessions ne sont pas dans le catalogue\u{202f}: une fenêtre de mois peut être donnée à chaque formation."
        ),
        Calendar::Placed => {
            let limit = wanted.request.month_hours.map_or_else(String::new, |hours| {
                format!("{} par mois au plus. ", french::hours(hours.get()))
            });
            let whole = match wanted.request.month_hours {
                Some(_) => {
                    "Une formation qui tient dans un mois n’est pas coupée\u{202f}; une plus longue s’étend sur plusieurs."
                }
                None => {
                    "Sans limite d’heures par mois, chaque formation est placée dans un seul mois, quelle que soit sa durée."
                }
            };
            format!(
                "{limit}{whole} Les explications de cette page portent sur tout le parcours, non sur chaque mois."
            )
        }
        Calendar::Unknown => String::new(),
    }
}

fn facts(own: &Pathway) -> Vec<(&'static str, String)> {
    let Limits { minutes, cents, steps, .. } = own.limits;
    let mut facts = Vec::new();
    let most = minutes.map_or_else(String::new, |most| format!(", sur {}", minutes_in_french(most.into())));
    if !own.steps.is_empty() || own.levels().1 > 0 {
        facts.push(("Temps", format!("{}{most}", typeset(&own.bill.time_in_french()))));
    }
    let budget = cents.map_or_else(String::new, |most| {
        format!(", sur {}", catalogue::pathways::cents_in_french(most.into()))
    });
    if !own.steps.is_empty() {
        facts.push(("Coût", format!("{}{budget}", typeset(&own.bill.cost_in_french()))));
    }
    if let Some(most) = steps {
        facts.push(("Formations", format!("{}, sur {most}", own.steps.len())));
    }
    let considered = &own.considered;
    if considered.teaching == 0 {
        return facts;
    }
    let kept_out = match considered.kept_out.is_empty() {
        true => String::new(),
        false => {
            format!(" ; écartées, parfois pour plusieurs raisons : {}", obstacle_counts(&considered.kept_out))
        }
    };
    let chosen = format!(
        "{} sur les {} qui mènent à un niveau voulu{kept_out}",
        french::counted(considered.open as u64, "formation", "formations"),
        french::integer(considered.teaching as u64)
    );
    facts.push(("Choisi parmi", typeset(&chosen)));
    facts
}

fn adjust(wanted: &Wanted) -> AdjustView {
    let (request, persona) = (&wanted.request, &wanted.persona);
    let hours = request.case.hours.or(persona.hours_year_high);
    let budget = request.case.budget_eur.or(persona.budget_eur);
    let shown = ["heures", "budget", "mois", "etapes", "but", "debut"];
    AdjustView {
        action: format!("{PATHWAYS}/{}", persona.id),
        hours: hours.map_or_else(String::new, |hours| french::decimal(hours.get()).replace('\u{202f}', "")),
        budget: budget.map_or_else(String::new, |euros| french::decimal(euros.get()).replace('\u{202f}', "")),
        months: request.months,
        steps: request.steps.map_or_else(String::new, |steps| steps.to_string()),
        start: request.start.map_or_else(String::new, |month| month.to_string()),
        is_cheapest: request.preference == Preference::Cheapest,
        hidden: wanted.pairs.iter().filter(|(name, _)| !shown.contains(name)).cloned().collect(),
    }
}
