//! A number known by its lowest, likeliest and highest values. Absent: which number of a model it is, random numbers.

/// A triangular law: what is known of a number that nobody measured. All three are in the unit of the number.
///
/// Laws are independent of one another: no correlation between parameters is modelled.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Range {
    /// The lowest value.
    pub low: f64,
    /// The likeliest value, between both.
    pub mode: f64,
    /// The highest value.
    pub high: f64,
}

impl Range {
    /// A number that is known.
    #[must_use]
    pub const fn fixed(value: f64) -> Self {
        Self { low: value, mode: value, high: value }
    }

    /// A number between `low` and `high`, most likely `mode`.
    #[must_use]
    pub const fn new(low: f64, mode: f64, high: f64) -> Self {
        Self { low, mode, high }
    }

    /// Whether there is nothing to draw.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        self.low >= self.high
    }

    /// The expected value: a third of the sum of the three.
    #[must_use]
    pub fn mean(&self) -> f64 {
        if self.is_certain() { self.mode } else { (self.low + self.mode + self.high) / 3.0 }
    }

    /// The value under which the law has a share `level` (0 to 1) of its mass, by the inverse of its distribution
    /// function (Kotz and van Dorp, « Beyond Beta », World Scientific, 2004, section 1.2).
    #[must_use]
    pub fn quantile(&self, level: f64) -> f64 {
        let width = self.high - self.low;
        if width <= 0.0 {
            return self.mode;
        }
        let value = if level * width < self.mode - self.low {
            self.low + (level * width * (self.mode - self.low)).sqrt()
        } else {
            self.high - ((1.0 - level) * width * (self.high - self.mode)).sqrt()
        };
        value.clamp(self.low, self.high)
    }

    /// Whether the three are finite, in order, and within `least..=most`.
    pub(crate) fn is_within(&self, least: f64, most: f64) -> bool {
        self.low.is_finite()
            && self.high.is_finite()
            && least <= self.low
            && self.low <= self.mode
            && self.mode <= self.high
            && self.high <= most
    }
}
