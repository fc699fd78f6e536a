//! `parcours plan`: the best choice that a planning instance allows, with its proof.
//! Absent: the search (see the crate `pathway`), pathways of personas.

use std::process::ExitCode;
use std::time::Instant;

use actions::plan::{Answer, check, instance};
use catalogue::french::{NARROW, list, quoted};
use serde_json::json;

use crate::cli::needs::Plan;
use crate::failure::Failure;
use crate::terminal::{self, wrapped};

pub fn run(asked: &Plan) -> Result<ExitCode, Failure> {
    if let Some(answer) = &asked.check {
        let (worth, broken) = check(&asked.instance, answer)?;
        if asked.json {
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
    let answer = instance(&asked.instance, asked.nodes)?;
    let seconds = start.elapsed().as_secs_f64();
    if asked.json {
        let mut value = json!(answer);
        value["seconds"] = json!((seconds * 1e6).round() / 1e6);
        terminal::print_json(&value)?;
    } else {
        terminal::say(&told(&answer))?;
    }
    Ok(ExitCode::SUCCESS)
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
