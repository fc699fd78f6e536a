//! What people type, cut into words, quoted expressions, compounds and known expressions.
//! Absent: whether the index knows them.

use crate::analysis::{self, Segment, Word};
use crate::concepts::Concepts;

/// One thing typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// A word; `last` when the text ends with it, as if more letters were to come.
    Word { typed: String, word: Word, last: bool },
    /// Two words tied by a hyphen.
    Compound { typed: String, joined: Box<Word>, parts: Vec<Word>, last: bool },
    /// An expression of synonym groups.
    Expression { typed: String, groups: Vec<u32>, words: Vec<Word> },
    /// Exact forms and their distances from the first.
    Quoted { typed: String, forms: Vec<(u32, String)> },
}

struct Typed {
    segment: Segment,
    word: Word,
}

/// Cuts a text.
pub(crate) fn pieces(text: &str, concepts: &Concepts) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (start, end, quoted) in stretches(text) {
        let stretch = &text[start..end];
        if quoted {
            pieces.extend(self::quoted(stretch));
        } else {
            words(stretch, end == text.len(), concepts, &mut pieces);
        }
    }
    pieces
}

/// Number of words typed, quoted or not.
pub(crate) fn count(text: &str) -> usize {
    analysis::segments(text).count()
}

/// Stretches of text between quotes and outside; a quote that is never closed is none.
fn stretches(text: &str) -> Vec<(usize, usize, bool)> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some((opening, mark)) = text[at..].char_indices().find(|(_, c)| closing(*c).is_some()) {
        let opening = at + opening;
        let inside = opening + mark.len_utf8();
        let Some((length, close)) =
            text[inside..].char_indices().find(|(_, c)| closing(mark).is_some_and(|marks| marks.contains(c)))
        else {
            at = inside;
            continue;
        };
        found.push((start, opening, false));
        found.push((inside, inside + length, true));
        start = inside + length + close.len_utf8();
        at = start;
    }
    found.push((start, text.len(), false));
    found
}

fn closing(opening: char) -> Option<&'static [char]> {
    match opening {
        '"' => Some(&['"', '”']),
        '«' => Some(&['»']),
        '“' | '”' => Some(&['”', '“', '"']),
        _ => None,
    }
}

fn quoted(stretch: &str) -> Option<Piece> {
    let forms: Vec<(u32, String)> = (0..)
        .zip(analysis::segments(stretch))
        .map(|(place, segment)| (place, analysis::word(&stretch[segment.range]).exact))
        .collect();
    (!forms.is_empty()).then(|| Piece::Quoted { typed: stretch.trim().to_owned(), forms })
}

fn words(stretch: &str, ends: bool, concepts: &Concepts, pieces: &mut Vec<Piece>) {
    let mut all: Vec<Typed> = Vec::new();
    for segment in analysis::segments(stretch) {
        let mut word = analysis::word(&stretch[segment.range.clone()]);
        if segment.apostrophe && word.elision {
            continue;
        }
        if !word.stop {
            word.concept_word = concepts.word(word.accentless());
        }
        all.push(Typed { segment, word });
    }
    let mut at = 0;
    while at < all.len() {
        let rest = &all[at..];
        if let Some((length, piece)) = expression(stretch, rest, concepts) {
            pieces.push(piece);
            at += length;
            continue;
        }
        let last = |typed: &Typed| ends && typed.segment.range.end == stretch.len();
        if let [first, second, ..] = rest
            && is_compound(all.get(at.wrapping_sub(1)), rest)
        {
            let typed = &stretch[first.segment.range.start..second.segment.range.end];
            let joined =
                [&stretch[first.segment.range.clone()], &stretch[second.segment.range.clone()]].concat();
            pieces.push(Piece::Compound {
                typed: typed.to_owned(),
                joined: Box::new(analysis::word(&joined)),
                parts: vec![first.word.clone(), second.word.clone()],
                last: last(second),
            });
            at += 2;
            continue;
        }
        let typed = stretch[rest[0].segment.range.clone()].to_owned();
        pieces.push(Piece::Word { typed, word: rest[0].word.clone(), last: last(&rest[0]) });
        at += 1;
    }
}

/// Whether two words tied by a hyphen begin here, and two only.
fn is_compound(before: Option<&Typed>, rest: &[Typed]) -> bool {
    let [first, second, ..] = rest else { return false };
    let tied = |typed: &Typed| typed.segment.hyphen;
    tied(first) && !tied(second) && !before.is_some_and(tied) && !first.word.stop && !second.word.stop
}

/// The longest synonym expression that begins here; stop words within it are part of it.
fn expression(stretch: &str, rest: &[Typed], concepts: &Concepts) -> Option<(usize, Piece)> {
    if rest.first()?.word.stop {
        return None;
    }
    let significant: Vec<usize> = (0..rest.len()).filter(|at| !rest[*at].word.stop).collect();
    let line: Vec<u32> = significant.iter().map(|at| rest[*at].word.concept_word).collect();
    let (length, groups) = concepts.longest(&line)?;
    let end = *significant.get(length - 1)?;
    let typed = stretch[rest[0].segment.range.start..rest[end].segment.range.end].to_owned();
    let words = significant[..length].iter().map(|at| rest[*at].word.clone()).collect();
    Some((end + 1, Piece::Expression { typed, groups: groups.to_vec(), words }))
}
