//! What a score is worth: the share of the values with such a score that were right on texts the judge
//! had not seen, and the least score for a wanted precision.
//!
//! Source: isotonic regression by pooling adjacent violators (Ayer and others, 1955), as used by Zadrozny
//! and Elkan, « Transforming classifier scores into accurate multiclass probability estimates », KDD 2002.
//! Absent: scores themselves (see `linear`).

/// Least number of judged values in a step, so that a share is not that of one lucky value.
const LEAST_STEP: usize = 10;

/// A staircase from scores to shares, and the least score kept.
#[derive(Debug, Clone, Default)]
pub(super) struct Calibration {
    /// Least score of each step and share of right values, both rising.
    steps: Vec<(f32, f32)>,
    /// Least score of a proposal; `None`: no score reaches the wanted precision.
    least: Option<f32>,
}

impl Calibration {
    /// Learns from scores and whether the value was right.
    pub fn learn(mut judged: Vec<(f32, bool)>, wanted: f32) -> Self {
        judged.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut steps: Vec<(f32, usize, usize)> = Vec::new();
        for chunk in judged.chunks(LEAST_STEP) {
            let right = chunk.iter().filter(|(_, right)| *right).count();
            steps.push((chunk[0].0, right, chunk.len()));
            while let [.., before, last] = steps.as_mut_slice()
                && before.1 * last.2 >= last.1 * before.2
            {
                (before.1, before.2) = (before.1 + last.1, before.2 + last.2);
                steps.pop();
            }
        }
        // One right and one wrong value are added to each step (Laplace's rule of succession).
        let share =
            |(least, right, all): &(f32, usize, usize)| (*least, (right + 1) as f32 / (all + 2) as f32);
        Self { steps: steps.iter().map(share).collect(), least: least(&judged, wanted) }
    }

    /// Share of right values at such a score, 0 to 1.
    pub fn share(&self, score: f32) -> f32 {
        let above = self.steps.partition_point(|(least, _)| *least <= score);
        self.steps.get(above.saturating_sub(1)).map_or(0.0, |(_, share)| *share)
    }

    /// Whether a score is high enough to be proposed.
    pub fn keeps(&self, score: f32) -> bool {
        self.least.is_some_and(|least| score >= least)
    }
}

/// The least score from which the share of right values reaches what is wanted.
fn least(judged: &[(f32, bool)], wanted: f32) -> Option<f32> {
    let (mut right, mut least) = (0, None);
    for (rank, (score, is_right)) in judged.iter().rev().enumerate() {
        right += usize::from(*is_right);
        if rank + 1 >= LEAST_STEP && right as f32 >= wanted * (rank + 1) as f32 {
            least = Some(*score);
        }
    }
    least
}
