//! A forgotten password: a mail to the owner leads to a new one. Whoever asks learns nothing of who has an account
//! (ASVS 6.3.8, 6.4.3).

use crate::http::{AppError, Client};
use crate::platform::db::DbError;
use crate::platform::metrics;
use crate::platform::metrics::{Outcome, Way};

use super::name::Login;
use super::user;
use super::user::User;
use super::verification as address;
use crate::http::auth::cookies::device::Device;
use crate::http::auth::cookies::requesting_browser::Asked;
use crate::i18n::letters::Letters;
use crate::identity::audit::Event;
use crate::identity::credentials::reset::Token;
use crate::identity::email::token as mail_token;
use crate::identity::email::token::{Holder, Purpose, Wanted};
use crate::identity::{App, Identity};

impl Identity {
    /// Mails a link to the owner of the account, if there is one. Returns at once, before anybody has looked: neither the
    /// answer nor its time depends on who exists.
    ///
    /// # Errors
    /// 429 when this client has asked too often.
    pub async fn mail_to_owner(
        app: &App,
        login: String,
        purpose: Purpose,
        asked: Asked,
        device: Device,
        client: Client,
    ) -> Result<(), AppError> {
        app.limits.mail(&client).await?;
        let app = App::clone(app);
        actix_web::rt::spawn(async move {
            if let Err(error) = app.mail_in_background(&login, purpose, asked, &device, &client).await {
                tracing::error!(%error, "a mail that was asked for was not queued");
            }
        });
        Ok(())
    }

    async fn mail_in_background(
        &self,
        login: &str,
        purpose: Purpose,
        asked: Asked,
        device: &Device,
        client: &Client,
    ) -> Result<(), DbError> {
        let login = Login::parse(login);
        let user = self.db.run(move |conn| user::find_by_login(conn, &login)).await?;
        let user = self.may_have_mail(user, device).await;
        let (mail, codes, now) = (self.mail.clone(), self.mail_codes.clone(), self.clock.now());
        let lang = client.lang;
        let user_id = user.as_ref().map(|user| user.id);
        let queued = self.db.write(move |conn| {
            // Nobody has a row, too, whose code nobody knows: a code typed for nobody is refused by the same steps.
            let wanted = Wanted {
                purpose,
                user_id,
                email: user.as_ref().map_or("", |user| &user.email),
                payload: String::new(),
                asked: Some(&asked),
            };
            let secrets = mail_token::issue(conn, &codes, wanted, now)?;
            if let Some(user) = user {
                let letters = Letters::to(&user, lang, &mail);
                let letter = match purpose {
                    Purpose::SignIn => letters.sign_in(&secrets),
                    Purpose::VerifyEmail => letters.verify(&secrets),
                    _ => letters.password_reset(&secrets),
                };
                mail.queue(conn, &user.email, &letter, now)?;
            }
            Ok::<_, DbError>(())
        });
        queued.await?;
        if let Some(id) = user_id {
            match purpose {
                Purpose::SignIn => self.audit(Event::SignInLinkSent, Some(id), client).await,
                Purpose::PasswordReset => self.audit(Event::PasswordResetAsked, Some(id), client).await,
                _ => {}
            }
        }
        Ok(())
    }

    /// The user, unless disabled or told often enough. A device that has signed in to the account before is judged by
    /// itself, so that strangers who ask in the owner's name use up nothing of the owner's.
    async fn may_have_mail(&self, user: Option<User>, device: &Device) -> Option<User> {
        let user = user.filter(|user| !user.disabled)?;
        let whom = match device.knows(user.id) {
            true => format!("{} device {}", user.id, device.id()),
            false => user.id.to_string(),
        };
        self.limits.mail_to(&whom).await.ok()?;
        Some(user)
    }

    /// Whether a link would do what it is for. Consumes nothing.
    pub async fn is_link_good(&self, token: &Token, purposes: &'static [Purpose]) -> Result<bool, AppError> {
        let (token, now) = (token.clone(), self.clock.now());
        let found = self.db.run(move |conn| Ok::<_, DbError>(mail_token::find(conn, &token, purposes, now)?));
        Ok(found.await?.is_some_and(|found| found.user_id.is_some()))
    }

    /// Whom a sign-in link lets in, once. It stands for the password alone: whatever else the account asks for comes next.
    pub async fn use_sign_in_link(&self, token: Token, client: &Client) -> Result<Option<User>, AppError> {
        let now = self.clock.now();
        let used = self.db.write(move |conn| {
            let Some(found) = mail_token::find(conn, &token, &[Purpose::SignIn], now)? else {
                return Ok(None);
            };
            let user = found.user_id.map(|id| user::find(conn, id)).transpose()?.flatten();
            let same = |user: &User| !user.disabled && user.email == found.email;
            let Some(user) = user.filter(same) else { return Ok(None) };
            if !found.use_up(conn)? {
                return Ok(None);
            }
            // Who opened it reads what is mailed there.
            address::verify_email(conn, user.id, now)?;
            Ok::<_, DbError>(Some(user))
        });
        let used = used.await?;
        if let Some(user) = &used {
            self.sessions.user_changed(user.id).await;
            self.audit(Event::SignInLinkUsed, Some(user.id), client).await;
        } else {
            metrics::count(|m| m.sign_ins(SignInMethod::MailLink, SignInOutcome::Failure));
        }
        Ok(used)
    }

    /// Does what a typed code stands for: none for a wrong one, which counts against the address that it comes from.
    pub async fn try_code<T>(
        &self,
        client: &Client,
        work: impl Future<Output = Result<Option<T>, AppError>>,
    ) -> Result<Option<T>, AppError> {
        let attempt = self.limits.mailed_code(client).await?;
        let done = work.await?;
        if done.is_some() {
            attempt.refund();
        }
        Ok(done)
    }

    /// A right code becomes a link; none for a wrong one.
    pub async fn link_for_code(
        &self,
        asked: Asked,
        purposes: &'static [Purpose],
        code: String,
    ) -> Result<Option<Token>, AppError> {
        let (codes, now) = (self.mail_codes.clone(), self.clock.now());
        let exchanged = self.db.write(move |conn| {
            let holder = Holder::Browser(asked);
            let found = mail_token::by_code(conn, &codes, &holder, purposes, &code, now)?;
            let token = found.map(|found| found.exchange(conn)).transpose()?;
            Ok::<_, DbError>(token)
        });
        Ok(exchanged.await?)
    }

    /// The same for a recovery: whose code it is, the name tells. A wrong code and one for nobody cost the same.
    pub async fn link_for_recovery_code(&self, login: &str, code: String) -> Result<Option<Token>, AppError> {
        let login = Login::parse(login);
        let (codes, now) = (self.mail_codes.clone(), self.clock.now());
        let exchanged = self.db.write(move |conn| {
            if let Some(user) = user::find_by_login(conn, &login)? {
                let owner = Holder::User(user.id);
                let found = mail_token::by_code(conn, &codes, &owner, &[Purpose::Recovery], &code, now)?;
                if let Some(found) = found {
                    return Ok(Some(found.exchange(conn)?));
                }
            }
            let nobody = Wanted {
                purpose: Purpose::Recovery,
                user_id: None,
                email: "",
                payload: String::new(),
                asked: None,
            };
            mail_token::issue(conn, &codes, nobody, now)?;
            Ok::<_, DbError>(None)
        });
        Ok(exchanged.await?)
    }
}
