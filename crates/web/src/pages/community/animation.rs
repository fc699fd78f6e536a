//! The plan of meetings of a scenario, as a page and as a calendar: months that name what is proposed, and each sort of
//! meeting once, with what it rests on. Absent: its rules (see `catalogue::community`).

use askama::Template;
use catalogue::community::animation::{AnimationPlan, PlanItem};
use catalogue::french;
use catalogue::pathways::minutes_in_french;
use catalogue::scenarios::ScenarioRequest;

use super::{AUTHORITY, COMMUNITY, plan_href};
use crate::answer::Answer;
use crate::errors::{Code, Failure};
use crate::layout::{Layout, Section};
use crate::pages::scenarios;
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

/// `/communaute/animation`, `.ics`
pub(crate) fn animation(visit: &Visit) -> Result<Answer, Failure> {
    visit.accept(&["scenario"])?;
    visit.once(&["scenario"])?;
    let all = scenarios::builtin();
    let id = visit.values("scenario").next().unwrap_or_default();
    let scenario = match id {
        "" => all.first(),
        id => all.iter().find(|own| own.id == id),
    };
    let Some(scenario) = scenario else {
        return Err(Failure::new(Code::PageNotFound, "Aucun scénario n’a cet identifiant.")
            .leading("La communauté", COMMUNITY.to_owned()));
    };
    let order = scenarios::order(visit, scenario, &ScenarioRequest::default());
    let plan = scenarios::simulated(visit, &order, |own| {
        Ok(AnimationPlan::of(scenario, &visit.app.personas(), &own.sessions(), visit.snapshot.referential()))
    })?;
    let plan = match plan {
        Ok(plan) => plan,
        Err(pending) => return Ok(pending),
    };
    if visit.path.ends_with(".ics") {
        let changed = &visit.snapshot.stamp().published_at;
        let bytes = exchange::community::plan_calendar(&plan, AUTHORITY, changed);
        return Ok(Answer::bytes("text/calendar; charset=utf-8", bytes)
            .for_file(format!("animation-{}.ics", scenario.id)));
    }
    let (sorts, months) = sorted(&plan);
    Ok(Answer::html(&AnimationPage {
        layout: Layout::new(visit, Section::Community, "Plan d’animation").under("Communauté", COMMUNITY),
        style: crate::assets::pathways_style_address(),
        label: plan.label.clone(),
        months,
        sorts,
        undated: plan.undated.iter().map(|format| (format.label.clone(), typeset(&format.summary))).collect(),
        choices: all.iter().map(|own| (own.id.clone(), own.label.clone(), own.id == scenario.id)).collect(),
        calendar: plan_href("/communaute/animation.ics", &scenario.id),
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
