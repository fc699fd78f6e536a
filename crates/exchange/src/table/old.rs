//! Workbooks of Excel 97 and 95 (XLS), in a compound file: the one stream that matters is taken out of it, and
//! its cells are given row by row. Sources: [MS-CFB] for the file, [MS-XLS] for what it holds.
//! Absent: records (see `records`), formulas (their last value is read), macros.

mod records;

use std::io::Read;

use catalogue::french::integer;

use super::kind::{as_table, damaged, protected};
use super::{Receiver, Request, Shape, unreadable};
use crate::Stop;
use crate::issue::Fault;
use crate::limits::OLD_BYTES;

/// The first bytes of a compound file.
pub(super) const MAGIC: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// The largest number of a sector; the ones after it end chains or mark free places.
const LAST_SECTOR: u32 = 0xffff_fffa;
/// Length of an entry of the directory, in bytes.
const ENTRY_BYTES: usize = 128;
/// Length of the small sectors, in bytes.
const SMALL_SECTOR: usize = 64;

pub(super) fn read<'a>(
    request: Request<'a>,
    sink: &mut Receiver<'a>,
    shapes: &mut Vec<Shape>,
) -> Result<(), Stop> {
    let file = std::fs::File::open(request.path).map_err(|error| unreadable(&error))?;
    let stream = stream(file)?;
    records::read(&stream, request, sink, shapes)
}

/// The stream of a workbook; what else a compound file may be is told.
pub(super) fn stream(file: impl Read) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    file.take(OLD_BYTES + 1).read_to_end(&mut bytes).map_err(|_| damaged())?;
    if bytes.len() as u64 > OLD_BYTES {
        let message = format!("le classeur XLS dépasse {} octets", integer(OLD_BYTES));
        return Err(Fault::new(message, "enregistrez-le en XLSX, ou la table en CSV"));
    }
    let compound = Compound::of(&bytes).ok_or_else(damaged)?;
    let has = |name: &str| compound.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name));
    if has("EncryptedPackage") {
        return Err(protected());
    }
    if has("WordDocument") || has("PowerPoint Document") {
        return Err(Fault::new("c’est un document bureautique, pas une table", as_table()));
    }
    if !has("Workbook") && !has("Book") {
        return Err(Fault::new("c’est un fichier d’un autre logiciel, pas un classeur", as_table()));
    }
    compound.stream("Workbook").or_else(|| compound.stream("Book")).ok_or_else(damaged)
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn longs(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks::<4>().0.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect()
}

/// A file or a folder of a compound file.
struct Entry {
    name: String,
    start: u32,
    length: usize,
}

/// A compound file. No chain of it is longer than the file.
struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    next: Vec<u32>,
    small_next: Vec<u32>,
    /// Longest stream that is cut in small sectors, in bytes.
    small_most: usize,
    entries: Vec<Entry>,
}

impl<'a> Compound<'a> {
    fn of(bytes: &'a [u8]) -> Option<Self> {
        let sector = match short(bytes, 30)? {
            9 => 512,
            12 => 4_096,
            _ => return None,
        };
        let small_most = usize::try_from(long(bytes, 56)?).ok()?;
        let mut compound =
            Self { bytes, sector, next: Vec::new(), small_next: Vec::new(), small_most, entries: Vec::new() };
        for number in compound.tables()? {
            compound.next.extend(longs(compound.sector(number)?));
        }
        let directory = compound.chain(long(bytes, 48)?, None)?;
        compound.entries = directory.chunks_exact(ENTRY_BYTES).filter_map(entry).collect();
        let small = long(bytes, 60)?;
        if small <= LAST_SECTOR {
            compound.small_next = longs(&compound.chain(small, None)?);
        }
        Some(compound)
    }

    /// The sectors of the table of chains: the first ones are in the head, the others in a chain of their own.
    fn tables(&self) -> Option<Vec<u32>> {
        let mut tables = longs(self.bytes.get(76..512)?);
        let most = self.bytes.len() / self.sector + 1;
        let mut more = long(self.bytes, 68)?;
        for _ in 0..most {
            if more > LAST_SECTOR {
                break;
            }
            let mut numbers = longs(self.sector(more)?);
            more = numbers.pop()?;
            tables.extend(numbers);
        }
        tables.retain(|number| *number <= LAST_SECTOR);
        (tables.len() <= most).then_some(tables)
    }

    /// A sector; the last one of a file may be cut.
    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let start = (usize::try_from(number).ok()? + 1).checked_mul(self.sector)?;
        let end = (start + self.sector).min(self.bytes.len());
        self.bytes.get(start..end).filter(|bytes| !bytes.is_empty())
    }

    /// The bytes of a chain of sectors, to its end or to a length.
    fn chain(&self, start: u32, length: Option<usize>) -> Option<Vec<u8>> {
        let wanted = length.unwrap_or(usize::MAX);
        let (mut chain, mut number) = (Vec::new(), start);
        while number <= LAST_SECTOR && chain.len() < wanted {
            chain.extend_from_slice(self.sector(number)?);
            if chain.len() > self.bytes.len() {
                return None;
            }
            number = *self.next.get(usize::try_from(number).ok()?)?;
        }
        chain.truncate(wanted);
        (length.is_none() || chain.len() == wanted).then_some(chain)
    }

    fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))?;
        if entry.length >= self.small_most {
            return self.chain(entry.start, Some(entry.length));
        }
        let root = self.entries.first()?;
        let small = self.chain(root.start, Some(root.length))?;
        let (mut chain, mut number) = (Vec::new(), usize::try_from(entry.start).ok()?);
        while chain.len() < entry.length {
            let start = number.checked_mul(SMALL_SECTOR)?;
            let sector = small.get(start..(start + SMALL_SECTOR).min(small.len()))?;
            if sector.is_empty() || chain.len() > small.len() {
                return None;
            }
            chain.extend_from_slice(sector);
            number = usize::try_from(*self.small_next.get(number)?).ok()?;
        }
        chain.truncate(entry.length);
        Some(chain)
    }
}

fn entry(bytes: &[u8]) -> Option<Entry> {
    // Streams and the root; 0 is a free place.
    if !matches!(bytes.get(66)?, 1 | 2 | 5) {
        return None;
    }
    let length = usize::from(short(bytes, 64)?).min(64).saturating_sub(2);
    let name: Vec<u16> =
        bytes.get(..length)?.as_chunks::<2>().0.iter().map(|unit| u16::from_le_bytes(*unit)).collect();
    Some(Entry {
        name: String::from_utf16_lossy(&name),
        start: long(bytes, 116)?,
        length: usize::try_from(long(bytes, 120)?).ok()?,
    })
}
