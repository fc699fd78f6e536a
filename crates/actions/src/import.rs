//! Importing rows into the catalogue: each is checked, compared with what is published, told, and
//! only then published, all in one revision. Nothing is written before [`Ready::publish`].
//! Absent: reading files (see the crate `exchange`), asking for a confirmation.

mod edits;
mod files;
mod foreign;
mod likeness;
mod partial;
mod proposed;
mod references;
mod refused;
mod sheets;
mod shelf;
mod tables;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::fs::File;
use std::hash::{DefaultHasher, Hasher};
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use catalogue::certification::Certifications;
use catalogue::french::quoted;
use catalogue::{Problem, RawTraining, Referential, Training};
use exchange::table::Legacy;
use exchange::{Absent, Extent, Format, Issue, Row};
use store::{BODY_BYTES, Body, NewRevision, Revision, Store};

use crate::certifications;
use crate::clock::now;
use crate::error::ActionError;
use edits::Edits;
pub use exchange::report::{Changed, ISSUES_MAX, LISTED_MAX, Named, Report, Warning};
pub use files::{Asked, samples};
use foreign::Foreign;
pub use proposed::{Proposed, propose};
pub use refused::write_refused;
use shelf::{Place, Shelf};

/// Longest file whose trainings are looked up one by one, in bytes.
const SMALL_BYTES: u64 = 1 << 20;
/// The same, of a table that lacks columns: its rows are short, and as many look-ups fit in less.
const SMALL_PARTIAL_BYTES: u64 = 1 << 16;

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
    /// Where the file has it: its line, 0 when lines make no sense, and the place of its sheet among those met.
    seen: Option<(u32, u16)>,
    /// Which training the file has there, as [`exchange::mapping::label`] tells; of a table only.
    label: Option<u64>,
    /// Where the published row is kept, when the rows offered may leave some of it unsaid.
    place: Option<Place>,
}

/// An import under way: rows are offered one by one, in bounded memory but for those that differ.
pub struct Plan {
    referential: Arc<Referential>,
    mode: Mode,
    base: i64,
    known: HashMap<Box<str>, Known>,
    /// Sheets of the file, as they are met.
    sheets: Vec<String>,
    changed: Vec<RawTraining>,
    edits: Edits,
    report: Report,
    /// The rows in place, when those offered may leave some of them unsaid.
    before: Option<Shelf>,
    foreign: Option<Foreign>,
    directory: Option<Arc<Certifications>>,
    /// What is wrong with the line read last; not yet a refused row, since the end of reading is none.
    held: Option<Issue>,
}

/// Where a row is.
#[derive(Clone, Copy)]
struct At<'a> {
    file: &'a str,
    sheet: Option<&'a str>,
    line: Option<u64>,
}

/// The text of one of our files.
fn opened(path: &Path, legacy: Option<&Legacy>) -> io::Result<Box<dyn BufRead + Send>> {
    Ok(match legacy {
        Some(legacy) => Box::new(legacy.open(path)?),
        None => Box::new(BufReader::with_capacity(1 << 20, File::open(path)?)),
    })
}

/// A row that may go in.
struct Checked {
    training: Training,
    /// As the store keeps it.
    raw: RawTraining,
    body: Body,
    /// Whether it is what is published.
    is_published: bool,
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
            store.state(plan.base, &mut |raw| plan.remember(&Body::of(&raw), None)).await?;
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
        let bytes = std::fs::metadata(path).map_err(ActionError::file(path))?.len();
        // A spreadsheet may have saved it again in an encoding of its own.
        let legacy = if format == Format::Csv { Legacy::of(path) } else { None };
        let open = || opened(path, legacy.as_ref()).map_err(ActionError::file(path));
        let note = legacy.as_ref().map(Legacy::note);
        let absent = match format {
            Format::Csv => exchange::absent_columns(open()?),
            Format::Jsonl | Format::Toml => Absent::default(),
        };
        let mut reader = open()?;
        let small = if absent.is_empty() { SMALL_BYTES } else { SMALL_PARTIAL_BYTES };
        if mode == Mode::Replace || bytes > small {
            let mut plan = Self { directory, ..Self::begin_ours(store, mode, absent).await? };
            plan.report.reading.extend(note);
            plan.offer_reader(&name, &mut reader, format, progress);
            return Ok(plan);
        }
        let mut text = Vec::new();
        // A letter of one byte may take three in UTF-8.
        reader.take(3 * small).read_to_end(&mut text).map_err(ActionError::file(path))?;
        let plan = Self::over(store.latest_number().await?, Referential::builtin(), mode);
        let mut plan = Self { directory, ..plan };
        plan.report.reading.extend(note);
        if !absent.is_empty() {
            plan.before = Some(Shelf::new()?);
            plan.tell_absent(absent);
        }
        for row in exchange::read(&name, &text, format).rows {
            let history = store.history(&row.raw.id).await?;
            let latest = history.into_iter().rev().find(|(revision, _)| *revision <= plan.base);
            if let Some(raw) = latest.and_then(|(_, raw)| raw) {
                let body = Body::of(&raw);
                let place = plan.before.as_mut().map(|before| before.push(&body));
                plan.remember(&body, place);
            }
        }
        plan.offer_reader(&name, &*text, format, progress);
        Ok(plan)
    }

    fn over(base: i64, referential: Arc<Referential>, mode: Mode) -> Self {
        let (edits, report) = (Edits::default(), Report::default());
        let (known, sheets, changed) = (HashMap::new(), Vec::new(), Vec::new());
        let (before, foreign, directory, held) = (None, None, None, None);
        Self {
            referential,
            mode,
            base,
            known,
            sheets,
            changed,
            edits,
            report,
            before,
            foreign,
            directory,
            held,
        }
    }

    /// Takes note of a row in place, and of where it is kept.
    fn remember(&mut self, body: &Body, place: Option<Place>) {
        let published = Some(fingerprint(body.json().as_bytes()));
        self.known.insert(body.id().into(), Known { published, seen: None, label: None, place });
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
        self.end(extent);
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
        self.settle();
        match row {
            Ok(row) if row.absent.is_empty() => self.offer(name, Some(row.line), &row.raw),
            Ok(row) => {
                self.offer_partial(At { file: name, sheet: None, line: Some(row.line) }, row.raw, row.absent);
            }
            // Several issues of one line are one row.
            Err(issue) if issue.line.is_some() && issue.line == *refused_line => {
                self.report.note(vec![issue])
            }
            Err(issue) => {
                *refused_line = issue.line;
                self.held = Some(issue);
            }
        }
        if self.report.rows.is_multiple_of(1_000) {
            progress(self.report.rows);
        }
    }

    /// Offers one row: it is checked and compared.
    pub fn offer(&mut self, file: &str, line: Option<u64>, raw: &RawTraining) {
        let at = At { file, sheet: None, line };
        match self
            .first(at, &raw.id)
            .map_err(|place| at.again(&raw.id, &place))
            .and_then(|()| self.check(at, raw))
        {
            Ok(checked) => {
                self.doubt(at, &checked.training);
                self.enter(checked);
            }
            Err(issues) => self.refuse(issues),
        }
    }

    /// Tells what the directory of certifications says of those that a row cites.
    fn doubt(&mut self, at: At, training: &Training) {
        if let Some(directory) = &self.directory {
            let doubts = certifications::doubts(at.file, at.line, training, directory);
            self.report.warn(doubts);
        }
    }

    /// Takes note of an identifier, once only; the second time, tells where it was before.
    fn first(&mut self, at: At, id: &str) -> Result<(), String> {
        if let Some(sheet) = at.sheet.filter(|sheet| self.sheets.last().is_none_or(|last| last != sheet)) {
            self.sheets.push(sheet.to_owned());
        }
        let sheet = u16::try_from(self.sheets.len().saturating_sub(1)).unwrap_or(u16::MAX);
        let known = self.known.entry(id.into()).or_default();
        let Some((line, before)) = known.seen else {
            let line = at.line.and_then(|line| u32::try_from(line).ok()).unwrap_or(0);
            known.seen = Some((line, sheet));
            return Ok(());
        };
        let elsewhere = self.sheets.get(usize::from(before)).filter(|_| before != sheet);
        let elsewhere = elsewhere.map(|name| format!(" de la feuille {}", quoted(name))).unwrap_or_default();
        Err(format!("à la ligne {line}{elsewhere}, qui est gardée"))
    }

    /// Checks a row, and compares it with the published one.
    fn check(&self, at: At, raw: &RawTraining) -> Result<Checked, Vec<Issue>> {
        let issues = |problems: Vec<Problem>| -> Vec<Issue> {
            problems.iter().map(|p| at.issue(&p.column, &p.value, &p.problem, &p.remedy)).collect()
        };
        let training = Training::parse(raw, &self.referential).map_err(issues)?;
        let raw = training.to_raw(&self.referential);
        let body = Body::of(&raw);
        let bytes = body.json().len();
        if bytes > BODY_BYTES {
            let message = format!("la fiche compte {bytes} octets, {BODY_BYTES} au plus");
            return Err(vec![at.issue("id", &raw.id, &message, "raccourcissez ses textes")]);
        }
        let published = self.known.get(raw.id.as_str()).and_then(|known| known.published);
        let is_published = published == Some(fingerprint(body.json().as_bytes()));
        Ok(Checked { training, raw, body, is_published })
    }

    /// Counts a row that goes in, and keeps it when it differs from the published one.
    fn enter(&mut self, row: Checked) {
        self.report.rows += 1;
        if row.is_published {
            self.report.unchanged += 1;
            return;
        }
        let is_known = self.known.get(row.raw.id.as_str()).is_some_and(|known| known.published.is_some());
        if !is_known && let Some(foreign) = &mut self.foreign {
            foreign.add(row.training);
        }
        self.edits.push(&row.body);
        self.count_difference(row.raw, is_known);
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
        self.report.note(issues);
    }

    /// Counts what was held as a refused row: something follows it. What is of no line is no row.
    fn settle(&mut self) {
        match self.held.take() {
            Some(issue) if issue.line.is_none() => self.report.warn(vec![issue]),
            Some(issue) => self.refuse(vec![issue]),
            None => {}
        }
    }

    /// Ends the reading of a file. What stopped it before its end is told, and is no row.
    fn end(&mut self, extent: Extent) {
        match self.held.take() {
            Some(issue) if extent == Extent::Partial => self.stop(issue),
            held => {
                self.report.cut_short |= extent == Extent::Partial;
                self.held = held;
                self.settle();
            }
        }
    }

    /// Tells what prevents reading further.
    fn stop(&mut self, issue: Issue) {
        self.report.cut_short = true;
        self.report.note(vec![issue]);
    }

    /// Ends the reading: what would be published, told.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn finish(mut self, store: &Store) -> Result<Ready, ActionError> {
        self.settle_references();
        if let Some(mut before) = self.before.take() {
            if let Some(foreign) = self.foreign.take() {
                foreign.tell(&mut before, &self.known, &self.referential, &mut self.report);
            }
            before.failure()?;
        }
        if self.mode == Mode::Replace {
            // A refused row may be that of a published training: to withdraw it would lose it. A file
            // without any row is a mistake, not an empty catalogue; nobody knows what follows a stop.
            let held = self.report.refused > 0 || self.report.cut_short || self.report.rows == 0;
            self.report.withdrawals_held = held;
            let is_absent = |known: &Known| known.seen.is_none() && known.published.is_some();
            let absent =
                self.known.iter().filter(|(_, known)| is_absent(known)).map(|(id, _)| id.to_string());
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
        self.edits.settle()?;
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
        Ok(store.publish_each(new, self.edits).await?)
    }
}

impl At<'_> {
    /// What to say of an identifier met again.
    fn again(self, id: &str, place: &str) -> Vec<Issue> {
        let message = format!("l’identifiant est déjà {place}");
        vec![self.issue("id", id, &message, "gardez une seule ligne par identifiant")]
    }

    fn issue(self, column: &str, value: &str, message: &str, remedy: &str) -> Issue {
        Issue {
            file: self.file.to_owned(),
            sheet: self.sheet.map(str::to_owned),
            line: self.line,
            column: Some(column.to_owned()),
            value: Some(value.to_owned()),
            message: message.to_owned(),
            remedy: remedy.to_owned(),
        }
    }
}

fn fingerprint(body: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(body);
    hasher.finish()
}
