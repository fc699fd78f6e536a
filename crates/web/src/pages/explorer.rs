//! The part of the explorer that a new selection changes: facets, sentence, filters, results,
//! pages. The script fetches it alone; the page contains the same bytes.
//! Absent: the search bar, which stays while one types.

use askama::Template;
use catalogue::{Dropped, Facet, Found, Order, Reading, ReadingKind, Selection, Snapshot, WayOut, french};

use super::cards::Card;
use super::chosen::{Choice, Chosen};
use super::facets::{self, FacetView, RangeFault};
use crate::address;

/// Trainings that an export holds at most.
pub(crate) const EXPORT_ROWS: usize = 10_000;

/// Pages shown on each side of the current one.
const PAGES_AROUND: usize = 2;

/// A filter in force and the address without it.
pub(crate) struct Chip {
    /// What it asks: « Thématique : Droit et éthique ».
    pub label: String,
    /// The selection without it.
    pub href: String,
}

/// A link with its text.
pub(crate) struct Link {
    /// Text.
    pub label: String,
    /// Address.
    pub href: String,
    /// Words after the link.
    pub note: String,
}

/// How a word was understood.
pub(crate) struct ReadingView {
    /// In words.
    pub text: String,
    /// A better spelling and the selection with it.
    pub better: Option<Link>,
}

/// An item of the list of pages.
pub(crate) enum PageItem {
    /// A page number and its address.
    Number(usize, String),
    /// The page shown.
    Current(usize),
    /// Pages left out.
    Gap,
}

/// What a new selection changes.
#[derive(Template)]
#[template(path = "_explorer.html")]
pub(crate) struct Explorer {
    /// Text of the page's `<title>`.
    pub title: String,
    /// « 42 formations ».
    pub counted: String,
    /// The selection in French.
    pub sentence: String,
    /// Words searched for.
    pub text: String,
    /// Facets of the form.
    pub facets: Vec<FacetView>,
    /// Filters in force.
    pub chips: Vec<Chip>,
    /// How words were understood.
    pub readings: Vec<ReadingView>,
    /// When nothing is found, what to try.
    pub ways_out: Vec<Link>,
    /// Trainings of the page.
    pub cards: Vec<Card>,
    /// Orders: name, label, whether chosen.
    pub orders: Vec<(&'static str, &'static str, bool)>,
    /// Pages; empty when there is one.
    pub pages: Vec<PageItem>,
    /// Address of the page before.
    pub previous: Option<String>,
    /// Address of the page after.
    pub next: Option<String>,
    /// Exports of the selection: label and address.
    pub exports: Vec<Link>,
    /// Rank of the first training of the page.
    pub first_rank: usize,
    /// « Page 2 sur 3 », when there are several.
    pub page_label: Option<String>,
    /// How many rows an export holds, when the selection has more.
    pub export_limit: Option<String>,
    /// How many trainings the pages show, when the selection has more.
    pub reachable: Option<String>,
    /// Pairs of the address, for forms that keep it.
    pub pairs: Vec<(&'static str, String)>,
    /// Trainings chosen to be compared.
    pub choices: Vec<Choice>,
    /// « 2 formations choisies », when some are.
    pub chosen: String,
    /// Number of trainings to take away before the chosen ones can be compared.
    pub too_many: usize,
    /// Address of the comparison of the chosen trainings.
    pub comparison: Option<String>,
    /// The list without words nor filter.
    pub everything: String,
    /// The cartography of the selection.
    pub cartography: String,
    /// Ranges of the form that cannot be.
    pub faults: Vec<RangeFault>,
}

impl Explorer {
    /// What the page shows of an answer.
    pub(crate) fn new(
        snapshot: &Snapshot,
        (selection, faults): (&Selection, Vec<RangeFault>),
        chosen: &Chosen,
        found: Found,
    ) -> Self {
        let cards = found.trainings.iter().map(|training| Card::new(training, snapshot)).collect();
        let pages = found.pages;
        let at = |page: usize| chosen.list(&selection.on_page(page));
        let choices = chosen.choices(selection, snapshot);
        Self {
            title: title(selection, &found),
            counted: match found.total {
                0 => "Aucune formation".to_owned(),
                total => french::counted(total, "formation", "formations"),
            },
            text: selection.text.clone(),
            chips: chips(snapshot, selection, chosen),
            readings: found
                .readings
                .iter()
                .filter_map(|reading| reading_view(reading, selection, chosen))
                .collect(),
            ways_out: ways_out(snapshot, (selection, chosen), &found),
            reachable: (found.reachable() < found.total).then(|| french::integer(found.reachable())),
            facets: facets::views(found.facets, selection, (&faults, chosen)),
            orders: Order::all()
                .map(|order| (order.name(), order.label(), order == selection.order))
                .collect(),
            pages: page_items(found.page, pages, at),
            previous: (found.page > 1).then(|| at(found.page - 1)),
            next: (found.page < pages).then(|| at(found.page + 1)),
            exports: if found.total == 0 { Vec::new() } else { exports(selection) },
            first_rank: (found.page - 1) * catalogue::PAGE_SIZE + 1,
            page_label: (pages > 1).then(|| {
                format!("page {} sur {}", french::integer(found.page as u64), french::integer(pages as u64))
            }),
            export_limit: (found.total > EXPORT_ROWS as u64).then(|| french::integer(EXPORT_ROWS as u64)),
            sentence: found.sentence,
            cards,
            pairs: selection.pairs(),
            chosen: french::counted(choices.len() as u64, "formation choisie", "formations choisies"),
            choices,
            too_many: chosen.too_many(),
            comparison: chosen.comparison(),
            cartography: cartography(selection),
            everything: chosen.list(&Selection::all()),
            faults,
        }
    }

    /// The list without a training, when it is chosen.
    pub(crate) fn without(&self, id: &str) -> Option<&str> {
        self.choices.iter().find(|choice| choice.id == id).map(|choice| choice.without.as_str())
    }
}

fn title(selection: &Selection, found: &Found) -> String {
    if !selection.is_filtered() && found.page == 1 {
        return "Toutes les formations".to_owned();
    }
    let sentence = found.sentence.trim_end_matches('.');
    match found.page {
        1 => sentence.to_owned(),
        page => format!("{sentence}, page {page} sur {}", found.pages),
    }
}

/// Filters in force, each with the address that drops it.
pub(crate) fn chips(snapshot: &Snapshot, selection: &Selection, chosen: &Chosen) -> Vec<Chip> {
    let mut chips = Vec::new();
    if !selection.text.is_empty() {
        let href = chosen.list(&selection.with_text(""));
        chips.push(Chip { label: format!("Mots : {}", selection.text), href });
    }
    for (facet, values) in &selection.values {
        chips.extend(values.iter().map(|value| Chip {
            label: format!("{} : {}", facet.label(), snapshot.value_label(*facet, value)),
            href: chosen.list(&selection.toggled(*facet, value)),
        }));
    }
    for (facet, bounds) in &selection.ranges {
        let unit = if *facet == Facet::Price { "€" } else { "h" };
        let between = match (bounds.min.map(french::decimal), bounds.max.map(french::decimal)) {
            (Some(min), Some(max)) => format!("de {min} à {max}\u{a0}{unit}"),
            (Some(min), None) => format!("{min}\u{a0}{unit} au moins"),
            (None, Some(max)) => format!("{max}\u{a0}{unit} au plus"),
            (None, None) => continue,
        };
        let href = chosen.list(&selection.without_range(*facet));
        chips.push(Chip { label: format!("{} : {between}", facet.label()), href });
    }
    chips
}

/// The cartography of a selection, whose order and page say nothing there.
fn cartography(selection: &Selection) -> String {
    address::of(super::cartography::PATH, &Selection { order: Order::default(), ..selection.on_page(1) })
}

fn quoted_list(words: &[String]) -> String {
    let quoted: Vec<String> = words.iter().take(6).map(|word| french::quoted(word)).collect();
    french::list(&quoted, "ou")
}

fn reading_view(reading: &Reading, selection: &Selection, chosen: &Chosen) -> Option<ReadingView> {
    let typed = french::quoted(&reading.typed);
    let plain = |text: String| Some(ReadingView { text, better: None });
    match &reading.kind {
        ReadingKind::Word => None,
        ReadingKind::Exact => plain(format!("{typed} est cherché sous cette forme exacte.")),
        ReadingKind::Synonym(words) => {
            let others: Vec<String> = words
                .iter()
                .filter(|word| word.to_lowercase() != reading.typed.to_lowercase())
                .cloned()
                .collect();
            if others.is_empty() {
                return None;
            }
            plain(format!("{typed} est cherché aussi sous les formes {}.", quoted_list(&others)))
        }
        ReadingKind::Prefix(words) => {
            plain(format!("{typed} est compris comme un début de mot : {}.", quoted_list(words)))
        }
        ReadingKind::Ignored => plain(format!("{typed} est trop courant pour être cherché.")),
        ReadingKind::Unknown => plain(format!("{typed} n’apparaît dans aucune formation.")),
        ReadingKind::Corrected(words) => {
            let better = words.first().map(|word| {
                let text = selection.text.replacen(&reading.typed, word, 1);
                let href = chosen.list(&selection.with_text(&text));
                Link { label: text, href, note: String::new() }
            });
            let text = format!(
                "{typed} n’apparaît dans aucune formation ; la recherche a porté sur {}.",
                quoted_list(words)
            );
            Some(ReadingView { text, better })
        }
    }
}

fn way_out(way: &WayOut, chosen: &Chosen) -> Link {
    let label = match way.dropped {
        Dropped::Filter(facet) => format!("Retirer le filtre « {} »", facet.label()),
        Dropped::Words => "Retirer les mots cherchés".to_owned(),
        Dropped::EveryWord => "Se contenter d’un des mots cherchés".to_owned(),
    };
    Link {
        label,
        href: chosen.list(&way.selection),
        note: french::counted(way.total, "formation", "formations"),
    }
}

/// What to try when nothing is found: what the engine says, else each part of the selection alone.
fn ways_out(snapshot: &Snapshot, (selection, chosen): (&Selection, &Chosen), found: &Found) -> Vec<Link> {
    if found.total > 0 || !found.ways_out.is_empty() {
        return found.ways_out.iter().map(|way| way_out(way, chosen)).collect();
    }
    let words = Selection { text: selection.text.clone(), any_word: true, ..Selection::all() };
    let mut alone = vec![("Chercher seulement les mots, dans tout le catalogue".to_owned(), words)];
    for facet in Facet::all() {
        let mut only = Selection::all();
        only.values.extend(selection.values.get(&facet).map(|values| (facet, values.clone())));
        only.ranges.extend(selection.ranges.get(&facet).map(|bounds| (facet, *bounds)));
        alone.push((format!("Garder seulement le filtre « {} »", facet.label()), only));
    }
    let parts = alone.into_iter().filter(|(_, part)| part.is_filtered() && part != selection);
    parts
        .filter_map(|(label, part)| {
            let total = snapshot.count(&part).ok().filter(|total| *total > 0)?;
            let note = french::counted(total, "formation", "formations");
            Some(Link { label, href: chosen.list(&part), note })
        })
        .collect()
}

fn exports(selection: &Selection) -> Vec<Link> {
    let whole = selection.on_page(1);
    let formats = [
        ("CSV", "tableur", "/formations.csv"),
        ("XLSX", "Excel", "/formations.xlsx"),
        ("ODS", "LibreOffice", "/formations.ods"),
        ("JSONL", "une formation par ligne", "/formations.jsonl"),
        ("JSON-LD", "schema.org", "/formations.jsonld"),
    ];
    formats
        .map(|(label, note, path)| Link {
            label: label.to_owned(),
            href: address::of(path, &whole),
            note: note.to_owned(),
        })
        .into()
}

fn page_items(current: usize, pages: usize, at: impl Fn(usize) -> String) -> Vec<PageItem> {
    if pages < 2 {
        return Vec::new();
    }
    let mut items = Vec::new();
    let mut last = 0;
    for page in 1..=pages {
        if page != 1 && page != pages && page.abs_diff(current) > PAGES_AROUND {
            continue;
        }
        if page > last + 1 {
            items.push(PageItem::Gap);
        }
        items.push(if page == current { PageItem::Current(page) } else { PageItem::Number(page, at(page)) });
        last = page;
    }
    items
}
