//! Addresses: what is mailed to show that one is somebody's, and what comes of the link or the code (ASVS 6.3.8, 6.6.2).

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::config::Verification;
use crate::http::{AppError, Client};
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::schema::users;
use crate::platform::schema::users::dsl;

use super::name::{Email, Login, Username};
use super::user;
use super::user::{NewUser, SaveError, User};
use crate::http::auth::cookies::requesting_browser::Asked;
use crate::i18n::letters::Letters;
use crate::identity::Identity;
use crate::identity::audit;
use crate::identity::audit::{Entry, Event};
use crate::identity::credentials::reset::Token;
use crate::identity::email::notice::Notice;
use crate::identity::email::token as mail_token;
use crate::identity::email::token::{Holder, MailToken, Purpose, Wanted};
use crate::platform::near_cache::Topic;

/// Mails that lead to `/verify-email`.
pub const VERIFYING: &[Purpose] = &[Purpose::Register, Purpose::VerifyEmail, Purpose::ChangeEmail];

/// An account that waits for its address. Until then it takes no name from anybody.
#[derive(Serialize, Deserialize)]
struct Waiting {
    username: String,
    password_hash: String,
}

/// What shows that the address is theirs.
pub enum Proof {
    Link(Token),
    Code(Holder, String),
}

/// What a proof has done.
#[derive(Clone)]
pub enum Confirmed {
    Registered,
    Verified(i64),
    Changed(i64),
}

impl Identity {
    /// Whether this user may not sign in before the address is confirmed.
    pub fn must_verify(&self, user: &User) -> bool {
        self.config.mail.verification == Verification::Required && user.email_verified_at.is_none()
    }

    /// Mails what makes the account, or to the owner of the address that there is one. Whoever asks cannot tell which.
    pub(crate) async fn register_by_mail(
        &self,
        new: NewUser,
        asked: &Asked,
        client: &Client,
    ) -> Result<(), AppError> {
        self.limits.mail(client).await?;
        let may_mail = self.limits.mail_to(&new.email.key).await.is_ok();
        let (mail, codes, now) = (self.mail.clone(), self.mail_codes.clone(), self.clock.now());
        let (asked, lang) = (asked.clone(), client.lang);
        let queued = self.db.write(move |conn| {
            let owner = user::find_by_login(conn, &Login::Email(new.email.key))?;
            let waiting = Waiting { username: new.username.shown, password_hash: new.password_hash };
            let wanted = Wanted {
                purpose: Purpose::Register,
                user_id: None,
                email: if owner.is_some() { "" } else { &new.email.shown },
                payload: serde_json::to_string(&waiting).unwrap_or_default(),
                asked: Some(&asked),
            };
            let secrets = mail_token::issue(conn, &codes, wanted, now)?;
            match owner {
                _ if !may_mail => {}
                Some(owner) => {
                    mail.queue(conn, &owner.email, &Letters::to(&owner, lang, &mail).taken(), now)?;
                }
                None => {
                    let letter = Letters::to_stranger(lang, &mail).register(&secrets);
                    mail.queue(conn, &new.email.shown, &letter, now)?;
                }
            }
            Ok::<_, DbError>(())
        });
        Ok(queued.await?)
    }

    /// Mails what changes the user's address, or to the owner of the new one that it is taken; and tells the old one.
    pub(crate) async fn change_email_by_mail(
        &self,
        user: &User,
        email: Email,
        client: &Client,
    ) -> Result<(), AppError> {
        self.limits.mail(client).await?;
        let may_mail = self.limits.mail_to(&email.key).await.is_ok();
        let (mail, codes, now) = (self.mail.clone(), self.mail_codes.clone(), self.clock.now());
        let (user, lang) = (user.clone(), client.lang);
        let told = self.notice(Notice::AddressMoving, client);
        let entry = Entry::new(Event::EmailChangeAsked, Some(user.id), client, now);
        let queued = self.act(Some(entry), move |conn| {
            let owner = user::find_by_login(conn, &Login::Email(email.key))?;
            let owner = owner.filter(|owner| owner.id != user.id);
            let wanted = Wanted {
                purpose: Purpose::ChangeEmail,
                user_id: Some(user.id),
                email: if owner.is_some() { "" } else { &email.shown },
                payload: String::new(),
                asked: None,
            };
            let secrets = mail_token::issue(conn, &codes, wanted, now)?;
            match owner {
                _ if !may_mail => {}
                Some(owner) => {
                    mail.queue(conn, &owner.email, &Letters::to(&owner, lang, &mail).taken(), now)?;
                }
                None => {
                    let t = user.language().unwrap_or(lang);
                    let letter = Letters::to_stranger(t, &mail).change(&secrets);
                    mail.queue(conn, &email.shown, &letter, now)?;
                }
            }
            told.queue(conn, &user)?;
            Ok::<_, DbError>(())
        });
        Ok(queued.await?)
    }

    /// Asks a member to confirm the address that they have. Within what made it theirs, or again.
    pub(crate) fn ask_to_verify(
        &self,
        client: &Client,
    ) -> impl FnOnce(&mut Conn, &User) -> Result<(), DbError> + use<> {
        let (mail, codes, now) = (self.mail.clone(), self.mail_codes.clone(), self.clock.now());
        let lang = client.lang;
        move |conn, user| {
            let wanted = Wanted {
                purpose: Purpose::VerifyEmail,
                user_id: Some(user.id),
                email: &user.email,
                payload: String::new(),
                asked: None,
            };
            let secrets = mail_token::issue(conn, &codes, wanted, now)?;
            let letter = Letters::to_stranger(user.language().unwrap_or(lang), &mail).verify(&secrets);
            Ok(mail.queue(conn, &user.email, &letter, now)?)
        }
    }

    /// Mails a member the link and the code once more.
    ///
    /// # Errors
    /// 429 when it was asked for too often.
    pub async fn verify_again(&self, user: &User, client: &Client) -> Result<(), AppError> {
        self.limits.mail(client).await?;
        self.limits.mail_to(&user.id.to_string()).await?;
        let (ask, user) = (self.ask_to_verify(client), user.clone());
        Ok(self.db.write(move |conn| ask(conn, &user)).await?)
    }

    /// The address that a link would confirm, and the name of the account that it would make. Consumes nothing.
    pub async fn to_be_confirmed(&self, token: &Token) -> Result<Option<(String, String)>, AppError> {
        let (token, now) = (token.clone(), self.clock.now());
        let found =
            self.db.run(move |conn| Ok::<_, DbError>(mail_token::find(conn, &token, VERIFYING, now)?));
        Ok(found.await?.map(|found| {
            let waiting = serde_json::from_str(&found.payload).ok();
            (found.email, waiting.map(|waiting: Waiting| waiting.username).unwrap_or_default())
        }))
    }

    /// Does what the proof is for, once; none if it is not good, or a name was taken meanwhile.
    pub async fn confirm(&self, proof: Proof, client: &Client) -> Result<Option<Confirmed>, AppError> {
        let (codes, now, client) = (self.mail_codes.clone(), self.clock.now(), client.clone());
        let told = self.notice(Notice::AddressMoved, &client);
        let done = self.db.write(move |conn| {
            let found = match proof {
                Proof::Link(token) => mail_token::find(conn, &token, VERIFYING, now)?,
                Proof::Code(holder, code) => {
                    mail_token::by_code(conn, &codes, &holder, VERIFYING, &code, now)?
                }
            };
            let Some(found) = found else { return Ok(None) };
            if !found.use_up(conn)? {
                return Ok(None);
            }
            let entry = |event, id| Entry::new(event, Some(id), &client, now);
            let (confirmed, entry) = if found.is_for(Purpose::Register) {
                let Some(new) = waiting(&found) else { return Ok(None) };
                (Confirmed::Registered, entry(Event::Registered, user::create(conn, &new, now)?.id))
            } else {
                let user = found.user_id.map(|id| user::find(conn, id)).transpose()?.flatten();
                let Some(user) = user.filter(|user| !user.disabled) else { return Ok(None) };
                if found.is_for(Purpose::ChangeEmail) {
                    let Ok(email) = Email::parse(&found.email) else { return Ok(None) };
                    change_email(conn, user.id, &email, now)?;
                    told.queue(conn, &user)?;
                    (Confirmed::Changed(user.id), entry(Event::EmailChanged, user.id))
                } else if user.email == found.email {
                    verify_email(conn, user.id, now)?;
                    (Confirmed::Verified(user.id), entry(Event::EmailVerified, user.id))
                } else {
                    return Ok(None);
                }
            };
            audit::record(conn, &entry)?;
            Ok(Some((confirmed, entry)))
        });
        let (confirmed, entry) = match done.await {
            Ok(Some(done)) => done,
            Ok(None) | Err(SaveError::UsernameTaken | SaveError::EmailTaken | SaveError::SessionOver) => {
                return Ok(None);
            }
            Err(SaveError::Db(error)) => return Err(error.into()),
        };
        entry.log();
        if let Confirmed::Verified(id) | Confirmed::Changed(id) = confirmed {
            self.sessions.user_changed(id).await;
            self.sessions.topic_changed(Topic::Posts).await;
        }
        Ok(Some(confirmed))
    }
}

/// The address has been shown to be theirs, now or before.
pub fn verify_email(conn: &mut Conn, id: i64, now: Timestamp) -> Result<(), DbError> {
    let unknown = users::table.find(id).filter(dsl::email_verified_at.is_null());
    diesel::update(unknown).set(dsl::email_verified_at.eq(now)).execute(conn)?;
    Ok(())
}

/// Sets an address that was confirmed; whatever was mailed to the one before opens nothing any more.
fn change_email(conn: &mut Conn, id: i64, email: &Email, now: Timestamp) -> Result<(), SaveError> {
    let change = (dsl::email.eq(&email.shown), dsl::email_key.eq(&email.key), dsl::email_verified_at.eq(now));
    diesel::update(users::table.find(id)).set(change).execute(conn)?;
    Ok(user::close_links(conn, id)?)
}

fn waiting(found: &MailToken) -> Option<NewUser> {
    let waiting: Waiting = serde_json::from_str(&found.payload).ok()?;
    Some(NewUser {
        username: Username::parse(&waiting.username).ok()?,
        email: Email::parse(&found.email).ok()?,
        password_hash: waiting.password_hash,
        staff: false,
        verified: true,
    })
}
