//! Creates accounts, immediately or after verification by mail.

use std::sync::Arc;

use super::accounts::name::{Email, Username};
use super::accounts::{AccountError, NewAccounts, NewUser, PendingRegistration, User};
use super::audit::Client;
use super::credentials::{Password, Passwords};
use super::invalid::{Checks, Invalid, Reason};
use super::sign_in::{Attempt, Authenticated, SignInStages, SignedIn};
use super::unit_of_work::Failure;

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
    accounts: NewAccounts,
    passwords: Arc<Passwords>,
    stages: Arc<SignInStages>,
}

impl Registration {
    pub fn new(accounts: NewAccounts, passwords: Arc<Passwords>, stages: Arc<SignInStages>) -> Self {
        Self { accounts, passwords, stages }
    }

    /// Creates an account.
    ///
    /// # Errors
    /// `Invalid` with everything that is wrong with what was typed.
    pub async fn create(&self, new: NewAccount, client: &Client) -> Result<Registered, AccountError> {
        let attempt = self.accounts.limits().registration(client).await?;
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
            Some(user) => Ok(Some(self.stages.complete(&user, attempt).await?)),
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
        let _permit = self.accounts.limits().name(&username.key).await?;
        self.refuse_taken(&username, &email).await?;
        let hashed = self.passwords.hash(password, about, client).await?;
        let password_hash =
            hashed.map_err(|problem| AccountError::from(Invalid::one("password", problem)))?;
        let (name, address) = (username.clone(), email.clone());
        let new = NewUser { username: name, email: address, password_hash, staff: false, verified: false };
        if self.accounts.must_verify(false) {
            let link = PendingRegistration::of(&new).link(new.email, browser);
            self.accounts.register_by_mail(link, client, |_| Ok(())).await?;
            return Ok(Registered::ByMail);
        }
        match self.accounts.create(new, client, |_| Ok(()), |_, user| Ok(user)).await {
            Ok(user) => Ok(Registered::Now(Box::new(user))),
            // Another request was faster: the database's constraint decides whether a name is taken.
            Err(error @ (AccountError::UsernameTaken | AccountError::EmailTaken)) => {
                self.refuse_taken(&username, &email).await?;
                Err(AccountError::from(Failure::Unavailable(error.into())).into())
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn refuse_taken(&self, username: &Username, email: &Email) -> Result<(), Refused> {
        self.accounts.refuse_taken(username, email, false).await.map_err(|error| {
            let reveals_account = matches!(error, AccountError::Invalid(_));
            Refused { error, reveals_account }
        })
    }
}
