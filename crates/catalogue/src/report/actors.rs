//! Who gives the offer: kinds of organisations and what sets each apart, the organisations of most trainings. Absent: the
//! statistics (see the crate `contingency`).

use std::collections::BTreeSet;

use contingency::Verdict;

use super::build::Material;
use super::document::{Block, Cell, Column, KeyFigure, Row, Section, Table, Width};
use super::map::{SOURCE, heat, matrix};
use super::request::SectionKind;
use crate::actors::{Group, Line, Profile};
use crate::facets::Facet;
use crate::french::{self, list, quoted, typeset};

/// Values named in a sentence.
const NAMED: usize = 3;
/// What tells where a list of organisations is whole.
const ALL: &str = "/formations/organismes";

/// The section.
pub(super) fn section(material: &Material<'_>) -> Section {
    let known = &material.quality.concentration;
    let kinds = kinds(material);
    let mut blocks = vec![Block::Figures(vec![
        KeyFigure::count(known.providers, "organismes"),
        KeyFigure::count(known.half, "donnent la moitié de l’offre"),
        KeyFigure::count(known.single, "n’en donnent qu’une formation"),
    ])];
    blocks.push(Block::heading("Ce qui distingue chaque statut"));
    blocks.push(Block::list(kinds.iter().map(|(label, profile)| told(label, profile))));
    if let Some(own) = matrix(material, Facet::Theme, Facet::ProviderKind) {
        let caption = "Thématiques et statuts des organismes : nombre de formations";
        blocks.push(Block::Table(heat(material, &own, "thematiques-statuts", caption, Facet::Theme)));
    }
    blocks.push(Block::Table(profiles(material, &kinds)));
    blocks.push(Block::heading("Les organismes qui donnent le plus de formations"));
    blocks.push(Block::Table(first(material)));
    let finding = match known.half {
        0 => "Le catalogue est vide.".to_owned(),
        half => format!(
            "{} sur {} donnent la moitié de l’offre.",
            french::counted(half, "organisme", "organismes"),
            french::integer(known.providers)
        ),
    };
    Section { kind: SectionKind::Actors, finding: typeset(&finding), blocks }
}

/// The profile of each kind of organisations.
fn kinds(material: &Material<'_>) -> Vec<(String, Profile)> {
    let terms = material.referential().terms(Facet::ProviderKind.name());
    let profile = |id: &String| material.snapshot.profile(&Group::Kinds(BTreeSet::from([id.clone()])));
    terms.iter().map(|term| (term.label.clone(), profile(&term.id))).collect()
}

/// Lines of a verdict over all fields, the furthest from the whole first.
fn of(profile: &Profile, wanted: Verdict) -> Vec<&Line> {
    let lines = profile.fields.iter().flat_map(|field| &field.lines);
    let mut lines: Vec<&Line> = lines.filter(|line| line.verdict() == Some(wanted)).collect();
    let index = |line: &Line| line.specialisation.as_ref().map_or(1.0, |index| index.index);
    lines.sort_by(|one, other| match wanted {
        Verdict::More => index(other).total_cmp(&index(one)),
        _ => index(one).total_cmp(&index(other)),
    });
    lines
}

fn names(lines: &[&Line]) -> String {
    let names: Vec<String> = lines.iter().take(NAMED).map(|line| quoted(&line.label)).collect();
    list(&names, "et")
}

/// What sets a kind apart, in a sentence.
fn told(label: &str, profile: &Profile) -> String {
    let whole = format!(
        "{label} : {} ({})",
        french::counted(profile.trainings, "formation", "formations"),
        french::percent(profile.trainings, profile.whole)
    );
    match (of(profile, Verdict::More).as_slice(), of(profile, Verdict::Less).as_slice()) {
        ([], []) => format!("{whole} ; aucun écart net avec l’ensemble de l’offre."),
        (more, []) => format!("{whole} ; plus souvent que dans l’ensemble : {}.", names(more)),
        ([], less) => format!("{whole} ; moins souvent que dans l’ensemble : {}.", names(less)),
        (more, less) => format!("{whole} ; plus souvent {}, moins souvent {}.", names(more), names(less)),
    }
}

/// Share of each theme in the trainings of each kind, with what the index allows to say.
fn profiles(material: &Material<'_>, kinds: &[(String, Profile)]) -> Table {
    let themes = material.referential().terms(Facet::Theme.name());
    let field = |profile: &Profile| {
        profile.fields.iter().find(|field| field.facet == Facet::Theme).map(|field| field.lines.clone())
    };
    let lines: Vec<Vec<Line>> = kinds.iter().filter_map(|(_, profile)| field(profile)).collect();
    let cell = |line: &Line| {
        let Some(share) = &line.share else { return Cell::text("—") };
        let sign = match line.verdict() {
            Some(Verdict::More) => " plus",
            Some(Verdict::Less) => " moins",
            Some(Verdict::Undecided) | None => "",
        };
        let rounded = (share.value * 1_000.0).round() as u64;
        Cell { value: Some(share.value), ..Cell::text(format!("{}{sign}", french::percent(rounded, 1_000))) }
    };
    let rows = themes.iter().enumerate().map(|(place, term)| {
        let shares = lines.iter().filter_map(|own| own.get(place)).map(cell);
        Row::new(std::iter::once(Cell::text(&term.label)).chain(shares).collect())
    });
    Table {
        id: "profils-statuts".to_owned(),
        caption: typeset("Part de chaque thématique dans les formations de chaque statut"),
        columns: std::iter::once(Column::words("Thématique", Width::Wide))
            .chain(kinds.iter().map(|(label, _)| Column::number(label)))
            .collect(),
        rows: rows.collect(),
        most: None,
        left_out: 0,
        note: Some(typeset(
            "« plus » ou « moins » : l’indice de spécialisation s’écarte de 1, son intervalle à 95 % ne le contient pas, et il porte sur trois formations au moins. Sans mot : écart non tranché.",
        )),
        scope: material.whole(),
        source: typeset(SOURCE),
    }
}

/// The organisations that give most trainings.
fn first(material: &Material<'_>) -> Table {
    let (known, all) = (&material.quality.concentration, material.quality.trainings);
    let greatest = known.top.first().map_or(0, |(.., trainings)| *trainings);
    let rows = known.top.iter().map(|(id, name, trainings)| {
        Row::new(vec![
            Cell::text(name).leading(format!("/formations?provider={id}")),
            Cell::bar(*trainings, greatest),
            Cell::share(*trainings, all),
        ])
    });
    Table {
        id: "organismes".to_owned(),
        caption: "Les organismes qui donnent le plus de formations".to_owned(),
        columns: vec![
            Column::words("Organisme", Width::Wide),
            Column { width: Width::Middle, ..Column::number("Formations") },
            Column::number("Part de l’offre"),
        ],
        rows: rows.collect(),
        most: None,
        left_out: known.providers - known.top.len() as u64,
        note: Some(typeset(&format!(
            "Indice de Herfindahl-Hirschman : {} (1 pour un organisme seul). Un organisme écrit sous plusieurs noms compte plusieurs fois. Liste entière : {ALL}.",
            format!("{:.4}", known.index).replace('.', ",")
        ))),
        scope: material.whole(),
        source: typeset(SOURCE),
    }
}
