//! An option of a select in a form. Absent: facets, which are check boxes (see `facets`).

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
