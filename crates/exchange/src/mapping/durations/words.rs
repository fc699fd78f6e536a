//! The words, numbers and signs of a duration. Absent: what they say together (see `durations`).

use catalogue::slug;

use crate::mapping::clocks::grouped_end;
use crate::mapping::values::number;

/// Small numbers in words.
const COUNTS: [(&str, f64); 12] = [
    ("un", 1.0),
    ("une", 1.0),
    ("deux", 2.0),
    ("trois", 3.0),
    ("quatre", 4.0),
    ("cinq", 5.0),
    ("six", 6.0),
    ("sept", 7.0),
    ("dix", 10.0),
    ("douze", 12.0),
    ("quinze", 15.0),
    ("vingt", 20.0),
];

/// A word or a number of a duration.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Number(f64),
    Word(String),
    Open,
    Close,
    /// A line break after a word, a bar or a sign of equality.
    Apart,
}

/// « 2½ » as « 2,5 », « ½ » alone as « 1/2 ».
fn halves(text: &str) -> String {
    let mut plain = String::with_capacity(text.len() + 4);
    for letter in text.chars() {
        match letter {
            '½' if plain.ends_with(|c: char| c.is_ascii_digit()) => plain.push_str(",5"),
            '½' => plain.push_str(" 1/2 "),
            other => plain.push(other),
        }
    }
    plain
}

/// The words, numbers and signs of a text; nothing when a sign is none that durations have.
pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let text = halves(&text.replace("(s)", "s").replace(['–', '—'], "-")).to_lowercase();
    let mut rest = text.trim();
    while let Some(first) = rest.chars().next() {
        let kind = |c: char| c.is_ascii_digit() || c == ',' || c == '.';
        if first.is_ascii_digit() {
            let end = grouped_end(rest).unwrap_or_else(|| rest.find(|c| !kind(c)).unwrap_or(rest.len()));
            let digits = rest[..end].trim_end_matches(['.', ',']);
            tokens.push(Token::Number(number(digits)?));
            rest = &rest[end..];
        } else if first.is_alphabetic() {
            let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
            let word = slug(&rest[..end]);
            tokens.push(
                COUNTS
                    .iter()
                    .find(|(count, _)| *count == word)
                    .map_or(Token::Word(word), |(_, number)| Token::Number(*number)),
            );
            rest = &rest[end..];
        } else if matches!(first, '\n' | '\r') && matches!(tokens.last(), Some(Token::Word(_))) {
            tokens.push(Token::Apart);
            rest = &rest[1..];
        } else if first.is_whitespace() || matches!(first, ':' | ',' | '.') {
            rest = &rest[first.len_utf8()..];
        } else if first == '(' || first == ')' {
            tokens.push(if first == '(' { Token::Open } else { Token::Close });
            rest = &rest[1..];
        } else if first == '-' && rest[1..].starts_with(char::is_alphabetic) {
            // « demi-journée ».
            rest = &rest[1..];
        } else if first == '/' && tokens.last() == Some(&Token::Number(1.0)) && rest[1..].starts_with('2') {
            tokens.pop();
            // « 2 1/2 jours » is two and a half, not two halves.
            if matches!(tokens.last(), Some(Token::Number(_))) {
                return None;
            }
            tokens.push(Token::Word("demi".to_owned()));
            rest = &rest[2..];
        } else if first == '-' && rest[1..].starts_with(' ') && matches!(tokens.last(), Some(Token::Word(_)))
        {
            // « 26 h - 4 jours ».
            tokens.push(Token::Apart);
            rest = &rest[1..];
        } else if matches!(first, '/' | '=') {
            tokens.push(Token::Apart);
            rest = &rest[1..];
        } else {
            return None;
        }
    }
    Some(tokens)
}

/// Whether it is this word.
pub(super) fn is_word(token: &Token, wanted: &str) -> bool {
    matches!(token, Token::Word(word) if word == wanted)
}
