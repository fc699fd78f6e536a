//! `parcours export`: the catalogue, or a selection, to a file. Absent: formats.

use std::path::Path;
use std::process::ExitCode;

use actions::Node;
use actions::export::{Destination, everything, selection};
use catalogue::french::counted;

use crate::cli::Export;
use crate::failure::Failure;
use crate::terminal;

pub async fn run(asked: &Export, data_dir: &Path) -> Result<ExitCode, Failure> {
    let destination = Destination::new(&asked.out, asked.force)?;
    let text = asked.text.as_deref().unwrap_or_default();
    let wanted = asked.filters.selection(text, None)?;
    let store = super::open_to_read(data_dir, super::FROM_BUILTIN).await?;
    let count = if asked.filters.is_empty() && text.is_empty() {
        everything(&store, &asked.out, asked.force).await?
    } else {
        let node = Node::over(store, data_dir, terminal::node_watcher()).await?;
        selection(&node.snapshot(), &wanted, &destination)?
    };
    let count = counted(count, "formation écrite", "formations écrites");
    terminal::say(&format!("{count} dans « {} ».\n", asked.out.display()))?;
    Ok(ExitCode::SUCCESS)
}
