//! A small generator of random numbers that gives the same numbers on every machine (SplitMix64),
//! and draws from it. Absent: secrecy; these numbers can be guessed.

/// A source of numbers that depend only on the seed.
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

impl Dice {
    /// Numbers of a place in a sequence: neighbours have nothing in common.
    pub fn new(seed: u64, place: u64) -> Self {
        let mut dice = Self(seed ^ place.wrapping_mul(0xd6e8_feb8_6659_fd93));
        dice.roll();
        dice
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below a limit that is not zero.
    pub fn below(&mut self, limit: usize) -> usize {
        ((u128::from(self.roll()) * limit as u128) >> 64) as usize
    }

    /// True that many times out of a thousand.
    pub fn chance(&mut self, per_thousand: usize) -> bool {
        self.below(1000) < per_thousand
    }

    /// One of a list that is not empty, all alike.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// One of a list, as often as its weight says.
    pub fn weighted<'a, T>(&mut self, list: &'a [(T, usize)]) -> &'a T {
        let mut left = self.below(list.iter().map(|(_, weight)| weight).sum());
        for (value, weight) in list {
            if left < *weight {
                return value;
            }
            left -= weight;
        }
        &list[list.len() - 1].0
    }

    /// A rank, small ones more often.
    pub fn rank(&mut self, zipf: &Zipf) -> usize {
        let target = (self.roll() >> 11) as f64 / (1_u64 << 53) as f64 * zipf.total;
        zipf.sums.partition_point(|sum| *sum <= target).min(zipf.sums.len() - 1)
    }
}

/// Zipf's law over ranks, its head flattened.
#[derive(Debug, Clone)]
pub(super) struct Zipf {
    sums: Vec<f64>,
    total: f64,
}

impl Zipf {
    /// The law over a number of ranks that is not zero: rank `r` has the weight `1 / (r + flat)`.
    pub fn new(ranks: usize, flat: f64) -> Self {
        let mut total = 0.0;
        let sums = (1..=ranks)
            .map(|rank| {
                total += 1.0 / (rank as f64 + flat);
                total
            })
            .collect();
        Self { sums, total }
    }
}
