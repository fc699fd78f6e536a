//! Why a training is where it is: each word, field by field. Absent: the ranking (see `explorer`).

use catalogue::french::{counted, decimal, list, quoted};
use catalogue::{Selection, SelectionError, Snapshot, Training};

use crate::terminal::wrapped;

/// Names of the searched texts, in the order of the index.
const TEXTS: [&str; 4] = ["intitulé", "compétences et thématiques", "résumé", "organisme et lieu"];

/// The score of a training, taken apart.
pub fn explained(
    snapshot: &Snapshot,
    selection: &Selection,
    training: &Training,
) -> Result<String, SelectionError> {
    let explanation = snapshot.explain(selection, training)?;
    if explanation.words.is_empty() {
        return Ok(wrapped("sans mots : par nombre de faits indiqués, puis par date de source", 5));
    }
    let mut text = format!("     score {}\n", decimal(f64::from(explanation.total)));
    for word in &explanation.words {
        let fields: Vec<String> = word
            .fields
            .iter()
            .map(|field| {
                let name = TEXTS.get(field.field).copied().unwrap_or("autre texte");
                format!("{} × {} ({name})", field.occurrences, field.weight)
            })
            .collect();
        let places = if fields.is_empty() { "absent".to_owned() } else { list(&fields, "et") };
        let told = format!(
            "{} : {} = {places} ; dans {}, rareté {}",
            quoted(&word.reading.typed),
            decimal(f64::from(word.score)),
            counted(word.documents, "formation", "formations"),
            decimal(f64::from(word.rarity)),
        );
        text.push_str(&wrapped(&told, 7));
    }
    Ok(text)
}
