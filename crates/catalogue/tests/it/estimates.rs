//! The rule that estimates unstated durations, and its published error.

use catalogue::{Estimate, LEAST_SAMPLE, RawTraining, Referential, Snapshot, Stamp};

use crate::{levels, row, training};

fn lasting(id: usize, hours: f64, level: u8) -> RawTraining {
    let mut raw = row(&format!("t-{id}"));
    raw.duration_hours = Some(hours);
    raw.competences = levels(&[("culture-donnees", level)]);
    raw.formats = vec!["presentiel".to_owned()];
    raw
}

fn snapshot(rows: &[RawTraining]) -> Snapshot {
    let stamp = Stamp { revision: 1, published_at: "2026-01-01T00:00:00Z".to_owned() };
    let trainings: Vec<_> = rows.iter().map(training).collect();
    Snapshot::build(stamp, trainings.into_iter(), Referential::builtin(), 1).expect("a snapshot")
}

fn check(
    stated: &[RawTraining],
    change: impl FnOnce(&mut RawTraining),
    expected: Option<(f64, f64, usize, bool)>,
) {
    let mut unknown = lasting(999, 1.0, 1);
    unknown.duration_hours = None;
    change(&mut unknown);
    let snapshot = snapshot(stated);
    let estimate = snapshot.estimate(&training(&unknown));
    let shown = estimate.map(|e: Estimate| (e.median_hours, e.p80_hours, e.sample, e.formats.is_some()));
    assert_eq!(shown, expected);
}

fn ten() -> Vec<RawTraining> {
    (1..=10).map(|n| lasting(n, n as f64, 1)).collect()
}

#[test]
fn median_and_80th_percentile_of_comparable_trainings() {
    check(&ten(), |_| {}, Some((5.5, 8.0, 10, true)));
    check(&ten()[..LEAST_SAMPLE], |_| {}, Some((3.0, 4.0, 5, true)));
}

#[test]
fn formats_are_left_aside_before_giving_up_but_never_the_level_nor_the_nature() {
    check(&ten(), |raw| raw.formats = vec!["mooc".to_owned()], Some((5.5, 8.0, 10, false)));
    check(&ten(), |raw| raw.competences = levels(&[("culture-donnees", 3)]), None);
    check(&ten(), |raw| raw.nature = Some("diplomante".to_owned()), None);
    check(&ten(), |raw| raw.kind = "exam".to_owned(), None);
    check(&ten()[..LEAST_SAMPLE - 1], |_| {}, None);
}

#[test]
fn what_a_source_says_is_not_estimated_over() {
    check(&ten(), |raw| raw.duration_hours = Some(2.0), None);
    for span in [
        "deux ans",
        "7 Semaines Intensives",
        "6 mois",
        "90 ECTS",
        "one year",
        "journée du 17 juin",
        "3h",
        "Less than an hour",
    ] {
        check(&ten(), |raw| drop(raw.stated.insert("duration".to_owned(), span.to_owned())), None);
    }
    let known = Some((5.5, 8.0, 10, true));
    check(&ten(), |raw| drop(raw.stated.insert("duration".to_owned(), "Module 4".to_owned())), known);
}

#[test]
fn an_edit_changes_the_sample() {
    let before = snapshot(&ten());
    let mut unknown = lasting(999, 1.0, 1);
    unknown.duration_hours = None;
    let unknown = training(&unknown);
    let stamp = Stamp { revision: 2, published_at: "2026-01-02T00:00:00Z".to_owned() };
    let longer = training(&lasting(1, 100.0, 1));
    let id = training(&lasting(2, 1.0, 1)).id;
    let after = before.apply(stamp.clone(), &[longer], &[id]).expect("applied");
    let estimate = after.estimate(&unknown).expect("estimated");
    assert_eq!((estimate.sample, estimate.median_hours, estimate.p80_hours), (9, 7.0, 10.0));
    assert_eq!(before.estimate(&unknown).expect("estimated").sample, 10);
}

#[test]
fn the_error_is_that_of_estimating_each_duration_from_the_others() {
    let hours = [1.0, 2.0, 2.0, 3.0, 7.0, 14.0];
    let rows: Vec<_> = hours.iter().enumerate().map(|(n, h)| lasting(n, *h, 1)).collect();
    let error = snapshot(&rows).rule_error();
    // By hand: the medians of the five others are 3, 3, 3, 2, 2, 2 and their 4th values 7, 7, 7, 7, 3, 3.
    assert_eq!((error.stated, error.estimated), (6, 6));
    assert!((error.median_error_hours - 1.5).abs() < 1e-9, "{error:?}");
    assert!((error.median_error_share - (0.5 + 5.0 / 7.0) / 2.0).abs() < 1e-9, "{error:?}");
    assert!((error.within_p80_share - 4.0 / 6.0).abs() < 1e-9, "{error:?}");
    assert_eq!(snapshot(&rows[..3]).rule_error().estimated, 0);
}
