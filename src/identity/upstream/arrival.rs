//! What it means here that a person has come by a provider.

use std::sync::Arc;

use crate::config::Admission;
use crate::identity::accounts::name::Login;
use crate::identity::accounts::{NO_PASSWORD, User, identities, user};
use crate::identity::audit::{Client, Entry, Event};
use crate::identity::sign_in::{Attempt, Issue, Outcome, ProviderSignIn, Rejection};
use crate::identity::unit_of_work::{Failure, System, Write, Writer};
use crate::platform::db::DbError;

use super::admission::{self, NotAdmitted};
use super::attempt::Waiting;
use super::attempts::Attempts;
use super::error::UpstreamError;
use super::person::Person;
use super::providers::Providers;

/// How the person goes on.
pub enum NextStep {
    /// They have an account, and are signed in or asked for the second factor.
    SignIn(Box<Outcome>),
    /// They choose a username for a new account.
    Register,
    /// Their address belongs to an account: its owner signs in to that and says whether to link.
    OwnerMustLink,
    NotAdmitted(NotAdmitted),
    /// They must confirm the address of their account first.
    Unverified(String),
}

/// A person who has come in a browser.
pub struct Arrived<'a> {
    pub person: Person,
    /// The secret of the browser.
    pub browser: &'a str,
    pub return_to: &'a str,
}

enum Found {
    User(Box<User>),
    Stranded,
    New,
}

/// The service for people who have come by a provider.
pub struct Arrivals {
    providers: Arc<Providers>,
    attempts: Arc<Attempts>,
    writer: Writer,
    sign_in: Arc<ProviderSignIn>,
    /// Whether the site makes new accounts.
    open: bool,
}

impl Arrivals {
    pub fn new(
        (providers, attempts): (Arc<Providers>, Arc<Attempts>),
        writer: Writer,
        sign_in: Arc<ProviderSignIn>,
        open: bool,
    ) -> Self {
        Self { providers, attempts, writer, sign_in, open }
    }

    /// Signs in the owner of the identity; anyone else is noted as waiting until they say who they are here.
    pub async fn arrive(&self, arrived: Arrived<'_>, attempt: &Attempt) -> Result<NextStep, UpstreamError> {
        let Arrived { person, browser, return_to } = arrived;
        let config = &self.providers.get(&person.provider)?.config;
        let (seen, client, invites) =
            (person.clone(), attempt.client.clone(), config.admission != Admission::Closed);
        let found =
            self.writer.write(System, move |write| Ok::<_, Failure>(find(write, &seen, &client, invites)?));
        let found = match found.await? {
            Found::User(user) => {
                let email = user.email.clone();
                let outcome = self.sign_in.with_provider(*user, person.session(), attempt).await?;
                return Ok(match outcome {
                    Outcome::Rejected(Rejection::Unverified) => NextStep::Unverified(email),
                    outcome => NextStep::SignIn(Box::new(outcome)),
                });
            }
            Found::Stranded => NextStep::OwnerMustLink,
            Found::New => match admission::check(config, &person, self.open) {
                Ok(()) => NextStep::Register,
                Err(why) => return Ok(NextStep::NotAdmitted(why)),
            },
        };
        let remember = attempt.issue == Issue::Cookie { remember: true };
        let waiting = Waiting { person, return_to: return_to.to_owned(), remember };
        self.attempts.note_waiting(browser, waiting).await?;
        Ok(found)
    }
}

fn find(write: &mut Write<'_>, person: &Person, client: &Client, invites: bool) -> Result<Found, DbError> {
    let proved = person.proved_email();
    if let Some(id) = identities::owner(write.read(), &person.issuer, &person.subject)? {
        let Some(user) = user::find(write.read(), id)? else { return Ok(Found::New) };
        let is_theirs = || proved.as_ref().is_some_and(|email| email.shown.eq_ignore_ascii_case(&user.email));
        if user.email_verified_at.is_none() && is_theirs() {
            user::verify_email(write, id)?;
            write.record(Entry::new(Event::EmailVerified, Some(id), client, write.now()));
        }
        let user = user::find(write.read(), id)?.unwrap_or(user);
        return Ok(Found::User(Box::new(user)));
    }
    let Some(email) = proved else { return Ok(Found::New) };
    let Some(owner) = user::find_by_login(write.read(), &Login::Email(email.key))? else {
        return Ok(Found::New);
    };
    match invites && accept_invitation(write, &owner, person, client)? {
        true => Ok(Found::User(Box::new(user::find(write.read(), owner.id)?.unwrap_or(owner)))),
        false => Ok(Found::Stranded),
    }
}

/// Gives an account that the operator has made, and that has no way in yet, to the owner of its address.
fn accept_invitation(
    write: &mut Write<'_>,
    owner: &User,
    person: &Person,
    client: &Client,
) -> Result<bool, DbError> {
    let has_no_way_in =
        owner.password_hash == NO_PASSWORD && owner.factors_since.is_none() && !owner.disabled;
    if !has_no_way_in || identities::has_any(write.read(), owner.id)? {
        return Ok(false);
    }
    if !identities::accept_invitation(write, owner.id)? {
        return Ok(false);
    }
    if identities::add(write, owner.id, &person.identity())?.is_err() {
        return Ok(false);
    }
    user::verify_email(write, owner.id)?;
    identities::record(write, Event::IdentityLinked, owner.id, (&person.provider, &person.label()), client);
    Ok(true)
}
