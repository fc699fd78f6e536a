//! The same questions put to tantivy alone, with its own collectors and aggregations, in process:
//! a rival measured in the same run. Set `PARCOURS_RIVAL=1` to have it.
//!
//! Its task is the easier one: ten facets instead of twelve, counted under all filters instead of all
//! but their own, words without stems, synonyms or corrections, no training decoded.

use catalogue::{Facet, Selection, Snapshot, Training};
use tantivy::aggregation::agg_req::Aggregations;
use tantivy::aggregation::{AggContextParams, AggregationCollector};
use tantivy::collector::TopDocs;
use tantivy::query::{AllQuery, BooleanQuery, Occur, Query, QueryParser, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, STRING, Schema, TEXT};
use tantivy::{Index, IndexReader, IndexSettings, TantivyDocument, Term};

/// The facets that it counts.
const FACETS: [Facet; 10] = [
    Facet::Theme,
    Facet::Audience,
    Facet::Objective,
    Facet::Nature,
    Facet::Format,
    Facet::Provider,
    Facet::ProviderKind,
    Facet::Competence,
    Facet::Language,
    Facet::Kind,
];
/// Memory given to the writer, in bytes.
const WRITER_BYTES: usize = 400_000_000;

/// An index made with tantivy alone.
pub struct Rival {
    reader: IndexReader,
    words: QueryParser,
    facets: Vec<Field>,
    aggregations: Aggregations,
}

impl Rival {
    /// Indexes all trainings of a snapshot on two threads.
    pub fn new(snapshot: &Snapshot) -> Self {
        let mut schema = Schema::builder();
        let texts = ["title", "subjects", "summary", "place"].map(|name| schema.add_text_field(name, TEXT));
        let facets: Vec<Field> =
            FACETS.iter().map(|facet| schema.add_text_field(facet.name(), STRING.set_fast("raw"))).collect();
        let index = Index::create(
            tantivy::directory::RamDirectory::create(),
            schema.build(),
            IndexSettings::default(),
        )
        .expect("an index in memory");
        let mut writer = index.writer_with_num_threads(2, WRITER_BYTES).expect("a writer");
        for training in snapshot.trainings() {
            let mut document = TantivyDocument::default();
            let values = FACETS.map(|facet| values(snapshot, &training, facet));
            let labels = |facet: usize| {
                values[facet].iter().map(|id| snapshot.value_label(FACETS[facet], id)).collect::<Vec<_>>()
            };
            document.add_text(texts[0], &training.title);
            document.add_text(texts[1], [labels(0), labels(7)].concat().join(" ; "));
            document.add_text(texts[2], &training.summary);
            document.add_text(texts[3], format!("{} ; {}", training.provider.name, labels(4).join(" ; ")));
            for (field, values) in facets.iter().zip(&values) {
                values.iter().for_each(|value| document.add_text(*field, value));
            }
            writer.add_document(document).expect("room for a document");
        }
        writer.commit().expect("a commit");
        let mut words = QueryParser::for_index(&index, texts.to_vec());
        words.set_conjunction_by_default();
        for (field, boost) in texts.into_iter().zip([6.0, 3.0, 2.0, 1.0]) {
            words.set_field_boost(field, boost);
        }
        let aggregations: serde_json::Map<String, serde_json::Value> = FACETS
            .iter()
            .map(|facet| {
                let terms = serde_json::json!({ "terms": { "field": facet.name(), "size": 400 } });
                (facet.name().to_owned(), terms)
            })
            .collect();
        let aggregations = serde_json::from_value(aggregations.into()).expect("a request");
        Self { reader: index.reader().expect("a reader"), words, facets, aggregations }
    }

    /// Total, counts and the first twenty; gives the number of the latter.
    pub fn search(&self, selection: &Selection) -> u64 {
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        if !selection.text.is_empty() {
            clauses.push((Occur::Must, self.words.parse_query(&selection.text).expect("plain words")));
        }
        for (facet, values) in &selection.values {
            let at = FACETS.iter().position(|own| own == facet).expect("a facet that it counts");
            let term = |value: &String| -> (Occur, Box<dyn Query>) {
                let term = Term::from_field_text(self.facets[at], value);
                (Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::Basic)))
            };
            clauses.push((Occur::Must, Box::new(BooleanQuery::new(values.iter().map(term).collect()))));
        }
        let query: Box<dyn Query> =
            if clauses.is_empty() { Box::new(AllQuery) } else { Box::new(BooleanQuery::new(clauses)) };
        let counts = AggregationCollector::from_aggs(self.aggregations.clone(), AggContextParams::default());
        let best = TopDocs::with_limit(20).order_by_score();
        let (best, counts) = self.reader.searcher().search(&*query, &(best, counts)).expect("an answer");
        std::hint::black_box(counts);
        best.len() as u64
    }
}

fn values(snapshot: &Snapshot, training: &Training, facet: Facet) -> Vec<String> {
    let referential = snapshot.referential();
    match facet {
        Facet::Theme => training.themes.iter().map(|code| referential.term(code).id.clone()).collect(),
        Facet::Audience => training.audiences.iter().map(|code| referential.term(code).id.clone()).collect(),
        Facet::Objective => {
            training.objectives.iter().map(|code| referential.term(code).id.clone()).collect()
        }
        Facet::Nature => training.nature.iter().map(|code| referential.term(*code).id.clone()).collect(),
        Facet::Format => training.formats.iter().map(|code| referential.term(code).id.clone()).collect(),
        Facet::Provider => vec![training.provider.id()],
        Facet::ProviderKind => {
            training.provider.kind.iter().map(|code| referential.term(*code).id.clone()).collect()
        }
        Facet::Competence => {
            training.competences.iter().map(|(code, _)| referential.term(code).id.clone()).collect()
        }
        Facet::Language => training.language.iter().map(|code| referential.term(*code).id.clone()).collect(),
        Facet::Kind => vec![referential.term(training.kind).id.clone()],
        Facet::Duration | Facet::Price => Vec::new(),
    }
}
