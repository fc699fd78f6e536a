//! How much more frequent a value is in a group than in the whole that the group is part of. Absent: the choice of groups.

use crate::Z;

/// The index of a group, with its interval at 95 %; all three are between 0 and `whole_total / group_total`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Specialisation {
    /// The share in the group over the share in the whole: 2 where the value is twice as frequent as on the whole.
    pub index: f64,
    /// Lower bound of the interval.
    pub low: f64,
    /// Upper bound of the interval.
    pub high: f64,
    /// What the interval allows to say.
    pub verdict: Verdict,
}

/// Which side of 1 the whole interval is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// More frequent in the group than elsewhere: the interval is above 1.
    More,
    /// Less frequent in the group than elsewhere: the interval is below 1.
    Less,
    /// The interval holds 1.
    Undecided,
}

/// Bounds of the logarithm of a ratio between which roots are looked for; counts up to 2^64 stay inside.
const LOG_RATIO_MAX: f64 = 60.0;
/// Halvings of that range: the last is narrower than a rounding error.
const HALVINGS: usize = 60;

/// The index of specialisation (location quotient) of a group: `(count / group_total) / (whole_count / whole_total)`,
/// where `count` of the group's `group_total` have the value, and `whole_count` of the `whole_total` of which the group is
/// part.
///
/// As the group is part of the whole, its share and the whole's are not independent. Two samples that are apart from each
/// other are compared instead, the group and the **rest**, by the score interval of Miettinen and Nurminen for the ratio θ
/// of two proportions: the ratios that the observed difference does not contradict by more than 1.96 standard errors,
/// these being taken where the likelihood is greatest under the ratio in question, with the factor N / (N − 1). It needs no
/// added half and holds with zero counts. With `w = group_total / whole_total`, the index is `θ / (w θ + 1 − w)`, which
/// grows with θ and is 1 when θ is 1: the bounds of θ become those of the index, and the verdict is that of the comparison
/// of the group with the rest.
///
/// Limits: the sizes of the group and of the rest are taken as given and the things counted as drawn independently (copies
/// of one offer make the interval too narrow); the level is approximate for very small groups; nothing is corrected for
/// the number of comparisons: of a hundred indices where nothing differs, about five leave 1 by chance.
///
/// `None` when there is nothing to compare (`group_total` or `whole_count` is 0, the group is the whole) and when the counts
/// contradict each other.
///
/// Sources: O. Miettinen, M. Nurminen, « Comparative analysis of two rates », Statistics in Medicine 4 (1985), 213–226;
/// the same without the factor: P. A. R. Koopman, « Confidence intervals for the ratio of two binomial proportions »,
/// Biometrics 40 (1984), 513–517. The step from the ratio to the index is algebra.
#[must_use]
pub fn specialisation(
    count: u64,
    group_total: u64,
    whole_count: u64,
    whole_total: u64,
) -> Option<Specialisation> {
    let rest_total = whole_total.checked_sub(group_total)?;
    let rest_count = whole_count.checked_sub(count)?;
    if group_total == 0 || rest_total == 0 || whole_count == 0 {
        return None;
    }
    if count > group_total || rest_count > rest_total {
        return None;
    }
    let pair = Pair {
        count: count as f64,
        size: group_total as f64,
        rest_count: rest_count as f64,
        rest_size: rest_total as f64,
    };
    let weight = pair.size / (pair.size + pair.rest_size);
    let index_of = |ratio: f64| ratio / (weight * ratio + (1.0 - weight));
    let index = (pair.count / pair.size) / (whole_count as f64 / whole_total as f64);
    // Without the value in the group, no ratio is too small; without it in the rest, none is too large.
    let low = if count == 0 { 0.0 } else { index_of(pair.ratio_where_score_is(Z)).min(index) };
    let high = if rest_count == 0 { index } else { index_of(pair.ratio_where_score_is(-Z)).max(index) };
    let verdict = if low > 1.0 {
        Verdict::More
    } else if high < 1.0 {
        Verdict::Less
    } else {
        Verdict::Undecided
    };
    Some(Specialisation { index, low, high, verdict })
}

/// Two samples apart from each other: the group, the rest.
struct Pair {
    count: f64,
    size: f64,
    rest_count: f64,
    rest_size: f64,
}

impl Pair {
    /// The score statistic when the group's proportion is `ratio` times the rest's; it decreases with `ratio`.
    fn score(&self, ratio: f64) -> f64 {
        let difference = self.count / self.size - ratio * self.rest_count / self.rest_size;
        if difference == 0.0 {
            return 0.0;
        }
        let size = self.size + self.rest_size;
        let found = self.count + self.rest_count;
        // The likeliest proportion of the rest is the smaller root of `size·ratio·p² − linear·p + found`, here in the
        // form that subtracts nothing.
        let linear = ratio * (self.size + self.rest_count) + self.count + self.rest_size;
        let root = (linear * linear - 4.0 * size * ratio * found).max(0.0).sqrt();
        let rest = (2.0 * found / (linear + root)).min(1.0);
        let group = (ratio * rest).min(1.0);
        let variance =
            group * (1.0 - group) / self.size + ratio * ratio * rest * (1.0 - rest) / self.rest_size;
        difference / (variance * size / (size - 1.0)).sqrt()
    }

    /// The ratio at which the score has this value.
    fn ratio_where_score_is(&self, target: f64) -> f64 {
        let (mut low, mut high) = (-LOG_RATIO_MAX, LOG_RATIO_MAX);
        for _ in 0..HALVINGS {
            let middle = f64::midpoint(low, high);
            if self.score(middle.exp()) > target {
                low = middle;
            } else {
                high = middle;
            }
        }
        f64::midpoint(low, high).exp()
    }
}
