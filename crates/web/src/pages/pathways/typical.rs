//! `/parcours`: the typical pathway of each persona, ready before anyone asks, and what changed since the version before.
//! Absent: one pathway (see `one`).

use askama::Template;
use catalogue::french;
use catalogue::pathways::{Outcome, Pathway, PathwayRequest, minutes_in_french};
use catalogue::persona::Persona;

use super::{COMPOSER, PATHWAYS};
use crate::answer::Answer;
use crate::app::App;
use crate::errors::Failure;
use crate::layout::{Layout, Section};
use crate::planning::{Finding, Order, Standing, Typical};
use crate::visit::Visit;
use crate::wording::typeset;

#[derive(Template)]
#[template(path = "pathways.html")]
struct PathwaysPage {
    layout: Layout,
    style: String,
    cards: Vec<Card>,
    composer: &'static str,
}

/// A persona and her typical pathway.
struct Card {
    label: String,
    href: String,
    composer: String,
    gaps: String,
    /// Nothing while it is being found.
    found: Option<Found>,
    why: Option<String>,
}

struct Found {
    finding: String,
    cost: String,
    gained: usize,
    wanted: usize,
    share: String,
    steps: Vec<(String, String, String)>,
    changed: Option<String>,
}

/// How long the page waits for each pathway.
const WAIT: std::time::Duration = std::time::Duration::from_millis(300);
/// How long the preparation waits for each: nobody does.
const PREPARED: std::time::Duration = std::time::Duration::from_secs(60);

/// Most trainings of a catalogue whose typical pathways are looked for before anyone asks: a start stays short.
const PREPARED_MOST: usize = 20_000;

/// Looks for the typical pathways of all personas, so that they are ready when the page is asked for.
pub(crate) fn prepare(app: &App) {
    let (Some(planning), snapshot) = (app.planning(), app.snapshot()) else { return };
    if snapshot.len() > PREPARED_MOST {
        return;
    }
    for persona in app.personas().iter() {
        let standing = planning.ask_within(&snapshot, &order(persona), PREPARED);
        if let Standing::Ready(answered) = standing
            && let Ok(Finding::Pathway(Outcome::Found(own))) = answered.as_ref()
        {
            planning.before(typical(persona, snapshot.stamp().revision, own));
        }
    }
}

fn order(persona: &Persona) -> Order {
    Order::Pathway(persona.clone(), PathwayRequest::default())
}

fn typical(persona: &Persona, revision: u64, own: &Pathway) -> Typical {
    let trainings = own.steps.iter().map(|step| (step.training.id.to_string(), step.training.title.clone()));
    Typical { persona: persona.id.clone(), revision, trainings: trainings.collect(), levels: own.levels().0 }
}

/// `/parcours`
pub(crate) fn page(visit: &Visit) -> Result<Answer, Failure> {
    visit.accept(&[])?;
    let personas = visit.app.personas();
    let cards = personas.iter().map(|persona| card(visit, persona));
    let layout = Layout::new(visit, Section::Pathways, "Parcours types");
    Ok(Answer::html(&PathwaysPage {
        layout,
        style: crate::assets::pathways_style_address(),
        cards: cards.collect(),
        composer: COMPOSER,
    }))
}

fn card(visit: &Visit, persona: &Persona) -> Card {
    let standing =
        visit.app.planning().map(|planning| planning.ask_within(&visit.snapshot, &order(persona), WAIT));
    let (mut found, mut why) = (None, None);
    match standing {
        Some(Standing::Ready(answered)) => match super::outcome(&answered) {
            Ok(Outcome::Found(own)) => found = Some(view(visit, persona, own)),
            Ok(Outcome::Impossible(impossible)) => {
                why = Some(typeset(&impossible.in_french(visit.snapshot.referential())));
            }
            Ok(Outcome::Stopped) => why = Some(super::STOPPED.to_owned()),
            Err(failure) => why = Some(failure.message),
        },
        Some(Standing::UnderWay) => {}
        Some(Standing::Busy) => {
            why = Some("Trop de recherches à la fois\u{202f}: revenez dans une minute.".to_owned())
        }
        None => why = Some("Cette installation ne calcule pas de parcours.".to_owned()),
    }
    Card {
        label: persona.label.clone(),
        href: format!("{PATHWAYS}/{}", persona.id),
        composer: crate::address::with_pairs(COMPOSER, [("persona", persona.id.as_str())]),
        gaps: super::needs::gaps::address_of(&persona.id),
        found,
        why,
    }
}

fn view(visit: &Visit, persona: &Persona, own: &Pathway) -> Found {
    let (gained, wanted) = own.levels();
    let (weight, whole) = own.weights();
    let steps = own.steps.iter().map(|step| {
        let estimated = if step.basis == catalogue::pathways::Basis::Stated { "" } else { " (estimé)" };
        (
            step.training.title.clone(),
            format!("/formations/{}", step.training.id),
            format!("{}{estimated}", minutes_in_french(step.minutes.into())),
        )
    });
    let now = typical(persona, visit.snapshot.stamp().revision, own);
    let before = visit.app.planning().and_then(|planning| planning.before(now.clone()));
    Found {
        finding: typeset(&own.finding()),
        cost: typeset(&own.bill.cost_in_french()),
        gained,
        wanted,
        share: catalogue::pathways::share_in_french(if whole > 0.0 { weight / whole } else { 0.0 }),
        steps: steps.collect(),
        changed: before.map(|before| changed(&before, &now)),
    }
}

/// What differs from the typical pathway of the version before, in a sentence.
fn changed(before: &Typical, now: &Typical) -> String {
    let titles = |from: &Typical, other: &Typical| -> Vec<String> {
        let gone = from.trainings.iter().filter(|(id, _)| other.trainings.iter().all(|(own, _)| own != id));
        gone.map(|(_, title)| french::quoted(title)).collect()
    };
    let (entered, left) = (titles(now, before), titles(before, now));
    let mut parts = Vec::new();
    if !entered.is_empty() {
        parts.push(format!(
            "{} {}",
            french::list(&entered, "et"),
            if entered.len() > 1 { "entrent" } else { "entre" }
        ));
    }
    if !left.is_empty() {
        parts.push(format!(
            "{} {}",
            french::list(&left, "et"),
            if left.len() > 1 { "sortent" } else { "sort" }
        ));
    }
    let levels = now.levels as i64 - before.levels as i64;
    if levels != 0 {
        let counted = french::counted(levels.unsigned_abs(), "niveau", "niveaux");
        parts.push(format!("{counted} de {}", if levels > 0 { "plus" } else { "moins" }));
    }
    let since = format!("Depuis la version {}", french::integer(before.revision));
    match parts.is_empty() {
        true => format!("{since}\u{202f}: les mêmes formations."),
        false => format!("{since}\u{202f}: {}.", parts.join("\u{202f}; ")),
    }
}
