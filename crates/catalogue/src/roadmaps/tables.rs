//! The tables of roadmaps, read strictly: a code, a date or an address that cannot be, an action of no roadmap, a link
//! that says half of something are refused with the line that says it. Absent: what the offer answers.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{Action, ActionKind, Figure, Link, Roadmap, RoadmapTables, Roadmaps, Scope};
use crate::french::quoted;
use crate::referential::Referential;
use crate::values::{Seen, ValueError, WebAddress, slug, text};
use crate::vocabulary::{Competence, Level};

/// Longest name, title or note, in characters.
const TEXT_CHARS: usize = 300;

/// Why roadmaps cannot be read; messages are in French.
#[derive(Debug, thiserror::Error)]
pub enum RoadmapsError {
    /// A file is not the table expected.
    #[error("feuilles de route illisibles : {0}")]
    Csv(#[from] csv::Error),
    /// A row says something that cannot be.
    #[error("table « {table} », {row} : {problem}")]
    Row {
        /// Name of the table.
        table: &'static str,
        /// What names the row.
        row: String,
        /// What is wrong.
        problem: String,
    },
}

#[derive(Deserialize)]
struct RoadmapRow {
    id: String,
    ministry: String,
    scope: String,
    published: String,
    horizon: String,
    actions_total: Option<u32>,
    pdf: String,
    source_url: String,
    note: String,
}

#[derive(Deserialize)]
struct ActionRow {
    id: String,
    roadmap: String,
    title: String,
    kind: String,
    published: String,
    due: String,
    source_url: String,
    note: String,
}

#[derive(Deserialize)]
struct LinkRow {
    action: String,
    competence: String,
    level: Option<u8>,
    persona: String,
    reason: String,
}

#[derive(Deserialize)]
struct FigureRow {
    roadmaps: String,
    ministry: String,
    kind: String,
    what: String,
    count: Option<u64>,
    year: Option<u16>,
    source_url: String,
    note: String,
}

/// A row that is being read: what is wrong in it is told with its name.
struct At<'a> {
    table: &'static str,
    row: &'a str,
}

impl At<'_> {
    fn wrong(&self, problem: impl Into<String>) -> RoadmapsError {
        RoadmapsError::Row { table: self.table, row: quoted(self.row), problem: problem.into() }
    }

    fn sound<T>(&self, value: Result<T, ValueError>) -> Result<T, RoadmapsError> {
        value.map_err(|error| self.wrong(error.to_string()))
    }

    fn text(&self, raw: &str) -> Result<String, RoadmapsError> {
        self.sound(text(raw, TEXT_CHARS))
    }

    /// A text that may be absent.
    fn maybe_text(&self, raw: &str) -> Result<Option<String>, RoadmapsError> {
        if raw.trim().is_empty() { Ok(None) } else { self.text(raw).map(Some) }
    }
}

fn rows<R: DeserializeOwned>(text: &str) -> Result<Vec<R>, RoadmapsError> {
    Ok(csv::Reader::from_reader(text.as_bytes()).deserialize().collect::<Result<_, _>>()?)
}

impl Roadmaps {
    /// Reads roadmaps from their tables.
    ///
    /// # Errors
    /// A table that cannot be read, a value that is wrong, unknown, written twice or missing.
    pub fn read(tables: &RoadmapTables, referential: &Referential) -> Result<Self, RoadmapsError> {
        let mut read = Self { roadmaps: Vec::new(), actions: Vec::new(), figures: Vec::new() };
        for row in rows::<RoadmapRow>(tables.roadmaps)? {
            let roadmap = roadmap(&row)?;
            if read.place(&roadmap.id).is_some() {
                return Err(At { table: "roadmaps_index", row: &row.id }.wrong("écrite deux fois"));
            }
            read.roadmaps.push(roadmap);
        }
        let mut ids = BTreeSet::new();
        for row in rows::<ActionRow>(tables.actions)? {
            let at = At { table: "roadmaps", row: &row.id };
            if !ids.insert(row.id.clone()) {
                return Err(at.wrong("écrite deux fois"));
            }
            let place = read.place(&row.roadmap);
            let place = place.ok_or_else(|| at.wrong("sa feuille de route n’existe pas"))?;
            read.actions.push(action(&row, place)?);
        }
        for row in rows::<LinkRow>(tables.links)? {
            read.link(&row, referential)?;
        }
        for action in read.actions.iter().filter(|action| action.kind == ActionKind::Training) {
            if action.links.is_empty() == action.unlinked.is_none() {
                let problem = "une action de formation a des rapprochements, ou la raison de n’en pas avoir";
                return Err(At { table: "roadmap_links", row: &action.id }.wrong(problem));
            }
        }
        for row in rows::<FigureRow>(tables.ministries)? {
            let figure = read.figure(&row)?;
            read.figures.push(figure);
        }
        read.actions.sort_by_key(|action| (action.kind, action.roadmap));
        Ok(read)
    }

    /// Adds a link to its action, or the reason why there is none.
    fn link(&mut self, row: &LinkRow, referential: &Referential) -> Result<(), RoadmapsError> {
        let at = At { table: "roadmap_links", row: &row.action };
        let action = self.actions.iter_mut().find(|action| action.id == row.action);
        let action = action.ok_or_else(|| at.wrong("cette action n’existe pas"))?;
        if action.kind != ActionKind::Training {
            return Err(at.wrong("ce n’est pas une action de formation"));
        }
        let reason = at.text(&row.reason)?;
        if row.competence.is_empty() {
            if row.level.is_some() || !row.persona.is_empty() || action.unlinked.is_some() {
                return Err(at.wrong("sans compétence, la ligne dit une seule raison"));
            }
            action.unlinked = Some(reason);
            return Ok(());
        }
        let unknown = || at.wrong(format!("la compétence {} n’existe pas", quoted(&row.competence)));
        let level = row.level.map(|level| Level::new(level).ok_or_else(|| at.wrong("un niveau va de 1 à 4")));
        let link = Link {
            competence: referential.code::<Competence>(&row.competence).ok_or_else(unknown)?,
            level: level.transpose()?,
            persona: at.maybe_text(&row.persona)?,
            reason,
        };
        if link.persona.is_some() && link.level.is_none() {
            return Err(at.wrong("un persona demande un niveau"));
        }
        let is_same = |other: &Link| {
            (other.competence, other.level, &other.persona) == (link.competence, link.level, &link.persona)
        };
        if action.links.iter().any(is_same) {
            return Err(at.wrong("le même rapprochement est écrit deux fois"));
        }
        action.links.push(link);
        Ok(())
    }

    fn figure(&self, row: &FigureRow) -> Result<Figure, RoadmapsError> {
        let at = At { table: "ministries", row: &row.ministry };
        let place = |id| self.place(id).ok_or_else(|| at.wrong(format!("{} n’existe pas", quoted(id))));
        match (row.kind.as_str(), row.count) {
            ("fonction", None) | ("nombre", Some(_)) => {}
            _ => return Err(at.wrong("« fonction » va sans nombre, « nombre » avec")),
        }
        Ok(Figure {
            roadmaps: row.roadmaps.split('|').map(place).collect::<Result<_, _>>()?,
            ministry: at.text(&row.ministry)?,
            what: at.text(&row.what)?,
            count: row.count,
            year: row.year,
            source: at.sound(WebAddress::parse(&row.source_url))?,
            note: at.maybe_text(&row.note)?.unwrap_or_default(),
        })
    }
}

fn roadmap(row: &RoadmapRow) -> Result<Roadmap, RoadmapsError> {
    let at = At { table: "roadmaps_index", row: &row.id };
    let scope = match row.scope.as_str() {
        "ministere" => Scope::Ministry,
        "ensemble" => Scope::All,
        "plusieurs" => Scope::Several,
        _ => return Err(at.wrong("« scope » est « ministere », « ensemble » ou « plusieurs »")),
    };
    if row.id.is_empty() || slug(&row.id) != row.id {
        return Err(
            at.wrong("l’identifiant a des minuscules sans accent, des chiffres et des traits d’union")
        );
    }
    let pdf = at.maybe_text(&row.pdf)?;
    Ok(Roadmap {
        id: row.id.clone(),
        ministry: at.text(&row.ministry)?,
        scope,
        published: at.sound(Seen::parse(&row.published))?,
        horizon: at.maybe_text(&row.horizon)?,
        actions_total: row.actions_total,
        pdf: pdf.map(|pdf| at.sound(WebAddress::parse(&pdf))).transpose()?,
        source: at.sound(WebAddress::parse(&row.source_url))?,
        note: at.maybe_text(&row.note)?.unwrap_or_default(),
    })
}

fn action(row: &ActionRow, roadmap: usize) -> Result<Action, RoadmapsError> {
    let at = At { table: "roadmaps", row: &row.id };
    let number = row.id.strip_prefix(row.roadmap.as_str()).and_then(|end| end.strip_prefix('-'));
    if number.and_then(|number| number.parse::<u32>().ok()).is_none() {
        return Err(at.wrong("l’identifiant est celui de la feuille de route, suivi d’un numéro"));
    }
    Ok(Action {
        id: row.id.clone(),
        roadmap,
        title: at.text(&row.title)?,
        kind: ActionKind::named(&row.kind).ok_or_else(|| at.wrong("ce type d’action n’existe pas"))?,
        published: at.sound(Seen::parse(&row.published))?,
        due: at.maybe_text(&row.due)?,
        source: at.sound(WebAddress::parse(&row.source_url))?,
        note: at.maybe_text(&row.note)?.unwrap_or_default(),
        links: Vec::new(),
        unlinked: None,
    })
}
