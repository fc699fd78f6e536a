//! Tables of ours saved again by a spreadsheet in an encoding of its system: Excel writes « CSV » in windows-1252.
//! Absent: tables of other people (see `delimited`), how an encoding is told from another (see `encoding`).

use std::fs::File;
use std::io::{self, BufRead, Read};
use std::path::Path;

use catalogue::french::{NARROW, quoted};
use encoding_rs::{ISO_8859_15, MACINTOSH, WINDOWS_1252};

use super::encoding::{self, Decoded, Survey};

/// Bytes read at once.
const CHUNK_BYTES: usize = 64 << 10;
/// Most bytes of a letter left at the end of a chunk.
const LETTER_BYTES: usize = 4;

/// A text that is in an encoding of one byte a letter, and in none other.
pub struct Legacy(Survey);

impl Legacy {
    /// What is known of a text; nothing when it is UTF-8, as ours are, or when its encoding is not sure.
    pub fn of(path: &Path) -> Option<Self> {
        if is_utf8(path).ok()? {
            return None;
        }
        let survey = encoding::survey(path, None).ok()?;
        let is_sure = [WINDOWS_1252, ISO_8859_15, MACINTOSH].contains(&survey.encoding);
        (is_sure && survey.mixed == 0 && !survey.is_old_mac).then_some(Self(survey))
    }

    /// Its text as UTF-8.
    ///
    /// # Errors
    /// Those of the system.
    pub fn open(&self, path: &Path) -> io::Result<impl BufRead + Send + use<>> {
        Ok(Decoded::new(File::open(path)?, &self.0))
    }

    /// How it is read, in French.
    pub fn note(&self) -> String {
        format!(
            "{}, et non UTF-8{NARROW}: les signes que cet encodage n’a pas ont pu devenir {}, vérifiez-le",
            self.0.notes().join(", "),
            quoted("?")
        )
    }
}

/// Whether a file is UTF-8 from its beginning to its end.
fn is_utf8(path: &Path) -> io::Result<bool> {
    let mut file = File::open(path)?;
    let (mut bytes, mut kept) = (vec![0; CHUNK_BYTES + LETTER_BYTES], 0);
    loop {
        let length = file.read(&mut bytes[kept..])?;
        let end = kept + length;
        kept = match std::str::from_utf8(&bytes[..end]) {
            Ok(_) => 0,
            // A letter goes on in the next chunk.
            Err(error) if error.error_len().is_none() && length > 0 => {
                bytes.copy_within(error.valid_up_to()..end, 0);
                end - error.valid_up_to()
            }
            Err(_) => return Ok(false),
        };
        if length == 0 {
            return Ok(true);
        }
    }
}
