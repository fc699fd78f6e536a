//! How to distribute the offer: what each of the four ways would give, who is left out, what the figures rest on. Absent: the
//! simulation (see the crates `actions` and `rollout`).

use super::build::Material;
use super::document::{Block, Cell, Column, Row, Section, Table, Width};
use super::request::SectionKind;
use crate::french::{self, typeset};
use crate::scenarios::{Interval, Setting, Simulation, about_euros, people, percent};

/// What the section rests on.
const SOURCE: &str = "simulation mois par mois des scénarios livrés avec le programme ; effectifs et nombres avec leur page, ou dits hypothèses, dans le dernier tableau de la section.";

/// The section.
pub(super) fn section(material: &Material<'_>) -> Section {
    let all = material.scenarios;
    let finding = match all {
        [] => "Les scénarios ne sont pas connus : rien n’a pu être simulé.".to_owned(),
        _ => finding(all),
    };
    let mut blocks = Vec::new();
    if let [first, ..] = all {
        blocks.push(Block::paragraph(first.reading()));
        blocks.push(Block::Table(overview(material)));
        blocks.extend(first.unknown_in_french().map(Block::paragraph));
        blocks.push(Block::Table(left(material)));
        let effects = all.iter().filter_map(|own| {
            Some(format!("{} : {}", own.scenario.label, french::uncapitalised(&own.effect_in_french()?)))
        });
        blocks.push(Block::heading("Ce qui change le plus chaque résultat"));
        blocks.push(Block::list(effects));
        blocks.push(Block::heading("Ce que ces chiffres supposent"));
        blocks.push(Block::paragraph(
            "Chacun suit le parcours type de son persona, une étape par mois au plus ; ceux qui ont commencé passent avant les autres ; une population dont personne ne connaît l’effectif n’est pas simulée. Les salaires des personnes formées ne sont pas comptés.",
        ));
        blocks.push(Block::Table(grounds(material)));
    }
    Section { kind: SectionKind::Scenarios, finding: typeset(&finding), blocks }
}

fn finding(all: &[Simulation]) -> String {
    let most = all.iter().max_by(|a, b| a.trained.median.total_cmp(&b.trained.median));
    let least = all
        .iter()
        .filter_map(|own| Some((own, own.per_trained.median?)))
        .min_by(|(_, a), (_, b)| a.total_cmp(b));
    let mut parts = Vec::new();
    if let Some(own) = most {
        parts.push(format!(
            "en {} mois, {} forme le plus de monde, {} sur {}",
            own.scenario.months,
            french::quoted(&own.scenario.label),
            own.trained.people_in_french(),
            french::integer(own.people)
        ));
    }
    if let Some((own, euros)) = least {
        parts.push(format!(
            "{} coûte le moins par personne formée, {}",
            french::quoted(&own.scenario.label),
            about_euros(euros)
        ));
    }
    french::capitalised(&format!("{}.", parts.join(" ; ")))
}

/// Each scenario, one row.
fn overview(material: &Material<'_>) -> Table {
    let rows = material.scenarios.iter().map(|own| {
        Row::new(vec![
            Cell::text(&own.scenario.label).leading(format!("/scenarios/{}", own.scenario.id)),
            spread(&own.trained, own.trained.people_in_french()),
            spread(&own.spending, own.spending.euros_in_french()),
            own.per_trained.median.map_or_else(
                || Cell::unknown("sans objet"),
                |euros| Cell { value: Some(euros), ..Cell::text(about_euros(euros)) },
            ),
            own.coverage.map_or_else(
                || Cell::unknown("sans objet"),
                |own| Cell { value: Some(own.median), ..Cell::text(percent(own.median)) },
            ),
            {
                let hours = own.hours.mean + own.hours_bought.mean;
                Cell { value: Some(hours), ..Cell::text(format!("{}\u{a0}h", people(hours))) }
            },
        ])
    });
    table(
        material,
        "facons",
        "Ce que donnerait chaque façon de distribuer",
        vec![
            Column::words("Façon", Width::Middle),
            Column::number("Personnes formées"),
            Column { width: Width::Wide, ..Column::number("Dépenses") },
            Column::number("Par personne"),
            Column::number("Besoins couverts"),
            Column::number("Heures de formateurs"),
        ],
        rows.collect(),
        "Médianes, les heures en moyenne ; entre parenthèses, l’intervalle où tombent huit tirages sur dix. Les heures sont celles des formateurs, des relais, des tuteurs et de qui forme les relais.",
    )
}

/// A median, with what eight runs of ten give.
fn spread(interval: &Interval, text: String) -> Cell {
    Cell { value: Some(interval.median), range: Some((interval.low, interval.high)), ..Cell::text(text) }
}

/// Who is left out, by scenario.
fn left(material: &Material<'_>) -> Table {
    let labels = material.scenarios.first().map(|own| own.left.causes().map(|(label, _)| label));
    let columns = labels.into_iter().flatten().map(|label| Column::number(&french::capitalised(label)));
    let rows = material.scenarios.iter().map(|own| {
        let counts =
            own.left.causes().map(|(_, count)| Cell { value: Some(count), ..Cell::text(people(count)) });
        Row::new(std::iter::once(Cell::text(&own.scenario.label)).chain(counts).collect())
    });
    table(
        material,
        "restants",
        "Qui n’est pas formé à la fin, et pourquoi",
        std::iter::once(Column::words("Façon", Width::Middle)).chain(columns).collect(),
        rows.collect(),
        "Nombres moyens de personnes.",
    )
}

/// Every number of every way, with what it rests on.
fn grounds(material: &Material<'_>) -> Table {
    let mut rows = Vec::new();
    for way in
        material.scenarios.iter().flat_map(|own| own.scenario.ways.iter()).filter(|way| way.share > 0.0)
    {
        for setting in Setting::of(way.kind) {
            let (Some(value), Some((_, ground))) = (way.value(setting), setting.default(way.kind)) else {
                continue;
            };
            let (told, page) = ground.in_french();
            let told = Cell::sentence(told);
            rows.push(Row::new(vec![
                Cell::text(format!("{}, {}", setting.label(), way.kind.label().to_lowercase())),
                Cell::sentence(value.in_french(setting.unit())),
                match page {
                    Some(page) => told.leading(page),
                    None => told,
                },
            ]));
        }
    }
    table(
        material,
        "hypotheses",
        "Les nombres de chaque façon, et ce qui les fonde",
        vec![
            Column::words("Nombre", Width::Wide),
            Column::words("Valeur", Width::Wide),
            Column::words("Ce qui le fonde", Width::Full),
        ],
        rows,
        "Ce qui n’a pas de source est dit hypothèse, à régler.",
    )
}

fn table(
    material: &Material<'_>,
    id: &str,
    caption: &str,
    columns: Vec<Column>,
    rows: Vec<Row>,
    note: &str,
) -> Table {
    Table {
        id: id.to_owned(),
        caption: caption.to_owned(),
        columns,
        rows,
        most: None,
        left_out: 0,
        note: Some(typeset(note)),
        scope: material.whole(),
        source: typeset(SOURCE),
    }
}
