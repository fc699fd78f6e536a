//! `/parcours/comparer`: two pathways side by side, each told by its address. Absent: one pathway (see `one`).

use askama::Template;
use axum::http::StatusCode;
use catalogue::french;
use catalogue::pathways::{Outcome, Pathway, minutes_in_french, share_in_french};

use super::form::{Field, Wrong, wrong_of};
use super::{ANYBODY, PATHWAYS, Waited, Wanted, outcome, persona, wait};
use crate::address;
use crate::answer::Answer;
use crate::errors::Failure;
use crate::layout::{Layout, Section};
use crate::visit::Visit;
use crate::wording::typeset;

/// Path of the page.
pub(crate) const COMPARE: &str = "/parcours/comparer";
/// Longest address of a pathway.
const ADDRESS_MAX: usize = 4_000;

#[derive(Template)]
#[template(path = "pathway_compare.html")]
struct ComparePage {
    layout: Layout,
    style: String,
    fields: Vec<Field>,
    wrongs: Vec<Wrong>,
    why: Option<String>,
    compared: Option<Compared>,
    typical: Vec<(String, String)>,
}

/// Two pathways.
struct Compared {
    names: [String; 2],
    hrefs: [String; 2],
    /// Name and the two values.
    facts: Vec<(&'static str, String, String)>,
    levels: Vec<(String, String, String, bool)>,
    common: Vec<(String, String)>,
    only: [Vec<(String, String)>; 2],
}

/// `/parcours/comparer`
pub(crate) fn page(visit: &Visit) -> Result<Answer, Failure> {
    visit.accept(&["a", "b"])?;
    visit.once(&["a", "b"])?;
    let given = |name: &str| visit.values(name).next().unwrap_or_default().trim().to_owned();
    let (a, b) = (given("a"), given("b"));
    let (mut wrongs, mut compared, mut why) = (Vec::new(), None, None);
    if !a.is_empty() && !b.is_empty() {
        match (read(visit, &a), read(visit, &b)) {
            (Ok(first), Ok(second)) => {
                let (own, other) = match (wait(visit, &first.order())?, wait(visit, &second.order())?) {
                    (Waited::Ready(own), Waited::Ready(other)) => (own, other),
                    (Waited::Pending(page), _) | (_, Waited::Pending(page)) => return Ok(page),
                };
                match (outcome(&own)?, outcome(&other)?) {
                    (Outcome::Found(own), Outcome::Found(other)) => {
                        compared = Some(compare(visit, [&first, &second], [own, other]));
                    }
                    _ => why = Some("L’une des deux demandes n’a pas de parcours.".to_owned()),
                }
            }
            read => {
                let told = |field: &str, error: String| Wrong {
                    field: Some(field.to_owned()),
                    message: format!("Parcours {}\u{202f}: {error}", field.to_uppercase()),
                };
                wrongs.extend(read.0.err().map(|error| told("a", error)));
                wrongs.extend(read.1.err().map(|error| told("b", error)));
            }
        }
    }
    let status = if wrongs.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let field = |(name, value): (&str, String)| Field {
        id: name.to_owned(),
        name: name.to_owned(),
        label: format!("Parcours {}", name.to_uppercase()),
        hint: String::new(),
        mode: "text",
        value,
        wrong: wrong_of(&wrongs, name),
    };
    let fields = [("a", a), ("b", b)].map(field).into();
    let personas = visit.app.personas();
    let typical = personas.iter().map(|one| (one.label.clone(), format!("{PATHWAYS}/{}", one.id)));
    let layout = Layout::new(visit, Section::Pathways, "Comparer deux parcours").under("Parcours", PATHWAYS);
    let page = ComparePage {
        layout: if visit.pairs.is_empty() { layout } else { layout.not_indexed() },
        style: crate::assets::pathways_style_address(),
        fields,
        wrongs,
        why,
        compared,
        typical: typical.collect(),
    };
    Ok(Answer::html(&page).with_status(status))
}

/// What the address of a pathway asks, whole or without the name of the site.
fn read(visit: &Visit, text: &str) -> Result<Wanted, String> {
    let not_one =
        || format!("{} n’est pas l’adresse d’un parcours.", french::quoted(&crate::visit::shortened(text)));
    if text.len() > ADDRESS_MAX {
        return Err("Cette adresse est trop longue.".to_owned());
    }
    let (_, rest) = text.split_once("/parcours/").ok_or_else(not_one)?;
    let (id, query) = rest.split_once('?').unwrap_or((rest, ""));
    let query = query.split('#').next().unwrap_or_default();
    let pairs = address::pairs(query).map_err(|_| not_one())?;
    let own = Visit {
        app: visit.app.clone(),
        snapshot: visit.snapshot.clone(),
        path: format!("{PATHWAYS}/{id}"),
        pairs,
        fragment: false,
        wants_json: false,
    };
    let told = |failure: Failure| failure.message;
    let persona = persona(&own, id).map_err(told)?;
    Wanted::read(&own, persona, &[]).map_err(told)
}

/// What is asked beside the persona, as the address says it.
fn asked(wanted: &Wanted) -> String {
    let pairs: Vec<String> =
        wanted.pairs.iter().map(|(name, value)| format!("{name}\u{a0}: {value}")).collect();
    match pairs.is_empty() {
        true => "le parcours type".to_owned(),
        false => pairs.join("\u{202f}; "),
    }
}

fn compare(visit: &Visit, wanted: [&Wanted; 2], own: [&Pathway; 2]) -> Compared {
    let referential = visit.snapshot.referential();
    let name = |wanted: &Wanted, letter: &str| match wanted.persona.id == ANYBODY {
        true => format!("{letter}. Sur mesure"),
        false => format!("{letter}. {}", wanted.persona.label),
    };
    let share = |own: &Pathway| {
        let (weight, whole) = own.weights();
        let (gained, all) = own.levels();
        format!("{gained} sur {all} ({})", share_in_french(if whole > 0.0 { weight / whole } else { 0.0 }))
    };
    let fact = |of: fn(&Pathway) -> String| (of(own[0]), of(own[1]));
    let mut facts = vec![
        ("Demande", asked(wanted[0]), asked(wanted[1])),
        ("Niveaux gagnés", share(own[0]), share(own[1])),
    ];
    type Row = (&'static str, fn(&Pathway) -> String);
    let rows: [Row; 4] = [
        ("Temps", |own| typeset(&own.bill.time_in_french())),
        ("Limite de temps", |own| {
            own.limits.minutes.map_or_else(|| "aucune".to_owned(), |most| minutes_in_french(most.into()))
        }),
        ("Coût", |own| typeset(&own.bill.cost_in_french())),
        ("Étapes", |own| own.steps.len().to_string()),
    ];
    facts.extend(rows.map(|(name, of)| {
        let (a, b) = fact(of);
        (name, a, b)
    }));
    let mut competences: Vec<catalogue::Competence> =
        own.iter().flat_map(|own| own.coverage.iter().map(|line| line.competence)).collect();
    competences.sort_unstable();
    competences.dedup();
    let levels = competences.into_iter().map(|code| {
        let of = |own: &Pathway| {
            let line = own.coverage.iter().find(|line| line.competence == code);
            line.map_or_else(
                || "—".to_owned(),
                |line| format!("{} → {} / {}", line.before, line.after.min(line.wanted), line.wanted),
            )
        };
        let (a, b) = (of(own[0]), of(own[1]));
        let differs = a != b;
        (referential.term(code).label.clone(), a, b, differs)
    });
    let list = |own: &Pathway, keep: &dyn Fn(&str) -> bool| -> Vec<(String, String)> {
        let steps = own.steps.iter().filter(|step| keep(step.training.id.as_str()));
        steps.map(|step| (step.training.title.clone(), format!("/formations/{}", step.training.id))).collect()
    };
    let has = |own: &Pathway, id: &str| own.steps.iter().any(|step| step.training.id.as_str() == id);
    Compared {
        names: [name(wanted[0], "A"), name(wanted[1], "B")],
        hrefs: [wanted[0].href("", &[]), wanted[1].href("", &[])],
        facts,
        levels: levels.collect(),
        common: list(own[0], &|id| has(own[1], id)),
        only: [list(own[0], &|id| !has(own[1], id)), list(own[1], &|id| !has(own[0], id))],
    }
}
