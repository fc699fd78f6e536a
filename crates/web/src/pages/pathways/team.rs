//! `/parcours/equipe` and its twin: a programme for a team, with its form. Absent: how it is found (see
//! `catalogue::pathways::Planner`).

use askama::Template;
use axum::http::StatusCode;
use catalogue::french;
use catalogue::pathways::{
    Basis, Programme, Proof, Run, TeamOutcome, TeamRequest, cents_in_french, minutes_in_french,
};
use catalogue::persona::Persona;
use serde::Serialize;

use super::form::{self, Field, Wrong, wrong_of};
use super::{PARAMETERS_MAX, PATHWAYS, STOPPED, Waited, wait};
use crate::address;
use crate::answer::Answer;
use crate::errors::{Code, Failure};
use crate::layout::{Layout, Section};
use crate::planning::{Finding, Order};
use crate::visit::Visit;
use crate::wording::typeset;

/// Path of the page.
const TEAM: &str = "/parcours/equipe";

/// Labels of the fields, by parameter.
const LABELS: [(&str, &str); 6] = [
    ("groupe", "Qui"),
    ("enveloppe", "Enveloppe de l’équipe, en euros"),
    ("places", "Places d’une session"),
    ("session", "Prix d’une session achetée pour l’équipe, en euros"),
    ("heures", "Heures par an et par personne"),
    ("mois", "Durée du programme, en mois"),
];

#[derive(Template)]
#[template(path = "pathway_team.html")]
struct TeamPage {
    layout: Layout,
    style: String,
    wrongs: Vec<Wrong>,
    found: Option<FoundView>,
    why: Option<String>,
    groups: Vec<Field>,
    fields: Vec<Field>,
    confirmed_only: bool,
    admits_unknown_prices: bool,
    json: String,
}

struct FoundView {
    finding: String,
    asked: String,
    proof: String,
    cost: String,
    groups: Vec<GroupView>,
    runs: Vec<RunView>,
}

struct GroupView {
    label: String,
    href: String,
    people: String,
    time: String,
    levels: String,
    runs: Vec<(usize, String)>,
}

struct RunView {
    number: usize,
    title: String,
    href: String,
    provider: String,
    time: String,
    kind: &'static str,
    who: String,
    sessions: String,
    free: String,
    cost: String,
    month: String,
}

#[derive(Serialize)]
struct Twin {
    revision: u64,
    request: Vec<(&'static str, String)>,
    status: &'static str,
    sentence: String,
    /// Weighted share of what is wanted, as many times as people want it, and what no programme covers more of.
    share: Option<f64>,
    share_bound: Option<f64>,
    known_euros: Option<f64>,
    unknown_costs: Option<usize>,
    groups: Vec<GroupTwin>,
    runs: Vec<RunTwin>,
}

#[derive(Serialize)]
struct GroupTwin {
    persona: String,
    people: u32,
    hours_each: f64,
    levels_gained_each: usize,
    levels_wanted_each: usize,
}

#[derive(Serialize)]
struct RunTwin {
    id: String,
    title: String,
    provider: String,
    hours: f64,
    duration: &'static str,
    /// Numbers of the groups that come, from 1.
    groups: Vec<usize>,
    people: u32,
    sessions: u32,
    free_seats: u32,
    euros: Option<f64>,
    bought_by_session: bool,
    month: u8,
}

/// `/parcours/equipe`, `.json`
pub(crate) fn page(visit: &Visit) -> Result<Answer, Failure> {
    if visit.pairs.len() > PARAMETERS_MAX {
        let message = format!("L’adresse a {} paramètres, {PARAMETERS_MAX} au plus.", visit.pairs.len());
        return Err(Failure::new(Code::TooManyParameters, message));
    }
    let known: Vec<&str> = parameters().into_iter().map(|(name, _)| name).collect();
    visit.accept_also(&known, TeamRequest::is_parameter)?;
    let is_json = visit.path.ends_with(".json");
    let read = read(visit);
    let (request, personas) = match read {
        Ok(read) => read,
        Err(wrongs) if is_json => {
            let messages: Vec<String> = wrongs.into_iter().map(|wrong| wrong.message).collect();
            return Err(Failure::new(Code::BadValue, messages.join(" ")));
        }
        Err(wrongs) => {
            let page = view(visit, wrongs, None, None);
            return Ok(Answer::html(&page).with_status(StatusCode::BAD_REQUEST));
        }
    };
    let referential = visit.snapshot.referential();
    let pairs = request.pairs(referential);
    let is_from_form = |(name, value): &(String, String)| {
        value.trim().is_empty() || name.starts_with("groupe-") || (name == "groupe" && value.ends_with(":0"))
    };
    if !is_json && visit.pairs.iter().any(is_from_form) {
        let own = pairs.iter().map(|(name, value)| (*name, value.as_str()));
        return Ok(Answer::moved(address::with_pairs(TEAM, own)));
    }
    if request.groups.is_empty() {
        let message = "Donnez au moins un groupe, par exemple «\u{202f}groupe=adjoint-projet:12\u{202f}».";
        return match is_json {
            true => Err(Failure::new(Code::BadValue, message).leading("Le formulaire", TEAM.to_owned())),
            false => Ok(Answer::html(&view(visit, Vec::new(), None, None))),
        };
    }
    let answered = match wait(visit, &Order::Programme(personas.clone(), request.clone()))? {
        Waited::Ready(answered) => answered,
        Waited::Pending(page) => return Ok(page),
    };
    let outcome = match answered.as_ref() {
        Ok(Finding::Programme(outcome)) => outcome,
        Ok(_) => {
            return Err(Failure::new(Code::Internal, "La réponse n’est pas un programme."));
        }
        Err(error) => return Err(super::refused(error)),
    };
    if is_json {
        return Ok(Answer::json(&twin(visit, pairs, outcome)));
    }
    Ok(Answer::html(&match outcome {
        TeamOutcome::Found(own) => view(visit, Vec::new(), Some(found(&request, own)), None),
        TeamOutcome::Stopped => {
            view(visit, Vec::new(), None, Some(STOPPED.replace("un parcours", "un programme")))
        }
    }))
}

/// What is asked, and the persona of each group; or all that is wrong.
fn read(visit: &Visit) -> Result<(TeamRequest, Vec<Persona>), Vec<Wrong>> {
    let (all, referential) = (visit.app.personas(), visit.snapshot.referential());
    let has = |field: &str| {
        LABELS.iter().any(|(name, _)| *name == field && *name != "groupe")
            || field.strip_prefix("groupe-").is_some_and(|id| all.iter().any(|persona| persona.id == id))
    };
    let mut wrongs = form::wrongs(visit, &LABELS, has, |pairs| TeamRequest::parse(pairs, referential));
    let pairs = visit.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let Ok(request) = TeamRequest::parse(pairs, referential) else { return Err(wrongs) };
    let known: Vec<String> = all.iter().map(|persona| persona.id.clone()).collect();
    let mut personas = Vec::new();
    for (id, _) in &request.groups {
        match all.iter().find(|persona| persona.id == *id) {
            Some(persona) => personas.push(persona.clone()),
            None => wrongs.push(Wrong::of_all(&format!(
                "Aucun persona n’a l’identifiant {}\u{202f}; choisissez {}.",
                french::quoted(&crate::visit::shortened(id)),
                french::list(&known, "ou")
            ))),
        }
    }
    if wrongs.is_empty() { Ok((request, personas)) } else { Err(wrongs) }
}

/// Parameters of a programme, each with what it says.
pub(crate) fn parameters() -> Vec<(&'static str, &'static str)> {
    let shared = TeamRequest::shared_parameters();
    let others = super::parameters().into_iter().filter(|(name, _)| shared.contains(name));
    TeamRequest::parameters().into_iter().chain(others).collect()
}

fn view(visit: &Visit, wrongs: Vec<Wrong>, found: Option<FoundView>, why: Option<String>) -> TeamPage {
    let layout =
        Layout::new(visit, Section::Pathways, "Programme pour une équipe").under("Parcours", PATHWAYS);
    let text =
        |name: &str| visit.values(name).next().unwrap_or_default().chars().take(60).collect::<String>();
    let field = |name: &str, hint: &str| Field {
        id: name.to_owned(),
        name: name.to_owned(),
        label: LABELS.iter().find(|(known, _)| *known == name).map_or("", |(_, label)| label).to_owned(),
        hint: hint.to_owned(),
        mode: "decimal",
        value: text(name),
        wrong: wrong_of(&wrongs, name),
    };
    let personas = visit.app.personas();
    let people = |id: &str| {
        let listed = visit.values("groupe").find_map(|value| {
            let (own, people) = value.rsplit_once([':', '='])?;
            (own == id).then(|| people.to_owned())
        });
        listed.unwrap_or_else(|| text(&format!("groupe-{id}")))
    };
    let own = visit.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    TeamPage {
        layout: if visit.pairs.is_empty() { layout } else { layout.not_indexed() },
        style: crate::assets::pathways_style_address(),
        found,
        why,
        groups: personas
            .iter()
            .map(|persona| {
                let id = format!("groupe-{}", persona.id);
                Field {
                    name: id.clone(),
                    label: persona.label.clone(),
                    hint: "nombre de personnes".to_owned(),
                    mode: "numeric",
                    value: people(&persona.id),
                    wrong: wrong_of(&wrongs, &id),
                    id,
                }
            })
            .collect(),
        fields: vec![
            field("enveloppe", "vide\u{202f}: sans limite"),
            field("places", "vide\u{202f}: 12"),
            field("session", "vide\u{202f}: prix par personne"),
            field("heures", "vide\u{202f}: celles de chaque persona"),
            field("mois", "vide\u{202f}: 12"),
        ],
        confirmed_only: text("faits") == "etablis",
        admits_unknown_prices: text("prix-inconnus") == "admis",
        json: address::with_pairs(&format!("{TEAM}.json"), own),
        wrongs,
    }
}

/// What is asked of a programme, in a sentence that stays on paper.
fn asked(request: &TeamRequest, own: &Programme) -> String {
    let mut parts: Vec<String> = own
        .groups
        .iter()
        .map(|group| {
            let people = french::counted(group.people.into(), "personne", "personnes");
            format!("{} ({people})", group.persona.label)
        })
        .collect();
    parts.push(french::counted(request.seats.into(), "place par session", "places par session"));
    parts.push(match request.session_eur {
        Some(price) => format!("session achetée à {}", amount(price.get())),
        None => "prix par personne, tel qu’indiqué".to_owned(),
    });
    parts.push(match request.budget_eur {
        Some(most) => format!("enveloppe de {}", amount(most.get())),
        None => "sans limite d’argent".to_owned(),
    });
    parts.extend(
        request.common.case.hours.map(|hours| format!("{} par personne", french::hours(hours.get()))),
    );
    parts.push(format!("{} mois", request.common.months));
    typeset(&format!("Demande : {}.", parts.join(" ; ")))
}

/// Euros, nothing being « 0 € » and not « gratuit ».
fn amount(euros: f64) -> String {
    if euros == 0.0 { "0\u{a0}€".to_owned() } else { french::euros(euros) }
}

/// Whom of the team a training is for.
fn shared(own: &Programme, run: &Run) -> &'static str {
    match (own.groups.len(), own.is_core(run)) {
        (1, _) => "",
        (_, true) => "Tronc commun",
        (_, false) if run.groups.len() == 1 => "Propre à un profil",
        (_, false) => "Propre à certains profils",
    }
}

fn found(request: &TeamRequest, own: &Programme) -> FoundView {
    let label = |group: usize| own.groups[group].persona.label.clone();
    let run = |(number, run): (usize, &Run)| RunView {
        number: number + 1,
        title: run.training.title.clone(),
        href: format!("/formations/{}", run.training.id),
        provider: run.training.provider.name.clone(),
        time: match run.basis {
            Basis::Stated => minutes_in_french(run.minutes.into()),
            Basis::Estimated => format!("{} (estimé)", minutes_in_french(run.minutes.into())),
            Basis::Unknown => "durée inconnue".to_owned(),
        },
        kind: shared(own, run),
        who: {
            let groups: Vec<String> = run.groups.iter().map(|group| label(*group)).collect();
            let people = french::counted(run.people.into(), "personne", "personnes");
            format!("{} ({people})", french::list(&groups, "et"))
        },
        sessions: match run.sessions {
            0 => "à son rythme".to_owned(),
            some => french::counted(some.into(), "session", "sessions"),
        },
        free: match (run.sessions, run.free_seats) {
            (0, _) => "sans objet".to_owned(),
            (_, 0) => "aucune".to_owned(),
            (_, free) => french::integer(free.into()),
        },
        cost: match (run.cents, run.is_bought) {
            (None, _) => "non précisé".to_owned(),
            (Some(0), _) => "gratuit".to_owned(),
            (Some(cents), true) => format!("{}, sessions achetées", cents_in_french(cents)),
            (Some(cents), false) => format!("{}, par personne", cents_in_french(cents)),
        },
        month: format!("mois {}", run.month),
    };
    let group = |(number, group): (usize, &catalogue::pathways::TeamGroup)| {
        let (gained, wanted) = group.levels();
        let limit =
            group.limit_minutes.map_or_else(String::new, |most| format!(" sur {}", minutes_in_french(most)));
        let runs = own.runs.iter().enumerate().filter(|(_, run)| run.groups.contains(&number));
        let each = if group.people > 1 { " chacune" } else { "" };
        GroupView {
            label: group.persona.label.clone(),
            href: format!("{PATHWAYS}/{}", group.persona.id),
            people: french::counted(group.people.into(), "personne", "personnes"),
            time: format!("{}{limit}{each}", minutes_in_french(group.minutes)),
            levels: format!("{gained} sur {wanted}{each}"),
            runs: runs.map(|(number, run)| (number + 1, run.training.title.clone())).collect(),
        }
    };
    let known = cents_in_french(own.cents);
    let unknown = french::counted(own.unknown_costs as u64, "prix non précisé", "prix non précisés");
    let cost = match (own.unknown_costs, own.cents) {
        (0, 0) if own.runs.is_empty() => "0\u{a0}€".to_owned(),
        (0, 0) => "gratuit".to_owned(),
        (0, _) => known,
        (_, 0) => format!("inconnu\u{202f}: {unknown}"),
        _ => format!("au moins {known}, {unknown}"),
    };
    let budget = own.budget_cents.map_or_else(String::new, |most| format!(", sur {}", cents_in_french(most)));
    FoundView {
        finding: typeset(&own.finding()),
        asked: asked(request, own),
        proof: typeset(&own.proof_in_french()),
        cost: format!("{cost}{budget}"),
        groups: own.groups.iter().enumerate().map(group).collect(),
        runs: own.runs.iter().enumerate().map(run).collect(),
    }
}

fn twin(visit: &Visit, request: Vec<(&'static str, String)>, outcome: &TeamOutcome) -> Twin {
    let TeamOutcome::Found(own) = outcome else {
        return Twin {
            revision: visit.snapshot.stamp().revision,
            request,
            status: "limit_reached",
            sentence: STOPPED.replace("un parcours", "un programme"),
            share: None,
            share_bound: None,
            known_euros: None,
            unknown_costs: None,
            groups: Vec::new(),
            runs: Vec::new(),
        };
    };
    let hours = |minutes: u64| (minutes as f64 / 60.0 * 100.0).round() / 100.0;
    let group = |group: &catalogue::pathways::TeamGroup| {
        let (gained, wanted) = group.levels();
        GroupTwin {
            persona: group.persona.id.clone(),
            people: group.people,
            hours_each: hours(group.minutes),
            levels_gained_each: gained,
            levels_wanted_each: wanted,
        }
    };
    let run = |run: &Run| RunTwin {
        id: run.training.id.to_string(),
        title: run.training.title.clone(),
        provider: run.training.provider.name.clone(),
        hours: hours(run.minutes.into()),
        duration: super::data::basis(run.basis),
        groups: run.groups.iter().map(|group| group + 1).collect(),
        people: run.people,
        sessions: run.sessions,
        free_seats: run.free_seats,
        euros: run.cents.map(|cents| cents as f64 / 100.0),
        bought_by_session: run.is_bought,
        month: run.month,
    };
    Twin {
        revision: visit.snapshot.stamp().revision,
        request,
        status: if own.proof == Proof::Best { "optimal" } else { "feasible" },
        sentence: typeset(&own.finding()),
        share: Some(own.share()),
        share_bound: Some(if let Proof::AtMost(most) = own.proof { most } else { own.share() }),
        known_euros: Some(own.cents as f64 / 100.0),
        unknown_costs: Some(own.unknown_costs),
        groups: own.groups.iter().map(group).collect(),
        runs: own.runs.iter().map(run).collect(),
    }
}
