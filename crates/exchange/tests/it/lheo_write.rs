//! Rows to LHEO 2.3: what is valid, what is refused and why. The check of validity is a small table of the elements
//! that are written, apart from the one of the reader. Absent: reading (see `lheo`).

use catalogue::RawTraining;
use exchange::lheo::{self, Left, WriteOptions};

use crate::row;

const REGISTER: &str = "organisme;siret;numero_activite;adresse;complement;code_postal;ville;telephone;courriel;web;\
parcours;prise_en_charge;entrees_permanentes\n\
Organisme;110 001 013 00017;11000000000;1 quai de l’Essai;BP 1;35000;Rennes;0100000000;contact@exemple.fr;\
https://exemple.fr;1;non;oui\n";

/// Elements in order, `name least most`.
const ORDER: [(&str, &str); 17] = [
    ("lheo", "offres 1 1"),
    ("offres", "formation 1 999"),
    (
        "formation",
        "domaine-formation 1 1 intitule-formation 1 1 objectif-formation 1 1 resultats-attendus 1 1 \
         contenu-formation 1 1 certifiante 1 1 contact-formation 1 9 parcours-de-formation 1 1 code-niveau-entree 1 1 \
         certification 0 5 url-formation 0 1 action 1 9 organisme-formation-responsable 1 1 extras 0 9",
    ),
    ("certification", "code-RNCP 0 1 code-RS 0 1"),
    ("contact-formation", "coordonnees 1 1"),
    ("contact-organisme", "coordonnees 1 1"),
    ("coordonnees-organisme", "coordonnees 1 1"),
    ("coordonnees", "ligne 0 3 adresse 0 1 telfixe 0 1 courriel 0 1 web 0 1"),
    ("adresse", "ligne 1 4 codepostal 1 1 ville 1 1"),
    ("telfixe", "numtel 1 3"),
    ("web", "urlweb 1 3"),
    ("url-formation", "urlweb 1 3"),
    (
        "action",
        "rythme-formation 1 1 code-public-vise 1 10 info-public-vise 0 1 niveau-entree-obligatoire 1 1 \
         modalites-alternance 1 1 modalites-enseignement 1 1 conditions-specifiques 1 1 \
         prise-en-charge-frais-possible 1 1 lieu-de-formation 0 9 modalites-entrees-sorties 1 1 session 1 9 \
         langue-formation 0 5 prix-total-TTC 0 1 duree-indicative 0 1 nombre-heures-total 0 1",
    ),
    ("lieu-de-formation", "coordonnees 1 1"),
    ("session", "periode 1 1 adresse-inscription 1 1"),
    ("periode", "debut 1 1 fin 1 1"),
    (
        "organisme-formation-responsable",
        "numero-activite 1 1 SIRET-organisme-formation 1 1 nom-organisme 1 1 raison-sociale 1 1 \
         coordonnees-organisme 1 1 contact-organisme 1 9",
    ),
];
/// Texts: least and most characters.
const LENGTHS: [(&str, usize, usize); 26] = [
    ("code-RNCP", 1, 10),
    ("code-RS", 3, 10),
    ("intitule-formation", 1, 255),
    ("objectif-formation", 1, 3000),
    ("resultats-attendus", 1, 3000),
    ("contenu-formation", 1, 3000),
    ("rythme-formation", 1, 3000),
    ("modalites-alternance", 1, 3000),
    ("conditions-specifiques", 1, 3000),
    ("code-public-vise", 5, 5),
    ("info-public-vise", 1, 250),
    ("ligne", 1, 50),
    ("codepostal", 5, 5),
    ("ville", 1, 50),
    ("numtel", 1, 25),
    ("courriel", 3, 160),
    ("urlweb", 3, 400),
    ("langue-formation", 2, 2),
    ("prix-total-TTC", 1, 10),
    ("duree-indicative", 0, 150),
    ("numero-activite", 11, 11),
    ("SIRET", 14, 14),
    ("nom-organisme", 1, 250),
    ("raison-sociale", 1, 250),
    ("debut", 8, 8),
    ("fin", 8, 8),
];
const CODES: [(&str, &str); 7] = [
    ("certifiante", "01"),
    ("parcours-de-formation", "1234"),
    ("code-niveau-entree", "0"),
    ("niveau-entree-obligatoire", "01"),
    ("modalites-enseignement", "012"),
    ("prise-en-charge-frais-possible", "01"),
    ("modalites-entrees-sorties", "01"),
];

pub(crate) fn options() -> WriteOptions {
    let (providers, issues) = lheo::providers("o.csv", REGISTER.as_bytes());
    assert_eq!(issues, []);
    WriteOptions { providers }
}

/// Panics unless the elements are those of the tables, in their order, with texts that fit.
pub(crate) fn validate(bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    let body = text.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>").expect("a declaration");
    let mut open: Vec<(String, Vec<String>, String)> = vec![(String::new(), Vec::new(), String::new())];
    for piece in body.split('<').skip(1) {
        let (tag, words) = piece.split_once('>').expect("a closed tag");
        assert!(!words.contains('>'), "an escaped text: {words}");
        if let Some(name) = tag.strip_prefix('/') {
            let (known, children, own) = open.pop().expect("an element");
            assert_eq!(known, name);
            check(name, &children, &own);
        } else {
            let name = tag.split([' ', '/']).next().expect("a name").to_owned();
            open.last_mut().expect("a parent").1.push(name.clone());
            if tag.ends_with('/') {
                assert_eq!(name, "domaine-formation");
            } else {
                open.push((name, Vec::new(), String::new()));
            }
        }
        open.last_mut().expect("a parent").2.push_str(words);
    }
    assert_eq!(open.len(), 1);
}

fn check(name: &str, children: &[String], words: &str) {
    let unescaped =
        ["lt;<", "gt;>", "quot;\"", "#13;\r", "amp;&"].iter().fold(words.to_owned(), |text, pair| {
            let (entity, character) = pair.split_once(';').expect("a pair");
            text.replace(&format!("&{entity};"), character)
        });
    let length = unescaped.chars().count();
    if let Some((_, least, most)) = LENGTHS.iter().find(|(known, ..)| *known == name) {
        assert!((*least..=*most).contains(&length), "{name}: {length} characters");
    } else if let Some((_, codes)) = CODES.iter().find(|(known, _)| *known == name) {
        assert!(length == 1 && codes.contains(&unescaped), "{name}: {unescaped}");
    } else if let Some((_, order)) = ORDER.iter().find(|(known, _)| *known == name) {
        let parts: Vec<&str> = order.split_whitespace().collect();
        let mut rest = children;
        for part in parts.chunks(3) {
            let count = rest.iter().take_while(|child| *child == part[0]).count();
            let (least, most): (usize, usize) =
                (part[1].parse().expect("least"), part[2].parse().expect("most"));
            assert!((least..=most).contains(&count), "{name}: {count} {}", part[0]);
            rest = &rest[count..];
        }
        assert!(rest.is_empty(), "{name}: {rest:?}");
    } else if name == "nombre-heures-total" {
        assert!(unescaped.parse::<u32>().is_ok_and(|hours| hours < 100_000));
    } else {
        let known = ["extras", "extra", "SIRET-organisme-formation", "adresse-inscription"];
        assert!(known.contains(&name), "{name}");
    }
}

fn complete(id: &str) -> RawTraining {
    let (formats, nature) = (vec!["presentiel".to_owned()], Some("attestation".to_owned()));
    RawTraining { formats, nature, ..row(id) }
}

fn written(row: RawTraining, options: &WriteOptions) -> (String, Vec<Left>) {
    let mut bytes = Vec::new();
    let left = lheo::write(&mut bytes, std::iter::once(row), options).expect("memory takes all");
    if !bytes.is_empty() {
        validate(&bytes);
    }
    (String::from_utf8(bytes).expect("UTF-8"), left)
}

fn reasons(row: RawTraining, options: &WriteOptions) -> (bool, String) {
    let (_, left) = written(row, options);
    let left = left.first().expect("something left");
    (left.is_written, left.reasons.join(" | ").replace(['\u{202f}', '\u{a0}'], " "))
}

#[test]
fn a_complete_row_is_written_in_the_order_of_the_schema() {
    let raw = RawTraining {
        duration_hours: Some(3.5),
        price_eur: Some(1_000_000.0),
        city: Some("Brest".to_owned()),
        language: Some("fr".to_owned()),
        url: Some("https://exemple.fr/?a=1&b=2".to_owned()),
        formats: ["presentiel", "mooc", "e-learning"].map(str::to_owned).to_vec(),
        ..complete("un")
    };
    let (text, left) = written(raw, &options());
    for expect in [
        "<nombre-heures-total>4</nombre-heures-total>",
        "<duree-indicative>3\u{a0}h\u{a0}30</duree-indicative>",
        "<prix-total-TTC>1000000.00</prix-total-TTC>",
        "<urlweb>https://exemple.fr/?a=1&amp;b=2</urlweb>",
        "<SIRET>11000101300017</SIRET>",
        "<modalites-enseignement>0</modalites-enseignement>",
        "<modalites-enseignement>2</modalites-enseignement>",
        "<extra info=\"type-organisme\">public</extra>",
        "<extra info=\"duree-exacte\">3.5</extra>",
    ] {
        assert!(text.contains(expect), "{expect}\n{text}");
    }
    assert_eq!(text.matches("<action").count(), 2);
    assert!(left[0].is_written && left[0].reasons[0].contains("arrondie"), "{left:?}");
}

#[test]
fn a_price_before_tax_is_not_written_as_one_with_tax() {
    let raw = RawTraining {
        price_eur: Some(1_200.5),
        stated: [("price", "1 200,50 € HT"), ("nature", "RNCP38106 ; RS5616")]
            .map(|(field, words)| (field.to_owned(), words.to_owned()))
            .into(),
        nature: Some("certifiante".to_owned()),
        ..complete("un")
    };
    let (text, left) = written(raw.clone(), &options());
    assert!(!text.contains("prix-total-TTC") && left[0].reasons.join(" ").contains("hors taxes"), "{text}");
    for expect in ["<code-RNCP>RNCP38106</code-RNCP>", "<code-RS>RS5616</code-RS>"] {
        assert!(text.contains(expect), "{expect}\n{text}");
    }
    let mut back = Vec::new();
    lheo::read_each("f.xml", text.as_bytes(), &mut |offer| back.push(offer.expect("a sound offer").raw));
    assert_eq!(back, [raw]);
}

#[test]
fn what_misses_is_a_reason_and_never_invented() {
    let none = WriteOptions::default();
    let (is_written, told) = reasons(row("un"), &none);
    assert!(!is_written);
    for expect in
        ["n’est pas dans le fichier des organismes", "le format ne dit pas", "la nature est non précisée"]
    {
        assert!(told.contains(expect), "{told}");
    }
    let silent = REGISTER.replace("https://exemple.fr;1;non;oui", "https://exemple.fr;;;");
    let (providers, issues) = lheo::providers("o.csv", silent.as_bytes());
    assert_eq!(issues, []);
    let (is_written, told) = reasons(complete("un"), &WriteOptions { providers });
    assert!(!is_written);
    assert_eq!(told.matches("la colonne").count(), 3, "{told}");
    let (text, _) = written(row("un"), &none);
    assert_eq!(text, "", "a file without a formation would not be valid");
}

#[test]
fn texts_are_escaped_and_cut() {
    let raw = RawTraining {
        title: format!("A < B & C > \"D\" ]]> {}", "é".repeat(260)),
        summary: format!("Texte\u{1}\u{ffff}. {}", "Phrase. ".repeat(450)),
        ..complete("un")
    };
    let (text, left) = written(raw, &options());
    assert!(text.contains("A &lt; B &amp; C &gt; &quot;D&quot; ]]&gt;"));
    assert!(!text.contains(['\u{1}', '\u{ffff}']));
    let told = left[0].reasons.join(" ");
    assert!(
        told.contains("l’intitulé est coupé à 255") && told.contains("le résumé est coupé à 3000"),
        "{told}"
    );
}

#[test]
fn a_register_is_read_line_by_line() {
    let check = |from: &str, to: &str, expect: &str| {
        let (providers, issues) = lheo::providers("o.csv", REGISTER.replace(from, to).as_bytes());
        assert_eq!(providers.len(), 0, "{to}");
        let told = issues[0].to_string().replace(['\u{202f}', '\u{a0}'], " ");
        assert!(told.contains(expect), "{told}");
    };
    check("110 001 013 00017", "1,1E+13", "ligne 2, colonne « siret » : il faut 14 chiffres");
    check(";1;non;oui", ";5;non;oui", "colonne « parcours »");
    check(";1;non;oui", ";1;peut-être;oui", "il faut oui ou non");
    check("siret;", "sirene;", "il manque au fichier des organismes « siret »");
    check(REGISTER, "", "le fichier des organismes est vide");
    let commas = REGISTER.replace(';', ",");
    assert_eq!(lheo::providers("o.csv", commas.as_bytes()).0.len(), 1);
}
