//! `munjigi keys`: the signing and encryption keys, and their rotation.

use std::time::Duration;

use clap::Subcommand;

use crate::config::Config;
use crate::identity::Operator;
use crate::platform::clock::{Clock, Timestamp};
use crate::platform::db::Db;
use crate::platform::keys::rows;
use crate::platform::keys::{KeyError, Keys, RingError, Secrets};
use crate::platform::redis::Redis;
use crate::server::secrets;

use super::output::{report, show};

#[derive(Subcommand)]
pub enum KeysCommand {
    /// Show which keys are in use, and until when older ones are accepted
    List,
    /// Sign and encrypt with new keys from now on; no user is signed out
    Rotate {
        /// Make a new secret as well, before those in the key file
        #[arg(long)]
        secret: bool,
        /// The older keys have leaked: stop accepting them, which signs every user out
        #[arg(long)]
        forget_old: bool,
    },
}

pub fn run(command: KeysCommand, config: &Config) -> anyhow::Result<()> {
    let db = Db::open_existing(&config.database)?;
    match command {
        KeysCommand::List => list(&db, config),
        KeysCommand::Rotate { secret, forget_old } => {
            let mut secrets = secrets(config)?;
            if secret {
                secrets = secrets.renew().map_err(|error| anyhow::anyhow!("MUNJIGI_SECRET_KEY: {error}"))?;
            }
            rotate(&db, config, &secrets, forget_old)?;
            if secret {
                report!("Copy secret.key to its backup again: a restored database needs the new secret.");
            }
            Ok(())
        }
    }
}

fn rotate(db: &Db, config: &Config, secrets: &Secrets, forget_old: bool) -> anyhow::Result<()> {
    let operator = Operator::new(db.clone(), Clock::default());
    let keys = open(db, &operator, config, secrets, forget_old)?;
    operator.rotate_keys(&keys, secrets.newest(), forget_old)?;
    report!("New keys sign and encrypt from now on.");
    if forget_old {
        operator.forget_old_keys(&keys)?;
        report!("Older keys are forgotten, and every user signs in again.");
    } else {
        report!("No user was signed out.");
    }
    drop_needless(&keys, secrets)
}

/// The keys in use; new ones if their secret is lost and everything may be invalidated.
fn open(
    db: &Db,
    operator: &Operator,
    config: &Config,
    secrets: &Secrets,
    forget_old: bool,
) -> anyhow::Result<Keys> {
    let open = || {
        let mut conn = db.conn()?;
        Keys::open(&mut conn, secrets.clone(), Clock::default(), config.longest_life())
    };
    match open() {
        Err(RingError::Unknown(_) | RingError::PersistentKey(_)) if forget_old => {
            operator.reset_keys()?;
            let keys = open()?;
            if let Some(target) = config.redis()? {
                release(&Redis::new(&target)?);
            }
            Ok(keys)
        }
        opened => Ok(opened?),
    }
}

/// With new keys, the installation has another name, under which it marks Redis at the next start.
fn release(redis: &Redis) {
    let released = async { tokio::time::timeout(Duration::from_secs(1), redis.unclaim()).await };
    if !matches!(actix_web::rt::System::new().block_on(released), Ok(Ok(()))) {
        report!("Redis does not answer; delete the key munjigi:installation in it before the next start.");
    }
}

/// Removes secrets without remaining keys from the key file. If they were set elsewhere, reports them to the
/// operator.
fn drop_needless(keys: &Keys, secrets: &Secrets) -> anyhow::Result<()> {
    let needed: Vec<String> = keys.ring().rows().iter().map(|row| row.secret.clone()).collect();
    match secrets.keep(&needed) {
        Ok(_) => {}
        Err(KeyError::Given) => {
            report!(
                "Not every secret in MUNJIGI_SECRET_KEY is needed any more; `munjigi keys list` shows which."
            );
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

fn list(db: &Db, config: &Config) -> anyhow::Result<()> {
    let secrets = secrets(config)?;
    let rows = rows::all(&mut *db.conn()?)?;
    show!("{:>6}  {:12}  {:10}  what it does", "number", "secret", "since")?;
    let mut replaced_at = None;
    for row in &rows {
        let what = match (row.used_since, replaced_at) {
            (None, _) => "comes next".to_owned(),
            (Some(_), None) => "signs and encrypts".to_owned(),
            (Some(_), Some(at)) => format!("accepted until {}", day(at + config.longest_life())),
        };
        let missing = if secrets.find(&row.secret).is_some() { "" } else { "; its secret is not available" };
        let since = row.used_since.map_or_else(|| "-".to_owned(), day);
        show!("{:>6}  {:12}  {since:10}  {what}{missing}", row.number, row.secret)?;
        replaced_at = row.used_since.or(replaced_at);
    }
    for (place, fingerprint) in secrets.fingerprints().iter().enumerate() {
        let is_needed = place == 0 || rows.iter().any(|row| row.secret == *fingerprint);
        show!("secret {fingerprint}: {}", if is_needed { "needed" } else { "not needed any more" })?;
    }
    Ok(())
}

/// In UTC.
fn day(at: Timestamp) -> String {
    jiff::Timestamp::from_second(at).unwrap_or_default().strftime("%Y-%m-%d").to_string()
}
