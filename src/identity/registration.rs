//! New accounts, whichever way they are asked for.

use crate::http::form::Problems;
use crate::http::{AppError, Client};
use crate::i18n::field::Field;

use crate::config::Verification;

use super::Identity;
use super::accounts::name::{Email, Username};
use super::accounts::user;
use super::accounts::user::{NewUser, SaveError, User};
use super::audit::{Entry, Event};
use super::credentials::password::Secret;
use crate::http::auth::cookies::requesting_browser::Asked;

/// What became of a registration.
pub enum Registered {
    /// The account is there.
    Now(Box<User>),
    /// It is there once the mailed link or code comes back; a code counts in the browser that keeps this.
    ByMail(Asked),
}

struct Refused {
    problems: Problems,
    /// Whether the problems tell that somebody else has an account.
    told_of_others: bool,
}

impl Identity {
    /// Makes an account, or says what is wrong with what was typed.
    pub async fn register(
        &self,
        username: &str,
        email: &str,
        password: Secret,
        client: &Client,
        t: &Field,
    ) -> Result<Result<Registered, Problems>, AppError> {
        let attempt = self.limits.registration(client).await?;
        Ok(self.create(username, email, password, client, t).await?.map_err(|refused| {
            // To learn that a name is taken counts like an account; a slip of the keyboard does not.
            if !refused.told_of_others {
                attempt.refund();
            }
            refused.problems
        }))
    }

    async fn create(
        &self,
        username: &str,
        email: &str,
        password: Secret,
        client: &Client,
        t: &Field,
    ) -> Result<Result<Registered, Refused>, AppError> {
        let mut problems = Problems::default();
        let about = vec![username.to_owned(), email.to_owned()];
        let username =
            Username::parse(username).map_err(|problem| problems.add("username", problem.of_username(t)));
        let email = Email::parse(email).map_err(|problem| problems.add("email", problem.of_email(t)));
        let (Ok(username), Ok(email)) = (username, email) else {
            // Refused anyway; the password is looked at all the same, so that everything is told at once.
            let _turn = self.limits.turn_to_hash(client).await?;
            if let Err(problem) = self.hasher.check(password, about).await? {
                problems.add("password", problem.text(t));
            }
            return Ok(Err(Refused { problems, told_of_others: false }));
        };
        let _turn = self.limits.turn_for_name(&username.key).await?;
        if let Some(taken) = self.taken(&username, &email, t).await? {
            return Ok(Err(taken));
        }
        let password_hash = match self.hash_new(password, about, client).await? {
            Ok(hash) => hash,
            Err(problem) => {
                let problems = Problems::one("password", problem.text(t));
                return Ok(Err(Refused { problems, told_of_others: false }));
            }
        };
        let (name, address) = (username.clone(), email.clone());
        let new = NewUser { username: name, email: address, password_hash, staff: false, verified: false };
        if self.config.mail.verification == Verification::Required {
            let asked = Asked::random();
            self.register_by_mail(new, &asked, client).await?;
            return Ok(Ok(Registered::ByMail(asked)));
        }
        match self.save(new, client).await {
            Ok(user) => Ok(Ok(Registered::Now(Box::new(user)))),
            Err(SaveError::Db(error)) => Err(error.into()),
            // Someone was quicker: that a name is taken, the database's constraint decides.
            Err(refused) => match self.taken(&username, &email, t).await? {
                Some(taken) => Ok(Err(taken)),
                None => Err(AppError::Unavailable(refused.into())),
            },
        }
    }

    async fn save(&self, new: NewUser, client: &Client) -> Result<User, SaveError> {
        let optional = self.config.mail.verification == Verification::Optional;
        let ask = optional.then(|| self.ask_to_verify(client));
        let (now, client) = (self.clock.now(), client.clone());
        let saved = self.act_telling(move |conn| {
            let user = user::create(conn, &new, now)?;
            let entry = Entry::new(Event::Registered, Some(user.id), &client, now);
            if let Some(ask) = ask {
                ask(conn, &user)?;
            }
            Ok::<_, SaveError>((user, vec![entry]))
        });
        saved.await
    }

    /// Which of the two names belong to others already. Where addresses are confirmed, whose they are is told to nobody
    /// but their owners.
    async fn taken(
        &self,
        username: &Username,
        email: &Email,
        t: &Field,
    ) -> Result<Option<Refused>, AppError> {
        let (username, email) = (username.clone(), email.clone());
        let (name_taken, email_taken) = self.db.run(move |conn| user::taken(conn, &username, &email)).await?;
        let mut problems = Problems::default();
        if name_taken {
            problems.add("username", t.taken_username);
        }
        if email_taken && self.config.mail.verification != Verification::Required {
            problems.add("email", t.taken_email);
        }
        Ok((!problems.is_empty()).then_some(Refused { problems, told_of_others: true }))
    }
}
