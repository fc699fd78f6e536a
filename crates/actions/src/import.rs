//! Importing rows into the catalogue: each is checked, compared with what is published, told, and
//! only then published, all in one revision. Nothing is written before [`Ready::publish`].
//! Absent: reading files (see the crate `exchange`), asking for a confirmation.

mod before;
mod edits;
mod files;
mod foreign;
mod likeness;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::fs::File;
use std::hash::{DefaultHasher, Hasher};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use catalogue::certification::Certifications;
use catalogue::{RawTraining, Referential, Training};
use exchange::{Extent, Format, Issue, Row};
use store::{BODY_BYTES, NewRevision, Revision, Store};

use crate::certifications;
use crate::clock::now;
use crate::error::ActionError;
use before::{Before, Place};
use edits::Edits;
pub use exchange::report::{Changed, ISSUES_MAX, LISTED_MAX, Named, Report, Warning};
pub use files::{Asked, propose, samples, write_refused};
use foreign::Foreign;

/// Longest value of an issue after the first [`LISTED_MAX`], in characters, so that memory stays bounded.
const LATER_VALUE_CHARS: usize = 80;

/// Longest file whose trainings are looked up one by one, in bytes.
const SMALL_BYTES: u64 = 1 << 20;

/// What the rows of a file are to the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Rows are added, or replace the training of the same identifier.
    Merge,
    /// Rows are the whole catalogue: trainings that are not among them are withdrawn.
    Replace,
}

/// Who publishes, and why.
#[derive(Debug, Clone)]
pub struct Signature {
    /// Name of a person or a service.
    pub author: String,
    /// A sentence.
    pub message: String,
}

/// What is known of an identifier while a file is read.
#[derive(Default)]
struct Known {
    /// Fingerprint of the published row; `None` when there is none.
    published: Option<u64>,
    /// Where the file has it: its line, 0 when lines make no sense.
    seen: Option<u64>,
    /// Where the published row is kept, when the rows offered are somebody else's.
    place: Option<Place>,
}

/// An import under way: rows are offered one by one, in bounded memory but for those that differ.
pub struct Plan {
    referential: Arc<Referential>,
    mode: Mode,
    base: i64,
    known: HashMap<Box<str>, Known>,
    changed: Vec<RawTraining>,
    edits: Edits,
    report: Report,
    foreign: Option<Foreign>,
    directory: Option<Arc<Certifications>>,
}

/// One of our own files, and the directory in place.
struct Ours<'a> {
    path: &'a Path,
    format: Format,
    directory: Option<Arc<Certifications>>,
}

/// An import that can be published.
pub struct Ready {
    base: i64,
    edits: Edits,
    /// What it would do.
    pub report: Report,
}

impl Plan {
    /// Begins an import over the latest revision.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn begin(
        store: &Store,
        referential: Arc<Referential>,
        mode: Mode,
    ) -> Result<Self, ActionError> {
        let mut plan = Self::over(store.latest_number().await?, referential, mode);
        if plan.base > 0 {
            store.state(plan.base, &mut |raw| plan.remember(raw, None)).await?;
        }
        Ok(plan)
    }

    /// An import of one of our own files.
    async fn of_ours(
        store: &Store,
        mode: Mode,
        from: Ours<'_>,
        progress: &mut (dyn FnMut(u64) + Send),
    ) -> Result<Self, ActionError> {
        let Ours { path, format, directory } = from;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let file = File::open(path).map_err(ActionError::file(path))?;
        let bytes = file.metadata().map_err(ActionError::file(path))?.len();
        let mut reader = BufReader::with_capacity(1 << 20, file);
        if mode == Mode::Replace || bytes > SMALL_BYTES {
            let mut plan = Self { directory, ..Self::begin(store, Referential::builtin(), mode).await? };
            plan.offer_reader(&name, &mut reader, format, progress);
            return Ok(plan);
        }
        let mut text = Vec::new();
        reader.take(SMALL_BYTES).read_to_end(&mut text).map_err(ActionError::file(path))?;
        let plan = Self::over(store.latest_number().await?, Referential::builtin(), mode);
        let mut plan = Self { directory, ..plan };
        for row in exchange::read(&name, &text, format).rows {
            let history = store.history(&row.raw.id).await?;
            let latest = history.into_iter().rev().find(|(revision, _)| *revision <= plan.base);
            latest.and_then(|(_, raw)| raw).into_iter().for_each(|raw| plan.remember(raw, None));
        }
        plan.offer_reader(&name, &*text, format, progress);
        Ok(plan)
    }

    fn over(base: i64, referential: Arc<Referential>, mode: Mode) -> Self {
        let (edits, report) = (Edits::default(), Report::default());
        let known = HashMap::new();
        let changed = Vec::new();
        Self { referential, mode, base, known, changed, edits, report, foreign: None, directory: None }
    }

    fn remember(&mut self, raw: RawTraining, kept: Option<&mut Before>) {
        let mut body = Vec::new();
        encode(&raw, &mut body);
        let published = Some(fingerprint(&body));
        let place = kept.map(|kept| kept.push(&body));
        self.known.insert(raw.id.into_boxed_str(), Known { published, seen: None, place });
    }

    /// Offers all rows of a text; `progress` is told the number of rows from time to time.
    pub fn offer_reader(
        &mut self,
        name: &str,
        reader: impl BufRead,
        format: Format,
        progress: &mut dyn FnMut(u64),
    ) {
        let mut refused_line = None;
        let extent = exchange::read_each(name, reader, format, &mut |row| {
            self.take(name, row, &mut refused_line, progress);
        });
        self.report.cut_short |= extent == Extent::Partial;
        progress(self.report.rows);
    }

    /// Takes a row of one of our files, or what is wrong with one.
    fn take(
        &mut self,
        name: &str,
        row: Result<Row, Issue>,
        refused_line: &mut Option<u64>,
        progress: &mut dyn FnMut(u64),
    ) {
        match row {
            Ok(row) => self.offer(name, Some(row.line), &row.raw),
            // Several issues of one line are one row.
            Err(issue) if issue.line.is_some() && issue.line == *refused_line => self.note(vec![issue]),
            Err(issue) => {
                *refused_line = issue.line;
                self.refuse(vec![issue]);
            }
        }
        if self.report.rows.is_multiple_of(1_000) {
            progress(self.report.rows);
        }
    }

    /// Offers one row: it is checked and compared.
    pub fn offer(&mut self, file: &str, line: Option<u64>, raw: &RawTraining) {
        let issue = |column: &str, value: &str, message: &str, remedy: &str| Issue {
            file: file.to_owned(),
            sheet: None,
            line,
            column: Some(column.to_owned()),
            value: Some(value.to_owned()),
            message: message.to_owned(),
            remedy: remedy.to_owned(),
        };
        let known = self.known.entry(raw.id.as_str().into()).or_default();
        if let Some(before) = known.seen.replace(line.unwrap_or(0)) {
            let message = format!("l’identifiant est déjà à la ligne {before}, qui est gardée");
            known.seen = Some(before);
            return self.refuse(vec![issue(
                "id",
                &raw.id,
                &message,
                "gardez une seule ligne par identifiant",
            )]);
        }
        let published = known.published;
        let training = match Training::parse(raw, &self.referential) {
            Ok(training) => training,
            Err(problems) => {
                let issues = problems.iter().map(|p| issue(&p.column, &p.value, &p.problem, &p.remedy));
                return self.refuse(issues.collect());
            }
        };
        if let Some(directory) = &self.directory {
            let doubts = certifications::doubts(file, line, &training, directory);
            self.warn(doubts);
        }
        let raw = training.to_raw(&self.referential);
        let mut body = Vec::new();
        encode(&raw, &mut body);
        if body.len() > BODY_BYTES {
            let message = format!("la fiche compte {} octets, {BODY_BYTES} au plus", body.len());
            return self.refuse(vec![issue("id", &raw.id, &message, "raccourcissez ses textes")]);
        }
        self.report.rows += 1;
        if published == Some(fingerprint(&body)) {
            self.report.unchanged += 1;
            return;
        }
        if published.is_none()
            && let Some(foreign) = &mut self.foreign
        {
            foreign.add(&training);
        }
        self.edits.push(&body);
        self.count_difference(raw, published.is_some());
    }

    fn count_difference(&mut self, raw: RawTraining, is_published: bool) {
        if is_published {
            self.report.changed += 1;
            if self.changed.len() < LISTED_MAX {
                self.changed.push(raw);
            }
        } else {
            self.report.added += 1;
            if self.report.first_added.len() < LISTED_MAX {
                self.report.first_added.push(Named { id: raw.id, title: raw.title });
            }
        }
    }

    /// Takes note of a row that cannot be taken.
    pub fn refuse(&mut self, issues: Vec<Issue>) {
        self.report.rows += 1;
        self.report.refused += 1;
        self.note(issues);
    }

    /// Takes note of what a row that goes in leaves as words; the same words are told once.
    fn warn(&mut self, notes: Vec<Issue>) {
        self.report.warnings_total += notes.len() as u64;
        for issue in notes {
            let listed = &mut self.report.warnings;
            let same = |own: &Warning| {
                let own = &own.issue;
                (&own.column, &own.value, &own.message) == (&issue.column, &issue.value, &issue.message)
            };
            match listed.iter().position(same) {
                Some(known) => listed[known].rows += 1,
                None if listed.len() < LISTED_MAX => listed.push(Warning { issue, rows: 1 }),
                None => {}
            }
        }
    }

    fn note(&mut self, issues: Vec<Issue>) {
        self.report.issues_total += issues.len() as u64;
        let listed = &mut self.report.issues;
        let room = ISSUES_MAX.saturating_sub(listed.len());
        for mut issue in issues.into_iter().take(room) {
            if listed.len() >= LISTED_MAX {
                issue.value = issue.value.map(|value| value.chars().take(LATER_VALUE_CHARS).collect());
            }
            listed.push(issue);
        }
    }

    /// Ends the reading: what would be published, told.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn finish(mut self, store: &Store) -> Result<Ready, ActionError> {
        if let Some(foreign) = self.foreign.take() {
            foreign.into_likeness()?.tell(&self.referential, &mut self.report);
        }
        if self.mode == Mode::Replace {
            // A refused row may be that of a published training: to withdraw it would lose it. A file
            // without any row is a mistake, not an empty catalogue.
            let held = self.report.refused > 0 || self.report.rows == 0;
            self.report.withdrawals_held = held;
            let absent =
                self.known.iter().filter(|(_, known)| known.seen.is_none()).map(|(id, _)| id.to_string());
            let mut absent: Vec<String> = if held { Vec::new() } else { absent.collect() };
            absent.sort();
            self.report.withdrawn = absent.len() as u64;
            self.report.first_withdrawn = absent.iter().take(LISTED_MAX).cloned().collect();
            self.edits.withdraw(absent);
        }
        for after in self.changed {
            let history = store.history(&after.id).await?;
            let before = history.into_iter().rev().find(|(revision, _)| *revision <= self.base);
            let Some((_, Some(before))) = before else { continue };
            let columns = catalogue::changes(&before, &after);
            self.report.first_changed.push(Changed { id: after.id, title: after.title, columns });
        }
        Ok(Ready { base: self.base, edits: self.edits, report: self.report })
    }
}

impl Ready {
    /// The revision that the file was compared with; 0 when there is none.
    pub fn base(&self) -> i64 {
        self.base
    }

    /// Publishes one revision; `None` when there is nothing to change.
    ///
    /// # Errors
    /// When somebody published meanwhile or the store cannot write; nothing is then changed.
    pub async fn publish(self, store: &Store, signature: Signature) -> Result<Option<Revision>, ActionError> {
        if !self.report.changes_something() {
            return Ok(None);
        }
        let new = NewRevision {
            published_at: now(),
            author: signature.author,
            message: signature.message,
            expected_parent: Some(self.base),
        };
        Ok(store.publish(new, self.edits).await?)
    }
}

fn encode(raw: &RawTraining, body: &mut Vec<u8>) {
    body.clear();
    serde_json::to_writer(body, raw).expect("a row is plain data");
}

fn fingerprint(body: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(body);
    hasher.finish()
}
