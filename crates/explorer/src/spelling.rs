//! Forms of the index near to a word: longer ones, and those that a typing mistake hides.
//! Absent: how they are looked up.

use std::sync::LazyLock;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use rustc_hash::FxHashMap;
use tantivy_fst::Automaton;

use crate::analysis;
use crate::index::{Index, Inner};

/// Fewest letters of a beginning.
pub(crate) const PREFIX_CHARS_MIN: usize = 2;
/// Most forms looked up for a beginning; the most frequent ones are kept.
const PREFIX_FORMS_MAX: usize = 50;
/// Most forms looked up for a typing mistake.
const NEAR_FORMS_MAX: usize = 5;
/// Words from this many letters may hold one mistake.
const ONE_MISTAKE_CHARS: usize = 4;
/// Words from this many letters may hold two.
const TWO_MISTAKES_CHARS: usize = 8;
/// Longer words are not corrected: their automata grow, and nobody mistypes them only twice.
const CHARS_MAX: usize = 32;

static ONE_MISTAKE: LazyLock<LevenshteinAutomatonBuilder> =
    LazyLock::new(|| LevenshteinAutomatonBuilder::new(1, true));
static TWO_MISTAKES: LazyLock<LevenshteinAutomatonBuilder> =
    LazyLock::new(|| LevenshteinAutomatonBuilder::new(2, true));

struct Near<'a>(&'a DFA);

impl Automaton for Near<'_> {
    type State = u32;

    fn start(&self) -> u32 {
        self.0.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        matches!(self.0.distance(*state), Distance::Exact(_))
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != SINK_STATE
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.0.transition(*state, byte)
    }
}

/// Forms that begin with `beginning`, most frequent first.
pub(crate) fn longer(inner: &Inner, beginning: &str) -> Vec<String> {
    let mut found: FxHashMap<String, u64> = FxHashMap::default();
    for part in &inner.parts {
        part.segment.text.beginning_with(beginning, |form, frequency| count(&mut found, form, frequency));
    }
    most_frequent(found.into_iter().collect(), PREFIX_FORMS_MAX)
}

/// Forms at the least distance from `form` that its length allows, most frequent first.
pub(crate) fn nearest(inner: &Inner, form: &str) -> Vec<String> {
    let letters = form.chars().count();
    if !(ONE_MISTAKE_CHARS..=CHARS_MAX).contains(&letters) || form.chars().any(|c| c.is_ascii_digit()) {
        return Vec::new();
    }
    let builder = if letters >= TWO_MISTAKES_CHARS { &TWO_MISTAKES } else { &ONE_MISTAKE };
    let automaton = builder.build_dfa(form);
    let mut found: FxHashMap<String, u64> = FxHashMap::default();
    for part in &inner.parts {
        part.segment.text.accepted(Near(&automaton), |form, frequency| count(&mut found, form, frequency));
    }
    let distance = |form: &str| automaton.eval(form).to_u8();
    let least = found.keys().map(|form| distance(form)).min();
    let nearest = found.into_iter().filter(|(form, _)| Some(distance(form)) == least).collect();
    most_frequent(nearest, NEAR_FORMS_MAX)
}

/// The usual spelling of a folded form.
pub(crate) fn shown(inner: &Inner, form: &str) -> String {
    let spellings = inner.parts.iter().filter_map(|part| part.segment.spellings.get(form));
    let usual = spellings.max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
    usual.map_or_else(|| form.to_owned(), |(spelling, _)| spelling.clone())
}

fn count(found: &mut FxHashMap<String, u64>, form: &str, frequency: u32) {
    match found.get_mut(form) {
        Some(total) => *total += u64::from(frequency),
        None => {
            found.insert(form.to_owned(), u64::from(frequency));
        }
    }
}

fn most_frequent(mut forms: Vec<(String, u64)>, limit: usize) -> Vec<String> {
    let compare = |a: &(String, u64), b: &(String, u64)| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0));
    if forms.len() > limit && limit > 0 {
        forms.select_nth_unstable_by(limit - 1, compare);
    }
    forms.truncate(limit);
    forms.sort_by(compare);
    forms.into_iter().map(|(form, _)| form).collect()
}

impl Index {
    /// Completes the last word of what is typed, by the most frequent words of the documents; what
    /// stands before it is given back as typed. At most `limit` lines, at most 50.
    #[must_use]
    pub fn complete(&self, beginning: &str, limit: usize) -> Vec<String> {
        let Some(last) = analysis::segments(beginning).last() else { return Vec::new() };
        let typed = analysis::word(&beginning[last.range.clone()]);
        if last.range.end != beginning.len() || typed.exact.chars().count() < PREFIX_CHARS_MIN {
            return Vec::new();
        }
        let before = &beginning[..last.range.start];
        let forms = longer(&self.inner, &typed.exact).into_iter().filter(|form| *form != typed.exact);
        let words = forms.map(|form| shown(&self.inner, &form)).filter(|form| !analysis::word(form).stop);
        words.take(limit).map(|word| format!("{before}{word}")).collect()
    }
}
