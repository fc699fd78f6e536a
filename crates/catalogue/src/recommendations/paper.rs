//! The specification sheet as a paper, to be printed or changed in a word processor. Absent: what it says (see `sheet`), files.

use super::sheet::Sheet;
use crate::french::{counted, hours, typeset, uncapitalised};
use crate::pathways::minutes_in_french;
use crate::report::{Block, Cell, Column, Paper, Row, Table, Width};
use crate::snapshot::Stamp;
use crate::values::Seen;

impl Sheet {
    /// The paper of a sheet made from a version of the catalogue; `ident` names the request that it answers.
    pub fn paper(&self, stamp: &Stamp, ident: &str) -> Paper {
        let day = stamp.published_at.get(..10).unwrap_or_default();
        let date = Seen::parse(day).map_or_else(|_| day.to_owned(), Seen::in_french);
        let changed = match self.changed.is_empty() {
            true => "",
            false => " Elle a été changée par son lecteur.",
        };
        Paper {
            ident: format!("fiche {} {ident}", stamp.revision),
            kind: "fiche d’une formation à construire".to_owned(),
            title: self.title.clone(),
            lead: typeset(&format!(
                "Cette formation n’existe pas : chaque choix est une proposition, avec ce qui la fonde.{changed}"
            )),
            scope: typeset(&format!(
                "D’après la version {} du catalogue, publiée le {date}.",
                crate::french::integer(stamp.revision)
            )),
            date,
            day: day.to_owned(),
            blocks: self.blocks(),
        }
    }

    fn blocks(&self) -> Vec<Block> {
        let mut blocks = vec![
            Block::list([
                format!("Durée : {}", hours(self.duration_hours)),
                format!("Format : {}", self.format.to_lowercase()),
                format!("Groupe : {} au plus", counted(self.group_max.into(), "personne", "personnes")),
                format!("À payer (estimation) : {}", uncapitalised(&self.cost_in_french())),
            ]),
            Block::heading("Pour qui"),
        ];
        blocks.extend(
            self.audience.iter().map(|(label, situation)| Block::paragraph(format!("{label} : {situation}"))),
        );
        blocks.push(Block::heading("Compétences et objectifs"));
        blocks.push(Block::Table(self.levels()));
        blocks.push(Block::paragraph("À la fin, chaque participant sait :"));
        blocks.push(Block::list(self.objectives.iter().cloned()));
        blocks.push(Block::heading("Déroulé proposé"));
        blocks.push(Block::Table(self.times()));
        blocks.push(Block::heading("Évaluation"));
        blocks.push(Block::list(self.evaluation.iter().cloned()));
        if let Some(remarks) = &self.remarks {
            blocks.push(Block::heading("Remarques"));
            blocks.push(Block::paragraph(remarks));
        }
        blocks.push(Block::heading("Ce qui fonde chaque choix"));
        blocks.push(Block::Table(self.grounds()));
        blocks
    }

    fn levels(&self) -> Table {
        let rows = self.competences.iter().map(|(label, definition, from, to)| {
            let name = Cell::sentence(format!("{label} : {definition}"));
            Row::new(vec![name, Cell::text(from), Cell::text(to)])
        });
        let columns = vec![
            Column::words("Compétence", Width::Full),
            Column::words("À l’entrée", Width::Middle),
            Column::words("À la sortie", Width::Middle),
        ];
        table("competences", "Niveaux à l’entrée et à la sortie", columns, rows.collect())
    }

    fn times(&self) -> Table {
        let rows = self.sequence.iter().map(|(what, minutes, how)| {
            let time =
                Cell { value: Some(*minutes as f64 / 60.0), ..Cell::text(minutes_in_french(*minutes)) };
            Row::new(vec![Cell::text(what), time, Cell::sentence(how)])
        });
        let columns = vec![
            Column::words("Temps", Width::Wide),
            Column::number("Durée"),
            Column::words("Comment", Width::Full),
        ];
        table("deroule", "Temps de la formation", columns, rows.collect())
    }

    fn grounds(&self) -> Table {
        let rows = self.evidence.iter().map(|(of, why, source)| {
            let source = match source {
                Some(page) => Cell::text(page).leading(page),
                None => Cell::text("calcul ou proposition"),
            };
            Row::new(vec![Cell::sentence(of), Cell::sentence(why), source])
        });
        let columns = vec![
            Column::words("Choix", Width::Middle),
            Column::words("Pourquoi", Width::Wide),
            Column::words("Page", Width::Wide),
        ];
        table("fondements", "Choix et sources", columns, rows.collect())
    }
}

/// A table of a paper, which says itself what it rests on.
fn table(id: &str, caption: &str, columns: Vec<Column>, rows: Vec<Row>) -> Table {
    Table {
        id: id.to_owned(),
        caption: caption.to_owned(),
        columns,
        rows,
        most: None,
        left_out: 0,
        note: None,
        scope: String::new(),
        source: String::new(),
    }
}
