//! Passkeys: in place of name and password, as the second stage, or to show again who one is.

use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::http::header::HeaderMap;

use super::pending as stage;
use crate::http::auth::step_up::confirm_page::Ceremony;
use crate::http::cookie_jar::CookieJar;
use crate::http::{AppError, Client};
use crate::identity::Identity;
use crate::identity::accounts::user;
use crate::identity::credentials::passkey_rows as passkey;
use crate::identity::credentials::passkey_rows::Kept;
use crate::identity::credentials::webauthn::{Answer, Challenge};
use crate::identity::sessions::Live;
use crate::identity::sessions::auth_method::{Method, Methods};
use crate::platform::db::{Conn, DbError};
use crate::platform::keys::random_secret;
use crate::platform::metrics::SignInMethod;

use super::metrics::counted;
use super::{Authenticated, Checked, Half};

/// The cookie that ties a challenge to the browser that asked for it, before anyone is signed in.
const COOKIE: &str = "munjigi-passkey";

/// What a browser has sent: its answer, and the state that was handed to it.
pub struct Shown {
    pub answer: String,
    pub state: String,
}

/// What becomes of a passkey that is to be added.
pub enum Offered {
    Accepted(Accepted),
    /// The answer was not right.
    Refused,
    /// It is known already, or there are too many.
    Surplus,
}

/// A new passkey that was checked, and is to be kept.
pub struct Accepted {
    pub challenge: Challenge,
    pub credential_id: String,
    /// JSON.
    pub passkey: String,
}

/// Who may answer a challenge.
struct Asked {
    binding: String,
    /// Whose passkey it must be; none where the passkey itself tells.
    user_id: Option<i64>,
}

impl Asked {
    fn in_session(live: &Live) -> Self {
        Self { binding: format!("session {}", live.key.as_str()), user_id: Some(live.user.id) }
    }

    fn in_stage(half: &Half) -> Self {
        let stage = half.stage.as_ref().map(|stage| stage.token_hash.as_str()).unwrap_or_default();
        Self { binding: format!("stage {stage}"), user_id: Some(half.user.id) }
    }

    fn in_browser(token: &str) -> Self {
        Self { binding: format!("browser {token}"), user_id: None }
    }
}

impl Identity {
    /// Asks for a new passkey of a member; none where there are none on this site.
    pub async fn ask_for_new_passkey(&self, live: &Live) -> Result<Option<Ceremony>, AppError> {
        let (Some(passkeys), id) = (&self.passkeys, live.user.id) else { return Ok(None) };
        let known = self.db.run(move |conn| passkey::credential_ids(conn, id)).await?;
        let (names, asked) = ((live.user.username.as_str(), live.user.name()), Asked::in_session(live));
        Ok(Some(passkeys.ask_for_new(id, names, &known, &asked.binding, self.clock.now())?))
    }

    /// Checks a new passkey. It is kept, and its challenge marked, by whoever asked.
    pub async fn accept_new_passkey(&self, live: &Live, shown: &Shown) -> Result<Offered, AppError> {
        let (asked, id) = (Asked::in_session(live), live.user.id);
        let accepted = self.passkeys.as_ref().and_then(|passkeys| {
            passkeys.accept_new(&shown.answer, &shown.state, &asked.binding, self.clock.now())
        });
        let Some((challenge, credential_id, passkey)) = accepted else { return Ok(Offered::Refused) };
        let wanted = credential_id.clone();
        let surplus = self.db.run(move |conn| {
            let known = passkey::find(conn, &wanted)?.is_some();
            Ok::<_, DbError>(known || passkey::count(conn, id)? >= passkey::MAX_PER_USER)
        });
        Ok(match surplus.await? {
            true => Offered::Surplus,
            false => Offered::Accepted(Accepted { challenge, credential_id, passkey }),
        })
    }

    /// Asks a browser for any passkey of this site, to sign in by; and the cookie that ties both together.
    pub fn ask_for_any_passkey(
        &self,
        headers: &HeaderMap,
        cookies: &CookieJar,
    ) -> Result<Option<(Ceremony, Cookie<'static>)>, AppError> {
        let Some(passkeys) = &self.passkeys else { return Ok(None) };
        // Kept if it is there already, so that two pages of one browser do not spoil each other.
        let token = cookies.open(COOKIE, headers).unwrap_or_else(random_secret);
        let asked = Asked::in_browser(&token);
        let ceremony = passkeys.ask_to_show(&[], &asked.binding, self.clock.now())?;
        Ok(Some((ceremony, cookies.seal(COOKIE, &token, Some(Duration::hours(1))))))
    }

    /// Asks for one of the user's passkeys, to finish a sign-in; none if there is none.
    pub async fn ask_half_for_passkey(&self, half: &Half) -> Result<Option<Ceremony>, AppError> {
        self.ask_for(&Asked::in_stage(half)).await
    }

    /// Asks for one of the member's passkeys, to show again who they are; none if there is none.
    pub async fn ask_member_for_passkey(&self, live: &Live) -> Result<Option<Ceremony>, AppError> {
        self.ask_for(&Asked::in_session(live)).await
    }

    async fn ask_for(&self, asked: &Asked) -> Result<Option<Ceremony>, AppError> {
        let (Some(passkeys), Some(user_id)) = (&self.passkeys, asked.user_id) else { return Ok(None) };
        let known = self.db.run(move |conn| passkey::credential_ids(conn, user_id)).await?;
        if known.is_empty() {
            return Ok(None);
        }
        Ok(Some(passkeys.ask_to_show(&known, &asked.binding, self.clock.now())?))
    }

    /// Signs in by a passkey alone. Its device has made sure who holds it, so that is two factors in one.
    pub async fn sign_in_by_passkey(
        &self,
        shown: &Shown,
        headers: &HeaderMap,
        cookies: &CookieJar,
        client: &Client,
    ) -> Result<Option<Authenticated>, AppError> {
        counted(SignInMethod::Passkey, self.by_passkey_alone(shown, headers, cookies, client).await)
    }

    async fn by_passkey_alone(
        &self,
        shown: &Shown,
        headers: &HeaderMap,
        cookies: &CookieJar,
        client: &Client,
    ) -> Result<Option<Authenticated>, AppError> {
        let Some(token) = cookies.open(COOKIE, headers) else { return Ok(None) };
        let shown = self.accept(shown, Asked::in_browser(&token), |conn, kept| {
            let user = user::find(conn, kept.user_id)?;
            Ok(user.filter(|user| !user.disabled))
        });
        let Some(user) = shown.await? else {
            self.audit_failure(None, client).await;
            return Ok(None);
        };
        // Whoever comes with the password is told why.
        if self.must_verify(&user) {
            return Ok(None);
        }
        Ok(Some(Authenticated { user, methods: Methods::from(Method::Passkey) }))
    }

    /// Finishes a sign-in by a passkey of the same user, in place of a code.
    pub async fn finish_by_passkey(
        &self,
        half: &Half,
        shown: &Shown,
        client: &Client,
    ) -> Result<Checked, AppError> {
        counted(SignInMethod::SecondFactor, self.second_stage_by_passkey(half, shown, client).await)
    }

    async fn second_stage_by_passkey(
        &self,
        half: &Half,
        shown: &Shown,
        client: &Client,
    ) -> Result<Checked, AppError> {
        let (id, epoch, now) = (half.user.id, half.user.epoch, self.clock.now());
        let Some(kept) = half.stage.clone() else { return Ok(Checked::Over) };
        let shown = self.accept(shown, Asked::in_stage(half), move |conn, _| {
            let lives = stage::find(conn, &kept.token_hash, now)?.is_some() && user::holds(conn, id, epoch)?;
            Ok((lives && stage::end(conn, &kept.token_hash)?).then_some(()))
        });
        if shown.await?.is_none() {
            self.audit_wrong_code(id, client).await;
            return Ok(Checked::Wrong);
        }
        let methods = half.first.with(Method::Passkey);
        Ok(Checked::Right(Box::new(Authenticated { user: half.user.clone(), methods })))
    }

    /// Whether a member has shown one of their passkeys just now.
    pub async fn prove_by_passkey(
        &self,
        live: &Live,
        shown: &Shown,
        client: &Client,
    ) -> Result<bool, AppError> {
        let right = self.accept(shown, Asked::in_session(live), |_, _| Ok(Some(()))).await?.is_some();
        if !right {
            self.audit_wrong_code(live.user.id, client).await;
        }
        Ok(right)
    }

    /// Checks an answer and marks its challenge as answered, together with `then`: all of it, or nothing where `then`
    /// gives nothing.
    async fn accept<T: Send + 'static>(
        &self,
        shown: &Shown,
        asked: Asked,
        then: impl FnOnce(&mut Conn, &Kept) -> Result<Option<T>, DbError> + Send + 'static,
    ) -> Result<Option<T>, AppError> {
        let Some(passkeys) = &self.passkeys else { return Ok(None) };
        let Some(answer) = passkeys.read(&shown.answer) else { return Ok(None) };
        let (id, now) = (Answer::credential_id(&answer), self.clock.now());
        let found = self.db.run(move |conn| passkey::find(conn, &id)).await?;
        let Some(kept) = found.filter(|kept| asked.user_id.is_none_or(|id| id == kept.user_id)) else {
            return Ok(None);
        };
        let named = asked.user_id.is_none();
        let accepted = passkeys.accept(&answer, &shown.state, &kept, &asked.binding, named, now);
        let Some((challenge, after)) = accepted else { return Ok(None) };
        let done = self.db.write(move |conn| {
            let fresh = passkey::use_challenge(conn, &challenge.id, challenge.until)?
                && passkey::used(conn, &kept, &after, now)?;
            let done = if fresh { then(conn, &kept)? } else { None };
            done.ok_or(Stop::Refused)
        });
        match done.await {
            Ok(done) => Ok(Some(done)),
            Err(Stop::Refused) => Ok(None),
            Err(Stop::Db(error)) => Err(error.into()),
        }
    }
}

/// Why nothing was written.
enum Stop {
    Refused,
    Db(DbError),
}

impl From<DbError> for Stop {
    fn from(error: DbError) -> Self {
        Self::Db(error)
    }
}

impl From<diesel::result::Error> for Stop {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}
