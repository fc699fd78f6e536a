//! Duration, price, format, nature, city, language, audience and prerequisites of an offer.
//! Absent: estimates; a fact on which the actions differ stays unknown, with their words.

use catalogue::{Field, PriceBasis};

use super::super::node::Node;
use super::super::text;
use super::{ACTIONS, Mapping, NAME_CHARS};
use crate::issue::Fault;
use crate::mapping::known_town;

/// Longest duration, in hours: that of `catalogue`.
const HOURS: f64 = 20_000.0;
/// Highest price, in euros: that of `catalogue`.
pub(super) const EUROS: f64 = 1_000_000.0;
/// French rates of VAT, in percent.
const VAT_RATES: [f64; 5] = [0.0, 2.1, 5.5, 10.0, 20.0];
/// Most cities told apart in an offer.
const CITIES: usize = 50;
/// Modes of teaching and our formats.
const FORMATS: [(&str, &str); 3] = [("0", "presentiel"), ("1", "hybride"), ("2", "distanciel")];
/// Languages of our vocabulary.
const LANGUAGES: [&str; 7] = ["fr", "en", "de", "es", "it", "nl", "pt"];
/// Most usual codes of audience.
const AUDIENCES: [(&str, &str); 4] = [
    ("83056", "tout public"),
    ("82044", "salarié"),
    ("80006", "demandeur d’emploi"),
    ("81050", "particulier"),
];
/// Levels asked on entry: the older scale, then the one of 2019.
const LEVELS: [(&str, &str); 15] = [
    ("2", "niveau VI"),
    ("3", "niveau V bis"),
    ("4", "niveau V (CAP)"),
    ("5", "niveau IV (bac)"),
    ("6", "niveau III (BTS)"),
    ("7", "niveau II (licence)"),
    ("8", "niveau I (au-delà de la maîtrise)"),
    ("11", "niveau 1"),
    ("12", "niveau 2"),
    ("13", "niveau 3"),
    ("14", "niveau 4"),
    ("15", "niveau 5"),
    ("16", "niveau 6"),
    ("17", "niveau 7"),
    ("18", "niveau 8"),
];

impl Mapping<'_> {
    /// Hours in all, else in the centre and in a firm; an elapsed time is quoted, never converted.
    pub(super) fn duration(&mut self) {
        let mut durations: Vec<f64> = Vec::new();
        for hours in self.actions.iter().filter_map(|action| hours(action)) {
            if !durations.contains(&hours) {
                durations.push(hours);
            }
        }
        let line = self.offer.line;
        let mut words = self.said(&["duree-indicative"]);
        match durations[..] {
            [] => {}
            [hours] if hours <= HOURS => self.raw.duration_hours = Some(hours),
            [hours] => {
                let fault = Fault::new("la durée dépasse 20 000 heures", "vérifiez-la");
                self.notes.push((line, fault.column("nombre-heures-total").value(hours.to_string())));
            }
            _ => {
                let list: Vec<String> = durations.iter().map(|hours| format!("{hours} heures")).collect();
                self.differ("nombre-heures-total", &list);
                words = [list, words].concat();
            }
        }
        if !words.is_empty() {
            self.state(Field::Duration, &words.join(" ; "));
        }
    }

    fn differ(&mut self, column: &str, values: &[String]) {
        let fault = Fault::new(
            "les actions disent des valeurs différentes",
            "la valeur reste non précisée ; faites une formation par action",
        );
        self.notes.push((self.offer.line, fault.column(column).value(values.join(" ; "))));
    }

    /// The price as stated, as a number only when the text is one amount; a rate of VAT is applied only when it is
    /// stated too.
    pub(super) fn price(&mut self) {
        let mut prices: Vec<f64> = Vec::new();
        let mut words: Vec<String> = Vec::new();
        let actions = self.actions.clone();
        for action in actions {
            let (price, said) = self.price_of(action);
            prices.extend(price.filter(|price| !prices.contains(price)));
            words.extend(said);
        }
        match prices[..] {
            [] => {}
            [price] => self.raw.price_eur = Some(price),
            _ => {
                let list: Vec<String> = prices.iter().map(|price| format!("{price} €")).collect();
                self.differ("prix-total-TTC", &list);
                if words.len() < list.len() {
                    words = [list, words].concat();
                }
            }
        }
        words.dedup();
        if !words.is_empty() {
            self.state(Field::Price, &words.join(" ; "));
        }
    }

    /// The price of an action, and its words when they say more than the price.
    fn price_of(&mut self, action: &Node) -> (Option<f64>, Vec<String>) {
        let mut words = Vec::new();
        let extra = |name: &str| action.extra(name).or_else(|| self.offer.extra(name));
        let total = action.child("prix-total-TTC").or_else(|| extra("frais-ttc"));
        let before_tax = extra("frais-ht").and_then(|node| text::said(&node.text));
        let rate = extra("taux-tva").and_then(|node| text::said(&node.text));
        let hourly = action.child("prix-horaire-TTC").and_then(|node| text::said(&node.text));
        let said = total.and_then(|node| text::said(&node.text).map(|words| (node.line, words)));
        let mut price = None;
        if let Some((line, said)) = said {
            let basis = PriceBasis::of(&said, None);
            price = text::amount(bare(&said)).filter(|price| *price <= EUROS);
            let doubt = match (price, basis) {
                (None, _) => Some(("le prix n’est pas un montant", "écrivez un montant, comme 1200.00")),
                (Some(_), PriceBasis::WithoutTaxes) => Some((
                    "le prix est dit hors taxes là où LHEO le demande toutes taxes comprises",
                    "il est gardé hors taxes\u{202f}; vérifiez-le",
                )),
                _ => None,
            };
            if let Some((message, remedy)) = doubt {
                let fault = Fault::new(message, remedy).column("prix-total-TTC");
                self.notes.push((line, fault.value(said.clone())));
            }
            match (price, basis) {
                (Some(0.0), _) => {}
                (Some(_), PriceBasis::Unsaid) => {
                    let sign = if said.contains('€') { "" } else { " €" };
                    words.push(format!("{said}{sign} TTC"));
                }
                _ => words.push(said),
            }
        }
        // A sum of nothing beside a price by the hour was not filled in.
        let is_hourly = hourly.as_deref().and_then(text::amount).is_some_and(|amount| amount > 0.0);
        if let (Some(0.0), true, Some(total)) = (price, is_hourly, total) {
            price = None;
            let fault = Fault::new(
                "le prix total est nul, et le prix horaire ne l’est pas",
                "le prix reste non précisé\u{202f}; corrigez l’un des deux",
            );
            self.notes.push((total.line, fault.column("prix-total-TTC")));
        }
        if let (None, Some(before_tax)) = (price, &before_tax) {
            let amount = text::amount(before_tax);
            let rated = amount.zip(rate.as_deref().and_then(vat));
            let with_tax = rated.map(|(amount, rate)| (amount * (100.0 + rate)).round() / 100.0);
            price = with_tax.or(amount).filter(|price| *price <= EUROS);
            let rate = rate.map_or_else(String::new, |rate| format!(", TVA {rate}"));
            words.push(match (rated, with_tax) {
                (Some((_, 0.0)), _) => format!("{before_tax} €, sans TVA"),
                (_, Some(sum)) => format!("{before_tax} HT{rate}, soit {sum} TTC"),
                _ => format!("{before_tax} HT{rate}"),
            });
        }
        words.extend(hourly.filter(|hourly| text::amount(hourly) != Some(0.0)).map(|hourly| {
            if text::amount(&hourly).is_some() { format!("{hourly} € TTC par heure") } else { hourly }
        }));
        (price, words)
    }

    pub(super) fn formats(&mut self) {
        for action in self.actions.clone() {
            let Some(node) = action.child("modalites-enseignement") else { continue };
            let Some(code) = text::said(&node.text) else { continue };
            match FORMATS.iter().find(|(known, _)| *known == code) {
                Some((_, format)) if !self.raw.formats.iter().any(|known| known == format) => {
                    self.raw.formats.push((*format).to_owned());
                }
                Some(_) => {}
                None => {
                    let fault =
                        Fault::new("la modalité d’enseignement n’est pas connue", "écrivez 0, 1 ou 2");
                    self.notes.push((node.line, fault.column("modalites-enseignement").value(code)));
                }
            }
        }
    }

    /// What the codes of certification say for certain; a code of the RNCP may be a degree or not.
    pub(super) fn nature(&mut self) {
        let codes = |name: &str| -> Vec<String> {
            let nodes = self.offer.children("certification").flat_map(|node| node.children(name));
            nodes.filter_map(|node| text::code(&node.text)).collect()
        };
        let prefixed = |prefix: &str, code: &String| match code.starts_with(char::is_numeric) {
            true => format!("{prefix}{code}"),
            false => code.clone(),
        };
        let rncp: Vec<String> = codes("code-RNCP").iter().map(|code| prefixed("RNCP", code)).collect();
        let rs: Vec<String> = codes("code-RS").iter().map(|code| prefixed("RS", code)).collect();
        let others = codes("code-CERTIFINFO");
        let leaf = |name| self.offer.child(name).and_then(|node| text::said(&node.text));
        let certifies = leaf("certifiante");
        let aim = leaf("objectif-general-formation").unwrap_or_default();
        let is_not = certifies.as_deref() == Some("0");
        let is = certifies.as_deref() == Some("1");
        let (nature, doubt) = match (rncp.is_empty(), rs.is_empty()) {
            _ if is_not && !(rncp.is_empty() && rs.is_empty()) => {
                (None, "la formation a un code de certification mais se dit non certifiante")
            }
            (false, _) => (None, "un code RNCP peut être celui d’un diplôme ou d’une certification"),
            (true, false) => (Some("certifiante"), ""),
            _ if is && !others.is_empty() => {
                (None, "un code CERTIFINFO peut être celui d’un diplôme ou d’une certification")
            }
            _ if is => (Some("certifiante"), "la formation se dit certifiante sans donner de code"),
            _ if is_not && ["7", "2", "3"].contains(&aim.as_str()) => (Some("qualifiante"), ""),
            _ => (None, ""),
        };
        if !doubt.is_empty() && self.offer.extras(super::GROUP).is_none() {
            let remedy = match nature {
                Some(_) => "vérifiez la nature",
                None => "la nature reste non précisée ; précisez-la",
            };
            self.note(self.offer.line, doubt, remedy, "certification");
        }
        self.raw.nature = nature.map(str::to_owned);
        let words = [rncp, rs].concat();
        if !words.is_empty() {
            self.state(Field::Nature, &words.join(" ; "));
        }
    }

    pub(super) fn city(&mut self) {
        let mut cities: Vec<String> = Vec::new();
        for action in &self.actions {
            let places = action.children("lieu-de-formation");
            let cities_of = places.filter_map(|place| place.at(&["coordonnees", "adresse", "ville"]));
            for city in
                cities_of.chain(action.child("ville")).filter_map(|city| text::said(&city.text)).take(ACTIONS)
            {
                // By its official spelling: « Paris 17e Arrondissement » is Paris.
                let city = known_town(&city).unwrap_or(city);
                if cities.len() < CITIES
                    && !cities.iter().any(|known| catalogue::slug(known) == catalogue::slug(&city))
                {
                    cities.push(city);
                }
            }
        }
        match &cities[..] {
            [] => {}
            [city] => self.raw.city = Some(text::cut(&city.replace('\n', " "), NAME_CHARS).0),
            _ => {
                self.differ("ville", &cities);
                self.state(Field::City, &cities.join(" ; "));
            }
        }
    }

    pub(super) fn language(&mut self) {
        let mut languages: Vec<String> = Vec::new();
        for node in self.actions.iter().flat_map(|action| action.children("langue-formation")).take(ACTIONS) {
            let language = text::said(&node.text).map(|language| language.to_lowercase());
            languages.extend(language.filter(|language| !languages.contains(language)));
        }
        match &languages[..] {
            [] => {}
            [only] if LANGUAGES.contains(&only.as_str()) => self.raw.language = Some(only.clone()),
            several => {
                let words = several.join(" ; ");
                let message = "la langue n’est pas une de celles du catalogue, ou il y en a plusieurs";
                let fault = Fault::new(message, "la langue reste non précisée").column("langue-formation");
                self.notes.push((self.offer.line, fault.value(words.clone())));
                self.state(Field::Language, &words);
            }
        }
    }

    /// The words on the audience, else the labels of its codes.
    pub(super) fn audience(&mut self) {
        let mut words = self.said(&["info-public-vise"]);
        if words.is_empty() {
            for node in
                self.actions.iter().flat_map(|action| action.children("code-public-vise")).take(ACTIONS)
            {
                let Some(code) = text::code(&node.text) else { continue };
                let label = AUDIENCES.iter().find(|(known, _)| *known == code);
                let label =
                    label.map_or_else(|| format!("public visé {code}"), |(_, label)| (*label).to_owned());
                if !words.contains(&label) {
                    words.push(label);
                }
            }
        }
        if !words.is_empty() {
            self.state(Field::Audience, &words.join(" ; "));
        }
    }

    pub(super) fn prerequisites(&mut self) {
        let mut words = self.said(&["conditions-specifiques"]);
        let is_asked = self.said(&["niveau-entree-obligatoire"]).iter().any(|code| code == "1");
        let level = self.offer.child("code-niveau-entree").and_then(|node| text::said(&node.text));
        let label = level.and_then(|level| LEVELS.iter().find(|(code, _)| *code == level));
        if let (true, Some((_, label))) = (is_asked, label) {
            words.push((*label).to_owned());
        }
        if !words.is_empty() {
            self.state(Field::Prerequisites, &words.join(" ; "));
        }
    }
}

/// Hours that an action states; zero is unknown.
fn hours(action: &Node) -> Option<f64> {
    let number = |name| -> Option<f64> {
        let words = text::said(&action.child(name)?.text)?.replace(',', ".");
        words.parse().ok().filter(|hours: &f64| hours.is_finite() && *hours > 0.0)
    };
    number("nombre-heures-total").or_else(|| {
        let parts = [number("nombre-heures-centre"), number("nombre-heures-entreprise")];
        parts.iter().any(Option::is_some).then(|| parts.iter().flatten().sum())
    })
}

/// An amount without the sign that says that it is before tax.
fn bare(words: &str) -> &str {
    let signs = ["HT", "ht", "H.T.", "hors taxes"];
    signs.iter().find_map(|sign| words.trim_end().strip_suffix(sign)).unwrap_or(words)
}

/// A rate of VAT in percent, when it is one of the legal ones.
fn vat(words: &str) -> Option<f64> {
    let rate: f64 = words.trim_end_matches(['%', ' ']).replace(',', ".").parse().ok()?;
    VAT_RATES.contains(&rate).then_some(rate)
}
