//! The fonts of the PDF, built into the program, and which characters they have. Absent: fonts of the machine.

use std::sync::OnceLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

const FILES: [&[u8]; 4] = [
    include_bytes!("../fonts/Inter-Regular.ttf"),
    include_bytes!("../fonts/Inter-SemiBold.ttf"),
    include_bytes!("../fonts/Inter-Italic.ttf"),
    include_bytes!("../fonts/NotoSansSymbols2-States.ttf"),
];

/// What stands for a character that no font has.
const REPLACEMENT: char = '□';

/// The fonts and their book.
pub(crate) struct Fonts {
    pub fonts: Vec<Font>,
    pub book: LazyHash<FontBook>,
}

/// The fonts, read once.
pub(crate) fn fonts() -> &'static Fonts {
    static FONTS: OnceLock<Fonts> = OnceLock::new();
    FONTS.get_or_init(|| {
        let fonts: Vec<Font> = FILES.iter().flat_map(|file| Font::iter(Bytes::new(*file))).collect();
        Fonts { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts }
    })
}

/// The text without what cannot be printed: a character of no font becomes □, a control or a break a space, marks of
/// direction nothing.
pub(crate) fn printable(text: &str) -> String {
    let fonts = &fonts().fonts;
    // The library refuses � as it does a glyph that is not there.
    let has = |c: char| {
        c != char::REPLACEMENT_CHARACTER && fonts.iter().any(|font| font.info().coverage.contains(c.into()))
    };
    let directs = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}');
    let mut printable = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_control() => printable.push(' '),
            c if directs(c) => {}
            c if has(c) => printable.push(c),
            _ => printable.push(REPLACEMENT),
        }
    }
    printable
}

#[cfg(test)]
mod tests {
    use super::{fonts, printable};

    #[test]
    fn every_font_is_read() {
        let names: Vec<&str> = fonts().fonts.iter().map(|font| font.info().family.as_str()).collect();
        assert_eq!(names, ["Inter", "Inter", "Inter", "Noto Sans Symbols2"]);
    }

    #[test]
    fn what_no_font_has_is_replaced() {
        let check = |text: &str, expect: &str| assert_eq!(printable(text), expect);
        check("Évaluer l’œuvre : 1 200 €, ≈ 3 h", "Évaluer l’œuvre : 1 200 €, ≈ 3 h");
        check("● ◐ ○ ✕ Ωβ Привет", "● ◐ ○ ✕ Ωβ Привет");
        check("データ 🎉", "□□□ □");
        check("a\u{fffd}b\u{e000}", "a□b□");
        check("a\tb\nc\u{200e}d\u{0}", "a b cd ");
    }
}
