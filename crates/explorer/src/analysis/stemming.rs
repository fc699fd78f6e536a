//! Words and stems of many texts, each distinct word being analysed once.
//! Absent: the analysis of a word.

use rustc_hash::FxHashMap;

use super::{Word, segments, word};

/// Most distinct words remembered; further ones are analysed each time.
const REMEMBERED: usize = 50_000;
/// Longest word remembered, in bytes.
const REMEMBERED_BYTES: usize = 64;

/// The words of texts that carry meaning, with a memory of those met, in some megabytes at most.
#[derive(Debug, Clone, Default)]
pub struct Stemming {
    known: FxHashMap<Box<str>, Known>,
}

#[derive(Debug, Clone)]
struct Known {
    shown: Box<str>,
    stem: Box<str>,
    is_stop: bool,
    is_elision: bool,
}

impl Known {
    fn of(raw: &str) -> Self {
        let word: Word = word(raw);
        let stem = word.accentless().into();
        Self { stem, shown: word.shown.into(), is_stop: word.stop, is_elision: word.elision }
    }
}

impl Stemming {
    /// The words of a text that carry meaning, in order: each as people are shown it (lower-cased, accents kept)
    /// and its stem, which does not depend on accents. Stop words and elided articles are left out.
    pub fn stems(&mut self, text: &str) -> Vec<(String, String)> {
        let mut stems = Vec::new();
        for segment in segments(text) {
            let raw = &text[segment.range];
            let mut take = |word: &Known| {
                let is_silent = word.is_stop || (segment.apostrophe && word.is_elision);
                if !is_silent {
                    stems.push((word.shown.to_string(), word.stem.to_string()));
                }
            };
            if let Some(known) = self.known.get(raw) {
                take(known);
                continue;
            }
            let word = Known::of(raw);
            take(&word);
            if self.known.len() < REMEMBERED && raw.len() <= REMEMBERED_BYTES {
                self.known.insert(raw.into(), word);
            }
        }
        stems
    }
}
