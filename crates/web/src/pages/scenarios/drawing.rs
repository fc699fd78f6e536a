//! People trained month by month, with the interval of eight runs out of ten; what moves the result, as bars. Absent: the
//! tables beside them (see `one`).

use catalogue::french;
use catalogue::scenarios::{Measure, Simulation, about_euros, people, percent};

use crate::pages::pathways::drawing::mark;

/// Width and height of the picture.
const SIZE: (f64, f64) = (720.0, 300.0);
/// Left, top, right and bottom of the area of the curve.
const AREA: (f64, f64, f64, f64) = (64.0, 16.0, 700.0, 250.0);
/// Bars of a tornado, at most.
const BARS_MAX: usize = 8;
/// Height of a bar with its room.
const BAR: f64 = 34.0;
/// Left and right of the bars.
const BARS: (f64, f64) = (12.0, 708.0);

/// The curve of people trained.
pub(crate) struct Band {
    pub size: (f64, f64),
    pub area: (f64, f64, f64, f64),
    /// The interval, as a closed path.
    pub band: String,
    pub median: String,
    /// Where the goal is, as a height, and the same in words.
    pub goal: Option<String>,
    pub months: Vec<(String, String)>,
    pub people: Vec<(String, String)>,
    pub sentence: String,
}

fn at(number: f64) -> String {
    format!("{number:.1}")
}

/// The curve of a simulation of two months at least.
pub(crate) fn band(own: &Simulation) -> Option<Band> {
    if own.months.len() < 2 {
        return None;
    }
    let most = (own.people as f64).max(1.0);
    let last = (own.months.len() - 1) as f64;
    let (left, top, right, bottom) = AREA;
    let x = |place: usize| left + (right - left) * place as f64 / last;
    let y = |number: f64| bottom - (bottom - top) * number / most;
    let path = |of: &dyn Fn(usize) -> f64| {
        let points = (0..own.months.len()).map(|place| format!("{} {}", at(x(place)), at(y(of(place)))));
        points.collect::<Vec<_>>().join("L")
    };
    let upper = path(&|place| own.months[place].trained.high);
    let lower: Vec<String> = (0..own.months.len())
        .rev()
        .map(|place| format!("{} {}", at(x(place)), at(y(own.months[place].trained.low))))
        .collect();
    let every = mark(own.months.len() as u64).max(1) as usize;
    let months = (0..own.months.len()).step_by(every.max(3)).map(|place| {
        let (year, month) = own.months[place].month.parts();
        (at(x(place)), format!("{month:02}/{year}"))
    });
    let step = mark(own.people).max(1);
    let marks =
        (0..=own.people / step).map(|number| (at(y((number * step) as f64)), french::integer(number * step)));
    let goal = f64::from(own.request.goal) / 100.0 * most;
    let end = &own.months[own.months.len() - 1];
    Some(Band {
        size: SIZE,
        area: AREA,
        band: format!("M{upper}L{}Z", lower.join("L")),
        median: format!("M{}", path(&|place| own.months[place].trained.median)),
        goal: Some(at(y(goal))),
        months: months.collect(),
        people: marks.collect(),
        sentence: format!(
            "Personnes formées depuis le début, à la fin de chaque mois\u{202f}: la médiane et l’intervalle où tombent huit tirages sur dix. À la fin de {}\u{202f}: {}. Trait en pointillé\u{202f}: {}\u{a0}% des personnes.",
            end.month.in_french(),
            end.trained.people_in_french(),
            own.request.goal
        ),
    })
}

/// What moves the result, the most first.
pub(crate) struct Tornado {
    pub size: (f64, f64),
    /// Place of the result when all numbers are at their likeliest.
    pub base: String,
    pub bars: Vec<Bar>,
    pub sentence: String,
}

/// What one number does.
pub(crate) struct Bar {
    pub label: String,
    /// Place of the words and of the bar.
    pub text_y: String,
    pub y: String,
    pub x: String,
    pub width: String,
}

/// The bars of a simulation in which something moves.
pub(crate) fn tornado(own: &Simulation) -> Option<Tornado> {
    let shown: Vec<_> = own.sure_effects().take(BARS_MAX).collect();
    let ends = shown.iter().flat_map(|effect| [effect.at_low, effect.at_high]).chain([own.base]);
    let (low, high) =
        ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    if shown.is_empty() || high <= low {
        return None;
    }
    let (left, right) = BARS;
    let x = |value: f64| left + (right - left) * (value - low) / (high - low);
    let bars = shown.iter().enumerate().map(|(place, effect)| {
        let (from, to) = (effect.at_low.min(effect.at_high), effect.at_low.max(effect.at_high));
        let top = BAR * place as f64;
        Bar {
            label: format!("{} ({})", effect.setting.label(), effect.kind.label().to_lowercase()),
            text_y: at(top + 13.0),
            y: at(top + 18.0),
            x: at(x(from)),
            width: at((x(to) - x(from)).max(1.0)),
        }
    });
    let value = |number: f64| match own.request.measure {
        Measure::Trained => people(number),
        Measure::Spending => about_euros(number),
        Measure::Coverage => percent(number),
    };
    Some(Tornado {
        size: (SIZE.0, BAR * shown.len() as f64 + 6.0),
        base: at(x(own.base)),
        bars: bars.collect(),
        sentence: format!(
            "De {} à gauche à {} à droite ({})\u{202f}; trait\u{202f}: {}, quand chaque nombre est à sa valeur la plus probable.",
            value(low),
            value(high),
            own.request.measure.label(),
            value(own.base)
        ),
    })
}
