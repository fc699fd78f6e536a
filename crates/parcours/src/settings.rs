//! Settings that may be given by option or by variable of the environment: one table gives each its
//! names, its default and its help. Absent: options of a single command (see `cli`).

/// A setting.
pub struct Setting {
    /// Name of the option, without dashes.
    pub option: &'static str,
    /// Name of the variable; empty when there is none.
    pub variable: &'static str,
    /// Default, as said in the help.
    pub default: &'static str,
    /// What it is for.
    pub about: &'static str,
}

/// Where the catalogue is kept.
pub const DATA_DIR: Setting = Setting {
    option: "data-dir",
    variable: "PARCOURS_DATA_DIR",
    default: "$XDG_DATA_HOME/parcours, sinon ~/.local/share/parcours",
    about: "Dossier de données",
};

/// What is logged on stderr.
pub const LOG: Setting = Setting {
    option: "log",
    variable: "PARCOURS_LOG",
    default: "warn",
    about: "Détail du journal sur la sortie d’erreur : error, warn, info, debug",
};

/// Where `serve` listens.
pub const HOST: Setting = Setting {
    option: "host",
    variable: "PARCOURS_HOST",
    default: "127.0.0.1",
    about: "Adresse d’écoute ; 0.0.0.0 pour toutes",
};

/// Port on which `serve` listens.
pub const PORT: Setting = Setting {
    option: "port",
    variable: "PARCOURS_PORT",
    default: "8080",
    about: "Port d’écoute ; 0 pour un port libre",
};

/// Where `serve` finds the State's design system.
pub const THEME_DIR: Setting = Setting {
    option: "theme-dir",
    variable: "PARCOURS_THEME_DIR",
    default: "feuille de style neutre",
    about: "Dossier « dist » du système de design officiel",
};

/// Who publishes the catalogue that `serve` shows.
pub const PUBLISHER: Setting = Setting {
    option: "publisher",
    variable: "PARCOURS_PUBLISHER",
    default: "aucun n’est nommé",
    about: "Organisme qui publie le catalogue, pour les portails de données",
};

/// All settings, in the order of the reference.
pub const SETTINGS: [Setting; 6] = [DATA_DIR, LOG, HOST, PORT, THEME_DIR, PUBLISHER];

impl Setting {
    /// The line of the help.
    pub fn help(&self) -> String {
        format!("{} [défaut : {} ; variable : {}]", self.about, self.default, self.variable)
    }
}
