//! `munjigi move-database`: from SQLite to PostgreSQL, or back.

use anyhow::{Context, bail};
use clap::Args;

use crate::platform::db::{DatabaseUrl, Db, transfer};

#[derive(Args)]
pub struct Move {
    /// The database as it is, such as sqlite://data/munjigi.db
    #[arg(long, value_name = "URL")]
    from: String,
    /// The new one, with nothing in it yet, such as postgres://munjigi@localhost/munjigi
    #[arg(long, value_name = "URL")]
    to: String,
}

impl Move {
    pub fn run(self) -> anyhow::Result<()> {
        let from: DatabaseUrl = self.from.parse().context("--from")?;
        let to: DatabaseUrl = self.to.parse().context("--to")?;
        if let DatabaseUrl::Sqlite(path) = &from
            && !path.exists()
        {
            bail!("--from: there is no {from}");
        }
        let (source, target) = (Db::open(&from)?, Db::open(&to)?);
        let moved = transfer(&mut *source.conn()?, &mut *target.conn()?)?;
        for (table, rows) in moved.iter().filter(|(_, rows)| *rows > 0) {
            println!("{rows:>9} {table}");
        }
        println!(
            "Everything is in {to}. Start with DATABASE_URL set to it, and with the same data folder or secret key."
        );
        Ok(())
    }
}
