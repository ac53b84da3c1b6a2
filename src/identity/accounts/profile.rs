//! What members change of their own account, whichever way they ask for it: the profile, the password.

use crate::config::Verification;
use crate::http::form::Problems;
use crate::http::page::Theme;
use crate::http::{AppError, Client};
use crate::i18n::field::Field;
use crate::i18n::{Lang, Texts};
use crate::platform::db::Conn;

use super::member;
use super::member::Member;
use super::name;
use super::name::Email;
use super::profile_change as profile;
use super::profile_change::ProfileChange;
use super::user;
use super::user::{SaveError, User};
use crate::identity::Identity;
use crate::identity::audit::{Entry, Event};
use crate::identity::credentials::password::Secret;
use crate::identity::email::notice::Notice;
use crate::identity::sessions as session;
use crate::identity::sessions::auth_method::Method;
use crate::identity::sessions::{Id, Key, Live, Rotation};
use crate::platform::near_cache::Topic;

/// What of a profile is to be changed, as typed. What is none stays as it is.
#[derive(Default)]
pub struct TypedProfile {
    pub display_name: Option<String>,
    pub email: Option<String>,
    /// A language's code, or empty to follow the browser.
    pub language: Option<String>,
    pub theme: Option<String>,
}

impl TypedProfile {
    pub fn parse(&self, t: &Field) -> Result<ProfileChange, Problems> {
        let mut problems = Problems::default();
        let display_name = self.display_name.as_deref().and_then(|typed| {
            let read = name::display_name(typed);
            read.map_err(|problem| problems.add("display_name", problem.of_display_name(t))).ok()
        });
        let email = self.email.as_deref().and_then(|typed| {
            Email::parse(typed).map_err(|problem| problems.add("email", problem.of_email(t))).ok()
        });
        let language = self.language.as_deref().and_then(|typed| match (typed, Lang::parse(typed)) {
            ("", _) => Some(None),
            (_, Some(lang)) => Some(Some(lang)),
            (_, None) => {
                problems.add("language", t.bad_choice);
                None
            }
        });
        let theme = self.theme.as_deref().and_then(|typed| {
            let read = Theme::parse(typed);
            if read.is_none() {
                problems.add("theme", t.bad_choice);
            }
            read
        });
        let change = ProfileChange { display_name, email, language, theme };
        if problems.is_empty() { Ok(change) } else { Err(problems) }
    }
}

impl ProfileChange {
    /// Whether the email is to be another one, which takes a step-up.
    pub fn moves(&self, user: &User) -> bool {
        self.email.as_ref().is_some_and(|email| email.shown != user.email)
    }
}

/// What a change of the profile has led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    Done,
    /// The new address has to be confirmed before it counts.
    Mailed,
}

impl Identity {
    /// Changes the profile, or says what is wrong with it. Where addresses are confirmed, a new one counts only after that.
    pub async fn change_profile(
        &self,
        live: &Live,
        mut change: ProfileChange,
        client: &Client,
        t: &Field,
    ) -> Result<Result<Changed, Problems>, AppError> {
        // The same address again is no change: it stays confirmed.
        change.email.take_if(|email| email.shown == live.user.email);
        let confirmed = self.config.mail.verification != Verification::Off;
        let moving = change.email.take_if(|_| confirmed);
        // To learn that an address is taken counts like an account; nothing else of a profile does.
        let attempt = match change.email {
            Some(_) => Some(self.limits.registration(client).await?),
            None => None,
        };
        let stored = self.store_profile(&live.user, Some(live.key.clone()), change, client).await;
        if matches!(stored, Err(SaveError::EmailTaken | SaveError::UsernameTaken)) {
            return Ok(Err(Problems::one("email", t.taken_email)));
        }
        attempt.into_iter().for_each(|attempt| attempt.refund());
        match stored {
            Ok(()) => {}
            Err(SaveError::Db(error)) => return Err(error.into()),
            Err(_) => return Err(AppError::SessionOver),
        }
        let Some(email) = moving else { return Ok(Ok(Changed::Done)) };
        self.change_email_by_mail(&live.user, email, client).await?;
        Ok(Ok(Changed::Mailed))
    }

    /// Changes a profile for an API token, which brings no session to prove anything by.
    ///
    /// # Errors
    /// 403 if the email is to be another one.
    pub async fn change_harmless(
        &self,
        user: &User,
        change: ProfileChange,
        client: &Client,
    ) -> Result<(), AppError> {
        if change.moves(user) {
            return Err(AppError::NeedsSession);
        }
        match self.store_profile(user, None, change, client).await {
            Ok(()) => Ok(()),
            Err(SaveError::Db(error)) => Err(error.into()),
            Err(_) => Err(AppError::BadToken),
        }
    }

    /// Stores it, if the session with this key has not ended meanwhile.
    async fn store_profile(
        &self,
        user: &User,
        session: Option<Key>,
        change: ProfileChange,
        client: &Client,
    ) -> Result<(), SaveError> {
        if change == ProfileChange::default() {
            return Ok(());
        }
        let renamed = change.display_name.as_ref().is_some_and(|name| *name != user.display_name);
        let (id, epoch) = (user.id, user.epoch);
        let moved = change.moves(user);
        let entry = Entry::new(Event::EmailChanged, Some(id), client, self.clock.now());
        let (told, before) = (moved.then(|| self.notice(Notice::AddressMoved, client)), user.clone());
        let changing = move |conn: &mut Conn| {
            if session.map(|key| session::is_over(conn, &key)).transpose()?.unwrap_or(false) {
                return Err(SaveError::SessionOver);
            }
            profile::change_profile(conn, id, epoch, &change)?;
            if let Some(told) = told {
                told.queue(conn, &before)?;
            }
            Ok::<_, SaveError>(())
        };
        self.change_user(id, moved.then_some(entry), changing).await?;
        if renamed {
            // Posts are shown with their authors' names.
            self.sessions.topic_changed(Topic::Posts).await;
        }
        Ok(())
    }

    /// Changes the password, which ends every other session; this one's new id, or what is wrong with what was typed.
    pub async fn change_password(
        &self,
        live: &Live,
        old: Secret,
        new: Secret,
        client: &Client,
        t: &Texts,
    ) -> Result<Result<Id, Problems>, AppError> {
        if old.is_empty() || !self.prove(live, old.clone(), client).await? {
            return Ok(Err(Problems::one("current_password", t.field.wrong_password)));
        }
        if old == new {
            return Ok(Err(Problems::one("new_password", t.security.same)));
        }
        let hash = match self.hash_new(new, live.user.known_facts(), client).await? {
            Ok(hash) => hash,
            Err(problem) => return Ok(Err(Problems::one("new_password", problem.text(&t.field)))),
        };
        let (id, epoch, now) = (live.user.id, live.user.epoch, self.clock.now());
        let entry = Entry::new(Event::PasswordChanged, Some(id), client, now);
        let rotation = Rotation { epoch: epoch + 1, proved: Some(Method::Password) };
        let told = self.notice(Notice::PasswordChanged, client);
        let change = move |conn: &mut Conn| {
            let changed = user::change_password(conn, id, epoch, &hash, now)?;
            told.queue_to(conn, id)?;
            Ok(changed)
        };
        let new_id = self.rotate(live, rotation, entry, change).await?;
        self.sessions.clear_ended(id, Some(epoch + 1));
        Ok(Ok(new_id))
    }

    /// Deletes the account, if the session still holds.
    pub async fn delete_account(&self, live: &Live, client: &Client) -> Result<(), AppError> {
        let (id, epoch, key) = (live.user.id, live.user.epoch, live.key.clone());
        let entry = Entry::new(Event::AccountDeleted, Some(id), client, self.clock.now());
        let delete = move |conn: &mut Conn| {
            if session::is_over(conn, &key)? || !user::holds(conn, id, epoch)? {
                return Err(AppError::SessionOver);
            }
            Ok(user::delete(conn, id)?)
        };
        self.change_user(id, Some(entry), delete).await?;
        self.sessions.clear_ended(id, None);
        self.sessions.topic_changed(Topic::Posts).await;
        Ok(())
    }

    /// The member as they are now, behind what memory and this request know.
    pub async fn member_now(&self, id: i64) -> Result<Member, AppError> {
        self.db.run(move |conn| member::find(conn, id)).await?.ok_or(AppError::SessionOver)
    }
}
