//! Matrices against a count by hand, and against what the explorer finds for the selection of each cell.

use catalogue::{
    Axes, Axis, AxisValue, Cell, Facet, Matrix, RawTraining, Referential, Selection, SelectionError,
    Snapshot, Stamp, Training,
};
use proptest::prelude::*;

use crate::{levels, row, training};

/// Axes by name.
fn axes(rows: &str, columns: &str, by: Option<&str>) -> Axes {
    let named = |name: &str| Axis::named(name).expect("an axis");
    Axes { rows: named(rows), columns: named(columns), by: by.map(named) }
}

fn parse(pairs: &[(&str, &str)]) -> Selection {
    Selection::parse(pairs.iter().copied(), &Referential::builtin()).expect("an address")
}

/// A snapshot whose last trainings come by a later revision, and whose first changes there.
pub fn snapshot(rows: &[RawTraining]) -> Snapshot {
    let stamp = |revision| Stamp { revision, published_at: "2026-01-01T00:00:00Z".to_owned() };
    let trainings: Vec<Training> = rows.iter().map(training).collect();
    let (first, later) = trainings.split_at(trainings.len() / 2);
    let base = Snapshot::build(stamp(1), first.iter().cloned(), Referential::builtin(), 1);
    let changed: Vec<Training> = first.first().into_iter().chain(later).cloned().collect();
    base.expect("an index").apply(stamp(2), &changed, &[]).expect("an overlay")
}

/// Values of a training on an axis, read from the training itself.
fn values(training: &Training, axis: Axis) -> Vec<String> {
    let referential = Referential::builtin();
    let raw = training.to_raw(&referential);
    let one = |value: Option<String>| value.into_iter().collect();
    match axis {
        Axis::Block => {
            let holds = |block: &&catalogue::Block| {
                block.competences.iter().any(|code| raw.competences.contains_key(&referential.term(*code).id))
            };
            referential.blocks().iter().filter(holds).map(|block| block.id.clone()).collect()
        }
        Axis::Facet(facet) => match facet {
            Facet::Theme => raw.themes,
            Facet::Audience => raw.audiences,
            Facet::Objective => raw.objectives,
            Facet::Competence => raw.competences.into_keys().collect(),
            Facet::Format => raw.formats,
            Facet::Nature => one(raw.nature),
            Facet::Language => one(raw.language),
            Facet::Kind => vec![raw.kind],
            Facet::ProviderKind => one(Some(raw.provider_kind).filter(|kind| !kind.is_empty())),
            Facet::Duration => vec![
                match raw.duration_hours {
                    None => "inconnue",
                    Some(..=2.0) => "2h",
                    Some(..=7.0) => "1j",
                    Some(..=21.0) => "3j",
                    Some(_) => "long",
                }
                .to_owned(),
            ],
            Facet::Price => vec![
                match raw.price_eur {
                    None => "inconnu",
                    Some(0.0) => "gratuit",
                    Some(..=500.0) => "500",
                    Some(..=2000.0) => "2000",
                    Some(_) => "plus",
                }
                .to_owned(),
            ],
            Facet::Provider => unreachable!("no axis"),
        },
    }
}

/// Whether a training is of a value of an axis; of the total without one.
fn is_of(training: &Training, axis: Axis, value: Option<&AxisValue>) -> bool {
    let own = values(training, axis);
    match value {
        None => true,
        Some(AxisValue { id: None, .. }) => own.is_empty(),
        // A block under a filter on competences stands for the wanted ones.
        Some(AxisValue { selects, .. }) if axis == Axis::Block && !own.is_empty() => {
            let competences = values(training, Axis::Facet(Facet::Competence));
            selects.iter().any(|id| own.contains(id) || competences.contains(id))
        }
        Some(AxisValue { id: Some(id), .. }) => own.contains(id),
    }
}

/// A cell counted by hand.
fn counted<'a>(trainings: impl Iterator<Item = &'a Training>) -> Cell {
    let mut cell = Cell::default();
    let mut providers = std::collections::BTreeSet::new();
    for training in trainings {
        cell.trainings += 1;
        providers.insert(training.provider.id());
        if let Some(hours) = training.duration_hours {
            cell.timed += 1;
            cell.hours += hours.get();
        }
        if let Some(price) = training.price_eur.map(|price| price.get() as f32) {
            cell.priced += 1;
            if price > 0.0 {
                cell.lowest_price_eur = Some(cell.lowest_price_eur.map_or(price, |low| low.min(price)));
            } else {
                cell.free += 1;
            }
        }
    }
    Cell { providers: providers.len() as u64, ..cell }
}

/// Every cell, totals included, is the count by hand and, when it has a selection, what the explorer finds.
fn check_matrix(snapshot: &Snapshot, selection: &Selection, axes: Axes, matrix: &Matrix) {
    let found = snapshot.first(selection, 10_000).expect("a selection");
    let places = |values: &[AxisValue]| values.iter().cloned().map(Some).chain([None]).collect::<Vec<_>>();
    for (at, line) in places(&matrix.rows).iter().enumerate() {
        for (place, column) in places(&matrix.columns).iter().enumerate() {
            let cell = matrix.cell(at, place);
            let values = [line.as_ref(), column.as_ref(), matrix.by.as_ref()];
            let inside = found.iter().filter(|training| {
                let on = [Some(axes.rows), Some(axes.columns), axes.by];
                on.into_iter()
                    .zip(values)
                    .all(|(axis, value)| axis.is_none_or(|axis| is_of(training, axis, value)))
            });
            assert_eq!(*cell, counted(inside), "{values:?} of {selection:?}");
            let is_unknown = values.iter().flatten().any(|value| value.id.is_none());
            let narrowed = axes.narrowed(selection, values);
            assert_eq!(narrowed.is_none(), is_unknown);
            if let Some(narrowed) = narrowed {
                let pairs = narrowed.pairs();
                let again =
                    parse(&pairs.iter().map(|(name, value)| (*name, value.as_str())).collect::<Vec<_>>());
                assert_eq!(snapshot.count(&again).expect("a selection"), cell.trainings, "{narrowed:?}");
            }
        }
    }
}

fn check_all(snapshot: &Snapshot, selection: &Selection, axes: Axes) {
    let matrices = snapshot.cartography(selection, axes).expect("a cartography");
    assert!(axes.by.is_some() || matrices.len() == 1);
    let has_filter = |axis: Axis| selection.values.contains_key(&axis.facet());
    for matrix in &matrices {
        check_matrix(snapshot, selection, axes, matrix);
        let unknown = |values: &[AxisValue]| values.iter().filter(|value| value.id.is_none()).count();
        assert!(unknown(&matrix.rows) <= usize::from(!has_filter(axes.rows)));
        assert!(unknown(&matrix.columns) <= usize::from(!has_filter(axes.columns)));
    }
}

fn some(vocabulary: &'static str, most: usize) -> impl Strategy<Value = Vec<String>> {
    let ids = Referential::builtin().terms(vocabulary).iter().map(|term| term.id.clone()).collect::<Vec<_>>();
    proptest::sample::subsequence(ids, 0..=most)
}

fn rows() -> impl Strategy<Value = Vec<RawTraining>> {
    let sets = (some("theme", 3), some("audience", 2), some("objective", 2), some("format", 2));
    let one = |vocabulary| some(vocabulary, 1).prop_map(|mut ids| ids.pop());
    let codes = (one("nature"), one("language"), one("kind"), one("provider_kind"), some("competence", 3));
    let numbers = (proptest::option::of(0_u32..60), proptest::option::of(0_u32..6), 0..4_u8);
    let raw = (sets, codes, numbers).prop_map(|(sets, codes, (hours, price, provider))| RawTraining {
        themes: sets.0,
        audiences: sets.1,
        objectives: sets.2,
        formats: sets.3,
        nature: codes.0,
        language: codes.1,
        kind: codes.2.unwrap_or_else(|| "course".to_owned()),
        provider_kind: codes.3.unwrap_or_default(),
        competences: levels(&codes.4.iter().map(|id| (id.as_str(), 2)).collect::<Vec<_>>()),
        duration_hours: hours.filter(|hours| *hours > 0).map(|hours| f64::from(hours) / 2.0),
        price_eur: price.map(|price| f64::from(price) * 450.0),
        provider: format!("École {provider}"),
        ..row("essai")
    });
    let numbered = |rows: Vec<RawTraining>| {
        (0..).zip(rows).map(|(rank, raw): (u32, _)| RawTraining { id: format!("f-{rank}"), ..raw }).collect()
    };
    proptest::collection::vec(raw, 0..40).prop_map(numbered)
}

/// Selections with filters on any facet, that of an axis too.
fn selections() -> impl Strategy<Value = Selection> {
    let pair = |facet: Facet| {
        let referential = Referential::builtin();
        let blocks =
            referential.blocks().iter().filter(|_| facet == Facet::Competence).map(|block| &block.id);
        let ids: Vec<String> =
            blocks.chain(referential.terms(facet.name()).iter().map(|term| &term.id)).cloned().collect();
        proptest::sample::subsequence(ids, 1..=3).prop_map(move |values| (facet, values))
    };
    let facets: Vec<_> =
        Facet::all().filter(|facet| *facet != Facet::Provider).map(|facet| pair(facet).boxed()).collect();
    let filters = proptest::collection::vec(proptest::strategy::Union::new(facets), 0..=2);
    (filters, proptest::option::weighted(0.1, Just("formation")), 0..6_u8).prop_map(|(filters, text, any)| {
        let mut selection = Selection { any_word: any == 0, ..Selection::all() };
        selection.text = text.unwrap_or_default().to_owned();
        selection
            .values
            .extend(filters.into_iter().map(|(facet, values)| (facet, values.into_iter().collect())));
        selection
    })
}

fn distinct_axes() -> impl Strategy<Value = Axes> {
    let all: Vec<Axis> = Axis::all().collect();
    let number = all.len();
    (0..number, 0..number, proptest::option::weighted(0.3, 0..number)).prop_filter_map(
        "twice",
        move |picked| {
            let axes = Axes { rows: all[picked.0], columns: all[picked.1], by: picked.2.map(|at| all[at]) };
            let mut facets: Vec<Facet> = [Some(axes.rows), Some(axes.columns), axes.by]
                .into_iter()
                .flatten()
                .map(Axis::facet)
                .collect();
            let wanted = facets.len();
            facets.sort_unstable();
            facets.dedup();
            (facets.len() == wanted).then_some(axes)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]
    #[test]
    fn cells_and_totals_equal_a_count_by_hand(rows in rows(), selection in selections(), axes in distinct_axes()) {
        check_all(&snapshot(&rows), &selection, axes);
    }
}

fn example() -> Snapshot {
    let mut first = row("premiere");
    first.themes = vec!["securite".to_owned(), "geodonnees".to_owned()];
    first.audiences = vec!["sous-directeurs".to_owned()];
    first.competences = levels(&[("analyse-donnees", 2), ("comprendre-ia", 1)]);
    let mut second = row("seconde");
    second.themes = vec!["securite".to_owned()];
    snapshot(&[first, second, row("muette")])
}

#[test]
fn every_pair_of_axes_is_counted() {
    let snapshot = example();
    for rows in Axis::all() {
        for columns in Axis::all().filter(|columns| columns.facet() != rows.facet()) {
            check_all(&snapshot, &Selection::all(), Axes { rows, columns, by: None });
        }
    }
}

#[test]
fn a_training_of_two_rows_is_counted_once_in_totals() {
    let matrix = example()
        .cartography(&Selection::all(), axes("theme", "audience", None))
        .expect("a matrix")
        .remove(0);
    let total_of = |id: Option<&str>| {
        let at = matrix.rows.iter().position(|value| value.id.as_deref() == id).expect("a row");
        matrix.cell(at, matrix.columns.len()).trainings
    };
    assert_eq!((total_of(Some("securite")), total_of(Some("geodonnees")), total_of(None)), (2, 1, 1));
    assert_eq!(matrix.total().trainings, 3);
    let unknown = matrix.columns.iter().position(|value| value.id.is_none()).expect("an unknown column");
    assert_eq!(matrix.cell(matrix.rows.len(), unknown).trainings, 2);
}

#[test]
fn a_block_under_a_filter_stands_for_the_competences_wanted() {
    let selection = parse(&[("competence", "comprendre-ia")]);
    let matrix = example().cartography(&selection, axes("bloc", "theme", None)).expect("a matrix").remove(0);
    let shown: Vec<_> =
        matrix.rows.iter().map(|value| (value.id.as_deref(), value.selects.clone())).collect();
    assert_eq!(shown, [(Some("comprendre"), vec!["comprendre-ia".to_owned()])]);
    assert_eq!(matrix.total().trainings, 1);
}

#[test]
fn a_finding_is_told_on_known_values() {
    let selection = parse(&[("theme", "securite"), ("theme", "geodonnees")]);
    let matrix =
        example().cartography(&selection, axes("theme", "audience", None)).expect("a matrix").remove(0);
    let finding = matrix.finding();
    assert_eq!((finding.cells, finding.empty), (8, 6));
    let (line, column, trainings) = finding.fullest.expect("a training");
    assert_eq!((matrix.rows[line].label.as_str(), trainings), ("Sécurité et souveraineté", 1));
    assert_eq!(matrix.columns[column].id.as_deref(), Some("sous-directeurs"));
    let poorest = finding.poorest_row.map(|(line, least)| (matrix.rows[line].label.as_str(), least));
    assert_eq!(poorest, Some(("Données géographiques", 1)));
}

#[test]
fn axes_that_say_the_same_and_ranges_on_an_axis_are_refused() {
    let check = |pairs: &[(&str, &str)], axes: Axes, expect: SelectionError| {
        assert_eq!(example().cartography(&parse(pairs), axes), Err(expect));
    };
    check(&[], axes("theme", "theme", None), SelectionError::SameAxis("Thématique"));
    check(&[], axes("competence", "theme", Some("bloc")), SelectionError::SameAxis("Compétence"));
    check(&[("price_min", "10")], axes("price", "theme", None), SelectionError::RangeOnAxis("Prix"));
}
