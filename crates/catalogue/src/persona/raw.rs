//! A persona as files and the store hold it, and its parsing: the only door by which a persona is made.

use serde::{Deserialize, Serialize};

use super::{Need, NotNeeded, Persona};
use crate::parse::{NAME_CHARS, Problem, Reader, STATED_CHARS};
use crate::referential::Referential;
use crate::values::{Euros, Hours, TrainingId, ValueError, WebAddress, text};
use crate::vocabulary::{Competence, Level};

/// Most needs, and most competences left out, of a persona.
pub const NEEDS_MAX: usize = 64;
/// Greatest weight of a need.
const WEIGHT_MAX: f64 = 1_000.0;
/// Most towns of a persona.
const CITIES_MAX: usize = 50;

/// A persona before it is checked. Absent keys are facts that nobody states.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RawPersona {
    /// Identifier.
    pub id: String,
    /// Label.
    pub label: String,
    /// What she does.
    pub situation: String,
    /// Public, by its identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    /// Least hours in a year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours_year_low: Option<f64>,
    /// Most hours in a year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours_year_high: Option<f64>,
    /// Most euros in a year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub budget_eur: Option<f64>,
    /// Formats, by their identifiers.
    pub formats: Vec<String>,
    /// Towns.
    pub cities: Vec<String>,
    /// Languages, by their identifiers.
    pub languages: Vec<String>,
    /// Month, as `2027-12`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<String>,
    /// Address of a page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// What is sourced, and what is proposed.
    pub status: String,
    /// Levels to reach.
    pub need: Vec<RawNeed>,
    /// Competences left out on purpose.
    pub not_needed: Vec<RawNotNeeded>,
}

/// A need before it is checked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RawNeed {
    /// Competence, by its identifier.
    pub competence: String,
    /// Level mastered, 0 to 4.
    pub from: i64,
    /// Level to reach, 1 to 4.
    pub to: i64,
    /// Importance; 1 when it is not said.
    pub weight: f64,
    /// Why.
    pub reason: String,
    /// Address of a page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// What is sourced, and what is proposed.
    pub status: String,
}

impl Default for RawNeed {
    fn default() -> Self {
        let (competence, reason, status) = (String::new(), String::new(), String::new());
        Self { competence, from: 0, to: 0, weight: 1.0, reason, source: None, status }
    }
}

/// A competence left out, before it is checked.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RawNotNeeded {
    /// Competence, by its identifier.
    pub competence: String,
    /// Why.
    pub reason: String,
    /// Address of a page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

impl Persona {
    /// Checks a persona. Columns of problems are keys: `label`, `need[0].to` for the first need.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn parse(raw: &RawPersona, referential: &Referential) -> Result<Self, Vec<Problem>> {
        let mut reader = Reader::new(referential);
        let persona = reader.persona(raw);
        match persona {
            Some(persona) if reader.problems.is_empty() => Ok(persona),
            _ => Err(reader.problems),
        }
    }

    /// The raw persona that parses back to this one.
    pub fn to_raw(&self, referential: &Referential) -> RawPersona {
        let address = |source: &Option<WebAddress>| source.as_ref().map(|page| page.as_str().to_owned());
        let competence = |code: Competence| referential.term(code).id.clone();
        RawPersona {
            id: self.id.clone(),
            label: self.label.clone(),
            situation: self.situation.clone(),
            audience: self.audience.map(|code| referential.term(code).id.clone()),
            hours_year_low: self.hours_year_low.map(Hours::get),
            hours_year_high: self.hours_year_high.map(Hours::get),
            budget_eur: self.budget_eur.map(Euros::get),
            formats: self.formats.iter().map(|code| referential.term(code).id.clone()).collect(),
            cities: self.cities.clone(),
            languages: self.languages.iter().map(|code| referential.term(code).id.clone()).collect(),
            deadline: self.deadline.clone(),
            source: address(&self.source),
            status: self.status.clone(),
            need: self
                .needs
                .iter()
                .map(|need| RawNeed {
                    competence: competence(need.competence),
                    from: need.from.into(),
                    to: need.to.number().into(),
                    weight: need.weight,
                    reason: need.reason.clone(),
                    source: address(&need.source),
                    status: need.status.clone(),
                })
                .collect(),
            not_needed: self
                .not_needed
                .iter()
                .map(|one| RawNotNeeded {
                    competence: competence(one.competence),
                    reason: one.reason.clone(),
                    source: address(&one.source),
                })
                .collect(),
        }
    }
}

impl Reader<'_> {
    fn persona(&mut self, raw: &RawPersona) -> Option<Persona> {
        let id = self.keep("id", &raw.id, TrainingId::parse(&raw.id));
        let label = self.keep("label", &raw.label, text(&raw.label, NAME_CHARS));
        let situation = self.keep("situation", &raw.situation, text(&raw.situation, STATED_CHARS));
        let audience = raw.audience.as_deref().and_then(|id| self.code("audience", id));
        let hours_year_low = self.hours("hours_year_low", raw.hours_year_low);
        let hours_year_high = self.hours("hours_year_high", raw.hours_year_high);
        if hours_year_low.zip(hours_year_high).is_some_and(|(low, high)| low > high) {
            let value = raw.hours_year_low.map_or_else(String::new, |low| low.to_string());
            let problem = "le temps le plus court dépasse le plus long";
            self.refuse("hours_year_low", &value, ValueError::new(problem, "échangez les deux bornes"));
        }
        let budget_eur = raw.budget_eur.and_then(|p| self.keep("budget_eur", &p.to_string(), Euros::new(p)));
        let formats = self.codes("formats", &raw.formats);
        let languages = self.codes("languages", &raw.languages);
        let cities = raw.cities.iter().filter_map(|city| self.keep("cities", city, text(city, NAME_CHARS)));
        let cities: Vec<String> = cities.collect();
        if cities.len() > CITIES_MAX {
            let error = ValueError::new("il y a trop de villes", format!("gardez-en {CITIES_MAX} au plus"));
            self.refuse("cities", &cities.len().to_string(), error);
        }
        let deadline = self.optional("deadline", raw.deadline.as_deref(), month);
        let source = self.optional("source", raw.source.as_deref(), WebAddress::parse);
        let status = self.free("status", &raw.status);
        let needs = self.needs(&raw.need);
        let not_needed = self.not_needed(&raw.not_needed, &needs);
        let (id, label, situation) = (id?.to_string(), label?, situation?);
        Some(Persona {
            id,
            label,
            situation,
            audience,
            hours_year_low,
            hours_year_high,
            budget_eur,
            formats,
            cities,
            languages,
            deadline,
            source,
            status,
            needs,
            not_needed,
        })
    }

    fn needs(&mut self, raw: &[RawNeed]) -> Vec<Need> {
        if raw.is_empty() || raw.len() > NEEDS_MAX {
            let needs = crate::french::counted(raw.len() as u64, "besoin", "besoins");
            let problem = format!("le persona a {needs}");
            let remedy = format!("écrivez de 1 à {NEEDS_MAX} tables [[need]]");
            self.refuse("need", &raw.len().to_string(), ValueError::new(problem, remedy));
        }
        let mut needs: Vec<Need> = Vec::new();
        for (at, raw) in raw.iter().take(NEEDS_MAX).enumerate() {
            let Some(need) = self.need(at, raw) else { continue };
            if needs.iter().any(|other| other.competence == need.competence) {
                let error = ValueError::new(
                    "cette compétence a déjà un besoin",
                    "gardez un seul besoin par compétence",
                );
                self.refuse(&format!("need[{at}].competence"), &raw.competence, error);
            } else {
                needs.push(need);
            }
        }
        needs.sort_by_key(|need| need.competence);
        needs
    }

    fn need(&mut self, at: usize, raw: &RawNeed) -> Option<Need> {
        let key = |name: &str| format!("need[{at}].{name}");
        let competence = self.code::<Competence>(&key("competence"), &raw.competence);
        let to = u8::try_from(raw.to).ok().and_then(Level::new);
        let to = to.ok_or_else(|| ValueError::new("le niveau n’existe pas", "écrivez un niveau de 1 à 4"));
        let to = self.keep(&key("to"), &raw.to.to_string(), to);
        let from = u8::try_from(raw.from).ok().filter(|from| to.is_none_or(|to| *from < to.number()));
        let from = from.ok_or_else(|| {
            ValueError::new(
                "le niveau de départ n’est pas sous le niveau à atteindre",
                "écrivez de 0 à ce niveau moins un",
            )
        });
        let from = self.keep(&key("from"), &raw.from.to_string(), from);
        let weight = (raw.weight > 0.0 && raw.weight <= WEIGHT_MAX).then_some(raw.weight).ok_or_else(|| {
            ValueError::new(
                "le poids n’est pas un nombre de plus de 0 à 1 000",
                "écrivez 1 pour un besoin ordinaire",
            )
        });
        let weight = self.keep(&key("weight"), &raw.weight.to_string(), weight);
        let reason = self.free(&key("reason"), &raw.reason);
        let source = self.optional(&key("source"), raw.source.as_deref(), WebAddress::parse);
        let status = self.free(&key("status"), &raw.status);
        Some(Need { competence: competence?, from: from?, to: to?, weight: weight?, reason, source, status })
    }

    fn not_needed(&mut self, raw: &[RawNotNeeded], needs: &[Need]) -> Vec<NotNeeded> {
        let mut left_out: Vec<NotNeeded> = Vec::new();
        for (at, raw) in raw.iter().take(NEEDS_MAX).enumerate() {
            let key = |name: &str| format!("not_needed[{at}].{name}");
            let Some(competence) = self.code::<Competence>(&key("competence"), &raw.competence) else {
                continue;
            };
            let is_needed = needs.iter().any(|need| need.competence == competence);
            if is_needed || left_out.iter().any(|other| other.competence == competence) {
                let error =
                    ValueError::new("cette compétence est déjà écrite plus haut", "gardez-la une seule fois");
                self.refuse(&key("competence"), &raw.competence, error);
                continue;
            }
            let reason = self.free(&key("reason"), &raw.reason);
            let source = self.optional(&key("source"), raw.source.as_deref(), WebAddress::parse);
            left_out.push(NotNeeded { competence, reason, source });
        }
        left_out.sort_by_key(|one| one.competence);
        left_out
    }

    fn hours(&mut self, key: &str, raw: Option<f64>) -> Option<Hours> {
        raw.and_then(|hours| self.keep(key, &hours.to_string(), Hours::new(hours)))
    }

    /// A text that may be empty.
    fn free(&mut self, key: &str, raw: &str) -> String {
        match raw.trim() {
            "" => String::new(),
            written => self.keep(key, written, text(written, STATED_CHARS)).unwrap_or_default(),
        }
    }
}

/// A month such as `2027-12`.
fn month(raw: &str) -> Result<String, ValueError> {
    let (year, month) = raw.trim().split_once('-').unwrap_or_default();
    let is_number =
        |text: &str, digits: usize| text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
    let fits = is_number(year, 4) && is_number(month, 2) && ("01".."13").contains(&month) && year >= "2000";
    fits.then(|| raw.trim().to_owned())
        .ok_or_else(|| ValueError::new("ce n’est pas un mois", "écrivez l’année et le mois : 2027-12"))
}
