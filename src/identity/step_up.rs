//! Step-up: a sensitive act asks for the password again, unless it was typed lately (ASVS 7.5.1).

use actix_web::cookie::Cookie;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use futures_util::future::LocalBoxFuture;

use crate::web::confirm::{BACK, ask};
use crate::web::form::Problems;
use crate::web::{AppError, Client, Fields, Page, Site, next};

use super::App;
use super::audit::{Entry, Event};
use super::password::Secret;
use super::session::Rotation;
use super::user;
use super::visitor::CurrentUser;

/// A form sent by a member who has typed their password lately, or typed it along with the form. Whoever has not is
/// asked for it on a page that sends the same form again, so nothing that was typed is lost.
pub struct Stepped(pub Fields);

/// The session's new cookie, on its way from the step-up to the answer.
pub struct NewCookie(pub Cookie<'static>);

impl FromRequest for Stepped {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let req = req.clone();
        let fields = Fields::from_request(&req, payload);
        Box::pin(async move { step_up(&req, fields.await?).await })
    }
}

async fn step_up(req: &HttpRequest, mut fields: Fields) -> Result<Stepped, AppError> {
    let app = App::extract(req).await.map_err(|error| anyhow::anyhow!("{error}"))?;
    let current = CurrentUser::extract(req).await?;
    let site = web::Data::<Site>::extract(req).await.map_err(|error| anyhow::anyhow!("{error}"))?;
    let (typed, back) = (fields.take("current_password"), fields.take(BACK));
    if current.session.proof_is_recent(app.clock.now()) {
        return Ok(Stepped(fields));
    }
    let (mut page, username) = (Page::of(req), &current.user.username);
    if !back.is_empty() {
        page.here = next::back(&back, &site);
    }
    if typed.is_empty() {
        return Err(ask(&page, req.path(), username, &fields, Problems::default())?);
    }
    let client = Client::extract(req).await.map_err(|error| anyhow::anyhow!("{error}"))?;
    if !app.prove(&current, Secret::new(typed), &client).await? {
        let problems = Problems::one("current_password", page.t.field.wrong_password);
        return Err(ask(&page, req.path(), username, &fields, problems)?);
    }
    // A typed password makes this session one of higher standing, so it gets a new id.
    let rotation = Rotation { epoch: current.user.epoch, proved: true };
    let entry = Entry::new(Event::PasswordConfirmed, Some(current.user.id), &client, app.clock.now());
    // Hashing takes a while: whoever was disabled meanwhile does nothing more.
    let (user_id, epoch) = (current.user.id, current.user.epoch);
    let id = app.rotate(&current, rotation, entry, move |conn| user::holds(conn, user_id, epoch)).await?;
    req.extensions_mut().insert(NewCookie(app.session_cookie(&id, current.session.kind)));
    Ok(Stepped(fields))
}
