//! People who sign in by a provider for the first time: an account with a username that the person chooses.

use std::sync::Arc;

use crate::identity::accounts::name::{Email, USERNAME_MAX, Username};
use crate::identity::accounts::{
    AccountError, NO_PASSWORD, NewAccounts, NewUser, PendingRegistration, User, identities, join_groups, user,
};
use crate::identity::audit::{Client, Event};
use crate::identity::invalid::{Checks, Reason};
use crate::identity::sign_in::{Attempt, Authenticated, SignInStages, SignedIn};
use crate::identity::unit_of_work::{Failure, Write};
use crate::platform::clock::Clock;
use crate::platform::db::DbError;

use super::admission;
use super::attempt;
use super::attempts::Attempts;
use super::error::UpstreamError;
use super::person::Person;
use super::providers::Providers;

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

/// The service that makes the accounts of newcomers.
pub struct Newcomers {
    providers: Arc<Providers>,
    attempts: Arc<Attempts>,
    accounts: NewAccounts,
    stages: Arc<SignInStages>,
    clock: Clock,
    /// Whether the site makes new accounts.
    open: bool,
}

impl Newcomers {
    pub fn new(
        (providers, attempts): (Arc<Providers>, Arc<Attempts>),
        (accounts, stages): (NewAccounts, Arc<SignInStages>),
        clock: Clock,
        open: bool,
    ) -> Self {
        Self { providers, attempts, accounts, stages, clock, open }
    }

    /// What to suggest to the person who waits in this browser.
    pub async fn suggested(&self, name: &str, browser: Option<&str>) -> Result<Suggested, UpstreamError> {
        let waiting = self.attempts.waiting(name, browser).await?;
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
        let counted = self.accounts.limits().registration(client).await?;
        let waiting = self.attempts.waiting(name, browser).await?;
        let config = &self.providers.get(name)?.config;
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
        let _permit = self.accounts.limits().name(&username.key).await?;
        self.accounts.refuse_taken(&username, &email, verified).await?;
        let groups = waiting.person.groups.iter().filter_map(|group| config.group_map.get(group)).cloned();
        let new = NewAccount {
            groups: groups.collect(),
            user: NewUser { username, email, password_hash: NO_PASSWORD.to_owned(), staff: false, verified },
            person: waiting.person,
            provider: name.to_owned(),
            browser: browser.unwrap_or_default().to_owned(),
        };
        let session = new.person.session();
        if self.accounts.must_verify(verified) {
            let NewAccount { user, person, groups, provider, browser } = new;
            let depart = move |write: &mut Write<'_>| depart(write, &provider, &browser);
            let pending = PendingRegistration {
                identity: Some(person.identity()),
                display_name: person.display_name(),
                groups,
                ..PendingRegistration::of(&user)
            };
            let link = pending.link(user.email, form.mail_browser);
            self.accounts.register_by_mail(link, client, depart).await?;
            return Ok(Newcomer::ByMail);
        }
        let user = self.save(new, client).await?;
        Ok(match Authenticated::newcomer_by(user, session, self.clock.now()) {
            Some(user) => Newcomer::SignedIn(Box::new(self.stages.complete(&user, attempt).await?)),
            None => Newcomer::Created,
        })
    }

    /// The first of these names that one may have; if none, the best one with a number behind it.
    async fn free_username(&self, fitting: Vec<Username>) -> Result<String, DbError> {
        let numbered: Vec<Username> = fitting.first().into_iter().flat_map(numbered).collect();
        let free = self.accounts.first_free(fitting.into_iter().chain(numbered).collect()).await?;
        Ok(free.map(|name| name.shown).unwrap_or_default())
    }

    async fn save(&self, new: NewAccount, client: &Client) -> Result<User, AccountError> {
        let NewAccount { user, person, groups, provider, browser } = new;
        let first = move |write: &mut Write<'_>| depart(write, &provider, &browser);
        let who = client.clone();
        let saved = self.accounts.create(user, client, first, move |write, user| {
            user::set_display_name(write, user.id, &person.display_name())?;
            link(write, user.id, &person, &who)?;
            join_groups(write, user.id, &groups, &who)?;
            user::find(write.read(), user.id)?.ok_or(AccountError::NotFound)
        });
        saved.await.map_err(AccountError::taken_as_invalid)
    }
}

/// The person waits no more.
///
/// # Errors
/// `NotFound` if they did not, since another request was faster.
fn depart(write: &mut Write<'_>, provider: &str, browser: &str) -> Result<(), AccountError> {
    if attempt::depart(write, (provider, browser))? { Ok(()) } else { Err(AccountError::NotFound) }
}

/// The identity was free when the person came; another browser of theirs may have been faster.
fn link(write: &mut Write<'_>, user_id: i64, person: &Person, client: &Client) -> Result<(), AccountError> {
    if identities::add(write, user_id, &person.identity())?.is_err() {
        return Err(AccountError::NotFound);
    }
    identities::record(write, Event::IdentityLinked, user_id, (&person.provider, &person.label()), client);
    Ok(())
}

/// The name with 2 to 9 behind it, shortened if it gets too long.
fn numbered(name: &Username) -> impl Iterator<Item = Username> {
    let short: String = name.shown.chars().take(USERNAME_MAX - 1).collect();
    (2..=9).filter_map(move |number| Username::parse(&format!("{short}{number}")).ok())
}
