//! Texts of cells made fit for a catalogue: without marks, on one line, cut, and identifiers made of them.
//! Absent: what texts mean (see `values`).

use catalogue::slug;

use super::Unit;
use super::values::number;
use crate::table::Cell;
use crate::tags;

/// Longest identifier, in bytes.
const ID_BYTES: usize = 120;

/// The same for the same row of a later file: provider and reference, else provider and title.
pub(super) fn identifier(provider: &str, external: Option<&str>, title: &str) -> String {
    let own = external.map(slug).filter(|own| !own.is_empty()).unwrap_or_else(|| slug(title));
    // A title whose letters folding does not keep is known by its sum.
    let own = if own.is_empty() { format!("{:016x}", sum(title)) } else { own };
    let provider: String = slug(provider).chars().take(40).collect();
    let whole = format!("{}-{own}", provider.trim_end_matches('-'));
    if whole.len() <= ID_BYTES {
        return whole.trim_matches('-').to_owned();
    }
    // Long titles that begin alike stay apart: a sum of the whole ends the identifier.
    let sum = sum(&whole);
    let start: String = whole.chars().take(ID_BYTES - 17).collect();
    format!("{}-{sum:016x}", start.trim_end_matches('-'))
}

/// What tells a training from another one of the same identifier: its organisation and its title by all their letters and
/// the signs that count (« C », « C++ », « C# »), whatever their case, accents, spaces and punctuation.
pub fn label(provider: &str, title: &str) -> u64 {
    sum(&format!("{}\n{}", exact(provider), exact(title)))
}

/// The identifier of a training whose own one is that of another training; the same for the same label.
pub fn apart(id: &str, label: u64) -> String {
    let start: String = id.chars().take(ID_BYTES - 7).collect();
    format!("{}-{:06x}", start.trim_end_matches('-'), label & 0xff_ffff)
}

/// A text without what typography alone changes.
fn exact(text: &str) -> String {
    const SIGNS: &str = "+#<>=≤≥≠&%@$€*°²³";
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        let folded = slug(sign.encode_utf8(&mut [0; 4]));
        match folded.as_str() {
            "" if sign.is_alphanumeric() => out.extend(sign.to_lowercase()),
            "" if SIGNS.contains(sign) => out.push(sign),
            "" if out.is_empty() || out.ends_with(' ') => {}
            "" => out.push(' '),
            folded => out.push_str(folded),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// A sum of a text (FNV-1a, 64 bits; Fowler, Noll and Vo, « The FNV Non-Cryptographic Hash Algorithm », IETF draft, section 4).
fn sum(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The text of a cell; nothing when it is empty.
pub(super) fn text(cell: &Cell) -> Option<String> {
    cell.to_text(", ")
}

/// Bare figures with their unit, as French is written: « 0,5 jour ».
pub(super) fn with_unit(figures: &str, unit: Unit) -> String {
    let one = match unit {
        Unit::Minutes => "minute",
        Unit::Hours => "heure",
        Unit::Days => "jour",
    };
    let is_many = number(figures).is_some_and(|count| count >= 2.0);
    format!("{} {one}{}", figures.replace('.', ","), if is_many { "s" } else { "" })
}

/// A text on one line.
pub(super) fn one_line(text: &str) -> String {
    plain(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A title without the mark of a list before it: « • Excel », « - Excel », and not « -5 à 12 ans ».
pub(super) fn unmarked(title: &str) -> &str {
    let bare = title.trim_start_matches(|sign: char| "•‣▪◦●■➢✓\u{f0b7}\u{f0a7}\u{f0d8}".contains(sign));
    let bare = bare
        .strip_prefix(['-', '–', '—', '·'])
        .filter(|rest| rest.starts_with(char::is_whitespace))
        .unwrap_or(bare);
    let bare = bare.trim_start();
    if bare.is_empty() { title } else { bare }
}

/// A text without marks of HTML nor control characters.
pub(super) fn plain(text: &str) -> String {
    let mut out = tags::without(text);
    if out.contains('&') {
        for (entity, sign) in
            [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "’"), ("&amp;", "&")]
        {
            out = out.replace(entity, sign);
        }
    }
    let out = out.replace("\r\n", "\n").replace('\r', "\n");
    let spaced: String = out.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect();
    spaced.trim().to_owned()
}

/// At most so many characters, cut at a space and marked « … ».
pub(super) fn cut(text: &str, longest_chars: usize) -> String {
    if text.chars().count() <= longest_chars {
        return text.to_owned();
    }
    let start: String = text.chars().take(longest_chars - 1).collect();
    let end = start.rfind(char::is_whitespace).filter(|end| *end > start.len() / 2).unwrap_or(start.len());
    format!("{}…", start[..end].trim_end())
}

#[cfg(test)]
mod tests {
    use super::unmarked;

    #[test]
    fn marks_of_lists_are_no_part_of_titles() {
        for marked in ["• Excel", "•Excel", "- Excel", "– Excel", "\u{f0b7} Excel", "▪ Excel"] {
            assert_eq!(unmarked(marked), "Excel", "{marked}");
        }
        for title in ["-5 à 12 ans", "Excel - initiation", "–", "* Tarifs au 1er janvier", "C#"] {
            assert_eq!(unmarked(title), title);
        }
    }
}
