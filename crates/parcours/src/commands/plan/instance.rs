//! `parcours plan --instance`: the best choice that a planning instance allows, with its proof. Absent: pathways of personas.

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use actions::plan::{Answer, check, instance};
use catalogue::french::{NARROW, list, quoted};
use serde_json::json;

use crate::failure::Failure;
use crate::terminal::{self, wrapped};

/// Most parts of the search, for each aim, when nothing is said of it.
const NODES: u64 = 2_000_000;

pub(super) fn run(
    path: &Path,
    answer: Option<&Path>,
    nodes: Option<u64>,
    json: bool,
) -> Result<ExitCode, Failure> {
    if let Some(answer) = answer {
        let (worth, broken) = check(path, answer)?;
        if json {
            terminal::print_json(&json!({ "objective": worth, "broken": broken }))?;
        } else if broken.is_empty() {
            let worth = worth.unwrap_or_default();
            terminal::say(&format!("La réponse respecte l’instance{NARROW}; objectif{NARROW}: {worth}.\n"))?;
        } else {
            let lines: Vec<String> = broken.iter().map(|line| format!("  - {line}\n")).collect();
            terminal::say(&format!("La réponse ne respecte pas l’instance{NARROW}:\n{}", lines.concat()))?;
        }
        return Ok(if broken.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    let start = Instant::now();
    let answer = instance(path, nodes.unwrap_or(NODES))?;
    let seconds = start.elapsed().as_secs_f64();
    if json {
        let mut value = json!(answer);
        value["seconds"] = json!((seconds * 1e6).round() / 1e6);
        terminal::print_json(&value)?;
    } else {
        terminal::say(&told(&answer))?;
        if !answer.ignored.is_empty() {
            let keys: Vec<String> = answer.ignored.iter().map(|key| quoted(key)).collect();
            let text = format!("Sans effet, car inconnu d’une instance{NARROW}: {}.", list(&keys, "et"));
            terminal::say(&wrapped(&text, 0))?;
        }
    }
    Ok(if answer.objective.is_some() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn told(answer: &Answer) -> String {
    let Some(objective) = answer.objective else {
        return match answer.status {
            "infeasible" => "Aucun choix ne respecte toutes les limites.\n".to_owned(),
            _ => "La recherche s’est arrêtée à sa limite avant de trouver un choix.\n".to_owned(),
        };
    };
    let chosen: Vec<String> = answer.chosen.iter().map(|id| quoted(id)).collect();
    let proof = match (answer.status, answer.bound) {
        ("optimal", _) => "Aucun autre choix ne fait mieux, c’est prouvé.".to_owned(),
        (_, Some(bound)) => {
            format!("La recherche s’est arrêtée à sa limite{NARROW}: aucun choix ne dépasse {bound}.")
        }
        _ => String::new(),
    };
    let chosen = match chosen.is_empty() {
        true => "rien".to_owned(),
        false => list(&chosen, "et"),
    };
    let text = format!("Objectif{NARROW}: {objective}. {proof} Choix, dans l’ordre{NARROW}: {chosen}.");
    wrapped(&text, 0)
}
