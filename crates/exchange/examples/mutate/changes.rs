//! Changes of bytes, by a repeatable dice. Absent: where they are applied.

use exchange::table::Options;

/// A repeatable source of chance (xorshift64*; Vigna, « An experimental exploration of Marsaglia’s xorshift
/// generators, scrambled », 2016).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// From 0 to under `most`; 0 when it is 0.
    pub fn below(&mut self, most: usize) -> usize {
        usize::try_from((self.next() >> 33) % (most.max(1) as u64)).unwrap_or(0)
    }

    fn one_of<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.below(list.len())]
    }

    /// What a person could ask.
    pub fn options(&mut self) -> Options {
        let encodings = ["utf-8", "windows-1252", "mac roman", "utf-16le", "utf-16be", "latin1", "other"];
        let header = self.below(40) as u64;
        Options {
            sheet: None,
            header_line: (header > 0 && header < 25).then_some(header),
            encoding: (self.below(3) > 0).then(|| self.one_of(&encodings).to_owned()),
            separator: (self.below(2) > 0).then(|| [';', ',', '\t', '|', 'é', '"'][self.below(6)]),
            ..Options::default()
        }
    }
}

/// Pieces that mean something to a reader.
const PIECES: [&[u8]; 62] = [
    b"\"",
    b";",
    b",",
    b"\t",
    b"|",
    b"\r",
    b"\n",
    b"\r\n",
    b"\0",
    b"\xe9",
    b"\x8e",
    b"\xc3",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"\xef\xbf\xbd",
    b"sep=;\n",
    b"<",
    b">",
    b"</",
    b"/>",
    b"&",
    b"&amp;",
    b"&#0;",
    b"&#x110000;",
    b"&lol;",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"]]>",
    b"<!DOCTYPE a [<!ENTITY b \"c\">]>",
    b"<?xml version=\"1.0\" encoding=\"utf-16\"?>",
    b" table:number-columns-repeated=\"1048576\"",
    b" table:number-rows-repeated=\"4294967295\"",
    b" table:number-columns-spanned=\"99999999999\"",
    b"<table:table-row>",
    b"<table:table-cell/>",
    b"<table:table table:name=\"x\">",
    b"</table:table>",
    b"r=\"XFD1048576\"",
    b"r=\"A0\"",
    b"r=\"ZZZZZZZ9\"",
    b"uniqueCount=\"9999999999999\"",
    b"<mergeCell ref=\"A1:XFD1048576\"/>",
    b"t=\"s\"",
    b"t=\"d\"",
    b"t=\"e\"",
    b"<v>99999999999</v>",
    b"[",
    b"]",
    b"{",
    b"}",
    b"{\"parts\":[{\"a\":1}]}",
    b":null",
    b"1e999",
    b"-1",
    b"\\u0000",
    b"\\ud800",
    b"[[column]]\n",
    b"''' ",
    b"\"\"\"",
    b"2026-13-45",
];

/// Numbers at the edge of what a field holds.
const EDGES: [u32; 10] =
    [0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x0001_0000, 0x7fff_ffff, 0xffff_fffe, 0xffff_ffff];

/// One change; `other` is a text to take pieces from.
pub fn apply(bytes: &mut Vec<u8>, other: &[u8], dice: &mut Dice) {
    let at = dice.below(bytes.len() + 1);
    let few = [4, 40, 400, 4_000][dice.below(4)];
    let end = (at + 1 + dice.below(few)).min(bytes.len());
    match dice.below(11) {
        0 if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
        1 if at < bytes.len() => bytes[at] = (dice.next() & 0xff) as u8,
        2 => drop(bytes.splice(at..at, dice.one_of(&PIECES).iter().copied())),
        3 => drop(bytes.splice(at..end, dice.one_of(&PIECES).iter().copied())),
        4 => drop(bytes.drain(at..end)),
        5 => {
            let again: Vec<u8> = bytes[at..end].repeat(1 + dice.below(40));
            bytes.splice(at..at, again);
        }
        6 => bytes.truncate(at),
        7 => {
            let edge = EDGES[dice.below(EDGES.len())].to_le_bytes();
            let length = [1, 2, 4][dice.below(3)];
            bytes.iter_mut().skip(at).zip(&edge[..length]).for_each(|(byte, edge)| *byte = *edge);
        }
        8 => number(bytes, at, dice),
        9 if !other.is_empty() => {
            let from = dice.below(other.len());
            let to = (from + 1 + dice.below(few)).min(other.len());
            bytes.splice(at..at, other[from..to].iter().copied());
        }
        _ => marked(bytes, dice),
    }
}

/// Replaces the next number written in figures.
fn number(bytes: &mut Vec<u8>, at: usize, dice: &mut Dice) {
    let Some(start) = bytes[at..].iter().position(u8::is_ascii_digit).map(|start| at + start) else { return };
    let end =
        bytes[start..].iter().position(|byte| !byte.is_ascii_digit()).map_or(bytes.len(), |end| start + end);
    let numbers: [&[u8]; 8] =
        [b"0", b"-1", b"1048576", b"4294967296", b"99999999999999999999", b"1.5", b"NaN", b"1e400"];
    bytes.splice(start..end, dice.one_of(&numbers).iter().copied());
}

/// Moves or drops a whole mark `<…>` or a whole line.
fn marked(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let (open, close) = if bytes.contains(&b'<') { (b'<', b'>') } else { (b'\n', b'\n') };
    let at = dice.below(bytes.len());
    let Some(start) = bytes[at..].iter().position(|byte| *byte == open).map(|start| at + start) else {
        return;
    };
    let Some(length) = bytes[start + 1..].iter().position(|byte| *byte == close) else { return };
    let piece: Vec<u8> = bytes.drain(start..start + length + 2).collect();
    match dice.below(3) {
        0 => {}
        1 => {
            let to = dice.below(bytes.len() + 1);
            bytes.splice(to..to, piece);
        }
        _ => drop(bytes.splice(start..start, piece.repeat(2 + dice.below(200)))),
    }
}
