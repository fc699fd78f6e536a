//! The snapshot of a large catalogue kept in a file, so that a start need not index it again. A file
//! that is not whole, or of another program, referential or state, is left aside and made anew.
//! Absent: anything that would be lost with the file.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use catalogue::{Facet, Referential, Snapshot, system};
use store::Revision;

use crate::error::ActionError;

/// Catalogues of fewer trainings are indexed at each start, which takes less than a second.
pub const CACHED_MIN: i64 = 20_000;
const MAGIC: &[u8; 16] = b"parcours cache\n\x01";
const BUFFER_BYTES: usize = 1 << 20;

/// The directory of cached snapshots of a data directory.
#[derive(Debug, Clone)]
pub struct Cache {
    directory: PathBuf,
    identity: Vec<u8>,
}

/// A cached snapshot, by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The revision it is of.
    pub revision: i64,
    /// Its file.
    pub path: PathBuf,
    /// Its size.
    pub bytes: u64,
}

impl Cache {
    /// The cache of a data directory; nothing is made until something is kept.
    pub fn new(data_dir: &Path, referential: &Referential) -> Self {
        let identity = format!("{} {:016x}", env!("CARGO_PKG_VERSION"), fingerprint(referential));
        Self { directory: data_dir.join("cache"), identity: identity.into_bytes() }
    }

    /// Cached snapshots, the latest first.
    pub fn entries(&self) -> Vec<Entry> {
        let Ok(files) = fs::read_dir(&self.directory) else { return Vec::new() };
        let mut entries: Vec<Entry> = files.flatten().filter_map(|file| entry(&file)).collect();
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.revision));
        entries
    }

    /// Reads a cached snapshot back; the reason why not is in French.
    pub fn read(
        &self,
        entry: &Entry,
        revision: &Revision,
        referential: Arc<Referential>,
    ) -> Result<Snapshot, String> {
        let file = File::open(&entry.path).map_err(|error| system::in_french(&error))?;
        let mut reader = BufReader::with_capacity(BUFFER_BYTES, file);
        let mut head = vec![0; self.head(revision).len()];
        reader.read_exact(&mut head).map_err(|error| system::in_french(&error))?;
        if head != self.head(revision) {
            return Err("il est d’une autre version du programme, du référentiel ou du catalogue".to_owned());
        }
        Snapshot::read_from(&mut reader, referential).map_err(|error| error.to_string())
    }

    /// Keeps a snapshot of a revision and removes the others. The file is whole or absent.
    ///
    /// # Errors
    /// When the directory or the file cannot be written.
    pub fn keep(&self, snapshot: &Snapshot, revision: &Revision) -> Result<(), ActionError> {
        fs::create_dir_all(&self.directory).map_err(ActionError::file(&self.directory))?;
        let path = self.directory.join(format!("snapshot-{}.bin", revision.id));
        let partial = self.directory.join(format!("snapshot-{}.{}.partiel", revision.id, std::process::id()));
        let written = self.write(snapshot, revision, &partial);
        if let Err(error) = written {
            // The first error is the one to tell.
            let _ = fs::remove_file(&partial);
            return Err(error);
        }
        fs::rename(&partial, &path).map_err(ActionError::file(&path))?;
        for old in self.entries().iter().filter(|old| old.path != path) {
            // A file left behind is only ignored later.
            let _ = fs::remove_file(&old.path);
        }
        Ok(())
    }

    fn write(&self, snapshot: &Snapshot, revision: &Revision, path: &Path) -> Result<(), ActionError> {
        let file = File::create(path).map_err(ActionError::file(path))?;
        let mut writer = BufWriter::with_capacity(BUFFER_BYTES, file);
        writer.write_all(&self.head(revision)).map_err(ActionError::file(path))?;
        snapshot.write_to(&mut writer)?;
        let file = writer
            .into_inner()
            .map_err(|error| ActionError::File { path: path.to_owned(), source: error.into_error() })?;
        file.sync_all().map_err(ActionError::file(path))
    }

    /// First bytes of a file: what it is a snapshot of, and made by what.
    fn head(&self, revision: &Revision) -> Vec<u8> {
        let mut head = MAGIC.to_vec();
        head.extend_from_slice(&self.identity);
        head.extend_from_slice(&revision.id.to_le_bytes());
        head.extend_from_slice(revision.digest.to_string().as_bytes());
        head
    }
}

fn entry(file: &fs::DirEntry) -> Option<Entry> {
    let name = file.file_name().into_string().ok()?;
    let revision = name.strip_prefix("snapshot-")?.strip_suffix(".bin")?.parse().ok()?;
    Some(Entry { revision, path: file.path(), bytes: file.metadata().ok()?.len() })
}

/// A number that changes when the referential does (FNV-1a over its terms and synonyms).
fn fingerprint(referential: &Referential) -> u64 {
    let vocabularies = Facet::all().flat_map(|facet| referential.terms(facet.name()));
    let terms = vocabularies.flat_map(|term| [term.id.as_str(), term.label.as_str()]);
    let blocks = referential.blocks().iter().flat_map(|block| [block.id.as_str(), block.label.as_str()]);
    let synonyms = referential.synonyms().iter().flatten().map(String::as_str);
    let bytes = terms.chain(blocks).chain(synonyms).flat_map(|text| text.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
