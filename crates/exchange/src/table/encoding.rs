//! The encoding of a text, decided on the whole of it, and its reading as UTF-8 with `\n` or `\r\n`.
//! Absent: cells.

use std::fs::File;
use std::io::{self, BufRead, Read, Write};
use std::path::Path;

use catalogue::french::{counted, integer, list, quoted};
use encoding_rs::{
    CoderResult, Decoder, Encoding, ISO_8859_15, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252,
};

use super::unreadable;
use crate::Stop;
use crate::issue::Fault;
use crate::limits::LINE_BYTES;

const CHUNK_BYTES: usize = 64 << 10;
/// Bytes looked at to know UTF-16 without its mark.
const START_BYTES: usize = 1 << 10;
/// Names that people give, and the labels of the Encoding Standard.
const NAMES: [(&str, &Encoding); 11] = [
    ("utf8", UTF_8),
    ("utf16le", UTF_16LE),
    ("utf16be", UTF_16BE),
    ("windows1252", WINDOWS_1252),
    ("cp1252", WINDOWS_1252),
    ("latin1", WINDOWS_1252),
    ("iso88591", WINDOWS_1252),
    ("iso885915", ISO_8859_15),
    ("latin9", ISO_8859_15),
    ("macroman", MACINTOSH),
    ("macintosh", MACINTOSH),
];
/// Letters and marks that French texts hold, with their weight: the frequent ones first.
const FRENCH: [(&str, i64); 3] = [("éèàêç’", 4), ("âîïôûùëüœ«»…–€°", 2), ("ÉÈÀÊÇÂÎÔŒ\u{a0}½¼¾²³", 1)];
/// What the ends of lines that Windows or an old Mac write are worth.
const LINE_ENDS: i64 = 3;

/// What the whole of a text says.
pub(super) struct Survey {
    pub(super) encoding: &'static Encoding,
    /// Letters already lost when the file was written (`U+FFFD`).
    pub(super) lost: u64,
    /// Lines in windows-1252 among lines in UTF-8, as when two files are pasted; each is read as it is.
    pub(super) mixed: u64,
    /// Whether lines end by `\r` alone.
    pub(super) is_old_mac: bool,
    /// Whether nothing but white space was found.
    pub(super) is_blank: bool,
}

impl Survey {
    /// How the file is read, in French.
    pub(super) fn notes(&self) -> Vec<String> {
        let name = match self.encoding {
            encoding if encoding == MACINTOSH => "Mac Roman",
            encoding if encoding == UTF_8 => "UTF-8",
            encoding => encoding.name(),
        };
        let mut notes = vec![name.to_owned()];
        if self.is_old_mac {
            notes.push("fins de ligne d’un ancien Mac".to_owned());
        }
        if self.lost > 0 {
            notes.push(format!("attention, {}", self.lost_letters()));
        }
        notes
    }

    /// What to say of lines that are not in the encoding of the others.
    pub(super) fn mixed_lines(&self) -> String {
        let lines = counted(
            self.mixed,
            "ligne est en windows-1252 parmi d’autres",
            "lignes sont en windows-1252 parmi d’autres",
        );
        format!("{lines} en UTF-8, chacune est lue telle qu’elle est")
    }

    /// What to say of letters that nobody can give back.
    pub(super) fn lost_letters(&self) -> String {
        let letters = counted(self.lost, "lettre perdue", "lettres perdues");
        format!("{letters} avant l’arrivée du fichier (signe {})", quoted("\u{fffd}"))
    }
}

/// Reads the whole file once, in bounded memory.
pub(super) fn survey(path: &Path, named: Option<&str>) -> Result<Survey, Stop> {
    let named = named.map(by_name).transpose()?;
    let mut file = File::open(path).map_err(|error| unreadable(&error))?;
    let mut counts = Counts::default();
    let mut chunk = vec![0; CHUNK_BYTES];
    loop {
        let length = file.read(&mut chunk).map_err(|error| unreadable(&error))?;
        if length == 0 {
            break;
        }
        counts.add(&chunk[..length])?;
    }
    // The last line ends too; that is no end of Windows.
    let has_windows_ends = counts.has_windows_ends;
    counts.follow(b'\n');
    counts.has_windows_ends = has_windows_ends;
    let mixed = if named.is_none() { counts.mixed() } else { 0 };
    let encoding = named.unwrap_or_else(|| if mixed > 0 { UTF_8 } else { counts.encoding() });
    let at = |byte: u8| counts.bytes[usize::from(byte)];
    let is_blank = (0..=255_u8).all(|byte| at(byte) == 0 || byte.is_ascii_whitespace());
    let is_wide = encoding == UTF_16LE || encoding == UTF_16BE;
    let is_old_mac = counts.has_mac_ends() && !is_wide;
    let lost = if encoding == UTF_8 { counts.lost } else { 0 };
    Ok(Survey { encoding, lost, mixed, is_old_mac, is_blank })
}

/// UTF-16 without its mark: of two bytes, one is zero for all letters of our languages.
pub(super) fn unmarked_utf16(start: &[u8]) -> Option<&'static Encoding> {
    let pairs = start[..start.len().min(START_BYTES)].as_chunks::<2>().0;
    let zeros = |place: usize| pairs.iter().filter(|pair| pair[place] == 0).count();
    match (zeros(0), zeros(1)) {
        (0, low) if low * 3 > pairs.len() * 2 => Some(UTF_16LE),
        (high, 0) if high * 3 > pairs.len() * 2 => Some(UTF_16BE),
        _ => None,
    }
}

fn by_name(name: &str) -> Result<&'static Encoding, Stop> {
    let folded: String =
        name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    let found = NAMES.iter().find(|(known, _)| *known == folded).map(|(_, encoding)| *encoding);
    found.ok_or_else(|| {
        let known = ["utf-8", "utf-16le", "utf-16be", "windows-1252", "mac roman"].map(quoted);
        let remedy = format!("choisissez {}", list(&known, "ou"));
        Stop(None, Fault::new("l’encodage demandé est inconnu", remedy).value(name))
    })
}

/// What is beside a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Capital,
    Small,
    Other,
}

impl Side {
    const ALL: [Self; 3] = [Self::Capital, Self::Small, Self::Other];

    fn of(byte: u8) -> Self {
        match byte {
            b'A'..=b'Z' => Self::Capital,
            b'a'..=b'z' => Self::Small,
            _ => Self::Other,
        }
    }
}

/// How French a letter over 127 looks between two others.
fn weight(letter: char, before: Side, after: Side, is_mac: bool) -> i64 {
    let is_inside = before != Side::Other && after != Side::Other;
    let is_in_capitals = (before == Side::Capital && after != Side::Small)
        || (after == Side::Capital && before != Side::Small);
    let french = FRENCH.iter().find(|(letters, _)| letters.contains(letter));
    match french {
        _ if letter.is_control() => -6,
        // « l'…cole », « «a »: É and Ç of windows-1252.
        _ if is_mac && "…«»".contains(letter) && after != Side::Other => -4,
        Some(_) if letter.is_uppercase() && is_in_capitals => 4,
        // « etcÉ »: a capital ends no word in small letters.
        Some(_) if letter.is_uppercase() && before == Side::Small => -2,
        Some(_) if letter.is_lowercase() && before == Side::Capital && after == Side::Capital => -2,
        // « D…BUTANTS »: an apostrophe is the only mark inside words.
        _ if !letter.is_alphabetic() && letter != '’' && is_inside => -4,
        Some((_, weight)) => *weight,
        None if letter.is_alphabetic() && letter < '\u{250}' => -1,
        None => -2,
    }
}

struct Counts {
    bytes: [u64; 256],
    /// How many times each byte over 127 is between such and such others.
    between: Vec<[[u64; 3]; 3]>,
    /// The last two bytes.
    last: [u8; 2],
    has_windows_ends: bool,
    /// Carriage returns and line feeds out of quotes.
    ends: [u64; 2],
    is_quoted: bool,
    /// How many bytes are « œ » or « € » of ISO-8859-15 where « ½ » and « ¤ » mean nothing.
    latin9: u64,
    /// The line being read, and how many lines with letters over 127 are in UTF-8, then are not.
    current: Vec<u8>,
    lines: [u64; 2],
    start: Vec<u8>,
    /// Bytes of a letter cut by the end of a chunk.
    rest: Vec<u8>,
    is_utf8: bool,
    lost: u64,
    line_bytes: u64,
    line: u64,
}

impl Default for Counts {
    fn default() -> Self {
        Self {
            bytes: [0; 256],
            between: vec![[[0; 3]; 3]; 128],
            last: [b' '; 2],
            has_windows_ends: false,
            ends: [0; 2],
            is_quoted: false,
            latin9: 0,
            current: Vec::new(),
            lines: [0; 2],
            start: Vec::new(),
            rest: Vec::new(),
            is_utf8: true,
            lost: 0,
            line_bytes: 0,
            line: 1,
        }
    }
}

impl Counts {
    fn add(&mut self, chunk: &[u8]) -> Result<(), Stop> {
        if self.start.is_empty() {
            self.start.extend(chunk.iter().take(START_BYTES));
        }
        for byte in chunk {
            self.bytes[usize::from(*byte)] += 1;
            self.follow(*byte);
            self.line_bytes += 1;
            if matches!(byte, b'\n' | b'\r') {
                (self.line, self.line_bytes) = (self.line + u64::from(self.line_bytes > 1), 0);
            }
            if self.line_bytes > LINE_BYTES {
                let message = format!("une ligne dépasse {} octets", integer(LINE_BYTES));
                return Err(Stop(
                    Some(self.line),
                    Fault::new(message, "vérifiez que le fichier est une table"),
                ));
            }
        }
        if self.is_utf8 {
            self.rest.extend_from_slice(chunk);
            let (text, rest) = match std::str::from_utf8(&self.rest) {
                Ok(text) => (text, 0),
                Err(error) => {
                    self.is_utf8 = error.error_len().is_none();
                    let valid = &self.rest[..error.valid_up_to()];
                    (std::str::from_utf8(valid).unwrap_or_default(), self.rest.len() - valid.len())
                }
            };
            self.lost += text.matches(char::REPLACEMENT_CHARACTER).count() as u64;
            let keep = self.rest.len() - rest;
            self.rest.drain(..keep);
        }
        Ok(())
    }

    /// Takes note of what is around the byte before this one.
    fn follow(&mut self, byte: u8) {
        let [before, last] = self.last;
        if let Some(at) = last.checked_sub(128) {
            let (before, after) = (Side::of(before) as usize, Side::of(byte) as usize);
            self.between[usize::from(at)][before][after] += 1;
        }
        // « œuvre », « Œil », « nœud »: « 1½ h » and « ½ journée » are none of them.
        let is_letter = matches!(last, 0xbc | 0xbd)
            && b"uindcstUINDCST".contains(&byte)
            && !before.is_ascii_digit()
            && before < 128;
        let is_euro =
            last == 0xa4 && (before.is_ascii_digit() || matches!(before, b' ' | 0xa0)) && byte != b' ';
        self.latin9 += u64::from(is_letter || (is_euro && !byte.is_ascii_alphanumeric()));
        self.has_windows_ends |= !self.is_quoted && (last, byte) == (b'\r', b'\n');
        self.is_quoted ^= byte == b'"';
        self.ends[0] += u64::from(!self.is_quoted && byte == b'\r');
        self.ends[1] += u64::from(!self.is_quoted && byte == b'\n');
        if !matches!(byte, b'\n' | b'\r') {
            self.current.push(byte);
        } else if !self.current.is_ascii() {
            self.lines[usize::from(std::str::from_utf8(&self.current).is_err())] += 1;
        }
        if matches!(byte, b'\n' | b'\r') {
            self.current.clear();
        }
        self.last = [last, byte];
    }

    /// Whether carriage returns alone end lines: there is no line feed, or only between quotes, as in cells of several lines.
    fn has_mac_ends(&self) -> bool {
        let [returns, feeds] = self.ends;
        let has_feeds = self.bytes[usize::from(b'\n')] > 0;
        let is_sure = !self.is_quoted && !self.has_windows_ends && returns > 1 && feeds <= 1;
        self.bytes[usize::from(b'\r')] > 0 && (!has_feeds || is_sure)
    }

    /// How many lines are not in UTF-8, when enough others are; letters of one byte that look like UTF-8 are too
    /// rare in words for that.
    fn mixed(&self) -> u64 {
        let [sound, wrong] = self.lines;
        let is_wide = unmarked_utf16(&self.start).is_some()
            || Encoding::for_bom(&self.start).is_some_and(|(encoding, _)| encoding != UTF_8);
        if !is_wide && sound > 0 && sound * 10 >= wrong { wrong } else { 0 }
    }

    fn encoding(&self) -> &'static Encoding {
        if let Some((encoding, _)) = Encoding::for_bom(&self.start) {
            // A mark of UTF-8 may lie, as when two files are pasted; that of UTF-16 cannot be a text.
            if encoding != UTF_8 || (self.is_utf8 && self.rest.is_empty()) {
                return encoding;
            }
        }
        if let Some(encoding) = unmarked_utf16(&self.start) {
            return encoding;
        }
        if self.is_utf8 && self.rest.is_empty() {
            return UTF_8;
        }
        let mac = self.score(MACINTOSH) + if self.has_mac_ends() { LINE_ENDS } else { 0 };
        let windows = self.score(WINDOWS_1252) + if self.has_windows_ends { LINE_ENDS } else { 0 };
        match mac > windows {
            true => MACINTOSH,
            false if self.is_latin9() => ISO_8859_15,
            false => WINDOWS_1252,
        }
    }

    /// Whether letters are those of ISO-8859-15, which windows-1252 has as other signs: « ½uvre », « 450 ¤ ».
    fn is_latin9(&self) -> bool {
        // Signs that windows-1252 alone has.
        let has_windows = self.bytes[0x80..0xa0].iter().any(|count| *count > 0);
        let is_inside = |byte: u8| {
            let between = &self.between[usize::from(byte - 128)];
            [Side::Capital, Side::Small].iter().any(|side| between[*side as usize][*side as usize] > 0)
        };
        !has_windows && (self.latin9 > 0 || [0xa6, 0xa8, 0xb4, 0xb8].into_iter().any(is_inside))
    }

    /// How French the bytes over 127 look in an encoding of one byte a letter.
    fn score(&self, encoding: &'static Encoding) -> i64 {
        let mut score = 0;
        let is_mac = encoding == MACINTOSH;
        for (byte, around) in (128..=255_u8).zip(&self.between) {
            let bytes = [byte];
            let (text, _) = encoding.decode_without_bom_handling(&bytes);
            let letter = text.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER);
            for before in Side::ALL {
                for after in Side::ALL {
                    let count = around[before as usize][after as usize];
                    score += weight(letter, before, after, is_mac) * i64::try_from(count).unwrap_or(0);
                }
            }
        }
        score
    }
}

/// A text as UTF-8, in bounded memory; bytes that are not what they should be go through in UTF-8, which
/// the reader of lines refuses.
pub(super) struct Decoded<R> {
    reader: R,
    decoder: Option<Decoder>,
    /// The beginning of a line, when each is decoded by itself.
    line: Option<Vec<u8>>,
    is_old_mac: bool,
    input: Vec<u8>,
    output: Vec<u8>,
    given: usize,
    is_over: bool,
}

impl<R: Read> Decoded<R> {
    pub(super) fn new(reader: R, survey: &Survey) -> Self {
        let decoder = (survey.encoding != UTF_8).then(|| survey.encoding.new_decoder_with_bom_removal());
        let (is_old_mac, input, output) = (survey.is_old_mac, vec![0; CHUNK_BYTES], Vec::new());
        let line = (survey.mixed > 0).then(Vec::new);
        Self { reader, decoder, line, is_old_mac, input, output, given: 0, is_over: false }
    }

    fn fill(&mut self) -> io::Result<()> {
        self.output.clear();
        self.given = 0;
        while self.output.is_empty() && !self.is_over {
            let length = self.reader.read(&mut self.input)?;
            self.is_over = length == 0;
            let input = &self.input[..length];
            if let Some(line) = &mut self.line {
                line.extend_from_slice(input);
                let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
                let end = line.iter().rposition(is_end).map_or(0, |end| end + 1);
                let end = if self.is_over { line.len() } else { end };
                let whole: Vec<u8> = line.drain(..end).collect();
                for own in whole.split_inclusive(is_end) {
                    match std::str::from_utf8(own) {
                        Ok(text) => self.output.extend_from_slice(text.as_bytes()),
                        Err(_) => self.output.extend_from_slice(WINDOWS_1252.decode(own).0.as_bytes()),
                    }
                }
                continue;
            }
            match &mut self.decoder {
                None => self.output.extend_from_slice(input),
                Some(decoder) => {
                    let longest = decoder.max_utf8_buffer_length(length).unwrap_or(4 * CHUNK_BYTES + 64);
                    self.output.resize(longest, 0);
                    let (result, _, written, _) =
                        decoder.decode_to_utf8(input, &mut self.output, self.is_over);
                    self.output.truncate(written);
                    if result == CoderResult::OutputFull {
                        return Err(io::Error::other("le texte est trop long"));
                    }
                }
            }
        }
        if self.is_old_mac {
            self.output.iter_mut().filter(|byte| **byte == b'\r').for_each(|byte| *byte = b'\n');
        }
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, mut buffer: &mut [u8]) -> io::Result<usize> {
        let written = buffer.write(self.fill_buf()?)?;
        self.consume(written);
        Ok(written)
    }
}

impl<R: Read> BufRead for Decoded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.given >= self.output.len() {
            self.fill()?;
        }
        Ok(&self.output[self.given..])
    }

    fn consume(&mut self, amount: usize) {
        self.given = (self.given + amount).min(self.output.len());
    }
}
