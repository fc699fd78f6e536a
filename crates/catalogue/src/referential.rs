//! The referential: every vocabulary with labels, definitions and order, the competences in their
//! blocks, the synonyms of the search. Absent: what is said of each competence (see `sheets`), trainings.

mod sheets;

use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::vocabulary::{Code, Competence, Level, Theme};
use sheets::Sheet;

pub use sheets::{Kinship, Relation};

/// A value of a vocabulary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Identifier in files and addresses.
    pub id: String,
    /// Label on screens.
    pub label: String,
    /// One sentence that says what it means.
    pub definition: String,
}

/// A block of competences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Identifier in addresses.
    pub id: String,
    /// Label on screens.
    pub label: String,
    /// Its competences, in order.
    pub competences: Vec<Competence>,
}

#[derive(Debug, Clone, Default)]
struct Vocabulary {
    terms: Vec<Term>,
    positions: FxHashMap<String, u8>,
}

impl Vocabulary {
    fn push(&mut self, vocabulary: &str, term: Term) -> Result<(), ReferentialError> {
        let position = self.terms.len();
        if position >= 64 {
            return Err(ReferentialError::TooMany(vocabulary.to_owned()));
        }
        let id = term.id.clone();
        if self.positions.insert(id.clone(), position as u8).is_some() {
            return Err(ReferentialError::Duplicate { vocabulary: vocabulary.to_owned(), id });
        }
        self.terms.push(term);
        Ok(())
    }
}

/// Why a referential cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReferentialError {
    /// A file is not the table expected.
    #[error("référentiel illisible : {0}")]
    Csv(#[from] csv::Error),
    /// Two values of a vocabulary share an identifier.
    #[error("vocabulaire « {vocabulary} » : la valeur « {id} » est écrite deux fois")]
    Duplicate {
        /// Name of the vocabulary.
        vocabulary: String,
        /// The repeated identifier.
        id: String,
    },
    /// A vocabulary holds more than 64 values.
    #[error("vocabulaire « {0} » : plus de 64 valeurs")]
    TooMany(String),
    /// A vocabulary that the code relies on is absent.
    #[error("vocabulaire « {0} » absent")]
    Missing(&'static str),
    /// A table says something that cannot be, or lacks something.
    #[error("table « {table} » : {problem}")]
    Table {
        /// Name of the table.
        table: &'static str,
        /// What is wrong.
        problem: String,
    },
}

/// The tables that a referential is read from, as CSV text.
#[derive(Debug, Clone, Copy)]
pub struct ReferentialTables<'a> {
    /// `vocabulary,id,label,definition`
    pub vocabularies: &'a str,
    /// `block,block_label,id,label,definition,theme`
    pub competences: &'a str,
    /// `competence,level,can_do`
    pub levels: &'a str,
    /// `competence,question`
    pub questions: &'a str,
    /// `competence,framework,code,label,relation,source_url`
    pub frameworks: &'a str,
    /// `expressions`
    pub synonyms: &'a str,
}

/// All vocabularies, the competences and the synonyms.
#[derive(Debug, Clone)]
pub struct Referential {
    vocabularies: FxHashMap<String, Vocabulary>,
    blocks: Vec<Block>,
    /// One for each competence, in order.
    sheets: Vec<Sheet>,
    synonyms: Vec<Vec<String>>,
}

#[derive(Deserialize)]
struct VocabularyRow {
    vocabulary: String,
    id: String,
    label: String,
    definition: String,
}

#[derive(Deserialize)]
struct CompetenceRow {
    block: String,
    block_label: String,
    id: String,
    label: String,
    definition: String,
    theme: String,
}

#[derive(Deserialize)]
struct SynonymRow {
    expressions: String,
}

/// Vocabularies that must be there and not be empty.
const REQUIRED: [&str; 12] = [
    "theme",
    "audience",
    "objective",
    "nature",
    "format",
    "kind",
    "provider_kind",
    "language",
    "competence",
    "level",
    "duration",
    "price",
];

impl Referential {
    /// The tables built into the program, from `data/`.
    pub const BUILTIN: ReferentialTables<'static> = ReferentialTables {
        vocabularies: include_str!("../../../data/vocabularies.csv"),
        competences: include_str!("../../../data/competences.csv"),
        levels: include_str!("../../../data/competence_levels.csv"),
        questions: include_str!("../../../data/competence_questions.csv"),
        frameworks: include_str!("../../../data/competence_frameworks.csv"),
        synonyms: include_str!("../../../data/synonymes.csv"),
    };

    /// The referential built into the program.
    pub fn builtin() -> Arc<Referential> {
        static BUILTIN: OnceLock<Arc<Referential>> = OnceLock::new();
        BUILTIN
            .get_or_init(|| {
                let referential = Self::read(&Self::BUILTIN);
                Arc::new(referential.expect("the built-in referential is tested"))
            })
            .clone()
    }

    /// Reads a referential from its tables.
    ///
    /// # Errors
    /// A table that cannot be read, a value written twice, unknown or missing.
    pub fn read(tables: &ReferentialTables) -> Result<Self, ReferentialError> {
        let mut vocabularies: FxHashMap<String, Vocabulary> = FxHashMap::default();
        for row in csv::Reader::from_reader(tables.vocabularies.as_bytes()).deserialize() {
            let VocabularyRow { vocabulary, id, label, definition } = row?;
            let term = Term { id, label, definition };
            vocabularies.entry(vocabulary.clone()).or_default().push(&vocabulary, term)?;
        }
        let mut synonyms = Vec::new();
        for row in csv::Reader::from_reader(tables.synonyms.as_bytes()).deserialize() {
            let SynonymRow { expressions } = row?;
            synonyms.push(expressions.split('|').map(|e| e.trim().to_owned()).collect());
        }
        let mut referential = Self { vocabularies, blocks: Vec::new(), sheets: Vec::new(), synonyms };
        referential.read_competences(tables.competences)?;
        if let Some(missing) = REQUIRED.iter().find(|name| !referential.vocabularies.contains_key(**name)) {
            return Err(ReferentialError::Missing(missing));
        }
        referential.read_sheets(tables.levels, tables.questions, tables.frameworks)?;
        Ok(referential)
    }

    fn read_competences(&mut self, table: &str) -> Result<(), ReferentialError> {
        for row in csv::Reader::from_reader(table.as_bytes()).deserialize() {
            let CompetenceRow { block, block_label, id, label, definition, theme } = row?;
            let theme = self.code::<Theme>(&theme).ok_or_else(|| ReferentialError::Table {
                table: "competences",
                problem: format!("« {id} » : la thématique « {theme} » n’existe pas"),
            })?;
            let list = self.vocabularies.entry(Competence::VOCABULARY.to_owned()).or_default();
            let code = Competence::at(list.terms.len() as u8);
            list.push(Competence::VOCABULARY, Term { id, label, definition })?;
            self.sheets.push(Sheet::new(theme));
            match self.blocks.iter_mut().find(|known| known.id == block) {
                Some(known) => known.competences.push(code),
                None => self.blocks.push(Block { id: block, label: block_label, competences: vec![code] }),
            }
        }
        Ok(())
    }

    /// The code of an identifier.
    pub fn code<C: Code>(&self, id: &str) -> Option<C> {
        self.vocabularies.get(C::VOCABULARY)?.positions.get(id).map(|position| C::at(*position))
    }

    /// The value of a code.
    ///
    /// # Panics
    /// On a code that was made for another referential.
    pub fn term<C: Code>(&self, code: C) -> &Term {
        &self.vocabularies[C::VOCABULARY].terms[usize::from(code.position())]
    }

    /// All values of a vocabulary in their order; none when there is no such vocabulary.
    pub fn terms(&self, vocabulary: &str) -> &[Term] {
        self.vocabularies.get(vocabulary).map_or(&[], |known| &known.terms)
    }

    /// Label of a value, or the identifier itself when it is unknown.
    pub fn label<'a>(&'a self, vocabulary: &str, id: &'a str) -> &'a str {
        let known = self.vocabularies.get(vocabulary);
        let position = known.and_then(|known| known.positions.get(id));
        match (known, position) {
            (Some(known), Some(position)) => &known.terms[usize::from(*position)].label,
            _ => id,
        }
    }

    /// What a level means.
    pub fn level(&self, level: Level) -> &Term {
        &self.vocabularies["level"].terms[usize::from(level.number()) - 1]
    }

    /// Blocks of competences, in order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Groups of expressions that mean the same.
    pub fn synonyms(&self) -> &[Vec<String>] {
        &self.synonyms
    }
}
