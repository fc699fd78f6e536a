//! LHEO, the French standard language of training offers: versions 2.2 and 2.3, `lheo-index`, and the profile of
//! Mon Compte Formation, read leniently with a strict report; version 2.3 written.
//!
//! Inside: streaming of XML with limits, the schema as a table, the mapping to rows. Absent: sessions, contacts
//! (personal data), themes of FORMACODE codes (see `catalogue::codes`); version 1.3, which is named and refused.

pub(crate) mod bytes;
mod check;
mod map;
mod node;
mod schema;
pub(crate) mod text;
mod write;
mod xml;

use std::io::BufRead;

use catalogue::RawTraining;

use crate::{Extent, Issue, Stop};

pub use write::{Left, ProviderRecord, WriteOptions, providers, write};

/// Roots of the files of the family.
const ROOTS: [&str; 3] = ["lheo", "lheo-index", "lheo-plus"];

/// An offer of a file, not yet checked by the catalogue.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// Line where it begins, from 1.
    pub line: u64,
    /// What it says.
    pub raw: RawTraining,
    /// How it departs from the standard, and what could not be taken; the offer is good all the same.
    /// What is said of the file as a whole is with its first offer.
    pub notes: Vec<Issue>,
}

/// Whether a file that begins with these bytes is LHEO, whatever its version and encoding; a few kilobytes are
/// enough.
pub fn is_lheo(first_bytes: &[u8]) -> bool {
    let first = &first_bytes[..first_bytes.len().min(64 << 10)];
    let text = bytes::glance(first);
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let end = match rest.as_bytes() {
            [b'<', b'?', ..] => "?>",
            [b'<', b'!', b'-', b'-', ..] => "-->",
            [b'<', b'!', ..] if rest.find('[') < rest.find('>') && rest.contains('[') => "]>",
            [b'<', b'!', ..] => ">",
            _ => break,
        };
        let Some((_, after)) = rest.split_once(end) else { return false };
        rest = after.trim_start();
    }
    let Some(tag) = rest.strip_prefix('<') else { return false };
    let name = tag.split(|c: char| c.is_whitespace() || c == '>' || c == '/').next().unwrap_or_default();
    let local = name.rsplit(':').next().unwrap_or_default();
    ROOTS.contains(&local) || local == "lheo-leger"
}

/// Reads a file offer by offer, in bounded memory: offers and issues are given as they come.
///
/// An issue is an offer left out, or the end of reading when the answer is [`Extent::Partial`]. Never fails.
pub fn read_each(name: &str, reader: impl BufRead, sink: &mut dyn FnMut(Result<Offer, Issue>)) -> Extent {
    let end = xml::Parser::new(name, &mut *sink).read(reader);
    match end {
        Ok(()) => Extent::Whole,
        Err(Stop(line, fault)) => {
            sink(Err(fault.at(name, line)));
            Extent::Partial
        }
    }
}
