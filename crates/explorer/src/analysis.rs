//! French text to terms: segmentation, elision, stop words, stemming, folding of accents.
//! Pure. Absent: synonyms (see `concepts`), the index.

mod stemming;
mod stops;
#[cfg(test)]
mod tests;

use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use crate::concepts::Concepts;
pub use stemming::Stemming;

/// Longer words are cut: nobody types them, and they would only fatten the dictionary.
const WORD_CHARS_MAX: usize = 48;

/// A word of a text, before any analysis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Segment {
    /// Where it stands in the text, in bytes.
    pub range: Range<usize>,
    /// Followed by an apostrophe and a word: maybe an elided article.
    pub apostrophe: bool,
    /// Followed by a hyphen and a word.
    pub hyphen: bool,
}

/// Cuts a text into words; the letters of « R.G.P.D. » make one.
pub(crate) fn segments(text: &str) -> impl Iterator<Item = Segment> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_word)?;
        let end = dotted_end(text, start).unwrap_or_else(|| word_end(text, start));
        at = end;
        let mut after = text[end..].chars();
        let sign = after.next();
        let followed = after.next().is_some_and(is_word);
        Some(Segment {
            range: start..end,
            apostrophe: followed && sign.is_some_and(|c| matches!(c, '\'' | '’' | 'ʼ' | '‘' | '´')),
            hyphen: followed && sign.is_some_and(|c| matches!(c, '-' | '\u{2010}' | '\u{2011}')),
        })
    })
}

fn word_end(text: &str, start: usize) -> usize {
    text[start..].find(|c| !is_word(c)).map_or(text.len(), |length| start + length)
}

/// Where single letters tied by dots end, if at least two begin at `start`.
fn dotted_end(text: &str, start: usize) -> Option<usize> {
    let mut end = start;
    let mut letters = 0;
    loop {
        let letter = text[end..].chars().next().filter(|c| c.is_alphabetic());
        let Some(letter) = letter.filter(|c| word_end(text, end) == end + c.len_utf8()) else { break };
        letters += 1;
        end += letter.len_utf8();
        if !text[end..].starts_with('.') {
            break;
        }
        end += 1;
    }
    let end = if text[..end].ends_with('.') { end - 1 } else { end };
    (letters >= 2).then_some(end)
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && (c.is_alphanumeric() || is_mark(c)))
}

fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// A word once analysed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Lower-cased, accents kept: what people are shown.
    pub shown: String,
    /// Lower-cased, accents folded: the form of quoted expressions, beginnings and typing mistakes.
    pub exact: String,
    /// Stemmed with its accents, then folded.
    pub stem: String,
    /// Folded, then stemmed, when that differs from `stem`: meets words typed without accents.
    pub plain_stem: Option<String>,
    /// Too common to be searched for.
    pub stop: bool,
    /// An elided article or pronoun when an apostrophe follows.
    pub elision: bool,
    /// Number of the plain stem among the words of synonym expressions; 0: not one of them.
    pub concept_word: u32,
}

impl Word {
    /// The one or two terms under which the word is indexed and looked up.
    pub fn terms(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.stem.as_str()).chain(self.plain_stem.as_deref())
    }

    /// The stem that does not depend on accents.
    pub fn accentless(&self) -> &str {
        self.plain_stem.as_deref().unwrap_or(&self.stem)
    }
}

/// Words whose stem would be that of another: « format » is no « formation », a « commune » is no
/// « commun ». The sign keeps their stems apart from all words.
const APART: [(&str, &str); 4] =
    [("format", "format§"), ("formats", "format§"), ("commune", "commune§"), ("communes", "commune§")];

/// Analyses one word, without cache.
pub(crate) fn word(raw: &str) -> Word {
    let undotted = raw.replace('.', "");
    let raw = undotted.as_str();
    let lower = lower(raw);
    let exact = fold(&lower);
    let stem_accented = fold(&stem(&lower));
    let plain = stem(&exact);
    Word {
        stop: stops::is_stop(&lower) && !stops::is_acronym(raw),
        elision: stops::is_elision(&lower),
        plain_stem: (plain != stem_accented).then_some(plain),
        stem: stem_accented,
        exact,
        shown: lower,
        concept_word: 0,
    }
}

fn lower(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for c in raw.nfc().flat_map(char::to_lowercase).take(WORD_CHARS_MAX) {
        match c {
            'œ' => out.push_str("oe"),
            'æ' => out.push_str("ae"),
            'ß' => out.push_str("ss"),
            _ => out.push(c),
        }
    }
    out
}

/// Takes accents away; `text` is lower-cased already.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    text.nfd()
        .filter(|c| !is_mark(*c))
        .map(|c| match c {
            'ø' => 'o',
            'ł' => 'l',
            'đ' => 'd',
            'ı' => 'i',
            other => other,
        })
        .collect()
}

/// Snowball's French stem, with rules before and after it for the feminines that it leaves apart.
fn stem(word: &str) -> String {
    if word.chars().any(|c| c.is_ascii_digit()) || word.chars().count() < 3 {
        return word.to_owned();
    }
    if let Some((_, stem)) = APART.iter().find(|(apart, _)| *apart == word) {
        return (*stem).to_owned();
    }
    let masculine = masculine(word);
    let stem = Stemmer::create(Algorithm::French).stem(&masculine).into_owned();
    if stem.chars().count() < 3 {
        return masculine;
    }
    match stem.strip_suffix("qu") {
        Some(start) => format!("{start}c"),
        None if stem.ends_with("ff") => stem[..stem.len() - 1].to_owned(),
        None => stem,
    }
}

/// `formatrices` → `formateur`, `nombreuses` and `nombreux` → `nombreur` (one of the two has to move).
fn masculine(word: &str) -> String {
    let singular = word.strip_suffix('s').unwrap_or(word);
    let long_enough = |start: &str| start.chars().count() >= 3;
    if let Some(start) = singular.strip_suffix("trice").filter(|s| long_enough(s)) {
        return format!("{start}teur");
    }
    for ending in ["euse", "eux"] {
        if let Some(start) = singular.strip_suffix(ending).filter(|s| long_enough(s)) {
            return format!("{start}eur");
        }
    }
    word.to_owned()
}

/// Receives the terms of a document's texts, field by field.
pub(crate) trait Sink {
    /// A term of the stemmed dictionary; `counted` when it adds to the document's length.
    fn term(&mut self, field: usize, term: &str, counted: bool);
    /// An exact form; `apart` when it stands at a position of its own.
    fn exact(&mut self, field: usize, form: &str, apart: bool);
}

/// Analyses texts, remembering each distinct word.
pub(crate) struct Analyzer<'c> {
    concepts: &'c Concepts,
    numbers: FxHashMap<Box<str>, u32>,
    words: Vec<(Word, u32)>,
    line: Vec<u32>,
    joined: String,
}

impl<'c> Analyzer<'c> {
    /// An analyzer that recognises the expressions of `concepts`.
    pub fn new(concepts: &'c Concepts) -> Self {
        Self {
            concepts,
            numbers: FxHashMap::default(),
            words: Vec::new(),
            line: Vec::new(),
            joined: String::new(),
        }
    }

    fn number(&mut self, raw: &str) -> usize {
        if let Some(&number) = self.numbers.get(raw) {
            return number as usize;
        }
        let mut word = word(raw);
        if !word.stop {
            word.concept_word = self.concepts.word(word.accentless());
        }
        let number = self.words.len();
        self.words.push((word, 0));
        self.numbers.insert(raw.into(), u32::try_from(number).unwrap_or(u32::MAX));
        number
    }

    /// Sends the terms of one field to `sink`.
    pub fn field(&mut self, field: usize, text: &str, sink: &mut impl Sink) {
        self.line.clear();
        let mut before: Option<(Range<usize>, bool)> = None;
        let mut chained = 0;
        for segment in segments(text) {
            let number = self.number(&text[segment.range.clone()]);
            let (word, seen) = &mut self.words[number];
            *seen += 1;
            sink.exact(field, &word.exact, true);
            let silent = word.stop || (segment.apostrophe && word.elision);
            if !silent {
                for (rank, term) in word.terms().enumerate() {
                    sink.term(field, term, rank == 0);
                }
                self.line.push(word.concept_word);
            }
            if let Some((start, start_silent)) = before.take()
                && chained == 1
                && !segment.hyphen
                && !silent
                && !start_silent
            {
                self.compound(field, &text[start], &text[segment.range.clone()], sink);
            }
            chained = if segment.hyphen { chained + 1 } else { 0 };
            before = segment.hyphen.then_some((segment.range, silent));
        }
        self.emit_concepts(field, sink);
    }

    /// « e-learning » is found by « elearning » too.
    fn compound(&mut self, field: usize, start: &str, end: &str, sink: &mut impl Sink) {
        let mut joined = std::mem::take(&mut self.joined);
        joined.clear();
        joined.push_str(start);
        joined.push_str(end);
        let number = self.number(&joined);
        self.joined = joined;
        let (word, seen) = &mut self.words[number];
        *seen += 1;
        sink.exact(field, &word.exact, false);
        for term in word.terms() {
            sink.term(field, term, false);
        }
    }

    fn emit_concepts(&mut self, field: usize, sink: &mut impl Sink) {
        for at in 0..self.line.len() {
            for (_, groups) in self.concepts.beginning(&self.line[at..]) {
                for group in groups {
                    sink.term(field, self.concepts.term(*group), false);
                }
            }
        }
    }

    /// For each folded form whose usual spelling has accents: that spelling, with its number of
    /// occurrences.
    pub fn spellings(self) -> FxHashMap<String, (String, u32)> {
        let mut best: FxHashMap<String, (String, u32)> = FxHashMap::default();
        for (word, seen) in self.words {
            let entry = best.entry(word.exact).or_default();
            if seen > entry.1 || (seen == entry.1 && word.shown < entry.0) {
                *entry = (word.shown, seen);
            }
        }
        best.retain(|exact, (shown, _)| exact != shown);
        best
    }
}
