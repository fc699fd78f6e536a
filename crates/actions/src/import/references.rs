//! References that a file gives to other trainings than those in place: a reference taken over by another training
//! brings it nothing of the former one, and rows numbered again are refused, since nobody knows which is which.
//! Absent: identifiers made of titles (see `foreign`).

use std::collections::{BTreeMap, HashMap};

use catalogue::RawTraining;
use catalogue::duplicates::are_unlike;
use catalogue::french::quoted;
use exchange::{Issue, mapping};

use super::foreign::Form;
use super::{At, Plan};

/// A row whose reference is that of a training in place of another title.
pub(super) struct Replaced {
    id: String,
    /// Which training was there, as [`mapping::label`] tells.
    before: u64,
    /// Whether both titles have nothing in common.
    is_other: bool,
    /// What is told of it: where it is, its title, and the former one.
    issue: Issue,
    former: String,
}

const REMEDY: &str = "rendez à chaque formation la référence qu’elle avait et donnez-en de nouvelles aux autres, ou ne \
                      prenez pas cette colonne pour une référence";

impl Plan {
    /// Whether a row takes the place of a training that is another one; any other title is taken note of.
    pub(super) fn replaces(&mut self, at: At, raw: &RawTraining, before: &RawTraining, form: &Form) -> bool {
        let label = mapping::label(&before.provider, &before.title);
        if label == mapping::label(&raw.provider, &raw.title) {
            return false;
        }
        let is_other = are_unlike(&before.title, &raw.title);
        let issue = at.issue(&(form.column)("id"), &raw.title, "", "");
        let former = before.title.clone();
        if let Some(foreign) = &mut self.foreign {
            foreign.replaced.push(Replaced { id: raw.id.clone(), before: label, is_other, issue, former });
        }
        is_other
    }

    /// Takes note of which training a row is.
    pub(super) fn label(&mut self, raw: &RawTraining) {
        let known = self.known.entry(raw.id.as_str().into()).or_default();
        known.label.get_or_insert_with(|| mapping::label(&raw.provider, &raw.title));
    }

    /// Refuses the rows that were numbered again, and tells the references taken over.
    pub(super) fn settle_references(&mut self) {
        let Some(foreign) = &mut self.foreign else { return };
        let mut replaced = std::mem::take(&mut foreign.replaced);
        // A row that was refused has no label.
        replaced.retain(|row| self.known.get(row.id.as_str()).is_some_and(|known| known.label.is_some()));
        if replaced.is_empty() {
            return;
        }
        let refused = self.numbered_again(&replaced);
        for row in replaced.iter().filter(|row| row.is_other && !refused.contains_key(&row.id)) {
            let message = format!(
                "référence reprise par une autre formation\u{202f}: c’était celle de {}, dont rien n’est repris",
                quoted(&row.former)
            );
            let remedy = "donnez une référence nouvelle à une formation nouvelle\u{202f}; si c’est la même sous un autre \
                          intitulé, vérifiez la fiche";
            let issue = Issue { message, remedy: remedy.to_owned(), ..row.issue.clone() };
            self.report.warn(vec![issue]);
        }
        self.take_back(refused);
    }

    /// The rows that were numbered again, by identifier, with what is told of each: those that have the reference of a
    /// training which the file gives another one, and the rows of these.
    fn numbered_again(&self, replaced: &[Replaced]) -> BTreeMap<String, Issue> {
        let moved: HashMap<&str, &Replaced> = replaced.iter().map(|row| (row.id.as_str(), row)).collect();
        let former: HashMap<u64, &Replaced> = replaced.iter().map(|row| (row.before, row)).collect();
        let mut refused = BTreeMap::new();
        for (id, known) in &self.known {
            let is_elsewhere = known.published.is_none() || moved.contains_key(&**id);
            let Some((line, _)) = known.seen.filter(|_| is_elsewhere) else { continue };
            let Some(row) = known.label.and_then(|label| former.get(&label)).filter(|row| row.id != **id)
            else {
                continue;
            };
            let message = format!(
                "les références semblent renumérotées\u{202f}: celle-ci est la référence de {}, que ce fichier met sous \
                 une autre",
                quoted(&row.former)
            );
            let issue = Issue { message, remedy: REMEDY.to_owned(), ..row.issue.clone() };
            refused.insert(row.id.clone(), issue);
            let message = format!(
                "les références semblent renumérotées\u{202f}: {} est publiée sous une autre référence, que ce fichier \
                 donne à {}",
                quoted(&row.former),
                quoted(row.issue.value.as_deref().unwrap_or_default())
            );
            let value = Some(row.former.clone());
            let line = Some(u64::from(line)).filter(|line| *line > 0);
            let issue = Issue { line, value, message, remedy: REMEDY.to_owned(), ..row.issue.clone() };
            refused.entry(id.to_string()).or_insert(issue);
        }
        refused
    }

    /// Takes back rows that had gone in, and refuses them.
    fn take_back(&mut self, refused: BTreeMap<String, Issue>) {
        let is_refused = |id: &str| refused.contains_key(id);
        self.edits.leave_out(is_refused);
        self.changed.retain(|row| !is_refused(&row.id));
        if let Some(foreign) = &mut self.foreign {
            foreign.forget(is_refused);
        }
        let report = &mut self.report;
        report.first_added.retain(|row| !is_refused(&row.id));
        report.suggestions.retain(|row| !is_refused(&row.id));
        let mut issues = Vec::new();
        for (id, issue) in refused {
            let was_in_place = self.known.get(id.as_str()).is_some_and(|known| known.published.is_some());
            let counted = if was_in_place { &mut report.changed } else { &mut report.added };
            *counted = counted.saturating_sub(1);
            report.rows = report.rows.saturating_sub(1);
            issues.push(issue);
        }
        issues.sort_by_key(|issue| issue.line);
        issues.into_iter().for_each(|issue| self.refuse(vec![issue]));
    }
}
