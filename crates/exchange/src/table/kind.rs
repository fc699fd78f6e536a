//! What a file is, by its first bytes rather than by its name; what is not a table is refused here.
//! Absent: reading it.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use catalogue::french::{integer, quoted};
use catalogue::system;

use super::encoding::unmarked_utf16;
use super::{Options, archive, old};
use crate::Stop;
use crate::issue::Fault;
use crate::limits::{FILE_BYTES, WORKBOOK_BYTES};

/// Bytes looked at to know what a file is.
const HEAD_BYTES: usize = 8 << 10;

/// What a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text with separators, and what is worth a note about that.
    Text(Option<&'static str>),
    Json,
    Workbook(Form),
}

impl Kind {
    /// What to say of a sheet or of a list that is asked of a file that has none.
    pub(super) fn without_effect(&self, options: &Options) -> Option<Fault> {
        let remedy = |key: &str, option: &str| {
            format!(
                "ôtez {option}la ligne {key} sous [table] dans la correspondance, ou donnez le fichier qui en a une"
            )
        };
        match (&options.sheet, &options.list) {
            (Some(sheet), _) if !matches!(self, Self::Workbook(_)) => {
                let message = "une feuille est demandée, et le fichier n’est pas un classeur";
                Some(Fault::new(message, remedy("sheet", "--sheet ou ")).value(sheet.as_str()))
            }
            (_, Some(list)) if *self != Self::Json => {
                let message = "une liste d’objets est demandée, et le fichier n’est pas du JSON";
                Some(Fault::new(message, remedy("list", "")).value(list.as_str()))
            }
            _ => None,
        }
    }
}

/// The form of a workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Xlsx {
        /// Whether some of its parts have formulas.
        has_formulas: bool,
        /// Whether some of its sheets show nothing where a cell is zero.
        hides_zeros: bool,
    },
    Xls,
    Ods,
}

/// What to say of a text whose name is that of a workbook.
const NAMED_AS_BOOK: &str = "texte nommé comme un classeur";

/// Beginnings of files that are no tables, and their names.
const OTHERS: [(&[u8], &str); 8] = [
    (b"%PDF", "un document PDF"),
    (b"\x1f\x8b", "un fichier compressé (gzip)"),
    (b"Rar!", "une archive RAR"),
    (b"7z\xbc\xaf", "une archive 7z"),
    (b"\x89PNG", "une image"),
    (b"\xff\xd8\xff", "une image"),
    (b"GIF8", "une image"),
    (b"{\\rtf", "un document RTF"),
];

/// What the file is, once it is known to be a regular one and to hold a table.
pub(super) fn of(path: &Path) -> Result<Kind, Fault> {
    let refused = |error: std::io::Error| {
        let message = format!("le fichier est illisible : {}", system::in_french(&error));
        Fault::new(message, "vérifiez son chemin et les droits d’accès")
    };
    // Before opening: opening a pipe waits for its writer.
    let metadata = std::fs::metadata(path).map_err(refused)?;
    if !metadata.is_file() {
        let what =
            if metadata.is_dir() { "c’est un dossier" } else { "ce n’est pas un fichier ordinaire" };
        return Err(Fault::new(what, "donnez le chemin d’un fichier"));
    }
    if metadata.len() > FILE_BYTES {
        let message = format!("le fichier dépasse {} octets", integer(FILE_BYTES));
        return Err(Fault::new(message, "découpez-le en plusieurs fichiers"));
    }
    let mut file = File::open(path).map_err(refused)?;
    let mut head = Vec::with_capacity(HEAD_BYTES);
    (&mut file).take(HEAD_BYTES as u64).read_to_end(&mut head).map_err(refused)?;
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    if head.iter().all(u8::is_ascii_whitespace) && metadata.len() <= HEAD_BYTES as u64 {
        return Err(empty());
    }
    if head.starts_with(b"PK") || head.starts_with(old::MAGIC) {
        if metadata.len() > WORKBOOK_BYTES {
            let message = format!("le classeur dépasse {} octets", integer(WORKBOOK_BYTES));
            return Err(Fault::new(message, "enregistrez-le en CSV, ou découpez-le"));
        }
        file.seek(SeekFrom::Start(0)).map_err(refused)?;
        return Ok(Kind::Workbook(if head.starts_with(old::MAGIC) {
            old::stream(file).map(|_| Form::Xls)?
        } else {
            archive::form(file)?
        }));
    }
    text(&head, &extension)
}

/// What to say of a file without any row.
pub(super) fn empty() -> Fault {
    Fault::new(
        "le fichier est vide",
        "choisissez un fichier qui contient une table avec des noms de colonnes",
    )
}

fn text(head: &[u8], extension: &str) -> Result<Kind, Fault> {
    let other = |what: &str| Err(Fault::new(format!("c’est {what}, pas une table"), as_table()));
    if let Some((_, what)) = OTHERS.iter().find(|(start, _)| head.starts_with(start)) {
        return other(what);
    }
    let is_utf16 = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    if head.contains(&0) && !is_utf16 && unmarked_utf16(head).is_none() {
        return other("un fichier binaire");
    }
    // Texts of one byte a letter have no such signs, but for a few at the ends of lines and of files.
    let is_control =
        |byte: &&u8| **byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | 0 | 12 | 26 | 28..=31);
    if !is_utf16 && head.iter().filter(is_control).count() * 50 > head.len() {
        return other("un fichier binaire");
    }
    let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let tag: Vec<u8> = start.iter().take(14).map(u8::to_ascii_lowercase).collect();
    if [&b"<!doctype html"[..], b"<html", b"<?xml", b"<table", b"<meta", b"<head"]
        .iter()
        .any(|t| tag.starts_with(t))
    {
        return other("une page web ou un fichier XML, quel que soit son nom");
    }
    match extension {
        "xlsx" | "xlsm" | "ods" if is_table(head) => Ok(Kind::Text(Some(NAMED_AS_BOOK))),
        "xlsx" | "xlsm" | "ods" => {
            let message =
                format!("le classeur est abîmé{}: ce n’est pas un fichier {}", '\u{202f}', quoted(extension));
            Err(Fault::new(message, "ouvrez-le dans un tableur, puis enregistrez-le de nouveau"))
        }
        "xls" => Ok(Kind::Text(Some(NAMED_AS_BOOK))),
        "json" | "jsonl" | "ndjson" | "jsonld" => Ok(Kind::Json),
        _ => Ok(Kind::Text(None)),
    }
}

/// Whether bytes are the beginning of a text of several lines with separators, and of nothing else.
fn is_table(head: &[u8]) -> bool {
    let is_text = |byte: &u8| *byte >= b' ' || matches!(byte, b'\t' | b'\n' | b'\r');
    let mut lines = head.split(|byte| *byte == b'\n');
    let first = lines.next().unwrap_or_default();
    head.iter().all(is_text) && lines.next().is_some() && first.iter().any(|byte| b";,\t|".contains(byte))
}

pub(super) fn as_table() -> &'static str {
    "enregistrez la table en CSV, XLSX, ODS ou JSON"
}

pub(super) fn protected() -> Fault {
    Fault::new("le classeur est protégé par un mot de passe", "enregistrez-en une copie sans mot de passe")
}

pub(super) fn damaged() -> Fault {
    Fault::new("le classeur est abîmé", "ouvrez-le dans un tableur, puis enregistrez-le de nouveau")
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self(None, fault)
    }
}
