//! What every page wears: title, navigation, footer, links of its head. Absent: pages' content.

use catalogue::{Seen, Snapshot, french};

use crate::assets;
use crate::visit::Visit;

/// Entry of the main menu that a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    /// The home page.
    Home,
    /// The explorer and a training's page.
    Trainings,
    /// The cartography, actors, correspondences.
    Cartography,
    /// The referential.
    Competences,
    /// What the offer leaves of needs.
    Gaps,
    /// Personas.
    Personas,
    /// Pathways.
    Pathways,
    /// Trainings to build.
    Recommendations,
    /// Ways to distribute the offer.
    Scenarios,
    /// Relays, cohorts and events.
    Community,
    /// The strategic report.
    Report,
    /// The comparison.
    Compare,
    /// Help.
    Help,
    /// Pages of the footer, errors.
    Other,
}

/// An entry of the main menu.
pub(crate) struct MenuEntry {
    /// Address.
    pub href: &'static str,
    /// Label.
    pub label: &'static str,
    /// Value of `aria-current`: `page` on the page itself, `true` below it, none elsewhere.
    pub current: Option<&'static str>,
}

/// A `link` of the page's head.
pub(crate) struct HeadLink {
    /// Relation: `canonical`, `alternate`, `prev`, `next`.
    pub relation: &'static str,
    /// Address.
    pub href: String,
    /// Media type of an alternate.
    pub media: Option<&'static str>,
}

/// What every page wears.
pub(crate) struct Layout {
    /// Text of `<title>`, without the product's name.
    pub title: String,
    /// Where the page is in the site: label and address; the page itself is not in it.
    pub trail: Vec<(&'static str, &'static str)>,
    /// Label of the page in the trail; empty on the home page.
    pub here: String,
    /// Entries of the main menu.
    pub menu: Vec<MenuEntry>,
    /// Links of the head.
    pub links: Vec<HeadLink>,
    /// Address of the style sheet.
    pub style: String,
    /// Address of the script.
    pub script: String,
    /// Number of the revision shown.
    pub revision: String,
    /// Date of its publication, in French words.
    pub published: Option<String>,
    /// The same date, for machines.
    pub published_on: String,
    /// Number of trainings of the revision, with its noun.
    pub trainings: String,
    /// Whether search engines may list the page.
    pub indexed: bool,
}

const MENU: [(Section, &str, &str); 12] = [
    (Section::Trainings, "/formations", "Formations"),
    (Section::Cartography, "/cartographie", "Cartographie"),
    (Section::Competences, "/competences", "Compétences"),
    (Section::Personas, "/personas", "Personas"),
    (Section::Gaps, "/ecarts", "Écarts"),
    (Section::Pathways, "/parcours", "Parcours"),
    (Section::Recommendations, "/recommandations", "À construire"),
    (Section::Scenarios, "/scenarios", "Scénarios"),
    (Section::Community, "/communaute", "Communauté"),
    (Section::Report, "/rapport", "Rapport"),
    (Section::Compare, "/comparer", "Comparer"),
    (Section::Help, "/aide", "Aide"),
];

impl Layout {
    /// The layout of a page.
    pub(crate) fn new(visit: &Visit, section: Section, title: impl Into<String>) -> Self {
        let title = title.into();
        let stamp = visit.snapshot.stamp();
        let day = stamp.published_at.get(..10).unwrap_or_default();
        let menu = MENU.iter().map(|(entry, href, label)| MenuEntry {
            href,
            label,
            current: (*entry == section).then_some(if visit.path == *href { "page" } else { "true" }),
        });
        Self {
            here: title.clone(),
            title,
            trail: vec![("Accueil", "/")],
            menu: menu.collect(),
            links: Vec::new(),
            style: assets::style_address(visit.app.theme_dir().is_some()),
            script: assets::script_address(),
            revision: french::integer(stamp.revision),
            published: Seen::parse(day).ok().map(Seen::in_french),
            published_on: day.to_owned(),
            trainings: counted_trainings(&visit.snapshot),
            indexed: true,
        }
    }

    /// The layout with a page between the home page and this one in the trail.
    pub(crate) fn under(mut self, label: &'static str, href: &'static str) -> Self {
        self.trail.push((label, href));
        self
    }

    /// The layout with a shorter label in the trail than in the title.
    pub(crate) fn labelled(self, here: impl Into<String>) -> Self {
        Self { here: here.into(), ..self }
    }

    /// The layout of a page that search engines should not list.
    pub(crate) fn not_indexed(self) -> Self {
        Self { indexed: false, ..self }
    }

    /// The layout with a link in its head.
    pub(crate) fn linked(
        mut self,
        relation: &'static str,
        href: String,
        media: Option<&'static str>,
    ) -> Self {
        self.links.push(HeadLink { relation, href, media });
        self
    }
}

/// « 445 formations ».
pub(crate) fn counted_trainings(snapshot: &Snapshot) -> String {
    french::counted(snapshot.len() as u64, "formation", "formations")
}
