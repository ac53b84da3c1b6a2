//! Verifies addresses by mailed links and codes (ASVS 6.3.8, 6.6.2).

use serde::{Deserialize, Serialize};

use crate::identity::audit::{Client, Entry, Event};
use crate::identity::email::{
    CodeHolder, Letter, Link, LinkPurpose, LinkToken, NewLink, Notice, Recipient, find_link,
};
use crate::identity::unit_of_work::{Failure, System, Write, Writer};
use crate::platform::clock::Clock;
use crate::platform::db::{Conn, Db, DbError};

use super::error::AccountError;
use super::group;
use super::identities::{self, NewIdentity};
use super::mail::{AddressLink, Mail};
use super::name::{Email, Username};
use super::name_policy::NamePolicy;
use super::revocation;
use super::user::{self, NewUser, User};

/// Mails with a link to `/verify-email`.
const PURPOSES: &[LinkPurpose] = &[LinkPurpose::Register, LinkPurpose::VerifyEmail, LinkPurpose::ChangeEmail];

/// An account that waits for its address to be verified. Until then its names stay available to others.
#[derive(Serialize, Deserialize)]
pub(in crate::identity) struct PendingRegistration {
    pub username: String,
    pub password_hash: String,
    /// The account elsewhere that signs in to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<NewIdentity>,
    /// As the provider names the person; empty if it does not.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub display_name: String,
    /// Names of groups here to which the provider's groups lead.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<String>,
}

impl PendingRegistration {
    /// The account of a person who comes by no provider.
    pub fn of(new: &NewUser) -> Self {
        Self {
            username: new.username.shown.clone(),
            password_hash: new.password_hash.clone(),
            identity: None,
            display_name: String::new(),
            groups: Vec::new(),
        }
    }

    /// The link that creates the account.
    pub fn link(&self, email: Email, browser: Option<String>) -> AddressLink<'static> {
        let payload = serde_json::to_string(self).unwrap_or_default();
        AddressLink { user: None, email, payload, browser }
    }
}

/// Proof that the address belongs to the user.
pub enum EmailProof {
    Link(LinkToken),
    Code(CodeHolder, String),
}

/// The result of a proof.
#[derive(Clone)]
pub enum Confirmed {
    Registered,
    Verified(i64),
    Changed(i64),
}

pub struct EmailVerification {
    db: Db,
    writer: Writer,
    clock: Clock,
    names: NamePolicy,
    mail: Mail,
}

impl EmailVerification {
    pub fn new((db, writer): (Db, Writer), clock: Clock, names: NamePolicy, mail: Mail) -> Self {
        Self { db, writer, clock, names, mail }
    }

    /// Mails a member the link and the code again.
    pub async fn resend(&self, user: &User, client: &Client) -> Result<(), Failure> {
        self.mail.limits.request(client).await?;
        self.mail.limits.letter(&user.email).await?;
        let (mail, user, client) = (self.mail.clone(), user.clone(), client.clone());
        self.writer
            .of_user(user.id)
            .write(System, move |write| Ok(queue(write, &mail, &user, &client)?))
            .await
    }

    /// The address that a link would confirm, and the name of the account that it would create. Consumes nothing.
    pub async fn pending(&self, token: &LinkToken) -> Result<Option<(String, String)>, DbError> {
        let (token, now) = (token.clone(), self.clock.now());
        let found = self.db.run(move |conn: &mut Conn| find_link(conn, &token, PURPOSES, now)).await?;
        Ok(found.map(|found| {
            let pending = serde_json::from_str(&found.payload).ok();
            let username = pending.map(|pending: PendingRegistration| pending.username);
            (found.email, username.unwrap_or_default())
        }))
    }

    /// Carries out what the proof is for, once; none if it is invalid, or a name was taken concurrently. A wrong code
    /// counts against the client's address.
    pub async fn confirm(&self, proof: EmailProof, client: &Client) -> Result<Option<Confirmed>, Failure> {
        match proof {
            EmailProof::Link(_) => self.apply(proof, client).await,
            EmailProof::Code(..) => self.mail.limits.try_code(client, self.apply(proof, client)).await,
        }
    }

    async fn apply(&self, proof: EmailProof, client: &Client) -> Result<Option<Confirmed>, Failure> {
        let (mail, names, client) = (self.mail.clone(), self.names.clone(), client.clone());
        let confirmed = self.writer.write(System, move |write| {
            let found = match proof {
                EmailProof::Link(token) => {
                    let now = write.now();
                    find_link(write.read(), &token, PURPOSES, now)?
                }
                EmailProof::Code(holder, code) => mail.links.by_code(write, &holder, PURPOSES, &code)?,
            };
            let Some(found) = found else { return Ok(None) };
            if !found.use_up(write)? {
                return Ok(None);
            }
            confirm(write, (&mail, &names), &found, &client)
        });
        match confirmed.await {
            Err(AccountError::Failed(failure)) => Err(failure),
            // The name was taken concurrently.
            Err(_) => Ok(None),
            Ok(confirmed) => Ok(confirmed),
        }
    }
}

fn confirm(
    write: &mut Write<'_>,
    (mail, names): (&Mail, &NamePolicy),
    found: &Link,
    client: &Client,
) -> Result<Option<Confirmed>, AccountError> {
    let now = write.now();
    let entry = |event, id| Entry::new(event, Some(id), client, now);
    if found.is_for(LinkPurpose::Register) {
        let Some((new, pending)) = pending(found) else { return Ok(None) };
        names.require_free(write, &new.username)?;
        let user = user::create(write, &new)?;
        user::set_display_name(write, user.id, &pending.display_name)?;
        if let Some(identity) = pending.identity {
            // Who has linked it elsewhere since then signs in there.
            if identities::add(write, user.id, &identity)?.is_err() {
                return Err(AccountError::NotFound);
            }
            let there = (identity.provider.as_str(), identity.label.as_str());
            identities::record(write, Event::IdentityLinked, user.id, there, client);
        }
        group::join_named(write, user.id, &pending.groups, client)?;
        write.record(entry(Event::Registered, user.id));
        return Ok(Some(Confirmed::Registered));
    }
    let Some(id) = found.user_id else { return Ok(None) };
    let Some(user) = user::find(write.read(), id)?.filter(|user| !user.disabled) else { return Ok(None) };
    if found.is_for(LinkPurpose::ChangeEmail) {
        let Ok(email) = Email::parse(&found.email) else { return Ok(None) };
        revocation::change_email(write, id, &email)?;
        mail.outbox.notify(write, &user.owner(client.lang), Notice::AddressMoved, Some(client))?;
        write.record(entry(Event::EmailChanged, id));
        return Ok(Some(Confirmed::Changed(id)));
    }
    if user.email != found.email {
        return Ok(None);
    }
    user::verify_email(write, id)?;
    write.record(entry(Event::EmailVerified, id));
    Ok(Some(Confirmed::Verified(id)))
}

/// Asks a member to verify the address that they have.
pub(in crate::identity) fn queue(
    write: &mut Write<'_>,
    mail: &Mail,
    user: &User,
    client: &Client,
) -> Result<(), DbError> {
    let link = NewLink {
        purpose: LinkPurpose::VerifyEmail,
        user_id: Some(user.id),
        email: &user.email,
        payload: String::new(),
        browser: None,
    };
    let secrets = mail.links.issue(write, &link)?;
    let to = Recipient::anonymous(user.email.clone(), user.language().unwrap_or(client.lang));
    mail.outbox.queue(write, &to, &Letter::VerifyEmail(secrets))
}

fn pending(found: &Link) -> Option<(NewUser, PendingRegistration)> {
    let pending: PendingRegistration = serde_json::from_str(&found.payload).ok()?;
    let new = NewUser {
        username: Username::parse(&pending.username).ok()?,
        email: Email::parse(&found.email).ok()?,
        password_hash: pending.password_hash.clone(),
        staff: false,
        verified: true,
    };
    Some((new, pending))
}
