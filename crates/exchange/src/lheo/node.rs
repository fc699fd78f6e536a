//! One offer in memory: its elements, their texts and lines. Absent: what they mean.

use std::borrow::Cow;

/// Which kind of LHEO a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Profile {
    /// 2.2, 2.3 or none said.
    Standard,
    /// That of Mon Compte Formation.
    Edof,
}

/// An element.
#[derive(Debug, Default)]
pub(super) struct Node {
    /// Name without its prefix.
    pub(super) name: Cow<'static, str>,
    /// Line where it begins.
    pub(super) line: u64,
    /// Attributes, without those of namespaces.
    pub(super) attributes: Vec<(String, String)>,
    /// Its own text.
    pub(super) text: String,
    /// What it holds.
    pub(super) children: Vec<Node>,
}

impl Node {
    /// Bytes that it takes, about.
    pub(super) fn weight(&self) -> usize {
        let attributes: usize =
            self.attributes.iter().map(|(name, value)| name.len() + value.len() + 48).sum();
        std::mem::size_of::<Self>() + self.name.len() + attributes
    }

    /// The first child of a name.
    pub(super) fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The children of a name.
    pub(super) fn children<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The element at the end of a way of first children.
    pub(super) fn at(&self, way: &[&str]) -> Option<&Node> {
        way.iter().try_fold(self, |node, name| node.child(name))
    }

    /// An attribute's value.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim())
    }

    /// The text of the first `extra` of a name (attribute `info`) in the `extras`, however deep.
    pub(super) fn extra(&self, info: &str) -> Option<&Node> {
        self.children("extras").find_map(|extras| {
            let known = |extra: &&Node| extra.attribute("info") == Some(info);
            extras.children("extra").find(known).or_else(|| extras.extra(info))
        })
    }

    /// The `extras` of a name.
    pub(super) fn extras(&self, info: &str) -> Option<&Node> {
        self.children("extras").find(|extras| extras.attribute("info") == Some(info))
    }
}
