//! `parcours check`: what is wrong in a data directory, and what to do. Absent: the verifications (see
//! `actions::check`).

use std::path::Path;
use std::process::ExitCode;

use catalogue::french::counted;
use serde_json::json;
use store::{Finding, Severity};

use crate::cli::Check;
use crate::failure::Failure;
use crate::terminal;

pub async fn run(asked: &Check, data_dir: &Path) -> Result<ExitCode, Failure> {
    // What fails here must not advise the command that is running.
    let checkup = actions::check(data_dir).await.map_err(|error| {
        Failure::from(error)
            .with_remedy_instead_of("parcours check", "repartez d’une sauvegarde dans un dossier vide")
    })?;
    if asked.json {
        let finding = |finding: &Finding| {
            let severity = if finding.severity == Severity::Error { "error" } else { "note" };
            json!({ "severity": severity, "problem": finding.problem, "remedy": finding.remedy })
        };
        let findings: Vec<_> = checkup.findings.iter().map(finding).collect();
        terminal::print_json(&json!({
            "sound": checkup.is_sound(), "revision": checkup.revision, "total": checkup.total, "findings": findings,
        }))?;
    } else {
        let mut text = String::new();
        for finding in &checkup.findings {
            let mark = if finding.severity == Severity::Error { "Erreur" } else { "Note" };
            text.push_str(&format!("{mark} : {}.\n  Remède : {}.\n", finding.problem, finding.remedy));
        }
        let trainings = counted(u64::try_from(checkup.total).unwrap_or(0), "formation", "formations");
        text.push_str(&match checkup.is_sound() {
            true => format!("Dossier sain : version {}, {trainings}.\n", checkup.revision),
            false => "Le dossier a besoin de soins.\n".to_owned(),
        });
        terminal::say(&text)?;
    }
    Ok(if checkup.is_sound() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
