//! What can go wrong with a data directory, in French, with what is safe and the remedy.

use std::path::PathBuf;

/// Most problems of a community told in one message.
const PROBLEMS_TOLD: usize = 5;

/// Why the store refuses.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The directory holds files that are not ours, and no database of ours.
    #[error(
        "le dossier « {} » contient déjà d’autres fichiers ({names}) et pas de catalogue ; rien n’y a été touché", .dir.display()
    )]
    ForeignDirectory {
        /// The directory.
        dir: PathBuf,
        /// Some of the files it holds.
        names: String,
    },
    /// The path is not a directory.
    #[error("« {} » n’est pas un dossier ; rien n’y a été touché", .0.display())]
    NotADirectory(PathBuf),
    /// There is no database there.
    #[error("il n’y a pas encore de catalogue dans « {} » ; rien n’y a été écrit", .0.display())]
    Missing(PathBuf),
    /// The file is not SQLite, or another program's SQLite.
    #[error("« {} » n’est pas un catalogue de Parcours ; rien n’y a été touché", .0.display())]
    ForeignFile(PathBuf),
    /// The database was written by a later version of the program.
    #[error("« {} » a été écrit par une version plus récente de Parcours (format {found}, connu : {known}) ; rien n’y a été touché", .path.display())]
    Newer {
        /// The database.
        path: PathBuf,
        /// Its format.
        found: u32,
        /// The latest format that this program knows.
        known: u32,
    },
    /// Another process is publishing.
    #[error("une autre commande publie en ce moment ; rien n’a été changé")]
    Busy,
    /// The disk, or the space allowed, is full.
    #[error("le disque est plein ; rien n’a été publié, et les versions déjà publiées sont intactes")]
    Full,
    /// The directory or the file cannot be written.
    #[error("le dossier de données ne peut pas être écrit ; rien n’a été changé")]
    ReadOnly,
    /// Publications are in a log that SQLite cannot read without writing beside it.
    #[error("des publications sont encore dans le journal « {} », qui ne peut pas être lu sans écrire dans le dossier de données ; rien n’a été lu, et rien n’est perdu", .0.display())]
    LogUnreadable(PathBuf),
    /// The database is damaged.
    #[error("le fichier du catalogue est abîmé ({0})")]
    Damaged(String),
    /// A row to publish could not be read back from where it was prepared.
    #[error("une fiche préparée n’a pas pu être relue ({0}) ; rien n’a été changé")]
    Unprepared(std::io::Error),
    /// A persona, or their number, goes beyond a limit.
    #[error("{0} ; rien n’a été changé")]
    PersonasLimit(String),
    /// A change would leave a community that makes no sense.
    #[error("{} ; rien n’a été changé", told(.0))]
    CommunityRefused(Vec<catalogue::Problem>),
    /// Nobody wrote the relay whose holder is named.
    #[error("aucun relais écrit n’a l’identifiant « {0} » ; rien n’a été changé")]
    NoRelay(String),
    /// A person's row is gone or changed, but the file still holds bytes that were deleted.
    #[error("le changement est fait, mais le fichier de la communauté n’a pas pu être réécrit : {0}")]
    NotWrittenAnew(Box<StoreError>),
    /// Someone published meanwhile.
    #[error(
        "le catalogue a changé entre-temps : la version {found} a été publiée après la version {expected} ; rien n’a été changé"
    )]
    Overtaken {
        /// The revision that the caller had seen.
        expected: i64,
        /// The latest one.
        found: i64,
    },
    /// A publication names a training twice.
    #[error("une même formation apparaît deux fois dans la publication ; rien n’a été changé")]
    Repeated,
    /// A training's row is longer than a limit.
    #[error("la fiche « {id} » compte {bytes} octets, {limit} au plus ; rien n’a été changé")]
    TooLong {
        /// Identifier of the training.
        id: String,
        /// Its length.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// There is no such revision.
    #[error("la version {0} n’existe pas")]
    NoRevision(i64),
    /// A stored row is not what was written.
    #[error("la fiche « {id} » est illisible ({reason})")]
    Unreadable {
        /// Identifier of the training.
        id: String,
        /// What the reader says.
        reason: String,
    },
    /// The destination of a backup exists.
    #[error("« {} » existe déjà ; rien n’a été écrit", .0.display())]
    Exists(PathBuf),
    /// A file cannot be read or written.
    #[error("« {} » : {}", .path.display(), catalogue::system::in_french(.source))]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Anything else that the database says.
    #[error("la base de données répond : {0}")]
    Database(sqlx::Error),
}

impl StoreError {
    /// What to do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::ForeignDirectory { .. } | Self::NotADirectory(_) => {
                "choisissez un dossier vide, ou qui n’existe pas encore, par --data-dir"
            }
            Self::Missing(_) => "vérifiez --data-dir, ou lancez « parcours serve » pour créer un catalogue",
            Self::ForeignFile(_) => "choisissez un autre dossier par --data-dir, ou restaurez une sauvegarde",
            Self::Newer { .. } => "installez la dernière version de Parcours",
            Self::Busy => "attendez la fin de l’autre commande, puis recommencez",
            Self::Full => "libérez de la place, puis recommencez",
            Self::ReadOnly => {
                "donnez le droit d’écrire dans ce dossier, ou choisissez-en un autre par --data-dir"
            }
            Self::LogUnreadable(_) => {
                "donnez le droit d’écrire dans ce dossier le temps d’une commande, ou copiez tous ses fichiers \
                 ailleurs et désignez la copie par --data-dir"
            }
            Self::Damaged(_) | Self::Unreadable { .. } => {
                "lancez « parcours check », puis repartez d’une sauvegarde dans un dossier vide"
            }
            Self::Overtaken { .. } => "relancez la commande : elle repartira de la dernière version",
            Self::Repeated => "gardez une seule ligne par identifiant",
            Self::TooLong { .. } => "raccourcissez ses textes",
            Self::NoRevision(_) => "« parcours revisions » donne la liste des versions",
            Self::Exists(_) => "choisissez un autre nom",
            Self::File { .. } => "vérifiez le chemin et les droits",
            Self::PersonasLimit(_) => {
                "raccourcissez ce persona, ou retirez-en par « parcours personas withdraw »"
            }
            Self::CommunityRefused(_) => "corrigez ces valeurs, puis recommencez",
            Self::NoRelay(_) => "écrivez d’abord ce relais, même s’il est fourni avec le programme",
            Self::NotWrittenAnew(_) => {
                "fermez les autres programmes qui lisent ce fichier, puis effacez la personne de nouveau"
            }
            Self::Unprepared(_) => "vérifiez la place et les droits du dossier temporaire, puis recommencez",
            Self::Database(_) => "lancez « parcours check »",
        }
    }
}

/// Problems of a community, one after the other.
fn told(problems: &[catalogue::Problem]) -> String {
    let told: Vec<String> = problems.iter().take(PROBLEMS_TOLD).map(ToString::to_string).collect();
    let more = problems.len().saturating_sub(PROBLEMS_TOLD);
    let rest = if more > 0 { format!(" ; et {more} de plus") } else { String::new() };
    told.join(" ; ") + &rest
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        if matches!(error, sqlx::Error::ColumnDecode { .. }) {
            return Self::Damaged(error.to_string());
        }
        let code = match &error {
            sqlx::Error::Database(inner) => inner.code().and_then(|code| code.parse::<u32>().ok()),
            _ => None,
        };
        // Primary result codes of SQLite (https://www.sqlite.org/rescode.html) are the low byte.
        match code.map(|code| (code & 0xff, code)) {
            Some((5 | 6, _)) => Self::Busy,
            Some((13, _)) => Self::Full,
            Some((8 | 14, _)) => Self::ReadOnly,
            Some((11 | 26, _)) => Self::Damaged(error.to_string()),
            Some((_, 1555 | 2067)) => Self::Repeated,
            _ => Self::Database(error),
        }
    }
}
