//! Links mailed on request, such as for a forgotten password. The response does not reveal whether an account exists
//! (ASVS 6.3.8, 6.4.3).

use std::sync::Arc;

use crate::identity::audit::{Client, Entry, Event};
use crate::identity::email::{CodeHolder, Letter, LinkPurpose, LinkSecrets, LinkToken, NewLink, find_link};
use crate::identity::unit_of_work::{Failure, System, Write, Writer};
use crate::platform::clock::Clock;
use crate::platform::db::{Db, DbError, Locks};
use crate::platform::lang::Lang;

use super::known_device::KnownDevice;
use super::mail::Mail;
use super::name::Login;
use super::user::{self, User};

/// Links whose codes no browser has asked for.
const STARTED_BY_STAFF: &[LinkPurpose] = &[LinkPurpose::Recovery, LinkPurpose::NewPassword];

/// A client's request for a mail.
pub struct LinkRequest {
    /// A username or address, as typed.
    pub login: String,
    pub purpose: LinkPurpose,
    /// Hash of the secret of the requesting browser.
    pub browser: String,
    pub device: KnownDevice,
}

pub struct LinkRequests {
    db: Db,
    writer: Writer,
    clock: Clock,
    mail: Mail,
}

impl LinkRequests {
    pub fn new(db: Db, writer: Writer, clock: Clock, mail: Mail) -> Self {
        Self { db, writer, clock, mail }
    }

    /// Mails a link to the owner of the account, if there is one. Returns before the account is looked up: neither
    /// the response nor its time depends on whether it exists.
    pub async fn send(self: &Arc<Self>, request: LinkRequest, client: Client) -> Result<(), Failure> {
        self.mail.limits.request(&client).await?;
        let this = Arc::clone(self);
        tokio::spawn(async move {
            if let Err(error) = this.mail_in_background(request, client).await {
                tracing::error!(%error, "a requested mail was not queued");
            }
        });
        Ok(())
    }

    async fn mail_in_background(&self, request: LinkRequest, client: Client) -> Result<(), Failure> {
        let login = Login::parse(&request.login);
        let user = self.db.run(move |conn| user::find_by_login(conn, &login)).await?;
        let user = self.may_have_mail(user, &request.device).await;
        let locks = user.as_ref().map_or_else(Locks::none, |user| Locks::user(user.id));
        let mail = self.mail.clone();
        let queued = self.writer.holding(locks).write(System, move |write| {
            queue(write, &mail, &request, user.as_ref(), &client)?;
            let event = match request.purpose {
                LinkPurpose::SignIn => Event::SignInLinkSent,
                LinkPurpose::PasswordReset => Event::PasswordResetAsked,
                _ => return Ok(()),
            };
            if let Some(user) = user {
                write.record(Entry::new(event, Some(user.id), &client, write.now()));
            }
            Ok(())
        });
        queued.await
    }

    /// The user, unless they are disabled or have reached the limit of mails. A device that has signed in to the
    /// account before is counted separately, so that requests by others do not use up the owner's limit.
    async fn may_have_mail(&self, user: Option<User>, device: &KnownDevice) -> Option<User> {
        let user = user.filter(|user| !user.disabled)?;
        let allowed = match device.knows(&user) {
            true => self.mail.limits.letter_to_device(&user.owner(Lang::En), &device.id).await,
            false => self.mail.limits.letter(&user.email).await,
        };
        allowed.ok()?;
        Some(user)
    }

    /// Whether a link is valid for its purpose. Consumes nothing.
    pub async fn is_valid(
        &self,
        token: &LinkToken,
        purposes: &'static [LinkPurpose],
    ) -> Result<bool, DbError> {
        let (token, now) = (token.clone(), self.clock.now());
        let found = self.db.run(move |conn| find_link(conn, &token, purposes, now)).await?;
        Ok(found.is_some_and(|found| found.user_id.is_some()))
    }

    /// Exchanges a correct code for a link; none for a wrong code, which counts against the client's address.
    pub async fn exchange_code(
        &self,
        browser: String,
        purposes: &'static [LinkPurpose],
        code: String,
        client: &Client,
    ) -> Result<Option<LinkToken>, Failure> {
        let links = self.mail.links.clone();
        let exchanged =
            self.writer.holding(Locks::named("mailed code", &browser)).write(System, move |write| {
                let found = links.by_code(write, &CodeHolder::Browser(browser), purposes, &code)?;
                Ok::<_, Failure>(found.map(|found| found.exchange(write)).transpose()?)
            });
        self.mail.limits.try_code(client, exchanged).await
    }

    /// The same for a link that staff have started, whose owner is given by name. A wrong code and a code for no account cost the same.
    pub async fn exchange_recovery_code(
        &self,
        login: &str,
        code: String,
        client: &Client,
    ) -> Result<Option<LinkToken>, Failure> {
        let (login, links) = (Login::parse(login), self.mail.links.clone());
        let exchanged = self.writer.write(System, move |write| {
            if let Some(user) = user::find_by_login(write.read(), &login)? {
                let owner = CodeHolder::User(user.id);
                let found = links.by_code(write, &owner, STARTED_BY_STAFF, &code)?;
                if let Some(found) = found {
                    return Ok(Some(found.exchange(write)?));
                }
            }
            let placeholder = NewLink {
                purpose: LinkPurpose::Recovery,
                user_id: None,
                email: "",
                payload: String::new(),
                browser: None,
            };
            links.issue(write, &placeholder)?;
            Ok::<_, Failure>(None)
        });
        self.mail.limits.try_code(client, exchanged).await
    }
}

/// A row is created even without a user, with a code that is not sent: codes for no account are rejected by the same
/// steps.
fn queue(
    write: &mut Write<'_>,
    mail: &Mail,
    request: &LinkRequest,
    user: Option<&User>,
    client: &Client,
) -> Result<(), DbError> {
    let link = NewLink {
        purpose: request.purpose,
        user_id: user.map(|user| user.id),
        email: user.map_or("", |user| &user.email),
        payload: String::new(),
        browser: Some(&request.browser),
    };
    let asked = Some((client.clone(), write.now()));
    let secrets = LinkSecrets { asked, ..mail.links.issue(write, &link)? };
    let Some(user) = user else { return Ok(()) };
    let letter = match request.purpose {
        LinkPurpose::SignIn => Letter::SignIn(secrets),
        LinkPurpose::VerifyEmail => Letter::VerifyEmail(secrets),
        _ => Letter::PasswordReset(secrets),
    };
    mail.outbox.queue(write, &user.recipient(client.lang), &letter)
}
