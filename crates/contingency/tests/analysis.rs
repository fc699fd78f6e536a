//! Tables and correspondence analysis through their doors: published analyses, refusals, properties on any table.
//! Absent: shares and indices.

use contingency::{Correspondence, Error, Point, TOTAL_MAX, Table, correspondence};
use proptest::prelude::*;

fn table(rows: &[&[u64]]) -> Table {
    Table::new(rows.len(), rows[0].len(), rows.concat()).expect("a table")
}

fn analysed(rows: &[&[u64]]) -> Correspondence {
    correspondence(&table(rows)).expect("an analysis")
}

/// Staff groups (senior and junior managers, senior and junior employees, secretaries) by smoking (none, light, medium,
/// heavy); an artificial table of M. Greenacre, « Theory and Applications of Correspondence Analysis » (1984), `smoke` in the R
/// package `ca`.
const SMOKE: [&[u64]; 5] =
    [&[4, 2, 3, 2], &[4, 3, 7, 4], &[25, 10, 12, 4], &[18, 24, 33, 13], &[10, 6, 7, 2]];

/// Mass, quality on two axes, inertia; coordinate, squared cosine, contribution on each of them: thousandths.
type Line = [i32; 9];

fn check_summary(name: &str, points: &[Point], inertia: f64, turned: [bool; 2], lines: &[Line]) {
    assert_eq!(points.len(), lines.len(), "{name}");
    for (at, (point, line)) in points.iter().zip(lines).enumerate() {
        let cosines = point.squared_cosines.as_ref().expect("a profile of its own");
        let quality = point.quality(2).expect("a profile of its own");
        let mut found = vec![point.mass, quality, point.inertia / inertia];
        for (axis, turned) in turned.into_iter().enumerate() {
            let sign = if turned { -1.0 } else { 1.0 };
            found.extend([sign * point.coordinates[axis], cosines[axis], point.contributions[axis]]);
        }
        let found: Vec<i32> = found.iter().map(|value| (value * 1000.0).round() as i32).collect();
        assert_eq!(found, line, "{name} {at}");
    }
}

/// Principal inertias as the R package `ca` prints them for this table. The summary, laid out as in O. Nenadić, M. Greenacre,
/// Journal of Statistical Software 20 (2007), 3, was worked out again apart from this code with NumPy 2.4.6 (`numpy.linalg.svd` of the
/// standardised residuals). Both axes point the other way there.
#[test]
fn the_smoking_table_is_analysed_as_published() {
    let found = analysed(&SMOKE);
    assert!((found.inertia - 0.085190).abs() < 5e-7, "{}", found.inertia);
    assert!((found.chi_square - 16.441_643_072_2).abs() < 1e-9, "{}", found.chi_square);
    assert_eq!(found.degrees_of_freedom, 12);
    let published = [(0.074759, 87.8), (0.010017, 11.8), (0.000414, 0.5)];
    assert_eq!(found.axes.len(), published.len());
    for (axis, (inertia, percent)) in found.axes.iter().zip(published) {
        assert!((axis.inertia - inertia).abs() < 5e-7, "{axis:?}");
        assert!((axis.share * 100.0 - percent).abs() < 0.05, "{axis:?}");
    }
    let rows = [
        [57, 893, 31, -66, 92, 3, -194, 800, 214],
        [93, 991, 139, 259, 526, 84, -243, 465, 551],
        [264, 1000, 450, -381, 999, 512, -11, 1, 3],
        [456, 1000, 308, 233, 942, 331, 58, 58, 152],
        [130, 999, 71, -201, 865, 70, 79, 133, 81],
    ];
    check_summary("row", &found.rows, found.inertia, [true, true], &rows);
    let columns = [
        [316, 1000, 577, -393, 994, 654, -30, 6, 29],
        [233, 984, 83, 99, 327, 31, 141, 657, 463],
        [321, 983, 148, 196, 982, 166, 7, 1, 2],
        [130, 995, 192, 294, 684, 150, -198, 310, 506],
    ];
    check_summary("column", &found.columns, found.inertia, [true, true], &columns);
}

/// Eyes (dark brown, light brown, green, blue) by hair (black, brown, red, blond) of 592 women, from L. Lebart, A. Morineau,
/// M. Piron, « Statistique exploratoire multidimensionnelle » (1995), with the eigenvalues and percentages printed in the XploRe
/// tutorials (section 13.3).
#[test]
fn the_table_of_eyes_and_hair_is_analysed_as_published() {
    let found = analysed(&[&[68, 119, 26, 7], &[15, 54, 14, 10], &[5, 29, 14, 16], &[20, 84, 17, 94]]);
    assert!((found.chi_square - 138.3).abs() < 0.05, "{}", found.chi_square);
    let published = [(0.2088, 89.3727), (0.0222, 9.5149), (0.0026, 1.1124)];
    assert_eq!(found.axes.len(), published.len());
    for (axis, (inertia, percent)) in found.axes.iter().zip(published) {
        assert!((axis.inertia - inertia).abs() < 5e-5, "{axis:?}");
        assert!((axis.share * 100.0 - percent).abs() < 5e-5, "{axis:?}");
    }
}

/// Small tables of full and of lower rank, on which the singular values of `nalgebra` 0.35.0 were found wrong, or whose axes are tied.
#[test]
fn eigenvalues_sum_to_the_inertia_on_awkward_tables() {
    let tables: [&[&[u64]]; 4] = [
        &[&[2, 2, 2, 1, 0, 2, 1], &[1, 2, 1, 2, 0, 0, 0], &[2, 1, 1, 0, 0, 1, 2]],
        &[&[39, 11, 28, 22, 38], &[24, 36, 10, 23, 17], &[9, 37, 31, 20, 15]],
        &[&[1, 0, 0], &[0, 1, 0], &[0, 0, 1]],
        &[&[2, 0, 0, 0], &[0, 2, 0, 0], &[0, 0, 1, 1], &[0, 0, 1, 1]],
    ];
    for rows in tables {
        let found = correspondence(&table(rows)).expect("an analysis");
        let sum: f64 = found.axes.iter().map(|axis| axis.inertia).sum();
        assert!((sum - found.inertia).abs() < 1e-14, "{rows:?}: {sum} for {}", found.inertia);
    }
}

#[test]
fn a_table_in_blocks_has_axes_of_inertia_one() {
    let found = analysed(&[&[5, 0, 0], &[0, 3, 0], &[0, 0, 2]]);
    let inertias: Vec<f64> = found.axes.iter().map(|axis| axis.inertia).collect();
    assert_eq!(inertias.len(), 2);
    assert!(inertias.iter().all(|inertia| (inertia - 1.0).abs() < 1e-14), "{inertias:?}");
}

#[test]
fn empty_rows_and_columns_are_set_aside_and_said() {
    let found = analysed(&[&[0, 4, 0, 2], &[0, 0, 0, 0], &[0, 1, 0, 5]]);
    assert_eq!((found.empty_rows.clone(), found.empty_columns.clone()), (vec![1], vec![0, 2]));
    let indices = |points: &[Point]| points.iter().map(|point| point.index).collect::<Vec<_>>();
    assert_eq!((indices(&found.rows), indices(&found.columns)), (vec![0, 2], vec![1, 3]));
    let without = analysed(&[&[4, 2], &[1, 5]]);
    assert_eq!((found.axes, found.inertia, found.degrees_of_freedom), (without.axes, without.inertia, 1));
}

#[test]
fn independence_has_no_axis() {
    let found = analysed(&[&[1, 2, 3], &[10, 20, 30], &[7, 14, 21]]);
    assert_eq!((found.inertia, found.chi_square, found.axes.len()), (0.0, 0.0, 0));
    for point in found.rows.iter().chain(&found.columns) {
        assert_eq!((point.quality(2), point.coordinates.len()), (None, 0));
    }
}

#[test]
fn a_point_of_mean_profile_is_at_the_origin_and_has_no_quality() {
    let found = analysed(&[&[1, 3], &[2, 2], &[3, 1]]);
    assert_eq!(found.rows[1].squared_cosines, None);
    assert!(found.rows[1].coordinates[0].abs() < 1e-15);
    assert!((found.rows[0].quality(1).expect("a profile of its own") - 1.0).abs() < 1e-14);
}

#[test]
fn the_first_of_the_rows_that_contribute_most_is_positive() {
    let found = analysed(&[&[3, 1], &[1, 3]]);
    assert!(found.rows[0].coordinates[0] > 0.0 && found.rows[1].coordinates[0] < 0.0);
}

fn check_refused(rows: usize, columns: usize, cells: Vec<u64>, expect: Error) {
    assert_eq!(Table::new(rows, columns, cells).expect_err("a refusal"), expect);
}

#[test]
fn tables_out_of_limits_are_refused() {
    check_refused(0, 3, vec![], Error::Empty);
    check_refused(3, 0, vec![], Error::Empty);
    check_refused(501, 1, vec![0; 501], Error::TooLarge { rows: 501, columns: 1 });
    check_refused(1, 501, vec![0; 501], Error::TooLarge { rows: 1, columns: 501 });
    check_refused(2, 2, vec![1, 2, 3], Error::Shape { expected: 4, found: 3 });
    check_refused(1, 2, vec![TOTAL_MAX, 1], Error::TotalTooLarge);
    check_refused(1, 2, vec![u64::MAX, 2], Error::TotalTooLarge);
    let told = Error::TooLarge { rows: 501, columns: 1 }.to_string();
    assert_eq!(told, "Le tableau est trop grand\u{202f}: 500 lignes et 500 colonnes au plus.");
}

#[test]
fn a_table_tells_its_cells_and_totals() {
    let found = table(&[&[1, 2, 3], &[4, 5, 6]]);
    assert_eq!(
        (found.row_totals(), found.column_totals(), found.total()),
        (&[6, 15][..], &[5, 7, 9][..], 21)
    );
    assert_eq!((found.count(1, 0), found.count(0, 3), found.count(2, 0)), (Some(4), None, None));
}

#[test]
fn tables_without_two_rows_and_two_columns_are_not_analysed() {
    let check = |rows: &[&[u64]], expect| assert_eq!(correspondence(&table(rows)), Err(expect));
    check(&[&[1, 2]], Error::TooFewRows { filled: 1 });
    check(&[&[0, 0], &[0, 0]], Error::TooFewRows { filled: 0 });
    check(&[&[1, 0], &[2, 0]], Error::TooFewColumns { filled: 1 });
    let wide = Table::new(101, 101, vec![1; 101 * 101]).expect("a table");
    assert_eq!(correspondence(&wide), Err(Error::TooLargeToAnalyse));
}

#[test]
fn the_greatest_counts_are_analysed() {
    let found = analysed(&[&[TOTAL_MAX / 2 - 1, 1], &[1, TOTAL_MAX / 2 - 1]]);
    assert!((found.inertia - 1.0).abs() < 1e-14 && (found.axes[0].inertia - 1.0).abs() < 1e-14);
}

/// Tables with at least two rows and two columns that hold something; small counts, so that zeros and ties are met.
fn any_table() -> impl Strategy<Value = (usize, usize, Vec<u64>)> {
    (2_usize..9, 2_usize..9, prop_oneof![Just(2_u64), Just(6), Just(500)])
        .prop_flat_map(|(rows, columns, most)| {
            (Just(rows), Just(columns), prop::collection::vec(0..=most, rows * columns))
        })
        .prop_filter("two rows and two columns", |(rows, columns, cells)| {
            Table::new(*rows, *columns, cells.clone()).is_ok_and(|table| correspondence(&table).is_ok())
        })
}

fn analysis((rows, columns, cells): &(usize, usize, Vec<u64>)) -> (Table, Correspondence) {
    let table = Table::new(*rows, *columns, cells.clone()).expect("a table");
    let found = correspondence(&table).expect("an analysis");
    (table, found)
}

fn sum(values: impl Iterator<Item = f64>) -> f64 {
    values.sum()
}

fn share_of(found: &Correspondence, row: usize, column: usize, table: &Table) -> f64 {
    let count = table.count(found.rows[row].index, found.columns[column].index).expect("a cell");
    count as f64 / table.total() as f64
}

/// Squared distances between points, which no turn of equal axes changes.
fn distances(points: &[Point]) -> Vec<f64> {
    let between = |one: &Point, other: &Point| {
        sum(one.coordinates.iter().zip(&other.coordinates).map(|(one, other)| (one - other).powi(2)))
    };
    points.iter().flat_map(|one| points.iter().map(move |other| between(one, other))).collect()
}

fn close(found: &[f64], expected: &[f64], within: f64) -> bool {
    found.len() == expected.len()
        && found.iter().zip(expected).all(|(found, expected)| (found - expected).abs() <= within)
}

proptest! {
    #[test]
    fn inertia_is_chi_square_over_total_and_sums_over_axes_and_points(any in any_table()) {
        let (table, found) = analysis(&any);
        let mut chi_square = 0.0;
        for row in &found.rows {
            for column in &found.columns {
                let expected = row.mass * column.mass * table.total() as f64;
                let count = table.count(row.index, column.index).expect("a cell") as f64;
                chi_square += (count - expected).powi(2) / expected;
            }
        }
        prop_assert!((found.chi_square - chi_square).abs() < 1e-9 * (1.0 + chi_square));
        prop_assert!((found.inertia * table.total() as f64 - chi_square).abs() < 1e-9 * (1.0 + chi_square));
        let sums = [
            sum(found.axes.iter().map(|axis| axis.inertia)),
            sum(found.rows.iter().map(|point| point.inertia)),
            sum(found.columns.iter().map(|point| point.inertia)),
        ];
        prop_assert!(close(&sums, &[found.inertia; 3], 1e-13));
        prop_assert!(found.axes.is_sorted_by(|one, other| one.inertia >= other.inertia));
        prop_assert!(found.axes.iter().all(|axis| axis.inertia > 0.0 && axis.inertia < 1.0 + 1e-12));
    }

    #[test]
    fn masses_contributions_and_cosines_sum_to_one(any in any_table()) {
        let (_, found) = analysis(&any);
        for points in [&found.rows, &found.columns] {
            prop_assert!((sum(points.iter().map(|point| point.mass)) - 1.0).abs() < 1e-13);
            for (at, axis) in found.axes.iter().enumerate() {
                prop_assert!((sum(points.iter().map(|point| point.contributions[at])) - 1.0).abs() < 1e-9);
                prop_assert!(sum(points.iter().map(|point| point.mass * point.coordinates[at])).abs() < 1e-9);
                let carried = sum(points.iter().map(|point| point.mass * point.coordinates[at].powi(2)));
                prop_assert!((carried - axis.inertia).abs() < 1e-12);
            }
            for point in points.iter().filter(|point| point.inertia > 1e-12) {
                prop_assert!((point.quality(found.axes.len()).expect("a quality") - 1.0).abs() < 1e-6);
            }
        }
    }

    /// Each row is, but for the factor 1/√λ, at the mean of the columns weighed by its profile, and the other way round.
    #[test]
    fn transition_formulas_hold(any in any_table()) {
        let (table, found) = analysis(&any);
        for (axis, inertia) in found.axes.iter().map(|axis| axis.inertia).enumerate().filter(|(_, inertia)| *inertia > 1e-9) {
            for (row, point) in found.rows.iter().enumerate() {
                let mean = sum((0..found.columns.len()).map(|column| {
                    share_of(&found, row, column, &table) / point.mass * found.columns[column].coordinates[axis]
                }));
                prop_assert!((mean / inertia.sqrt() - point.coordinates[axis]).abs() < 1e-7);
            }
            for (column, point) in found.columns.iter().enumerate() {
                let mean = sum((0..found.rows.len()).map(|row| {
                    share_of(&found, row, column, &table) / point.mass * found.rows[row].coordinates[axis]
                }));
                prop_assert!((mean / inertia.sqrt() - point.coordinates[axis]).abs() < 1e-7);
            }
        }
    }

    /// All axes together give every cell back.
    #[test]
    fn the_table_is_recovered_from_its_axes(any in any_table()) {
        let (table, found) = analysis(&any);
        for (row, one) in found.rows.iter().enumerate() {
            for (column, other) in found.columns.iter().enumerate() {
                let excess = sum(found.axes.iter().enumerate().map(|(at, axis)| {
                    one.coordinates[at] * other.coordinates[at] / axis.inertia.sqrt()
                }));
                let share = one.mass * other.mass * (1.0 + excess);
                prop_assert!((share - share_of(&found, row, column, &table)).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn distances_are_those_of_profiles(any in any_table()) {
        let (table, found) = analysis(&any);
        let between = |one: usize, other: usize| {
            sum((0..found.columns.len()).map(|column| {
                let profile = |row: usize| share_of(&found, row, column, &table) / found.rows[row].mass;
                (profile(one) - profile(other)).powi(2) / found.columns[column].mass
            }))
        };
        let rows = found.rows.len();
        let expected: Vec<f64> =
            (0..rows).flat_map(|one| (0..rows).map(move |other| (one, other))).map(|(one, other)| between(one, other)).collect();
        let scale = expected.iter().fold(1.0_f64, |most, distance| most.max(*distance));
        prop_assert!(close(&distances(&found.rows), &expected, 1e-9 * scale));
    }

    #[test]
    fn rows_in_another_order_give_the_same_points(any in any_table(), by in 1_usize..8) {
        let (rows, columns, cells) = &any;
        let (_, found) = analysis(&any);
        let mut turned = cells.clone();
        turned.rotate_left(by % rows * columns);
        let (_, other) = analysis(&(*rows, *columns, turned));
        let inertias = |found: &Correspondence| found.axes.iter().map(|axis| axis.inertia).collect::<Vec<_>>();
        prop_assert!(close(&inertias(&other), &inertias(&found), 1e-13));
        let scale = distances(&found.columns).into_iter().fold(1.0, f64::max);
        prop_assert!(close(&distances(&other.columns), &distances(&found.columns), 1e-9 * scale));
        let apart = found.axes.windows(2).all(|pair| pair[0].inertia - pair[1].inertia > 1e-4);
        if apart && found.axes.iter().all(|axis| axis.inertia > 1e-4) {
            for point in &found.rows {
                let index = (point.index + rows - by % rows) % rows;
                let twin = other.rows.iter().find(|twin| twin.index == index).expect("the same row");
                let sizes = |point: &Point| point.coordinates.iter().map(|part| part.abs()).collect::<Vec<_>>();
                prop_assert!(close(&sizes(twin), &sizes(point), 1e-7));
                prop_assert!(close(&twin.contributions, &point.contributions, 1e-7));
            }
        }
    }

    #[test]
    fn rows_and_columns_exchange_their_parts(any in any_table()) {
        let (rows, columns, cells) = &any;
        let (_, found) = analysis(&any);
        let turned = (0..*columns).flat_map(|column| (0..*rows).map(move |row| cells[row * columns + column])).collect();
        let (_, other) = analysis(&(*columns, *rows, turned));
        prop_assert_eq!(found.axes.len(), other.axes.len());
        let scale = distances(&found.rows).into_iter().chain(distances(&found.columns)).fold(1.0, f64::max);
        prop_assert!(close(&distances(&other.columns), &distances(&found.rows), 1e-9 * scale));
        prop_assert!(close(&distances(&other.rows), &distances(&found.columns), 1e-9 * scale));
    }

    /// Twice everything is the same map, to the bit; a thousand times everything is the same to a rounding.
    #[test]
    fn a_table_of_larger_counts_has_the_same_map(any in any_table()) {
        let (rows, columns, cells) = &any;
        let (_, found) = analysis(&any);
        let times = |factor: u64| analysis(&(*rows, *columns, cells.iter().map(|count| count * factor).collect())).1;
        let twice = times(2);
        prop_assert_eq!((&twice.axes, &twice.rows, &twice.columns), (&found.axes, &found.rows, &found.columns));
        let more = times(1_000);
        prop_assert!((more.inertia - found.inertia).abs() < 1e-13);
        prop_assert!((more.chi_square - 1_000.0 * found.chi_square).abs() < 1e-9 * (1.0 + more.chi_square));
        let scale = distances(&found.rows).into_iter().fold(1.0, f64::max);
        prop_assert!(close(&distances(&more.rows), &distances(&found.rows), 1e-9 * scale));
    }
}
