//! The community of a data directory, followed as it changes; files of it put in place. Absent: what it must be (see
//! `catalogue::community`), where it is kept (see the crate `store`).

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use catalogue::Referential;
use catalogue::community::{Community, RawCommunity, RawPerson};
use catalogue::roadmaps::Roadmaps;
use store::{CommunityStore, HeldCommunity, StoreError};
use tokio::sync::watch;

use crate::clock::now;

/// How often another process is asked whether it changed something.
const EVERY: Duration = Duration::from_millis(500);

/// The community of a data directory, as long as the receiver is held; nothing is made where nobody wrote any: what public
/// sources say is then all.
///
/// # Errors
/// When its file cannot be read.
pub async fn follow(data_dir: &Path) -> Result<watch::Receiver<Arc<HeldCommunity>>, StoreError> {
    let dir = data_dir.to_owned();
    let mut store = CommunityStore::open_existing(&dir).await?;
    let first = match &store {
        Some(store) => store.read().await?,
        None => of_sources(),
    };
    let (sender, receiver) = watch::channel(Arc::new(first));
    tokio::spawn(async move {
        while !sender.is_closed() {
            tokio::time::sleep(EVERY).await;
            if store.is_none() {
                store = CommunityStore::open_existing(&dir).await.unwrap_or_default();
            }
            let Some(own) = &store else { continue };
            let known = sender.borrow().number;
            match own.number().await {
                Ok(number) if number != known => match own.read().await {
                    Ok(held) => drop(sender.send(Arc::new(held))),
                    Err(error) => tracing::warn!(%error, "la communauté n’a pas pu être relue"),
                },
                Ok(_) => {}
                Err(error) => tracing::warn!(%error, "la communauté n’a pas pu être relue"),
            }
        }
    });
    Ok(receiver)
}

/// What public sources say of the community, when nothing is held.
pub fn of_sources() -> HeldCommunity {
    HeldCommunity {
        community: Community::builtin(&Roadmaps::builtin()),
        events_changed_at: Default::default(),
        changed_at: None,
        number: 0,
    }
}

/// What is held in a data directory; what public sources say where nobody wrote any.
///
/// # Errors
/// When its file cannot be read.
pub async fn held(data_dir: &Path) -> Result<HeldCommunity, StoreError> {
    match CommunityStore::open_existing(data_dir).await? {
        Some(store) => store.read().await,
        None => Ok(of_sources()),
    }
}

/// Adds the rows of a file to what is held, each in the place of the one of its identifier; gives how many changed.
///
/// # Errors
/// When what would be held makes no sense, or cannot be written: rows before the one at fault are then in place.
pub async fn add(data_dir: &Path, raw: &RawCommunity) -> Result<u64, StoreError> {
    let store = CommunityStore::open(data_dir).await?;
    let at = now();
    let mut changed = 0;
    for relay in &raw.relays {
        changed += u64::from(store.put_relay(relay, &at).await?);
    }
    for cohort in &raw.cohorts {
        changed += u64::from(store.put_cohort(cohort, &at).await?);
    }
    for event in &raw.events {
        changed += u64::from(store.put_event(event, &at).await?);
    }
    store.close().await;
    Ok(changed)
}

/// Removes the relay, the cohort or the event of an identifier; whether there was one.
///
/// # Errors
/// When what would be left makes no sense, or cannot be written.
pub async fn remove(data_dir: &Path, id: &str) -> Result<bool, StoreError> {
    let Some(store) = CommunityStore::open_existing(data_dir).await? else { return Ok(false) };
    let at = now();
    let mut removed = store.remove_relay(id, &at).await?;
    removed |= store.remove_cohort(id, &at).await?;
    removed |= store.remove_event(id, &at).await?;
    store.close().await;
    Ok(removed)
}

/// Names who holds a relay that somebody wrote, with the day on which she agreed; whether anything changed.
///
/// # Errors
/// When there is no such relay, what is said of her makes no sense, or it cannot be written.
pub async fn name(data_dir: &Path, relay: &str, person: &RawPerson) -> Result<bool, StoreError> {
    let Some(store) = CommunityStore::open_existing(data_dir).await? else {
        return Err(StoreError::NoRelay(relay.to_owned()));
    };
    let changed = store.set_person(relay, person, &now()).await?;
    store.close().await;
    Ok(changed)
}

/// Puts the community of a file in the place of what is held; gives the number of relays, cohorts and events that differ.
///
/// # Errors
/// When it cannot be written.
pub async fn put(data_dir: &Path, community: &Community) -> Result<u64, StoreError> {
    let store = CommunityStore::open(data_dir).await?;
    let changed = store.replace(&community.to_raw(&Referential::builtin()), &now()).await?;
    store.close().await;
    Ok(changed)
}
