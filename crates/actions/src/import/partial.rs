//! Importing tables of ours that lack columns: what they do not say is kept of the training in place, which is
//! looked up for such tables only.
//! Absent: the rule (see `partial` in the crate `catalogue`), tables of other people (see `foreign`).

use catalogue::french::{NARROW, list, quoted};
use catalogue::{RawTraining, Referential};
use exchange::{Absent, COLUMNS, Issue};
use store::{Body, Store};

use super::shelf::Shelf;
use super::{At, Checked, Mode, Plan};
use crate::error::ActionError;

impl Plan {
    /// Begins an import of a file of ours, with the rows in place at hand if its table lacks columns.
    pub(super) async fn begin_ours(store: &Store, mode: Mode, absent: Absent) -> Result<Self, ActionError> {
        if absent.is_empty() {
            return Self::begin(store, Referential::builtin(), mode).await;
        }
        let mut plan = Self::begin_beside(store, mode).await?;
        plan.tell_absent(absent);
        Ok(plan)
    }

    /// Begins an import with the rows in place at hand.
    pub(super) async fn begin_beside(store: &Store, mode: Mode) -> Result<Self, ActionError> {
        let base = store.latest_number().await?;
        let mut plan = Self::over(base, Referential::builtin(), mode);
        let mut before = Shelf::new()?;
        if base > 0 {
            let mut keep = |body: Body| {
                let place = before.push(&body);
                plan.remember(&body, Some(place));
            };
            store.bodies(base, &mut keep).await?;
            before.failure()?;
        }
        plan.before = Some(before);
        Ok(plan)
    }

    /// Tells which columns a table lacks, or which it has when they are fewer.
    pub(super) fn tell_absent(&mut self, absent: Absent) {
        let lacks: Vec<&str> = absent.columns().collect();
        let has: Vec<&str> = COLUMNS.into_iter().filter(|column| !absent.has(column)).collect();
        let told = match has.len() < lacks.len() {
            true => {
                let has = has.join(", ");
                format!(
                    "colonnes présentes{NARROW}: {has}{NARROW}; ce que diraient les autres reste en place"
                )
            }
            false => {
                format!("colonnes absentes, dont les valeurs restent en place{NARROW}: {}", lacks.join(", "))
            }
        };
        self.report.reading.push(told);
    }

    /// Offers a row of a table of ours that lacks columns.
    pub(super) fn offer_partial(&mut self, at: At, raw: RawTraining, absent: Absent) {
        match self.whole(at, raw, absent) {
            Ok((row, is_kept)) => {
                self.report.kept += u64::from(is_kept);
                self.doubt(at, &row.training);
                self.enter(row);
            }
            Err(issues) => self.refuse(issues),
        }
    }

    /// Checks a row, with what it keeps of the one in place; whether it keeps something.
    fn whole(&mut self, at: At, mut raw: RawTraining, absent: Absent) -> Result<(Checked, bool), Vec<Issue>> {
        self.first(at, &raw.id).map_err(|place| at.again(&raw.id, &place))?;
        let is_known = self.known.get(raw.id.as_str()).is_some_and(|known| known.published.is_some());
        if !is_known {
            is_sufficient(at, &raw.id, absent)?;
            return Ok((self.check(at, &raw)?, false));
        }
        // The file changed while it was read, or the temporary file could not be read back, which ends the import.
        let unread = || vec![at.issue("id", &raw.id, "la fiche en place n’a pas été relue", "recommencez")];
        let before = self.in_place(&raw.id).ok_or_else(unread)?;
        let is_kept = raw.keep_columns(&before, absent.columns());
        let mut row = self.check(at, &raw)?;
        if !row.is_published && raw.drop_outdated(&row.raw, &before, |column| absent.has(column)) {
            row = self.check(at, &raw)?;
        }
        // The row in place may have been written in another form of JSON.
        row.is_published |= row.raw == before;
        Ok((row, is_kept))
    }

    /// The published row of an identifier, when those in place are at hand.
    pub(super) fn in_place(&mut self, id: &str) -> Option<RawTraining> {
        let place = self.known.get(id)?.place?;
        self.before.as_mut()?.get(place)
    }
}

/// Refuses a row that no training in place completes, when a column is absent without which it cannot be one.
fn is_sufficient(at: At, id: &str, absent: Absent) -> Result<(), Vec<Issue>> {
    let missing: Vec<String> = absent.compulsory().map(quoted).collect();
    if missing.is_empty() {
        return Ok(());
    }
    if id.is_empty() {
        return Err(vec![at.issue("id", id, "l’identifiant est vide", "reprenez celui de l’export")]);
    }
    let message = match missing.len() {
        1 => format!(
            "aucune formation en place n’a cet identifiant, et la colonne {} manque pour l’ajouter",
            missing[0]
        ),
        _ => format!(
            "aucune formation en place n’a cet identifiant, et les colonnes {} manquent pour l’ajouter",
            list(&missing, "et")
        ),
    };
    let remedy = format!(
        "reprenez l’identifiant de l’export, ou ajoutez ce qui manque{NARROW}; une table qui ne vient pas de Parcours \
         se lit par une correspondance (--mapping)"
    );
    Err(vec![at.issue("id", id, &message, &remedy)])
}
