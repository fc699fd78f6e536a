//! What new trainings look like: pairs with trainings in place, and values that their words or codes speak for.
//! Nothing of it is published: a person decides. Absent: how likeness is measured (see `catalogue`).

use catalogue::codes::themes_in;
use catalogue::duplicates::{Decisions, duplicates_of};
use catalogue::french::{NARROW, counted, integer};
use catalogue::proposals::{FIELDS, ProposalText, Proposals, telling};
use catalogue::{Field, Referential, Training};
use exchange::report::{LISTED_MAX, Lookalike, Named, Report, Suggestion};

use super::shelf::{Place, Shelf};

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

/// New trainings, kept to be compared at the end.
#[derive(Default)]
pub(super) struct Likeness {
    new: Vec<Training>,
    /// New trainings beyond [`NEW_MAX`].
    beyond: u64,
    decisions: Decisions,
}

impl Likeness {
    /// Nothing yet; pairs that are decided are not told again.
    pub fn new(decisions: Decisions) -> Self {
        Self { decisions, ..Self::default() }
    }

    /// A training that the catalogue does not have.
    pub fn add(&mut self, training: Training) {
        if self.new.len() < NEW_MAX {
            self.new.push(training);
        } else {
            self.beyond += 1;
        }
    }

    /// Forgets some new trainings.
    pub fn forget(&mut self, is_left: impl Fn(&str) -> bool) {
        self.new.retain(|training| !is_left(training.id.as_str()));
    }

    /// What to say when new trainings are compared with a part only of those in place.
    pub fn limit(&self, in_place: usize) -> Option<String> {
        (in_place > KNOWN_MAX && !self.new.is_empty()).then(|| {
            format!(
                "les ressemblances sont cherchées, et les propositions apprises, parmi les {} premières formations du \
                 catalogue, qui en a {}",
                integer(KNOWN_MAX as u64),
                integer(in_place as u64)
            )
        })
    }

    /// Tells what was found. The trainings in place are read again one by one, and only if there is a new one;
    /// `place` is where one is kept, and `is_proposed` whether values were proposed as rows came.
    pub fn tell(
        self,
        before: &mut Shelf,
        place: &dyn Fn(&str) -> Option<Place>,
        is_proposed: bool,
        referential: &Referential,
        report: &mut Report,
    ) {
        let Self { new, beyond, decisions } = self;
        if new.is_empty() {
            return;
        }
        let pairs = duplicates_of(&new, known(before, referential), &decisions);
        report.lookalikes_total = pairs.pairs.len() as u64;
        report.reading.extend(pairs.limits());
        if beyond > 0 {
            report.reading.push(not_compared(beyond, is_proposed));
        }
        for pair in pairs.pairs.into_iter().take(LISTED_MAX) {
            let Some(own) = new.iter().find(|training| training.id == pair.a) else { continue };
            let Some(other) = place(pair.b.as_str()).and_then(|place| before.get(place)) else { continue };
            let new = Named { id: own.id.to_string(), title: own.title.clone() };
            let known = Named { id: other.id, title: other.title };
            let why = pair.why.iter().map(|reason| reason.in_french()).collect();
            report.lookalikes.push(Lookalike { new, known, score: pair.score, why });
        }
        let is_silent =
            |training: &Training| FIELDS[..PROPOSED].iter().any(|field| is_empty(training, *field));
        // Values accepted as rows came leave nothing more to propose.
        if !is_proposed && new.iter().any(is_silent) {
            let mut proposals = Proposals::learn(known(before, referential), referential);
            new.iter().for_each(|training| suggest(training, &mut proposals, report));
        }
    }
}

/// What is done for the first new trainings only.
fn not_compared(beyond: u64, is_proposed: bool) -> String {
    let done = if is_proposed { "" } else { ", et lues pour en tirer des propositions" };
    format!(
        "les {} premières formations nouvelles sont comparées à celles du catalogue{done}{NARROW}; {}",
        integer(NEW_MAX as u64),
        counted(beyond, "autre ne l’est pas", "autres ne le sont pas")
    )
}

/// The trainings in place that new ones are compared with, and from which proposals are learnt.
pub(super) fn known(before: &mut Shelf, referential: &Referential) -> impl Iterator<Item = Training> {
    before.rows().filter_map(|raw| Training::parse(&raw, referential).ok()).take(KNOWN_MAX)
}

/// The values that a training's codes, then its words, speak for, of fields that are empty.
pub(super) fn proposed(training: &Training, proposals: &mut Proposals) -> Vec<Proposed> {
    let wanted = |field: Field| FIELDS[..PROPOSED].contains(&field) && is_empty(training, field);
    if !FIELDS.into_iter().any(wanted) {
        return Vec::new();
    }
    let stated = telling(training);
    let text = ProposalText { title: &training.title, summary: &training.summary, stated: &stated };
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

fn suggest(training: &Training, proposals: &mut Proposals, report: &mut Report) {
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
