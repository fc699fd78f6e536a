//! Shares and indices through their doors: published values, another program's values, the definition solved by brute force.
//! Absent: tables.

use contingency::{Verdict, share, specialisation};
use proptest::prelude::*;

const Z: f64 = 1.959_963_984_540_054;

fn check_share(count: u64, total: u64, low: f64, high: f64, within: f64) {
    let found = share(count, total).expect("a share");
    assert!((found.value - count as f64 / total as f64).abs() < 1e-15, "{count}/{total}: {found:?}");
    assert!((found.low - low).abs() <= within, "{count}/{total}: low {} for {low}", found.low);
    assert!((found.high - high).abs() <= within, "{count}/{total}: high {} for {high}", found.high);
}

/// R. G. Newcombe, Statistics in Medicine 17 (1998), 857–872, table I, method 3.
#[test]
fn shares_have_the_intervals_published_by_newcombe() {
    check_share(81, 263, 0.2553, 0.3662, 5e-5);
    check_share(15, 148, 0.0624, 0.1605, 5e-5);
    check_share(0, 20, 0.0, 0.1611, 5e-5);
    check_share(1, 29, 0.0061, 0.1718, 5e-5);
}

/// statsmodels 0.15.0: `proportion_confint(count, total, 0.05, "wilson")`, printed with twelve decimals.
#[test]
fn shares_have_the_intervals_of_statsmodels() {
    let grid = [
        (0, 1, 0.000000000000, 0.793450685623),
        (1, 1, 0.206549314377, 1.000000000000),
        (1, 2, 0.094531205734, 0.905468794266),
        (0, 5, 0.000000000000, 0.434482464783),
        (1, 5, 0.036224108632, 0.624465370237),
        (4, 5, 0.375534629763, 0.963775891368),
        (2, 20, 0.027866481214, 0.301033645228),
        (6, 20, 0.145477244868, 0.518972818354),
        (20, 20, 0.838874841947, 1.000000000000),
        (1, 60, 0.002948159795, 0.088551297276),
        (59, 60, 0.911448702724, 0.997051840205),
        (0, 250, 0.000000000000, 0.015133299495),
        (25, 250, 0.068654928988, 0.143451710608),
        (125, 250, 0.438491261809, 0.561508738191),
        (1, 5000, 0.000035305783, 0.001132089081),
        (1666, 5000, 0.320267321618, 0.346388783751),
        (4999, 5000, 0.998867910919, 0.999964694217),
    ];
    for (count, total, low, high) in grid {
        check_share(count, total, low, high, 6e-13);
    }
}

#[test]
fn no_share_of_nothing_nor_beyond_the_total() {
    assert_eq!(share(0, 0), None);
    assert_eq!(share(3, 2), None);
}

fn check_index(counts: (u64, u64, u64, u64), low: f64, high: f64) {
    let (count, group, whole_count, whole) = counts;
    let found = specialisation(count, group, whole_count, whole).expect("an index");
    let index = (count as f64 / group as f64) / (whole_count as f64 / whole as f64);
    assert!((found.index - index).abs() < 1e-12, "{counts:?}: {found:?}");
    assert!((found.low - low).abs() < 2e-8, "{counts:?}: low {} for {low}", found.low);
    assert!((found.high - high).abs() < 2e-8, "{counts:?}: high {} for {high}", found.high);
    let verdict = match (low > 1.0, high < 1.0) {
        (true, _) => Verdict::More,
        (_, true) => Verdict::Less,
        _ => Verdict::Undecided,
    };
    assert_eq!(found.verdict, verdict, "{counts:?}");
}

/// statsmodels 0.15.0: the ratios of group and rest at which the statistic of `score_test_proportions_2indep(count,
/// group, rest_count, rest, value=ratio, compare="ratio", correction=True)` is ±1.959964, found by `scipy.optimize.brentq` on
/// the logarithm of the ratio, then `ratio / (w ratio + 1 - w)` with `w = group / whole`. Where neither share is 0 nor 1, these are
/// the bounds of `confint_proportions_2indep(method="score", compare="ratio")`, which does not bracket the roots in the other
/// cases: for 5 of 5 against 35 of 245 it gives the observed ratio as the lower bound. A third calculation, with the
/// likelihood maximised numerically, gave the same bounds within 1e-6.
#[test]
fn indices_have_the_score_intervals_of_statsmodels() {
    check_index((3, 10, 20, 250), 1.379677264, 7.452675348);
    check_index((0, 12, 20, 250), 0.000000000, 2.741575474);
    check_index((1, 5, 1, 250), 10.322068021, 50.0);
    check_index((5, 5, 5, 250), 28.418421338, 50.0);
    check_index((5, 5, 40, 250), 3.559327412, 8.170659873);
    check_index((12, 40, 60, 250), 0.780981148, 1.817987446);
    check_index((2, 40, 60, 250), 0.058057805, 0.651953413);
    check_index((30, 120, 60, 250), 0.816221744, 1.266709011);
    check_index((1, 1, 30, 250), 1.721244286, 11.636109396);
    check_index((0, 1, 30, 250), 0.000000000, 7.004337853);
    check_index((10, 20, 20, 40), 0.690434088, 1.309565912);
    check_index((20, 20, 40, 40), 0.910333146, 1.089666854);
    check_index((1, 200, 2, 250), 0.119423619, 1.131625954);
    check_index((7, 24, 14, 336), 3.881695356, 9.980496022);
    check_index((150, 1000, 1200, 10000), 1.085707771, 1.431131512);
    check_index((40, 1000, 1200, 10000), 0.246975920, 0.446917812);
    check_index((3, 1000, 900, 1_000_000), 1.134837836, 9.712686696);
    check_index((9, 12, 100, 150), 0.716844650, 1.406090859);
}

#[test]
fn no_index_without_a_group_a_rest_or_the_value_nor_of_counts_that_contradict_each_other() {
    for (count, group, whole_count, whole) in [
        (0, 0, 20, 250),
        (0, 10, 0, 250),
        (20, 250, 20, 250),
        (11, 10, 20, 250),
        (5, 10, 4, 250),
        (0, 10, 241, 250),
        (3, 251, 20, 250),
    ] {
        assert_eq!(
            specialisation(count, group, whole_count, whole),
            None,
            "{count} {group} {whole_count} {whole}"
        );
    }
}

/// The bound of a share, from the definition: where the distance to `value` is 1.96 standard errors of the bound itself.
fn bound_by_halving(value: f64, total: f64, mut inside: f64, mut outside: f64) -> f64 {
    for _ in 0..200 {
        let middle = f64::midpoint(inside, outside);
        let far = (value - middle).abs() > Z * (middle * (1.0 - middle) / total).sqrt();
        *if far { &mut outside } else { &mut inside } = middle;
    }
    inside
}

fn a_count_and_a_total() -> impl Strategy<Value = (u64, u64)> {
    (1_u64..3_000).prop_flat_map(|total| (0..=total, Just(total)))
}

/// Group and rest, with the value somewhere: count, group, count of the rest, rest.
fn a_group_and_a_rest() -> impl Strategy<Value = (u64, u64, u64, u64)> {
    (a_count_and_a_total(), a_count_and_a_total())
        .prop_map(|((count, group), (rest_count, rest))| (count, group, rest_count, rest))
        .prop_filter("the value is somewhere", |(count, _, rest_count, _)| count + rest_count > 0)
}

proptest! {
    #[test]
    fn a_share_holds_what_its_definition_says((count, total) in a_count_and_a_total()) {
        let found = share(count, total).expect("a share");
        prop_assert!(0.0 <= found.low && found.low <= found.value);
        prop_assert!(found.value <= found.high && found.high <= 1.0);
        let size = total as f64;
        prop_assert!((found.low - bound_by_halving(found.value, size, found.value, 0.0)).abs() < 1e-9);
        prop_assert!((found.high - bound_by_halving(found.value, size, found.value, 1.0)).abs() < 1e-9);
    }

    #[test]
    fn the_share_of_the_others_mirrors_a_share((count, total) in a_count_and_a_total()) {
        let (one, other) = (share(count, total).expect("a share"), share(total - count, total).expect("a share"));
        prop_assert!((one.low + other.high - 1.0).abs() < 1e-12);
        prop_assert!((one.high + other.low - 1.0).abs() < 1e-12);
    }

    #[test]
    fn an_index_is_in_its_interval_and_within_its_range((count, group, rest_count, rest) in a_group_and_a_rest()) {
        let found = specialisation(count, group, count + rest_count, group + rest).expect("an index");
        prop_assert!(0.0 <= found.low && found.low <= found.index && found.index <= found.high);
        prop_assert!(found.high <= (group + rest) as f64 / group as f64 * (1.0 + 1e-12));
    }

    /// What is said of the group answers what is said of the rest: the ratio of one is the inverse of the other's.
    #[test]
    fn the_rest_says_the_contrary((count, group, rest_count, rest) in a_group_and_a_rest()) {
        let [one, other] = [(count, group), (rest_count, rest)]
            .map(|(count_of_one, size)| specialisation(count_of_one, size, count + rest_count, group + rest));
        let (one, other) = (one.expect("an index"), other.expect("an index"));
        let weight = group as f64 / (group + rest) as f64;
        // The ratio group / rest of an index, and the index of the rest that goes with it.
        let mirror = |index: f64| (1.0 - weight * index) / (1.0 - weight);
        prop_assert!((mirror(one.low) - other.high).abs() < 1e-6 * other.high.max(1.0));
        prop_assert!((mirror(one.high) - other.low).abs() < 1e-6 * other.high.max(1.0));
    }

    /// At ratio 1 the score is the chi-square of the two by two table, less one part in N: the verdict follows it.
    #[test]
    fn the_verdict_is_that_of_the_chi_square_test((count, group, rest_count, rest) in a_group_and_a_rest()) {
        let found = specialisation(count, group, count + rest_count, group + rest).expect("an index");
        let [a, b, m, n] = [count, rest_count, group, rest].map(|number| number as f64);
        let pooled = (a + b) / (m + n);
        let excess = a / m - b / n;
        let score = if excess == 0.0 {
            0.0
        } else {
            excess / (pooled * (1.0 - pooled) * (1.0 / m + 1.0 / n) * (m + n) / (m + n - 1.0)).sqrt()
        };
        prop_assume!((score.abs() - Z).abs() > 1e-6);
        let expected = if score > Z {
            Verdict::More
        } else if score < -Z {
            Verdict::Less
        } else {
            Verdict::Undecided
        };
        prop_assert_eq!(found.verdict, expected);
    }
}
