//! A selection on the command line: the same parameters as an address, one option for each facet, made
//! from the table of facets. Absent: what they mean (see `catalogue::Selection`).

use catalogue::{Facet, Order, Referential, Selection, SelectionError};
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};

/// Words of a search, as arguments.
#[derive(Debug, Args)]
pub struct Words {
    /// Mots cherchés ; des guillemets demandent la forme exacte
    #[arg(value_name = "MOTS")]
    pub words: Vec<String>,
}

/// Filters and order: pairs of an address.
#[derive(Debug, Clone, Default)]
pub struct Filters {
    pairs: Vec<(&'static str, String)>,
}

/// Parameters other than facets: name in addresses, name of the value, help.
const SINGLE: [(&str, &str, &str); 6] = [
    ("mots", "tous|un", "Si chaque mot doit être présent, ou un seul [défaut : tous]"),
    ("duration_min", "HEURES", "Durée indiquée, au moins"),
    ("duration_max", "HEURES", "Durée indiquée, au plus"),
    ("price_min", "EUROS", "Prix indiqué, au moins"),
    ("price_max", "EUROS", "Prix indiqué, au plus"),
    ("sort", "ORDRE", ""),
];

const HEADING: &str = "Sélection";

impl Filters {
    /// Whether nothing is filtered nor sorted.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// The selection of these filters, words and page.
    pub fn selection(&self, text: &str, page: Option<usize>) -> Result<Selection, SelectionError> {
        let page = page.map(|page| page.to_string());
        let pairs = self.pairs.iter().map(|(name, value)| (*name, value.as_str()));
        let pairs = pairs.chain([("q", text)]).chain(page.as_deref().map(|page| ("page", page)));
        Selection::parse(pairs, &Referential::builtin())
    }
}

fn option(name: &'static str) -> Arg {
    Arg::new(name).long(name.replace('_', "-")).help_heading(HEADING)
}

fn facet_help(facet: Facet) -> String {
    let referential = Referential::builtin();
    let terms = referential.terms(facet.name());
    let known: Vec<&str> = terms.iter().map(|term| term.id.as_str()).collect();
    let listed = match facet {
        Facet::Provider => "identifiant, par exemple cnil".to_owned(),
        Facet::Competence => "voir « parcours search --facets »".to_owned(),
        _ => known.join(", "),
    };
    format!("{} : {listed} ; répétable", facet.label())
}

impl Args for Filters {
    fn augment_args(command: Command) -> Command {
        let facets = Facet::all().map(|facet| {
            option(facet.name()).action(ArgAction::Append).value_name("VALEUR").help(facet_help(facet))
        });
        let single = SINGLE.iter().map(|(name, value, help)| {
            let orders: Vec<&str> = Order::all().map(Order::name).collect();
            let help =
                if *name == "sort" { format!("Ordre : {}", orders.join(", ")) } else { (*help).to_owned() };
            option(name).value_name(*value).help(help)
        });
        command.args(facets.chain(single))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Filters {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let names = Facet::all().map(Facet::name).chain(SINGLE.iter().map(|(name, ..)| *name));
        let pairs = names.flat_map(|name| {
            let values = matches.get_many::<String>(name).unwrap_or_default();
            values.map(move |value| (name, value.clone()))
        });
        Ok(Self { pairs: pairs.collect() })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
