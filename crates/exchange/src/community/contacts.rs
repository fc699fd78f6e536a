//! People who agreed to be named and gave an address, for mailing tools: a table and cards (vCard 4.0, RFC 6350).
//! Absent: everybody else; reading contacts back.

use catalogue::community::{Community, Person, Relay};

use crate::sheet::write_csv_record;

const COLUMNS: [&str; 5] = ["organisme", "fonction", "nom", "courriel", "consentement_le"];
/// Longest line of a card, in bytes, its end aside: RFC 6350, section 3.2.
const LINE_BYTES: usize = 75;

/// A table for spreadsheets and mailing tools: `;`, UTF-8 with its mark; a cell that would be a formula gets an apostrophe.
pub fn contacts_table(community: &Community) -> Vec<u8> {
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    let head = COLUMNS.map(str::to_owned);
    let lines = community.contacts().map(|(relay, person, email)| {
        let day = person.agreed_on.to_string();
        [relay.ministry.clone(), relay.function.clone(), person.name.clone(), email.to_owned(), day]
    });
    for line in std::iter::once(head).chain(lines) {
        write_csv_record(&mut bytes, &line).expect("memory is written");
    }
    bytes
}

/// Cards for address books, one after the other. `authority` is a domain name that makes their identifiers unique.
pub fn contact_cards(community: &Community, authority: &str) -> Vec<u8> {
    let mut text = String::new();
    for (relay, person, email) in community.contacts() {
        for line in card(relay, person, email, authority) {
            text.push_str(&folded(&line));
        }
    }
    text.into_bytes()
}

fn card(relay: &Relay, person: &Person, email: &str, authority: &str) -> Vec<String> {
    let organisation = match &relay.direction {
        Some(direction) => format!("{};{}", escaped(&relay.ministry), escaped(direction)),
        None => escaped(&relay.ministry),
    };
    let agreed = format!("Accord du {}", person.agreed_on.in_french());
    vec![
        "BEGIN:VCARD".to_owned(),
        "VERSION:4.0".to_owned(),
        format!("UID;VALUE=text:relais-{}@{authority}", relay.id),
        format!("FN:{}", escaped(&person.name)),
        format!("ORG:{organisation}"),
        format!("TITLE:{}", escaped(&relay.function)),
        format!("EMAIL:{}", escaped(email)),
        format!("NOTE:{}", escaped(&agreed)),
        "END:VCARD".to_owned(),
    ]
}

/// A text with what cards reserve escaped: RFC 6350, section 3.4.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(',', "\\,").replace(';', "\\;").replace('\n', "\\n")
}

/// A line cut into lines of bounded length, the next ones after a space.
fn folded(line: &str) -> String {
    let mut folded = String::with_capacity(line.len() + 8);
    let mut bytes = 0;
    for letter in line.chars() {
        if bytes + letter.len_utf8() > LINE_BYTES {
            folded.push_str("\r\n ");
            bytes = 1;
        }
        folded.push(letter);
        bytes += letter.len_utf8();
    }
    folded + "\r\n"
}
