//! Where the facts were read: sites of the catalogue's pages, pages that personas rest on. Absent: each page (it is beside
//! each training, and in the exports).

use std::collections::BTreeMap;

use super::build::{Material, cut};
use super::document::{Block, Cell, Column, Row, Section, Table, Width};
use super::request::SectionKind;
use crate::french::{self, typeset};
use crate::persona::{Persona, headcounts};

/// Sites of several trainings that are listed, and sites of one.
const SITES_MAX: usize = 200;

/// What is known of a site.
#[derive(Default)]
struct Site {
    trainings: u64,
    years: Option<(u16, u16)>,
    undated: u64,
}

/// The section.
pub(super) fn section(material: &Material<'_>) -> Section {
    let sites = sites(material);
    let finding = format!(
        "Les faits de l’offre ont été lus sur {} ; l’adresse de chaque page est dans la fiche de chaque formation.",
        french::counted(sites.len() as u64, "site", "sites")
    );
    let several = sites.iter().filter(|(_, site)| site.trainings > 1).count().min(SITES_MAX);
    let alone: Vec<&str> =
        sites.iter().skip(several).take(SITES_MAX).map(|(name, _)| name.as_str()).collect();
    let rest = sites.len() - several - alone.len();
    let mut blocks = vec![Block::heading("Sites lus")];
    let words = match (alone.is_empty(), rest) {
        (true, _) => None,
        (_, 0) => Some(format!("Sites d’une seule formation : {}.", alone.join(", "))),
        (_, rest) => Some(format!(
            "Sites d’une seule formation : {} et {}.",
            alone.join(", "),
            french::counted(rest as u64, "autre", "autres")
        )),
    };
    blocks.push(Block::Table(cut(table(material, sites), several)));
    blocks.extend(words.map(Block::paragraph));
    if let Some(table) = personas(material) {
        blocks.push(Block::heading("Pages sur lesquelles reposent les personas"));
        blocks.push(Block::Table(table));
    }
    Section { kind: SectionKind::Sources, finding: typeset(&finding), blocks }
}

/// Sites and what each gave, most trainings first, then by name.
fn sites(material: &Material<'_>) -> Vec<(String, Site)> {
    let mut sites: BTreeMap<String, Site> = BTreeMap::new();
    for training in material.snapshot.trainings() {
        let source = &training.sources.main;
        let site = sites.entry(source.address.site()).or_default();
        site.trainings += 1;
        match source.seen {
            Some(seen) => {
                let year = seen.year();
                let (first, last) = site.years.unwrap_or((year, year));
                site.years = Some((first.min(year), last.max(year)));
            }
            None => site.undated += 1,
        }
    }
    let mut sites: Vec<_> = sites.into_iter().collect();
    sites.sort_by_key(|(_, site)| std::cmp::Reverse(site.trainings));
    sites
}

fn table(material: &Material<'_>, sites: Vec<(String, Site)>) -> Table {
    let rows = sites.into_iter().map(|(name, site)| {
        let years = match site.years {
            Some((first, last)) if first < last => Cell::text(format!("{first} à {last}")),
            Some((year, _)) => Cell::text(year.to_string()),
            None => Cell::unknown("sans date"),
        };
        Row::new(vec![Cell::text(name), Cell::count(site.trainings), years, Cell::count(site.undated)])
    });
    Table {
        id: "sites".to_owned(),
        caption: "Sites où plusieurs formations ont été lues".to_owned(),
        columns: vec![
            Column::words("Site", Width::Wide),
            Column::number("Formations"),
            Column::words("Années des pages", Width::Middle),
            Column::number("Dont sans date"),
        ],
        rows: rows.collect(),
        most: None,
        left_out: 0,
        note: None,
        scope: material.whole(),
        source: typeset("le catalogue : adresse de la page principale de chaque formation."),
    }
}

/// A page, and for each persona what rests on it.
type OnPage<'m> = (&'m str, Vec<(&'m str, Vec<String>)>);

/// Pages that the personas of the report rest on.
fn personas(material: &Material<'_>) -> Option<Table> {
    let mut told: Vec<OnPage> = Vec::new();
    for subject in &material.subjects {
        for (page, what) in pages(material, subject.persona) {
            if told.iter().all(|(known, _)| *known != page) {
                told.push((page, Vec::new()));
            }
            let Some((_, own)) = told.iter_mut().find(|(known, _)| *known == page) else { continue };
            match own.iter_mut().find(|(label, _)| *label == subject.persona.label) {
                Some((_, all)) if all.contains(&what) => {}
                Some((_, all)) => all.push(what),
                None => own.push((&subject.persona.label, vec![what])),
            }
        }
    }
    let row = |(page, own): OnPage| {
        let parts: Vec<String> =
            own.into_iter().map(|(label, what)| format!("{label} : {}", what.join(", "))).collect();
        Row::new(vec![Cell::text(page).leading(page), Cell::sentence(format!("{}.", parts.join(" ; ")))])
    };
    let rows: Vec<Row> = told.into_iter().map(row).collect();
    (!rows.is_empty()).then(|| Table {
        id: "sources-personas".to_owned(),
        caption: "Pages sur lesquelles reposent les personas".to_owned(),
        columns: vec![Column::words("Page", Width::Wide), Column::words("Ce qu’elle appuie", Width::Wide)],
        rows,
        most: None,
        left_out: 0,
        note: Some(typeset(
            "La source d’un besoin appuie le besoin, jamais le niveau à atteindre, qui est une proposition.",
        )),
        scope: material.scope("personas du rapport"),
        source: typeset("fiches des personas."),
    })
}

/// Pages that a persona rests on, each with what it supports.
fn pages<'a>(material: &Material<'_>, persona: &'a Persona) -> Vec<(&'a str, String)> {
    let label = |competence| french::quoted(&material.referential().term(competence).label);
    let profile = persona.source.iter().map(|own| (own.as_str(), "profil".to_owned()));
    let needs = persona.needs.iter().filter_map(|need| {
        Some((need.source.as_ref()?.as_str(), format!("besoin {}", label(need.competence))))
    });
    let people = headcounts(&persona.id).map(|own| (own.source.as_str(), "effectif".to_owned()));
    profile.chain(needs).chain(people).collect()
}
