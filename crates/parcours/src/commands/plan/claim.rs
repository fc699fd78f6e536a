//! `parcours plan --check` on a pathway: each figure of its file held against what its steps give when they are worked out
//! again, and what takes a search told as not checked. Absent: the working out (see `actions::pathways::rebuilt`).

use actions::pathways::Claim;
use catalogue::french::{counted, decimal, list, quoted};
use catalogue::pathways::{cents_in_french, minutes_in_french};
use serde_json::Value;

/// Parts that take a search, with what is said of each.
const SEARCHED: [(&str, &str); 2] = [
    ("frontier", "ce que chaque durée permet (« frontier »)"),
    ("steps.without", "ce que serait le parcours sans chaque étape (« without »)"),
];
/// What the totals are: they are called exact when all are there and right.
const TOTALS: [&str; 5] = ["levels_gained", "levels_wanted", "share", "bill", "coverage"];
/// Most lines of each list.
const LINES_MAX: usize = 40;

/// What a check found.
#[derive(Default)]
pub(super) struct Verdict {
    /// All that is wrong.
    pub broken: Vec<String>,
    /// What is not checked, and why.
    pub unverified: Vec<String>,
    /// Parts of the file that are missing, by path.
    pub missing: Vec<String>,
}

impl Verdict {
    /// A file held against what its steps give.
    pub(super) fn of(claim: &Claim, claimed: &Value, own: &Value) -> Self {
        let mut verdict = Self::default();
        verdict.revision(&claimed["revision"], &own["revision"]);
        for (name, _) in
            claim.request.iter().filter(|(name, _)| !catalogue::pathways::PathwayRequest::is_parameter(name))
        {
            verdict.broken.push(format!("« request » : {} n’est pas un paramètre", quoted(name)));
        }
        verdict.compare(&mut Vec::new(), claimed, own);
        match claim.status.as_deref() {
            Some("optimal") => verdict.unverified.push(
                "la preuve d’optimum n’est pas revérifiée : « parcours plan --persona » la refait".to_owned(),
            ),
            Some(_) => verdict.unverified.push(
                "la part qu’aucun parcours ne dépasse (« share_bound ») n’est pas revérifiée".to_owned(),
            ),
            None => {}
        }
        if !claim.alternatives.is_empty() {
            let told = "que les autres parcours soient les meilleurs (« alternatives ») : leurs étapes et leurs totaux seuls sont vérifiés";
            verdict.unverified.push(told.to_owned());
        }
        if own["calendar"] == "unknown" {
            verdict.unverified.push(
                "que les étapes tiennent dans les mois demandés : le fichier ne dit pas leurs mois"
                    .to_owned(),
            );
        }
        let missing = verdict.missing.iter().map(|path| format!("{path} : absent, non vérifié"));
        verdict.unverified.extend(missing);
        verdict.broken.dedup();
        verdict.unverified.dedup();
        verdict
    }

    /// What the command says of a pathway of so many steps.
    pub(super) fn in_french(&self, steps: usize) -> String {
        let lines = |own: &[String]| -> String {
            let shown = own.iter().take(LINES_MAX).map(|line| format!("  - {line}\n"));
            let rest = own.len().saturating_sub(LINES_MAX);
            let rest = (rest > 0).then(|| format!("  - et {}\n", counted(rest as u64, "autre", "autres")));
            shown.chain(rest).collect()
        };
        let mut text = if self.broken.is_empty() {
            let steps = counted(steps as u64, "étape", "étapes");
            let is_missing = |part: &str| self.missing.iter().any(|path| path.contains(&quoted(part)));
            let totals = match TOTALS.iter().any(|part| is_missing(part)) {
                true => "les totaux présents sont exacts",
                false => "totaux exacts",
            };
            format!(
                "Le parcours est juste dans ce qui est vérifié : {steps}, limites et prérequis respectés, {totals}.\n"
            )
        } else {
            format!("Le parcours n’est pas juste :\n{}", lines(&self.broken))
        };
        if !self.unverified.is_empty() {
            text.push_str(&format!("Ce qui n’est pas vérifié :\n{}", lines(&self.unverified)));
        }
        text
    }

    fn revision(&mut self, claimed: &Value, own: &Value) {
        match (claimed.as_u64(), own.as_u64()) {
            (Some(claimed), Some(own)) if claimed > own => self.broken.push(format!(
                "« revision » dit {claimed}, alors que le catalogue en est à la version {own}"
            )),
            (Some(claimed), Some(own)) if claimed < own => self.unverified.push(format!(
                "l’offre de la version {claimed}, dont le fichier parle : la vérification porte sur la version {own}"
            )),
            _ => {}
        }
    }

    fn compare(&mut self, path: &mut Vec<String>, claimed: &Value, own: &Value) {
        match (claimed, own) {
            (Value::Object(claimed), Value::Object(own)) => {
                let is_searched = path.first().is_some_and(|first| first == "unmet")
                    && own.get("reason").is_some_and(|reason| reason == "undecided");
                if is_searched {
                    self.searched_reason(path, claimed.get("reason"));
                }
                for (key, value) in own {
                    let is_input =
                        path.is_empty() && matches!(key.as_str(), "persona" | "request" | "revision");
                    if is_input || is_searched && matches!(key.as_str(), "reason" | "sentence") {
                        continue;
                    }
                    path.push(key.clone());
                    match (searched(path), claimed.get(key)) {
                        (_, None) => self.missing.push(named(path)),
                        (Some(told), Some(_)) => self.searched(told),
                        (None, Some(claimed)) => self.compare(path, claimed, value),
                    }
                    path.pop();
                }
                for key in claimed.keys().filter(|key| !own.contains_key(*key)) {
                    path.push(key.clone());
                    match searched(path) {
                        Some(told) => self.searched(told),
                        None if is_searched && key == "lack" => {}
                        None => self.unverified.push(format!("{} : inconnu, non vérifié", named(path))),
                    }
                    path.pop();
                }
            }
            (Value::Array(claimed), Value::Array(own)) if claimed.len() == own.len() => {
                for (place, (claimed, own)) in claimed.iter().zip(own).enumerate() {
                    path.push((place + 1).to_string());
                    self.compare(path, claimed, own);
                    path.pop();
                }
            }
            (Value::Array(claimed), Value::Array(own)) => self.broken.push(format!(
                "{} : {} dans le fichier, {} d’après la vérification",
                named(path),
                counted(claimed.len() as u64, "élément", "éléments"),
                counted(own.len() as u64, "élément", "éléments")
            )),
            _ if is_same(claimed, own) => {}
            _ => self.broken.push(format!(
                "{} : {} dans le fichier, {} d’après la vérification",
                named(path),
                shown(path, claimed),
                shown(path, own)
            )),
        }
    }

    /// A level left that could be reached: why is for a search to say.
    fn searched_reason(&mut self, path: &[String], claimed: Option<&Value>) {
        match claimed.and_then(Value::as_str) {
            Some("limits" | "calendar" | "undecided") | None => {
                self.searched("ce qu’il faudrait de plus pour les niveaux que des formations ouvertes apportent (« unmet »)");
            }
            Some(other) => self.broken.push(format!(
                "{} : {} dans le fichier, alors que des formations ouvertes apportent ce niveau",
                named(path),
                quoted(other)
            )),
        }
    }

    fn searched(&mut self, told: &str) {
        let told = format!("{told} : il faudrait chercher de nouveau");
        if !self.unverified.contains(&told) {
            self.unverified.push(told);
        }
    }
}

/// What is said of a part that takes a search.
fn searched(path: &[String]) -> Option<&'static str> {
    let keys: Vec<&str> =
        path.iter().map(String::as_str).filter(|key| key.parse::<usize>().is_err()).collect();
    let keys = keys.join(".");
    SEARCHED.iter().find(|(part, _)| *part == keys).map(|(_, told)| *told)
}

/// A place of the file: « steps », 2, « hours ».
fn named(path: &[String]) -> String {
    let parts: Vec<String> =
        path.iter().map(|key| if key.parse::<usize>().is_ok() { key.clone() } else { quoted(key) }).collect();
    parts.join(" ")
}

/// Whether two values are the same: texts but for the kind of their spaces, numbers but for what their writing loses.
fn is_same(claimed: &Value, own: &Value) -> bool {
    let plain = |text: &str| text.replace(['\u{a0}', '\u{202f}'], " ");
    match (claimed, own) {
        (Value::String(claimed), Value::String(own)) => plain(claimed) == plain(own),
        (Value::Number(claimed), Value::Number(own)) => match (claimed.as_f64(), own.as_f64()) {
            (Some(claimed), Some(own)) => (claimed - own).abs() < 1e-6,
            _ => false,
        },
        _ => claimed == own,
    }
}

/// A value in words, with the unit that its name says.
fn shown(path: &[String], value: &Value) -> String {
    let key = path.iter().rev().find(|key| key.parse::<usize>().is_err()).map_or("", String::as_str);
    match value {
        Value::Null => "rien".to_owned(),
        Value::Bool(true) => "oui".to_owned(),
        Value::Bool(false) => "non".to_owned(),
        Value::String(text) => quoted(&text.chars().take(200).collect::<String>()),
        Value::Number(number) => {
            let number = number.as_f64().unwrap_or_default();
            match key {
                _ if number < 0.0 => decimal(number),
                key if key.contains("hours") => minutes_in_french((number * 60.0).round() as u64),
                "known_euros" | "euros" | "price_eur" => cents_in_french((number * 100.0).round() as u64),
                "levels" | "levels_gained" | "levels_wanted" => counted(number as u64, "niveau", "niveaux"),
                "share" | "share_bound" => format!("{} %", decimal(number * 100.0)),
                _ => decimal(number),
            }
        }
        Value::Array(values) => {
            let values: Vec<String> = values.iter().take(12).map(|value| shown(path, value)).collect();
            list(&values, "et")
        }
        Value::Object(_) => "un objet".to_owned(),
    }
}
