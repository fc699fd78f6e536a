//! The facets of the explorer as its form shows them: values, counts, bars, ranges.
//! Absent: counting (see `catalogue::Snapshot::search`).

use catalogue::{Facet, FacetCounts, Selection, ValueCount, french};

use super::chosen::Chosen;

/// Providers shown beside the results; the others have a page of their own.
pub(crate) const PROVIDERS_SHOWN: usize = 12;

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
    /// Length of the bar under the count, as a share of the longest: `37.5%`.
    pub bar: String,
}

/// A range in the form.
pub(crate) struct RangeView {
    /// Unit in words.
    pub unit: &'static str,
    /// Least value, as written in addresses.
    pub min: String,
    /// Greatest value, as written in addresses.
    pub max: String,
    /// What is wrong with them.
    pub fault: Option<String>,
}

/// A range of the address that cannot be: the form shows it again as it was typed.
pub(crate) struct RangeFault {
    /// Which facet it bears on.
    pub facet: Facet,
    /// What is wrong.
    pub message: String,
    /// Least value as typed.
    pub min: String,
    /// Greatest value as typed.
    pub max: String,
}

/// The facets of an answer; those that can tell nothing apart are left out.
pub(crate) fn views(
    counts: Vec<FacetCounts>,
    selection: &Selection,
    (faults, chosen): (&[RangeFault], &Chosen),
) -> Vec<FacetView> {
    let view = |counts: FacetCounts| {
        let fault = faults.iter().find(|fault| fault.facet == counts.facet);
        view(counts, selection, fault, chosen)
    };
    counts.into_iter().map(view).filter(|view| view.values.len() > 1).collect()
}

fn view(counts: FacetCounts, selection: &Selection, fault: Option<&RangeFault>, kept: &Chosen) -> FacetView {
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
        let href = kept.at("/formations/organismes", &selection.on_page(1));
        (href, format!("Tous les organismes ({})", french::integer(total as u64)))
    });
    let range = facet.number().map(|_| range(facet, selection, fault));
    let bounded = selection.ranges.contains_key(&facet);
    let chosen = selection.values.get(&facet).map_or(0, |wanted| wanted.len()) + usize::from(bounded);
    let highest = values.iter().map(|value| value.count).max().unwrap_or_default();
    FacetView {
        name: facet.name(),
        label: facet.label(),
        is_open: chosen > 0
            || fault.is_some()
            || matches!(facet, Facet::Theme | Facet::Audience | Facet::Duration | Facet::Price),
        chosen,
        values: values.into_iter().map(|value| value_view(value, highest)).collect(),
        range,
        all,
    }
}

/// Length of the bar under a count, as a share of the longest, to a thousandth.
pub(crate) fn bar(count: u64, highest: u64) -> String {
    let thousandths = (count * 1_000 + highest / 2) / highest.max(1);
    match thousandths % 10 {
        0 => format!("{}%", thousandths / 10),
        tenth => format!("{}.{tenth}%", thousandths / 10),
    }
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

fn range(facet: Facet, selection: &Selection, fault: Option<&RangeFault>) -> RangeView {
    let unit = if facet == Facet::Price { "euros" } else { "heures" };
    if let Some(RangeFault { message, min, max, .. }) = fault {
        return RangeView { unit, min: min.clone(), max: max.clone(), fault: Some(message.clone()) };
    }
    let bounds = selection.ranges.get(&facet).copied().unwrap_or_default();
    let written = |number: Option<f64>| number.map(|n| n.to_string()).unwrap_or_default();
    RangeView { unit, min: written(bounds.min), max: written(bounds.max), fault: None }
}

#[cfg(test)]
mod tests {
    use super::bar;

    #[test]
    fn a_bar_is_as_long_as_its_share() {
        let check = |count, highest, expect: &str| assert_eq!(bar(count, highest), expect);
        check(0, 0, "0%");
        check(0, 7, "0%");
        check(7, 7, "100%");
        check(3, 8, "37.5%");
        check(1, 3, "33.3%");
        check(2, 3, "66.7%");
    }
}
