//! The units that names of columns say, and names whose words capitals part.
//! Absent: what else names say (see `names`).

use std::borrow::Cow;

use catalogue::slug;

use super::super::Unit;

/// A name whose words capitals begin, with spaces between them: « durationHours ».
pub(super) fn words_of(name: &str) -> Cow<'_, str> {
    let is_break = |pair: &[char]| pair[0].is_lowercase() && pair[1].is_uppercase();
    let signs: Vec<char> = name.chars().collect();
    if !signs.windows(2).any(is_break) {
        return Cow::Borrowed(name);
    }
    let mut words = String::with_capacity(name.len() + 4);
    for (at, sign) in signs.iter().enumerate() {
        if at > 0 && is_break(&signs[at - 1..=at]) {
            words.push(' ');
        }
        words.push(*sign);
    }
    Cow::Owned(words)
}

/// The units that the name of a column says.
pub(super) fn units(name: &str) -> impl Iterator<Item = Unit> {
    const WORDS: [(Unit, &[&str]); 3] = [
        (Unit::Hours, &["heures", "heure", "h", "hours", "hour", "horaire", "hrs"]),
        (Unit::Days, &["jours", "jour", "j", "days", "day"]),
        (Unit::Minutes, &["minutes", "minute", "min", "mn"]),
    ];
    let words = slug(&words_of(name));
    WORDS
        .into_iter()
        .filter(move |(_, wanted)| words.split('-').any(|word| wanted.contains(&word)))
        .map(|(unit, _)| unit)
}

/// The unit that the name of a column says, the first of several.
pub(crate) fn unit(name: &str) -> Option<Unit> {
    units(name).next()
}

#[cfg(test)]
mod tests {
    use super::{Unit, unit, words_of};

    #[test]
    fn words_are_parted_at_capitals() {
        let check = |name: &str, expect: &str| assert_eq!(words_of(name), expect);
        check("durationHours", "duration Hours");
        check("duréeTotaleÉté", "durée Totale Été");
        check("DUREE", "DUREE");
        check("Durée", "Durée");
        assert_eq!(unit("durationHours"), Some(Unit::Hours));
        assert_eq!(unit("nbJours"), Some(Unit::Days));
    }
}
