//! Rows put aside in an unnamed temporary file and read back one by one or in order: those in place, when an import leaves
//! some of them unsaid; those to publish. A million of them take the room of their places only.
//! Absent: what is done with them.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};

use catalogue::RawTraining;
use store::{Body, StoreError};

use crate::error::ActionError;

/// Bytes written and read at once.
const CHUNK_BYTES: usize = 1 << 18;
/// Bytes before each row, which hold its length.
const LENGTH_BYTES: u64 = 4;

/// Where a row is in the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    start: u64,
    len: u32,
}

/// Rows put aside.
pub(super) struct Shelf {
    writer: BufWriter<File>,
    end: u64,
    failed: Option<ActionError>,
    /// The text of the row read last.
    text: Vec<u8>,
}

impl Shelf {
    /// No row yet.
    ///
    /// # Errors
    /// When the system gives no temporary file.
    pub fn new() -> Result<Self, ActionError> {
        let file = tempfile::tempfile().map_err(of_temporary)?;
        let writer = BufWriter::with_capacity(CHUNK_BYTES, file);
        Ok(Self { writer, end: 0, failed: None, text: Vec::new() })
    }

    /// Keeps a row, before any is read back; a failure is told by [`Shelf::failure`].
    pub fn push(&mut self, body: &Body) -> Place {
        let json = body.json().as_bytes();
        let place = Place { start: self.end + LENGTH_BYTES, len: json.len() as u32 };
        self.end = place.start + json.len() as u64;
        let written =
            self.writer.write_all(&place.len.to_le_bytes()).and_then(|()| self.writer.write_all(json));
        if let Err(error) = written {
            self.failed.get_or_insert(of_temporary(error));
        }
        place
    }

    /// The row of a place as it was given.
    ///
    /// # Errors
    /// When the temporary file cannot be written or read.
    pub fn body(&mut self, id: &str, place: Place) -> Result<Body, std::io::Error> {
        self.read(place)?;
        Ok(Body::restored(id, std::str::from_utf8(&self.text).map_err(std::io::Error::other)?))
    }

    fn read(&mut self, place: Place) -> Result<(), std::io::Error> {
        self.writer.flush()?;
        let file = self.writer.get_mut();
        file.seek(SeekFrom::Start(place.start))?;
        self.text.resize(place.len as usize, 0);
        file.read_exact(&mut self.text)
    }

    /// The row of a place; `None` on a failure, which is told by [`Shelf::failure`].
    pub fn get(&mut self, place: Place) -> Option<RawTraining> {
        match self.read(place).map_err(of_temporary).and_then(|()| parsed(&self.text)) {
            Ok(row) => Some(row),
            Err(error) => {
                self.failed.get_or_insert(error);
                None
            }
        }
    }

    /// All rows, in the order in which they were kept, up to a failure, which is told by [`Shelf::failure`].
    pub fn rows(&mut self) -> impl Iterator<Item = RawTraining> {
        let Self { writer, end, failed, text } = self;
        let start = writer.flush().and_then(|()| writer.get_mut().seek(SeekFrom::Start(0)));
        let mut left = if start.is_ok() { *end } else { 0 };
        if let Err(error) = start {
            failed.get_or_insert(of_temporary(error));
        }
        let mut reader = BufReader::with_capacity(CHUNK_BYTES, writer.get_mut());
        std::iter::from_fn(move || {
            if left == 0 {
                return None;
            }
            let mut next = || {
                let mut len = [0; LENGTH_BYTES as usize];
                reader.read_exact(&mut len)?;
                let len = u32::from_le_bytes(len);
                left = left.saturating_sub(LENGTH_BYTES + u64::from(len));
                text.resize(len as usize, 0);
                reader.read_exact(text)
            };
            match next().map_err(of_temporary).and_then(|()| parsed(text)) {
                Ok(row) => Some(row),
                Err(error) => {
                    failed.get_or_insert(error);
                    left = 0;
                    None
                }
            }
        })
    }

    /// What went wrong first, if anything did: rows in place may then be missing.
    ///
    /// # Errors
    /// What went wrong.
    pub fn failure(&mut self) -> Result<(), ActionError> {
        self.failed.take().map_or(Ok(()), Err)
    }
}

fn parsed(text: &[u8]) -> Result<RawTraining, ActionError> {
    serde_json::from_slice(text).map_err(|error| {
        let id = String::from_utf8_lossy(text).chars().take(40).collect();
        StoreError::Unreadable { id, reason: error.to_string() }.into()
    })
}

fn of_temporary(source: std::io::Error) -> ActionError {
    ActionError::File { path: std::env::temp_dir(), source }
}
