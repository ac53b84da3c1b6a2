//! `munjigi move-database`: from SQLite to PostgreSQL, or back.

use anyhow::{anyhow, bail};
use clap::Args;

use crate::config::read_secret;
use crate::platform::db::{DatabaseUrl, Db, transfer};

use super::output::report;

#[derive(Args)]
pub struct Move {
    /// The database as it is, such as sqlite://data/munjigi.db
    #[arg(long, value_name = "URL", required_unless_present = "from_file", conflicts_with = "from_file")]
    from: Option<String>,
    /// File that contains the URL of the database as it is, or - for a line of standard input
    #[arg(long, value_name = "FILE")]
    from_file: Option<String>,
    /// The new one, with nothing in it yet, such as postgres://munjigi@localhost/munjigi
    #[arg(long, value_name = "URL", required_unless_present = "to_file", conflicts_with = "to_file")]
    to: Option<String>,
    /// File that contains the URL of the new one, or - for a line of standard input
    #[arg(long, value_name = "FILE")]
    to_file: Option<String>,
}

/// The URL in the flag itself or in the file that the other flag names.
fn url(flag: &str, url: Option<String>, file: Option<&str>) -> anyhow::Result<DatabaseUrl> {
    let is_flag = url.is_some();
    let read = || read_secret(file.unwrap_or_default());
    let text = url.map_or_else(read, Ok).map_err(|problem| anyhow!("{flag}-file: {problem}"))?;
    let url: DatabaseUrl = text.parse().map_err(|problem| anyhow!("{flag}: {problem}"))?;
    if is_flag && url.has_password() {
        tracing::warn!("{flag}: every user of this machine can see the password in a flag; use {flag}-file");
    }
    Ok(url)
}

impl Move {
    pub fn run(self) -> anyhow::Result<()> {
        let from = url("--from", self.from, self.from_file.as_deref())?;
        let to = url("--to", self.to, self.to_file.as_deref())?;
        if let DatabaseUrl::Sqlite(path) = &from
            && !path.exists()
        {
            bail!("--from: there is no {from}");
        }
        let (source, target) = (Db::open_existing(&from)?, Db::open(&to)?);
        let moved = transfer(&mut *source.conn()?, &mut *target.conn()?)?;
        for (table, rows) in moved.iter().filter(|(_, rows)| *rows > 0) {
            report!("{rows:>9} {table}");
        }
        report!(
            "Everything is in {to}. Start with DATABASE_URL set to it, and with the same data folder or secret key."
        );
        Ok(())
    }
}
