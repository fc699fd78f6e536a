//! The engine from outside, against a plain evaluation of the same queries over the same documents.
//! Absent: analysis of words (tested within the crate).

use std::collections::BTreeMap;

use explorer::{
    Correction, Document, Facet, FacetValue, Filter, Index, IndexError, Matching, Query, QueryError, Range,
    ReadingKind, Schema, Sort, Synonyms, TextField,
};
use proptest::prelude::*;

const WORDS: [&str; 12] = [
    "données",
    "sécurité",
    "droit",
    "budget",
    "algorithme",
    "éthique",
    "achat",
    "projet",
    "climat",
    "langue",
    "santé",
    "chef",
];
const THEMES: [&str; 4] = ["ia", "ia-generative", "droit", "achat"];

fn schema() -> Schema {
    let field = |name: &str, weight| TextField { name: name.to_owned(), weight };
    let value =
        |id: &str, parent: Option<&str>| FacetValue { id: id.to_owned(), parent: parent.map(str::to_owned) };
    Schema {
        texts: vec![field("title", 3), field("summary", 1)],
        facets: vec![
            Facet {
                name: "theme".to_owned(),
                values: vec![
                    value("ia", None),
                    value("ia-generative", Some("ia")),
                    value("droit", None),
                    value("achat", None),
                ],
                open: false,
            },
            Facet { name: "provider".to_owned(), values: Vec::new(), open: true },
        ],
        numbers: vec!["hours".to_owned()],
        synonyms: Synonyms { groups: vec![vec!["RGPD".to_owned(), "protection des données".to_owned()]] },
    }
}

fn document(key: &str, title: &str) -> Document {
    Document {
        key: key.to_owned(),
        texts: vec![title.to_owned(), String::new()],
        facets: vec![Vec::new(), Vec::new()],
        numbers: vec![None],
        sort_key: title.to_owned(),
        standing: 0,
        payload: key.as_bytes().to_vec(),
    }
}

fn index(titles: &[&str]) -> Index {
    let documents = titles.iter().enumerate().map(|(at, title)| document(&at.to_string(), title));
    Index::build(schema(), documents, 2).expect("documents of the schema")
}

fn query(text: &str) -> Query {
    Query {
        text: text.to_owned(),
        matching: Matching::All,
        filters: Vec::new(),
        sort: Sort::Relevance,
        offset: 0,
        limit: 100,
        count: vec![0, 1],
        open_values: usize::MAX,
    }
}

fn keys(index: &Index, query: &Query) -> Vec<String> {
    let found = index.search(query).expect("a query of the schema");
    found.hits.iter().map(|hit| index.key(hit.address).to_owned()).collect()
}

#[track_caller]
fn check(titles: &[&str], text: &str, expect: &[usize]) {
    let mut found = keys(&index(titles), &query(text));
    found.sort();
    let expect: Vec<String> = expect.iter().map(ToString::to_string).collect();
    assert_eq!(found, expect, "{text}");
}

#[track_caller]
fn check_reading(titles: &[&str], text: &str, expect: &[ReadingKind]) {
    let found = index(titles).search(&query(text)).expect("a query of the schema");
    let kinds: Vec<ReadingKind> = found.readings.into_iter().map(|reading| reading.kind).collect();
    assert_eq!(kinds, expect, "{text}");
}

fn forms(forms: &[&str]) -> Vec<String> {
    forms.iter().map(|form| (*form).to_owned()).collect()
}

#[test]
fn quoted_expressions_follow_each_other() {
    let titles = ["le droit des données", "données du droit", "droit, données"];
    check(&titles, "« droit des données »", &[0]);
    check(&titles, "\"droit données\"", &[2]);
    check(&titles, "droit données", &[0, 1, 2]);
    check(&titles, "\"droit", &[0, 1, 2]);
}

#[test]
fn synonyms_meet_both_ways() {
    let titles =
        ["Le RGPD en pratique", "Protection des données", "données et protection sociale", "données"];
    check(&titles, "rgpd", &[0, 1]);
    check(&titles, "protection des données", &[0, 1, 2]);
    let expressions = forms(&["RGPD", "protection des données"]);
    check_reading(
        &titles,
        "la protection de donnees",
        &[ReadingKind::Ignored, ReadingKind::Synonym(expressions)],
    );
}

#[test]
fn a_corrected_word_has_its_synonyms() {
    let titles = ["Le RGPD en pratique", "Protection des données", "données"];
    check(&titles, "rgpdd ", &[0, 1]);
    check(&titles, "R.G.P.D.", &[0, 1]);
    // Corrected, the words make an expression.
    check(&titles, "protecsion des données ", &[0, 1]);
    let expressions = forms(&["RGPD", "protection des données"]);
    let corrected = ReadingKind::Corrected(forms(&["protection"]));
    check_reading(&titles, "protecsion des données ", &[corrected, ReadingKind::Synonym(expressions)]);
}

#[test]
fn the_last_word_may_be_unfinished() {
    let titles = ["cybersécurité", "cyberdéfense", "cyclisme"];
    check(&titles, "cyber", &[0, 1]);
    check(&titles, "cyber ", &[]);
    check_reading(&titles, "cyberd", &[ReadingKind::Prefix(forms(&["cyberdéfense"]))]);
}

#[test]
fn typing_mistakes_are_understood() {
    let titles = ["algorithme", "intelligence artificielle", "droit"];
    check(&titles, "algoritme ", &[0]);
    check(&titles, "inteligense ", &[1]);
    check(&titles, "driot ", &[2]);
    check(&titles, "zzzz ", &[]);
    check_reading(&titles, "algorihtme ", &[ReadingKind::Corrected(forms(&["algorithme"]))]);
    check_reading(&titles, "zzzz droit", &[ReadingKind::Unknown, ReadingKind::Word]);
}

#[test]
fn hyphens_and_stop_words() {
    check(&["e-learning", "elearning", "learning"], "elearning", &[0, 1]);
    check(&["e-learning", "elearning", "learning"], "e-learning", &[0, 1]);
    check(&["de la donnée", "autre"], "de la", &[0]);
    check(&["langage R", "langage C"], "langage R", &[0]);
    check(&["a"], "!!!", &[0]);
}

#[test]
fn limits_are_errors() {
    let index = index(&["droit"]);
    let error = |query: &Query| index.search(query).expect_err("refused");
    assert_eq!(error(&query(&"a ".repeat(33))), QueryError::TooManyWords(33));
    assert_eq!(error(&Query { offset: 9_950, ..query("") }), QueryError::TooDeep(10_050));
    assert_eq!(error(&Query { count: vec![2], ..query("") }), QueryError::NoFacet(2));
    assert_eq!(error(&Query { sort: Sort::Ascending(1), ..query("") }), QueryError::NoNumber(1));
    let filter = Filter { facet: 0, ..Filter::default() };
    assert_eq!(
        error(&Query { filters: vec![filter.clone(), filter], ..query("") }),
        QueryError::RepeatedFacet(0)
    );
}

#[test]
fn documents_must_follow_the_schema() {
    let mut odd = document("a", "x");
    odd.facets[0] = vec!["nowhere".to_owned()];
    let unknown = Index::build(schema(), [odd].into_iter(), 1);
    assert!(matches!(unknown, Err(IndexError::UnknownValue { .. })));
    let mut short = document("a", "x");
    short.texts.pop();
    assert!(matches!(Index::build(schema(), [short].into_iter(), 1), Err(IndexError::Shape { .. })));
}

#[test]
fn an_empty_index_answers() {
    let index = index(&[]);
    let found = index.search(&query("droit")).expect("an answer");
    assert_eq!((found.total, found.hits.len(), index.is_empty()), (0, 0, true));
    let index = index.with_changes(vec![document("a", "droit")], &[]).expect("a change");
    assert_eq!(keys(&index, &query("droit")), ["a"]);
}

#[test]
fn relaxations_are_counted() {
    let mut one = document("a", "droit");
    one.facets[0] = vec!["ia-generative".to_owned()];
    let index = Index::build(schema(), [one, document("b", "budget")].into_iter(), 1).expect("an index");
    let filter = Filter { facet: 0, values: forms(&["achat"]), range: None };
    let found = index.search(&Query { filters: vec![filter], ..query("droit") }).expect("an answer");
    let dropped: Vec<_> = found.relaxations.iter().map(|one| (one.drop.clone(), one.total)).collect();
    assert_eq!(dropped, [(Correction::Filter(0), 1)]);
    let found = index.search(&query("droit budget")).expect("an answer");
    let dropped: Vec<_> = found.relaxations.iter().map(|one| (one.drop.clone(), one.total)).collect();
    assert_eq!(dropped, [(Correction::AnyWord, 2), (Correction::Words, 2)]);
}

#[test]
fn completions_have_their_accents() {
    let index = index(&["sécurité", "sécurité", "secret", "Sécurités"]);
    assert_eq!(index.complete("la sec", 2), ["la sécurité", "la secret"]);
    assert_eq!(index.complete("s", 2), [] as [&str; 0]);
}

#[test]
fn similar_documents_share_words() {
    let index = index(&["droit des données", "données du droit public", "climat", "budget climat"]);
    let address = index.find("0").expect("a document");
    let texts = ["droit des données".to_owned(), String::new()];
    let similar: Vec<&str> =
        index.similar(address, &texts, 5).iter().map(|hit| index.key(hit.address)).collect();
    assert_eq!(similar, ["1"]);
}

#[test]
fn counts_agree_whatever_the_share_of_documents() {
    let documents: Vec<Document> = (0..600)
        .map(|at: usize| {
            let word = match at {
                7 => "climat",
                _ if at.is_multiple_of(40) => "langue",
                _ if at.is_multiple_of(3) => "budget",
                _ => "droit",
            };
            let mut document = document(&format!("k{at:03}"), word);
            document.facets[0] = vec![THEMES[at % 4].to_owned()];
            document.facets[1] = vec![format!("p{}", at % 5)];
            document.numbers =
                vec![(!at.is_multiple_of(7)).then(|| f32::from(u8::try_from(at % 11).unwrap_or(0)))];
            document
        })
        .collect();
    let model = model(&documents);
    let index = Index::build(schema(), documents.into_iter(), 2).expect("an index");
    let theme = Filter { facet: 0, values: forms(&["ia"]), range: None };
    for text in ["climat", "langue", "budget", "droit", ""] {
        for filters in [Vec::new(), vec![theme.clone()]] {
            let query = Query { filters, limit: 30, ..query(text) };
            check_against(&model, &index, &query).expect("the same answers");
        }
    }
}

/// What is kept of common words neither ages nor passes to another word, even when more are asked than
/// can be kept.
#[test]
fn common_words_asked_in_turn_keep_their_answers() {
    let words =
        ["achat", "banque", "climat", "danse", "forêt", "girafe", "hiver", "jardin", "loutre", "marché"];
    let title = |at: usize| {
        let held = words.iter().enumerate().filter(|(bit, _)| !(at + bit).is_multiple_of(bit + 2));
        held.map(|(_, word)| *word).collect::<Vec<_>>().join(" ")
    };
    let documents: Vec<Document> = (0..60).map(|at| document(&format!("k{at:03}"), &title(at))).collect();
    let index = Index::build(schema(), documents.clone().into_iter(), 2).expect("an index");
    for turn in 0..3 {
        for (at, word) in words.iter().enumerate() {
            check_against(&model(&documents), &index, &query(word)).expect("the same answers");
            let both = format!("{word} {}", words[(at + turn + 1) % words.len()]);
            check_against(&model(&documents), &index, &query(&both)).expect("the same answers");
        }
    }
}

fn any_document() -> impl Strategy<Value = Document> {
    let text = |most| proptest::collection::vec(proptest::sample::select(&WORDS[..]), 0..most);
    let themes = proptest::sample::subsequence(&THEMES[..], 0..3);
    let numbers = proptest::option::of(0_u8..6);
    (0_u8..20, text(4), text(6), themes, 0_u8..4, numbers, 0_u32..3).prop_map(
        |(key, title, summary, themes, provider, hours, standing)| Document {
            key: format!("k{key}"),
            texts: vec![title.join(" "), summary.join(" ")],
            facets: vec![
                themes.into_iter().map(str::to_owned).collect(),
                if provider == 0 { Vec::new() } else { vec![format!("p{provider}")] },
            ],
            numbers: vec![hours.map(f32::from)],
            sort_key: title.join(" "),
            standing,
            payload: vec![key],
        },
    )
}

fn any_query() -> impl Strategy<Value = Query> {
    let words = proptest::collection::vec(proptest::sample::select(&WORDS[..]), 0..4);
    let theme = proptest::option::of(proptest::sample::subsequence(&THEMES[..], 1..3));
    let provider = proptest::option::of(1_u8..4);
    let range = proptest::option::of((proptest::option::of(0_u8..6), proptest::option::of(0_u8..6)));
    let sort =
        proptest::sample::select(vec![Sort::Relevance, Sort::Ascending(0), Sort::Descending(0), Sort::Key]);
    (words, any::<bool>(), theme, provider, range, sort, (0_usize..4, 0_usize..30)).prop_map(
        |(words, all, theme, provider, range, sort, (offset, limit))| {
            let mut filters = Vec::new();
            if let Some(values) = theme {
                filters.push(Filter {
                    facet: 0,
                    values: values.into_iter().map(str::to_owned).collect(),
                    range: None,
                });
            }
            if provider.is_some() || range.is_some() {
                filters.push(Filter {
                    facet: 1,
                    values: provider.map(|provider| format!("p{provider}")).into_iter().collect(),
                    range: range.map(|(min, max)| Range {
                        number: 0,
                        min: min.map(f32::from),
                        max: max.map(f32::from),
                    }),
                });
            }
            let matching = if all { Matching::All } else { Matching::Any };
            Query {
                text: words.join(" "),
                matching,
                filters,
                sort,
                offset,
                limit,
                count: vec![0, 1],
                open_values: usize::MAX,
            }
        },
    )
}

/// What the index should hold after changes.
type Model = BTreeMap<String, Document>;

fn themes(document: &Document) -> Vec<String> {
    let mut themes = document.facets[0].clone();
    if themes.iter().any(|theme| theme == "ia-generative") && !themes.iter().any(|theme| theme == "ia") {
        themes.push("ia".to_owned());
    }
    themes
}

fn passes(document: &Document, filter: &Filter) -> bool {
    let values = if filter.facet == 0 { themes(document) } else { document.facets[1].clone() };
    let inside = |range: &Range| {
        document.numbers[0]
            .is_some_and(|n| range.min.is_none_or(|min| n >= min) && range.max.is_none_or(|max| n <= max))
    };
    filter.values.iter().any(|value| values.contains(value)) || filter.range.as_ref().is_some_and(inside)
}

fn holds(model: &Model, document: &Document, query: &Query) -> bool {
    let text = document.texts.join(" ");
    let known =
        |word: &str| model.values().any(|other| other.texts.join(" ").split(' ').any(|own| own == word));
    let mut words = query.text.split(' ').filter(|word| !word.is_empty()).peekable();
    if words.peek().is_none() {
        return true;
    }
    let has = |word: &str| known(word) && text.split(' ').any(|own| own == word);
    match query.matching {
        Matching::All => words.all(has),
        Matching::Any => words.any(has),
    }
}

fn expected<'m>(model: &'m Model, query: &Query, left_out: Option<usize>) -> Vec<&'m Document> {
    let filters = || query.filters.iter().filter(|filter| Some(filter.facet) != left_out);
    let found = model.values().filter(|document| holds(model, document, query));
    found.filter(|document| filters().all(|filter| passes(document, filter))).collect()
}

/// Words of this test never correct into one another, so that an unknown word finds nothing.
fn check_against(model: &Model, index: &Index, query: &Query) -> Result<(), TestCaseError> {
    let found = index.search(query).expect("a query of the schema");
    let all = expected(model, query, None);
    prop_assert_eq!(found.total, all.len() as u64);
    let addresses = index.matching(query).expect("a query of the schema");
    let mut keys: Vec<&str> = addresses.iter().map(|address| index.key(*address)).collect();
    keys.sort_unstable();
    prop_assert!(keys.into_iter().eq(all.iter().map(|document| document.key.as_str())));
    for counts in &found.counts {
        let base = expected(model, query, Some(counts.facet));
        for (value, count) in &counts.values {
            let of = |d: &&&Document| {
                if counts.facet == 0 { themes(d) } else { d.facets[1].clone() }.contains(value)
            };
            prop_assert_eq!(*count, base.iter().filter(of).count() as u64, "{}", value);
        }
        if counts.facet == 0 {
            prop_assert_eq!(counts.values.len(), THEMES.len());
        } else {
            let listed: u64 = counts.values.iter().map(|(_, count)| count).sum();
            prop_assert_eq!(listed, base.iter().map(|document| document.facets[1].len() as u64).sum::<u64>());
        }
    }
    let mut order: Vec<(&Document, f32)> =
        all.iter().map(|document| (*document, index.explain(query, &document.texts).total)).collect();
    let hours = |document: &Document| document.numbers[0];
    order.sort_by(|(a, score_a), (b, score_b)| {
        let unknown = || hours(a).is_none().cmp(&hours(b).is_none());
        let known = || hours(a).partial_cmp(&hours(b)).expect("no NaN");
        let first = match query.sort {
            Sort::Relevance => score_b.total_cmp(score_a),
            Sort::Ascending(_) => unknown().then_with(known),
            Sort::Descending(_) => unknown().then_with(|| known().reverse()),
            Sort::Key => a.sort_key.cmp(&b.sort_key),
        };
        first.then(b.standing.cmp(&a.standing)).then_with(|| a.key.cmp(&b.key))
    });
    let hits: Vec<(String, f32)> =
        found.hits.iter().map(|hit| (index.key(hit.address).to_owned(), hit.score)).collect();
    let page = order.iter().skip(query.offset).take(query.limit);
    prop_assert_eq!(hits, page.map(|(document, score)| (document.key.clone(), *score)).collect::<Vec<_>>());
    for document in all {
        let address = index.find(&document.key).expect("a live key");
        prop_assert_eq!(index.payload(address), document.payload.as_slice());
    }
    Ok(())
}

fn model(documents: &[Document]) -> Model {
    documents.iter().map(|document| (document.key.clone(), document.clone())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn searches_agree_with_plain_evaluation(
        documents in proptest::collection::vec(any_document(), 0..24),
        upserts in proptest::collection::vec(any_document(), 0..6),
        removed in proptest::collection::vec(0_u8..20, 0..4),
        queries in proptest::collection::vec(any_query(), 1..8),
        threads in 1_usize..3,
    ) {
        let index = Index::build(schema(), documents.clone().into_iter(), threads).expect("an index");
        let mut model = model(&documents);
        prop_assert_eq!(index.len(), model.len());
        let removed: Vec<String> = removed.iter().map(|key| format!("k{key}")).collect();
        for key in &removed {
            model.remove(key);
        }
        model.extend(upserts.iter().map(|document| (document.key.clone(), document.clone())));
        let changed = index.with_changes(upserts, &removed).expect("changes");
        let mut bytes = Vec::new();
        changed.write_to(&mut bytes).expect("memory");
        let again = Index::read_from(schema(), &mut bytes.as_slice()).expect("the same index");
        for query in &queries {
            check_against(&model, &changed, query)?;
            let (left, right) = (changed.search(query).expect("found"), again.search(query).expect("found"));
            prop_assert_eq!(left, right);
        }
        prop_assert_eq!(changed.addresses().count(), model.len());
    }

    #[test]
    fn damage_is_an_error(
        documents in proptest::collection::vec(any_document(), 0..6),
        place in any::<proptest::sample::Index>(),
        flip in 1_u8..=255,
        cut in any::<proptest::sample::Index>(),
    ) {
        let index = Index::build(schema(), documents.into_iter(), 1).expect("an index");
        let mut bytes = Vec::new();
        index.write_to(&mut bytes).expect("memory");
        prop_assert!(Index::read_from(schema(), &mut &bytes[..cut.index(bytes.len())]).is_err());
        let place = place.index(bytes.len());
        bytes[place] ^= flip;
        prop_assert!(Index::read_from(schema(), &mut bytes.as_slice()).is_err());
    }

    #[test]
    fn foreign_bytes_are_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(Index::read_from(schema(), &mut bytes.as_slice()).is_err());
    }

    #[test]
    fn any_text_gets_an_answer(text in "\\PC{0,60}") {
        let index = index(&["droit des données", "l’IA générative"]);
        let found = index.search(&query(&text));
        prop_assert!(found.is_ok() || matches!(found, Err(QueryError::TooManyWords(_))));
    }
}
