//! A proportion and its Wilson interval. Absent: the comparison of two proportions.

use crate::Z;

/// A proportion and its interval at 95 %, all between 0 and 1; `low <= value <= high`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// `count / total`.
    pub value: f64,
    /// Lower bound of the interval.
    pub low: f64,
    /// Upper bound of the interval.
    pub high: f64,
}

/// The share that `count` has in `total`, with the score interval of Wilson at 95 %.
///
/// The interval holds every proportion from which the observed one is not further than 1.96 of that proportion's own
/// standard errors. It stays within 0 and 1, is not of zero width at 0 or `total`, and keeps close to its level for small
/// totals, without continuity correction.
///
/// `None` when `total` is 0, and when `count` goes beyond it.
///
/// Sources: E. B. Wilson, « Probable inference, the law of succession, and statistical inference », Journal of the American
/// Statistical Association 22 (1927), 209–212; R. G. Newcombe, « Two-sided confidence intervals for the single proportion:
/// comparison of seven methods », Statistics in Medicine 17 (1998), 857–872 (method 3).
#[must_use]
pub fn share(count: u64, total: u64) -> Option<Share> {
    if total == 0 || count > total {
        return None;
    }
    let (found, size, missed) = (count as f64, total as f64, (total - count) as f64);
    let centre = (found + Z * Z / 2.0) / (size + Z * Z);
    let half_width = Z * (found * (missed / size) + Z * Z / 4.0).sqrt() / (size + Z * Z);
    let value = found / size;
    // At both ends the bound is the observed proportion itself, which rounding would miss.
    let low = if count == 0 { 0.0 } else { (centre - half_width).clamp(0.0, value) };
    let high = if count == total { 1.0 } else { (centre + half_width).clamp(value, 1.0) };
    Some(Share { value, low, high })
}
