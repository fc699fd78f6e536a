//! What several columns say of one duration or of one price: the best said is taken, unless they contradict each other.
//! Absent: what one cell says (see `cells`), which columns these are (see `propose`).

use catalogue::french::quoted;
use catalogue::{Field, PriceBasis, slug};

use super::rows::{Draft, STATED_CHARS};
use super::texts::cut;
use super::{Column, Settings, Target, Unit};
use crate::issue::Fault;

/// Hours that a day of training may have for days and hours to say one duration: shorter ones are no day, longer ones
/// nobody plans. Beyond, days and hours of two columns add up, or one of them says something else.
const DAY_HOURS: (f64, f64) = (4.0, 10.0);
/// What roundings may make of two equal amounts, in euros.
const NEAR: f64 = 0.01;
/// What taxes may make of a price: the normal rate of value added tax is 20 % (article 278 of the code général des impôts).
const TAXED: f64 = 1.2;
/// What roundings may make of two equal durations, as a share of the longer one.
const SAME: f64 = 0.02;

/// What a column says of a fact that several may say.
pub(super) struct Said<'a> {
    pub(super) column: &'a Column,
    pub(super) draft: Draft,
    /// Whether its cell holds something that the workbook does not give: an error, a formula without its result.
    pub(super) is_unread: bool,
}

impl Said<'_> {
    fn fact(&self) -> Option<f64> {
        self.draft.raw.duration_hours.or(self.draft.raw.price_eur)
    }

    /// Its words.
    fn words(&self) -> Option<&String> {
        self.draft.raw.stated.values().next()
    }

    /// Whether its words say it without a figure: « gratuit ».
    fn is_in_words(&self) -> bool {
        let words = self.draft.raw.stated.get(Field::Price.name());
        words.is_some_and(|words| !words.contains(|sign: char| sign.is_ascii_digit()))
    }

    /// Whether it says something, be it in words that are not understood; « sur devis » beside an amount says less.
    fn says(&self) -> bool {
        match self.column.field {
            _ if self.is_unread => true,
            Some(Target::Price) => self.fact().is_some() || (self.words().is_some() && !self.is_in_words()),
            _ => self.fact().is_some() || self.words().is_some(),
        }
    }

    /// How much it is worth: stated hours before durations of any unit, and these before days, which count by convention; a
    /// price with taxes, which most public bodies pay, before one without. Words that are not understood are worth what
    /// they would say: nothing takes their place in silence.
    fn rank(&self) -> u8 {
        let preferred = match self.column.unit {
            Some(Unit::Hours | Unit::Minutes) => 4,
            Some(Unit::Days) => 2,
            None if self.column.without_taxes => 2,
            None => 3,
        };
        match (self.says(), self.draft.raw.stated.is_empty()) {
            (true, _) => preferred,
            (false, false) => 1,
            (false, true) => 0,
        }
    }

    /// Whether it counts days: by its column, else by its words.
    fn is_of_days(&self) -> bool {
        let is_day =
            |word: &str| matches!(word, "jour" | "jours" | "journee" | "journees" | "j" | "day" | "days");
        let in_words = || self.words().is_some_and(|words| slug(words).split('-').any(is_day));
        self.column.unit.map_or_else(in_words, |unit| unit == Unit::Days)
    }

    /// Whether it cannot be said of the same training as another one: hours that the days of the other cannot have, other
    /// hours or other days, a price before tax above the one with tax, another price of the same sort.
    fn contradicts(&self, other: &Self, settings: &Settings) -> bool {
        let (one, two) = (&self.draft.raw, &other.draft.raw);
        if let (Some(hours), Some(others)) = (one.duration_hours, two.duration_hours) {
            let a_day = match (self.is_of_days(), other.is_of_days()) {
                (true, false) => others / hours * settings.hours_per_day,
                (false, true) => hours / others * settings.hours_per_day,
                _ => return (hours - others).abs() > SAME * hours.max(others),
            };
            let (least, most) = DAY_HOURS;
            return !(least.min(settings.hours_per_day)..=most.max(settings.hours_per_day)).contains(&a_day);
        }
        let bases = [PriceBasis::of_row(one), PriceBasis::of_row(two)];
        match (one.price_eur, two.price_eur, bases) {
            (Some(before), Some(after), [PriceBasis::WithoutTaxes, PriceBasis::WithTaxes])
            | (Some(after), Some(before), [PriceBasis::WithTaxes, PriceBasis::WithoutTaxes]) => {
                before > after + NEAR
            }
            (Some(price), Some(other_price), [one, two]) if one == two => (price - other_price).abs() > NEAR,
            // One of them does not say its taxes: they may be all the difference.
            (Some(price), Some(other_price), _) => {
                price.max(other_price) > price.min(other_price) * TAXED + NEAR
            }
            _ => false,
        }
    }
}

/// What to say of two columns that contradict each other.
fn contradiction(one: &Said, other: &Said) -> Fault {
    let names = [one, other].map(|said| quoted(&said.column.name));
    let bases = [one, other].map(|said| PriceBasis::of_row(&said.draft.raw));
    let (message, remedy) = if one.draft.raw.price_eur.is_some()
        && bases != [PriceBasis::WithoutTaxes, PriceBasis::WithTaxes]
        && bases != [PriceBasis::WithTaxes, PriceBasis::WithoutTaxes]
    {
        (
            format!(
                "les colonnes {} et {} disent deux prix\u{202f}; les deux restent en mots",
                names[0], names[1]
            ),
            "gardez celui que paie une personne",
        )
    } else if one.draft.raw.price_eur.is_some() {
        (
            format!(
                "le prix hors taxes dépasse celui qui les comprend, dans les colonnes {} et {}\u{202f}; les deux restent en mots",
                names[0], names[1]
            ),
            "vérifiez si les deux colonnes ne sont pas inversées, ou corrigez l’un des prix",
        )
    } else {
        (
            format!(
                "les colonnes {} et {} ne peuvent pas dire la même durée\u{202f}; elles restent en mots",
                names[0], names[1]
            ),
            "si elles s’ajoutent, écrivez toute la durée dans l’une et videz l’autre\u{202f}; sinon gardez la bonne",
        )
    };
    let words: Vec<&str> = [one, other].iter().filter_map(|said| said.words().map(String::as_str)).collect();
    Fault::new(message, remedy).column(&one.column.name).value(words.join(" ; "))
}

impl Draft {
    /// Takes the duration or the price that is best said, with its words and its notes.
    pub(super) fn take_best(&mut self, mut said: Vec<Said>, settings: &Settings) {
        said.sort_by_key(|said| std::cmp::Reverse(said.rank()));
        let mut free_words = self.leave_free(&mut said);
        let against = said.split_first().and_then(|(best, others)| {
            Some((best, others.iter().find(|other| best.contradicts(other, settings))?))
        });
        if let Some((best, other)) = against {
            self.notes.push(contradiction(best, other));
            let words: Vec<&str> = said.iter().filter_map(|said| said.words().map(String::as_str)).collect();
            let field = if best.draft.raw.price_eur.is_some() { Field::Price } else { Field::Duration };
            self.raw.stated.insert(field.name().to_owned(), cut(&words.join(" ; "), STATED_CHARS));
            return;
        }
        let mut said = said.into_iter();
        let Some(best) = said.next() else { return };
        let is_price = best.draft.raw.price_eur.is_some();
        let raw = &mut self.raw;
        raw.duration_hours = raw.duration_hours.or(best.fact().filter(|_| !is_price));
        raw.price_eur = raw.price_eur.or(best.draft.raw.price_eur);
        raw.stated.extend(best.draft.raw.stated);
        self.notes.extend(best.draft.notes);
        // « sur devis » beside an amount stays in words too.
        let more = said.filter(|other| is_price && other.fact().is_none());
        free_words.extend(more.filter_map(|other| other.draft.raw.stated.get(Field::Price.name()).cloned()));
        for words in free_words {
            let says_taxes = PriceBasis::of(&words, None) != PriceBasis::Unsaid;
            if let Some(own) = raw.stated.get_mut(Field::Price.name()).filter(|_| !says_taxes) {
                *own = cut(&format!("{own} ; {words}"), STATED_CHARS);
            }
        }
    }

    /// Takes out what says that a training is free when another price says something else, and gives its words: nothing is
    /// free whose other price is an amount, words or, beside a mere zero, nothing.
    fn leave_free(&mut self, said: &mut Vec<Said>) -> Vec<String> {
        let is_zero = |said: &Said| said.draft.raw.price_eur == Some(0.0);
        let others = said.iter().filter(|said| !is_zero(said));
        let says = others.clone().any(|said| said.fact().is_some() || !said.draft.raw.stated.is_empty());
        if others.count() == 0 {
            return Vec::new();
        }
        let is_left = |said: &mut Said| is_zero(said) && (says || !said.is_in_words());
        let mut words = Vec::new();
        for said in said.extract_if(.., is_left) {
            let own = said.words().cloned().filter(|_| said.is_in_words());
            let fault = match &own {
                Some(own) => Fault::new(
                    "une colonne dit que la formation est gratuite, une autre dit un prix\u{202f}; ce mot reste à côté du prix",
                    "effacez ce mot, ou l’autre prix",
                )
                .value(own.clone()),
                None => Fault::new(
                    "un prix nul à côté d’un autre, ou d’un prix qui n’est pas dit, n’est pas lu",
                    "effacez-le, écrivez le vrai prix, ou «\u{202f}gratuit\u{202f}»",
                ),
            };
            self.notes.push(fault.column(&said.column.name));
            words.extend(own);
        }
        words
    }
}
