//! The plan of meetings of a scenario, as a page and as a calendar: months that name what is proposed, and each sort of
//! meeting once, with what it rests on. Absent: its rules (see `catalogue::community`).

use askama::Template;
use catalogue::community::animation::{AnimationPlan, PlanItem};
use catalogue::french;
use catalogue::pathways::minutes_in_french;
use catalogue::scenarios::ScenarioRequest;

use super::{ANIMATION, AUTHORITY, COMMUNITY};
use crate::answer::Answer;
use crate::assets::fingerprint;
use crate::errors::{Code, Failure};
use crate::layout::{Layout, Section};
use crate::pages::scenarios;
use crate::pages::scenarios::own::{CONTENT, FILE, NAME, Own};
use crate::visit::Visit;
use crate::wording::typeset;

#[derive(Template)]
#[template(path = "animation.html")]
struct AnimationPage {
    layout: Layout,
    style: String,
    label: String,
    months: Vec<MonthView>,
    sorts: Vec<SortView>,
    undated: Vec<(String, String)>,
    choices: Vec<(String, String, bool)>,
    /// The code of a scenario that the address holds, and the name of its parameter.
    content: Option<String>,
    content_name: &'static str,
    /// The scenario's own page, as it is asked.
    scenario: String,
    is_changed: bool,
    calendar: String,
}

/// A month of a plan.
struct MonthView {
    month: String,
    /// Sessions of the scenario, in the median of its runs.
    sessions: Option<String>,
    is_closed: bool,
    /// Place of the sort, from 0, and title.
    items: Vec<(usize, String)>,
}

/// Meetings of one title, for the same people.
struct SortView {
    title: String,
    kind: &'static str,
    times: String,
    for_whom: String,
    minutes: String,
    people: String,
    ground: String,
    page: Option<String>,
}

/// Parameters of the page, each with what it says.
pub(crate) fn parameters() -> Vec<(&'static str, &'static str)> {
    let own = [
        (NAME, "Identifiant d’un scénario livré ; sans lui, le premier"),
        (
            CONTENT,
            "Un scénario de fichier, tel que son ouverture le met dans l’adresse, à la place de l’identifiant",
        ),
    ];
    own.into_iter().chain(ScenarioRequest::parameters()).collect()
}

/// The scenario that an address names, and what it asks of it.
fn asked(visit: &Visit) -> Result<(Own, ScenarioRequest), Failure> {
    let known: Vec<&str> = parameters().into_iter().map(|(name, _)| name).collect();
    visit.accept_also(&known, ScenarioRequest::is_parameter)?;
    visit.once(&[NAME, CONTENT])?;
    let value = |name| visit.values(name).next().filter(|value| !value.is_empty());
    let id = match (value(NAME), value(CONTENT)) {
        (Some(FILE), _) | (None, Some(_)) => FILE,
        (Some(id), _) => id,
        (None, None) => scenarios::builtin().first().map_or("", |own| own.id.as_str()),
    };
    let own = Own::read(visit, id)?;
    let request = own.asked(visit).map_err(|wrong| {
        Failure::new(Code::BadValue, wrong)
            .leading("Le plan du scénario, sans réglage", own.plan_href(ANIMATION, &usual()))
    })?;
    Ok((own, request))
}

fn usual() -> ScenarioRequest {
    ScenarioRequest::default()
}

/// `/communaute/animation`, `.ics`
pub(crate) fn animation(visit: &Visit) -> Result<Answer, Failure> {
    let (own, request) = asked(visit)?;
    let is_calendar = visit.path.ends_with(".ics");
    if own.code.is_none() && visit.values(CONTENT).next().is_some() {
        return Ok(Answer::moved(own.plan_href(&visit.path, &request)));
    }
    let scenario = request.of(&own.scenario);
    let order = scenarios::order(visit, &own.scenario, &request);
    let plan = scenarios::simulated(visit, &order, |simulation| {
        let personas = visit.app.personas();
        Ok(AnimationPlan::of(&scenario, &personas, &simulation.sessions(), visit.snapshot.referential()))
    })?;
    let mut plan = match plan {
        Ok(plan) => plan,
        Err(pending) => return Ok(pending),
    };
    let is_changed = request != usual();
    if is_changed || own.code.is_some() {
        // In a calendar, a plan that is set otherwise stands beside the other one.
        plan.scenario = format!("{}-{}", plan.scenario, fingerprint(&own.plan_href("", &request)));
    }
    if is_calendar {
        let changed = &visit.snapshot.stamp().published_at;
        let bytes = exchange::community::plan_calendar(&plan, AUTHORITY, changed);
        return Ok(Answer::bytes("text/calendar; charset=utf-8", bytes)
            .for_file(format!("animation-{}.ics", scenario.id)));
    }
    let (sorts, months) = sorted(&plan);
    let layout = Layout::new(visit, Section::Community, "Plan d’animation").under("Communauté", COMMUNITY);
    let chosen = |id: &str| own.code.is_none() && id == own.scenario.id;
    let choices = scenarios::builtin().iter();
    Ok(Answer::html(&AnimationPage {
        layout: if is_changed || own.code.is_some() { layout.not_indexed() } else { layout },
        style: crate::assets::pathways_style_address(),
        label: plan.label.clone(),
        months,
        sorts,
        undated: plan.undated.iter().map(|format| (format.label.clone(), typeset(&format.summary))).collect(),
        choices: choices.map(|other| (other.id.clone(), other.label.clone(), chosen(&other.id))).collect(),
        content: own.code.clone(),
        content_name: CONTENT,
        scenario: own.href(&request, ""),
        is_changed,
        calendar: own.plan_href("/communaute/animation.ics", &request),
    }))
}

/// Sorts of meetings in the order in which they come, and the months that name them.
fn sorted(plan: &AnimationPlan) -> (Vec<SortView>, Vec<MonthView>) {
    let mut sorts: Vec<(&PlanItem, u64)> = Vec::new();
    let mut place_of = |item| match sorts.iter_mut().position(|(own, _)| is_of_sort(own, item)) {
        Some(place) => {
            sorts[place].1 += 1;
            place
        }
        None => {
            sorts.push((item, 1));
            sorts.len() - 1
        }
    };
    let months = plan.months.iter().map(|month| {
        let sessions = month.sessions.filter(|count| *count >= 0.5);
        MonthView {
            month: month.month.in_french(),
            sessions: sessions.map(|count| french::counted(count.round() as u64, "session", "sessions")),
            is_closed: month.is_closed,
            items: month.items.iter().map(|item| (place_of(item), typeset(&item.title))).collect(),
        }
    });
    let months = months.collect();
    (sorts.into_iter().map(|(item, times)| sort_view(item, times)).collect(), months)
}

fn is_of_sort(one: &PlanItem, other: &PlanItem) -> bool {
    (&one.title, &one.for_whom, &one.ground) == (&other.title, &other.for_whom, &other.ground)
}

fn sort_view(item: &PlanItem, times: u64) -> SortView {
    let minutes = item.minutes.map(|minutes| {
        let told = minutes_in_french(minutes.into());
        if item.is_duration_assumed { format!("{told} (hypothèse)") } else { told }
    });
    SortView {
        title: typeset(&item.title),
        kind: item.kind.label(),
        times: french::integer(times),
        for_whom: typeset(&item.for_whom),
        minutes: minutes.unwrap_or_else(|| "inconnue".to_owned()),
        people: item.group_max.map_or_else(|| "non précisé".to_owned(), |most| format!("{most} au plus")),
        ground: typeset(&french::capitalised(&item.ground.told)),
        page: item.ground.page.as_ref().map(|page| page.as_str().to_owned()),
    }
}
