//! Time to answer over loopback, as a client sees it: `cargo bench -p web --bench loopback`.
//!
//! On the real catalogue, or on the JSONL file named by `PARCOURS_CATALOGUE` (see `parcours
//! generate`). Words are drawn from the titles and summaries of trainings taken at regular
//! intervals, so common words come as often as they are written; each question is asked once.
//! `PARCOURS_KIND=words` keeps the kinds of questions whose name holds that; `PARCOURS_SLOWEST=20` names
//! the questions that took longest in process, each asked five times, the least time kept. With `PARCOURS_RIVAL=1`, the same questions are put to tantivy alone (see [`rival`]).
//! Absent: many clients at once (use `wrk`), the time of a browser.

mod rival;

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use catalogue::{Facet, RawTraining, Referential, Selection, Snapshot, Stamp, Training};
use exchange::Format;
use tokio::sync::watch;

/// Questions of each kind.
const QUESTIONS: usize = 1_000;

/// The kinds of questions measured.
const KINDS: [(&str, &str); 5] = [
    ("words, all facets, first 20", "/formations.json"),
    ("words and two filters, all facets, first 20", "/formations.json"),
    ("two filters, all facets, first 20", "/formations.json"),
    ("everything, all facets, first 20", "/formations.json"),
    ("words, HTML page", "/formations"),
];

fn main() {
    let snapshot = snapshot();
    println!("{} trainings, {} resident", snapshot.len(), resident());
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a runtime");
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).expect("a port");
    let address = listener.local_addr().expect("an address");
    let (_sender, receiver) = watch::channel(snapshot.clone());
    runtime.spawn(web::serve(listener, web::App::new(receiver), std::future::pending()));
    let mut client = Client::connect(address);
    let rival = std::env::var_os("PARCOURS_RIVAL").map(|_| {
        let start = Instant::now();
        let rival = rival::Rival::new(&snapshot);
        println!("rival indexed in {:.2} s", start.elapsed().as_secs_f64());
        rival
    });
    println!("{:46} {:>22} {:>22}", "median / 99th percentile, ms", "in process", "over loopback");
    let wanted = std::env::var("PARCOURS_KIND").unwrap_or_default();
    for (kind, (name, path)) in KINDS.iter().enumerate().filter(|(_, (name, _))| name.contains(&wanted)) {
        let questions = questions(&snapshot, kind);
        let (warm, asked) = questions.split_at(questions.len() / 10);
        for selection in warm {
            client.get(&address_of(path, selection));
        }
        let inside =
            asked.iter().map(|selection| timed(|| snapshot.search(selection).expect("an answer").total));
        let inside = inside.collect();
        let outside = asked.iter().map(|selection| {
            let target = address_of(path, selection);
            timed(|| client.get(&target))
        });
        let outside = outside.collect();
        println!("{name:46} {:>22} {:>22}", summary(inside), summary(outside));
        name_slowest(&snapshot, asked);
        if let Some(rival) = &rival {
            let times = asked.iter().map(|selection| timed(|| rival.search(selection)));
            println!("{:46} {:>22}", "  tantivy with its aggregations", summary(times.collect()));
        }
    }
    println!("{} resident at the end, {} at most", resident(), status("VmHWM"));
}

/// Prints the questions that take longest, when asked to.
fn name_slowest(snapshot: &Snapshot, asked: &[Selection]) {
    let wanted = std::env::var("PARCOURS_SLOWEST").ok().and_then(|count| count.parse().ok()).unwrap_or(0);
    let total = |selection| snapshot.search(selection).expect("an answer").total;
    let least = |selection| (0..5).map(|_| timed(|| total(selection))).min().unwrap_or_default();
    let mut slowest: Vec<(Duration, &Selection)> = if wanted == 0 {
        Vec::new()
    } else {
        asked.iter().map(|selection| (least(selection), selection)).collect()
    };
    slowest.sort_by_key(|(time, _)| std::cmp::Reverse(*time));
    for (time, selection) in slowest.into_iter().take(wanted) {
        println!("  {:6.2} ms  {:7} found  {}", time.as_secs_f64() * 1e3, total(selection), selection.text);
    }
}

/// The catalogue measured.
fn snapshot() -> Arc<Snapshot> {
    let referential = Referential::builtin();
    let stamp = Stamp { revision: 1, published_at: "2026-01-01T00:00:00Z".to_owned() };
    let start = Instant::now();
    let parse = |raw: RawTraining| Training::parse(&raw, &Referential::builtin()).ok();
    let built = match std::env::var("PARCOURS_CATALOGUE") {
        Ok(path) => {
            let lines = BufReader::new(File::open(path).expect("a catalogue")).lines().map_while(Result::ok);
            let rows = lines.filter_map(|line| serde_json::from_str::<RawTraining>(&line).ok());
            Snapshot::build(stamp, rows.filter_map(parse), referential, 2)
        }
        Err(_) => Snapshot::build(stamp, real_rows().into_iter().filter_map(parse), referential, 1),
    };
    println!("read and indexed in {:.2} s", start.elapsed().as_secs_f64());
    Arc::new(built.expect("a snapshot"))
}

fn real_rows() -> Vec<RawTraining> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/trainings");
    let entries = fs::read_dir(directory).expect("the real catalogue");
    let read = entries.flat_map(|entry| {
        let path = entry.expect("an entry").path();
        let bytes = fs::read(&path).expect("a file");
        exchange::read(&path.display().to_string(), &bytes, Format::Toml).rows
    });
    read.map(|row| row.raw).collect()
}

/// Selections of a kind, drawn from the trainings themselves so that they find something.
fn questions(snapshot: &Snapshot, kind: usize) -> Vec<Selection> {
    let mut ids: Vec<String> = snapshot.trainings().map(|training| training.id.to_string()).collect();
    // The parts of an index are not the same from one run to the next.
    ids.sort_unstable();
    let step = (snapshot.len() / QUESTIONS).max(1);
    let sampled: Vec<Training> =
        ids.iter().step_by(step).take(QUESTIONS).filter_map(|id| snapshot.get(id)).collect();
    let mut dice = 0x9e37_79b9_7f4a_7c15_u64;
    let mut roll = move |limit: usize| {
        // xorshift64 (Marsaglia, 2003): the same questions at each run.
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        (dice % limit as u64) as usize
    };
    let pairs = sampled.iter().map(|training| {
        let text = format!("{} {}", training.title, training.summary);
        let words: Vec<&str> =
            text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 3).collect();
        let mut pairs: Vec<(&str, String)> = Vec::new();
        if kind != 2 && kind != 3 && !words.is_empty() {
            let typed: Vec<&str> = (0..=roll(3)).map(|_| words[roll(words.len())]).collect();
            pairs.push(("q", typed.join(" ")));
        }
        if kind == 1 || kind == 2 {
            let referential = snapshot.referential();
            let themes =
                training.themes.iter().map(|code| (Facet::Theme.name(), referential.term(code).id.clone()));
            let audiences = training
                .audiences
                .iter()
                .map(|code| (Facet::Audience.name(), referential.term(code).id.clone()));
            pairs.extend(themes.take(1).chain(audiences.take(1)));
        }
        pairs
    });
    let referential = snapshot.referential();
    pairs
        .map(|pairs| {
            Selection::parse(pairs.iter().map(|(n, v)| (*n, v.as_str())), referential).expect("a selection")
        })
        .collect()
}

fn address_of(path: &str, selection: &Selection) -> String {
    let encode = |text: &str| {
        percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
    };
    let pairs: Vec<String> =
        selection.pairs().iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
    format!("{path}?{}", pairs.join("&"))
}

/// A client that keeps its connection.
struct Client(BufReader<TcpStream>);

impl Client {
    fn connect(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).expect("a connection");
        stream.set_nodelay(true).expect("an option");
        Self(BufReader::new(stream))
    }

    /// Length of the answer, which must be a 200.
    fn get(&mut self, target: &str) -> u64 {
        write!(self.0.get_mut(), "GET {target} HTTP/1.1\r\nhost: localhost\r\n\r\n").expect("sent");
        let (mut length, mut line) = (0, String::new());
        let mut first = true;
        loop {
            line.clear();
            self.0.read_line(&mut line).expect("an answer");
            if std::mem::take(&mut first) {
                assert!(line.contains(" 200 "), "{target}: {line}");
            }
            if line == "\r\n" {
                break;
            }
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().expect("a length");
            }
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).expect("a body");
        length as u64
    }
}

fn timed(work: impl FnOnce() -> u64) -> Duration {
    let start = Instant::now();
    std::hint::black_box(work());
    start.elapsed()
}

fn summary(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)].as_secs_f64() * 1e3;
    format!("{:.2} / {:.2}", at(50), at(99))
}

fn resident() -> String {
    status("VmRSS")
}

/// A line of the process's status, where the system has one.
fn status(name: &str) -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.map_or_else(|| "unknown".to_owned(), |value| value.trim().to_owned())
}
