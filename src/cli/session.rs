//! `munjigi session`: who is signed in, and the end of it, without a browser.

use std::collections::HashMap;
use std::sync::Arc;

use clap::Subcommand;

use crate::config::Config;
use crate::identity::accounts::user;
use crate::identity::audit::{self, Entry, Event};
use crate::identity::sessions::cache::NearCache;
use crate::identity::sessions::{Kind, Listed, Sessions, Store};
use crate::platform::clock::Clock;
use crate::platform::db::{Db, transaction};
use crate::platform::near_cache::follow_sql as changes;
use crate::platform::redis::Redis;

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
    let db = Db::open(&config.database)?;
    match command {
        SessionCommand::List { user } => list(&db, config, user.as_deref()),
        SessionCommand::End { name, all: _ } => end(&db, name),
    }
}

/// The sessions of this configuration, for a look from outside the server.
pub(super) fn open(db: &Db, config: &Config) -> anyhow::Result<Sessions> {
    let clock = Clock::default();
    let store = match config.redis()? {
        Some(target) => Store::redis(Redis::new(&target)?, clock.clone()),
        None => Store::embedded(db.clone(), clock.clone()),
    };
    let near = Arc::new(NearCache::new(0, 1, config.redis_url.is_some()));
    Ok(Sessions::new(store, near, db.clone(), clock, config.lifetimes))
}

fn list(db: &Db, config: &Config, name: Option<&str>) -> anyhow::Result<()> {
    let users = match name {
        Some(name) => vec![super::user::find(&mut *db.conn()?, name)?],
        None => user::all(&mut *db.conn()?)?,
    };
    let listed = actix_web::rt::System::new().block_on(async {
        let sessions = open(db, config)?;
        match users.as_slice() {
            [user] if name.is_some() => anyhow::Ok(sessions.of_user(user).await?),
            _ => everyones(&sessions).await,
        }
    })?;
    let names: HashMap<i64, &str> = users.iter().map(|user| (user.id, user.username.as_str())).collect();
    for Listed { key, session, seen_at } in listed {
        let Some(username) = names.get(&session.user_id) else { continue };
        let carrier = match session.kind {
            Kind::Browser | Kind::Remembered => "cookie",
            Kind::Client => "token",
        };
        let seen = jiff::Timestamp::from_second(seen_at)?;
        let (device, address, key) = (&session.device, &session.address, key.as_str());
        println!("{username}\t{device}\t{address}\t{carrier}\t{seen}\t{key}");
    }
    Ok(())
}

/// Page by page, the latest seen first.
async fn everyones(sessions: &Sessions) -> anyhow::Result<Vec<Listed>> {
    let mut listed = Vec::new();
    let mut after = Some(String::new());
    while let Some(place) = after {
        let (page, next) = sessions.page(&place).await?;
        listed.extend(page);
        after = next;
    }
    listed.sort_by_key(|listed| std::cmp::Reverse(listed.seen_at));
    Ok(listed)
}

fn end(db: &Db, name: Option<String>) -> anyhow::Result<()> {
    let mut conn = db.conn()?;
    let users = match name {
        Some(name) => vec![super::user::find(&mut conn, &name)?],
        None => user::all(&mut conn)?,
    };
    let now = Clock::default().now();
    transaction(&mut conn, |conn| {
        for user in &users {
            user::end_everything(conn, user.id)?;
            audit::record(conn, &Entry::by_operator(Event::SessionEnded, Some(user.id), now))?;
        }
        Ok::<_, crate::platform::db::DbError>(())
    })?;
    changes::wait_until_known();
    println!(
        "Every session of {} was ended.",
        match users.as_slice() {
            [user] => user.username.clone(),
            users => format!("{} users", users.len()),
        }
    );
    Ok(())
}
