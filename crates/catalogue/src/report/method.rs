//! How the report was made, so that a reader can judge it and somebody else repeat it. Absent: figures of the offer.

use super::build::Material;
use super::document::{Block, Section};
use super::limits;
use super::request::SectionKind;
use crate::french::{self, typeset};
use crate::gaps::Rules;
use crate::pathways::UNSTATED_MINUTES;
use crate::vocabulary::{Code as _, Competence};

/// The section.
pub(super) fn section(material: &Material<'_>) -> Section {
    let referential = material.referential();
    let (competences, blocks) = (referential.terms(Competence::VOCABULARY).len(), referential.blocks().len());
    let least = Rules::default().providers_min;
    let blocks = vec![
        Block::heading("Ce qui est recensé"),
        Block::paragraph(format!(
            "Une ligne du catalogue est une formation ouverte aux cadres publics, de quelque organisme que ce soit, et porte l’adresse de la page où ses faits ont été lus. Type, intitulé, organisme, format, durée, prix et lieu sont ceux de la source ; ce qu’elle n’indique pas reste « non précisé » et ne compte jamais pour zéro. Thématiques, publics, objectifs, nature, compétences et prérequis sont un jugement éditorial d’après ces faits. Le référentiel a {} en {}, chacune à quatre niveaux : sensibilisation, application accompagnée, autonomie, expertise.",
            french::counted(competences as u64, "compétence", "compétences"),
            french::counted(blocks as u64, "bloc", "blocs")
        )),
        Block::heading("Ce qui est estimé"),
        Block::paragraph(limits::estimates(material)),
        Block::paragraph("Aucun prix n’est estimé. Un coût qui comprend un prix non précisé est dit « au moins » ou « inconnu »."),
        Block::heading("Ce qui est compté"),
        Block::paragraph("Les effectifs sont exacts. Une formation qui a plusieurs valeurs compte dans chacune, et une seule fois dans les totaux. Une part est donnée sur les formations dont le champ est connu ; un groupe est dit différent de l’ensemble quand l’intervalle à 95 % de son indice de spécialisation ne contient pas 1."),
        Block::heading("Comment les écarts sont jugés"),
        Block::list([
            format!("● Couvert : des formations d’au moins {least} organismes conviennent au persona, dont une aux faits établis."),
            "◐ Fragile : un seul organisme, ou des faits qu’aucune source n’établit.".to_owned(),
            "○ Hors de portée : des formations existent ; public, temps, prix, format, lieu, langue ou prérequis les écartent toutes.".to_owned(),
            "✕ Absent : aucune formation recensée n’amène à ce niveau.".to_owned(),
        ]),
        Block::paragraph("Une formation enseigne les niveaux au-dessus de celui qu’elle demande et jusqu’à celui où elle mène ; un examen n’enseigne rien. Chaque formation est jugée seule face au temps et au budget de l’année."),
        Block::heading("Comment les parcours sont trouvés"),
        Block::paragraph(format!(
            "Un parcours est le choix de formations qui couvre le plus de besoins du persona dans son temps et son budget d’un an, chacune après celles qui donnent ce qu’elle demande. À couverture égale, le plus court, chaque fait décisif non précisé comptant pour {UNSTATED_MINUTES} minutes. Une durée estimée y compte à sa valeur prudente. La recherche dit ce qu’elle a prouvé ; chaque réponse est vérifiée par un programme qui ne partage rien avec elle."
        )),
        Block::heading("Comment les formations à construire sont choisies"),
        Block::paragraph("Elles sont composées à partir des besoins que les meilleurs parcours d’aujourd’hui n’atteignent pas : des compétences d’un même bloc, à partir du niveau déjà atteint, dans une durée et un format que les personas acceptent. Parmi toutes celles qui sont envisagées, le programme choisit ensemble celles qui font gagner le plus de niveaux, chacun compté pour autant de personnes qui le gagnent, puis le moins de formations, puis les parcours les plus courts ; il dit ce qu’il a prouvé."),
        Block::heading("Ce que ce rapport est"),
        Block::paragraph("Il est composé par un programme libre, Parcours, à partir du catalogue à une version donnée : la même version, la même demande et la même date redonnent le même fichier, octet pour octet. Chaque tableau dit ses filtres, la version, la date et l’origine de ses faits ; les mêmes chiffres sont dans le classeur joint et sur les pages du service."),
    ];
    let finding = "Chaque chiffre se vérifie : il vient d’un fait lu sur une page publique, d’un jugement dit comme tel ou d’une règle énoncée ici.";
    Section { kind: SectionKind::Method, finding: typeset(finding), blocks }
}
