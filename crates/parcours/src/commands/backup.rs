//! `parcours backup`: a consistent copy of the catalogue, made even while it is served. Absent: the copy
//! itself (see the crate `store`).

use std::path::Path;
use std::process::ExitCode;

use catalogue::french::decimal;
use serde_json::json;
use store::Store;

use crate::cli::Backup;
use crate::failure::Failure;
use crate::terminal;

/// What is said when a community stands beside the catalogue.
const COMMUNITY: &str = "La communauté (community.sqlite) n’est pas dans la copie : une copie rendrait une personne effacée. « parcours community export » l’écrit dans un fichier.\n";

pub async fn run(asked: &Backup, data_dir: &Path) -> Result<ExitCode, Failure> {
    let store = Store::open_to_read(data_dir).await?;
    let copy = store.backup(&asked.out).await?;
    store.close().await;
    if asked.json {
        let out = asked.out.display().to_string();
        terminal::print_json(&json!({ "file": out, "revision": copy.revision, "bytes": copy.bytes }))?;
    } else {
        let size = decimal(copy.bytes as f64 / 1e6);
        let out = asked.out.display();
        terminal::say(&format!("Version {} copiée dans « {out} » ({size}\u{a0}Mo).\n", copy.revision))?;
        if copy.leaves_community {
            terminal::say(COMMUNITY)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
