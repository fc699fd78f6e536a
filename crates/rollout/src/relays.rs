//! Relays of one channel during a run: trained, waiting, teaching, gone. Absent: their hours and what they cost (`run`).

use rand_pcg::Pcg64;

use crate::model::Relays;
use crate::stream::{Purpose, binomial, stream};

/// Relays of a channel. At each moment those to train, those trained who wait and those who teach are together the count
/// wanted; less those who left, when they are not replaced.
#[derive(Debug)]
pub(crate) struct Cascade {
    pub(crate) relays: Relays,
    pub(crate) to_train: u64,
    pub(crate) active: u64,
    pub(crate) left: u64,
    ring: Vec<u64>,
    generator: Pcg64,
}

impl Cascade {
    pub(crate) fn new(relays: Relays, seed: u64, run: usize, channel: usize) -> Self {
        Self {
            relays,
            to_train: relays.count,
            active: 0,
            left: 0,
            ring: vec![0; relays.delay_months],
            generator: stream(seed, run, Purpose::Relays, [channel, 0, 0]),
        }
    }

    /// Some of those who teach stop; then those whose delay is over begin.
    pub(crate) fn begin(&mut self, month: usize) {
        let gone = binomial(&mut self.generator, self.active, self.relays.departures);
        self.active -= gone;
        self.left += gone;
        self.to_train += if self.relays.replaced { gone } else { 0 };
        let place = month % self.ring.len();
        self.active += std::mem::take(&mut self.ring[place]);
    }

    /// Trains in at most so many sessions: the sessions opened, of which the last may not be full, and the people.
    pub(crate) fn train(&mut self, month: usize, most: u64) -> (u64, u64) {
        let size = self.relays.people_per_session;
        let sessions = self.to_train.div_ceil(size).min(most);
        let people = self.to_train.min(sessions.saturating_mul(size));
        self.to_train -= people;
        let place = month % self.ring.len();
        self.ring[place] += people;
        (sessions, people)
    }

    /// Those who are trained and do not teach yet.
    pub(crate) fn coming(&self) -> u64 {
        self.ring.iter().sum()
    }
}
