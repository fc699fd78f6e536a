//! What each length would allow, drawn as stairs. Absent: the table beside it (see `one`).

use catalogue::french;
use catalogue::pathways::{FrontierPoint, Pathway, minutes_in_french};

/// Width and height of the picture.
const SIZE: (f64, f64) = (720.0, 300.0);
/// Left, top, right and bottom of the area of the curve.
const AREA: (f64, f64, f64, f64) = (56.0, 16.0, 700.0, 250.0);
/// How far beyond the limit the picture goes: so many times the limit.
const BEYOND: u64 = 3;
/// Marks on each axis, about.
const MARKS: u64 = 6;

/// Stairs of levels by hours.
pub(crate) struct Stairs {
    pub size: (f64, f64),
    pub path: String,
    pub points: Vec<(String, String, bool)>,
    /// Place of the limit, when it is in the picture, and the same in words.
    pub limit: Option<(String, String)>,
    pub hours: Vec<(String, String)>,
    pub levels: Vec<(String, String)>,
    pub area: (f64, f64, f64, f64),
    /// What the picture leaves to the table.
    pub beyond: Option<String>,
    /// The same in words.
    pub sentence: String,
}

/// A step of an axis that gives about [`MARKS`] marks: 1, 2 or 5 times a power of ten.
pub(crate) fn mark(most: u64) -> u64 {
    let mut unit = 1;
    loop {
        for times in [1, 2, 5] {
            if unit * times * MARKS >= most {
                return unit * times;
            }
        }
        unit *= 10;
    }
}

/// The stairs of a frontier of at least two points.
pub(crate) fn stairs(own: &Pathway) -> Option<Stairs> {
    let limit = own.limits.minutes.map(u64::from);
    let last = own.frontier.last()?.minutes;
    let most = limit.map_or(last, |limit| last.min(limit * BEYOND)).max(60);
    let shown: Vec<&FrontierPoint> = own.frontier.iter().filter(|point| point.minutes <= most).collect();
    if shown.len() < 2 {
        return None;
    }
    let levels = shown.iter().map(|point| point.levels as u64).max().unwrap_or(1);
    let (left, top, right, bottom) = AREA;
    let x = |minutes: u64| left + (right - left) * minutes as f64 / most as f64;
    let y = |count: u64| bottom - (bottom - top) * count as f64 / levels as f64;
    let at = |number: f64| format!("{number:.1}");
    let mut path = format!("M{} {}", at(x(0)), at(y(0)));
    for point in &shown {
        path.push_str(&format!("H{}V{}", at(x(point.minutes)), at(y(point.levels as u64))));
    }
    path.push_str(&format!("H{}", at(x(most))));
    let hour = mark(most / 60).max(1);
    let level = mark(levels).max(1);
    let hours = (0..=most / 60 / hour).map(|number| (at(x(number * hour * 60)), (number * hour).to_string()));
    let marks = (0..=levels / level).map(|number| (at(y(number * level)), (number * level).to_string()));
    let rest = own.frontier.len() - shown.len();
    let first = shown.first()?;
    let end = shown.last()?;
    Some(Stairs {
        size: SIZE,
        points: shown
            .iter()
            .map(|point| (at(x(point.minutes)), at(y(point.levels as u64)), point.is_within))
            .collect(),
        limit: limit.filter(|limit| *limit <= most).map(|limit| {
            (at(x(limit)), format!("Trait en pointillé\u{202f}: votre limite, {}.", minutes_in_french(limit)))
        }),
        hours: hours.collect(),
        levels: marks.collect(),
        area: AREA,
        beyond: (rest > 0).then(|| {
            format!(
                "Le dessin s’arrête à {}\u{202f}; le tableau donne {} de plus.",
                minutes_in_french(most),
                french::counted(rest as u64, "point", "points")
            )
        }),
        sentence: format!(
            "De {} pour {} à {} pour {}.",
            french::counted(first.levels as u64, "niveau", "niveaux"),
            minutes_in_french(first.minutes),
            french::counted(end.levels as u64, "niveau", "niveaux"),
            minutes_in_french(end.minutes)
        ),
        path,
    })
}
