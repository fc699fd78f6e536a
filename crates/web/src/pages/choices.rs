//! An option of a select in a form; a select whose first option asks for nothing. Absent: facets, which are check boxes (see
//! `facets`).

/// An option.
pub(crate) struct Choice {
    /// Value in addresses.
    pub value: &'static str,
    /// Label on screens.
    pub label: &'static str,
    /// Whether it is the one in force.
    pub selected: bool,
}

impl Choice {
    /// An option.
    pub(crate) fn new(value: &'static str, label: &'static str, selected: bool) -> Self {
        Self { value, label, selected }
    }
}

/// A select of which the first option asks for nothing.
pub(crate) struct Select {
    /// Name in addresses.
    pub name: &'static str,
    /// Label on screens.
    pub label: &'static str,
    /// Text of the first option.
    pub any: &'static str,
    /// Value, label, whether it is in force.
    pub options: Vec<(String, String, bool)>,
}
