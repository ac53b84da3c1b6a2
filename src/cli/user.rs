//! `munjigi user`: accounts, without a browser.

use std::io::{BufRead, IsTerminal};

use anyhow::{Context, bail};
use clap::Subcommand;

use crate::config::Config;
use crate::i18n::Lang;
use crate::identity::accounts::name::{Email, Login, Username};
use crate::identity::accounts::user;
use crate::identity::accounts::user::{NewUser, User};
use crate::identity::audit::{self, Entry, Event};
use crate::identity::credentials::factors as factor;
use crate::identity::credentials::hasher::Hasher;
use crate::identity::credentials::password::Secret;
use crate::identity::email::notice::{Notice, PendingNotice};
use crate::platform::clock::Clock;
use crate::platform::db::{Conn, Db, transaction};
use crate::platform::keys::Keys;
use crate::platform::near_cache::follow_sql as changes;
use crate::server::keys;

use super::mail::mailer;

#[derive(Subcommand)]
pub enum UserCommand {
    /// List every account
    List,
    /// Make an account; its password is read from the terminal or from standard input
    Create {
        name: String,
        #[arg(long)]
        email: String,
        /// Give it staff rights
        #[arg(long)]
        staff: bool,
    },
    /// Give staff rights
    Promote { name: String },
    /// Take staff rights away
    Demote { name: String },
    /// Forbid signing in, and end every session
    Disable { name: String },
    /// Allow signing in again
    Enable { name: String },
    /// Take every second factor away from somebody who has lost theirs, and end every session
    RemoveFactors { name: String },
    /// Set a new password, read from the terminal or from standard input, and end every session
    Password { name: String },
}

pub fn run(command: UserCommand, config: &Config) -> anyhow::Result<()> {
    let db = Db::open(&config.database)?;
    let mut conn = db.conn()?;
    match command {
        UserCommand::List => list(&mut conn),
        UserCommand::Create { name, email, staff } => create(&mut conn, config, &name, &email, staff),
        UserCommand::Promote { name } => {
            change(&mut conn, &name, Event::Promoted, |conn, id| user::set_staff(conn, id, true))
        }
        UserCommand::Demote { name } => {
            change(&mut conn, &name, Event::Demoted, |conn, id| user::set_staff(conn, id, false))
        }
        UserCommand::Disable { name } => {
            change(&mut conn, &name, Event::Disabled, |conn, id| user::set_disabled(conn, id, true).map(drop))
        }
        UserCommand::Enable { name } => {
            change(&mut conn, &name, Event::Enabled, |conn, id| user::set_disabled(conn, id, false).map(drop))
        }
        UserCommand::RemoveFactors { name } => {
            let keys = keys(config, &db, &Clock::default())?;
            let (now, mailer) = (Clock::default().now(), mailer(config, &keys)?);
            change(&mut conn, &name, Event::FactorsRemoved, |conn, id| {
                factor::remove_all(conn, id, now)?;
                user::end_everything(conn, id)?;
                PendingNotice::by_operator(Notice::FactorsChanged, mailer, now).queue_to(conn, id)
            })
        }
        UserCommand::Password { name } => {
            let keys = keys(config, &db, &Clock::default())?;
            password(&mut conn, config, &keys, &name)
        }
    }
}

fn list(conn: &mut Conn) -> anyhow::Result<()> {
    let users = user::all(conn)?;
    for user in &users {
        let marks: Vec<&str> = [(user.staff, "staff"), (user.disabled, "disabled")]
            .into_iter()
            .filter_map(|(is, mark)| is.then_some(mark))
            .collect();
        println!("{}\t{}\t{}", user.username, user.email, marks.join(","));
    }
    Ok(())
}

fn create(conn: &mut Conn, config: &Config, name: &str, email: &str, staff: bool) -> anyhow::Result<()> {
    let t = &Lang::En.texts().field;
    let username =
        Username::parse(name).map_err(|problem| anyhow::anyhow!("username: {}", problem.of_username(t)))?;
    let email = Email::parse(email).map_err(|problem| anyhow::anyhow!("email: {}", problem.of_email(t)))?;
    let password_hash = hash(config, read_password()?, vec![username.shown.clone(), email.shown.clone()])?;
    let now = Clock::default().now();
    let new = NewUser { username, email, password_hash, staff, verified: true };
    let user = transaction(conn, |conn| {
        let user = user::create(conn, &new, now)?;
        audit::record(conn, &Entry::by_operator(Event::Registered, Some(user.id), now))?;
        Ok::<_, user::SaveError>(user)
    })?;
    println!("{} was created.", user.username);
    Ok(())
}

fn password(conn: &mut Conn, config: &Config, keys: &Keys, name: &str) -> anyhow::Result<()> {
    let found = find(conn, name)?;
    let hash = hash(config, read_password()?, found.known_facts())?;
    let (now, mailer) = (Clock::default().now(), mailer(config, keys)?);
    change(conn, name, Event::PasswordChanged, |conn, id| {
        user::set_password(conn, id, &hash, now)?;
        PendingNotice::by_operator(Notice::PasswordChanged, mailer, now).queue_to(conn, id)
    })
}

/// Changes a user by `act` and notes it, both or neither.
fn change(
    conn: &mut Conn,
    name: &str,
    event: Event,
    act: impl FnOnce(&mut Conn, i64) -> Result<(), crate::platform::db::DbError>,
) -> anyhow::Result<()> {
    let found = find(conn, name)?;
    transaction(conn, |conn| {
        act(conn, found.id)?;
        audit::record(conn, &Entry::by_operator(event, Some(found.id), Clock::default().now()))?;
        Ok::<_, crate::platform::db::DbError>(())
    })?;
    changes::wait_until_known();
    println!("{}: {}.", found.username, event.text(&Lang::En.texts().event).to_lowercase());
    Ok(())
}

pub(super) fn find(conn: &mut Conn, name: &str) -> anyhow::Result<User> {
    user::find_by_login(conn, &Login::parse(name))?.with_context(|| format!("there is no user {name:?}"))
}

fn hash(config: &Config, password: Secret, about: Vec<String>) -> anyhow::Result<String> {
    let t = &Lang::En.texts().field;
    let about: Vec<&str> = about.iter().map(String::as_str).collect();
    password.check(&about).map_err(|problem| anyhow::anyhow!("password: {}", problem.text(t)))?;
    let hasher = Hasher::start(1, config.bcrypt_cost, config.hash_wait, config.hash_priority);
    Ok(actix_web::rt::System::new().block_on(hasher.hash(password))?)
}

/// Never from an argument: those can be read by others on the machine.
fn read_password() -> anyhow::Result<Secret> {
    if !std::io::stdin().is_terminal() {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line).context("reading the password from standard input")?;
        return Ok(Secret::new(line.trim_end_matches(['\r', '\n']).to_owned()));
    }
    let typed = rpassword::prompt_password("New password: ")?;
    if typed != rpassword::prompt_password("Once more: ")? {
        bail!("the two passwords differ");
    }
    Ok(Secret::new(typed))
}
