//! `/parcours/composer`: the form of a pathway, filled by its own address; a request that makes no sense comes back with what
//! is wrong and all that was typed. Absent: the pathway (see `one`).

use askama::Template;
use catalogue::french;
use catalogue::gaps::Constraint;
use catalogue::pathways::{ANYBODY, PathwayRequest, anybody};
use catalogue::persona::Persona;
use catalogue::{Audience, Code as _, Referential};

use super::{PATHWAYS, Wanted, check_names, request};
use crate::address;
use crate::answer::Answer;
use crate::errors::Failure;
use crate::layout::{Layout, Section};
use crate::pages::needs;
use crate::visit::Visit;
use crate::wording::typeset;

/// Parameters beside those of a request.
const OWN: [&str; 2] = ["persona", "calculer"];
/// Fields left free for trainings, beside those already named.
const FREE_FIELDS: usize = 2;

#[derive(Template)]
#[template(path = "pathway_composer.html")]
struct ComposerPage {
    layout: Layout,
    style: String,
    wrong: Option<String>,
    persona: Option<(String, String)>,
    personas: Vec<(String, String, bool)>,
    fields: Fields,
    audiences: Vec<Choice>,
    pinned: Vec<Named>,
    banned: Vec<Named>,
    windows: Vec<String>,
    lifted: Vec<(&'static str, &'static str, bool)>,
    blocks: Vec<BlockView>,
    hours_of_persona: String,
    budget_of_persona: String,
}

/// Texts of the form, as typed.
struct Fields {
    hours: String,
    budget: String,
    months: String,
    month_hours: String,
    steps: String,
    start: String,
    is_cheapest: bool,
    admits_unknown_prices: bool,
    confirmed_only: bool,
    central: bool,
}

/// A value of a list.
struct Choice {
    value: String,
    label: String,
    is_chosen: bool,
}

/// A training that is imposed or left out.
struct Named {
    id: String,
    title: String,
}

struct BlockView {
    label: String,
    rows: Vec<NeedRow>,
}

struct NeedRow {
    id: String,
    label: String,
    known: Vec<Choice>,
    wanted: Vec<Choice>,
}

/// `/parcours/composer`
pub(crate) fn page(visit: &Visit) -> Result<Answer, Failure> {
    check_names(visit, &OWN)?;
    let persona = match visit.values("persona").next().filter(|id| *id != ANYBODY) {
        Some(id) => needs::persona(visit, id)?,
        None => anybody(),
    };
    let wrong = match request(visit) {
        Err(error) => Some(typeset(&format!("{error}."))),
        Ok(request) => {
            let is_sent = visit.values("calculer").next().is_some();
            let wanted = Wanted::new(visit, persona.clone(), request);
            match (is_sent, wanted.request.of(&persona).needs.is_empty()) {
                (false, _) => None,
                (true, false) => return Ok(Answer::moved(wanted.href("", &[]))),
                (true, true) if persona.needs.is_empty() => {
                    Some("Choisissez au moins une compétence et le niveau voulu.".to_owned())
                }
                (true, true) => return Ok(Answer::moved(wanted.href("", &[]))),
            }
        }
    };
    Ok(Answer::html(&view(visit, &persona, wrong)))
}

fn view(visit: &Visit, persona: &Persona, wrong: Option<String>) -> ComposerPage {
    let layout = Layout::new(visit, Section::Pathways, "Composer un parcours").under("Parcours", PATHWAYS);
    let layout = if visit.pairs.is_empty() { layout } else { layout.not_indexed() };
    let referential = visit.snapshot.referential();
    let personas = visit.app.personas();
    let lifted: Vec<&str> = visit.values("sans").collect();
    ComposerPage {
        layout,
        style: crate::assets::pathways_style_address(),
        wrong,
        persona: (persona.id != ANYBODY).then(|| (persona.id.clone(), persona.label.clone())),
        personas: personas
            .iter()
            .map(|one| {
                let href = address::with_pairs(super::COMPOSER, [("persona", one.id.as_str())]);
                (one.label.clone(), href, one.id == persona.id)
            })
            .collect(),
        fields: fields(visit),
        audiences: audiences(visit, persona, referential),
        pinned: named(visit, "impose"),
        banned: named(visit, "exclus"),
        windows: visit.values("fenetre").map(str::to_owned).chain([String::new()]).collect(),
        lifted: Constraint::all()
            .map(|constraint| (constraint.name(), constraint.label(), lifted.contains(&constraint.name())))
            .collect(),
        blocks: blocks(visit, persona, referential),
        hours_of_persona: persona
            .hours_year_high
            .map_or_else(|| "sans limite".to_owned(), |hours| french::hours(hours.get())),
        budget_of_persona: persona
            .budget_eur
            .map_or_else(|| "sans limite".to_owned(), |euros| french::euros(euros.get())),
    }
}

fn fields(visit: &Visit) -> Fields {
    let text = |name: &str| -> String {
        let mut values = visit.pairs.iter().filter(|(own, _)| own == name).map(|(_, value)| value.trim());
        values.find(|value| !value.is_empty()).unwrap_or_default().chars().take(60).collect()
    };
    let is = |name: &str, value: &str| text(name) == value;
    Fields {
        hours: text("heures"),
        budget: text("budget"),
        months: text("mois"),
        month_hours: text("heures-mois"),
        steps: text("etapes"),
        start: text("debut"),
        is_cheapest: is("but", "prix"),
        admits_unknown_prices: is("prix-inconnus", "admis"),
        confirmed_only: is("faits", "etablis"),
        central: is("durees", "centrales"),
    }
}

fn audiences(visit: &Visit, persona: &Persona, referential: &Referential) -> Vec<Choice> {
    let asked = visit.values("public").next().unwrap_or_default();
    let own = persona.audience.map(|code| referential.term(code).label.clone());
    let usual = match own {
        Some(label) => format!("celui du persona\u{202f}: {label}"),
        None => "tous".to_owned(),
    };
    let first = Choice { value: String::new(), label: usual, is_chosen: asked.is_empty() };
    let others = referential.terms(Audience::VOCABULARY).iter().map(|term| Choice {
        value: term.id.clone(),
        label: term.label.clone(),
        is_chosen: term.id == asked,
    });
    std::iter::once(first).chain(others).collect()
}

/// Trainings of a parameter, then free fields.
fn named(visit: &Visit, name: &str) -> Vec<Named> {
    let given = visit.values(name).map(|value| {
        let id = PathwayRequest::identifier(value);
        let title = visit.snapshot.get(id).map_or_else(String::new, |training| training.title);
        Named { id: value.chars().take(200).collect(), title }
    });
    let free = (0..FREE_FIELDS).map(|_| Named { id: String::new(), title: String::new() });
    given.chain(free).collect()
}

fn blocks(visit: &Visit, persona: &Persona, referential: &Referential) -> Vec<BlockView> {
    let given = |name: &str, id: &str| -> String {
        let own = visit.values(name).find_map(|value| {
            let (code, level) = value.split_once([':', '='])?;
            (code == id).then(|| level.to_owned())
        });
        own.or_else(|| visit.values(&format!("{name}-{id}")).next().map(str::to_owned)).unwrap_or_default()
    };
    let choices = |usual: String, from: u8, chosen: &str| -> Vec<Choice> {
        let first = Choice { value: String::new(), label: usual, is_chosen: chosen.is_empty() };
        let levels = (from..=4).map(|level| Choice {
            value: level.to_string(),
            label: if level == 0 { "pas besoin".to_owned() } else { format!("niveau {level}") },
            is_chosen: chosen == level.to_string(),
        });
        std::iter::once(first).chain(levels).collect()
    };
    let row = |code: &catalogue::Competence| {
        let term = referential.term(*code);
        let need = persona.need(*code);
        let known = need.map_or(0, |need| need.from);
        let usual = match need {
            Some(need) => format!("niveau {} (persona)", need.to.number()),
            None => "pas de besoin".to_owned(),
        };
        let held = if known == 0 { "pas encore".to_owned() } else { format!("niveau {known} (persona)") };
        NeedRow {
            known: choices(held, 1, &given("acquis", &term.id)),
            wanted: choices(usual, u8::from(need.is_none()), &given("besoin", &term.id)),
            id: term.id.clone(),
            label: term.label.clone(),
        }
    };
    let block = |block: &catalogue::Block| BlockView {
        label: block.label.clone(),
        rows: block.competences.iter().map(row).collect(),
    };
    referential.blocks().iter().map(block).collect()
}
