//! Whole people out of shares. Absent: what becomes of them.

use proptest::prelude::*;
use rollout::apportion;

#[test]
fn largest_remainders_take_what_is_left() {
    assert_eq!(apportion(10, &[0.26, 0.37, 0.37]), [2, 4, 4, 0]);
    assert_eq!(apportion(10, &[0.25, 0.25, 0.25, 0.25]), [3, 3, 2, 2, 0]);
    assert_eq!(apportion(30, &[0.1, 0.2]), [3, 6, 21]);
    assert_eq!(apportion(7, &[]), [7]);
    assert_eq!(apportion(0, &[0.5, 0.5]), [0, 0, 0]);
    assert_eq!(apportion(10_000_000, &[0.1; 10]), [[1_000_000; 10].as_slice(), &[0]].concat());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nobody_is_lost_and_each_share_is_near(
        total in 0_u64..3_000_000,
        parts in prop::collection::vec(0_u32..100, 1..8),
        rest in 0_u32..100,
    ) {
        let sum = f64::from(parts.iter().sum::<u32>() + rest).max(1.0);
        let shares: Vec<f64> = parts.iter().map(|part| f64::from(*part) / sum).collect();
        let whole = apportion(total, &shares);
        prop_assert_eq!(whole.len(), shares.len() + 1);
        prop_assert_eq!(whole.iter().sum::<u64>(), total);
        for (share, own) in shares.iter().zip(&whole) {
            prop_assert!((share * total as f64 - *own as f64).abs() < 1.0 + 1e-6);
            prop_assert!(*share > 0.0 || *own == 0);
        }
    }
}
