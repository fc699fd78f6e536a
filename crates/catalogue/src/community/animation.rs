//! A plan of meetings, cafés, workshops and visits drawn from a scenario, month by month.
//!
//! Rules, all shown on the page:
//! - nothing is planned in a month that the scenario closes;
//! - populations that are simulated are welcomed together in the first open month from which they may begin;
//! - relays meet in the first open month, then every third month; a meeting that falls in a closed month waits for the next
//!   open one;
//! - each year of the scenario has a seminar of one day: in its sixth month, or the next open one of that year;
//! - each open month has a café de la data;
//! - each quarter of the scenario has a workshop and a visit, taken in turn among the formats that suit the publics of its
//!   populations; each in the month with the fewest simulated sessions, the two in different months when that can be.
//!
//! Absent: dates within a month, rooms, people: a plan proposes, and the community's events are what is decided.

use std::collections::BTreeMap;

use super::parts::EventKind;
use crate::french::capitalised;
use crate::pathways::{AlternativeFormat, Month};
use crate::persona::Persona;
use crate::referential::Referential;
use crate::scenarios::{Follows, Population, Scenario};
use crate::values::WebAddress;
use crate::vocabulary::{Audience, Set};

/// Months from one meeting of relays to the next, and months of a quarter.
const QUARTER: usize = 3;
/// Months of a year.
const YEAR: usize = 12;
/// Place of the seminar in a year, from 0.
const SEMINAR_PLACE: usize = 5;
/// Minutes of a meeting: our proposal.
const MEETING_MINUTES: u32 = 120;
/// Minutes of a day of seven hours.
const DAY_MINUTES: u32 = 420;
/// Populations that are named one by one when all of them begin together.
const NAMED: usize = 3;
const RELAYS: &str = "Relais et administrateurs des données des ministères";
const MEETINGS_PAGE: &str =
    "https://next.ink/8955/105291-open-data-bientot-administrateur-donnees-dans-chaque-ministere/";
const SEMINAR_PAGE: &str = "https://www.etalab.gouv.fr/la-communaute-des-administrateurs-ministeriels-des-donnees-se-mobilise-pour-accelerer-la-mise-en-oeuvre-de-la-politique-des-donnees";
/// The format of cafés.
const CAFE: &str = "cafe-de-la-data";

/// What each other format is in a plan; `None`: it has no date, or lasts longer than a month can hold.
const FORMATS: [(&str, Option<EventKind>); 13] = [
    ("visite-apprenante", Some(EventKind::Visit)),
    ("expedition-apprenante", Some(EventKind::Visit)),
    ("immersion-incubateur", Some(EventKind::Visit)),
    ("coaching-collectif", Some(EventKind::Workshop)),
    ("codeveloppement", Some(EventKind::Workshop)),
    ("comite-investissement-simule", Some(EventKind::Workshop)),
    ("fresque-donnees-ouvertes", Some(EventKind::Workshop)),
    ("hackathon", Some(EventKind::Workshop)),
    ("conseil-flash", Some(EventKind::Workshop)),
    ("mentorat-inverse", None),
    ("formaction-hybride", None),
    ("seminaires-cycle", None),
    ("podcast", None),
];

/// A plan of what to hold, month by month.
#[derive(Debug, Clone, PartialEq)]
pub struct AnimationPlan {
    /// Identifier of the scenario.
    pub scenario: String,
    /// Its name.
    pub label: String,
    /// All its months, in order.
    pub months: Vec<PlanMonth>,
    /// Formats that suit its publics and have no date: to be offered all along.
    pub undated: Vec<&'static AlternativeFormat>,
}

/// A month of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanMonth {
    /// The month.
    pub month: Month,
    /// Whether the scenario closes it.
    pub is_closed: bool,
    /// Sessions of the scenario in that month, when it was simulated.
    pub sessions: Option<f64>,
    /// What is planned.
    pub items: Vec<PlanItem>,
}

/// Something planned in a month.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanItem {
    /// Identifier: its month and what it is. The same scenario gives the same ones.
    pub id: String,
    /// What it is.
    pub kind: EventKind,
    /// The month.
    pub month: Month,
    /// Title.
    pub title: String,
    /// For whom.
    pub for_whom: String,
    /// Least number of people, when it is known.
    pub group_min: Option<u16>,
    /// Most people.
    pub group_max: Option<u16>,
    /// How long it lasts, in minutes, when it is known or assumed.
    pub minutes: Option<u32>,
    /// Whether the minutes are an assumption of ours.
    pub is_duration_assumed: bool,
    /// The alternative format that it is, if it is one.
    pub format: Option<&'static AlternativeFormat>,
    /// What it rests on.
    pub ground: PlanGround,
}

/// What something planned rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanGround {
    /// Page that was read; none: it is a proposal only.
    pub page: Option<WebAddress>,
    /// What of it is sourced, and what is proposed.
    pub told: String,
}

impl AnimationPlan {
    /// Draws the plan of a scenario. `sessions` are those of each month from the first, when it was simulated; may be empty.
    /// Populations that follow a persona have her public; one that follows a route, or a persona who is not given, has any.
    pub fn of(
        scenario: &Scenario,
        personas: &[Persona],
        sessions: &[f64],
        referential: &Referential,
    ) -> Self {
        let suiting = suiting(scenario, personas);
        let mut plan = Self {
            scenario: scenario.id.clone(),
            label: scenario.label.clone(),
            months: (0..usize::from(scenario.months)).map(|place| month(scenario, sessions, place)).collect(),
            undated: of_kind(&suiting, None),
        };
        plan.welcome(scenario);
        plan.meetings();
        plan.seminars();
        plan.cafes(referential);
        plan.formats(&suiting, referential);
        plan
    }

    /// All that is planned, in order.
    pub fn items(&self) -> impl Iterator<Item = &PlanItem> {
        self.months.iter().flat_map(|month| &month.items)
    }

    /// The first open month from a place on.
    fn open_from(&self, place: usize) -> Option<usize> {
        (place..self.months.len()).find(|place| !self.months[*place].is_closed)
    }

    fn slot<'a>(&self, place: usize, what: &'a str) -> Slot<'a> {
        Slot { month: self.months[place].month, what }
    }

    fn welcome(&mut self, scenario: &Scenario) {
        let mut begin: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        // Those that nobody counted, or that a reader leaves out, are not simulated.
        let all: Vec<&Population> = scenario.populations.iter().filter(|own| own.people.is_some()).collect();
        for own in &all {
            if let Some(place) = self.open_from(usize::from(own.from_month)) {
                begin.entry(place).or_default().push(own.label.clone());
            }
        }
        for (place, labels) in begin {
            let told = "proposé : réunir ceux qui commencent, et leur dire qui sont leurs relais";
            let slot = self.slot(place, "lancement");
            let whom = match labels.len() {
                count if count == all.len() && count > NAMED => {
                    "toutes les populations du scénario".to_owned()
                }
                _ => labels.join(" ; "),
            };
            let whom = capitalised(&whom);
            self.months[place].items.push(slot.meeting("Réunion de lancement", &whom, ground(None, told)));
        }
    }

    fn meetings(&mut self) {
        let told = "établi : des réunions tous les 2 à 3 mois vers 2017, date déduite ; proposé : tous les 3 mois, 2 heures";
        let mut next = self.open_from(0);
        while let Some(place) = next {
            let slot = self.slot(place, "reunion");
            let item = slot.meeting("Réunion des relais", RELAYS, ground(Some(MEETINGS_PAGE), told));
            self.months[place].items.push(item);
            next = self.open_from(place + QUARTER);
        }
    }

    fn seminars(&mut self) {
        let told = "établi : un séminaire d’une journée en 2019, une table ronde puis deux séries d’ateliers ; proposé : chaque année";
        for year in (0..self.months.len()).step_by(YEAR) {
            let Some(place) = self.open_from(year + SEMINAR_PLACE).filter(|place| *place < year + YEAR)
            else {
                continue;
            };
            let seminar = PlanItem {
                kind: EventKind::Conference,
                minutes: Some(DAY_MINUTES),
                is_duration_assumed: false,
                ..self.slot(place, "seminaire").meeting(
                    "Séminaire annuel des relais",
                    RELAYS,
                    ground(Some(SEMINAR_PAGE), told),
                )
            };
            self.months[place].items.push(seminar);
        }
    }

    fn cafes(&mut self, referential: &Referential) {
        let Some(format) = AlternativeFormat::all().iter().find(|format| format.id == CAFE) else { return };
        for place in 0..self.months.len() {
            if !self.months[place].is_closed {
                let slot = self.slot(place, "cafe");
                let item = slot.format(EventKind::Cafe, format, "chaque mois ouvert", referential);
                self.months[place].items.push(item);
            }
        }
    }

    fn formats(&mut self, suiting: &[&'static AlternativeFormat], referential: &Referential) {
        let turns = [EventKind::Workshop, EventKind::Visit].map(|kind| (kind, of_kind(suiting, Some(kind))));
        for (quarter, first) in (0..self.months.len()).step_by(QUARTER).enumerate() {
            let mut taken = None;
            for (kind, formats) in &turns {
                if formats.is_empty() {
                    continue;
                }
                let Some(place) = self.quietest(first, taken) else { continue };
                let format = formats[quarter % formats.len()];
                let slot = self.slot(place, &format.id);
                self.months[place].items.push(slot.format(
                    *kind,
                    format,
                    "un rendez-vous de cette sorte par trimestre, les formats à tour de rôle",
                    referential,
                ));
                taken = Some(place);
            }
        }
    }

    /// The open month of a quarter with the fewest sessions, then the least planned; another than `taken` when one can be.
    fn quietest(&self, first: usize, taken: Option<usize>) -> Option<usize> {
        let quarter = first..(first + QUARTER).min(self.months.len());
        let sessions = |place: usize| self.months[place].sessions.unwrap_or(0.0);
        quarter.filter(|place| !self.months[*place].is_closed).min_by(|a, b| {
            let is_taken = |place: usize| Some(place) == taken;
            let planned = |place: usize| self.months[place].items.len();
            (is_taken(*a).cmp(&is_taken(*b)))
                .then_with(|| sessions(*a).total_cmp(&sessions(*b)))
                .then_with(|| planned(*a).cmp(&planned(*b)))
        })
    }
}

fn month(scenario: &Scenario, sessions: &[f64], place: usize) -> PlanMonth {
    let month = scenario.month(place);
    let is_closed = scenario.closed.iter().any(|closed| u16::from(*closed) == month.parts().1);
    let sessions = sessions.get(place).copied().filter(|own| own.is_finite() && *own >= 0.0);
    PlanMonth { month, is_closed, sessions, items: Vec::new() }
}

/// The formats that suit a public of the scenario; all of them when one of its populations may be of any.
fn suiting(scenario: &Scenario, personas: &[Persona]) -> Vec<&'static AlternativeFormat> {
    let audience = |follows: &Follows| match follows {
        Follows::Persona(id) => personas.iter().find(|own| own.id == *id).and_then(|own| own.audience),
        Follows::Route(_) => None,
    };
    let known: Option<Vec<Audience>> =
        scenario.populations.iter().map(|own| audience(&own.follows)).collect();
    let mut publics = Set::<Audience>::default();
    known.iter().flatten().for_each(|audience| publics.insert(*audience));
    let suits = |format: &&AlternativeFormat| {
        known.is_none()
            || format.audiences.is_empty()
            || format.audiences.iter().any(|own| publics.contains(*own))
    };
    AlternativeFormat::all().iter().filter(suits).collect()
}

/// Formats that a plan takes as a kind, in the order of their file.
fn of_kind(
    formats: &[&'static AlternativeFormat],
    kind: Option<EventKind>,
) -> Vec<&'static AlternativeFormat> {
    let is_of =
        |format: &&&AlternativeFormat| FORMATS.iter().any(|(id, own)| *id == format.id && *own == kind);
    formats.iter().filter(is_of).copied().collect()
}

fn ground(page: Option<&str>, told: &str) -> PlanGround {
    PlanGround { page: page.and_then(|page| WebAddress::parse(page).ok()), told: told.to_owned() }
}

/// A month, and what names the item that it gets.
struct Slot<'a> {
    month: Month,
    what: &'a str,
}

impl Slot<'_> {
    fn meeting(&self, title: &str, for_whom: &str, ground: PlanGround) -> PlanItem {
        PlanItem {
            id: format!("{}-{}", self.month, self.what),
            kind: EventKind::Meeting,
            month: self.month,
            title: title.to_owned(),
            for_whom: for_whom.to_owned(),
            group_min: None,
            group_max: None,
            minutes: Some(MEETING_MINUTES),
            is_duration_assumed: true,
            format: None,
            ground,
        }
    }

    fn format(
        &self,
        kind: EventKind,
        format: &'static AlternativeFormat,
        rhythm: &str,
        referential: &Referential,
    ) -> PlanItem {
        let labels: Vec<String> =
            format.audiences.iter().map(|own| referential.term(*own).label.clone()).collect();
        let for_whom = if labels.is_empty() { "Tous".to_owned() } else { labels.join(" ; ") };
        let ground = PlanGround {
            page: Some(format.source.clone()),
            told: format!("{} ; rythme proposé : {rhythm}", format.status),
        };
        PlanItem {
            kind,
            group_min: format.group_min,
            group_max: format.group_max,
            minutes: format.duration_hours.map(|hours| (hours * 60.0).round() as u32),
            is_duration_assumed: format.is_duration_assumed,
            format: Some(format),
            ..self.meeting(&format.label, &capitalised(&for_whom), ground)
        }
    }
}
