//! A raw community to rows and back: what differs is written, the rest stays as it is. Absent: whether it makes sense.

use std::collections::{BTreeMap, BTreeSet};

use catalogue::community::{RawCommunity, RawPerson, RawRelay};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::{AssertSqlSafe, Row, SqliteConnection};

use crate::StoreError;

/// All that is held.
pub(super) async fn read(connection: &mut SqliteConnection) -> Result<RawCommunity, StoreError> {
    let mut relays = Vec::new();
    for row in sqlx::query(include_str!("../sql/community_relays.sql")).fetch_all(&mut *connection).await? {
        let id: String = row.try_get("id")?;
        let mut relay: RawRelay = of_json("relais", &id, row.try_get("body")?)?;
        let name: Option<String> = row.try_get("name")?;
        if let Some(name) = name {
            let (email, agreed_on) = (row.try_get("email")?, row.try_get("agreed_on")?);
            relay.person = Some(RawPerson { name, email, agreed_on });
        }
        relays.push(relay);
    }
    let cohorts = all(connection, "cohort", "cohorte").await?;
    let events = all(connection, "event", "rendez-vous").await?;
    Ok(RawCommunity { relays, cohorts, events })
}

/// When each event was last changed.
pub(super) async fn events_changed_at(
    connection: &mut SqliteConnection,
) -> Result<BTreeMap<String, String>, StoreError> {
    let rows = sqlx::query("SELECT id, written_at FROM event").fetch_all(connection).await?;
    rows.iter().map(|row| Ok((row.try_get("id")?, row.try_get("written_at")?))).collect()
}

/// Who is held, by relay.
pub(super) fn persons(raw: &RawCommunity) -> BTreeMap<&str, &RawPerson> {
    raw.relays.iter().filter_map(|own| Some((own.id.as_str(), own.person.as_ref()?))).collect()
}

/// Writes what differs, and gives the number of relays, cohorts and events that do.
pub(super) async fn write(
    connection: &mut SqliteConnection,
    before: &RawCommunity,
    after: &RawCommunity,
    written_at: &str,
) -> Result<u64, StoreError> {
    let mut changed = BTreeSet::new();
    let relays = |raw: &RawCommunity| {
        let own = raw.relays.iter();
        bodies(own.map(|own| (own.id.clone(), RawRelay { person: None, ..own.clone() })))
    };
    let cohorts = |raw: &RawCommunity| bodies(raw.cohorts.iter().map(|own| (own.id.clone(), own.clone())));
    let events = |raw: &RawCommunity| bodies(raw.events.iter().map(|own| (own.id.clone(), own.clone())));
    let tables = [
        ("relay", relays(before), relays(after)),
        ("cohort", cohorts(before), cohorts(after)),
        ("event", events(before), events(after)),
    ];
    for (table, before, after) in tables {
        for id in table_changes(connection, table, (&before, &after), written_at).await? {
            changed.insert((table, id));
        }
    }
    let (before, after) = (persons(before), persons(after));
    for id in before.keys().filter(|id| !after.contains_key(*id)) {
        delete_person(connection, id).await?;
        changed.insert(("relay", (*id).to_owned()));
    }
    for (id, person) in after.iter().filter(|(id, person)| before.get(*id) != Some(*person)) {
        put_person(connection, id, person, written_at).await?;
        changed.insert(("relay", (*id).to_owned()));
    }
    Ok(changed.len() as u64)
}

/// Notes that something changed, and when; an erasure tells no time.
pub(super) async fn count_change(
    connection: &mut SqliteConnection,
    written_at: Option<&str>,
) -> Result<(), StoreError> {
    let count = sqlx::query("UPDATE change SET number = number + 1, written_at = coalesce(?1, written_at)");
    count.bind(written_at).execute(connection).await?;
    Ok(())
}

/// Deletes who holds a relay.
pub(super) async fn delete_person(connection: &mut SqliteConnection, relay: &str) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM person WHERE relay = ?1").bind(relay).execute(connection).await?;
    Ok(())
}

async fn put_person(
    connection: &mut SqliteConnection,
    relay: &str,
    person: &RawPerson,
    written_at: &str,
) -> Result<(), StoreError> {
    sqlx::query("INSERT OR REPLACE INTO person VALUES (?1, ?2, ?3, ?4, ?5)")
        .bind(relay)
        .bind(&person.name)
        .bind(&person.email)
        .bind(&person.agreed_on)
        .bind(written_at)
        .execute(connection)
        .await?;
    Ok(())
}

/// Writes the rows of a table that differ, and gives their identifiers.
async fn table_changes(
    connection: &mut SqliteConnection,
    table: &str,
    (before, after): (&BTreeMap<String, String>, &BTreeMap<String, String>),
    written_at: &str,
) -> Result<Vec<String>, StoreError> {
    let mut changed = Vec::new();
    for id in before.keys().filter(|id| !after.contains_key(*id)) {
        let delete = AssertSqlSafe(format!("DELETE FROM {table} WHERE id = ?1"));
        sqlx::query(delete).bind(id).execute(&mut *connection).await?;
        changed.push(id.clone());
    }
    for (id, body) in after.iter().filter(|(id, body)| before.get(*id) != Some(*body)) {
        // Not « or replace »: that would take the person of a relay away.
        let put = AssertSqlSafe(format!(
            "INSERT INTO {table} (id, body, written_at) VALUES (?1, ?2, ?3) \
             ON CONFLICT (id) DO UPDATE SET body = excluded.body, written_at = excluded.written_at"
        ));
        sqlx::query(put).bind(id).bind(body).bind(written_at).execute(&mut *connection).await?;
        changed.push(id.clone());
    }
    Ok(changed)
}

fn bodies<T: Serialize>(rows: impl Iterator<Item = (String, T)>) -> BTreeMap<String, String> {
    rows.map(|(id, row)| (id, serde_json::to_string(&row).expect("a row is plain data"))).collect()
}

async fn all<T: DeserializeOwned>(
    connection: &mut SqliteConnection,
    table: &str,
    named: &str,
) -> Result<Vec<T>, StoreError> {
    let select = AssertSqlSafe(format!("SELECT id, body FROM {table} ORDER BY id"));
    let rows = sqlx::query(select).fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            let id: String = row.try_get("id")?;
            of_json(named, &id, row.try_get("body")?)
        })
        .collect()
}

fn of_json<T: DeserializeOwned>(named: &str, id: &str, body: &str) -> Result<T, StoreError> {
    serde_json::from_str(body).map_err(|_| StoreError::Damaged(format!("{named} {id} illisible")))
}
