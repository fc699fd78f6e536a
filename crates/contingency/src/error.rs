//! What may be wrong with a table, in French as it is shown. Absent: rules on shares, which answer `None`.

use thiserror::Error;

/// Why a table is refused, or not analysed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Error {
    /// No row or no column.
    #[error("Un tableau a au moins une ligne et une colonne.")]
    Empty,
    /// More rows than [`crate::ROWS_MAX`] or more columns than [`crate::COLUMNS_MAX`].
    #[error("Le tableau est trop grand\u{202f}: 500 lignes et 500 colonnes au plus.")]
    TooLarge {
        /// Rows asked for.
        rows: usize,
        /// Columns asked for.
        columns: usize,
    },
    /// The cells given are not rows times columns.
    #[error("Le nombre de cases ne répond pas au nombre de lignes et de colonnes du tableau.")]
    Shape {
        /// Rows times columns.
        expected: usize,
        /// Cells given.
        found: usize,
    },
    /// The total of the table goes beyond [`crate::TOTAL_MAX`].
    #[error("Le total du tableau est trop grand pour être calculé exactement.")]
    TotalTooLarge,
    /// Fewer than two rows hold anything.
    #[error(
        "L’analyse demande au moins deux lignes qui ne sont pas vides\u{202f}; le tableau en a {filled}."
    )]
    TooFewRows {
        /// Rows that hold something: 0 or 1.
        filled: usize,
    },
    /// Fewer than two columns hold anything.
    #[error(
        "L’analyse demande au moins deux colonnes qui ne sont pas vides\u{202f}; le tableau en a {filled}."
    )]
    TooFewColumns {
        /// Columns that hold something: 1.
        filled: usize,
    },
    /// Both sides have more than [`crate::SHORTER_SIDE_MAX`] rows or columns that hold something.
    #[error("Le tableau est trop grand pour être analysé\u{202f}: 100 lignes ou 100 colonnes au plus.")]
    TooLargeToAnalyse,
}
