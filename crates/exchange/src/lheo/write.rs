//! Rows to LHEO 2.3, in the order that its schema asks. What the standard makes compulsory and rows do not hold
//! comes from a register of providers, or the row is left out with the reason: nothing is invented.
//! Absent: sessions (one of unknown dates is written), codes of themes, other versions.

mod extras;
mod register;
mod xml;

use std::collections::BTreeMap;
use std::io::{self, Write};

use catalogue::certification::{Directory, codes_in};
use catalogue::french::{NARROW, hours, quoted};
use catalogue::{PriceBasis, RawTraining, Referential, slug};

pub use register::{ProviderRecord, providers};

use super::text;
use xml::Xml;

/// Longest title of the standard, in characters.
const TITLE_CHARS: usize = 255;
/// Longest objective or conditions of the standard, in characters.
const TEXT_CHARS: usize = 3_000;
/// Longest words on the audience of the standard, in characters.
const AUDIENCE_CHARS: usize = 250;
/// Longest elapsed time of the standard, in characters.
const ELAPSED_CHARS: usize = 150;
/// Longest line of an address of the standard, in characters.
const LINE_CHARS: usize = 50;
/// Longest web address of the standard, in characters.
const URL_CHARS: usize = 400;
/// Most certifications of a training of the standard.
const CERTIFICATIONS: usize = 5;
/// What the standard's users write in a compulsory text of which nothing is known.
const NOTHING: &str = "-";
/// FORMACODE of « tout public ».
const EVERYONE: &str = "83056";
/// Our formats and the modes of teaching; others do not say whether one comes to a room.
const MODES: [(&str, &str); 5] =
    [("presentiel", "0"), ("hybride", "1"), ("distanciel", "2"), ("e-learning", "2"), ("mooc", "2")];

/// What an export needs beside rows.
#[derive(Debug, Clone, Default)]
pub struct WriteOptions {
    /// Providers by the slug of their name.
    pub providers: BTreeMap<String, ProviderRecord>,
}

/// What could not be carried of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// Identifier of the row.
    pub id: String,
    /// Whether the row was written all the same; else it was left out.
    pub is_written: bool,
    /// Why, in French.
    pub reasons: Vec<String>,
}

/// Writes rows as one file of LHEO 2.3, and says of which rows something was left. When no row can be written,
/// nothing is: a file without a formation would not be valid.
///
/// # Errors
/// Those of the writer.
pub fn write(
    writer: &mut impl Write,
    rows: impl Iterator<Item = RawTraining>,
    options: &WriteOptions,
) -> io::Result<Vec<Left>> {
    let mut left = Vec::new();
    let mut is_begun = false;
    for row in rows {
        let (is_written, reasons) = match Formation::new(&row, options) {
            Ok(formation) => {
                if !std::mem::replace(&mut is_begun, true) {
                    writer.write_all(xml::HEAD.as_bytes())?;
                }
                let (text, reasons) = formation.write();
                writer.write_all(text.as_bytes())?;
                (true, reasons)
            }
            Err(reasons) => (false, reasons),
        };
        if !reasons.is_empty() {
            left.push(Left { id: row.id, is_written, reasons });
        }
    }
    if is_begun {
        writer.write_all(xml::FOOT.as_bytes())?;
    }
    Ok(left)
}

/// A row that has all that the standard makes compulsory.
struct Formation<'a> {
    row: &'a RawTraining,
    provider: &'a ProviderRecord,
    modes: Vec<&'static str>,
    certifies: &'static str,
    path: String,
    funded: &'static str,
    permanent: &'static str,
    xml: Xml,
    lost: Vec<String>,
}

impl<'a> Formation<'a> {
    fn new(row: &'a RawTraining, options: &'a WriteOptions) -> Result<Self, Vec<String>> {
        let mut reasons = Vec::new();
        let provider = options.providers.get(&slug(&row.provider));
        if provider.is_none() {
            let provider = quoted(&row.provider);
            reasons.push(format!(
                "l’organisme {provider} n’est pas dans le fichier des organismes, qui donne le SIRET, le numéro \
                 d’activité et l’adresse que LHEO demande"
            ));
        }
        let mut modes: Vec<&str> = Vec::new();
        for (_, mode) in MODES.iter().filter(|(format, _)| row.formats.iter().any(|known| known == format)) {
            if !modes.contains(mode) {
                modes.push(mode);
            }
        }
        if modes.is_empty() {
            let message = "le format ne dit pas si la formation est en salle, à distance ou les deux";
            reasons.push(format!("{message}{NARROW}: LHEO le demande"));
        }
        let certifies = match row.nature.as_deref() {
            Some("certifiante" | "diplomante") => "1",
            Some(_) => "0",
            None => {
                let message = "la nature est non précisée";
                reasons.push(format!("{message}{NARROW}: LHEO demande si la formation est certifiante"));
                ""
            }
        };
        if text::said(&row.title).is_none() {
            reasons.push("l’intitulé ne dit rien".to_owned());
        }
        let yes_no = |answer: Option<bool>| if answer == Some(true) { "1" } else { "0" };
        match provider {
            Some(provider) if reasons.is_empty() => Ok(Self {
                row,
                provider,
                modes,
                certifies,
                path: provider.path.map(|path| path.to_string()).unwrap_or_default(),
                funded: yes_no(provider.is_funded),
                permanent: yes_no(provider.is_permanent),
                xml: Xml::default(),
                lost: Vec::new(),
            })
            .and_then(Self::complete),
            _ => Err(reasons),
        }
    }

    /// Refuses a row whose provider does not say what the standard leaves no code for not knowing.
    fn complete(self) -> Result<Self, Vec<String>> {
        let asked = [
            (self.provider.path.is_some(), "parcours"),
            (self.provider.is_funded.is_some(), "prise_en_charge"),
            (self.provider.is_permanent.is_some(), "entrees_permanentes"),
        ];
        let absent = asked.iter().filter(|(is_known, _)| !is_known);
        let reasons: Vec<String> = absent
            .map(|(_, column)| {
                let provider = quoted(&self.row.provider);
                format!("la colonne {} du fichier des organismes est vide pour {provider}", quoted(column))
            })
            .collect();
        if reasons.is_empty() { Ok(self) } else { Err(reasons) }
    }

    fn write(mut self) -> (String, Vec<String>) {
        self.xml.open_with("formation", &[("numero", &self.row.id)]);
        self.xml.empty("domaine-formation");
        let title = self.cut(&self.row.title, TITLE_CHARS, "l’intitulé");
        self.xml.leaf("intitule-formation", &title);
        let summary = self.cut(&self.row.summary, TEXT_CHARS, "le résumé");
        self.xml.leaf("objectif-formation", some(&summary));
        self.xml.leaf("resultats-attendus", NOTHING);
        self.xml.leaf("contenu-formation", NOTHING);
        self.xml.leaf("certifiante", self.certifies);
        self.contact("contact-formation");
        let path = std::mem::take(&mut self.path);
        self.xml.leaf("parcours-de-formation", &path);
        self.xml.leaf("code-niveau-entree", "0");
        self.certifications();
        self.url();
        for mode in self.modes.clone() {
            self.action(mode);
        }
        self.organisation();
        self.extras(&title, &summary);
        self.xml.close("formation");
        self.losses();
        (self.xml.text, self.lost)
    }

    fn cut(&mut self, words: &str, longest: usize, what: &str) -> String {
        let (short, is_cut) = text::cut(words.trim(), longest);
        if is_cut {
            self.lost.push(format!("{what} est coupé à {longest} caractères, gardé entier dans extras"));
        }
        short
    }

    /// The certifications that the source's words cite.
    fn certifications(&mut self) {
        if self.certifies != "1" {
            return;
        }
        let words = self.row.stated.get("nature").map_or("", String::as_str);
        for code in codes_in(words).into_iter().take(CERTIFICATIONS) {
            self.xml.open("certification");
            match code.directory() {
                Directory::Rncp => self.xml.leaf("code-RNCP", &code.to_string()),
                Directory::Rs => self.xml.leaf("code-RS", &code.to_string()),
            }
            self.xml.close("certification");
        }
    }

    fn url(&mut self) {
        let Some(url) = &self.row.url else { return };
        if (3..=URL_CHARS).contains(&url.chars().count()) {
            self.xml.open("url-formation");
            self.xml.leaf("urlweb", url);
            self.xml.close("url-formation");
        } else {
            self.lost.push(format!("l’adresse de la page dépasse {URL_CHARS} caractères"));
        }
    }

    fn action(&mut self, mode: &str) {
        let row = self.row;
        self.xml.open_with("action", &[("numero", &format!("{}-{mode}", row.id))]);
        self.xml.leaf("rythme-formation", NOTHING);
        self.xml.leaf_with("code-public-vise", &[("ref", "V12")], EVERYONE);
        let audience = audience(row);
        if !audience.is_empty() {
            self.xml.leaf("info-public-vise", &text::cut(&audience, AUDIENCE_CHARS).0);
        }
        self.xml.leaf("niveau-entree-obligatoire", "0");
        self.xml.leaf("modalites-alternance", NOTHING);
        self.xml.leaf("modalites-enseignement", mode);
        let conditions = row.stated.get("prerequisites").map_or("", String::as_str);
        self.xml.leaf("conditions-specifiques", some(&text::cut(conditions, TEXT_CHARS).0));
        self.xml.leaf("prise-en-charge-frais-possible", self.funded);
        if let Some(city) = &row.city {
            self.xml.open("lieu-de-formation");
            self.xml.open("coordonnees");
            self.xml.leaf("ligne", &text::cut(city, LINE_CHARS).0);
            self.xml.close("coordonnees");
            self.xml.close("lieu-de-formation");
        }
        self.xml.leaf("modalites-entrees-sorties", self.permanent);
        self.session();
        if let Some(language) = row.language.as_deref().filter(|language| language.chars().count() == 2) {
            self.xml.leaf("langue-formation", language);
        }
        if let Some(price) = row.price_eur.filter(|_| !is_without_taxes(row)) {
            self.xml.leaf("prix-total-TTC", &format!("{price:.2}"));
        }
        self.duration();
        self.xml.close("action");
    }

    /// Whole hours, the exact duration beside them.
    fn duration(&mut self) {
        let exact = self.row.duration_hours.filter(|hours| hours.fract() != 0.0).map(hours);
        let stated = self.row.stated.get("duration").cloned();
        let words: Vec<String> = exact.into_iter().chain(stated).collect();
        if !words.is_empty() {
            self.xml.leaf("duree-indicative", &text::cut(&words.join(" ; "), ELAPSED_CHARS).0);
        }
        if let Some(hours) = self.row.duration_hours {
            self.xml.leaf("nombre-heures-total", &format!("{:.0}", hours.ceil()));
        }
    }

    /// The one session that the schema asks for, of unknown dates.
    fn session(&mut self) {
        self.xml.open("session");
        self.xml.open("periode");
        self.xml.leaf("debut", "00000000");
        self.xml.leaf("fin", "00000000");
        self.xml.close("periode");
        self.xml.open("adresse-inscription");
        self.address();
        self.xml.close("adresse-inscription");
        self.xml.close("session");
    }

    fn address(&mut self) {
        let provider = self.provider;
        self.xml.open("adresse");
        for street in &provider.streets {
            self.xml.leaf("ligne", street);
        }
        self.xml.leaf("codepostal", &provider.postal_code);
        self.xml.leaf("ville", &provider.city);
        self.xml.close("adresse");
    }

    fn contact(&mut self, name: &str) {
        let provider = self.provider;
        self.xml.open(name);
        self.xml.open("coordonnees");
        self.address();
        if let Some(phone) = &provider.phone {
            self.xml.open("telfixe");
            self.xml.leaf("numtel", phone);
            self.xml.close("telfixe");
        }
        if let Some(mail) = &provider.mail {
            self.xml.leaf("courriel", mail);
        }
        if let Some(web) = &provider.web {
            self.xml.open("web");
            self.xml.leaf("urlweb", web);
            self.xml.close("web");
        }
        self.xml.close("coordonnees");
        self.xml.close(name);
    }

    fn organisation(&mut self) {
        let provider = self.provider;
        self.xml.open("organisme-formation-responsable");
        self.xml.leaf("numero-activite", &provider.activity_number);
        self.xml.open("SIRET-organisme-formation");
        self.xml.leaf("SIRET", &provider.siret);
        self.xml.close("SIRET-organisme-formation");
        self.xml.leaf("nom-organisme", &text::cut(&self.row.provider, 250).0);
        let legal = provider.legal_name.as_deref().unwrap_or(&self.row.provider);
        self.xml.leaf("raison-sociale", &text::cut(legal, 250).0);
        self.contact("coordonnees-organisme");
        self.contact("contact-organisme");
        self.xml.close("organisme-formation-responsable");
    }

    fn losses(&mut self) {
        let row = self.row;
        if let Some(duration) = row.duration_hours.filter(|hours| hours.fract() != 0.0) {
            let duration = hours(duration);
            self.lost
                .push(format!("la durée ({duration}) est arrondie à l’heure au-dessus, gardée dans extras"));
        }
        let said = [
            (!row.competences.is_empty() || !row.prerequisites.is_empty(), "les niveaux de compétence"),
            (!row.themes.is_empty(), "les thématiques (sans FORMACODE)"),
            (!row.provider_kind.is_empty(), "le statut de l’organisme"),
            (row.kind != "course", "le type"),
        ];
        let kept: Vec<String> =
            said.iter().filter(|(is_there, _)| *is_there).map(|(_, what)| (*what).to_owned()).collect();
        if !kept.is_empty() {
            let kept = catalogue::french::list(&kept, "et");
            self.lost.push(format!("LHEO n’a pas d’élément pour {kept}{NARROW}: gardé dans extras"));
        }
        if row.price_eur.is_some() && is_without_taxes(row) {
            let message = "le prix est hors taxes, et LHEO demande un prix toutes taxes comprises";
            self.lost.push(format!("{message}{NARROW}: gardé dans extras"));
        }
        if !row.sources.is_empty() {
            self.lost.push("les sources champ par champ ne sont pas gardées".to_owned());
        }
    }
}

/// Whether the price cannot be the one that LHEO asks for.
fn is_without_taxes(row: &RawTraining) -> bool {
    PriceBasis::of_row(row) == PriceBasis::WithoutTaxes
}

/// The words on the audience, else the labels of ours.
fn audience(row: &RawTraining) -> String {
    if let Some(words) = row.stated.get("audience") {
        return words.clone();
    }
    let referential = Referential::builtin();
    let labels: Vec<&str> = row.audiences.iter().map(|id| referential.label("audience", id)).collect();
    labels.join(", ")
}

fn some(words: &str) -> &str {
    if words.trim().is_empty() { NOTHING } else { words }
}
