//! `/parcours/composer`: the form of a pathway, filled by its own address; a request that makes no sense comes back with all
//! that is wrong and all that was typed. Absent: the pathway (see `one`).

use askama::Template;
use axum::http::StatusCode;
use catalogue::french;
use catalogue::gaps::Constraint;
use catalogue::pathways::{ANYBODY, PathwayRequest, anybody};
use catalogue::persona::Persona;
use catalogue::{Audience, Code as _, Competence, Referential};

use super::form::{self, Field, Wrong, wrong_of};
use super::{PATHWAYS, Wanted, check_names, request};
use crate::address;
use crate::answer::Answer;
use crate::errors::Failure;
use crate::layout::{Layout, Section};
use crate::pages::needs;
use crate::visit::Visit;

/// Parameters beside those of a request.
const OWN: [&str; 2] = ["persona", "calculer"];
/// Identifier of the choice of needs.
const NEEDS: &str = "besoins";
/// Fields left free for trainings, beside those already named.
const FREE_FIELDS: usize = 2;

/// Labels of the fields, by parameter.
const LABELS: [(&str, &str); 12] = [
    ("heures", "Heures par an"),
    ("budget", "Euros par an"),
    ("mois", "Durée du parcours, en mois"),
    ("heures-mois", "Heures par mois, au plus"),
    ("etapes", "Formations, au plus"),
    ("debut", "Premier mois"),
    ("public", "Public visé"),
    ("besoin", "Je veux"),
    ("acquis", "Je maîtrise"),
    ("impose", "Imposée"),
    ("exclus", "Exclue"),
    ("fenetre", "Fenêtre"),
];

#[derive(Template)]
#[template(path = "pathway_composer.html")]
struct ComposerPage {
    layout: Layout,
    style: String,
    wrongs: Vec<Wrong>,
    persona: Option<(String, String)>,
    personas: Vec<(String, String, bool)>,
    limits: Vec<Field>,
    is_cheapest: bool,
    admits_unknown_prices: bool,
    confirmed_only: bool,
    central: bool,
    audiences: Vec<Choice>,
    wrong_audience: Option<String>,
    trainings: Vec<Field>,
    lifted: Vec<(&'static str, &'static str, bool)>,
    blocks: Vec<BlockView>,
}

/// A value of a list.
struct Choice {
    value: String,
    label: String,
    is_chosen: bool,
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
    wrong_known: Option<String>,
    wrong_wanted: Option<String>,
}

/// `/parcours/composer`
pub(crate) fn page(visit: &Visit) -> Result<Answer, Failure> {
    check_names(visit, &OWN)?;
    let persona = match visit.values("persona").next().filter(|id| *id != ANYBODY) {
        Some(id) => needs::persona(visit, id)?,
        None => anybody(),
    };
    let referential = visit.snapshot.referential();
    let has = |field: &str| has_field(field, referential);
    let mut wrongs = form::wrongs(visit, &LABELS, has, |pairs| PathwayRequest::parse(pairs, referential));
    if let Ok(request) = request(visit)
        && visit.values("calculer").next().is_some()
    {
        let is_asked = request.wanted.values().any(|level| *level > 0) || !persona.needs.is_empty();
        if is_asked {
            return Ok(Answer::moved(Wanted::new(visit, persona, request).href("", &[])));
        }
        wrongs.push(Wrong {
            field: Some(NEEDS.to_owned()),
            message: "Choisissez au moins une compétence et le niveau voulu.".to_owned(),
        });
    }
    let status = if wrongs.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    Ok(Answer::html(&view(visit, &persona, wrongs)).with_status(status))
}

/// Whether the form has a field of this identifier.
fn has_field(field: &str, referential: &Referential) -> bool {
    if let Some(id) = field.strip_prefix("besoin-").or_else(|| field.strip_prefix("acquis-")) {
        return referential.code::<Competence>(id).is_some();
    }
    let starts =
        |name: &str| field.strip_prefix(name).is_some_and(|end| end.is_empty() || end.starts_with('-'));
    !matches!(field, "besoin" | "acquis") && LABELS.iter().any(|(name, _)| starts(name))
}

fn view(visit: &Visit, persona: &Persona, wrongs: Vec<Wrong>) -> ComposerPage {
    let layout = Layout::new(visit, Section::Pathways, "Composer un parcours").under("Parcours", PATHWAYS);
    let layout = if visit.pairs.is_empty() { layout } else { layout.not_indexed() };
    let referential = visit.snapshot.referential();
    let personas = visit.app.personas();
    let lifted: Vec<&str> = visit.values("sans").collect();
    let is = |name: &str, value: &str| text(visit, name) == value;
    ComposerPage {
        layout,
        style: crate::assets::pathways_style_address(),
        persona: (persona.id != ANYBODY).then(|| (persona.id.clone(), persona.label.clone())),
        personas: personas
            .iter()
            .map(|one| {
                let href = address::with_pairs(super::COMPOSER, [("persona", one.id.as_str())]);
                (one.label.clone(), href, one.id == persona.id)
            })
            .collect(),
        limits: limits(visit, persona, &wrongs),
        is_cheapest: is("but", "prix"),
        admits_unknown_prices: is("prix-inconnus", "admis"),
        confirmed_only: is("faits", "etablis"),
        central: is("durees", "centrales"),
        audiences: audiences(visit, persona, referential),
        wrong_audience: wrong_of(&wrongs, "public"),
        trainings: trainings(visit, &wrongs),
        lifted: Constraint::all()
            .map(|constraint| (constraint.name(), constraint.label(), lifted.contains(&constraint.name())))
            .collect(),
        blocks: blocks(visit, persona, referential, &wrongs),
        wrongs,
    }
}

/// The first value of a parameter that is not empty, as typed.
fn text(visit: &Visit, name: &str) -> String {
    let mut values = visit.pairs.iter().filter(|(own, _)| own == name).map(|(_, value)| value.trim());
    values.find(|value| !value.is_empty()).unwrap_or_default().chars().take(60).collect()
}

fn limits(visit: &Visit, persona: &Persona, wrongs: &[Wrong]) -> Vec<Field> {
    let unlimited = || "sans limite".to_owned();
    let hours = persona.hours_year_high.map_or_else(unlimited, |hours| french::hours(hours.get()));
    let budget = persona.budget_eur.map_or_else(unlimited, |euros| french::euros(euros.get()));
    let fields = [
        ("heures", "decimal", format!("vide\u{202f}: {hours}")),
        ("budget", "decimal", format!("vide\u{202f}: {budget}")),
        ("mois", "numeric", "vide\u{202f}: 12".to_owned()),
        ("heures-mois", "decimal", String::new()),
        ("etapes", "numeric", String::new()),
        ("debut", "text", "comme 2027-01".to_owned()),
    ];
    let field = |(name, mode, hint): (&str, &'static str, String)| Field {
        id: name.to_owned(),
        name: name.to_owned(),
        label: label(name).to_owned(),
        hint,
        mode,
        value: text(visit, name),
        wrong: wrong_of(wrongs, name),
    };
    fields.map(field).into()
}

fn label(name: &str) -> &'static str {
    LABELS.iter().find(|(known, _)| *known == name).map_or("", |(_, label)| label)
}

/// Fields of what is imposed, left out, kept to some months: those given, then free ones.
fn trainings(visit: &Visit, wrongs: &[Wrong]) -> Vec<Field> {
    let mut fields = Vec::new();
    for (name, free) in [("impose", FREE_FIELDS), ("exclus", FREE_FIELDS), ("fenetre", 1)] {
        let given: Vec<&str> = visit.values(name).chain(std::iter::repeat_n("", free)).collect();
        for (place, value) in given.into_iter().enumerate() {
            let id = format!("{name}-{}", place + 1);
            let title = visit.snapshot.get(PathwayRequest::identifier(value)).map(|training| training.title);
            fields.push(Field {
                label: format!("{} {}", label(name), place + 1),
                hint: match name {
                    "fenetre" => "mois du parcours, comme identifiant:3-6".to_owned(),
                    _ => title.unwrap_or_default(),
                },
                name: name.to_owned(),
                mode: "text",
                value: value.chars().take(200).collect(),
                wrong: wrong_of(wrongs, &id),
                id,
            });
        }
    }
    fields
}

fn audiences(visit: &Visit, persona: &Persona, referential: &Referential) -> Vec<Choice> {
    let asked = visit.values("public").next().unwrap_or_default();
    let own = persona.audience.map(|code| referential.term(code).label.clone());
    let usual = match own {
        Some(label) => format!("persona\u{202f}: {label}"),
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

fn blocks(visit: &Visit, persona: &Persona, referential: &Referential, wrongs: &[Wrong]) -> Vec<BlockView> {
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
    let row = |code: &Competence| {
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
            wrong_known: wrong_of(wrongs, &format!("acquis-{}", term.id)),
            wrong_wanted: wrong_of(wrongs, &format!("besoin-{}", term.id)),
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
