//! Elements as text, escaped. Absent: their order (see `write`).

/// What begins a file.
pub(super) const HEAD: &str =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<lheo xmlns=\"http://lheo.gouv.fr/2.3\">\n<offres>\n";
/// What ends it.
pub(super) const FOOT: &str = "</offres>\n</lheo>\n";

/// A text of XML being written.
#[derive(Default)]
pub(super) struct Xml {
    /// What is written.
    pub(super) text: String,
}

impl Xml {
    pub(super) fn open(&mut self, name: &str) {
        self.open_with(name, &[]);
    }

    pub(super) fn open_with(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.start(name, attributes);
        self.text.push_str(">\n");
    }

    pub(super) fn close(&mut self, name: &str) {
        self.text.push_str(&format!("</{name}>\n"));
    }

    pub(super) fn empty(&mut self, name: &str) {
        self.text.push_str(&format!("<{name}/>\n"));
    }

    pub(super) fn leaf(&mut self, name: &str, words: &str) {
        self.leaf_with(name, &[], words);
    }

    pub(super) fn leaf_with(&mut self, name: &str, attributes: &[(&str, &str)], words: &str) {
        self.start(name, attributes);
        self.text.push('>');
        self.escape(words.trim());
        self.close(name);
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.text.push('<');
        self.text.push_str(name);
        for (key, value) in attributes {
            self.text.push_str(&format!(" {key}=\""));
            self.escape(value);
            self.text.push('"');
        }
    }

    /// Words with what XML reserves written as references, without what it forbids.
    fn escape(&mut self, words: &str) {
        for character in words.chars() {
            match character {
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                '"' => self.text.push_str("&quot;"),
                '\r' => self.text.push_str("&#13;"),
                '\n' | '\t' => self.text.push(character),
                '\u{fffe}' | '\u{ffff}' | '\0'..='\u{1f}' => {}
                other => self.text.push(other),
            }
        }
    }
}
