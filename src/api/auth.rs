//! `/api/auth`: sessions, for programs.

use actix_web::web::{self, Json};
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use crate::clock::{Timestamp, rfc3339};
use crate::identity::App;
use crate::identity::session::{Key, Listed, Session};
use crate::identity::visitor::CurrentUser;
use crate::web::guard::Anyone;
use crate::web::headers::CLEAR_SITE_DATA;
use crate::web::{Answer, AppError, Client};

use super::account::UserShape;

/// Who is there, and by which session.
#[derive(Serialize)]
pub struct Check {
    user: UserShape,
    session: SessionShape,
}

#[derive(Serialize)]
struct SessionShape {
    /// As the sessions page names it; knowing it opens nothing.
    key: String,
    carrier: &'static str,
    #[serde(serialize_with = "rfc3339")]
    signed_in_at: Timestamp,
    #[serde(serialize_with = "rfc3339")]
    proved_at: Timestamp,
    remember: bool,
}

/// 200 with the live session's user and facts. The lock has answered 401 to everyone else.
pub async fn check(current: CurrentUser) -> Json<Check> {
    Json(Check {
        user: UserShape::of_member(&current.user),
        session: SessionShape::of(&current.key, &current.session),
    })
}

#[derive(Serialize)]
pub struct SessionList {
    sessions: Vec<ListedShape>,
}

#[derive(Serialize)]
struct ListedShape {
    key: String,
    /// Whether it is the one that asks.
    current: bool,
    device: String,
    address: String,
    #[serde(serialize_with = "rfc3339")]
    signed_in_at: Timestamp,
    #[serde(serialize_with = "rfc3339")]
    seen_at: Timestamp,
    remember: bool,
}

pub async fn sessions(current: CurrentUser, app: App) -> Result<Json<SessionList>, AppError> {
    let listed = app.sessions.of_user(&current.user).await?;
    let shape = |Listed { key, session, seen_at }: Listed| ListedShape {
        current: key == current.key,
        key: key.as_str().to_owned(),
        device: session.device,
        address: session.address,
        signed_in_at: session.signed_in_at,
        seen_at,
        remember: session.remember,
    };
    Ok(Json(SessionList { sessions: listed.into_iter().map(shape).collect() }))
}

pub async fn end(current: CurrentUser, key: web::Path<String>, client: Client, app: App) -> Answer {
    let mut response = HttpResponse::NoContent();
    if app.end_own_session(&current, &key, &client).await? {
        response.cookie(app.cookie.expire());
    }
    Ok(response.finish())
}

/// Ends every session but this one, which gets a new id.
pub async fn end_others(current: CurrentUser, client: Client, app: App) -> Answer {
    let id = app.end_other_sessions(&current, &client).await?;
    Ok(HttpResponse::NoContent().cookie(app.session_cookie(&id, current.session.remember)).finish())
}

/// 204 whatever the request brings, and the cookie is gone.
pub async fn sign_out(_: Anyone, req: HttpRequest, client: Client, app: App) -> Answer {
    app.sign_out(req.headers(), &client).await?;
    Ok(HttpResponse::NoContent().cookie(app.cookie.expire()).insert_header(CLEAR_SITE_DATA).finish())
}

impl SessionShape {
    fn of(key: &Key, session: &Session) -> Self {
        Self {
            key: key.as_str().to_owned(),
            carrier: "cookie",
            signed_in_at: session.signed_in_at,
            proved_at: session.proved_at,
            remember: session.remember,
        }
    }
}
