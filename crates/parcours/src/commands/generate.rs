//! `parcours generate`: a large catalogue to try, to a file or straight into a data directory.
//! Absent: what is generated (see the crate `actions`).

use std::path::Path;
use std::process::ExitCode;

use actions::Generated;
use actions::export::Destination;
use actions::import::{Mode, Plan, Signature};
use catalogue::Referential;
use catalogue::french::counted;
use exchange::About;
use store::Store;

use crate::cli::Generate;
use crate::failure::Failure;
use crate::terminal::{self, Bar};

pub async fn run(asked: &Generate) -> Result<ExitCode, Failure> {
    if let Some(data_dir) = &asked.into {
        return publish(asked, data_dir).await;
    }
    let out = asked.out.as_deref().unwrap_or(Path::new(""));
    let destination = Destination::new(out, asked.force)?;
    let bar = Bar::new(asked.count, "Formations écrites :");
    let rows = Generated::new(asked.count, asked.seed).zip(1..).map(|(raw, number)| {
        if number % 1_000 == 0 {
            bar.set(number);
        }
        raw
    });
    let about = About { selection: words(asked), ..About::default() };
    let count = destination.write(rows, &about)?;
    drop(bar);
    let count = counted(count, "formation d’essai écrite", "formations d’essai écrites");
    terminal::say(&format!("{count} dans « {} ».\n", out.display()))?;
    Ok(ExitCode::SUCCESS)
}

fn words(asked: &Generate) -> String {
    format!("{} d’essai, graine {}", counted(asked.count, "formation", "formations"), asked.seed)
}

/// Publishes in a data directory; a new one holds nothing else.
async fn publish(asked: &Generate, data_dir: &Path) -> Result<ExitCode, Failure> {
    let store = Store::open(data_dir).await?;
    let mut plan = Plan::begin(&store, Referential::builtin(), Mode::Merge).await?;
    let bar = Bar::new(asked.count, "Formations vérifiées :");
    for (raw, number) in Generated::new(asked.count, asked.seed).zip(1..) {
        plan.offer("catalogue d’essai", None, &raw);
        if number % 1_000 == 0 {
            bar.set(number);
        }
    }
    drop(bar);
    let ready = plan.finish(&store).await?;
    let signature = Signature { author: "parcours generate".to_owned(), message: words(asked) };
    let bar = Bar::new(0, "Publication…");
    let published = ready.publish(&store, signature).await?;
    drop(bar);
    store.close().await;
    terminal::say(&match published {
        Some(revision) => format!("Version {} publiée dans « {} ».\n", revision.id, data_dir.display()),
        None => "Ces formations y sont déjà : rien à publier.\n".to_owned(),
    })?;
    Ok(ExitCode::SUCCESS)
}
