//! The files of France compétences (RNCP and RS, open data, every night) to a directory of certifications: a zip or
//! its CSV files, each known by its columns rather than by its name, which change.
//! Absent: blocks, partners and codes of jobs, which we do not keep; keeping the directory (see `store`).

mod columns;
mod parts;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::Path;

use catalogue::Seen;
use catalogue::certification::{Certification, CertificationCode, Certifications, codes_in};
use catalogue::french::{NARROW, counted, integer, quoted};
use catalogue::slug;

use crate::Issue;
use crate::issue::Fault;
use crate::limits::CERTIFICATIONS;
use crate::mapping::day;
use crate::table::{self, Cell, Options, Shape, TableRow};
use columns::{Columns, Role, Sort};

/// Issues told one by one; all are counted.
pub const ISSUES_MAX: usize = 1_000;
/// Longest title or type kept, in characters; « … » ends what is cut.
const TEXT_CHARS: usize = 500;
/// Most successors kept of one certification.
const SUCCESSORS: usize = 20;

/// A directory read from files.
#[derive(Debug)]
pub struct Loaded {
    /// What they say.
    pub directory: Certifications,
    /// Rows read, good or not.
    pub rows: u64,
    /// What was left or not understood; the first ones.
    pub issues: Vec<Issue>,
    /// Such issues in all.
    pub issues_total: u64,
    /// How each file was read, in French.
    pub reading: Vec<String>,
}

/// What is gathered from all files.
#[derive(Default)]
struct Draft {
    entries: BTreeMap<CertificationCode, Certification>,
    successors: BTreeMap<CertificationCode, Vec<CertificationCode>>,
    as_of: Option<Seen>,
    rows: u64,
    issues: Vec<Issue>,
    issues_total: u64,
    reading: Vec<String>,
}

/// Reads files; `as_of` is the day that they are true of, when their names do not say it.
///
/// # Errors
/// When a file cannot be read or is not one of these, when none lists certifications, when no name says a day,
/// when a limit is reached. A wrong row is an issue of the answer.
pub fn read(paths: &[&Path], as_of: Option<Seen>) -> Result<Loaded, Box<Issue>> {
    let mut draft = Draft::default();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if parts::is_zip(path) {
            let known = |path: &Path| Ok(of_file(path)?.is_some());
            parts::each_known(path, &name, &known, &mut |part, path| draft.file(path, part).map(drop))?;
        } else if !draft.file(path, &name)? {
            let message = "ce n’est pas une table du répertoire des certifications";
            let remedy = "donnez l’archive zip de France compétences, ou ses fichiers « Standard » et \
                          « Ancienne_Nouvelle_Certification »";
            return Err(Box::new(Fault::new(message, remedy).at(&name, None)));
        }
    }
    let file =
        paths.first().and_then(|path| path.file_name()).unwrap_or_default().to_string_lossy().into_owned();
    draft.finish(&file, as_of)
}

/// What a table is, by its columns; nothing: another table.
fn of_file(path: &Path) -> Result<Option<Sort>, Box<Issue>> {
    let shapes = table::shapes(path, &Options::default(), &columns::is_known)?;
    Ok(shapes.iter().find_map(Columns::of).map(|columns| columns.sort))
}

impl Draft {
    /// Reads a table called `name`; whether it is one of those that we know.
    fn file(&mut self, path: &Path, name: &str) -> Result<bool, Box<Issue>> {
        let Some(sort) = of_file(path)? else { return Ok(false) };
        let (mut tied, mut rows) = (None::<Columns>, 0);
        let mut full = false;
        let mut sink = |shape: &Shape, row: Result<TableRow, Issue>| {
            let columns = tied.get_or_insert_with(|| {
                self.reading.extend(shape.reading.iter().map(|line| format!("{name}{NARROW}: {line}")));
                Columns::of(shape).unwrap_or_default()
            });
            full |= self.entries.len() >= CERTIFICATIONS;
            if full {
                return;
            }
            rows += 1;
            match row {
                Ok(row) => self.row(name, columns, &row),
                Err(issue) => self.note(Issue { file: name.to_owned(), ..issue }),
            }
        };
        table::read_each(path, &Options::default(), &columns::is_known, &mut sink)?;
        if full {
            let message = format!("le répertoire dépasse {} certifications", integer(CERTIFICATIONS as u64));
            let remedy = "vérifiez que c’est bien celui de France compétences";
            return Err(Box::new(Fault::new(message, remedy).at(name, None)));
        }
        self.rows += rows;
        let told = match sort {
            Sort::Standard => "fiches",
            Sort::Succession => "successions",
        };
        self.reading.push(format!("{name}{NARROW}: {told}, {}", counted(rows, "ligne", "lignes")));
        if sort == Sort::Standard {
            self.as_of = self.as_of.max(day_of(name));
        }
        Ok(true)
    }

    fn row(&mut self, file: &str, columns: &Columns, row: &TableRow) {
        let cell = |role| text(columns.cell(role, row));
        let Some(number) = cell(Role::Number) else {
            // A table of successions may name both sides and no third one.
            return match columns.sort {
                Sort::Succession => self.succeed(None, cell(Role::Former), cell(Role::Next)),
                Sort::Standard => {
                    let fault = Fault::new(
                        "la ligne n’a pas de code",
                        "écrivez-le, comme RNCP38106, ou retirez la ligne",
                    );
                    self.note(fault.column(columns.name(Role::Number)).at(file, Some(row.line)));
                }
            };
        };
        let Some(code) = columns.code(&number) else {
            let fault = Fault::new(
                "ce n’est pas un code de certification\u{202f}; la ligne est laissée",
                "écrivez un code comme RNCP38106 ou RS5616",
            );
            return self
                .note(fault.column(columns.name(Role::Number)).value(number).at(file, Some(row.line)));
        };
        self.succeed(Some(code), cell(Role::Former), cell(Role::Next));
        if columns.sort == Sort::Standard {
            self.entry(file, columns, row, code);
        }
    }

    /// « Former » gives way to the code of the row, which gives way to « next ».
    fn succeed(&mut self, code: Option<CertificationCode>, former: Option<String>, next: Option<String>) {
        let former = former.map(|words| codes_in(&words)).unwrap_or_default();
        let next = next.map(|words| codes_in(&words)).unwrap_or_default();
        let mut add = |from: CertificationCode, to: CertificationCode| {
            let known = self.successors.entry(from).or_default();
            if from != to && !known.contains(&to) && known.len() < SUCCESSORS {
                known.push(to);
            }
        };
        match code {
            Some(code) => {
                former.into_iter().for_each(|former| add(former, code));
                next.into_iter().for_each(|next| add(code, next));
            }
            None => former.iter().for_each(|from| next.iter().for_each(|to| add(*from, *to))),
        }
    }

    fn entry(&mut self, file: &str, columns: &Columns, row: &TableRow, code: CertificationCode) {
        let cell = |role| text(columns.cell(role, row));
        let mut notes = Vec::new();
        let mut doubt = |role: Role, value: String, message: &str, remedy: &str| {
            let fault = Fault::new(message, remedy).column(columns.name(role)).value(value);
            notes.push(fault.at(file, Some(row.line)));
        };
        let remedy = "corrigez la cellule, ou laissez ainsi\u{202f}: la fiche ne le dira pas";
        let active = cell(Role::Active).and_then(|words| {
            let read = activity(&words);
            if read.is_none() {
                doubt(Role::Active, words, "la cellule ne dit pas si la certification est active", remedy);
            }
            read
        });
        let ends_on = cell(Role::Ends).and_then(|words| {
            let read = day(&words).filter(|day| Seen::parse(day).is_ok());
            if read.is_none() {
                doubt(Role::Ends, words, "la date n’est pas comprise", remedy);
            }
            read
        });
        let title = cell(Role::Title).unwrap_or_default();
        if title.is_empty() {
            doubt(Role::Title, code.to_string(), "la certification n’a pas d’intitulé", remedy);
        }
        let entry = Certification {
            title,
            kind: cell(Role::Kind),
            level: cell(Role::Level).and_then(|words| level(&words)),
            active,
            ends_on,
            successors: Vec::new(),
        };
        match self.entries.entry(code) {
            Entry::Vacant(place) => {
                place.insert(entry);
            }
            Entry::Occupied(_) => {
                let message = "le code est déjà plus haut, dont la ligne est gardée";
                let fault = Fault::new(message, "gardez une seule ligne par code");
                let fault = fault.column(columns.name(Role::Number)).value(code.to_string());
                notes = vec![fault.at(file, Some(row.line))];
            }
        }
        notes.into_iter().for_each(|note| self.note(note));
    }

    fn note(&mut self, issue: Issue) {
        self.issues_total += 1;
        if self.issues.len() < ISSUES_MAX {
            self.issues.push(issue);
        }
    }

    fn finish(mut self, file: &str, asked: Option<Seen>) -> Result<Loaded, Box<Issue>> {
        if self.entries.is_empty() {
            let message = "aucune certification n’y est lue";
            let remedy = "donnez l’archive zip de France compétences, ou son fichier « Standard »";
            return Err(Box::new(Fault::new(message, remedy).at(file, None)));
        }
        let Some(as_of) = asked.or(self.as_of) else {
            let message = "aucun nom de fichier ne dit la date du répertoire";
            let remedy = format!("dites-la par {}", quoted("--date AAAA-MM-JJ"));
            return Err(Box::new(Fault::new(message, remedy).at(file, None)));
        };
        for (code, successors) in self.successors {
            if let Some(entry) = self.entries.get_mut(&code) {
                entry.successors = successors;
            }
        }
        Ok(Loaded {
            directory: Certifications::new(as_of, self.entries),
            rows: self.rows,
            issues: self.issues,
            issues_total: self.issues_total,
            reading: self.reading,
        })
    }
}

/// The words of a cell: doubled apostrophes are one, a leading tabulation is nothing, `-` is nothing.
fn text(cell: &Cell) -> Option<String> {
    let words = cell.to_text(" ")?.replace("''", "'");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut short: String = words.chars().take(TEXT_CHARS).collect();
    if short.len() < words.len() {
        short.push('…');
    }
    (!short.is_empty() && short != "-" && short != "-1").then_some(short)
}

fn activity(words: &str) -> Option<bool> {
    match slug(words).as_str() {
        "active" | "actif" | "oui" | "vrai" | "true" | "1" | "a" => Some(true),
        "inactive" | "inactif" | "non" | "faux" | "false" | "0" | "i" => Some(false),
        _ => None,
    }
}

/// « NIV7 », « niveau7 », « Niveau 7 », « 7 »: a level of the framework of 2019.
fn level(words: &str) -> Option<u8> {
    let folded = slug(words);
    let digit = folded.trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == '-');
    digit.parse().ok().filter(|level| (1..=8).contains(level))
}

/// The day that the name of a file says: `export_fiches_CSV_Standard_2026_11_24.csv`.
fn day_of(name: &str) -> Option<Seen> {
    let numbers: Vec<&str> =
        name.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let days = numbers.windows(3).filter(|part| [4, 2, 2] == [part[0].len(), part[1].len(), part[2].len()]);
    days.filter_map(|part| Seen::parse(&part.join("-")).ok()).next_back()
}

#[cfg(test)]
mod tests {
    use super::{day_of, level};

    #[test]
    fn levels_are_read_however_they_are_written() {
        let read = |words: &str| level(words);
        assert_eq!(["NIV7", "niveau7", "Niveau 7", "7"].map(read), [Some(7); 4]);
        assert_eq!(["NIV9", "Sans niveau spécifique", "", "VII"].map(read), [None; 4]);
    }

    #[test]
    fn the_day_is_in_the_name_of_the_file() {
        let read = |name: &str| day_of(name).map(|day| day.to_string());
        assert_eq!(read("export_fiches_CSV_Standard_2026_11_24.csv").as_deref(), Some("2026-11-24"));
        assert_eq!(read("export-fiches-csv-2026-11-25.zip").as_deref(), Some("2026-11-25"));
        assert_eq!(read("export_2026_13_40.csv"), None);
        assert_eq!(read("standard.csv"), None);
    }
}
