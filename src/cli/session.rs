//! `munjigi session`: the end of sessions, without a browser.

use clap::Subcommand;

use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Db, transaction};
use crate::identity::audit::{self, Entry, Event};
use crate::identity::{changes, user};

#[derive(Subcommand)]
pub enum SessionCommand {
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
    let SessionCommand::End { name, all: _ } = command;
    let db = Db::open(&config.database)?;
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
        Ok::<_, crate::db::DbError>(())
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
