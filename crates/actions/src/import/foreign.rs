//! Importing somebody else's rows: they are compared with those in place, keep what their file does not
//! say of a training in place, and take the values proposed from their words when a person accepts them.
//! A row that is already published as its file says it is not looked at further.
//! Absent: reading files (see `files`), what is alike (see `likeness`).

use std::collections::HashMap;

use catalogue::duplicates::Verdict;
use catalogue::french::quoted;
use catalogue::proposals::Proposals;
use catalogue::{Field, RawTraining, Referential, Training};
use exchange::Issue;
use exchange::mapping;
use exchange::report::{LISTED_MAX, Report, Suggestion};
use store::Store;

use super::likeness::{Likeness, known, proposed, suggestion};
use super::references::Replaced;
use super::shelf::Shelf;
use super::{Asked, At, Checked, Known, Plan};
use crate::error::ActionError;

/// What an import of somebody else's rows knows of those in place.
pub(super) struct Foreign {
    likeness: Likeness,
    /// What proposes values, when they are accepted.
    judges: Option<Proposals>,
    /// Trainings that a person decided to be another one: the one that is left out, and the one that stays.
    merged: HashMap<String, String>,
    /// Rows whose reference is that of a training in place of another title.
    pub(super) replaced: Vec<Replaced>,
}

/// What is known of the form of somebody else's file.
pub(super) struct Form<'a> {
    /// Whether it has room for a field.
    pub has_room: &'a dyn Fn(Field) -> bool,
    /// What it calls one of our columns.
    pub column: &'a dyn Fn(&str) -> String,
    /// Whether the row has no reference: its identifier is made of its title.
    pub is_titled: bool,
}

/// A row that goes in, and what was added to what its file says.
struct Completed {
    row: Checked,
    is_kept: bool,
    accepted: Vec<Suggestion>,
}

impl Foreign {
    /// Tells what new trainings look like among those in place.
    pub fn tell(
        self,
        before: &mut Shelf,
        known: &HashMap<Box<str>, Known>,
        referential: &Referential,
        report: &mut Report,
    ) {
        let is_proposed = self.judges.is_some();
        let place = |id: &str| known.get(id).and_then(|known| known.place);
        let in_place = known.values().filter(|known| known.place.is_some()).count();
        report.reading.extend(self.likeness.limit(in_place));
        self.likeness.tell(before, &place, is_proposed, referential, report);
    }

    /// Forgets new trainings that are refused after all.
    pub fn forget(&mut self, is_left: impl Fn(&str) -> bool) {
        self.likeness.forget(is_left);
    }

    /// A new training.
    pub fn add(&mut self, training: Training) {
        self.likeness.add(training);
    }
}

impl Plan {
    /// Begins an import of somebody else's rows.
    pub(super) async fn begin_foreign(store: &Store, asked: &Asked) -> Result<Self, ActionError> {
        let mut plan = Self::begin_beside(store, asked.mode).await?;
        let judges = match &mut plan.before {
            Some(before) if asked.accept_proposals => {
                let judges = Proposals::learn(known(before, &plan.referential), &plan.referential);
                before.failure()?;
                Some(judges)
            }
            _ => None,
        };
        let merged = asked.decisions.iter().filter(|decision| decision.verdict == Verdict::Merged);
        let merged = merged.map(|decision| (decision.other.to_string(), decision.keep.to_string())).collect();
        let likeness = Likeness::new(asked.decisions.clone());
        plan.foreign = Some(Foreign { likeness, judges, merged, replaced: Vec::new() });
        Ok(plan)
    }

    /// Offers somebody else's row.
    pub(super) fn offer_foreign(&mut self, at: At, raw: RawTraining, form: &Form) {
        if let Some(kept) = self.merged_into(&raw.id) {
            let message = format!(
                "cette formation est un double décidé de {}, elle est laissée de côté",
                quoted(&kept)
            );
            let remedy = "retirez cette décision du fichier de décisions si ce n’en est pas un";
            self.report.rows += 1;
            self.report.unchanged += 1;
            return self.report.warn(vec![at.issue("id", &raw.id, &message, remedy)]);
        }
        match self.completed(at, raw, form) {
            Ok(Completed { row, is_kept, accepted }) => {
                let report = &mut self.report;
                report.kept += u64::from(is_kept);
                report.suggestions_accepted += accepted.len() as u64;
                report.suggestions_total += accepted.len() as u64;
                let room = LISTED_MAX.saturating_sub(report.suggestions.len());
                report.suggestions.extend(accepted.into_iter().take(room));
                self.doubt(at, &row.training);
                self.enter(row);
            }
            Err(mut issues) => {
                for column in issues.iter_mut().filter_map(|issue| issue.column.as_mut()) {
                    *column = (form.column)(column);
                }
                self.refuse(issues);
            }
        }
    }

    /// Gives a row whose identifier is made of its title another one when that one is of another training: titles that
    /// differ by a sign alone, organisations and titles that read alike once joined.
    pub(super) fn tell_apart(&mut self, raw: &mut RawTraining) {
        let label = mapping::label(&raw.provider, &raw.title);
        let other = mapping::apart(&raw.id, label);
        let is_in_place = |id: &str| self.known.get(id).is_some_and(|known| known.published.is_some());
        let is_taken = match self.known.get(raw.id.as_str()).and_then(|known| known.label) {
            Some(seen) => seen != label,
            // Where it was told apart once, it stays so.
            None if !is_in_place(&raw.id) => is_in_place(&other),
            None => self
                .in_place(&raw.id)
                .is_some_and(|before| mapping::label(&before.provider, &before.title) != label),
        };
        if is_taken {
            raw.id = other;
        }
        self.known.entry(raw.id.as_str().into()).or_default().label.get_or_insert(label);
    }

    /// The training in place that a person decided to be this one too; nothing when this one is in place itself.
    fn merged_into(&self, id: &str) -> Option<String> {
        let is_in_place = |id: &str| self.known.get(id).is_some_and(|known| known.published.is_some());
        let kept = self.foreign.as_ref()?.merged.get(id)?;
        (is_in_place(kept) && !is_in_place(id)).then(|| kept.clone())
    }

    /// Checks a row, with what it keeps of the one in place and the values accepted for it.
    fn completed(&mut self, at: At, mut raw: RawTraining, form: &Form) -> Result<Completed, Vec<Issue>> {
        self.first(at, &raw.id).map_err(|place| match form.is_titled {
            true => {
                let message = format!("une formation de cet organisme et de cet intitulé est déjà {place}");
                let remedy = "gardez une seule ligne par formation, ou ajoutez une colonne de références";
                vec![at.issue("title", &raw.title, &message, remedy)]
            }
            false => at.again(&raw.id, &place),
        })?;
        let mut row = self.check(at, &raw);
        let mut is_kept = false;
        // What is published word for word has nothing left to keep; but a summary may differ by its spaces,
        // which counts as one of the editors' that is kept.
        let is_same = row.as_ref().is_ok_and(|row| row.is_published && row.raw.summary == raw.summary);
        if !is_same && let Some(before) = self.in_place(&raw.id) {
            let had_no_kind = raw.provider_kind.is_empty();
            match self.replaces(at, &raw, &before, form) {
                // Nothing of another training goes to this one but what its organisation is.
                true if raw.provider == before.provider && had_no_kind => {
                    raw.provider_kind.clone_from(&before.provider_kind);
                }
                true => {}
                false => is_kept = !raw.keep_unsaid(&before, form.has_room).is_empty(),
            }
            if is_kept || (had_no_kind && !raw.provider_kind.is_empty()) {
                row = self.check(at, &raw);
            }
            // The row in place may have been written in another form of JSON.
            row.iter_mut().for_each(|row| row.is_published |= row.raw == before);
        }
        let mut row = row?;
        let accepted = self.accept(&mut raw, &row.training);
        if !accepted.is_empty() {
            row = self.check(at, &raw)?;
        }
        if !is_same {
            self.label(&raw);
        }
        Ok(Completed { row, is_kept, accepted })
    }

    /// Fills the fields that a row leaves empty with the values that its words speak for, when they are accepted;
    /// gives them.
    fn accept(&mut self, raw: &mut RawTraining, training: &Training) -> Vec<Suggestion> {
        let judges = self.foreign.as_mut().and_then(|foreign| foreign.judges.as_mut());
        let values = judges.map(|judges| proposed(training, judges)).unwrap_or_default();
        for value in &values {
            let field = match value.field {
                Field::Themes => &mut raw.themes,
                Field::Audience => &mut raw.audiences,
                _ => &mut raw.objectives,
            };
            field.push(value.value.clone());
        }
        values.into_iter().map(|value| suggestion(training, value, true)).collect()
    }
}
