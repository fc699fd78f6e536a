//! What is asked of recommendations, from an address and back. Absent: what is answered.

use std::collections::BTreeMap;

use crate::nearest::nearest;
use crate::pathways::RequestError;
use crate::persona::{Persona, headcounts};

/// Most trainings to build.
pub const COUNT_MAX: u8 = 10;
/// Trainings to build when nothing is said.
const COUNT: u8 = 5;
/// Most people of a persona.
pub const PEOPLE_MAX: u32 = 1_000_000;
/// Most personas weighed together.
pub const PERSONAS_MAX: usize = 8;
/// What begins the parameter of one headcount.
const ONE_HEADCOUNT: &str = "effectif-";

/// What a training that does not exist is assumed to bring, beside those of its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Promise {
    /// As much as half of them.
    #[default]
    Median,
    /// As much as four out of five of them at most.
    High,
}

impl Promise {
    /// Name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Median => "mediane",
            Self::High => "haute",
        }
    }

    /// The value of a sample that it takes (nearest rank); 0 without any.
    pub(super) fn of<T: Ord + Copy + Default>(self, sample: &mut [T]) -> T {
        sample.sort_unstable();
        let rank = match self {
            Self::Median => sample.len().div_ceil(2),
            Self::High => (sample.len() * 4).div_ceil(5),
        };
        sample.get(rank.saturating_sub(1)).copied().unwrap_or_default()
    }
}

/// What is asked of recommendations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecommendationRequest {
    /// Most trainings to build.
    pub count: u8,
    /// Identifiers of the personas; empty: all.
    pub personas: Vec<String>,
    /// Number of people of some personas, by identifier.
    pub people: BTreeMap<String, u32>,
    /// What a training is assumed to bring.
    pub promise: Promise,
}

impl Default for RecommendationRequest {
    fn default() -> Self {
        Self { count: COUNT, personas: Vec::new(), people: BTreeMap::new(), promise: Promise::default() }
    }
}

/// Names of the parameters, each with what it says.
const PARAMETERS: [(&str, &str); 4] = [
    ("nombre", "Formations à construire au plus, de 1 à 10 ; 5 par défaut"),
    ("persona", "Identifiant d’un persona, répété ; sans lui, tous"),
    (
        "effectif",
        "Identifiant d’un persona et nombre de personnes, comme adjoint-projet:1200, répété ; sans lui, chaque persona compte autant",
    ),
    ("promesse", "Ce qu’une formation nouvelle est supposée apporter : mediane (par défaut) ou haute"),
];

impl RecommendationRequest {
    /// Names of the parameters, each with what it says.
    pub fn parameters() -> Vec<(&'static str, &'static str)> {
        PARAMETERS.to_vec()
    }

    /// Whether a parameter is one of ours: `effectif-adjoint-projet=12` is `effectif=adjoint-projet:12` as a form sends it.
    pub fn is_parameter(name: &str) -> bool {
        PARAMETERS.iter().any(|(known, _)| *known == name) || name.starts_with(ONE_HEADCOUNT)
    }

    /// Reads decoded pairs of an address; empty values are left aside.
    ///
    /// # Errors
    /// On the first pair of ours that says nothing sensible, or that names no persona.
    pub fn parse<'a>(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
        personas: &[Persona],
    ) -> Result<Self, RequestError> {
        let mut request = Self::default();
        let mut seen = Vec::new();
        for (name, value) in pairs {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            if let Some(id) = name.strip_prefix(ONE_HEADCOUNT) {
                request.read_people(id, value, personas)?;
                continue;
            }
            let Some((name, _)) = PARAMETERS.iter().find(|(known, _)| *known == name) else { continue };
            if matches!(*name, "nombre" | "promesse") {
                if seen.contains(name) {
                    return Err(RequestError::repeated(name));
                }
                seen.push(name);
            }
            request.read(name, value, personas)?;
        }
        Ok(request)
    }

    fn read(&mut self, name: &'static str, value: &str, personas: &[Persona]) -> Result<(), RequestError> {
        match name {
            "nombre" => {
                let count = value.parse().ok().filter(|count| (1..=COUNT_MAX).contains(count));
                self.count =
                    count.ok_or_else(|| wrong(name, "un nombre de formations, de 1 à 10", value, None))?;
            }
            "persona" => {
                let id = known(name, value, personas)?;
                if !self.personas.contains(&id) {
                    self.personas.push(id);
                }
                if self.personas.len() > PERSONAS_MAX {
                    return Err(wrong(name, "huit personas au plus", value, None));
                }
            }
            "effectif" => {
                let (id, people) = value.rsplit_once([':', '=']).unwrap_or((value, ""));
                self.read_people(id, people, personas)?;
            }
            _ => {
                self.promise = match value {
                    "mediane" => Promise::Median,
                    "haute" => Promise::High,
                    _ => return Err(wrong(name, "« mediane » ou « haute »", value, None)),
                }
            }
        }
        Ok(())
    }

    fn read_people(&mut self, id: &str, value: &str, personas: &[Persona]) -> Result<(), RequestError> {
        let id = known("effectif", id, personas)?;
        let digits: String = value.chars().filter(|letter| !letter.is_whitespace()).collect();
        let people = digits.parse().ok().filter(|people| (1..=PEOPLE_MAX).contains(people));
        let people = people.ok_or_else(|| {
            let expected = "un nombre de personnes de 1 à 1 000 000, par exemple adjoint-projet:1200";
            wrong("effectif", expected, &format!("{id}:{value}"), None)
        })?;
        let twice = RequestError::repeated_for("effectif", &id);
        match self.people.insert(id, people) {
            Some(other) if other != people => Err(twice),
            _ => Ok(()),
        }
    }

    /// The pairs that parse back to this request, in one canonical order; defaults are left out.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        if self.count != COUNT {
            pairs.push(("nombre", self.count.to_string()));
        }
        pairs.extend(self.personas.iter().map(|id| ("persona", id.clone())));
        pairs.extend(self.people.iter().map(|(id, people)| ("effectif", format!("{id}:{people}"))));
        if self.promise != Promise::default() {
            pairs.push(("promesse", self.promise.name().to_owned()));
        }
        pairs
    }

    /// Those of some personas that are asked for, in their order: at most [`PERSONAS_MAX`].
    pub fn chosen<'p>(&self, personas: &'p [Persona]) -> Vec<&'p Persona> {
        let is_chosen = |own: &&Persona| self.personas.is_empty() || self.personas.contains(&own.id);
        personas.iter().filter(is_chosen).take(PERSONAS_MAX).collect()
    }

    /// How many of those asked for are left aside, beyond [`PERSONAS_MAX`].
    pub fn left_out(&self, personas: &[Persona]) -> usize {
        let asked = if self.personas.is_empty() { personas.len() } else { self.personas.len() };
        asked.saturating_sub(PERSONAS_MAX)
    }

    /// How many people a persona counts for: 1 when it is not said.
    pub fn weight(&self, persona: &str) -> u32 {
        self.people.get(persona).copied().unwrap_or(1)
    }

    /// The headcount of the whole State that a source states of a persona, if any, to be proposed to the visitor.
    pub fn stated_people(persona: &str) -> Option<&'static crate::persona::Headcount> {
        headcounts(persona).next()
    }
}

fn known(name: &str, id: &str, personas: &[Persona]) -> Result<String, RequestError> {
    let id = id.trim();
    if personas.iter().any(|own| own.id == id) {
        return Ok(id.to_owned());
    }
    let near = nearest(id, personas.iter().map(|own| own.id.as_str())).map(str::to_owned);
    Err(wrong(name, "l’identifiant d’un persona", id, near))
}

fn wrong(name: &str, expected: &str, value: &str, nearest: Option<String>) -> RequestError {
    let value = value.chars().filter(|letter| !letter.is_control()).take(60).collect();
    RequestError::BadValue { name: name.to_owned(), expected: expected.to_owned(), value, nearest }
}
