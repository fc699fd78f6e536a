//! Changes small files of every form at random and reads them, for a number of seconds, to find what stops the
//! readers: panics, endless or slow readings, memory. How to run it is in `docs/mutations.md`.
//! Absent: guidance by coverage; the changes know the forms instead (parts of archives, records, marks).

mod changes;
#[path = "../../tests/it/old_book.rs"]
mod old_book;
mod seeds;

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufReader, Cursor};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

use catalogue::Referential;
use exchange::table::{Options, Shape, TableRow};
use exchange::{Format, Issue, lheo, mapping, package, table};

use changes::Dice;
use seeds::{Seed, Target};

/// A reading longer than this is kept to be looked at.
const SLOW: Duration = Duration::from_secs(2);

/// Places where the readers that we use panicked, all caught; the place alone tells them apart.
static PANICS: Mutex<BTreeMap<String, u64>> = Mutex::new(BTreeMap::new());

fn main() -> io::Result<()> {
    let setting = |name: &str, default: u64| {
        std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
    };
    let folder = PathBuf::from(std::env::var("MUTATE_DIR").unwrap_or_else(|_| ".".to_owned()));
    let wanted = std::env::var("MUTATE_TARGET").unwrap_or_default();
    let (seconds, mut seed) = (setting("MUTATE_SECONDS", 10), setting("MUTATE_SEED", 1));
    if let Some(path) = std::env::args().nth(1) {
        return again(Path::new(&path));
    }
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, ToString::to_string);
        *PANICS.lock().expect("one thread").entry(place).or_default() += 1;
    }));
    for target in Target::ALL.into_iter().filter(|target| wanted.is_empty() || target.name() == wanted) {
        seed += 1;
        run(target, Duration::from_secs(seconds), Dice::new(seed), &folder)?;
    }
    for (place, count) in PANICS.lock().expect("one thread").iter() {
        println!("panic caught, {count} times: {place}");
    }
    Ok(())
}

/// Reads a kept file again, by the target that its name begins with.
fn again(path: &Path) -> io::Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let before = spent();
    for target in Target::ALL.into_iter().filter(|target| name.starts_with(target.name())) {
        let given = read(target, path, &mut Dice::new(1))?;
        println!("{}: {given:?}, {:.3} s", target.name(), spent().saturating_sub(before).as_secs_f64());
    }
    Ok(())
}

/// What a reading gave: rows, issues.
type Given = (u64, u64);

fn run(target: Target, length: Duration, mut dice: Dice, folder: &Path) -> io::Result<()> {
    let seeds = seeds::of(target);
    let path = folder.join(format!("{}-now.{}", target.name(), target.extension()));
    let (begun, mut runs, mut rows, mut issues, mut kept) = (Instant::now(), 0_u64, 0, 0, 0);
    let mut slowest = Duration::ZERO;
    while begun.elapsed() < length {
        let bytes = changed(&seeds, &mut dice);
        // Left in place when the process itself dies.
        fs::write(&path, &bytes)?;
        let (start, before) = (Instant::now(), spent());
        let read = catch_unwind(AssertUnwindSafe(|| read(target, &path, &mut dice)));
        // On a busy machine, the time of the clock says little.
        let time = start.elapsed().min(spent().saturating_sub(before));
        slowest = slowest.max(time);
        runs += 1;
        if let Ok(given) = &read {
            let (more_rows, more_issues) = given.as_ref().copied().unwrap_or_default();
            (rows, issues) = (rows + more_rows, issues + more_issues);
        }
        if read.is_err() || time > SLOW {
            kept += 1;
            let what = if read.is_err() { "panic" } else { "slow" };
            let name = format!("{}-{what}-{runs}.{}", target.name(), target.extension());
            fs::write(folder.join(&name), &bytes)?;
            println!("{name} kept, {:.1} s", time.as_secs_f64());
        }
    }
    let memory = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = memory.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default().to_owned();
    println!(
        "{}: {runs} files in {} s, {rows} rows, {issues} issues, slowest {:.2} s, {kept} kept, {peak}",
        target.name(),
        length.as_secs(),
        slowest.as_secs_f64(),
    );
    Ok(())
}

/// Processor time of this thread, as Linux counts it; endless elsewhere.
fn spent() -> Duration {
    let told = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = told.split(' ').next().and_then(|first| first.parse().ok());
    nanoseconds.map_or(Duration::MAX, Duration::from_nanos)
}

fn changed(seeds: &[Seed], dice: &mut Dice) -> Vec<u8> {
    let other = &seeds[dice.below(seeds.len())];
    let seed = &seeds[dice.below(seeds.len())];
    let mut parts = seed.parts.clone();
    if parts.is_empty() {
        return Vec::new();
    }
    for _ in 0..=dice.below(3) {
        let at = dice.below(parts.len());
        let from = &other.parts[dice.below(other.parts.len())].1;
        changes::apply(&mut parts[at].1, from, dice);
    }
    let mut bytes = seed.packed(&parts);
    // Sometimes the packing itself.
    if dice.below(8) == 0 {
        changes::apply(&mut bytes, &[], dice);
    }
    bytes
}

fn read(target: Target, path: &Path, dice: &mut Dice) -> io::Result<Given> {
    let mut given = (0, 0);
    let mut count = |is_row: bool| if is_row { given.0 += 1 } else { given.1 += 1 };
    match target {
        Target::Csv | Target::Json | Target::Xlsx | Target::Ods | Target::Xls | Target::Encoding => {
            let options = if target == Target::Encoding { dice.options() } else { Options::default() };
            tables(path, &options, &mut count);
        }
        Target::Lheo => {
            let file = BufReader::new(fs::File::open(path)?);
            lheo::read_each("f.xml", file, &mut |offer| count(offer.is_ok()));
        }
        Target::Mapping => {
            let text = String::from_utf8_lossy(&fs::read(path)?).into_owned();
            count(mapping::Mapping::parse("m.toml", &text).is_ok_and(|mapping| mapped(&mapping)));
        }
        Target::Package => {
            if package::is_ours(path) {
                let read = package::read_each(path, &mut |row| count(row.is_ok()));
                count(read.is_ok());
            }
        }
        Target::Ours => {
            let bytes = fs::read(path)?;
            for format in Format::ALL {
                exchange::read_each("f", Cursor::new(&bytes), format, &mut |row| count(row.is_ok()));
            }
        }
    }
    Ok(given)
}

fn tables(path: &Path, options: &Options, count: &mut dyn FnMut(bool)) {
    let mut first: Vec<(Shape, Vec<TableRow>)> = Vec::new();
    let mut take = |shape: &Shape, row: Result<TableRow, Issue>| {
        count(row.is_ok());
        if first.last().is_none_or(|(last, _)| last.sheet != shape.sheet) {
            first.push((shape.clone(), Vec::new()));
        }
        if let (Some((_, rows)), Ok(row)) = (first.last_mut(), row)
            && rows.len() < 50
        {
            rows.push(row);
        }
    };
    let read = table::read_each(path, options, &mapping::is_known, &mut take);
    let shapes = table::shapes(path, options, &mapping::is_known);
    assert!(read.is_err() || shapes.is_ok(), "rows without a shape");
    let referential = referential();
    for (shape, rows) in first {
        let mapping = mapping::Mapping::draft(&shape, &rows, referential);
        let Ok(reader) = mapping::RowReader::new("f", &mapping, &shape, referential) else { continue };
        rows.iter().for_each(|row| drop(reader.row(row)));
    }
}

fn referential() -> &'static Referential {
    static REFERENTIAL: OnceLock<Arc<Referential>> = OnceLock::new();
    REFERENTIAL.get_or_init(Referential::builtin)
}

/// Whether a mapping can read a row.
fn mapped(mapping: &mapping::Mapping) -> bool {
    let columns: Vec<String> = mapping.column.iter().map(|column| column.name.clone()).collect();
    let cells = columns.iter().map(|name| table::Cell::Text(name.clone())).collect();
    let shape = Shape { columns, header_line: 1, ..Shape::default() };
    let reader = mapping::RowReader::new("f", mapping, &shape, referential());
    reader.is_ok_and(|reader| reader.row(&TableRow::new(2, cells)).is_ok())
}
