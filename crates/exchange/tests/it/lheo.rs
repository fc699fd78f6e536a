//! Files of LHEO, as people write them: what is taken, what is noted, what is refused.
//! Absent: writing (see `lheo_write`), random files (see `lheo_random`).

use catalogue::PriceBasis;
use exchange::lheo::{self, Offer};
use exchange::{Extent, Issue};

/// A formation of 2.3 that the schema accepts; marks are replaced by each test.
const FORMATION: &str = "<formation numero=\"F_1\"><domaine-formation/>\
<intitule-formation>Lire un tableau</intitule-formation><objectif-formation>Savoir lire.</objectif-formation>\
<resultats-attendus>-</resultats-attendus><contenu-formation>-</contenu-formation><certifiante>0</certifiante>\
<contact-formation><coordonnees><nom>Doe</nom><telfixe><numtel>0102030405</numtel></telfixe>\
<courriel>jdoe@exemple.fr</courriel></coordonnees></contact-formation>\
<parcours-de-formation>1</parcours-de-formation><code-niveau-entree>0</code-niveau-entree><!--formation-->\
<action><rythme-formation>-</rythme-formation><code-public-vise ref=\"V12\">83056</code-public-vise>\
<niveau-entree-obligatoire>0</niveau-entree-obligatoire><modalites-alternance>-</modalites-alternance>\
<modalites-enseignement>0</modalites-enseignement><conditions-specifiques>-</conditions-specifiques>\
<prise-en-charge-frais-possible>0</prise-en-charge-frais-possible>\
<lieu-de-formation><coordonnees><adresse><ligne>Quai</ligne><codepostal>35000</codepostal><ville>Rennes</ville>\
</adresse></coordonnees></lieu-de-formation><modalites-entrees-sorties>0</modalites-entrees-sorties>\
<session><periode><debut>00000000</debut><fin>00000000</fin></periode><adresse-inscription><adresse>\
<ligne>Quai</ligne><codepostal>35000</codepostal><ville>Rennes</ville></adresse></adresse-inscription></session>\
<!--action--></action><organisme-formation-responsable><numero-activite>11000000000</numero-activite>\
<SIRET-organisme-formation><SIRET>11000101300017</SIRET></SIRET-organisme-formation>\
<nom-organisme>École d’essai</nom-organisme><raison-sociale>-</raison-sociale><coordonnees-organisme><coordonnees/>\
</coordonnees-organisme><contact-organisme><coordonnees/></contact-organisme></organisme-formation-responsable>\
</formation>";

fn file(space: &str, offers: &str) -> String {
    format!("<?xml version=\"1.0\"?>\n<lheo xmlns=\"{space}\"><offres>\n{offers}\n</offres></lheo>")
}

fn read(bytes: &[u8]) -> (Vec<Offer>, Vec<Issue>, Extent) {
    let (mut offers, mut issues) = (Vec::new(), Vec::new());
    let extent = lheo::read_each("dossier/f.xml", bytes, &mut |read| match read {
        Ok(offer) => offers.push(offer),
        Err(issue) => issues.push(issue),
    });
    (offers, issues, extent)
}

fn plain(text: &str) -> String {
    text.replace(['\u{202f}', '\u{a0}'], " ")
}

/// Reads one formation where a part is replaced by another: the row, and the notes as `column: message`.
fn one(from: &str, to: &str) -> (catalogue::RawTraining, Vec<String>) {
    assert!(FORMATION.contains(from), "{from}");
    let (mut offers, issues, extent) =
        read(file("http://lheo.gouv.fr/2.3", &FORMATION.replace(from, to)).as_bytes());
    assert_eq!((issues, extent, offers.len()), (Vec::new(), Extent::Whole, 1), "{to}");
    let offer = offers.remove(0);
    let told = offer
        .notes
        .iter()
        .map(|note| plain(&format!("{}: {}", note.column.as_deref().unwrap_or_default(), note.message)));
    (offer.raw, told.collect())
}

/// The whole file is refused, with a message that begins so.
fn refused(bytes: &[u8], expect: &str) {
    let (offers, issues, extent) = read(bytes);
    assert_eq!((offers, extent), (Vec::new(), Extent::Partial));
    let told = plain(&issues.last().expect("an issue").message);
    assert!(told.starts_with(expect), "{told}");
}

#[test]
fn codes_of_the_domain_are_quoted_beside_the_themes() {
    let domain = "<domaine-formation><code-FORMACODE ref=\"V11\">31042</code-FORMACODE><code-NSF>326</code-NSF>\
        <code-ROME>-</code-ROME><code-ROME>M1805</code-ROME></domaine-formation>";
    let (raw, notes) = one("<domaine-formation/>", domain);
    assert_eq!(
        (raw.stated["themes"].as_str(), raw.themes),
        ("FORMACODE 31042 ; NSF 326 ; ROME M1805", Vec::new())
    );
    assert_eq!(notes, ["code-ROME: le texte compte 1 caractères"]);
}

#[test]
fn an_offer_gives_a_row_and_nothing_about_people() {
    let (raw, notes) = one("<!--formation-->", "");
    assert_eq!(notes, Vec::<String>::new());
    assert_eq!(raw.id, "11000101300017-f-1");
    assert_eq!((raw.title.as_str(), raw.provider.as_str()), ("Lire un tableau", "École d’essai"));
    assert_eq!((raw.kind.as_str(), raw.provider_kind.as_str()), ("course", ""));
    assert_eq!((raw.city.as_deref(), raw.formats), (Some("Rennes"), vec!["presentiel".to_owned()]));
    assert_eq!(raw.source.address, "fichier:f.xml");
    assert_eq!(raw.summary, "Savoir lire.");
    assert_eq!(
        raw.stated.into_iter().collect::<Vec<_>>(),
        [("audience".to_owned(), "tout public".to_owned())]
    );
    assert_eq!((raw.duration_hours, raw.price_eur, raw.nature, raw.language), (None, None, None, None));
    let (offers, ..) = read(file("http://lheo.gouv.fr/2.3", FORMATION).as_bytes());
    let whole = format!("{offers:?}");
    assert!(!["Doe", "0102030405", "jdoe"].iter().any(|word| whole.contains(word)), "{whole}");
}

#[test]
fn every_version_in_use_is_read_and_the_old_one_is_named() {
    for space in [
        "http://www.lheo.org/2.2",
        "http://lheo.gouv.fr/2.3",
        "https://www.of.moncompteformation.gouv.fr",
        "",
    ] {
        let (offers, issues, extent) = read(file(space, FORMATION).as_bytes());
        assert_eq!((offers.len(), issues.len(), extent), (1, 0, Extent::Whole), "{space}");
        assert_eq!(offers[0].notes.is_empty(), !space.contains("moncompte"), "{:?}", offers[0].notes);
    }
    let prefixed = file("", FORMATION)
        .replace("xmlns=\"\"", "xmlns:l=\"http://lheo.gouv.fr/2.3\"")
        .replace("<lheo", "<l:lheo")
        .replace("</lheo", "</l:lheo");
    assert_eq!(read(prefixed.as_bytes()).0.len(), 1);
    let old = "le fichier est en LHEO 1.3 (2008)";
    refused(file("http://www.lheo.org/1.3.0", FORMATION).as_bytes(), old);
    refused(file("", "<offre-formation/>").as_bytes(), old);
    refused(b"<lheo-leger/>", old);
    refused(b"<catalogue/>", "ce n’est pas un fichier LHEO");
    refused(b"", "ce n’est pas un fichier LHEO");
    refused(b"title;provider\n", "ce n’est pas un fichier LHEO");
}

#[test]
fn the_index_gives_rows_too() {
    let index = "<lheo-index xmlns=\"http://lheo.gouv.fr/2.3\"><resumes-offres><resume-offre numero=\"7\">\
        <domaine-formation/><intitule-formation>Cartes</intitule-formation><nom-organisme>IGN</nom-organisme>\
        <SIRET>18006701900036</SIRET><ville>Saint-Mandé</ville><departement>94</departement>\
        <certifiante>0</certifiante><code-niveau-entree>0</code-niveau-entree>\
        <prise-en-charge-frais-possible>1</prise-en-charge-frais-possible>\
        <modalites-enseignement>2</modalites-enseignement><code-public-vise>82044</code-public-vise>\
        <nombre-heures-total>14</nombre-heures-total></resume-offre></resumes-offres></lheo-index>";
    let (offers, issues, extent) = read(index.as_bytes());
    assert_eq!((offers.len(), issues.len(), extent), (1, 0, Extent::Whole));
    let raw = &offers[0].raw;
    assert_eq!(raw.id, "18006701900036-7");
    assert_eq!((raw.duration_hours, raw.city.as_deref()), (Some(14.0), Some("Saint-Mandé")));
    assert_eq!(
        (raw.formats.join(","), raw.stated["audience"].as_str()),
        ("distanciel".to_owned(), "salarié")
    );
}

#[test]
fn durations_are_hours_only() {
    let check = |elements: &str, hours: Option<f64>, words: Option<&str>| {
        let (raw, _) = one("<!--action-->", elements);
        assert_eq!(raw.duration_hours, hours, "{elements}");
        assert_eq!(raw.stated.get("duration").map(String::as_str), words, "{elements}");
    };
    check("<nombre-heures-total>21</nombre-heures-total>", Some(21.0), None);
    check("<nombre-heures-total>0</nombre-heures-total>", None, None);
    check("<duree-indicative>2 ans</duree-indicative>", None, Some("2 ans"));
    check(
        "<nombre-heures-centre>14</nombre-heures-centre><nombre-heures-entreprise>7</nombre-heures-entreprise>",
        Some(21.0),
        None,
    );
    check("<nombre-heures-total>99999</nombre-heures-total>", None, None);
}

#[test]
fn prices_are_amounts_with_what_is_said_of_taxes() {
    let check = |text: &str, price: Option<f64>, words: Option<&str>| {
        let element = format!("<prix-total-TTC>{text}</prix-total-TTC>");
        let (raw, notes) = one("<!--action-->", &element);
        assert_eq!(raw.price_eur, price, "{text}: {notes:?}");
        assert_eq!(raw.stated.get("price").map(String::as_str), words, "{text}");
    };
    check("1 200,00", Some(1200.0), Some("1 200,00 € TTC"));
    check("1200.5", Some(1200.5), Some("1200.5 € TTC"));
    check("1.200,50 €", Some(1200.5), Some("1.200,50 € TTC"));
    check("0", Some(0.0), None);
    check("Gratuit", Some(0.0), None);
    check("900 TTC", Some(900.0), Some("900 TTC"));
    check("NC", None, None);
    check("900 HT", Some(900.0), Some("900 HT"));
    check("1.200", None, Some("1.200"));
    check("de 10 à 20", None, Some("de 10 à 20"));
    check("-5", None, Some("-5"));
    let extras = "<extras info=\"frais\"><extra info=\"frais-ht\">100</extra><extra info=\"taux-tva\">20</extra></extras>";
    let (raw, _) = one("<!--action-->", extras);
    assert_eq!((raw.price_eur, raw.stated["price"].as_str()), (Some(120.0), "100 HT, TVA 20, soit 120 TTC"));
    assert_eq!(PriceBasis::of_row(&raw), PriceBasis::WithTaxes);
    let extras = "<extras info=\"frais\"><extra info=\"frais-ht\">100</extra></extras>";
    let (raw, _) = one("<!--action-->", extras);
    assert_eq!((raw.price_eur, raw.stated["price"].as_str()), (Some(100.0), "100 HT"));
    assert_eq!(PriceBasis::of_row(&raw), PriceBasis::WithoutTaxes);
    let (raw, _) =
        one("<!--action-->", &extras.replace("</extras>", "<extra info=\"taux-tva\">0</extra></extras>"));
    assert_eq!((raw.price_eur, PriceBasis::of_row(&raw)), (Some(100.0), PriceBasis::Unsaid));
    let (raw, told) = one(
        "<!--action-->",
        "<prix-horaire-TTC>12.00</prix-horaire-TTC><prix-total-TTC>0.00</prix-total-TTC>",
    );
    assert_eq!((raw.price_eur, raw.stated["price"].as_str()), (None, "12.00 € TTC par heure"));
    assert!(told.iter().any(|note| note.contains("le prix total est nul")), "{told:?}");
    let (raw, _) = one("<!--action-->", "<prix-horaire-TTC>12,50</prix-horaire-TTC>");
    assert_eq!((raw.price_eur, raw.stated["price"].as_str()), (None, "12,50 € TTC par heure"));
}

#[test]
fn the_nature_is_known_when_codes_say_it_for_certain() {
    let check = |certifies: &str, elements: &str, nature: Option<&str>, note: &str| {
        let offer = FORMATION
            .replace("<certifiante>0", &format!("<certifiante>{certifies}"))
            .replace("<!--formation-->", elements);
        let (offers, ..) = read(file("", &offer).as_bytes());
        assert_eq!(offers[0].raw.nature.as_deref(), nature, "{elements}");
        let told: String = offers[0].notes.iter().map(|note| note.message.clone()).collect();
        assert!(told.starts_with(note) && told.is_empty() == note.is_empty(), "{told}");
    };
    let code = |name: &str, code: &str| format!("<certification><{name}>{code}</{name}></certification>");
    check("1", &code("code-RS", "RS5252"), Some("certifiante"), "");
    check("1", &code("code-RNCP", "RNCP40344"), None, "un code RNCP peut");
    check("1", &code("code-CERTIFINFO", "19004"), None, "un code CERTIFINFO");
    check("1", &code("code-RNCP", "-1"), Some("certifiante"), "la formation se dit certifiante");
    check("1", "", Some("certifiante"), "la formation se dit certifiante");
    check("0", &code("code-RS", "RS5252"), None, "la formation a un code");
    check("0", "<objectif-general-formation>7</objectif-general-formation>", Some("qualifiante"), "");
    check("0", "<objectif-general-formation>9</objectif-general-formation>", None, "");
    check("0", "", None, "");
}

#[test]
fn html_becomes_text_and_fillers_become_nothing() {
    let check = |text: &str, expect: &str| {
        let (raw, _) = one("Savoir lire.", text);
        assert_eq!(raw.summary, expect, "{text}");
    };
    check(
        "&lt;p&gt;Un &amp;eacute;l&amp;egrave;ve&lt;/p&gt;&lt;p style=\"x\"&gt;deux&lt;/p&gt;",
        "Un élève\ndeux",
    );
    check("<![CDATA[<ul><li>un</li><li>deux</li></ul><script>x()</script>]]>", "- un\n- deux");
    check("<p>Un <b>vrai</b> paragraphe</p>", "Un vrai paragraphe");
    check("a &lt; b et c &gt; d, R&amp;D", "a < b et c > d, R&D");
    check("ligne\n   coupée", "ligne coupée");
    check("-", "");
    check(" Néant. ", "");
    check("&lt;p&gt;.&lt;/p&gt;", "");
    let long = format!("{} {}", "Une phrase. ".repeat(300), "z".repeat(900));
    assert!(one("Savoir lire.", &long).0.summary.ends_with("Une phrase."));
    let (raw, _) = one("<conditions-specifiques>-", "<conditions-specifiques>Aucune");
    assert_eq!(raw.stated.get("prerequisites"), None);
    let (raw, _) = one("<conditions-specifiques>-", "<conditions-specifiques>Savoir compter");
    assert_eq!(raw.stated["prerequisites"], "Savoir compter");
}

#[test]
fn each_departure_is_noted_and_stops_nothing() {
    let check = |from: &str, to: &str, expect: &[&str]| assert_eq!(one(from, to).1, expect, "{to}");
    check(
        "<!--action-->",
        "<coordonneFs>x</coordonneFs>",
        &["coordonneFs: l’élément n’existe pas dans LHEO"],
    );
    check(
        "<!--formation-->",
        "<prix-total-TTC>9</prix-total-TTC>",
        &["prix-total-TTC: l’élément n’a pas sa place dans « formation »"],
    );
    check("<domaine-formation/>", "", &["domaine-formation: l’élément manque dans « formation »"]);
    check(
        "<certifiante>0</certifiante>",
        "<certifiante>0</certifiante><certifiante>0</certifiante>",
        &["certifiante: l’élément est écrit plus d’une fois"],
    );
    check("<certifiante>0", "<certifiante>oui", &["certifiante: le code n’existe pas"]);
    check("11000101300017", "110001013000170", &["SIRET: le texte compte 15 caractères"]);
    check("11000101300017", "11000101300018", &["SIRET: la clé du SIRET n’est pas juste"]);
    let told = "periode: les dates des sessions ne sont pas reprises";
    check("<debut>00000000", "<debut>janvier", &["debut: la date n’a pas la bonne forme"]);
    check("<debut>00000000", "<debut>20260100", &[told]);
    let end_first = "<debut>20260100</debut><fin>20250101</fin>";
    let both = ["periode: la période finit avant de commencer", told];
    check("<debut>00000000</debut><fin>00000000</fin>", end_first, &both);
    check("0102030405<", "01 02 03 04 05, ou le 06 07 08 09 10<", &["numtel: le texte compte 36 caractères"]);
    check(
        "<!--action-->",
        "<nombre-heures-total>7</nombre-heures-total><prix-total-TTC>9</prix-total-TTC>",
        &["prix-total-TTC: l’élément vient après « nombre-heures-total »"],
    );
    check(
        "<!--action-->",
        "<coordonneFs>x</coordonnees>",
        &[
            ": la balise fermante « coordonnees » n’a pas d’ouverture",
            ": des éléments ne sont pas fermés : « coordonneFs »",
            "coordonneFs: l’élément n’existe pas dans LHEO",
        ],
    );
    assert_eq!(one("11000101300017", "110001013000170").0.id, "ecole-d-essai-f-1");
}

#[test]
fn an_offer_without_title_or_provider_is_left_out_alone() {
    let bad = FORMATION.replace("Lire un tableau", "-");
    let (offers, issues, extent) = read(file("", &format!("{bad}{FORMATION}")).as_bytes());
    assert_eq!((offers.len(), extent), (1, Extent::Whole));
    assert_eq!(issues[0].message, "la formation n’a pas d’intitulé");
    let bad = FORMATION.replace("École d’essai", "NC");
    let (offers, issues, _) = read(file("", &format!("{bad}{FORMATION}")).as_bytes());
    assert_eq!((offers.len(), issues[0].message.as_str()), (1, "la formation n’a pas d’organisme"));
}

#[test]
fn bytes_win_over_the_declaration() {
    let declared = |label: &str| {
        let text = file("http://lheo.gouv.fr/2.3", FORMATION);
        text.replace("version=\"1.0\"", &format!("version=\"1.0\" encoding=\"{label}\""))
    };
    let check = |bytes: &[u8], expect: &str| {
        let (offers, issues, extent) = read(bytes);
        assert_eq!((offers.len(), issues.len(), extent), (1, 0, Extent::Whole), "{issues:?}");
        assert_eq!(offers[0].raw.provider, "École d’essai");
        let told: Vec<String> = offers[0].notes.iter().map(|note| plain(&note.message)).collect();
        assert_eq!(told.join(" "), expect);
        assert!(lheo::is_lheo(&bytes[..200]));
    };
    let latin = |text: &str| -> Vec<u8> {
        text.chars()
            .map(|c| if c == '’' { 0x92 } else { u8::try_from(u32::from(c)).expect("Latin") })
            .collect()
    };
    let wide: Vec<u8> = declared("UTF-16").encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(declared("UTF-8").as_bytes(), "");
    check(format!("\u{feff}{}", declared("UTF-8")).as_bytes(), "");
    check(&latin(&declared("ISO-8859-1")), "");
    check(&wide, "");
    check(&[&[0xff, 0xfe], &wide[..]].concat(), "");
    check(declared("ISO-8859-1").as_bytes(), "le fichier se déclare en windows-1252 mais il est en UTF-8");
    check(declared("UTF-16").as_bytes(), "le fichier se déclare en « UTF-16 » mais il est en UTF-8");
    check(&latin(&declared("UTF-8")), "des octets ne sont pas en UTF-8");
}

#[test]
fn hostile_files_are_refused_at_once() {
    let entities = format!("<!DOCTYPE lheo [<!ENTITY a \"b\">]>{}", file("", FORMATION));
    let without = entities.replace("<?xml version=\"1.0\"?>\n", "");
    refused(without.as_bytes(), "le fichier contient une déclaration DOCTYPE");
    let deep = format!("<lheo>{}", "<offres>".repeat(200));
    refused(deep.as_bytes(), "plus de 100 éléments");
    let long = file("", &FORMATION.replace("Savoir", &"z".repeat(5 << 20)));
    refused(long.as_bytes(), "un texte ou une balise dépasse");
    refused(&[b"<lheo><", &[b'a'; 300][..], b">"].concat(), "un nom d’élément dépasse");
    let unclosed = one("Savoir lire.", &"&lt;b".repeat(300_000)).0;
    assert!(unclosed.summary.starts_with("<b<b"));
    let cut = file("", FORMATION);
    refused(&cut.as_bytes()[..cut.len() / 2], "le");
    let many = "<extras info=\"x\"/><certification><code-RS>RS1</code-RS></certification>".repeat(60_000);
    let big = FORMATION.replace("<!--formation-->", &many);
    let (offers, issues, extent) = read(file("", &format!("{big}{FORMATION}")).as_bytes());
    assert_eq!((offers.len(), extent), (1, Extent::Whole));
    assert!(issues[0].message.starts_with("la formation dépasse"), "{issues:?}");
}

#[test]
fn offers_of_several_actions_say_only_what_all_agree_on() {
    let start = FORMATION.find("<action>").expect("an action");
    let end = FORMATION.find("</action>").expect("its end") + "</action>".len();
    let action = &FORMATION[start..end];
    let other = action
        .replace("<modalites-enseignement>0", "<modalites-enseignement>2")
        .replace("Rennes", "Brest")
        .replace("<!--action-->", "<prix-total-TTC>10</prix-total-TTC>");
    let first = action.replace("<!--action-->", "<prix-total-TTC>20</prix-total-TTC>");
    let (raw, notes) = one(action, &format!("{first}{other}"));
    assert_eq!(raw.formats, ["presentiel", "distanciel"]);
    assert_eq!((raw.price_eur, raw.city), (None, None));
    assert_eq!(
        (raw.stated["price"].as_str(), raw.stated["city"].as_str()),
        ("20 € TTC ; 10 € TTC", "Rennes ; Brest")
    );
    assert_eq!(notes.len(), 2, "{notes:?}");
}

#[test]
fn addresses_and_identifiers_are_sound() {
    let url = "<url-formation><urlweb>www.exemple.fr/f</urlweb></url-formation>";
    let (raw, notes) = one("<!--formation-->", url);
    assert_eq!((raw.url.as_deref(), notes.len()), (Some("http://www.exemple.fr/f"), 1));
    assert_eq!(raw.source.address, "http://www.exemple.fr/f");
    let (raw, _) = one("<!--formation-->", &url.replace("www.exemple.fr/f", "javascript:alert(1)"));
    assert_eq!(raw.url, None);
    let (raw, _) = one("numero=\"F_1\"", "datemaj=\"20170900\"");
    assert_eq!(
        (raw.id.as_str(), raw.source.seen.as_deref()),
        ("11000101300017-lire-un-tableau", Some("2017-09"))
    );
    let (raw, _) = one("F_1", &"é9".repeat(100));
    assert!(catalogue::TrainingId::parse(&raw.id).is_ok() && raw.id.len() > 100, "{}", raw.id);
    assert_ne!(raw.id, one("F_1", &"é9".repeat(101)).0.id);
}

#[test]
fn roots_are_recognised() {
    for (text, expect) in [
        ("<?xml version='1.0'?><!-- a > b --><lheo xmlns='x'>", true),
        ("<!DOCTYPE lheo [<!ENTITY a 'b'>]>\n<lheo>", true),
        ("\u{feff}\n<l:lheo-index>", true),
        ("<lheo-leger/>", true),
        ("<html>", false),
        ("lheo", false),
        ("", false),
        ("<?xml", false),
    ] {
        assert_eq!(lheo::is_lheo(text.as_bytes()), expect, "{text}");
    }
}

#[test]
fn the_longest_texts_fit_the_catalogue() {
    let long = |chars: usize| "é".repeat(chars);
    let offer = FORMATION
        .replace("Lire un tableau", &long(900))
        .replace("École d’essai", &format!("Organisme {}", long(900)))
        .replace("Savoir lire.", &long(9_000))
        .replace("<conditions-specifiques>-", &format!("<conditions-specifiques>{}", long(3_000)))
        .replace("<ville>Rennes", &format!("<ville>{}", long(900)))
        .replace("<!--action-->", &format!("<duree-indicative>{}</duree-indicative>", long(3_000)));
    let (mut offers, ..) = read(file("http://lheo.gouv.fr/2.3", &offer).as_bytes());
    let raw = catalogue::RawTraining {
        provider_kind: "prive".to_owned(),
        source: catalogue::RawSource { address: "https://exemple.fr/".to_owned(), seen: None },
        ..offers.remove(0).raw
    };
    let parsed = catalogue::Training::parse(&raw, &catalogue::Referential::builtin());
    assert_eq!(parsed.err(), None);
}
