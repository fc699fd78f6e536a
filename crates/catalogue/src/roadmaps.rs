//! Roadmaps of ministries for data, algorithms and source codes: what was read of them on public pages, the training
//! actions linked to competences by our own judgement, and what the offer answers to each.
//!
//! Rules, all shown on the page that uses them:
//! - a total that no source states is unknown, and nothing is worked out from what was read;
//! - an action of another kind than training is not judged, nor one whose title names nothing to be taught;
//! - a link names a competence, a level where the title lets one be said, and a persona where it names her public;
//! - it is answered by the trainings that teach the level and, for a persona who has that level to gain, suit her, as
//!   `gaps` judges both; without a level, by those that develop the competence, examinations left out;
//! - an action is *answered* when all its links are, *partly* when some are, *unanswered* when none is.
//!
//! Absent: whether an action was carried out, which no source read says; HTML.

mod answers;
mod tables;

use std::sync::{Arc, OnceLock};

pub use answers::{ActionAnswer, ActionState, LinkAnswer};
pub use tables::RoadmapsError;

use crate::referential::Referential;
use crate::values::{Seen, WebAddress};
use crate::vocabulary::{Competence, Level};

/// Whose actions a roadmap holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// One ministry.
    Ministry,
    /// All of them: what a source says of the whole.
    All,
    /// Some that the source does not name.
    Several,
}

/// The roadmap of a ministry, or what a source says of several at once.
#[derive(Debug, Clone, PartialEq)]
pub struct Roadmap {
    /// Identifier: the slug of the ministry.
    pub id: String,
    /// Ministry, as it was called then.
    pub ministry: String,
    /// Whose actions it holds.
    pub scope: Scope,
    /// Day on which the roadmaps were made public.
    pub published: Seen,
    /// Years that it covers, in the source's words.
    pub horizon: Option<String>,
    /// Number of its actions, when a source states it.
    pub actions_total: Option<u32>,
    /// Its text, as a source lists it; it was not opened.
    pub pdf: Option<WebAddress>,
    /// Page that was read.
    pub source: WebAddress,
    /// What to know of it.
    pub note: String,
}

/// What an action is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActionKind {
    /// Training and awareness.
    Training,
    /// Networks and events.
    Community,
    /// Roles, rules and means.
    Governance,
    /// Open data and data shared between administrations.
    Opening,
    /// Catalogues, hubs, platforms.
    Tools,
    /// Use of data by policies.
    Usage,
}

const KINDS: [(ActionKind, &str, &str); 6] = [
    (ActionKind::Training, "formation", "Formation et sensibilisation"),
    (ActionKind::Community, "communaute", "Animation de communautés"),
    (ActionKind::Governance, "gouvernance", "Gouvernance"),
    (ActionKind::Opening, "ouverture", "Ouverture et partage"),
    (ActionKind::Tools, "outils", "Outils"),
    (ActionKind::Usage, "usage", "Usages de la donnée"),
];

impl ActionKind {
    /// All kinds, training first.
    pub fn all() -> impl Iterator<Item = ActionKind> {
        KINDS.iter().map(|(kind, ..)| *kind)
    }

    /// Name in addresses and files.
    pub fn name(self) -> &'static str {
        KINDS[self as usize].1
    }

    /// Label on screens.
    pub fn label(self) -> &'static str {
        KINDS[self as usize].2
    }

    /// The kind of a name.
    pub fn named(name: &str) -> Option<ActionKind> {
        ActionKind::all().find(|kind| kind.name() == name)
    }
}

/// An action read in a roadmap, or in a page about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    /// Identifier: that of its roadmap and a number, which never change.
    pub id: String,
    /// Place of its roadmap in [`Roadmaps::roadmaps`].
    pub roadmap: usize,
    /// What it is, in a phrase.
    pub title: String,
    /// What it is about.
    pub kind: ActionKind,
    /// Date of the text that it comes from.
    pub published: Seen,
    /// When it is due, in the source's words.
    pub due: Option<String>,
    /// Page where it was read.
    pub source: WebAddress,
    /// What to know of it.
    pub note: String,
    /// What it asks to be taught, by our judgement.
    pub links: Vec<Link>,
    /// Why a training action has no link.
    pub unlinked: Option<String>,
}

/// A competence that an action asks to be taught; editorial judgement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The competence.
    pub competence: Competence,
    /// The level, where the title lets one be said.
    pub level: Option<Level>,
    /// Identifier of the persona whose public the title names.
    pub persona: Option<String>,
    /// Why, in a short sentence.
    pub reason: String,
}

/// What a source says of ministries beside their roadmaps.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Places of the roadmaps that it bears on, in [`Roadmaps::roadmaps`].
    pub roadmaps: Vec<usize>,
    /// Ministry or group of ministries, as the source names it.
    pub ministry: String,
    /// Function of the data administrator, or what is counted.
    pub what: String,
    /// The number; `None` for a function.
    pub count: Option<u64>,
    /// Year, when it is known.
    pub year: Option<u16>,
    /// Page that says so.
    pub source: WebAddress,
    /// What to know of it.
    pub note: String,
}

/// The tables that roadmaps are read from, as CSV text.
#[derive(Debug, Clone, Copy)]
pub struct RoadmapTables<'a> {
    /// `id,ministry,scope,published,horizon,actions_total,pdf,source_url,note`
    pub roadmaps: &'a str,
    /// `id,roadmap,title,kind,published,due,source_url,note`
    pub actions: &'a str,
    /// `action,competence,level,persona,reason`
    pub links: &'a str,
    /// `roadmaps,ministry,kind,what,count,year,source_url,note`
    pub ministries: &'a str,
}

/// All roadmaps and the actions read.
#[derive(Debug, Clone, PartialEq)]
pub struct Roadmaps {
    /// Those of ministries, and what is said of several.
    pub roadmaps: Vec<Roadmap>,
    /// Actions, training first, then by roadmap.
    pub actions: Vec<Action>,
    /// Functions and headcounts.
    pub figures: Vec<Figure>,
}

impl Roadmaps {
    /// The tables built into the program, from `data/`.
    pub const BUILTIN: RoadmapTables<'static> = RoadmapTables {
        roadmaps: include_str!("../../../data/roadmaps_index.csv"),
        actions: include_str!("../../../data/roadmaps.csv"),
        links: include_str!("../../../data/roadmap_links.csv"),
        ministries: include_str!("../../../data/ministries.csv"),
    };

    /// The roadmaps built into the program.
    ///
    /// # Panics
    /// Never: a test reads the tables.
    pub fn builtin() -> Arc<Roadmaps> {
        static BUILTIN: OnceLock<Arc<Roadmaps>> = OnceLock::new();
        BUILTIN
            .get_or_init(|| {
                let read = Self::read(&Self::BUILTIN, &Referential::builtin());
                Arc::new(read.expect("the built-in roadmaps are tested"))
            })
            .clone()
    }

    /// The place of a roadmap.
    pub fn place(&self, id: &str) -> Option<usize> {
        self.roadmaps.iter().position(|roadmap| roadmap.id == id)
    }

    /// Roadmaps of one ministry each.
    pub fn of_ministries(&self) -> impl Iterator<Item = &Roadmap> {
        self.roadmaps.iter().filter(|roadmap| roadmap.scope == Scope::Ministry)
    }

    /// Actions whose title names the public of a persona.
    pub fn naming<'a>(&'a self, persona: &'a str) -> impl Iterator<Item = &'a Action> {
        let names = |link: &Link| link.persona.as_deref() == Some(persona);
        self.actions.iter().filter(move |action| action.links.iter().any(names))
    }

    /// Actions linked to a competence.
    pub fn asking(&self, competence: Competence) -> impl Iterator<Item = &Action> {
        let asks = move |link: &Link| link.competence == competence;
        self.actions.iter().filter(move |action| action.links.iter().any(asks))
    }

    /// What sources say of the ministries of a roadmap.
    pub fn figures_of(&self, roadmap: usize) -> impl Iterator<Item = &Figure> {
        self.figures.iter().filter(move |figure| figure.roadmaps.contains(&roadmap))
    }
}
