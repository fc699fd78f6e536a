//! What is asked beside a scenario, from an address and back: other numbers, a budget, how many runs. Absent: scenarios
//! themselves (see `scenario`).

use std::collections::BTreeMap;

use super::answer::Measure;
use super::read::triple;
use super::scenario::{MONTHS_MAX, PEOPLE_MAX, Scenario};
use super::settings::{Setting, Triple};
use super::ways::WayKind;
use crate::french::{decimal, read_integer, read_number};
use crate::nearest::nearest;
use crate::pathways::{Month, RequestError};

/// Most scenarios compared at once.
pub const SCENARIOS_COMPARED: usize = 4;
/// Runs when nothing is said, and at most.
const RUNS: u32 = 1_000;
const RUNS_MAX: u32 = 5_000;
/// Share of people that counts as done, in percent, when nothing is said.
const GOAL: u8 = 80;
/// Most euros of a budget.
const BUDGET_MAX: f64 = 1e11;
/// What begins the parameters of a form.
const ONE_PEOPLE: &str = "effectif-";
const ONE_SHARE: &str = "part-";
const ONE_SETTING: &str = "reglage-";

/// What is asked beside a scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct ScenarioRequest {
    /// Months simulated.
    pub months: Option<u16>,
    /// The first one.
    pub start: Option<Month>,
    /// People of a population, by its identifier; 0: it is left out.
    pub people: BTreeMap<String, u32>,
    /// Share of each way, in percent; those not named keep theirs.
    pub shares: BTreeMap<WayKind, f64>,
    /// Numbers of ways.
    pub settings: BTreeMap<(WayKind, Setting), Triple>,
    /// Euros for which the best mix is looked for.
    pub budget_eur: Option<f64>,
    /// Share of people that counts as done, in percent.
    pub goal: u8,
    /// Which result is followed when one number changes.
    pub measure: Measure,
    /// Runs.
    pub runs: u32,
    /// What the random numbers come from.
    pub seed: u64,
}

impl Default for ScenarioRequest {
    fn default() -> Self {
        Self {
            months: None,
            start: None,
            people: BTreeMap::new(),
            shares: BTreeMap::new(),
            settings: BTreeMap::new(),
            budget_eur: None,
            goal: GOAL,
            measure: Measure::default(),
            runs: RUNS,
            seed: 1,
        }
    }
}

/// Names of the parameters, each with what it says.
const PARAMETERS: [(&str, &str); 10] = [
    ("mois", "Mois simulés, de 1 à 120"),
    ("debut", "Premier mois, comme 2027-01"),
    ("effectif", "Identifiant d’une population et nombre de personnes, comme adjoints:1200, répété"),
    ("part", "Façon et part de chaque population en pour cent, comme relais:40, répété"),
    (
        "reglage",
        "Réglage d’une façon : une valeur, ou la plus basse, la plus probable et la plus haute, comme campus.groupe:15;20;25, répété",
    ),
    ("budget", "Euros pour lesquels la meilleure répartition est cherchée"),
    ("objectif", "Part de personnes formées qui vaut « fini », en pour cent ; 80 par défaut"),
    ("mesure", "Résultat suivi quand un réglage change : formes (par défaut), depenses ou couverture"),
    ("tirages", "Tirages, de 1 à 5 000 ; 1 000 par défaut"),
    ("graine", "Nombre dont viennent les tirages ; 1 par défaut"),
];

impl ScenarioRequest {
    /// Names of the parameters, each with what it says.
    pub fn parameters() -> Vec<(&'static str, &'static str)> {
        PARAMETERS.to_vec()
    }

    /// Whether a parameter is one of ours: `effectif-adjoints=12` is `effectif=adjoints:12` as a form sends it.
    pub fn is_parameter(name: &str) -> bool {
        PARAMETERS.iter().any(|(known, _)| *known == name)
            || [ONE_PEOPLE, ONE_SHARE, ONE_SETTING].iter().any(|start| name.starts_with(start))
    }

    /// Whether a parameter is written as a form sends it.
    pub fn is_of_form(name: &str) -> bool {
        Self::is_parameter(name) && PARAMETERS.iter().all(|(known, _)| *known != name)
    }

    /// Reads decoded pairs of an address; empty values are left aside. What says the scenario's own value is dropped.
    ///
    /// # Errors
    /// On the first pair of ours that says nothing sensible, or that the scenario does not know.
    pub fn parse<'a>(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
        scenario: &Scenario,
    ) -> Result<Self, RequestError> {
        let mut request = Self::default();
        let mut once: Vec<&str> = Vec::new();
        for (name, value) in pairs {
            let value = value.trim();
            if value.is_empty() || !Self::is_parameter(name) {
                continue;
            }
            if let Some(id) = name.strip_prefix(ONE_PEOPLE) {
                request.read_people(name, id, value, scenario)?;
            } else if let Some(kind) = name.strip_prefix(ONE_SHARE) {
                request.read_share(name, kind, value)?;
            } else if let Some(setting) = name.strip_prefix(ONE_SETTING) {
                request.read_setting(name, setting, value)?;
            } else {
                let repeats = matches!(name, "effectif" | "part" | "reglage");
                if !repeats && once.contains(&name) {
                    return Err(RequestError::repeated(name));
                }
                once.push(name);
                request.read(name, value, scenario)?;
            }
        }
        request.without_usual(scenario);
        let whole: f64 = request.shares_of(scenario).values().sum();
        match whole > 100.0 + 1e-9 {
            true => Err(bad("part", "des parts dont la somme ne dépasse pas 100 %", &decimal(whole))),
            false => Ok(request),
        }
    }

    fn read(&mut self, name: &str, value: &str, scenario: &Scenario) -> Result<(), RequestError> {
        let pair = || value.rsplit_once([':', '=']).unwrap_or((value, ""));
        let whole =
            |least: u64, most: u64| read_integer(value).filter(|number| (least..=most).contains(number));
        match name {
            "effectif" => self.read_people(name, pair().0, pair().1, scenario)?,
            "part" => self.read_share(name, pair().0, pair().1)?,
            "reglage" => self.read_setting(name, pair().0, pair().1)?,
            "mois" => {
                let months = whole(1, MONTHS_MAX.into()).and_then(|months| u16::try_from(months).ok());
                self.months = Some(months.ok_or_else(|| bad(name, "un nombre de mois, de 1 à 120", value))?);
            }
            "debut" => {
                let expected = "un mois de 2000-01 à 2100-12, comme 2027-01";
                self.start = Some(Month::parse(value).ok_or_else(|| bad(name, expected, value))?);
            }
            "budget" => {
                let euros = read_number(value).filter(|euros| (0.0..=BUDGET_MAX).contains(euros));
                self.budget_eur =
                    Some(euros.ok_or_else(|| bad(name, "un nombre d’euros, 100 milliards au plus", value))?);
            }
            "objectif" => {
                let goal = whole(1, 100).and_then(|goal| u8::try_from(goal).ok());
                self.goal = goal.ok_or_else(|| bad(name, "une part de 1 à 100 %", value))?;
            }
            "mesure" => {
                let expected = "formes, depenses ou couverture";
                self.measure = Measure::named(value).ok_or_else(|| bad(name, expected, value))?;
            }
            "tirages" => {
                let runs = whole(1, RUNS_MAX.into()).and_then(|runs| u32::try_from(runs).ok());
                self.runs = runs.ok_or_else(|| bad(name, "un nombre de tirages, de 1 à 5 000", value))?;
            }
            _ => {
                let seed = whole(0, u64::from(u32::MAX));
                self.seed = seed.ok_or_else(|| bad(name, "un nombre entier, de 0 à 4 294 967 295", value))?;
            }
        }
        Ok(())
    }

    fn read_people(
        &mut self,
        name: &str,
        id: &str,
        value: &str,
        scenario: &Scenario,
    ) -> Result<(), RequestError> {
        let ids = || scenario.populations.iter().map(|own| own.id.as_str());
        if !ids().any(|own| own == id.trim()) {
            let near = nearest(id, ids()).map(str::to_owned);
            return Err(RequestError::BadValue {
                name: name.to_owned(),
                expected: "l’identifiant d’une population du scénario".to_owned(),
                value: shortened(id),
                nearest: near,
            });
        }
        let people = read_integer(value).and_then(|people| u32::try_from(people).ok());
        let people = people.filter(|people| *people <= PEOPLE_MAX);
        let expected = "un nombre de personnes, de 0 à 10 000 000";
        let people = people.ok_or_else(|| bad(name, expected, value))?;
        match self.people.insert(id.trim().to_owned(), people) {
            Some(other) if other != people => Err(RequestError::repeated_for(name, id)),
            _ => Ok(()),
        }
    }

    fn read_share(&mut self, name: &str, kind: &str, value: &str) -> Result<(), RequestError> {
        let kind = known_way(name, kind)?;
        let share = read_number(value.trim_end_matches(['%', ' ', '\u{a0}', '\u{202f}']));
        let share = share.filter(|share| (0.0..=100.0).contains(share));
        let share = share.ok_or_else(|| bad(name, "une part, de 0 à 100 %", value))?;
        match self.shares.insert(kind, share) {
            Some(other) if other != share => Err(RequestError::repeated_for(name, kind.name())),
            _ => Ok(()),
        }
    }

    fn read_setting(&mut self, name: &str, key: &str, value: &str) -> Result<(), RequestError> {
        let (kind, setting) = key.split_once('.').unwrap_or((key, ""));
        let kind = known_way(name, kind)?;
        let known = Setting::named(setting).filter(|own| own.default(kind).is_some());
        let Some(setting) = known else {
            let near = nearest(setting, Setting::of(kind).map(Setting::name));
            return Err(RequestError::BadValue {
                name: name.to_owned(),
                expected: "un réglage de cette façon, comme campus.groupe:15;20;25".to_owned(),
                value: shortened(key),
                nearest: near.map(|near| format!("{}.{near}", kind.name())),
            });
        };
        let values: Option<Vec<f64>> = value.split([';', '/']).map(|part| read_number(part.trim())).collect();
        let expected = "une valeur, ou trois de la plus basse à la plus haute, comme 15 ; 20 ; 25";
        let values = values.ok_or_else(|| bad(name, expected, value))?;
        let triple = triple(setting, &values).map_err(|remedy| {
            // A remedy of a file is what an address expects.
            bad(name, remedy.strip_prefix("donnez ").unwrap_or(&remedy), value)
        })?;
        match self.settings.insert((kind, setting), triple) {
            Some(other) if other != triple => Err(RequestError::repeated_for(name, key)),
            _ => Ok(()),
        }
    }

    /// Drops what says the scenario's own value.
    fn without_usual(&mut self, scenario: &Scenario) {
        self.months = self.months.filter(|months| *months != scenario.months);
        self.start = self.start.filter(|start| *start != scenario.start);
        self.people.retain(|id, people| {
            scenario.populations.iter().all(|own| own.id != *id || own.people.unwrap_or(0) != *people)
        });
        let way = |kind: WayKind| scenario.ways.iter().find(|way| way.kind == kind);
        self.shares.retain(|kind, share| way(*kind).map_or(0.0, |way| way.share) != *share);
        self.settings.retain(|(kind, setting), triple| {
            let own = match way(*kind) {
                Some(way) => way.value(*setting),
                None => setting.default(*kind).map(|(usual, _)| usual),
            };
            own != Some(*triple)
        });
    }

    /// The share of each way, as asked and else as the scenario has it.
    fn shares_of(&self, scenario: &Scenario) -> BTreeMap<WayKind, f64> {
        let mut shares: BTreeMap<WayKind, f64> =
            scenario.ways.iter().map(|way| (way.kind, way.share)).collect();
        shares.extend(&self.shares);
        shares
    }

    /// The scenario with what is asked.
    pub fn of(&self, scenario: &Scenario) -> Scenario {
        let mut own = scenario.clone();
        own.months = self.months.unwrap_or(own.months);
        own.start = self.start.unwrap_or(own.start);
        for population in &mut own.populations {
            if let Some(people) = self.people.get(&population.id) {
                population.people = Some(*people).filter(|people| *people > 0);
                population.is_given = true;
            }
        }
        let shares = self.shares_of(scenario);
        for (kind, share) in shares {
            match own.ways.iter_mut().find(|way| way.kind == kind) {
                Some(way) => way.share = share,
                None => own.ways.push(super::scenario::Way { kind, share, set: BTreeMap::new() }),
            }
        }
        for ((kind, setting), triple) in &self.settings {
            match own.ways.iter_mut().find(|way| way.kind == *kind) {
                Some(way) => {
                    way.set.insert(*setting, (*triple, None));
                }
                None => own.ways.push(super::scenario::Way {
                    kind: *kind,
                    share: 0.0,
                    set: [(*setting, (*triple, None))].into(),
                }),
            }
        }
        own.ways.sort_by_key(|way| way.kind);
        own
    }

    /// The pairs that parse back to this request, in one canonical order; what is usual is left out.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let usual = Self::default();
        let mut pairs = Vec::new();
        pairs.extend(self.months.map(|months| ("mois", months.to_string())));
        pairs.extend(self.start.map(|start| ("debut", start.to_string())));
        pairs.extend(self.people.iter().map(|(id, people)| ("effectif", format!("{id}:{people}"))));
        pairs.extend(self.shares.iter().map(|(kind, share)| ("part", format!("{}:{share}", kind.name()))));
        pairs.extend(self.settings.iter().map(|((kind, setting), triple)| {
            let value = match triple.is_certain() {
                true => triple.mode.to_string(),
                false => format!("{};{};{}", triple.low, triple.mode, triple.high),
            };
            ("reglage", format!("{}.{}:{value}", kind.name(), setting.name()))
        }));
        pairs.extend(self.budget_eur.map(|euros| ("budget", euros.to_string())));
        pairs.extend((self.goal != usual.goal).then(|| ("objectif", self.goal.to_string())));
        pairs.extend((self.measure != usual.measure).then(|| ("mesure", self.measure.name().to_owned())));
        pairs.extend((self.runs != usual.runs).then(|| ("tirages", self.runs.to_string())));
        pairs.extend((self.seed != usual.seed).then(|| ("graine", self.seed.to_string())));
        pairs
    }
}

fn known_way(name: &str, kind: &str) -> Result<WayKind, RequestError> {
    WayKind::named(kind.trim()).ok_or_else(|| RequestError::BadValue {
        name: name.to_owned(),
        expected: "campus, relais, sur-mesure ou plateforme".to_owned(),
        value: shortened(kind),
        nearest: nearest(kind, WayKind::all().map(WayKind::name)).map(str::to_owned),
    })
}

fn bad(name: &str, expected: &str, value: &str) -> RequestError {
    RequestError::BadValue {
        name: name.to_owned(),
        expected: expected.to_owned(),
        value: shortened(value),
        nearest: None,
    }
}

fn shortened(value: &str) -> String {
    value.chars().filter(|letter| !letter.is_control()).take(60).collect()
}
