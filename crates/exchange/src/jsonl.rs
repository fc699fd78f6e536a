//! JSONL: one JSON object a line, in UTF-8; blank lines are skipped, a line in another encoding is left out
//! alone.
//! Absent: JSON in several lines, arrays of trainings.

use std::borrow::Borrow;
use std::io::{self, BufRead, Write};

use catalogue::RawTraining;
use catalogue::french::quoted;
use serde_json::Value;

use crate::fields;
use crate::issue::Fault;
use crate::limits::VALUE_BYTES;
use crate::lines::Lines;
use crate::{Sink, Stop};

pub(crate) fn read(lines: &mut Lines<impl BufRead>, sink: &mut Sink) -> Result<(), Stop> {
    while let Some((number, line)) = lines.next_alone()? {
        match line {
            Ok(text) if text.trim().is_empty() => {}
            Ok(text) => sink.row(number, training(text.trim()))?,
            Err(fault) => sink.row(number, Err(vec![fault]))?,
        }
    }
    Ok(())
}

pub(crate) fn write(
    writer: &mut impl Write,
    rows: impl Iterator<Item = impl Borrow<RawTraining>>,
) -> io::Result<()> {
    for row in rows {
        serde_json::to_writer(&mut *writer, row.borrow())?;
        writer.write_all(b"\n")?;
    }
    Ok(())
}

fn training(text: &str) -> Result<RawTraining, Vec<Fault>> {
    let first = match serde_json::from_str(text) {
        Ok(raw) if text.len() <= VALUE_BYTES => return Ok(raw),
        other => other,
    };
    // A second look, slower, at rows that do not fit or may hold a value over the limit.
    match serde_json::from_str(text) {
        // Only a key written twice fits the second time alone.
        Ok(Value::Object(object)) => fields::training(object).and_then(|_| first.map_err(|_| vec![twice()])),
        Ok(_) => {
            let message = "la ligne n’est pas un objet JSON";
            Err(vec![Fault::new(message, "écrivez une fiche par ligne, entre accolades").value(text)])
        }
        Err(error) => Err(vec![not_json(text, &error)]),
    }
}

fn twice() -> Fault {
    Fault::new("une clé est écrite deux fois", "gardez une seule fois chaque clé")
}

fn not_json(text: &str, error: &serde_json::Error) -> Fault {
    let at = error.column();
    // Columns of serde_json are bytes.
    let near = String::from_utf8_lossy(text.as_bytes().get(at.saturating_sub(20)..).unwrap_or_default());
    let shown: String = near.trim_start_matches(char::REPLACEMENT_CHARACTER).chars().take(40).collect();
    let (message, remedy) = if error.is_eof() {
        (
            "l’objet JSON n’est pas fermé".to_owned(),
            format!("écrivez chaque fiche sur une seule ligne, terminée par {}", quoted("}")),
        )
    } else {
        (
            format!("le JSON est illisible vers le caractère {at}"),
            "vérifiez les guillemets, les virgules et les accolades à cet endroit".to_owned(),
        )
    };
    Fault::new(message, remedy).value(shown)
}
