//! Singular values and vectors of a small matrix, by one-sided Jacobi rotations. Absent: large or sparse matrices.
//!
//! Columns are turned two by two until all are orthogonal (M. R. Hestenes, « Inversion of matrices by biorthogonalization and
//! related results », Journal of the Society for Industrial and Applied Mathematics 6 (1958), 51–90). The method only adds, multiplies
//! and takes square roots, in one order: the same matrix gives the same bits everywhere.

/// A singular value with its unit vectors.
pub(crate) struct Singular {
    pub value: f64,
    /// As long as a column.
    pub left: Vec<f64>,
    /// As long as there are columns.
    pub right: Vec<f64>,
}

/// Cosine under which two columns are orthogonal.
const ORTHOGONAL: f64 = 1e-15;
/// Squared length, as a part of the whole matrix's, under which a column is rounding noise.
const NOISE: f64 = 1e-30;
/// Passes over all pairs; six to ten are enough for the matrices met, as each pass squares what is left.
const PASSES_MAX: usize = 60;

/// The singular values of a matrix given by columns, greatest first; values that are exactly zero are left out.
pub(crate) fn decompose(mut columns: Vec<Vec<f64>>) -> Vec<Singular> {
    let count = columns.len();
    let mut rights: Vec<Vec<f64>> =
        (0..count).map(|at| (0..count).map(|other| if other == at { 1.0 } else { 0.0 }).collect()).collect();
    let noise = NOISE * columns.iter().map(|column| dot(column, column)).sum::<f64>();
    for _ in 0..PASSES_MAX {
        let mut turned = false;
        for second in 1..count {
            for first in 0..second {
                if let Some(turn) = Turn::of(&columns[first], &columns[second], noise) {
                    turn.apply(&mut columns, first, second);
                    turn.apply(&mut rights, first, second);
                    turned = true;
                }
            }
        }
        if !turned {
            break;
        }
    }
    let mut found: Vec<Singular> = columns
        .into_iter()
        .zip(rights)
        .filter_map(|(mut left, right)| {
            let value = dot(&left, &left).sqrt();
            left.iter_mut().for_each(|part| *part /= value);
            (value > 0.0).then_some(Singular { value, left, right })
        })
        .collect();
    found.sort_by(|one, other| other.value.total_cmp(&one.value));
    found
}

/// A rotation in the plane of two columns.
struct Turn {
    cosine: f64,
    sine: f64,
}

impl Turn {
    /// The smaller rotation that makes two columns orthogonal, `None` if they are.
    fn of(first: &[f64], second: &[f64], noise: f64) -> Option<Self> {
        let (one, other, both) = (dot(first, first), dot(second, second), dot(first, second));
        if one <= noise || other <= noise || both.abs() <= ORTHOGONAL * (one * other).sqrt() {
            return None;
        }
        let cotangent = (other - one) / (2.0 * both);
        let tangent = cotangent.signum() / (cotangent.abs() + (1.0 + cotangent * cotangent).sqrt());
        let cosine = 1.0 / (1.0 + tangent * tangent).sqrt();
        Some(Self { cosine, sine: cosine * tangent })
    }

    /// Turns the columns `first` and `second`, `first < second`.
    fn apply(&self, columns: &mut [Vec<f64>], first: usize, second: usize) {
        let (before, after) = columns.split_at_mut(second);
        for (one, other) in before[first].iter_mut().zip(&mut after[0]) {
            (*one, *other) =
                (self.cosine * *one - self.sine * *other, self.sine * *one + self.cosine * *other);
        }
    }
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}
