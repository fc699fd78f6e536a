//! What a table says around its columns that may make its durations and prices something else than those of one person:
//! a unit or a basis written above it, a count of people beside them. Such values stay in words.
//! Absent: what the name of a column says (see `names`), what stands between parentheses (see `qualifiers`).

use catalogue::french::{NARROW, quoted};
use catalogue::slug;

use super::convention::{self, Day};
use super::propose::texts;
use super::{Column, Mapping, Settings, Target, Unit, taxes};
use crate::table::{Shape, TableRow};

/// Where notes under a table are said to be, and how what they say begins.
const BELOW: &str = "sous";
const UNDER: &str = "une ligne sous la table";
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
    /// Why days are of a length that nobody can tell.
    days: Option<String>,
    /// How many hours a note says that a day has, and the note.
    pub(super) day: Option<(f64, String)>,
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
            around.read(line, "au-dessus de");
        }
        for line in notes_below(shape, rows) {
            around.read(&line, BELOW);
        }
        let counts = |(place, name): &(usize, &String)| counts_people(name, &texts(rows, *place));
        if let Some((_, name)) = shape.columns.iter().enumerate().find(counts) {
            let why = format!("la colonne {} compte des personnes", quoted(name));
            around.price.get_or_insert_with(|| why.clone());
            around.duration.get_or_insert(why);
        }
        around
    }

    /// What a line above the table, or under it, says of its amounts.
    fn read(&mut self, line: &str, place: &str) {
        let words = words(&line.replace('€', " "));
        let is_of = |own: &[&str], other: &[&str]| has(&words, own) || !has(&words, other);
        let is_foreign = line.contains(['$', '£', '¥']) || is_in_thousands(line, &words);
        let (is_price, is_duration) = (is_of(&OF_PRICES, &OF_DURATIONS), is_of(&OF_DURATIONS, &OF_PRICES));
        let is_priced_by = is_price && (is_by(line, &words, &BASES) || is_for_several(&words))
            || has(&words, &OF_PRICES) && is_of_group(&words);
        let is_timed_by = is_duration && is_by(line, &words, &PERIODS);
        let why = || format!("une ligne {place} la table dit {}", quoted(&shortened(line)));
        // A last title may speak of budgets.
        let is_spent = place != BELOW && has(&words, &SPENT);
        if is_foreign || is_priced_by || is_spent {
            self.price.get_or_insert_with(why);
        }
        if is_timed_by {
            self.duration.get_or_insert_with(why);
        }
        self.is_without_taxes |= taxes::is_without(line);
        match (convention::day(line), &self.day) {
            (None, _) => {}
            (Some(Day::Of(hours)), None) => self.day = Some((hours, why())),
            (Some(Day::Of(hours)), Some((other, _))) if hours == *other => {}
            _ => self.days = Some(why()),
        }
    }

    /// Why a column stays in words, when it does.
    fn why(&self, target: Target, column: &Column) -> Option<&String> {
        let is_for_one = is_for_one(target, &column.name);
        match target {
            Target::Price => self.price.as_ref().filter(|_| !is_for_one),
            Target::Duration if column.unit == Some(Unit::Days) && self.days.is_some() => self.days.as_ref(),
            Target::Duration => self.duration.as_ref().filter(|_| !is_for_one),
            _ => None,
        }
    }

    /// How many hours a day has, when a note says it for certain.
    pub(super) fn hours_per_day(&self) -> Option<f64> {
        self.day.as_ref().filter(|_| self.days.is_none()).map(|(hours, _)| *hours)
    }

    /// Marks a column whose values stay in words; the basis of prices that nothing else says.
    pub(super) fn mark(&self, target: Target, column: &mut Column) {
        let why = self.why(target, column).cloned();
        column.in_words = why.is_some();
        // Nobody reads again what is under the table.
        column.doubt = why.filter(|why| why.starts_with(UNDER));
        if target == Target::Price && !taxes::is_with(&column.name) {
            column.without_taxes |= self.is_without_taxes;
        }
    }
}

/// The lines above a table that say what its amounts are: without them, a part of it would be read otherwise.
pub fn lines_that_count(shape: &Shape) -> Vec<&str> {
    let counts = |line: &&str| {
        let mut alone = Around::default();
        alone.read(line, "au-dessus de");
        let Around { price, duration, days, day, is_without_taxes } = alone;
        price.or(duration).or(days).is_some() || day.is_some() || is_without_taxes
    };
    shape.above.iter().map(String::as_str).filter(counts).collect()
}

/// What to say of the columns of a mapping that stay in words.
pub(super) fn told(mapping: &Mapping, shape: &Shape) -> Vec<String> {
    let around = Around::of(shape, &[]);
    let columns = mapping.column.iter().filter(|column| column.in_words);
    let told = columns.filter_map(|column| {
        let why = column.doubt.as_ref().or_else(|| around.why(column.field?, column))?;
        let name = quoted(&column.name);
        let is_of_days = column.field == Some(Target::Duration) && convention::day(why).is_some();
        let remedy = match is_of_days {
            true => "écrivez hours_per_day sous [settings] dans la correspondance, puis ôtez",
            false => "si ce sont celles d’une personne, ôtez",
        };
        Some(format!(
            "à vérifier{NARROW}: les valeurs de la colonne {name} restent en mots, car {why}{NARROW}; {remedy} in_words sous \
             cette colonne dans la correspondance"
        ))
    });
    told.chain(told_day(mapping, &around)).collect()
}

/// What to say of the hours of a day, when a note says them or when they are not the usual ones.
fn told_day(mapping: &Mapping, around: &Around) -> Option<String> {
    let has_durations = mapping.column.iter().any(|column| column.field == Some(Target::Duration));
    let hours = mapping.settings.hours_per_day;
    let own = decimal(hours);
    let told = match &around.day {
        _ if !has_durations || around.days.is_some() => return None,
        Some((said, why)) if *said == hours => format!("{why}{NARROW}: un jour compte {own} heures"),
        Some((said, why)) => format!(
            "à vérifier{NARROW}: un jour compte {own} heures, mais {why}{NARROW}; écrivez hours_per_day = {said:?} sous [settings] \
             dans la correspondance"
        ),
        None if hours != Settings::default().hours_per_day => {
            format!("un jour compte {own} heures (hours_per_day, sous [settings] dans la correspondance)")
        }
        None => return None,
    };
    Some(told)
}

fn decimal(number: f64) -> String {
    number.to_string().replace('.', ",")
}

/// The notes under a table: its last rows that hold one text of several words, when others hold more.
fn notes_below(shape: &Shape, rows: &[TableRow]) -> Vec<String> {
    const MOST: usize = 10;
    const LEAST_WORDS: usize = 3;
    let one = |row: &TableRow| {
        let mut filled = row.cells.iter().filter(|cell| !cell.is_empty());
        let only = filled.next().filter(|_| filled.next().is_none())?;
        super::texts::text(only)
    };
    if shape.columns.len() < 2 || rows.iter().all(|row| one(row).is_some()) {
        return Vec::new();
    }
    let last = rows.iter().rev().take(MOST).map_while(one);
    last.filter(|text| text.split_whitespace().count() >= LEAST_WORDS).collect()
}

/// Whether words say the price of a whole group: « tarifs intra », « prix de groupe », and not « du groupe Data ».
fn is_of_group(words: &[String]) -> bool {
    const BEFORE: [&str; 9] = ["de", "un", "par", "pour", "tarif", "tarifs", "prix", "cout", "intra"];
    let is_group = |pair: &[String]| {
        BEFORE.contains(&pair[0].as_str()) && matches!(pair[1].as_str(), "groupe" | "groupes")
    };
    has(words, &["intra"]) && !has(words, &["inter"]) || words.windows(2).any(is_group)
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
        around.read(line, "au-dessus de");
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
            "Tarifs intra (groupe)",
            "Prix intra",
            "Tarif de groupe",
        ] {
            check(line, [true, false, false]);
        }
        check("Tarifs par jour et par groupe de 12 stagiaires (HT)", [true, false, true]);
        check("Volume par semaine", [false, true, false]);
        check("Tous les prix sont HT", [false, false, true]);
        for line in
            ["Prix hors taxes", "Les tarifs sont indiqués hors taxes", "Montants hors taxe", "Prix H.T."]
        {
            check(line, [false, false, true]);
        }
    }

    #[test]
    fn a_title_above_a_table_changes_nothing() {
        for line in [
            "Plan de formation 2025",
            "Catalogue des formations par thématique",
            "Tarifs par personne, TTC",
            "Mise à jour le 3 mars 2026",
            "Formations du groupe Data",
            "Tarifs du groupe Data",
            "Tarifs inter et intra",
            "Formations intra",
            "1 jour = 6 h",
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
