//! `/admin/sessions`: every active session of the site.

use actix_web::web;
use askama::Template;
use serde::Deserialize;

use crate::http::auth::guards::Staff;
use crate::http::{Answer, AppError, Ctx, Flash, Page, return_to};
use crate::i18n::When;
use crate::identity::Identity;
use crate::identity::sessions::{Key, SessionSummary, Sessions};

use super::paging::address;
use super::staff_form::StaffForm;

#[derive(Template)]
#[template(path = "admin/sessions.html")]
struct SessionsPage<'a> {
    page: &'a Page,
    rows: Vec<SessionRow>,
    next: Option<String>,
}

struct SessionRow {
    summary: SessionSummary,
    username: String,
    device: String,
    seen: When,
    since: When,
    is_this: bool,
}

#[derive(Deserialize)]
pub struct After {
    #[serde(default)]
    after: String,
}

pub async fn list(staff: Staff, ctx: Ctx, query: web::Query<After>, identity: web::Data<Identity>) -> Answer {
    let (summaries, after) = identity.sessions.directory.page(&query.after).await?;
    let ids = summaries.iter().map(|summary| summary.session.user_id).collect();
    let names = identity.accounts.directory.usernames(ids).await?;
    let (page, now) = (&ctx.page, ctx.now);
    let row = |summary: SessionSummary| {
        Some(SessionRow {
            username: names.get(&summary.session.user_id)?.clone(),
            device: page.t.device(&summary.session.device),
            seen: page.when(summary.seen_at, now),
            since: page.when(summary.session.signed_in_at, now),
            is_this: summary.key == staff.0.key,
            summary,
        })
    };
    let mut rows: Vec<SessionRow> = summaries.into_iter().filter_map(row).collect();
    // The store lists them in no order. Where all fit on one page, the latest come first.
    if query.after.is_empty() && after.is_none() {
        rows.sort_by_key(|row| std::cmp::Reverse(row.summary.seen_at));
    }
    let next = after.map(|after| address("/admin/sessions", &[("after", &after)]));
    page.show(&SessionsPage { page, rows, next })
}

/// Ends a session of any user.
pub async fn end(mut staff: StaffForm, key: web::Path<String>, sessions: web::Data<Sessions>) -> Answer {
    let key = Key::parse(&key).ok_or(AppError::NotFound)?;
    let device = sessions.end_as_staff(staff.by(), &key).await?;
    let back = match staff.fields.take("next") {
        next if next.is_empty() => "/admin/sessions".to_owned(),
        next => return_to::back(&next, &staff.ctx.site),
    };
    let device = staff.ctx.page.t.device(&device);
    Ok(staff.done(&back, Flash::DeviceSignedOut, &device))
}
