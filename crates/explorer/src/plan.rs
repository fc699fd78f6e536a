//! A query's words as clauses: what to look up for each, and how rare it is.
//! Absent: evaluation over documents, except for expressions, whose rarity is not known otherwise.

use crate::analysis::{self, Word};
use crate::found::{Reading, ReadingKind};
use crate::index::Inner;
use crate::matching::{self, Scorer};
use crate::query::Matching;
use crate::spelling;
use crate::text::{self, Dictionary};
use crate::typed::{self, Piece};

/// Under [`Matching::Any`], words from this many letters bring the longer forms that begin with them.
const EXTENDED_CHARS_MIN: usize = 5;

/// Something to look up for a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Lookup {
    /// A term of a dictionary.
    Term(Dictionary, String),
    /// All these words, each by any of its terms.
    Together(Vec<Vec<String>>),
    /// Exact forms at these distances.
    Phrase(Vec<(u32, String)>),
}

/// A lookup ready to be read.
#[derive(Debug, Clone)]
pub(crate) enum Source {
    Term(Dictionary, String),
    /// For each part: documents and frequencies, in order.
    Ready(Vec<Vec<(u32, u32)>>),
}

/// One word or expression: a document satisfies it by any of its lookups, the best one counts.
#[derive(Debug, Clone)]
pub(crate) struct Clause {
    /// Number of its reading in [`Plan::readings`].
    pub reading: usize,
    pub lookups: Vec<Lookup>,
    pub sources: Vec<Source>,
    /// Greatest number of documents of a lookup.
    pub frequency: u64,
    pub rarity: f32,
    pub scorer: Scorer,
}

/// All the words of a query.
#[derive(Debug, Clone, Default)]
pub(crate) struct Plan {
    pub readings: Vec<Reading>,
    /// In the order of the words.
    pub clauses: Vec<Clause>,
    order: Vec<usize>,
}

impl Plan {
    /// Reads the words of `text` against an index.
    pub fn new(inner: &Inner, text: &str, matching: Matching) -> Self {
        let any = matching == Matching::Any;
        let plan = Self::read(Planner { inner, plan: Self::default(), any, guess: !any }, text);
        // When one word is enough, a guess at another brings more noise than documents.
        if any && plan.clauses.iter().all(|clause| clause.frequency == 0) {
            return Self::read(Planner { inner, plan: Self::default(), any, guess: true }, text);
        }
        plan
    }

    fn read(mut planner: Planner<'_>, text: &str) -> Self {
        let mut pieces = typed::pieces(text, &planner.inner.concepts);
        if planner.guess
            && let Some(respelled) = planner.respelled(text, &pieces)
        {
            pieces = respelled;
        }
        let only_stops = pieces.iter().all(|piece| matches!(piece, Piece::Word { word, .. } if word.stop));
        for piece in pieces {
            planner.piece(piece, only_stops);
        }
        planner.plan.ordered()
    }

    /// Looks up terms of the stemmed dictionary, one clause each.
    pub fn of_terms(inner: &Inner, terms: Vec<String>) -> Self {
        let mut planner = Planner { inner, plan: Self::default(), any: false, guess: false };
        for term in terms {
            planner.clause(term.clone(), ReadingKind::Word, vec![Lookup::Term(Dictionary::Words, term)]);
        }
        planner.plan.ordered()
    }

    fn ordered(mut self) -> Self {
        self.order = (0..self.clauses.len()).collect();
        self.order.sort_by_key(|at| self.clauses[*at].frequency);
        self
    }

    /// Whether there is nothing to look up.
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }

    /// The clause, when there is one only.
    pub fn single(&self) -> Option<&Clause> {
        self.clauses.first().filter(|_| self.clauses.len() == 1)
    }

    /// Most documents that evaluating the words reads, over all parts.
    pub fn documents_read(&self) -> u64 {
        self.clauses.iter().map(|clause| clause.frequency).sum()
    }

    /// Clauses, rarest first: the order of evaluation and of sums.
    pub fn in_order(&self) -> impl Iterator<Item = &Clause> {
        self.order.iter().map(|at| &self.clauses[*at])
    }
}

struct Planner<'a> {
    inner: &'a Inner,
    plan: Plan,
    /// Whether one word is enough: compounds and quoted expressions are then looked up word by word too.
    any: bool,
    /// Whether unknown words are completed or corrected.
    guess: bool,
}

impl Planner<'_> {
    fn piece(&mut self, piece: Piece, only_stops: bool) {
        match piece {
            Piece::Expression { typed, groups, words } => {
                let mut lookups: Vec<Lookup> = groups
                    .iter()
                    .map(|group| Lookup::Term(Dictionary::Words, self.inner.concepts.term(*group).to_owned()))
                    .collect();
                lookups.push(together(&words));
                let expressions =
                    groups.iter().flat_map(|group| &self.inner.schema.synonyms.groups[*group as usize]);
                let kind = ReadingKind::Synonym(expressions.cloned().collect());
                self.clause(typed, kind, lookups);
            }
            Piece::Quoted { typed, forms } => {
                let words: Vec<Word> = forms.iter().map(|(_, form)| analysis::word(form)).collect();
                self.clause(typed, ReadingKind::Exact, vec![Lookup::Phrase(forms)]);
                if self.any {
                    words.iter().for_each(|word| self.part_of_quoted(word));
                }
            }
            Piece::Compound { typed, joined, parts, last } => {
                let lookups: Vec<Lookup> = terms(&joined).into_iter().chain([together(&parts)]).collect();
                let clause = self.measure(lookups);
                if clause.frequency > 0 && !self.any {
                    self.keep(typed, ReadingKind::Word, clause);
                } else {
                    for (at, part) in parts.into_iter().enumerate() {
                        self.word(part.shown.clone(), &part, last && at == 1);
                    }
                }
            }
            Piece::Word { typed, word, .. } if word.stop && only_stops => {
                let lookup = Lookup::Term(Dictionary::Exact, word.exact);
                self.clause(typed, ReadingKind::Word, vec![lookup]);
            }
            Piece::Word { typed, word, .. } if word.stop => {
                self.plan.readings.push(Reading { typed, kind: ReadingKind::Ignored });
            }
            Piece::Word { typed, word, last } => self.word(typed, &word, last),
        }
    }

    /// What is read once unknown words are corrected, when they then make an expression with their
    /// neighbours (« inteligence artificielle »); each correction is told.
    fn respelled(&mut self, text: &str, pieces: &[Piece]) -> Option<Vec<Piece>> {
        let mut corrected = text.to_owned();
        let mut readings = Vec::new();
        for piece in pieces {
            let Piece::Word { typed, word, .. } = piece else { continue };
            if word.stop || self.measure(self.word_lookups(word)).frequency > 0 {
                continue;
            }
            let Some(near) = spelling::nearest(self.inner, &word.exact).into_iter().next() else { continue };
            let near = spelling::shown(self.inner, &near);
            corrected = corrected.replacen(typed.as_str(), &near, 1);
            let kind = ReadingKind::Corrected(vec![near]);
            readings.push(Reading { typed: typed.clone(), kind });
        }
        let respelled = typed::pieces(&corrected, &self.inner.concepts);
        let long = |piece: &Piece| matches!(piece, Piece::Expression { words, .. } if words.len() > 1);
        let count = |pieces: &[Piece]| pieces.iter().filter(|piece| long(piece)).count();
        if readings.is_empty() || count(&respelled) <= count(pieces) {
            return None;
        }
        self.plan.readings = readings;
        Some(respelled)
    }

    fn word(&mut self, typed: String, word: &Word, last: bool) {
        let lookups = self.word_lookups(word);
        let clause = self.measure(lookups);
        if clause.frequency > 0 {
            return self.keep(typed, ReadingKind::Word, clause);
        }
        if !self.guess {
            return self.keep(typed, ReadingKind::Unknown, clause);
        }
        if last && word.exact.chars().count() >= spelling::PREFIX_CHARS_MIN {
            let forms = spelling::longer(self.inner, &word.exact);
            if self.forms(&typed, forms, ReadingKind::Prefix) {
                return;
            }
        }
        let forms = spelling::nearest(self.inner, &word.exact);
        if self.forms(&typed, forms, ReadingKind::Corrected) {
            return;
        }
        self.keep(typed, ReadingKind::Unknown, clause);
    }

    /// The terms of a word, and of its usual spelling when it is typed without its accents; when one
    /// word is enough, also those of longer forms, which find words derived from it or glued to the
    /// next one by a bad conversion.
    fn word_lookups(&self, word: &Word) -> Vec<Lookup> {
        let mut lookups = terms(word);
        let usual = spelling::shown(self.inner, &word.exact);
        if word.shown == word.exact && usual != word.exact {
            for lookup in terms(&analysis::word(&usual)) {
                if !lookups.contains(&lookup) {
                    lookups.push(lookup);
                }
            }
        }
        if self.any && word.exact.chars().count() >= EXTENDED_CHARS_MIN {
            for lookup in self.lookups(&spelling::longer(self.inner, &word.exact)).0 {
                if !lookups.contains(&lookup) {
                    lookups.push(lookup);
                }
            }
        }
        lookups
    }

    /// Adds a word of the quoted expression just read: it counts too when one word is enough.
    fn part_of_quoted(&mut self, word: &Word) {
        if !word.stop {
            let mut clause = self.measure(self.word_lookups(word));
            clause.reading = self.plan.readings.len() - 1;
            self.plan.clauses.push(clause);
        }
    }

    /// Looks up other forms in place of a word; false when there is none.
    fn forms(&mut self, typed: &str, forms: Vec<String>, kind: impl Fn(Vec<String>) -> ReadingKind) -> bool {
        if forms.is_empty() {
            return false;
        }
        let (mut lookups, shown) = self.lookups(&forms);
        let kind = kind(shown);
        if let ReadingKind::Corrected(spellings) = &kind {
            // What was meant has its synonyms.
            lookups.extend(spellings.iter().flat_map(|spelling| self.synonyms(spelling)));
        }
        let clause = self.measure(lookups);
        if clause.frequency == 0 {
            return false;
        }
        self.keep(typed.to_owned(), kind, clause);
        true
    }

    /// The terms of the groups that a single word belongs to.
    fn synonyms(&self, spelling: &str) -> Vec<Lookup> {
        let concepts = &self.inner.concepts;
        let number = concepts.word(analysis::word(spelling).accentless());
        let groups = concepts.longest(&[number]).map(|(_, groups)| groups.to_vec()).unwrap_or_default();
        let term = |group: u32| Lookup::Term(Dictionary::Words, concepts.term(group).to_owned());
        groups.into_iter().map(term).collect()
    }

    /// What to look up for forms of the exact dictionary, and their usual spellings.
    fn lookups(&self, forms: &[String]) -> (Vec<Lookup>, Vec<String>) {
        let mut lookups: Vec<Lookup> = Vec::new();
        let mut shown = Vec::new();
        for form in forms {
            let spelled = spelling::shown(self.inner, form);
            let word = analysis::word(&spelled);
            // A form that is too common for the stemmed dictionary is still in the exact one.
            let own =
                if word.stop { vec![Lookup::Term(Dictionary::Exact, form.clone())] } else { terms(&word) };
            for lookup in own {
                if !lookups.contains(&lookup) {
                    lookups.push(lookup);
                }
            }
            shown.push(spelled);
        }
        (lookups, shown)
    }

    fn clause(&mut self, typed: String, kind: ReadingKind, lookups: Vec<Lookup>) {
        let clause = self.measure(lookups);
        let kind =
            if clause.frequency == 0 && kind == ReadingKind::Word { ReadingKind::Unknown } else { kind };
        self.keep(typed, kind, clause);
    }

    fn keep(&mut self, typed: String, kind: ReadingKind, mut clause: Clause) {
        clause.reading = self.plan.readings.len();
        self.plan.readings.push(Reading { typed, kind });
        // A word typed twice says nothing more.
        if self.plan.clauses.iter().all(|other| other.lookups != clause.lookups) {
            self.plan.clauses.push(clause);
        }
    }

    /// Resolves lookups and measures their rarity over all parts.
    fn measure(&self, lookups: Vec<Lookup>) -> Clause {
        let mut sources = Vec::new();
        let mut frequency = 0;
        for lookup in &lookups {
            let (source, own) = self.source(lookup);
            if own > 0 {
                sources.push(source);
            }
            frequency = frequency.max(own);
        }
        let rarity = matching::rarity(frequency, self.inner.documents());
        let scorer = Scorer::new(rarity, self.inner.mean_length());
        Clause { reading: 0, lookups, sources, frequency, rarity, scorer }
    }

    fn source(&self, lookup: &Lookup) -> (Source, u64) {
        let parts = self.inner.parts.iter().map(|part| &part.segment.text);
        let ready: Vec<Vec<(u32, u32)>> = match lookup {
            Lookup::Term(dictionary, term) => {
                let frequency = parts.map(|text| text.frequency(*dictionary, term)).sum();
                return (Source::Term(*dictionary, term.clone()), frequency);
            }
            Lookup::Together(words) => parts.map(|text| together_in(text, words)).collect(),
            Lookup::Phrase(forms) => parts.map(|text| text::phrase(text, forms)).collect(),
        };
        let frequency = ready.iter().map(|pairs| pairs.len() as u64).sum();
        (Source::Ready(ready), frequency)
    }
}

fn terms(word: &Word) -> Vec<Lookup> {
    word.terms().map(|term| Lookup::Term(Dictionary::Words, term.to_owned())).collect()
}

fn together(words: &[Word]) -> Lookup {
    Lookup::Together(words.iter().map(|word| word.terms().map(str::to_owned).collect()).collect())
}

/// Documents that hold all of several words; the frequency is that of the least frequent.
fn together_in(text: &text::Text, words: &[Vec<String>]) -> Vec<(u32, u32)> {
    let weight =
        |terms: &Vec<String>| -> u64 { terms.iter().map(|t| text.frequency(Dictionary::Words, t)).sum() };
    let mut words: Vec<(u64, &Vec<String>)> = words.iter().map(|terms| (weight(terms), terms)).collect();
    words.sort_by_key(|(weight, _)| *weight);
    let mut words = words.into_iter();
    let Some((_, rarest)) = words.next() else { return Vec::new() };
    let mut found = any_of(text, rarest);
    for (_, terms) in words {
        if found.is_empty() {
            break;
        }
        let mut lists: Vec<_> =
            terms.iter().filter_map(|term| text.postings(Dictionary::Words, term)).collect();
        found.retain_mut(|(doc, frequency)| {
            let own = lists.iter_mut().map(|list| {
                let at = list.seek(*doc);
                if list.doc(at) == *doc { list.freq(at) } else { 0 }
            });
            *frequency = own.max().unwrap_or(0).min(*frequency);
            *frequency > 0
        });
    }
    found
}

/// Documents that hold any of several terms; the frequency is that of the most frequent.
fn any_of(text: &text::Text, terms: &[String]) -> Vec<(u32, u32)> {
    let mut all = Vec::new();
    for postings in terms.iter().filter_map(|term| text.postings(Dictionary::Words, term)) {
        text::for_each(postings, |doc, frequency| all.push((doc, frequency)));
    }
    if terms.len() > 1 {
        all.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
        all.dedup_by_key(|pair| pair.0);
    }
    all
}
