//! Rows of a table to trainings, by a mapping. A value that is not understood stays as the source's words
//! beside the field, with a note; it never becomes another value.
//! Absent: checks of trainings (see `catalogue`).

use std::collections::BTreeMap;

use catalogue::certification::{CITED_MAX, CertificationCode, Directory, codes_in};
use catalogue::french::quoted;
use catalogue::{FILE_SCHEME, Field, PriceBasis, RawSource, RawTraining, Referential, slug};

use super::texts::{cut, identifier, one_line, plain, text};
use super::values::{self, Duration};
use super::vocabulary::Vocabulary;
use super::{Column, Mapping, Target, codes, names};
use crate::Issue;
use crate::issue::Fault;
use crate::table::{Cell, Shape, TableRow};

/// Titles of the last row of a table that counts the others.
const TOTALS: [&str; 5] = ["total", "totaux", "total-general", "sous-total", "grand-total"];

/// Words of the source kept for a field, in characters.
const STATED_CHARS: usize = 1_000;
/// Longest presentation kept, in characters.
const SUMMARY_CHARS: usize = 4_000;
/// Marks in a column that stands for one value.
const MARKS: [&str; 8] = ["x", "oui", "yes", "true", "vrai", "1", "ok", "checked"];

/// A row read, and what was left as words.
#[derive(Debug, Clone, PartialEq)]
pub struct Mapped {
    /// The training.
    pub raw: RawTraining,
    /// What was not understood; the row goes in all the same.
    pub notes: Vec<Issue>,
}

/// Reads the rows of one table.
pub struct RowReader<'a> {
    file: String,
    mapping: &'a Mapping,
    /// For each column of the mapping, its place in the table.
    places: Vec<(usize, &'a Column)>,
    vocabularies: BTreeMap<Target, Vocabulary>,
}

/// What is being read of one row.
#[derive(Default)]
struct Draft {
    raw: RawTraining,
    external_id: Option<String>,
    summary: Vec<String>,
    certifications: Vec<CertificationCode>,
    /// Codes of national nomenclatures, with its name before each.
    codes: Vec<String>,
    notes: Vec<Fault>,
}

impl<'a> RowReader<'a> {
    /// Ties the mapping's columns to those of a table.
    ///
    /// # Errors
    /// When a column of the mapping is not in the table.
    pub fn new(
        file: &str,
        mapping: &'a Mapping,
        shape: &Shape,
        referential: &Referential,
    ) -> Result<Self, Box<Issue>> {
        let mut places = Vec::new();
        for column in mapping.column.iter().filter(|column| column.field.is_some()) {
            let Some(place) = shape.columns.iter().position(|name| *name == column.name) else {
                let known: Vec<&str> = shape.columns.iter().map(String::as_str).collect();
                let fault = crate::fields::unknown(
                    "dans la table, la colonne de la correspondance",
                    &column.name,
                    &known,
                );
                return Err(Box::new(fault.at(file, Some(shape.header_line))));
            };
            places.push((place, column));
        }
        let targets = places.iter().filter_map(|(_, column)| column.field);
        let vocabularies = targets.map(|target| (target, Vocabulary::of(target, referential))).collect();
        Ok(Self { file: file.to_owned(), mapping, places, vocabularies })
    }

    /// Reads one row.
    ///
    /// # Errors
    /// When it has no title or no provider.
    pub fn row(&self, row: &TableRow) -> Result<Mapped, Vec<Issue>> {
        let mut draft = Draft::default();
        for (place, column) in &self.places {
            let target = column.field.expect("columns without a field are left out");
            let cell = row.cells.get(*place).unwrap_or(&Cell::Empty);
            self.fill(&mut draft, target, column, cell);
        }
        self.complete(&mut draft);
        let mut faults = missing(&draft.raw);
        if draft.raw.title.len() < 20 && TOTALS.contains(&slug(&draft.raw.title).as_str()) {
            let fault = Fault::new("la ligne est un total, pas une formation", "retirez-la de la table");
            faults.push(fault.column("title").value(draft.raw.title.clone()));
        }
        let issue = |fault: Fault| fault.at(&self.file, Some(row.line));
        if !faults.is_empty() {
            let mut issues: Vec<Issue> = faults.into_iter().map(issue).collect();
            for column in issues.iter_mut().filter_map(|issue| issue.column.as_mut()) {
                *column = self.mapping.column_for(column);
            }
            return Err(issues);
        }
        Ok(Mapped { raw: draft.raw, notes: draft.notes.into_iter().map(issue).collect() })
    }

    fn fill(&self, draft: &mut Draft, target: Target, column: &Column, cell: &Cell) {
        let text = match text(cell) {
            Some(text) => text,
            None => return,
        };
        if let Some(value) = &column.when_marked {
            let folded = slug(&text);
            if MARKS.contains(&folded.as_str()) || text.trim() == "✓" {
                gather(draft, target, value.clone());
            } else if !matches!(folded.as_str(), "non" | "no" | "false" | "faux" | "0" | "") {
                let remedy = "écrivez « x » ou laissez la cellule vide";
                draft.notes.push(
                    Fault::new("la marque n’est pas comprise", remedy).column(&column.name).value(text),
                );
            }
            return;
        }
        match target {
            Target::Formats | Target::Audiences | Target::Objectives | Target::Themes => {
                self.gather_codes(draft, target, column, cell, &text);
            }
            Target::Formacode | Target::Nsf | Target::Rome => codes::quote(&mut draft.codes, target, &text),
            _ => {
                let translated = translate(column, &text);
                if translated.is_none() && values::is_unknown(&text) {
                    return;
                }
                match translated {
                    Some("") => state(draft, target, &text),
                    Some(value) => self.single(draft, target, column, value, &text),
                    None => self.single(draft, target, column, &text, &text),
                }
            }
        }
    }

    /// One value: `value` is what the mapping makes of `words`.
    fn single(&self, draft: &mut Draft, target: Target, column: &Column, value: &str, words: &str) {
        let raw = &mut draft.raw;
        match target {
            Target::Id => draft.external_id = Some(value.to_owned()),
            Target::Title => raw.title = one_line(value),
            Target::Provider => raw.provider = one_line(value),
            Target::Url | Target::Source => self.address(draft, target, column, value),
            Target::City => raw.city = Some(one_line(value)),
            Target::Summary => draft.summary.push(plain(value)),
            Target::Prerequisites => state(draft, target, &plain(value)),
            Target::Duration => self.duration(draft, column, value, words),
            Target::Price => price(draft, column, value, words),
            Target::Certification => certification(draft, column, value, words),
            Target::Seen => match values::date(value) {
                Some(date) => raw.source.seen = Some(date),
                None => {
                    note(draft, target, column, words, "la date n’est pas comprise\u{202f}; elle est laissée")
                }
            },
            Target::PublicSectorOnly => match slug(value).as_str() {
                "oui" | "yes" | "true" | "vrai" | "x" | "1" => raw.public_sector_only = Some(true),
                "non" | "no" | "false" | "faux" | "0" => raw.public_sector_only = Some(false),
                _ => note(
                    draft,
                    target,
                    column,
                    words,
                    "ce n’est ni oui ni non\u{202f}; la valeur reste en mots",
                ),
            },
            Target::Language | Target::Nature | Target::ProviderKind | Target::Kind => {
                let Some(code) = self.code(target, value) else {
                    return note(
                        draft,
                        target,
                        column,
                        words,
                        "cette valeur n’est pas du vocabulaire\u{202f}; elle reste en mots",
                    );
                };
                match target {
                    Target::Language => raw.language = Some(code),
                    Target::Nature => raw.nature = Some(code),
                    Target::ProviderKind => raw.provider_kind = code,
                    _ => raw.kind = code,
                }
            }
            Target::Formats | Target::Audiences | Target::Objectives | Target::Themes => {}
            Target::Formacode | Target::Nsf | Target::Rome => {}
        }
    }

    fn gather_codes(&self, draft: &mut Draft, target: Target, column: &Column, cell: &Cell, text: &str) {
        let items: Vec<String> = match (cell, &column.separator) {
            (Cell::Several(items), _) => items.clone(),
            (_, Some(separator)) if !separator.is_empty() => {
                text.split(separator.as_str()).map(str::to_owned).collect()
            }
            _ => vec![text.to_owned()],
        };
        let mut left = false;
        for item in items.iter().map(|item| item.trim()).filter(|item| !item.is_empty()) {
            let code = match translate(column, item) {
                Some("") => continue,
                Some(value) => self.code(target, value),
                None if values::is_unknown(item) => continue,
                None => self.code(target, item),
            };
            match code {
                Some(code) => gather(draft, target, code),
                None => {
                    let remedy = format!(
                        "dites ce que cela vaut dans la table values de la colonne, parmi {}",
                        self.known(target).join(", ")
                    );
                    let fault = Fault::new(
                        "cette valeur n’est pas du vocabulaire\u{202f}; elle reste en mots",
                        remedy,
                    );
                    draft.notes.push(fault.column(&column.name).value(item));
                    left = true;
                }
            }
        }
        if left {
            state(draft, target, text);
        }
    }

    fn address(&self, draft: &mut Draft, target: Target, column: &Column, value: &str) {
        let value = value.trim();
        let address = match value.starts_with("www.") {
            true => format!("https://{value}"),
            false => value.to_owned(),
        };
        if catalogue::WebAddress::parse(&address).is_err() {
            let remedy = "écrivez une adresse qui commence par https://, ou laissez la cellule vide";
            let fault =
                Fault::new("l’adresse n’est pas une adresse du web\u{202f}; elle est laissée", remedy);
            draft.notes.push(fault.column(&column.name).value(value));
        } else if target == Target::Url {
            draft.raw.url = Some(address);
        } else {
            draft.raw.source.address = address;
        }
    }

    fn duration(&self, draft: &mut Draft, column: &Column, value: &str, words: &str) {
        match values::duration(value, column.unit, &self.mapping.settings) {
            Some(Duration::Hours(hours)) if hours > 0.0 => {
                // A duration to the minute, without the noise of divisions.
                draft.raw.duration_hours = Some((hours * 10_000.0).round() / 10_000.0);
                // Bare figures need the unit that the column says.
                let unit = column.unit.filter(|_| values::number(words).is_some());
                let shown = unit.map_or_else(|| words.to_owned(), |unit| format!("{words} {}", french(unit)));
                state(draft, Target::Duration, &shown);
            }
            Some(Duration::Bare(_)) => {
                let remedy = "écrivez unit = \"hours\", \"days\" ou \"minutes\" sous cette colonne dans la correspondance";
                state(draft, Target::Duration, words);
                let fault =
                    Fault::new("l’unité de la durée n’est pas dite\u{202f}; elle reste en mots", remedy);
                draft.notes.push(fault.column(&column.name).value(words));
            }
            // No hour at all: in such files, zero stands for « not said ».
            Some(Duration::Hours(_)) => {}
            None => note(
                draft,
                Target::Duration,
                column,
                words,
                "la durée n’est pas un nombre d’heures ou de jours\u{202f}; elle reste en mots",
            ),
        }
    }

    /// What the table does not say, and what follows from the rest.
    fn complete(&self, draft: &mut Draft) {
        let defaults = &self.mapping.defaults;
        let raw = &mut draft.raw;
        let fill = |own: &mut String, default: &Option<String>| {
            if own.is_empty() {
                own.clone_from(default.as_ref().unwrap_or(&String::new()));
            }
        };
        fill(&mut raw.provider, &defaults.provider);
        fill(&mut raw.provider_kind, &defaults.provider_kind);
        fill(&mut raw.kind, &defaults.kind);
        if raw.kind.is_empty() {
            "course".clone_into(&mut raw.kind);
        }
        raw.language = raw.language.take().or_else(|| defaults.language.clone());
        fill(&mut raw.source.address, &defaults.source);
        if raw.source.address.is_empty() {
            raw.source.address =
                raw.url.clone().unwrap_or_else(|| format!("{FILE_SCHEME}{}", cut(&self.file, 200)));
        }
        raw.source.seen = raw.source.seen.take().or_else(|| defaults.seen.clone());
        raw.summary = cut(draft.summary.join("\n").trim(), SUMMARY_CHARS);
        if !raw.summary.is_empty() {
            // The words are the source's, not the editors'.
            let source = RawSource { address: raw.source.address.clone(), seen: raw.source.seen.clone() };
            raw.sources.insert(Field::Summary.name().to_owned(), source);
        }
        cite(raw, &draft.certifications);
        if !draft.codes.is_empty() {
            let themes = raw.stated.get(Field::Themes.name()).into_iter().chain(&draft.codes);
            let words = themes.map(String::as_str).collect::<Vec<_>>().join(" ; ");
            raw.stated.insert(Field::Themes.name().to_owned(), cut(&words, STATED_CHARS));
        }
        raw.id = identifier(&raw.provider, draft.external_id.as_deref(), &raw.title);
    }

    fn code(&self, target: Target, value: &str) -> Option<String> {
        self.vocabularies.get(&target)?.code(value).map(str::to_owned)
    }

    fn known(&self, target: Target) -> &[String] {
        self.vocabularies.get(&target).map_or(&[], Vocabulary::ids)
    }
}

/// A price as stated, with taxes or without: what the cell does not say of that, the column does.
fn price(draft: &mut Draft, column: &Column, value: &str, words: &str) {
    let Some(euros) = values::price(value) else {
        return note(
            draft,
            Target::Price,
            column,
            words,
            "le prix n’est pas un montant en euros\u{202f}; il reste en mots",
        );
    };
    draft.raw.price_eur = Some(euros);
    let said = [words, value].map(|said| PriceBasis::of(said, Some(euros)));
    let basis = match said.into_iter().find(|basis| *basis != PriceBasis::Unsaid) {
        // The mapping's value may say what the file's words do not.
        Some(basis) if said[0] == PriceBasis::Unsaid => basis,
        None if column.without_taxes => PriceBasis::WithoutTaxes,
        None if names::is_with_taxes(&column.name) => PriceBasis::WithTaxes,
        _ => PriceBasis::Unsaid,
    };
    let told = match basis {
        _ if euros == 0.0 => "",
        PriceBasis::WithoutTaxes => " (hors taxes)",
        PriceBasis::WithTaxes => " (toutes taxes comprises)",
        PriceBasis::Unsaid => "",
    };
    state(draft, Target::Price, &format!("{words}{told}"));
}

/// The codes of a cell; bare figures are of the directory that the column's name says.
fn certification(draft: &mut Draft, column: &Column, value: &str, words: &str) {
    let mut codes = codes_in(value);
    if codes.is_empty() {
        let name = slug(&column.name);
        let has = |wanted: &[&str]| name.split('-').any(|word| wanted.contains(&word));
        let directory = match (has(&["rncp", "ficherncp"]), has(&["rs", "inventaire"])) {
            (true, false) => Some(Directory::Rncp),
            (false, true) => Some(Directory::Rs),
            _ => None,
        };
        let number = value.trim().parse().ok();
        codes.extend(
            directory.zip(number).and_then(|(directory, number)| CertificationCode::new(directory, number)),
        );
    }
    if codes.is_empty() {
        let remedy = "écrivez un code comme RNCP38106 ou RS5616, ou laissez la cellule vide";
        let fault = Fault::new("ce n’est pas un code de certification\u{202f}; il est laissé", remedy);
        draft.notes.push(fault.column(&column.name).value(words));
    }
    for code in codes {
        if !draft.certifications.contains(&code) && draft.certifications.len() < CITED_MAX {
            draft.certifications.push(code);
        }
    }
}

/// Adds codes to the source's words on what the training delivers; one of the RS is a certification for certain,
/// one of the RNCP may be a degree.
fn cite(raw: &mut RawTraining, codes: &[CertificationCode]) {
    if codes.is_empty() {
        return;
    }
    let words = raw.stated.get(Field::Nature.name()).cloned();
    let known = words.as_deref().map(codes_in).unwrap_or_default();
    let new = codes.iter().filter(|code| !known.contains(code)).map(ToString::to_string);
    let words: Vec<String> = words.into_iter().chain(new).collect();
    raw.stated.insert(Field::Nature.name().to_owned(), cut(&words.join(" ; "), STATED_CHARS));
    if raw.nature.is_none() && codes.iter().all(|code| code.directory() == Directory::Rs) {
        raw.nature = Some("certifiante".to_owned());
    }
}

/// Keeps the words, and says that they are only words.
fn note(draft: &mut Draft, target: Target, column: &Column, words: &str, message: &str) {
    state(draft, target, words);
    let remedy = "dites ce que cela vaut dans la table values de la colonne, ou laissez ainsi";
    draft.notes.push(Fault::new(message, remedy).column(&column.name).value(words));
}

/// Keeps the source's words for a field.
fn state(draft: &mut Draft, target: Target, words: &str) {
    let field = match target {
        Target::Duration => Field::Duration,
        Target::Price => Field::Price,
        Target::Prerequisites => Field::Prerequisites,
        Target::Formats => Field::Formats,
        Target::Audiences => Field::Audience,
        Target::Objectives => Field::Objectives,
        Target::Themes => Field::Themes,
        Target::Nature => Field::Nature,
        Target::Language => Field::Language,
        Target::Kind => Field::Kind,
        Target::PublicSectorOnly => Field::PublicSectorOnly,
        _ => return,
    };
    let words = cut(&one_line(words), STATED_CHARS);
    if !words.is_empty() {
        draft.raw.stated.insert(field.name().to_owned(), words);
    }
}

fn gather(draft: &mut Draft, target: Target, code: String) {
    let list = match target {
        Target::Formats => &mut draft.raw.formats,
        Target::Audiences => &mut draft.raw.audiences,
        Target::Objectives => &mut draft.raw.objectives,
        _ => &mut draft.raw.themes,
    };
    if !list.contains(&code) {
        list.push(code);
    }
}

/// What the mapping makes of words; an empty value is « unknown ».
fn translate<'a>(column: &'a Column, words: &str) -> Option<&'a str> {
    if column.values.is_empty() {
        return None;
    }
    let words = words.trim();
    if let Some(value) = column.values.get(words) {
        return Some(value);
    }
    let begins =
        |key: &str| key.strip_suffix('*').is_some_and(|start| !start.is_empty() && words.starts_with(start));
    let mut patterns: Vec<(&String, &String)> = column.values.iter().filter(|(key, _)| begins(key)).collect();
    patterns.sort_by_key(|(key, _)| std::cmp::Reverse(key.len()));
    let pattern = patterns.first().map(|(_, value)| value.as_str());
    pattern.or_else(|| {
        let folded = Some(slug(words)).filter(|folded| !folded.is_empty())?;
        column.values.iter().find(|(key, _)| slug(key) == folded).map(|(_, value)| value.as_str())
    })
}

fn missing(raw: &RawTraining) -> Vec<Fault> {
    let mut faults = Vec::new();
    if raw.title.is_empty() {
        let remedy = "écrivez l’intitulé de la formation, ou retirez la ligne";
        faults.push(Fault::new("la ligne n’a pas d’intitulé", remedy).column("title"));
    }
    if raw.provider.is_empty() {
        let remedy = format!(
            "ajoutez une colonne qui le dit, ou écrivez provider = {} sous [defaults] dans la correspondance",
            quoted("nom de l’organisme")
        );
        faults.push(Fault::new("la ligne ne dit pas l’organisme", remedy).column("provider"));
    }
    faults
}

fn french(unit: super::Unit) -> &'static str {
    match unit {
        super::Unit::Minutes => "minutes",
        super::Unit::Hours => "heures",
        super::Unit::Days => "jours",
    }
}
