//! Measures retrieval on judged French questions: `cargo run --release -p explorer --example
//! retrieval -- FILE`, where FILE has the shape of SQuAD and each question has one right entry.
//! Prints the mean reciprocal rank and the share of right entries among the first ten, for a plain
//! BM25 and for this index. Absent: the file, which is not ours to copy.

use std::collections::HashMap;
use std::error::Error;

use explorer::{Document, Index, Matching, Query, Schema, Sort, Synonyms, TextField};
use unicode_normalization::UnicodeNormalization;

/// Letters kept of a word by the plain engine.
const PLAIN_LETTERS: usize = 7;
/// Ranks beyond this one count for nothing.
const DEPTH: usize = 600;

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("a file is needed")?;
    let (texts, questions) = read(&serde_json::from_slice(&std::fs::read(file)?)?)?;
    println!("{} documents, {} questions", texts.len(), questions.len());
    let plain = Plain::new(&texts);
    report(
        "plain BM25, 7 letters",
        questions.iter().map(|(question, right)| rank(&plain.search(question), *right)),
    );
    let index = index(&texts)?;
    let mut ranks = Vec::new();
    for (question, right) in &questions {
        let query = Query {
            text: question.clone(),
            matching: Matching::Any,
            filters: Vec::new(),
            sort: Sort::Relevance,
            offset: 0,
            limit: DEPTH,
            count: Vec::new(),
            open_values: 0,
        };
        let found = index.search(&query)?;
        let keys: Result<Vec<usize>, _> =
            found.hits.iter().map(|hit| index.key(hit.address).parse()).collect();
        ranks.push(rank(&keys?, *right));
    }
    let halves = [0, 1].map(|half| ranks.iter().copied().skip(half).step_by(2).collect::<Vec<_>>());
    report("explorer", ranks.into_iter());
    for (name, half) in ["explorer, even questions", "explorer, odd questions"].iter().zip(halves) {
        report(name, half.into_iter());
    }
    Ok(())
}

/// Texts of entries, and questions with the number of their entry.
type Judged = (Vec<String>, Vec<(String, usize)>);

fn read(file: &serde_json::Value) -> Result<Judged, Box<dyn Error>> {
    let (mut texts, mut questions) = (Vec::new(), Vec::new());
    for (number, entry) in file["data"].as_array().ok_or("no data")?.iter().enumerate() {
        let mut text = String::new();
        for paragraph in entry["paragraphs"].as_array().ok_or("no paragraphs")? {
            text.push_str(paragraph["context"].as_str().ok_or("no context")?);
            text.push('\n');
            for question in paragraph["qas"].as_array().ok_or("no questions")? {
                questions.push((question["question"].as_str().ok_or("no question")?.to_owned(), number));
            }
        }
        texts.push(text);
    }
    Ok((texts, questions))
}

fn index(texts: &[String]) -> Result<Index, Box<dyn Error>> {
    let schema = Schema {
        texts: vec![TextField { name: "text".to_owned(), weight: 1 }],
        facets: Vec::new(),
        numbers: Vec::new(),
        synonyms: Synonyms::default(),
    };
    let documents = texts.iter().enumerate().map(|(number, text)| Document {
        key: number.to_string(),
        texts: vec![text.clone()],
        facets: Vec::new(),
        numbers: Vec::new(),
        sort_key: String::new(),
        standing: 0,
        payload: Vec::new(),
    });
    Ok(Index::build(schema, documents, 1)?)
}

fn rank(found: &[usize], right: usize) -> Option<usize> {
    found.iter().position(|number| *number == right)
}

fn report(name: &str, ranks: impl Iterator<Item = Option<usize>>) {
    let ranks: Vec<Option<usize>> = ranks.collect();
    #[expect(clippy::cast_precision_loss, reason = "a few hundred questions")]
    let (count, sum) =
        (ranks.len() as f64, ranks.iter().flatten().map(|rank| 1.0 / (*rank as f64 + 1.0)).sum::<f64>());
    #[expect(clippy::cast_precision_loss, reason = "a few hundred questions")]
    let first_ten = ranks.iter().flatten().filter(|rank| **rank < 10).count() as f64;
    println!("{name}: MRR {:.3}, hit@10 {:.3}", sum / count, first_ten / count);
}

/// The engine to beat: words folded and cut, BM25 with its usual constants.
struct Plain {
    documents: Vec<HashMap<String, f64>>,
    lengths: Vec<f64>,
    frequencies: HashMap<String, f64>,
}

impl Plain {
    fn new(texts: &[String]) -> Self {
        let mut plain = Self { documents: Vec::new(), lengths: Vec::new(), frequencies: HashMap::new() };
        for text in texts {
            let mut counts = HashMap::new();
            for word in plain_words(text) {
                *counts.entry(word).or_insert(0.0) += 1.0;
            }
            for word in counts.keys() {
                *plain.frequencies.entry(word.clone()).or_insert(0.0) += 1.0;
            }
            plain.lengths.push(counts.values().sum());
            plain.documents.push(counts);
        }
        plain
    }

    fn search(&self, question: &str) -> Vec<usize> {
        #[expect(clippy::cast_precision_loss, reason = "a few hundred documents")]
        let count = self.documents.len() as f64;
        let mean = self.lengths.iter().sum::<f64>() / count;
        let words = plain_words(question);
        let mut scores: Vec<(f64, usize)> = self
            .documents
            .iter()
            .zip(&self.lengths)
            .enumerate()
            .map(|(number, (document, length))| {
                let score = |word: &String| {
                    let Some(frequency) = document.get(word) else { return 0.0 };
                    let holders = self.frequencies[word];
                    let rarity = (1.0 + (count - holders + 0.5) / (holders + 0.5)).ln();
                    rarity * frequency * 2.2 / (frequency + 1.2 * (0.25 + 0.75 * length / mean))
                };
                (words.iter().map(score).sum(), number)
            })
            .collect();
        scores.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        scores.into_iter().map(|(_, number)| number).collect()
    }
}

fn plain_words(text: &str) -> Vec<String> {
    let folded: String =
        text.nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).flat_map(char::to_lowercase).collect();
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1);
    words.map(|word| word.chars().take(PLAIN_LETTERS).collect()).collect()
}
