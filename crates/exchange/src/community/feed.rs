//! A feed of events (Atom 1.0, RFC 4287) with `tag:` identifiers (RFC 4151). Persons are left out, as in calendars.
//! Absent: reading feeds.

use catalogue::community::Community;
use catalogue::french::typeset;
use chrono::{DateTime, SecondsFormat, Utc};
use quick_xml::events::{BytesDecl, BytesText, Event as Xml};
use quick_xml::{Writer, events::BytesEnd, events::BytesStart};

use super::calendars::description;
use super::{Dated, FeedAbout};

/// Year of the identifiers: the authority must have held its name when it began.
const TAG_YEAR: &str = "2026";
const ATOM: &str = "http://www.w3.org/2005/Atom";

/// A feed of events, in their order. The same events give the same bytes.
pub fn events_feed(events: &[Dated], community: &Community, about: &FeedAbout) -> Vec<u8> {
    let mut feed = Feed { writer: Writer::new_with_indent(Vec::new(), b' ', 1) };
    feed.event(Xml::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
    feed.event(Xml::Start(BytesStart::new("feed").with_attributes([("xmlns", ATOM), ("xml:lang", "fr")])));
    feed.text("id", &format!("tag:{},{TAG_YEAR}:communaute", about.authority));
    feed.text("title", &typeset(about.title));
    let changes = events.iter().map(|own| own.changed_at).chain([about.changed_at]);
    let latest = changes.filter_map(moment).max();
    feed.text("updated", &in_rfc_3339(latest.unwrap_or(DateTime::UNIX_EPOCH)));
    feed.link("self", "application/atom+xml", about.itself);
    feed.link("alternate", "text/html", about.page);
    feed.event(Xml::Start(BytesStart::new("author")));
    feed.text("name", "Parcours");
    feed.event(Xml::End(BytesEnd::new("author")));
    for own in events {
        feed.entry(own, community, about);
    }
    feed.event(Xml::End(BytesEnd::new("feed")));
    let mut bytes = feed.writer.into_inner();
    bytes.push(b'\n');
    bytes
}

struct Feed {
    writer: Writer<Vec<u8>>,
}

impl Feed {
    fn entry(&mut self, Dated { event: own, changed_at }: &Dated, community: &Community, about: &FeedAbout) {
        self.event(Xml::Start(BytesStart::new("entry")));
        self.text("id", &format!("tag:{},{TAG_YEAR}:communaute/rendez-vous/{}", about.authority, own.id));
        self.text("title", &own.title);
        let changed = moment(changed_at).or(moment(about.changed_at)).unwrap_or(DateTime::UNIX_EPOCH);
        self.text("updated", &in_rfc_3339(changed));
        let page = own.address.as_ref().map_or(about.page, |page| page.as_str());
        self.link("alternate", "text/html", page);
        let category = [("term", own.kind.name()), ("label", own.kind.label())];
        self.event(Xml::Empty(BytesStart::new("category").with_attributes(category)));
        let place = own.place.iter().map(|place| format!(", {place}"));
        let when = format!(
            "{}{}.",
            catalogue::french::capitalised(&own.starts.in_french()),
            place.collect::<String>()
        );
        let rest = description(own, community);
        let summary = if rest.is_empty() { when } else { format!("{when}\n{rest}") };
        self.text("summary", &summary);
        self.event(Xml::End(BytesEnd::new("entry")));
    }

    fn link(&mut self, rel: &str, media: &str, address: &str) {
        let attributes = [("rel", rel), ("type", media), ("href", address)];
        self.event(Xml::Empty(BytesStart::new("link").with_attributes(attributes)));
    }

    fn text(&mut self, name: &str, words: &str) {
        // XML 1.0, section 2.2: these are no characters; other controls never reach a community.
        let words: String = words.chars().filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}')).collect();
        let element = self.writer.create_element(name);
        element.write_text_content(BytesText::new(&words)).expect("memory is written");
    }

    fn event(&mut self, event: Xml) {
        self.writer.write_event(event).expect("memory is written");
    }
}

fn moment(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text).ok().map(|date| date.with_timezone(&Utc))
}

fn in_rfc_3339(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Secs, true)
}
