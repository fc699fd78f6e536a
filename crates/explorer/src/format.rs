//! The bytes of an index: a header, then sections, each with its length and checksum. All numbers are
//! little-endian. What can be computed again (orders, sets of facet values, the overlay) is not written.
//! Absent: files; callers bring a reader or a writer.

mod bytes;
#[cfg(test)]
mod tests;

use std::io::{Read, Write};
use std::sync::Arc;

use roaring::RoaringBitmap;
use rustc_hash::FxHashMap;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::columns::{Blobs, Codes, Columns};
use crate::concepts::Concepts;
use crate::document::Document;
use crate::index::{self, Index, IndexError};
use crate::lengths;
use crate::part::{Part, Segment};
use crate::schema::Schema;
use crate::text::Text;
use bytes::Numbers;

const MAGIC: &[u8; 16] = b"explorer index \n";
/// Raised whenever the analysis of text or the sections change.
const VERSION: u32 = 2;
/// No index has more parts; a greater number is damage.
const PARTS_MAX: u32 = 4096;

#[derive(serde::Serialize, serde::Deserialize)]
struct Header {
    version: u32,
    schema: u64,
    parts: u32,
}

impl Index {
    /// Writes the index.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write_to(&self, w: &mut impl Write) -> Result<(), IndexError> {
        let inner = &*self.inner;
        let bases = &inner.parts[..inner.bases];
        w.write_all(MAGIC)?;
        let parts = u32::try_from(bases.len()).map_err(|_| IndexError::TooLarge)?;
        write_value(w, &Header { version: VERSION, schema: digest(&inner.schema)?, parts })?;
        let values: Vec<&[String]> = inner.codes.iter().map(|codes| codes.values.as_slice()).collect();
        write_value(w, &values)?;
        for part in bases {
            write_segment(w, &part.segment)?;
            let mut deleted = Vec::new();
            part.deleted.serialize_into(&mut deleted)?;
            bytes::write(w, &deleted)?;
        }
        let changes: Vec<&Document> = inner.changes.iter().map(|document| &**document).collect();
        write_value(w, &changes)?;
        Ok(w.flush()?)
    }

    /// Reads an index that [`Index::write_to`] wrote with the same schema.
    ///
    /// # Errors
    /// When the bytes are not those of an index of this version and schema, whole and unaltered.
    pub fn read_from(schema: Schema, r: &mut impl Read) -> Result<Self, IndexError> {
        let mut magic = [0; 16];
        r.read_exact(&mut magic).map_err(|_| IndexError::Foreign)?;
        if &magic != MAGIC {
            return Err(IndexError::Foreign);
        }
        let header: Header = read_value(r, "header")?;
        if header.version != VERSION {
            return Err(IndexError::Foreign);
        }
        if header.schema != digest(&schema)? {
            return Err(IndexError::OtherSchema);
        }
        if header.parts > PARTS_MAX {
            return Err(IndexError::Damaged("number of parts"));
        }
        let codes = read_codes(r, &schema)?;
        let mut read = Vec::new();
        for _ in 0..header.parts {
            let segment = read_segment(r, &schema, &codes)?;
            let deleted = RoaringBitmap::deserialize_from(&*bytes::read(r, "deletions")?)
                .map_err(|_| IndexError::Damaged("deletions"))?;
            if deleted.max().is_some_and(|last| last >= segment.columns.len()) {
                return Err(IndexError::Damaged("deletions"));
            }
            read.push((segment, deleted));
        }
        let changes: Vec<Document> = read_value(r, "changes")?;
        index::arrange(read.iter_mut().map(|(segment, _)| segment).collect(), &codes);
        let part = |(segment, deleted)| Part::new(Arc::new(segment), deleted, &codes);
        let parts: Vec<Part> = read.into_iter().map(part).collect();
        let deleted = parts.iter().map(|part| part.deleted.clone()).collect();
        let concepts = Concepts::new(&schema.synonyms);
        let bases = Self::from_parts(schema, concepts, codes, parts);
        if changes.is_empty() {
            Ok(bases)
        } else {
            bases.with_overlay(changes.into_iter().map(Arc::new).collect(), deleted)
        }
    }
}

fn digest(schema: &Schema) -> Result<u64, IndexError> {
    let bytes = postcard::to_stdvec(schema).map_err(|_| IndexError::Damaged("schema"))?;
    Ok(bytes::checksum(&bytes))
}

fn write_value(w: &mut impl Write, value: &impl Serialize) -> Result<(), IndexError> {
    bytes::write(w, &postcard::to_stdvec(value).map_err(|_| IndexError::Damaged("unwritable section"))?)
}

fn read_value<T: DeserializeOwned>(r: &mut impl Read, what: &'static str) -> Result<T, IndexError> {
    postcard::from_bytes(&bytes::read(r, what)?).map_err(|_| IndexError::Damaged(what))
}

fn read_codes(r: &mut impl Read, schema: &Schema) -> Result<Vec<Codes>, IndexError> {
    let values: Vec<Vec<String>> = read_value(r, "facet values")?;
    if values.len() != schema.facets.len() {
        return Err(IndexError::Damaged("facet values"));
    }
    let mut all = Vec::new();
    for (facet, values) in schema.facets.iter().zip(values) {
        let mut codes = Codes::new(facet);
        for value in &values {
            codes.add(value);
        }
        if codes.values != values {
            return Err(IndexError::Damaged("facet values"));
        }
        all.push(codes);
    }
    Ok(all)
}

fn write_segment(w: &mut impl Write, segment: &Segment) -> Result<(), IndexError> {
    let columns = &segment.columns;
    bytes::write(w, &columns.standing.to_bytes())?;
    for blobs in [&columns.keys, &columns.sort_keys, &columns.payloads] {
        bytes::write(w, &blobs.ends.to_bytes())?;
        bytes::write(w, &blobs.bytes)?;
    }
    for numbers in &columns.numbers {
        bytes::write(w, &numbers.to_bytes())?;
    }
    bytes::write(w, &columns.facets.masks.to_bytes())?;
    for listed in &columns.facets.listed {
        bytes::write(w, &listed.ends.to_bytes())?;
        bytes::write(w, &listed.codes.to_bytes())?;
    }
    bytes::write(w, &segment.lengths)?;
    let mut spellings: Vec<(&String, &(String, u32))> = segment.spellings.iter().collect();
    spellings.sort();
    write_value(w, &spellings)?;
    let files = segment.text.files()?;
    let names: Vec<&String> = files.iter().map(|(name, _)| name).collect();
    write_value(w, &names)?;
    for (_, file) in &files {
        bytes::write(w, file)?;
    }
    Ok(())
}

fn read_segment(r: &mut impl Read, schema: &Schema, codes: &[Codes]) -> Result<Segment, IndexError> {
    let mut columns = Columns::new(schema);
    columns.standing = Vec::from_bytes(&bytes::read(r, "standing")?)?;
    let documents = columns.standing.len();
    for blobs in [&mut columns.keys, &mut columns.sort_keys, &mut columns.payloads] {
        *blobs = read_blobs(r, documents)?;
    }
    for numbers in &mut columns.numbers {
        *numbers = Vec::from_bytes(&bytes::read(r, "numbers")?)?;
        expect(numbers.len() == documents, "numbers")?;
    }
    read_facets(r, &mut columns, codes)?;
    let lengths = bytes::read(r, "lengths")?;
    expect(lengths.len() == documents, "lengths")?;
    let spellings: Vec<(String, (String, u32))> = read_value(r, "spellings")?;
    let names: Vec<String> = read_value(r, "file names")?;
    let mut files = Vec::new();
    for name in names {
        files.push((name, bytes::read(r, "text")?));
    }
    let text = Text::from_files(files, u32::try_from(documents).map_err(|_| IndexError::TooLarge)?)?;
    let tokens = lengths.iter().map(|code| u64::from(lengths::value(*code))).sum();
    let spellings: FxHashMap<String, (String, u32)> = spellings.into_iter().collect();
    Ok(Segment { text, columns, lengths, tokens, spellings })
}

fn read_blobs(r: &mut impl Read, documents: usize) -> Result<Blobs, IndexError> {
    let ends: Vec<u64> = Vec::from_bytes(&bytes::read(r, "ends")?)?;
    let bytes = bytes::read(r, "bytes")?;
    let last = ends.last().copied().unwrap_or(0);
    expect(ends.len() == documents && ends.is_sorted() && last == bytes.len() as u64, "ends")?;
    Ok(Blobs { bytes, ends })
}

fn read_facets(r: &mut impl Read, columns: &mut Columns, codes: &[Codes]) -> Result<(), IndexError> {
    let documents = columns.standing.len();
    let facets = &mut columns.facets;
    facets.masks = Vec::from_bytes(&bytes::read(r, "facet masks")?)?;
    expect(facets.masks.len() == documents * facets.layout.words, "facet masks")?;
    for (facet, listed) in facets.listed.iter_mut().enumerate() {
        listed.ends = Vec::from_bytes(&bytes::read(r, "facet ends")?)?;
        listed.codes = Vec::from_bytes(&bytes::read(r, "facet codes")?)?;
        let expected = if facets.layout.places[facet].is_some() { 0 } else { documents };
        let last = listed.ends.last().map_or(0, |end| *end as usize);
        expect(
            listed.ends.len() == expected && listed.ends.is_sorted() && last == listed.codes.len(),
            "facet ends",
        )?;
        let known = codes[facet].values.len();
        expect(listed.codes.iter().all(|code| (*code as usize) < known), "facet codes")?;
    }
    Ok(())
}

fn expect(holds: bool, what: &'static str) -> Result<(), IndexError> {
    if holds { Ok(()) } else { Err(IndexError::Damaged(what)) }
}
