//! Definition of the command line: commands, options, their French help. Absent: what commands do
//! (see `commands`), the French of wrong uses (see `usage`).

pub mod needs;

use std::net::IpAddr;
use std::path::PathBuf;

use clap::builder::{RangedU64ValueParser, Styles};
use clap::{ArgAction, Args, Parser, Subcommand, ValueHint};
use clap_complete::Shell;

use crate::selecting::{Filters, Words};
use crate::settings::{DATA_DIR, HOST, LOG, PORT, PUBLISHER, THEME_DIR};

const TEMPLATE: &str = "{about-with-newline}\nUtilisation : {usage}\n\n{all-args}{after-help}";

/// Explore et tient à jour la carte des formations à la donnée des cadres publics
#[derive(Debug, Parser)]
#[command(
    name = "parcours",
    bin_name = "parcours",
    version,
    styles = Styles::plain(),
    help_template = TEMPLATE,
    subcommand_help_heading = "Commandes",
    subcommand_value_name = "COMMANDE",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    max_term_width = 100,
    after_help = "« parcours COMMANDE --help » décrit une commande.\n\
                  Codes de sortie : 0 réussi, 1 échoué, 2 mal employé."
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    #[arg(
        long = DATA_DIR.option, env = DATA_DIR.variable, help = DATA_DIR.help(), value_name = "DOSSIER",
        global = true, hide_env = true, value_hint = ValueHint::DirPath
    )]
    pub data_dir: Option<PathBuf>,
    #[arg(
        long = LOG.option, env = LOG.variable, help = LOG.help(), value_name = "NIVEAU", global = true,
        hide_env = true
    )]
    pub log: Option<String>,
    /// Montre cette aide
    #[arg(short = 'h', long, action = ArgAction::Help, global = true)]
    help: Option<bool>,
    /// Montre le numéro de version du programme
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
}

/// Commands, in the order of the help.
#[derive(Debug, Subcommand)]
pub enum Command {
    #[command(about = "Sert l’explorateur sur une adresse, jusqu’à Ctrl+C", help_template = TEMPLATE)]
    Serve(Serve),
    #[command(about = "Cherche des formations", help_template = TEMPLATE)]
    Search(Search),
    #[command(about = "Écrit le catalogue, ou une sélection, dans un fichier", help_template = TEMPLATE)]
    Export(Export),
    #[command(
        about = "Ajoute ou remplace des formations depuis un fichier",
        help_template = TEMPLATE,
        after_help = "Les bonnes lignes entrent même si d’autres sont refusées ; chaque refus est expliqué. Sans \
                      terminal et sans --yes, rien n’est publié et le code de sortie est 2."
    )]
    Import(Import),
    #[command(
        about = "Liste, compare ou restaure les versions publiées",
        help_template = TEMPLATE,
        subcommand_help_heading = "Commandes",
        subcommand_value_name = "COMMANDE",
        disable_help_subcommand = true
    )]
    Revisions(Revisions),
    #[command(
        about = "Décrit ou charge le répertoire national des certifications (RNCP, RS)",
        help_template = TEMPLATE,
        subcommand_help_heading = "Commandes",
        subcommand_value_name = "COMMANDE",
        disable_help_subcommand = true
    )]
    References(References),
    #[command(
        about = "Dit ce que l’offre laisse des besoins d’un persona, et pourquoi",
        help_template = TEMPLATE
    )]
    Gaps(needs::Gaps),
    #[command(about = "Résout une instance de planification, avec sa preuve", help_template = TEMPLATE)]
    Plan(Box<needs::Plan>),
    #[command(
        about = "Propose les quelques formations à construire qui feraient le plus avancer les personas",
        help_template = TEMPLATE
    )]
    Recommend(needs::Recommend),
    #[command(
        about = "Simule une façon de distribuer les parcours, mois par mois, avec son incertitude",
        help_template = TEMPLATE
    )]
    Simulate(needs::Simulate),
    #[command(
        about = "Écrit le rapport stratégique, en PDF, en texte ou en classeur",
        help_template = TEMPLATE,
        after_help = "La même version du catalogue, la même demande et la même date redonnent le même fichier."
    )]
    Report(needs::Report),
    #[command(
        about = "Liste, vérifie, importe ou retire des personas",
        help_template = TEMPLATE,
        subcommand_help_heading = "Commandes",
        subcommand_value_name = "COMMANDE",
        disable_help_subcommand = true
    )]
    Personas(needs::Personas),
    #[command(
        about = "Montre, remplace ou écrit la communauté : relais, cohortes, rendez-vous ; rend ou efface une personne",
        help_template = TEMPLATE,
        subcommand_help_heading = "Commandes",
        subcommand_value_name = "COMMANDE",
        disable_help_subcommand = true
    )]
    Community(needs::Community),
    #[command(about = "Copie le catalogue dans un fichier, même pendant le service", help_template = TEMPLATE)]
    Backup(Backup),
    #[command(about = "Vérifie le dossier de données et dit quoi faire", help_template = TEMPLATE)]
    Check(Check),
    #[command(about = "Fabrique un grand catalogue d’essai", help_template = TEMPLATE)]
    Generate(Generate),
    #[command(about = "Écrit le complètement des commandes pour un interpréteur", help_template = TEMPLATE)]
    Completions(Completions),
    #[command(about = "Écrit les pages de manuel", help_template = TEMPLATE)]
    Man(Man),
    #[command(hide = true, about = "Écrit la référence des commandes en Markdown", help_template = TEMPLATE)]
    Reference,
}

/// `serve`
#[derive(Debug, Args)]
pub struct Serve {
    #[arg(
        long = PORT.option, env = PORT.variable, help = PORT.help(), value_name = "PORT",
        default_value = PORT.default, hide_default_value = true, hide_env = true
    )]
    pub port: u16,
    #[arg(
        long = HOST.option, env = HOST.variable, help = HOST.help(), value_name = "ADRESSE",
        default_value = HOST.default, hide_default_value = true, hide_env = true
    )]
    pub host: IpAddr,
    #[arg(
        long = THEME_DIR.option, env = THEME_DIR.variable, help = THEME_DIR.help(), value_name = "DOSSIER",
        hide_env = true, value_hint = ValueHint::DirPath
    )]
    pub theme_dir: Option<PathBuf>,
    #[arg(
        long = PUBLISHER.option, env = PUBLISHER.variable, help = PUBLISHER.help(), value_name = "NOM",
        hide_env = true
    )]
    pub publisher: Option<String>,
}

/// `search`
#[derive(Debug, Args)]
pub struct Search {
    #[command(flatten)]
    pub words: Words,
    #[command(flatten)]
    pub filters: Filters,
    /// Page de 20 formations, à partir de 1
    #[arg(long, value_name = "N")]
    pub page: Option<usize>,
    /// Montre les N premières formations au lieu d’une page, 10 000 au plus
    #[arg(
        long, value_name = "N", conflicts_with = "page",
        value_parser = RangedU64ValueParser::<usize>::new().range(1..=10_000)
    )]
    pub limit: Option<usize>,
    /// Ajoute le compte de chaque valeur des filtres
    #[arg(long)]
    pub facets: bool,
    /// Dit, mot par mot, ce qui place chaque formation
    #[arg(long, conflicts_with = "json")]
    pub explain: bool,
    /// Écrit la réponse en JSON
    #[arg(long)]
    pub json: bool,
}

/// `export`
#[derive(Debug, Args)]
pub struct Export {
    /// Fichier à écrire ; son nom dit le format : .csv, .xlsx, .ods, .jsonl, .jsonld pour
    /// schema.org, .toml, .zip pour un paquet de données ouvertes, ou .xml pour LHEO 2.3
    #[arg(long, value_name = "FICHIER", value_hint = ValueHint::FilePath)]
    pub out: PathBuf,
    /// Ce que LHEO demande des organismes et que le catalogue ne dit pas (CSV) ; sans lui, pas de .xml
    #[arg(long, value_name = "FICHIER", value_hint = ValueHint::FilePath)]
    pub providers: Option<PathBuf>,
    /// Remplace le fichier s’il existe
    #[arg(long)]
    pub force: bool,
    /// Mots cherchés
    #[arg(long = "q", value_name = "MOTS")]
    pub text: Option<String>,
    #[command(flatten)]
    pub filters: Filters,
}

/// `import`
#[derive(Debug, Args)]
#[command(
    after_help = "Des lignes refusées n’empêchent pas les bonnes d’entrer : le code de sortie est alors 0 ; il est \
                        1 quand toutes sont refusées ou que le fichier n’a pas pu être lu jusqu’au bout."
)]
pub struct Import {
    /// Fichier à lire : .csv, .tsv, .xlsx, .xls, .ods, .json, .jsonl, .jsonld, .toml, .xml au format LHEO, ou .zip exporté par Parcours
    #[arg(value_name = "FICHIER", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Correspondance entre les colonnes du fichier et les champs de Parcours (TOML)
    #[arg(long, value_name = "FICHIER", value_hint = ValueHint::FilePath)]
    pub mapping: Option<PathBuf>,
    /// Écrit une correspondance à compléter, et n’importe rien
    #[arg(long, value_name = "FICHIER", value_hint = ValueHint::FilePath, conflicts_with_all = ["dry_run", "yes", "replace"])]
    pub propose: Option<PathBuf>,
    /// Feuille d’un classeur
    #[arg(long, value_name = "NOM")]
    pub sheet: Option<String>,
    /// Décisions déjà prises sur des formations qui se ressemblent (TOML)
    #[arg(long, value_name = "FICHIER", value_hint = ValueHint::FilePath)]
    pub decisions: Option<PathBuf>,
    /// Prend comme choix d’éditeur les valeurs proposées pour ce que le fichier ne dit pas
    #[arg(long)]
    pub accept_proposals: bool,
    /// Écrit les lignes refusées dans un fichier CSV, avec leur erreur
    #[arg(long, value_name = "FICHIER", value_hint = ValueHint::FilePath)]
    pub refused: Option<PathBuf>,
    /// Montre ce qui changerait, sans rien publier
    #[arg(long)]
    pub dry_run: bool,
    /// Le fichier est tout le catalogue : les formations absentes sont retirées
    #[arg(long)]
    pub replace: bool,
    /// Publie sans demander
    #[arg(long)]
    pub yes: bool,
    #[command(flatten)]
    pub signature: Signature,
    /// Écrit le compte rendu en JSON
    #[arg(long)]
    pub json: bool,
}

/// Who publishes, and why.
#[derive(Debug, Args)]
pub struct Signature {
    /// Auteur de la version [défaut : nom du compte, sinon « inconnu »]
    #[arg(long, value_name = "NOM")]
    pub author: Option<String>,
    /// Message de la version
    #[arg(long, value_name = "TEXTE")]
    pub message: Option<String>,
}

/// `revisions`
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Revisions {
    #[command(subcommand)]
    pub command: Option<RevisionsCommand>,
    /// Versions montrées, la plus récente d’abord
    #[arg(long, value_name = "N", default_value_t = 50, hide_default_value = true,
        value_parser = clap::value_parser!(u32).range(1..))]
    pub limit: u32,
    /// Écrit la liste en JSON
    #[arg(long)]
    pub json: bool,
}

/// `revisions …`
#[derive(Debug, Subcommand)]
pub enum RevisionsCommand {
    #[command(about = "Montre ce qui change d’une version à une autre", help_template = TEMPLATE)]
    Diff(Diff),
    #[command(about = "Republie l’état d’une ancienne version comme une nouvelle", help_template = TEMPLATE)]
    Restore(Restore),
}

/// `revisions diff`
#[derive(Debug, Args)]
pub struct Diff {
    /// Version de départ ; 0 est le catalogue vide
    #[arg(value_name = "A")]
    pub from: u32,
    /// Version d’arrivée
    #[arg(value_name = "B")]
    pub to: u32,
    /// Écrit la différence en JSON
    #[arg(long)]
    pub json: bool,
}

/// `revisions restore`
#[derive(Debug, Args)]
pub struct Restore {
    /// Version à republier
    #[arg(value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub revision: u32,
    #[command(flatten)]
    pub signature: Signature,
    /// Écrit la version publiée en JSON
    #[arg(long)]
    pub json: bool,
}

/// `references`
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct References {
    #[command(subcommand)]
    pub command: Option<ReferencesCommand>,
    /// Écrit la réponse en JSON
    #[arg(long)]
    pub json: bool,
}

/// `references …`
#[derive(Debug, Subcommand)]
pub enum ReferencesCommand {
    #[command(
        about = "Charge le répertoire que France compétences publie chaque nuit, à la place du précédent",
        help_template = TEMPLATE
    )]
    Load(LoadReferences),
}

/// `references load`
#[derive(Debug, Args)]
pub struct LoadReferences {
    /// Archive zip de data.gouv.fr, ou ses fichiers CSV « Standard » et « Ancienne_Nouvelle_Certification »
    #[arg(value_name = "FICHIER", required = true, value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
    /// Date du répertoire (AAAA-MM-JJ), quand le nom des fichiers ne la dit pas
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    /// Montre ce qui est lu, sans rien charger
    #[arg(long)]
    pub dry_run: bool,
    /// Écrit le compte rendu en JSON
    #[arg(long)]
    pub json: bool,
}

/// `backup`
#[derive(Debug, Args)]
pub struct Backup {
    /// Fichier à écrire ; il ne doit pas exister
    #[arg(long, value_name = "FICHIER", value_hint = ValueHint::FilePath)]
    pub out: PathBuf,
    /// Écrit le compte rendu en JSON
    #[arg(long)]
    pub json: bool,
}

/// `check`
#[derive(Debug, Args)]
pub struct Check {
    /// Écrit les constats en JSON
    #[arg(long)]
    pub json: bool,
}

/// `generate`
#[derive(Debug, Args)]
pub struct Generate {
    /// Nombre de formations, 10 000 000 au plus
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=actions::GENERATED_MAX))]
    pub count: u64,
    /// Graine : la même donne les mêmes formations [défaut : 1]
    #[arg(long, value_name = "S", default_value_t = 1, hide_default_value = true)]
    pub seed: u64,
    /// Fichier à écrire : .jsonl, .csv, .xlsx, .ods, .toml ou .zip
    #[arg(long, value_name = "FICHIER", value_hint = ValueHint::FilePath, required_unless_present = "into")]
    pub out: Option<PathBuf>,
    /// Remplace le fichier s’il existe
    #[arg(long, requires = "out")]
    pub force: bool,
    /// Publie dans ce dossier de données au lieu d’écrire un fichier
    #[arg(long, value_name = "DOSSIER", value_hint = ValueHint::DirPath, conflicts_with = "out")]
    pub into: Option<PathBuf>,
}

/// `completions`
#[derive(Debug, Args)]
pub struct Completions {
    /// bash, elvish, fish, powershell ou zsh
    #[arg(value_name = "INTERPRÉTEUR", hide_possible_values = true)]
    pub shell: Shell,
}

/// `man`
#[derive(Debug, Args)]
pub struct Man {
    /// Dossier où écrire une page par commande, au lieu de la page principale sur la sortie
    #[arg(long, value_name = "DOSSIER", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
}
