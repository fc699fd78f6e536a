//! Bytes of an XML file to UTF-8, in streaming: byte order mark, declared encoding, and what the bytes
//! really are, which wins. Absent: the XML itself.

use std::io::{self, BufRead, Read};

use catalogue::french::{integer, quoted};
use catalogue::system;
use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::issue::Fault;
use crate::limits::{FILE_BYTES, XML_EVENT_BYTES};

/// Bytes looked at to choose an encoding.
const PROLOG_BYTES: u64 = 4 << 10;
const BLOCK_BYTES: usize = 64 << 10;

/// A reader of UTF-8 that counts lines and limits what one piece of markup or text may take.
pub(crate) struct Utf8<R> {
    prolog: io::Cursor<Vec<u8>>,
    inner: R,
    way: Way,
    /// UTF-8 not yet consumed, from `at`.
    ready: Vec<u8>,
    at: usize,
    /// Bytes of a character that the last block cut.
    rest: Vec<u8>,
    is_over: bool,
    bytes: u64,
    line: u64,
    since_mark: usize,
    /// What to say beside the rows.
    pub(super) notes: Vec<(u64, Fault)>,
    /// Why reading stopped.
    pub(crate) stop: Option<Fault>,
}

enum Way {
    /// UTF-8; bytes that are not are read as windows-1252, which is said once.
    Utf8 { is_told: bool },
    /// Declared in an encoding of one byte a character, and only ASCII seen so far.
    Undecided(&'static Encoding),
    /// Another encoding; bytes that are not of it are said once.
    Other { decoder: Box<Decoder>, is_told: bool },
}

impl<R: BufRead> Utf8<R> {
    /// Chooses the encoding from the first bytes.
    pub(crate) fn new(mut inner: R) -> Self {
        let mut prolog = Vec::new();
        let failed = (&mut inner).take(PROLOG_BYTES).read_to_end(&mut prolog).err();
        let (way, skipped, note) = choose(&prolog);
        let mut prolog = io::Cursor::new(prolog);
        prolog.set_position(skipped);
        Self {
            prolog,
            inner,
            way,
            ready: Vec::new(),
            at: 0,
            rest: Vec::new(),
            is_over: false,
            bytes: 0,
            line: 1,
            since_mark: 0,
            notes: note.into_iter().map(|note| (1, note)).collect(),
            stop: failed.map(|error| interrupted(&error)),
        }
    }

    /// Line of the next byte, from 1.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    /// Begins a new piece of markup or of text.
    pub(crate) fn mark(&mut self) {
        self.since_mark = 0;
    }

    fn stopped(&mut self, fault: Fault) -> io::Error {
        self.stop.get_or_insert(fault);
        io::Error::other("reading stopped")
    }

    /// The next bytes of the file, none at its end.
    fn block(&mut self) -> io::Result<Vec<u8>> {
        let mut block = std::mem::take(&mut self.rest);
        let before = block.len();
        let limit = BLOCK_BYTES as u64;
        (&mut self.prolog).take(limit).read_to_end(&mut block)?;
        if block.len() == before {
            let read = (&mut self.inner).take(limit).read_to_end(&mut block);
            read.map_err(|error| self.stopped(interrupted(&error)))?;
        }
        self.is_over = block.len() == before;
        self.bytes += (block.len() - before) as u64;
        if self.bytes > FILE_BYTES {
            let message = format!("le fichier dépasse {} octets", integer(FILE_BYTES));
            return Err(self.stopped(Fault::new(message, "découpez-le en plusieurs fichiers")));
        }
        Ok(block)
    }

    fn decode(&mut self, block: Vec<u8>) {
        if let Way::Undecided(declared) = self.way {
            let Some(first) = block.iter().position(|byte| !byte.is_ascii()) else {
                return self.ready.extend(block);
            };
            self.way = match std::str::from_utf8(&block[first..]) {
                // One character cut by the end of the block says nothing yet.
                Err(error) if error.valid_up_to() == 0 && error.error_len().is_none() && !self.is_over => {
                    self.ready.extend(&block[..first]);
                    return self.rest.extend(&block[first..]);
                }
                Err(error) if error.valid_up_to() == 0 || error.error_len().is_some() => other(declared),
                _ => {
                    let message =
                        format!("le fichier se déclare en {} mais il est en UTF-8", declared.name());
                    let fault = Fault::new(message, "il est lu en UTF-8 ; corrigez la déclaration");
                    self.notes.push((self.line, fault));
                    Way::Utf8 { is_told: false }
                }
            };
        }
        match &mut self.way {
            Way::Utf8 { .. } => self.decode_utf8(&block),
            Way::Undecided(_) => self.ready.extend(block),
            Way::Other { decoder, is_told } => {
                let mut text = String::with_capacity(
                    decoder.max_utf8_buffer_length(block.len()).unwrap_or(block.len() * 3 + 16),
                );
                let (_, _, is_bad) = decoder.decode_to_string(&block, &mut text, self.is_over);
                let encoding = decoder.encoding().name();
                if is_bad && !std::mem::replace(is_told, true) {
                    let message = format!("des octets ne sont pas en {encoding}");
                    let remedy = "vérifiez les caractères remplacés par « � »";
                    self.notes.push((self.line, Fault::new(message, remedy)));
                }
                self.ready.extend(text.into_bytes());
            }
        }
    }

    fn decode_utf8(&mut self, block: &[u8]) {
        let mut bytes = block;
        loop {
            let error = match std::str::from_utf8(bytes) {
                Ok(_) => return self.ready.extend(bytes),
                Err(error) => error,
            };
            let (good, bad) = bytes.split_at(error.valid_up_to());
            self.ready.extend(good);
            let length = match error.error_len() {
                None if !self.is_over => return self.rest.extend(bad),
                None => bad.len(),
                Some(length) => length,
            };
            let (wrong, after) = bad.split_at(length);
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(wrong);
            self.tell_not_utf8(&text);
            self.ready.extend(text.bytes());
            bytes = after;
        }
    }

    fn tell_not_utf8(&mut self, text: &str) {
        if let Way::Utf8 { is_told: is_told @ false } = &mut self.way {
            *is_told = true;
            let line = self.line + self.ready.iter().filter(|byte| **byte == b'\n').count() as u64;
            let fault = Fault::new(
                "des octets ne sont pas en UTF-8",
                "ils sont lus comme windows-1252 ; vérifiez les accents",
            );
            self.notes.push((line, fault.value(text)));
        }
    }
}

impl<R: BufRead> Read for Utf8<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let length = ready.len().min(buffer.len());
        buffer[..length].copy_from_slice(&ready[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl<R: BufRead> BufRead for Utf8<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.stop.is_some() {
            return Err(io::Error::other("reading stopped"));
        }
        if self.since_mark > XML_EVENT_BYTES {
            let message =
                format!("un texte ou une balise dépasse {} octets", integer(XML_EVENT_BYTES as u64));
            return Err(self.stopped(Fault::new(message, "raccourcissez-le, ou découpez le fichier")));
        }
        while self.at == self.ready.len() && !self.is_over {
            self.ready.clear();
            self.at = 0;
            let block = self.block()?;
            self.decode(block);
        }
        Ok(&self.ready[self.at..])
    }

    fn consume(&mut self, amount: usize) {
        let end = (self.at + amount).min(self.ready.len());
        let lines = self.ready[self.at..end].iter().filter(|byte| **byte == b'\n').count();
        self.line += lines as u64;
        self.since_mark += end - self.at;
        self.at = end;
    }
}

fn interrupted(error: &io::Error) -> Fault {
    let message = format!("la lecture s’est interrompue : {}", system::in_french(error));
    Fault::new(message, "vérifiez que le fichier est lisible, puis recommencez")
}

fn other(encoding: &'static Encoding) -> Way {
    Way::Other { decoder: Box::new(encoding.new_decoder_without_bom_handling()), is_told: false }
}

/// How to read, bytes to skip, and what to say of a declaration that the bytes contradict.
fn choose(prolog: &[u8]) -> (Way, u64, Option<Fault>) {
    let (seen, skipped) = match Encoding::for_bom(prolog) {
        Some((encoding, length)) => (Some(encoding), length as u64),
        None if prolog.starts_with(b"<\0") => (Some(UTF_16LE), 0),
        None if prolog.starts_with(b"\0<") => (Some(UTF_16BE), 0),
        None => (None, 0),
    };
    let ascii: String = prolog.iter().filter(|byte| **byte != 0).map(|byte| char::from(*byte)).collect();
    let label = declared(&ascii);
    let known = label.and_then(|label| Encoding::for_label(label.as_bytes()));
    let wide = |encoding: &'static Encoding| encoding == UTF_16LE || encoding == UTF_16BE;
    let contradicted = |real: &str| {
        let label = label.unwrap_or_default();
        let message = format!("le fichier se déclare en {} mais il est en {real}", quoted(label));
        Some(Fault::new(message, format!("il est lu en {real}\u{202f}; corrigez la déclaration")))
    };
    match (seen, known) {
        (Some(seen), Some(known)) if seen != known && !(wide(seen) && wide(known)) => {
            (way(seen), skipped, contradicted(seen.name()))
        }
        (Some(seen), _) => (way(seen), skipped, None),
        (None, Some(known)) if wide(known) => (way(UTF_8), 0, contradicted("UTF-8")),
        (None, Some(known)) if known == UTF_8 => (way(UTF_8), 0, None),
        (None, Some(known)) => (Way::Undecided(known), 0, None),
        (None, None) if label.is_some() => (way(UTF_8), 0, contradicted("UTF-8")),
        (None, None) => (way(UTF_8), 0, None),
    }
}

fn way(encoding: &'static Encoding) -> Way {
    if encoding == UTF_8 { Way::Utf8 { is_told: false } } else { other(encoding) }
}

/// The encoding that the XML declaration names.
fn declared(prolog: &str) -> Option<&str> {
    let start = prolog.find("<?xml")?;
    let end = start + prolog[start..].find("?>")?;
    let (_, after) = prolog[start..end].split_once("encoding")?;
    let after = after.trim_start().strip_prefix('=')?.trim_start();
    let quote = after.chars().next().filter(|quote| ['"', '\''].contains(quote))?;
    after[1..].split_once(quote).map(|(label, _)| label.trim())
}

/// First bytes as text, for a glance at the root.
pub(super) fn glance(bytes: &[u8]) -> String {
    let mut utf8 = Utf8::new(bytes);
    let mut text = Vec::new();
    while let Ok(ready) = utf8.fill_buf() {
        let length = ready.len();
        if length == 0 {
            break;
        }
        text.extend(ready);
        utf8.consume(length);
        utf8.mark();
    }
    String::from_utf8_lossy(&text).into_owned()
}
