//! A programme for a team: people of several personas, some trainings together, others apart, under one budget. What is asked
//! and what is answered. Absent: how it is found (see the crate `actions`), HTML.

use super::answer::{CoverageLine, Proof};
use super::offered::Basis;
use super::refusals::RequestError;
use super::request::PathwayRequest;
use super::sentence::share_in_french;
use crate::french::{counted, read_integer, read_number};
use crate::persona::Persona;
use crate::referential::Referential;
use crate::training::Training;
use crate::values::Euros;

/// Most groups: trainings may be taken together by any of their sets.
pub const GROUPS_MAX: usize = 4;
/// Most people of a group.
const PEOPLE_MAX: u32 = 10_000;
/// Seats of a session of which nothing is said.
const SEATS: u16 = 12;
/// Most seats of a session.
const SEATS_MAX: u16 = 1_000;

/// What is asked of a programme.
#[derive(Debug, Clone, PartialEq)]
pub struct TeamRequest {
    /// Identifier of a persona and number of people, for each group.
    pub groups: Vec<(String, u32)>,
    /// Seats of a session.
    pub seats: u16,
    /// What a session costs, whoever comes, when it is bought for the team; otherwise, and for what each follows at her own
    /// pace, each head pays the stated price.
    pub session_eur: Option<Euros>,
    /// Euros for the whole team and the whole programme.
    pub budget_eur: Option<Euros>,
    /// Rules, months, trainings left out, unknown prices; hours in a year of each person, instead of the personas'.
    pub common: PathwayRequest,
}

/// Parameters beside those of a pathway, each with what it says.
const PARAMETERS: [(&str, &str); 4] = [
    (
        "groupe",
        "Identifiant d’un persona et nombre de personnes, comme adjoint-projet:12 ; répété, 4 au plus",
    ),
    ("places", "Places d’une session, 12 par défaut"),
    (
        "session",
        "Prix d’une session achetée pour l’équipe, en euros ; sans lui, ou pour ce qui se suit à son rythme, chacun paie le prix indiqué",
    ),
    ("enveloppe", "Euros pour toute l’équipe et tout le programme"),
];

/// Parameters of a pathway that a programme takes too.
const COMMON: [&str; 7] = ["heures", "mois", "exclus", "faits", "durees", "sans", "prix-inconnus"];

/// What begins the parameter of one group.
const ONE_GROUP: &str = "groupe-";

impl TeamRequest {
    /// Names of the parameters beside those of a pathway, each with what it says.
    pub fn parameters() -> Vec<(&'static str, &'static str)> {
        PARAMETERS.to_vec()
    }

    /// Names of the parameters of a pathway that a programme takes too.
    pub fn shared_parameters() -> &'static [&'static str] {
        &COMMON
    }

    /// Whether a parameter is one of ours: `groupe-adjoint-projet=12` is `groupe=adjoint-projet:12` as a form sends it.
    pub fn is_parameter(name: &str) -> bool {
        PARAMETERS.iter().any(|(known, _)| *known == name)
            || COMMON.contains(&name)
            || name.starts_with(ONE_GROUP)
    }

    /// Reads decoded pairs of an address; empty values are left aside.
    ///
    /// # Errors
    /// On the first pair of ours that says nothing sensible.
    pub fn parse<'a>(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)> + Clone,
        referential: &Referential,
    ) -> Result<Self, RequestError> {
        let common = pairs.clone().into_iter().filter(|(name, _)| COMMON.contains(name));
        let common: Vec<(&str, &str)> = common.collect();
        let mut request = Self {
            groups: Vec::new(),
            seats: SEATS,
            session_eur: None,
            budget_eur: None,
            common: PathwayRequest::parse(common, referential)?,
        };
        let mut seen = Vec::new();
        for (name, value) in pairs {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            if matches!(name, "places" | "session" | "enveloppe") {
                if seen.contains(&name) {
                    return Err(RequestError::repeated(name));
                }
                seen.push(name);
            }
            if let Some(id) = name.strip_prefix(ONE_GROUP) {
                request.read_group(&format!("{id}:{value}"))?;
                continue;
            }
            let bad = |name: &str, expected: &str| RequestError::BadValue {
                name: name.to_owned(),
                expected: expected.to_owned(),
                value: value.chars().filter(|letter| !letter.is_control()).take(60).collect(),
                nearest: None,
            };
            let euros = || read_number(value).and_then(|euros| Euros::new(euros).ok());
            match name {
                "groupe" => request.read_group(value)?,
                "places" => {
                    let seats = read_integer(value).and_then(|seats| u16::try_from(seats).ok());
                    let seats = seats.filter(|seats| (1..=SEATS_MAX).contains(seats));
                    request.seats =
                        seats.ok_or_else(|| bad(name, "un nombre de places, de 1 à 1\u{202f}000"))?;
                }
                "session" => {
                    request.session_eur = Some(
                        euros()
                            .ok_or_else(|| bad(name, "un nombre d’euros, de 0 à 1\u{202f}000\u{202f}000"))?,
                    );
                }
                "enveloppe" => {
                    request.budget_eur = Some(
                        euros()
                            .ok_or_else(|| bad(name, "un nombre d’euros, de 0 à 1\u{202f}000\u{202f}000"))?,
                    );
                }
                _ => {}
            }
        }
        Ok(request)
    }

    fn read_group(&mut self, value: &str) -> Result<(), RequestError> {
        let bad = |expected: &str| RequestError::BadValue {
            name: "groupe".to_owned(),
            expected: expected.to_owned(),
            value: value.chars().filter(|letter| !letter.is_control()).take(60).collect(),
            nearest: None,
        };
        let (id, people) = value.rsplit_once([':', '=']).unwrap_or((value, ""));
        let people = read_integer(people.trim()).and_then(|people| u32::try_from(people).ok());
        let people = people.filter(|people| *people <= PEOPLE_MAX).ok_or_else(|| {
            bad("un persona et un nombre de personnes de 1 à 10\u{202f}000, par exemple adjoint-projet:12")
        })?;
        if people == 0 {
            return Ok(());
        }
        if self.groups.iter().any(|(known, _)| known == id) {
            return Err(RequestError::repeated_for("groupe", id));
        }
        if self.groups.len() == GROUPS_MAX {
            return Err(bad("quatre groupes au plus"));
        }
        self.groups.push((id.chars().take(120).collect(), people));
        Ok(())
    }

    /// The pairs that parse back to this request, in one canonical order; defaults are left out.
    pub fn pairs(&self, referential: &Referential) -> Vec<(&'static str, String)> {
        let groups = self.groups.iter();
        let mut pairs: Vec<(&str, String)> =
            groups.map(|(id, people)| ("groupe", format!("{id}:{people}"))).collect();
        if self.seats != SEATS {
            pairs.push(("places", self.seats.to_string()));
        }
        pairs.extend(self.session_eur.map(|euros| ("session", euros.get().to_string())));
        pairs.extend(self.budget_eur.map(|euros| ("enveloppe", euros.get().to_string())));
        pairs.extend(self.common.pairs(referential));
        pairs
    }
}

/// What a search for a programme ends with.
#[derive(Debug, Clone, PartialEq)]
pub enum TeamOutcome {
    /// A programme, maybe without a training.
    Found(Box<Programme>),
    /// The search was stopped before any was found.
    Stopped,
}

/// A programme.
#[derive(Debug, Clone, PartialEq)]
pub struct Programme {
    /// How good it is: by levels gained, each for as many people as gain it.
    pub proof: Proof,
    /// The groups, in the order asked.
    pub groups: Vec<TeamGroup>,
    /// Trainings to run, in an order that suits every group.
    pub runs: Vec<Run>,
    /// Known costs, in cents.
    pub cents: u64,
    /// Trainings whose cost is unknown.
    pub unknown_costs: usize,
    /// The budget, in cents.
    pub budget_cents: Option<u64>,
}

/// People of one persona.
#[derive(Debug, Clone, PartialEq)]
pub struct TeamGroup {
    /// The persona, in the case asked.
    pub persona: Persona,
    /// How many people.
    pub people: u32,
    /// Minutes of each person.
    pub minutes: u64,
    /// Most minutes of each person.
    pub limit_minutes: Option<u64>,
    /// What each person's needs become.
    pub coverage: Vec<CoverageLine>,
}

impl TeamGroup {
    /// Number of levels that each person gains, and of those wanted.
    pub fn levels(&self) -> (usize, usize) {
        let levels = |line: &CoverageLine, to: u8| usize::from(to.saturating_sub(line.before));
        let gained = self.coverage.iter().map(|line| levels(line, line.after.min(line.wanted)));
        (gained.sum(), self.coverage.iter().map(|line| levels(line, line.wanted)).sum())
    }
}

/// A training of a programme.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// The training.
    pub training: Training,
    /// Minutes of each person.
    pub minutes: u32,
    /// What they rest on.
    pub basis: Basis,
    /// Numbers of the groups that come.
    pub groups: Vec<usize>,
    /// People who come.
    pub people: u32,
    /// Sessions to run, or to book seats in; none of a training that each follows at her own pace.
    pub sessions: u32,
    /// Seats left for others.
    pub free_seats: u32,
    /// What it costs, in cents; none when nobody states a price and no session is bought.
    pub cents: Option<u64>,
    /// Whether it is bought by the session.
    pub is_bought: bool,
    /// Month, from 1: an indication.
    pub month: u8,
}

impl Programme {
    /// Whether all groups come to a training.
    pub fn is_core(&self, run: &Run) -> bool {
        self.groups.len() > 1 && run.groups.len() == self.groups.len()
    }

    /// Levels gained, each as many times as people gain it.
    pub fn person_levels(&self) -> u64 {
        self.groups.iter().map(|group| group.levels().0 as u64 * u64::from(group.people)).sum()
    }

    /// Share of what is wanted that is gained, 0 to 1: each level by its weight, as many times as people want it.
    pub fn share(&self) -> f64 {
        let (mut gained, mut wanted) = (0.0, 0.0);
        for group in &self.groups {
            for line in &group.coverage {
                let each = line.weight * f64::from(group.people);
                gained += f64::from(line.after.min(line.wanted).saturating_sub(line.before)) * each;
                wanted += f64::from(line.wanted.saturating_sub(line.before)) * each;
            }
        }
        if wanted > 0.0 { gained / wanted } else { 1.0 }
    }

    /// What is proven, in a sentence.
    pub fn proof_in_french(&self) -> String {
        let rule = "n’a, en gagnant autant, moins de coûts inconnus, ni autant de coûts inconnus et un coût connu plus bas";
        match self.proof {
            Proof::Best => format!(
                "Prouvé : aucun programme ne gagne davantage de niveaux dans ces limites, et aucun {rule}."
            ),
            Proof::MostCovering => format!(
                "Prouvé : aucun programme ne gagne davantage de niveaux dans ces limites. Qu’aucun {rule} n’est pas prouvé."
            ),
            Proof::AtMost(share) => format!(
                "La recherche s’est arrêtée à sa limite : celui-ci couvre {} des besoins, aucun n’en couvre plus de {}.",
                share_in_french(self.share()),
                share_in_french(share)
            ),
        }
    }

    /// What the programme does, in a sentence.
    pub fn finding(&self) -> String {
        let people: u64 = self.groups.iter().map(|group| u64::from(group.people)).sum();
        if self.runs.is_empty() {
            return "Aucune formation du catalogue n’apporte un des niveaux voulus dans ces limites."
                .to_owned();
        }
        let sessions: u64 = self.runs.iter().map(|run| u64::from(run.sessions)).sum();
        let sessions = match sessions {
            0 => "sans session".to_owned(),
            some => format!("en {}", counted(some, "session", "sessions")),
        };
        format!(
            "{} {sessions} pour {} : {}.",
            counted(self.runs.len() as u64, "formation", "formations"),
            counted(people, "personne", "personnes"),
            counted(self.person_levels(), "niveau gagné en tout", "niveaux gagnés en tout"),
        )
    }
}
