//! Columns whose name says a field and whose cells, or whose neighbours, say something else: hours that begin a session,
//! days of a month, the organisation of those who ask, a kind under « Formation ». They are told, not taken.
//! Absent: what names mean by themselves (see `names`), which of two columns is the better one (see `strengths`).

use std::collections::BTreeSet;

use catalogue::slug;

use super::propose::texts;
use super::strengths::is_vague_provider;
use super::{Target, names, qualifiers, values};
use crate::table::{Shape, TableRow};

/// Hours at which a session begins or ends.
const OPENING: std::ops::RangeInclusive<u32> = 7..=20;
/// Most distinct values of a column that sorts trainings, and how many times each of them is there at least.
const KINDS: (usize, usize) = (3, 3);

/// A table and the place of a column in it.
pub(super) struct Seen<'a> {
    pub(super) shape: &'a Shape,
    pub(super) rows: &'a [TableRow],
    pub(super) place: usize,
    /// What the cells of the column say.
    pub(super) texts: &'a [String],
}

impl Seen<'_> {
    /// Why a column is not taken for the field that its name says; nothing when it is.
    pub(super) fn doubt(&self, target: Target) -> Option<&'static str> {
        let name = slug(&qualifiers::parted(&self.shape.columns[self.place]).0);
        match target {
            Target::Duration if name == "heures" || name == "hours" => {
                self.is_opening().then_some("elle peut dire l’heure où commence une session, et non la durée")
            }
            Target::Duration if name == "jours" || name == "days" => {
                self.is_calendar().then_some("elle peut dire le jour où a lieu une session, et non la durée")
            }
            Target::Provider if is_vague_provider(&name) => self.is_of_needs().then_some(
                "elle peut dire où travaillent ceux qui demandent la formation, et non qui la donne",
            ),
            Target::Provider => {
                self.is_said_otherwise().then_some("une autre colonne porte le même nom et dit autre chose")
            }
            Target::Title => {
                self.is_kind().then_some("elle semble trier les formations, et non dire leur intitulé")
            }
            _ => None,
        }
    }

    fn others(&self) -> impl Iterator<Item = (usize, &String)> {
        self.shape.columns.iter().enumerate().filter(|(place, _)| *place != self.place)
    }

    fn has_word(&self, wanted: &[&str]) -> bool {
        self.others().any(|(_, name)| slug(name).split('-').any(|word| wanted.contains(&word)))
    }

    /// Whether hours are those of a clock in the day: always when they have their minutes, beside dates when they have none.
    fn is_opening(&self) -> bool {
        const DATES: [&str; 9] =
            ["date", "dates", "debut", "fin", "session", "sessions", "mois", "calendrier", "planning"];
        let is_date = |(place, _): (usize, &String)| {
            let texts = texts(self.rows, place);
            texts.iter().filter(|text| values::date(text).is_some_and(|date| date.len() == 10)).count() * 2
                > texts.len()
        };
        let of_day = |text: &String| clocks(text).filter(|clocks| clocks.iter().all(Clock::may_open));
        let all: Option<Vec<Vec<Clock>>> = self.texts.iter().map(of_day).collect();
        let Some(all) = all.filter(|all| !all.is_empty()) else { return false };
        let is_clock = |clocks: &Vec<Clock>| clocks.len() > 1 || clocks[0].minutes.is_some();
        all.iter().all(is_clock) || self.has_word(&DATES) || self.others().any(is_date)
    }

    /// Whether days are those of a month that another column says, or of the week.
    fn is_calendar(&self) -> bool {
        const WEEK: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
        let is_weekday = |text: &String| slug(text).split('-').any(|word| WEEK.contains(&word));
        self.has_word(&["mois", "month"]) || self.texts.iter().any(is_weekday)
    }

    /// Whether the rows are what people ask for, or the cells say parts of an administration.
    fn is_of_needs(&self) -> bool {
        const PEOPLE: [&str; 14] = [
            "prenom",
            "prenoms",
            "agent",
            "agents",
            "demandeur",
            "demandeurs",
            "beneficiaire",
            "beneficiaires",
            "stagiaire",
            "stagiaires",
            "matricule",
            "bureau",
            "service",
            "priorite",
        ];
        const PARTS: [&str; 10] = [
            "bureau",
            "sous",
            "service",
            "direction",
            "pole",
            "departement",
            "mission",
            "cellule",
            "division",
            "secretariat",
        ];
        let is_part = |text: &&String| {
            let folded = slug(text);
            let mut words = folded.split('-');
            let first = words.next().unwrap_or_default();
            PARTS.contains(&first) && (first != "sous" || words.next() == Some("direction"))
        };
        self.has_word(&PEOPLE) || self.texts.iter().filter(is_part).count() * 2 > self.texts.len()
    }

    /// Whether a column of the same name says something else in a row where both say something.
    fn is_said_otherwise(&self) -> bool {
        // A name met twice has a number: « Organisme (2) ».
        let bare = |name: &str| {
            let (bare, inside) = qualifiers::parted(name);
            inside.trim().bytes().all(|byte| byte.is_ascii_digit()).then(|| slug(&bare))
        };
        let own = bare(&self.shape.columns[self.place]);
        let says = |row: &TableRow, place: usize| {
            let text = row.cells.get(place).and_then(super::texts::text)?;
            (!values::is_unknown(&text)).then(|| slug(&text))
        };
        self.others().filter(|(_, name)| own.is_some() && bare(name) == own).any(|(other, _)| {
            self.rows.iter().any(|row| {
                let both = says(row, self.place).zip(says(row, other));
                both.is_some_and(|(one, other)| one != other)
            })
        })
    }

    /// Whether cells are all words that sort trainings, or a few values met again and again beside another column that
    /// may be the title.
    fn is_kind(&self) -> bool {
        const WORDS: [&str; 28] = [
            "interne",
            "internes",
            "externe",
            "externes",
            "initiale",
            "continue",
            "intra",
            "inter",
            "individuelle",
            "collective",
            "obligatoire",
            "facultative",
            "statutaire",
            "presentiel",
            "distanciel",
            "hybride",
            "m",
            "mme",
            "mlle",
            "monsieur",
            "madame",
            "oui",
            "non",
            "catalogue",
            "hors-catalogue",
            "metier",
            "transverse",
            "diplomante",
        ];
        let distinct: BTreeSet<String> = self.texts.iter().map(|text| slug(text)).collect();
        if distinct.is_empty() {
            return false;
        }
        let has_rival = self.others().any(|(place, name)| {
            names::target(name) == Some(Target::Title) && {
                let others: BTreeSet<String> =
                    texts(self.rows, place).iter().map(|text| slug(text)).collect();
                others.len() > distinct.len()
            }
        });
        distinct.iter().all(|word| WORDS.contains(&word.as_str()))
            || (has_rival && distinct.len() <= KINDS.0 && self.texts.len() >= distinct.len() * KINDS.1)
    }
}

/// An hour as a clock says it.
struct Clock {
    hours: u32,
    minutes: Option<u32>,
}

impl Clock {
    /// Whether a session may begin or end then.
    fn may_open(&self) -> bool {
        OPENING.contains(&self.hours) && self.minutes.is_none_or(|minutes| minutes.is_multiple_of(15))
    }
}

/// The hours that a text says, all of it: « 9h00 », « 13:30 », « 9h30-17h », « de 9 h à 17 h ».
fn clocks(text: &str) -> Option<Vec<Clock>> {
    let lower = text.to_lowercase();
    let parts = lower.split(['-', '–', '/']).flat_map(|part| part.split(" à "));
    let parts =
        parts.map(|part| part.trim().trim_start_matches("de ").trim()).filter(|part| !part.is_empty());
    let clock = |part: &str| {
        let (hours, rest) = part.split_once(['h', ':'])?;
        let rest = rest.trim().trim_end_matches(":00");
        let minutes = match rest {
            "" => None,
            rest if rest.len() == 2 => Some(rest.parse().ok().filter(|minutes| *minutes < 60)?),
            _ => return None,
        };
        Some(Clock { hours: hours.trim().parse().ok()?, minutes })
    };
    parts.map(clock).collect::<Option<Vec<Clock>>>().filter(|clocks| !clocks.is_empty())
}
