//! Which pairs are worth comparing: prefix filtering on rare words.
//!
//! Source: Chaudhuri, Ganti and Kaushik, « A primitive operator for similarity joins in data cleaning », ICDE
//! 2006, and Bayardo, Ma and Srikant, « Scaling up all pairs similarity search », WWW 2007. Two sets whose
//! Jaccard index is at least t share a word among the first n − ⌈t·n⌉ + 1 of each, in any order common to
//! both; with the rarest words first, few pairs do. Their sizes are at most 1/t apart. Nothing is missed.
//! Absent: the comparison itself.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{BLOCK_MOST, Card, LEAST_SHARE};

/// Gives each stem a number, and counts the texts that hold it.
#[derive(Default)]
pub(super) struct Numbering {
    known: FxHashMap<String, u32>,
    counts: Vec<u32>,
    stemming: explorer::Stemming,
}

impl Numbering {
    /// Numbers of the distinct stems of a text, in no stated order.
    pub fn numbers(&mut self, text: &str) -> Vec<u32> {
        let mut numbers = Vec::new();
        for stem in self.stems(text) {
            let next = self.counts.len() as u32;
            let number = *self.known.entry(stem).or_insert(next);
            if number == next {
                self.counts.push(0);
            }
            numbers.push(number);
        }
        numbers.sort_unstable();
        numbers.dedup();
        numbers.iter().for_each(|number| self.counts[*number as usize] += 1);
        numbers
    }

    /// The stems of a text, in order.
    pub fn stems(&mut self, text: &str) -> Vec<String> {
        self.stemming.stems(text).into_iter().map(|(_, stem)| stem).collect()
    }

    /// For each number, the rank of its stem from the rarest; equals are in the order they were met.
    pub fn ranks(&self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.counts.len() as u32).collect();
        order.sort_by_key(|number| (self.counts[*number as usize], *number));
        let mut ranks = vec![0; order.len()];
        order.iter().zip(0..).for_each(|(number, rank)| ranks[*number as usize] = rank);
        ranks
    }
}

/// How many of the rarest words of a set have to be looked at.
fn prefix(words: usize) -> usize {
    // A hair less than the share, so that rounding never loses a pair.
    let common = (f64::from(LEAST_SHARE) * words as f64 - 1e-6).ceil() as usize;
    if words == 0 { 0 } else { words - common.max(1) + 1 }
}

/// Pairs of positions that may be close, each once, and how many comparisons a full block left out.
/// With `new` above 0, only pairs of one of the first `new` cards and one of the others.
pub(super) fn candidates(cards: &[Card], new: usize) -> (Vec<(usize, usize)>, usize) {
    let mut left_out = 0;
    let mut pairs = FxHashSet::default();
    let fields: [fn(&Card) -> &[u32]; 2] = [|card| &card.title_words, |card| &card.summary_words];
    for words in fields {
        let mut blocks: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        for (at, card) in cards.iter().enumerate().map(|(at, card)| (at, words(card))) {
            for word in &card[..prefix(card.len())] {
                let block = blocks.entry(*word).or_default();
                if new == 0 || at >= new {
                    for other in block.iter().map(|other| *other as usize) {
                        let near = near_sizes(card.len(), words(&cards[other]).len());
                        if near && super::share(card, words(&cards[other])) >= LEAST_SHARE {
                            pairs.insert((other as u32, at as u32));
                        }
                    }
                }
                let joins = new == 0 || at < new;
                if joins && block.len() < BLOCK_MOST {
                    block.push(at as u32);
                } else if joins {
                    left_out += 1;
                }
            }
        }
    }
    let mut pairs: Vec<(usize, usize)> = pairs.into_iter().map(|(a, b)| (a as usize, b as usize)).collect();
    pairs.sort_unstable();
    (pairs, left_out)
}

/// Two sets of very different sizes cannot be close.
fn near_sizes(one: usize, other: usize) -> bool {
    one.min(other) as f32 >= LEAST_SHARE * one.max(other) as f32 - 1e-3
}
