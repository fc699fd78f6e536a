//! The inverted index of one part: a single tantivy segment in memory, read block by block.
//! Absent: scores, and everything that is not text.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use tantivy::directory::{Directory, ManagedDirectory, RamDirectory, TerminatingWrite};
use tantivy::index::{InvertedIndexReader, SegmentReader};
use tantivy::indexer::SingleSegmentIndexWriter;
use tantivy::postings::{BlockSegmentPostings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};
use tantivy::{DocSet, TERMINATED, TantivyDocument};
use tantivy_fst::Automaton;

use crate::analysis::Sink;
use crate::index::IndexError;

/// Size of tantivy's first tables; it grows beyond by itself.
const WRITER_BYTES: usize = 15_000_000;
/// Before an exact form: it stands at the position of the form before it.
const SAME_PLACE: char = '\u{1}';
/// Between two fields: no quoted expression spans it.
const FIELD_GAP: char = '\u{2}';

/// Splits at spaces: the terms are analysed already.
#[derive(Clone, Default)]
struct Ready {
    token: Token,
}

struct ReadyStream<'a> {
    rest: &'a str,
    token: &'a mut Token,
}

impl Tokenizer for Ready {
    type TokenStream<'a> = ReadyStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> ReadyStream<'a> {
        self.token.reset();
        ReadyStream { rest: text, token: &mut self.token }
    }
}

impl TokenStream for ReadyStream<'_> {
    fn advance(&mut self) -> bool {
        while !self.rest.is_empty() {
            let (head, rest) = self.rest.split_once(' ').unwrap_or((self.rest, ""));
            self.rest = rest;
            if head.starts_with(FIELD_GAP) {
                self.token.position = self.token.position.wrapping_add(1);
                continue;
            }
            let term = match head.strip_prefix(SAME_PLACE) {
                Some(term) => term,
                None => {
                    self.token.position = self.token.position.wrapping_add(1);
                    head
                }
            };
            self.token.text.clear();
            self.token.text.push_str(term);
            return true;
        }
        false
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

fn schema() -> (Schema, Field, Field) {
    let options = |record| {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("ready")
            .set_fieldnorms(false)
            .set_index_option(record);
        TextOptions::default().set_indexing_options(indexing)
    };
    let mut builder = Schema::builder();
    let words = builder.add_text_field("words", options(IndexRecordOption::WithFreqs));
    let exact = builder.add_text_field("exact", options(IndexRecordOption::WithFreqsAndPositions));
    (builder.build(), words, exact)
}

fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::new();
    manager.register("ready", Ready::default());
    manager
}

/// The terms of one document, on their way to the index.
pub(crate) struct Terms<'w> {
    weights: &'w [u8],
    words: String,
    exact: String,
    field: usize,
    /// Weighted number of words.
    pub length: u32,
}

impl<'w> Terms<'w> {
    /// No terms yet; `weights` are those of the text fields.
    pub fn new(weights: &'w [u8]) -> Self {
        Self { weights, words: String::new(), exact: String::new(), field: 0, length: 0 }
    }
}

impl Sink for Terms<'_> {
    fn term(&mut self, field: usize, term: &str, counted: bool) {
        let weight = self.weights[field];
        for _ in 0..weight {
            self.words.push_str(term);
            self.words.push(' ');
        }
        if counted {
            self.length += u32::from(weight);
        }
    }

    fn exact(&mut self, field: usize, form: &str, apart: bool) {
        if field != self.field {
            self.field = field;
            self.exact.push(FIELD_GAP);
            self.exact.push(' ');
        }
        if !apart {
            self.exact.push(SAME_PLACE);
        }
        self.exact.push_str(form);
        self.exact.push(' ');
    }
}

/// Collects the terms of the documents of one part.
pub(crate) struct TextBuilder {
    writer: SingleSegmentIndexWriter,
    words: Field,
    exact: Field,
}

impl TextBuilder {
    /// An empty part.
    pub fn new() -> Result<Self, IndexError> {
        let (schema, words, exact) = schema();
        let builder = tantivy::Index::builder().schema(schema).tokenizers(tokenizers());
        let writer = builder.single_segment_index_writer(RamDirectory::create(), WRITER_BYTES)?;
        Ok(Self { writer, words, exact })
    }

    /// Adds the next document.
    pub fn add(&mut self, terms: Terms<'_>) -> Result<(), IndexError> {
        let mut document = TantivyDocument::default();
        document.add_text(self.words, terms.words);
        document.add_text(self.exact, terms.exact);
        Ok(self.writer.add_document(document)?)
    }

    /// Ends the part; `None` when it holds no document.
    pub fn finish(self, documents: usize) -> Result<Option<Text>, IndexError> {
        if documents == 0 {
            return Ok(None);
        }
        Text::open(self.writer.finalize()?).map(Some)
    }
}

/// The two dictionaries of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Dictionary {
    /// Stemmed terms and concepts, weighted by field.
    Words,
    /// Folded forms with positions.
    Exact,
}

/// Text of one part, ready to be read.
pub(crate) struct Text {
    index: tantivy::Index,
    words: Arc<InvertedIndexReader>,
    exact: Arc<InvertedIndexReader>,
}

impl Text {
    fn open(index: tantivy::Index) -> Result<Self, IndexError> {
        let segments = index.searchable_segments()?;
        let [segment] = segments.as_slice() else { return Err(IndexError::Damaged("text segments")) };
        let reader = SegmentReader::open(segment)?;
        let (_, words, exact) = schema();
        Ok(Self { words: reader.inverted_index(words)?, exact: reader.inverted_index(exact)?, index })
    }

    /// The files that make the segment.
    pub fn files(&self) -> Result<Vec<(String, Vec<u8>)>, IndexError> {
        let directory = self.index.directory();
        let listed = self.index.load_metas()?.list_segment_files();
        let mut names: Vec<String> =
            listed.iter().filter_map(|path| path.to_str()).map(str::to_owned).collect();
        names.push("meta.json".to_owned());
        names.sort();
        names.dedup();
        let mut files = Vec::new();
        for name in names {
            if name == "meta.json" {
                files.push((
                    name,
                    directory.atomic_read(Path::new("meta.json")).map_err(tantivy::TantivyError::from)?,
                ));
            } else if directory.exists(Path::new(&name)).map_err(tantivy::TantivyError::from)? {
                let file = directory.open_read(Path::new(&name)).map_err(tantivy::TantivyError::from)?;
                files.push((name, file.read_bytes().map_err(|_| IndexError::Damaged("text file"))?.to_vec()));
            }
        }
        Ok(files)
    }

    /// The inverse of [`Text::files`].
    pub fn from_files(files: Vec<(String, Vec<u8>)>, documents: u32) -> Result<Self, IndexError> {
        let memory = RamDirectory::create();
        // As when building: this wrapper ends each file with what an index expects there.
        let directory = ManagedDirectory::wrap(Box::new(memory.clone()))?;
        for (name, bytes) in files {
            if name == "meta.json" {
                directory
                    .atomic_write(Path::new(&name), &bytes)
                    .map_err(|_| IndexError::Damaged("text file"))?;
            } else {
                let mut file = directory.open_write(Path::new(&name)).map_err(tantivy::TantivyError::from)?;
                file.write_all(&bytes).map_err(|_| IndexError::Damaged("text file"))?;
                file.terminate().map_err(|_| IndexError::Damaged("text file"))?;
            }
        }
        let mut index = tantivy::Index::open(memory)?;
        index.set_tokenizers(tokenizers());
        let held: u32 = index.searchable_segment_metas()?.iter().map(|meta| meta.max_doc()).sum();
        if held != documents {
            return Err(IndexError::Damaged("number of documents"));
        }
        Self::open(index)
    }

    fn reader(&self, dictionary: Dictionary) -> &InvertedIndexReader {
        match dictionary {
            Dictionary::Words => &self.words,
            Dictionary::Exact => &self.exact,
        }
    }

    /// Number of documents of the part that hold a term.
    pub fn frequency(&self, dictionary: Dictionary, term: &str) -> u64 {
        let info = self.reader(dictionary).terms().get(term).ok().flatten();
        info.map_or(0, |info| u64::from(info.doc_freq))
    }

    /// The documents that hold a term, and how often.
    pub fn postings(&self, dictionary: Dictionary, term: &str) -> Option<BlockSegmentPostings> {
        let reader = self.reader(dictionary);
        let info = reader.terms().get(term).ok().flatten()?;
        reader.read_block_postings_from_terminfo(&info, IndexRecordOption::WithFreqs).ok()
    }

    /// The places of an exact form.
    pub fn positions(&self, form: &str) -> Option<SegmentPostings> {
        let info = self.exact.terms().get(form).ok().flatten()?;
        self.exact.read_postings_from_terminfo(&info, IndexRecordOption::WithFreqsAndPositions).ok()
    }

    /// Calls `visit` with each exact form that begins with `beginning` and its number of documents.
    pub fn beginning_with(&self, beginning: &str, mut visit: impl FnMut(&str, u32)) {
        let range = self.exact.terms().range().ge(beginning);
        let Ok(mut stream) = range.into_stream() else { return };
        while let Some((form, info)) = stream.next() {
            match std::str::from_utf8(form) {
                Ok(form) if form.starts_with(beginning) => visit(form, info.doc_freq),
                _ => break,
            }
        }
    }

    /// Calls `visit` with each exact form that an automaton accepts and its number of documents.
    pub fn accepted<A>(&self, automaton: A, mut visit: impl FnMut(&str, u32))
    where
        A: Automaton,
        A::State: Clone,
    {
        let Ok(mut stream) = self.exact.terms().search(automaton).into_stream() else { return };
        while let Some((form, info)) = stream.next() {
            if let Ok(form) = std::str::from_utf8(form) {
                visit(form, info.doc_freq);
            }
        }
    }
}

/// Calls `visit` with each document and frequency of a list, in order.
#[inline]
pub(crate) fn for_each(mut postings: BlockSegmentPostings, mut visit: impl FnMut(u32, u32)) {
    loop {
        let docs = postings.docs();
        if docs.is_empty() {
            break;
        }
        for (&doc, &frequency) in docs.iter().zip(postings.freqs()) {
            visit(doc, frequency);
        }
        postings.advance();
    }
}

/// Documents where forms follow each other at the wanted distances, and how often.
pub(crate) fn phrase(text: &Text, forms: &[(u32, String)]) -> Vec<(u32, u32)> {
    let mut lists = Vec::new();
    for (offset, form) in forms {
        match text.positions(form) {
            Some(list) => lists.push((*offset, list)),
            None => return Vec::new(),
        }
    }
    lists.sort_by_key(|(_, list)| list.doc_freq());
    let mut found = Vec::new();
    let (mut starts, mut places) = (Vec::new(), Vec::new());
    let Some(((first_offset, first), others)) = lists.split_first_mut() else { return found };
    'documents: loop {
        let doc = first.doc();
        if doc == TERMINATED {
            return found;
        }
        for (_, other) in others.iter_mut() {
            let there = if other.doc() < doc { other.seek(doc) } else { other.doc() };
            if there == TERMINATED {
                return found;
            }
            if there != doc {
                first.seek(there);
                continue 'documents;
            }
        }
        starts_of(first, *first_offset, &mut starts);
        for (offset, other) in others.iter_mut() {
            starts_of(other, *offset, &mut places);
            starts.retain(|start| places.binary_search(start).is_ok());
        }
        if !starts.is_empty() {
            found.push((doc, u32::try_from(starts.len()).unwrap_or(u32::MAX)));
        }
        first.advance();
    }
}

/// Where the whole expression would begin for each place of one of its forms.
fn starts_of(list: &mut SegmentPostings, offset: u32, starts: &mut Vec<u32>) {
    use tantivy::postings::Postings;
    list.positions(starts);
    starts.retain(|place| *place >= offset);
    for place in starts.iter_mut() {
        *place -= offset;
    }
    starts.dedup();
}
