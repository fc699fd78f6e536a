//! A training's facts in the words of screens: durations, prices, lists of labels, dates, and the
//! mark that says how each is known. Absent: HTML, sentences about selections.

pub(crate) use catalogue::french::typeset;
use catalogue::french::{self, NARROW};
use catalogue::{Code, Estimate, Field, Origin, Set, Snapshot, Training};

/// What a screen says of a fact that nobody states.
pub(crate) const UNKNOWN: &str = "non précisé";

/// How a fact is shown at a glance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fact {
    /// The fact in words.
    pub text: String,
    /// How sure it is.
    pub mark: Mark,
}

/// How sure a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A source states it.
    Stated,
    /// A rule works it out.
    Estimated,
    /// Nobody states it.
    Unknown,
}

impl Fact {
    fn new(text: impl Into<String>, mark: Mark) -> Self {
        Self { text: text.into(), mark }
    }

    /// Whether a rule works it out.
    pub(crate) fn is_estimated(&self) -> bool {
        self.mark == Mark::Estimated
    }

    /// Whether nobody states it.
    pub(crate) fn is_unknown(&self) -> bool {
        self.mark == Mark::Unknown
    }
}

/// The stated duration, else the source's words, else the estimate.
pub(crate) fn duration(training: &Training, snapshot: &Snapshot) -> Fact {
    if let Some(hours) = training.duration_hours {
        return Fact::new(french::hours(hours.get()), Mark::Stated);
    }
    if let Some(estimate) = snapshot.estimate(training) {
        return Fact::new(format!("≈\u{a0}{}", french::hours(estimate.median_hours)), Mark::Estimated);
    }
    match training.stated(Field::Duration) {
        Some(words) => Fact::new(french::quoted(words), Mark::Stated),
        None => Fact::new("non précisée", Mark::Unknown),
    }
}

/// The stated price, else the source's words.
pub(crate) fn price(training: &Training) -> Fact {
    match (training.price_in_french(), training.stated(Field::Price)) {
        (Some(price), _) => Fact::new(capital(&price), Mark::Stated),
        (None, Some(words)) => Fact::new(french::quoted(words), Mark::Stated),
        (None, None) => Fact::new(UNKNOWN, Mark::Unknown),
    }
}

/// Labels of a set of codes, or « non précisé ».
pub(crate) fn labels<C: Code>(codes: Set<C>, snapshot: &Snapshot) -> Fact {
    if codes.is_empty() {
        return Fact::new(UNKNOWN, Mark::Unknown);
    }
    let labels: Vec<&str> =
        codes.iter().map(|code| snapshot.referential().term(code).label.as_str()).collect();
    Fact::new(labels.join(", "), Mark::Stated)
}

/// The rule of an estimate, its sample and its spread, in one sentence.
pub(crate) fn estimate(estimate: &Estimate, snapshot: &Snapshot) -> String {
    let referential = snapshot.referential();
    let mut alike = vec![format!("type «{NARROW}{}{NARROW}»", referential.term(estimate.kind).label)];
    match estimate.nature {
        Some(nature) => alike.push(format!("nature «{NARROW}{}{NARROW}»", referential.term(nature).label)),
        None => alike.push("nature non précisée".to_owned()),
    }
    match estimate.level {
        Some(level) => alike.push(format!("niveau le plus élevé {}", level.number())),
        None => alike.push("sans niveau".to_owned()),
    }
    if let Some(formats) = estimate.formats {
        let labels = labels(formats, snapshot);
        alike.push(if labels.is_unknown() {
            "format non précisé".to_owned()
        } else {
            format!("format «{NARROW}{}{NARROW}»", labels.text)
        });
    }
    format!(
        "Médiane de {} dont la durée est connue ({}) ; quatre sur cinq durent au plus {}.",
        french::counted(estimate.sample as u64, "formation comparable", "formations comparables"),
        alike.join(", "),
        french::hours(estimate.p80_hours)
    )
}

/// What a screen says of an origin.
pub(crate) fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Stated => "source",
        Origin::Editor => "jugement éditorial",
        Origin::Written => "rédigé par nos soins",
        Origin::Unknown => UNKNOWN,
    }
}

/// The text with a capital first letter.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    first + letters.as_str()
}

#[cfg(test)]
mod tests {
    use super::{capital, typeset};

    #[test]
    fn narrow_spaces_are_put_where_french_wants_them() {
        assert_eq!(typeset("« a » existe ; vraiment ?"), "« a » existe ; vraiment ?");
        assert_eq!(capital("éthique"), "Éthique");
        assert_eq!(capital(""), "");
    }
}
