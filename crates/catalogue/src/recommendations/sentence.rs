//! Recommendations in sentences of French: what to build, what it brings, what is proven, what comes near. Absent: HTML.

use super::answer::{Advice, Near, Outlook, Proposal, Recommendations};
use super::candidates::Lift;
use super::request::{PERSONAS_MAX, Promise};
use super::templates::Template;
use crate::french::{counted, euros, hours, list, quoted};
use crate::pathways::{Basis, Proof, minutes_in_french, share_in_french};
use crate::referential::Referential;

fn levels(count: usize) -> String {
    counted(count as u64, "niveau", "niveaux")
}

impl Promise {
    /// What it says, in a few words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Median => "médiane : autant que la moitié des formations de même durée",
            Self::High => "haute : autant que quatre formations de même durée sur cinq, au plus",
        }
    }
}

impl Lift {
    /// « Culture de la donnée, du niveau 1 au niveau 2 ».
    pub fn in_french(&self, referential: &Referential) -> String {
        let label = &referential.term(self.competence).label;
        match self.from {
            0 => format!("{label}, jusqu’au niveau {}", self.to.number()),
            from => format!("{label}, du niveau {from} au niveau {}", self.to.number()),
        }
    }
}

impl Template {
    /// What it rests on: « 7 h : 2 compétences et 2 niveaux au plus, … ».
    pub fn in_french(&self) -> String {
        format!(
            "{}, soit {} : au plus {} et {}, jusqu’au niveau {}{} ; d’après {} de cette durée",
            self.label,
            hours(self.hours),
            counted(self.competences as u64, "compétence", "compétences"),
            counted(self.gains as u64, "niveau gagné", "niveaux gagnés"),
            self.top,
            match self.deep > self.top {
                true => format!(", ou {} depuis le niveau juste en dessous", self.deep),
                false => String::new(),
            },
            counted(self.sample as u64, "formation du catalogue", "formations du catalogue"),
        )
    }
}

impl Recommendations {
    /// What building the proposals would do, in a sentence.
    pub fn finding(&self) -> String {
        if self.drafts == 0 {
            return "Aucune formation à construire ne se déduit de ces besoins : chaque niveau que l’offre laisse dépasse ce qu’une formation d’une durée acceptable apporte d’habitude, ou il n’en reste pas.".to_owned();
        }
        if self.proposals.is_empty() {
            return "Aucune des formations envisagées n’ajouterait un niveau aux meilleurs parcours d’aujourd’hui."
                .to_owned();
        }
        let part = |own: &Outlook| {
            let (label, wanted) = (quoted(&own.persona.label), own.persona.levels());
            let (before, after) = (own.before.levels, own.after.levels);
            match before == after {
                true => format!("{label} resterait à {} sur {wanted}", levels(after)),
                false => format!("{label} passerait de {before} à {} sur {wanted}", levels(after)),
            }
        };
        let parts: Vec<String> = self.outlooks.iter().map(part).collect();
        let verb = if self.proposals.len() > 1 { "feraient gagner" } else { "ferait gagner" };
        let (before, after) = self.person_levels();
        let gained = counted(after.saturating_sub(before), "niveau", "niveaux");
        let each = match self.counts_people() {
            true => ", chacun compté pour autant de personnes qui le gagnent",
            false => "",
        };
        format!(
            "{} {verb} {gained} de plus{each} : {}.",
            counted(self.proposals.len() as u64, "formation à construire", "formations à construire"),
            parts.join(" ; "),
        )
    }

    /// Whether somebody counts for more than one person.
    pub fn counts_people(&self) -> bool {
        self.outlooks.iter().any(|own| own.people != 1)
    }

    /// Who is left aside, in a sentence; none when nobody is.
    pub fn left_out_in_french(&self) -> Option<String> {
        let told = || {
            format!(
                "Les {PERSONAS_MAX} premiers personas seulement sont pris en compte : {}. Choisissez-les pour en voir d’autres.",
                counted(self.left_out as u64, "autre est laissé de côté", "autres sont laissés de côté")
            )
        };
        (self.left_out > 0).then(told)
    }

    /// What is proven, in a sentence.
    pub fn proof_in_french(&self) -> String {
        let among = counted(self.drafts as u64, "formation envisagée", "formations envisagées");
        let rule = "avec moins de formations à construire ni, à nombre égal, avec des parcours plus courts";
        match self.proof {
            Proof::Best => format!(
                "Prouvé : parmi les {among}, aucun choix de cette taille ne fait gagner davantage de niveaux, et aucun n’en fait gagner autant {rule}."
            ),
            Proof::MostCovering => format!(
                "Prouvé : parmi les {among}, aucun choix de cette taille ne fait gagner davantage de niveaux. Qu’aucun n’en fait gagner autant {rule} n’est pas prouvé."
            ),
            Proof::AtMost(share) => format!(
                "La recherche s’est arrêtée à sa limite : parmi les {among}, ce choix couvre {} des besoins, et aucun de cette taille n’en couvre plus de {}.",
                share_in_french(self.reached()),
                share_in_french(share)
            ),
        }
    }
}

impl Outlook {
    /// « 5 niveaux en 7 h 30, puis 8 en 14 h ».
    pub fn in_french(&self) -> String {
        format!(
            "{} en {} aujourd’hui, {} en {} avec ces formations",
            levels(self.before.levels),
            minutes_in_french(self.before.minutes),
            levels(self.after.levels),
            minutes_in_french(self.after.minutes),
        )
    }
}

impl Proposal {
    /// What is lost without it, in a sentence.
    pub fn worth_in_french(&self, outlooks: &[Outlook]) -> String {
        let label = |number: usize| quoted(&outlooks[number].persona.label);
        let lost = self.brings.iter().filter_map(|(number, lost)| Some((*number, (*lost)?)));
        let parts: Vec<String> = lost
            .filter(|(_, lost)| *lost > 0)
            .map(|(number, lost)| format!("{} pour {}", levels(lost), label(number)))
            .collect();
        let unknown = self.brings.iter().filter(|(_, lost)| lost.is_none());
        let unknown: Vec<String> = unknown.map(|(number, _)| label(*number)).collect();
        let told = match (parts.is_empty(), unknown.is_empty()) {
            (false, _) => format!("Sans elle, les autres étant construites, on perdrait {}.", list(&parts, "et")),
            (true, true) => "Sans elle, les autres étant construites, aucun niveau ne serait perdu : elle raccourcit les parcours.".to_owned(),
            (true, false) => String::new(),
        };
        let stopped = match unknown.is_empty() {
            true => String::new(),
            false => format!(
                "Ce que perdrait {} sans elle n’est pas connu : la recherche s’est arrêtée à sa limite.",
                list(&unknown, "et")
            ),
        };
        [told, stopped].join(" ").trim().to_owned()
    }

    /// What it may cost for one person.
    pub fn cost_in_french(&self) -> String {
        let (least, most) = self.cost_per_person_eur();
        format!("de {} à {} par personne", euros(least.round()), euros(most.round()))
    }

    /// Whether to build it or to adapt what exists, in a sentence.
    pub fn advice_in_french(&self) -> String {
        match self.advice() {
            Advice::Adapt(near) => {
                let mut changes: Vec<String> = Vec::new();
                for (_, obstacles) in &near.kept_out {
                    for obstacle in obstacles.iter().map(|one| one.phrase().to_owned()) {
                        if !changes.contains(&obstacle) {
                            changes.push(obstacle);
                        }
                    }
                }
                if f64::from(near.minutes) > self.draft.template.hours * 60.0 {
                    changes.push(format!("sa durée ({})", near.length_in_french()));
                }
                let title = quoted(&near.training.title);
                match changes.is_empty() {
                    true => format!("{title} apporte déjà ces niveaux : la faire mieux connaître suffirait peut-être."),
                    false => format!(
                        "{title} apporte ces niveaux : l’adapter serait une autre voie que construire. À changer : {}.",
                        list(&changes, "et")
                    ),
                }
            }
            Advice::Build => "Aucune formation du catalogue, d’une durée connue ou estimée au plus double, n’apporte tous ces niveaux en ne changeant que le public, le format ou le lieu : à construire.".to_owned(),
        }
    }
}

impl Near {
    /// How long it lasts, marked when nobody states it.
    pub fn length_in_french(&self) -> String {
        let length = minutes_in_french(u64::from(self.minutes));
        match self.basis {
            Basis::Stated => length,
            Basis::Estimated => format!("{length}, estimation"),
            Basis::Unknown => "durée non précisée".to_owned(),
        }
    }

    /// What it does not bring, in a few words; none when it brings all.
    pub fn lacks_in_french(&self, referential: &Referential) -> Option<String> {
        let lacks: Vec<String> = self.lacks.iter().map(|lift| lift.in_french(referential)).collect();
        (!lacks.is_empty()).then(|| list(&lacks, "et"))
    }
}
