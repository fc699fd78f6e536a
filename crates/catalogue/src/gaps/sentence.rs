//! « Why? » in one sentence of French for each gap. Absent: HTML.

use super::{Constraints, Facts, Gap, Gaps, Rules, State};
use crate::french::{NO_BREAK, counted, integer, list, quoted};

/// The labels of constraints in quotation marks, with « et » before the last.
fn labels(constraints: Constraints) -> String {
    let words: Vec<String> =
        constraints.iter().map(|constraint| quoted(&constraint.label().to_lowercase())).collect();
    list(&words, "et")
}

fn trainings(number: usize) -> String {
    counted(number as u64, "formation", "formations")
}

impl Gap {
    /// Why the gap is in its state, in one sentence.
    pub fn why(&self, rules: &Rules) -> String {
        match self.state {
            State::Missing => "Aucune formation recensée n’amène à ce niveau.".to_owned(),
            State::OutOfReach => self.why_out_of_reach(rules),
            State::Thin => self.why_thin(rules),
            State::Covered => format!(
                "{} de {} {}, dont {} aux faits établis.",
                trainings(self.suiting),
                counted(self.providers_count as u64, "organisme", "organismes"),
                if self.suiting == 1 { "convient" } else { "conviennent" },
                self.confirmed,
            ),
        }
    }

    fn why_out_of_reach(&self, rules: &Rules) -> String {
        let exist = match self.teaching {
            1 => "1 formation existe et ne convient pas".to_owned(),
            all => format!("{} existent et aucune ne convient", trainings(all)),
        };
        let Some(nearest) = self.nearest else { return format!("{exist}.") };
        let plural = if nearest.len() > 1 { "les contraintes" } else { "la contrainte" };
        let would = match (self.teaching, self.nearest_count) {
            (1, _) => "elle conviendrait".to_owned(),
            (_, 1) => format!("1{NO_BREAK}conviendrait"),
            (_, near) => format!("{near}{NO_BREAK}conviendraient"),
        };
        let facts = match rules.facts {
            Facts::Confirmed => " (une contrainte qu’aucun fait établi ne vérifie écarte, selon votre choix)",
            Facts::All => "",
        };
        format!("{exist} ; sans {plural} {}, {would}{facts}.", labels(nearest))
    }

    fn why_thin(&self, rules: &Rules) -> String {
        let names: Vec<String> = self.providers.iter().map(|(_, name)| quoted(name)).collect();
        let suits = if self.suiting == 1 { "convient" } else { "conviennent" };
        let few = self.providers_count < usize::from(rules.providers_min);
        match (few, self.confirmed) {
            (true, 0) => format!(
                "{} de {} {suits}, et aucune n’a tous ses faits établis.",
                trainings(self.suiting),
                list(&names, "et"),
            ),
            (true, _) => format!("{} {suits}, de {} seulement.", trainings(self.suiting), list(&names, "et")),
            (false, _) => format!(
                "{} de {} {suits}, mais aucune n’a tous ses faits établis.",
                trainings(self.suiting),
                counted(self.providers_count as u64, "organisme", "organismes"),
            ),
        }
    }
}

impl Gaps {
    /// « 2 couverts, 8 fragiles, 32 hors de portée et 0 absent », best first.
    pub fn counts_in_french(&self) -> String {
        let words = |(state, one, many): (State, &str, &str)| counted(self.count(state) as u64, one, many);
        let all = [
            (State::Covered, "couvert", "couverts"),
            (State::Thin, "fragile", "fragiles"),
            (State::OutOfReach, "hors de portée", "hors de portée"),
            (State::Missing, "absent", "absents"),
        ];
        list(&all.map(words), "et")
    }

    /// What the gaps show first, in one sentence.
    pub fn finding(&self) -> String {
        let whole = self.gaps.len();
        if whole == 0 {
            return "Aucun niveau à gagner : tous les besoins sont déjà satisfaits.".to_owned();
        }
        let covered = self.count(State::Covered);
        let met = covered + self.count(State::Thin);
        let solid = match (met, covered) {
            (0, _) => String::new(),
            (1, 0) => ", fragilement".to_owned(),
            (_, 0) => ", tous fragilement".to_owned(),
            (met, covered) if met == covered => ", solidement".to_owned(),
            (_, covered) => format!(", dont {} solidement", integer(covered as u64)),
        };
        match (met, whole) {
            (0, 1) => "L’offre ne donne pas accès au seul niveau nécessaire.".to_owned(),
            (0, _) => {
                format!("L’offre ne donne accès à aucun des {} niveaux nécessaires.", integer(whole as u64))
            }
            (1, 1) => format!("L’offre donne accès au seul niveau nécessaire{solid}."),
            (met, whole) if met == whole => {
                format!("L’offre donne accès aux {} niveaux nécessaires{solid}.", integer(whole as u64))
            }
            (met, whole) => format!(
                "L’offre donne accès à {} des {} niveaux nécessaires{solid}.",
                integer(met as u64),
                integer(whole as u64)
            ),
        }
    }
}
