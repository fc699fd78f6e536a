//! A raw scenario read into one that makes sense, or all that is wrong with it, by key. Absent: the file (see `exchange`).

use std::collections::{BTreeMap, BTreeSet};

use super::scenario::{
    Follows, MONTHS_MAX, PEOPLE_MAX, POPULATIONS_MAX, Population, Published, RawPopulation, RawRoute,
    RawScenario, RawWay, Route, RouteStep, Scenario, Way,
};
use super::settings::{Setting, Triple};
use super::ways::WayKind;
use crate::french::{decimal, list, quoted};
use crate::keyed::Problems;
use crate::nearest::nearest;
use crate::parse::Problem;
use crate::pathways::Month;

/// Most routes of a scenario, and steps of a route.
const ROUTES_MAX: usize = 20;
const STEPS_MAX: usize = 12;
/// Most hours of a step.
const STEP_HOURS_MAX: f64 = 1_000.0;
/// Longest text, in characters.
const TEXT_CHARS: usize = 1_000;
/// Most published facts.
const PUBLISHED_MAX: usize = 30;

/// Reads, and keeps what is wrong.
#[derive(Default)]
pub(super) struct Reader {
    problems: Problems,
}

impl Reader {
    pub fn scenario(mut self, raw: &RawScenario) -> Result<Scenario, Vec<Problem>> {
        self.problems.id("id", &raw.id);
        self.text("label", &raw.label, true);
        self.text("summary", &raw.summary, true);
        if !(1..=MONTHS_MAX).contains(&raw.months) {
            self.problems.wrong(
                "months",
                &raw.months.to_string(),
                "le nombre de mois n’a pas de sens",
                "donnez de 1 à 120 mois",
            );
        }
        let start = Month::parse(&raw.start);
        if start.is_none() {
            let remedy = "écrivez le premier mois comme 2027-01, de 2000 à 2100";
            self.problems.wrong("start", &raw.start, "ce n’est pas un mois", remedy);
        }
        for closed in raw.closed.iter().filter(|month| !(1..=12).contains(*month)) {
            self.problems.wrong(
                "closed",
                &closed.to_string(),
                "ce n’est pas un mois",
                "donnez des mois de 1 à 12",
            );
        }
        self.problems.most("route", raw.routes.len(), ROUTES_MAX);
        let routes: Vec<Route> =
            raw.routes.iter().enumerate().map(|(place, own)| self.route(place, own)).collect();
        if raw.populations.is_empty() {
            self.problems.wrong(
                "population",
                "",
                "le scénario ne dit pas qui former",
                "ajoutez une table [[population]]",
            );
        }
        self.problems.most("population", raw.populations.len(), POPULATIONS_MAX);
        let populations: Vec<Population> = raw
            .populations
            .iter()
            .enumerate()
            .map(|(place, own)| self.population(place, own, &routes))
            .collect();
        self.problems.twice("population", populations.iter().map(|own| own.id.as_str()));
        self.problems.twice("route", routes.iter().map(|own| own.id.as_str()));
        let ways = self.ways(&raw.ways);
        self.problems.most("published", raw.published.len(), PUBLISHED_MAX);
        let published = self.published(raw);
        let Some(start) = start else { return Err(self.problems.into_all()) };
        let scenario = Scenario {
            id: raw.id.clone(),
            label: raw.label.trim().to_owned(),
            summary: raw.summary.trim().to_owned(),
            months: raw.months,
            start,
            closed: raw.closed.iter().copied().collect::<BTreeSet<_>>().into_iter().collect(),
            populations,
            routes,
            ways,
            published,
        };
        self.problems.or(scenario)
    }

    fn text(&mut self, column: &str, text: &str, is_needed: bool) {
        if is_needed && text.trim().is_empty() {
            self.problems.wrong(column, "", "le texte manque", "écrivez-le");
        }
        if text.chars().count() > TEXT_CHARS {
            self.problems.wrong(column, text, "le texte est trop long", "écrivez 1 000 caractères au plus");
        }
    }

    fn route(&mut self, place: usize, raw: &RawRoute) -> Route {
        let key = |name: &str| format!("route[{place}].{name}");
        self.problems.id(&key("id"), &raw.id);
        self.text(&key("label"), &raw.label, true);
        if raw.steps.is_empty() || raw.steps.len() > STEPS_MAX {
            self.problems.wrong(
                &key("step"),
                "",
                "le nombre d’étapes n’a pas de sens",
                "donnez de 1 à 12 étapes",
            );
        }
        for step in &raw.steps {
            self.text(&key("step"), &step.label, true);
            if !(step.hours > 0.0 && step.hours <= STEP_HOURS_MAX) {
                let value = step.hours.to_string();
                self.problems.wrong(
                    &key("step"),
                    &value,
                    "la durée n’a pas de sens",
                    "donnez des heures, de plus de 0 à 1 000",
                );
            }
        }
        Route {
            id: raw.id.clone(),
            label: raw.label.trim().to_owned(),
            source: self.problems.page(&key("source"), raw.source.as_deref()),
            steps: raw
                .steps
                .iter()
                .map(|step| RouteStep { label: step.label.clone(), hours: step.hours })
                .collect(),
        }
    }

    fn population(&mut self, place: usize, raw: &RawPopulation, routes: &[Route]) -> Population {
        let key = |name: &str| format!("population[{place}].{name}");
        self.problems.id(&key("id"), &raw.id);
        self.text(&key("label"), &raw.label, true);
        self.text(&key("note"), &raw.note, false);
        if let Some(people) = raw.people.filter(|people| *people == 0 || *people > PEOPLE_MAX) {
            let remedy = "donnez de 1 à 10 000 000 personnes, ou rien quand personne ne le sait";
            self.problems.wrong(&key("people"), &people.to_string(), "l’effectif n’a pas de sens", remedy);
        }
        let follows = match (&raw.persona, &raw.route) {
            (Some(persona), None) => Follows::Persona(persona.clone()),
            (None, Some(id)) => match routes.iter().position(|route| route.id == *id) {
                Some(place) => Follows::Route(place),
                None => {
                    self.problems.wrong(
                        &key("route"),
                        id,
                        "aucune route n’a cet identifiant",
                        "écrivez la table [[route]]",
                    );
                    Follows::Route(0)
                }
            },
            _ => {
                let remedy = "donnez un persona, ou une route, et pas les deux";
                self.problems.wrong(&key("persona"), "", "on ne sait pas ce qu’elle suit", remedy);
                Follows::Route(0)
            }
        };
        let from = raw.from_month.unwrap_or(1);
        if !(1..=MONTHS_MAX).contains(&from) {
            let remedy = "donnez un mois du scénario, 1 pour le premier";
            self.problems.wrong(
                &key("from_month"),
                &from.to_string(),
                "ce n’est pas un mois du scénario",
                remedy,
            );
        }
        Population {
            id: raw.id.clone(),
            label: raw.label.trim().to_owned(),
            follows,
            people: raw.people,
            source: self.problems.page(&key("source"), raw.source.as_deref()),
            note: raw.note.trim().to_owned(),
            from_month: from.max(1) - 1,
            is_given: false,
        }
    }

    fn ways(&mut self, raw: &[RawWay]) -> Vec<Way> {
        let mut ways: Vec<Way> = Vec::new();
        if raw.is_empty() {
            self.problems.wrong(
                "way",
                "",
                "le scénario ne dit pas comment former",
                "ajoutez une table [[way]]",
            );
        }
        for (place, own) in raw.iter().enumerate() {
            let key = |name: &str| format!("way[{place}].{name}");
            let Some(kind) = WayKind::named(&own.kind) else {
                let known: Vec<String> = WayKind::all().map(|kind| kind.name().to_owned()).collect();
                let near = nearest(&own.kind, WayKind::all().map(WayKind::name));
                let hint = near.map(|near| format!(" ; peut-être {}", quoted(near))).unwrap_or_default();
                let remedy = format!("écrivez {}{hint}", list(&known, "ou"));
                self.problems.wrong(&key("kind"), &own.kind, "cette façon n’existe pas", &remedy);
                continue;
            };
            if ways.iter().any(|other| other.kind == kind) {
                self.problems.wrong(
                    &key("kind"),
                    &own.kind,
                    "cette façon est donnée deux fois",
                    "réunissez-les",
                );
            }
            if !(own.share >= 0.0 && own.share <= 100.0) {
                self.problems.wrong(
                    &key("share"),
                    &own.share.to_string(),
                    "la part n’a pas de sens",
                    "donnez de 0 à 100 %",
                );
            }
            let set = self.set(&key("set"), kind, &own.set, &own.why);
            ways.push(Way { kind, share: own.share, set });
        }
        let whole: f64 = ways.iter().map(|way| way.share).sum();
        if whole > 100.0 + 1e-9 {
            self.problems.wrong("way", &decimal(whole), "les parts dépassent 100 %", "réduisez-en une");
        }
        ways.sort_by_key(|way| way.kind);
        ways
    }

    fn set(
        &mut self,
        column: &str,
        kind: WayKind,
        raw: &BTreeMap<String, Vec<f64>>,
        why: &BTreeMap<String, String>,
    ) -> BTreeMap<Setting, (Triple, Option<String>)> {
        let mut set = BTreeMap::new();
        for (name, values) in raw {
            let setting = Setting::named(name).filter(|setting| setting.default(kind).is_some());
            let Some(setting) = setting else {
                let near = nearest(name, Setting::of(kind).map(Setting::name));
                let known: Vec<String> = Setting::of(kind).map(|own| own.name().to_owned()).collect();
                let remedy = match near {
                    Some(near) => format!("peut-être {}", quoted(near)),
                    None => format!("écrivez {}", list(&known, "ou")),
                };
                self.problems.wrong(column, name, "ce réglage n’existe pas pour cette façon", &remedy);
                continue;
            };
            match triple(setting, values) {
                Ok(triple) => {
                    set.insert(setting, (triple, why.get(name).cloned()));
                }
                Err(remedy) => {
                    let value = values.iter().map(f64::to_string).collect::<Vec<_>>().join(" ; ");
                    self.problems.wrong(
                        column,
                        &format!("{name} = {value}"),
                        "cette valeur n’a pas de sens",
                        &remedy,
                    );
                }
            }
        }
        set
    }

    fn published(&mut self, raw: &RawScenario) -> Vec<Published> {
        let mut all = Vec::new();
        for (place, own) in raw.published.iter().enumerate() {
            let key = |name: &str| format!("published[{place}].{name}");
            self.text(&key("label"), &own.label, true);
            let trained = match (own.trained, own.month) {
                (Some(trained), Some(month)) if (1..=raw.months).contains(&month) => {
                    Some((trained, month - 1))
                }
                (None, None) => None,
                _ => {
                    let remedy = "donnez les personnes formées et un mois du scénario, 1 pour le premier, ou ni l’un ni l’autre";
                    self.problems.wrong(&key("month"), "", "le mois n’a pas de sens", remedy);
                    None
                }
            };
            match self.problems.page(&key("source"), Some(&own.source)) {
                Some(source) => all.push(Published { label: own.label.clone(), trained, source }),
                None => self.problems.wrong(&key("source"), "", "la page manque", "écrivez son adresse"),
            }
        }
        all
    }
}

/// One value, or the lowest, the likeliest and the highest, within the bounds of a setting; what to write otherwise.
pub(super) fn triple(setting: Setting, values: &[f64]) -> Result<Triple, String> {
    let (least, most) = setting.bounds();
    let (low, mode, high) = match *values {
        [one] => (one, one, one),
        [low, mode, high] if !setting.is_decided() => (low, mode, high),
        _ if setting.is_decided() => return Err("donnez une seule valeur".to_owned()),
        _ => {
            return Err(
                "donnez une valeur, ou trois : la plus basse, la plus probable, la plus haute".to_owned()
            );
        }
    };
    let is_sound = |value: f64| value.is_finite() && (least..=most).contains(&value);
    let is_whole = !setting.is_whole() || [low, mode, high].iter().all(|value| value.fract() == 0.0);
    if !(is_sound(low) && is_sound(mode) && is_sound(high)) {
        return Err(format!("donnez de {} à {} {}", decimal(least), decimal(most), setting.unit()));
    }
    if !is_whole {
        return Err("donnez un nombre entier".to_owned());
    }
    match low <= mode && mode <= high {
        true => Ok(Triple { low, mode, high }),
        false => Err("donnez les trois valeurs de la plus basse à la plus haute".to_owned()),
    }
}
