//! Checksums and columns.

use super::bytes::{Numbers, checksum};

proptest::proptest! {
    #[test]
    fn any_changed_byte_changes_the_sum(
        bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 1..40),
        place in proptest::prelude::any::<proptest::sample::Index>(),
        flip in 1_u8..=255,
    ) {
        let mut other = bytes.clone();
        other[place.index(bytes.len())] ^= flip;
        proptest::prop_assert_ne!(checksum(&bytes), checksum(&other));
    }

    #[test]
    fn columns_come_back(numbers in proptest::collection::vec(proptest::prelude::any::<u32>(), 0..20)) {
        let bytes = numbers.to_bytes();
        proptest::prop_assert_eq!(Vec::<u32>::from_bytes(&bytes).expect("whole"), numbers);
        proptest::prop_assert!(Vec::<u64>::from_bytes(&[0; 9]).is_err());
    }
}
