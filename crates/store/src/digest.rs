//! The digest of a state: a sum that does not depend on the order of trainings, so that a
//! publication updates it and a check recomputes it. Absent: storage.

use sha2::{Digest as _, Sha256};

/// Sum modulo 2^256 of the SHA-256 of `identifier NUL body` over the trainings of a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest whose bytes are given, least significant first.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }

    pub(crate) fn add(&mut self, id: &str, body: &str) {
        self.plus(&Self(term(id, body)));
    }

    pub(crate) fn subtract(&mut self, id: &str, body: &str) {
        let mut borrow = 0;
        for (sum, byte) in self.0.iter_mut().zip(term(id, body)) {
            let total = 256 + u16::from(*sum) - u16::from(byte) - borrow;
            *sum = total as u8;
            borrow = 1 - (total >> 8);
        }
    }

    /// Adds what a revision adds and subtracts.
    pub(crate) fn plus(&mut self, other: &Self) {
        let mut carry = 0;
        for (sum, byte) in self.0.iter_mut().zip(other.0) {
            let total = u16::from(*sum) + u16::from(byte) + carry;
            *sum = total as u8;
            carry = total >> 8;
        }
    }
}

impl std::fmt::Display for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().rev().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

fn term(id: &str, body: &str) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(id.as_bytes());
    hasher.update([0]);
    hasher.update(body.as_bytes());
    hasher.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::Digest;

    #[test]
    fn subtracting_undoes_adding_in_any_order() {
        let (mut one, mut other) = (Digest::default(), Digest::default());
        for n in 0..200 {
            one.add(&format!("t{n}"), "body");
            other.add(&format!("t{}", 199 - n), "body");
        }
        assert_eq!(one, other);
        for n in 0..200 {
            one.subtract(&format!("t{n}"), "body");
        }
        assert_eq!(one, Digest::default());
    }
}
