//! What the rows above say of the next one: cells that « idem » repeats, what a total adds up.
//! Absent: what makes a total of a row (see `aside`).

use catalogue::RawTraining;

use crate::table::Cell;

/// What the rows above say of the next one.
#[derive(Default)]
pub(super) struct Above {
    /// The cells of the last row, whether it went in or not, for those that say « idem »; a total or the title of a
    /// part is no row.
    pub(super) cells: Vec<Cell>,
    /// The organisation of the last row that went in.
    pub(super) provider: String,
    /// Its words under the themes, folded.
    pub(super) theme: String,
    /// Whether a title has small letters.
    pub(super) has_small_titles: bool,
    /// Durations and prices since the last row left aside, and of all rows.
    block: [Tally; 2],
    all: [Tally; 2],
}

impl Above {
    /// Takes note of a row that goes in.
    pub(super) fn enter(&mut self, raw: &RawTraining, theme: String) {
        self.has_small_titles |= raw.title.chars().any(char::is_lowercase);
        self.provider.clone_from(&raw.provider);
        self.theme = theme;
        for tallies in [&mut self.block, &mut self.all] {
            for (tally, amount) in tallies.iter_mut().zip([raw.duration_hours, raw.price_eur]) {
                amount.into_iter().for_each(|amount| tally.add(amount));
            }
        }
    }

    /// Takes note of a total or of the title of a part: other rows begin.
    pub(super) fn close(&mut self) {
        self.block = Default::default();
    }

    /// Whether the price of a row, else its duration, is the sum of those above, and whether it is their mean.
    pub(super) fn adds_up(&self, raw: &RawTraining) -> (bool, bool) {
        let (at, amount) = match (raw.price_eur, raw.duration_hours) {
            (Some(price), _) => (1, price),
            (None, Some(hours)) => (0, hours),
            (None, None) => return (false, false),
        };
        let tallies = [self.block[at], self.all[at]];
        (tallies.iter().any(|tally| tally.is_sum(amount)), tallies.iter().any(|tally| tally.is_mean(amount)))
    }
}

/// Amounts met so far.
#[derive(Clone, Copy, Default)]
struct Tally {
    count: f64,
    sum: f64,
    /// The least and the most of them.
    range: Option<(f64, f64)>,
}

impl Tally {
    /// Half of what a total may be rounded by.
    const NEAR: f64 = 0.51;

    fn add(&mut self, amount: f64) {
        self.count += 1.0;
        self.sum += amount;
        let (least, most) = self.range.unwrap_or((amount, amount));
        self.range = Some((least.min(amount), most.max(amount)));
    }

    /// The sum of one amount is no sum: it may be the same for another training.
    fn is_sum(&self, amount: f64) -> bool {
        self.count > 1.0 && amount > 0.0 && (self.sum - amount).abs() < Self::NEAR
    }

    /// Where all amounts are the same, each of them is their mean.
    fn is_mean(&self, amount: f64) -> bool {
        let differ = self.range.is_some_and(|(least, most)| most > least);
        differ && (self.sum / self.count - amount).abs() < Self::NEAR
    }
}
