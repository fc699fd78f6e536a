//! Columns that a draft of a mapping takes by what they hold: addresses, titles.
//! Absent: names of columns (see `names`), what is taken without a person's eye (see `propose`).

use catalogue::{WebAddress, slug};

use super::propose::texts;
use super::strengths::is_of_person;
use super::{Column, Mapping, Target};
use crate::table::TableRow;

/// Words of names of columns that hold addresses of something else than a page of the training.
const NO_PAGE: [&str; 15] = [
    "context",
    "image",
    "images",
    "img",
    "photo",
    "picture",
    "logo",
    "icon",
    "icone",
    "thumbnail",
    "vignette",
    "avatar",
    "video",
    "inscription",
    "type",
];
/// Words of names of columns that hold texts, all different, that are no titles.
const NO_TITLE: [&str; 26] = [
    "adresse",
    "address",
    "rue",
    "voie",
    "lieu",
    "ville",
    "commune",
    "contact",
    "email",
    "mail",
    "courriel",
    "telephone",
    "tel",
    "region",
    "departement",
    "organisme",
    "etablissement",
    "formateur",
    "intervenant",
    "description",
    "presentation",
    "contenu",
    "objectif",
    "objectifs",
    "programme",
    "commentaire",
];

impl Mapping {
    /// Takes the columns whose cells say what they are; a person has to look at each of them.
    pub(super) fn by_content(&mut self, rows: &[TableRow]) {
        let has = |mapping: &Self, target| mapping.column.iter().any(|column| column.field == Some(target));
        if !has(self, Target::Url) {
            let addresses = |place: usize| {
                let texts = texts(rows, place);
                !texts.is_empty() && texts.iter().all(|text| WebAddress::parse(text).is_ok())
            };
            self.take(Target::Url, &NO_PAGE, &addresses);
        }
        if !has(self, Target::Title) {
            // The first column of short texts that are all different.
            let titles = |place: usize| {
                let texts = texts(rows, place);
                let distinct: std::collections::BTreeSet<&String> = texts.iter().collect();
                let letters: usize = texts.iter().map(|text| text.chars().count()).sum();
                let words = texts.iter().filter(|text| text.contains(' ')).count();
                texts.len() * 10 >= rows.len() * 9
                    && distinct.len() * 10 >= texts.len() * 9
                    && letters <= texts.len() * 150
                    && words * 2 >= texts.len()
            };
            self.take(Target::Title, &NO_TITLE, &titles);
        }
    }

    /// Gives a field to the first free column that holds it, unless a word of its name says that it is something else.
    fn take(&mut self, target: Target, others: &[&str], holds: &dyn Fn(usize) -> bool) {
        let names: Vec<String> = self.column.iter().map(|column| column.name.clone()).collect();
        let is_other = |name: &str| slug(name).split('-').any(|word| others.contains(&word));
        let is_free = |column: &Column| {
            column.field.is_none() && !is_other(&column.name) && !is_of_person(&column.name, &names)
        };
        let found = (0..self.column.len()).find(|place| is_free(&self.column[*place]) && holds(*place));
        if let Some(place) = found {
            self.column[place].field = Some(target);
            self.column[place].to_check = true;
        }
    }
}
