//! The XML of LHEO, one offer in memory at a time: what is not well formed is mended and noted as far as one
//! can tell what was meant. Absent: what elements mean (see `map`), the schema (see `check`).

use std::borrow::Cow;
use std::io::BufRead;

use catalogue::french::{integer, quoted};
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::bytes::Utf8;
use super::map::GROUP;
use super::node::{Node, Profile};
use super::{Offer, check, map, schema, text};
use crate::Stop;
use crate::issue::{Fault, Issue};
use crate::limits::{ROWS, XML_ATTRIBUTES, XML_DEPTH, XML_MENDED, XML_NOTES, XML_OFFER_BYTES};
use crate::tags;

/// Names of `extra` that are read, of all feeds.
const KNOWN_EXTRAS: [&str; 3] = ["frais-ttc", "frais-ht", "taux-tva"];

/// Longest name of an element; the standard's have 36 bytes at most.
const NAME_BYTES: usize = 200;

/// What an open element is.
enum Open {
    /// Above offers.
    Above,
    /// Of an offer, kept.
    Kept,
    /// HTML left in a text, kept as text.
    Html,
    /// Left out, with all that it holds.
    Skipped,
}

/// A file being read.
pub(super) struct Parser<'a> {
    file: &'a str,
    sink: &'a mut dyn FnMut(Result<Offer, Issue>),
    profile: Profile,
    /// Names of open elements.
    path: Vec<(String, Open)>,
    /// Kept elements of the offer, from itself to the innermost one.
    nodes: Vec<Node>,
    weight: usize,
    is_too_big: bool,
    notes: Vec<(u64, Fault)>,
    offers: u64,
    has_root: bool,
    mended: usize,
}

impl<'a> Parser<'a> {
    pub(super) fn new(file: &'a str, sink: &'a mut dyn FnMut(Result<Offer, Issue>)) -> Self {
        Self {
            file,
            sink,
            profile: Profile::Standard,
            path: Vec::new(),
            nodes: Vec::new(),
            weight: 0,
            is_too_big: false,
            notes: Vec::new(),
            offers: 0,
            has_root: false,
            mended: 0,
        }
    }

    /// Reads to the end, or says why not.
    pub(super) fn read(&mut self, reader: impl BufRead) -> Result<(), Stop> {
        let mut reader = Reader::from_reader(Utf8::new(reader));
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        config.expand_empty_elements = true;
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            let line = reader.get_ref().line();
            reader.get_mut().mark();
            let event = reader.read_event_into(&mut buffer);
            match event {
                Ok(Event::Start(start)) => self.start(line, &start)?,
                Ok(Event::End(end)) => self.end(line, end.local_name().as_ref())?,
                Ok(Event::Text(words)) => self.text(&words.xml10_content()),
                Ok(Event::CData(words)) => self.text(&words.xml10_content()),
                Ok(Event::GeneralRef(reference)) => self.reference(line, &reference),
                Ok(Event::DocType(_)) => {
                    let fault = Fault::new(
                        "le fichier contient une déclaration DOCTYPE, qui peut cacher des entités",
                        "retirez-la, LHEO n’en a pas besoin",
                    );
                    return Err((line, fault).into());
                }
                Ok(Event::Eof) => break,
                Ok(_) => {}
                Err(error) => {
                    let stop = reader.get_mut().stop.take();
                    return Err((line, stop.unwrap_or_else(|| unreadable(&error))).into());
                }
            }
            let told = std::mem::take(&mut reader.get_mut().notes);
            self.notes.extend(told);
        }
        self.finish(reader.get_ref().line())
    }

    fn finish(&mut self, line: u64) -> Result<(), Stop> {
        if let Some((name, _)) = self.path.last() {
            let message = format!("le fichier s’arrête avant la fin de {}", quoted(name));
            return Err((line, Fault::new(message, "demandez-le de nouveau, il est incomplet")).into());
        }
        if !self.has_root {
            return Err((line, not_lheo("")).into());
        }
        if self.offers == 0 {
            let fault = Fault::new("le fichier ne contient aucune formation", "vérifiez l’export");
            self.issue(line, fault);
        }
        for (line, fault) in std::mem::take(&mut self.notes) {
            self.issue(line, fault);
        }
        Ok(())
    }

    fn issue(&mut self, line: u64, fault: Fault) {
        (self.sink)(Err(fault.at(self.file, Some(line))));
    }

    fn start(&mut self, line: u64, start: &BytesStart) -> Result<(), Stop> {
        let name = start.local_name();
        let name = name.as_ref();
        if self.path.len() >= XML_DEPTH {
            let message = format!("plus de {XML_DEPTH} éléments sont les uns dans les autres");
            return Err((line, Fault::new(message, "vérifiez les balises fermantes")).into());
        }
        if name.len() > NAME_BYTES {
            let message = format!("un nom d’élément dépasse {NAME_BYTES} octets");
            return Err((line, Fault::new(message, "corrigez la balise")).into());
        }
        let open = match self.path.last() {
            None => self.root(line, name, start)?,
            Some((_, Open::Skipped)) => Open::Skipped,
            Some((_, Open::Above)) => self.above(line, name, start)?,
            Some((_, Open::Kept)) => self.inside(line, name, start),
            Some((_, Open::Html)) => self.html(name),
        };
        self.path.push((name.to_owned(), open));
        Ok(())
    }

    fn root(&mut self, line: u64, name: &str, start: &BytesStart) -> Result<Open, Stop> {
        let namespace = attributes(start, true).into_iter().map(|(_, value)| value);
        let namespaces: Vec<String> = namespace.collect();
        let is_old = namespaces.iter().any(|space| space.contains("lheo.org/1."));
        if is_old || name == "lheo-leger" {
            return Err((line, old()).into());
        }
        if !super::ROOTS.contains(&name) || std::mem::replace(&mut self.has_root, true) {
            return Err((line, not_lheo(name)).into());
        }
        if namespaces.iter().any(|space| space.contains("moncompteformation")) {
            self.profile = Profile::Edof;
            let message = "dans ce profil, des logiciels écrivent 1 pour à distance et 2 pour mixte";
            let fault =
                Fault::new(message, "1 est lu hybride et 2 distanciel, comme dans LHEO ; vérifiez-les");
            self.notes.push((line, fault.column("modalites-enseignement")));
        }
        let known = ["lheo.org/2.", "lheo.gouv.fr/2.", "moncompteformation.gouv.fr"];
        let own = namespaces.iter().find(|space| !space.contains("www.w3.org"));
        if let Some(space) =
            own.filter(|space| !space.is_empty() && !known.iter().any(|known| space.contains(known)))
        {
            let message = "l’espace de noms n’est pas celui d’une version connue de LHEO";
            let fault = Fault::new(message, "le fichier est lu comme du LHEO 2.3").column("xmlns");
            self.notes.push((line, fault.value(space)));
        }
        Ok(Open::Above)
    }

    fn above(&mut self, line: u64, name: &str, start: &BytesStart) -> Result<Open, Stop> {
        match name {
            "offre-formation" => Err((line, old()).into()),
            "formation" | "resume-offre" => {
                self.offers += 1;
                if self.offers > ROWS {
                    let message = format!("le fichier dépasse {} formations", integer(ROWS));
                    return Err((line, Fault::new(message, "découpez-le en plusieurs fichiers")).into());
                }
                (self.weight, self.is_too_big) = (0, false);
                self.push(line, name, start);
                Ok(Open::Kept)
            }
            "lheo" | "offres" | "resumes-offres" => Ok(Open::Above),
            "extras" | "resumes-organismes" | "organisme-formation-responsable" => Ok(Open::Skipped),
            _ => {
                let fault = Fault::new("l’élément n’a pas sa place ici", "il est ignoré").column(name);
                self.note(line, fault);
                Ok(Open::Skipped)
            }
        }
    }

    fn inside(&mut self, line: u64, name: &str, start: &BytesStart) -> Open {
        if self.is_too_big {
            return Open::Skipped;
        }
        let parent = self.nodes.last().and_then(|node| schema::rule(&node.name));
        let is_text = parent.is_some_and(|(_, rule)| matches!(rule, schema::Rule::Text(..)));
        if is_text && tags::is_element(name) {
            return self.html(name);
        }
        if schema::rule(name).is_none() {
            self.push(line, name, start);
            self.pop();
            return Open::Skipped;
        }
        if name == "extra" {
            let info = attributes(start, false).into_iter().find(|(name, _)| name == "info");
            let is_known = info.is_some_and(|(_, info)| KNOWN_EXTRAS.contains(&info.as_str()));
            let is_ours =
                self.nodes.iter().any(|node| node.name == "extras" && node.attribute("info") == Some(GROUP));
            if !is_known && !is_ours {
                return Open::Skipped;
            }
        }
        self.push(line, name, start);
        Open::Kept
    }

    fn html(&mut self, name: &str) -> Open {
        self.text(&format!("<{name}>"));
        Open::Html
    }

    fn push(&mut self, line: u64, name: &str, start: &BytesStart) {
        let known = schema::rule(name).map(|(name, _)| Cow::Borrowed(name));
        let attributes = attributes(start, false);
        let name = known.unwrap_or_else(|| Cow::Owned(name.chars().take(100).collect()));
        let node = Node { name, line, attributes, ..Node::default() };
        self.weigh(node.weight());
        self.nodes.push(node);
    }

    /// Ends the innermost kept element.
    fn pop(&mut self) {
        let Some(node) = self.nodes.pop() else { return };
        match self.nodes.last_mut() {
            None => self.offer(node),
            Some(_) if node.name == "extras" && node.children.is_empty() => {}
            Some(parent) => parent.children.push(node),
        }
    }

    fn weigh(&mut self, bytes: usize) {
        self.weight += bytes;
        if self.weight > XML_OFFER_BYTES && !self.is_too_big {
            self.is_too_big = true;
            for node in &mut self.nodes {
                node.children = Vec::new();
                node.text = String::new();
            }
        }
    }

    fn text(&mut self, words: &str) {
        if !matches!(self.path.last(), Some((_, Open::Kept | Open::Html))) || self.is_too_big {
            return;
        }
        let Some(node) = self.nodes.last_mut() else { return };
        // White space between elements is not worth its memory.
        if node.text.is_empty() && !node.children.is_empty() && words.trim().is_empty() {
            return;
        }
        node.text.push_str(words);
        self.weigh(words.len());
    }

    fn reference(&mut self, line: u64, reference: &BytesRef) {
        let name = reference.xml10_content();
        match text::character(&name) {
            Some(words) => {
                if !name.starts_with('#') && !["amp", "lt", "gt", "quot", "apos"].contains(&name.as_ref()) {
                    let message = format!("l’entité &{name}; n’existe pas en XML");
                    self.note(line, Fault::new(message, "elle est lue comme en HTML ; écrivez le caractère"));
                }
                self.text(&words);
            }
            None => {
                let shown: String = name.chars().take(40).collect();
                let message = format!("l’entité &{shown}; n’est pas connue");
                self.note(line, Fault::new(message, "elle est retirée ; écrivez le caractère"));
            }
        }
    }

    fn note(&mut self, line: u64, fault: Fault) {
        if self.notes.len() <= XML_NOTES {
            self.notes.push((line, fault));
        }
    }

    /// Ends an element; an end that nothing begins is left out, and ends that miss are supplied.
    fn end(&mut self, line: u64, name: &str) -> Result<(), Stop> {
        let Some(place) = self.path.iter().rposition(|(open, _)| open == name) else {
            let message = format!("la balise fermante {} n’a pas d’ouverture", quoted(name));
            self.note(line, Fault::new(message, "elle est ignorée ; corrigez-la"));
            return self.mend(line, 1);
        };
        if place + 1 < self.path.len() {
            let unclosed: Vec<String> = self.path[place + 1..].iter().map(|(name, _)| quoted(name)).collect();
            let message = format!("des éléments ne sont pas fermés : {}", unclosed.join(", "));
            self.note(line, Fault::new(message, "ils sont fermés ici ; ajoutez les balises fermantes"));
        }
        self.mend(line, self.path.len() - place - 1)?;
        while self.path.len() > place {
            match self.path.pop() {
                Some((_, Open::Kept)) => self.pop(),
                Some((name, Open::Html)) => {
                    let words = format!("</{name}>");
                    if let Some(node) = self.nodes.last_mut() {
                        node.text.push_str(&words);
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Counts the tags mended, which take memory.
    fn mend(&mut self, line: u64, tags: usize) -> Result<(), Stop> {
        self.mended += tags;
        if self.mended > XML_MENDED {
            let message = format!("plus de {} balises sont mal fermées", integer(XML_MENDED as u64));
            return Err((line, Fault::new(message, "corrigez le programme qui écrit le fichier")).into());
        }
        Ok(())
    }

    fn offer(&mut self, node: Node) {
        let mut notes = std::mem::take(&mut self.notes);
        if self.is_too_big {
            let limit = integer(XML_OFFER_BYTES as u64);
            let message = format!("la formation dépasse {limit} octets");
            return self.issue(node.line, Fault::new(message, "raccourcissez-la"));
        }
        check::element(&node, self.profile, &mut notes);
        let told = notes.len();
        let mut of_map = Vec::new();
        let read = map::offer(&node, self.file, &mut of_map);
        if told > XML_NOTES {
            notes.truncate(XML_NOTES);
            let more = integer((told - XML_NOTES) as u64);
            let fault = Fault::new(format!("{more} autres écarts ne sont pas dits"), "corrigez les premiers");
            notes.push((node.line, fault));
        }
        of_map.truncate(XML_NOTES);
        notes.extend(of_map);
        match read {
            Ok(raw) => {
                let issues = notes.into_iter().map(|(line, fault)| fault.at(self.file, Some(line)));
                let offer = Offer { line: node.line, raw, notes: issues.collect() };
                (self.sink)(Ok(offer));
            }
            Err((line, fault)) => self.issue(line, fault),
        }
    }
}

/// Attributes of an element: those that declare namespaces, or the others.
fn attributes(start: &BytesStart, of_namespaces: bool) -> Vec<(String, String)> {
    let mut all = start.attributes();
    let read = all.with_checks(false).take(XML_ATTRIBUTES).filter_map(Result::ok);
    let is_namespace = |name: &str| name == "xmlns" || name.starts_with("xmlns:");
    read.filter(|attribute| is_namespace(attribute.key.as_ref()) == of_namespaces)
        .map(|attribute| {
            let value = text::plain(&attribute.value);
            (attribute.key.local_name().as_ref().to_owned(), value.chars().take(400).collect())
        })
        .collect()
}

fn unreadable(error: &quick_xml::Error) -> Fault {
    let (message, remedy) = match error {
        quick_xml::Error::Syntax(_) => (
            "le XML est illisible : une balise, un commentaire ou un texte n’est pas terminé",
            "vérifiez les signes < et > à partir de cet endroit",
        ),
        _ => ("le XML est illisible", "vérifiez les balises à partir de cet endroit"),
    };
    Fault::new(message, remedy)
}

fn old() -> Fault {
    Fault::new(
        "le fichier est en LHEO 1.3 (2008), une ancienne version qui n’a plus cours",
        "demandez à l’organisme un export en LHEO 2.2 ou 2.3",
    )
}

fn not_lheo(name: &str) -> Fault {
    let fault =
        Fault::new("ce n’est pas un fichier LHEO", "choisissez un fichier dont la racine est « lheo »");
    if name.is_empty() { fault } else { fault.column(name) }
}
