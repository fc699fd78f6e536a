//! `parcours import`: shows what a file would change, asks, publishes. Absent: reading and comparing (see
//! `actions::import`).

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use actions::ActionError;
use actions::import::{self, Asked, Mode, Plan, Ready, Report, Signature};
use actions::open_store;
use catalogue::duplicates::Decisions;
use catalogue::french::{NARROW, counted, integer};
use exchange::mapping::Mapping;
use serde_json::json;
use store::{Revision, Store, StoreError};

use super::revisions::{column_lines, revision_json};
use crate::cli::Import;
use crate::failure::Failure;
use crate::terminal::{self, Bar};

/// Trainings and issues shown one by one; all are counted.
const SHOWN: usize = 20;
/// What is said before the differences with what someone else has just published.
const OVERTAKEN: &str = "Le catalogue a changé entre-temps : le fichier lui est comparé de nouveau.\n";
/// Times that a publication is tried while others publish.
const PUBLISH_TRIES: u32 = 5;

pub async fn run(asked: &Import, data_dir: &Path) -> Result<ExitCode, Failure> {
    if let Some(out) = &asked.propose {
        return propose(asked, out);
    }
    // Corrections may already be in it.
    if let Some(out) = asked.refused.as_ref().filter(|out| out.is_file()) {
        return Err(ActionError::Taken(out.clone()).into());
    }
    let mapping = asked.mapping.as_deref().map(read_mapping).transpose()?;
    let store = match asked.dry_run {
        true => {
            super::open_to_read(data_dir, "le fichier est comparé à celui qui est livré avec le programme.")
                .await?
        }
        false => open_store(data_dir).await?,
    };
    let mode = if asked.replace { Mode::Replace } else { Mode::Merge };
    let bar = Bar::new(0, "Lignes lues :");
    let decisions = asked.decisions.as_deref().map(read_decisions).transpose()?.unwrap_or_default();
    let (path, sheet, accept_proposals) = (asked.file.clone(), asked.sheet.clone(), asked.accept_proposals);
    let file = Asked { path, mode, mapping, sheet, decisions, accept_proposals };
    let plan = Plan::of_file(&store, &file, &mut |rows| bar.set(rows)).await?;
    drop(bar);
    let ready = plan.finish(&store).await?;
    let mut report = ready.report.clone();
    if !asked.json {
        eprint!("{}", terminal::typeset(&doubts(&report)));
        eprint!("{}", terminal::typeset(&issues(&report)));
        eprint!("{}", terminal::typeset(&likeness(&report)));
        terminal::say(&told(&report))?;
    }
    if let Some(out) = &asked.refused {
        let rows = import::write_refused(&file, &report.issues, out)?;
        let told = counted(rows, "ligne refusée écrite", "lignes refusées écrites");
        eprint!("{}", terminal::typeset(&format!("{told} dans « {} ».\n", out.display())));
        if report.issues_total > import::ISSUES_MAX as u64 {
            let most = integer(import::ISSUES_MAX as u64);
            let told = format!(
                "Seules les lignes des {most} premiers refus sont écrites{NARROW}: corrigez-les, puis recommencez.\n"
            );
            eprint!("{}", terminal::typeset(&told));
        }
    }
    let published = match decide(asked, &report)? {
        Decision::Publish => {
            let name = asked.file.file_name().unwrap_or_default().to_string_lossy();
            let signature = super::signature(&asked.signature, format!("import de {name}"));
            let bar = Bar::new(0, "Publication…");
            let (published, again) = publish(&store, ready, &file, signature, asked.yes).await?;
            drop(bar);
            if let Some(again) = again {
                report = again;
                if !asked.json {
                    eprint!("{}", terminal::typeset(OVERTAKEN));
                    eprint!("{}", terminal::typeset(&likeness(&report)));
                    terminal::say(&told(&report))?;
                }
            }
            published
        }
        Decision::Keep => None,
    };
    store.close().await;
    tell(asked, &report, published.as_ref())?;
    let all_refused = report.issues_total > 0 && report.refused == report.rows;
    Ok(if all_refused || report.cut_short { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Publishes; when someone else published meanwhile and nobody is asked anything, the file is compared again with
/// what is now in place. Gives what was published, and the report of the last comparison when there were several.
async fn publish(
    store: &Store,
    mut ready: Ready,
    file: &Asked,
    signature: Signature,
    again: bool,
) -> Result<(Option<Revision>, Option<Report>), Failure> {
    let mut last = None;
    for left in (0..PUBLISH_TRIES).rev() {
        match ready.publish(store, signature.clone()).await {
            Err(ActionError::Store(StoreError::Overtaken { .. })) if again && left > 0 => {}
            published => return Ok((published?, last)),
        }
        ready = Plan::of_file(store, file, &mut |_| {}).await?.finish(store).await?;
        last = Some(ready.report.clone());
    }
    Ok((None, last))
}

/// Writes the draft of a mapping, never over a file.
fn propose(asked: &Import, out: &Path) -> Result<ExitCode, Failure> {
    let reading = asked.mapping.as_deref().map(read_mapping).transpose()?;
    let reading = reading.map(|mapping| mapping.options()).unwrap_or_default();
    let draft = import::propose(&asked.file, asked.sheet.as_deref(), reading)?;
    let mut file = std::fs::File::create_new(out).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => ActionError::Taken(out.to_owned()),
        _ => ActionError::File { path: out.to_owned(), source: error },
    })?;
    file.write_all(draft.text.as_bytes())?;
    let notes: String = draft.notes.iter().map(|note| format!("Attention : {note}.\n")).collect();
    eprint!("{}", terminal::typeset(&notes));
    let (file, out) = (asked.file.display(), out.display());
    terminal::say(&format!(
        "Correspondance écrite dans « {out} ». Relisez-la, complétez-la, puis regardez ce qu’elle donne :\n  \
         parcours import {file} --mapping {out} --dry-run\n"
    ))?;
    Ok(ExitCode::SUCCESS)
}

fn read_mapping(path: &Path) -> Result<Mapping, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|source| ActionError::File { path: path.to_owned(), source })?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Mapping::parse(&name, &text).map_err(|issue| Failure::wrong_use(issue.to_string(), ""))
}

fn read_decisions(path: &Path) -> Result<Decisions, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|source| ActionError::File { path: path.to_owned(), source })?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let (decisions, issues) = exchange::decisions::read(&name, &text);
    match issues.first() {
        Some(issue) => Err(Failure::wrong_use(issue.to_string(), "")),
        None => Ok(decisions),
    }
}

/// New trainings that look like one in place, and what their words speak for.
fn likeness(report: &Report) -> String {
    let mut text = String::new();
    for pair in report.lookalikes.iter().take(SHOWN) {
        text.push_str(&format!(
            "Doublon possible : {} — {}, et en place {} — {} ({}).\n",
            pair.new.id,
            pair.new.title,
            pair.known.id,
            pair.known.title,
            pair.why.join(", ")
        ));
    }
    let left = report.lookalikes_total.saturating_sub(SHOWN as u64);
    if left > 0 {
        text.push_str(&format!(
            "{}.\n",
            counted(left, "autre doublon possible", "autres doublons possibles")
        ));
    }
    if report.kept > 0 {
        let rows = counted(report.kept, "formation en place garde", "formations en place gardent");
        text.push_str(&format!("{rows} ce que le fichier ne dit pas (thématiques, public, résumé…).\n"));
    }
    text.push_str(&suggested(report));
    text
}

/// Values proposed for what the file does not say, and how to take them.
fn suggested(report: &Report) -> String {
    let about = "d’après les textes et les codes pour des thématiques, publics ou objectifs que le fichier ne dit pas";
    let known = "--json les donne avec les mots ou le code qui y mènent";
    let mut text = String::new();
    if report.suggestions_accepted > 0 {
        let values = counted(report.suggestions_accepted, "valeur proposée", "valeurs proposées");
        text.push_str(&format!(
            "{values} {about} : acceptées, elles entrent comme choix d’éditeur ; {known}.\n"
        ));
    }
    let left = report.suggestions_total - report.suggestions_accepted;
    if left > 0 {
        let values = counted(left, "valeur est proposée", "valeurs sont proposées");
        text.push_str(&format!(
            "{values} {about} : {known} ; rien n’en est publié sans --accept-proposals.\n"
        ));
    }
    text
}

/// How the file was read, and the values left as words.
fn doubts(report: &Report) -> String {
    let mut text: String = report.reading.iter().map(|line| format!("Lecture : {line}.\n")).collect();
    let mut told = 0;
    for warning in report.warnings.iter().take(SHOWN) {
        let rows = match warning.rows {
            1 => String::new(),
            rows => format!(" ({})", counted(rows, "fois", "fois")),
        };
        text.push_str(&format!("À vérifier{rows} : {}\n", warning.issue));
        told += warning.rows;
    }
    let left = report.warnings_total.saturating_sub(told);
    if left > 0 {
        let others = counted(left, "autre valeur est à vérifier", "autres valeurs sont à vérifier");
        text.push_str(&format!("{others} (--json en dit plus).\n"));
    }
    text
}

enum Decision {
    Publish,
    Keep,
}

fn decide(asked: &Import, report: &Report) -> Result<Decision, Failure> {
    if asked.dry_run || !report.changes_something() {
        return Ok(Decision::Keep);
    }
    if asked.yes {
        return Ok(Decision::Publish);
    }
    match terminal::confirm("Publier ces changements ?")? {
        Some(true) => Ok(Decision::Publish),
        Some(false) => Ok(Decision::Keep),
        None => Err(Failure::wrong_use(
            "rien n’est publié : sans terminal, personne ne peut répondre",
            "ajoutez --yes pour publier, ou --dry-run pour seulement regarder",
        )),
    }
}

fn tell(asked: &Import, report: &Report, published: Option<&Revision>) -> Result<(), Failure> {
    if asked.json {
        let published = published.map(revision_json);
        return terminal::print_json(
            &json!({ "report": report, "dry_run": asked.dry_run, "published": published }),
        );
    }
    let line = match published {
        Some(revision) => format!("Version {} publiée : {}.\n", revision.id, trainings(revision.total)),
        None if asked.dry_run && report.changes_something() => {
            "Essai : rien n’a été publié. Retirez --dry-run pour publier.\n".to_owned()
        }
        None if report.changes_something() => "Rien n’a été publié.\n".to_owned(),
        None if report.cut_short => {
            "Le fichier n’a pas pu être lu jusqu’au bout : rien n’a été publié.\n".to_owned()
        }
        None => "Rien à publier.\n".to_owned(),
    };
    terminal::say(&line)
}

fn trainings(total: i64) -> String {
    counted(u64::try_from(total).unwrap_or(0), "formation", "formations")
}

fn told(report: &Report) -> String {
    let mut text = format!(
        "{} : {}, {}, {}, {}, {}.\n",
        counted(report.rows, "ligne lue", "lignes lues"),
        counted(report.added, "ajoutée", "ajoutées"),
        counted(report.changed, "modifiée", "modifiées"),
        counted(report.unchanged, "identique", "identiques"),
        counted(report.withdrawn, "retirée", "retirées"),
        counted(report.refused, "refusée", "refusées"),
    );
    for named in report.first_added.iter().take(SHOWN) {
        text.push_str(&format!("  + {} — {}\n", named.id, named.title));
    }
    text.push_str(&more(report.added, report.first_added.len()));
    for changed in report.first_changed.iter().take(SHOWN) {
        text.push_str(&format!("  ~ {} — {}\n{}", changed.id, changed.title, column_lines(&changed.columns)));
    }
    text.push_str(&more(report.changed, report.first_changed.len()));
    for id in report.first_withdrawn.iter().take(SHOWN) {
        text.push_str(&format!("  − {id}\n"));
    }
    text.push_str(&more(report.withdrawn, report.first_withdrawn.len()));
    if report.withdrawals_held && report.rows == 0 {
        text.push_str(
            "Aucune formation n’est retirée : le fichier ne contient aucune ligne. Vérifiez que c’est le bon.\n",
        );
    } else if report.withdrawals_held && report.refused == 0 {
        text.push_str("Aucune formation n’est retirée : le fichier n’a pas pu être lu jusqu’au bout.\n");
    } else if report.withdrawals_held {
        text.push_str(
            "Aucune formation n’est retirée : des lignes sont refusées, et l’une d’elles peut être celle\n\
             d’une formation en place. Corrigez-les, puis recommencez.\n",
        );
    }
    text
}

fn issues(report: &Report) -> String {
    let mut text: String =
        report.issues.iter().take(SHOWN).map(|issue| format!("Refus : {issue}\n")).collect();
    let left = report.issues_total.saturating_sub(SHOWN as u64);
    if left > 0 {
        let listed = report.issues.len() as u64;
        let others = counted(left, "autre refus n’est pas montré", "autres refus ne sont pas montrés");
        let all = match listed == report.issues_total {
            true => "--json les donne tous".to_owned(),
            false => format!("--json donne les {} premiers", integer(listed)),
        };
        text.push_str(&format!(
            "{others} : --refused FICHIER.csv écrit les lignes refusées, {all} (ajoutez --dry-run pour ne rien publier).\n"
        ));
    }
    text
}

/// « … et 12 autres », when not all are shown.
fn more(total: u64, listed: usize) -> String {
    match total.saturating_sub(listed.min(SHOWN) as u64) {
        0 => String::new(),
        left => format!("  … et {}\n", counted(left, "autre", "autres")),
    }
}
