//! `/sessions`: the member's sessions; end one, or all others.

use actix_web::web;
use askama::Template;

use crate::http::auth::cookies::session;
use crate::http::auth::guards::CurrentUser;
use crate::http::{Answer, Ctx, Flash, Page, device_icon};
use crate::i18n::When;
use crate::identity::sessions::{
    Key, SessionDirectory, SessionKind, SessionSummary, Sessions, TrustedDevice,
};
use crate::platform::clock::Timestamp;

#[derive(Template)]
#[template(path = "sessions/sessions.html")]
struct SessionsPage<'a> {
    page: &'a Page,
    rows: Vec<SessionRow>,
    trusted: Vec<TrustedRow>,
}

struct TrustedRow {
    trusted: TrustedDevice,
    icon: &'static str,
    device: String,
    since: When,
    until: When,
}

struct SessionRow {
    key: String,
    icon: &'static str,
    device: String,
    address: String,
    /// How long the session lasts, if not as long as it is used.
    stays: &'static str,
    seen: When,
    since: When,
    is_this: bool,
    /// Whether the session belongs to a program rather than a browser.
    is_app: bool,
}

pub async fn show(current: CurrentUser, ctx: Ctx, directory: web::Data<SessionDirectory>) -> Answer {
    let (now, page) = (ctx.now, &ctx.page);
    let (summaries, trusted) = directory.overview(&current.user).await?;
    let row = |summary| session_row(summary, &current.key, page, now);
    let mut rows: Vec<SessionRow> = summaries.into_iter().map(row).collect();
    rows.sort_by_key(|row| !row.is_this);
    let trusted = trusted.into_iter().map(|trusted| TrustedRow {
        icon: device_icon(&trusted.device, false),
        device: page.t.device(&trusted.device),
        since: page.when(trusted.created_at, now),
        until: page.when(trusted.expires_at, now),
        trusted,
    });
    page.show(&SessionsPage { page, rows, trusted: trusted.collect() })
}

fn session_row(summary: SessionSummary, this: &Key, page: &Page, now: Timestamp) -> SessionRow {
    let SessionSummary { key, session, seen_at } = summary;
    let t = page.t;
    SessionRow {
        is_this: key == *this,
        is_app: session.kind == SessionKind::Client,
        key: key.as_str().to_owned(),
        icon: device_icon(&session.device, session.kind == SessionKind::Client),
        device: t.device(&session.device),
        address: session.address,
        stays: match session.kind {
            SessionKind::Browser => t.sessions.browser_only,
            SessionKind::Remembered | SessionKind::Client => "",
        },
        seen: page.when(seen_at, now),
        since: page.when(session.signed_in_at, now),
    }
}

impl SessionRow {
    fn tone(&self) -> &'static str {
        if self.is_this { "ok" } else { "" }
    }
}

/// Ends one of the member's own sessions.
pub async fn end(
    current: CurrentUser,
    key: web::Path<String>,
    ctx: Ctx,
    sessions: web::Data<Sessions>,
) -> Answer {
    let device = sessions.end_own(&current.user, &key, ctx.client()).await?;
    if *key == current.key.as_str() {
        return Ok(ctx.done_with("/", Flash::SignedOut, [session::expire(&ctx.site)]));
    }
    Ok(ctx.done_named("/sessions", Flash::DeviceSignedOut, &ctx.page.t.device(&device)))
}

/// Ends every session but this one.
pub async fn end_others(current: CurrentUser, ctx: Ctx, sessions: web::Data<Sessions>) -> Answer {
    let id = sessions.end_others(&current, ctx.client()).await?;
    let cookie = id.map(|id| session::issue(&ctx.site, &id, current.session.kind));
    Ok(ctx.done_with("/sessions", Flash::OthersEnded, cookie))
}

/// Makes one of the member's devices require the second factor again.
pub async fn forget_device(
    current: CurrentUser,
    id: web::Path<i64>,
    ctx: Ctx,
    sessions: web::Data<Sessions>,
) -> Answer {
    let device = sessions.forget_device(current.user.id, *id, ctx.client()).await?;
    Ok(ctx.done_named("/sessions", Flash::NamedDeviceForgotten, &ctx.page.t.device(&device)))
}
