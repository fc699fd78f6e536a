//! The columns of the tables of certifications, by their names, which change from one year and one publisher to the
//! next. Absent: what cells mean.

use catalogue::certification::{CertificationCode, Directory};
use catalogue::slug;

use crate::table::{Cell, Shape, TableRow};

/// What a column says of a certification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Number,
    Title,
    Kind,
    Level,
    Active,
    Ends,
    Former,
    Next,
}

/// What a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Sort {
    /// One row a certification.
    #[default]
    Standard,
    /// Which certification takes the place of which.
    Succession,
}

/// Names of columns, folded; the first of a role that a table has is the one.
const NAMES: [(Role, &[&str]); 8] = [
    (
        Role::Number,
        &["numero-fiche", "code-rncp", "ficherncp", "fiche-rncp", "code-rs", "rncp", "code-fiche"],
    ),
    (Role::Title, &["intitule", "intitule-fiche", "intitule-certification", "intitule-de-la-certification"]),
    (Role::Kind, &["abrege-intitule", "abrege-libelle", "type-certification", "abrege"]),
    (Role::Level, &["nomenclature-europe-niveau", "niveau-europe", "niveau", "niveau-de-qualification"]),
    (Role::Active, &["actif", "active", "active-inactive", "est-active"]),
    (Role::Ends, &["date-fin-enregistrement", "date-de-fin-d-enregistrement", "date-echeance-rncp"]),
    (Role::Former, &["ancienne-certification", "anciennes-certifications", "ancienne-fiche"]),
    (Role::Next, &["nouvelle-certification", "nouvelles-certifications", "nouvelle-fiche"]),
];

/// Whether a name is one of ours: it helps to find the header.
pub(super) fn is_known(name: &str) -> bool {
    NAMES.iter().any(|(_, names)| names.contains(&slug(name).as_str()))
}

/// Where the columns of a table are.
#[derive(Debug, Default)]
pub(super) struct Columns {
    pub(super) sort: Sort,
    places: Vec<(Role, usize, String)>,
}

impl Columns {
    /// The columns of a table, when it is one of those that we read.
    pub(super) fn of(shape: &Shape) -> Option<Self> {
        let folded: Vec<String> = shape.columns.iter().map(|name| slug(name)).collect();
        let place = |names: &[&str]| names.iter().find_map(|name| folded.iter().position(|own| own == name));
        let places: Vec<_> = NAMES
            .iter()
            .filter_map(|(role, names)| place(names).map(|at| (*role, at, shape.columns[at].clone())))
            .collect();
        let has = |wanted: Role| places.iter().any(|(role, ..)| *role == wanted);
        let sort = if has(Role::Number) && has(Role::Title) && (has(Role::Active) || has(Role::Ends)) {
            Sort::Standard
        } else if (has(Role::Former) && has(Role::Next))
            || (has(Role::Number) && (has(Role::Former) || has(Role::Next)))
        {
            Sort::Succession
        } else {
            return None;
        };
        Some(Self { sort, places })
    }

    /// The cell of a row.
    pub(super) fn cell<'a>(&self, role: Role, row: &'a TableRow) -> &'a Cell {
        let place = self.places.iter().find(|(known, ..)| *known == role);
        place.and_then(|(_, at, _)| row.cells.get(*at)).unwrap_or(&Cell::Empty)
    }

    /// The name that the file gives to a column.
    pub(super) fn name(&self, role: Role) -> &str {
        self.places.iter().find(|(known, ..)| *known == role).map_or("", |(.., name)| name)
    }

    /// A code, bare figures being of the directory that the column names.
    pub(super) fn code(&self, words: &str) -> Option<CertificationCode> {
        CertificationCode::parse(words).or_else(|| {
            let name = slug(self.name(Role::Number));
            let directory = match name.as_str() {
                "code-rs" => Directory::Rs,
                name if name.contains("rncp") => Directory::Rncp,
                _ => return None,
            };
            let plain = words.bytes().all(|byte| byte.is_ascii_digit());
            CertificationCode::new(directory, words.parse().ok().filter(|_| plain)?)
        })
    }
}
