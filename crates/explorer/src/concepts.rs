//! Synonym groups as a tree of analysed words: which expressions a text holds.
//! Absent: the groups themselves, which come with the schema.

use rustc_hash::FxHashMap;

use crate::analysis;
use crate::schema::Synonyms;

/// The expressions of all groups, ready to be recognised in a line of words.
#[derive(Debug, Default)]
pub(crate) struct Concepts {
    words: FxHashMap<String, u32>,
    next: FxHashMap<(u32, u32), u32>,
    /// Groups whose expression ends at each node.
    ends: Vec<Vec<u32>>,
    terms: Vec<String>,
}

impl Concepts {
    /// Reads the groups; an expression made of stop words only is left out.
    pub fn new(synonyms: &Synonyms) -> Self {
        let mut concepts = Self { ends: vec![Vec::new()], ..Self::default() };
        for (group, expressions) in (0_u32..).zip(&synonyms.groups) {
            // The sign keeps these terms apart from all words.
            concepts.terms.push(format!("§{group}"));
            for expression in expressions {
                concepts.add(group, expression);
            }
        }
        concepts
    }

    fn add(&mut self, group: u32, expression: &str) {
        let mut node = 0;
        for segment in analysis::segments(expression) {
            let word = analysis::word(&expression[segment.range]);
            if word.stop || (segment.apostrophe && word.elision) {
                continue;
            }
            let fresh = u32::try_from(self.words.len() + 1).unwrap_or(0);
            let number = *self.words.entry(word.accentless().to_owned()).or_insert(fresh);
            let unused = u32::try_from(self.ends.len()).unwrap_or(0);
            let after = *self.next.entry((node, number)).or_insert(unused);
            if after == unused {
                self.ends.push(Vec::new());
            }
            node = after;
        }
        let ends = &mut self.ends[node as usize];
        if node != 0 && !ends.contains(&group) {
            ends.push(group);
        }
    }

    /// Number of a stem without accents among the words of expressions; 0 when in none.
    pub fn word(&self, stem: &str) -> u32 {
        self.words.get(stem).copied().unwrap_or(0)
    }

    /// The expressions at the beginning of `line`, shortest first: number of words, groups.
    pub fn beginning<'a>(&'a self, line: &'a [u32]) -> impl Iterator<Item = (usize, &'a [u32])> {
        let mut node = 0;
        let known = line.iter().map_while(move |&word| {
            node = *self.next.get(&(node, word)).filter(|_| word != 0)?;
            Some(self.ends[node as usize].as_slice())
        });
        known.enumerate().map(|(at, ends)| (at + 1, ends)).filter(|(_, ends)| !ends.is_empty())
    }

    /// The longest expression at the beginning of `line`: its number of words, its groups.
    pub fn longest<'a>(&'a self, line: &'a [u32]) -> Option<(usize, &'a [u32])> {
        self.beginning(line).last()
    }

    /// The term under which documents that hold an expression of the group are indexed.
    pub fn term(&self, group: u32) -> &str {
        &self.terms[group as usize]
    }
}
