//! Speed of the index on documents made here: `cargo bench -p explorer`. Divan times 1,000 and 100,000
//! documents; `EXPLORER_DOCUMENTS=1000000 cargo bench -p explorer` prints instead, for that many,
//! the time of building, changing, writing and reading, the memory held, and the median and 99th
//! percentile of each kind of search, and the file it wrote; `EXPLORER_FILE=that cargo bench` reads it
//! back in a fresh process. Absent: the server, JSON.

use std::hint::black_box;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use explorer::{
    Document, Facet, FacetValue, Filter, Index, Matching, Query, Range, Schema, Sort, Synonyms, TextField,
};

/// Values of the editorial facets.
const FACET_VALUES: [usize; 6] = [14, 4, 4, 4, 7, 24];
const PROVIDERS: u64 = 2_000;
const VOCABULARY: usize = 24_000;
/// Flattens the head of Zipf's law, so that the most common word is in about 4 documents of 10.
const ZIPF_SHIFT: f64 = 10.0;
const QUERIES: usize = 400;
const PAYLOAD_BYTES: usize = 450;

/// xorshift64*: a small generator, the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, limit: u64) -> u64 {
        (self.roll() >> 11) % limit
    }

    #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
    fn unit(&mut self) -> f64 {
        (self.roll() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

struct Vocabulary {
    words: Vec<String>,
    /// Cumulative frequencies.
    sums: Vec<f64>,
}

static WORDS: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::new);

impl Vocabulary {
    fn new() -> Self {
        let starts = [
            "con", "pro", "dé", "ré", "trans", "inter", "mé", "for", "su", "ap", "é", "in", "ex", "car", "mo",
        ];
        let middles = [
            "cep", "gra", "nu", "lec", "mi", "vé", "du", "por", "ti", "ran", "fo", "blé", "sa", "cri", "val",
        ];
        let ends = [
            "tion", "tions", "ment", "teur", "trice", "ique", "iques", "té", "tés", "age", "ance", "er",
            "ée", "ées", "if", "ive", "iste", "isme", "able", "eux", "euse", "al", "aux", "ie",
        ];
        let mut dice = Dice(20_260_101);
        let mut words = Vec::new();
        let mut seen = std::collections::HashSet::new();
        let mut tries = 0;
        while words.len() < VOCABULARY {
            tries += 1;
            let mut pick =
                |from: &[&'static str]| from[usize::try_from(dice.below(from.len() as u64)).unwrap_or(0)];
            let mut word = pick(&starts).to_owned() + pick(&middles);
            if tries % 3 != 0 {
                word += pick(&middles);
            }
            if tries % 7 == 0 {
                word += pick(&starts);
            }
            word += pick(&ends);
            if seen.insert(word.clone()) {
                words.push(word);
            }
        }
        let mut sum = 0.0;
        let sums = (1..=VOCABULARY)
            .map(|rank| {
                sum += 1.0 / (f64::from(u32::try_from(rank).unwrap_or(0)) + ZIPF_SHIFT);
                sum
            })
            .collect();
        Self { words, sums }
    }

    fn pick(&self, dice: &mut Dice) -> &str {
        let target = dice.unit() * self.sums[VOCABULARY - 1];
        &self.words[self.sums.partition_point(|sum| *sum < target).min(VOCABULARY - 1)]
    }

    fn text(&self, words: usize, dice: &mut Dice) -> String {
        let small = ["de la", "des", "pour", "et", "les", "sur", "dans", "à"];
        let mut text = String::new();
        for at in 0..words {
            if at % 3 == 1 {
                text.push_str(small[usize::try_from(dice.below(8)).unwrap_or(0)]);
            } else {
                text.push_str(self.pick(dice));
            }
            text.push(' ');
        }
        text
    }
}

fn schema() -> Schema {
    let field = |name: &str, weight| TextField { name: name.to_owned(), weight };
    let mut facets: Vec<Facet> = FACET_VALUES
        .iter()
        .enumerate()
        .map(|(facet, count)| Facet {
            name: format!("facet{facet}"),
            values: (0..*count).map(|value| FacetValue { id: format!("v{value}"), parent: None }).collect(),
            open: false,
        })
        .collect();
    facets.push(Facet { name: "provider".to_owned(), values: Vec::new(), open: true });
    Schema {
        texts: vec![field("title", 8), field("skills", 4), field("summary", 2), field("provider", 1)],
        facets,
        numbers: vec!["hours".to_owned(), "price".to_owned()],
        synonyms: Synonyms {
            groups: vec![
                vec!["RGPD".to_owned(), "règlement général sur la protection des données".to_owned()],
                vec!["IA".to_owned(), "intelligence artificielle".to_owned()],
            ],
        },
    }
}

fn document(number: usize) -> Document {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ ((number as u64 + 1) * 0x0001_0000_0001));
    dice.roll();
    let words = &*WORDS;
    let provider = (dice.unit().powi(3) * 2_000.0) as u64 % PROVIDERS;
    let mut facets: Vec<Vec<String>> = FACET_VALUES
        .iter()
        .enumerate()
        .map(|(facet, count)| {
            let mut values = vec![format!("v{}", dice.below(*count as u64))];
            if facet == 0 || facet == 5 {
                values.push(format!("v{}", dice.below(*count as u64)));
            }
            values
        })
        .collect();
    facets.push(vec![format!("organisme-{provider}")]);
    let title = words.text(6, &mut dice);
    Document {
        key: format!("f-{number:07}"),
        texts: vec![
            title.clone(),
            words.text(3, &mut dice),
            words.text(30, &mut dice),
            format!("Organisme {provider}"),
        ],
        facets,
        numbers: vec![
            (dice.below(5) > 0).then(|| (1 + dice.below(70)) as f32),
            (dice.below(3) > 0).then(|| dice.below(3_000) as f32),
        ],
        sort_key: title,
        standing: u32::try_from(dice.below(100)).unwrap_or(0),
        payload: vec![b'x'; PAYLOAD_BYTES],
    }
}

fn build(documents: usize, threads: usize) -> Index {
    Index::build(schema(), (0..documents).map(document), threads).expect("documents of the schema")
}

fn query(text: String, filters: Vec<Filter>) -> Query {
    Query {
        text,
        matching: Matching::All,
        filters,
        sort: Sort::Relevance,
        offset: 0,
        limit: 20,
        count: (0..FACET_VALUES.len()).collect(),
        open_values: 0,
    }
}

/// One to three words as frequent as in the documents.
fn texts(count: usize) -> Vec<String> {
    let mut dice = Dice(77);
    (0..count).map(|at| (0..=at % 3).map(|_| WORDS.pick(&mut dice)).collect::<Vec<_>>().join(" ")).collect()
}

fn filters(dice: &mut Dice) -> Vec<Filter> {
    let value = |facet: usize, dice: &mut Dice| Filter {
        facet,
        values: vec![format!("v{}", dice.below(FACET_VALUES[facet] as u64))],
        range: None,
    };
    vec![value(0, dice), value(3, dice)]
}

fn mistyped(text: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let middle = letters.len() / 2;
    letters.swap(middle, middle - 1);
    letters.into_iter().collect()
}

/// The kinds of searches that are timed.
fn kinds() -> Vec<(&'static str, Vec<Query>)> {
    let mut dice = Dice(5);
    let plain: Vec<Query> = texts(QUERIES).into_iter().map(|text| query(text, Vec::new())).collect();
    let with = |change: &dyn Fn(&mut Query)| -> Vec<Query> {
        let mut changed = plain.clone();
        changed.iter_mut().for_each(change);
        changed
    };
    let filtered = plain.iter().map(|plain| query(plain.text.clone(), filters(&mut dice))).collect();
    let only_filters: Vec<Query> = (0..QUERIES).map(|_| query(String::new(), filters(&mut dice))).collect();
    let range = Range { number: 0, min: Some(7.0), max: Some(35.0) };
    let cheap = Filter { facet: 1, values: Vec::new(), range: Some(range) };
    vec![
        ("nothing typed", (0..QUERIES).map(|_| query(String::new(), Vec::new())).collect()),
        (
            "nothing typed, all facets",
            with(&|query| {
                query.text.clear();
                query.count = (0..=FACET_VALUES.len()).collect();
            }),
        ),
        ("words", plain.clone()),
        ("words, all facets", with(&|query| query.count = (0..=FACET_VALUES.len()).collect())),
        ("most common word", with(&|query| query.text.clone_from(&WORDS.words[0]))),
        (
            "most common word, no counts",
            with(&|query| {
                query.text.clone_from(&WORDS.words[0]);
                query.count.clear();
            }),
        ),
        (
            "most common word, total only",
            with(&|query| {
                query.text.clone_from(&WORDS.words[0]);
                query.count.clear();
                query.limit = 0;
            }),
        ),
        ("three common words", with(&|query| query.text = WORDS.words[..3].join(" "))),
        ("any of the words", with(&|query| query.matching = Matching::Any)),
        ("words, two filters", filtered),
        ("two filters", only_filters.clone()),
        (
            "two filters, no counts",
            only_filters.into_iter().map(|query| Query { count: Vec::new(), ..query }).collect(),
        ),
        ("words, a range", with(&|query| query.filters = vec![cheap.clone()])),
        ("words, by price", with(&|query| query.sort = Sort::Ascending(1))),
        ("words, page 50", with(&|query| query.offset = 980)),
        ("beginning of a word", with(&|query| query.text = query.text.chars().take(4).collect())),
        ("mistyped", with(&|query| query.text = mistyped(query.text.split(' ').next().unwrap_or("abcd")))),
        ("quoted", with(&|query| query.text = format!("\"{}\"", query.text))),
    ]
}

fn time<T>(name: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let value = work();
    println!("{name}: {:.2} s", start.elapsed().as_secs_f64());
    value
}

fn resident() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = |name| status.lines().find(|line| line.starts_with(name)).unwrap_or("unknown").to_owned();
    format!("{}, {}", line("VmRSS"), line("VmHWM"))
}

/// Prints the figures of a large index.
fn measure(documents: usize) {
    println!("{documents} documents");
    let index = time("build, 2 threads", || build(documents, 2));
    println!("{}", resident());
    let wanted = std::env::var("EXPLORER_KIND").unwrap_or_default();
    for (name, queries) in kinds().into_iter().filter(|(name, _)| name.contains(&wanted)) {
        let mut times: Vec<Duration> = Vec::new();
        for query in queries.iter().take(20).chain(&queries) {
            let start = Instant::now();
            black_box(index.search(query).expect("a query of the schema"));
            times.push(start.elapsed());
        }
        let mut times = times.split_off(20);
        times.sort();
        let percentile =
            |share: usize| times[(times.len() * share / 100).min(times.len() - 1)].as_secs_f64() * 1e3;
        let [least, median, p99] = [0, 50, 99].map(percentile);
        println!("{name:28} least {least:7.3} ms   median {median:7.3} ms   p99 {p99:7.3} ms");
    }
    let upserts = |count: usize| (0..count).map(|at| document(at * 13)).collect::<Vec<_>>();
    let changed = time("1 change", || index.with_changes(upserts(1), &[]).expect("a document"));
    let changed = time("1 000 changes", || changed.with_changes(upserts(1_000), &[]).expect("documents"));
    time("1 change over 1 000", || changed.with_changes(upserts(1), &[]).expect("a document"));
    drop(changed);
    let path = std::env::temp_dir().join(format!("explorer-{}.index", std::process::id()));
    let file = || std::fs::File::create(&path).expect("a temporary file");
    time("write", || index.write_to(&mut std::io::BufWriter::new(file())).expect("room on the disk"));
    println!("{}", path.display());
}

/// Prints the time and memory of reading an index that [`measure`] left, in a process of its own.
fn measure_reading(path: &str) {
    let file = std::fs::File::open(path).expect("the file of an index");
    let index = time("read", || {
        Index::read_from(schema(), &mut std::io::BufReader::with_capacity(1 << 20, file)).expect("an index")
    });
    println!("{} documents read; {}", index.len(), resident());
}

static SMALL: LazyLock<Index> = LazyLock::new(|| build(1_000, 1));
static MIDDLE: LazyLock<Index> = LazyLock::new(|| build(100_000, 2));

#[divan::bench(args = [1_000, 100_000])]
fn words(bencher: divan::Bencher<'_, '_>, documents: usize) {
    let index = if documents == 1_000 { &*SMALL } else { &*MIDDLE };
    let queries: Vec<Query> = texts(QUERIES).into_iter().map(|text| query(text, Vec::new())).collect();
    let mut next = queries.iter().cycle();
    bencher.bench_local(|| next.next().map(|query| index.search(query)));
}

#[divan::bench(args = [1_000, 100_000])]
fn words_and_filters(bencher: divan::Bencher<'_, '_>, documents: usize) {
    let index = if documents == 1_000 { &*SMALL } else { &*MIDDLE };
    let mut dice = Dice(5);
    let queries: Vec<Query> =
        texts(QUERIES).into_iter().map(|text| query(text, filters(&mut dice))).collect();
    let mut next = queries.iter().cycle();
    bencher.bench_local(|| next.next().map(|query| index.search(query)));
}

fn main() {
    if let Ok(path) = std::env::var("EXPLORER_FILE") {
        return measure_reading(&path);
    }
    match std::env::var("EXPLORER_DOCUMENTS").ok().and_then(|count| count.parse().ok()) {
        Some(documents) => measure(documents),
        None => divan::main(),
    }
}
