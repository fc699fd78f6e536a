//! What an address asks of the relays: who can bring somebody to a level of a competence in a month; and the form that says
//! the same. Absent: the judgement (see `catalogue::community`).

use catalogue::pathways::Month;
use catalogue::{Code as _, Competence, Level, Referential, french};

use super::COMMUNITY;
use crate::address;
use crate::errors::Failure;
use crate::pages::choices::Select;
use crate::visit::Visit;
use crate::wording::typeset;

const COMPETENCE: &str = "competence";
const LEVEL: &str = "niveau";
const MONTH: &str = "mois";
/// Months from this one that the form offers.
const MONTHS_OFFERED: u16 = 24;

/// Parameters of the page, each with what it says.
pub(crate) fn parameters() -> [(&'static str, &'static str); 3] {
    [
        (COMPETENCE, "Compétence que les relais montrés disent pouvoir enseigner"),
        (LEVEL, "Niveau où ils peuvent mener, de 1 à 4 ; sans lui, 1"),
        (MONTH, "Mois où ils le peuvent, comme 2027-03 ; sans lui, le mois en cours"),
    ]
}

/// Who is looked for among the relays.
pub(super) struct Asked {
    competence: Option<Competence>,
    level: Option<Level>,
    month: Option<Month>,
    /// The month that runs, where the site knows the day.
    now: Option<Month>,
}

impl Asked {
    /// Reads an address; a value that does not exist is refused with those that do.
    pub(super) fn read(visit: &Visit) -> Result<Self, Failure> {
        let names = parameters().map(|(name, _)| name);
        visit.accept(&names)?;
        visit.once(&names)?;
        let referential = visit.snapshot.referential();
        let value = |name| visit.values(name).next();
        let competence = value(COMPETENCE).map(|id| {
            let ids: Vec<&str> =
                referential.terms(Competence::VOCABULARY).iter().map(|term| term.id.as_str()).collect();
            referential.code(id).ok_or_else(|| visit.no_such_value(COMPETENCE, id, &ids))
        });
        let level = value(LEVEL).map(|text| {
            let level = text.parse().ok().and_then(Level::new);
            level.ok_or_else(|| visit.no_such_value(LEVEL, text, &["1", "2", "3", "4"]))
        });
        let month = value(MONTH).map(|text| {
            Month::parse(text).ok_or_else(|| visit.no_such_value(MONTH, text, &["2027-01", "2027-02"]))
        });
        Ok(Self {
            competence: competence.transpose()?,
            level: level.transpose()?,
            month: month.transpose()?,
            now: visit.app.today().map(|day| day.month()),
        })
    }

    /// Competence, level and month, when a competence is asked for.
    pub(super) fn whole(&self) -> Option<(Competence, Level, Month)> {
        let level = self.level.or_else(|| Level::all().next());
        Some((self.competence?, level?, self.month.or(self.now)?))
    }

    /// The address that says it.
    pub(super) fn href(&self, referential: &Referential) -> String {
        let competence = self.competence.map(|own| referential.term(own).id.clone());
        let level = self.level.map(|level| level.number().to_string());
        let month = self.month.map(|month| month.to_string());
        let pairs = [(COMPETENCE, competence), (LEVEL, level), (MONTH, month)];
        let pairs = pairs.iter().filter_map(|(name, value)| Some((*name, value.as_deref()?)));
        address::with_pairs(COMMUNITY, pairs)
    }

    /// What was found, in a sentence, when something was looked for.
    pub(super) fn told(&self, visit: &Visit, found: usize) -> Option<String> {
        if self.competence.is_none() && (self.level.is_some() || self.month.is_some()) {
            let told = "Choisissez une compétence : le niveau et le mois seuls ne choisissent aucun relais, tous sont montrés.";
            return Some(typeset(told));
        }
        let (competence, level, month) = self.whole()?;
        let found = match found {
            0 => "Aucun relais ne dit".to_owned(),
            found => french::counted(found as u64, "relais dit", "relais disent"),
        };
        Some(typeset(&format!(
            "{found} pouvoir mener au niveau {} de {} en {}. Un relais dont les mois ne sont pas précisés est compté ; celui dont \
             les compétences ne le sont pas, non.",
            level.number(),
            french::quoted(&visit.snapshot.referential().term(competence).label),
            month.in_french(),
        )))
    }

    /// The form that says the same.
    pub(super) fn form(&self, visit: &Visit) -> Vec<Select> {
        let terms = visit.snapshot.referential().terms(Competence::VOCABULARY).iter().enumerate();
        let is_chosen = |place| self.competence.is_some_and(|own| usize::from(own.position()) == place);
        let offered =
            self.now.into_iter().flat_map(|now| (0..MONTHS_OFFERED).map(move |later| now.plus(later)));
        let mut months: Vec<Month> = offered.chain(self.month).collect();
        months.sort_unstable();
        months.dedup();
        let select = |name, label, any, options| Select { name, label, any, options };
        vec![
            select(
                COMPETENCE,
                "Compétence",
                "toutes, et les relais qui n’en disent rien",
                terms.map(|(place, term)| (term.id.clone(), term.label.clone(), is_chosen(place))).collect(),
            ),
            select(
                LEVEL,
                "Jusqu’au niveau",
                "1 au moins",
                Level::all()
                    .map(|level| {
                        (level.number().to_string(), level.number().to_string(), self.level == Some(level))
                    })
                    .collect(),
            ),
            select(
                MONTH,
                "Mois",
                "ce mois-ci",
                months
                    .into_iter()
                    .map(|month| (month.to_string(), month.in_french(), self.month == Some(month)))
                    .collect(),
            ),
        ]
    }
}
