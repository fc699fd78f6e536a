//! `parcours plan`: the best pathway of a persona, or the answer of a planning instance, each with its proof; or the check
//! of one. Absent: the search (see the crate `pathway`).

mod claim;
mod instance;
mod persona;

pub(super) use persona::refused;

use std::path::Path;
use std::process::ExitCode;

use crate::cli::needs::Plan;
use crate::failure::Failure;

pub async fn run(asked: &Plan, data_dir: Option<&Path>) -> Result<ExitCode, Failure> {
    match (&asked.instance, &asked.check) {
        (Some(path), answer) => instance::run(path, answer.as_deref(), asked.nodes, asked.json),
        (None, Some(claim)) => persona::check(claim, asked.json, data_dir).await,
        (None, None) => persona::run(asked, data_dir).await,
    }
}
