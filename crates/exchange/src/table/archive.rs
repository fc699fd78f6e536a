//! The zip around a workbook, looked at before anything of it is held: what it is, and whether its content
//! is of a reasonable size. Absent: reading of sheets, what XLSX parts hold (see `watch`).

mod watch;

use std::fs::File;
use std::io::{self, Read};

use catalogue::french::integer;
use zip::ZipArchive;
use zip::result::ZipError;

use watch::Watch;

use super::kind::{Form, as_table, damaged, protected};
use crate::issue::Fault;
use crate::limits::{PARTS, UNPACKED_BYTES, UNPACKED_RATIO};

/// Parts under this size may grow as much as they like, in bytes.
const SMALL_BYTES: u64 = 16 << 20;
/// A zip's end record: signature, and its length without comment.
const END: (&[u8], u64) = (b"PK\x05\x06", 22);

/// The form of the workbook in a zip, when it can be opened without harm.
pub(super) fn form(mut file: File) -> Result<Form, Fault> {
    announced_parts(&mut file)?;
    let mut zip = ZipArchive::new(file).map_err(|_| damaged())?;
    if zip.len() > PARTS {
        return Err(too_many());
    }
    let has = |name: &str| zip.file_names().flatten().any(|part| part.eq_ignore_ascii_case(name));
    let is_xlsx = has("xl/workbook.xml");
    let is_ods = has("content.xml") && is_spreadsheet(&mut zip);
    if !is_xlsx && !is_ods {
        return Err(other(&zip));
    }
    let (has_formulas, hides_zeros) = measure(&mut zip)?;
    Ok(if is_xlsx { Form::Xlsx { has_formulas, hides_zeros } } else { Form::Ods })
}

/// Refuses a directory of too many parts before the archive's reader holds it.
pub(crate) fn announced_parts(file: &mut File) -> Result<(), Fault> {
    use std::io::{Seek, SeekFrom};
    let length = file.metadata().map_err(|_| damaged())?.len();
    let tail = length.min(END.1 + u64::from(u16::MAX));
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(length - tail)).map_err(|_| damaged())?;
    file.read_to_end(&mut bytes).map_err(|_| damaged())?;
    file.seek(SeekFrom::Start(0)).map_err(|_| damaged())?;
    let end = bytes.windows(END.0.len()).rposition(|window| window == END.0).ok_or_else(damaged)?;
    match bytes.get(end + 10..end + 12) {
        Some(&[low, high]) if usize::from(u16::from_le_bytes([low, high])) > PARTS => Err(too_many()),
        Some(_) => Ok(()),
        None => Err(damaged()),
    }
}

fn too_many() -> Fault {
    let most = integer(PARTS as u64);
    Fault::new(format!("le classeur contient plus de {most} parties"), "enregistrez la table en CSV")
}

/// An OpenDocument file says what it is in its first part.
fn is_spreadsheet(zip: &mut ZipArchive<File>) -> bool {
    let mut kind = String::new();
    zip.by_name("mimetype")
        .is_ok_and(|part| part.take(200).read_to_string(&mut kind).is_ok() && kind.contains("spreadsheet"))
}

fn other(zip: &ZipArchive<File>) -> Fault {
    let has = |start: &str| zip.file_names().flatten().any(|name| name.starts_with(start));
    let what = if has("word/") {
        "un document Word"
    } else if has("ppt/") {
        "une présentation"
    } else if has("xl/") {
        "un classeur binaire (XLSB)"
    } else if has("mimetype") {
        "un document bureautique"
    } else {
        "une archive zip"
    };
    Fault::new(format!("c’est {what}, pas une table"), as_table())
}

/// Adds up what the parts announce, then what they really hold: an archive may lie. Gives whether some part of
/// an XLSX workbook has formulas, and whether some sheet hides its zeros.
fn measure(zip: &mut ZipArchive<File>) -> Result<(bool, bool), Fault> {
    let mut announced = 0_u64;
    for position in 0..zip.len() {
        let part = zip.by_index_raw(position).map_err(|_| damaged())?;
        if part.encrypted() {
            return Err(protected());
        }
        announced = announced.saturating_add(part.size());
        let may_hold = part.compressed_size().saturating_mul(UNPACKED_RATIO).max(SMALL_BYTES);
        if part.size() > may_hold || announced > UNPACKED_BYTES {
            return Err(bomb());
        }
    }
    let mut total = 0;
    let (mut has_formulas, mut hides_zeros) = (false, false);
    for position in 0..zip.len() {
        let part = zip.by_index(position).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => protected(),
            _ => damaged(),
        })?;
        let may_hold = part.compressed_size().saturating_mul(UNPACKED_RATIO).max(SMALL_BYTES);
        let most = may_hold.min(UNPACKED_BYTES - total);
        let mut watch = Watch::of(&part.name().map_err(|_| damaged())?);
        let held = io::copy(&mut part.take(most + 1), &mut watch).map_err(|_| damaged())?;
        if held > most {
            return Err(bomb());
        }
        has_formulas |= watch.has_formulas();
        hides_zeros |= watch.hides_zeros();
        watch.end()?;
        total += held;
    }
    Ok((has_formulas, hides_zeros))
}

fn bomb() -> Fault {
    let most = integer(UNPACKED_BYTES);
    let message = format!(
        "le classeur est démesuré une fois décompressé (au plus {most} octets, et {UNPACKED_RATIO} fois sa taille)"
    );
    Fault::new(message, "enregistrez la table en CSV")
}
