//! `munjigi keys`: the keys that sign access tokens.

use clap::Subcommand;

use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Db, transaction};
use crate::identity::audit::{self, Entry, Event};
use crate::identity::changes;
use crate::identity::token::signing;

#[derive(Subcommand)]
pub enum KeysCommand {
    /// Sign access tokens with a new key from now on; the key before it still verifies, older ones do not
    Rotate,
}

pub fn run(command: KeysCommand, config: &Config) -> anyhow::Result<()> {
    let KeysCommand::Rotate = command;
    let db = Db::open(&config.database)?;
    let now = Clock::default().now();
    transaction(&mut *db.conn()?, |conn| {
        signing::rotate(conn, now)?;
        audit::record(conn, &Entry::by_operator(Event::KeysRotated, None, now))?;
        Ok::<_, crate::db::DbError>(())
    })?;
    changes::wait_until_known();
    println!("A new key signs access tokens; the one before it verifies until the next rotation.");
    Ok(())
}
