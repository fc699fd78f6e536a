//! A row of one of our own tables, some columns of which are absent: what it keeps of the training in place.
//! Absent: tables of other people (see `unsaid`), files and their columns (see the crate `exchange`).
//!
//! A table without a column means what it would mean with that column as the catalogue has it, `stated` and the
//! sources included. What hangs on another value goes, however, when that value changes: a field's words and
//! the source of its own (the new value is then read where the training is), a provider's kind, the date of a
//! source's address. An empty cell under a column that is there stands for unknown, and is such a change.

use crate::evidence::Field;
use crate::raw::RawTraining;

impl RawTraining {
    /// Takes over the columns that its table lacks from the row in place; whether one of them holds something.
    pub fn keep_columns<'a>(&mut self, before: &Self, absent: impl Iterator<Item = &'a str>) -> bool {
        absent.filter(|column| self.keep_column(before, column)).count() > 0
    }

    /// Leaves out what [`RawTraining::keep_columns`] kept and hangs on a value that this row changes. Values
    /// are compared as they are `checked`, not as they are written. Whether there was any.
    pub fn drop_outdated(&mut self, checked: &Self, before: &Self, is_absent: impl Fn(&str) -> bool) -> bool {
        let mut dropped = false;
        for field in Field::all().filter(|field| !checked.is_same(before, *field)) {
            let name = field.name();
            dropped |= is_absent("stated") && self.stated.remove(name).is_some();
            dropped |= is_absent("sources") && self.sources.remove(name).is_some();
        }
        if is_absent("provider_kind") && checked.provider != before.provider {
            dropped |= !std::mem::take(&mut self.provider_kind).is_empty();
        }
        if is_absent("source.seen") && checked.source.address != before.source.address {
            dropped |= self.source.seen.take().is_some();
        }
        dropped
    }

    /// Takes over one column; whether it holds something.
    fn keep_column(&mut self, before: &Self, column: &str) -> bool {
        match column {
            "kind" => keep(&mut self.kind, &before.kind),
            "title" => keep(&mut self.title, &before.title),
            "provider" => keep(&mut self.provider, &before.provider),
            "provider_kind" => keep(&mut self.provider_kind, &before.provider_kind),
            "url" => keep(&mut self.url, &before.url),
            "language" => keep(&mut self.language, &before.language),
            "formats" => keep(&mut self.formats, &before.formats),
            "duration_hours" => keep(&mut self.duration_hours, &before.duration_hours),
            "price_eur" => keep(&mut self.price_eur, &before.price_eur),
            "city" => keep(&mut self.city, &before.city),
            "nature" => keep(&mut self.nature, &before.nature),
            "public_sector_only" => keep(&mut self.public_sector_only, &before.public_sector_only),
            "audiences" => keep(&mut self.audiences, &before.audiences),
            "objectives" => keep(&mut self.objectives, &before.objectives),
            "themes" => keep(&mut self.themes, &before.themes),
            "competences" => keep(&mut self.competences, &before.competences),
            "prerequisites" => keep(&mut self.prerequisites, &before.prerequisites),
            "summary" => keep(&mut self.summary, &before.summary),
            "source.address" => keep(&mut self.source.address, &before.source.address),
            "source.seen" => keep(&mut self.source.seen, &before.source.seen),
            "stated" => keep(&mut self.stated, &before.stated),
            "sources" => keep(&mut self.sources, &before.sources),
            _ => false,
        }
    }

    /// Whether a field has the value that it has in another row.
    fn is_same(&self, other: &Self, field: Field) -> bool {
        match field {
            Field::Kind => self.kind == other.kind,
            Field::Title => self.title == other.title,
            Field::Provider => {
                (&self.provider, &self.provider_kind) == (&other.provider, &other.provider_kind)
            }
            Field::Url => self.url == other.url,
            Field::Language => self.language == other.language,
            Field::Formats => self.formats == other.formats,
            Field::Duration => self.duration_hours == other.duration_hours,
            Field::Price => self.price_eur == other.price_eur,
            Field::City => self.city == other.city,
            Field::Nature => self.nature == other.nature,
            Field::PublicSectorOnly => self.public_sector_only == other.public_sector_only,
            Field::Audience => self.audiences == other.audiences,
            Field::Objectives => self.objectives == other.objectives,
            Field::Themes => self.themes == other.themes,
            Field::Competences => self.competences == other.competences,
            Field::Prerequisites => self.prerequisites == other.prerequisites,
            Field::Summary => self.summary == other.summary,
        }
    }
}

fn keep<T: Clone + Default + PartialEq>(own: &mut T, before: &T) -> bool {
    own.clone_from(before);
    *before != T::default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RawSource;

    fn source(address: &str, seen: Option<&str>) -> RawSource {
        RawSource { address: address.to_owned(), seen: seen.map(str::to_owned) }
    }

    fn before() -> RawTraining {
        RawTraining {
            id: "a".to_owned(),
            kind: "exam".to_owned(),
            title: "Titre".to_owned(),
            provider: "École".to_owned(),
            provider_kind: "public".to_owned(),
            price_eur: Some(300.0),
            themes: vec!["securite".to_owned()],
            source: source("https://page.fr/a", Some("2024")),
            stated: [("price".to_owned(), "300 € TTC".to_owned()), ("kind".to_owned(), "examen".to_owned())]
                .into(),
            sources: [("price".to_owned(), source("https://page.fr/tarifs", None))].into(),
            ..RawTraining::default()
        }
    }

    /// The row that a table of some columns gives, the others being as they are in place.
    #[track_caller]
    fn check(says: impl Fn(&mut RawTraining), has: &[&str], expect: impl Fn(&mut RawTraining)) {
        const ALL: [&str; 9] = [
            "kind",
            "title",
            "provider",
            "provider_kind",
            "price_eur",
            "themes",
            "source.address",
            "source.seen",
            "stated",
        ];
        let is_absent = |column: &str| !has.contains(&column);
        let mut row = RawTraining { id: "a".to_owned(), ..RawTraining::default() };
        says(&mut row);
        assert!(row.keep_columns(&before(), ALL.into_iter().chain(["sources"]).filter(|own| is_absent(own))));
        let checked = row.clone();
        row.drop_outdated(&checked, &before(), is_absent);
        let mut expected = before();
        expect(&mut expected);
        assert_eq!(row, expected);
    }

    #[test]
    fn what_is_absent_stays_with_its_evidence() {
        check(|row| row.price_eur = Some(300.0), &["price_eur"], |_| {});
        check(|row| row.themes = vec!["securite".to_owned()], &["themes"], |_| {});
    }

    #[test]
    fn a_new_value_does_not_keep_the_words_nor_the_source_of_the_old_one() {
        let bare = |row: &mut RawTraining| {
            row.stated.remove("price");
            row.sources.clear();
        };
        check(
            |row| row.price_eur = Some(350.0),
            &["price_eur"],
            |row| {
                row.price_eur = Some(350.0);
                bare(row);
            },
        );
        check(
            |_| {},
            &["price_eur"],
            |row| {
                row.price_eur = None;
                bare(row);
            },
        );
    }

    #[test]
    fn what_the_table_says_of_evidence_stands() {
        let stated = [("price".to_owned(), "350 € TTC".to_owned())];
        check(
            |row| {
                row.price_eur = Some(350.0);
                row.stated = stated.clone().into();
            },
            &["price_eur", "stated"],
            |row| {
                row.price_eur = Some(350.0);
                row.stated = stated.clone().into();
                row.sources.clear();
            },
        );
    }

    #[test]
    fn a_kind_goes_with_its_provider_and_a_date_with_its_address() {
        check(
            |row| row.provider = "Institut".to_owned(),
            &["provider"],
            |row| {
                row.provider = "Institut".to_owned();
                row.provider_kind.clear();
            },
        );
        check(
            |row| row.source.address = "https://page.fr/b".to_owned(),
            &["source.address"],
            |row| row.source = source("https://page.fr/b", None),
        );
        check(
            |row| row.source.seen = Some("2025".to_owned()),
            &["source.seen"],
            |row| row.source.seen = Some("2025".to_owned()),
        );
    }
}
