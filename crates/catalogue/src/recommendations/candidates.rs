//! Trainings that could be built: sets of levels of one block of competences that pathways of today leave, for a length that
//! the personas have time for and a format that they accept. Absent: which of them are worth it (see the crate `actions`).

use super::templates::Template;
use crate::gaps::{Gaps, State};
use crate::pathways::topic;
use crate::persona::Persona;
use crate::raw::{RawSource, RawTraining};
use crate::referential::Referential;
use crate::training::Training;
use crate::values::TrainingId;
use crate::vocabulary::{Code as _, Competence, Format, Level, Set};

/// Candidates kept of each length and block, so that the search stays exact and short.
const KEPT: usize = 4;
/// What begins the identifier of every proposal.
const PREFIX: &str = "proposition--";
/// Name of the organisation of a training that does not exist, and of its source: it is shown nowhere as a fact.
const NOBODY: &str = "Formation à construire";

/// Where a persona stands today.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The persona.
    pub persona: Persona,
    /// How many people she counts for.
    pub people: u32,
    /// Levels at the end of her best pathway of today, by the competence's position.
    pub reached: Vec<u8>,
    /// What the offer leaves of her needs.
    pub gaps: Gaps,
}

impl Standing {
    /// Level reached in a competence, and level wanted.
    fn of(&self, competence: Competence) -> (u8, u8) {
        let reached = self.reached.get(topic(competence)).copied().unwrap_or(0);
        let wanted = self.persona.need(competence).map_or(0, |need| need.to.number());
        (reached, wanted)
    }

    /// Levels of a need that a lift would bring beyond today's pathway; none when its entry level is not reached.
    fn useful(&self, lift: Lift) -> u8 {
        let (reached, wanted) = self.of(lift.competence);
        if reached < lift.from { 0 } else { lift.to.number().min(wanted).saturating_sub(reached) }
    }
}

/// A competence that a training brings from a level to a higher one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lift {
    /// The competence.
    pub competence: Competence,
    /// Level asked on entry; 0: none.
    pub from: u8,
    /// Level brought to.
    pub to: Level,
}

/// A training that could be built.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Its length.
    pub template: Template,
    /// What it brings.
    pub lifts: Vec<Lift>,
    /// Numbers of the personas that it is for.
    pub audience: Vec<usize>,
    /// How it is given.
    pub format: Format,
    /// Weight of the levels that it would bring beyond today's pathways, by people.
    score: f64,
    /// Of which levels that nothing within reach teaches.
    rare: usize,
}

/// The trainings that could be built, the shortest first, then by block.
pub fn drafts(referential: &Referential, standings: &[Standing], templates: &[Template]) -> Vec<Draft> {
    let mut all = Vec::new();
    for template in templates {
        for block in referential.blocks() {
            let mut own: Vec<Draft> = Vec::new();
            for lead in 0..standings.len() {
                for lifts in compositions(template, &block.competences, &standings[lead]) {
                    if own.iter().all(|known| known.lifts != lifts) {
                        own.extend(draft(template, lifts, lead, standings, referential));
                    }
                }
            }
            let rank = |draft: &Draft| (draft.rare, std::cmp::Reverse(draft.lifts.len()));
            own.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| rank(b).cmp(&rank(a))));
            own.truncate(KEPT);
            all.extend(own);
        }
    }
    all
}

/// The sets of lifts that a training of this length may promise and that a persona needs, each as full as can be.
fn compositions(template: &Template, competences: &[Competence], lead: &Standing) -> Vec<Vec<Lift>> {
    let lifts = competences.iter().flat_map(|competence| {
        let (from, wanted) = lead.of(*competence);
        let may_bring = move |to: &Level| to.number() <= wanted && template.may_bring(from, *to);
        Level::all().filter(may_bring).map(move |to| Lift { competence: *competence, from, to })
    });
    let lifts: Vec<Lift> = lifts.collect();
    let mut found: Vec<Vec<Lift>> = Vec::new();
    let mut open: Vec<(usize, Vec<Lift>)> = vec![(0, Vec::new())];
    while let Some((next, set)) = open.pop() {
        let gains = |set: &[Lift]| -> usize {
            set.iter().map(|lift| usize::from(lift.to.number() - lift.from)).sum()
        };
        let fits = |lift: &Lift| {
            set.len() < template.competences
                && set.iter().all(|known| known.competence != lift.competence)
                && gains(&set) + usize::from(lift.to.number() - lift.from) <= template.gains
        };
        for place in (next..lifts.len()).filter(|place| fits(&lifts[*place])) {
            let mut more = set.clone();
            more.push(lifts[place]);
            open.push((place + 1, more));
        }
        // What one more lift would still fit in is no full set.
        if !set.is_empty() && !lifts.iter().any(fits) {
            found.push(set);
        }
    }
    found
}

/// A draft for all personas to whom each of its lifts is of use; none when the lead cannot come to it.
fn draft(
    template: &Template,
    lifts: Vec<Lift>,
    lead: usize,
    standings: &[Standing],
    referential: &Referential,
) -> Option<Draft> {
    let has_time =
        |own: &Standing| own.persona.hours_year_high.is_none_or(|hours| template.hours <= hours.get());
    let suits = |own: &Standing| has_time(own) && lifts.iter().all(|lift| own.useful(*lift) > 0);
    if !suits(&standings[lead]) {
        return None;
    }
    let mut formats = accepted(&standings[lead].persona, referential);
    let mut audience = vec![lead];
    for (number, own) in standings.iter().enumerate().filter(|(number, _)| *number != lead) {
        let common = accepted(&own.persona, referential).bits() & formats.bits();
        if common != 0 && suits(own) {
            formats = Set::from_bits(common);
            audience.push(number);
        }
    }
    audience.sort_unstable();
    let (mut score, mut rare) = (0.0, 0);
    for own in audience.iter().map(|number| &standings[*number]) {
        for lift in &lifts {
            let weight = own.persona.need(lift.competence).map_or(0.0, |need| need.weight);
            score += f64::from(own.people) * weight * f64::from(own.useful(*lift));
            let is_out = |gap: &&crate::gaps::Gap| {
                let level = gap.level.number();
                gap.competence == lift.competence
                    && level > lift.from
                    && gap.level <= lift.to
                    && gap.state <= State::OutOfReach
            };
            rare += own.gaps.gaps.iter().filter(is_out).count();
        }
    }
    let format = formats.iter().next()?;
    Some(Draft { template: template.clone(), lifts, audience, format, score, rare })
}

/// Formats that a persona accepts, in the referential's order.
fn accepted(persona: &Persona, referential: &Referential) -> Set<Format> {
    let all: Set<Format> = (0..referential.terms(Format::VOCABULARY).len() as u8).map(Format::at).collect();
    if persona.formats.is_empty() { all } else { persona.formats }
}

impl Draft {
    /// Identifier in addresses: the length and what it brings.
    pub fn id(&self, referential: &Referential) -> String {
        let id = |name: &dyn Fn(Competence) -> String| -> String {
            let lifts = self.lifts.iter();
            let lifts =
                lifts.map(|lift| format!("--{}-{}-{}", name(lift.competence), lift.from, lift.to.number()));
            format!("{PREFIX}{}{}", self.template.id, lifts.collect::<String>())
        };
        let readable = id(&|competence| referential.term(competence).id.clone());
        if TrainingId::parse(&readable).is_ok() {
            return readable;
        }
        id(&|competence| competence.position().to_string())
    }

    /// Title: its competences.
    pub fn title(&self, referential: &Referential) -> String {
        let labels: Vec<String> =
            self.lifts.iter().map(|lift| referential.term(lift.competence).label.clone()).collect();
        crate::french::list(&labels, "et")
    }

    /// The training as it would be in the catalogue, were it built: for what follows from it, never to be published.
    ///
    /// # Panics
    /// Never: a test parses the drafts of the real catalogue, and what they are made of was parsed before.
    pub fn training(&self, standings: &[Standing], referential: &Referential) -> Training {
        let id = |competence| referential.term(competence).id.clone();
        let mut audiences: Vec<String> = Vec::new();
        for number in &self.audience {
            let audience = standings[*number].persona.audience;
            let Some(audience) = audience.map(|code| referential.term(code).id.clone()) else { continue };
            if !audiences.contains(&audience) {
                audiences.push(audience);
            }
        }
        let raw = RawTraining {
            id: self.id(referential),
            kind: "course".to_owned(),
            title: self.title(referential),
            provider: NOBODY.to_owned(),
            language: Some("fr".to_owned()),
            formats: vec![referential.term(self.format).id.clone()],
            duration_hours: Some(self.template.hours),
            // Nobody who learns pays for it: what it costs is told apart.
            price_eur: Some(0.0),
            audiences,
            competences: self.lifts.iter().map(|lift| (id(lift.competence), lift.to.number())).collect(),
            prerequisites: self
                .lifts
                .iter()
                .filter(|lift| lift.from > 0)
                .map(|lift| (id(lift.competence), lift.from))
                .collect(),
            source: RawSource { address: "fichier:proposition".to_owned(), seen: None },
            ..RawTraining::default()
        };
        Training::parse(&raw, referential).expect("a draft is made of what was parsed")
    }
}
