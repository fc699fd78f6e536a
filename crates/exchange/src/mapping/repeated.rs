//! Columns of the same name: what they hold says which one the name is for, or nobody knows; in two tables side by side, the
//! first one is and the others are of other rows.
//! Absent: columns of different names for one field (see `strengths`).

use std::collections::BTreeSet;

use catalogue::slug;

use super::propose::texts;
use super::{Target, names, parted_number};
use crate::table::{Shape, TableRow};

/// Words that tell a level or a session of a training, not the training.
const LEVELS: [&str; 18] = [
    "niveau",
    "niveaux",
    "debutant",
    "debutants",
    "initiation",
    "intermediaire",
    "perfectionnement",
    "avance",
    "confirme",
    "expert",
    "experts",
    "expertise",
    "approfondissement",
    "session",
    "module",
    "partie",
    "base",
    "bases",
];

/// What columns of one name, side by side, are to the field that it says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Choice {
    /// The one that holds it, by what they hold; nothing when nobody knows.
    pub(super) own: Option<usize>,
    /// Those that say its unit, its currency or its basis.
    pub(super) with: Vec<usize>,
    /// Whether a person has to look.
    pub(super) to_check: bool,
    /// Whether nothing says which one it is.
    pub(super) is_open: bool,
}

/// Why none of the columns of one name is taken.
pub(super) const DOUBT: &str =
    "une autre colonne porte le même nom, et rien ne dit laquelle des deux est la bonne";

/// Which column the name of this one is for, when others have it too; itself for texts, of which the others are more words.
pub(super) fn chosen(target: Target, place: usize, shape: &Shape, rows: &[TableRow]) -> Choice {
    let is_text = matches!(
        target,
        Target::Id | Target::Url | Target::Source | Target::Seen | Target::Summary | Target::Prerequisites
    ) || target == Target::Certification
        || target.nomenclature().is_some();
    if is_text {
        return Choice { own: Some(place), ..Choice::default() };
    }
    // What everybody sees comes before what is hidden under the same name.
    if let [seen] = same(shape, place).as_slice()
        && !shape.hidden.is_empty()
    {
        return Choice { own: Some(*seen), ..Choice::default() };
    }
    let run = run(shape, place);
    let is_one = matches!(target, Target::Title | Target::Provider | Target::City);
    let (_, is_again) = base(&shape.columns[place], &shape.columns);
    let run = match run.len() {
        // Two tables side by side: the first column is for the first one.
        1 if are_side_by_side(shape) => {
            return match is_one && is_again {
                true => Choice::default(),
                false => Choice { own: Some(place), ..Choice::default() },
            };
        }
        1 => same(shape, place),
        _ => run.collect(),
    };
    match run.len() {
        1 => Choice { own: Some(place), ..Choice::default() },
        _ => choice(target, &run, rows),
    }
}

/// Whether the table is two of them: a title is asked for twice, with other columns between.
fn are_side_by_side(shape: &Shape) -> bool {
    (0..shape.columns.len()).any(|place| {
        let (name, is_again) = base(&shape.columns[place], &shape.columns);
        is_again && names::target(name) == Some(Target::Title) && run(shape, place).len() == 1
    })
}

/// All columns of the name of this one, side by side or not.
fn same(shape: &Shape, place: usize) -> Vec<usize> {
    let own = |at: usize| slug(base(&shape.columns[at], &shape.columns).0);
    let all = (0..shape.columns.len()).filter(|at| own(*at) == own(place));
    let (hidden, seen): (Vec<usize>, Vec<usize>) = all.partition(|at| shape.hidden.contains(at));
    // What everybody sees comes first.
    if seen.is_empty() { hidden } else { seen }
}

/// The name that a column would have if no other had it, and whether it is another one of that name.
pub(super) fn base<'n>(name: &'n str, columns: &[String]) -> (&'n str, bool) {
    match parted_number(name).filter(|base| columns.iter().any(|other| other == base)) {
        Some(base) => (base, true),
        None => (name, false),
    }
}

/// The columns side by side that have the name of this one; itself alone when there is no other.
fn run(shape: &Shape, place: usize) -> std::ops::Range<usize> {
    let own = |at: usize| base(&shape.columns[at], &shape.columns).0;
    let is_same = |at: &usize| own(*at) == own(place);
    let first = (0..place).rev().take_while(is_same).last().unwrap_or(place);
    let last = (place + 1..shape.columns.len()).take_while(is_same).last().unwrap_or(place);
    first..last + 1
}

/// Which of the columns of one name holds what it says.
fn choice(target: Target, run: &[usize], rows: &[TableRow]) -> Choice {
    let columns: Vec<(usize, Vec<String>)> = run.iter().map(|place| (*place, texts(rows, *place))).collect();
    let filled: Vec<&(usize, Vec<String>)> = columns.iter().filter(|(_, texts)| !texts.is_empty()).collect();
    let own = match filled.as_slice() {
        [] => columns.first().map(|(place, _)| *place),
        [(only, _)] => Some(*only),
        [(first, one), others @ ..] if others.iter().all(|(_, other)| other == one) => Some(*first),
        _ if target.alternates() => return measured(&filled),
        _ if matches!(target, Target::Title | Target::Provider | Target::City) => {
            return by_content(target, &filled);
        }
        _ => return Choice { is_open: true, ..Choice::default() },
    };
    Choice { own, ..Choice::default() }
}

/// A column of amounts, with others of words that say what the amounts are.
fn measured(columns: &[&(usize, Vec<String>)]) -> Choice {
    let has_figure = |text: &String| text.contains(|sign: char| sign.is_ascii_digit());
    let (amounts, words): (Vec<&(usize, Vec<String>)>, Vec<_>) =
        columns.iter().copied().partition(|(_, texts)| texts.iter().any(has_figure));
    match amounts.as_slice() {
        [(only, _)] => Choice {
            own: Some(*only),
            with: words.iter().map(|(place, _)| *place).collect(),
            ..Choice::default()
        },
        _ => Choice { is_open: true, ..Choice::default() },
    }
}

/// The only column that holds no codes; of titles, else the only one that never repeats itself.
fn by_content(target: Target, columns: &[&(usize, Vec<String>)]) -> Choice {
    let only = |test: &dyn Fn(&[String]) -> bool| {
        let mut found = columns.iter().filter(|(_, texts)| test(texts));
        found.next().filter(|_| found.next().is_none()).map(|(place, _)| *place)
    };
    let is_text = |texts: &[String]| !texts.iter().all(|text| is_code(text));
    let is_apart = |texts: &[String]| {
        let distinct: BTreeSet<String> = texts.iter().map(|text| slug(text)).collect();
        distinct.len() == texts.len() && !texts.iter().any(|text| is_level(text))
    };
    let own = only(&is_text).or_else(|| match target {
        Target::Title if columns.iter().all(|(_, texts)| is_text(texts)) => {
            // Each of the others repeats itself, or nobody knows.
            let is_level_told = columns.iter().any(|(_, texts)| texts.iter().any(|text| is_level(text)));
            only(&is_apart).filter(|_| !is_level_told)
        }
        _ => None,
    });
    Choice { own, to_check: true, is_open: own.is_none(), ..Choice::default() }
}

/// Whether a text is a code: one word with a figure in it, or a number.
fn is_code(text: &str) -> bool {
    let text = text.trim();
    !text.contains(char::is_whitespace) && text.contains(|sign: char| sign.is_ascii_digit())
}

fn is_level(text: &str) -> bool {
    slug(text).split('-').any(|word| LEVELS.contains(&word))
}
