//! Step-up: a sensitive act asks again who it is, unless that was shown lately: by the password, or by a code where the
//! account has a second factor. What changes the factors themselves asks for a code (ASVS 7.5.1, 7.5.3).

use actix_web::cookie::Cookie;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use futures_util::future::LocalBoxFuture;

use crate::web::confirm::{BACK, CODE, PASSKEY, PASSKEY_STATE, Wanted, ask};
use crate::web::form::Problems;
use crate::web::guard::Guard;
use crate::web::{AppError, Client, Fields, Page, Site, next};

use super::App;
use super::audit::{Entry, Event};
use super::factor::Method;
use super::password::Secret;
use super::session::Rotation;
use super::sign_in::Shown;
use super::user;
use super::visitor::CurrentUser;

/// A form sent by a member who has shown lately who they are, or did along with the form. Whoever has not is asked on a
/// page that sends the same form again, so nothing that was typed is lost.
pub struct Stepped(pub Fields);

/// The same, but where the account has a second factor, by that. The guard of what changes factors.
pub struct SteppedByFactor {
    /// By the session's id from now on.
    pub current: CurrentUser,
    pub fields: Fields,
}

impl Guard for SteppedByFactor {}

/// The session's new cookie, on its way from the step-up to the answer.
pub struct NewCookie(pub Cookie<'static>);

/// What is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ask {
    /// The password, or a code where there is a second factor.
    Either,
    /// A code where there is a second factor, or else the password.
    Factor,
}

impl FromRequest for Stepped {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let req = req.clone();
        let fields = Fields::from_request(&req, payload);
        Box::pin(async move {
            let (_, fields) = step_up(&req, fields.await?, Ask::Either).await?;
            Ok(Stepped(fields))
        })
    }
}

impl FromRequest for SteppedByFactor {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let req = req.clone();
        let fields = Fields::from_request(&req, payload);
        Box::pin(async move {
            let (current, fields) = step_up(&req, fields.await?, Ask::Factor).await?;
            Ok(SteppedByFactor { current, fields })
        })
    }
}

async fn step_up(
    req: &HttpRequest,
    mut fields: Fields,
    ask_for: Ask,
) -> Result<(CurrentUser, Fields), AppError> {
    let app = App::extract(req).await.map_err(|error| anyhow::anyhow!("{error}"))?;
    let current = CurrentUser::extract(req).await?;
    let site = web::Data::<Site>::extract(req).await.map_err(|error| anyhow::anyhow!("{error}"))?;
    let client = Client::extract(req).await.map_err(|error| anyhow::anyhow!("{error}"))?;
    let (password, code, back) = (fields.take("current_password"), fields.take(CODE), fields.take(BACK));
    let (has_factor, now) = (current.user.factors_since.is_some(), app.clock.now());
    let by_factor = has_factor && ask_for == Ask::Factor;
    let recent = match by_factor {
        true => current.session.factor_is_recent(now),
        false => current.session.proof_is_recent(now),
    };
    if recent {
        return Ok((current, fields));
    }
    let mut page = Page::of(req);
    if !back.is_empty() {
        page.here = next::back(&back, &site);
    }
    let (answer, state) = (fields.take(PASSKEY), fields.take(PASSKEY_STATE));
    let proved = if has_factor && !answer.is_empty() {
        let right = app.prove_by_passkey(&current, &Shown { answer, state }, &client).await?;
        right.then_some(Method::Passkey).ok_or(("", page.t.login.wrong_passkey))
    } else if has_factor && !code.is_empty() {
        app.prove_by_code(&current, &code, &client).await?.ok_or((CODE, page.t.login.wrong_code))
    } else if !by_factor && !password.is_empty() {
        let right = app.prove(&current, Secret::new(password), &client).await?;
        right.then_some(Method::Password).ok_or(("current_password", page.t.field.wrong_password))
    } else {
        Err(("", ""))
    };
    let method = match proved {
        Ok(method) => method,
        Err((field, text)) => {
            let passkey = app.ask_member_for_passkey(&current).await?;
            let wanted = Wanted { password: !by_factor, code: has_factor, passkey };
            let problems = if text.is_empty() { Problems::default() } else { Problems::one(field, text) };
            return Err(ask(&page, req.path(), &current.user.username, &fields, wanted, problems)?);
        }
    };
    // Whoever has shown who they are has a session of higher standing, so it gets a new id.
    let rotation = Rotation { epoch: current.user.epoch, proved: Some(method) };
    let event = if method.is_second() { Event::SecondFactorConfirmed } else { Event::PasswordConfirmed };
    let entry = Entry::new(event, Some(current.user.id), &client, now);
    // Hashing takes a while: whoever was disabled meanwhile does nothing more.
    let (user_id, epoch) = (current.user.id, current.user.epoch);
    let id = app.rotate(&current, rotation, entry, move |conn| user::holds(conn, user_id, epoch)).await?;
    req.extensions_mut().insert(NewCookie(app.session_cookie(&id, current.session.kind)));
    let live = app.sessions.check(&id).await?.ok_or(AppError::SessionOver)?;
    Ok((current.going_on_as(live), fields))
}
