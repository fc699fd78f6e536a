//! Records of a table: lines split into cells, quotes as spreadsheets write them.
//! Absent: what cells mean.

use std::io::BufRead;

use catalogue::french::{NARROW, integer, quoted};

use crate::issue::Fault;
use crate::limits::{OPEN_QUOTES, ROW_BYTES, ROW_LINES};
use crate::lines::{Line, Lines};
use crate::{Sink, Stop};

/// Cells of a record and the line where it begins.
pub(crate) struct Record {
    pub(crate) line: u64,
    pub(crate) cells: Vec<String>,
}

/// Reads records one after the other.
pub(crate) struct Records<'a, R> {
    lines: &'a mut Lines<R>,
    separator: char,
    open_quotes: usize,
}

impl<'a, R: BufRead> Records<'a, R> {
    pub(crate) fn new(lines: &'a mut Lines<R>, separator: char) -> Self {
        Self { lines, separator, open_quotes: 0 }
    }

    /// The next record; blank lines are skipped. When quotes are wrong, the first line alone is left
    /// out and the lines that a lost quote swallowed are read again.
    pub(crate) fn next(&mut self, sink: &mut Sink) -> Result<Option<Record>, Stop> {
        while let Some(line) = self.lines.next()? {
            if line.is_too_long {
                sink.row(line.number, Err(vec![Line::too_long()]))?;
                continue;
            }
            if line.text.trim().is_empty() {
                continue;
            }
            let line = self.first_of(line);
            let (first, mut swallowed) = (line.number, Vec::new());
            match self.record(line, &mut swallowed)? {
                Ok(cells) => return Ok(Some(Record { line: first, cells })),
                Err(fault) => {
                    if !swallowed.is_empty() {
                        self.open_quotes += 1;
                    }
                    if self.open_quotes > OPEN_QUOTES {
                        return Err((first, too_many_open_quotes()).into());
                    }
                    self.lines.replay(swallowed.into_iter());
                    sink.row(first, Err(vec![fault]))?;
                }
            }
        }
        Ok(None)
    }

    /// The first row of a line, the others being read after it, when carriage returns alone part it in rows of as many cells:
    /// a file glued from two systems. Elsewhere they are in the middle of a text.
    fn first_of(&mut self, line: Line) -> Line {
        let text = line.text.trim_end_matches(['\r', '\n']);
        if !text.contains('\r') || text.contains('"') {
            return line;
        }
        let rows: Vec<&str> = text.split('\r').filter(|row| !row.trim().is_empty()).collect();
        let width = |row: &str| row.matches(self.separator).count();
        let is_parted =
            rows.len() > 1 && rows.iter().all(|row| width(row) > 0 && width(row) == width(rows[0]));
        if !is_parted {
            return line;
        }
        let row = |text: &&str| Line { number: line.number, text: format!("{text}\n"), is_too_long: false };
        let mut rows: Vec<Line> = rows.iter().map(row).collect();
        let first = rows.remove(0);
        self.lines.replay(rows.into_iter());
        first
    }

    fn record(&mut self, first: Line, swallowed: &mut Vec<Line>) -> Result<Result<Vec<String>, Fault>, Stop> {
        let mut splitting = Splitting::new(self.separator);
        let mut bytes = first.text.len();
        let mut step = splitting.line(&first.text);
        loop {
            match step {
                Step::Done => return Ok(Ok(splitting.cells)),
                Step::Misplaced => return Ok(Err(misplaced(&first.text))),
                Step::Open => {}
            }
            let next =
                if bytes <= ROW_BYTES && swallowed.len() < ROW_LINES { self.lines.next()? } else { None };
            let Some(next) = next else { return Ok(Err(never_closed(&first.text))) };
            bytes += next.text.len();
            let is_too_long = next.is_too_long;
            step = splitting.line(&next.text);
            swallowed.push(next);
            if is_too_long {
                return Ok(Err(never_closed(&first.text)));
            }
        }
    }
}

fn misplaced(line: &str) -> Fault {
    let remedy = format!("doublez les guillemets qui sont dans une cellule{NARROW}: {}", quoted("\"\""));
    Fault::new("un guillemet est mal placé", remedy).value(line.trim_end())
}

fn never_closed(line: &str) -> Fault {
    let (lines, bytes) = (integer(ROW_LINES as u64), integer(ROW_BYTES as u64));
    let message =
        format!("un guillemet ouvert n’est pas refermé (en {lines} lignes et {bytes} octets au plus)");
    Fault::new(message, "refermez-le, ou retirez-le").value(line.trim_end())
}

fn too_many_open_quotes() -> Fault {
    let message = format!("plus de {OPEN_QUOTES} guillemets ne sont pas refermés, la suite n’est pas lue");
    Fault::new(message, "enregistrez le fichier en CSV depuis un tableur")
}

/// The cells of a single line, or nothing when its quotes are wrong.
pub(crate) fn split(line: &str, separator: char) -> Option<Vec<String>> {
    let mut splitting = Splitting::new(separator);
    matches!(splitting.line(line), Step::Done).then_some(splitting.cells)
}

enum Step {
    Done,
    /// A quoted cell goes on in the next line.
    Open,
    /// Something other than a separator follows a quoted cell.
    Misplaced,
}

struct Splitting {
    separator: char,
    is_open: bool,
    cells: Vec<String>,
    cell: String,
}

impl Splitting {
    fn new(separator: char) -> Self {
        Self { separator, is_open: false, cells: Vec::new(), cell: String::new() }
    }

    fn line(&mut self, line: &str) -> Step {
        let mut rest = line;
        loop {
            if !self.is_open {
                match rest.strip_prefix('"') {
                    Some(quoted) => {
                        self.is_open = true;
                        rest = quoted;
                    }
                    None => {
                        let content = trimmed_end(rest);
                        let end = content.find(self.separator).unwrap_or(content.len());
                        self.cell.push_str(&content[..end]);
                        rest = &rest[end..];
                    }
                }
            }
            if self.is_open {
                let Some(end) = rest.find('"') else {
                    self.cell.push_str(rest);
                    return Step::Open;
                };
                self.cell.push_str(&rest[..end]);
                rest = &rest[end + 1..];
                if let Some(after) = rest.strip_prefix('"') {
                    self.cell.push('"');
                    rest = after;
                    continue;
                }
                self.is_open = false;
            }
            self.cells.push(std::mem::take(&mut self.cell));
            match rest.strip_prefix(self.separator) {
                Some(after) => rest = after,
                None if trimmed_end(rest).is_empty() => return Step::Done,
                None => return Step::Misplaced,
            }
        }
    }
}

/// A line without its end, « \\r\\r\\n » too.
fn trimmed_end(line: &str) -> &str {
    let line = line.strip_suffix('\n').unwrap_or(line);
    line.trim_end_matches('\r')
}
