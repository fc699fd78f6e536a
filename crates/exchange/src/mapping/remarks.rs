//! What an import says of the way a mapping reads a table: columns left, doubts, an organisation that nobody named.
//! Absent: how the table itself was read (see `table`), what is wrong with rows (see `rows`).

use catalogue::french::{NARROW, counted, list, quoted};
use catalogue::slug;

use super::{Column, Mapping, Target, around, propose};
use crate::table::Shape;

impl Mapping {
    /// What to say of the way it reads a table: columns that it leaves, an organisation that nobody named.
    pub fn remarks(&self, shape: &Shape) -> Vec<String> {
        self.left_out(shape)
            .into_iter()
            .chain(self.doubted())
            .chain(self.unsure())
            .chain(around::told(self, shape))
            .chain(self.untold_currency())
            .chain(self.untold_provider())
            .collect()
    }

    /// What to say of columns that are not taken in spite of their names.
    fn doubted(&self) -> impl Iterator<Item = String> {
        self.column.iter().filter(|column| column.field.is_none()).filter_map(|column| {
            let (name, doubt) = (quoted(&column.name), column.doubt.as_ref()?);
            Some(format!("à vérifier{NARROW}: la colonne {name} n’est pas reprise{NARROW}; {doubt}"))
        })
    }

    /// What to say of the columns that were recognised by what they hold.
    fn unsure(&self) -> Vec<String> {
        let unsure = self.column.iter().filter(|column| column.to_check);
        let told = unsure.filter_map(|column| {
            let (.., label) = Target::ALL.iter().find(|(target, ..)| Some(*target) == column.field)?;
            let (field, name) = (quoted(label), quoted(&column.name));
            Some(format!(
                "à vérifier{NARROW}: le champ {field} est lu dans la colonne {name}, reconnue à son contenu et non à son nom"
            ))
        });
        told.collect()
    }

    /// What to say of prices whose currency nobody says, under a name in English: their numbers are read as euros.
    fn untold_currency(&self) -> Option<String> {
        const NAMES: [&str; 7] =
            ["price", "cost", "fee", "amount", "course-price", "list-price", "price-amount"];
        let is_bare = |column: &&Column| {
            column.field == Some(Target::Price)
                && column.with.is_empty()
                && NAMES.contains(&slug(&column.name).as_str())
        };
        self.column.iter().find(is_bare).map(|column| {
            format!(
                "à vérifier{NARROW}: la colonne {} ne dit pas sa monnaie{NARROW}; ses nombres sans monnaie sont lus en euros",
                quoted(&column.name)
            )
        })
    }

    /// What to say of the organisation that a draft gives to trainings whose table names none, while nobody changed it.
    fn untold_provider(&self) -> Option<String> {
        let is_draft = self.defaults.provider.as_deref() == Some(propose::NO_PROVIDER);
        is_draft.then(|| {
            format!(
                "l’organisme n’est dit nulle part{NARROW}: {} est celui de la correspondance proposée{NARROW}; écrivez le vrai \
                 sous [defaults]",
                quoted(propose::NO_PROVIDER)
            )
        })
    }

    /// What the columns of a table that it does not take are called, in a line; none when it takes them all.
    fn left_out(&self, shape: &Shape) -> Option<String> {
        const NAMED: usize = 20;
        let is_taken = |name: &&String| {
            self.column.iter().any(|column| {
                let others = [&column.with, &column.otherwise];
                let is_told = column.field.is_none() && column.doubt.is_some() && column.name == **name;
                is_told
                    || column.field.is_some()
                        && (column.name == **name
                            || column.up_to.as_deref() == Some(name.as_str())
                            || others.iter().any(|others| others.contains(*name)))
            })
        };
        let left: Vec<String> =
            shape.columns.iter().filter(|name| !is_taken(name)).map(|name| quoted(name)).collect();
        let more = left.len().saturating_sub(NAMED) as u64;
        let mut named: Vec<String> = left.iter().take(NAMED).cloned().collect();
        if more > 0 {
            named.push(counted(more, "autre", "autres"));
        }
        (!left.is_empty()).then(|| {
            let columns = if left.len() == 1 { "colonne non reprise" } else { "colonnes non reprises" };
            format!("{columns}{NARROW}: {}", list(&named, "et"))
        })
    }
}
