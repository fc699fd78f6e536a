//! Rows that are no trainings: totals, titles of sections, remarks under a table.
//! Absent: headers met again (see `table::header`), trainings that are no longer on offer (see `past`).

use catalogue::slug;

use super::footers;
use crate::issue::Fault;

/// Longest line that only says a source, in words.
const SOURCE_WORDS: usize = 3;
/// Longest title of a total, in words.
const TOTAL_WORDS: usize = 8;

/// What a row is judged on.
pub(super) struct Judged {
    pub(super) title: String,
    /// What its cell says of the organisation.
    pub(super) organisation: String,
    /// Whether the first rows of the table show that it is the title of a part.
    pub(super) is_part: bool,
    /// Its organisation, and that of the row above.
    pub(super) providers: [String; 2],
    /// Whether something says what the training is, or where it is told.
    pub(super) is_described: bool,
    /// A column that says how things stand, and its cell that says that the training is no longer on offer.
    pub(super) past: Option<(String, String)>,
    /// Whether it has an organisation, a length and a price.
    pub(super) is_whole: bool,
    /// Cells that hold something.
    pub(super) filled: usize,
    /// Columns of the table.
    pub(super) columns: usize,
    /// Whether a title above has small letters.
    pub(super) has_small_titles: bool,
    /// What the row above says of its theme, folded.
    pub(super) theme: String,
    /// Whether its price, or its duration, is the sum of those above, and their mean.
    pub(super) adds_up: (bool, bool),
    /// Whether its organisation is in a cell, and is that of the row above.
    pub(super) repeats_provider: bool,
}

/// Words before « total » and « moyen ».
const AMOUNTS: [&str; 10] =
    ["cout", "couts", "budget", "montant", "prix", "tarif", "duree", "nombre", "volume", "depense"];
/// Words that tie what is counted to « Total ».
const LINKS: [&str; 12] = ["de", "du", "des", "d", "la", "le", "les", "l", "par", "pour", "en", "general"];

impl Judged {
    /// Why the row is left aside, when it is no training.
    pub(super) fn fault(&self) -> Option<Fault> {
        if let Some((column, state)) = &self.past {
            let remedy = "retirez-la de la table, ou corrigez cette cellule si elle a toujours cours";
            let fault = Fault::new("la ligne dit que la formation n’a plus cours, ou pas encore", remedy);
            return Some(fault.column(column).value(state.clone()));
        }
        let (message, remedy) = if self.is_template() {
            (
                "la ligne est un exemple ou un modèle à remplir, pas une formation",
                "retirez-la de la table, ou écrivez-y le vrai intitulé",
            )
        } else if self.is_total() {
            (
                "la ligne est un total, pas une formation",
                "retirez-la de la table, ou donnez-lui un lien ou une présentation si c’est une formation",
            )
        } else if self.is_section() {
            (
                "la ligne est un titre de partie ou une remarque, pas une formation",
                "retirez-la de la table, ou remplissez ses autres cellules si c’est une formation",
            )
        } else {
            return None;
        };
        let fault = Fault::new(message, remedy);
        Some(match self.title.is_empty() {
            true => fault.column("provider").value(self.organisation.clone()),
            false => fault.column("title").value(self.title.clone()),
        })
    }

    /// Whether the row shows how to fill the table: « Exemple : Excel », « (saisir l’intitulé) », « Texte | Liste | Nombre ».
    fn is_template(&self) -> bool {
        const ASKED: [&str; 11] = [
            "saisir",
            "saisissez",
            "completer",
            "completez",
            "renseigner",
            "renseignez",
            "indiquer",
            "indiquez",
            "remplir",
            "intitule",
            "titre",
        ];
        const SORTS: [&str; 7] =
            ["texte", "texte-libre", "liste", "liste-deroulante", "obligatoire", "facultatif", "optionnel"];
        let title = self.title.trim();
        let folded = slug(title);
        let is_sort = |text: &str| SORTS.contains(&slug(text).as_str());
        let begins = |word: &str| {
            title.to_lowercase().strip_prefix(word).is_some_and(|rest| rest.trim_start().starts_with(':'))
        };
        let is_between = |(open, close): &(char, char)| title.starts_with(*open) && title.ends_with(*close);
        let is_asked = folded.split('-').any(|word| ASKED.contains(&word));
        matches!(folded.as_str(), "exemple" | "exemples" | "a-completer" | "a-renseigner" | "a-saisir")
            || ["exemple", "ex.", "ex"].into_iter().any(begins)
            || (is_asked && [('(', ')'), ('[', ']'), ('<', '>')].iter().any(is_between))
            || (folded.len() > 2 && folded.bytes().all(|letter| letter == b'x'))
            || (is_sort(title) && is_sort(&self.providers[0]))
    }

    /// Whether the title counts other rows: « Total », « Sous-total CNFPT », and not « Total Quality Management ».
    fn is_total(&self) -> bool {
        if !self.is_described && (footers::is_count(&self.title) || self.is_total_of_organisation()) {
            return true;
        }
        let folded = slug(&self.title);
        let words: Vec<&str> = folded.split('-').collect();
        if words.len() > TOTAL_WORDS {
            return false;
        }
        let (is_sum, is_mean) = self.adds_up;
        match words.as_slice() {
            // « Sous-total et tableaux croisés » is a training when all its cells are filled, or by its words.
            ["sous" | "ss" | "s" | "grand", "total" | "totaux", rest @ ..] => {
                let is_course = rest.first() == Some(&"et") || self.filled == self.columns;
                is_alone(rest) || (!self.is_described && (!is_course || is_sum || self.is_counted(rest)))
            }
            ["total" | "totaux", rest @ ..] => {
                is_alone(rest) || (!self.is_described && (is_sum || self.is_counted(rest)))
            }
            _ if self.is_described => false,
            ["dont", ..] => !self.is_whole,
            ["toutes", "formations"] | ["toutes", "les", "formations"] => true,
            ["ensemble"] => true,
            _ if footers::is_owed(&self.title) => true,
            _ if !self.is_whole && footers::is_expense(&self.title) => true,
            _ if self.organisation.is_empty() && footers::is_sum(&self.title) => true,
            ["ensemble", "de" | "d" | "des" | "du", ..] => is_sum,
            ["cumul", rest @ ..] => is_sum || self.is_all(rest),
            ["moyenne", rest @ ..] => (is_mean && !self.is_whole) || self.is_all(rest),
            [amount, "total" | "totale" | "totaux", rest @ ..] if AMOUNTS.contains(amount) => {
                is_sum || self.is_all(rest)
            }
            [amount, "moyen" | "moyenne", rest @ ..] if AMOUNTS.contains(amount) => {
                is_mean || self.is_all(rest)
            }
            _ => false,
        }
    }

    /// Whether the cell of the organisation is the label of a total: « Total IGPDE », and not « Total Énergies Formation ».
    fn is_total_of_organisation(&self) -> bool {
        let folded = slug(&self.organisation);
        match folded.split('-').collect::<Vec<_>>().as_slice() {
            ["sous" | "ss" | "s" | "grand", "total" | "totaux", ..] | ["total" | "totaux", "general"] => true,
            // « Total » may be that firm.
            ["total" | "totaux"] => self.title.is_empty() || self.adds_up.0,
            ["total" | "totaux", rest @ ..] => self.adds_up.0 || self.is_provider(rest),
            _ => false,
        }
    }

    /// Whether words say all rows, those of an organisation or those of a theme.
    fn is_all(&self, rest: &[&str]) -> bool {
        self.is_of_all(rest) || self.is_provider(rest) || self.is_theme(rest)
    }

    /// Whether words after « Total » say what is counted: an organisation, a domain, amounts.
    fn is_counted(&self, rest: &[&str]) -> bool {
        let is_acronym = || {
            let last = self.title.split_whitespace().last().unwrap_or_default();
            let has_small = self.title.chars().any(char::is_lowercase);
            rest.len() == 1 && has_small && last.chars().count() > 1 && last.chars().all(char::is_uppercase)
        };
        self.is_all(rest) || is_acronym()
    }

    fn is_of_all(&self, rest: &[&str]) -> bool {
        const COUNTED: [&str; 17] = [
            "formations",
            "formation",
            "heures",
            "jours",
            "euros",
            "ht",
            "ttc",
            "agent",
            "agents",
            "stagiaires",
            "generale",
            "prix",
            "cout",
            "couts",
            "tarif",
            "tarifs",
            "durees",
        ];
        const GROUPS: [&str; 7] = ["domaine", "axe", "thematique", "theme", "organisme", "annee", "page"];
        let words: Vec<&&str> = rest.iter().filter(|word| !LINKS.contains(word)).collect();
        let is_group = words.first().is_some_and(|first| GROUPS.contains(first));
        let is_count =
            |word: &&&str| COUNTED.contains(word) || word.bytes().all(|byte| byte.is_ascii_digit());
        is_group || words.iter().all(is_count)
    }

    fn is_provider(&self, rest: &[&str]) -> bool {
        let rest = rest.join("-");
        self.providers.iter().any(|provider| !provider.is_empty() && slug(provider) == rest)
    }

    /// Whether words are the theme of the row above.
    fn is_theme(&self, rest: &[&str]) -> bool {
        let words: Vec<&str> = rest.iter().skip_while(|word| LINKS.contains(*word)).copied().collect();
        !self.theme.is_empty() && self.theme == words.join("-")
    }

    /// Whether a row that holds nothing but its title, or the organisation above too, names a section, or says something of the table.
    fn is_section(&self) -> bool {
        const GROUPS: [&str; 11] = [
            "domaine",
            "axe",
            "thematique",
            "theme",
            "chapitre",
            "partie",
            "section",
            "volet",
            "famille",
            "categorie",
            "rubrique",
        ];
        // « Nouveautés 2026 », then « 4 stages ».
        if self.filled < 3 && self.columns > 2 && !self.is_described && footers::is_count(&self.organisation)
        {
            return true;
        }
        let own = self.filled.saturating_sub(usize::from(self.repeats_provider));
        if self.filled < 2 && self.columns > 1 && footers::is_remark(&self.title) {
            return true;
        }
        // « Source : SIRH », with the service that says it.
        let folded = slug(&self.title);
        let is_credit = folded.starts_with("source")
            && self.title.contains(':')
            && folded.split('-').count() <= SOURCE_WORDS;
        if is_credit && self.filled < 3 && !self.is_described {
            return true;
        }
        if own > 1 || self.columns < 3 || self.is_described {
            return false;
        }
        let folded = slug(&self.title);
        let mut words = folded.split('-');
        let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        // « Famille d’accueil » is no rank.
        let is_tied = matches!(second, "d" | "l");
        let is_rank = second.bytes().all(|byte| byte.is_ascii_digit())
            || second.chars().all(|letter| matches!(letter, 'i' | 'v' | 'x'))
            || second.len() == 1;
        let has_colon = self.title.contains(':');
        let is_part = self.is_part || (self.has_small_titles && footers::is_part(&self.title));
        (GROUPS.contains(&first) && !is_tied && (is_rank || has_colon)) || (self.filled < 2 && is_part)
    }
}

fn is_alone(rest: &[&str]) -> bool {
    rest.is_empty() || matches!(rest, ["general"])
}
