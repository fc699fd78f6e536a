//! `parcours community`: relays, cohorts and events held in a data directory; their files; what is held of a person, given
//! back or erased; the plan of meetings of a scenario. Absent: where they are kept (see the crate `store`), pages.

use std::path::Path;
use std::process::ExitCode;

use actions::Node;
use actions::community::{add, held, name as put_person, put, remove};
use actions::export::write_whole;
use actions::pathways::Solver;
use actions::scenarios::Rollouts;
use catalogue::Referential;
use catalogue::community::animation::AnimationPlan;
use catalogue::community::{Community, Day, RawCommunity, RawPerson};
use catalogue::french::{counted, list, quoted};
use catalogue::roadmaps::Roadmaps;
use catalogue::scenarios::{ScenarioRequest, Simulator};
use exchange::community::{Dated, FeedAbout};
use store::{CommunityStore, HeldCommunity};

use crate::cli::needs::{
    Community as Asked, CommunityCommand, ExportCommunity, ImportCommunity, NamePerson, OnePerson,
    PlanCommunity, RemoveFromCommunity,
};
use crate::failure::Failure;
use crate::terminal::{self, wrapped};

/// What makes identifiers of calendars ours, where no site is known.
const AUTHORITY: &str = "parcours.invalid";
/// Largest file that is read, in bytes, one more than what is accepted.
const FILE_BYTES: u64 = exchange::community::COMMUNITY_BYTES as u64 + 1;

pub async fn run(asked: &Asked, data_dir: &Path) -> Result<ExitCode, Failure> {
    match &asked.command {
        None => show(data_dir).await,
        Some(CommunityCommand::Import(asked)) => import(asked, data_dir).await,
        Some(CommunityCommand::Remove(asked)) => take_out(asked, data_dir).await,
        Some(CommunityCommand::Name(asked)) => name(asked, data_dir).await,
        Some(CommunityCommand::Export(asked)) => export(asked, data_dir).await,
        Some(CommunityCommand::Person(asked)) => person(asked, data_dir).await,
        Some(CommunityCommand::Erase(asked)) => erase(asked, data_dir).await,
        Some(CommunityCommand::Plan(asked)) => plan(asked, data_dir).await,
    }
}

async fn show(data_dir: &Path) -> Result<ExitCode, Failure> {
    let own = held(data_dir).await?;
    let mut text = String::new();
    for (ministry, relays) in own.community.by_ministry() {
        text.push_str(&format!("{ministry}\n"));
        for relay in relays {
            let name = relay.person.as_ref().map(|person| format!(", {}", person.name)).unwrap_or_default();
            text.push_str(&wrapped(&format!("- {}{name} ({})", relay.function, relay.id), 2));
        }
    }
    text.push_str(&format!("\n{}\n", counts(&own.community)));
    terminal::say(&text)?;
    Ok(ExitCode::SUCCESS)
}

fn counts(own: &Community) -> String {
    let count = |number: usize, one: &str, many: &str| counted(number as u64, one, many);
    list(
        &[
            count(own.relays().len(), "relais", "relais"),
            count(own.cohorts().len(), "cohorte", "cohortes"),
            count(own.events().len(), "rendez-vous", "rendez-vous"),
        ],
        "et",
    )
}

async fn import(asked: &ImportCommunity, data_dir: &Path) -> Result<ExitCode, Failure> {
    let mut bytes = Vec::new();
    let file = std::fs::File::open(&asked.file)?;
    std::io::Read::read_to_end(&mut std::io::Read::take(file, FILE_BYTES), &mut bytes)?;
    let name = asked.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let referential = Referential::builtin();
    // Without --add, nothing that is held stays beside the file.
    let beside = match asked.add {
        true => held(data_dir).await?.community.to_raw(&referential),
        false => RawCommunity::default(),
    };
    let read = exchange::community::read_beside(&name, &bytes, &beside, &referential, &Roadmaps::builtin());
    let (rows, community) = read.map_err(|issues| {
        let lines: Vec<String> = issues.iter().map(ToString::to_string).collect();
        Failure::wrong_use(lines.join("\n"), "corrigez le fichier, puis recommencez ; rien n’a été changé")
    })?;
    sensible(&rows, &community)?;
    if asked.dry_run {
        terminal::say(&format!("Le fichier est juste : {}. Rien n’a été changé.\n", counts(&community)))?;
        return Ok(ExitCode::SUCCESS);
    }
    // A data directory is one where a catalogue is.
    actions::open_store(data_dir).await?.close().await;
    let changed = match asked.add {
        true => add(data_dir, &rows).await?,
        false => put(data_dir, &community).await?,
    };
    let community = held(data_dir).await?.community;
    let told = match changed {
        0 => "Rien ne change".to_owned(),
        _ => counted(changed, "ligne changée", "lignes changées"),
    };
    terminal::say(&format!("{told} : {}.\n", counts(&community)))?;
    Ok(ExitCode::SUCCESS)
}

async fn take_out(asked: &RemoveFromCommunity, data_dir: &Path) -> Result<ExitCode, Failure> {
    if !remove(data_dir, &asked.id).await? {
        let message = format!("rien n’est tenu sous {}", quoted(&asked.id));
        return Err(Failure::wrong_use(message, "« parcours community export » donne les identifiants"));
    }
    terminal::say(&format!("Retiré : {}.\n", quoted(&asked.id)))?;
    Ok(ExitCode::SUCCESS)
}

fn is_to_come(day: Day) -> bool {
    actions::now().get(..10).and_then(Day::parse).is_some_and(|today| day > today)
}

fn not_agreed_yet(relay: &str) -> Failure {
    Failure::wrong_use(
        format!("l’accord de qui tient {} est daté d’un jour à venir", quoted(relay)),
        "donnez le jour où cette personne a donné son accord ; rien n’a été changé",
    )
}

/// Refuses what a file alone cannot tell: agreements of days to come, and a file that would erase everything.
fn sensible(rows: &RawCommunity, community: &Community) -> Result<(), Failure> {
    let later = community
        .relays()
        .iter()
        .find(|relay| relay.person.as_ref().is_some_and(|person| is_to_come(person.agreed_on)));
    if let Some(relay) = later {
        return Err(not_agreed_yet(&relay.id));
    }
    match rows.relays.is_empty() && rows.cohorts.is_empty() && rows.events.is_empty() {
        true => Err(Failure::wrong_use(
            "le fichier ne contient ni relais, ni cohorte, ni rendez-vous : l’importer effacerait tout",
            "écrivez-y au moins un relais ; « community erase » efface une personne",
        )),
        false => Ok(()),
    }
}

async fn export(asked: &ExportCommunity, data_dir: &Path) -> Result<ExitCode, Failure> {
    let own = held(data_dir).await?;
    let end = asked.out.extension().and_then(|end| end.to_str()).map(str::to_lowercase);
    let bytes = match end.as_deref() {
        Some("toml") => exchange::community::write(&own.community, &Referential::builtin()).into_bytes(),
        Some("csv") => exchange::community::contacts_table(&own.community),
        Some("vcf") => exchange::community::contact_cards(&own.community, AUTHORITY),
        Some("ics") => calendar(&own),
        _ => {
            let message = format!("{} ne dit pas de format", quoted(&asked.out.display().to_string()));
            return Err(Failure::wrong_use(message, "donnez un nom en .toml, .ics, .csv ou .vcf"));
        }
    };
    write(&asked.out, asked.force, &bytes)
}

fn write(path: &Path, force: bool, bytes: &[u8]) -> Result<ExitCode, Failure> {
    write_whole(path, force, bytes)?;
    terminal::say(&format!("Écrit dans « {} ».\n", path.display()))?;
    Ok(ExitCode::SUCCESS)
}

fn calendar(own: &HeldCommunity) -> Vec<u8> {
    let changed = own.changed_at.clone().unwrap_or_else(actions::now);
    let about = FeedAbout {
        title: "Rendez-vous de la communauté",
        authority: AUTHORITY,
        page: "https://parcours.invalid/communaute",
        itself: "https://parcours.invalid/communaute.ics",
        changed_at: &changed,
    };
    let dated: Vec<Dated<'_>> = own
        .community
        .events()
        .iter()
        .map(|event| Dated {
            event,
            changed_at: own.events_changed_at.get(&event.id).map_or(changed.as_str(), String::as_str),
        })
        .collect();
    exchange::community::events_calendar(&dated, &own.community, &about)
}

/// The relays that somebody's identifier, name or address means. A name that several addresses share may be that of several
/// persons: nobody's rights are exercised for another.
async fn meant(store: &CommunityStore, who: &str) -> Result<Vec<String>, Failure> {
    let own = store.read().await?;
    if own.community.relay(who).is_some() {
        return Ok(vec![who.to_owned()]);
    }
    let holders = store.held_by(who).await?;
    if holders.windows(2).all(|pair| pair[0].is_surely(&pair[1])) {
        return Ok(holders.into_iter().map(|own| own.relay).collect());
    }
    let told = holders.iter().map(|own| match &own.email {
        Some(email) => format!("{} ({}, {email})", own.relay, own.name),
        None => format!("{} ({}, sans adresse)", own.relay, own.name),
    });
    Err(Failure::wrong_use(
        format!("{} désigne peut-être plusieurs personnes", quoted(who)),
        format!(
            "donnez l’identifiant d’un relais, l’un après l’autre\u{202f}: {}",
            told.collect::<Vec<_>>().join("\u{202f}; ")
        ),
    ))
}

fn nobody(who: &str) -> Failure {
    Failure::wrong_use(
        format!("personne n’est tenu sous {}", quoted(who)),
        "donnez l’identifiant d’un relais, un nom ou une adresse, tels qu’ils ont été écrits",
    )
}

async fn name(asked: &NamePerson, data_dir: &Path) -> Result<ExitCode, Failure> {
    if Day::parse(&asked.agreed_on).is_some_and(is_to_come) {
        return Err(not_agreed_yet(&asked.relay));
    }
    let person = RawPerson {
        name: asked.name.clone(),
        email: asked.email.clone(),
        agreed_on: asked.agreed_on.clone(),
    };
    terminal::say(&match put_person(data_dir, &asked.relay, &person).await? {
        true => format!("Nommé : {} tient {}.\n", asked.name, quoted(&asked.relay)),
        false => "Rien ne change.\n".to_owned(),
    })?;
    Ok(ExitCode::SUCCESS)
}

async fn person(asked: &OnePerson, data_dir: &Path) -> Result<ExitCode, Failure> {
    let Some(store) = CommunityStore::open_existing(data_dir).await? else { return Err(nobody(&asked.who)) };
    let mut all = Vec::new();
    for relay in meant(&store, &asked.who).await? {
        all.extend(store.export_person(&relay).await?);
    }
    store.close().await;
    if all.is_empty() {
        return Err(nobody(&asked.who));
    }
    terminal::print_json(&all)?;
    Ok(ExitCode::SUCCESS)
}

async fn erase(asked: &OnePerson, data_dir: &Path) -> Result<ExitCode, Failure> {
    let Some(store) = CommunityStore::open_existing(data_dir).await? else { return Err(nobody(&asked.who)) };
    let relays = meant(&store, &asked.who).await?;
    if relays.is_empty() {
        return Err(nobody(&asked.who));
    }
    let mut text = String::new();
    for relay in &relays {
        let erased = store.erase_person(relay).await?;
        text.push_str(&match erased.was_held {
            true => format!("Effacé : la personne qui tenait {} ; la fonction reste.\n", quoted(relay)),
            false => format!("Personne ne tenait {} ; le fichier a été récrit.\n", quoted(relay)),
        });
        text.push_str(&told_elsewhere(&erased.mentions, &relays));
    }
    store.close().await;
    text.push_str(&wrapped(
        "Les copies de sauvegarde que vous auriez faites de ce fichier ne sont pas changées.",
        0,
    ));
    terminal::say(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// Where somebody who was erased is named still: texts, and relays that were not asked for.
fn told_elsewhere(mentions: &[store::Mention], erased: &[String]) -> String {
    let mut text = String::new();
    let mut others: Vec<&str> = Vec::new();
    for mention in mentions {
        let is_person = mention.kind == "person";
        if is_person && (erased.contains(&mention.id) || others.contains(&mention.id.as_str())) {
            continue;
        }
        others.extend(is_person.then_some(mention.id.as_str()));
        let id = quoted(&mention.id);
        let told = match is_person {
            true => format!(
                "- {id} est tenu sous le même nom ou la même adresse\u{202f}: si c’est elle, effacez-la là aussi"
            ),
            false => format!("- Un texte la nomme encore : {} de {id}", mention.key),
        };
        text.push_str(&wrapped(&told, 2));
    }
    text
}

async fn plan(asked: &PlanCommunity, data_dir: &Path) -> Result<ExitCode, Failure> {
    let scenario = super::simulate::read(&asked.scenario)?;
    let referential = Referential::builtin();
    let store = super::open_to_read(data_dir, super::FROM_BUILTIN).await?;
    let personas = actions::personas::in_place(&store, &referential).await?;
    let personas: Vec<_> = personas.into_iter().map(|(persona, _)| persona).collect();
    let snapshot = Node::over(store, data_dir, terminal::node_watcher()).await?.snapshot();
    let planner = Solver { explains: false, ..Solver::default() };
    let usual = ScenarioRequest::default();
    let simulated = Rollouts.simulate(&snapshot, &personas, &scenario, &usual, &planner);
    let sessions = simulated.map_err(super::simulate::refused)?.sessions();
    let plan = AnimationPlan::of(&scenario, &personas, &sessions, &referential);
    if let Some(path) = &asked.out {
        return write(
            path,
            asked.force,
            &exchange::community::plan_calendar(&plan, AUTHORITY, &actions::now()),
        );
    }
    let mut text = format!("Plan d’animation : {}\n", plan.label);
    for month in plan.months.iter().filter(|month| !month.items.is_empty()) {
        text.push_str(&format!("\n{}\n", month.month.in_french()));
        for item in &month.items {
            text.push_str(&wrapped(
                &format!("- {}, pour {}. {}", item.title, item.for_whom, item.ground.told),
                2,
            ));
        }
    }
    terminal::say(&text)?;
    Ok(ExitCode::SUCCESS)
}
