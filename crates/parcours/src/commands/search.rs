//! `parcours search`: the explorer in a terminal. Absent: search itself (see the crate `catalogue`).

mod explaining;
mod table;

use std::path::Path;
use std::process::ExitCode;

use actions::Node;
use catalogue::french::{counted, list, quoted};
use catalogue::{Dropped, Facet, Found, Reading, ReadingKind, Selection, SelectionError, Snapshot};

use crate::cli::Search;
use crate::failure::Failure;
use crate::terminal::{self, wrapped};

/// Values of an open facet that are counted on screen.
const OPEN_VALUES: usize = 12;
/// Spellings or longer words told for one word.
const TOLD_WORDS: usize = 8;

pub async fn run(asked: &Search, data_dir: &Path) -> Result<ExitCode, Failure> {
    let selection = asked.filters.selection(&asked.words.words.join(" "), asked.page)?;
    let store = super::open_to_read(data_dir, super::FROM_BUILTIN).await?;
    let node = Node::over(store, data_dir, terminal::node_watcher()).await?;
    let snapshot = node.snapshot();
    let mut found = snapshot.search(&selection)?;
    if let Some(limit) = asked.limit {
        found.trainings = snapshot.first(&selection, limit)?;
        found.pages = 1;
    }
    if found.page > found.pages {
        let message = format!("la page {} n’existe pas : il y en a {}", found.page, found.pages);
        return Err(Failure::wrong_use(message, format!("demandez --page {} au plus", found.pages)));
    }
    if asked.json {
        terminal::print_json(&web::list(&snapshot, found))?;
    } else {
        terminal::say(&told(asked, &snapshot, &selection, &found)?)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn told(
    asked: &Search,
    snapshot: &Snapshot,
    selection: &Selection,
    found: &Found,
) -> Result<String, SelectionError> {
    let mut text = wrapped(&found.sentence, 0);
    text.extend(found.readings.iter().filter_map(reading).map(|line| wrapped(&line, 2)));
    if found.total == 0 {
        text.push_str(&ways_out(found));
    } else {
        let first = if asked.limit.is_some() { 1 } else { (found.page - 1) * catalogue::PAGE_SIZE + 1 };
        text.push('\n');
        text.push_str(&table::head());
        for (number, training) in (first..).zip(&found.trainings) {
            text.push_str(&table::row(number, training, snapshot));
            if asked.explain {
                text.push_str(&explaining::explained(snapshot, selection, training)?);
            }
        }
    }
    if found.trainings.iter().any(|training| snapshot.estimate(training).is_some()) {
        text.push('\n');
        text.push_str(&wrapped(
            "est. : durée estimée d’après des formations comparables ; — : non précisé.",
            0,
        ));
    }
    if found.pages > 1 {
        text.push('\n');
        text.push_str(&wrapped(
            &format!("Page {} sur {} (--page N pour une autre).", found.page, found.pages),
            0,
        ));
    }
    if found.reachable() < found.total {
        let reachable = catalogue::french::integer(found.reachable());
        let told = format!(
            "Les pages montrent les {reachable} premières formations : ajoutez un filtre pour voir les autres."
        );
        text.push_str(&wrapped(&told, 0));
    }
    if asked.facets {
        text.push_str(&facets(found));
    }
    Ok(text)
}

/// How a word was understood, when it is not as typed.
fn reading(reading: &Reading) -> Option<String> {
    let typed = quoted(&reading.typed);
    let told = |words: &[String]| {
        let words = words.iter().filter(|word| word.to_lowercase() != reading.typed.to_lowercase());
        let words: Vec<String> = words.take(TOLD_WORDS).map(|word| quoted(word)).collect();
        list(&words, "et")
    };
    match &reading.kind {
        ReadingKind::Word | ReadingKind::Exact => None,
        ReadingKind::Synonym(words) => Some(format!("{typed} : aussi {}.", told(words))),
        ReadingKind::Prefix(words) => Some(format!("{typed} : début de {}.", told(words))),
        ReadingKind::Corrected(words) => Some(format!("{typed} est inconnu : lu comme {}.", told(words))),
        ReadingKind::Ignored => Some(format!("{typed} : mot trop courant, ignoré.")),
        ReadingKind::Unknown => Some(format!("{typed} est inconnu du catalogue.")),
    }
}

fn ways_out(found: &Found) -> String {
    if found.ways_out.is_empty() {
        return wrapped("Aucun filtre ni mot retiré seul ne donnerait de formation : repartez de zéro.", 0);
    }
    let line = |way: &catalogue::WayOut| {
        let what = match way.dropped {
            Dropped::Filter(facet) => format!("sans le filtre {}", quoted(facet.label())),
            Dropped::Words => "sans les mots".to_owned(),
            Dropped::EveryWord => "avec un seul des mots (--mots un)".to_owned(),
        };
        wrapped(&format!("{what} : {}", counted(way.total, "formation", "formations")), 2)
    };
    format!("À essayer :\n{}", found.ways_out.iter().map(line).collect::<String>())
}

fn facets(found: &Found) -> String {
    let mut text = String::new();
    for counts in &found.facets {
        let option = counts.facet.name().replace('_', "-");
        text.push_str(&format!("\n{} (--{option})\n", counts.facet.label()));
        let most = if counts.facet == Facet::Provider { OPEN_VALUES } else { usize::MAX };
        for value in counts.values.iter().filter(|value| value.count > 0 || value.selected).take(most) {
            let mark = if value.selected { '•' } else { ' ' };
            let indent = if value.parent.is_some() { 2 } else { 0 };
            let line = format!("{mark} {:indent$}{:>6}  {} — {}", "", value.count, value.id, value.label);
            text.push_str(terminal::cell(&line, terminal::width()).trim_end());
            text.push('\n');
        }
    }
    text
}
