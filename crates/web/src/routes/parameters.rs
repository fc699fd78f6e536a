//! What routes read in an address. Absent: how it is read (see `pages`).

/// Parameters that a route reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Parameters {
    /// None.
    Nothing,
    /// A selection.
    Selection,
    /// Identifiers of one to four trainings.
    Identifiers,
    /// A selection, and what a cartography crosses and measures.
    Cartography,
    /// Organisations or a kind of them.
    Actors,
    /// What an analysis of correspondences bears on.
    Correspondences,
    /// The beginning of words.
    Beginning,
    /// A training's identifier, in the path.
    Identifier,
    /// A persona's identifier, in the path.
    Persona,
    /// A persona, and what a visitor says of herself.
    Case,
    /// A pathway's persona, in the path, and what is asked of it.
    Pathway,
    /// The addresses of two pathways.
    TwoPathways,
    /// A team, and what is asked of its programme.
    Team,
    /// What is asked of trainings to build.
    Recommendations,
    /// What is asked of a scenario.
    Scenario,
    /// A scenario that the address holds whole, and what is asked of it.
    ScenarioFile,
    /// A scenario, by its identifier or whole, and what is asked of it.
    Plan,
    /// The addresses of scenarios.
    Scenarios,
    /// Who is looked for among relays.
    Relays,
    /// A training to build, in the path, and what is changed of its sheet.
    Sheet,
    /// A selection, and the fields that are unknown.
    Unknown,
    /// A competence's identifier, in the path, and a level.
    Competence,
    /// What narrows the actions of roadmaps.
    Roadmaps,
    /// A roadmap's identifier, in the path.
    Roadmap,
    /// What is asked of a report.
    Report,
}
