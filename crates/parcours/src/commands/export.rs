//! `parcours export`: the catalogue, or a selection, to a file. Absent: formats.

use std::path::Path;
use std::process::ExitCode;

use actions::Node;
use actions::export::{
    Destination, Feed, Written, everything, everything_as_lheo, selection, selection_as_lheo,
};
use catalogue::french::counted;

use crate::cli::Export;
use crate::failure::Failure;
use crate::terminal;

/// Reasons told one by one; all are counted.
const SHOWN: usize = 20;

pub async fn run(asked: &Export, data_dir: &Path) -> Result<ExitCode, Failure> {
    let text = asked.text.as_deref().unwrap_or_default();
    let wanted = asked.filters.selection(text, None)?;
    let is_whole = asked.filters.is_empty() && text.is_empty();
    let is_lheo = asked.out.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xml"));
    let (destination, feed) = match (is_lheo, &asked.providers) {
        (false, None) => (Some(Destination::new(&asked.out, asked.force)?), None),
        (false, Some(_)) => {
            return Err(Failure::wrong_use(
                "« --providers » ne sert qu’à LHEO",
                "donnez à --out un nom en .xml, ou retirez --providers",
            ));
        }
        (true, None) => {
            return Err(Failure::wrong_use(
                "LHEO demande de chaque organisme un SIRET, un numéro d’activité et une adresse, que le catalogue ne \
                 dit pas",
                "donnez-les dans une table, par --providers ; le guide en décrit les colonnes",
            ));
        }
        (true, Some(providers)) => {
            let (out, providers) = (asked.out.clone(), providers.clone());
            (None, Some(Feed { out, overwrite: asked.force, providers }))
        }
    };
    let store = super::open_to_read(data_dir, super::FROM_BUILTIN).await?;
    let snapshot = match is_whole {
        true => None,
        false => Some(Node::over(store.clone(), data_dir, terminal::node_watcher()).await?.snapshot()),
    };
    if let Some(feed) = feed {
        let written = match &snapshot {
            None => everything_as_lheo(&store, feed).await?,
            Some(snapshot) => selection_as_lheo(snapshot, &wanted, &feed)?,
        };
        return tell_lheo(&written, asked);
    }
    let count = match (&snapshot, &destination) {
        (Some(snapshot), Some(destination)) => selection(snapshot, &wanted, destination)?,
        _ => everything(&store, &asked.out, asked.force).await?,
    };
    let count = counted(count, "formation écrite", "formations écrites");
    terminal::say(&format!("{count} dans « {} ».\n", asked.out.display()))?;
    Ok(ExitCode::SUCCESS)
}

/// Tells what could not be carried, and fails when nothing could.
fn tell_lheo(written: &Written, asked: &Export) -> Result<ExitCode, Failure> {
    let mut text = String::new();
    for reason in written.reasons.iter().take(SHOWN) {
        let mark = match (reason.is_written, reason.trainings) {
            (true, 1) => "Écrite en partie",
            (true, _) => "Écrites en partie",
            (false, 1) => "Laissée",
            (false, _) => "Laissées",
        };
        let count = counted(reason.trainings, "formation", "formations");
        let more = if reason.trainings > reason.first.len() as u64 { ", …" } else { "" };
        text.push_str(&format!("{mark} : {count} ({}{more}) — {}.\n", reason.first.join(", "), reason.why));
    }
    let more = written.reasons.len().saturating_sub(SHOWN) as u64;
    if more > 0 {
        text.push_str(&format!("… et {}.\n", counted(more, "autre raison", "autres raisons")));
    }
    eprint!("{}", terminal::typeset(&text));
    let (count, left) = (written.written, written.left_out);
    let left = counted(
        left,
        "laissée, à laquelle manque ce que LHEO rend obligatoire",
        "laissées, auxquelles manque ce que LHEO rend obligatoire",
    );
    if count == 0 {
        return Err(Failure::failed(
            format!("aucune formation ne peut être écrite en LHEO ({left})"),
            "complétez le fichier des organismes, la nature et le format des formations",
        ));
    }
    let count = counted(count, "formation écrite", "formations écrites");
    terminal::say(&format!("{count} dans « {} » ; {left}.\n", asked.out.display()))?;
    Ok(ExitCode::SUCCESS)
}
