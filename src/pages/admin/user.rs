//! `/admin/users/{id}`: an account with its sessions, groups and events, and the staff actions on it.

use actix_web::web;
use askama::Template;

use crate::http::auth::guards::Staff;
use crate::http::auth::step_up::Question;
use crate::http::{Answer, AppError, Ctx, Flash, Page, device_icon};
use crate::i18n::When;
use crate::identity::Identity;
use crate::identity::accounts::{Accounts, GroupName, Member};
use crate::identity::credentials::{Factors, PasswordReset};
use crate::identity::sessions::{SessionKind, SessionSummary};

use super::event_row::EventRow;
use super::staff_form::{AskedForm, StaffForm};

const EVENTS_SHOWN: i64 = 20;

#[derive(Template)]
#[template(path = "admin/user.html")]
struct UserPage<'a> {
    page: &'a Page,
    user: &'a Member,
    is_self: bool,
    since: When,
    factors_since: Option<When>,
    failure: Option<When>,
    link_until: Option<When>,
    groups: Vec<GroupName>,
    sessions: Vec<SessionRow>,
    factors: Factors,
    /// The apps that the user is signed in to by this site, and since when.
    apps: Vec<(String, When)>,
    events: Vec<EventRow>,
}

struct SessionRow {
    device: String,
    icon: &'static str,
    summary: SessionSummary,
    seen: When,
    since: When,
}

#[derive(Template)]
#[template(path = "admin/password_link.html")]
struct LinkPage<'a> {
    page: &'a Page,
    username: &'a str,
    link: &'a str,
    /// The address of the user's page.
    parent: &'a str,
}

pub async fn show(staff: Staff, id: web::Path<i64>, ctx: Ctx, identity: web::Data<Identity>) -> Answer {
    let (id, accounts) = (*id, &identity.accounts);
    let user = accounts.accounts.member(id).await?.ok_or(AppError::NotFound)?;
    let groups = accounts.groups.names().await?;
    let link = accounts.reset.open_until(id).await?;
    let events = identity.audit.latest(id, EVENTS_SHOWN).await?;
    let sessions = identity.sessions.directory.list(&user).await?;
    let factors = identity.credentials.factors.overview(id).await?;
    let apps = identity.oidc.connected_apps.of_user(id).await?;
    let (page, now) = (&ctx.page, ctx.now);
    let when = |at| page.when(at, now);
    let row = |summary: SessionSummary| SessionRow {
        device: page.t.device(&summary.session.device),
        icon: device_icon(&summary.session.device, summary.session.kind == SessionKind::Client),
        seen: when(summary.seen_at),
        since: when(summary.session.signed_in_at),
        summary,
    };
    page.show(&UserPage {
        page,
        is_self: staff.0.user.id == user.id,
        since: when(user.created_at),
        factors_since: user.factors_since.map(when),
        failure: user.last_failure_at.map(when),
        link_until: link.map(when),
        groups,
        sessions: sessions.into_iter().map(row).collect(),
        factors,
        apps: apps.into_iter().map(|app| (app.name, when(app.since))).collect(),
        events: events.into_iter().map(|event| EventRow::of(event, page, now)).collect(),
        user: &user,
    })
}

pub async fn disable(asked: AskedForm, id: web::Path<i64>, identity: web::Data<Identity>) -> Answer {
    // Also checked with the write.
    if asked.staff.0.user.id == *id {
        return Err(AppError::Forbidden);
    }
    let accounts = &identity.accounts.accounts;
    let user = accounts.member(*id).await?.ok_or(AppError::NotFound)?;
    let devices = identity.sessions.directory.list(&user).await?.len();
    let t = asked.ctx.page.t;
    let question = Question {
        title: t.users.disable_whom(&user.username),
        lead: "",
        icon: "lock",
        losses: vec![t.users.disabled_devices(devices), t.users.tokens_lost.to_owned()],
        stays: vec![t.users.disable_stays.to_owned()],
        act: t.users.disable,
        keep: t.users.keep_enabled,
    };
    let staff = asked.confirm(&question).await?;
    accounts.disable(staff.by(), *id).await?;
    Ok(staff.done(&address(*id), Flash::UserDisabled, &user.username))
}

pub async fn enable(staff: StaffForm, id: web::Path<i64>, accounts: web::Data<Accounts>) -> Answer {
    accounts.enable(staff.by(), *id).await?;
    staff.done_to(&address(*id), Flash::UserEnabled, *id).await
}

/// Only for the address that the page showed: its owner may have changed it since.
pub async fn verify_email(mut staff: StaffForm, id: web::Path<i64>, accounts: web::Data<Accounts>) -> Answer {
    let seen = staff.fields.take("email");
    accounts.vouch_email(staff.by(), *id, seen).await?;
    staff.done_to(&address(*id), Flash::EmailVouched, *id).await
}

pub async fn end_sessions(staff: StaffForm, id: web::Path<i64>, accounts: web::Data<Accounts>) -> Answer {
    accounts.end_sessions(staff.by(), *id).await?;
    staff.done_to(&address(*id), Flash::UserSignedOut, *id).await
}

/// The owner gets a link by mail. Without a mail server the response contains it, only this once.
pub async fn require_password(
    staff: StaffForm,
    id: web::Path<i64>,
    reset: web::Data<PasswordReset>,
) -> Answer {
    let ctx = &staff.ctx;
    let required = reset.require(staff.by(), *id).await?;
    let username = required.username;
    let Some(token) = required.link else {
        return Ok(staff.done(&address(*id), Flash::PasswordRequired, &username));
    };
    let link = ctx.site.public_url.join(&format!("/password-reset?token={}", token.as_str()));
    let link = link.map_err(anyhow::Error::from)?;
    ctx.page.show(&LinkPage {
        page: &ctx.page,
        username: &username,
        link: link.as_str(),
        parent: &address(*id),
    })
}

/// Mails the owner a recovery link. The staff member never sees it, and nothing changes until it is used.
pub async fn mail_recovery(staff: StaffForm, id: web::Path<i64>, reset: web::Data<PasswordReset>) -> Answer {
    reset.mail_recovery(staff.by(), *id).await?;
    staff.done_to(&address(*id), Flash::RecoveryMailedTo, *id).await
}

/// Adds the user to the groups that were checked, and removes them from those that were unchecked.
pub async fn set_groups(mut staff: StaffForm, id: web::Path<i64>, accounts: web::Data<Accounts>) -> Answer {
    let fields = std::mem::take(&mut staff.fields);
    let switched = move |group: i64| fields.switched(&format!("group-{group}"));
    accounts.set_groups(staff.by(), *id, switched).await?;
    staff.done_to(&address(*id), Flash::GroupsSaved, *id).await
}

fn address(id: i64) -> String {
    format!("/admin/users/{id}")
}
