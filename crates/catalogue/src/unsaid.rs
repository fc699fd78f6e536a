//! What an imported row leaves unsaid of a training in place, and what is then kept of it.
//! Absent: files and their columns (see the crate `exchange`), comparing (see `difference`).

use std::collections::BTreeMap;

use crate::evidence::Field;
use crate::raw::RawTraining;

/// Fields that are judgements of the catalogue's editors: a file that has no value for them does not
/// withdraw those in place.
const EDITORIAL: [Field; 6] = [
    Field::Nature,
    Field::Audience,
    Field::Objectives,
    Field::Themes,
    Field::Competences,
    Field::Prerequisites,
];

impl RawTraining {
    /// Takes over from the row in place what this one leaves unsaid, each field with its source and the
    /// words of that source: editors' judgements wherever this row has none, editors' summaries always,
    /// and the fields that the file has no room for, according to `has_room`. Gives the fields kept.
    pub fn keep_unsaid(&mut self, before: &Self, has_room: impl Fn(Field) -> bool) -> Vec<Field> {
        let mut kept = Vec::new();
        for field in Field::all() {
            let judged = EDITORIAL.contains(&field) || is_written(before, field);
            let room = has_room(field);
            let words = !room && before.states(field) && !self.states(field);
            if ((judged || !room) && self.take(before, field)) || words {
                self.take_evidence(before, field);
                kept.push(field);
            }
        }
        if self.provider_kind.is_empty() && self.provider == before.provider {
            self.provider_kind.clone_from(&before.provider_kind);
        }
        kept
    }

    /// Takes the value of a field, if this row has none; whether it did.
    fn take(&mut self, before: &Self, field: Field) -> bool {
        match field {
            // Every row has its own.
            Field::Title | Field::Provider => false,
            Field::Kind => replace(&mut self.kind, &before.kind),
            Field::Url => fill(&mut self.url, &before.url),
            Field::Language => fill(&mut self.language, &before.language),
            Field::Formats => fill_all(&mut self.formats, &before.formats),
            Field::Duration => !self.states(field) && fill(&mut self.duration_hours, &before.duration_hours),
            Field::Price => !self.states(field) && fill(&mut self.price_eur, &before.price_eur),
            Field::City => fill(&mut self.city, &before.city),
            Field::Nature => fill(&mut self.nature, &before.nature),
            Field::PublicSectorOnly => fill(&mut self.public_sector_only, &before.public_sector_only),
            Field::Audience => fill_all(&mut self.audiences, &before.audiences),
            Field::Objectives => fill_all(&mut self.objectives, &before.objectives),
            Field::Themes => fill_all(&mut self.themes, &before.themes),
            Field::Competences => fill_levels(&mut self.competences, &before.competences),
            Field::Prerequisites => fill_levels(&mut self.prerequisites, &before.prerequisites),
            Field::Summary => {
                let taken = replace(&mut self.summary, &before.summary);
                if taken {
                    // Whose the summary is goes with it.
                    self.sources.remove(field.name());
                }
                taken
            }
        }
    }

    /// Takes the source of a field, when it is not this row's own, and its words, unless this row has some.
    fn take_evidence(&mut self, before: &Self, field: Field) {
        let name = field.name();
        if self.states(field) {
            return;
        }
        if let Some(words) = before.stated.get(name) {
            self.stated.insert(name.to_owned(), words.clone());
        }
        let own = before.sources.get(name);
        // A summary without a source of its own is the editors'.
        let source = if field == Field::Summary { own } else { own.or(Some(&before.source)) };
        if let Some(source) = source.filter(|source| **source != self.source || field == Field::Summary) {
            self.sources.insert(name.to_owned(), source.clone());
        }
    }

    fn states(&self, field: Field) -> bool {
        self.stated.contains_key(field.name())
    }
}

/// Whether a row has a summary that editors wrote.
fn is_written(row: &RawTraining, field: Field) -> bool {
    field == Field::Summary && !row.summary.is_empty() && !row.sources.contains_key(field.name())
}

fn fill<T: Clone>(own: &mut Option<T>, before: &Option<T>) -> bool {
    let fills = own.is_none() && before.is_some();
    if fills {
        own.clone_from(before);
    }
    fills
}

fn fill_all(own: &mut Vec<String>, before: &[String]) -> bool {
    let fills = own.is_empty() && !before.is_empty();
    if fills {
        *own = before.to_vec();
    }
    fills
}

fn fill_levels(own: &mut BTreeMap<String, u8>, before: &BTreeMap<String, u8>) -> bool {
    let fills = own.is_empty() && !before.is_empty();
    if fills {
        own.clone_from(before);
    }
    fills
}

/// Puts back a text; whether that changes something.
fn replace(own: &mut String, before: &str) -> bool {
    let differs = own != before && !before.is_empty();
    if differs {
        before.clone_into(own);
    }
    differs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RawSource;

    fn source(address: &str) -> RawSource {
        RawSource { address: address.to_owned(), seen: None }
    }

    /// The row in place: read on a page, judged by editors.
    fn before() -> RawTraining {
        RawTraining {
            kind: "exam".to_owned(),
            provider: "École".to_owned(),
            provider_kind: "public".to_owned(),
            price_eur: Some(300.0),
            duration_hours: Some(7.0),
            themes: vec!["securite".to_owned()],
            summary: "Écrit par les éditeurs.".to_owned(),
            source: source("https://page.fr/a"),
            stated: [("price".to_owned(), "300 € TTC".to_owned())].into(),
            ..RawTraining::default()
        }
    }

    fn row() -> RawTraining {
        RawTraining {
            kind: "course".to_owned(),
            provider: "École".to_owned(),
            source: source("fichier:plan.csv"),
            ..RawTraining::default()
        }
    }

    #[track_caller]
    fn check(mut row: RawTraining, room: &[Field], expect: &[Field]) -> RawTraining {
        let kept = row.keep_unsaid(&before(), |field| room.contains(&field));
        assert_eq!(kept, expect);
        row
    }

    #[test]
    fn a_file_without_a_column_changes_nothing_of_it() {
        let kept =
            check(row(), &[], &[Field::Kind, Field::Duration, Field::Price, Field::Themes, Field::Summary]);
        assert_eq!((kept.price_eur, kept.kind.as_str()), (Some(300.0), "exam"));
        assert_eq!(kept.stated["price"], "300 € TTC");
        assert_eq!(kept.sources["price"], source("https://page.fr/a"));
        assert!(!kept.sources.contains_key("summary"), "the summary is still the editors'");
        assert_eq!(kept.provider_kind, "public");
    }

    #[test]
    fn a_column_left_empty_withdraws_a_fact_but_no_judgement() {
        let room = [Field::Kind, Field::Price, Field::Duration, Field::Themes, Field::Summary];
        let kept = check(row(), &room, &[Field::Themes, Field::Summary]);
        assert_eq!((kept.price_eur, kept.duration_hours), (None, None));
    }

    #[test]
    fn what_the_file_says_stands_but_for_the_summary_of_the_editors() {
        let mut said = row();
        said.themes = vec!["management".to_owned()];
        said.price_eur = Some(250.0);
        said.summary = "De l’organisme.".to_owned();
        said.sources.insert("summary".to_owned(), source("fichier:plan.csv"));
        let kept = check(said, &[Field::Kind, Field::Duration, Field::Price], &[Field::Summary]);
        assert_eq!((kept.price_eur, kept.themes), (Some(250.0), vec!["management".to_owned()]));
        assert_eq!(kept.summary, "Écrit par les éditeurs.");
        assert!(!kept.sources.contains_key("summary"));
    }

    #[test]
    fn words_of_the_file_are_not_covered_by_older_ones() {
        let mut said = row();
        said.stated.insert("price".to_owned(), "sur devis".to_owned());
        let room = [Field::Kind, Field::Duration];
        let kept = check(said, &room, &[Field::Themes, Field::Summary]);
        assert_eq!((kept.price_eur, kept.stated["price"].as_str()), (None, "sur devis"));
    }
}
