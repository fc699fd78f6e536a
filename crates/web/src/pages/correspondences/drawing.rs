//! The map of an analysis: points on two axes of the same unit, labels that do not hide each other.
//! Absent: figures in words (see `words`), the table.

use catalogue::{Correspondence, CorrespondenceMap, Point};

/// Width of the map.
const WIDTH: f64 = 960.0;
/// Heights between which the map is drawn.
const HEIGHTS: (f64, f64) = (360.0, 900.0);
/// What is kept free around points, for labels: sides, top and bottom.
const MARGINS: (f64, f64) = (150.0, 40.0);
/// Width of a letter, plain for rows and bold for columns.
const LETTER: (f64, f64) = (7.2, 8.0);
/// Height of a line of text.
const TEXT_LINE: f64 = 16.0;
/// Letters of a label at most; the table has the whole name.
const LETTERS: usize = 34;
/// Half of a point.
const RADIUS: f64 = 5.0;
/// Quality from which a point is filled.
const GOOD: f64 = 0.5;
/// Distances from its point at which a label is tried, beyond those beside it.
const DISTANCES: [f64; 7] = [18.0, 28.0, 42.0, 60.0, 80.0, 105.0, 135.0];

/// A map.
pub(super) struct Drawing {
    /// Width and height.
    pub size: (f64, f64),
    /// Where the axes cross.
    pub origin: (String, String),
    /// Where the first axis is named, downwards, and the second one, across.
    pub named: (String, String),
    /// « Axe 1 : 42 % des écarts ».
    pub names: (String, Option<String>),
    /// Points, rows first.
    pub points: Vec<DrawnPoint>,
}

/// A point of the map.
pub(super) struct DrawnPoint {
    /// Whether it is a row, drawn as a disk; a column is a square.
    pub is_row: bool,
    /// Its class: filled or hollow.
    pub class: &'static str,
    /// Its place.
    pub x: String,
    /// Its place, downwards.
    pub y: String,
    /// Corner of its square.
    pub corner: (String, String),
    /// Its label, when there was room.
    pub label: Option<DrawnLabel>,
}

/// A label of the map.
pub(super) struct DrawnLabel {
    /// Text.
    pub text: String,
    /// Its place.
    pub x: String,
    /// Its base, downwards.
    pub y: String,
    /// `start`, `middle` or `end`.
    pub anchor: &'static str,
    /// Where a thread from the point ends, when the label is away from it.
    pub thread: Option<(String, String)>,
}

/// A rectangle that nothing else may cover.
#[derive(Clone, Copy)]
struct Zone {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Zone {
    fn covers(&self, other: &Zone) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// A label where it is tried.
struct Trial {
    zone: Zone,
    anchor: &'static str,
    thread: bool,
}

fn place(value: f64) -> String {
    format!("{value:.1}")
}

/// A point before its label is placed.
struct Spot<'a> {
    point: &'a Point,
    label: String,
    is_row: bool,
    x: f64,
    y: f64,
}

impl Drawing {
    /// Number of points whose label found no room.
    pub(super) fn unnamed(&self) -> usize {
        self.points.iter().filter(|point| point.label.is_none()).count()
    }

    /// The map of an analysis that has at least one axis.
    pub(super) fn new(map: &CorrespondenceMap, analysis: &Correspondence) -> Self {
        let rows = analysis.rows.iter().map(|point| (point, &map.rows[point.index].label, true));
        let columns = analysis.columns.iter().map(|point| (point, &map.columns[point.index].label, false));
        let all: Vec<(&Point, &String, bool)> = rows.chain(columns).collect();
        let at = |point: &Point, axis: usize| point.coordinates.get(axis).copied().unwrap_or(0.0);
        let bounds = |axis: usize| {
            all.iter().fold((0.0_f64, 0.0_f64), |(low, high), (point, ..)| {
                (low.min(at(point, axis)), high.max(at(point, axis)))
            })
        };
        let (horizontal, vertical) = (bounds(0), bounds(1));
        let spans = ((horizontal.1 - horizontal.0).max(1e-9), vertical.1 - vertical.0);
        // One unit for both axes: distances are to be read in any direction.
        let unit =
            ((WIDTH - 2.0 * MARGINS.0) / spans.0).min((HEIGHTS.1 - 2.0 * MARGINS.1) / spans.1.max(1e-9));
        let height = (spans.1 * unit + 2.0 * MARGINS.1).max(HEIGHTS.0);
        let left = (WIDTH - spans.0 * unit) / 2.0 - horizontal.0 * unit;
        let top = (height - spans.1 * unit) / 2.0 + vertical.1 * unit;
        let spots: Vec<Spot<'_>> = all
            .into_iter()
            .map(|(point, label, is_row)| Spot {
                x: left + at(point, 0) * unit,
                y: top - at(point, 1) * unit,
                label: shortened(label),
                point,
                is_row,
            })
            .collect();
        let labels = labels(&spots, (WIDTH, height), axis_names(left, top));
        let name = |at: usize| {
            let axis = analysis.axes.get(at)?;
            Some(format!("Axe {} : {} des écarts", at + 1, super::words::rounded(axis.share)))
        };
        let points = spots.iter().zip(labels).map(|(spot, label)| drawn(spot, label));
        Self {
            size: (WIDTH, height.round()),
            origin: (place(left), place(top)),
            named: (place(top - 6.0), place(left + 6.0)),
            names: (name(0).unwrap_or_default(), name(1)),
            points: points.collect(),
        }
    }
}

/// Where the names of the axes are written: at the right end of one, at the top of the other.
fn axis_names(left: f64, top: f64) -> [Zone; 2] {
    let wide = 6.0 * LETTER.0;
    [
        Zone { left: WIDTH - wide, top: top - TEXT_LINE - 6.0, right: WIDTH, bottom: top },
        Zone { left, top: 0.0, right: left + wide, bottom: TEXT_LINE },
    ]
}

fn shortened(label: &str) -> String {
    if label.chars().count() <= LETTERS {
        return label.to_owned();
    }
    let kept: String = label.chars().take(LETTERS - 1).collect();
    format!("{}…", kept.trim_end())
}

fn drawn(spot: &Spot<'_>, label: Option<DrawnLabel>) -> DrawnPoint {
    let is_good = spot.point.quality(2).is_some_and(|quality| quality >= GOOD);
    DrawnPoint {
        is_row: spot.is_row,
        class: match (spot.is_row, is_good) {
            (true, true) => "plein",
            (true, false) => "creux",
            (false, true) => "colonne-plein",
            (false, false) => "colonne-creux",
        },
        x: place(spot.x),
        y: place(spot.y),
        corner: (place(spot.x - RADIUS), place(spot.y - RADIUS)),
        label,
    }
}

/// Places labels one after the other, columns then the points that contribute most, each at the first free place: beside
/// its point, else further away at the end of a thread; a label without a free place is left to the table.
fn labels(spots: &[Spot<'_>], size: (f64, f64), names: [Zone; 2]) -> Vec<Option<DrawnLabel>> {
    let mark = |spot: &Spot<'_>| Zone {
        left: spot.x - RADIUS - 1.0,
        top: spot.y - RADIUS - 1.0,
        right: spot.x + RADIUS + 1.0,
        bottom: spot.y + RADIUS + 1.0,
    };
    let mut taken: Vec<Zone> = spots.iter().map(mark).chain(names).collect();
    let weight = |spot: &Spot<'_>| spot.point.contributions.iter().take(2).sum::<f64>();
    let mut order: Vec<usize> = (0..spots.len()).collect();
    order.sort_by(|one, other| {
        let (one, other) = (&spots[*one], &spots[*other]);
        one.is_row.cmp(&other.is_row).then_with(|| weight(other).total_cmp(&weight(one)))
    });
    let mut labels: Vec<Option<DrawnLabel>> = spots.iter().map(|_| None).collect();
    for at in order {
        let spot = &spots[at];
        let is_free = |trial: &Trial| {
            let zone = trial.zone;
            let inside =
                zone.left >= 0.0 && zone.right <= size.0 && zone.top >= 0.0 && zone.bottom <= size.1 - 4.0;
            inside && taken.iter().all(|other| !other.covers(&zone))
        };
        let Some(trial) = trials(spot).find(is_free) else { continue };
        taken.push(trial.zone);
        labels[at] = Some(written(spot, &trial));
    }
    labels
}

/// Where the label of a point is tried, the best place first.
fn trials(spot: &Spot<'_>) -> impl Iterator<Item = Trial> + use<> {
    let (x, y) = (spot.x, spot.y);
    let width = spot.label.chars().count() as f64 * if spot.is_row { LETTER.0 } else { LETTER.1 };
    let zone = move |anchor, x: f64, middle: f64| {
        let left = match anchor {
            "start" => x,
            "end" => x - width,
            _ => x - width / 2.0,
        };
        Zone { left, top: middle - TEXT_LINE / 2.0, right: left + width, bottom: middle + TEXT_LINE / 2.0 }
    };
    let beside = [("start", 9.0, 0.0), ("end", -9.0, 0.0), ("middle", 0.0, -15.0), ("middle", 0.0, 15.0)];
    let beside = beside.into_iter().map(move |(anchor, dx, dy)| Trial {
        zone: zone(anchor, x + dx, y + dy),
        anchor,
        thread: false,
    });
    let away = DISTANCES.into_iter().flat_map(move |distance| {
        (0..12).map(move |turn| {
            let (sine, cosine) = (f64::from(turn) * std::f64::consts::TAU / 12.0).sin_cos();
            let anchor = if cosine > 0.3 {
                "start"
            } else if cosine < -0.3 {
                "end"
            } else {
                "middle"
            };
            Trial { zone: zone(anchor, x + cosine * distance, y - sine * distance), anchor, thread: true }
        })
    });
    beside.chain(away)
}

fn written(spot: &Spot<'_>, trial: &Trial) -> DrawnLabel {
    let Zone { left, top, right, bottom } = trial.zone;
    let x = match trial.anchor {
        "start" => left,
        "end" => right,
        _ => f64::midpoint(left, right),
    };
    let middle = f64::midpoint(top, bottom);
    let thread_end = match trial.anchor {
        "start" => (x - 2.0, middle),
        "end" => (x + 2.0, middle),
        _ => (x, if middle < spot.y { bottom } else { top }),
    };
    DrawnLabel {
        text: spot.label.clone(),
        x: place(x),
        y: place(middle + 4.5),
        anchor: trial.anchor,
        thread: trial.thread.then(|| (place(thread_end.0), place(thread_end.1))),
    }
}
