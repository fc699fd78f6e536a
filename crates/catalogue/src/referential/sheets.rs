//! What the referential says of each competence beyond its label: what one can do at each level, the question
//! that opens a self-assessment, the main theme, the relations with other frameworks.
//! Absent: the vocabularies themselves, trainings.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{Referential, ReferentialError};
use crate::values::{WebAddress, text};
use crate::vocabulary::{Code as _, Competence, Level, Theme};

/// Longest sentence or question, in characters.
const SENTENCE_CHARS: usize = 300;
/// Longest name, code or title of another framework, in characters.
const NAME_CHARS: usize = 120;
/// Most relations of one competence.
const RELATIONS_MOST: usize = 8;

const LEVELS: &str = "competence_levels";
const QUESTIONS: &str = "competence_questions";
const FRAMEWORKS: &str = "competence_frameworks";

/// How one of our competences stands to one of another framework.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kinship {
    /// About the same thing.
    Close,
    /// Ours falls within theirs.
    Part,
    /// Ours covers more.
    Wider,
    /// They touch.
    Neighbour,
}

const KINSHIPS: [(Kinship, &str, &str); 4] = [
    (Kinship::Close, "proche", "à peu près la même compétence"),
    (Kinship::Part, "partie", "la nôtre en est une partie"),
    (Kinship::Wider, "recouvre", "la nôtre est plus large"),
    (Kinship::Neighbour, "voisine", "les deux se touchent"),
];

impl Kinship {
    /// Name in files.
    pub fn name(self) -> &'static str {
        KINSHIPS[self as usize].1
    }

    /// In French words.
    pub fn in_french(self) -> &'static str {
        KINSHIPS[self as usize].2
    }

    fn named(name: &str) -> Option<Self> {
        KINSHIPS.iter().find(|(_, known, _)| *known == name).map(|(kinship, ..)| *kinship)
    }
}

/// A relation of a competence with one of another framework; editorial judgement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Name of the framework.
    pub framework: String,
    /// Code in the framework.
    pub code: String,
    /// Title in the framework, in English.
    pub label: String,
    /// How ours stands to it.
    pub kinship: Kinship,
    /// Page where code and title were read.
    pub source: WebAddress,
}

/// What is said of one competence.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    can_do: [String; 4],
    question: String,
    theme: Theme,
    relations: Vec<Relation>,
}

impl Sheet {
    /// A competence of which the theme alone is read so far.
    pub(super) fn new(theme: Theme) -> Self {
        Self { can_do: Default::default(), question: String::new(), theme, relations: Vec::new() }
    }
}

#[derive(Deserialize)]
struct LevelRow {
    competence: String,
    level: u8,
    can_do: String,
}

#[derive(Deserialize)]
struct QuestionRow {
    competence: String,
    question: String,
}

#[derive(Deserialize)]
struct FrameworkRow {
    competence: String,
    framework: String,
    code: String,
    label: String,
    relation: String,
    source_url: String,
}

fn wrong(table: &'static str, problem: String) -> ReferentialError {
    ReferentialError::Table { table, problem }
}

fn rows<R: DeserializeOwned>(text: &str) -> Result<Vec<R>, ReferentialError> {
    Ok(csv::Reader::from_reader(text.as_bytes()).deserialize().collect::<Result<_, _>>()?)
}

/// A text that is there and not too long.
fn bounded(table: &'static str, id: &str, raw: &str, chars: usize) -> Result<String, ReferentialError> {
    text(raw, chars).map_err(|error| wrong(table, format!("« {id} » : {} ; {}", error.problem, error.remedy)))
}

impl Referential {
    /// Reads what is said of each competence; every competence must have its four levels and its question.
    pub(super) fn read_sheets(
        &mut self,
        levels: &str,
        questions: &str,
        frameworks: &str,
    ) -> Result<(), ReferentialError> {
        for LevelRow { competence: id, level, can_do } in rows(levels)? {
            let unknown =
                || wrong(LEVELS, format!("« {id} » : le niveau {level} n’existe pas, il va de 1 à 4"));
            let number = Level::new(level).ok_or_else(unknown)?.number();
            let can_do = bounded(LEVELS, &id, &can_do, SENTENCE_CHARS)?;
            let place = &mut self.sheet(LEVELS, &id)?.can_do[usize::from(number) - 1];
            if !place.is_empty() {
                return Err(wrong(LEVELS, format!("« {id} » : le niveau {level} est écrit deux fois")));
            }
            *place = can_do;
        }
        for QuestionRow { competence: id, question } in rows(questions)? {
            let question = bounded(QUESTIONS, &id, &question, SENTENCE_CHARS)?;
            let place = &mut self.sheet(QUESTIONS, &id)?.question;
            if !place.is_empty() {
                return Err(wrong(QUESTIONS, format!("« {id} » : la question est écrite deux fois")));
            }
            *place = question;
        }
        for row in rows::<FrameworkRow>(frameworks)? {
            let id = row.competence.clone();
            let relation = relation(row)?;
            let relations = &mut self.sheet(FRAMEWORKS, &id)?.relations;
            if relations.len() >= RELATIONS_MOST {
                return Err(wrong(FRAMEWORKS, format!("« {id} » : plus de {RELATIONS_MOST} relations")));
            }
            relations.push(relation);
        }
        self.check_sheets()
    }

    fn sheet(&mut self, table: &'static str, id: &str) -> Result<&mut Sheet, ReferentialError> {
        let unknown = || wrong(table, format!("la compétence « {id} » n’est pas dans le référentiel"));
        let code = self.code::<Competence>(id).ok_or_else(unknown)?;
        Ok(&mut self.sheets[usize::from(code.position())])
    }

    fn check_sheets(&self) -> Result<(), ReferentialError> {
        for (term, sheet) in self.terms(Competence::VOCABULARY).iter().zip(&self.sheets) {
            if let Some(place) = sheet.can_do.iter().position(String::is_empty) {
                return Err(wrong(LEVELS, format!("« {} » : le niveau {} manque", term.id, place + 1)));
            }
            if sheet.question.is_empty() {
                return Err(wrong(QUESTIONS, format!("« {} » : la question manque", term.id)));
            }
        }
        Ok(())
    }

    /// What one can do at a level of a competence: an infinitive in lower case, without a full stop, that reads after
    /// « à ce niveau, on sait » as after « savez-vous déjà ».
    ///
    /// # Panics
    /// On a code that was made for another referential.
    pub fn can_do(&self, competence: Competence, level: Level) -> &str {
        &self.sheets[usize::from(competence.position())].can_do[usize::from(level.number()) - 1]
    }

    /// The question that opens the self-assessment of a competence.
    ///
    /// # Panics
    /// On a code that was made for another referential.
    pub fn question(&self, competence: Competence) -> &str {
        &self.sheets[usize::from(competence.position())].question
    }

    /// The main theme of a competence.
    ///
    /// # Panics
    /// On a code that was made for another referential.
    pub fn theme_of(&self, competence: Competence) -> Theme {
        self.sheets[usize::from(competence.position())].theme
    }

    /// Relations of a competence with other frameworks; none when it has no counterpart.
    ///
    /// # Panics
    /// On a code that was made for another referential.
    pub fn relations(&self, competence: Competence) -> &[Relation] {
        &self.sheets[usize::from(competence.position())].relations
    }
}

fn relation(row: FrameworkRow) -> Result<Relation, ReferentialError> {
    let FrameworkRow { competence: id, framework, code, label, relation, source_url } = row;
    let kinship = Kinship::named(&relation).ok_or_else(|| {
        let known: Vec<String> = KINSHIPS.iter().map(|(_, name, _)| format!("« {name} »")).collect();
        let known = crate::french::list(&known, "ou");
        wrong(FRAMEWORKS, format!("« {id} » : la relation « {relation} » n’existe pas ; écrivez {known}"))
    })?;
    let source = WebAddress::parse(&source_url)
        .map_err(|error| wrong(FRAMEWORKS, format!("« {id} » : {} ; {}", error.problem, error.remedy)))?;
    Ok(Relation {
        framework: bounded(FRAMEWORKS, &id, &framework, NAME_CHARS)?,
        code: bounded(FRAMEWORKS, &id, &code, NAME_CHARS)?,
        label: bounded(FRAMEWORKS, &id, &label, NAME_CHARS)?,
        kinship,
        source,
    })
}
