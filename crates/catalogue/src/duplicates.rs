//! Trainings that may be written twice: pairs with a score, and the reasons in French.
//!
//! A pair can reach [`LEAST_SCORE`] only when its titles or its summaries share at least [`LEAST_SHARE`] of their
//! words, so only such pairs are compared (see `blocks`), and none is missed below the stated limits.
//! Reasons are independent pieces of evidence, put together as 1 − ∏ (1 − weight) (noisy or: Pearl,
//! « Probabilistic reasoning in intelligent systems », 1988). The weights are ours: title 0.55, summary
//! 0.8 times the share of common words, same provider 0.3, same address 0.45; a short common title alone is no pair,
//! since many providers name a course alike; the same title of five words or more is (0.65). Titles that differ by a number
//! (« niveau 1 », « niveau 2 ») name two trainings of a series: the score is halved.
//! Absent: merging. A pair is shown to someone who decides (see `Decisions`).

mod blocks;
mod decisions;

use std::borrow::Borrow;

use crate::french::{NARROW, percent};
use crate::training::Training;
use crate::values::{TrainingId, slug};

pub use decisions::{DECISIONS_MOST, Decision, DecisionError, Decisions, Verdict};

/// Least score of a pair that is shown.
pub const LEAST_SCORE: f32 = 0.6;
/// Least share of common words for two titles, or two summaries, to count as close.
pub const LEAST_SHARE: f32 = 0.6;
/// Words of a title that few trainings would share by chance.
const TELLING_WORDS: usize = 5;
/// Most trainings compared for one rare word; beyond, further ones are left out and counted.
pub const BLOCK_MOST: usize = 500;
/// Most pairs kept, the best first.
pub const PAIRS_MOST: usize = 10_000;

/// Why two trainings look like one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Titles differ by case, accents and punctuation at most.
    SameTitle,
    /// Titles share this share of their words, in percent.
    CloseTitles(u8),
    /// Summaries share this share of their words, in percent.
    CloseSummaries(u8),
    /// Both name the same page.
    SameAddress,
    /// Both have the same provider.
    SameProvider,
    /// Names of providers that mean the same: same words, or an acronym and its words.
    SameProviderOtherName,
    /// Titles differ by a number: this speaks against the pair.
    OtherNumber,
}

impl Reason {
    /// For a screen.
    pub fn in_french(self) -> String {
        let common = |what: &str, share: u8| {
            format!("{what} proches{NARROW}: {} de mots communs", percent(u64::from(share), 100))
        };
        match self {
            Self::SameTitle => "même intitulé à la ponctuation près".to_owned(),
            Self::CloseTitles(share) => common("intitulés", share),
            Self::CloseSummaries(share) => common("résumés", share),
            Self::SameAddress => "même adresse".to_owned(),
            Self::SameProvider => "même organisme".to_owned(),
            Self::SameProviderOtherName => "même organisme sous un autre nom".to_owned(),
            Self::OtherNumber => "mais un numéro diffère dans l’intitulé".to_owned(),
        }
    }
}

/// Two trainings that look like one.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// In [`near_duplicates`], the lesser identifier; in [`duplicates_of`], the new training.
    pub a: TrainingId,
    /// The other one.
    pub b: TrainingId,
    /// 0 to 1; at least [`LEAST_SCORE`].
    pub score: f32,
    /// What led to the score.
    pub why: Vec<Reason>,
}

/// The pairs found, and what was left out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pairs {
    /// Best first, then by identifiers.
    pub pairs: Vec<Pair>,
    /// Comparisons left out, because more than [`BLOCK_MOST`] trainings share a word; 0: none was missed.
    pub left_out: usize,
    /// Pairs found beyond [`PAIRS_MOST`].
    pub beyond: usize,
}

impl Pairs {
    /// The limits reached, in French; `None`: none was.
    pub fn limits(&self) -> Option<String> {
        let mut said = Vec::new();
        if self.left_out > 0 {
            said.push(format!(
                "plus de {BLOCK_MOST} formations se ressemblent{NARROW}: {} comparaisons n’ont pas été faites",
                crate::french::integer(self.left_out as u64)
            ));
        }
        if self.beyond > 0 {
            said.push(format!(
                "les {} paires les plus sûres sont gardées, {} autres sont laissées",
                crate::french::integer(PAIRS_MOST as u64),
                crate::french::integer(self.beyond as u64)
            ));
        }
        (!said.is_empty()).then(|| said.join(&format!("{NARROW}; ")))
    }
}

/// What is compared of a training.
struct Card {
    id: TrainingId,
    title: String,
    title_words: Vec<u32>,
    summary_words: Vec<u32>,
    numbers: Vec<String>,
    address: Option<String>,
    provider: String,
    provider_words: Vec<String>,
}

/// The pairs of a catalogue that look like one training, but for those already decided.
pub fn near_duplicates<T: Borrow<Training>>(trainings: &[T], decisions: &Decisions) -> Pairs {
    let cards = cards(trainings.iter().map(Borrow::borrow));
    let (candidates, left_out) = blocks::candidates(&cards, 0);
    let ordered = candidates
        .into_iter()
        .map(|(one, other)| if cards[one].id <= cards[other].id { (one, other) } else { (other, one) });
    collect(&cards, ordered, left_out, decisions)
}

/// The pairs of a new training (first) and one of the catalogue (second), whose trainings are looked at one by
/// one. A new training of the same
/// identifier as one of the catalogue is a new state of it, and no pair with it.
pub fn duplicates_of<T: Borrow<Training>>(
    new: &[Training],
    catalogue: impl Iterator<Item = T>,
    decisions: &Decisions,
) -> Pairs {
    if new.is_empty() {
        return Pairs::default();
    }
    let mut numbering = blocks::Numbering::default();
    let mut cards: Vec<Card> = new.iter().map(|training| card(training, &mut numbering)).collect();
    cards.extend(catalogue.map(|training| card(training.borrow(), &mut numbering)));
    rank(&mut cards, &numbering);
    let (candidates, left_out) = blocks::candidates(&cards, new.len());
    let ordered = candidates.into_iter().map(|(one, other)| (one.min(other), one.max(other)));
    collect(&cards, ordered, left_out, decisions)
}

fn collect(
    cards: &[Card],
    candidates: impl Iterator<Item = (usize, usize)>,
    left_out: usize,
    decisions: &Decisions,
) -> Pairs {
    let mut pairs: Vec<Pair> = candidates
        .filter(|(a, b)| cards[*a].id != cards[*b].id)
        .filter(|(a, b)| decisions.verdict(cards[*a].id.as_str(), cards[*b].id.as_str()).is_none())
        .filter_map(|(a, b)| compare(&cards[a], &cards[b]))
        .collect();
    pairs.sort_by(|p, q| q.score.total_cmp(&p.score).then_with(|| (&p.a, &p.b).cmp(&(&q.a, &q.b))));
    let beyond = pairs.len().saturating_sub(PAIRS_MOST);
    pairs.truncate(PAIRS_MOST);
    Pairs { pairs, left_out, beyond }
}

/// The score of a pair and its reasons, when it is high enough.
fn compare(a: &Card, b: &Card) -> Option<Pair> {
    let (titles, summaries) =
        (share(&a.title_words, &b.title_words), share(&a.summary_words, &b.summary_words));
    let mut why = Vec::new();
    let mut against = 1.0;
    if titles >= LEAST_SHARE {
        let same = a.title == b.title;
        why.push(if same { Reason::SameTitle } else { Reason::CloseTitles(whole_percent(titles)) });
        let is_telling = same && a.title_words.len() >= TELLING_WORDS;
        against *= 1.0 - if is_telling { 0.65 } else { 0.55 * if same { 1.0 } else { titles } };
    }
    if summaries >= LEAST_SHARE {
        why.push(Reason::CloseSummaries(whole_percent(summaries)));
        against *= 1.0 - 0.8 * summaries;
    }
    if why.is_empty() {
        return None;
    }
    if a.address.is_some() && a.address == b.address {
        why.push(Reason::SameAddress);
        against *= 0.55;
    }
    if a.provider == b.provider {
        why.push(Reason::SameProvider);
        against *= 0.7;
    } else if same_provider(&a.provider_words, &b.provider_words) {
        why.push(Reason::SameProviderOtherName);
        against *= 0.7;
    }
    let mut score = 1.0 - against;
    if a.numbers != b.numbers {
        why.push(Reason::OtherNumber);
        score /= 2.0;
    }
    (score >= LEAST_SCORE).then(|| Pair { a: a.id.clone(), b: b.id.clone(), score, why })
}

/// Words of titles that say how a training is given or how far it goes, not what it is about.
const COMMON_WORDS: &str = "formation module stage cours séance session atelier initiation introduction découverte \
     perfectionnement approfondissement niveau base bases fondamentaux essentiel avancé débutant expert expertise \
     intermédiaire confirmé pratique maîtriser maîtrise savoir comprendre";

/// Whether two titles have nothing in common: no word that says what a training is about. A title without such a word is
/// compared by all it has.
pub fn are_unlike(one: &str, other: &str) -> bool {
    if slug(one) == slug(other) {
        return false;
    }
    let mut numbering = blocks::Numbering::default();
    let common = numbering.stems(COMMON_WORDS);
    let [one, other] = [one, other].map(|title| numbering.stems(title));
    let telling = |stems: &[String]| -> Vec<String> {
        let is_telling =
            |stem: &&String| !common.contains(stem) && !stem.bytes().all(|byte| byte.is_ascii_digit());
        let telling: Vec<String> = stems.iter().filter(is_telling).cloned().collect();
        if telling.is_empty() { stems.to_vec() } else { telling }
    };
    let (one, other) = (telling(&one), telling(&other));
    !one.iter().any(|stem| other.contains(stem))
}

fn whole_percent(share: f32) -> u8 {
    (share * 100.0).round() as u8
}

/// Common words as a share of all words of two sorted lists (Jaccard's index); 0 when one is empty.
fn share(a: &[u32], b: &[u32]) -> f32 {
    let (mut i, mut j, mut common) = (0, 0, 0);
    while let (Some(one), Some(other)) = (a.get(i), b.get(j)) {
        common += usize::from(one == other);
        i += usize::from(one <= other);
        j += usize::from(other <= one);
    }
    common as f32 / (a.len() + b.len() - common).max(1) as f32
}

/// Same words in another order, or the initials of the other's words.
fn same_provider(a: &[String], b: &[String]) -> bool {
    let sorted = |words: &[String]| {
        let mut words = words.to_vec();
        words.sort_unstable();
        words
    };
    let initials = |words: &[String]| words.iter().filter_map(|word| word.chars().next()).collect::<String>();
    let acronym = |short: &[String], long: &[String]| {
        long.len() >= 3 && short.len() == 1 && short[0].len() == long.len() && short[0] == initials(long)
    };
    !a.is_empty() && (sorted(a) == sorted(b) || acronym(a, b) || acronym(b, a))
}

fn cards<'a>(trainings: impl Iterator<Item = &'a Training>) -> Vec<Card> {
    let mut numbering = blocks::Numbering::default();
    let mut cards: Vec<Card> = trainings.map(|training| card(training, &mut numbering)).collect();
    rank(&mut cards, &numbering);
    cards
}

/// Sorts the words of each card, the rarest first.
fn rank(cards: &mut [Card], numbering: &blocks::Numbering) {
    let ranks = numbering.ranks();
    for card in cards {
        for words in [&mut card.title_words, &mut card.summary_words] {
            words.iter_mut().for_each(|word| *word = ranks[*word as usize]);
            words.sort_unstable();
        }
    }
}

fn card(training: &Training, numbering: &mut blocks::Numbering) -> Card {
    let number =
        |part: &str| part.chars().any(|c| c.is_ascii_digit()) || ["i", "ii", "iii", "iv"].contains(&part);
    let title = slug(&training.title);
    let numbers = title.split('-').filter(|part| number(part)).map(str::to_owned).collect();
    let provider_words = numbering.stems(&training.provider.name);
    Card {
        id: training.id.clone(),
        title_words: numbering.numbers(&training.title),
        summary_words: numbering.numbers(&training.summary),
        title,
        numbers,
        address: training.url.as_ref().map(|url| plain_address(url.as_str())),
        provider: training.provider.id(),
        provider_words,
    }
}

/// An address without what does not change the page: protocol, `www.`, anchor, tracking, final slash.
fn plain_address(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let rest = rest.split('#').next().unwrap_or_default();
    let (page, question) = rest.split_once('?').unwrap_or((rest, ""));
    let kept: Vec<&str> =
        question.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("utm_")).collect();
    let page = page.trim_end_matches('/');
    if kept.is_empty() { page.to_owned() } else { format!("{page}?{}", kept.join("&")) }
}

#[cfg(test)]
mod tests;
