//! `parcours references`: the directory of certifications in place, and what trainings cite of it; its loading.
//! Absent: reading its files (see the crate `exchange`), keeping it (see the crate `store`).

use std::path::Path;
use std::process::ExitCode;

use actions::certifications::{Citations, citations, keep, read_directory};
use actions::open_store;
use catalogue::Seen;
use catalogue::certification::{CertificationCode, Certifications, Standing};
use catalogue::french::{counted, integer, list};
use exchange::certifications::Loaded;
use serde_json::{Value, json};
use store::{DirectoryStamp, Store};

use crate::cli::{LoadReferences, References, ReferencesCommand};
use crate::failure::Failure;
use crate::terminal;

/// Issues and certifications told one by one; all are counted.
const SHOWN: usize = 20;
/// Trainings named of each certification.
const NAMED: usize = 3;
/// Where the files are.
const WHERE: &str = "téléchargez l’archive CSV du répertoire sur data.gouv.fr (France compétences), puis lancez \
                     « parcours references load FICHIER »";

pub async fn run(asked: &References, data_dir: &Path) -> Result<ExitCode, Failure> {
    match &asked.command {
        Some(ReferencesCommand::Load(asked)) => load(asked, data_dir).await?,
        None => describe(asked, data_dir).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn load(asked: &LoadReferences, data_dir: &Path) -> Result<(), Failure> {
    let as_of = asked.date.as_deref().map(Seen::parse).transpose().map_err(|error| {
        Failure::wrong_use(format!("--date : {}", error.problem), "écrivez-la comme 2026-11-24")
    })?;
    let loaded = read_directory(asked.files.clone(), as_of).await?;
    if !asked.json {
        eprint!("{}", terminal::typeset(&doubts(&loaded)));
    }
    let store = match asked.dry_run {
        true => {
            super::open_to_read(
                data_dir,
                "les formations comptées sont celles qui sont livrées avec le programme.",
            )
            .await?
        }
        false => open_store(data_dir).await?,
    };
    let before = store.certifications_stamp().await?;
    let stamp = match asked.dry_run {
        true => None,
        false => Some(keep(&store, &loaded.directory).await?),
    };
    let cited = citations(&store, &loaded.directory).await?;
    store.close().await;
    if asked.json {
        return terminal::print_json(&json!({
            "dry_run": asked.dry_run,
            "rows": loaded.rows,
            "reading": loaded.reading,
            "issues": loaded.issues,
            "issues_total": loaded.issues_total,
            "replaces": before.map(|before| before.as_of),
            "loaded_at": stamp.map(|stamp| stamp.loaded_at),
            "directory": directory_json(&loaded.directory),
            "trainings": citations_json(&cited, &loaded.directory),
        }));
    }
    let mut text = summary(&loaded.directory);
    text.push_str(&match (asked.dry_run, &before) {
        (true, _) => "Essai : rien n’a été chargé. Retirez --dry-run pour charger.\n".to_owned(),
        (false, None) => "Répertoire chargé.\n".to_owned(),
        (false, Some(before)) => {
            let older = before.as_of > loaded.directory.as_of().to_string();
            let note = if older { ", qui était plus récent" } else { "" };
            format!("Répertoire chargé, à la place de celui du {}{note}.\n", in_french(&before.as_of))
        }
    });
    text.push_str(&told(&cited, &loaded.directory));
    terminal::say(&text)
}

async fn describe(asked: &References, data_dir: &Path) -> Result<(), Failure> {
    let store = Store::open_to_read(data_dir).await?;
    let held = store.certifications().await?;
    let cited = match &held {
        Some((_, directory)) => Some(citations(&store, directory).await?),
        None => None,
    };
    store.close().await;
    match (held.zip(cited), asked.json) {
        (None, true) => terminal::print_json(&json!({ "directory": null })),
        (None, false) => terminal::say(&format!("Aucun répertoire n’est chargé : {WHERE}.\n")),
        (Some(((stamp, directory), cited)), true) => terminal::print_json(&json!({
            "loaded_at": stamp.loaded_at,
            "directory": directory_json(&directory),
            "trainings": citations_json(&cited, &directory),
        })),
        (Some(((stamp, directory), cited)), false) => {
            terminal::say(&format!("{}{}{}", summary(&directory), loading(&stamp), told(&cited, &directory)))
        }
    }
}

fn doubts(loaded: &Loaded) -> String {
    let mut text: String = loaded.reading.iter().map(|line| format!("Lecture : {line}.\n")).collect();
    text.extend(loaded.issues.iter().take(SHOWN).map(|issue| format!("À vérifier : {issue}\n")));
    let left = loaded.issues_total.saturating_sub(SHOWN as u64);
    if left > 0 {
        text.push_str(&format!(
            "{} (--json en dit plus).\n",
            counted(left, "autre anomalie", "autres anomalies")
        ));
    }
    text
}

fn loading(stamp: &DirectoryStamp) -> String {
    let day: String = stamp.loaded_at.chars().take(10).collect();
    format!("Chargé le {}.\n", in_french(&day))
}

fn in_french(day: &str) -> String {
    Seen::parse(day).map_or_else(|_| day.to_owned(), Seen::in_french)
}

/// Entries, and those that are active, as a line.
fn summary(directory: &Certifications) -> String {
    let active = directory.iter().filter(|(_, entry)| entry.active == Some(true)).count();
    format!(
        "France compétences, répertoire du {} : {}, dont {}.\n",
        directory.as_of().in_french(),
        counted(directory.len() as u64, "certification", "certifications"),
        counted(active as u64, "active", "actives"),
    )
}

fn told(cited: &Citations, directory: &Certifications) -> String {
    let mut text = format!(
        "{}\u{202f}; certification qui n’est plus active\u{202f}: {}\u{202f}; que le répertoire n’a pas\u{202f}: {}.\n",
        counted(cited.trainings, "formation cite une certification", "formations citent une certification"),
        integer(cited.inactive),
        integer(cited.unknown),
    );
    for (code, trainings) in cited.cited.iter().take(SHOWN) {
        let more = trainings.len().saturating_sub(NAMED) as u64;
        let mut names: Vec<String> = trainings.iter().take(NAMED).cloned().collect();
        if more > 0 {
            names.push(counted(more, "autre", "autres"));
        }
        text.push_str(&format!(
            "  {code} — {} ; citée par {}.\n",
            standing(*code, directory),
            list(&names, "et")
        ));
    }
    let more = cited.cited.len().saturating_sub(SHOWN) as u64;
    if more > 0 {
        text.push_str(&format!("  … et {} (--json).\n", counted(more, "autre", "autres")));
    }
    text
}

/// How a certification stands, and what takes its place.
fn standing(code: CertificationCode, directory: &Certifications) -> String {
    let next: Vec<String> = directory.replacements(code).iter().map(ToString::to_string).collect();
    let replaced =
        if next.is_empty() { String::new() } else { format!(", remplacée par {}", list(&next, "et")) };
    let told = match directory.standing(code) {
        Standing::Unknown => "absente du répertoire",
        Standing::Inactive(_) => "n’est plus active",
        Standing::Active(_) => "active",
        Standing::Unsaid(_) => "le répertoire ne dit pas si elle est active",
    };
    format!("{told}{replaced}")
}

fn directory_json(directory: &Certifications) -> Value {
    let active = directory.iter().filter(|(_, entry)| entry.active == Some(true)).count();
    json!({ "source": "France compétences", "as_of": directory.as_of().to_string(), "total": directory.len(), "active": active })
}

fn citations_json(cited: &Citations, directory: &Certifications) -> Value {
    let of = |(code, trainings): (&CertificationCode, &Vec<String>)| {
        json!({
            "code": code, "inactive": matches!(directory.standing(*code), Standing::Inactive(_)),
            "listed": directory.standing(*code) != Standing::Unknown,
            "successors": directory.replacements(*code), "trainings": trainings,
        })
    };
    json!({
        "citing": cited.trainings, "citing_inactive": cited.inactive, "citing_unknown": cited.unknown,
        "certifications": cited.cited.iter().map(of).collect::<Vec<_>>(),
    })
}
