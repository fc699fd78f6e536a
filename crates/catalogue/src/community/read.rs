//! A raw community read into one that makes sense, or all that is wrong with it, by key. Absent: the file (see `exchange`).

use std::collections::{BTreeMap, BTreeSet};

use super::Community;
use super::moment::{Day, LocalTime};
use super::parts::{Cohort, Event, EventKind, Person, Relay};
use super::raw::{RawCohort, RawCommunity, RawEvent, RawPerson, RawRelay};
use crate::french::{integer, list, quoted};
use crate::keyed::Problems;
use crate::nearest::nearest;
use crate::parse::Problem;
use crate::pathways::Month;
use crate::referential::Referential;
use crate::roadmaps::Roadmaps;
use crate::values::{Hours, text};
use crate::vocabulary::{Code as _, Competence, Level};

/// Most relays written.
pub const RELAYS_MAX: usize = 2_000;
/// Most cohorts.
pub const COHORTS_MAX: usize = 1_000;
/// Most events.
pub const EVENTS_MAX: usize = 5_000;
/// Most relays of a cohort or an event.
pub const RELAYS_NAMED_MAX: usize = 100;
/// Longest name, function or title, in characters.
const LINE_CHARS: usize = 200;
/// Longest note or summary, in characters.
const TEXT_CHARS: usize = 2_000;
/// Longest electronic address, in characters: RFC 5321, section 4.5.3.1.3, less its angle brackets.
const EMAIL_CHARS: usize = 254;
/// Most people of a cohort.
const PEOPLE_MAX: u32 = 100_000;
/// Longest event, in minutes: two weeks.
const MINUTES_MAX: u32 = 14 * 24 * 60;
/// Most hours of a month: those of its 31 days.
const MONTH_HOURS_MAX: f64 = 744.0;

/// Reads, and keeps what is wrong.
pub(super) struct Reader<'a> {
    referential: &'a Referential,
    roadmaps: &'a Roadmaps,
    problems: Problems,
}

impl<'a> Reader<'a> {
    pub fn new(referential: &'a Referential, roadmaps: &'a Roadmaps) -> Self {
        Self { referential, roadmaps, problems: Problems::default() }
    }

    pub fn community(mut self, raw: &RawCommunity, builtin: &[Relay]) -> Result<Community, Vec<Problem>> {
        self.problems.most("relay", raw.relays.len(), RELAYS_MAX);
        self.problems.most("cohort", raw.cohorts.len(), COHORTS_MAX);
        self.problems.most("event", raw.events.len(), EVENTS_MAX);
        if !self.problems.is_empty() {
            return Err(self.problems.into_all());
        }
        self.problems.twice("relay", raw.relays.iter().map(|own| own.id.as_str()));
        self.problems.twice("cohort", raw.cohorts.iter().map(|own| own.id.as_str()));
        self.problems.twice("event", raw.events.iter().map(|own| own.id.as_str()));
        let own = raw.relays.iter().map(|own| own.id.as_str());
        let known: BTreeSet<&str> = own.chain(builtin.iter().map(|own| own.id.as_str())).collect();
        let cohorts: BTreeSet<&str> = raw.cohorts.iter().map(|own| own.id.as_str()).collect();
        let read = Community {
            relays: raw.relays.iter().enumerate().filter_map(|(at, own)| self.relay(at, own)).collect(),
            cohorts: raw
                .cohorts
                .iter()
                .enumerate()
                .filter_map(|(at, own)| self.cohort(at, own, &known))
                .collect(),
            events: raw
                .events
                .iter()
                .enumerate()
                .filter_map(|(at, own)| self.event(at, own, &known, &cohorts))
                .collect(),
        };
        self.problems.or(read)
    }

    fn relay(&mut self, at: usize, raw: &RawRelay) -> Option<Relay> {
        let key = |name: &str| format!("relay[{at}].{name}");
        let id = self.id(&key("id"), &raw.id);
        let ministry = self.line(&key("ministry"), &raw.ministry);
        let function = self.line(&key("function"), &raw.function);
        let roadmap = raw.roadmap.as_deref().and_then(|own| self.roadmap(&key("roadmap"), own));
        let (from, to) = (self.maybe_month(&key("from"), &raw.from), self.maybe_month(&key("to"), &raw.to));
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            let remedy = "donnez un dernier mois qui ne soit pas avant le premier";
            self.problems.wrong(&key("to"), &to.to_string(), "il finit avant de commencer", remedy);
        }
        let hours_per_month =
            raw.hours_per_month.and_then(|hours| self.hours(&key("hours_per_month"), hours));
        let teaches = self.teaches(&key("teaches"), &raw.teaches);
        let person = raw.person.as_ref().and_then(|own| self.person(&key("person"), own));
        Some(Relay {
            direction: self.maybe_line(&key("direction"), &raw.direction),
            note: self.maybe_text(&key("note"), &raw.note),
            source: self.problems.page(&key("source"), raw.source.as_deref()),
            id: id?,
            ministry: ministry?,
            roadmap,
            function: function?,
            teaches,
            hours_per_month,
            from,
            to,
            person,
            is_builtin: false,
        })
    }

    fn person(&mut self, column: &str, raw: &RawPerson) -> Option<Person> {
        let key = |name: &str| format!("{column}.{name}");
        let name = self.line(&key("name"), &raw.name);
        let email = raw.email.as_deref().filter(|own| !own.trim().is_empty());
        let email = email.map(|own| self.email(&key("email"), own));
        let agreed_on = Day::parse(raw.agreed_on.trim());
        if agreed_on.is_none() {
            let remedy = "écrivez le jour de l’accord de la personne, comme 2027-01-12 ; sans accord, retirez la personne";
            self.problems.wrong(
                &key("agreed_on"),
                &raw.agreed_on,
                "on ne sait pas quand elle a accepté d’être nommée",
                remedy,
            );
        }
        Some(Person { name: name?, email: email.flatten(), agreed_on: agreed_on? })
    }

    fn cohort(&mut self, at: usize, raw: &RawCohort, known: &BTreeSet<&str>) -> Option<Cohort> {
        let key = |name: &str| format!("cohort[{at}].{name}");
        let id = self.id(&key("id"), &raw.id);
        let label = self.line(&key("label"), &raw.label);
        let persona = self.id(&key("persona"), &raw.persona);
        let starts = self.month(&key("starts"), &raw.starts);
        if let Some(people) = raw.people.filter(|people| *people == 0 || *people > PEOPLE_MAX) {
            let remedy = format!(
                "donnez de 1 à {} personnes, ou rien quand personne ne le sait",
                integer(u64::from(PEOPLE_MAX))
            );
            self.problems.wrong(&key("people"), &people.to_string(), "l’effectif n’a pas de sens", &remedy);
        }
        self.relays(&key("relays"), &raw.relays, known);
        Some(Cohort {
            ministry: self.maybe_line(&key("ministry"), raw.ministry.as_deref().unwrap_or_default()),
            id: id?,
            label: label?,
            persona: persona?,
            starts: starts?,
            people: raw.people,
            relays: raw.relays.clone(),
        })
    }

    fn event(
        &mut self,
        at: usize,
        raw: &RawEvent,
        known: &BTreeSet<&str>,
        cohorts: &BTreeSet<&str>,
    ) -> Option<Event> {
        let key = |name: &str| format!("event[{at}].{name}");
        let id = self.id(&key("id"), &raw.id);
        let title = self.line(&key("title"), &raw.title);
        let kind = self.kind(&key("kind"), &raw.kind);
        let starts = LocalTime::parse(raw.starts.trim());
        if starts.is_none() {
            let remedy = "écrivez le jour et l’heure de Paris comme 2027-01-12T14:30, de 2000 à 2100";
            self.problems.wrong(&key("starts"), &raw.starts, "ce n’est pas un moment", remedy);
        }
        if !(1..=MINUTES_MAX).contains(&raw.minutes) {
            let remedy = "donnez sa durée en minutes, de 1 à 20 160 (deux semaines)";
            self.problems.wrong(
                &key("minutes"),
                &raw.minutes.to_string(),
                "la durée n’a pas de sens",
                remedy,
            );
        }
        if let Some(cohort) = raw.cohort.as_deref().filter(|own| !cohorts.contains(own)) {
            self.unknown(&key("cohort"), cohort, "aucune cohorte n’a cet identifiant", cohorts);
        }
        self.relays(&key("relays"), &raw.relays, known);
        Some(Event {
            place: self.maybe_line(&key("place"), &raw.place),
            address: self.problems.page(&key("address"), raw.address.as_deref()),
            summary: self.maybe_text(&key("summary"), &raw.summary),
            id: id?,
            title: title?,
            kind: kind?,
            starts: starts?,
            minutes: raw.minutes,
            cohort: raw.cohort.clone(),
            relays: raw.relays.clone(),
        })
    }

    fn unknown(&mut self, column: &str, value: &str, problem: &str, known: &BTreeSet<&str>) {
        let remedy = match nearest(value, known.iter().copied()) {
            Some(near) => format!("peut-être {}", quoted(near)),
            None => "écrivez l’identifiant de l’une des tables, ou ajoutez la table".to_owned(),
        };
        self.problems.wrong(column, value, problem, &remedy);
    }

    fn id(&mut self, column: &str, id: &str) -> Option<String> {
        self.problems.id(column, id).then(|| id.to_owned())
    }

    fn text(&mut self, column: &str, raw: &str, longest: usize) -> Option<String> {
        text(raw, longest)
            .map_err(|error| self.problems.wrong(column, raw, &error.problem, &error.remedy))
            .ok()
    }

    /// A text of one line.
    fn line(&mut self, column: &str, raw: &str) -> Option<String> {
        let line = self.text(column, raw, LINE_CHARS)?;
        if line.contains(['\n', '\t']) {
            self.problems.wrong(
                column,
                raw,
                "le texte tient sur plusieurs lignes",
                "écrivez-le sur une seule, sans tabulation",
            );
            return None;
        }
        Some(line)
    }

    fn maybe_line(&mut self, column: &str, raw: &str) -> Option<String> {
        if raw.trim().is_empty() { None } else { self.line(column, raw) }
    }

    fn maybe_text(&mut self, column: &str, raw: &str) -> Option<String> {
        if raw.trim().is_empty() { None } else { self.text(column, raw, TEXT_CHARS) }
    }

    fn month(&mut self, column: &str, raw: &str) -> Option<Month> {
        let month = Month::parse(raw.trim());
        if month.is_none() {
            let remedy = "écrivez un mois comme 2027-01, de 2000 à 2100";
            self.problems.wrong(column, raw, "ce n’est pas un mois", remedy);
        }
        month
    }

    fn maybe_month(&mut self, column: &str, raw: &Option<String>) -> Option<Month> {
        raw.as_deref().filter(|own| !own.trim().is_empty()).and_then(|own| self.month(column, own))
    }

    fn hours(&mut self, column: &str, hours: f64) -> Option<Hours> {
        let sound = Hours::new(hours).ok().filter(|own| own.get() <= MONTH_HOURS_MAX);
        if sound.is_none() {
            let remedy = "donnez de plus de 0 à 744 heures par mois, ou rien quand personne ne le sait";
            self.problems.wrong(column, &hours.to_string(), "ce nombre d’heures n’a pas de sens", remedy);
        }
        sound
    }

    fn roadmap(&mut self, column: &str, id: &str) -> Option<String> {
        let id = id.trim();
        if id.is_empty() {
            return None;
        }
        if self.roadmaps.place(id).is_none() {
            let known = self.roadmaps.roadmaps.iter().map(|own| own.id.as_str()).collect();
            self.unknown(column, id, "aucune feuille de route n’a cet identifiant", &known);
            return None;
        }
        Some(id.to_owned())
    }

    fn teaches(&mut self, column: &str, raw: &BTreeMap<String, u8>) -> Vec<(Competence, Level)> {
        let mut teaches = Vec::new();
        for (id, number) in raw {
            let key = format!("{column}.{id}");
            let Some(competence) = self.referential.code::<Competence>(id) else {
                let terms = self.referential.terms(Competence::VOCABULARY);
                let known = terms.iter().map(|term| term.id.as_str()).collect();
                self.unknown(&key, id, "cette compétence n’existe pas", &known);
                continue;
            };
            match Level::new(*number) {
                Some(level) => teaches.push((competence, level)),
                None => self.problems.wrong(
                    &key,
                    &number.to_string(),
                    "le niveau n’existe pas",
                    "écrivez un niveau de 1 à 4",
                ),
            }
        }
        teaches.sort_by_key(|(competence, _)| competence.position());
        teaches
    }

    fn email(&mut self, column: &str, raw: &str) -> Option<String> {
        let raw = raw.trim();
        let is_plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>,;:\"()[]\\@".contains(c);
        let sound = raw.split_once('@').is_some_and(|(local, host)| {
            let labels = host.split('.');
            !local.is_empty()
                && raw.len() <= EMAIL_CHARS
                && local.chars().chain(host.chars()).all(is_plain)
                && host.contains('.')
                && labels.clone().all(|label| !label.is_empty())
        });
        if !sound {
            let remedy = "écrivez une seule adresse comme prenom.nom@exemple.fr, sans chevrons";
            self.problems.wrong(column, raw, "ce n’est pas une adresse électronique", remedy);
        }
        sound.then(|| raw.to_owned())
    }

    fn kind(&mut self, column: &str, name: &str) -> Option<EventKind> {
        let kind = EventKind::named(name.trim());
        if kind.is_none() {
            let known: Vec<String> = EventKind::all().map(|kind| kind.name().to_owned()).collect();
            let near = nearest(name, EventKind::all().map(EventKind::name));
            let hint = near.map(|near| format!(" ; peut-être {}", quoted(near))).unwrap_or_default();
            let remedy = format!("écrivez {}{hint}", list(&known, "ou"));
            self.problems.wrong(column, name, "cette sorte de rendez-vous n’existe pas", &remedy);
        }
        kind
    }

    /// Checks the identifiers of relays that a table names.
    fn relays(&mut self, column: &str, ids: &[String], known: &BTreeSet<&str>) {
        self.problems.most(column, ids.len(), RELAYS_NAMED_MAX);
        let mut seen = BTreeSet::new();
        for id in ids {
            if !known.contains(id.as_str()) {
                self.unknown(column, id, "aucun relais n’a cet identifiant", known);
            } else if !seen.insert(id) {
                self.problems.wrong(column, id, "ce relais est nommé deux fois", "nommez-le une fois");
            }
        }
    }
}
