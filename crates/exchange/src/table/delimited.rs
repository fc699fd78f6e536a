//! Text tables: cells between separators, in any usual dialect.
//! Absent: quotes (see `sheet::records`), encodings (see `encoding`).

use std::fs::File;
use std::io::{BufRead, Read};

use catalogue::french::quoted;

use super::assembler::{Assembler, RawRow};
use super::encoding::{Decoded, Survey, survey};
use super::header::SEARCHED_ROWS;
use super::names::clean;
use super::{Cell, Known, Receiver, Request, Shape, kind, unreadable};
use crate::issue::Fault;
use crate::limits::TABLE_COLUMNS;
use crate::lines::Lines;
use crate::sheet::records::Records;
use crate::{Absent, Issue, Row, Sink, Stop};

const SEPARATORS: [char; 4] = [';', ',', '\t', '|'];
/// A character that no text holds: such a table has a single column.
const NONE: char = '\u{1f}';
/// What is looked at to find the separator: bytes once decoded, records.
const SAMPLE: (u64, usize) = (256 << 10, 200);

pub(super) fn read<'a>(
    request: Request<'a>,
    note: Option<&str>,
    sink: &mut Receiver<'a>,
    shapes: &mut Vec<Shape>,
) -> Result<(), Stop> {
    let survey = survey(request.path, request.options.encoding.as_deref())?;
    if survey.is_blank {
        return Err(kind::empty().into());
    }
    let dialect = Dialect::of(&open(request, &survey)?, request.options.separator, request.known);
    let mut reading = survey.notes();
    reading.push(dialect.note());
    reading.extend(note.map(str::to_owned));
    let shape = Shape { reading, ..Shape::default() };
    let file = request.name();
    let mut assembler = Assembler::new(request, shape, Vec::new(), sink, shapes);
    if survey.lost > 0 {
        let remedy = "demandez le fichier d’origine, enregistré en UTF-8";
        assembler.issue(Fault::new(survey.lost_letters(), remedy).at(&file, None));
    }
    if survey.mixed > 0 {
        let remedy = "relisez les accents de ces lignes, et enregistrez le fichier en UTF-8";
        assembler.issue(Fault::new(survey.mixed_lines(), remedy).at(&file, None));
    }
    let mut lines = Lines::new(decoded(request, &survey)?);
    if dialect.is_announced {
        lines.next()?;
    }
    let mut records = Records::new(&mut lines, dialect.separator);
    let mut width = 0;
    loop {
        let mut faults: Vec<Issue> = Vec::new();
        let record = next(&mut records, &file, &mut faults);
        faults.into_iter().for_each(|issue| assembler.issue(issue));
        let Some((line, cells)) = (match record {
            Ok(record) => record,
            Err(stop) => {
                assembler.finish()?;
                return Err(stop);
            }
        }) else {
            return assembler.finish();
        };
        width = width.max(cells.len());
        if !dialect.is_wrapped && swallows(&cells, dialect.separator, width) {
            let message = "une cellule entre guillemets contient des lignes qui semblent de la table, la ligne est laissée";
            let remedy =
                "cherchez dans cette cellule un guillemet de trop ou qui manque, et doublez ceux du texte";
            assembler.issue(Fault::new(message, remedy).at(&file, Some(line)));
            continue;
        }
        let cells = kept(if dialect.is_wrapped { apart(cells, dialect.separator) } else { cells });
        if assembler.row(RawRow::plain(line, cells))?.is_break() {
            return Ok(());
        }
    }
}

/// Whether a cell of several lines ends its row, holds whole rows, and begins another that the cells after it complete: a
/// quotation mark may have opened by mistake.
fn swallows(cells: &[String], separator: char, width: usize) -> bool {
    /// Fewest cells of a row that lines between are enough to tell, and that may lack its last cell.
    const WIDE: usize = 4;
    let is_row = |line: &&str| {
        let own = parts(line, separator) + 1;
        own == width || (width >= WIDE && own + 1 == width)
    };
    let mut of_lines = cells.iter().enumerate().filter(|(_, cell)| cell.contains('\n'));
    of_lines.any(|(at, cell)| {
        let lines: Vec<&str> = cell.lines().collect();
        let [first, between @ .., last] = lines.as_slice() else { return false };
        let (ends, begins) = (parts(first, separator), parts(last, separator));
        let is_ended = at + ends + 1 == width;
        let last_row = begins + cells.len() - at;
        let is_short = width >= WIDE && at + 1 == cells.len() && last_row + 1 == width;
        let is_completed = begins + ends > 0 && (last_row == width || is_short);
        // Two lines without any sign in the first may be a list.
        let is_told = ends > 0 || !between.is_empty();
        is_ended && is_told && is_completed && between.iter().all(is_row)
    })
}

/// How many times a separator parts cells in a line; none in a sentence, which has spaces beside its signs, in marks and
/// addresses, nor at the end of the line, in a number or in an entity.
fn parts(line: &str, separator: char) -> usize {
    if line.contains(['<', '{']) || line.contains("://") {
        return 0;
    }
    let signs: Vec<char> = line.trim_end().chars().collect();
    let mut count = 0;
    for (at, _) in signs.iter().enumerate().filter(|(_, sign)| **sign == separator) {
        let beside = [at.checked_sub(1).and_then(|before| signs.get(before)), signs.get(at + 1)];
        if separator != '\t' && beside.iter().flatten().any(|sign| **sign == ' ') {
            return 0;
        }
        let is_decimal = beside.iter().all(|sign| sign.is_some_and(char::is_ascii_digit));
        let word =
            signs[..at].iter().rev().take_while(|sign| sign.is_ascii_alphanumeric() || **sign == '#').count();
        let is_entity = separator == ';' && word > 0 && at > word && signs[at - word - 1] == '&';
        let is_last = at + 1 == signs.len();
        count += usize::from(!(is_last || is_entity || is_decimal && separator == ','));
    }
    count
}

/// The cells of a row; of those past the most columns, the first that is not blank.
fn kept(mut cells: Vec<String>) -> Vec<Cell> {
    let beyond = cells.iter().skip(TABLE_COLUMNS).position(|cell| !cell.trim().is_empty());
    let beyond = beyond.map(|at| cells.swap_remove(TABLE_COLUMNS + at));
    cells.truncate(TABLE_COLUMNS);
    cells.into_iter().chain(beyond).map(Cell::text).collect()
}

type Found = Option<(u64, Vec<String>)>;

fn next(records: &mut Records<impl BufRead>, file: &str, faults: &mut Vec<Issue>) -> Result<Found, Stop> {
    let mut take = |row: Result<Row, Issue>| faults.extend(row.err());
    let mut sink = Sink { name: file, rows: 0, absent: Absent::default(), sink: &mut take };
    let found = records.next(&mut sink)?;
    Ok(found.map(|record| (record.line, record.cells.into_iter().map(unquoted).collect())))
}

/// A cell without the formula that keeps a spreadsheet from reading a number in it: `="0123"`.
fn unquoted(cell: String) -> String {
    let inner = cell.trim().strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    match inner.map(|inner| inner.replace("\"\"", "\u{0}")).filter(|inner| !inner.contains('"')) {
        Some(inner) => inner.replace('\u{0}', "\""),
        None => cell,
    }
}

/// The cells of a record that is one cell between quotes, with the others in it.
fn apart(cells: Vec<String>, separator: char) -> Vec<String> {
    let [whole] = cells.as_slice() else { return cells };
    let mut lines = Lines::new(whole.as_bytes());
    let inner = next(&mut Records::new(&mut lines, separator), "", &mut Vec::new());
    inner.ok().flatten().map_or(cells, |(_, inner)| inner)
}

/// The lines of a text that are all between quotes as a whole, without them.
fn unwrapped(sample: &str) -> Option<String> {
    let inner = |line: &str| {
        let inner = line.trim_end().strip_prefix('"')?.strip_suffix('"')?;
        let bare = inner.replace("\"\"", "");
        (!bare.contains('"')).then(|| inner.replace("\"\"", "\""))
    };
    let lines: Option<Vec<String>> =
        sample.lines().filter(|line| !line.trim().is_empty()).map(inner).collect();
    Some(lines?.join("\n"))
}

fn decoded(request: Request, survey: &Survey) -> Result<Decoded<File>, Stop> {
    let file = File::open(request.path).map_err(|error| unreadable(&error))?;
    Ok(Decoded::new(file, survey))
}

/// The beginning of the text, cut at a line.
fn open(request: Request, survey: &Survey) -> Result<String, Stop> {
    let mut bytes = Vec::new();
    let read = decoded(request, survey)?.take(SAMPLE.0).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(&error))?;
    if bytes.len() as u64 == SAMPLE.0 {
        let end = bytes.iter().rposition(|byte| *byte == b'\n').map_or(bytes.len(), |end| end + 1);
        bytes.truncate(end);
    }
    let text = String::from_utf8_lossy(&bytes);
    Ok(text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned())
}

struct Dialect {
    separator: char,
    /// Whether a first line `sep=;` says so, as Excel writes it.
    is_announced: bool,
    /// Whether each line is between quotes as a whole.
    is_wrapped: bool,
}

impl Dialect {
    fn of(sample: &str, chosen: Option<char>, known: Known) -> Self {
        let first = sample.lines().next().unwrap_or_default();
        let announced = first.strip_prefix("sep=").and_then(|rest| {
            let mut rest = rest.chars();
            rest.next().filter(|_| rest.as_str().is_empty())
        });
        let wrapped =
            unwrapped(sample).map(|inner| (chosen.unwrap_or_else(|| sniffed(&inner, known)), inner));
        if let Some((separator, _)) =
            wrapped.filter(|(separator, inner)| worth(inner, *separator, known).0 > 1)
        {
            return Self { separator, is_announced: false, is_wrapped: true };
        }
        let separator = chosen.or(announced).unwrap_or_else(|| sniffed(sample, known));
        Self { separator, is_announced: announced.is_some(), is_wrapped: false }
    }

    fn note(&self) -> String {
        let note = self.separator_note();
        if self.is_wrapped { format!("{note}, lignes entières entre guillemets") } else { note }
    }

    fn separator_note(&self) -> String {
        match self.separator {
            NONE => "une seule colonne, sans séparateur".to_owned(),
            '\t' => "séparateur tabulation".to_owned(),
            other => format!("séparateur {}", quoted(&other.to_string())),
        }
    }
}

/// The separator under which most names of columns are recognised in one record, then the one that gives records
/// of the most constant width, then the widest.
fn sniffed(sample: &str, known: Known) -> char {
    let worths = SEPARATORS.into_iter().map(|separator| (worth(sample, separator, known), separator));
    let best = worths.fold(((0, 0.0), NONE), |best, found| if found.0 > best.0 { found } else { best });
    best.1
}

/// How many names of columns a separator gives, and how regular its records are; zeros when it gives no table.
fn worth(sample: &str, separator: char, known: Known) -> (usize, f64) {
    let mut lines = Lines::new(sample.as_bytes());
    let mut records = Records::new(&mut lines, separator);
    let (mut widths, mut wrong) = (std::collections::BTreeMap::<usize, usize>::new(), Vec::new());
    let (mut names, mut read) = (0, 0);
    while let Ok(Some((_, cells))) = next(&mut records, "", &mut wrong) {
        *widths.entry(cells.len()).or_default() += 1;
        if read < SEARCHED_ROWS {
            names = names.max(recognised(&cells, known));
        }
        read += 1;
        if read >= SAMPLE.1 {
            break;
        }
    }
    let all = read + wrong.len();
    let usual = widths.iter().filter(|(width, _)| **width > 1).max_by_key(|(_, count)| **count);
    let Some((width, count)) = usual else { return (0, 0.0) };
    let share = *count as f64 / all as f64;
    // Commas of sentences cut a few rows in two: that is no table.
    if share < 0.3 { (0, 0.0) } else { (names, share * (1.0 + (*width as f64).log2())) }
}

/// Names of columns among the cells of a record, when they are two and most of the cells, or three and a third of
/// them: a word of a sentence may be such a name.
fn recognised(cells: &[String], known: Known) -> usize {
    let names: Vec<String> = cells.iter().map(|cell| clean(cell)).filter(|name| !name.is_empty()).collect();
    let count = names.iter().filter(|name| known(name)).count();
    let is_header = (count >= 2 && count * 2 > names.len()) || (count >= 3 && count * 3 >= names.len());
    if is_header { count } else { 0 }
}
