//! Letters of cells that programs spoil: signs that nobody sees, letters printed as one, UTF-8 encoded a second time.
//! Absent: the encoding of a whole file (see `encoding`).

use encoding_rs::WINDOWS_1252;

use super::Cell;

/// Letters printed as one, and what they stand for.
const LIGATURES: [(char, &str); 7] =
    [('ﬀ', "ff"), ('ﬁ', "fi"), ('ﬂ', "fl"), ('ﬃ', "ffi"), ('ﬄ', "ffl"), ('ﬅ', "st"), ('ﬆ', "st")];
/// What the second encoding of French text gives back, beside the letters of Latin-1.
const FRENCH: &str = "œŒŸ’‘“”…–—•€";

/// Mends the texts of a cell; tells whether one was encoded twice.
pub(super) fn mend(cell: &mut Cell) -> bool {
    match cell {
        Cell::Text(text) => mend_text(text),
        Cell::Several(texts) => {
            let mut is_twice = false;
            texts.iter_mut().for_each(|text| is_twice |= mend_text(text));
            is_twice
        }
        _ => false,
    }
}

fn mend_text(text: &mut String) -> bool {
    if text.is_ascii() {
        return false;
    }
    let once = once(text);
    let is_twice = once.is_some();
    if let Some(once) = once {
        *text = once;
    }
    if text.contains(is_unseen) {
        text.retain(|sign| !is_unseen(sign));
    }
    for (ligature, letters) in LIGATURES {
        if text.contains(ligature) {
            *text = text.replace(ligature, letters);
        }
    }
    is_twice
}

/// A space without width, a hyphen that is only seen at the end of a line.
fn is_unseen(sign: char) -> bool {
    matches!(sign, '\u{200b}' | '\u{feff}' | '\u{ad}' | '\u{2060}')
}

/// A text whose letters were encoded in UTF-8 twice (« DÃ©mat »), as it was before; nothing when none was.
fn once(text: &str) -> Option<String> {
    if !text.contains(['Ã', 'Â', 'Å', 'â']) {
        return None;
    }
    let (mut out, mut rest, mut is_mended) = (String::with_capacity(text.len()), text, false);
    while let Some(sign) = rest.chars().next() {
        let length = match sign {
            'Ã' | 'Â' | 'Å' => 2,
            'â' => 3,
            _ => 1,
        };
        let end = rest.char_indices().nth(length).map_or(rest.len(), |(at, _)| at);
        match decoded(&rest[..end]).filter(|_| length > 1) {
            Some(letter) => {
                out.push(letter);
                is_mended = true;
                rest = &rest[end..];
            }
            None => {
                out.push(sign);
                rest = &rest[sign.len_utf8()..];
            }
        }
    }
    is_mended.then_some(out)
}

/// The letter whose bytes of UTF-8 are these signs in windows-1252.
fn decoded(signs: &str) -> Option<char> {
    let (bytes, _, is_lost) = WINDOWS_1252.encode(signs);
    let letter = std::str::from_utf8(&bytes).ok().filter(|_| !is_lost)?;
    let mut letters = letter.chars();
    let first = letters.next().filter(|_| letters.next().is_none())?;
    (('\u{a0}'..='\u{ff}').contains(&first) || FRENCH.contains(first)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::mend_text;

    #[test]
    fn spoiled_letters_are_mended() {
        let check = |text: &str, expect: &str, is_twice: bool| {
            let mut own = text.to_owned();
            assert_eq!((mend_text(&mut own), own.as_str()), (is_twice, expect));
        };
        check("DÃ©mat Ã‰tat", "Démat État", true);
        check("lâ€™Å“uvre – 450 â‚¬", "l’œuvre – 450 €", true);
        check("For\u{ad}ma\u{200b}tion", "Formation", false);
        check("eﬃcace, déﬁnir", "efficace, définir", false);
        for sound in ["CAFÉ»", "Âge, Ârea", "SÃO PAULO", "âgé", "Ågren", "œuvre", "北京", "Â", "Ã"]
        {
            check(sound, sound, false);
        }
    }
}
