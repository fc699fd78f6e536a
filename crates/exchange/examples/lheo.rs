//! Reads a file of LHEO and says how much of it was taken, in how long and in how much memory; with two more
//! files (rows in JSONL, register of providers in CSV), writes the rows as LHEO on the standard output.
//! Absent: the catalogue's checks.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader};
use std::time::Instant;

use exchange::lheo;

fn main() -> io::Result<()> {
    let mut names = std::env::args().skip(1);
    let name = names.next().unwrap_or_default();
    match (names.next(), names.next()) {
        (Some(rows), Some(register)) => write(&rows, &register),
        _ => read(&name),
    }
}

fn read(name: &str) -> io::Result<()> {
    let (mut offers, mut issues, mut notes) = (0_u64, 0_u64, BTreeMap::<String, u64>::new());
    let mut first = None;
    let begun = Instant::now();
    let extent = lheo::read_each(name, BufReader::new(File::open(name)?), &mut |read| match read {
        Ok(offer) => {
            offers += 1;
            for note in &offer.notes {
                *notes
                    .entry(format!("{} : {}", note.column.as_deref().unwrap_or("-"), note.message))
                    .or_default() += 1;
            }
            first.get_or_insert(offer);
        }
        Err(issue) => {
            issues += 1;
            if issues <= 20 {
                println!("{issue}");
            }
        }
    });
    println!("{offers} offres, {issues} anomalies, {extent:?}, {:.2} s", begun.elapsed().as_secs_f64());
    for (note, count) in notes {
        println!("{count} × {note}");
    }
    if let Some(offer) = first {
        println!("{:#?}", offer.raw);
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().filter(|line| line.starts_with("VmHWM")).for_each(|line| println!("{line}"));
    Ok(())
}

fn write(rows: &str, register: &str) -> io::Result<()> {
    let (providers, issues) = lheo::providers(register, BufReader::new(File::open(register)?));
    issues.iter().for_each(|issue| eprintln!("{issue}"));
    let mut read = Vec::new();
    exchange::read_each(
        rows,
        BufReader::new(File::open(rows)?),
        exchange::Format::Jsonl,
        &mut |row| match row {
            Ok(row) => read.push(row.raw),
            Err(issue) => eprintln!("{issue}"),
        },
    );
    let left = lheo::write(&mut io::stdout().lock(), read.into_iter(), &lheo::WriteOptions { providers })?;
    let refused = left.iter().filter(|left| !left.is_written).count();
    eprintln!("{refused} fiches laissées de côté, {} écrites avec des pertes", left.len() - refused);
    let mut reasons = BTreeMap::<String, u64>::new();
    for reason in left.into_iter().flat_map(|left| left.reasons) {
        *reasons.entry(reason.split('«').next().unwrap_or_default().to_owned()).or_default() += 1;
    }
    reasons.iter().for_each(|(reason, count)| eprintln!("{count} × {reason}"));
    Ok(())
}
