//! How many words of a sequence have each of their 64 bits set (positional population count).
//! Absent: what the bits mean (see `columns`).
//!
//! Sixteen words at a time go through a tree of carry-save adders (Harley and Seal's circuit, described
//! by Muła, Kurz and Lemire, « Faster Population Counts Using AVX2 Instructions », The Computer Journal
//! 61(1), 2018); each carry out of the tree adds sixteen to counters of one byte, emptied before they
//! overflow.

/// Carries that a counter of one byte holds.
const CARRIES_MAX: u32 = 255;

/// Counts being summed for one word of each document.
#[derive(Clone)]
pub(crate) struct Positions {
    ones: u64,
    twos: u64,
    fours: u64,
    eights: u64,
    /// Counter `byte` of word `bit` counts the carries of bit `8 * byte + bit`.
    carries: [u64; 8],
    carried: u32,
    counts: [u64; 64],
}

impl Positions {
    /// Nothing counted.
    pub fn new() -> Self {
        Self { ones: 0, twos: 0, fours: 0, eights: 0, carries: [0; 8], carried: 0, counts: [0; 64] }
    }

    /// Counts the bits of sixteen words.
    #[inline]
    pub fn add(&mut self, words: &[u64; 16]) {
        let mut eights = [self.eights, 0, 0];
        for (half, eight) in words.chunks_exact(8).zip(1..) {
            let mut fours = [0; 2];
            for (quarter, four) in half.chunks_exact(4).zip(&mut fours) {
                let (ones, two) = carry_save(self.ones, quarter[0], quarter[1]);
                let (ones, other_two) = carry_save(ones, quarter[2], quarter[3]);
                self.ones = ones;
                (self.twos, *four) = carry_save(self.twos, two, other_two);
            }
            (self.fours, eights[eight]) = carry_save(self.fours, fours[0], fours[1]);
        }
        let (sum, sixteens) = carry_save(eights[0], eights[1], eights[2]);
        self.eights = sum;
        for (bit, counter) in self.carries.iter_mut().enumerate() {
            *counter += (sixteens >> bit) & 0x0101_0101_0101_0101;
        }
        self.carried += 1;
        if self.carried == CARRIES_MAX {
            self.empty();
        }
    }

    #[cold]
    fn empty(&mut self) {
        for (bit, counter) in self.carries.iter_mut().enumerate() {
            for (byte, carries) in counter.to_le_bytes().into_iter().enumerate() {
                self.counts[8 * byte + bit] += 16 * u64::from(carries);
            }
            *counter = 0;
        }
        self.carried = 0;
    }

    /// The counts, by bit.
    pub fn counts(mut self) -> [u64; 64] {
        self.empty();
        for (bit, count) in self.counts.iter_mut().enumerate() {
            let at = |word: u64| word >> bit & 1;
            *count += at(self.ones) + 2 * at(self.twos) + 4 * at(self.fours) + 8 * at(self.eights);
        }
        self.counts
    }
}

/// Sum and carry of three words, bit by bit.
#[inline]
fn carry_save(a: u64, b: u64, c: u64) -> (u64, u64) {
    let half = a ^ b;
    (half ^ c, (a & b) | (half & c))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Positions;

    proptest! {
        #[test]
        fn counts_are_those_of_each_bit(words in prop::collection::vec(any::<u64>(), 0..9_000)) {
            let mut positions = Positions::new();
            for chunk in words.chunks(16) {
                let mut sixteen = [0; 16];
                sixteen[..chunk.len()].copy_from_slice(chunk);
                positions.add(&sixteen);
            }
            let expected: Vec<u64> =
                (0..64).map(|bit| words.iter().map(|word| word >> bit & 1).sum()).collect();
            prop_assert_eq!(positions.counts().to_vec(), expected);
        }
    }
}
