//! The file of decisions on pairs of trainings that look like one, so that a decided pair is not shown again.
//!
//! ```toml
//! [[decision]]
//! keep = "initiation-rgpd"          # the training that stays
//! other = "initiation-au-rgpd"      # the other one
//! verdict = "merged"                # "apart": two trainings; "merged": one, and the other is withdrawn
//! reason = "Même session, annoncée deux fois."
//! date = "2026-11-25"               # a year, a month or a day
//! ```
//!
//! All keys are compulsory, and there is no other. Absent: the withdrawal itself.

use catalogue::duplicates::{Decision, Decisions, Verdict};
use catalogue::{Seen, TrainingId};
use toml::Spanned;

use crate::Issue;
use crate::issue::Fault;

/// Largest file of decisions, in bytes.
pub const BYTES_MOST: usize = 32 << 20;
/// Longest reason, in characters.
pub const REASON_CHARS: usize = 1_000;

const KEYS: [&str; 5] = ["keep", "other", "verdict", "reason", "date"];

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    decision: Vec<Spanned<toml::Table>>,
}

/// Reads decisions. What cannot be taken is an issue; the other decisions go in, unless the file is no TOML.
pub fn read(name: &str, text: &str) -> (Decisions, Vec<Issue>) {
    let mut decisions = Decisions::default();
    if text.len() > BYTES_MOST {
        let fault = Fault::new("le fichier dépasse 32 Mo", "retirez les décisions devenues inutiles");
        return (decisions, vec![fault.at(name, None)]);
    }
    let file: File = match toml::from_str(text) {
        Ok(file) => file,
        Err(error) => {
            let line = error.span().map(|span| line(text, span.start));
            let remedy = "écrivez des tables [[decision]] avec keep, other, verdict, reason et date";
            let fault = Fault::new("le fichier n’est pas lisible", remedy).value(error.message());
            return (decisions, vec![fault.at(name, line)]);
        }
    };
    let mut issues = Vec::new();
    for table in &file.decision {
        let at = Some(line(text, table.span().start));
        let added = decision(table.get_ref()).and_then(|decision| {
            let twice = |error: catalogue::duplicates::DecisionError| {
                Fault::new(error.to_string(), "gardez une seule décision pour chaque paire")
            };
            decisions.add(decision).map_err(twice)
        });
        if let Err(fault) = added {
            issues.push(fault.at(name, at));
        }
    }
    (decisions, issues)
}

fn decision(table: &toml::Table) -> Result<Decision, Fault> {
    if let Some(key) = table.keys().find(|key| !KEYS.contains(&key.as_str())) {
        return Err(Fault::new("la clé n’est pas connue", "retirez-la").column(key));
    }
    let text = |key: &'static str| {
        let found =
            table.get(key).and_then(toml::Value::as_str).map(str::trim).filter(|text| !text.is_empty());
        found.ok_or_else(|| {
            Fault::new("la clé manque, ou n’est pas un texte", "écrivez-la entre guillemets").column(key)
        })
    };
    let wrong = |key: &'static str, value: &str, error: catalogue::ValueError| {
        Fault::new(error.problem, error.remedy).column(key).value(value)
    };
    let id = |key: &'static str| {
        let value = text(key)?;
        TrainingId::parse(value).map_err(|error| wrong(key, value, error))
    };
    let verdict = match text("verdict")? {
        "apart" => Verdict::Apart,
        "merged" => Verdict::Merged,
        other => {
            let fault = Fault::new("la décision n’est pas connue", "écrivez « apart » ou « merged »");
            return Err(fault.column("verdict").value(other));
        }
    };
    let reason = text("reason")?;
    if reason.chars().count() > REASON_CHARS {
        let fault = Fault::new("la raison est trop longue", "raccourcissez-la à 1 000 caractères au plus");
        return Err(fault.column("reason").value(reason));
    }
    let date = text("date")?;
    let seen = Seen::parse(date).map_err(|error| wrong("date", date, error))?;
    Ok(Decision { keep: id("keep")?, other: id("other")?, verdict, reason: reason.to_owned(), date: seen })
}

/// Line of a place in a text, from 1.
fn line(text: &str, at: usize) -> u64 {
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count() as u64
}
