//! Rows of a table to trainings, by a mapping. A value that is not understood stays as the source's words
//! beside the field, with a note; it never becomes another value.
//! Absent: checks of trainings (see `catalogue`).

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;

use catalogue::certification::CertificationCode;
use catalogue::french::{integer, quoted};
use catalogue::{FILE_SCHEME, Field, Hours, RawSource, RawTraining, Referential, slug};

use super::above::Above;
use super::aside::Judged;
use super::bounds::range;
use super::cells::{
    address, beside, certification, cite, city, doubtful, gather, in_cents, items, note, price, provider,
    seen, state, translate,
};
use super::durations::{Duration, duration};
use super::placed::Place;
use super::said::Said;
use super::texts::{cut, identifier, one_line, plain, text, unmarked, with_unit};
use super::values;
use super::vocabulary::Vocabulary;
use super::{Column, Mapping, Target, codes, exclusions, past, places};
use crate::Issue;
use crate::issue::Fault;
use crate::table::{Cell, Shape, TableRow, is_error};

/// Words of the source kept for a field, in characters.
pub(super) const STATED_CHARS: usize = 1_000;
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
    /// Whether its identifier is made of its title, for want of a reference.
    pub is_titled: bool,
}

/// Reads the rows of one table.
pub struct RowReader<'a> {
    file: String,
    mapping: &'a Mapping,
    places: Vec<Place<'a>>,
    vocabularies: BTreeMap<Target, Vocabulary>,
    /// Lines that the first rows of the table show to be titles of parts.
    parts: Vec<u64>,
    /// Columns that say how things stand, and their names.
    states: Vec<(usize, past::State, String)>,
    above: RefCell<Above>,
}

/// What is being read of one row.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) raw: RawTraining,
    external_id: Option<String>,
    summary: Vec<String>,
    pub(super) certifications: Vec<CertificationCode>,
    /// Codes of national nomenclatures, with its name before each.
    codes: Vec<String>,
    pub(super) notes: Vec<Fault>,
    /// Words under the provider that name nobody.
    nameless: Option<String>,
    /// Words under the title that are no title.
    untitled: Option<String>,
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
        let place = |name: &String| {
            shape.columns.iter().position(|own| own == name).ok_or_else(|| {
                let known: Vec<&str> = shape.columns.iter().map(String::as_str).collect();
                let what = "dans la table, la colonne de la correspondance";
                Box::new(crate::fields::unknown(what, name, &known).at(file, Some(shape.header_line)))
            })
        };
        let mut places = Vec::new();
        for column in mapping.column.iter().filter(|column| column.field.is_some()) {
            // A column that was given a field of its own is no longer read in the place of another.
            let is_own = |name: &&String| {
                mapping.column.iter().all(|other| other.name != **name || other.field.is_none())
            };
            let otherwise = column.otherwise.iter().filter(is_own).map(place).collect::<Result<_, _>>()?;
            let with = column.with.iter().map(place).collect::<Result<_, _>>()?;
            // A person may have given another field to it.
            let is_amount = column.field.is_some_and(Target::alternates);
            let up_to = column.up_to.as_ref().filter(|_| is_amount).map(place).transpose()?;
            places.push(Place { column, at: place(&column.name)?, otherwise, with, up_to });
        }
        let targets = places.iter().filter_map(|place| place.column.field);
        let vocabularies = targets.map(|target| (target, Vocabulary::of(target, referential))).collect();
        let (file, parts) = (file.to_owned(), shape.parts.clone());
        let columns = shape.columns.iter().enumerate().filter(|(at, _)| !shape.hidden.contains(at));
        let states =
            columns.filter_map(|(at, name)| Some((at, past::State::of(name)?, name.clone()))).collect();
        Ok(Self { file, mapping, places, vocabularies, parts, states, above: RefCell::default() })
    }

    /// Reads one row.
    ///
    /// # Errors
    /// When it has no title or no provider.
    pub fn row(&self, row: &TableRow) -> Result<Mapped, Vec<Issue>> {
        if let Some(title) = &row.under {
            let cells = self.repeated(row).into_owned();
            let is_alone = cells.iter().filter(|cell| !cell.is_empty()).count() < 2;
            // « idem » after a row says what it says.
            if !is_alone {
                self.above.borrow_mut().cells = cells;
            }
            return Err(vec![past::under(title, is_alone).at(&self.file, Some(row.line))]);
        }
        let mut draft = Draft::default();
        // What several columns say of a duration or of a price.
        let mut said: BTreeMap<Target, Vec<Said>> = BTreeMap::new();
        let cells = self.repeated(row);
        for place in &self.places {
            let column = place.column;
            let target = column.field.expect("columns without a field are left out");
            let cell = place.cell(&cells);
            let cents = in_cents(target, cell);
            let cell = cents.as_ref().unwrap_or(cell);
            let range = place.up_to.and_then(|most| range(target, column.unit, cell, cells.get(most)?));
            let cell = range.as_ref().unwrap_or(cell);
            let whole = beside(target, cell, place.with.iter().filter_map(|place| cells.get(*place)));
            let cell = whole.as_ref().unwrap_or(cell);
            if !target.alternates() {
                self.fill(&mut draft, target, column, cell);
                continue;
            }
            let mut own = Draft::default();
            let is_unread = matches!(cell, Cell::Text(text) if is_error(text));
            if !is_unread {
                self.fill(&mut own, target, column, cell);
            }
            said.entry(target).or_default().push(Said { column, draft: own, is_unread });
        }
        let settings = &self.mapping.settings;
        said.into_values().for_each(|said| draft.take_best(said, settings));
        self.complete(&mut draft);
        let judged = self.judged(&draft, &cells, row.line);
        let aside = judged.fault();
        let theme = slug(&self.words(Target::Themes, &cells).unwrap_or_default());
        match aside {
            Some(_) => self.above.borrow_mut().close(),
            None => self.above.borrow_mut().cells = cells.into_owned(),
        }
        // What a total or a title lacks is of no interest.
        let faults = aside.map_or_else(|| missing(&draft), |aside| vec![aside]);
        let issue = |fault: Fault| fault.at(&self.file, Some(row.line));
        if !faults.is_empty() {
            let mut issues: Vec<Issue> = faults.into_iter().map(issue).collect();
            for column in issues.iter_mut().filter_map(|issue| issue.column.as_mut()) {
                *column = self.mapping.column_for(column);
            }
            return Err(issues);
        }
        self.above.borrow_mut().enter(&draft.raw, theme);
        let is_titled = draft.external_id.as_deref().is_none_or(|own| slug(own).is_empty());
        let notes = draft.notes.into_iter().map(issue).collect();
        Ok(Mapped { raw: draft.raw, notes, is_titled })
    }

    /// What tells whether a row is a training.
    fn judged(&self, draft: &Draft, cells: &[Cell], line: u64) -> Judged {
        let raw = &draft.raw;
        let above = self.above.borrow();
        Judged {
            title: raw.title.clone(),
            organisation: self.words(Target::Provider, cells).unwrap_or_default(),
            is_part: self.parts.contains(&line),
            is_whole: !raw.provider.is_empty() && raw.duration_hours.is_some() && raw.price_eur.is_some(),
            past: self.past(raw, cells),
            providers: [raw.provider.clone(), above.provider.clone()],
            is_described: !raw.summary.is_empty() || raw.url.is_some(),
            filled: cells.iter().filter(|cell| !cell.is_empty()).count(),
            columns: cells.len(),
            has_small_titles: above.has_small_titles,
            theme: above.theme.clone(),
            adds_up: above.adds_up(raw),
            repeats_provider: raw.provider == above.provider && self.words(Target::Provider, cells).is_some(),
        }
    }

    /// What says that a training is no longer on offer: its column and its words.
    fn past(&self, raw: &RawTraining, cells: &[Cell]) -> Option<(String, String)> {
        let by_state = self.states.iter().find_map(|(at, column, name)| {
            let state = text(cells.get(*at)?).filter(|state| column.is_past(state))?;
            Some((name.clone(), state))
        });
        let of_title = |words: &str| ("title".to_owned(), words.to_owned());
        by_state.or_else(|| past::mark(&raw.title).map(of_title))
    }

    /// What the column of a field says, if there is one.
    fn words(&self, target: Target, cells: &[Cell]) -> Option<String> {
        text(self.places.iter().find(|place| place.column.field == Some(target))?.cell(cells))
    }

    /// The cells of a row; those that say « idem » hold what the row above holds.
    fn repeated<'r>(&self, row: &'r TableRow) -> Cow<'r, [Cell]> {
        let is_ditto = |cell: &Cell| matches!(cell, Cell::Text(text) if places::is_ditto(text));
        let mut cells = Cow::Borrowed(row.cells.as_slice());
        if row.cells.iter().any(is_ditto) {
            let above = self.above.borrow();
            for (at, cell) in cells.to_mut().iter_mut().enumerate().filter(|(_, cell)| is_ditto(cell)) {
                *cell = above.cells.get(at).cloned().unwrap_or_default();
            }
        }
        cells
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
                    // A bare number that a mapping gives to words is a number of hours.
                    Some(value) if target == Target::Duration && values::number(value).is_some() => {
                        self.single(draft, target, column, &format!("{value} h"), &text);
                    }
                    Some(value) => self.single(draft, target, column, value, &text),
                    // Nobody knows whether several durations add up.
                    None if target == Target::Duration && matches!(cell, Cell::Several(_)) => {
                        let apart = cell.to_text(" / ").unwrap_or_default();
                        self.single(draft, target, column, &apart, &text);
                    }
                    None => self.single(draft, target, column, &text, &text),
                }
            }
        }
    }

    /// One value: `value` is what the mapping makes of `words`.
    fn single(&self, draft: &mut Draft, target: Target, column: &Column, value: &str, words: &str) {
        if column.in_words {
            return doubtful(draft, target, column, words);
        }
        let raw = &mut draft.raw;
        match target {
            Target::Id => draft.external_id = Some(value.to_owned()),
            Target::Title if places::is_no_title(value) => draft.untitled = Some(one_line(words)),
            Target::Title => raw.title = unmarked(&one_line(value)).to_owned(),
            Target::Provider if places::is_undecided(value) => draft.nameless = Some(one_line(words)),
            Target::Provider => provider(draft, column, value),
            Target::Url | Target::Source => address(draft, target, column, value),
            Target::City => city(draft, column, value, words),
            Target::Summary => draft.summary.push(plain(value)),
            Target::Prerequisites => state(draft, target, &plain(value)),
            Target::Duration => self.duration(draft, column, value, words),
            Target::Price => price(draft, column, value, words),
            Target::Certification => certification(draft, column, value, words),
            Target::Seen => seen(draft, column, value, words),
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
        let (items, excludes) = items(column, cell, text);
        let mut left = excludes;
        if excludes {
            let remedy =
                "donnez une valeur à toute la cellule dans la table values de la colonne, ou laissez ainsi";
            let message =
                "ces mots excluent des valeurs, qui ne sont pas reprises\u{202f}; la cellule reste en mots";
            draft.notes.push(Fault::new(message, remedy).column(&column.name).value(text));
        }
        let is_told = |item: &&str| excludes && (item.contains(exclusions::MARK) || exclusions::is_all(item));
        let items = items.iter().map(|item| item.trim()).filter(|item| !item.is_empty());
        for item in items.filter(|item| !is_told(item)) {
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

    fn duration(&self, draft: &mut Draft, column: &Column, value: &str, words: &str) {
        match duration(value, column.unit, &self.mapping.settings) {
            Some(Duration::Hours(hours)) if hours > 0.0 && Hours::new(hours).is_err() => note(
                draft,
                Target::Duration,
                column,
                words,
                "la durée dépasse ce qu’une formation peut durer\u{202f}; elle reste en mots",
            ),
            Some(Duration::Hours(hours)) if hours > 0.0 => {
                // A duration to the minute, without the noise of divisions.
                draft.raw.duration_hours = Some((hours * 10_000.0).round() / 10_000.0);
                // Bare figures need the unit that the column says.
                let unit = column.unit.filter(|_| values::number(words).is_some());
                let shown = unit.map_or_else(|| words.to_owned(), |unit| with_unit(words, unit));
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
        let summary = draft.summary.join("\n");
        raw.summary = cut(summary.trim(), SUMMARY_CHARS);
        if raw.summary.len() < summary.trim().len() {
            let message = format!(
                "la présentation dépasse {} caractères\u{202f}; sa fin n’est pas reprise",
                integer(SUMMARY_CHARS as u64)
            );
            draft.notes.push(Fault::new(message, "raccourcissez-la"));
        }
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

fn missing(draft: &Draft) -> Vec<Fault> {
    let (raw, mut faults) = (&draft.raw, Vec::new());
    if raw.title.is_empty() {
        let remedy = "écrivez l’intitulé de la formation, ou retirez la ligne";
        faults.push(match &draft.untitled {
            Some(words) => {
                let message = "ce n’est pas l’intitulé d’une formation";
                Fault::new(message, remedy).column("title").value(words.clone())
            }
            None => Fault::new("la ligne n’a pas d’intitulé", remedy).column("title"),
        });
    }
    if raw.provider.is_empty() {
        let remedy = format!(
            "ajoutez une colonne qui le dit, ou écrivez provider = {} sous [defaults] dans la correspondance",
            quoted("nom de l’organisme")
        );
        let fault = Fault::new("la ligne ne dit pas l’organisme", remedy).column("provider");
        faults.push(match &draft.nameless {
            Some(words) => fault.value(words.clone()),
            None => fault,
        });
    }
    faults
}
