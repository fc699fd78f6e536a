//! The specification sheet of a training to build, ready to be sent to a school: every choice with what it rests on, and what
//! a reader changed in it. Absent: HTML, files.

use super::answer::{DAY_EUR, DAY_EUR_SOMETIMES, DAY_SOURCE, Proposal, Recommendations};
use super::candidates::Lift;
use crate::french::{capitalised, counted, euros, hours, list, quoted};
use crate::pathways::{RequestError, minutes_in_french};
use crate::referential::Referential;
use crate::vocabulary::{Format, Level};

/// Most people of a group: « 20 maximum » in a hybrid training of the civil service's own laboratory.
const GROUP_MAX: u16 = 20;
/// Page that states it.
const GROUP_SOURCE: &str = "https://www.economie.gouv.fr/mission-innovation/le-dispositif-passinnov-laureat-du-fond-dinnovation-rh-2019";
/// Page that supports practice between peers on a real case.
const PRACTICE_SOURCE: &str =
    "https://republik-it.fr/rh/formation/les-dirigeants-de-l-administration-formes-au-numerique.html";
/// Part of the time given to the opening and to the closing together, our proposal: one hour of a day of seven.
const OPENING_AND_CLOSING: f64 = 1.0 / 7.0;
/// Longest text that a reader may write, in characters.
pub const TEXT_CHARS: usize = 600;
/// Longest training that a reader may ask for, in hours.
const HOURS_MAX: f64 = 1_000.0;

/// What a reader changed; nothing keeps what was proposed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SheetEdits {
    /// Title.
    pub title: Option<String>,
    /// Hours.
    pub duration_hours: Option<f64>,
    /// How it is given.
    pub format: Option<Format>,
    /// Most people of a group.
    pub group_max: Option<u16>,
    /// The situation that it starts from.
    pub situation: Option<String>,
    /// What else the school should know.
    pub remarks: Option<String>,
}

/// Names of the parameters, each with what it says.
const PARAMETERS: [(&str, &str); 6] = [
    ("titre", "Titre de la formation, au lieu de celui qui est proposé"),
    ("heures", "Durée en heures, au lieu de celle qui est proposée"),
    ("format", "Identifiant d’un format, au lieu de celui qui est proposé"),
    ("groupe", "Personnes par groupe, au plus ; 20 par défaut"),
    ("situation", "Situation de départ, au lieu de celle du persona"),
    ("remarques", "Ce que l’organisme doit savoir d’autre"),
];

impl SheetEdits {
    /// Names of the parameters, each with what it says.
    pub fn parameters() -> Vec<(&'static str, &'static str)> {
        PARAMETERS.to_vec()
    }

    /// Reads decoded pairs of an address; those of other names and empty values are left aside.
    ///
    /// # Errors
    /// On the first pair of ours that says nothing sensible or is given twice.
    pub fn parse<'a>(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
        referential: &Referential,
    ) -> Result<Self, RequestError> {
        let mut edits = Self::default();
        let mut seen = Vec::new();
        for (name, value) in pairs {
            let Some((name, _)) = PARAMETERS.iter().find(|(known, _)| *known == name) else { continue };
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            if seen.contains(name) {
                return Err(RequestError::repeated(name));
            }
            seen.push(name);
            edits.read(name, value, referential)?;
        }
        Ok(edits)
    }

    fn read(
        &mut self,
        name: &'static str,
        value: &str,
        referential: &Referential,
    ) -> Result<(), RequestError> {
        let bad = |expected: &str| RequestError::BadValue {
            name: name.to_owned(),
            expected: expected.to_owned(),
            value: value.chars().filter(|letter| !letter.is_control()).take(60).collect(),
            nearest: None,
        };
        let text = || {
            let fits = value.chars().count() <= TEXT_CHARS;
            fits.then(|| value.to_owned()).ok_or_else(|| bad("un texte de 600 caractères au plus"))
        };
        match name {
            "titre" => self.title = Some(text()?),
            "situation" => self.situation = Some(text()?),
            "remarques" => self.remarks = Some(text()?),
            "heures" => {
                let hours = value.replace(',', ".").parse::<f64>().ok();
                let hours = hours.filter(|hours| *hours > 0.0 && *hours <= HOURS_MAX);
                self.duration_hours =
                    Some(hours.ok_or_else(|| bad("un nombre d’heures, de plus de 0 à 1 000"))?);
            }
            "format" => {
                let format = referential.code::<Format>(value);
                self.format = Some(format.ok_or_else(|| bad("l’identifiant d’un format"))?);
            }
            _ => {
                let group = value.parse().ok().filter(|group| (1..=1_000).contains(group));
                self.group_max = Some(group.ok_or_else(|| bad("un nombre de personnes, de 1 à 1 000"))?);
            }
        }
        Ok(())
    }

    /// The same changes without those that say what is proposed anyway.
    pub fn of(mut self, own: &Recommendations, proposal: &Proposal) -> Self {
        let draft = &proposal.draft;
        self.title = self.title.filter(|title| *title != proposal.training.title);
        self.duration_hours = self.duration_hours.filter(|hours| *hours != draft.template.hours);
        self.format = self.format.filter(|format| *format != draft.format);
        self.group_max = self.group_max.filter(|group| *group != GROUP_MAX);
        let first = draft.audience.first().map(|number| own.outlooks[*number].persona.situation.clone());
        self.situation = self.situation.filter(|situation| Some(situation) != first.as_ref());
        self
    }

    /// The pairs that parse back to these changes, in one canonical order.
    pub fn pairs(&self, referential: &Referential) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        pairs.extend(self.title.clone().map(|text| ("titre", text)));
        pairs.extend(self.duration_hours.map(|hours| ("heures", hours.to_string())));
        pairs.extend(self.format.map(|format| ("format", referential.term(format).id.clone())));
        pairs.extend(self.group_max.map(|group| ("groupe", group.to_string())));
        pairs.extend(self.situation.clone().map(|text| ("situation", text)));
        pairs.extend(self.remarks.clone().map(|text| ("remarques", text)));
        pairs
    }
}

/// What a choice rests on: the choice, why, a page that supports it.
pub type Ground = (String, String, Option<String>);

/// A specification sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Title.
    pub title: String,
    /// Whom it is for: label and situation of each persona.
    pub audience: Vec<(String, String)>,
    /// Competences, with the level on entry and at the end: label, definition, entry, end.
    pub competences: Vec<(String, String, String, String)>,
    /// Objectives in action verbs: what one can do at each level gained.
    pub objectives: Vec<String>,
    /// Suggested sequence: what, minutes, how.
    pub sequence: Vec<(String, u64, String)>,
    /// Hours.
    pub duration_hours: f64,
    /// How it is given.
    pub format: String,
    /// Most people of a group.
    pub group_max: u16,
    /// How what was learnt is checked.
    pub evaluation: Vec<String>,
    /// What may be paid for one person, in euros, from and to.
    pub cost_eur: (f64, f64),
    /// What each choice rests on: what, why, a page that supports it.
    pub evidence: Vec<Ground>,
    /// What else the school should know.
    pub remarks: Option<String>,
    /// Names of what a reader changed.
    pub changed: Vec<&'static str>,
}

impl Sheet {
    /// The sheet of a proposal, with what a reader changed.
    pub fn new(
        own: &Recommendations,
        proposal: &Proposal,
        edits: &SheetEdits,
        referential: &Referential,
    ) -> Self {
        let draft = &proposal.draft;
        let duration_hours = edits.duration_hours.unwrap_or(draft.template.hours);
        let personas = draft.audience.iter().map(|number| &own.outlooks[*number].persona);
        let audience = personas.map(|persona| {
            let situation = edits.situation.clone().unwrap_or_else(|| persona.situation.clone());
            (persona.label.clone(), situation)
        });
        let competences = draft.lifts.iter().map(|lift| {
            let term = referential.term(lift.competence);
            (
                term.label.clone(),
                term.definition.clone(),
                level(lift.from, referential),
                level(lift.to.number(), referential),
            )
        });
        let days = duration_hours / super::answer::DAY_HOURS;
        Self {
            title: edits.title.clone().unwrap_or_else(|| proposal.training.title.clone()),
            audience: audience.collect(),
            competences: competences.collect(),
            objectives: draft.lifts.iter().flat_map(|lift| objectives(*lift, referential)).collect(),
            sequence: sequence(&draft.lifts, duration_hours, referential),
            duration_hours,
            format: referential.term(edits.format.unwrap_or(draft.format)).label.clone(),
            group_max: edits.group_max.unwrap_or(GROUP_MAX),
            evaluation: evaluation(&draft.lifts, referential),
            cost_eur: (DAY_EUR.0 * days, DAY_EUR.1 * days),
            evidence: evidence(own, proposal, edits, referential),
            remarks: edits.remarks.clone(),
            changed: edits.pairs(referential).into_iter().map(|(name, _)| name).collect(),
        }
    }

    /// What it may cost, in a sentence.
    pub fn cost_in_french(&self) -> String {
        format!(
            "De {} à {} par personne, d’après les tarifs relevés par jour ; hors conception, dont aucune source n’indique le coût.",
            euros(self.cost_eur.0.round()),
            euros(self.cost_eur.1.round())
        )
    }
}

fn level(number: u8, referential: &Referential) -> String {
    match Level::new(number) {
        Some(level) => format!("{number}, {}", referential.level(level).label.to_lowercase()),
        None => "aucun".to_owned(),
    }
}

/// What one can do at each level that a lift brings.
fn objectives(lift: Lift, referential: &Referential) -> Vec<String> {
    let gained = Level::all().filter(|level| level.number() > lift.from && *level <= lift.to);
    gained.map(|level| capitalised(referential.can_do(lift.competence, level))).collect()
}

/// An opening, a time for each level in equal parts, a closing; whole minutes that add up to the duration.
fn sequence(lifts: &[Lift], duration_hours: f64, referential: &Referential) -> Vec<(String, u64, String)> {
    let whole = (duration_hours * 60.0).round() as u64;
    let ends = (duration_hours * 60.0 * OPENING_AND_CLOSING / 2.0 / 5.0).round() as u64 * 5;
    let levels: u64 = lifts.iter().map(|lift| u64::from(lift.to.number() - lift.from)).sum();
    let middle = whole.saturating_sub(2 * ends);
    let mut parts = vec![(
        "Ouverture".to_owned(),
        ends,
        "Chaque participant répond aux questions de positionnement et apporte un cas de sa direction."
            .to_owned(),
    )];
    let mut given = 0;
    let mut done = 0;
    for lift in lifts {
        done += u64::from(lift.to.number() - lift.from);
        let until = middle * done / levels.max(1);
        parts.push((
            referential.term(lift.competence).label.clone(),
            until - given,
            "Un apport bref, puis une mise en situation entre pairs sur les cas apportés.".to_owned(),
        ));
        given = until;
    }
    parts.push((
        "Clôture".to_owned(),
        whole.saturating_sub(ends + given),
        "Chacun répond de nouveau aux questions et décide d’une première action datée.".to_owned(),
    ));
    parts
}

fn evaluation(lifts: &[Lift], referential: &Referential) -> Vec<String> {
    let questions = lifts.iter().map(|lift| {
        format!(
            "{} : {} (avant, puis après)",
            referential.term(lift.competence).label,
            quoted(referential.question(lift.competence))
        )
    });
    let mut all: Vec<String> = questions.collect();
    all.push(
        "Deux mois après : ce que chaque participant a fait de l’action décidée à la clôture.".to_owned(),
    );
    all
}

/// What each choice rests on.
fn evidence(
    own: &Recommendations,
    proposal: &Proposal,
    edits: &SheetEdits,
    referential: &Referential,
) -> Vec<Ground> {
    let draft = &proposal.draft;
    let mut all = of_personas(own, proposal, referential);
    all.push(match edits.duration_hours.is_some() {
        true => ("Durée".to_owned(), "changée par le lecteur".to_owned(), None),
        false => (
            "Durée et niveaux apportés".to_owned(),
            format!(
                "ce qu’apportent les {} du catalogue qui durent autant ({}) fixe ce que celle-ci est supposée apporter",
                counted(draft.template.sample as u64, "formation", "formations"),
                draft.template.label.to_lowercase()
            ),
            None,
        ),
    });
    all.push(match edits.group_max.is_some() {
        true => ("Groupe".to_owned(), "changé par le lecteur".to_owned(), None),
        false => (
            "Groupe".to_owned(),
            "20 personnes au plus dans une formation hybride de l’administration ; reprise comme proposition"
                .to_owned(),
            Some(GROUP_SOURCE.to_owned()),
        ),
    });
    all.push((
        "Mises en situation entre pairs".to_owned(),
        "format des journées des directeurs d’administration centrale".to_owned(),
        Some(PRACTICE_SOURCE.to_owned()),
    ));
    all.push((
        "Coût".to_owned(),
        format!(
            "{} à {} par personne et par jour, parfois {}",
            euros(DAY_EUR.0),
            euros(DAY_EUR.1),
            euros(DAY_EUR_SOMETIMES)
        ),
        Some(DAY_SOURCE.to_owned()),
    ));
    let nearest: Vec<String> = proposal.nearest.iter().map(|near| quoted(&near.training.title)).collect();
    if !nearest.is_empty() {
        all.push(("Ce qui existe de plus proche".to_owned(), list(&nearest, "et"), None));
    }
    all.push((
        "Déroulé".to_owned(),
        format!(
            "proposition : un septième du temps ({} sur 7 heures) pour ouvrir et clore, le reste en parts égales par niveau",
            hours(1.0)
        ),
        None,
    ));
    all
}

/// The needs of each persona, and where she stands today.
fn of_personas(own: &Recommendations, proposal: &Proposal, referential: &Referential) -> Vec<Ground> {
    let draft = &proposal.draft;
    let mut all = Vec::new();
    for number in &draft.audience {
        let persona = &own.outlooks[*number].persona;
        for lift in &draft.lifts {
            let Some(need) = persona.need(lift.competence) else { continue };
            all.push((
                format!("Besoin de {} : {}", quoted(&persona.label), referential.term(lift.competence).label),
                format!("{} ; {}", need.reason, need.status),
                need.source.as_ref().map(|source| source.as_str().to_owned()),
            ));
        }
        let outlook = &own.outlooks[*number];
        all.push((
            format!("Niveau d’entrée de {}", quoted(&persona.label)),
            format!(
                "niveaux où mène son meilleur parcours d’aujourd’hui ({} en {})",
                counted(outlook.before.levels as u64, "niveau gagné", "niveaux gagnés"),
                minutes_in_french(outlook.before.minutes)
            ),
            None,
        ));
    }
    all
}
