//! Importing somebody else's rows: they are compared with those in place, keep what their file does not
//! say of a training in place, and take the values proposed from their words when a person accepts them.
//! Absent: reading files (see `files`), what is alike (see `likeness`).

use catalogue::proposals::Proposals;
use catalogue::{Field, RawTraining, Referential, Training};
use exchange::report::Suggestion;
use store::Store;

use super::before::Before;
use super::likeness::{Likeness, proposed, suggestion};
use super::{Asked, LISTED_MAX, Plan};
use crate::error::ActionError;

/// What an import of somebody else's rows knows of those in place.
pub(super) struct Foreign {
    before: Before,
    likeness: Likeness,
    /// What proposes values, when they are accepted.
    judges: Option<Proposals>,
}

impl Foreign {
    /// What new trainings look like; fails when rows in place could not be read back.
    pub fn into_likeness(mut self) -> Result<Likeness, ActionError> {
        self.check()?;
        Ok(self.likeness)
    }

    /// A new training.
    pub fn add(&mut self, training: &Training) {
        self.likeness.add(training);
    }

    fn check(&mut self) -> Result<(), ActionError> {
        self.before.failure().map_or(Ok(()), |error| Err(of_temporary(error)))
    }
}

impl Plan {
    /// Begins an import of somebody else's rows.
    pub(super) async fn begin_foreign(store: &Store, asked: &Asked) -> Result<Self, ActionError> {
        let referential = Referential::builtin();
        let mut plan = Self::over(store.latest_number().await?, referential.clone(), asked.mode);
        let mut foreign = Foreign {
            before: Before::new().map_err(of_temporary)?,
            likeness: Likeness::new(asked.decisions.clone()),
            judges: None,
        };
        let base = plan.base;
        if base > 0 {
            let mut keep = |raw: RawTraining| {
                foreign.likeness.know(&raw, &referential);
                plan.remember(raw, Some(&mut foreign.before));
            };
            store.state(base, &mut keep).await?;
            foreign.check()?;
        }
        if asked.accept_proposals {
            foreign.judges = Some(foreign.likeness.learn(&referential));
        }
        plan.foreign = Some(foreign);
        Ok(plan)
    }

    /// Offers somebody else's row; `has_room` tells whether its file has room for a field.
    pub(super) fn offer_foreign(
        &mut self,
        file: &str,
        line: u64,
        mut raw: RawTraining,
        has_room: &dyn Fn(Field) -> bool,
    ) {
        if let Some(foreign) = &mut self.foreign {
            let place = self.known.get(raw.id.as_str()).and_then(|known| known.place);
            if let Some(before) = place.and_then(|place| foreign.before.get(place)) {
                self.report.kept += u64::from(!raw.keep_unsaid(&before, has_room).is_empty());
            }
            if let Some(judges) = &foreign.judges {
                let accepted = accept(&mut raw, judges, &self.referential);
                self.report.suggestions_accepted += accepted.len() as u64;
                self.report.suggestions_total += accepted.len() as u64;
                let room = LISTED_MAX.saturating_sub(self.report.suggestions.len());
                self.report.suggestions.extend(accepted.into_iter().take(room));
            }
        }
        self.offer(file, Some(line), &raw);
    }
}

/// Fills the fields that a row leaves empty with the values that its words speak for; gives them.
fn accept(raw: &mut RawTraining, judges: &Proposals, referential: &Referential) -> Vec<Suggestion> {
    // A row that is refused has no value to fill.
    let Ok(training) = Training::parse(raw, referential) else { return Vec::new() };
    let values = proposed(&training, judges);
    for value in &values {
        let field = match value.field {
            Field::Themes => &mut raw.themes,
            Field::Audience => &mut raw.audiences,
            _ => &mut raw.objectives,
        };
        field.push(value.value.clone());
    }
    values.into_iter().map(|value| suggestion(&training, value, true)).collect()
}

fn of_temporary(source: std::io::Error) -> ActionError {
    ActionError::File { path: std::env::temp_dir(), source }
}
