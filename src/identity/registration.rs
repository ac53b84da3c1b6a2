//! New accounts, whichever way they are asked for.

use crate::i18n::field::Field;
use crate::web::form::Problems;
use crate::web::{AppError, Client};

use super::Identity;
use super::audit::{self, Entry, Event};
use super::name::{Email, Username};
use super::password::Secret;
use super::user::{self, NewUser, SaveError, User};

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
    ) -> Result<Result<User, Problems>, AppError> {
        let attempt = self.limits.registration(client).await?;
        Ok(self.create(username, email, password, client, t).await?.map_err(|refused| {
            // To learn that a name is taken counts like an account; a slip of the keyboard does not.
            if !refused.told_of_others {
                attempt.forgive();
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
    ) -> Result<Result<User, Refused>, AppError> {
        let mut problems = Problems::default();
        let about = vec![username.to_owned(), email.to_owned()];
        let username =
            Username::parse(username).map_err(|problem| problems.add("username", problem.of_username(t)));
        let email = Email::parse(email).map_err(|problem| problems.add("email", problem.of_email(t)));
        let (Ok(username), Ok(email)) = (username, email) else {
            // Refused anyway; the password is looked at all the same, so that everything is told at once.
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
        let new = NewUser { username: username.clone(), email: email.clone(), password_hash, staff: false };
        match self.save(new, client).await {
            Ok(user) => Ok(Ok(user)),
            Err(SaveError::Db(error)) => Err(error.into()),
            // Someone was quicker: that a name is taken, the database's constraint decides.
            Err(refused) => match self.taken(&username, &email, t).await? {
                Some(taken) => Ok(Err(taken)),
                None => Err(AppError::Unavailable(refused.into())),
            },
        }
    }

    async fn save(&self, new: NewUser, client: &Client) -> Result<User, SaveError> {
        let (now, client) = (self.clock.now(), client.clone());
        let saved = self.db.write(move |conn| {
            let user = user::create(conn, &new, now)?;
            let entry = Entry::new(Event::Registered, Some(user.id), &client, now);
            audit::record(conn, &entry)?;
            Ok::<_, SaveError>((user, entry))
        });
        let (user, entry) = saved.await?;
        entry.log();
        Ok(user)
    }

    /// Which of the two names belong to others already.
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
        if email_taken {
            problems.add("email", t.taken_email);
        }
        Ok((!problems.is_empty()).then_some(Refused { problems, told_of_others: true }))
    }
}
