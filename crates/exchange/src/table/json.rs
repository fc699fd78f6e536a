//! JSON: a list of objects, an object that holds one, or an object a line.
//! Absent: objects to cells (see `flatten`).

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, Read};

use catalogue::french::{integer, quoted};
use serde_json::{Map, Value};

use super::courses;
use super::found::{self, Found, is_at, rows_of, unwrapped};
use super::nested::{Lists, too_many};
use super::{Cell, Receiver, Request, Shape, TableRow, flatten, letters, unreadable};
use crate::Stop;
use crate::issue::Fault;
use crate::limits::{JSON_BYTES, JSON_VALUES, ROWS, TABLE_COLUMNS};
use crate::lines::Lines;

/// Longest texts of an object, in bytes: some hold a picture that nobody reads.
const OBJECT_BYTES: usize = 8 << 20;
/// How many lists and objects one inside the other the parser reads.
const NESTED: usize = 127;

pub(super) fn read<'a>(
    request: Request<'a>,
    sink: &mut Receiver<'a>,
    shapes: &mut Vec<Shape>,
) -> Result<(), Stop> {
    if is_lines(request)? { by_lines(request, sink, shapes) } else { whole(request, sink, shapes) }
}

fn open(request: Request) -> Result<BufReader<File>, Stop> {
    Ok(BufReader::new(File::open(request.path).map_err(|error| unreadable(&error))?))
}

/// Whether each line is an object: the first one is, and another one follows, or the name says so.
fn is_lines(request: Request) -> Result<bool, Stop> {
    let mut lines = Lines::new(open(request)?);
    let mut is_object = false;
    while let Some((_, line)) = lines.next_alone()? {
        match line {
            Ok(text) if text.trim().is_empty() => {}
            Ok(_) if is_object => return Ok(true),
            Ok(text) => match serde_json::from_str::<Map<String, Value>>(&text) {
                Ok(_) => is_object = true,
                Err(_) => break,
            },
            Err(_) => break,
        }
    }
    let extension = request.path.extension().unwrap_or_default().to_ascii_lowercase();
    Ok(extension == "jsonl" || extension == "ndjson")
}

/// Columns in order of first appearance.
#[derive(Default)]
struct Columns {
    names: Vec<String>,
    positions: HashMap<String, usize>,
}

impl Columns {
    fn add(&mut self, line: u64, object: Map<String, Value>) -> Result<(), Stop> {
        flatten::cells(object, &mut |name, _| {
            if !self.positions.contains_key(&name) && self.names.len() <= TABLE_COLUMNS {
                self.positions.insert(name.clone(), self.names.len());
                self.names.push(name);
            }
        });
        if self.names.len() > TABLE_COLUMNS {
            let most = integer(TABLE_COLUMNS as u64);
            let fault =
                Fault::new(format!("les objets ont plus de {most} clés différentes"), "retirez des clés");
            return Err(Stop(Some(line), fault));
        }
        Ok(())
    }

    fn cells(&self, object: Map<String, Value>) -> Vec<Cell> {
        let mut cells = vec![Cell::Empty; self.names.len()];
        flatten::cells(object, &mut |name, cell| {
            if let Some(position) = self.positions.get(&name) {
                cells[*position] = cell;
                letters::mend(&mut cells[*position]);
            }
        });
        cells
    }

    fn shape(&self, note: String, list: Option<&str>) -> Shape {
        let reading = vec![note];
        Shape { columns: self.names.clone(), reading, list: list.map(str::to_owned), ..Shape::default() }
    }
}

/// The columns of JSON Lines whose objects contain others.
fn columns_of_all(request: Request, lists: &mut Lists) -> Result<Columns, Stop> {
    let mut columns = Columns::default();
    let mut rows = 0;
    each(request, &mut |line, object| {
        let Ok(object) = object else { return Ok(()) };
        for row in lists.rows(object) {
            rows += 1;
            if rows > ROWS {
                return Err(Stop(Some(line), too_many()));
            }
            columns.add(line, row)?;
        }
        Ok(())
    })?;
    Ok(columns)
}

/// JSON Lines: a first pass for the columns, a second one for the rows; one more when objects contain others.
fn by_lines<'a>(request: Request<'a>, sink: &mut Receiver<'a>, shapes: &mut Vec<Shape>) -> Result<(), Stop> {
    let mut lists = Lists::new(request.options.list.as_deref());
    let mut columns = Columns::default();
    each(request, &mut |line, object| {
        let Ok(object) = object else { return Ok(()) };
        lists.look(&object);
        if lists.has_rows() { Ok(()) } else { columns.add(line, object) }
    })?;
    if let Some(fault) = lists.missing() {
        return Err(fault.into());
    }
    if lists.has_rows() {
        columns = columns_of_all(request, &mut lists)?;
    }
    if columns.names.is_empty() {
        return Err(Fault::new("aucune ligne n’est un objet JSON", "écrivez un objet par ligne").into());
    }
    let mut shape = columns.shape("JSON, un objet par ligne".to_owned(), request.options.list.as_deref());
    shape.reading.extend(lists.note());
    shapes.push(shape.clone());
    if request.most_rows == 0 {
        return Ok(());
    }
    let file = request.name();
    if let Some(fault) = lists.too_deep() {
        sink(&shape, Err(fault.at(&file, None)));
    }
    each(request, &mut |line, object| {
        match object {
            Ok(object) => lists.rows(object).into_iter().for_each(|row| {
                sink(&shape, Ok(TableRow::new(line, columns.cells(row))));
            }),
            Err(fault) => sink(&shape, Err(fault.at(&file, Some(line)))),
        }
        Ok(())
    })
}

type Taker<'a> = dyn FnMut(u64, Result<Map<String, Value>, Fault>) -> Result<(), Stop> + 'a;

fn each(request: Request, take: &mut Taker) -> Result<(), Stop> {
    let mut lines = Lines::new(open(request)?);
    let mut rows = 0;
    while let Some((number, line)) = lines.next_alone()? {
        let object = match line {
            Ok(text) if text.trim().is_empty() => continue,
            Ok(text) => serde_json::from_str(&text).map_err(|error| {
                if is_too_deep(&error) {
                    return too_deep();
                }
                let what = if error.is_data() {
                    "la ligne n’est pas un objet JSON"
                } else {
                    "la ligne n’est pas du JSON"
                };
                Fault::new(what, "écrivez un objet par ligne").value(text.trim_end())
            }),
            Err(fault) => Err(fault),
        };
        rows += 1;
        if rows > ROWS {
            return Err(Stop(Some(number), too_many()));
        }
        take(number, object)?;
    }
    Ok(())
}

/// A document held in memory.
fn whole<'a>(request: Request<'a>, sink: &mut Receiver<'a>, shapes: &mut Vec<Shape>) -> Result<(), Stop> {
    let value = document(request)?;
    let asked = request.options.list.as_deref();
    let linked = if asked.is_none() { courses::of(&value) } else { None };
    let is_linked = linked.is_some();
    let Found { path, items, others } = match linked {
        Some(items) => Found { items, ..Found::default() },
        None => rows_of(value, asked),
    };
    if items.is_empty() {
        return Err(no_list().into());
    }
    let (items, is_records) = unwrapped(items);
    // The list that is asked for may be that of the document.
    let inner = asked.filter(|asked| !is_at(&path, asked, &items));
    let mut lists = Lists::new(inner);
    items.iter().filter_map(Value::as_object).for_each(|object| lists.look(object));
    lists.settle(&items);
    if let Some(fault) = lists.missing() {
        return Err(fault.into());
    }
    let items = spread(items, &mut lists)?;
    let mut columns = Columns::default();
    for (number, item) in (1..).zip(&items) {
        if let Value::Object(object) = item
            && bytes(object) <= OBJECT_BYTES
        {
            columns.add(number, object.clone())?;
        }
    }
    if columns.names.is_empty() {
        let is_long =
            items.iter().any(|item| item.as_object().is_some_and(|object| bytes(object) > OBJECT_BYTES));
        return Err(if is_long { too_long() } else { no_list() }.into());
    }
    let note = match path.as_str() {
        _ if is_linked => "JSON-LD, formations du vocabulaire schema.org".to_owned(),
        "" => "JSON".to_owned(),
        path => format!("JSON, liste {}", quoted(path)),
    };
    let mut shape = columns.shape(note, request.options.list.as_deref());
    shape.reading.extend(is_records.then(|| "enregistrements lus sous leur clé « fields »".to_owned()));
    shape.reading.extend(found::told(&others));
    shape.reading.extend(lists.note());
    shapes.push(shape.clone());
    if request.most_rows == 0 {
        return Ok(());
    }
    let file = request.name();
    if let Some(fault) = lists.too_deep() {
        sink(&shape, Err(fault.at(&file, None)));
    }
    for (line, item) in (1..).zip(items) {
        let row = match item {
            Value::Object(object) if bytes(&object) > OBJECT_BYTES => Err(too_long().at(&file, Some(line))),
            Value::Object(object) => Ok(TableRow::new(line, columns.cells(object))),
            other => {
                let fault =
                    Fault::new("cet élément de la liste n’est pas un objet", "remplacez-le par un objet");
                Err(fault.value(other.to_string()).at(&file, Some(line)))
            }
        };
        sink(&shape, row);
    }
    Ok(())
}

fn too_long() -> Fault {
    let message = format!("les textes de l’objet dépassent {} octets", integer(OBJECT_BYTES as u64));
    Fault::new(message, "raccourcissez-les, ou retirez ceux qui ne servent pas, comme une image")
}

/// How long the texts of an object are, in bytes.
fn bytes(object: &Map<String, Value>) -> usize {
    let of = |value: &Value| match value {
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(|item| item.as_str().map_or(0, str::len)).sum(),
        Value::Object(inner) => bytes(inner),
        _ => 0,
    };
    object.values().map(of).sum()
}

/// The items of a list, with those that they contain.
fn spread(items: Vec<Value>, lists: &mut Lists) -> Result<Vec<Value>, Stop> {
    let mut rows = Vec::with_capacity(items.len());
    for item in items {
        match item {
            Value::Object(object) => rows.extend(lists.rows(object).into_iter().map(Value::Object)),
            other => rows.push(other),
        }
        if rows.len() as u64 > ROWS {
            return Err(too_many().into());
        }
    }
    Ok(rows)
}

fn document(request: Request) -> Result<Value, Stop> {
    let mut bytes = Vec::new();
    open(request)?.take(JSON_BYTES + 1).read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
    if bytes.len() as u64 > JSON_BYTES {
        let message = format!("le document JSON dépasse {} octets", integer(JSON_BYTES));
        return Err(Fault::new(message, "écrivez un objet par ligne (JSON Lines)").into());
    }
    let text = std::str::from_utf8(&bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()].split(|byte| *byte == b'\n').count() as u64;
        Stop(Some(line), Fault::new("le fichier n’est pas en UTF-8", "enregistrez-le en UTF-8"))
    })?;
    if values(&bytes) > JSON_VALUES {
        let message = format!("le document JSON a plus de {} valeurs", integer(JSON_VALUES));
        return Err(Fault::new(message, "écrivez un objet par ligne (JSON Lines)").into());
    }
    serde_json::from_str(text.strip_prefix('\u{feff}').unwrap_or(text)).map_err(|error| {
        if is_too_deep(&error) {
            return Stop(Some(error.line() as u64), too_deep());
        }
        let message = format!("le JSON est mal formé, à la colonne {}", error.column());
        Stop(Some(error.line() as u64), Fault::new(message, "corrigez-le, ou exportez-le de nouveau"))
    })
}

fn no_list() -> Fault {
    let remedy = "donnez une liste d’objets, ou un objet qui en contient une";
    Fault::new("le JSON ne contient aucune liste d’objets", remedy)
}

/// Whether reading stopped at the depth that the parser allows: it has no other sign than its words.
fn is_too_deep(error: &serde_json::Error) -> bool {
    error.to_string().starts_with("recursion limit exceeded")
}

fn too_deep() -> Fault {
    let message = format!("le JSON est imbriqué trop profondément, sur plus de {NESTED} niveaux");
    Fault::new(message, "rapprochez les objets du premier niveau")
}

/// How many values a document has at most, by the signs before them.
fn values(bytes: &[u8]) -> u64 {
    let (mut values, mut is_text, mut is_escaped) = (1, false, false);
    for byte in bytes {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = is_text,
            b'"' => is_text = !is_text,
            b',' | b'[' | b'{' if !is_text => values += 1,
            _ => {}
        }
    }
    values
}
