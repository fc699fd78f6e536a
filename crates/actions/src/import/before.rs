//! The rows in place, written to an unnamed temporary file as a foreign import begins and read back one by
//! one: a million of them take the room of their places only. Absent: what is done with them.

use std::fs::File;
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};

use catalogue::RawTraining;

/// Where a row is in the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    start: u64,
    len: usize,
}

/// The rows in place.
pub(super) struct Before {
    writer: BufWriter<File>,
    end: u64,
    failed: Option<std::io::Error>,
}

impl Before {
    /// No row yet.
    ///
    /// # Errors
    /// When the system gives no temporary file.
    pub fn new() -> std::io::Result<Self> {
        Ok(Self { writer: BufWriter::with_capacity(1 << 20, tempfile::tempfile()?), end: 0, failed: None })
    }

    /// Keeps a row, as JSON; a failure is told by [`Before::failure`].
    pub fn push(&mut self, body: &[u8]) -> Place {
        let place = Place { start: self.end, len: body.len() };
        self.end += body.len() as u64;
        if let Err(error) = self.writer.write_all(body) {
            self.failed.get_or_insert(error);
        }
        place
    }

    /// The row of a place; `None` on a failure, which is told by [`Before::failure`].
    pub fn get(&mut self, place: Place) -> Option<RawTraining> {
        match self.read(place) {
            Ok(row) => Some(row),
            Err(error) => {
                self.failed.get_or_insert(error);
                None
            }
        }
    }

    fn read(&mut self, place: Place) -> std::io::Result<RawTraining> {
        self.writer.flush()?;
        let file = self.writer.get_mut();
        file.seek(SeekFrom::Start(place.start))?;
        let mut body = vec![0; place.len];
        file.read_exact(&mut body)?;
        Ok(serde_json::from_slice(&body)?)
    }

    /// What went wrong first, if anything did: rows in place may then be missing.
    pub fn failure(&mut self) -> Option<std::io::Error> {
        self.failed.take()
    }
}
