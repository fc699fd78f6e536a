//! `parcours personas`: those in place; their files checked, imported, written, withdrawn.
//! Absent: reading the files (see the crate `exchange`), keeping them (see the crate `store`).

use std::path::Path;
use std::process::ExitCode;

use actions::personas::{Files, Origin, in_place, read_files};
use catalogue::Referential;
use catalogue::french::{counted, hours, list, quoted};
use catalogue::persona::Persona;
use serde_json::json;

use crate::cli::needs::{
    ExportPersona, ImportPersonas, PersonaFiles, Personas, PersonasCommand, WithdrawPersona,
};
use crate::failure::Failure;
use crate::terminal::{self, wrapped};

pub async fn run(asked: &Personas, data_dir: &Path) -> Result<ExitCode, Failure> {
    match &asked.command {
        None => all(asked, data_dir).await,
        Some(PersonasCommand::Check(files)) => check(files),
        Some(PersonasCommand::Import(asked)) => import(asked, data_dir).await,
        Some(PersonasCommand::Export(asked)) => export(asked, data_dir).await,
        Some(PersonasCommand::Withdraw(asked)) => withdraw(asked, data_dir).await,
    }
}

async fn all(asked: &Personas, data_dir: &Path) -> Result<ExitCode, Failure> {
    let referential = Referential::builtin();
    let personas = in_place(&super::open_to_read(data_dir, super::FROM_BUILTIN).await?, &referential).await?;
    if asked.json {
        let of = |(persona, origin): &(Persona, Origin)| json!({ "origin": origin_name(*origin), "persona": persona.to_raw(&referential) });
        terminal::print_json(&personas.iter().map(of).collect::<Vec<_>>())?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut text = String::new();
    for (persona, origin) in &personas {
        text.push_str(&format!("{}\n", persona.id));
        text.push_str(&wrapped(
            &format!("{} ({}). {}", persona.label, origin_name(*origin), persona.situation),
            2,
        ));
        text.push_str(&wrapped(&constraints(persona, &referential), 2));
    }
    terminal::say(&text)?;
    Ok(ExitCode::SUCCESS)
}

fn origin_name(origin: Origin) -> &'static str {
    match origin {
        Origin::Builtin => "du programme",
        Origin::Imported => "importé",
        Origin::Replaced => "importé, à la place de celui du programme",
    }
}

/// Needs, time and habits of a persona as a line.
pub fn constraints(persona: &Persona, referential: &Referential) -> String {
    let mut parts = vec![format!(
        "{}, {} à gagner",
        counted(persona.needs.len() as u64, "besoin", "besoins"),
        counted(persona.levels() as u64, "niveau", "niveaux"),
    )];
    parts.push(match (persona.hours_year_low, persona.hours_year_high) {
        (Some(low), Some(high)) => format!("{} à {} par an", hours(low.get()), hours(high.get())),
        (None, Some(high)) => format!("{} par an au plus", hours(high.get())),
        _ => "temps non précisé".to_owned(),
    });
    parts.push(persona.budget_eur.map_or_else(
        || "budget non précisé".to_owned(),
        |budget| format!("{} par an", catalogue::french::euros(budget.get())),
    ));
    let formats: Vec<String> =
        persona.formats.iter().map(|code| referential.term(code).label.clone()).collect();
    if !formats.is_empty() {
        parts.push(list(&formats, "ou"));
    }
    if !persona.cities.is_empty() {
        parts.push(list(&persona.cities, "ou"));
    }
    parts.join(" ; ") + "."
}

fn check(files: &PersonaFiles) -> Result<ExitCode, Failure> {
    let referential = Referential::builtin();
    let files = read_files(&files.files, &referential)?;
    terminal::say(&told(&files))?;
    Ok(outcome(&files))
}

/// What files hold, faults first.
fn told(files: &Files) -> String {
    let mut text: String = files.issues.iter().map(|issue| wrapped(&issue.to_string(), 0)).collect();
    for persona in &files.personas {
        let needs = counted(persona.needs.len() as u64, "besoin", "besoins");
        text.push_str(&wrapped(&format!("{} : {}, {needs}.", persona.id, persona.label), 0));
    }
    let read = counted(files.personas.len() as u64, "persona lisible", "personas lisibles");
    let faults = counted(files.issues.len() as u64, "anomalie", "anomalies");
    text.push_str(&format!("{read}, {faults}.\n"));
    text
}

fn outcome(files: &Files) -> ExitCode {
    if files.issues.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) }
}

async fn import(asked: &ImportPersonas, data_dir: &Path) -> Result<ExitCode, Failure> {
    let referential = Referential::builtin();
    let files = read_files(&asked.files.files, &referential)?;
    let mut text = told(&files);
    if asked.dry_run {
        text.push_str("Essai : rien n’a été changé. Retirez --dry-run pour importer.\n");
    } else if !files.personas.is_empty() {
        let store = actions::open_store(data_dir).await?;
        let author = super::author(asked.author.as_deref());
        let written = actions::personas::import(&store, &files.personas, &author, &referential).await?;
        store.close().await;
        text.push_str(&match written {
            0 => "Rien à changer : ces personas sont déjà en place.\n".to_owned(),
            written => format!("{} en place.\n", counted(written, "persona mis", "personas mis")),
        });
    }
    terminal::say(&text)?;
    Ok(outcome(&files))
}

async fn export(asked: &ExportPersona, data_dir: &Path) -> Result<ExitCode, Failure> {
    let referential = Referential::builtin();
    let store = super::open_to_read(data_dir, super::FROM_BUILTIN).await?;
    let persona = super::persona(&store, &asked.id, &referential).await?;
    actions::personas::export(&persona, &asked.out, &referential)?;
    terminal::say(&format!("Persona {} écrit dans « {} ».\n", quoted(&persona.label), asked.out.display()))?;
    Ok(ExitCode::SUCCESS)
}

async fn withdraw(asked: &WithdrawPersona, data_dir: &Path) -> Result<ExitCode, Failure> {
    let store = actions::open_store(data_dir).await?;
    let author = super::author(asked.author.as_deref());
    let is_gone = actions::personas::withdraw(&store, &asked.id, &author).await?;
    store.close().await;
    if !is_gone {
        let message = format!("aucun persona importé n’a l’identifiant {}", quoted(&asked.id));
        return Err(Failure::wrong_use(message, "« parcours personas » donne la liste"));
    }
    terminal::say(&format!("Persona {} retiré.\n", quoted(&asked.id)))?;
    Ok(ExitCode::SUCCESS)
}
