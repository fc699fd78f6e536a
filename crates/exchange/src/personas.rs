//! Personas in files: one TOML table each, with `[[need]]` and `[[not_needed]]`; read with the line of each fault, and
//! written. Absent: what a persona must be (see `catalogue::persona`), where personas are kept (see the crate `store`).

use catalogue::french::{list, quoted};
use catalogue::persona::{Persona, RawNeed, RawNotNeeded, RawPersona};
use catalogue::{Problem, Referential};
use toml::{Table, Value};

use crate::Issue;
use crate::issue::Fault;
use crate::text::place_of;

/// Longest file of a persona, in bytes.
pub const PERSONA_BYTES: usize = 256 << 10;

/// The personas built into the program: file name and text.
const BUILTIN: [(&str, &str); 3] = [
    (
        "directrice-administration-centrale.toml",
        include_str!("../../../data/personas/directrice-administration-centrale.toml"),
    ),
    (
        "cheffe-service-portefeuille.toml",
        include_str!("../../../data/personas/cheffe-service-portefeuille.toml"),
    ),
    ("adjoint-projet.toml", include_str!("../../../data/personas/adjoint-projet.toml")),
];

const KEYS: [&str; 15] = [
    "id",
    "label",
    "situation",
    "audience",
    "hours_year_low",
    "hours_year_high",
    "budget_eur",
    "formats",
    "cities",
    "languages",
    "deadline",
    "source",
    "status",
    "need",
    "not_needed",
];
const NEED_KEYS: [&str; 7] = ["competence", "from", "to", "weight", "reason", "source", "status"];
const NOT_NEEDED_KEYS: [&str; 3] = ["competence", "reason", "source"];

/// The personas built into the program, in their order.
///
/// # Panics
/// Never: a test reads them.
pub fn builtin(referential: &Referential) -> Vec<Persona> {
    let read = |(name, text): &(&str, &str)| {
        read(name, text, referential).expect("the built-in personas are tested")
    };
    BUILTIN.iter().map(read).collect()
}

/// Reads the bytes of a persona's file.
///
/// # Errors
/// As [`read`], and when the bytes are not UTF-8.
pub fn read_bytes(file: &str, bytes: &[u8], referential: &Referential) -> Result<Persona, Vec<Issue>> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = 1 + bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
        let fault = Fault::new("le fichier n’est pas en UTF-8", "enregistrez-le en UTF-8");
        vec![fault.at(file, Some(line as u64))]
    })?;
    read(file, text.trim_start_matches('\u{feff}'), referential)
}

/// What to say of a second file with the same identifier.
pub fn repeated(file: &str, id: &str) -> Issue {
    let fault =
        Fault::new("un autre fichier a déjà cet identifiant", "donnez à chaque persona son identifiant");
    fault.column("id").value(id).at(file, None)
}

/// Reads the file of a persona.
///
/// # Errors
/// All that is wrong with it, each with its line.
pub fn read(file: &str, text: &str, referential: &Referential) -> Result<Persona, Vec<Issue>> {
    let at = |line: Option<u64>, fault: Fault| fault.at(file, line);
    if text.len() > PERSONA_BYTES {
        let message = format!("le fichier dépasse {} ko", PERSONA_BYTES >> 10);
        return Err(vec![at(None, Fault::new(message, "raccourcissez-le"))]);
    }
    let table: Table = text.parse().map_err(|error: toml::de::Error| {
        let (line, faulty) = place_of(&error, text);
        let message = match error.message().contains("duplicate key") {
            true => "une clé est écrite deux fois",
            false => "le TOML est illisible",
        };
        let remedy = "vérifiez les guillemets, les virgules et les crochets à cet endroit";
        vec![at(Some(line), Fault::new(message, remedy).value(faulty))]
    })?;
    let mut reader = Reader { faults: Vec::new() };
    let raw = reader.persona(table);
    let mut problems = reader.faults;
    if problems.is_empty() {
        match Persona::parse(&raw, referential) {
            Ok(persona) => return Ok(persona),
            Err(found) => problems = found,
        }
    }
    let issue = |problem: Problem| {
        let line = line_of(text, &problem.column);
        let fault = Fault::new(problem.problem, problem.remedy).column(key_in_french(&problem.column));
        at(line, if problem.value.is_empty() { fault } else { fault.value(problem.value) })
    };
    Err(problems.into_iter().map(issue).collect())
}

/// Writes a persona as [`read`] reads it back.
pub fn write(persona: &Persona, referential: &Referential) -> String {
    let raw = persona.to_raw(referential);
    toml::to_string_pretty(&raw).expect("a persona is plain data")
}

/// `need[2].to` as one counts: `need n° 3, to`.
pub(crate) fn key_in_french(column: &str) -> String {
    let numbered = column.split_once('[').and_then(|(table, rest)| {
        let (number, key) = rest.split_once("].")?;
        Some(format!("{table} n° {}, {key}", number.parse::<usize>().ok()? + 1))
    });
    numbered.unwrap_or_else(|| column.to_owned())
}

/// The line of a key such as `label` or `need[2].to`; of its table when the key is absent.
pub(crate) fn line_of(text: &str, key: &str) -> Option<u64> {
    let (table, name) = key.split_once('.').unwrap_or(("", key));
    let (table, number) = match table.split_once('[') {
        Some((table, number)) => (table, number.trim_end_matches(']').parse::<usize>().ok()?),
        None => ("", 0),
    };
    let is_key =
        |line: &str| line.split_once('=').is_some_and(|(key, _)| key.trim().trim_matches('"') == name);
    let lines = (1_u64..).zip(text.lines());
    if table.is_empty() {
        let mut top = lines.take_while(|(_, line)| !line.trim_start().starts_with("[["));
        return top.find(|(_, line)| is_key(line)).map(|(number, _)| number);
    }
    let head = format!("[[{table}]]");
    let mut part = lines.skip_while({
        let mut met = 0;
        move |(_, line)| {
            met += usize::from(line.trim().starts_with(&head));
            met <= number
        }
    });
    let (head, _) = part.next()?;
    let mut own = part.take_while(|(_, line)| !line.trim_start().starts_with('['));
    Some(own.find(|(_, line)| is_key(line)).map_or(head, |(number, _)| number))
}

/// Takes keys out of tables; notes those that are unknown or hold something else.
struct Reader {
    faults: Vec<Problem>,
}

impl Reader {
    fn persona(&mut self, mut table: Table) -> RawPersona {
        self.unknown("", &table, &KEYS);
        let needs = self.tables(&mut table, "need");
        let not_needed = self.tables(&mut table, "not_needed");
        RawPersona {
            id: self.text("", &mut table, "id").unwrap_or_default(),
            label: self.text("", &mut table, "label").unwrap_or_default(),
            situation: self.text("", &mut table, "situation").unwrap_or_default(),
            audience: self.text("", &mut table, "audience"),
            hours_year_low: self.number("", &mut table, "hours_year_low"),
            hours_year_high: self.number("", &mut table, "hours_year_high"),
            budget_eur: self.number("", &mut table, "budget_eur"),
            formats: self.texts(&mut table, "formats"),
            cities: self.texts(&mut table, "cities"),
            languages: self.texts(&mut table, "languages"),
            deadline: self.text("", &mut table, "deadline"),
            source: self.text("", &mut table, "source"),
            status: self.text("", &mut table, "status").unwrap_or_default(),
            need: needs.into_iter().enumerate().map(|(at, table)| self.need(at, table)).collect(),
            not_needed: not_needed
                .into_iter()
                .enumerate()
                .map(|(at, table)| self.not_needed(at, table))
                .collect(),
        }
    }

    fn need(&mut self, at: usize, mut table: Table) -> RawNeed {
        let place = format!("need[{at}].");
        self.unknown(&place, &table, &NEED_KEYS);
        RawNeed {
            competence: self.text(&place, &mut table, "competence").unwrap_or_default(),
            from: self.level(&place, &mut table, "from"),
            to: self.level(&place, &mut table, "to"),
            weight: self.number(&place, &mut table, "weight").unwrap_or(1.0),
            reason: self.text(&place, &mut table, "reason").unwrap_or_default(),
            source: self.text(&place, &mut table, "source"),
            status: self.text(&place, &mut table, "status").unwrap_or_default(),
        }
    }

    fn not_needed(&mut self, at: usize, mut table: Table) -> RawNotNeeded {
        let place = format!("not_needed[{at}].");
        self.unknown(&place, &table, &NOT_NEEDED_KEYS);
        RawNotNeeded {
            competence: self.text(&place, &mut table, "competence").unwrap_or_default(),
            reason: self.text(&place, &mut table, "reason").unwrap_or_default(),
            source: self.text(&place, &mut table, "source"),
        }
    }

    fn unknown(&mut self, place: &str, table: &Table, known: &[&str]) {
        let names: Vec<String> = known.iter().map(|name| quoted(name)).collect();
        for key in table.keys().filter(|key| !known.contains(&key.as_str())) {
            self.fault(
                &format!("{place}{key}"),
                "",
                "cette clé n’existe pas",
                &format!("clés connues : {}", list(&names, "et")),
            );
        }
    }

    fn tables(&mut self, table: &mut Table, key: &str) -> Vec<Table> {
        let Some(value) = table.remove(key) else { return Vec::new() };
        let tables: Option<Vec<Table>> = match value {
            Value::Array(items) => items
                .into_iter()
                .map(|item| match item {
                    Value::Table(table) => Some(table),
                    _ => None,
                })
                .collect(),
            _ => None,
        };
        tables.unwrap_or_else(|| {
            self.fault(key, "", "ce ne sont pas des tables", &format!("écrivez des tables [[{key}]]"));
            Vec::new()
        })
    }

    fn text(&mut self, place: &str, table: &mut Table, key: &str) -> Option<String> {
        match table.remove(key)? {
            Value::String(text) => Some(text),
            other => {
                self.fault(
                    &format!("{place}{key}"),
                    &other.to_string(),
                    "un texte est attendu",
                    "écrivez-le entre guillemets",
                );
                None
            }
        }
    }

    fn texts(&mut self, table: &mut Table, key: &str) -> Vec<String> {
        let Some(value) = table.remove(key) else { return Vec::new() };
        let texts =
            value.as_array().map(|items| items.iter().map(|item| item.as_str().map(str::to_owned)).collect());
        let texts: Option<Vec<String>> = texts.flatten();
        texts.unwrap_or_else(|| {
            self.fault(
                key,
                &value.to_string(),
                "une liste de textes est attendue",
                "écrivez par exemple [\"a\", \"b\"]",
            );
            Vec::new()
        })
    }

    fn number(&mut self, place: &str, table: &mut Table, key: &str) -> Option<f64> {
        match table.remove(key)? {
            Value::Integer(number) => Some(number as f64),
            Value::Float(number) => Some(number),
            other => {
                let remedy = "écrivez-le sans guillemets, avec un point pour les décimales";
                self.fault(&format!("{place}{key}"), &other.to_string(), "un nombre est attendu", remedy);
                None
            }
        }
    }

    fn level(&mut self, place: &str, table: &mut Table, key: &str) -> i64 {
        match table.remove(key) {
            None => 0,
            Some(Value::Integer(number)) => number,
            Some(other) => {
                let remedy = "écrivez un nombre entier de 0 à 4, sans guillemets";
                self.fault(&format!("{place}{key}"), &other.to_string(), "un niveau est attendu", remedy);
                0
            }
        }
    }

    fn fault(&mut self, column: &str, value: &str, problem: &str, remedy: &str) {
        self.faults.push(Problem {
            column: column.to_owned(),
            value: value.to_owned(),
            problem: problem.to_owned(),
            remedy: remedy.to_owned(),
        });
    }
}
