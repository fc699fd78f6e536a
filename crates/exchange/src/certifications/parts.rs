//! The zip of France compétences: its tables unpacked one by one beside, in bounded room, whatever their names say.
//! Absent: reading of tables.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use catalogue::french::{counted, integer};
use tempfile::NamedTempFile;
use zip::ZipArchive;
use zip::read::ZipFile;

use crate::Issue;
use crate::issue::Fault;
use crate::limits::{DIRECTORY_BYTES, DIRECTORY_PARTS, UNPACKED_BYTES, UNPACKED_RATIO};

/// What is unpacked of a part to know whether it is wanted, in bytes.
const HEAD_BYTES: u64 = 64 << 10;
/// Parts under this size may grow as much as they like, in bytes.
const SMALL_BYTES: u64 = 16 << 20;

/// Takes a table, by its name in the archive and its place once unpacked.
type Sink<'a> = dyn FnMut(&str, &Path) -> Result<(), Box<Issue>> + 'a;

/// Whether a file is a zip that holds no workbook, by its first bytes and its name.
pub(super) fn is_zip(path: &Path) -> bool {
    let mut head = [0; 4];
    let is_packed = std::fs::metadata(path).is_ok_and(|metadata| metadata.is_file())
        && File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok()
        && head.starts_with(b"PK");
    let end = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    is_packed && !matches!(end.as_str(), "xlsx" | "xlsm" | "ods")
}

/// Gives each table that `is_wanted` knows by its beginning, unpacked, with its name in the archive.
pub(super) fn each_known(
    path: &Path,
    file: &str,
    is_wanted: &dyn Fn(&Path) -> Result<bool, Box<Issue>>,
    sink: &mut Sink,
) -> Result<(), Box<Issue>> {
    let fail = |fault: Fault| Box::new(fault.at(file, None));
    let opened = File::open(path).map_err(|error| fail(unreadable(&error)))?;
    if opened.metadata().is_ok_and(|metadata| metadata.len() > DIRECTORY_BYTES) {
        let message = format!("l’archive dépasse {} octets", integer(DIRECTORY_BYTES));
        return Err(fail(Fault::new(message, "donnez ses fichiers CSV un par un")));
    }
    let mut archive = ZipArchive::new(opened).map_err(|_| fail(damaged()))?;
    if archive.len() > DIRECTORY_PARTS {
        let parts = counted(DIRECTORY_PARTS as u64, "fichier", "fichiers");
        let remedy = "vérifiez que c’est bien l’archive de France compétences";
        return Err(fail(Fault::new(format!("l’archive contient plus de {parts}"), remedy)));
    }
    for position in 0..archive.len() {
        let mut part = archive.by_index(position).map_err(|_| fail(damaged()))?;
        // Accented names come without their encoding: only their end matters.
        let name = String::from_utf8_lossy(part.name_raw()).into_owned();
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        if !name.to_ascii_lowercase().ends_with(".csv") {
            continue;
        }
        let mut unpacked = temporary().map_err(|error| fail(unreadable(&error)))?;
        let begun = copy(&mut part, &mut unpacked, HEAD_BYTES).map_err(&fail)?;
        match is_wanted(unpacked.path()) {
            Ok(false) => continue,
            // A whole table that cannot be read is not one of those that we look for; a beginning may be cut
            // within quotes.
            Err(_) if begun < HEAD_BYTES => continue,
            _ => {}
        }
        let most = part.compressed_size().saturating_mul(UNPACKED_RATIO).clamp(SMALL_BYTES, UNPACKED_BYTES);
        let more = copy(&mut part, &mut unpacked, most + 1 - begun).map_err(&fail)?;
        if begun + more > most {
            let message = format!(
                "« {name} » est démesuré une fois décompressé (au plus {} octets, et {UNPACKED_RATIO} fois sa taille)",
                integer(UNPACKED_BYTES)
            );
            return Err(fail(Fault::new(message, "vérifiez que c’est bien l’archive de France compétences")));
        }
        sink(&name, unpacked.path())?;
    }
    Ok(())
}

fn temporary() -> io::Result<NamedTempFile> {
    tempfile::Builder::new().suffix(".csv").tempfile()
}

fn copy<R: Read>(part: &mut ZipFile<'_, R>, to: &mut NamedTempFile, most: u64) -> Result<u64, Fault> {
    let copied = io::copy(&mut part.take(most), to.as_file_mut()).map_err(|_| damaged())?;
    to.as_file_mut().flush().map_err(|error| unreadable(&error))?;
    Ok(copied)
}

fn damaged() -> Fault {
    Fault::new("l’archive est abîmée, ou demande un mot de passe", "téléchargez-la de nouveau")
}

fn unreadable(error: &io::Error) -> Fault {
    let message = format!("le fichier est illisible : {}", catalogue::system::in_french(error));
    Fault::new(message, "vérifiez son chemin et les droits d’accès")
}
