//! `parcours plan --persona`: the best pathway that the offer allows to a persona; `--check`: whether a pathway written by
//! `--json` is what it says. Absent: planning instances (see `instance`).

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use actions::Node;
use actions::pathways::{Claim, Solver};
use catalogue::french::{counted, list, quoted};
use catalogue::pathways::{
    ANYBODY, Basis, Outcome, Pathway, PathwayError, PathwayRequest, Planner, RequestError, Step, anybody,
    minutes_in_french, obstacle_counts, share_in_french,
};
use catalogue::persona::Persona;
use catalogue::{Referential, Snapshot};
use serde_json::{Value, json};
use store::Store;

use super::claim::Verdict;
use crate::cli::needs::Plan;
use crate::commands::gaps::{case_option, case_pairs};
use crate::failure::Failure;
use crate::terminal::{self, cell, wrapped};

/// Columns of a competence's label.
const LABEL_COLUMNS: usize = 38;
/// Longest pathway that is checked, in bytes.
const CLAIM_BYTES: u64 = 4 << 20;
/// What to do of a request that makes no sense.
const HELP: &str = "« parcours plan --help » décrit les options";

pub(super) async fn run(asked: &Plan, data_dir: Option<&Path>) -> Result<ExitCode, Failure> {
    let referential = Referential::builtin();
    let request = request(asked, &referential)?;
    let (snapshot, persona) = open(asked.persona.as_deref(), data_dir, &referential).await?;
    let solver = asked.nodes.map_or_else(Solver::default, |nodes| Solver { nodes, ..Solver::default() });
    let outcome = solver.plan(&snapshot, &persona, &request).map_err(refused)?;
    if asked.json {
        terminal::print_json(&web::pathway(&snapshot, &persona.id, &request, &outcome))?;
    } else {
        terminal::say(&told(&outcome, &referential))?;
    }
    Ok(match &outcome {
        // No need was asked for: the command was not used as it should be.
        Outcome::Found(own) if !own.is_asked => ExitCode::from(2),
        Outcome::Found(own) if own.steps.is_empty() && own.levels().1 > 0 => ExitCode::FAILURE,
        Outcome::Found(_) => ExitCode::SUCCESS,
        Outcome::Impossible(_) | Outcome::Stopped => ExitCode::FAILURE,
    })
}

pub(super) async fn check(path: &Path, json: bool, data_dir: Option<&Path>) -> Result<ExitCode, Failure> {
    let referential = Referential::builtin();
    let wrong = |message: String| {
        let message = format!("« {} » : {message}", path.display());
        Failure::wrong_use(message, "donnez ce qu’écrit « parcours plan --persona … --json »")
    };
    let length = fs::metadata(path).map_err(|error| wrong(catalogue::system::in_french(&error)))?.len();
    if length > CLAIM_BYTES {
        return Err(wrong("le fichier dépasse 4 Mo".to_owned()));
    }
    let text = fs::read_to_string(path).map_err(|error| wrong(catalogue::system::in_french(&error)))?;
    let not_one =
        |error: serde_json::Error| wrong(format!("ce n’est pas un parcours, à la ligne {}", error.line()));
    let value: Value = serde_json::from_str(&text).map_err(not_one)?;
    if value.is_object()
        && value.get("steps").is_none()
        && matches!(value["status"].as_str(), Some("infeasible" | "limit_reached"))
    {
        return Err(wrong("il dit qu’aucun parcours n’a été trouvé : rien n’est à vérifier".to_owned()));
    }
    let claim: Claim = serde_json::from_str(&text).map_err(not_one)?;
    let pairs = claim.request.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let request = PathwayRequest::parse(pairs, &referential).map_err(|error| wrong(error.to_string()))?;
    let id = Some(claim.persona.as_str()).filter(|id| *id != ANYBODY);
    let (snapshot, persona) = open(id, data_dir, &referential).await?;
    let verdict = match actions::pathways::rebuilt(&snapshot, &persona, &request, &claim).map_err(refused)? {
        Ok(own) => {
            let own = web::pathway(&snapshot, &claim.persona, &request, &Outcome::Found(Box::new(own)));
            Verdict::of(&claim, &value, &serde_json::to_value(own).map_err(std::io::Error::from)?)
        }
        Err(broken) => Verdict { broken, ..Verdict::default() },
    };
    if json {
        terminal::print_json(&json!({ "broken": verdict.broken, "unverified": verdict.unverified }))?;
    } else {
        terminal::say(&verdict.in_french(claim.steps.len()))?;
    }
    Ok(if verdict.broken.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn open(
    persona: Option<&str>,
    data_dir: Option<&Path>,
    referential: &Referential,
) -> Result<(std::sync::Arc<Snapshot>, Persona), Failure> {
    let data_dir = data_dir.ok_or_else(crate::commands::no_data_dir)?;
    let store: Store = crate::commands::open_to_read(data_dir, crate::commands::FROM_BUILTIN).await?;
    let persona = match persona {
        Some(id) => crate::commands::persona(&store, id, referential).await?,
        None => anybody(),
    };
    let node = Node::over(store, data_dir, terminal::node_watcher()).await?;
    Ok((node.snapshot(), persona))
}

pub(in crate::commands) fn refused(error: PathwayError) -> Failure {
    let remedy = match &error {
        PathwayError::UnknownTraining(_) | PathwayError::Idle(_) => {
            "prenez l’identifiant dans l’adresse de la formation, ou cherchez-la par « parcours search »"
        }
        PathwayError::TooLarge(_) => "restreignez la demande",
        PathwayError::Stopped | PathwayError::Unsound(_) => "signalez-le, avec la commande et le catalogue",
    };
    match error {
        PathwayError::Unsound(_) | PathwayError::TooLarge(_) => Failure::failed(error.to_string(), remedy),
        _ => Failure::wrong_use(error.to_string(), remedy),
    }
}

/// What the options ask.
fn request(asked: &Plan, referential: &Referential) -> Result<PathwayRequest, Failure> {
    let mut pairs = case_pairs(&asked.case);
    fn one<'a>(pairs: &mut Vec<(&'a str, &'a str)>, name: &'static str, value: Option<&'a String>) {
        pairs.extend(value.map(|value| (name, value.as_str())));
    }
    let alternatives = asked.alternatives.map(|number| number.to_string());
    pairs.extend(asked.need.iter().map(|need| ("besoin", need.as_str())));
    pairs.extend(asked.pin.iter().map(|id| ("impose", id.as_str())));
    pairs.extend(asked.window.iter().map(|window| ("fenetre", window.as_str())));
    pairs.extend(asked.ban.iter().map(|id| ("exclus", id.as_str())));
    one(&mut pairs, "public", asked.audience.as_ref());
    one(&mut pairs, "mois", asked.months.as_ref());
    one(&mut pairs, "heures-mois", asked.month_hours.as_ref());
    one(&mut pairs, "etapes", asked.steps.as_ref());
    one(&mut pairs, "debut", asked.start.as_ref());
    one(&mut pairs, "autres", alternatives.as_ref());
    pairs.extend(asked.cheapest.then_some(("but", "prix")));
    pairs.extend(asked.unknown_prices.then_some(("prix-inconnus", "admis")));
    PathwayRequest::parse(pairs, referential)
        .map_err(|error: RequestError| Failure::wrong_use(error.renamed(option).to_string(), HELP))
}

fn option(name: &str) -> String {
    let options = [
        ("besoin", "--need"),
        ("public", "--audience"),
        ("mois", "--months"),
        ("heures-mois", "--month-hours"),
        ("etapes", "--steps"),
        ("impose", "--pin"),
        ("exclus", "--ban"),
        ("fenetre", "--window"),
        ("debut", "--start"),
    ];
    let known = options.into_iter().find(|(parameter, _)| *parameter == name);
    known.map_or_else(|| case_option(name), |(_, option)| option.to_owned())
}

fn told(outcome: &Outcome, referential: &Referential) -> String {
    match outcome {
        Outcome::Found(pathway) => pathway_told(pathway, referential),
        Outcome::Impossible(why) => wrapped(&why.in_french(referential), 0),
        Outcome::Stopped => {
            "La recherche s’est arrêtée à sa limite avant de trouver un parcours.\n".to_owned()
        }
    }
}

fn pathway_told(own: &Pathway, referential: &Referential) -> String {
    let mut text = format!("{}\n", own.persona.label);
    text.push_str(&wrapped(&own.finding(), 2));
    if !own.steps.is_empty() {
        text.push_str(&wrapped(&format!("Temps : {}.", own.bill.time_in_french()), 2));
        text.push_str(&wrapped(&format!("Coût : {}.", own.bill.cost_in_french()), 2));
    }
    if let Some(proof) = own.proof_in_french() {
        text.push_str(&wrapped(&proof, 2));
    }
    let considered = &own.considered;
    if considered.teaching > 0 {
        text.push_str(&wrapped(
            &format!(
                "Choisi parmi {} sur les {} qui mènent à un niveau voulu{}.",
                counted(considered.open as u64, "formation", "formations"),
                considered.teaching,
                match considered.kept_out.is_empty() {
                    true => String::new(),
                    false => format!(
                        " (écartées, parfois pour plusieurs raisons : {})",
                        obstacle_counts(&considered.kept_out)
                    ),
                }
            ),
            2,
        ));
    }
    for (number, step) in own.steps.iter().enumerate() {
        text.push_str(&format!("\n{}. ", number + 1));
        text.push_str(wrapped(&step_told(step, referential), 3).trim_start());
        if let Some(without) = &step.without {
            text.push_str(&wrapped(&without.in_french(), 3));
        }
    }
    text.push_str(&coverage_told(own, referential));
    text.push_str(&rest_told(own));
    text
}

fn step_told(step: &Step, referential: &Referential) -> String {
    let label = |competence| &referential.term(competence).label;
    let time = match step.basis {
        Basis::Stated => minutes_in_french(step.minutes.into()),
        Basis::Estimated => format!("{} (estimé)", minutes_in_french(step.minutes.into())),
        Basis::Unknown => "durée inconnue".to_owned(),
    };
    let price = step.training.price_in_french().unwrap_or_else(|| "prix non précisé".to_owned());
    let mut parts = vec![format!(
        "{} ({}) — {time}, {price} [{}]",
        step.training.title, step.training.provider.name, step.training.id
    )];
    let gains: Vec<String> = step
        .gains
        .iter()
        .map(|gain| format!("{} {} → {}", label(gain.competence), gain.from, gain.to))
        .collect();
    if !gains.is_empty() {
        parts.push(format!("Apporte : {}", gains.join(" ; ")));
    }
    let entries: Vec<String> = step
        .entries
        .iter()
        .map(|entry| {
            let by = entry.met_by.map_or_else(|| "acquis".to_owned(), |step| format!("étape {}", step + 1));
            format!("{} {} ({by})", label(entry.competence), entry.level)
        })
        .collect();
    if !entries.is_empty() {
        parts.push(format!("Demande : {}", entries.join(" ; ")));
    }
    let unlocks: Vec<String> = step.unlocks.iter().map(|step| (step + 1).to_string()).collect();
    if !unlocks.is_empty() {
        let word = if unlocks.len() > 1 { "aux étapes" } else { "à l’étape" };
        parts.push(format!("Ouvre {word} {}", list(&unlocks, "et")));
    }
    if step.is_pinned {
        let passed: Vec<String> =
            step.passed_over.iter().map(|obstacle| obstacle.label().to_lowercase()).collect();
        parts.push(match passed.is_empty() {
            true => "Imposée à votre demande".to_owned(),
            false => format!("Imposée à votre demande, malgré : {}", list(&passed, "et")),
        });
    }
    parts.join(". ") + "."
}

fn coverage_told(own: &Pathway, referential: &Referential) -> String {
    let mut text = format!("\n{} {}\n", cell("Compétence", LABEL_COLUMNS), "Avant → après, sur voulu");
    for line in &own.coverage {
        let label = cell(&referential.term(line.competence).label, LABEL_COLUMNS);
        text.push_str(&format!(
            "{label} {} → {} / {}\n",
            line.before,
            line.after.min(line.wanted),
            line.wanted
        ));
    }
    if !own.unmet.is_empty() {
        text.push_str("\nCe qui reste, et pourquoi :\n");
    }
    for unmet in &own.unmet {
        let label = &referential.term(unmet.competence).label;
        let line =
            format!("{label}, niveau {} : {}", unmet.level.number(), unmet.reason.in_french(referential));
        text.push_str(&wrapped(&line, 2));
    }
    text
}

fn rest_told(own: &Pathway) -> String {
    let mut text = String::new();
    if own.frontier.len() > 1 {
        text.push_str("\nCe que chaque durée permet :\n");
    }
    for point in own.frontier.iter().filter(|_| own.frontier.len() > 1) {
        let beyond = if point.is_within { "" } else { "  (au-delà de vos limites)" };
        let line = format!(
            "  {} {} {}{beyond}\n",
            cell(&minutes_in_french(point.minutes), 10),
            cell(&counted(point.levels as u64, "niveau", "niveaux"), 12),
            cell(&share_in_french(point.share), 6),
        );
        text.push_str(&line);
    }
    for (number, other) in own.alternatives.iter().enumerate() {
        let titles: Vec<String> = other.trainings.iter().map(|training| quoted(&training.title)).collect();
        let line = format!(
            "Autre parcours {} : {}, {}, {} dont {} en commun : {}.",
            number + 1,
            counted(other.levels as u64, "niveau", "niveaux"),
            other.bill.length_in_french(),
            counted(other.trainings.len() as u64, "formation", "formations"),
            other.common,
            list(&titles, "puis"),
        );
        text.push('\n');
        text.push_str(&wrapped(&line, 0));
    }
    text
}
