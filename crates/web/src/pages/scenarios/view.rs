//! What pages of scenarios show of a simulation. Absent: HTML, the form.

use catalogue::french;
use catalogue::scenarios::{
    BestMix, Interval, LeftOut, Measure, MonthResult, Never, Scenario, Setting, Simulation, WayKind,
    about_euros, people, percent,
};

use super::drawing::{Band, Tornado, band, tornado};
use crate::wording::typeset;

/// A page shows one month in so many, and the last: all are in its files.
const MONTHS_EVERY: usize = 3;

/// A simulation as its page shows it.
pub(crate) struct SimulationView {
    pub finding: String,
    pub reading: String,
    pub goal: String,
    pub unknown: Option<String>,
    /// Ways of which a session never opens.
    pub too_long: Vec<String>,
    pub facts: Vec<(&'static str, String)>,
    pub band: Option<Band>,
    pub months: Vec<MonthView>,
    pub populations: Vec<PopulationView>,
    pub causes: Vec<(&'static str, String)>,
    pub ways: Vec<WayView>,
    pub years: Vec<(String, String, String)>,
    pub effect: Option<String>,
    pub tornado: Option<Tornado>,
    pub effects: Vec<EffectView>,
    /// Runs of each value.
    pub effect_runs: u32,
    /// Numbers that change nothing, in a sentence.
    pub still: Option<String>,
    pub measure: &'static str,
    pub mix: Option<MixView>,
    pub published: Vec<PublishedView>,
    pub routes: Vec<RouteView>,
    pub settings: Vec<WaySettings>,
}

/// A month.
pub(crate) struct MonthView {
    pub month: String,
    pub trained: String,
    pub newly: String,
    pub waiting: String,
    pub sessions: String,
    pub hours: String,
    pub spending: String,
}

/// A population.
pub(crate) struct PopulationView {
    pub label: String,
    pub people: String,
    pub is_given: bool,
    pub source: Option<String>,
    pub note: String,
    pub trained: String,
    pub left: String,
}

/// A way.
pub(crate) struct WayView {
    pub label: &'static str,
    pub share: String,
    pub trained: String,
    pub spending: String,
}

/// What moves the result.
pub(crate) struct EffectView {
    pub label: String,
    pub values: String,
    pub at_low: String,
    pub at_high: String,
}

/// The best mix.
pub(crate) struct MixView {
    pub finding: String,
    pub proof: String,
    pub simulated: String,
    pub rows: Vec<(String, [String; 4], String)>,
    pub kinds: [&'static str; 4],
}

/// What was published, beside what is simulated.
pub(crate) struct PublishedView {
    pub label: String,
    pub source: String,
    pub simulated: String,
}

/// What is followed.
pub(crate) struct RouteView {
    pub label: String,
    pub href: Option<String>,
    pub told: String,
}

/// The numbers of a way.
pub(crate) struct WaySettings {
    pub label: &'static str,
    pub told: &'static str,
    /// How many, and how many of them rest on nothing that is stated.
    pub counts: String,
    pub rows: Vec<SettingView>,
}

/// A number of a way.
pub(crate) struct SettingView {
    pub label: &'static str,
    pub value: String,
    pub ground: String,
    pub source: Option<&'static str>,
    /// Whether nobody states it.
    pub is_assumed: bool,
    /// Whether the scenario or a reader changed it.
    pub is_changed: bool,
}

/// Trained, spending, spending by person, goal, needs, hours.
pub(crate) fn figures(own: &Simulation) -> [String; 6] {
    [
        format!("{} sur {}", people(own.trained.median), french::integer(own.people)),
        about_euros(own.spending.median),
        own.per_trained.median.map_or_else(|| "sans objet".to_owned(), about_euros),
        goal(own),
        own.coverage.map_or_else(|| "sans objet".to_owned(), |own| percent(own.median)),
        format!("{}\u{a0}h", people(own.hours.mean + own.hours_bought.mean)),
    ]
}

/// The month of the goal, in a few words.
fn goal(own: &Simulation) -> String {
    let Never { median, never, .. } = own.goal;
    match median {
        Some(place) => own.scenario.month(place.max(0.0) as usize).in_french(),
        None if never >= 1.0 => "jamais atteint".to_owned(),
        None if never >= 0.995 => "presque jamais atteint".to_owned(),
        None => format!("non atteint dans {} des tirages", percent(never)),
    }
}

pub(crate) fn view(own: &Simulation) -> SimulationView {
    let scenario = &own.scenario;
    SimulationView {
        finding: typeset(&own.finding()),
        reading: typeset(&own.reading()),
        goal: typeset(&own.goal_in_french()),
        unknown: own.unknown_in_french().map(|told| typeset(&told)),
        too_long: own.too_long_in_french().iter().map(|told| typeset(told)).collect(),
        facts: facts(own),
        band: band(own),
        months: quarters(own),
        populations: populations(own),
        causes: causes(&own.left),
        ways: own
            .ways
            .iter()
            .map(|way| WayView {
                label: way.kind.label(),
                share: french::decimal(way.share) + "\u{a0}%",
                trained: way.trained.people_in_french(),
                spending: way.spending.euros_in_french(),
            })
            .collect(),
        years: own
            .years
            .iter()
            .map(|year| (year.year.to_string(), people(year.trained), about_euros(year.spending)))
            .collect(),
        effect: own.effect_in_french().map(|told| typeset(&told)),
        tornado: tornado(own),
        effects: effects(own),
        effect_runs: catalogue::scenarios::EFFECT_RUNS,
        still: still(own),
        measure: own.request.measure.label(),
        mix: own.mix.as_ref().map(|mix| mix_view(scenario, mix)),
        published: published(own),
        routes: own
            .routes
            .iter()
            .map(|route| RouteView {
                label: route.label.clone(),
                href: route.href.clone(),
                told: format!(
                    "{}, {}{}",
                    french::counted(route.steps as u64, "étape", "étapes"),
                    french::hours(route.hours),
                    if route.is_estimated { ", en partie estimées" } else { "" }
                ),
            })
            .collect(),
        settings: settings(scenario),
    }
}

fn facts(own: &Simulation) -> Vec<(&'static str, String)> {
    let mut facts = vec![
        ("Personnes formées", own.trained.people_in_french()),
        ("Dépenses", own.spending.euros_in_french()),
        ("Par personne formée", own.per_trained.euros_in_french()),
        ("Heures de formateurs et de relais", hours(&own.hours)),
        ("Heures achetées (tuteurs, formation des relais)", hours(&own.hours_bought)),
    ];
    if let Some(coverage) = own.coverage {
        facts.push(("Besoins couverts", coverage.percent_in_french()));
    }
    facts.into_iter().map(|(name, text)| (name, typeset(&text))).collect()
}

fn hours(own: &Interval) -> String {
    format!("{} h (de {} h à {} h)", people(own.median), people(own.low), people(own.high))
}

/// The last month of each quarter of the run, and the last of all.
fn quarters(own: &Simulation) -> Vec<MonthView> {
    let count = own.months.len();
    let is_shown = |place: usize| (place + 1).is_multiple_of(MONTHS_EVERY) || place + 1 == count;
    let shown = own.months.iter().enumerate().filter(|(place, _)| is_shown(*place));
    shown.map(|(_, own)| month(own)).collect()
}

fn month(own: &MonthResult) -> MonthView {
    MonthView {
        month: own.month.in_french(),
        trained: own.trained.people_in_french(),
        newly: people(own.newly.median),
        waiting: people(own.waiting.median),
        sessions: people(own.sessions.median),
        hours: format!("{} sur {}", people(own.hours.median), people(own.hours_available.median)),
        spending: about_euros(own.spending.median),
    }
}

fn populations(own: &Simulation) -> Vec<PopulationView> {
    let view = |result: &catalogue::scenarios::PopulationResult| {
        let population = &own.scenario.populations[result.place];
        PopulationView {
            label: population.label.clone(),
            people: match population.people {
                Some(people) => french::integer(people.into()),
                None if population.is_left_out() => "0".to_owned(),
                None => "inconnu".to_owned(),
            },
            is_given: population.is_given,
            source: population.source.as_ref().map(|page| page.as_str().to_owned()),
            note: typeset(&population.note),
            trained: match result.route {
                Some(_) => result.trained.people_in_french(),
                None => "non simulée".to_owned(),
            },
            left: match result.route {
                Some(_) => told(&result.left),
                None => String::new(),
            },
        }
    };
    own.populations.iter().map(view).collect()
}

/// Who is left out, in a phrase: « 12 jamais présentées, 3 en attente d’une place ».
fn told(left: &LeftOut) -> String {
    let parts: Vec<String> =
        causes(left).into_iter().map(|(label, number)| format!("{number} {label}")).collect();
    if parts.is_empty() { "personne".to_owned() } else { parts.join(", ") }
}

fn causes(left: &LeftOut) -> Vec<(&'static str, String)> {
    left.causes()
        .into_iter()
        .filter(|(_, number)| *number >= 0.5)
        .map(|(label, number)| (label, people(number)))
        .collect()
}

fn measured(measure: Measure, number: f64) -> String {
    match measure {
        Measure::Trained => people(number),
        Measure::Spending => about_euros(number),
        Measure::Coverage => percent(number),
    }
}

fn effects(own: &Simulation) -> Vec<EffectView> {
    let view = |effect: &catalogue::scenarios::Effect| EffectView {
        label: format!("{} ({})", effect.setting.label(), effect.kind.label().to_lowercase()),
        values: format!(
            "{} à {}\u{a0}{}",
            french::decimal(effect.values.low),
            french::decimal(effect.values.high),
            effect.setting.unit()
        ),
        at_low: measured(own.request.measure, effect.at_low),
        at_high: measured(own.request.measure, effect.at_high),
    };
    own.sure_effects().map(view).collect()
}

/// How many numbers change the result by no more than chance does, in a sentence.
fn still(own: &Simulation) -> Option<String> {
    let count = own.effects.len() - own.sure_effects().count();
    (count > 0).then(|| {
        typeset(&format!(
            "{} ce résultat plus que le hasard des tirages.",
            french::counted(count as u64, "autre nombre ne change pas", "autres nombres ne changent pas")
        ))
    })
}

fn mix_view(scenario: &Scenario, mix: &BestMix) -> MixView {
    let (trained, spending, coverage) = &mix.simulated;
    let covered =
        coverage.map_or_else(String::new, |own| format!(", {} des besoins", own.percent_in_french()));
    let row = |share: &catalogue::scenarios::MixShare| {
        let population = &scenario.populations[share.place];
        let all = u64::from(population.people.unwrap_or(0));
        let nobody = all.saturating_sub(share.people.iter().sum());
        (population.label.clone(), share.people.map(french::integer), french::integer(nobody))
    };
    let mut kinds = [""; 4];
    for (place, kind) in WayKind::all().enumerate() {
        kinds[place] = kind.label();
    }
    MixView {
        finding: typeset(&mix.finding()),
        proof: typeset(&mix.proof()),
        simulated: typeset(&format!(
            "Simulée mois par mois, elle forme {}, pour {}{covered}.",
            trained.persons_in_french(),
            spending.euros_in_french()
        )),
        rows: mix.shares.iter().map(row).collect(),
        kinds,
    }
}

fn published(own: &Simulation) -> Vec<PublishedView> {
    let view = |fact: &catalogue::scenarios::Published| PublishedView {
        label: typeset(&fact.label),
        source: fact.source.as_str().to_owned(),
        simulated: fact.trained.and_then(|(_, month)| own.months.get(usize::from(month))).map_or_else(
            String::new,
            |month| {
                typeset(&format!(
                    "{} à la fin de {}",
                    month.trained.persons_in_french(),
                    month.month.in_french()
                ))
            },
        ),
    };
    own.scenario.published.iter().map(view).collect()
}

fn settings(scenario: &Scenario) -> Vec<WaySettings> {
    let shown = scenario.ways.iter().filter(|way| way.share > 0.0);
    // What a ground says is told once: the ways after it refer to it.
    let mut told: Vec<(Setting, String, &'static str)> = Vec::new();
    let of = |way: &catalogue::scenarios::Way| {
        let row = |setting: Setting| {
            let value = way.value(setting)?;
            let (_, ground) = setting.default(way.kind)?;
            let (mut ground, mut source) = ground.in_french();
            let changed = way.set.get(&setting);
            if let Some((_, why)) = changed {
                ground = why.clone().unwrap_or_else(|| "changé par le lecteur".to_owned());
                source = None;
            }
            let is_assumed = source.is_none() && changed.is_none();
            match told.iter().find(|(own, text, _)| *own == setting && *text == ground) {
                Some((_, _, label)) => {
                    ground = format!("comme pour {}", french::uncapitalised(label));
                    source = None;
                }
                None => told.push((setting, ground.clone(), way.kind.label())),
            }
            Some(SettingView {
                label: setting.label(),
                value: typeset(&value.in_french(setting.unit())),
                ground: typeset(&ground),
                source,
                is_assumed,
                is_changed: changed.is_some(),
            })
        };
        let rows: Vec<SettingView> = Setting::of(way.kind).filter_map(row).collect();
        let assumed = rows.iter().filter(|row| row.is_assumed).count();
        let changed = rows.iter().filter(|row| row.is_changed).count();
        let mut counts = french::counted(rows.len() as u64, "nombre", "nombres");
        counts.push_str(&format!(", dont {}", french::counted(assumed as u64, "hypothèse", "hypothèses")));
        if changed > 0 {
            counts.push_str(&format!(" et {}", french::counted(changed as u64, "changé", "changés")));
        }
        WaySettings { label: way.kind.label(), told: way.kind.told(), counts, rows }
    };
    shown.map(of).collect()
}
