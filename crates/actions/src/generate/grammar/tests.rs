//! Agreement, elision, contraction, spelling of verbs.

use super::*;

const FEMININE_PLURAL: Agreement = Agreement { feminine: true, plural: true };
const FEMININE: Agreement = Agreement { feminine: true, plural: false };
const MASCULINE: Agreement = Agreement { feminine: false, plural: false };

#[test]
fn adjectives_agree() {
    let check = |word: &str, expected: &str| assert_eq!(adjective(word, FEMININE_PLURAL), expected);
    check("public", "publiques");
    check("administratif", "administratives");
    check("européen", "européennes");
    check("financier", "financières");
    check("complet", "complètes");
    check("chiffré", "chiffrées");
    check("social", "sociales");
    assert_eq!(adjective("social", Agreement { feminine: false, plural: true }), "sociaux");
}

#[test]
fn articles_elide_and_contract() {
    assert_eq!(definite("analyse", FEMININE), "l’analyse");
    assert_eq!(definite("jeu", MASCULINE), "le jeu");
    assert_eq!(of("le jeu"), "du jeu");
    assert_eq!(of("des outils"), "d’outils");
    assert_eq!(of("l’eau"), "de l’eau");
    assert_eq!(of("Angers"), "d’Angers");
    assert_eq!(of("Lyon"), "de Lyon");
    assert_eq!(to("les routes"), "aux routes");
}

#[test]
fn verbs_keep_their_sound() {
    assert_eq!(they("partager"), "partagent");
    assert_eq!(gerund("partager"), "partageant");
    assert_eq!(gerund("financer"), "finançant");
    assert_eq!(participle("publier", FEMININE_PLURAL), "publiées");
}
