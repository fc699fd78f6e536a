//! What a table says around its columns that may make its durations and prices something else than those of one person:
//! a unit or a basis written above it, a count of people beside them. Such values stay in words.
//! Absent: what the name of a column says (see `names`), what stands between parentheses (see `qualifiers`).

use catalogue::french::{NARROW, quoted};
use catalogue::slug;

use super::propose::texts;
use super::{Column, Mapping, Target, names};
use crate::table::{Shape, TableRow};

/// Longest line above a table that is quoted, in characters.
const QUOTED_CHARS: usize = 120;
/// Words of money that is not the euro, or is thousands of it.
const FOREIGN: [&str; 19] = [
    "k", "keur", "ke", "meur", "millier", "milliers", "millions", "kilo", "kilos", "usd", "dollar",
    "dollars", "gbp", "livres", "chf", "francs", "cad", "jpy", "xpf",
];
/// Words of a table that says what is spent, not what a training costs.
const SPENT: [&str; 10] = [
    "budget",
    "budgets",
    "budgetaire",
    "bilan",
    "depense",
    "depenses",
    "consommation",
    "consommations",
    "execution",
    "engagements",
];
/// Words of prices, and of durations.
const OF_PRICES: [&str; 10] =
    ["tarif", "tarifs", "prix", "cout", "couts", "montant", "montants", "tarification", "frais", "euros"];
const OF_DURATIONS: [&str; 9] =
    ["duree", "durees", "volume", "volumes", "horaire", "horaires", "temps", "heures", "jours"];
/// What a price may be counted by, beside a person.
const BASES: [&str; 16] = [
    "jour",
    "jours",
    "journee",
    "demi",
    "groupe",
    "groupes",
    "session",
    "sessions",
    "semaine",
    "mois",
    "an",
    "annee",
    "trimestre",
    "heure",
    "intra",
    "classe",
];
/// What a duration may be counted by.
const PERIODS: [&str; 6] = ["semaine", "mois", "an", "annee", "trimestre", "jour"];
/// People that a column counts.
const PEOPLE: [&str; 22] = [
    "agent",
    "agents",
    "stagiaire",
    "stagiaires",
    "participant",
    "participants",
    "participantes",
    "personne",
    "personnes",
    "pers",
    "beneficiaire",
    "beneficiaires",
    "inscrit",
    "inscrits",
    "apprenant",
    "apprenants",
    "auditeurs",
    "effectif",
    "effectifs",
    "formes",
    "tetes",
    "etp",
];

/// Why the prices and the durations of a table are not sure, in French.
#[derive(Debug, Default)]
pub(super) struct Around {
    price: Option<String>,
    duration: Option<String>,
    /// Whether a line above says that prices are without taxes.
    pub(super) is_without_taxes: bool,
}

impl Around {
    /// Those of a table; `rows` are its first ones, none when only its names are known.
    pub(super) fn of(shape: &Shape, rows: &[TableRow]) -> Self {
        let mut around = Self::default();
        let sheet = shape.sheet.as_ref().filter(|sheet| has(&words(sheet), &SPENT));
        if let Some(sheet) = sheet {
            around.price = Some(format!("la feuille s’appelle {}", quoted(sheet)));
        }
        for line in &shape.above {
            around.read(line);
        }
        let counts = |(place, name): &(usize, &String)| counts_people(name, &texts(rows, *place));
        if let Some((_, name)) = shape.columns.iter().enumerate().find(counts) {
            let why = format!("la colonne {} compte des personnes", quoted(name));
            around.price.get_or_insert_with(|| why.clone());
            around.duration.get_or_insert(why);
        }
        around
    }

    /// What a line above the table says of its amounts.
    fn read(&mut self, line: &str) {
        let words = words(&line.replace('€', " "));
        let is_of = |own: &[&str], other: &[&str]| has(&words, own) || !has(&words, other);
        let is_foreign = line.contains(['$', '£', '¥']) || is_in_thousands(line, &words);
        let (is_price, is_duration) = (is_of(&OF_PRICES, &OF_DURATIONS), is_of(&OF_DURATIONS, &OF_PRICES));
        let is_priced_by = is_price && (is_by(line, &words, &BASES) || is_for_several(&words));
        let is_timed_by = is_duration && is_by(line, &words, &PERIODS);
        let why = || format!("une ligne au-dessus de la table dit {}", quoted(&shortened(line)));
        if is_foreign || is_priced_by || has(&words, &SPENT) {
            self.price.get_or_insert_with(why);
        }
        if is_timed_by {
            self.duration.get_or_insert_with(why);
        }
        self.is_without_taxes |= names::is_without_taxes(line);
    }

    /// Why a column stays in words, when it does.
    fn why(&self, target: Target, name: &str) -> Option<&String> {
        match target {
            Target::Price => self.price.as_ref().filter(|_| !is_for_one(target, name)),
            Target::Duration => self.duration.as_ref().filter(|_| !is_for_one(target, name)),
            _ => None,
        }
    }

    /// Marks a column whose values stay in words; the basis of prices that nothing else says.
    pub(super) fn mark(&self, target: Target, column: &mut Column) {
        column.in_words = self.why(target, &column.name).is_some();
        if target == Target::Price && !names::is_with_taxes(&column.name) {
            column.without_taxes |= self.is_without_taxes;
        }
    }
}

/// What to say of the columns of a mapping that stay in words.
pub(super) fn told(mapping: &Mapping, shape: &Shape) -> Vec<String> {
    let around = Around::of(shape, &[]);
    let columns = mapping.column.iter().filter(|column| column.in_words);
    let told = columns.filter_map(|column| {
        let why = around.why(column.field?, &column.name)?;
        let name = quoted(&column.name);
        Some(format!(
            "à vérifier{NARROW}: les valeurs de la colonne {name} restent en mots, car {why}{NARROW}; si ce sont celles d’une \
             personne, ôtez in_words sous cette colonne dans la correspondance"
        ))
    });
    told.collect()
}

fn words(text: &str) -> Vec<String> {
    slug(text).split('-').map(str::to_owned).collect()
}

fn has(words: &[String], wanted: &[&str]) -> bool {
    words.iter().any(|word| wanted.contains(&word.as_str()))
}

/// Whether words say another money, or thousands: « k€ », « milliers d’euros », and not « 400 k ».
fn is_in_thousands(line: &str, words: &[String]) -> bool {
    let is_money = line.contains('€') || has(words, &OF_PRICES) || has(words, &["euro", "unite", "unites"]);
    is_money && has(words, &FOREIGN) || has(words, &["keur", "meur", "usd", "gbp", "chf"])
}

/// Whether words say by what amounts are counted: « par jour », « /semaine ».
fn is_by(line: &str, words: &[String], wanted: &[&str]) -> bool {
    let is_wanted = |word: &String| wanted.contains(&word.as_str());
    let after_slash = line.split('/').skip(1).filter_map(|rest| self::words(rest).into_iter().next());
    words.windows(2).any(|pair| matches!(pair[0].as_str(), "par" | "le" | "la") && is_wanted(&pair[1]))
        || after_slash.into_iter().any(|word| is_wanted(&word))
}

/// Whether words say amounts for several people: « pour 10 agents », « groupe de 12 ».
fn is_for_several(words: &[String]) -> bool {
    let is_number = |word: &String| word.bytes().all(|byte| byte.is_ascii_digit());
    words.windows(3).any(|three| match three[0].as_str() {
        "pour" => is_number(&three[1]) && PEOPLE.contains(&three[2].as_str()),
        "groupe" | "groupes" => three[1] == "de" && is_number(&three[2]),
        _ => false,
    })
}

/// Whether the name of a column says that its amounts are those of one person, or of the training itself.
fn is_for_one(target: Target, name: &str) -> bool {
    let words = words(name);
    let is_by = words.windows(2).any(|pair| pair[0] == "par" && PEOPLE.contains(&pair[1].as_str()));
    let is_whole = target == Target::Duration && has(&words, &["formation", "stage", "module", "parcours"]);
    is_by || is_whole || has(&words, &["unitaire", "individuel", "individuelle", "personne"])
}

/// Whether a column counts people: « Nb agents », « Effectif », and not « Effectif maximum ».
fn counts_people(name: &str, texts: &[String]) -> bool {
    const LINKS: [&str; 12] =
        ["nb", "nbr", "nbre", "nombre", "de", "d", "des", "total", "prevu", "prevus", "concernes", "a"];
    const NUMBERS: [&str; 5] = ["nb", "nbr", "nbre", "nombre", "effectif"];
    let words = words(name);
    let is_count = has(&words, &PEOPLE)
        && words.iter().all(|word| {
            LINKS.contains(&word.as_str())
                || PEOPLE.contains(&word.as_str())
                || matches!(word.as_str(), "former" | "formees" | "attendus")
        });
    let begins = |text: &&String| text.trim_start().starts_with(|sign: char| sign.is_ascii_digit());
    let has_numbers = match texts.len() {
        0 => has(&words, &NUMBERS),
        all => texts.iter().filter(begins).count() * 2 > all,
    };
    is_count && has_numbers
}

fn shortened(line: &str) -> String {
    match line.chars().count() > QUOTED_CHARS {
        true => format!("{}…", line.chars().take(QUOTED_CHARS - 1).collect::<String>()),
        false => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Around, counts_people};

    /// Whether a line above puts prices, then durations, in doubt; whether it says that prices are without taxes.
    #[track_caller]
    fn check(line: &str, expect: [bool; 3]) {
        let mut around = Around::default();
        around.read(line);
        let told = [around.price.is_some(), around.duration.is_some(), around.is_without_taxes];
        assert_eq!(told, expect, "{line}");
    }

    #[test]
    fn units_above_a_table_are_read() {
        for line in [
            "Montants en k€, durées en heures",
            "(montants en milliers d’euros)",
            "Catalogue 2025 | Unité : k€",
            "Budget en k€",
            "Montants en dollars US",
            "Prix en $",
            "Tarifs par jour et par groupe",
            "Coût pour 10 agents",
            "Prix €/jour",
            "Bilan 2024",
        ] {
            check(line, [true, false, false]);
        }
        check("Tarifs par jour et par groupe de 12 stagiaires (HT)", [true, false, true]);
        check("Volume par semaine", [false, true, false]);
        check("Tous les prix sont HT", [false, false, true]);
    }

    #[test]
    fn a_title_above_a_table_changes_nothing() {
        for line in [
            "Plan de formation 2025",
            "Catalogue des formations par thématique",
            "Tarifs par personne, TTC",
            "Mise à jour le 3 mars 2026",
            "Formations du groupe Data",
            "Prix en euros",
            "Direction du numérique | Service K",
        ] {
            check(line, [false; 3]);
        }
    }

    #[test]
    fn columns_that_count_people_are_known() {
        let counts = |name: &str, text: &str| counts_people(name, &[text.to_owned()]);
        for name in ["Nb agents", "Nombre de stagiaires", "Effectif", "Effectifs formés", "Participants"] {
            assert!(counts(name, "12"), "{name}");
        }
        for name in
            ["Effectif maximum", "Nb de places", "Participants max", "Nb agents par session", "Agents"]
        {
            assert!(!counts(name, if name == "Agents" { "Tous" } else { "12" }), "{name}");
        }
        assert!(counts_people("Nb agents", &[]) && !counts_people("Participants", &[]));
    }
}
