//! The four ways to distribute an offer. Absent: their numbers (see `settings`).

/// A way to distribute an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WayKind {
    /// Sessions given by the trainers of one school, open to all.
    Campus,
    /// People of each ministry trained first, who then train their colleagues.
    Relays,
    /// Sessions bought for one direction, which keep its people together.
    Tailored,
    /// Each alone, on line, with a little help.
    Platform,
}

const KINDS: [(WayKind, &str, &str, &str); 4] = [
    (
        WayKind::Campus,
        "campus",
        "Campus central",
        "Les formateurs d’une école donnent des sessions ouvertes à toutes les directions.",
    ),
    (
        WayKind::Relays,
        "relais",
        "Relais ministériels",
        "Des relais de chaque ministère sont formés d’abord, puis forment leurs collègues.",
    ),
    (
        WayKind::Tailored,
        "sur-mesure",
        "Programmes sur mesure",
        "Des sessions achetées pour une direction, dont les cadres restent entre eux.",
    ),
    (
        WayKind::Platform,
        "plateforme",
        "Plateforme ouverte",
        "Chacun suit en ligne, à son rythme, avec un peu de tutorat.",
    ),
];

impl WayKind {
    /// All ways, in their order.
    pub fn all() -> impl Iterator<Item = WayKind> {
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

    /// What it is, in a sentence.
    pub fn told(self) -> &'static str {
        KINDS[self as usize].3
    }

    /// The way of a name.
    pub fn named(name: &str) -> Option<WayKind> {
        KINDS.iter().find(|(_, known, ..)| *known == name).map(|(kind, ..)| *kind)
    }

    /// Whether people gather in sessions.
    pub fn has_sessions(self) -> bool {
        self != WayKind::Platform
    }
}
