//! The whole report on one page: figures, what they say, gaps and pathways of each persona, limits. Absent: what does not
//! fit on a page, which the other form has.

use super::build::{Material, cut};
use super::document::{Block, Section, Table};
use super::request::SectionKind;
use super::{gaps, limits, pathways, summary};
use crate::french::typeset;

/// Personas of a page.
const PERSONAS_SHOWN: usize = 5;

/// The section.
pub(super) fn section(material: &Material<'_>) -> Section {
    let brief = |table: Table| Table { note: None, ..cut(table, PERSONAS_SHOWN) };
    let mut limits = limits::sentences(material);
    limits.truncate(3);
    let blocks = vec![
        Block::Figures(summary::figures(material)),
        Block::heading("L’offre"),
        Block::list(summary::offer(material)),
        Block::heading("Ce qui manque"),
        Block::Table(brief(gaps::overview(material))),
        Block::list(
            material
                .subjects
                .iter()
                .take(PERSONAS_SHOWN)
                .map(|subject| summary::named(subject.persona, &gaps::lead(material, subject))),
        ),
        Block::heading("Ce que l’on peut suivre en un an"),
        Block::Table(brief(pathways::overview(material))),
        Block::heading("Ce que ces données ne disent pas"),
        Block::list(limits),
    ];
    Section { kind: SectionKind::Summary, finding: typeset(&summary::finding(material)), blocks }
}
