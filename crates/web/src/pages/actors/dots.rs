//! The picture of a field: for each value, the share in the group with its interval, and the share in the whole.
//! Absent: the figures in words (see `words`).

use catalogue::{FieldProfile, Verdict};

/// Width of the picture.
const WIDTH: f64 = 760.0;
/// Where the scale begins: labels are before it.
const LEFT: f64 = 270.0;
/// What is kept free after the scale.
const RIGHT: f64 = 24.0;
/// Height of a line.
const LINE: f64 = 26.0;
/// What is kept above the lines for the scale.
const TOP: f64 = 26.0;

/// A picture.
pub(super) struct Dots {
    /// Width and height.
    pub size: (f64, f64),
    /// Marks of the scale: place and label.
    pub marks: Vec<(String, String)>,
    /// Lines, one for each value.
    pub lines: Vec<DotLine>,
    /// Bottom of the scale.
    pub bottom: String,
}

/// A value in the picture; places are in the units of the picture.
pub(super) struct DotLine {
    /// Its label.
    pub label: String,
    /// Middle of the line, downwards.
    pub y: String,
    /// Where its text is written, downwards.
    pub text_y: String,
    /// Bounds of the interval.
    pub low: String,
    /// Bounds of the interval.
    pub high: String,
    /// The share in the group.
    pub share: String,
    /// The share in the whole.
    pub whole: String,
    /// Top and bottom of the mark of the whole.
    pub tick: (String, String),
    /// Whether the group differs from the rest beyond doubt.
    pub is_told: bool,
}

fn place(value: f64) -> String {
    format!("{value:.1}")
}

impl Dots {
    /// The picture of a field whose shares are known.
    pub(super) fn new(field: &FieldProfile) -> Self {
        let shares = field.lines.iter().filter_map(|line| line.share.as_ref().map(|share| share.high));
        // The scale ends on a whole tenth, at least one.
        let end = (shares.fold(0.1, f64::max) * 10.0).ceil().min(10.0) / 10.0;
        let x = |share: f64| LEFT + share / end * (WIDTH - LEFT - RIGHT);
        let step = if end > 0.5 { 0.2 } else { 0.1 };
        let marks = (0..).map(|rank| f64::from(rank) * step).take_while(|mark| *mark <= end + 1e-9);
        let height = TOP + LINE * field.lines.len() as f64 + 6.0;
        let lines = field.lines.iter().enumerate().filter_map(|(rank, line)| {
            let y = TOP + LINE * (rank as f64 + 0.5);
            let (share, whole) = line.share.as_ref().zip(line.whole_share.as_ref())?;
            Some(DotLine {
                label: line.label.clone(),
                y: place(y),
                text_y: place(y + 4.5),
                low: place(x(share.low)),
                high: place(x(share.high)),
                share: place(x(share.value)),
                whole: place(x(whole.value.min(end))),
                tick: (place(y - 9.0), place(y + 9.0)),
                is_told: matches!(line.verdict(), Some(Verdict::More | Verdict::Less)),
            })
        });
        Self {
            size: (WIDTH, height),
            marks: marks.map(|mark| (place(x(mark)), format!("{:.0}\u{202f}%", mark * 100.0))).collect(),
            lines: lines.collect(),
            bottom: place(height - 4.0),
        }
    }
}
