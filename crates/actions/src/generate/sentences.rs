//! Titles and summaries in French, from words drawn by Zipf's law. Absent: what is not text.

use std::collections::BTreeSet;

use super::dice::{Dice, Zipf};
use super::grammar::{self, Agreement, capital, gerund, of, participle, they, to};
use super::words;

/// The words and the laws by which they are drawn.
pub(super) struct Writer {
    masculine: List,
    feminine: List,
    adjectives: List,
    verbs: List,
    places: List,
    tools: List,
    domains: Zipf,
}

struct List {
    words: Vec<String>,
    zipf: Zipf,
}

impl List {
    fn new(words: impl IntoIterator<Item = String>, flat: f64) -> Self {
        let words: Vec<String> = words.into_iter().collect();
        let zipf = Zipf::new(words.len(), flat);
        Self { words, zipf }
    }

    fn split(words: &str, flat: f64) -> Self {
        Self::new(words.split_whitespace().map(str::to_owned), flat)
    }

    fn draw(&self, dice: &mut Dice) -> &str {
        &self.words[dice.rank(&self.zipf)]
    }
}

/// What a title and a summary are about.
pub(super) struct Topic<'a> {
    /// Subject, with its article.
    pub object: &'a str,
    /// Audience addressed, with its article.
    pub audience: &'a str,
    /// Level reached, 1 to 4.
    pub level: u8,
}

impl Writer {
    pub fn new() -> Self {
        Self {
            masculine: List::split(words::MASCULINE, 6.0),
            feminine: List::split(words::FEMININE, 6.0),
            adjectives: List::split(words::ADJECTIVES, 6.0),
            verbs: List::split(words::VERBS, 6.0),
            places: List::new(places(), 10.0),
            tools: List::new(tools(), 20.0),
            domains: Zipf::new(words::DOMAINS.len(), 8.0),
        }
    }

    /// About six words.
    pub fn title(&self, topic: &Topic, dice: &mut Dice) -> String {
        const OPENINGS: [[&str; 4]; 4] = [
            ["Découvrir", "Comprendre", "Aborder", "S’initier à"],
            ["Pratiquer", "Utiliser", "Appliquer", "Se former à"],
            ["Maîtriser", "Approfondir", "Encadrer", "Se perfectionner dans"],
            ["Enseigner", "Diriger", "Transmettre", "Faire référence dans"],
        ];
        let opening = *dice.pick(&OPENINGS[usize::from(topic.level.clamp(1, 4)) - 1]);
        let lead = match opening.strip_suffix(" à") {
            Some(verb) => format!("{verb} {}", to(topic.object)),
            None => format!("{opening} {}", topic.object),
        };
        match dice.below(6) {
            0 => format!("{lead} dans {}", self.domain(dice)),
            1 => format!("{} pour {}", capital(topic.object), topic.audience),
            2 => format!(
                "{} : {} {}",
                capital(topic.object),
                self.verb(dice),
                self.group(false, dice).definite()
            ),
            3 => format!("{lead} avec {}", self.tools.draw(dice)),
            4 => format!("{} au service {}", capital(topic.object), of(self.domain(dice))),
            _ => format!("{lead} : {}", self.group(true, dice).plain),
        }
    }

    /// About thirty words, in two or three sentences.
    pub fn summary(&self, topic: &Topic, dice: &mut Dice) -> String {
        let mut text = match dice.below(4) {
            0 => format!(
                "{} {} et {} {} dans le champ {}.",
                capital(self.verb(dice)),
                self.group(true, dice).definite(),
                self.verb(dice),
                self.group(false, dice).indefinite(),
                of(self.domain(dice)),
            ),
            1 => format!(
                "Pour {} qui veulent {} {}, {} {} et {} {}.",
                topic.audience,
                self.verb(dice),
                self.group(true, dice).definite(),
                self.verb(dice),
                self.group(false, dice).indefinite(),
                self.verb(dice),
                self.group(false, dice).definite(),
            ),
            2 => format!(
                "Le programme relie {} {} et montre comment {} {}.",
                topic.object,
                to(self.domain(dice)),
                self.verb(dice),
                self.group(true, dice).definite(),
            ),
            _ => format!(
                "Une introduction {} en {} {} {}.",
                to(topic.object),
                gerund(self.verb(dice)),
                self.group(true, dice).indefinite(),
                self.origin(dice),
            ),
        };
        text.push(' ');
        text.push_str(&self.practice(dice));
        if text.split_whitespace().count() < 27 {
            text.push(' ');
            text.push_str(&self.closing(dice));
        }
        text
    }

    fn practice(&self, dice: &mut Dice) -> String {
        let group = self.group(true, dice);
        match dice.below(4) {
            0 => format!(
                "Les participants {} {} avec {}, puis {} {}.",
                they(self.verb(dice)),
                group.definite(),
                self.tools.draw(dice),
                they(self.verb(dice)),
                self.group(false, dice).indefinite(),
            ),
            1 => {
                format!(
                    "On y travaille sur {} {}, {} par {}.",
                    group.indefinite(),
                    self.origin(dice),
                    participle(self.verb(dice), group.agreement),
                    self.group(false, dice).indefinite(),
                )
            }
            2 => format!(
                "Chaque équipe apprend à {} {} et à {} {} sans oublier {}.",
                self.verb(dice),
                group.definite(),
                self.verb(dice),
                self.group(false, dice).indefinite(),
                self.group(false, dice).definite(),
            ),
            _ => format!(
                "Au programme : {}, {} et {}.",
                group.plain,
                self.group(true, dice).plain,
                self.group(false, dice).indefinite(),
            ),
        }
    }

    fn closing(&self, dice: &mut Dice) -> String {
        let place = self.places.draw(dice);
        match dice.below(4) {
            0 => format!("Étude de cas à {place} avec l’outil {}.", self.tools.draw(dice)),
            1 => format!("Mise en situation sur {} {}.", self.group(true, dice).definite(), of(place)),
            2 => format!("Les exercices portent sur {}.", self.domain(dice)),
            _ => format!("Avec {} {}.", self.group(false, dice).indefinite(), self.origin(dice)),
        }
    }

    /// A town where a training is given.
    pub fn town(&self, dice: &mut Dice) -> String {
        self.places.draw(dice).to_owned()
    }

    /// The invented name of a tool or a firm.
    pub fn name(&self, rank: usize) -> &str {
        &self.tools.words[rank % self.tools.words.len()]
    }

    fn verb(&self, dice: &mut Dice) -> &str {
        self.verbs.draw(dice)
    }

    fn domain(&self, dice: &mut Dice) -> &'static str {
        words::DOMAINS[dice.rank(&self.domains)]
    }

    fn origin(&self, dice: &mut Dice) -> String {
        match dice.chance(600) {
            true => of(self.places.draw(dice)),
            false => of(self.domain(dice)),
        }
    }

    fn group(&self, plural: bool, dice: &mut Dice) -> Group {
        let agreement = Agreement { feminine: dice.chance(500), plural: plural || dice.chance(300) };
        let list = if agreement.feminine { &self.feminine } else { &self.masculine };
        let mut plain = grammar::noun(list.draw(dice), agreement.plural);
        if dice.chance(650) {
            plain.push(' ');
            plain.push_str(&grammar::adjective(self.adjectives.draw(dice), agreement));
        }
        Group { plain, agreement }
    }
}

/// A noun, with an adjective or not.
struct Group {
    plain: String,
    agreement: Agreement,
}

impl Group {
    fn definite(&self) -> String {
        grammar::definite(&self.plain, self.agreement)
    }

    fn indefinite(&self) -> String {
        grammar::indefinite(&self.plain, self.agreement)
    }
}

/// Towns, then places whose names are made: they are the rare words of the catalogue.
fn places() -> Vec<String> {
    let rivers: Vec<&str> = words::RIVERS.split_whitespace().collect();
    let made = words::SAINTS.split_whitespace().enumerate().flat_map(|(first, saint)| {
        let some = rivers.iter().cycle().skip(first * 7).take(20);
        some.map(move |river| format!("Saint-{saint}-sur-{river}"))
    });
    let towns = words::TOWNS.split_whitespace().map(str::to_owned);
    let mut seen = BTreeSet::new();
    towns.chain(made).filter(|place| seen.insert(place.clone())).collect()
}

/// Names of tools, in an order that mixes their beginnings.
fn tools() -> Vec<String> {
    let list = |text: &'static str| -> Vec<&str> { text.split_whitespace().collect() };
    let (starts, middles, ends) =
        (list(words::TOOL_STARTS), list(words::TOOL_MIDDLES), list(words::TOOL_ENDS));
    let count = starts.len() * middles.len() * ends.len();
    // A step that shares no factor with the count visits each name once.
    let step = (1..).map(|more| count * 5 / 8 + more).find(|step| divisor(*step, count) == 1).unwrap_or(1);
    let name = |rank: usize| {
        let place = rank * step % count;
        let (start, rest) = (place % starts.len(), place / starts.len());
        format!("{}{}{}", starts[start], middles[rest % middles.len()], ends[rest / middles.len()])
    };
    (0..count).map(name).collect()
}

fn divisor(a: usize, b: usize) -> usize {
    if b == 0 { a } else { divisor(b, a % b) }
}
