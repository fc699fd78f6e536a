//! Lists of objects inside objects. Those of the same kind are rows: chapters of a book, trainings of a cycle. So are
//! those of the list that a person names. Others are told, since only the names of their objects are read.
//! Absent: objects to cells (see `flatten`).

use std::borrow::Cow;
use std::collections::BTreeSet;

use catalogue::french::{NARROW, integer, list, quoted};
use catalogue::slug;
use serde_json::{Map, Value};

use super::flatten::{self, NAMED, NAMES};
use crate::issue::Fault;
use crate::limits::{JSON_DEPTH, ROWS};
use crate::mapping::{Target, named};

/// Longest name of what contains an object, in characters.
const NAME_CHARS: usize = 200;
/// Between the names of objects that contain one another.
const WITHIN: &str = " / ";
/// Lists that are told.
const TOLD: usize = 20;
/// What the column of the container is called: the first of these that no object has as a key.
const CONTAINERS: [&str; 4] = ["parent", "parent (intitulé)", "contenu dans", "parent de l’objet"];

/// The lists of objects that the objects of a file have.
pub(super) struct Lists<'a> {
    /// The list that a person names, else one called as trainings are: its objects are the rows.
    asked: Option<Cow<'a, str>>,
    is_found: bool,
    /// Keys of lists whose objects are of the same kind as what contains them.
    alike: BTreeSet<String>,
    /// Keys of other lists of objects that say more than their names.
    others: BTreeSet<String>,
    /// Keys of lists some objects of which have no name: nothing is read of these.
    nameless: BTreeSet<String>,
    /// Names of the container's column that are keys already.
    taken: BTreeSet<&'static str>,
    /// Whether lists are too deep to be read.
    is_too_deep: bool,
}

impl<'a> Lists<'a> {
    pub(super) fn new(asked: Option<&'a str>) -> Self {
        Self {
            asked: asked.map(Cow::Borrowed),
            is_found: false,
            alike: BTreeSet::new(),
            others: BTreeSet::new(),
            nameless: BTreeSet::new(),
            taken: BTreeSet::new(),
            is_too_deep: false,
        }
    }

    /// Looks at an object of the file.
    pub(super) fn look(&mut self, object: &Map<String, Value>) {
        self.taken.extend(CONTAINERS.into_iter().filter(|name| object.contains_key(*name)));
        match &self.asked {
            Some(asked) => self.is_found |= object.get(asked.as_ref()).is_some_and(holds_objects),
            None => self.find(object, 1),
        }
    }

    /// Takes the list called as trainings are for that of the rows, when all objects of the file are categories that hold it.
    pub(super) fn settle(&mut self, items: &[Value]) {
        let mut keys = items.iter().map(|item| item.as_object().and_then(of_trainings));
        let Some(Some(first)) = keys.next().filter(|_| self.asked.is_none() && self.alike.is_empty()) else {
            return;
        };
        if keys.all(|key| key == Some(first)) {
            (self.asked, self.is_found) = (Some(Cow::Owned(first.clone())), true);
        }
    }

    /// Whether some objects contain rows.
    pub(super) fn has_rows(&self) -> bool {
        self.is_found || !self.alike.is_empty()
    }

    /// What prevents reading: nobody has the list that is asked for.
    pub(super) fn missing(&self) -> Option<Fault> {
        let asked = self.asked.as_deref().filter(|_| !self.is_found)?;
        let remedy = "corrigez list sous [table] dans la correspondance, ou retirez cette ligne";
        Some(Fault::new("aucun objet n’a la liste d’objets demandée", remedy).value(asked))
    }

    /// What is done of the lists, in French; nothing when there is nothing to tell.
    pub(super) fn note(&self) -> Option<String> {
        if self.has_rows() {
            let keys: Vec<String> = match self.asked.as_deref() {
                Some(asked) => vec![quoted(asked)],
                None => self.alike.iter().take(TOLD).map(|key| quoted(key)).collect(),
            };
            return Some(format!(
                "listes imbriquées {} lues comme des lignes{NARROW}; la colonne {} dit ce qui les contient",
                keys.join(", "),
                quoted(self.column())
            ));
        }
        if let (true, Some(key)) = (self.others.is_empty(), self.nameless.first()) {
            return Some(format!(
                "des objets de la liste imbriquée {} n’ont pas de nom, ils ne sont pas lus{NARROW}; si ce sont des \
                 formations, écrivez list = \"{key}\" sous [table] dans la correspondance",
                quoted(key)
            ));
        }
        let mut keys = self.others.iter().take(TOLD);
        let first = keys.next()?;
        let named: Vec<String> = std::iter::once(first).chain(keys).map(|key| quoted(key)).collect();
        let lists = if named.len() == 1 { "de la liste imbriquée" } else { "des listes imbriquées" };
        Some(format!(
            "{lists} {}, seuls les noms sont lus{NARROW}; si ses objets sont des formations, écrivez list = \"{first}\" \
             sous [table] dans la correspondance",
            list(&named, "et")
        ))
    }

    /// What is wrong with lists too deep to be read.
    pub(super) fn too_deep(&self) -> Option<Fault> {
        self.is_too_deep.then(|| {
            let message = format!(
                "des listes sont imbriquées sur plus de {JSON_DEPTH} niveaux, leur contenu n’est pas lu"
            );
            Fault::new(message, "rapprochez-les du premier niveau")
        })
    }

    /// What the column of the container is called.
    fn column(&self) -> &'static str {
        let free = CONTAINERS.into_iter().find(|name| !self.taken.contains(name));
        free.unwrap_or(CONTAINERS[CONTAINERS.len() - 1])
    }

    /// The rows of an object: itself, then those that it contains; of a list asked for, what it contains only.
    pub(super) fn rows(&mut self, object: Map<String, Value>) -> Vec<Map<String, Value>> {
        let mut rows = Vec::new();
        match self.asked.clone() {
            Some(asked) => self.inner_rows(object, &asked, &mut rows),
            None if self.alike.is_empty() => rows.push(object),
            None => self.spread(object, "", 1, &mut rows),
        }
        rows
    }

    fn inner_rows(&self, mut object: Map<String, Value>, asked: &str, rows: &mut Vec<Map<String, Value>>) {
        match object.get(asked) {
            // What has no such key is a row of its own; an empty list holds none.
            None => return rows.push(object),
            Some(list) if !holds_objects(list) => return,
            Some(_) => {}
        }
        let inner = object.shift_remove(asked);
        let Some(Value::Array(inner)) = inner else { return };
        for item in inner {
            if let Value::Object(mut item) = item {
                item.insert(self.column().to_owned(), Value::Object(object.clone()));
                rows.push(item);
            }
        }
    }

    fn spread(
        &mut self,
        mut object: Map<String, Value>,
        within: &str,
        depth: usize,
        rows: &mut Vec<Map<String, Value>>,
    ) {
        let mut inner = Vec::new();
        for key in &self.alike {
            if !object.get(key).is_some_and(holds_objects) {
                continue;
            }
            if depth >= JSON_DEPTH {
                self.is_too_deep = true;
            } else if let Some(Value::Array(list)) = object.shift_remove(key) {
                inner.extend(list);
            }
        }
        let name = flatten::name(&Value::Object(object.clone())).unwrap_or_default();
        let name: String = name.chars().take(NAME_CHARS).collect();
        if !within.is_empty() {
            object.insert(self.column().to_owned(), Value::String(within.to_owned()));
        }
        rows.push(object);
        let within = if within.is_empty() { name } else { format!("{within}{WITHIN}{name}") };
        for inner in inner {
            if let Value::Object(inner) = inner {
                self.spread(inner, &within, depth + 1, rows);
            }
        }
    }

    /// The keys of an object under which lists of objects are.
    fn find(&mut self, object: &Map<String, Value>, depth: usize) {
        if depth > JSON_DEPTH {
            return;
        }
        for (key, value) in object {
            let Value::Array(inner) = value else { continue };
            let mut objects = inner.iter().filter_map(Value::as_object);
            if objects.clone().any(|inner| is_alike(object, inner, key)) {
                self.alike.insert(key.clone());
            } else if depth == 1
                && objects.clone().any(|object| !NAMES.iter().any(|name| object.contains_key(*name)))
            {
                self.nameless.insert(key.clone());
            } else if depth == 1 && objects.any(says_more) {
                self.others.insert(key.clone());
            }
            if self.alike.contains(key) {
                inner.iter().filter_map(Value::as_object).for_each(|inner| self.find(inner, depth + 1));
            }
        }
    }
}

/// What to say of more rows than a file may have.
pub(super) fn too_many() -> Fault {
    let message = format!("le fichier dépasse {} lignes de données", integer(ROWS));
    Fault::new(message, "découpez-le en plusieurs fichiers")
}

fn holds_objects(list: &Value) -> bool {
    list.as_array().is_some_and(|list| list.iter().any(Value::is_object))
}

/// The key of a list called as trainings are in an object that says nothing of a training but its name and what it is of: a
/// category and its trainings, not a training and others that go with it.
fn of_trainings(outer: &Map<String, Value>) -> Option<&String> {
    const CALLED: [&str; 7] =
        ["formations", "trainings", "courses", "cours", "stages", "actions-de-formation", "cursus"];
    let is_of_category = |key: &String| {
        let of = [Target::Id, Target::Title, Target::Summary, Target::Themes];
        named(key).is_none_or(|target| of.contains(&target))
    };
    let is_named = |inner: &Value| NAMES[..NAMED].iter().any(|name| inner.get(*name).is_some());
    let is_it = |(key, value): &(&String, &Value)| {
        let inner = value.as_array().filter(|inner| !inner.is_empty() && inner.iter().all(is_named));
        CALLED.contains(&slug(key).as_str()) && inner.is_some()
    };
    let (own, _) = outer.iter().find(is_it)?;
    outer.keys().filter(|key| *key != own).all(is_of_category).then_some(own)
}

/// Whether two objects are of the same kind: named by the same key, and half of the keys in common.
fn is_alike(outer: &Map<String, Value>, inner: &Map<String, Value>, list: &str) -> bool {
    let common: Vec<&String> = inner.keys().filter(|key| *key != list && outer.contains_key(*key)).collect();
    let is_named = common.iter().any(|key| NAMES[..NAMED].contains(&key.as_str()));
    is_named && common.len() > 1 && common.len() * 2 >= inner.len().min(outer.len() - 1)
}

/// Whether an object has something beside what names it.
fn says_more(object: &Map<String, Value>) -> bool {
    let is_name = |key: &str| NAMES.contains(&key);
    object.keys().any(|key| is_name(key))
        && object.iter().any(|(key, value)| !is_name(key) && !value.is_null())
}
