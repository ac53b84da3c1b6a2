//! `munjigi keys`: the keys that everything is signed and sealed with, and how they are replaced.

use clap::Subcommand;

use crate::config::Config;
use crate::identity::audit::{self, Entry, Event};
use crate::identity::credentials::key_rotation as key_change;
use crate::platform::clock::{Clock, Timestamp};
use crate::platform::db::{Conn, Db, transaction};
use crate::platform::keys::rows::{self, KNOWN_WITHIN};
use crate::platform::keys::{Keys, RingError, Secrets};
use crate::platform::near_cache::follow_sql as changes;
use crate::server::secrets;

#[derive(Subcommand)]
pub enum KeysCommand {
    /// Show which keys are in use, and until when older ones are believed
    List,
    /// Sign and seal with new keys from now on; nobody is signed out
    Rotate {
        /// Make a new secret as well, before those in the key file
        #[arg(long)]
        secret: bool,
        /// The older keys have leaked: believe them no more, which signs everybody out
        #[arg(long)]
        forget_old: bool,
    },
}

pub fn run(command: KeysCommand, config: &Config) -> anyhow::Result<()> {
    let db = Db::open(&config.database)?;
    let mut conn = db.conn()?;
    match command {
        KeysCommand::List => list(&mut conn, config),
        KeysCommand::Rotate { secret, forget_old } => {
            let mut secrets = secrets(config)?;
            if secret {
                secrets = secrets.renew().map_err(|error| anyhow::anyhow!("MUNJIGI_SECRET_KEY: {error}"))?;
            }
            rotate(&mut conn, config, &secrets, forget_old)
        }
    }
}

fn rotate(conn: &mut Conn, config: &Config, secrets: &Secrets, forget_old: bool) -> anyhow::Result<()> {
    let keys = open(conn, config, secrets, forget_old)?;
    let newest = secrets.newest();
    // Keys that come next were made long ago, and every node knows them. Others must be made known first.
    let next_is_good = keys.ring().rows().first().is_some_and(|next| next.secret == newest.fingerprint());
    if forget_old || !next_is_good {
        transaction(conn, |conn| rows::replace_next(conn, newest, now()))?;
        std::thread::sleep(KNOWN_WITHIN);
    }
    transaction(conn, |conn| {
        key_change::rotate(conn, &keys, newest, now())?;
        note(conn, Event::KeysRotated)
    })?;
    std::thread::sleep(KNOWN_WITHIN);
    println!("New keys sign and seal; nobody was signed out by it.");
    if forget_old {
        transaction(conn, |conn| {
            key_change::forget_old(conn, &keys)?;
            note(conn, Event::KeysForgotten)
        })?;
        changes::wait_until_known();
        println!("Older keys are forgotten, and everybody signs in again.");
    }
    drop_needless(&keys, secrets)
}

/// The keys in use; where their secret is lost and everything may be forgotten, others in their place.
fn open(conn: &mut Conn, config: &Config, secrets: &Secrets, forget_old: bool) -> anyhow::Result<Keys> {
    let open = |conn: &mut Conn| Keys::open(conn, secrets.clone(), Clock::default(), config.longest_life());
    match open(conn) {
        Err(RingError::Unknown(_) | RingError::PersistentKey(_)) if forget_old => {
            transaction(conn, key_change::begin_anew)?;
            Ok(open(conn)?)
        }
        opened => Ok(opened?),
    }
}

/// Secrets that no keys come from any more are taken out of the key file; where they were given, the operator is told.
fn drop_needless(keys: &Keys, secrets: &Secrets) -> anyhow::Result<()> {
    let needed: Vec<String> = keys.ring().rows().iter().map(|row| row.secret.clone()).collect();
    match secrets.keep(&needed) {
        Ok(_) => {}
        Err(crate::platform::keys::KeyError::Given) => {
            println!(
                "Not every secret in MUNJIGI_SECRET_KEY is needed any more; `munjigi keys list` tells which."
            );
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

fn note(conn: &mut Conn, event: Event) -> Result<(), RingError> {
    audit::record(conn, &Entry::by_operator(event, None, now()))?;
    Ok(())
}

fn now() -> Timestamp {
    Clock::default().now()
}

fn list(conn: &mut Conn, config: &Config) -> anyhow::Result<()> {
    let secrets = secrets(config)?;
    let rows = rows::all(conn)?;
    println!("{:>6}  {:12}  {:10}  what it does", "number", "secret", "since");
    let mut replaced_at = None;
    for row in &rows {
        let what = match (row.used_since, replaced_at) {
            (None, _) => "comes next".to_owned(),
            (Some(_), None) => "signs and seals".to_owned(),
            (Some(_), Some(at)) => format!("believed until {}", day(at + config.longest_life())),
        };
        let missing = if secrets.find(&row.secret).is_some() { "" } else { "; its secret is not at hand" };
        let since = row.used_since.map_or_else(|| "-".to_owned(), day);
        println!("{:>6}  {:12}  {since:10}  {what}{missing}", row.number, row.secret);
        replaced_at = row.used_since.or(replaced_at);
    }
    for (place, fingerprint) in secrets.fingerprints().iter().enumerate() {
        let is_needed = place == 0 || rows.iter().any(|row| row.secret == *fingerprint);
        println!("secret {fingerprint}: {}", if is_needed { "needed" } else { "not needed any more" });
    }
    Ok(())
}

/// In UTC.
fn day(at: Timestamp) -> String {
    jiff::Timestamp::from_second(at).unwrap_or_default().strftime("%Y-%m-%d").to_string()
}
