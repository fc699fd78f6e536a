//! What the operating system answers, in French, with its code for whoever helps. Absent: what to do
//! about it, which depends on what was being done.

use std::io::{Error, ErrorKind};

/// Words of each kind of answer that people meet.
const WORDS: [(ErrorKind, &str); 21] = [
    (ErrorKind::NotFound, "ce fichier ou ce dossier n’existe pas"),
    (ErrorKind::PermissionDenied, "l’accès est refusé"),
    (ErrorKind::AlreadyExists, "ce nom est déjà pris"),
    (ErrorKind::StorageFull, "il n’y a plus de place sur le disque"),
    (ErrorKind::QuotaExceeded, "la place qui vous est accordée sur le disque est épuisée"),
    (ErrorKind::FileTooLarge, "le fichier serait trop grand"),
    (ErrorKind::ReadOnlyFilesystem, "ce disque est en lecture seule"),
    (ErrorKind::NotADirectory, "une partie du chemin n’est pas un dossier"),
    (ErrorKind::IsADirectory, "c’est un dossier"),
    (ErrorKind::DirectoryNotEmpty, "le dossier n’est pas vide"),
    (ErrorKind::InvalidFilename, "ce nom de fichier n’est pas permis"),
    (ErrorKind::ResourceBusy, "il est occupé par un autre programme"),
    (ErrorKind::CrossesDevices, "les deux fichiers sont sur des disques différents"),
    (ErrorKind::OutOfMemory, "la mémoire manque"),
    (ErrorKind::TimedOut, "la réponse n’est pas venue à temps"),
    (ErrorKind::Interrupted, "l’opération a été interrompue"),
    (ErrorKind::BrokenPipe, "le lecteur est parti"),
    (ErrorKind::UnexpectedEof, "le fichier s’arrête trop tôt"),
    (ErrorKind::AddrInUse, "cette adresse est déjà prise"),
    (ErrorKind::AddrNotAvailable, "cette machine n’a pas cette adresse"),
    (ErrorKind::Unsupported, "le système ne sait pas le faire"),
];

/// An answer of the operating system in French, without final point: « l’accès est refusé (code système 13) ».
pub fn in_french(error: &Error) -> String {
    let known = WORDS.iter().find(|(kind, _)| *kind == error.kind()).map(|(_, words)| *words);
    match (error.raw_os_error(), known) {
        (Some(code), words) => format!("{} (code système {code})", words.unwrap_or("le système refuse")),
        // What a program says of its own, rather than the system.
        (None, None) if error.get_ref().is_some() => error.to_string(),
        (None, words) => words.unwrap_or("le système refuse").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(error: Error, expect: &str) {
        assert_eq!(in_french(&error), expect);
    }

    #[test]
    #[cfg(unix)]
    fn answers_of_the_system_are_in_french_and_keep_their_code() {
        check(Error::from_raw_os_error(2), "ce fichier ou ce dossier n’existe pas (code système 2)");
        check(Error::from_raw_os_error(13), "l’accès est refusé (code système 13)");
        check(Error::from_raw_os_error(28), "il n’y a plus de place sur le disque (code système 28)");
        check(Error::from_raw_os_error(30), "ce disque est en lecture seule (code système 30)");
        check(Error::from_raw_os_error(24), "le système refuse (code système 24)");
    }

    #[test]
    fn what_is_not_the_system_s_stays_as_it_is() {
        check(Error::other("disque débranché"), "disque débranché");
        check(ErrorKind::InvalidFilename.into(), "ce nom de fichier n’est pas permis");
    }
}
