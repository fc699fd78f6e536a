//! TOML: our readable form. At the top `provider` and `provider_kind`, which hold for each training
//! that does not say otherwise; then one `[[training]]` each, with the other fields.
//!
//! Each `[[training]]` is read by itself, so a fault spoils one training only and a file of any
//! length is read in bounded memory. Absent: other tables than `[[training]]`.

mod write;

use std::io::BufRead;

use catalogue::RawTraining;
use catalogue::french::{integer, quoted};
use serde_json::{Map, Number, Value};

use crate::fields;
use crate::issue::Fault;
use crate::limits::{ROW_BYTES, ROW_LINES};
use crate::lines::{Line, Lines};
use crate::{Sink, Stop};

pub(crate) use write::write;

const HEADER_KEYS: [&str; 2] = ["provider", "provider_kind"];

pub(crate) fn read(lines: &mut Lines<impl BufRead>, sink: &mut Sink) -> Result<(), Stop> {
    let mut shared = None;
    let mut part = Part::default();
    let mut open = Open::No;
    while let Some(line) = lines.next()? {
        if open == Open::No && is_head(&line.text) {
            give(std::mem::take(&mut part), &mut shared, sink)?;
        }
        open = open.after(&line.text);
        part.push(line);
    }
    give(part, &mut shared, sink)
}

/// Lines from one `[[training]]` to the next; the first part is what is above them all.
#[derive(Default)]
struct Part {
    line: u64,
    lines: usize,
    text: String,
    is_too_long: bool,
}

impl Part {
    fn push(&mut self, line: Line) {
        if self.lines == 0 {
            self.line = line.number;
        }
        self.lines += 1;
        self.is_too_long |= line.is_too_long;
        self.is_too_long |= self.lines > ROW_LINES || self.text.len() + line.text.len() > ROW_BYTES;
        if !self.is_too_long {
            self.text.push_str(&line.text);
        }
    }

    fn parse(&self) -> Result<toml::Table, Vec<Fault>> {
        if self.is_too_long {
            let (bytes, lines) = (integer(ROW_BYTES as u64), integer(ROW_LINES as u64));
            let message = format!("la fiche dépasse {bytes} octets ou {lines} lignes");
            return Err(vec![Fault::new(message, "raccourcissez-la")]);
        }
        self.text.parse().map_err(|error: toml::de::Error| {
            let (line, faulty) = place_of(&error, &self.text);
            let message = match error.message().contains("duplicate key") {
                true => "une clé est écrite deux fois".to_owned(),
                false => format!("le TOML est illisible à la ligne {}", self.line + line - 1),
            };
            let remedy = "vérifiez les guillemets, les virgules et les crochets à cet endroit";
            vec![Fault::new(message, remedy).value(faulty.trim())]
        })
    }
}

/// The line of an error in a text of TOML, from 1, and what it holds.
pub(crate) fn place_of<'a>(error: &toml::de::Error, text: &'a str) -> (u64, &'a str) {
    let at = error.span().map_or(0, |span| span.start).min(text.len());
    let breaks = text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count();
    (breaks as u64 + 1, text.lines().nth(breaks).unwrap_or_default().trim())
}

/// Gives a part to the sink: the first one is the header, the others are trainings.
fn give(part: Part, shared: &mut Option<Map<String, Value>>, sink: &mut Sink) -> Result<(), Stop> {
    match shared {
        None => *shared = Some(header(&part, sink)),
        Some(shared) => sink.row(part.line, training(&part, shared))?,
    }
    Ok(())
}

fn header(part: &Part, sink: &mut Sink) -> Map<String, Value> {
    let line = Some(part.line.max(1));
    let table = part.parse().unwrap_or_else(|faults| {
        faults.into_iter().for_each(|fault| sink.fault(line, fault));
        toml::Table::new()
    });
    let (known, unknown): (Vec<_>, Vec<_>) =
        table.into_iter().partition(|(key, _)| HEADER_KEYS.contains(&key.as_str()));
    for (key, _) in unknown {
        let remedy = format!(
            "avant la première ligne {}, n’écrivez que provider et provider_kind",
            quoted("[[training]]")
        );
        sink.fault(line, Fault::new("la clé n’a pas sa place en tête du fichier", remedy).column(key));
    }
    known.into_iter().map(|(key, value)| (key, json(value))).collect()
}

fn training(part: &Part, shared: &Map<String, Value>) -> Result<RawTraining, Vec<Fault>> {
    let mut document = part.parse()?;
    let own = match document.remove("training") {
        Some(toml::Value::Array(mut trainings)) if trainings.len() == 1 => trainings.pop(),
        _ => None,
    };
    let Some(toml::Value::Table(own)) = own else {
        return Err(vec![Fault::new("la fiche n’a pas la bonne forme", "commencez-la par [[training]]")]);
    };
    if let Some(key) = document.keys().next() {
        let fault = Fault::new("cette table n’est pas connue", "n’écrivez que des tables [[training]]");
        return Err(vec![fault.column(key)]);
    }
    let mut object = shared.clone();
    object.extend(own.into_iter().map(|(key, value)| (key, json(value))));
    fields::training(object)
}

/// A TOML value as JSON; dates, and numbers that are not finite, become texts.
fn json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => Value::Number(number.into()),
        toml::Value::Float(number) => {
            Number::from_f64(number).map_or(number.to_string().into(), Value::Number)
        }
        toml::Value::Boolean(boolean) => Value::Bool(boolean),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(items) => Value::Array(items.into_iter().map(json).collect()),
        toml::Value::Table(table) => {
            Value::Object(table.into_iter().map(|(key, value)| (key, json(value))).collect())
        }
    }
}

fn is_head(line: &str) -> bool {
    let Some(rest) = line.trim_start().strip_prefix("[[") else { return false };
    let Some((name, _)) = rest.split_once("]]") else { return false };
    name.trim().trim_matches(['"', '\'']) == "training"
}

/// Whether a text in several lines is open at the end of a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    No,
    Basic,
    Literal,
}

impl Open {
    fn after(mut self, line: &str) -> Self {
        let mut rest = line;
        loop {
            rest = match self {
                Self::Basic | Self::Literal => {
                    let (mark, escapes) = if self == Self::Basic { ("\"\"\"", true) } else { ("'''", false) };
                    let Some(end) = closing(rest, mark, escapes) else { return self };
                    self = Self::No;
                    // Up to two quotes may stand just before the closing three.
                    rest[end..].trim_start_matches(&mark[..1])
                }
                Self::No => {
                    let Some(at) = rest.find(['"', '\'', '#']) else { return self };
                    let rest = &rest[at..];
                    if rest.starts_with('#') {
                        return self;
                    } else if let Some(rest) = rest.strip_prefix("\"\"\"") {
                        self = Self::Basic;
                        rest
                    } else if let Some(rest) = rest.strip_prefix("'''") {
                        self = Self::Literal;
                        rest
                    } else {
                        let Some(end) = closing(&rest[1..], &rest[..1], rest.starts_with('"')) else {
                            return self;
                        };
                        &rest[1 + end..]
                    }
                }
            };
        }
    }
}

/// Where a text ends, after its closing mark.
fn closing(text: &str, mark: &str, escapes: bool) -> Option<usize> {
    let mut at = 0;
    while at < text.len() {
        if escapes && text.as_bytes()[at] == b'\\' {
            at += 2;
        } else if text.as_bytes()[at..].starts_with(mark.as_bytes()) {
            return Some(at + mark.len());
        } else {
            at += 1;
        }
    }
    None
}
