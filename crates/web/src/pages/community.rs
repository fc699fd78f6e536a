//! `/communaute` and its feeds: relays by ministry, cohorts, events. Absent: the plan of meetings of a scenario (see
//! `animation`), where the community is kept (see the crate `store`), who changes it (see `parcours community`); a name
//! is shown to nobody here but who agreed.

mod animation;
mod asked;

use askama::Template;
use catalogue::community::{Cohort, Community, Day, Event, Relay};
use catalogue::french;
use catalogue::pathways::minutes_in_french;
use exchange::community::{Dated, FeedAbout};
use store::HeldCommunity;

use asked::Asked;

use crate::address;
use crate::answer::Answer;
use crate::errors::{Code, Failure};
use crate::layout::{Layout, Section};
use crate::pages::choices::Select;
use crate::pages::scenarios;
use crate::visit::Visit;
use crate::wording::typeset;

pub(crate) use animation::{animation, parameters as plan_parameters};
pub(crate) use asked::parameters;

/// Path of the page.
pub(crate) const COMMUNITY: &str = "/communaute";
/// Path of the plans.
pub(crate) const ANIMATION: &str = "/communaute/animation";
/// What makes identifiers of feeds ours, where the site's own name is not known.
const AUTHORITY: &str = "parcours.invalid";

#[derive(Template)]
#[template(path = "community.html")]
struct CommunityPage {
    layout: Layout,
    style: String,
    finding: String,
    selects: Vec<Select>,
    /// Who can teach what is looked for, when something is.
    told: Option<String>,
    ministries: Vec<(String, Vec<RelayView>)>,
    cohorts: Vec<CohortView>,
    upcoming: Vec<EventView>,
    past: usize,
    plans: Vec<(String, String)>,
}

/// A relay.
struct RelayView {
    function: String,
    direction: String,
    /// Who holds it, if she agreed to be named.
    name: Option<String>,
    teaches: String,
    when: String,
    note: String,
    source: Option<String>,
}

/// A cohort.
struct CohortView {
    label: String,
    facts: String,
    persona: String,
    persona_href: Option<String>,
    /// Its events to come: title and moment.
    upcoming: Vec<(String, String)>,
}

/// An event.
struct EventView {
    title: String,
    kind: &'static str,
    when: String,
    place: String,
    for_whom: String,
    summary: String,
    address: Option<String>,
}

fn held(visit: &Visit) -> Result<std::sync::Arc<HeldCommunity>, Failure> {
    visit.app.community().ok_or_else(|| {
        Failure::new(Code::PageNotFound, "Cette installation ne tient pas de communauté.")
            .leading("Accueil", "/".to_owned())
    })
}

/// `/communaute`
pub(crate) fn page(visit: &Visit) -> Result<Answer, Failure> {
    let asked = Asked::read(visit)?;
    // A form sends all its fields, empty ones too: addresses are to be shared.
    if visit.pairs.iter().any(|(_, value)| value.trim().is_empty()) {
        return Ok(Answer::moved(asked.href(visit.snapshot.referential())));
    }
    let held = held(visit)?;
    let own = &held.community;
    let today = visit.app.today();
    let upcoming = today.map_or(own.events(), |day| own.upcoming(day));
    let shown: Vec<&Relay> = match asked.whole() {
        Some((competence, level, month)) => own.who_can_teach(competence, level, month).collect(),
        None => own.relays().iter().collect(),
    };
    let told = asked.told(visit, shown.len());
    let ministries = shown.chunk_by(|one, next| one.ministry == next.ministry).map(|relays| {
        (relays[0].ministry.clone(), relays.iter().map(|relay| relay_view(visit, relay)).collect())
    });
    let layout = Layout::new(visit, Section::Community, "Communauté");
    let counted = |count: usize, one: &str, many: &str| french::counted(count as u64, one, many);
    let named = own.relays().iter().filter(|relay| relay.person.is_some()).count();
    Ok(Answer::html(&CommunityPage {
        layout: if told.is_some() { layout.not_indexed() } else { layout },
        style: crate::assets::pathways_style_address(),
        finding: typeset(&format!(
            "{} dans {}, dont {} ; {} et {} à venir.",
            counted(own.relays().len(), "relais", "relais"),
            counted(own.by_ministry().len(), "ministère ou groupe", "ministères ou groupes"),
            counted(named, "nommé avec son accord", "nommés avec leur accord"),
            counted(own.cohorts().len(), "cohorte", "cohortes"),
            counted(upcoming.len(), "rendez-vous", "rendez-vous"),
        )),
        selects: asked.form(visit),
        told,
        ministries: ministries.collect(),
        cohorts: own.cohorts().iter().map(|cohort| cohort_view(visit, own, cohort)).collect(),
        past: own.events().len() - upcoming.len(),
        upcoming: upcoming.iter().map(|event| event_view(&held, event)).collect(),
        plans: scenarios::builtin()
            .iter()
            .map(|scenario| {
                (scenario.label.clone(), address::with_pairs(ANIMATION, [("scenario", scenario.id.as_str())]))
            })
            .collect(),
    }))
}

fn relay_view(visit: &Visit, relay: &Relay) -> RelayView {
    let referential = visit.snapshot.referential();
    let teaches: Vec<String> = relay
        .teaches
        .iter()
        .map(|(competence, level)| {
            format!("{} (niveau {})", referential.term(*competence).label, level.number())
        })
        .collect();
    let mut when = Vec::new();
    when.extend(relay.hours_per_month.map(|hours| format!("{} par mois", french::hours(hours.get()))));
    when.extend(relay.from.map(|month| format!("à partir de {}", month.in_french())));
    when.extend(relay.to.map(|month| format!("jusqu’à {}", month.in_french())));
    RelayView {
        function: relay.function.clone(),
        direction: relay.direction.clone().unwrap_or_default(),
        name: relay.person.as_ref().map(|person| person.name.clone()),
        teaches: match teaches.is_empty() {
            true => "non précisé".to_owned(),
            false => typeset(&french::list(&teaches, "et")),
        },
        when: match when.is_empty() {
            true => "non précisé".to_owned(),
            false => when.join(", "),
        },
        note: typeset(relay.note.as_deref().unwrap_or_default()),
        source: relay.source.as_ref().map(|page| page.as_str().to_owned()),
    }
}

fn cohort_view(visit: &Visit, own: &Community, cohort: &Cohort) -> CohortView {
    let today = visit.app.today();
    let upcoming =
        own.events_of(&cohort.id).filter(|event| today.is_none_or(|today| event.starts.day() >= today));
    let personas = visit.app.personas();
    let persona = personas.iter().find(|own| own.id == cohort.persona);
    let mut facts = vec![format!("à partir de {}", cohort.starts.in_french())];
    facts.extend(cohort.ministry.clone());
    facts.push(cohort.people.map_or_else(
        || "effectif non précisé".to_owned(),
        |people| french::counted(people.into(), "personne", "personnes"),
    ));
    CohortView {
        label: cohort.label.clone(),
        facts: facts.join(", "),
        persona: persona.map_or_else(|| cohort.persona.clone(), |own| own.label.clone()),
        persona_href: persona.map(|own| format!("/parcours/{}", own.id)),
        upcoming: upcoming.map(|event| (event.title.clone(), event.starts.in_french())).collect(),
    }
}

fn event_view(held: &HeldCommunity, event: &Event) -> EventView {
    let cohort = event.cohort.as_deref().and_then(|id| held.community.cohort(id));
    EventView {
        title: event.title.clone(),
        kind: event.kind.label(),
        when: format!("{}, {}", event.starts.in_french(), minutes_in_french(event.minutes.into())),
        place: event.place.clone().unwrap_or_else(|| "lieu non précisé".to_owned()),
        for_whom: cohort.map_or_else(|| "tous".to_owned(), |own| own.label.clone()),
        summary: typeset(event.summary.as_deref().unwrap_or_default()),
        address: event.address.as_ref().map(|page| page.as_str().to_owned()),
    }
}

/// What feeds and calendars are made from.
fn fed<T>(held: &HeldCommunity, itself: &str, write: impl FnOnce(&[Dated<'_>], &FeedAbout<'_>) -> T) -> T {
    // Nobody wrote anything: a feed needs a date all the same, that of the first sources.
    let changed = held.changed_at.as_deref().unwrap_or("2026-01-01T00:00:00Z");
    let dated: Vec<Dated<'_>> = held
        .community
        .events()
        .iter()
        .map(|event| Dated {
            event,
            changed_at: held.events_changed_at.get(&event.id).map_or(changed, String::as_str),
        })
        .collect();
    let about = FeedAbout {
        title: "Rendez-vous de la communauté",
        authority: AUTHORITY,
        page: COMMUNITY,
        itself,
        changed_at: changed,
    };
    write(&dated, &about)
}

/// `/communaute.ics`
pub(crate) fn calendar(visit: &Visit) -> Result<Answer, Failure> {
    visit.accept(&[])?;
    let held = held(visit)?;
    let bytes = fed(&held, "/communaute.ics", |dated, about| {
        exchange::community::events_calendar(dated, &held.community, about)
    });
    Ok(Answer::bytes("text/calendar; charset=utf-8", bytes).for_file("communaute.ics".to_owned()))
}

/// `/communaute.atom`
pub(crate) fn feed(visit: &Visit) -> Result<Answer, Failure> {
    visit.accept(&[])?;
    let held = held(visit)?;
    let bytes = fed(&held, "/communaute.atom", |dated, about| {
        exchange::community::events_feed(dated, &held.community, about)
    });
    Ok(Answer::bytes("application/atom+xml; charset=utf-8", bytes))
}

/// The day of a moment written as RFC 3339.
pub(crate) fn day(moment: &str) -> Option<Day> {
    Day::parse(moment.get(..10)?)
}
