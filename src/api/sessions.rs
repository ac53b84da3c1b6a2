//! `/api/auth`: sessions, for programs.

use actix_web::HttpResponse;
use actix_web::web::{self, Json};
use serde::Serialize;
use utoipa::ToSchema;

use super::refusals::{NotFound, TooMany};
use crate::http::auth::caller::Caller;
use crate::http::auth::cookies::session;
use crate::http::auth::guards::CurrentUser;
use crate::http::{Answer, AppError, Ctx};
use crate::identity::accounts::Scope;
use crate::identity::sessions::{ActiveSession, SessionDirectory, SessionSummary, Sessions};
use crate::platform::clock::{Timestamp, rfc3339};

use super::token_response::clear_cookies;
use super::user_json::UserJson;

/// The user and the session of the request.
#[derive(Serialize, ToSchema)]
pub struct Check {
    /// It stays when the name or the address changes, and no other account ever gets it.
    user_id: i64,
    /// Null for a token without `profile:read`.
    #[schema(required)]
    user: Option<UserJson>,
    /// What brought the request its rights.
    carrier: &'static str,
    /// What it may do: names with spaces between them.
    scope: String,
    /// Null for an API token, which is of no session.
    #[schema(required)]
    session: Option<SessionJson>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Session)]
struct SessionJson {
    /// As the sessions page names it; knowing it opens nothing.
    key: String,
    #[serde(serialize_with = "rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    signed_in_at: Timestamp,
    #[serde(serialize_with = "rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    proved_at: Timestamp,
    /// How (RFC 8176).
    amr: Vec<&'static str>,
    /// The same moment as `proved_at`, as access tokens state it.
    auth_time: Timestamp,
    /// "browser", "remembered" or "client".
    kind: &'static str,
}

/// The user and the session of the request. From memory, as quick as verifying a token.
#[utoipa::path(
    get,
    path = "/api/auth/check",
    tag = "auth",
    security(("bearer" = [])),
    responses((status = 200, description = "The user of a live session or token.", body = Check))
)]
pub async fn check(caller: Caller) -> Json<Check> {
    Json(Check {
        user_id: caller.user.id,
        user: caller.may(Scope::ProfileRead).then(|| UserJson::of_member(&caller.user)),
        carrier: caller.carrier.name(),
        scope: caller.scopes.to_string(),
        session: caller.active.as_deref().map(SessionJson::of),
    })
}

#[derive(Serialize, ToSchema)]
pub struct SessionList {
    sessions: Vec<ListedShape>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = ListedSession)]
struct ListedShape {
    key: String,
    /// Whether it is the one that asks.
    current: bool,
    device: String,
    address: String,
    #[serde(serialize_with = "rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    signed_in_at: Timestamp,
    #[serde(serialize_with = "rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    seen_at: Timestamp,
    /// "browser", "remembered" or "client".
    kind: &'static str,
}

/// Every session of the caller.
#[utoipa::path(
    get,
    path = "/api/auth/sessions",
    tag = "sessions",
    security(("bearer" = ["sessions:read"])),
    responses((status = 200, description = "The sessions.", body = SessionList))
)]
pub async fn sessions(
    caller: Caller,
    directory: web::Data<SessionDirectory>,
) -> Result<Json<SessionList>, AppError> {
    let listed = directory.list(&caller.user).await?;
    let shape = |SessionSummary { key, session, seen_at }: SessionSummary| ListedShape {
        current: caller.active.as_ref().is_some_and(|active| active.key == key),
        key: key.as_str().to_owned(),
        device: session.device,
        address: session.address,
        signed_in_at: session.signed_in_at,
        seen_at,
        kind: session.kind.name(),
    };
    Ok(Json(SessionList { sessions: listed.into_iter().map(shape).collect() }))
}

/// Ends one session, at once and everywhere.
#[utoipa::path(
    delete,
    path = "/api/auth/sessions/{key}",
    tag = "sessions",
    security(("bearer" = ["sessions:write"])),
    params(("key" = String, Path, description = "The session's key, as the list shows it.")),
    responses((status = 204, description = "It has ended."), NotFound)
)]
pub async fn end(caller: Caller, ctx: Ctx, key: web::Path<String>, sessions: web::Data<Sessions>) -> Answer {
    sessions.end_own(&caller.user, &key, ctx.client()).await?;
    let this = caller.active.as_ref().is_some_and(|active| active.key.as_str() == *key);
    let response = HttpResponse::NoContent().finish();
    if this { clear_cookies(&ctx.site, response) } else { Ok(response) }
}

/// Ends every session but the one that asks; an API token, which has none, ends all.
#[utoipa::path(
    delete,
    path = "/api/auth/sessions",
    tag = "sessions",
    security(("bearer" = ["sessions:write"])),
    responses(
        (status = 204, description = "They have ended. A browser has its new cookie; a program refreshes its token."),
        TooMany
    )
)]
pub async fn end_others(caller: Caller, ctx: Ctx, sessions: web::Data<Sessions>) -> Answer {
    let Some(current) = CurrentUser::of(&caller) else {
        sessions.end_all(&caller.user, ctx.client()).await?;
        return Ok(HttpResponse::NoContent().finish());
    };
    let mut response = HttpResponse::NoContent();
    if let Some(id) = sessions.end_others(&current, ctx.client()).await? {
        response.cookie(session::issue(&ctx.site, &id, current.session.kind));
    }
    Ok(response.finish())
}

impl SessionJson {
    fn of(active: &ActiveSession) -> Self {
        let ActiveSession { key, session, .. } = active;
        Self {
            key: key.as_str().to_owned(),
            signed_in_at: session.signed_in_at,
            proved_at: session.authenticated_at,
            amr: active.amr(),
            auth_time: session.authenticated_at,
            kind: session.kind.name(),
        }
    }
}
