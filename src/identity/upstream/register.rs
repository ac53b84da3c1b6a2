//! The first sign-in by a provider: an account with a username that the person chooses.

use crate::config::Verification;
use crate::identity::accounts::name::{Email, USERNAME_MAX, Username};
use crate::identity::accounts::{
    AccountError, NO_PASSWORD, NewUser, PendingRegistration, User, identities, join_groups,
    queue_verification, user,
};
use crate::identity::audit::{Client, Entry, Event};
use crate::identity::invalid::{Checks, Reason};
use crate::identity::sign_in::{Attempt, Authenticated, SignedIn};
use crate::identity::unit_of_work::{Failure, System, Write};
use crate::platform::db::DbError;

use super::admission;
use super::attempts;
use super::error::UpstreamError;
use super::person::Person;
use super::upstream::Upstream;

/// What the page suggests.
pub struct Suggested {
    pub username: String,
    pub email: String,
    /// Whether the provider vouches for the address, so that it is not asked for.
    pub email_is_proved: bool,
    /// Where the browser was going, as received.
    pub return_to: String,
    /// Whether to stay signed in, as chosen before.
    pub remember: bool,
}

/// What the person chose.
pub struct NewcomerForm {
    pub username: String,
    /// Counts only if the provider proves none.
    pub email: String,
    /// Hash of the secret of the browser in which a mailed code is valid.
    pub mail_browser: Option<String>,
}

/// The result of a first sign-in.
pub enum Newcomer {
    SignedIn(Box<SignedIn>),
    /// The account exists, and its session could not be started.
    Created,
    /// It is created once the mailed link or code is used.
    ByMail,
}

/// Why no account was made.
#[derive(Debug, thiserror::Error)]
pub enum NewcomerError {
    #[error(transparent)]
    Upstream(#[from] UpstreamError),
    #[error(transparent)]
    Account(#[from] AccountError),
    #[error("the person may not have an account")]
    NotAdmitted,
}

impl From<DbError> for NewcomerError {
    fn from(error: DbError) -> Self {
        Self::Account(error.into())
    }
}

impl From<Failure> for NewcomerError {
    fn from(failure: Failure) -> Self {
        Self::Account(failure.into())
    }
}

/// An account to make.
struct NewAccount {
    user: NewUser,
    person: Person,
    /// Groups here.
    groups: Vec<String>,
    provider: String,
    browser: String,
}

impl Upstream {
    /// What to suggest to the person who waits in this browser.
    pub async fn suggested(&self, name: &str, browser: Option<&str>) -> Result<Suggested, UpstreamError> {
        let waiting = self.waiting(name, browser).await?;
        let person = waiting.person;
        Ok(Suggested {
            username: self.free_username(person.usernames()).await?,
            email_is_proved: person.proved_email().is_some(),
            email: person.email.unwrap_or_default(),
            return_to: waiting.return_to,
            remember: waiting.remember,
        })
    }

    /// Makes the account of the person who waits in this browser, and signs them in.
    pub async fn register(
        &self,
        (name, browser): (&str, Option<&str>),
        form: NewcomerForm,
        attempt: &Attempt,
    ) -> Result<Newcomer, NewcomerError> {
        let client = &attempt.client;
        let counted = self.limits.registration(client).await?;
        let waiting = self.waiting(name, browser).await?;
        let config = &self.provider(name)?.config;
        if admission::check(config, &waiting.person, self.open).is_err() {
            return Err(NewcomerError::NotAdmitted);
        }
        let mut checks = Checks::<Reason>::default();
        let username = checks.check("username", Username::parse(&form.username));
        let proved = waiting.person.proved_email();
        let verified = proved.is_some();
        let email = proved.or_else(|| checks.check("email", Email::parse(&form.email)));
        let (Some(username), Some(email)) = (username, email) else {
            counted.refund();
            return Err(AccountError::from(checks.into_invalid()).into());
        };
        let _permit = self.limits.name(&username.key).await?;
        self.refuse_taken(&username, &email, verified).await?;
        let groups = waiting.person.groups.iter().filter_map(|group| config.group_map.get(group)).cloned();
        let new = NewAccount {
            groups: groups.collect(),
            user: NewUser { username, email, password_hash: NO_PASSWORD.to_owned(), staff: false, verified },
            person: waiting.person,
            provider: name.to_owned(),
            browser: browser.unwrap_or_default().to_owned(),
        };
        let session = new.person.session();
        if self.verification == Verification::Required && !verified {
            self.register_by_mail(new, form.mail_browser, client).await?;
            return Ok(Newcomer::ByMail);
        }
        let user = self.save(new, client).await?;
        Ok(match Authenticated::newcomer_by(user, session, self.clock.now()) {
            Some(user) => Newcomer::SignedIn(Box::new(self.sign_in.complete(&user, attempt).await?)),
            None => Newcomer::Created,
        })
    }

    /// The first of these names that one may have; if none, the best one with a number behind it.
    async fn free_username(&self, fitting: Vec<Username>) -> Result<String, DbError> {
        let (names, now) = (self.names.clone(), self.clock.now());
        let free = self.db.run(move |conn| {
            let numbered: Vec<Username> = fitting.first().into_iter().flat_map(numbered).collect();
            for name in fitting.into_iter().chain(numbered) {
                if !user::name_taken(conn, &name)? && !names.withholds(conn, &name, now)? {
                    return Ok::<_, DbError>(name.shown);
                }
            }
            Ok(String::new())
        });
        free.await
    }

    /// Rejects names that belong to others, and those that are reserved or retired.
    async fn refuse_taken(
        &self,
        username: &Username,
        email: &Email,
        verified: bool,
    ) -> Result<(), AccountError> {
        let (username, email) = (username.clone(), email.clone());
        let (names, now) = (self.names.clone(), self.clock.now());
        let taken = self.db.run(move |conn| {
            let (name_taken, email_taken) = user::taken(conn, &username, &email)?;
            Ok::<_, DbError>((name_taken || names.withholds(conn, &username, now)?, email_taken))
        });
        let (name_taken, email_taken) = taken.await?;
        let mut checks = Checks::<Reason>::default();
        if name_taken {
            checks.add("username", Reason::Taken);
        }
        // If addresses are verified, only the owner of an address learns that it is taken.
        if email_taken && (verified || self.verification != Verification::Required) {
            checks.add("email", Reason::Taken);
        }
        if checks.is_empty() { Ok(()) } else { Err(checks.into_invalid().into()) }
    }

    async fn save(&self, new: NewAccount, client: &Client) -> Result<User, AccountError> {
        let asks = self.verification == Verification::Optional && !new.user.verified;
        let may_mail = asks && self.mail.limits.letter(&new.user.email.shown).await.is_ok();
        let mail = may_mail.then(|| self.mail.clone());
        let (names, client) = (self.names.clone(), client.clone());
        let saved = self.writer.write(System, move |write| {
            if !attempts::depart(write, (&new.provider, &new.browser))? {
                return Err(AccountError::NotFound);
            }
            names.require_free(write, &new.user.username)?;
            let user = user::create(write, &new.user)?;
            user::set_display_name(write, user.id, &new.person.display_name())?;
            link(write, user.id, &new.person, &client)?;
            join_groups(write, user.id, &new.groups, &client)?;
            if let Some(mail) = mail {
                queue_verification(write, &mail, &user, &client)?;
            }
            write.record(Entry::new(Event::Registered, Some(user.id), &client, write.now()));
            user::find(write.read(), user.id)?.ok_or(AccountError::NotFound)
        });
        saved.await.map_err(AccountError::taken_as_invalid)
    }

    /// Mails the link that makes the account, or a notice to the owner of the address if it has one. The client cannot
    /// distinguish the two.
    async fn register_by_mail(
        &self,
        new: NewAccount,
        mail_browser: Option<String>,
        client: &Client,
    ) -> Result<(), AccountError> {
        let may_send = self.mail.may_send(&new.user.email, client).await?;
        let (mail, language) = (self.mail.clone(), client.lang);
        let queued = self.writer.write(System, move |write| {
            if !attempts::depart(write, (&new.provider, &new.browser))? {
                return Err(AccountError::NotFound);
            }
            let pending = PendingRegistration {
                identity: Some(new.person.identity()),
                display_name: new.person.display_name(),
                groups: new.groups,
                ..PendingRegistration::of(&new.user)
            };
            let link = pending.link(new.user.email, mail_browser);
            Ok(mail.send_link(write, link, (may_send, language))?)
        });
        queued.await
    }
}

/// The identity was free when the person came; another browser of theirs may have been faster.
fn link(write: &mut Write<'_>, user_id: i64, person: &Person, client: &Client) -> Result<(), AccountError> {
    if identities::add(write, user_id, &person.identity())?.is_err() {
        return Err(AccountError::NotFound);
    }
    let linked = Entry::new(Event::IdentityLinked, Some(user_id), client, write.now());
    write.record(linked.about(format!("{}: {}", person.provider, person.label())));
    Ok(())
}

/// The name with 2 to 9 behind it, shortened if it gets too long.
fn numbered(name: &Username) -> impl Iterator<Item = Username> {
    let short: String = name.shown.chars().take(USERNAME_MAX - 1).collect();
    (2..=9).filter_map(move |number| Username::parse(&format!("{short}{number}")).ok())
}
