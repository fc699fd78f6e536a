//! What to keep in mind: figures of the first page, one sentence for each section. Absent: tables.

use super::build::Material;
use super::document::{Block, KeyFigure, Section};
use super::request::SectionKind;
use super::{limits, map};
use crate::evidence::Field;
use crate::french::{self, quoted, typeset};
use crate::gaps::State;
use crate::persona::Persona;

/// Figures of the first page: each is in a table of the report too.
pub(super) fn figures(material: &Material<'_>) -> Vec<KeyFigure> {
    let quality = &material.quality;
    let (all, half) = (quality.trainings, quality.concentration.half);
    let levels: usize = material.subjects.iter().map(|subject| subject.gaps.gaps.len()).sum();
    let met: usize = material
        .subjects
        .iter()
        .map(|subject| subject.gaps.count(State::Covered) + subject.gaps.count(State::Thin))
        .sum();
    let mut figures = vec![
        KeyFigure::count(all, if all < 2 { "formation recensée" } else { "formations recensées" }),
        KeyFigure::count(
            quality.concentration.providers,
            if quality.concentration.providers < 2 { "organisme" } else { "organismes" },
        ),
        KeyFigure::count(
            half,
            if half < 2 {
                "organisme donne la moitié de l’offre"
            } else {
                "organismes donnent la moitié de l’offre"
            },
        ),
    ];
    if levels > 0 {
        figures.push(KeyFigure::share(
            met as u64,
            levels as u64,
            format!(
                "des {} niveaux nécessaires aux personas sont accessibles",
                french::integer(levels as u64)
            ),
        ));
    }
    let unknown = |field| {
        let known = limits::of(quality, field);
        all - known.stated
    };
    figures.push(KeyFigure::share(
        unknown(Field::Duration),
        all,
        "des durées en heures ne sont pas indiquées",
    ));
    figures.push(KeyFigure::share(unknown(Field::Price), all, "des prix en euros ne sont pas indiqués"));
    figures
}

/// The section.
pub(super) fn section(material: &Material<'_>) -> Section {
    let mut blocks = vec![Block::Figures(figures(material)), Block::heading("L’offre")];
    blocks.push(Block::list(offer(material)));
    blocks.push(Block::heading("Les besoins"));
    blocks.push(Block::list(material.subjects.iter().map(|subject| {
        let gaps = &subject.gaps;
        named(
            subject.persona,
            &format!("{} Sur {} : {}.", gaps.finding(), levels(gaps.gaps.len()), gaps.counts_in_french()),
        )
    })));
    let pathways: Vec<String> = material
        .subjects
        .iter()
        .filter_map(|subject| {
            let own = subject.pathway()?;
            Some(named(subject.persona, &format!("{} Coût : {}.", own.finding(), own.bill.cost_in_french())))
        })
        .collect();
    if !pathways.is_empty() {
        blocks.push(Block::heading("Ce que l’on peut suivre en un an"));
        blocks.push(Block::list(pathways));
    }
    if let Some(own) = material.found() {
        blocks.push(Block::heading("Ce qu’il faudrait construire"));
        let titles = own.proposals.iter().map(|proposal| {
            format!("{} ({})", quoted(&proposal.training.title), french::hours(proposal.draft.template.hours))
        });
        let titles: Vec<String> = titles.collect();
        let named = match titles.is_empty() {
            true => String::new(),
            false => format!(" À construire : {}.", french::list(&titles, "et")),
        };
        blocks.push(Block::paragraph(format!("{}{named}", own.finding())));
    }
    blocks.push(Block::heading("Ce que ces données ne disent pas"));
    blocks.push(Block::list(limits::sentences(material)));
    blocks.extend(material.others_told().map(Block::paragraph));
    Section { kind: SectionKind::Summary, finding: typeset(&finding(material)), blocks }
}

/// « Cadre dirigeant adjoint : … »: what follows the colon begins without a capital.
pub(super) fn named(persona: &Persona, text: &str) -> String {
    format!("{} : {}", persona.label, french::uncapitalised(text))
}

fn levels(number: usize) -> String {
    french::counted(number as u64, "niveau à gagner", "niveaux à gagner")
}

/// The offer in a few sentences.
pub(super) fn offer(material: &Material<'_>) -> Vec<String> {
    let known = &material.quality.concentration;
    let mut told = vec![format!(
        "{} de {} ; {}.",
        french::counted(material.quality.trainings, "formation", "formations"),
        french::counted(known.providers, "organisme", "organismes"),
        match known.single {
            1 => "un seul n’en donne qu’une".to_owned(),
            single => format!("{} n’en donnent qu’une", french::integer(single)),
        }
    )];
    told.extend(map::findings(material));
    told
}

/// What the whole report comes down to.
pub(super) fn finding(material: &Material<'_>) -> String {
    let all: usize = material.subjects.iter().map(|subject| subject.gaps.gaps.len()).sum();
    let of = |state| material.subjects.iter().map(|subject| subject.gaps.count(state)).sum::<usize>();
    let (missing, out, covered) = (of(State::Missing), of(State::OutOfReach), of(State::Covered));
    if all == 0 {
        return format!("L’offre recensée compte {}.", material.trainings());
    }
    format!(
        "L’offre compte {} ; des {} nécessaires aux personas, {} solidement couverts, {} hors de portée et {} absents.",
        material.trainings(),
        french::counted(all as u64, "niveau", "niveaux"),
        french::counted(covered as u64, "est", "sont"),
        french::integer(out as u64),
        french::integer(missing as u64),
    )
}
