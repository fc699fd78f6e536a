//! What a list shows of a training at a glance. Absent: the training's own page (see `training`).

use catalogue::{Field, Origin, Snapshot, Training};

use crate::wording::{self, Fact};

/// A training at a glance.
pub(crate) struct Card {
    /// Identifier in addresses.
    pub id: String,
    /// Title as its source writes it.
    pub title: String,
    /// Language of the title, when it is not French.
    pub language: Option<String>,
    /// Who gives it.
    pub provider: String,
    /// Status of the provider, when it is known.
    pub status: Option<String>,
    /// Type, when it is not an ordinary course.
    pub kind: Option<String>,
    /// Summary; empty when there is none.
    pub summary: String,
    /// Whether the summary was written by the catalogue's editors.
    pub is_summary_ours: bool,
    /// Duration or estimate.
    pub duration: Fact,
    /// Price.
    pub price: Fact,
    /// Formats.
    pub formats: Fact,
    /// Audiences.
    pub audiences: Fact,
    /// Highest level reached, 1 to 4, and its label.
    pub level: Option<(u8, String)>,
    /// Labels of its themes.
    pub themes: Vec<String>,
    /// Date of the source, in words.
    pub seen: Option<String>,
    /// Site of the source.
    pub site: String,
}

impl Card {
    /// What is seen of a training at a glance.
    pub(crate) fn new(training: &Training, snapshot: &Snapshot) -> Self {
        let referential = snapshot.referential();
        let kind = referential.term(training.kind);
        let language = training.language.map(|code| referential.term(code).id.clone());
        let source = training.source(Field::Title).unwrap_or(&training.sources.main);
        Self {
            id: training.id.to_string(),
            title: training.title.clone(),
            language: language.filter(|id| id != "fr"),
            provider: training.provider.name.clone(),
            status: training.provider.kind.map(|kind| referential.term(kind).label.clone()),
            kind: (kind.id != "course").then(|| kind.label.clone()),
            summary: training.summary.clone(),
            is_summary_ours: training.origin(Field::Summary) == Origin::Written,
            duration: wording::duration(training, snapshot),
            price: wording::price(training),
            formats: wording::labels(training.formats, snapshot),
            audiences: wording::labels(training.audiences, snapshot),
            level: training
                .highest_level()
                .map(|level| (level.number(), referential.level(level).label.clone())),
            themes: training.themes.iter().map(|theme| referential.term(theme).label.clone()).collect(),
            seen: source.seen.map(|seen| seen.in_french()),
            site: source.address.site(),
        }
    }
}
