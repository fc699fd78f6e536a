//! `parcours revisions`: the published states, listed, compared, restored. Absent: how they are kept.

use std::path::Path;
use std::process::ExitCode;

use actions::import::{Changed, Named};
use actions::revisions::{Comparison, compare, restore};
use catalogue::Change;
use catalogue::french::{counted, integer};
use serde_json::{Value, json};
use store::{Revision, Store};

use crate::cli::{Diff, Restore, Revisions, RevisionsCommand};
use crate::failure::Failure;
use crate::terminal::{self, cell};

/// Longest value shown in a difference, in characters.
const VALUE_CHARS: usize = 160;

pub async fn run(asked: &Revisions, data_dir: &Path) -> Result<ExitCode, Failure> {
    let store = match &asked.command {
        Some(RevisionsCommand::Restore(_)) => Store::open_existing(data_dir).await?,
        None | Some(RevisionsCommand::Diff(_)) => Store::open_to_read(data_dir).await?,
    };
    match &asked.command {
        None => list(asked, &store).await?,
        Some(RevisionsCommand::Diff(asked)) => diff(asked, &store).await?,
        Some(RevisionsCommand::Restore(asked)) => restored(asked, &store).await?,
    }
    store.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn list(asked: &Revisions, store: &Store) -> Result<(), Failure> {
    let revisions = store.revisions(1, i64::from(asked.limit)).await?;
    if asked.json {
        return terminal::print_json(&revisions.iter().map(revision_json).collect::<Vec<_>>());
    }
    if revisions.is_empty() {
        return terminal::say("Aucune version publiée.\n");
    }
    let mut text = format!(
        "{:>7}  {:<16}  {:>10}  {:>7} {:>7} {:>7}  Auteur\n",
        "Version", "Publiée (UTC)", "Formations", "+", "~", "−"
    );
    for revision in &revisions {
        let date: String = revision.published_at.chars().take(16).collect::<String>().replace('T', " ");
        let number = |count: i64| integer(u64::try_from(count).unwrap_or(0));
        text.push_str(&format!(
            "{:>7}  {}  {:>10}  {:>7} {:>7} {:>7}  {}\n         {}\n",
            revision.id,
            cell(&date, 16),
            number(revision.total),
            number(revision.added),
            number(revision.changed),
            number(revision.withdrawn),
            revision.author,
            revision.message,
        ));
    }
    terminal::say(&text)
}

async fn diff(asked: &Diff, store: &Store) -> Result<(), Failure> {
    let comparison = compare(store, i64::from(asked.from), i64::from(asked.to)).await?;
    if asked.json {
        return terminal::print_json(&comparison);
    }
    terminal::say(&told(asked, &comparison))
}

fn told(asked: &Diff, comparison: &Comparison) -> String {
    let mut text = format!(
        "De la version {} à la version {} : {}, {}, {}.\n",
        asked.from,
        asked.to,
        counted(comparison.added.len() as u64, "ajoutée", "ajoutées"),
        counted(comparison.changed.len() as u64, "modifiée", "modifiées"),
        counted(comparison.withdrawn.len() as u64, "retirée", "retirées"),
    );
    let line = |mark: char, named: &Named| format!("  {mark} {} — {}\n", named.id, named.title);
    text.extend(comparison.added.iter().map(|named| line('+', named)));
    for Changed { id, title, columns } in &comparison.changed {
        text.push_str(&format!("  ~ {id} — {title}\n{}", column_lines(columns)));
    }
    text.extend(comparison.withdrawn.iter().map(|named| line('−', named)));
    text
}

async fn restored(asked: &Restore, store: &Store) -> Result<(), Failure> {
    let signature = super::signature(&asked.signature, format!("retour à la version {}", asked.revision));
    let published = restore(store, i64::from(asked.revision), signature).await?;
    if asked.json {
        return terminal::print_json(&json!({ "published": published.as_ref().map(revision_json) }));
    }
    terminal::say(&match published {
        Some(revision) => {
            format!("Version {} publiée : elle reprend la version {}.\n", revision.id, asked.revision)
        }
        None => format!("La version {} est déjà l’état actuel : rien à publier.\n", asked.revision),
    })
}

/// What differs in a training, one line for each column.
pub fn column_lines(columns: &[Change]) -> String {
    let shown = |column: &str, value: &Option<String>| match value {
        Some(value) if value.chars().count() > VALUE_CHARS => {
            value.chars().take(VALUE_CHARS).chain(['…']).collect()
        }
        Some(value) => exchange::shown_value(column, value),
        None => "(non précisé)".to_owned(),
    };
    let line = |change: &Change| {
        let column = exchange::column_label(&change.column);
        let (before, after) = (shown(&change.column, &change.before), shown(&change.column, &change.after));
        format!("      {column} : {before} → {after}\n")
    };
    columns.iter().map(line).collect()
}

/// A revision as machines read it.
pub fn revision_json(revision: &Revision) -> Value {
    json!({
        "id": revision.id,
        "parent": revision.parent,
        "published_at": revision.published_at,
        "author": revision.author,
        "message": revision.message,
        "added": revision.added,
        "changed": revision.changed,
        "withdrawn": revision.withdrawn,
        "total": revision.total,
        "digest": revision.digest.to_string(),
    })
}
