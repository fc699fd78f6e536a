//! How many threads a computation may take. Absent: computations.

use std::thread;

/// Most threads of one search of the crate `pathway`.
pub(crate) const OF_SEARCH: usize = 4;

/// Threads of the machine, so many at most; one when nobody knows.
pub(crate) fn threads(most: usize) -> usize {
    thread::available_parallelism().map_or(1, usize::from).min(most)
}
