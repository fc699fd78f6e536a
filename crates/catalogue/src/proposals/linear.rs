//! Texts as sparse vectors, and a linear judge of each value of a vocabulary.
//!
//! Vectors: presence of stems, weighted by inverse document frequency, those of the title twice as much, at length 1
//! (Salton and Buckley, « Term-weighting approaches in automatic text retrieval », 1988).
//! Judge: support vector machine with squared hinge loss, learnt by dual coordinate descent (Hsieh, Chang,
//! Lin, Keerthi and Sundararajan, « A dual coordinate descent method for large-scale linear SVM », ICML
//! 2008), in a fixed order, so that the same catalogue gives the same weights.
//! Absent: what a score is worth (see `calibration`).

use rustc_hash::FxHashMap;

use super::words::Token;

/// Passes over the examples; chosen without measure.
const PASSES: usize = 12;
/// Price of an example on the wrong side of the margin.
const COST: f32 = 1.0;
/// The same for an example that has the value: they are the rarer ones.
const COST_OF_POSITIVES: f32 = 2.0;

/// A text as numbers of stems and weights, sorted by number.
pub(super) type Vector = Vec<(u32, f32)>;

/// The stems of the texts learnt from, with their inverse document frequencies.
#[derive(Debug, Clone, Default)]
pub(super) struct Stems {
    numbers: FxHashMap<String, u32>,
    frequencies: Vec<f32>,
}

impl Stems {
    /// The stems that stand in at least two texts.
    pub fn learn(texts: &[&[Token]]) -> Self {
        let mut counts: FxHashMap<&str, u32> = FxHashMap::default();
        for token in texts.iter().copied().flatten() {
            *counts.entry(&token.stem).or_default() += 1;
        }
        let mut kept: Vec<(&str, u32)> = counts.into_iter().filter(|(_, count)| *count >= 2).collect();
        kept.sort_unstable();
        let total = texts.len() as f32;
        let numbers = kept.iter().zip(0..).map(|((stem, _), number)| ((*stem).to_owned(), number)).collect();
        let frequencies = kept.iter().map(|(_, count)| (total / *count as f32).ln() + 1.0).collect();
        Self { numbers, frequencies }
    }

    /// How many stems there are.
    pub fn len(&self) -> usize {
        self.frequencies.len()
    }

    /// A text as a vector of length 1, with the place of each stem among the tokens.
    pub fn vector(&self, tokens: &[Token]) -> (Vector, Vec<usize>) {
        let mut known: Vec<(u32, f32, usize)> = Vec::new();
        for (place, token) in tokens.iter().enumerate() {
            if let Some(number) = self.numbers.get(&token.stem) {
                known.push((*number, token.weight * self.frequencies[*number as usize], place));
            }
        }
        known.sort_unstable_by_key(|(number, ..)| *number);
        let length =
            known.iter().map(|(_, weight, _)| weight * weight).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        let vector = known.iter().map(|(number, weight, _)| (*number, weight / length)).collect();
        (vector, known.iter().map(|(.., place)| *place).collect())
    }
}

/// Whether a value fits a text: a weight for each stem, and a start.
#[derive(Debug, Clone, Default)]
pub(super) struct Judge {
    weights: Vec<f32>,
    start: f32,
}

impl Judge {
    /// Learns from vectors, of which some have the value.
    pub fn learn(stems: usize, examples: &[(&Vector, bool)]) -> Self {
        let mut judge = Self { weights: vec![0.0; stems], start: 0.0 };
        let mut duals = vec![0.0_f32; examples.len()];
        for _ in 0..PASSES {
            for ((vector, has), dual) in examples.iter().zip(&mut duals) {
                let (sign, cost) = if *has { (1.0, COST_OF_POSITIVES) } else { (-1.0, COST) };
                let diagonal = 0.5 / cost;
                let gradient = sign * judge.score(vector) - 1.0 + diagonal * *dual;
                // Vectors have length 1, and the start is one more coordinate of value 1.
                let next = (*dual - gradient / (2.0 + diagonal)).max(0.0);
                let step = (next - *dual) * sign;
                *dual = next;
                if step != 0.0 {
                    vector.iter().for_each(|(stem, weight)| judge.weights[*stem as usize] += step * weight);
                    judge.start += step;
                }
            }
        }
        judge
    }

    /// The higher, the better the value fits; without unit.
    pub fn score(&self, vector: &Vector) -> f32 {
        self.start + vector.iter().map(|(stem, weight)| self.weights[*stem as usize] * weight).sum::<f32>()
    }

    /// The places in the vector of the stems that speak most for the value, at most `most`.
    pub fn reasons(&self, vector: &Vector, most: usize) -> Vec<usize> {
        let share =
            |(place, (stem, weight)): (usize, &(u32, f32))| (self.weights[*stem as usize] * weight, place);
        let mut shares: Vec<(f32, usize)> =
            vector.iter().enumerate().map(share).filter(|(share, _)| *share > 0.0).collect();
        shares.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        shares.into_iter().take(most).map(|(_, place)| place).collect()
    }
}
