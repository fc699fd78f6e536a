//! The index as a value: building it, changing it, reading a document back.
//! Absent: search (see `search`), bytes (see `format`).

use std::sync::{Arc, Mutex, PoisonError};

use roaring::RoaringBitmap;
use rustc_hash::{FxHashMap, FxHashSet};
use thiserror::Error;

use crate::columns::Codes;
use crate::concepts::Concepts;
use crate::document::Document;
use crate::kept::Kept;
use crate::matching::Scratch;
use crate::part::{Part, PartBuilder, Segment, SharedCodes};
use crate::schema::Schema;

/// Documents taken at once by a building thread.
const BATCH: usize = 256;
/// Beyond this many changed documents, rebuilding the overlay at each change gets slow.
const CHANGES_MAX: usize = 20_000;

/// Where a document is in an [`Index`]; another index gives other addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Address {
    /// Number of the part.
    pub part: u32,
    /// Number of the document within the part.
    pub doc: u32,
}

/// Why an index cannot be built, changed, written or read.
#[derive(Debug, Error)]
pub enum IndexError {
    /// A document whose lists do not follow the schema.
    #[error("document {key}: {found} {what} where the schema has {expected}")]
    Shape {
        /// Key of the document.
        key: String,
        /// The list at fault.
        what: &'static str,
        /// Length of the schema's list.
        expected: usize,
        /// Length of the document's list.
        found: usize,
    },
    /// A value that a closed facet does not list.
    #[error("document {key}: facet {facet} has no value {value}")]
    UnknownValue {
        /// Key of the document.
        key: String,
        /// Name of the facet.
        facet: String,
        /// The value.
        value: String,
    },
    /// More documents than a part can hold.
    #[error("too many documents for one part")]
    TooLarge,
    /// The text engine failed.
    #[error("text index")]
    Text(#[from] tantivy::TantivyError),
    /// Reading or writing failed.
    #[error("reading or writing an index")]
    Io(#[from] std::io::Error),
    /// Not an index, or of another version.
    #[error("not an index of this version")]
    Foreign,
    /// An index of another schema.
    #[error("an index of another schema")]
    OtherSchema,
    /// An index whose bytes were altered or cut.
    #[error("damaged index: {0}")]
    Damaged(&'static str),
}

/// An immutable index; a clone costs a reference count.
#[derive(Clone)]
pub struct Index {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub schema: Arc<Schema>,
    pub concepts: Arc<Concepts>,
    pub codes: Arc<Vec<Codes>>,
    /// Base parts, then the overlay if there are changes.
    pub parts: Vec<Part>,
    /// Number of base parts.
    pub bases: usize,
    /// The documents of the overlay, in order.
    pub changes: Vec<Arc<Document>>,
    pub scratch: Mutex<Vec<Scratch>>,
    /// What is kept of the common words of each part.
    pub kept: Vec<Kept>,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index")
            .field("documents", &self.len())
            .field("parts", &self.inner.parts.len())
            .finish()
    }
}

impl Index {
    /// Indexes documents over a number of threads; the last document of a key wins.
    ///
    /// # Errors
    /// When a document does not follow the schema or the text engine fails.
    pub fn build(
        schema: Schema,
        documents: impl Iterator<Item = Document> + Send,
        threads: usize,
    ) -> Result<Self, IndexError> {
        let concepts = Concepts::new(&schema.synonyms);
        let shared = SharedCodes::new(schema.facets.iter().map(Codes::new).collect());
        let weights: Vec<u8> = schema.texts.iter().map(|text| text.weight).collect();
        let source = Mutex::new((0_u64, documents));
        let built: Result<Vec<_>, IndexError> = std::thread::scope(|scope| {
            let work = || {
                let mut builder = PartBuilder::new(&schema, &weights, &concepts, &shared)?;
                let mut batch = Vec::with_capacity(BATCH);
                while let Some(first) = take_batch(&source, &mut batch) {
                    for (sequence, document) in (first..).zip(batch.drain(..)) {
                        builder.add(&document, sequence)?;
                    }
                }
                builder.finish()
            };
            let threads: Vec<_> = (0..threads.max(1)).map(|_| scope.spawn(work)).collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                .collect()
        });
        let mut built: Vec<(Segment, Vec<u64>)> = built?.into_iter().flatten().collect();
        let codes = shared.into_codes();
        arrange(built.iter_mut().map(|(segment, _)| segment).collect(), &codes);
        let deleted = replaced(&built);
        let parts: Vec<Part> = built
            .into_iter()
            .zip(deleted)
            .map(|((segment, _), deleted)| Part::new(Arc::new(segment), deleted, &codes))
            .collect();
        Ok(Self::from_parts(schema, concepts, codes, parts))
    }

    /// An index of base parts only.
    pub(crate) fn from_parts(
        schema: Schema,
        concepts: Concepts,
        mut codes: Vec<Codes>,
        parts: Vec<Part>,
    ) -> Self {
        codes.iter_mut().for_each(Codes::settle);
        let inner = Inner {
            schema: Arc::new(schema),
            concepts: Arc::new(concepts),
            codes: Arc::new(codes),
            bases: parts.len(),
            kept: Kept::of(&parts),
            parts,
            changes: Vec::new(),
            scratch: Mutex::default(),
        };
        Self { inner: Arc::new(inner) }
    }

    /// The index after documents are added, replaced (same key) or removed. Removals come first.
    ///
    /// # Errors
    /// Those of [`Index::build`].
    pub fn with_changes(&self, upserts: Vec<Document>, removed_keys: &[String]) -> Result<Self, IndexError> {
        let inner = &*self.inner;
        let mut touched: FxHashSet<&str> = removed_keys.iter().map(String::as_str).collect();
        touched.extend(upserts.iter().map(|document| document.key.as_str()));
        let kept = inner.changes.iter().filter(|document| !touched.contains(document.key.as_str())).cloned();
        let mut changes: Vec<Arc<Document>> = kept.collect();
        let mut deleted: Vec<RoaringBitmap> =
            inner.parts[..inner.bases].iter().map(|part| part.deleted.clone()).collect();
        for key in &touched {
            for (part, deleted) in inner.parts.iter().zip(&mut deleted) {
                deleted.extend(part.segment.columns.find(key));
            }
        }
        drop(touched);
        let mut places: FxHashMap<String, usize> = FxHashMap::default();
        for document in upserts {
            match places.get(&document.key) {
                Some(&place) => changes[place] = Arc::new(document),
                None => {
                    places.insert(document.key.clone(), changes.len());
                    changes.push(Arc::new(document));
                }
            }
        }
        self.with_overlay(changes, deleted)
    }

    /// The same base parts under other deletions, with an overlay of other documents.
    pub(crate) fn with_overlay(
        &self,
        changes: Vec<Arc<Document>>,
        deleted: Vec<RoaringBitmap>,
    ) -> Result<Self, IndexError> {
        let inner = &*self.inner;
        let shared = SharedCodes::new(inner.codes.to_vec());
        let weights: Vec<u8> = inner.schema.texts.iter().map(|text| text.weight).collect();
        let mut builder = PartBuilder::new(&inner.schema, &weights, &inner.concepts, &shared)?;
        for (sequence, document) in (0..).zip(&changes) {
            builder.add(document, sequence)?;
        }
        let overlay = builder.finish()?;
        let mut codes = shared.into_codes();
        codes.iter_mut().for_each(Codes::settle);
        let mut parts: Vec<Part> = inner.parts[..inner.bases]
            .iter()
            .zip(deleted)
            .map(|(part, deleted)| {
                if part.deleted == deleted {
                    part.clone()
                } else {
                    Part::new(part.segment.clone(), deleted, &codes)
                }
            })
            .collect();
        if let Some((mut segment, _)) = overlay {
            segment.columns.arrange(&codes);
            parts.push(Part::new(Arc::new(segment), RoaringBitmap::new(), &codes));
        }
        let inner = Inner {
            schema: inner.schema.clone(),
            concepts: inner.concepts.clone(),
            codes: Arc::new(codes),
            kept: Kept::of(&parts),
            parts,
            bases: inner.bases,
            changes,
            scratch: Mutex::default(),
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Whether changes weigh enough to build the index anew: more than 20,000 documents in the
    /// overlay, or a twentieth of the base in the overlay or deleted.
    #[must_use]
    pub fn should_compact(&self) -> bool {
        let bases = &self.inner.parts[..self.inner.bases];
        let base: u64 = bases.iter().map(|part| u64::from(part.segment.columns.len())).sum();
        let deleted: u64 = bases.iter().map(|part| part.deleted.len()).sum();
        let changes = self.inner.changes.len();
        changes > CHANGES_MAX || deleted.max(changes as u64) * 20 > base.max(1000)
    }

    /// Number of documents.
    #[must_use]
    pub fn len(&self) -> usize {
        self.inner.parts.iter().map(|part| usize::try_from(part.live_count).unwrap_or(usize::MAX)).sum()
    }

    /// Whether there is no document.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The schema given at building.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.inner.schema
    }

    /// Where the document of a key is.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<Address> {
        let parts = (0..).zip(&self.inner.parts);
        parts.into_iter().find_map(|(part, content)| Some(Address { part, doc: content.find(key)? }))
    }

    /// The payload of a document; empty for an address of another index that this one lacks.
    #[must_use]
    pub fn payload(&self, address: Address) -> &[u8] {
        self.segment(address).map_or(&[], |segment| segment.columns.payloads.get(address.doc))
    }

    /// The key of a document; empty for an address of another index that this one lacks.
    #[must_use]
    pub fn key(&self, address: Address) -> &str {
        let key = self.segment(address).map_or(&[][..], |segment| segment.columns.keys.get(address.doc));
        std::str::from_utf8(key).unwrap_or_default()
    }

    /// Addresses of all documents, in no promised order.
    pub fn addresses(&self) -> impl Iterator<Item = Address> + '_ {
        let parts = (0..).zip(&self.inner.parts);
        parts.flat_map(|(part, content)| content.live.iter().map(move |doc| Address { part, doc }))
    }

    fn segment(&self, address: Address) -> Option<&Segment> {
        let part = self.inner.parts.get(address.part as usize)?;
        (address.doc < part.segment.columns.len()).then_some(&*part.segment)
    }
}

/// Fills `batch`; gives the sequence number of its first document, or `None` at the end.
fn take_batch(
    source: &Mutex<(u64, impl Iterator<Item = Document>)>,
    batch: &mut Vec<Document>,
) -> Option<u64> {
    let mut source = source.lock().unwrap_or_else(PoisonError::into_inner);
    batch.extend(source.1.by_ref().take(BATCH));
    let first = source.0;
    source.0 += batch.len() as u64;
    (!batch.is_empty()).then_some(first)
}

/// Arranges the columns of parts, one thread each.
pub(crate) fn arrange(segments: Vec<&mut Segment>, codes: &[Codes]) {
    std::thread::scope(|scope| {
        for segment in segments {
            scope.spawn(|| segment.columns.arrange(codes));
        }
    });
}

/// For each part, the documents whose key comes again later.
fn replaced(built: &[(Segment, Vec<u64>)]) -> Vec<RoaringBitmap> {
    let mut all: Vec<(&[u8], u64, usize, u32)> = Vec::new();
    let mut deleted = vec![RoaringBitmap::new(); built.len()];
    // One pass over keys in order finds the repeats without a table of a million entries.
    let mut cursors: Vec<std::iter::Peekable<std::slice::Iter<'_, u32>>> =
        built.iter().map(|(segment, _)| segment.columns.by_key.iter().peekable()).collect();
    let key = |part: usize, doc: u32| built[part].0.columns.keys.get(doc);
    loop {
        let next = (0..built.len()).filter_map(|part| cursors[part].peek().map(|doc| key(part, **doc))).min();
        let Some(next) = next else { break };
        all.clear();
        for (part, cursor) in cursors.iter_mut().enumerate() {
            while let Some(&doc) = cursor.next_if(|doc| key(part, **doc) == next) {
                all.push((next, built[part].1[doc as usize], part, doc));
            }
        }
        let last = all.iter().map(|(_, sequence, ..)| *sequence).max();
        for (_, sequence, part, doc) in &all {
            if Some(*sequence) != last {
                deleted[*part].insert(*doc);
            }
        }
    }
    deleted
}
