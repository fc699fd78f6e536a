//! Raw rows to a table: the first ones are held until the header is found, the others go through.
//! Absent: reading of files.

use std::ops::ControlFlow;

use catalogue::french::{NARROW, integer};

use super::header::{self, Merge, SEARCHED_ROWS};
use super::names::distinct;
use super::{Cell, Receiver, Request, Shape, TableRow};
use crate::issue::Fault;
use crate::limits::{ROWS, TABLE_COLUMNS};
use crate::{Issue, Stop};

/// Rows held at most while the line of the header, given by a person, is awaited.
const HELD_ROWS: usize = 10_000;

/// A row as its file gives it, and the cells that hold an error of calculation: column from 0, error.
pub(crate) struct RawRow {
    pub(crate) row: TableRow,
    pub(crate) errors: Vec<(usize, String)>,
}

impl RawRow {
    pub(crate) fn plain(line: u64, cells: Vec<Cell>) -> Self {
        Self { row: TableRow { line, cells }, errors: Vec::new() }
    }
}

/// Whether more rows are wanted, or why none can be.
pub(crate) type Flow = Result<ControlFlow<()>, Stop>;

/// Makes one table.
pub(crate) struct Assembler<'a, 'b> {
    request: Request<'a>,
    file: String,
    merges: Vec<Merge>,
    shape: Shape,
    is_found: bool,
    held: Vec<RawRow>,
    early: Vec<Issue>,
    rows: u64,
    given: u64,
    sink: &'b mut Receiver<'a>,
    shapes: &'b mut Vec<Shape>,
}

impl<'a, 'b> Assembler<'a, 'b> {
    pub(crate) fn new(
        request: Request<'a>,
        shape: Shape,
        merges: Vec<Merge>,
        sink: &'b mut Receiver<'a>,
        shapes: &'b mut Vec<Shape>,
    ) -> Self {
        let file = request.name();
        let (held, early) = (Vec::new(), Vec::new());
        Self { request, file, merges, shape, is_found: false, held, early, rows: 0, given: 0, sink, shapes }
    }

    /// Takes a row; blank ones are left out.
    pub(crate) fn row(&mut self, row: RawRow) -> Flow {
        if row.row.cells.iter().all(Cell::is_empty) && row.errors.is_empty() {
            return Ok(ControlFlow::Continue(()));
        }
        if self.is_found {
            return self.give(row);
        }
        let line = row.row.line;
        self.held.push(row);
        let is_enough = match self.request.options.header_line {
            Some(header) => line > header + 1 || self.held.len() >= HELD_ROWS,
            None => self.held.len() > SEARCHED_ROWS + 1,
        };
        if is_enough { self.settle() } else { Ok(ControlFlow::Continue(())) }
    }

    /// Takes what is wrong with a part of the file.
    pub(crate) fn issue(&mut self, issue: Issue) {
        let issue = Issue { sheet: self.shape.sheet.clone(), ..issue };
        if self.is_found { (self.sink)(&self.shape, Err(issue)) } else { self.early.push(issue) }
    }

    /// The end of the table.
    pub(crate) fn finish(mut self) -> Result<(), Stop> {
        if !self.is_found && !self.held.is_empty() {
            let _ = self.settle()?;
        }
        Ok(())
    }

    /// Finds the header, then gives what was held.
    fn settle(&mut self) -> Flow {
        let (rows, errors): (Vec<TableRow>, Vec<_>) =
            std::mem::take(&mut self.held).into_iter().map(|raw| (raw.row, raw.errors)).unzip();
        let line = self.request.options.header_line;
        let header =
            header::find(&rows, line, &self.merges, self.request.known).filter(|h| !h.names.is_empty());
        let Some(header) = header else {
            let remedy = "indiquez la ligne qui porte les noms des colonnes";
            return Err(Stop(line, Fault::new("il n’y a pas de noms de colonnes à cette ligne", remedy)));
        };
        if header.names.len() > TABLE_COLUMNS {
            let most = integer(TABLE_COLUMNS as u64);
            let fault = Fault::new(format!("la table dépasse {most} colonnes"), "retirez des colonnes");
            return Err(Stop(Some(header.line), fault));
        }
        let notes = &mut self.shape.reading;
        notes.push(match header.is_double {
            true => format!("en-tête de deux lignes, jusqu’à la ligne {}", header.line),
            false => format!("en-tête à la ligne {}", header.line),
        });
        if header.is_guessed {
            notes.push("aucun nom de colonne reconnu, en-tête supposé".to_owned());
        }
        self.shape.columns = distinct(header.names, notes);
        self.shape.header_line = header.line;
        let mut data: Vec<RawRow> = rows
            .into_iter()
            .zip(errors)
            .map(|(row, errors)| RawRow { row, errors })
            .skip(header.rows)
            .collect();
        let is_example = |first: &RawRow| !self.request.is_ours && header::is_example(&first.row);
        if data.first().is_some_and(is_example) {
            notes.push(format!("ligne {} laissée de côté{NARROW}: c’est un exemple", data[0].row.line));
            data.remove(0);
        }
        self.is_found = true;
        self.shapes.push(self.shape.clone());
        if self.request.most_rows == 0 {
            return Ok(ControlFlow::Break(()));
        }
        for issue in std::mem::take(&mut self.early) {
            (self.sink)(&self.shape, Err(issue));
        }
        for row in data {
            if self.give(row)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn give(&mut self, raw: RawRow) -> Flow {
        let RawRow { row: TableRow { line, mut cells }, errors } = raw;
        if self.rows >= ROWS {
            let message = format!("la table dépasse {} lignes de données", integer(ROWS));
            return Err(Stop(Some(line), Fault::new(message, "découpez-la en plusieurs fichiers")));
        }
        self.rows += 1;
        let width = self.shape.columns.len();
        for (column, error) in errors {
            let Some(name) = self.shape.columns.get(column) else { continue };
            let fault = Fault::new(
                "la cellule contient une erreur de calcul, elle est laissée vide",
                "corrigez la formule, ou écrivez la valeur",
            );
            let issue = fault.column(name.as_str()).value(error).at(&self.file, Some(line));
            self.issue(issue);
        }
        let beyond = cells.iter().skip(width).position(|cell| !cell.is_empty());
        if let Some(position) = beyond {
            let value = super::names::of_cell(cells.get(width + position));
            let message =
                format!("la ligne a plus de cellules que les {} de l’en-tête", integer(width as u64));
            let remedy =
                "mettez entre guillemets les cellules qui contiennent le séparateur, ou nommez la colonne";
            let issue = Fault::new(message, remedy).value(value).at(&self.file, Some(line));
            self.issue(issue);
            return Ok(ControlFlow::Continue(()));
        }
        cells.resize(width, Cell::Empty);
        (self.sink)(&self.shape, Ok(TableRow { line, cells }));
        self.given += 1;
        let is_enough = self.given >= self.request.most_rows;
        Ok(if is_enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }
}
