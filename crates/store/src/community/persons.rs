//! One person's rights: all that is held of her, and her erasure. Absent: everything else of the community.

use serde_json::{Value, json};
use sqlx::{Row, SqliteConnection};

use super::{CommunityStore, rows};
use crate::StoreError;

/// A text that names a person where only a function is expected.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Mention {
    /// `relay`, `cohort`, `event`, or `person` when she holds another function too.
    pub kind: String,
    /// Identifier of the row.
    pub id: String,
    /// Its key.
    pub key: String,
}

/// What an erasure did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erased {
    /// Whether anybody was named; the file was written anew in any case.
    pub was_held: bool,
    /// Texts that still name her, to be changed by hand.
    pub mentions: Vec<Mention>,
}

/// A relay and who holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Identifier of the relay.
    pub relay: String,
    /// Her name.
    pub name: String,
    /// Her address, when she gave one.
    pub email: Option<String>,
}

impl Holder {
    /// Whether two relays are surely held by one person: the same name and the same address.
    pub fn is_surely(&self, other: &Self) -> bool {
        let address = |own: &Self| own.email.as_deref().map(folded);
        folded(&self.name) == folded(&other.name)
            && address(self).is_some_and(|own| address(other) == Some(own))
    }
}

/// A name or an address, whatever the case and the spaces.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

struct HeldPerson {
    name: String,
    email: Option<String>,
    agreed_on: String,
    written_at: String,
}

impl CommunityStore {
    /// All that is held of who holds a relay, as JSON: herself, her function, the cohorts and events of that function, and the
    /// texts that name her. Nothing when nobody is named.
    ///
    /// # Errors
    /// When the file cannot be read, or does not hold what was written.
    pub async fn export_person(&self, relay: &str) -> Result<Option<Value>, StoreError> {
        let mut transaction = self.pool.begin().await?;
        let Some(person) = held(&mut transaction, relay).await? else { return Ok(None) };
        let mut raw = rows::read(&mut transaction).await?;
        raw.relays.retain(|own| own.id == relay);
        raw.relays.iter_mut().for_each(|own| own.person = None);
        let names = |relays: &[String]| relays.iter().any(|id| id == relay);
        raw.cohorts.retain(|own| names(&own.relays));
        raw.events.retain(|own| names(&own.relays));
        let mut mentions = mentions(&mut transaction, relay, &person).await?;
        // Somebody of the same name only is somebody else, until her address says otherwise.
        let hers: Vec<String> =
            mentions.iter().filter(|own| own.key == "email").map(|own| own.id.clone()).collect();
        mentions.retain(|own| own.kind != "person" || hers.contains(&own.id));
        Ok(Some(json!({
            "person": {
                "name": person.name,
                "email": person.email,
                "agreed_on": person.agreed_on,
                "written_at": person.written_at,
            },
            "relay": raw.relays.first(),
            "cohorts": raw.cohorts,
            "events": raw.events,
            "mentions": mentions,
        })))
    }

    /// Erases who holds a relay: her row, then every byte of it in the file. The function stays. May be asked again: the file
    /// is written anew each time.
    ///
    /// # Errors
    /// When the file cannot be written; [`StoreError::NotWrittenAnew`] when her row is gone but the file was not written anew.
    pub async fn erase_person(&self, relay: &str) -> Result<Erased, StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let mut erased = Erased { was_held: false, mentions: Vec::new() };
        if let Some(person) = held(&mut transaction, relay).await? {
            rows::delete_person(&mut transaction, relay).await?;
            rows::count_change(&mut transaction, None).await?;
            erased = Erased { was_held: true, mentions: mentions(&mut transaction, relay, &person).await? };
        }
        transaction.commit().await?;
        self.write_anew().await?;
        Ok(erased)
    }

    /// Relays held by somebody of this name or address, whatever the case and the spaces.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn held_by(&self, name_or_email: &str) -> Result<Vec<Holder>, StoreError> {
        let wanted = folded(name_or_email);
        let rows =
            sqlx::query("SELECT relay, name, email FROM person ORDER BY relay").fetch_all(&self.pool).await?;
        let mut holders = Vec::new();
        for row in &rows {
            let (name, email): (String, Option<String>) = (row.try_get("name")?, row.try_get("email")?);
            let is_hers = |text: &str| folded(text) == wanted;
            if is_hers(&name) || email.as_deref().is_some_and(is_hers) {
                holders.push(Holder { relay: row.try_get("relay")?, name, email });
            }
        }
        Ok(holders)
    }
}

async fn held(connection: &mut SqliteConnection, relay: &str) -> Result<Option<HeldPerson>, StoreError> {
    let select = sqlx::query("SELECT name, email, agreed_on, written_at FROM person WHERE relay = ?1");
    let row = select.bind(relay).fetch_optional(connection).await?;
    row.map(|row| {
        Ok(HeldPerson {
            name: row.try_get("name")?,
            email: row.try_get("email")?,
            agreed_on: row.try_get("agreed_on")?,
            written_at: row.try_get("written_at")?,
        })
    })
    .transpose()
}

/// Texts that hold a name or an address, beside her own row; a body that cannot be read is passed over, so that nothing keeps
/// her from being erased.
async fn mentions(
    connection: &mut SqliteConnection,
    relay: &str,
    person: &HeldPerson,
) -> Result<Vec<Mention>, StoreError> {
    let wanted: Vec<String> =
        [Some(&person.name), person.email.as_ref()].into_iter().flatten().map(|text| folded(text)).collect();
    let mut found = Vec::new();
    for row in sqlx::query(include_str!("../sql/community_bodies.sql")).fetch_all(connection).await? {
        let (kind, id): (String, String) = (row.try_get("kind")?, row.try_get("id")?);
        let body: &str = row.try_get("body")?;
        let Ok(Value::Object(body)) = serde_json::from_str(body) else { continue };
        if kind == "person" && id == relay {
            continue;
        }
        for (key, value) in body {
            let text = folded(value.as_str().unwrap_or_default());
            if wanted.iter().any(|wanted| text.contains(wanted)) {
                found.push(Mention { kind: kind.clone(), id: id.clone(), key });
            }
        }
    }
    Ok(found)
}
