//! Random numbers that depend on the seed, the run and what they serve, never on threads. Absent: laws of parameters.
//!
//! The generator is PCG XSL 128/64 (O'Neill, « PCG: a family of simple fast space-efficient statistically good
//! algorithms for random number generation », 2014), which its crate documents as deterministic and portable.

use rand_distr::{Binomial, Distribution};
use rand_pcg::Pcg64;

/// What a stream serves: two purposes never share numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Purpose {
    Parameters = 1,
    TakeUp = 2,
    Step = 3,
    Relays = 4,
}

/// The finaliser of SplitMix64 (Steele, Lea and Flood, « Fast splittable pseudorandom number generators », 2014).
fn mix(value: u64) -> u64 {
    let mut mixed = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

/// The generator of (seed, run, purpose, key). A key is a group, a channel and a step, so that a change in one queue
/// leaves the draws of others as they were: common random numbers.
pub(crate) fn stream(seed: u64, run: usize, purpose: Purpose, key: [usize; 3]) -> Pcg64 {
    let mut state = mix(seed);
    for part in [run, purpose as usize, key[0], key[1], key[2]] {
        state = mix(state ^ part as u64);
    }
    let mut word = || {
        state = mix(state);
        u128::from(state)
    };
    let (high, low, odd) = (word(), word(), word());
    Pcg64::new(high << 64 | low, odd)
}

/// How many of `trials` succeed with a chance of `chance` each. A sure thing draws nothing.
pub(crate) fn binomial(generator: &mut Pcg64, trials: u64, chance: f64) -> u64 {
    if trials == 0 || chance <= 0.0 {
        return 0;
    }
    if chance >= 1.0 {
        return trials;
    }
    // The constructor refuses chances outside 0..=1 and nothing else, and those are gone.
    Binomial::new(trials, chance).map_or(0, |law| law.sample(generator))
}
