//! Lengths of documents in one byte: exact up to 16, then in steps of about 6 %.
//! Absent: what a length counts (see `text`).

use std::sync::LazyLock;

static STEPS: LazyLock<[u32; 256]> = LazyLock::new(|| {
    let mut steps = [0_u32; 256];
    let mut value = 0_u32;
    for step in &mut steps {
        *step = value;
        value = value.saturating_add((value / 16).max(1));
    }
    steps
});

/// The greatest step that does not exceed `length`.
pub(crate) fn code(length: u32) -> u8 {
    let after = STEPS.partition_point(|step| *step <= length);
    u8::try_from(after - 1).unwrap_or(u8::MAX)
}

/// The length of a step.
pub(crate) fn value(code: u8) -> u32 {
    STEPS[usize::from(code)]
}
