//! What new trainings look like: pairs with trainings in place, and values that their words or codes speak for.
//! Nothing of it is published: a person decides. Absent: how likeness is measured (see `catalogue`).

use catalogue::codes::themes_in;
use catalogue::duplicates::{Decisions, duplicates_of};
use catalogue::proposals::{FIELDS, ProposalText, Proposals};
use catalogue::{Field, RawTraining, Referential, Training};
use exchange::report::{LISTED_MAX, Lookalike, Named, Report, Suggestion};

/// Most trainings in place that new ones are compared with, the first ones of the catalogue.
const KNOWN_MAX: usize = 20_000;
/// Most new trainings that are compared.
const NEW_MAX: usize = 5_000;
/// Fields for which values are proposed: those whose proposals were measured right often enough
/// (`docs/proposals.md`).
const PROPOSED: usize = 3;

/// A value proposed for a field that a file does not fill.
pub(super) struct Proposed {
    pub(super) field: Field,
    pub(super) value: String,
    confidence: Option<f32>,
    words: Vec<String>,
}

/// A value proposed for a training.
pub(super) fn suggestion(training: &Training, value: Proposed, accepted: bool) -> Suggestion {
    let Proposed { field, value, confidence, words } = value;
    let field = field.name().to_owned();
    Suggestion { id: training.id.to_string(), field, value, confidence, words, accepted }
}

/// Trainings kept to be compared at the end.
#[derive(Default)]
pub(super) struct Likeness {
    known: Vec<Training>,
    new: Vec<Training>,
    decisions: Decisions,
}

impl Likeness {
    /// Nothing yet; pairs that are decided are not told again.
    pub fn new(decisions: Decisions) -> Self {
        Self { decisions, ..Self::default() }
    }

    /// A training in place.
    pub fn know(&mut self, raw: &RawTraining, referential: &Referential) {
        if self.known.len() < KNOWN_MAX {
            self.known.extend(Training::parse(raw, referential));
        }
    }

    /// A training that the catalogue does not have.
    pub fn add(&mut self, training: &Training) {
        if self.new.len() < NEW_MAX {
            self.new.push(training.clone());
        }
    }

    /// What proposes values, learnt from the trainings in place.
    pub fn learn(&self, referential: &Referential) -> Proposals {
        Proposals::learn(self.known.iter(), referential)
    }

    /// Tells what was found.
    pub fn tell(self, referential: &Referential, report: &mut Report) {
        let Self { known, new, decisions } = self;
        let named =
            |training: &Training| Named { id: training.id.to_string(), title: training.title.clone() };
        let pairs = duplicates_of(&new, known.iter(), &decisions);
        report.lookalikes_total = pairs.pairs.len() as u64;
        report.reading.extend(pairs.limits());
        for pair in pairs.pairs.iter().take(LISTED_MAX) {
            let of = |list: &[Training], id| list.iter().find(|training| training.id == id).map(named);
            let (Some(a), Some(b)) = (of(&new, pair.a.clone()), of(&known, pair.b.clone())) else { continue };
            let why = pair.why.iter().map(|reason| reason.in_french()).collect();
            report.lookalikes.push(Lookalike { new: a, known: b, score: pair.score, why });
        }
        if new.iter().any(|training| FIELDS[..PROPOSED].iter().any(|field| is_empty(training, *field))) {
            let proposals = Proposals::learn(known.iter(), referential);
            new.iter().for_each(|training| suggest(training, &proposals, report));
        }
    }
}

/// The values that a training's codes, then its words, speak for, of fields that are empty.
pub(super) fn proposed(training: &Training, proposals: &Proposals) -> Vec<Proposed> {
    let stated: Vec<&str> = training.sources.stated.values().map(String::as_str).collect();
    let text =
        ProposalText { title: &training.title, summary: &training.summary, stated: &stated.join(" ; ") };
    let wanted = |field: Field| FIELDS[..PROPOSED].contains(&field) && is_empty(training, field);
    let mut values: Vec<Proposed> = Vec::new();
    if wanted(Field::Themes) {
        let words = training.sources.stated.get(&Field::Themes).map_or("", String::as_str);
        values.extend(themes_in(words).into_iter().map(|code| {
            let words = vec![code.reason()];
            Proposed { field: Field::Themes, value: code.theme, confidence: None, words }
        }));
    }
    for own in proposals.propose(&text).into_iter().filter(|own| wanted(own.field)) {
        if values.iter().all(|known| (known.field, &known.value) != (own.field, &own.value)) {
            let confidence = Some(own.confidence);
            values.push(Proposed { field: own.field, value: own.value, confidence, words: own.words });
        }
    }
    values
}

fn suggest(training: &Training, proposals: &Proposals, report: &mut Report) {
    for value in proposed(training, proposals) {
        report.suggestions_total += 1;
        if report.suggestions.len() < LISTED_MAX {
            report.suggestions.push(suggestion(training, value, false));
        }
    }
}

fn is_empty(training: &Training, field: Field) -> bool {
    match field {
        Field::Themes => training.themes.is_empty(),
        Field::Audience => training.audiences.is_empty(),
        Field::Objectives => training.objectives.is_empty(),
        _ => false,
    }
}
