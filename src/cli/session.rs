//! `munjigi session`: lists and ends sessions without a browser.

use std::collections::HashMap;
use std::sync::Arc;

use clap::Subcommand;

use crate::config::Config;
use crate::identity::Operator;
use crate::identity::observers;
use crate::identity::sessions::{
    SessionDirectory, SessionKind, SessionLimits, SessionServices, SessionSummary, Store,
};
use crate::identity::unit_of_work::Writer;
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::near_cache::{Announce, Feed};
use crate::platform::redis::Redis;

use super::output::{report, show};

#[derive(Subcommand)]
pub enum SessionCommand {
    /// List live sessions: user, device, address, what carries it, last use, key
    List {
        /// Only this user's
        #[arg(long, value_name = "NAME")]
        user: Option<String>,
    },
    /// End every session of a user, or of everyone
    End {
        /// Whose sessions
        #[arg(required_unless_present = "all")]
        name: Option<String>,
        /// Everyone's
        #[arg(long, conflicts_with = "name")]
        all: bool,
    },
}

pub fn run(command: SessionCommand, config: &Config) -> anyhow::Result<()> {
    let db = Db::open_existing(&config.database)?;
    let operator = Operator::new(db.clone(), Clock::default());
    match command {
        SessionCommand::List { user } => list(&db, &operator, config, user.as_deref()),
        SessionCommand::End { name: Some(name), all: _ } => end(&operator, &name),
        SessionCommand::End { name: None, all: _ } => end_all(&operator),
    }
}

/// The sessions of this configuration, without a near cache.
pub(super) fn open(db: &Db, config: &Config) -> anyhow::Result<SessionServices> {
    let (clock, feed) = (Clock::default(), Feed::new(false));
    let store = match config.redis()? {
        Some(target) => Store::redis(Redis::new(&target)?, clock.clone()),
        None => Store::embedded(db.clone(), clock.clone()),
    };
    let writer =
        Writer::new(db.clone(), clock.clone(), (Arc::clone(&feed), Announce::new(None)), observers::all());
    let limits = SessionLimits { lifetimes: config.lifetimes, cache_entries: None, cache_bytes: 0 };
    Ok(SessionServices::open((store, &feed), (db.clone(), clock, writer), limits, None))
}

fn list(db: &Db, operator: &Operator, config: &Config, name: Option<&str>) -> anyhow::Result<()> {
    let user = name.map(|name| super::user::find(operator, name)).transpose()?;
    actix_web::rt::System::new().block_on(async {
        let directory = open(db, config)?.directory;
        match user {
            Some(user) => {
                let listed = directory.list(&user).await?;
                show_sessions(listed, &HashMap::from([(user.id, user.username)]))
            }
            None => show_all(operator, &directory).await,
        }
    })
}

/// Page by page, so that it takes no more memory for a million sessions.
async fn show_all(operator: &Operator, directory: &SessionDirectory) -> anyhow::Result<()> {
    let mut after = Some(String::new());
    while let Some(place) = after {
        let (page, next) = directory.page(&place).await?;
        let names = operator.names(page.iter().map(|summary| summary.session.user_id).collect())?;
        show_sessions(page, &names)?;
        after = next;
    }
    Ok(())
}

fn show_sessions(listed: Vec<SessionSummary>, names: &HashMap<i64, String>) -> anyhow::Result<()> {
    for SessionSummary { key, session, seen_at } in listed {
        let Some(username) = names.get(&session.user_id) else { continue };
        let carrier = match session.kind {
            SessionKind::Browser | SessionKind::Remembered => "cookie",
            SessionKind::Client => "token",
        };
        let seen = jiff::Timestamp::from_second(seen_at)?;
        let (device, address, key) = (&session.device, &session.address, key.as_str());
        show!("{username}\t{device}\t{address}\t{carrier}\t{seen}\t{key}")?;
    }
    Ok(())
}

fn end(operator: &Operator, name: &str) -> anyhow::Result<()> {
    let user = super::user::find(operator, name)?;
    operator.end_sessions(user.id)?;
    report!("Every session of {} was ended.", user.username);
    Ok(())
}

fn end_all(operator: &Operator) -> anyhow::Result<()> {
    report!("Every session of {} users was ended.", operator.end_all_sessions()?);
    Ok(())
}
