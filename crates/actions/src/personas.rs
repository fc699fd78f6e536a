//! Personas: those of the program and those that somebody brought, in one list; files checked, imported, withdrawn.
//! Absent: reading the files (see `exchange::personas`), what the offer leaves of their needs (see `catalogue::gaps`).

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use catalogue::Referential;
use catalogue::persona::Persona;
use exchange::Issue;
use exchange::personas::PERSONA_BYTES;
use store::Store;

use crate::clock::now;
use crate::error::ActionError;

/// Where a persona comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// It is built into the program.
    Builtin,
    /// Somebody brought it.
    Imported,
    /// Somebody brought it, in the place of the built-in one of the same identifier.
    Replaced,
}

/// The personas in place: the built-in ones in their order, then the others by identifier.
///
/// # Errors
/// When the store cannot be read.
pub async fn in_place(
    store: &Store,
    referential: &Referential,
) -> Result<Vec<(Persona, Origin)>, ActionError> {
    let builtin = exchange::personas::builtin(referential);
    let mut all: Vec<_> = builtin.into_iter().map(|persona| (persona, Origin::Builtin)).collect();
    for raw in store.personas().await? {
        // One that a newer referential no longer knows is left out, and stays in the store.
        let Ok(persona) = Persona::parse(&raw, referential) else {
            tracing::warn!(id = raw.id, "ce persona ne convient plus au référentiel et n’est pas montré");
            continue;
        };
        match all.iter_mut().find(|(known, _)| known.id == persona.id) {
            Some(known) => *known = (persona, Origin::Replaced),
            None => all.push((persona, Origin::Imported)),
        }
    }
    Ok(all)
}

/// What files of personas hold.
#[derive(Debug, Default)]
pub struct Files {
    /// Personas that may go in.
    pub personas: Vec<Persona>,
    /// What is wrong with the others.
    pub issues: Vec<Issue>,
}

/// Reads files of personas, or all `.toml` files of directories.
///
/// # Errors
/// When a file cannot be read at all, or a directory has none.
pub fn read_files(paths: &[PathBuf], referential: &Referential) -> Result<Files, ActionError> {
    let mut files = Files::default();
    for path in expanded(paths)? {
        let mut bytes = Vec::new();
        let file = File::open(&path).map_err(ActionError::file(&path))?;
        file.take(PERSONA_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(ActionError::file(&path))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        match exchange::personas::read_bytes(&name, &bytes, referential) {
            Ok(persona) if files.personas.iter().any(|known| known.id == persona.id) => {
                files.issues.push(exchange::personas::repeated(&name, &persona.id));
            }
            Ok(persona) => files.personas.push(persona),
            Err(issues) => files.issues.extend(issues),
        }
    }
    Ok(files)
}

/// Files, and in the place of a directory its `.toml` files by name.
fn expanded(paths: &[PathBuf]) -> Result<Vec<PathBuf>, ActionError> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let mut own = Vec::new();
        for entry in std::fs::read_dir(path).map_err(ActionError::file(path))? {
            let file = entry.map_err(ActionError::file(path))?.path();
            if file.extension().is_some_and(|extension| extension == "toml") {
                own.push(file);
            }
        }
        if own.is_empty() {
            return Err(ActionError::NoPersona(path.clone()));
        }
        own.sort();
        files.append(&mut own);
    }
    Ok(files)
}

/// Puts personas in place, each instead of the one of the same identifier; gives the number that differed.
///
/// # Errors
/// When the store cannot write; nothing is then changed.
pub async fn import(
    store: &Store,
    personas: &[Persona],
    author: &str,
    referential: &Referential,
) -> Result<u64, ActionError> {
    let raw: Vec<_> = personas.iter().map(|persona| persona.to_raw(referential)).collect();
    Ok(store.put_personas(&raw, author, &now()).await?)
}

/// Withdraws a persona that somebody brought; tells whether there was one.
///
/// # Errors
/// When the store cannot write.
pub async fn withdraw(store: &Store, id: &str, author: &str) -> Result<bool, ActionError> {
    Ok(store.withdraw_persona(id, author, &now()).await?)
}

/// Writes a persona's file.
///
/// # Errors
/// When the file exists or cannot be written.
pub fn export(persona: &Persona, path: &Path, referential: &Referential) -> Result<(), ActionError> {
    let text = exchange::personas::write(persona, referential);
    if path.exists() {
        return Err(ActionError::Taken(path.to_owned()));
    }
    let mut file = File::create_new(path).map_err(ActionError::file(path))?;
    std::io::Write::write_all(&mut file, text.as_bytes()).map_err(ActionError::file(path))
}
