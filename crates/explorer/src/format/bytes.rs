//! Sections of bytes with a length and a checksum; columns of numbers as bytes.
//! Absent: what the sections hold.

use std::io::{Read, Write};

use crate::index::IndexError;

/// Read at once at most: a damaged length costs no more than this beyond the bytes that exist.
const STEP_BYTES: usize = 16 << 20;

/// Writes a section: length, checksum, bytes.
pub(super) fn write(w: &mut impl Write, bytes: &[u8]) -> Result<(), IndexError> {
    w.write_all(&(bytes.len() as u64).to_le_bytes())?;
    w.write_all(&checksum(bytes).to_le_bytes())?;
    Ok(w.write_all(bytes)?)
}

/// Reads a section.
pub(super) fn read(r: &mut impl Read, what: &'static str) -> Result<Vec<u8>, IndexError> {
    let damaged = |_| IndexError::Damaged(what);
    let (mut length, mut sum) = ([0; 8], [0; 8]);
    r.read_exact(&mut length).map_err(damaged)?;
    r.read_exact(&mut sum).map_err(damaged)?;
    let length = usize::try_from(u64::from_le_bytes(length)).map_err(|_| IndexError::Damaged(what))?;
    let mut bytes = Vec::new();
    while bytes.len() < length {
        let step = STEP_BYTES.min(length - bytes.len());
        bytes.reserve_exact(step);
        let read = r.by_ref().take(step as u64).read_to_end(&mut bytes)?;
        if read == 0 {
            return Err(IndexError::Damaged(what));
        }
    }
    if checksum(&bytes) != u64::from_le_bytes(sum) {
        return Err(IndexError::Damaged(what));
    }
    Ok(bytes)
}

/// Changes whenever a byte does: each step is a bijection of the sum for a given word, and of the
/// word for a given sum.
pub(super) fn checksum(bytes: &[u8]) -> u64 {
    let mut sum = 0x9e37_79b9_7f4a_7c15 ^ bytes.len() as u64;
    let mut step = |word: u64| sum = (sum ^ word).wrapping_mul(0xff51_afd7_ed55_8ccd).rotate_left(29);
    let mut words = bytes.chunks_exact(8);
    for word in &mut words {
        step(word.iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte)));
    }
    step(words.remainder().iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte)));
    sum
}

/// A column as bytes.
pub(super) trait Numbers: Sized {
    /// Its bytes.
    fn to_bytes(&self) -> Vec<u8>;
    /// The inverse of [`Numbers::to_bytes`].
    fn from_bytes(bytes: &[u8]) -> Result<Self, IndexError>;
}

macro_rules! numbers {
    ($kind:ty, $size:literal) => {
        impl Numbers for Vec<$kind> {
            fn to_bytes(&self) -> Vec<u8> {
                let mut bytes = Vec::with_capacity(self.len() * $size);
                self.iter().for_each(|number| bytes.extend_from_slice(&number.to_le_bytes()));
                bytes
            }

            fn from_bytes(bytes: &[u8]) -> Result<Self, IndexError> {
                let (whole, rest) = bytes.as_chunks::<$size>();
                if !rest.is_empty() {
                    return Err(IndexError::Damaged("column"));
                }
                Ok(whole.iter().map(|number| <$kind>::from_le_bytes(*number)).collect())
            }
        }
    };
}

numbers!(u32, 4);
numbers!(u64, 8);
numbers!(f32, 4);
