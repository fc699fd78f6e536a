//! The form that changes a scenario, filled with what it says. Absent: what the numbers do.

use catalogue::french;
use catalogue::scenarios::{Measure, Scenario, ScenarioRequest, Setting, WayKind};

use crate::visit::Visit;
use crate::wording::typeset;

/// The form.
pub(crate) struct FormView {
    pub months: String,
    pub start: String,
    pub budget: String,
    pub goal: String,
    pub measures: Vec<(&'static str, &'static str, bool)>,
    pub populations: Vec<Field>,
    pub ways: Vec<WayFields>,
}

/// A field.
pub(crate) struct Field {
    pub name: String,
    pub label: String,
    pub hint: String,
    pub value: String,
}

/// The fields of a way.
pub(crate) struct WayFields {
    pub label: &'static str,
    pub share: Field,
    pub settings: Vec<Field>,
    /// Whether its numbers are shown at once.
    pub is_open: bool,
}

/// The form of a scenario with what is asked; what the visitor typed is shown again, even when it makes no sense.
pub(crate) fn form(visit: &Visit, scenario: &Scenario, request: &ScenarioRequest) -> FormView {
    let own = request.of(scenario);
    let typed = |name: &str| visit.values(name).next().map(|text| text.chars().take(60).collect::<String>());
    let field = |name: String, label: &str, hint: String, value: String| Field {
        value: typed(&name).unwrap_or(value),
        label: label.to_owned(),
        hint: typeset(&hint),
        name,
    };
    let populations = own.populations.iter().zip(&scenario.populations).map(|(population, given)| {
        let hint = match (&given.source, given.people) {
            (Some(_), Some(people)) => {
                format!("{} d’après une source ; 0 : laissée de côté", french::integer(people.into()))
            }
            _ => "inconnu : à donner".to_owned(),
        };
        let value = match population.people {
            Some(people) => people.to_string(),
            None if population.is_left_out() => "0".to_owned(),
            None => String::new(),
        };
        field(format!("effectif-{}", population.id), &population.label, hint, value)
    });
    let way = |kind: WayKind| {
        let way = own.ways.iter().find(|way| way.kind == kind);
        let share = way.map_or(0.0, |way| way.share);
        let settings = Setting::of(kind).filter_map(|setting| {
            let usual = setting.default(kind)?.0;
            let value = way.and_then(|way| way.value(setting)).unwrap_or(usual);
            Some(field(
                format!("reglage-{}.{}", kind.name(), setting.name()),
                setting.label(),
                setting.unit().to_owned(),
                value.written(),
            ))
        });
        WayFields {
            label: kind.label(),
            share: field(
                format!("part-{}", kind.name()),
                "Part de chaque population",
                "en %".to_owned(),
                french::decimal(share),
            ),
            settings: settings.collect(),
            is_open: way.is_some_and(|way| !way.set.is_empty()),
        }
    };
    FormView {
        months: typed("mois").unwrap_or_else(|| own.months.to_string()),
        start: typed("debut").unwrap_or_else(|| own.start.to_string()),
        budget: typed("budget")
            .unwrap_or_else(|| request.budget_eur.map(french::decimal).unwrap_or_default()),
        goal: typed("objectif").unwrap_or_else(|| request.goal.to_string()),
        measures: Measure::all()
            .map(|measure| (measure.name(), measure.label(), measure == request.measure))
            .collect(),
        populations: populations.collect(),
        ways: WayKind::all().map(way).collect(),
    }
}
