//! What is wrong with a file of tables, by key such as `event[2].starts`; what every such file checks alike. Absent: what
//! each file holds (see `scenarios` and `community`).

use std::collections::BTreeSet;

use crate::french::integer;
use crate::parse::Problem;
use crate::values::WebAddress;

/// Longest identifier, in characters.
const ID_CHARS: usize = 120;
/// Characters of a value that are told.
const VALUE_CHARS: usize = 80;

/// All that is wrong, in the order in which it is met.
#[derive(Default)]
pub(crate) struct Problems(Vec<Problem>);

impl Problems {
    /// The value, or all that is wrong.
    pub fn or<T>(self, value: T) -> Result<T, Vec<Problem>> {
        if self.0.is_empty() { Ok(value) } else { Err(self.0) }
    }

    /// All that is wrong, when something is.
    pub fn into_all(self) -> Vec<Problem> {
        self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn wrong(&mut self, column: &str, value: &str, problem: &str, remedy: &str) {
        self.0.push(Problem {
            column: column.to_owned(),
            value: value.chars().take(VALUE_CHARS).collect(),
            problem: problem.to_owned(),
            remedy: remedy.to_owned(),
        });
    }

    /// There are no more than so many.
    pub fn most(&mut self, column: &str, count: usize, most: usize) {
        if count > most {
            let (count, most) = (integer(count as u64), integer(most as u64));
            self.wrong(column, "", &format!("il y en a {count}, {most} au plus"), "retirez-en");
        }
    }

    /// Each identifier of a table is its own.
    pub fn twice<'i>(&mut self, table: &str, ids: impl Iterator<Item = &'i str>) {
        let mut seen = BTreeSet::new();
        for (at, id) in ids.enumerate() {
            if !id.is_empty() && !seen.insert(id) {
                let key = format!("{table}[{at}].id");
                self.wrong(&key, id, "l’identifiant est déjà pris", "donnez à chacun le sien");
            }
        }
    }

    /// Whether an identifier is one.
    pub fn id(&mut self, column: &str, id: &str) -> bool {
        let is_sound = (1..=ID_CHARS).contains(&id.len())
            && id.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-');
        if !is_sound {
            let remedy = "écrivez 1 à 120 lettres minuscules sans accent, chiffres ou traits d’union";
            self.wrong(column, id, "ce n’est pas un identifiant", remedy);
        }
        is_sound
    }

    /// The page of an address, if there is an address.
    pub fn page(&mut self, column: &str, raw: Option<&str>) -> Option<WebAddress> {
        let raw = raw.filter(|own| !own.trim().is_empty())?;
        let page = WebAddress::parse(raw).ok();
        if page.is_none() {
            let remedy = "écrivez l’adresse entière d’une page, qui commence par https://";
            self.wrong(column, raw, "ce n’est pas l’adresse d’une page", remedy);
        }
        page
    }
}
