//! The words of a training that may speak for a value: those of its title and its summary, and those of the source
//! on what it is about. Absent: how much they speak (see `linear`).

use explorer::Stemming;
use rustc_hash::FxHashSet;

use super::ProposalText;
use crate::evidence::Field;
use crate::training::Training;

/// How many times more the stems of the title weigh.
const TITLE_WEIGHT: f32 = 2.0;
/// Longest text read, in stems; the longest allowed summary holds fewer than twice that.
const STEMS_MAX: usize = 1_000;
/// Fields whose words in the source tell what a training is about. A price, a duration, a city, a language or a
/// format are those of any subject.
const TELLING: [Field; 5] =
    [Field::Audience, Field::Objectives, Field::Themes, Field::Competences, Field::Prerequisites];
/// English words too common to speak for anything. « it », « or » and « but » are absent: they are words of meaning
/// in French, or an acronym.
const ENGLISH: [&str; 60] = [
    "about", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "between", "by", "can",
    "do", "each", "for", "from", "has", "have", "how", "if", "in", "into", "is", "its", "may", "more",
    "most", "not", "of", "other", "our", "should", "so", "some", "such", "than", "that", "the", "their",
    "them", "then", "these", "they", "this", "those", "through", "to", "was", "we", "were", "what", "when",
    "which", "who", "will", "with", "you", "your",
];
/// Numbers in letters, « neuf » apart, which is also « new »; « un » is no word of a search already.
const NUMBERS: [&str; 21] = [
    "cent", "cinq", "deux", "dix", "douze", "five", "four", "huit", "mille", "nine", "onze", "quatre",
    "quinze", "sept", "seven", "six", "ten", "three", "trente", "trois", "vingt",
];

/// A stem of a text: number or name, how it is written there, weight before frequencies are known.
pub(super) struct Token {
    pub stem: String,
    pub shown: String,
    pub weight: f32,
}

/// The words of the source that tell what a training is about, one field after the other: those of its public,
/// objectives, themes, competences and prerequisites.
pub fn telling(training: &Training) -> String {
    let stated = &training.sources.stated;
    let words = TELLING.iter().filter_map(|field| stated.get(field)).map(String::as_str);
    words.collect::<Vec<_>>().join("\n")
}

/// The distinct stems of a text, title first.
pub(super) fn tokens(text: &ProposalText, stemming: &mut Stemming) -> Vec<Token> {
    let mut seen: FxHashSet<String> = FxHashSet::default();
    let mut tokens = Vec::new();
    for (part, weight) in [(text.title, TITLE_WEIGHT), (text.summary, 1.0), (text.stated, 1.0)] {
        let stems = stemming.stems(part).into_iter().filter(|(shown, _)| speaks(shown));
        tokens.extend(stems.map(|(shown, stem)| Token { stem, shown, weight }));
    }
    tokens.truncate(STEMS_MAX);
    tokens.retain(|token| seen.insert(token.stem.clone()));
    tokens
}

/// Whether a word is no number, no word of any English sentence, and no letter alone but those of languages.
fn speaks(shown: &str) -> bool {
    let is_word = shown.chars().any(char::is_alphabetic)
        && (shown.chars().nth(1).is_some() || matches!(shown, "c" | "r"));
    is_word && ENGLISH.binary_search(&shown).is_err() && NUMBERS.binary_search(&shown).is_err()
}
