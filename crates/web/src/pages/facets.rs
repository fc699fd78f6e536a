//! The facets of the explorer as its form shows them: values, counts, bars, ranges.
//! Absent: counting (see `catalogue::Snapshot::search`).

use catalogue::{Facet, FacetCounts, Selection, ValueCount, french};

use crate::address;

/// Providers shown beside the results; the others have a page of their own.
pub(crate) const PROVIDERS_SHOWN: usize = 12;

/// Steps of the bar behind a count.
const BAR_STEPS: u64 = 12;

/// A facet in the form.
pub(crate) struct FacetView {
    /// Name in addresses.
    pub name: &'static str,
    /// Label on screens.
    pub label: &'static str,
    /// Whether it is unfolded when the page opens.
    pub is_open: bool,
    /// Number of values and ranges wanted.
    pub chosen: usize,
    /// Its values.
    pub values: Vec<ValueView>,
    /// Its range, when it bears on a number.
    pub range: Option<RangeView>,
    /// Address and label of the page that lists all values, when some are not shown.
    pub all: Option<(String, String)>,
}

/// A value of a facet in the form.
pub(crate) struct ValueView {
    /// Identifier in addresses.
    pub id: String,
    /// Label on screens.
    pub label: String,
    /// Trainings it would give.
    pub count: String,
    /// Whether it is wanted.
    pub is_selected: bool,
    /// Whether it would give nothing.
    pub is_empty: bool,
    /// Whether a broader value is above it.
    pub is_child: bool,
    /// Length of the bar behind the count, 0 to 12.
    pub bar: u64,
}

/// A range in the form.
pub(crate) struct RangeView {
    /// Unit in words.
    pub unit: &'static str,
    /// Least value, as written in addresses.
    pub min: String,
    /// Greatest value, as written in addresses.
    pub max: String,
}

/// The facets of an answer; those that can tell nothing apart are left out.
pub(crate) fn views(counts: Vec<FacetCounts>, selection: &Selection) -> Vec<FacetView> {
    counts.into_iter().map(|counts| view(counts, selection)).filter(|view| view.values.len() > 1).collect()
}

fn view(counts: FacetCounts, selection: &Selection) -> FacetView {
    let facet = counts.facet;
    let total = counts.values.len().max(counts.distinct);
    let mut values = counts.values;
    if facet == Facet::Provider && total > PROVIDERS_SHOWN {
        let mut position = 0;
        values.retain(|value| {
            position += 1;
            position <= PROVIDERS_SHOWN || value.selected
        });
    }
    let hidden = total > values.len();
    let all = hidden.then(|| {
        let href = address::of("/formations/organismes", &Selection { page: 1, ..selection.clone() });
        (href, format!("Tous les organismes ({})", french::integer(total as u64)))
    });
    let range = facet.number().map(|_| range(facet, selection));
    let bounded = selection.ranges.contains_key(&facet);
    let chosen = selection.values.get(&facet).map_or(0, |wanted| wanted.len()) + usize::from(bounded);
    let highest = values.iter().map(|value| value.count).max().unwrap_or_default();
    FacetView {
        name: facet.name(),
        label: facet.label(),
        is_open: chosen > 0
            || matches!(facet, Facet::Theme | Facet::Audience | Facet::Duration | Facet::Price),
        chosen,
        values: values.into_iter().map(|value| value_view(value, highest)).collect(),
        range,
        all,
    }
}

/// Length of the bar behind a count, in twelfths of the longest.
pub(crate) fn bar(count: u64, highest: u64) -> u64 {
    (count * BAR_STEPS).div_ceil(highest.max(1))
}

fn value_view(value: ValueCount, highest: u64) -> ValueView {
    ValueView {
        count: french::integer(value.count),
        is_selected: value.selected,
        is_empty: value.count == 0 && !value.selected,
        is_child: value.parent.is_some(),
        bar: bar(value.count, highest),
        label: value.label,
        id: value.id,
    }
}

fn range(facet: Facet, selection: &Selection) -> RangeView {
    let bounds = selection.ranges.get(&facet).copied().unwrap_or_default();
    let written = |number: Option<f64>| number.map(|n| n.to_string()).unwrap_or_default();
    RangeView {
        unit: if facet == Facet::Price { "euros" } else { "heures" },
        min: written(bounds.min),
        max: written(bounds.max),
    }
}
