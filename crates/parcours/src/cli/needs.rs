//! Definition of the commands about personas and gaps. Absent: what they do (see `commands`).

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};

use super::TEMPLATE;

/// `gaps`
#[derive(Debug, Args)]
pub struct Gaps {
    /// Persona, par son identifiant ; sans lui, tous sont résumés
    #[arg(long, value_name = "PERSONA")]
    pub persona: Option<String>,
    #[command(flatten)]
    pub case: Case,
    /// Ne montre que les niveaux de cet état : absent, hors-de-portee, fragile, couvert
    #[arg(long, value_name = "ÉTAT", requires = "persona")]
    pub state: Vec<String>,
    /// Écrit la réponse en JSON
    #[arg(long)]
    pub json: bool,
}

/// What somebody says of herself and of the rules.
#[derive(Debug, Args)]
pub struct Case {
    /// Niveau déjà maîtrisé, par exemple culture-donnees=2 ; peut être répété
    #[arg(long, value_name = "COMPÉTENCE=NIVEAU")]
    pub known: Vec<String>,
    /// Heures disponibles par an, au lieu de celles du persona
    #[arg(long, value_name = "HEURES", allow_negative_numbers = true)]
    pub hours: Option<String>,
    /// Euros disponibles par an, au lieu de ceux du persona
    #[arg(long, value_name = "EUROS", allow_negative_numbers = true)]
    pub euros: Option<String>,
    /// Nombre d’organismes à partir duquel un niveau est couvert [défaut : 2]
    #[arg(long, value_name = "NOMBRE", allow_negative_numbers = true)]
    pub providers_min: Option<String>,
    /// N’accepte que les faits établis : un public, une durée, un prix, un format, un lieu ou une langue qui comptent et que personne n’indique écartent la formation
    #[arg(long)]
    pub confirmed_only: bool,
    /// Prend les durées estimées à leur médiane, et non à leur 80e centile
    #[arg(long)]
    pub central_durations: bool,
    /// Contrainte laissée de côté : public, temps, prix, format, lieu, langue, prerequis ; peut être répétée
    #[arg(long, value_name = "CONTRAINTE")]
    pub lift: Vec<String>,
}

/// `plan`
#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("question").args(["persona", "need", "instance", "check"]).required(true).multiple(true)))]
pub struct Plan {
    /// Persona, par son identifiant
    #[arg(long, value_name = "PERSONA", conflicts_with = "instance")]
    pub persona: Option<String>,
    /// Niveau voulu, comme culture-donnees=2, au lieu de celui du persona ; 0 : pas besoin ; peut être répété
    #[arg(long, value_name = "COMPÉTENCE=NIVEAU", conflicts_with = "instance")]
    pub need: Vec<String>,
    /// Public visé, au lieu de celui du persona
    #[arg(long, value_name = "PUBLIC")]
    pub audience: Option<String>,
    #[command(flatten)]
    pub case: Case,
    /// Durée du parcours en mois [défaut : 12] ; heures et euros sont ceux d’un an, en proportion
    #[arg(long, value_name = "MOIS", allow_negative_numbers = true)]
    pub months: Option<String>,
    /// Heures par mois, au plus
    #[arg(long, value_name = "HEURES", allow_negative_numbers = true)]
    pub month_hours: Option<String>,
    /// Nombre de formations, au plus
    #[arg(long, value_name = "NOMBRE", allow_negative_numbers = true)]
    pub steps: Option<String>,
    /// Formation imposée, par son identifiant ; peut être répété
    #[arg(long, value_name = "FORMATION")]
    pub pin: Vec<String>,
    /// Formation exclue, par son identifiant ; peut être répété
    #[arg(long, value_name = "FORMATION")]
    pub ban: Vec<String>,
    /// Mois du parcours entre lesquels une formation est prise, comme formation-a=3-6 ; peut être répété
    #[arg(long, value_name = "FORMATION=MOIS-MOIS")]
    pub window: Vec<String>,
    /// À couverture égale, le moins cher au lieu du plus court
    #[arg(long)]
    pub cheapest: bool,
    /// Admet les formations de prix inconnu malgré un budget
    #[arg(long)]
    pub unknown_prices: bool,
    /// Premier mois du calendrier, comme 2027-01
    #[arg(long, value_name = "MOIS", allow_negative_numbers = true)]
    pub start: Option<String>,
    /// Autres parcours montrés, de 0 à 3 [défaut : 2]
    #[arg(long, value_name = "NOMBRE", value_parser = clap::value_parser!(u8).range(0..=3))]
    pub alternatives: Option<u8>,
    /// Instance au lieu d’un persona : sélection de modules (JSON), ou cours à répartir en périodes (.dat)
    #[arg(long, value_name = "FICHIER", value_hint = ValueHint::FilePath)]
    pub instance: Option<PathBuf>,
    /// Vérifie cette réponse (JSON) sans rien chercher : celle d’une instance, ou un parcours écrit par --json
    #[arg(long, value_name = "RÉPONSE", value_hint = ValueHint::FilePath, conflicts_with_all = ["nodes", "persona", "need"])]
    pub check: Option<PathBuf>,
    /// Parties de la recherche examinées au plus, pour chaque objectif
    #[arg(long, value_name = "NOMBRE", allow_negative_numbers = true)]
    pub nodes: Option<u64>,
    /// Écrit la réponse en JSON
    #[arg(long)]
    pub json: bool,
}

/// `recommend`
#[derive(Debug, Args)]
pub struct Recommend {
    /// Formations à construire au plus, de 1 à 10 [défaut : 5]
    #[arg(long, value_name = "NOMBRE", allow_negative_numbers = true)]
    pub count: Option<String>,
    /// Persona, par son identifiant ; peut être répété ; sans lui, tous
    #[arg(long, value_name = "PERSONA")]
    pub persona: Vec<String>,
    /// Nombre de personnes d’un persona, comme adjoint-projet=1200 ; peut être répété ; sans lui, chacun compte autant
    #[arg(long, value_name = "PERSONA=NOMBRE")]
    pub people: Vec<String>,
    /// Suppose qu’une formation nouvelle apporte autant que quatre sur cinq de même durée, et non que la moitié
    #[arg(long)]
    pub high_promise: bool,
    /// Écrit la réponse en JSON
    #[arg(long)]
    pub json: bool,
}

/// `simulate`
#[derive(Debug, Args)]
pub struct Simulate {
    /// Fichier TOML d’un scénario, ou identifiant d’un scénario livré ; sans lui, la liste de ceux qui sont livrés
    #[arg(value_name = "SCÉNARIO", value_hint = ValueHint::FilePath)]
    pub scenario: Option<String>,
    /// Nombre dont viennent les tirages : le même redonne les mêmes résultats [défaut : 1]
    #[arg(long, value_name = "GRAINE", allow_negative_numbers = true)]
    pub seed: Option<String>,
    /// Tirages, de 1 à 5 000 [défaut : 1 000]
    #[arg(long, value_name = "NOMBRE", allow_negative_numbers = true)]
    pub runs: Option<String>,
    /// Mois simulés, de 1 à 120, au lieu de ceux du scénario
    #[arg(long, value_name = "MOIS", allow_negative_numbers = true)]
    pub months: Option<String>,
    /// Effectif d’une population, comme adjoints=1200 ; peut être répété
    #[arg(long, value_name = "POPULATION=NOMBRE")]
    pub people: Vec<String>,
    /// Part d’une façon en pour cent, comme relais=40 ; peut être répété
    #[arg(long, value_name = "FAÇON=PART")]
    pub share: Vec<String>,
    /// Réglage d’une façon, comme « campus.groupe=15;20;25 » ; peut être répété
    #[arg(long, value_name = "FAÇON.RÉGLAGE=VALEURS")]
    pub set: Vec<String>,
    /// Cherche la meilleure répartition des façons pour ce budget, en euros
    #[arg(long, value_name = "EUROS", allow_negative_numbers = true)]
    pub budget: Option<String>,
    /// Part de personnes formées qui vaut « fini », en pour cent [défaut : 80]
    #[arg(long, value_name = "POUR CENT", allow_negative_numbers = true)]
    pub goal: Option<String>,
    /// Résultat suivi quand un nombre change : formes, depenses ou couverture [défaut : formes]
    #[arg(long, value_name = "MESURE")]
    pub measure: Option<String>,
    /// Écrit la réponse en JSON
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// Écrit les mois en CSV
    #[arg(long)]
    pub csv: bool,
}

/// `report`
#[derive(Debug, Args)]
pub struct Report {
    /// Fichier à écrire : .pdf, .odt pour un texte à modifier, .xlsx pour le classeur de tous les chiffres
    #[arg(long, value_name = "FICHIER", value_hint = ValueHint::FilePath)]
    pub out: PathBuf,
    /// Remplace le fichier s’il existe
    #[arg(long)]
    pub force: bool,
    /// Date que porte le rapport, comme 2026-11-30 [défaut : celle de la version du catalogue]
    #[arg(long, value_name = "AAAA-MM-JJ", allow_negative_numbers = true)]
    pub date: Option<String>,
    /// Sections voulues, séparées par des virgules : synthese, methode, carte, acteurs, personas, ecarts, parcours,
    /// recommandations, scenarios, limites, sources [défaut : toutes]
    #[arg(long, value_name = "SECTIONS", value_delimiter = ',')]
    pub sections: Vec<String>,
    /// Le seul persona du rapport, par son identifiant
    #[arg(long, value_name = "PERSONA")]
    pub persona: Option<String>,
    /// Une page, quelles que soient les sections
    #[arg(long, conflicts_with = "sections")]
    pub one_page: bool,
}

/// `personas`
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Personas {
    #[command(subcommand)]
    pub command: Option<PersonasCommand>,
    /// Écrit la réponse en JSON
    #[arg(long)]
    pub json: bool,
}

/// `personas …`
#[derive(Debug, Subcommand)]
pub enum PersonasCommand {
    #[command(about = "Vérifie des fichiers de personas, sans rien changer", help_template = TEMPLATE)]
    Check(PersonaFiles),
    #[command(
        about = "Met en place des personas, chacun à la place de celui de même identifiant",
        help_template = TEMPLATE,
        after_help = "Les bons fichiers entrent même si d’autres sont refusés ; chaque refus est expliqué."
    )]
    Import(ImportPersonas),
    #[command(about = "Écrit un persona dans un fichier TOML, pour le modifier", help_template = TEMPLATE)]
    Export(ExportPersona),
    #[command(
        about = "Retire un persona importé ; celui du programme reprend sa place s’il en a un",
        help_template = TEMPLATE
    )]
    Withdraw(WithdrawPersona),
}

/// `personas check`
#[derive(Debug, Args)]
pub struct PersonaFiles {
    /// Fichiers TOML, ou dossiers de fichiers TOML
    #[arg(value_name = "FICHIER", required = true, value_hint = ValueHint::AnyPath)]
    pub files: Vec<PathBuf>,
}

/// `personas import`
#[derive(Debug, Args)]
pub struct ImportPersonas {
    #[command(flatten)]
    pub files: PersonaFiles,
    /// Montre ce qui serait mis en place, sans rien changer
    #[arg(long)]
    pub dry_run: bool,
    /// Qui importe [défaut : le nom du compte]
    #[arg(long, value_name = "NOM")]
    pub author: Option<String>,
}

/// `personas export`
#[derive(Debug, Args)]
pub struct ExportPersona {
    /// Identifiant du persona
    #[arg(value_name = "PERSONA")]
    pub id: String,
    /// Fichier à écrire ; il ne doit pas exister
    #[arg(long, value_name = "FICHIER", value_hint = ValueHint::FilePath)]
    pub out: PathBuf,
}

/// `personas withdraw`
#[derive(Debug, Args)]
pub struct WithdrawPersona {
    /// Identifiant du persona
    #[arg(value_name = "PERSONA")]
    pub id: String,
    /// Qui retire [défaut : le nom du compte]
    #[arg(long, value_name = "NOM")]
    pub author: Option<String>,
}

/// `community`
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Community {
    #[command(subcommand)]
    pub command: Option<CommunityCommand>,
}

/// `community …`
#[derive(Debug, Subcommand)]
pub enum CommunityCommand {
    #[command(
        about = "Met la communauté d’un fichier TOML à la place de celle qui est tenue",
        help_template = TEMPLATE,
        after_help = "Sans --add, les personnes qui ne sont pas dans le fichier sont effacées. « community export » écrit un fichier à modifier."
    )]
    Import(ImportCommunity),
    #[command(
        about = "Écrit la communauté : .toml à modifier, .ics pour un agenda, .csv ou .vcf pour les contacts",
        help_template = TEMPLATE
    )]
    Export(ExportCommunity),
    #[command(about = "Retire un relais, une cohorte ou un rendez-vous", help_template = TEMPLATE)]
    Remove(RemoveFromCommunity),
    #[command(
        about = "Nomme la personne qui tient un relais, avec le jour de son accord",
        help_template = TEMPLATE,
        after_help = "Elle remplace celle qui était nommée. Un relais fourni avec le programme doit d’abord être écrit : voyez « community import »."
    )]
    Name(NamePerson),
    #[command(about = "Rend en JSON tout ce qui est tenu d’une personne", help_template = TEMPLATE)]
    Person(OnePerson),
    #[command(
        about = "Efface une personne ; la fonction reste",
        help_template = TEMPLATE,
        after_help = "Rien d’elle ne reste dans le fichier ; les textes qui la nomment encore sont indiqués."
    )]
    Erase(OnePerson),
    #[command(about = "Écrit le plan d’animation d’un scénario, en texte ou en .ics", help_template = TEMPLATE)]
    Plan(PlanCommunity),
}

/// `community import`
#[derive(Debug, Args)]
pub struct ImportCommunity {
    /// Fichier TOML
    #[arg(value_name = "FICHIER", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Vérifie le fichier, sans rien changer
    #[arg(long)]
    pub dry_run: bool,
    /// Ajoute à ce qui est tenu, chaque ligne à la place de celle de même identifiant, au lieu de tout remplacer
    #[arg(long)]
    pub add: bool,
}

/// `community remove`
#[derive(Debug, Args)]
pub struct RemoveFromCommunity {
    /// Identifiant d’un relais, d’une cohorte ou d’un rendez-vous
    #[arg(value_name = "IDENTIFIANT")]
    pub id: String,
}

/// `community name`
#[derive(Debug, Args)]
pub struct NamePerson {
    /// Identifiant du relais
    #[arg(value_name = "RELAIS")]
    pub relay: String,
    /// Nom de la personne
    #[arg(value_name = "NOM")]
    pub name: String,
    /// Jour où elle a donné son accord
    #[arg(long, value_name = "AAAA-MM-JJ")]
    pub agreed_on: String,
    /// Adresse électronique, pour les fichiers de contacts seulement
    #[arg(long, value_name = "ADRESSE")]
    pub email: Option<String>,
}

/// `community export`
#[derive(Debug, Args)]
pub struct ExportCommunity {
    /// Fichier à écrire : .toml, .ics, .csv ou .vcf
    #[arg(long, value_name = "FICHIER", value_hint = ValueHint::FilePath)]
    pub out: PathBuf,
    /// Remplace le fichier s’il existe
    #[arg(long)]
    pub force: bool,
}

/// `community person`, `community erase`
#[derive(Debug, Args)]
pub struct OnePerson {
    /// Identifiant du relais, nom ou adresse de la personne
    #[arg(value_name = "PERSONNE")]
    pub who: String,
}

/// `community plan`
#[derive(Debug, Args)]
pub struct PlanCommunity {
    /// Fichier TOML d’un scénario, ou identifiant d’un scénario livré
    #[arg(value_name = "SCÉNARIO", value_hint = ValueHint::FilePath)]
    pub scenario: String,
    /// Fichier .ics à écrire ; sans lui, le plan est affiché
    #[arg(long, value_name = "FICHIER", value_hint = ValueHint::FilePath)]
    pub out: Option<PathBuf>,
    /// Remplace le fichier s’il existe
    #[arg(long)]
    pub force: bool,
}
