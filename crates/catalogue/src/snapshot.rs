//! The catalogue as a value: all trainings of a revision, indexed once. Pages, commands and
//! exports are pure functions of it.
//! Absent: where revisions are kept (see the crate `store`), files.

use std::io::{Read, Write};
use std::sync::{Arc, OnceLock};

use explorer::{Address, Document, Index};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::estimate::{DurationRule, Estimate, RuleError};
use crate::facets::{self, Facet};
use crate::offer::Offer;
use crate::quality::stated_facts;
use crate::referential::Referential;
use crate::training::Training;
use crate::values::{Seen, TrainingId, slug};
use crate::vocabulary::Code;

/// Which published state of the catalogue a snapshot is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Number of the revision; 0 before any publication.
    pub revision: u64,
    /// When it was published, UTC, RFC 3339.
    pub published_at: String,
}

/// All trainings of a revision, ready to be searched. Cheap to clone.
#[derive(Clone)]
pub struct Snapshot {
    stamp: Stamp,
    referential: Arc<Referential>,
    pub(crate) index: Index,
    rule: Arc<DurationRule>,
    providers: Arc<FxHashMap<String, String>>,
    /// Made at the first view that needs it.
    offer: Arc<OnceLock<Offer>>,
}

/// Why a snapshot cannot be made or read back.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// The index refuses.
    #[error("index de recherche : {0}")]
    Index(#[from] explorer::IndexError),
    /// The bytes are not those of a snapshot of this version.
    #[error("instantané illisible : {0}")]
    Bytes(String),
}

#[derive(Serialize, Deserialize)]
struct Header {
    stamp: Stamp,
    rule: DurationRule,
    providers: FxHashMap<String, String>,
}

/// Longest header accepted when reading back, in bytes.
const HEADER_BYTES: u64 = 256 << 20;

impl Snapshot {
    /// Indexes all trainings of a revision on up to `threads` threads.
    pub fn build(
        stamp: Stamp,
        trainings: impl Iterator<Item = Training> + Send,
        referential: Arc<Referential>,
        threads: usize,
    ) -> Result<Self, SnapshotError> {
        let mut rule = DurationRule::default();
        let mut providers = FxHashMap::default();
        let schema = schema(&referential);
        let documents = trainings.map(|training| {
            rule.add(&training);
            providers.entry(training.provider.id()).or_insert_with(|| training.provider.name.clone());
            document(&training, &referential)
        });
        let index = Index::build(schema, documents, threads)?;
        rule.settle();
        Ok(Self {
            stamp,
            referential,
            index,
            rule: Arc::new(rule),
            providers: Arc::new(providers),
            offer: Arc::default(),
        })
    }

    /// The snapshot of a later revision that differs by some trainings; shares the rest.
    pub fn apply(
        &self,
        stamp: Stamp,
        upserts: &[Training],
        withdrawn: &[TrainingId],
    ) -> Result<Self, SnapshotError> {
        let mut rule = (*self.rule).clone();
        let mut providers = (*self.providers).clone();
        for id in upserts.iter().map(|training| &training.id).chain(withdrawn) {
            if let Some(before) = self.get(id.as_str()) {
                rule.remove(&before);
            }
        }
        for training in upserts {
            rule.add(training);
            providers.insert(training.provider.id(), training.provider.name.clone());
        }
        rule.settle();
        let documents = upserts.iter().map(|training| document(training, &self.referential)).collect();
        let removed: Vec<String> = withdrawn.iter().map(TrainingId::to_string).collect();
        Ok(Self {
            stamp,
            referential: self.referential.clone(),
            index: self.index.with_changes(documents, &removed)?,
            rule: Arc::new(rule),
            providers: Arc::new(providers),
            offer: Arc::default(),
        })
    }

    /// The same snapshot with trainings that do not exist: what would follow, were they there. Estimates of durations are those
    /// of the real ones alone.
    ///
    /// # Errors
    /// When the index refuses them.
    pub fn with_supposed(&self, trainings: &[Training]) -> Result<Self, SnapshotError> {
        let with = self.apply(self.stamp.clone(), trainings, &[])?;
        Ok(Self { rule: self.rule.clone(), ..with })
    }

    /// Whether so much was applied that building anew would answer faster.
    pub fn should_rebuild(&self) -> bool {
        self.index.should_compact()
    }

    /// Which revision this is.
    pub fn stamp(&self) -> &Stamp {
        &self.stamp
    }

    /// The referential its codes belong to.
    pub fn referential(&self) -> &Referential {
        &self.referential
    }

    /// The referential, shared.
    pub fn shared_referential(&self) -> Arc<Referential> {
        self.referential.clone()
    }

    /// Number of trainings.
    pub fn len(&self) -> usize {
        self.index.len()
    }

    /// Whether there is no training.
    pub fn is_empty(&self) -> bool {
        self.index.len() == 0
    }

    /// The training of an identifier.
    pub fn get(&self, id: &str) -> Option<Training> {
        self.index.find(id).map(|address| self.training(address))
    }

    /// All trainings, in no stated order.
    pub fn trainings(&self) -> impl Iterator<Item = Training> + '_ {
        self.index.addresses().map(|address| self.training(address))
    }

    /// Name of a provider.
    pub fn provider_name(&self, id: &str) -> Option<&str> {
        self.providers.get(id).map(String::as_str)
    }

    /// Identifiers and names of all providers the catalogue has had, in no stated order.
    pub fn providers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.providers.iter().map(|(id, name)| (id.as_str(), name.as_str()))
    }

    /// The estimated duration of a training that states none (see the module `estimate`).
    pub fn estimate(&self, training: &Training) -> Option<Estimate> {
        self.rule.estimate(training)
    }

    /// The whole offer as columns; made at the first call, which decodes every training.
    pub fn offer(&self) -> &Offer {
        let trainings = || self.index.addresses().map(|address| (address, self.training(address)));
        self.offer.get_or_init(|| Offer::new(trainings(), &self.rule, &self.referential))
    }

    /// How wrong the estimates are.
    pub fn rule_error(&self) -> RuleError {
        self.rule.error()
    }

    /// Writes bytes that [`Snapshot::read_from`] reads back.
    pub fn write_to(&self, writer: &mut impl Write) -> Result<(), SnapshotError> {
        let header = Header {
            stamp: self.stamp.clone(),
            rule: (*self.rule).clone(),
            providers: (*self.providers).clone(),
        };
        let bytes = postcard::to_stdvec(&header).map_err(unreadable)?;
        writer.write_all(&(bytes.len() as u64).to_le_bytes()).map_err(unreadable)?;
        writer.write_all(&bytes).map_err(unreadable)?;
        Ok(self.index.write_to(writer)?)
    }

    /// Reads what [`Snapshot::write_to`] wrote for the same referential.
    pub fn read_from(reader: &mut impl Read, referential: Arc<Referential>) -> Result<Self, SnapshotError> {
        let mut length = [0; 8];
        reader.read_exact(&mut length).map_err(unreadable)?;
        let length = u64::from_le_bytes(length);
        if length > HEADER_BYTES {
            return Err(SnapshotError::Bytes("en-tête trop long".to_owned()));
        }
        let mut bytes = Vec::new();
        reader.take(length).read_to_end(&mut bytes).map_err(unreadable)?;
        let header: Header = postcard::from_bytes(&bytes).map_err(unreadable)?;
        let index = Index::read_from(schema(&referential), reader)?;
        Ok(Self {
            stamp: header.stamp,
            referential,
            index,
            rule: Arc::new(header.rule),
            providers: Arc::new(header.providers),
            offer: Arc::default(),
        })
    }

    pub(crate) fn training(&self, address: Address) -> Training {
        postcard::from_bytes(self.index.payload(address)).expect("payloads are written by this module")
    }
}

fn unreadable(error: impl std::fmt::Display) -> SnapshotError {
    SnapshotError::Bytes(error.to_string())
}

/// Text fields and how much a word found there weighs: title, then skills and themes, then the
/// summary, then who gives it and where.
const TEXTS: [(&str, u8); 4] =
    [("intitulé", 6), ("compétences et thématiques", 3), ("résumé", 2), ("organisme, format et lieu", 1)];

fn schema(referential: &Referential) -> explorer::Schema {
    let value = |id: &str, parent: Option<&str>| explorer::FacetValue {
        id: id.to_owned(),
        parent: parent.map(str::to_owned),
    };
    let facets = Facet::all().map(|facet| {
        let values = match facet {
            Facet::Provider => Vec::new(),
            Facet::Competence => referential
                .blocks()
                .iter()
                .flat_map(|block| {
                    let children =
                        block.competences.iter().map(|c| value(&referential.term(*c).id, Some(&block.id)));
                    std::iter::once(value(&block.id, None)).chain(children)
                })
                .collect(),
            _ => referential.terms(facet.name()).iter().map(|term| value(&term.id, None)).collect(),
        };
        explorer::Facet { name: facet.name().to_owned(), values, open: facet == Facet::Provider }
    });
    explorer::Schema {
        texts: TEXTS.map(|(name, weight)| explorer::TextField { name: name.to_owned(), weight }).to_vec(),
        facets: facets.collect(),
        numbers: ["duration_hours", "price_eur", "seen"].map(str::to_owned).to_vec(),
        synonyms: explorer::Synonyms { groups: referential.synonyms().to_vec() },
    }
}

/// The texts that are searched, in the order of `TEXTS`.
pub(crate) fn texts(training: &Training, referential: &Referential) -> Vec<String> {
    fn labels<'a, C: Code + 'a>(
        codes: impl Iterator<Item = C> + 'a,
        referential: &'a Referential,
    ) -> impl Iterator<Item = &'a str> {
        codes.map(|code| referential.term(code).label.as_str())
    }
    let subjects: Vec<&str> = labels(training.themes.iter(), referential)
        .chain(labels(training.competences.iter().map(|(competence, _)| competence), referential))
        .collect();
    let formats: Vec<&str> = labels(training.formats.iter(), referential).collect();
    let place = training.city.as_deref().unwrap_or_default();
    vec![
        training.title.clone(),
        subjects.join(" ; "),
        training.summary.clone(),
        format!("{} ; {} ; {place}", training.provider.name, formats.join(" ; ")),
    ]
}

fn document(training: &Training, referential: &Referential) -> Document {
    let seen = training.sources.main.seen.map(Seen::rank);
    let numbers = vec![
        training.duration_hours.map(|h| h.get() as f32),
        training.price_eur.map(|p| p.get() as f32),
        seen,
    ];
    Document {
        key: training.id.to_string(),
        texts: texts(training, referential),
        facets: Facet::all().map(|facet| facets::values(training, facet, referential)).collect(),
        numbers,
        sort_key: slug(&training.title),
        standing: standing(training),
        payload: postcard::to_stdvec(training).expect("a training is plain data"),
    }
}

/// Order without words: how many of the facts that decide a reader are stated, then freshness.
fn standing(training: &Training) -> u32 {
    let freshness = training.sources.main.seen.map_or(0.0, Seen::rank) as u32;
    (u32::from(stated_facts(training)) << 24) + freshness
}
