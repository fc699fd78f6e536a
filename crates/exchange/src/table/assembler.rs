//! Raw rows to a table: the first ones are held until the header is found, the others go through.
//! Absent: reading of files.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use catalogue::french::{NARROW, integer, quoted};

use super::again::{self, Again};
use super::closed::Closed;
use super::flaw::{Flaw, is_error};
use super::header::{self, Asked, FAR_ROWS, Merge};
use super::letters;
use super::names::distinct;
use super::{Cell, Receiver, Request, Shape, TableRow};
use crate::issue::Fault;
use crate::limits::{MERGES, ROWS, TABLE_COLUMNS};
use crate::mapping::{Target, named};
use crate::{Issue, Stop};

/// Rows held at most while the line of the header, given by a person, is awaited.
const HELD_ROWS: usize = 10_000;
/// Lines looked at under a header that a person gives.
const SEEN_LINES: u64 = 40;
/// Longest text of merged cells that is given to each of their lines, in bytes.
const SPREAD_BYTES: usize = 4 << 10;
/// Lines above the header that are quoted, and the characters of each.
const ABOVE: usize = 5;
const ABOVE_CHARS: usize = 120;
/// Merged cells looked at to find the header.
const HEADER_MERGES: usize = 1_000;

/// A row as its file gives it, and its cells without a value, with their columns from 0.
pub(crate) struct RawRow {
    pub(crate) row: TableRow,
    pub(crate) errors: Vec<(usize, Flaw)>,
}

impl RawRow {
    pub(crate) fn plain(line: u64, cells: Vec<Cell>) -> Self {
        Self { row: TableRow::new(line, cells), errors: Vec::new() }
    }

    /// Takes out the texts that are errors of calculation.
    fn find_errors(&mut self) {
        for (column, cell) in self.row.cells.iter_mut().enumerate() {
            if let Cell::Text(text) = cell
                && is_error(text)
            {
                self.errors.push((column, Flaw::Error(std::mem::take(text))));
                *cell = Cell::Empty;
            }
        }
    }
}

/// Whether more rows are wanted, or why none can be.
pub(crate) type Flow = Result<ControlFlow<()>, Stop>;

/// Makes one table.
pub(crate) struct Assembler<'a, 'b> {
    request: Request<'a>,
    file: String,
    /// In the order of their first lines.
    merges: Vec<Merge>,
    /// How many of them begin at a row already given.
    begun: usize,
    /// Values of merged cells that go on in the next lines, by column: their last line, and what they hold.
    spread: BTreeMap<usize, (u64, Cell)>,
    /// The first line that has cells too far to the right.
    far: Option<u64>,
    /// Whether it is told that a sheet has cells to the right of the last name: its first line is enough.
    is_aside_told: bool,
    /// Whether a text that was encoded twice is read as it was before.
    is_mended: bool,
    shape: Shape,
    is_found: bool,
    /// How many cells the line of names has, named or not.
    header_cells: usize,
    /// Where each column is in the rows under a line of names that puts them in another order.
    places: Option<Vec<Option<usize>>>,
    /// The last line of the row given before, once there is one.
    last: Option<u64>,
    /// Columns of durations and prices, and whether a figure was met there.
    measures: Vec<usize>,
    has_figures: bool,
    closed: Closed,
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
        mut merges: Vec<Merge>,
        sink: &'b mut Receiver<'a>,
        shapes: &'b mut Vec<Shape>,
    ) -> Self {
        merges.sort_by_key(|merge| merge.lines.0);
        merges.truncate(MERGES);
        Self {
            request,
            file: request.name(),
            merges,
            begun: 0,
            spread: BTreeMap::new(),
            far: None,
            is_aside_told: false,
            is_mended: false,
            shape,
            is_found: false,
            header_cells: 0,
            places: None,
            last: None,
            measures: Vec::new(),
            has_figures: false,
            closed: Closed::default(),
            held: Vec::new(),
            early: Vec::new(),
            rows: 0,
            given: 0,
            sink,
            shapes,
        }
    }

    /// Takes merged cells that begin at the row to come.
    pub(crate) fn merge(&mut self, merge: Merge) {
        if self.merges.len() < MERGES {
            self.merges.push(merge);
        }
    }

    /// Takes note of a line that has cells too far to the right; they are left out.
    pub(crate) fn far(&mut self, line: u64) {
        self.far.get_or_insert(line);
    }

    /// Takes what is wrong with a line.
    pub(crate) fn fault(&mut self, line: u64, fault: Fault) {
        let issue = fault.at(&self.file, Some(line));
        self.issue(issue);
    }

    /// Takes a row; blank ones are left out.
    pub(crate) fn row(&mut self, mut row: RawRow) -> Flow {
        if !self.request.is_ours {
            row.row.cells.iter_mut().for_each(|cell| self.is_mended |= letters::mend(cell));
        }
        if row.row.cells.iter().all(Cell::is_empty) && row.errors.is_empty() {
            return Ok(ControlFlow::Continue(()));
        }
        if self.is_found {
            return self.give(row);
        }
        let line = row.row.line;
        self.held.push(row);
        let is_enough = match self.request.options.header_line {
            Some(header) => line > header + SEEN_LINES || self.held.len() >= HELD_ROWS,
            None => self.held.len() > FAR_ROWS + 1,
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
        match self.far {
            Some(line) if self.is_found => self.fault(line, too_far()),
            Some(line) => return Err(Stop(Some(line), too_far())),
            None => {}
        }
        Ok(())
    }

    /// Finds the header, then gives what was held.
    fn settle(&mut self) -> Flow {
        // Some programs write the rows of an XLS sheet in the order in which they were filled.
        self.held.sort_by_key(|raw| raw.row.line);
        let (rows, errors): (Vec<TableRow>, Vec<_>) =
            std::mem::take(&mut self.held).into_iter().map(|raw| (raw.row, raw.errors)).unzip();
        let asked = Asked { line: self.request.options.header_line, is_there: self.request.options.header };
        let last = rows.last().map_or(0, |row| row.line);
        let merges: Vec<Merge> =
            self.merges.iter().filter(|merge| merge.lines.0 <= last).take(HEADER_MERGES).copied().collect();
        let header = header::find(&rows, asked, &merges, self.request.known).filter(|h| !h.names.is_empty());
        let Some(header) = header else {
            let remedy = "indiquez la ligne qui porte les noms des colonnes";
            let fault = Fault::new("il n’y a pas de noms de colonnes à cette ligne", remedy);
            return Err(Stop(asked.line, fault));
        };
        if header.names.len() > TABLE_COLUMNS {
            let most = integer(TABLE_COLUMNS as u64);
            let fault = Fault::new(format!("la table dépasse {most} colonnes"), "retirez des colonnes");
            return Err(Stop(Some(header.line), fault));
        }
        let notes = &mut self.shape.reading;
        notes.extend(how(&header));
        notes.extend(above(&header.above));
        if self.is_mended {
            notes.push("accents encodés deux fois, lus comme ils étaient avant".to_owned());
        }
        self.shape.above.clone_from(&header.above);
        let is_spread = |merge: &Merge| merge.lines.1 > merge.lines.0 && merge.lines.0 > header.line;
        if merges.iter().any(is_spread) {
            notes.push("cellules fusionnées en hauteur, lues à chacune de leurs lignes".to_owned());
        }
        self.shape.columns = distinct(header.names, notes);
        let is_measure = |name: &String| matches!(named(name), Some(Target::Duration | Target::Price));
        let columns = self.shape.columns.iter().enumerate();
        self.measures = columns.filter(|(_, name)| is_measure(name)).map(|(at, _)| at).collect();
        self.shape.header_line = header.line;
        self.shape.is_numbered = header.line == 0;
        self.header_cells = rows.get(header.rows.wrapping_sub(1)).map_or(0, |row| row.cells.len());
        let mut data: Vec<RawRow> = rows
            .into_iter()
            .zip(errors)
            .map(|(row, errors)| RawRow { row, errors })
            .skip(header.rows)
            .collect();
        self.leave_examples(&mut data);
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

    /// Takes out the rows that show how to fill the table, and takes note of the titles of its parts.
    fn leave_examples(&mut self, data: &mut Vec<RawRow>) {
        if self.request.is_ours {
            return;
        }
        let notes = &mut self.shape.reading;
        if data.first().is_some_and(|first| header::is_example(&first.row)) {
            notes.push(format!("ligne {} laissée de côté{NARROW}: c’est un exemple", data[0].row.line));
            data.remove(0);
        }
        if data.first().is_some_and(|first| header::is_numbering(&first.row)) {
            let told = "elle numérote les colonnes";
            notes.push(format!("ligne {} laissée de côté{NARROW}: {told}", data[0].row.line));
            data.remove(0);
        }
        self.shape.parts = super::parts::titles(data.iter().map(|raw| &raw.row));
    }

    fn give(&mut self, mut raw: RawRow) -> Flow {
        if !self.request.is_ours {
            raw.find_errors();
        }
        let RawRow { row: TableRow { line, mut cells, .. }, mut errors } = raw;
        let is_apart = self.follow(line, &cells);
        if let Some(flow) = self.header_again(line, &cells, is_apart) {
            self.closed.header();
            return Ok(flow);
        }
        if let Some(fault) = self.banner(line, &cells) {
            self.fault(line, fault);
            return Ok(ControlFlow::Continue(()));
        }
        let is_read = !self.request.is_ours;
        let under = is_read.then(|| self.closed.title(&cells, &self.shape.columns, is_apart)).flatten();
        if self.rows >= ROWS {
            let message = format!("la table dépasse {} lignes de données", integer(ROWS));
            return Err(Stop(Some(line), Fault::new(message, "découpez-la en plusieurs fichiers")));
        }
        self.rows += 1;
        let width = self.shape.columns.len();
        self.fill(line, width, &mut cells);
        if let Some(places) = &self.places {
            cells = again::moved(cells, places);
            let place = |from: usize| places.iter().position(|place| *place == Some(from));
            errors.retain_mut(|(column, _)| place(*column).map(|own| *column = own).is_some());
        }
        for (column, error) in errors {
            let Some(name) = self.shape.columns.get(column) else { continue };
            // An amount that is there and cannot be read leaves its place to no other column.
            if (self.request.is_wide || named(name).is_some_and(Target::alternates)) && column < width {
                cells.resize(cells.len().max(column + 1), Cell::Empty);
                cells[column] = Cell::Text(error.as_text());
            }
            let issue = error.fault().column(name.as_str()).at(&self.file, Some(line));
            self.issue(issue);
        }
        let extent = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        let beyond = cells.iter().skip(width).position(|cell| !cell.is_empty());
        let value = |position: usize| super::names::of_cell(cells.get(width + position));
        // In a text, cells too many come from a separator inside one of them, unless their column is there without a
        // name; in a sheet, from a remark beside.
        let is_aside = self.shape.sheet.is_some() || extent <= self.header_cells;
        if let Some(position) = beyond.filter(|_| is_aside && !self.request.is_ours) {
            if !std::mem::replace(&mut self.is_aside_told, true) {
                let message =
                    "des cellules sont à droite de la dernière colonne nommée, elles ne sont pas lues";
                let fault = Fault::new(message, "nommez leur colonne, ou effacez-les").value(value(position));
                let column = (width + position + 1).to_string();
                let issue = fault.column(column).at(&self.file, Some(line));
                self.issue(issue);
            }
        } else if beyond.is_some() && self.request.is_wide {
            (self.sink)(&self.shape, Ok(TableRow { line, cells, under }));
            return Ok(ControlFlow::Continue(()));
        } else if let Some(position) = beyond {
            let value = value(position);
            let message =
                format!("la ligne a plus de cellules que les {} de l’en-tête", integer(width as u64));
            let remedy =
                "mettez entre guillemets les cellules qui contiennent le séparateur, ou nommez la colonne";
            let issue = Fault::new(message, remedy).value(value).at(&self.file, Some(line));
            self.issue(issue);
            return Ok(ControlFlow::Continue(()));
        }
        cells.resize(width, Cell::Empty);
        (self.sink)(&self.shape, Ok(TableRow { line, cells, under }));
        self.given += 1;
        let is_enough = self.given >= self.request.most_rows;
        Ok(if is_enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }

    /// What follows a line of names met again; nothing when the row is one of data.
    fn header_again(&mut self, line: u64, cells: &[Cell], is_apart: bool) -> Option<ControlFlow<()>> {
        if self.request.is_ours || self.shape.is_numbered {
            return None;
        }
        let is_other = || is_apart && self.has_figures && again::names_others(cells, &self.measured());
        let found = again::header(cells, &self.shape.columns, self.request.known);
        Some(match found.or_else(|| is_other().then_some(Again::Other))? {
            Again::Same(places) => {
                let columns = self.shape.columns.iter().zip(&places);
                self.shape.unsaid =
                    columns.filter(|(_, place)| place.is_none()).map(|(name, _)| name.clone()).collect();
                let is_same = places.iter().enumerate().all(|(at, place)| *place == Some(at));
                self.places = Some(places).filter(|_| !is_same);
                ControlFlow::Continue(())
            }
            Again::Other => self.other_table(line, cells),
        })
    }

    /// Takes note of a row; tells whether a blank one is before it.
    fn follow(&mut self, line: u64, cells: &[Cell]) -> bool {
        // Cells of a text may hold several lines.
        let breaks = |cell: &Cell| match cell {
            Cell::Text(text) if self.shape.sheet.is_none() => text.matches('\n').count() as u64,
            _ => 0,
        };
        let end = line + cells.iter().map(breaks).sum::<u64>();
        self.has_figures = self.has_figures || again::has_figures(cells, &self.measured());
        self.last.replace(end).is_some_and(|last| line > last + 1)
    }

    /// Where durations and prices are in a row.
    fn measured(&self) -> Vec<usize> {
        let place = |at: &usize| self.places.as_ref().map_or(Some(*at), |places| places[*at]);
        self.measures.iter().filter_map(place).collect()
    }

    /// Whether a row is one text over most of the columns: the title of a part of the table.
    fn is_banner(&self, line: u64, cells: &[Cell]) -> bool {
        let mut filled = (0..cells.len()).filter(|at| !cells[*at].is_empty());
        let (Some(column), None) = (filled.next(), filled.next()) else { return false };
        let mut begun = self.merges[self.begun..].iter().take_while(|merge| merge.lines.0 <= line);
        let width = self.shape.columns.len();
        let is_over = |merge: &Merge| {
            let (first, last) = merge.columns;
            merge.lines == (line, line) && first == column && last > first && (last - first + 1) * 2 > width
        };
        !self.request.is_ours && begun.any(is_over)
    }

    /// Another table begins here: nothing of it is read, since its columns may mean something else.
    fn other_table(&mut self, line: u64, cells: &[Cell]) -> ControlFlow<()> {
        let names: Vec<String> = cells.iter().map(|cell| super::names::of_cell(Some(cell))).collect();
        let message = "une autre table commence à cette ligne, avec d’autres colonnes\u{202f}; ses lignes ne sont pas lues";
        let remedy = "séparez les deux tableaux, un par fichier ou par feuille, ou donnez-leur les mêmes noms de colonnes";
        let issue = Fault::new(message, remedy).value(names.join(" | ")).at(&self.file, Some(line));
        self.issue(issue);
        ControlFlow::Break(())
    }

    /// Why a row is no training when it is the merged title of a part.
    fn banner(&mut self, line: u64, cells: &[Cell]) -> Option<Fault> {
        if !self.is_banner(line, cells) {
            return None;
        }
        let title = super::names::of_cell(cells.iter().find(|cell| !cell.is_empty()));
        self.closed.begin(&title);
        let message = "la ligne est un titre fusionné sur la table, pas une formation";
        Some(Fault::new(message, "retirez-la, ou dites-le dans une colonne").value(title))
    }

    /// Gives a row the values of the merged cells that cover it.
    fn fill(&mut self, line: u64, width: usize, cells: &mut Vec<Cell>) {
        while let Some(merge) = self.merges.get(self.begun).filter(|merge| merge.lines.0 <= line) {
            self.begun += 1;
            let column = merge.columns.0;
            let value = cells.get(column).filter(|cell| column < width && !cell.is_empty());
            let is_short = |value: &&Cell| !matches!(value, Cell::Text(text) if text.len() > SPREAD_BYTES);
            let value = value.filter(is_short);
            if let Some(value) = value.filter(|_| merge.lines.0 == line && merge.lines.1 > line) {
                self.spread.insert(column, (merge.lines.1, value.clone()));
            }
        }
        self.spread.retain(|_, (last, _)| *last >= line);
        for (column, (_, value)) in &self.spread {
            if cells.len() <= *column {
                cells.resize(column + 1, Cell::Empty);
            }
            if cells[*column].is_empty() {
                cells[*column].clone_from(value);
            }
        }
    }
}

/// How the header was found, in French.
fn how(header: &header::Header) -> Vec<String> {
    let (line, is_guessed) = (header.line, header.is_guessed);
    let mut notes = vec![match line {
        0 => "table lue sans en-tête, colonnes numérotées".to_owned(),
        _ if header.is_double => format!("en-tête de deux lignes, jusqu’à la ligne {line}"),
        _ => format!("en-tête à la ligne {line}"),
    }];
    if is_guessed && line == 0 {
        let told = "aucun nom de colonne reconnu, et la première ligne ressemble aux suivantes";
        let remedy = "si une ligne porte les noms des colonnes, écrivez header_line sous [table] dans la \
                      correspondance";
        notes.push(format!("{told}{NARROW}; {remedy}"));
    } else if is_guessed {
        let remedy = "si cette ligne est déjà une formation, écrivez header = false sous [table] dans la \
                      correspondance";
        notes.push(format!("aucun nom de colonne reconnu, en-tête supposé{NARROW}; {remedy}"));
    }
    notes
}

/// The lines above the header, as they are written.
fn above(lines: &[String]) -> Option<String> {
    let short = |line: &String| match line.chars().count() > ABOVE_CHARS {
        true => format!("{}…", line.chars().take(ABOVE_CHARS - 1).collect::<String>()),
        false => line.clone(),
    };
    let mut told: Vec<String> = lines.iter().take(ABOVE).map(|line| quoted(&short(line))).collect();
    if lines.len() > ABOVE {
        told.push("…".to_owned());
    }
    (!told.is_empty()).then(|| format!("au-dessus de l’en-tête{NARROW}: {}", told.join(", ")))
}

fn too_far() -> Fault {
    let most = integer(TABLE_COLUMNS as u64);
    let message = format!("des cellules sont au-delà de la colonne {most}, elles ne sont pas lues");
    Fault::new(message, "rapprochez-les des autres, ou effacez-les")
}
