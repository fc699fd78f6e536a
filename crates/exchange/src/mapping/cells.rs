//! What one cell brings to a row: prices with their basis, codes of certifications, what a mapping makes of words.
//! Absent: rows (see `rows`), what words mean by themselves (see `values`).

use catalogue::certification::{CITED_MAX, CertificationCode, Directory, codes_in};
use catalogue::{Euros, Field, PriceBasis, RawTraining, Seen, slug};

use super::rows::{Draft, STATED_CHARS};
use super::texts::{cut, one_line, text};
use super::towns::{Towns, towns};
use super::{Column, Target, exclusions, places, taxes, values};
use crate::issue::Fault;
use crate::table::Cell;

/// Longest name of a town, in characters.
const NAME_CHARS: usize = 200;

/// A cell with the words of the columns read with it; nothing when they add nothing. The words of a duration say its
/// unit already when it has some; a price that is no amount needs none.
pub(super) fn beside<'a>(target: Target, cell: &Cell, with: impl Iterator<Item = &'a Cell>) -> Option<Cell> {
    let own = text(cell)?;
    let is_bare = match target {
        Target::Duration => values::number(&own).is_some(),
        _ => own.chars().any(|sign| sign.is_ascii_digit()),
    };
    let more: Vec<String> = match target {
        Target::Price => with.filter_map(text).filter_map(|words| of_price(&words)).collect(),
        _ => with.filter_map(text).collect(),
    };
    (is_bare && !more.is_empty()).then(|| Cell::Text(format!("{own} {}", more.join(" "))))
}

/// A price that a workbook or JSON gives as a number, to the cent: « 833.3333333 » is a result of a division, and
/// « 1234.567 » no thousands. Nothing when it is in cents already, or would become free.
pub(super) fn in_cents(target: Target, cell: &Cell) -> Option<Cell> {
    let Cell::Number(number) = *cell else { return None };
    // Half a cent goes up, whatever binary fractions make of it.
    let cents = ((number * 100.0) + 1e-6).round() / 100.0;
    (target == Target::Price && number != cents && cents > 0.0).then_some(Cell::Number(cents))
}

/// What words beside a price change of it. Those that are known to change nothing are left out: the euro, a person, a rate
/// of taxes, an exemption; any other one stays with the amount, which is then one in words.
fn of_price(words: &str) -> Option<String> {
    const PERSON: [&str; 11] = [
        "personne",
        "personnes",
        "pers",
        "stagiaire",
        "stagiaires",
        "participant",
        "participants",
        "agent",
        "agents",
        "apprenant",
        "apprenants",
    ];
    const HARMLESS: [&str; 28] = [
        "euro",
        "euros",
        "eur",
        "zone",
        "en",
        "par",
        "unitaire",
        "et",
        "oui",
        "non",
        "tva",
        "taux",
        "normal",
        "reduit",
        "exonere",
        "exoneree",
        "assujetti",
        "assujettie",
        "taxe",
        "taxes",
        "incluse",
        "incluses",
        "comprise",
        "comprises",
        "net",
        "nets",
        "de",
        "hors",
    ];
    let folded = slug(words);
    // « par session » is the price of a group, « par participant et par session » is not.
    let is_of_person = folded.split('-').any(|word| PERSON.contains(&word));
    let is_harmless = |word: &str| {
        HARMLESS.contains(&word)
            || PERSON.contains(&word)
            || (word == "session" && is_of_person)
            || matches!(word, "" | "ht" | "ttc" | "toutes")
            || word.bytes().all(|byte| byte.is_ascii_digit())
    };
    if words.contains(['$', '£', '¥']) || !folded.split('-').all(is_harmless) {
        return Some(words.to_owned());
    }
    match PriceBasis::of(words, None) {
        PriceBasis::WithoutTaxes => Some("HT".to_owned()),
        PriceBasis::WithTaxes => Some("TTC".to_owned()),
        PriceBasis::Unsaid => None,
    }
}

/// A price as stated, with taxes or without: what the cell does not say of that, the column does.
pub(super) fn price(draft: &mut Draft, column: &Column, value: &str, words: &str) {
    let Some(euros) = values::price(value) else {
        return note(
            draft,
            Target::Price,
            column,
            words,
            "le prix n’est pas un montant en euros\u{202f}; il reste en mots",
        );
    };
    if Euros::new(euros).is_err() {
        let message = "le prix dépasse ce qu’une formation peut coûter\u{202f}; il reste en mots";
        return note(draft, Target::Price, column, words, message);
    }
    draft.raw.price_eur = Some(euros);
    let said = [words, value].map(|said| PriceBasis::of(said, Some(euros)));
    let basis = match said.into_iter().find(|basis| *basis != PriceBasis::Unsaid) {
        // The mapping's value may say what the file's words do not.
        Some(basis) if said[0] == PriceBasis::Unsaid => basis,
        // « Net de taxes »: there are none to add.
        None if slug(words).split('-').any(|word| matches!(word, "net" | "nets")) => PriceBasis::WithTaxes,
        None if column.without_taxes => PriceBasis::WithoutTaxes,
        None if taxes::is_with(&column.name) => PriceBasis::WithTaxes,
        _ => PriceBasis::Unsaid,
    };
    let told = match basis {
        _ if euros == 0.0 => "",
        PriceBasis::WithoutTaxes => " (hors taxes)",
        PriceBasis::WithTaxes => " (toutes taxes comprises)",
        PriceBasis::Unsaid => "",
    };
    state(draft, Target::Price, &format!("{words}{told}"));
}

/// The organisation of a cell; a list of several is told, since it goes in as one name.
pub(super) fn provider(draft: &mut Draft, column: &Column, value: &str) {
    const SEVERAL: usize = 3;
    draft.raw.provider = places::joined(value);
    let begins_name =
        |part: &str| part.trim().starts_with(|sign: char| sign.is_uppercase() || sign == '…' || sign == '.');
    let parts: Vec<&str> = draft.raw.provider.split([',', ';', '|']).collect();
    if parts.len() >= SEVERAL && parts.iter().all(|part| begins_name(part)) {
        let message = "la cellule nomme plusieurs organismes\u{202f}; ils entrent comme un seul nom";
        let fault =
            Fault::new(message, "gardez celui qui donne la formation, ou faites une ligne pour chacun");
        draft.notes.push(fault.column(&column.name).value(cut(value, NAME_CHARS)));
    }
}

/// The towns of a cell; what is no town is left, and told. A value that a person gave for these words is taken as it is.
pub(super) fn city(draft: &mut Draft, column: &Column, value: &str, words: &str) {
    let found = match translate(column, words).is_some_and(|own| !own.trim().is_empty()) {
        true => Towns::One(one_line(value)),
        false => towns(value),
    };
    let fault = match found {
        Towns::One(town) if town.chars().count() > NAME_CHARS => Fault::new(
            "la ville est trop longue\u{202f}; elle n’est pas reprise",
            "gardez le nom de la ville, et dites le reste dans la présentation",
        ),
        Towns::One(town) => {
            draft.raw.city = Some(town);
            return;
        }
        Towns::Several => {
            state(draft, Target::City, words);
            Fault::new(
                "la cellule nomme plusieurs villes\u{202f}; elles restent en mots",
                "gardez celle où la formation a lieu, ou laissez ainsi",
            )
        }
        Towns::Region => {
            state(draft, Target::City, words);
            let remedy = "gardez la ville où la formation a lieu, ou laissez ainsi";
            Fault::new(
                "ce n’est pas une ville, mais une région ou un pays\u{202f}; cela reste en mots",
                remedy,
            )
        }
        Towns::Unknown => {
            state(draft, Target::City, words);
            Fault::new(
                "ce n’est pas une commune connue\u{202f}; le lieu reste en mots",
                "gardez le nom de la commune, ou dites celle de ces mots dans la table des valeurs de la correspondance",
            )
        }
        Towns::None => {
            Fault::new("ce n’est pas une ville\u{202f}; elle n’est pas reprise", "dites-le dans le format")
        }
    };
    draft.notes.push(fault.column(&column.name).value(cut(words, NAME_CHARS)));
}

/// The date of the page that states the row; one that no calendar has, or that is too far, is left.
pub(super) fn seen(draft: &mut Draft, column: &Column, value: &str, words: &str) {
    match values::date(value).filter(|date| Seen::parse(date).is_ok()) {
        Some(date) => draft.raw.source.seen = Some(date),
        None => {
            let remedy =
                "écrivez une date du calendrier, de 1990 à 2100 (31/03/2026), ou laissez la cellule vide";
            let fault = Fault::new("la date n’est pas comprise\u{202f}; elle n’est pas reprise", remedy);
            draft.notes.push(fault.column(&column.name).value(words));
        }
    }
}

/// The values that a cell lists, and whether its words exclude some: those are marked.
pub(super) fn items(column: &Column, cell: &Cell, text: &str) -> (Vec<String>, bool) {
    // A person may have said what the whole cell is worth.
    if column.values.contains_key(text.trim()) && exclusions::marked(text).is_some() {
        return (vec![text.to_owned()], false);
    }
    if let Cell::Several(items) = cell {
        let mut kept = Vec::new();
        let mut excludes = false;
        for item in items {
            let own = exclusions::marked(item);
            excludes |= own.is_some();
            let ends = own.as_ref().is_some_and(|own| own.ends_with(exclusions::MARK));
            kept.push(own.unwrap_or_else(|| item.clone()));
            if ends {
                break;
            }
        }
        return (kept, excludes);
    }
    let own = exclusions::marked(text);
    let whole = own.as_deref().unwrap_or(text);
    let items = match column.separator.as_deref().filter(|separator| !separator.is_empty()) {
        Some(separator) => whole.split(separator).map(str::to_owned).collect(),
        None => vec![whole.to_owned()],
    };
    (items, own.is_some())
}

/// The address of a cell; of several, or with a sign after it that may be none of its own, none is sure.
pub(super) fn address(draft: &mut Draft, target: Target, column: &Column, value: &str) {
    let value = value.trim();
    let address = match value.starts_with("www.") {
        true => format!("https://{value}"),
        false => value.to_owned(),
    };
    let fault = if is_several(&address) {
        Fault::new(
            "la cellule a plusieurs adresses, aucune n’est reprise",
            "gardez celle de la page de la formation",
        )
    } else if address.ends_with([')', ']', '>', '.', ',', ';', ':', '|', '"', '\'']) {
        Fault::new(
            "l’adresse se termine par un signe qui n’est peut-être pas le sien\u{202f}; elle n’est pas reprise",
            "ôtez ce signe, ou vérifiez l’adresse",
        )
    } else if catalogue::WebAddress::parse(&address).is_err() {
        Fault::new(
            "l’adresse n’est pas une adresse du web\u{202f}; elle n’est pas reprise",
            "écrivez une adresse qui commence par https://, ou laissez la cellule vide",
        )
    } else if target == Target::Url {
        draft.raw.url = Some(address);
        return;
    } else {
        draft.raw.source.address = address;
        return;
    };
    draft.notes.push(fault.column(&column.name).value(value));
}

/// Whether another address begins after a separator. An archive of the web has the address of its page in its own.
fn is_several(address: &str) -> bool {
    const SEPARATORS: &str = ",;|/ \n\t";
    let starts = ["https://", "http://", "www."].into_iter().flat_map(|start| address.match_indices(start));
    let is_archive = address.split('/').nth(2).is_some_and(|host| host.contains("archive"));
    let is_next = |at: usize| at > 0 && address[..at].ends_with(|sign| SEPARATORS.contains(sign));
    let is_own = |at: usize| at <= "https://".len() && address[..at].ends_with("://");
    !is_archive && starts.map(|(at, _)| at).any(|at| is_next(at) && !is_own(at))
}

/// The codes of a cell; bare figures are of the directory that the column's name says.
pub(super) fn certification(draft: &mut Draft, column: &Column, value: &str, words: &str) {
    let mut codes = codes_in(value);
    if codes.is_empty() {
        let name = slug(&column.name);
        let has = |wanted: &[&str]| name.split('-').any(|word| wanted.contains(&word));
        let directory = match (has(&["rncp", "ficherncp"]), has(&["rs", "inventaire"])) {
            (true, false) => Some(Directory::Rncp),
            (false, true) => Some(Directory::Rs),
            _ => None,
        };
        let number = value.trim().parse().ok();
        codes.extend(
            directory.zip(number).and_then(|(directory, number)| CertificationCode::new(directory, number)),
        );
    }
    if codes.is_empty() {
        let remedy = "écrivez un code comme RNCP38106 ou RS5616, ou laissez la cellule vide";
        let fault = Fault::new("ce n’est pas un code de certification\u{202f}; il n’est pas repris", remedy);
        draft.notes.push(fault.column(&column.name).value(words));
    }
    for code in codes {
        if !draft.certifications.contains(&code) && draft.certifications.len() < CITED_MAX {
            draft.certifications.push(code);
        }
    }
}

/// Adds codes to the source's words on what the training delivers; one of the RS is a certification for certain,
/// one of the RNCP may be a degree.
pub(super) fn cite(raw: &mut RawTraining, codes: &[CertificationCode]) {
    if codes.is_empty() {
        return;
    }
    let words = raw.stated.get(Field::Nature.name()).cloned();
    let known = words.as_deref().map(codes_in).unwrap_or_default();
    let new = codes.iter().filter(|code| !known.contains(code)).map(ToString::to_string);
    let words: Vec<String> = words.into_iter().chain(new).collect();
    raw.stated.insert(Field::Nature.name().to_owned(), cut(&words.join(" ; "), STATED_CHARS));
    if raw.nature.is_none() && codes.iter().all(|code| code.directory() == Directory::Rs) {
        raw.nature = Some("certifiante".to_owned());
    }
}

/// Keeps the words, and says that they are only words.
pub(super) fn note(draft: &mut Draft, target: Target, column: &Column, words: &str, message: &str) {
    state(draft, target, words);
    let remedy = "dites ce que cela vaut dans la table values de la colonne, ou laissez ainsi";
    draft.notes.push(Fault::new(message, remedy).column(&column.name).value(words));
}

/// Keeps the words of a column whose amounts are not sure to be those of one person.
pub(super) fn doubtful(draft: &mut Draft, target: Target, column: &Column, words: &str) {
    state(draft, target, words);
    let message = "la table dit, hors de cette colonne, que ses valeurs peuvent ne pas être celles d’une personne\u{202f}; elles \
                   restent en mots";
    let remedy = "vérifiez, puis ôtez in_words sous cette colonne dans la correspondance";
    draft.notes.push(Fault::new(message, remedy).column(&column.name));
}

/// Keeps the source's words for a field.
pub(super) fn state(draft: &mut Draft, target: Target, words: &str) {
    let field = match target {
        Target::City => Field::City,
        Target::Duration => Field::Duration,
        Target::Price => Field::Price,
        Target::Prerequisites => Field::Prerequisites,
        Target::Formats => Field::Formats,
        Target::Audiences => Field::Audience,
        Target::Objectives => Field::Objectives,
        Target::Themes => Field::Themes,
        Target::Nature => Field::Nature,
        Target::Language => Field::Language,
        Target::Kind => Field::Kind,
        Target::PublicSectorOnly => Field::PublicSectorOnly,
        _ => return,
    };
    let words = cut(&one_line(words), STATED_CHARS);
    if !words.is_empty() {
        draft.raw.stated.insert(field.name().to_owned(), words);
    }
}

pub(super) fn gather(draft: &mut Draft, target: Target, code: String) {
    let list = match target {
        Target::Formats => &mut draft.raw.formats,
        Target::Audiences => &mut draft.raw.audiences,
        Target::Objectives => &mut draft.raw.objectives,
        Target::Nature => {
            draft.raw.nature.get_or_insert(code);
            return;
        }
        _ => &mut draft.raw.themes,
    };
    if !list.contains(&code) {
        list.push(code);
    }
}

/// What the mapping makes of words; an empty value is « unknown ».
pub(super) fn translate<'a>(column: &'a Column, words: &str) -> Option<&'a str> {
    if column.values.is_empty() {
        return None;
    }
    let words = words.trim();
    if let Some(value) = column.values.get(words) {
        return Some(value);
    }
    let begins =
        |key: &str| key.strip_suffix('*').is_some_and(|start| !start.is_empty() && words.starts_with(start));
    let mut patterns: Vec<(&String, &String)> = column.values.iter().filter(|(key, _)| begins(key)).collect();
    patterns.sort_by_key(|(key, _)| std::cmp::Reverse(key.len()));
    let pattern = patterns.first().map(|(_, value)| value.as_str());
    pattern.or_else(|| {
        let folded = Some(slug(words)).filter(|folded| !folded.is_empty())?;
        column.values.iter().find(|(key, _)| slug(key) == folded).map(|(_, value)| value.as_str())
    })
}
