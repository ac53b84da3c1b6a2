//! `/admin/users/{id}`: one account: its sessions, groups and events, and what staff can do about it.

use actix_web::web;
use askama::Template;

use crate::http::auth::locks::Staff;
use crate::http::{Answer, AppError, Page};
use crate::i18n::When;
use crate::i18n::letters::Letters;
use crate::identity::App;
use crate::identity::accounts::group;
use crate::identity::accounts::member;
use crate::identity::accounts::member::{GroupName, Member};
use crate::identity::accounts::user;
use crate::identity::accounts::user::User;
use crate::identity::audit::{self, Event};
use crate::identity::credentials::reset as password_link;
use crate::identity::credentials::reset::Token;
use crate::identity::email::token as mail_token;
use crate::identity::email::token::{Purpose, Wanted};
use crate::identity::sessions::Listed;
use crate::platform::db::{Conn, DbError};

use super::event_row::EventRow;
use super::staff_form::Act;

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
    events: Vec<EventRow>,
}

struct SessionRow {
    listed: Listed,
    seen: When,
    since: When,
}

#[derive(Template)]
#[template(path = "admin/password_link.html")]
struct LinkPage<'a> {
    page: &'a Page,
    id: i64,
    username: &'a str,
    link: &'a str,
}

pub async fn show(staff: Staff, page: Page, id: web::Path<i64>, app: App) -> Answer {
    let (id, now) = (*id, app.clock.now());
    let found = app.db.run(move |conn| {
        let Some(user) = member::find(conn, id)? else { return Ok(None) };
        let groups = group::names(conn)?;
        let link = password_link::open_until(conn, id, now)?;
        Ok::<_, DbError>(Some((user, groups, link, audit::latest(conn, id, EVENTS_SHOWN)?)))
    });
    let (user, groups, link, events) = found.await?.ok_or(AppError::NotFound)?;
    let when = |at| page.t.when(at, now);
    let listed = app.sessions.of_user(&user).await?;
    let row = |listed: Listed| SessionRow {
        seen: when(listed.seen_at),
        since: when(listed.session.signed_in_at),
        listed,
    };
    page.show(&UserPage {
        page: &page,
        is_self: staff.0.user.id == user.id,
        since: when(user.created_at),
        factors_since: user.factors_since.map(when),
        failure: user.last_failure_at.map(when),
        link_until: link.map(when),
        groups,
        sessions: listed.into_iter().map(row).collect(),
        events: events.into_iter().map(|event| EventRow::of(event, &page, now)).collect(),
        user: &user,
    })
}

pub async fn disable(act: Act, id: web::Path<i64>) -> Answer {
    let disable = |conn: &mut Conn, user: &User| Ok(user::set_disabled(conn, user.id, true)?.then_some(()));
    change(&act, *id, Event::Disabled, disable).await?;
    Ok(act.done(&place(*id)))
}

pub async fn enable(act: Act, id: web::Path<i64>) -> Answer {
    let enable = |conn: &mut Conn, user: &User| Ok(user::set_disabled(conn, user.id, false)?.then_some(()));
    change(&act, *id, Event::Enabled, enable).await?;
    Ok(act.done(&place(*id)))
}

pub async fn end_sessions(act: Act, id: web::Path<i64>) -> Answer {
    change(&act, *id, Event::AllEnded, |conn, user| Ok(Some(user::end_everything(conn, user.id)?))).await?;
    Ok(act.done(&place(*id)))
}

/// The answer holds the link, for it is told this once only.
pub async fn require_password(act: Act, id: web::Path<i64>) -> Answer {
    let (id, now) = (*id, act.now);
    let token = Token::random();
    let link = act.site.public_url.join(&format!("/password-reset?token={}", token.as_str()));
    let username = change(&act, id, Event::PasswordRequired, move |conn, user| {
        if user.staff {
            // Whoever holds the link could become that member of staff.
            return Err(AppError::Forbidden);
        }
        password_link::require_new_password(conn, id, &token, now)?;
        Ok(Some(user.username.clone()))
    });
    let (username, link) = (username.await?.unwrap_or_default(), link.map_err(anyhow::Error::from)?);
    act.page.show(&LinkPage { page: &act.page, id, username: &username, link: link.as_str() })
}

/// Mails the owner the way back in; whoever starts it never sees the link, and until it is used nothing changes.
pub async fn mail_recovery(act: Act, id: web::Path<i64>) -> Answer {
    let (id, now, lang) = (*id, act.now, act.client.lang);
    let (mail, codes) = (act.app.mail.clone(), act.app.mail_codes.clone());
    let started = change(&act, id, Event::RecoveryStarted, move |conn, user| {
        if user.staff || user.disabled {
            return Err(AppError::Forbidden);
        }
        let wanted = Wanted {
            purpose: Purpose::Recovery,
            user_id: Some(id),
            email: &user.email,
            payload: String::new(),
            asked: None,
        };
        let secrets = mail_token::issue(conn, &codes, wanted, now)?;
        let letter = Letters::to(user, lang, &mail).recovery(&secrets);
        Ok(Some(mail.queue(conn, &user.email, &letter, now)?))
    });
    started.await?;
    Ok(act.done(&place(id)))
}

/// Puts the user into the groups that were checked, and takes them out of those that were unchecked. What somebody else
/// has changed since the page was shown stays.
pub async fn set_groups(mut act: Act, id: web::Path<i64>) -> Answer {
    let (id, fields) = (*id, std::mem::take(&mut act.fields));
    let entries = [Event::GroupJoined, Event::GroupLeft].map(|event| act.entry(event, Some(id)));
    let work = act.checked(move |conn| {
        user::find(conn, id)?.ok_or(AppError::NotFound)?;
        let [joined, left] = entries;
        let mut lines = Vec::new();
        for group in group::names(conn)? {
            let (entry, changed) = match fields.switched(&format!("group-{}", group.id)) {
                Some(true) => (&joined, group::add_member(conn, group.id, id)?),
                Some(false) => (&left, group::remove_member(conn, group.id, id)?),
                None => continue,
            };
            if changed {
                lines.push(entry.clone().about(group.name));
            }
        }
        Ok::<_, AppError>(((), lines))
    });
    act.app.change_user_telling(id, work).await?;
    Ok(act.done(&place(id)))
}

/// Does something to another's account and, if it changes anything, notes it; every session of an older epoch is cleared
/// away.
async fn change<T: Send + 'static>(
    act: &Act,
    id: i64,
    event: Event,
    work: impl FnOnce(&mut Conn, &User) -> Result<Option<T>, AppError> + Send + 'static,
) -> Result<Option<T>, AppError> {
    if act.actor() == id {
        return Err(AppError::Forbidden);
    }
    let entry = act.entry(event, Some(id));
    let work = act.checked(move |conn| {
        let user = user::find(conn, id)?.ok_or(AppError::NotFound)?;
        let Some(done) = work(conn, &user)? else { return Ok((None, Vec::new())) };
        let epoch = user::find(conn, id)?.map(|user| user.epoch).ok_or(AppError::NotFound)?;
        Ok::<_, AppError>((Some((done, epoch)), vec![entry]))
    });
    let Some((done, epoch)) = act.app.change_user_telling(id, work).await? else { return Ok(None) };
    act.app.sessions.clear_ended(id, Some(epoch));
    Ok(Some(done))
}

fn place(id: i64) -> String {
    format!("/admin/users/{id}")
}
