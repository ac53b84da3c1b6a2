//! Creates accounts, immediately or after verification by mail.

use std::sync::Arc;

use crate::config::Verification;

use super::accounts::name::{Email, Username};
use super::accounts::{
    AccountError, AccountLimits, Mail, NamePolicy, NewUser, PendingRegistration, User, queue_verification,
    user,
};
use super::audit::{Client, Entry, Event};
use super::credentials::{Password, Passwords};
use super::invalid::{Checks, Invalid, Reason};
use super::sign_in::{Attempt, Authenticated, SignIn, SignedIn};
use super::unit_of_work::{Failure, System, Writer};
use crate::platform::clock::Clock;
use crate::platform::db::{Db, DbError};

/// The result of a registration.
pub enum Registered {
    /// The account exists.
    Now(Box<User>),
    /// It is created once the mailed link or code is used.
    ByMail,
}

/// A requested account, as typed.
pub struct NewAccount {
    pub username: String,
    pub email: String,
    pub password: Password,
    /// Hash of the secret of the browser in which a mailed code is valid.
    pub browser: Option<String>,
}

/// Why no account is created.
struct Refused {
    error: AccountError,
    /// Whether the reason reveals that an account exists.
    reveals_account: bool,
}

impl<E: Into<AccountError>> From<E> for Refused {
    fn from(error: E) -> Self {
        Self { error: error.into(), reveals_account: false }
    }
}

pub struct Registration {
    db: Db,
    writer: Writer,
    clock: Clock,
    names: NamePolicy,
    verification: Verification,
    limits: Arc<AccountLimits>,
    passwords: Arc<Passwords>,
    sign_in: Arc<SignIn>,
    mail: Mail,
}

impl Registration {
    pub fn new(
        (db, writer, clock): (Db, Writer, Clock),
        (verification, names): (Verification, NamePolicy),
        limits: Arc<AccountLimits>,
        (passwords, sign_in): (Arc<Passwords>, Arc<SignIn>),
        mail: Mail,
    ) -> Self {
        Self { db, writer, clock, names, verification, limits, passwords, sign_in, mail }
    }

    /// Creates an account.
    ///
    /// # Errors
    /// `Invalid` with everything that is wrong with what was typed.
    pub async fn create(&self, new: NewAccount, client: &Client) -> Result<Registered, AccountError> {
        let attempt = self.limits.registration(client).await?;
        self.validate_and_save(new, client).await.map_err(|refused| {
            // Learning that a name is taken counts like a registration; a typing error does not.
            let is_invalid = matches!(refused.error, AccountError::Invalid(_));
            if is_invalid && !refused.reveals_account {
                attempt.refund();
            }
            refused.error
        })
    }

    /// Signs in a user who has just registered; none if the account has been changed since.
    pub async fn sign_in(&self, user: User, attempt: &Attempt) -> Result<Option<SignedIn>, Failure> {
        match Authenticated::newcomer(user) {
            Some(user) => Ok(Some(self.sign_in.complete(&user, attempt).await?)),
            None => Ok(None),
        }
    }

    async fn validate_and_save(&self, new: NewAccount, client: &Client) -> Result<Registered, Refused> {
        let NewAccount { username, email, password, browser } = new;
        let about = vec![username.clone(), email.clone()];
        let mut checks = Checks::<Reason>::default();
        let username = checks.check("username", Username::parse(&username));
        let email = checks.check("email", Email::parse(&email));
        let (Some(username), Some(email)) = (username, email) else {
            // It is rejected anyway; the password is checked too, so that all problems are reported together.
            checks.check("password", self.passwords.check(password, about, client).await?);
            return Err(AccountError::from(checks.into_invalid()).into());
        };
        let _permit = self.limits.name(&username.key).await?;
        self.refuse_taken(&username, &email).await?;
        let hashed = self.passwords.hash(password, about, client).await?;
        let password_hash =
            hashed.map_err(|problem| AccountError::from(Invalid::one("password", problem)))?;
        let (name, address) = (username.clone(), email.clone());
        let new = NewUser { username: name, email: address, password_hash, staff: false, verified: false };
        if self.verification == Verification::Required {
            self.register_by_mail(new, browser, client).await?;
            return Ok(Registered::ByMail);
        }
        match self.save(new, client).await {
            Ok(user) => Ok(Registered::Now(Box::new(user))),
            // Another request was faster: the database's constraint decides whether a name is taken.
            Err(error @ (AccountError::UsernameTaken | AccountError::EmailTaken)) => {
                self.refuse_taken(&username, &email).await?;
                Err(AccountError::from(Failure::Unavailable(error.into())).into())
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn save(&self, new: NewUser, client: &Client) -> Result<User, AccountError> {
        let verify = match self.verification {
            Verification::Optional => self.mail.limits.letter(&new.email.shown).await.is_ok(),
            Verification::Off | Verification::Required => false,
        };
        let verify = verify.then(|| self.mail.clone());
        let (client, names) = (client.clone(), self.names.clone());
        let saved = self.writer.write(System, move |write| {
            names.require_free(write, &new.username)?;
            let user = user::create(write, &new)?;
            if let Some(mail) = verify {
                queue_verification(write, &mail, &user, &client)?;
            }
            write.record(Entry::new(Event::Registered, Some(user.id), &client, write.now()));
            Ok(user)
        });
        saved.await
    }

    /// Rejects names that belong to others, and those that are reserved or retired. If addresses are verified, only the owner of an address learns that it is
    /// taken.
    async fn refuse_taken(&self, username: &Username, email: &Email) -> Result<(), Refused> {
        let (username, email) = (username.clone(), email.clone());
        let (names, now) = (self.names.clone(), self.clock.now());
        let taken = self.db.run(move |conn| {
            let (name_taken, email_taken) = user::taken(conn, &username, &email)?;
            Ok::<_, DbError>((name_taken || names.withholds(conn, &username, now)?, email_taken))
        });
        let (name_taken, email_taken) = taken.await.map_err(AccountError::from)?;
        let mut checks = Checks::<Reason>::default();
        if name_taken {
            checks.add("username", Reason::Taken);
        }
        if email_taken && self.verification != Verification::Required {
            checks.add("email", Reason::Taken);
        }
        if checks.is_empty() {
            return Ok(());
        }
        Err(Refused { error: checks.into_invalid().into(), reveals_account: true })
    }

    /// Mails the link that creates the account, or a notice to the owner of the address if an account exists. The
    /// client cannot distinguish the two.
    async fn register_by_mail(
        &self,
        new: NewUser,
        browser: Option<String>,
        client: &Client,
    ) -> Result<(), Failure> {
        let may_send = self.mail.may_send(&new.email, client).await?;
        let (mail, language) = (self.mail.clone(), client.lang);
        let queued = self.writer.write(System, move |write| {
            let link = PendingRegistration::of(&new).link(new.email, browser);
            Ok::<_, Failure>(mail.send_link(write, link, (may_send, language))?)
        });
        queued.await
    }
}
