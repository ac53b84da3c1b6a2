//! `munjigi user`: accounts, without a browser.

use std::io::{BufRead, IsTerminal};
use std::sync::Arc;

use anyhow::{Context, anyhow, bail};
use clap::Subcommand;

use crate::config::{Config, without_mark};
use crate::i18n::Texts;
use crate::i18n::letters::Letters;
use crate::i18n::translate::{Translate, Words};
use crate::identity::Operator;
use crate::identity::accounts::name::{Email, Username};
use crate::identity::accounts::{NO_PASSWORD, NewUser, User};
use crate::identity::audit::Event;
use crate::identity::credentials::{Hasher, Password};
use crate::identity::email::Outbox;
use crate::identity::invalid::Reason;
use crate::platform::clock::Clock;
use crate::platform::db::{Db, OpenError};
use crate::platform::lang::Lang;
use crate::server::open_keys;

use super::mail::mailer;
use super::output::{report, show};

#[derive(Subcommand)]
pub enum UserCommand {
    /// List every account
    List,
    /// Make an account; unless it is for an invited person, its password is read from the terminal or from standard input
    Create {
        name: String,
        #[arg(long)]
        email: String,
        /// Give it staff rights
        #[arg(long)]
        staff: bool,
        /// Without a password, for a person who comes by another provider that proves the address
        #[arg(long)]
        invited: bool,
    },
    /// Give staff rights
    Promote { name: String },
    /// Take staff rights away
    Demote { name: String },
    /// Forbid signing in, and end every session
    Disable { name: String },
    /// Allow signing in again
    Enable { name: String },
    /// Take every second factor away from a user who has lost theirs, and end every session
    RemoveFactors { name: String },
    /// Mark the address of a user as confirmed, without a mail
    VerifyEmail { name: String },
    /// Set a new password, read from the terminal or from standard input, and end every session
    Password { name: String },
}

pub fn run(command: UserCommand, config: &Config) -> anyhow::Result<()> {
    let db = match command {
        UserCommand::Create { .. } => open_or_make(config)?,
        _ => Db::open_existing(&config.database)?,
    };
    let operator = Operator::new(db.clone(), Clock::default());
    match command {
        UserCommand::List => list(&operator),
        UserCommand::Create { name, email, staff, invited } => {
            create(&operator, config, (&name, &email), (staff, invited))
        }
        UserCommand::Promote { name } => change(&operator, &name, |id| operator.set_staff(id, true)),
        UserCommand::Demote { name } => change(&operator, &name, |id| operator.set_staff(id, false)),
        UserCommand::Disable { name } => change(&operator, &name, |id| operator.set_disabled(id, true)),
        UserCommand::Enable { name } => change(&operator, &name, |id| operator.set_disabled(id, false)),
        UserCommand::VerifyEmail { name } => change(&operator, &name, |id| operator.verify_email(id)),
        UserCommand::RemoveFactors { name } => {
            let outbox = outbox(config, &db)?;
            change(&operator, &name, |id| operator.remove_factors(id, &outbox))
        }
        UserCommand::Password { name } => {
            let outbox = outbox(config, &db)?;
            let hash = hash(config, read_password()?, find(&operator, &name)?.personal_words())?;
            change(&operator, &name, |id| operator.set_password(id, &hash, &outbox))
        }
    }
}

/// The first account may be made before the first start.
fn open_or_make(config: &Config) -> anyhow::Result<Db> {
    match Db::open_existing(&config.database) {
        Err(OpenError::Missing(_)) => {
            let db = Db::open(&config.database)?;
            report!("There was no database yet. {} was created.", config.database);
            Ok(db)
        }
        opened => Ok(opened?),
    }
}

/// Page by page, so that it takes no more memory for a million users.
fn list(operator: &Operator) -> anyhow::Result<()> {
    let (mut page, mut last) = operator.users_after("")?;
    while let Some(after) = last {
        for user in page {
            let marks: Vec<&str> = [(user.staff, "staff"), (user.disabled, "disabled")]
                .into_iter()
                .filter_map(|(is, mark)| is.then_some(mark))
                .collect();
            show!("{}\t{}\t{}", user.username, user.email, marks.join(","))?;
        }
        (page, last) = operator.users_after(&after)?;
    }
    Ok(())
}

fn create(
    operator: &Operator,
    config: &Config,
    (name, email): (&str, &str),
    (staff, invited): (bool, bool),
) -> anyhow::Result<()> {
    let username = Username::parse(name).map_err(|problem| refused("username", problem.into()))?;
    let email = Email::parse(email).map_err(|problem| refused("email", problem.into()))?;
    let about = vec![username.shown.clone(), email.shown.clone()];
    let password_hash = match invited {
        true => NO_PASSWORD.to_owned(),
        false => hash(config, read_password()?, about)?,
    };
    let new = NewUser { username, email, password_hash, staff, verified: true };
    let user = operator.create(&new, invited)?;
    report!("{} was created.", user.username);
    Ok(())
}

/// Changes a user and prints what was recorded.
fn change<E: std::error::Error + Send + Sync + 'static>(
    operator: &Operator,
    name: &str,
    change: impl FnOnce(i64) -> Result<Event, E>,
) -> anyhow::Result<()> {
    let found = find(operator, name)?;
    let event = change(found.id)?;
    report!("{}: {}.", found.username, event.text(&Texts::of(Lang::En).event).to_lowercase());
    Ok(())
}

pub(super) fn find(operator: &Operator, name: &str) -> anyhow::Result<User> {
    operator.find(name)?.with_context(|| format!("there is no user {name:?}"))
}

fn outbox(config: &Config, db: &Db) -> anyhow::Result<Outbox> {
    let keys = open_keys(config, db, &Clock::default())?;
    Ok(Outbox::new(
        mailer(config, &keys)?,
        Arc::new(Letters::of(config)),
        (false, config.mail.server.is_some()),
    ))
}

fn hash(config: &Config, password: Password, about: Vec<String>) -> anyhow::Result<String> {
    let about: Vec<&str> = about.iter().map(String::as_str).collect();
    password.check(&about).map_err(|problem| refused("password", problem.into()))?;
    let hasher = Hasher::start(1, config.bcrypt_cost, config.hash_wait, config.hash_priority);
    Ok(actix_web::rt::System::new().block_on(hasher.hash(password))?)
}

fn refused(field: &str, reason: Reason) -> anyhow::Error {
    anyhow::anyhow!("{field}: {}", reason.text(field, Texts::of(Lang::En)))
}

/// Never read from an argument: other users of the machine can see arguments.
fn read_password() -> anyhow::Result<Password> {
    if !std::io::stdin().is_terminal() {
        let mut line = Vec::new();
        let read = std::io::stdin().lock().read_until(b'\n', &mut line);
        read.map_err(|error| anyhow!("the password cannot be read from standard input: {error}"))?;
        let line = String::from_utf8(line)
            .map_err(|_| anyhow!("the password on standard input is not UTF-8; it takes text in UTF-8"))?;
        return Ok(Password::new(without_mark(&line).trim_end_matches(['\r', '\n']).to_owned()));
    }
    let typed = rpassword::prompt_password("New password: ")?;
    if typed != rpassword::prompt_password("Once more: ")? {
        bail!("the two passwords differ");
    }
    Ok(Password::new(typed))
}
