//! Speed of correspondence analysis and of indices on tables made here: `cargo bench -p contingency`.
//! Absent: the counting that fills a table.

use contingency::{Correspondence, Error, Table, correspondence, specialisation};

/// A table whose counts depend on both sides, the same everywhere.
fn table(rows: usize, columns: usize) -> Table {
    let mut state = 88_172_645_463_325_252_u64;
    let mut cells = Vec::with_capacity(rows * columns);
    for row in 0..rows {
        for column in 0..columns {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            cells.push(state % if row % columns == column { 40 } else { 6 });
        }
    }
    Table::new(rows, columns, cells).expect("a table within limits")
}

#[divan::bench(args = [(24, 14), (250, 14), (500, 100)], sample_count = 20)]
fn analysis(bencher: divan::Bencher<'_, '_>, (rows, columns): (usize, usize)) {
    let table = table(rows, columns);
    bencher.bench_local(|| -> Result<Correspondence, Error> { correspondence(&table) });
}

#[divan::bench]
fn index(bencher: divan::Bencher<'_, '_>) {
    bencher.bench_local(|| specialisation(divan::black_box(12), 40, 60, 250));
}

fn main() {
    divan::main();
}
