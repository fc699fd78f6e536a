//! A pathway as files: table, calendar. Absent: what they hold (see the crate `exchange`).

use catalogue::french;
use catalogue::pathways::{Calendar, Outcome};

use super::{COMPOSER, Wanted};
use crate::answer::Answer;
use crate::errors::{Code, Failure};
use crate::visit::Visit;

/// The file of an end of address.
pub(super) fn file(visit: &Visit, wanted: &Wanted, outcome: &Outcome, end: &str) -> Result<Answer, Failure> {
    if !matches!(end, "csv" | "ics") {
        let message =
            format!("Un parcours n’a pas de forme {}.", french::quoted(&crate::visit::shortened(end)));
        return Err(Failure::new(Code::PageNotFound, message).leading("Le parcours", wanted.href("", &[])));
    }
    let Outcome::Found(own) = outcome else {
        let message = "Il n’y a pas de parcours à écrire dans un fichier.";
        return Err(Failure::new(Code::BadValue, message).leading("Pourquoi", wanted.href("", &[])));
    };
    let id = &wanted.persona.id;
    if end == "csv" {
        let bytes = exchange::pathway_table(own, visit.snapshot.referential());
        return Ok(Answer::bytes("text/csv; charset=utf-8", bytes).for_file(format!("parcours-{id}.csv")));
    }
    let Some(start) = wanted.request.start else {
        let message = "Un calendrier a besoin d’un premier mois\u{202f}: ajoutez par exemple «\u{202f}debut=2027-01\u{202f}».";
        return Err(Failure::new(Code::BadValue, message)
            .leading("Choisir le premier mois", wanted.composer())
            .leading("Composer un parcours", COMPOSER.to_owned()));
    };
    if own.calendar == Calendar::Unknown {
        let message = "La recherche s’est arrêtée avant de placer les étapes dans les mois.";
        return Err(Failure::new(Code::BadValue, message).leading("Le parcours", wanted.href("", &[])));
    }
    let bytes = exchange::pathway_calendar(own, start, &visit.snapshot.stamp().published_at);
    Ok(Answer::bytes("text/calendar; charset=utf-8", bytes).for_file(format!("parcours-{id}.ics")))
}
