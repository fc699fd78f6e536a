//! Reading the package back: the table of trainings says all of them, the other tables repeat parts of it.
//! Absent: packages of other people.

use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::Path;

use catalogue::french::integer;
use zip::ZipArchive;

use super::TABLE;
use crate::issue::Fault;
use crate::limits::{FILE_BYTES, PARTS, UNPACKED_RATIO};
use crate::table::archive;
use crate::{Absent, Extent, Format, Issue, Row};

/// A table under this size may grow as much as it likes when unpacked, in bytes.
const SMALL_BYTES: u64 = 16 << 20;

/// Whether a file is a package of ours, by the names of its parts.
pub fn is_ours(path: &Path) -> bool {
    let Ok(zip) = open(path) else { return false };
    let has = |name: &str| zip.file_names().flatten().any(|part| part == name);
    has(TABLE) && has("datapackage.json")
}

/// Reads the trainings of a package that [`is_ours`], as [`crate::read_each`] does.
///
/// # Errors
/// What prevents any reading.
pub fn read_each(path: &Path, sink: &mut dyn FnMut(Result<Row, Issue>)) -> Result<Extent, Issue> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let refused = |fault: Fault| fault.at(&name, None);
    let mut zip = open(path).map_err(refused)?;
    let table = table(&mut zip).map_err(refused)?;
    Ok(crate::read_each(&format!("{name} ({TABLE})"), BufReader::new(table), Format::Csv, sink))
}

/// The columns that the table of a package that [`is_ours`] lacks; none when it cannot be read.
pub fn absent_columns(path: &Path) -> Absent {
    let Ok(mut zip) = open(path) else { return Absent::default() };
    table(&mut zip).map_or_else(|_| Absent::default(), |table| crate::absent_columns(BufReader::new(table)))
}

/// Unpacks the table of a package that [`is_ours`].
///
/// # Errors
/// Those of the file and of the writer.
pub fn unpack(path: &Path, writer: &mut impl Write) -> io::Result<u64> {
    let refused = |fault: Fault| io::Error::new(io::ErrorKind::InvalidData, fault.at("", None).message);
    let mut zip = open(path).map_err(refused)?;
    io::copy(&mut table(&mut zip).map_err(refused)?, writer)
}

fn open(path: &Path) -> Result<ZipArchive<File>, Fault> {
    let mut file = File::open(path).map_err(|_| damaged())?;
    archive::announced_parts(&mut file)?;
    let zip = ZipArchive::new(file).map_err(|_| damaged())?;
    if zip.len() > PARTS { Err(damaged()) } else { Ok(zip) }
}

fn table(zip: &mut ZipArchive<File>) -> Result<Limited<impl Read + '_>, Fault> {
    let table = zip.by_name(TABLE).map_err(|_| damaged())?;
    let most = table.compressed_size().saturating_mul(UNPACKED_RATIO).clamp(SMALL_BYTES, FILE_BYTES);
    Ok(Limited { reader: table, left: most, most })
}

fn damaged() -> Fault {
    Fault::new("l’archive est abîmée", "exportez-la ou téléchargez-la de nouveau")
}

/// A reader that fails rather than giving more than it may.
struct Limited<R> {
    reader: R,
    left: u64,
    most: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.reader.read(buffer).map_err(|_| io::Error::other("l’archive est abîmée"))?;
        self.left = self.left.checked_sub(length as u64).ok_or_else(|| {
            let most = integer(self.most);
            io::Error::other(format!("la table dépasse {most} octets une fois décompressée"))
        })?;
        Ok(length)
    }
}
