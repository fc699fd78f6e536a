//! Whole people out of shares. Absent: what the shares are of.

/// Splits `total` by `shares`, whose sum is at most 1, by the method of the largest remainder (Hamilton; Balinski and
/// Young, « Fair Representation », 1982), ties to the first. The last number is the rest, which is nobody's: it takes
/// part in the remainders as a share of its own, so that the sum is always `total`.
#[must_use]
pub fn apportion(total: u64, shares: &[f64]) -> Vec<u64> {
    let rest = (1.0 - shares.iter().sum::<f64>()).max(0.0);
    // Shares that add up to 1 leave nothing but an error of rounding.
    let rest = if rest < 1e-9 { 0.0 } else { rest };
    let exact: Vec<f64> =
        shares.iter().copied().chain([rest]).map(|share| share.max(0.0) * total as f64).collect();
    // A share of 0.1 of 30 is 3, though floating point may say a hair less.
    let mut left = total;
    let mut whole = Vec::with_capacity(exact.len());
    for value in &exact {
        let own = ((value * (1.0 + 1e-12) + 1e-9).floor() as u64).min(left);
        whole.push(own);
        left -= own;
    }
    let mut order: Vec<usize> = (0..whole.len()).filter(|place| exact[*place] > 0.0).collect();
    // Millionths of a person: remainders that differ by less are equal, and the first goes first.
    let remainder = |place: usize| ((exact[place] - whole[place] as f64) * 1e6).round() as i64;
    order.sort_by_key(|place| std::cmp::Reverse(remainder(*place)));
    for place in order.into_iter().cycle().take(left as usize) {
        whole[place] += 1;
    }
    whole
}
