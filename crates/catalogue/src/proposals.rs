//! Themes, audiences, objectives and competences proposed from a training's text, with the words that
//! led to them and the share of such proposals that were right.
//!
//! What is learnt: one linear judge for each value (see `linear`), from the trainings of the catalogue
//! that have the field; what their scores are worth, from judges that had not seen the training's
//! provider (see `calibration`). A value is proposed when, at its score and above, the share [`WANTED`] of
//! them was right. A competence is proposed with a level only, when words speak for the level too.
//! Everything is a pure function of the trainings: the same catalogue gives the same proposals.
//! Absent: who accepts a proposal, and where it is kept. A proposal is never shown as a fact.

mod calibration;
mod linear;
mod measured;
mod quality;
mod words;

use std::borrow::Borrow;
use std::collections::BTreeMap;

use crate::evidence::Field;
use crate::referential::Referential;
use crate::training::Training;
use crate::vocabulary::{Code, Competence, Level, Set};

use calibration::Calibration;
use explorer::Stemming;
use linear::{Judge, Stems, Vector};
use words::{Token, tokens};

pub use measured::{Measured, measured};
pub use quality::{FieldQuality, Quality, cross_validated};
pub use words::telling;

/// Wanted share of right values among those proposed, for each of [`FIELDS`]. Less is asked of competences, which
/// are right only with their level: at 0.8 hardly any would be proposed.
pub const WANTED: [f32; 4] = [0.8, 0.8, 0.8, 0.6];
/// Most trainings learnt from; of a larger catalogue, those whose identifiers have the least hashes.
pub const LEARNT_MOST: usize = 2_000;
/// Least number of trainings that have a value before it is ever proposed.
pub const LEAST_EXAMPLES: usize = 5;
/// Most words given as the reason of a proposal.
pub const WORDS_MOST: usize = 4;
/// Parts in which trainings are cut to find out what scores are worth.
const FOLDS: usize = 5;

/// The fields proposed, in the order of proposals.
pub const FIELDS: [Field; 4] = [Field::Themes, Field::Audience, Field::Objectives, Field::Competences];

/// What is read of a training to make proposals.
#[derive(Debug, Clone, Copy, Default)]
pub struct ProposalText<'a> {
    /// Title.
    pub title: &'a str,
    /// Summary.
    pub summary: &'a str,
    /// Words of the source on what the training is about (see [`telling`]).
    pub stated: &'a str,
}

/// A value proposed for a field that nobody has filled.
#[derive(Debug, Clone, PartialEq)]
pub struct ProposedValue {
    /// One of [`FIELDS`].
    pub field: Field,
    /// Identifier of the value in the referential.
    pub value: String,
    /// Level reached, 1 to 4; for competences only, and always for them.
    pub level: Option<u8>,
    /// Share of such proposals that were right in cross-validation, 0 to 1.
    pub confidence: f32,
    /// The words of the text that spoke most for it, as they are written there, lower-cased.
    pub words: Vec<String>,
}

/// A training as the judges see it.
#[derive(Clone)]
struct Example {
    provider: u64,
    id: u64,
    tokens: std::rc::Rc<Vec<Token>>,
    values: [u64; 4],
    levels: Vec<(u8, u8)>,
}

/// The judges of one field, by position of the value.
#[derive(Debug, Clone, Default)]
struct FieldJudges {
    judges: BTreeMap<u8, Judge>,
    worth: Calibration,
}

/// All that was learnt from a catalogue.
#[derive(Debug, Clone, Default)]
pub struct Proposals {
    stems: Stems,
    fields: [FieldJudges; 4],
    levels: FieldJudges,
    pairs: Calibration,
    ids: [Vec<String>; 4],
    learnt: usize,
    stemming: Stemming,
}

/// A value proposed, by position.
struct Candidate {
    field: usize,
    position: u8,
    level: Option<u8>,
    confidence: f32,
    words: Vec<usize>,
}

/// What a judge says of a value: level, confidence, places of the words that speak for it.
type Opinion = (Option<u8>, f32, Vec<usize>);

/// Place of competences in [`FIELDS`].
const COMPETENCES: usize = 3;

impl Proposals {
    /// Learns from the trainings of a catalogue. At most
    /// [`LEARNT_MOST`] are kept, so that a larger catalogue costs one reading of its trainings more.
    pub fn learn(trainings: impl Iterator<Item = impl Borrow<Training>>, referential: &Referential) -> Self {
        let mut stemming = Stemming::default();
        let examples = examples(trainings, &mut stemming);
        let mut proposals = Self::from_examples(&examples.iter().collect::<Vec<_>>());
        let ids = |name: &str| referential.terms(name).iter().map(|term| term.id.clone()).collect();
        proposals.stemming = stemming;
        proposals.ids = ["theme", "audience", "objective", Competence::VOCABULARY].map(ids);
        proposals
    }

    /// Number of trainings learnt from.
    pub fn learnt(&self) -> usize {
        self.learnt
    }

    /// What the words of a text speak for, by field then by falling confidence. Nothing is proposed that
    /// no word speaks for. The words met are remembered, which changes nothing but the time taken.
    pub fn propose(&mut self, text: &ProposalText<'_>) -> Vec<ProposedValue> {
        let tokens = tokens(text, &mut self.stemming);
        let candidates = self.candidates(&tokens).into_iter().filter_map(|candidate| {
            let value = self.ids[candidate.field].get(usize::from(candidate.position))?.clone();
            let words = candidate.words.iter().map(|place| tokens[*place].shown.clone()).collect();
            let Candidate { field, level, confidence, .. } = candidate;
            Some(ProposedValue { field: FIELDS[field], value, level, confidence, words })
        });
        candidates.collect()
    }

    fn candidates(&self, tokens: &[Token]) -> Vec<Candidate> {
        let (vector, places) = self.stems.vector(tokens);
        let level = self.levels.best(&vector);
        let mut all = Vec::new();
        for (field, judges) in self.fields.iter().enumerate() {
            let mut found = Vec::new();
            for (position, judge) in &judges.judges {
                let score = judge.score(&vector);
                let opinion = match field {
                    COMPETENCES => self.with_level(judge, judges.worth.share(score), &vector, &level),
                    _ if judges.worth.keeps(score) => {
                        Some((None, judges.worth.share(score), judge.reasons(&vector, WORDS_MOST)))
                    }
                    _ => None,
                };
                // Nothing is proposed that no word speaks for.
                if let Some((level, confidence, words)) = opinion.filter(|(.., words)| !words.is_empty()) {
                    let words = words.into_iter().map(|place| places[place]).collect();
                    found.push((score, Candidate { field, position: *position, level, confidence, words }));
                }
            }
            found.sort_by(|a, b| b.1.confidence.total_cmp(&a.1.confidence).then(b.0.total_cmp(&a.0)));
            all.extend(found.into_iter().map(|(_, candidate)| candidate));
        }
        all
    }

    /// A competence with the level of its text, when both are sure enough: level, confidence, words of both.
    fn with_level(
        &self,
        judge: &Judge,
        share: f32,
        vector: &Vector,
        level: &Option<(u8, f32, Vec<usize>)>,
    ) -> Option<Opinion> {
        let (best, level_score, level_words) = level.as_ref()?;
        let share = share * self.levels.worth.share(*level_score);
        if level_words.is_empty() || !self.pairs.keeps(share) {
            return None;
        }
        let mut words = judge.reasons(vector, WORDS_MOST);
        if !words.is_empty() {
            words.truncate(WORDS_MOST - 1);
            words.extend(level_words.iter().copied().find(|place| !words.contains(place)));
        }
        Some((Some(*best), self.pairs.share(share), words))
    }

    /// Judges of all the examples, and the worth of their scores found on parts of them.
    fn from_examples(examples: &[&Example]) -> Self {
        let mut whole = Self::judges(examples);
        let mut judged: [Vec<(f32, bool)>; 5] = Default::default();
        let mut pairs: Vec<(f32, f32, bool)> = Vec::new();
        for fold in 0..FOLDS {
            let (test, rest): (Vec<&Example>, Vec<&Example>) =
                examples.iter().partition(|example| part(example.provider, FOLDS) == fold);
            let part = Self::judges(&rest);
            for example in test {
                part.judge(example, &mut judged, &mut pairs);
            }
        }
        let [themes, audiences, objectives, competences, levels] = judged;
        let [competences, levels] = [competences, levels].map(|judged| Calibration::learn(judged, 0.0));
        let pairs = pairs
            .into_iter()
            .map(|(competence, level, right)| (competences.share(competence) * levels.share(level), right));
        whole.pairs = Calibration::learn(pairs.collect(), WANTED[COMPETENCES]);
        for (place, judged) in [themes, audiences, objectives].into_iter().enumerate() {
            whole.fields[place].worth = Calibration::learn(judged, WANTED[place]);
        }
        whole.fields[COMPETENCES].worth = competences;
        whole.levels.worth = levels;
        whole
    }

    /// The scores of one example that was not learnt from, and whether its values are right.
    fn judge(
        &self,
        example: &Example,
        judged: &mut [Vec<(f32, bool)>; 5],
        pairs: &mut Vec<(f32, f32, bool)>,
    ) {
        let (vector, _) = self.stems.vector(&example.tokens);
        for (field, judges) in self.fields.iter().enumerate().filter(|(field, _)| example.values[*field] != 0)
        {
            for (position, judge) in &judges.judges {
                judged[field].push((judge.score(&vector), example.values[field] >> position & 1 == 1));
            }
        }
        let Some((level, level_score, _)) = self.levels.best(&vector) else { return };
        for (_, right) in &example.levels {
            judged[4].push((level_score, *right == level));
        }
        for (position, judge) in self.fields[COMPETENCES].judges.iter().filter(|_| !example.levels.is_empty())
        {
            let right = example.levels.contains(&(*position, level));
            pairs.push((judge.score(&vector), level_score, right));
        }
    }

    /// Judges without the worth of their scores.
    fn judges(examples: &[&Example]) -> Self {
        let texts: Vec<&[Token]> = examples.iter().map(|example| example.tokens.as_slice()).collect();
        let stems = Stems::learn(&texts);
        let vectors: Vec<Vector> = texts.iter().map(|tokens| stems.vector(tokens).0).collect();
        let field = |place: usize| {
            let sets = examples.iter().map(|example| example.values[place]);
            FieldJudges::learn(stems.len(), &vectors, &sets.collect::<Vec<_>>())
        };
        // The level of most of a training's competences is the level of its text.
        let levels = examples.iter().map(|example| 1 << usual(&example.levels).unwrap_or(63));
        let levels = levels.map(|set: u64| if set == 1 << 63 { 0 } else { set });
        let levels = FieldJudges::learn(stems.len(), &vectors, &levels.collect::<Vec<_>>());
        let fields = [field(0), field(1), field(2), field(3)];
        Self { stems, fields, levels, learnt: examples.len(), ..Self::default() }
    }
}

impl FieldJudges {
    /// From vectors and the sets of values they have; an empty set is an unknown, and teaches nothing.
    fn learn(stems: usize, vectors: &[Vector], sets: &[u64]) -> Self {
        let known: Vec<(&Vector, u64)> =
            vectors.iter().zip(sets.iter().copied()).filter(|(_, set)| *set != 0).collect();
        let judge = |position: u8| {
            let has = |set: u64| set >> position & 1 == 1;
            let positives = known.iter().filter(|(_, set)| has(*set)).count();
            let examples: Vec<(&Vector, bool)> =
                known.iter().map(|(vector, set)| (*vector, has(*set))).collect();
            (positives >= LEAST_EXAMPLES).then(|| (position, Judge::learn(stems, &examples)))
        };
        Self { judges: (0..64).filter_map(judge).collect(), worth: Calibration::default() }
    }

    /// The value of the best score, with that score and the places of the stems that speak for it.
    fn best(&self, vector: &Vector) -> Option<(u8, f32, Vec<usize>)> {
        let scores = self.judges.iter().map(|(position, judge)| (*position, judge.score(vector)));
        let (position, score) = scores.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
        Some((position, score, self.judges[&position].reasons(vector, WORDS_MOST)))
    }
}

/// The commonest level, the lowest of them.
fn usual(levels: &[(u8, u8)]) -> Option<u8> {
    let count = |level: u8| levels.iter().filter(|(_, known)| *known == level).count();
    let known = Level::all().map(Level::number).filter(|level| count(*level) > 0);
    known.max_by_key(|level| (count(*level), u8::MAX - level))
}

/// The trainings learnt from, in the order of their hashes: that of the rows does not count.
fn examples(trainings: impl Iterator<Item = impl Borrow<Training>>, stemming: &mut Stemming) -> Vec<Example> {
    let mut kept: BTreeMap<(u64, String), Example> = BTreeMap::new();
    for training in trainings {
        let training = training.borrow();
        let values = [
            training.themes.bits(),
            training.audiences.bits(),
            training.objectives.bits(),
            training.competences.iter().map(|(code, _)| code).collect::<Set<Competence>>().bits(),
        ];
        let id = hash(training.id.as_str());
        let full = kept.len() >= LEARNT_MOST;
        let last = kept.last_key_value().map(|((last, _), _)| *last);
        if values == [0; 4] || (full && last.is_some_and(|last| id >= last)) {
            continue;
        }
        let stated = telling(training);
        let text = ProposalText { title: &training.title, summary: &training.summary, stated: &stated };
        let levels = training.competences.iter().map(|(code, level)| (code.position(), level.number()));
        let example = Example {
            provider: hash(&training.provider.id()),
            id,
            tokens: std::rc::Rc::new(tokens(&text, stemming)),
            values,
            levels: levels.collect(),
        };
        kept.insert((id, training.id.to_string()), example);
        if kept.len() > LEARNT_MOST {
            kept.pop_last();
        }
    }
    kept.into_values().collect()
}

/// A part from 0 to `parts` − 1.
fn part(hash: u64, parts: usize) -> usize {
    ((hash >> 32) % parts.max(1) as u64) as usize
}

/// FNV-1a of 64 bits (Fowler, Noll and Vo, draft-eastlake-fnv), then the finalizer of MurmurHash3
/// (Appleby), so that high bits depend on all letters.
fn hash(text: &str) -> u64 {
    let fnv = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mixed = (fnv ^ (fnv >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let mixed = (mixed ^ (mixed >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    mixed ^ (mixed >> 33)
}
