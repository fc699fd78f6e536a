//! What is asked of a pathway: read from the pairs of an address and written back to one. Absent: the persona and her
//! case (see `persona`), refusals (see `refusals`).

use std::collections::BTreeMap;
use std::fmt;

use super::refusals::RequestError;
use crate::french::{MONTHS, read_integer, read_number};
use crate::nearest::nearest;
use crate::persona::{Circumstances, Need, Persona};
use crate::referential::Referential;
use crate::values::{Hours, TrainingId};
use crate::vocabulary::{Audience, Code as _, Competence, Level, Set};

/// Most trainings that may be imposed or banned, and most steps of a pathway.
pub const STEPS_MAX: u8 = 60;
/// Identifier of [`anybody`] in addresses; no persona may have it.
pub const ANYBODY: &str = "sur-mesure";
/// Longest pathway, in months.
const MONTHS_MAX: u8 = 60;
/// Months of a pathway of which nothing is said.
const USUAL_MONTHS: u8 = 12;
/// Other pathways of which nothing is said, and the most that are looked for.
const ALTERNATIVES: u8 = 2;
/// Most other pathways.
const ALTERNATIVES_MAX: u8 = 3;

/// What is wanted among pathways of equal coverage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Preference {
    /// The shortest.
    #[default]
    Shortest,
    /// The one with the fewest unknown prices, then the cheapest, then the shortest.
    Cheapest,
}

/// A month of a year, from 2000 to 2100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(u16);

impl Month {
    /// Reads `2027-01`.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) =
            text.split_once('-').filter(|(year, month)| (year.len(), month.len()) == (4, 2))?;
        let (year, month) = (year.parse::<u16>().ok()?, month.parse::<u16>().ok()?);
        ((2000..=2100).contains(&year) && (1..=12).contains(&month)).then(|| Self::at(year, month))
    }

    /// The month of a year and of a number from 1 to 12.
    pub(crate) fn at(year: u16, month: u16) -> Self {
        Self(year * 12 + month - 1)
    }

    /// Year and month, from 1.
    pub fn parts(self) -> (u16, u16) {
        (self.0 / 12, self.0 % 12 + 1)
    }

    /// So many months later.
    pub fn plus(self, months: u16) -> Self {
        Self(self.0 + months)
    }

    /// « janvier 2027 ».
    pub fn in_french(self) -> String {
        let (year, month) = self.parts();
        format!("{} {year}", MONTHS[usize::from(month) - 1])
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = self.parts();
        write!(f, "{year:04}-{month:02}")
    }
}

/// What is asked of a pathway.
#[derive(Debug, Clone, PartialEq)]
pub struct PathwayRequest {
    /// What she masters, her time, her money, the rules of the judgement.
    pub case: Circumstances,
    /// Levels wanted instead of the persona's, by competence; 0: not needed.
    pub wanted: BTreeMap<Competence, u8>,
    /// The public, instead of the persona's.
    pub audience: Option<Audience>,
    /// Months that the pathway may last; time and money are those of a year, in proportion.
    pub months: u8,
    /// Most hours in a month.
    pub month_hours: Option<Hours>,
    /// Most trainings.
    pub steps: Option<u8>,
    /// Trainings that must be in it.
    pub pinned: Vec<TrainingId>,
    /// Trainings that must not.
    pub banned: Vec<TrainingId>,
    /// First and last month, from 1, between which a training is taken when it is in the pathway.
    pub windows: Vec<(TrainingId, (u8, u8))>,
    /// What is wanted among pathways of equal coverage.
    pub preference: Preference,
    /// Whether a training of unknown price may enter although there is a budget.
    pub admits_unknown_prices: bool,
    /// The month it begins in.
    pub start: Option<Month>,
    /// Other pathways wanted.
    pub alternatives: u8,
}

impl Default for PathwayRequest {
    fn default() -> Self {
        Self {
            case: Circumstances::default(),
            wanted: BTreeMap::new(),
            audience: None,
            months: USUAL_MONTHS,
            month_hours: None,
            steps: None,
            pinned: Vec::new(),
            banned: Vec::new(),
            windows: Vec::new(),
            preference: Preference::default(),
            admits_unknown_prices: false,
            start: None,
            alternatives: ALTERNATIVES,
        }
    }
}

/// Names of the parameters beside those of a case, each with what it says.
const PARAMETERS: [(&str, &str); 12] = [
    (
        "besoin",
        "Niveau voulu, comme culture-donnees:2, au lieu de celui du persona ; 0 : pas besoin ; répété",
    ),
    ("public", "Public visé, au lieu de celui du persona"),
    ("mois", "Durée du parcours en mois, de 1 à 60 ; 12 par défaut"),
    ("heures-mois", "Heures par mois, au plus"),
    ("etapes", "Nombre de formations, au plus"),
    ("impose", "Identifiant d’une formation imposée ; répété"),
    ("exclus", "Identifiant d’une formation exclue ; répété"),
    ("fenetre", "Mois entre lesquels une formation est prise, comme identifiant:3-6 ; répété"),
    ("but", "À couverture égale : « duree » (par défaut) ou « prix »"),
    ("prix-inconnus", "« admis » : un prix inconnu n’écarte pas la formation quand il y a un budget"),
    ("debut", "Premier mois, comme 2027-01"),
    ("autres", "Nombre d’autres parcours, de 0 à 3 ; 2 par défaut"),
];

/// What begins the parameter of one competence's need.
const ONE_NEED: &str = "besoin-";

impl PathwayRequest {
    /// Names of the parameters beside those of a case, each with what it says.
    pub fn parameters() -> &'static [(&'static str, &'static str)] {
        &PARAMETERS
    }

    /// Whether a parameter is one of ours: `besoin-culture-donnees=2` is `besoin=culture-donnees:2` as a form sends it.
    pub fn is_parameter(name: &str) -> bool {
        let own = Self::parameters().iter().any(|(known, _)| *known == name);
        own || name.starts_with(ONE_NEED) || Circumstances::is_parameter(name)
    }

    /// The identifier in what a visitor gives for a training: itself, or the address of its page.
    pub fn identifier(value: &str) -> &str {
        let last = value.trim().rsplit("/formations/").next().unwrap_or_default();
        last.split(['?', '#', '/']).next().unwrap_or_default()
    }

    /// Reads decoded pairs of an address; those of other names are left aside, empty values too: forms send them.
    ///
    /// # Errors
    /// On the first pair of ours that says nothing sensible.
    pub fn parse<'a>(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)> + Clone,
        referential: &Referential,
    ) -> Result<Self, RequestError> {
        let case = Circumstances::parse(pairs.clone(), referential)?;
        let mut request = Self { case, ..Self::default() };
        let mut seen = Vec::new();
        for (name, value) in pairs {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            if let Some(id) = name.strip_prefix(ONE_NEED) {
                request.read_need(&format!("{id}:{value}"), referential)?;
                continue;
            }
            let Some((name, _)) = Self::parameters().iter().find(|(known, _)| *known == name) else {
                continue;
            };
            if !matches!(*name, "besoin" | "impose" | "exclus" | "fenetre") {
                if seen.contains(name) {
                    return Err(RequestError::repeated(name));
                }
                seen.push(name);
            }
            request.read(name, value, referential)?;
        }
        if let Some((id, (first, last))) =
            request.windows.iter().find(|(_, (_, last))| *last > request.months)
        {
            let expected = format!("des mois du parcours, de 1 à {}", request.months);
            return Err(wrong("fenetre", &expected, &format!("{id}:{first}-{last}"), None));
        }
        match request.pinned.iter().find(|id| request.banned.contains(id)) {
            Some(both) => Err(RequestError::Contradiction(both.to_string())),
            None => Ok(request),
        }
    }

    fn read(
        &mut self,
        name: &'static str,
        value: &str,
        referential: &Referential,
    ) -> Result<(), RequestError> {
        let bad = |expected: &str| wrong(name, expected, value, None);
        let whole = |most: u8| {
            read_integer(value)
                .and_then(|number| u8::try_from(number).ok())
                .filter(|number| (1..=most).contains(number))
        };
        match name {
            "besoin" => self.read_need(value, referential)?,
            "public" => {
                let ids = referential.terms(Audience::VOCABULARY).iter().map(|term| term.id.as_str());
                let near = nearest(value, ids).map(str::to_owned);
                let code = referential.code::<Audience>(value);
                self.audience = Some(code.ok_or_else(|| wrong(name, "un public de la liste", value, near))?);
            }
            "mois" => self.months = whole(MONTHS_MAX).ok_or_else(|| bad("un nombre de mois, de 1 à 60"))?,
            "heures-mois" => {
                let hours = read_number(value).and_then(|hours| Hours::new(hours).ok());
                self.month_hours =
                    Some(hours.ok_or_else(|| bad("un nombre d’heures de plus de 0 à 20\u{202f}000"))?);
            }
            "etapes" => {
                self.steps = Some(whole(STEPS_MAX).ok_or_else(|| bad("un nombre de formations, de 1 à 60"))?);
            }
            "impose" => add(&mut self.pinned, name, value)?,
            "exclus" => add(&mut self.banned, name, value)?,
            "fenetre" => {
                let window = window(value).ok_or_else(|| {
                    bad("un identifiant et deux mois du parcours, par exemple formation-a:3-6")
                })?;
                if self.windows.iter().any(|(id, _)| *id == window.0) {
                    return Err(RequestError::repeated_for(name, window.0.as_str()));
                }
                self.windows.push(window);
                if self.windows.len() > usize::from(STEPS_MAX) {
                    return Err(RequestError::TooMany(name));
                }
            }
            "but" => {
                self.preference = match value {
                    "duree" => Preference::Shortest,
                    "prix" => Preference::Cheapest,
                    _ => return Err(bad("« duree » ou « prix »")),
                }
            }
            "prix-inconnus" => {
                self.admits_unknown_prices = match value {
                    "admis" => true,
                    "ecartes" => false,
                    _ => return Err(bad("« admis » ou « ecartes »")),
                }
            }
            "autres" => {
                let number = value.parse().ok().filter(|number| *number <= ALTERNATIVES_MAX);
                self.alternatives = number.ok_or_else(|| bad("un nombre de parcours, de 0 à 3"))?;
            }
            _ => self.start = Some(Month::parse(value).ok_or_else(|| bad("un mois comme 2027-01"))?),
        }
        Ok(())
    }

    fn read_need(&mut self, value: &str, referential: &Referential) -> Result<(), RequestError> {
        let (id, level) = value.split_once([':', '=']).unwrap_or((value, ""));
        let competence = referential.code::<Competence>(id);
        let level = level.parse::<u8>().ok().filter(|level| *level <= 4);
        let (Some(competence), Some(level)) = (competence, level) else {
            let ids = referential.terms(Competence::VOCABULARY).iter().map(|term| term.id.as_str());
            let near = competence.is_none().then(|| nearest(id, ids).map(str::to_owned)).flatten();
            let expected = "une compétence et un niveau de 0 à 4, par exemple culture-donnees:2";
            return Err(wrong("besoin", expected, value, near));
        };
        let held = *self.wanted.entry(competence).or_insert(level);
        if held == level { Ok(()) } else { Err(RequestError::repeated_for("besoin", id)) }
    }

    /// The pairs that parse back to this request, in one canonical order; defaults are left out.
    pub fn pairs(&self, referential: &Referential) -> Vec<(&'static str, String)> {
        let mut pairs = self.case.pairs(referential);
        let wanted = self.wanted.iter();
        pairs.extend(
            wanted.map(|(code, level)| ("besoin", format!("{}:{level}", referential.term(*code).id))),
        );
        pairs.extend(self.audience.map(|code| ("public", referential.term(code).id.clone())));
        if self.months != USUAL_MONTHS {
            pairs.push(("mois", self.months.to_string()));
        }
        pairs.extend(self.month_hours.map(|hours| ("heures-mois", hours.get().to_string())));
        pairs.extend(self.steps.map(|steps| ("etapes", steps.to_string())));
        pairs.extend(self.pinned.iter().map(|id| ("impose", id.to_string())));
        pairs.extend(self.banned.iter().map(|id| ("exclus", id.to_string())));
        let windows = self.windows.iter();
        pairs.extend(windows.map(|(id, (first, last))| ("fenetre", format!("{id}:{first}-{last}"))));
        if self.preference == Preference::Cheapest {
            pairs.push(("but", "prix".to_owned()));
        }
        if self.admits_unknown_prices {
            pairs.push(("prix-inconnus", "admis".to_owned()));
        }
        pairs.extend(self.start.map(|month| ("debut", month.to_string())));
        if self.alternatives != ALTERNATIVES {
            pairs.push(("autres", self.alternatives.to_string()));
        }
        pairs
    }

    /// The persona whose pathway is asked for: another public, other needs, and her case.
    pub fn of(&self, persona: &Persona) -> Persona {
        let mut own = persona.clone();
        own.audience = self.audience.or(own.audience);
        for (competence, level) in &self.wanted {
            let place = own.needs.iter().position(|need| need.competence == *competence);
            match (Level::new(*level), place) {
                (None, Some(place)) => {
                    own.needs.remove(place);
                }
                (Some(to), Some(place)) => own.needs[place].to = to,
                (Some(to), None) => own.needs.push(added(*competence, to)),
                (None, None) => {}
            }
        }
        own.needs.retain(|need| need.from < need.to.number());
        own.needs.sort_by_key(|need| need.competence.position());
        self.case.of(&own)
    }
}

/// Somebody of whom nothing is known but what a request says.
pub fn anybody() -> Persona {
    Persona {
        id: ANYBODY.to_owned(),
        label: "Besoins choisis".to_owned(),
        situation: String::new(),
        audience: None,
        hours_year_low: None,
        hours_year_high: None,
        budget_eur: None,
        formats: Set::default(),
        cities: Vec::new(),
        languages: Set::default(),
        deadline: None,
        source: None,
        status: String::new(),
        needs: Vec::new(),
        not_needed: Vec::new(),
    }
}

/// A need that a visitor adds.
fn added(competence: Competence, to: Level) -> Need {
    let (reason, status) = ("ajouté à la demande".to_owned(), "demande".to_owned());
    Need { competence, from: 0, to, weight: 1.0, reason, source: None, status }
}

/// Reads `formation-a:3-6`.
fn window(value: &str) -> Option<(TrainingId, (u8, u8))> {
    let (id, months) = value.rsplit_once([':', '='])?;
    let (first, last) = months.split_once('-').unwrap_or((months, months));
    let month = |text: &str| text.parse::<u8>().ok().filter(|month| (1..=MONTHS_MAX).contains(month));
    let (first, last) = (month(first)?, month(last)?);
    Some((TrainingId::parse(id).ok()?, (first, last))).filter(|_| first <= last)
}

fn add(list: &mut Vec<TrainingId>, name: &'static str, value: &str) -> Result<(), RequestError> {
    let id = TrainingId::parse(PathwayRequest::identifier(value))
        .map_err(|_| wrong(name, "l’identifiant d’une formation, comme dans son adresse", value, None))?;
    if !list.contains(&id) {
        list.push(id);
    }
    if list.len() > usize::from(STEPS_MAX) { Err(RequestError::TooMany(name)) } else { Ok(()) }
}

fn wrong(name: &str, expected: &str, value: &str, nearest: Option<String>) -> RequestError {
    let value = value.chars().filter(|letter| !letter.is_control()).take(60).collect();
    RequestError::BadValue { name: name.to_owned(), expected: expected.to_owned(), value, nearest }
}
