//! From an offer of LHEO to a row of ours; what LHEO does not say stays unknown.
//! Absent: sessions and dates (rows have none; it is told), contacts (personal data), themes: the codes of FORMACODE, NSF and
//! ROME are quoted, and `catalogue::codes` makes proposals of them.

mod facts;
mod ours;

pub(super) use ours::{GROUP, LEVELS, LISTS};

use catalogue::french::quoted;
use catalogue::{Field, RawSource, RawTraining, TrainingId, WebAddress, slug};

use super::check::siret;
use super::node::Node;
use super::text;
use crate::issue::Fault;

/// Longest title, in characters: that of `catalogue`.
const TITLE_CHARS: usize = 300;
/// Longest provider or city, in characters: that of `catalogue`.
const NAME_CHARS: usize = 200;
/// Longest summary, in characters: that of `catalogue`.
const SUMMARY_CHARS: usize = 4_000;
/// Longest words of a source, in characters: that of `catalogue`.
const STATED_CHARS: usize = 1_000;
/// Longest identifier: that of `catalogue`.
const ID_BYTES: usize = 120;

/// Most codes of the domain that are quoted, and the length of each in characters.
const DOMAIN_CODES: usize = 13;
const CODE_CHARS: usize = 12;
/// Most actions, and most places, languages or codes of audience, looked at in an offer.
const ACTIONS: usize = 500;

/// An offer being read.
struct Mapping<'a> {
    offer: &'a Node,
    /// The actions; of a summary of `lheo-index`, itself.
    actions: Vec<&'a Node>,
    raw: RawTraining,
    notes: &'a mut Vec<(u64, Fault)>,
}

/// The row that an offer states, or why there is none; `file` is the name of the file.
pub(super) fn offer(
    node: &Node,
    file: &str,
    notes: &mut Vec<(u64, Fault)>,
) -> Result<RawTraining, (u64, Fault)> {
    let is_summary = node.name == "resume-offre";
    let actions: Vec<&Node> =
        if is_summary { vec![node] } else { node.children("action").take(ACTIONS).collect() };
    if node.children("action").count() > ACTIONS {
        let fault =
            Fault::new(format!("la formation a plus de {ACTIONS} actions"), "les premières sont lues");
        notes.push((node.line, fault.column("action")));
    }
    let mut mapping = Mapping { offer: node, actions, raw: RawTraining::default(), notes };
    mapping.raw.kind = "course".to_owned();
    mapping.title()?;
    mapping.provider()?;
    mapping.addresses(file);
    mapping.duration();
    mapping.price();
    mapping.formats();
    mapping.nature();
    mapping.city();
    mapping.language();
    mapping.audience();
    mapping.prerequisites();
    mapping.summary();
    mapping.codes();
    mapping.sessions();
    mapping.ours();
    mapping.id()?;
    Ok(mapping.raw)
}

impl<'a> Mapping<'a> {
    fn note(&mut self, line: u64, message: impl Into<String>, remedy: impl Into<String>, column: &str) {
        self.notes.push((line, Fault::new(message, remedy).column(column)));
    }

    /// Keeps a source's own words, cut at the limit.
    fn state(&mut self, field: Field, words: &str) {
        let (words, _) = text::cut(words, STATED_CHARS);
        self.raw.stated.insert(field.name().to_owned(), words);
    }

    /// Tells that days of sessions are not kept, when some are known.
    fn sessions(&mut self) {
        let sessions = self.actions.iter().flat_map(|action| action.children("session"));
        let mut starts = sessions.filter_map(|session| session.at(&["periode", "debut"]));
        let dated = starts.find(|start| crate::mapping::day(&start.text).is_some());
        if let Some(line) = dated.map(|start| start.line) {
            let (message, remedy) =
                ("les dates des sessions ne sont pas reprises", "consultez-les sur la page de la formation");
            self.note(line, message, remedy, "periode");
        }
    }

    /// What the actions say by a way of elements, each once, in order.
    fn said(&self, way: &[&str]) -> Vec<String> {
        let mut said = Vec::new();
        for words in self.actions.iter().filter_map(|action| text::said(&action.at(way)?.text)) {
            if !said.contains(&words) {
                said.push(words);
            }
        }
        said
    }

    fn title(&mut self) -> Result<(), (u64, Fault)> {
        let title = self.offer.child("intitule-formation");
        let Some(words) = title.and_then(|title| text::said(&title.text)) else {
            let fault = Fault::new("la formation n’a pas d’intitulé", "écrivez-le");
            return Err((self.offer.line, fault.column("intitule-formation")));
        };
        let (words, is_cut) = text::cut(&words.replace('\n', " "), TITLE_CHARS);
        if is_cut {
            let message = format!("l’intitulé est coupé à {TITLE_CHARS} caractères");
            self.note(self.offer.line, message, "raccourcissez-le", "intitule-formation");
        }
        if words.contains(char::REPLACEMENT_CHARACTER) {
            let message = "l’intitulé contient un caractère perdu (�)";
            self.note(self.offer.line, message, "corrigez-le à la source", "intitule-formation");
        }
        self.raw.title = words;
        Ok(())
    }

    fn provider_node(&self) -> Option<&'a Node> {
        match self.offer.name.as_ref() {
            "resume-offre" => Some(self.offer),
            _ => self.offer.child("organisme-formation-responsable"),
        }
    }

    fn provider(&mut self) -> Result<(), (u64, Fault)> {
        let node = self.provider_node();
        let said = |name| node.and_then(|node| node.child(name)).and_then(|node| text::said(&node.text));
        let usable = |name: &String| !slug(name).is_empty();
        let name = said("nom-organisme").filter(usable).or_else(|| said("raison-sociale").filter(usable));
        let Some(name) = name else {
            let line = node.map_or(self.offer.line, |node| node.line);
            let fault = Fault::new("la formation n’a pas d’organisme", "écrivez nom-organisme");
            return Err((line, fault.column("nom-organisme")));
        };
        let (name, is_cut) = text::cut(&name.replace('\n', " "), NAME_CHARS);
        if is_cut {
            let message = format!("le nom de l’organisme est coupé à {NAME_CHARS} caractères");
            self.note(self.offer.line, message, "raccourcissez-le", "nom-organisme");
        }
        let others = self.said(&["organisme-formateur", "raison-sociale-formateur"]);
        let others: Vec<String> = others.into_iter().filter(|other| slug(other) != slug(&name)).collect();
        if !others.is_empty() {
            self.state(Field::Provider, &format!("organisme formateur : {}", others.join(" ; ")));
        }
        self.raw.provider = name;
        Ok(())
    }

    fn addresses(&mut self, file: &str) {
        let own = self.offer.child("url-formation").into_iter();
        let of_actions = self.actions.iter().filter_map(|action| action.child("url-action"));
        let pages: Vec<&Node> = own.chain(of_actions).flat_map(|node| &node.children).collect();
        for page in pages {
            let Some(words) = text::said(&page.text) else { continue };
            match address(&words) {
                Some(found) if self.raw.url.is_none() => {
                    if found != words {
                        let message = "l’adresse ne commence pas par http:// ou https://";
                        let fault = Fault::new(message, "elle est lue avec http:// ; écrivez-la en entier");
                        self.notes.push((page.line, fault.column("urlweb").value(words)));
                    }
                    self.raw.url = Some(found);
                }
                Some(_) => {}
                None => {
                    let fault = Fault::new("ce n’est pas une adresse du web", "écrivez-la en entier");
                    self.notes.push((page.line, fault.column("urlweb").value(words)));
                }
            }
        }
        if self.raw.url.is_none() {
            self.raw.url =
                self.offer.attribute("uri").filter(|uri| uri.starts_with("http")).and_then(address);
        }
        let seen = self.offer.attribute("datemaj").and_then(text::date);
        let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
        let address = self.raw.url.clone().unwrap_or_else(|| format!("fichier:{name}"));
        self.raw.source = RawSource { address, seen };
    }

    /// The codes of the domain, quoted as the source's words on themes.
    fn codes(&mut self) {
        let Some(domain) = self.offer.child("domaine-formation") else { return };
        let mut codes: Vec<String> = Vec::new();
        for child in domain.children.iter().take(DOMAIN_CODES) {
            let Some(nomenclature) = child.name.strip_prefix("code-") else { continue };
            let Some(code) = text::code(&child.text) else { continue };
            let code = format!("{nomenclature} {}", text::cut(&code, CODE_CHARS).0);
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        if !codes.is_empty() {
            self.state(Field::Themes, &codes.join(" ; "));
        }
    }

    fn summary(&mut self) {
        let objective = self.offer.child("objectif-formation");
        let Some(words) = objective.and_then(|node| text::said(&node.text)) else { return };
        let (words, is_cut) = text::cut(&words, SUMMARY_CHARS);
        if is_cut {
            let message = format!("l’objectif est coupé à {} caractères", SUMMARY_CHARS);
            self.note(self.offer.line, message, "raccourcissez-le", "objectif-formation");
        }
        self.raw.summary = words;
    }

    /// Provider and number, else title. A number alone is not unique between feeds.
    fn id(&mut self) -> Result<(), (u64, Fault)> {
        if TrainingId::parse(&self.raw.id).is_ok() {
            return Ok(());
        }
        let place = match self.provider_node() {
            Some(node) if node.name == "resume-offre" => node.child("SIRET"),
            node => node.and_then(|node| node.at(&["SIRET-organisme-formation", "SIRET"])),
        };
        let provider = place.and_then(|node| siret(&node.text)).unwrap_or_else(|| slug(&self.raw.provider));
        let number = self.offer.attribute("numero").map(slug).filter(|number| !number.is_empty());
        let own = number.unwrap_or_else(|| slug(&self.raw.title));
        let id = shortened(format!("{provider}-{own}").trim_matches('-'));
        if let Err(error) = TrainingId::parse(&id) {
            let fault = Fault::new(error.problem, "ajoutez à la formation l’attribut numero");
            return Err((self.offer.line, fault.column("numero").value(quoted(&id))));
        }
        self.raw.id = id;
        Ok(())
    }
}

/// A web address, read with `http://` when it has none.
fn address(words: &str) -> Option<String> {
    let address = if words.contains("://") { words.to_owned() } else { format!("http://{words}") };
    WebAddress::parse(&address).ok().map(|address| address.as_str().to_owned())
}

/// An identifier within the limit: what is cut is told apart by a mark of the whole (FNV-1a, 64 bits).
fn shortened(id: &str) -> String {
    if id.len() <= ID_BYTES {
        return id.to_owned();
    }
    let mark = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |mark, byte| {
        (mark ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let start: String = id.chars().take(ID_BYTES - 17).collect();
    format!("{}-{mark:016x}", start.trim_end_matches('-'))
}
