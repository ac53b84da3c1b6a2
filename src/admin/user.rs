//! `/admin/users/{id}`: one account: its sessions, groups and events, and what staff can do about it.

use actix_web::web;
use askama::Template;

use crate::db::{Conn, DbError};
use crate::i18n::When;
use crate::identity::App;
use crate::identity::audit::{self, Entry, Event};
use crate::identity::group;
use crate::identity::member::{self, GroupName, Member};
use crate::identity::password_link::{self, Token};
use crate::identity::session::Listed;
use crate::identity::step_up::Stepped;
use crate::identity::user;
use crate::identity::visitor::Staff;
use crate::web::page::see_other;
use crate::web::{Answer, AppError, Client, Notice, Page, Site};

use super::event_row::EventRow;

const EVENTS_SHOWN: i64 = 20;

#[derive(Template)]
#[template(path = "admin/user.html")]
struct UserPage<'a> {
    page: &'a Page,
    user: &'a Member,
    is_self: bool,
    since: When,
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
        failure: user.last_failure_at.map(when),
        link_until: link.map(when),
        groups,
        sessions: listed.into_iter().map(row).collect(),
        events: events.into_iter().map(|event| EventRow::of(event, &page, now)).collect(),
        user: &user,
    })
}

pub async fn disable(
    staff: Staff,
    _: Stepped,
    id: web::Path<i64>,
    client: Client,
    app: App,
    site: web::Data<Site>,
) -> Answer {
    act(&staff, *id, Event::Disabled, &client, &app, |conn, id| user::set_disabled(conn, id, true)).await?;
    done(*id, &site)
}

pub async fn enable(
    staff: Staff,
    _: Stepped,
    id: web::Path<i64>,
    client: Client,
    app: App,
    site: web::Data<Site>,
) -> Answer {
    act(&staff, *id, Event::Enabled, &client, &app, |conn, id| user::set_disabled(conn, id, false)).await?;
    done(*id, &site)
}

pub async fn end_sessions(
    staff: Staff,
    _: Stepped,
    id: web::Path<i64>,
    client: Client,
    app: App,
    site: web::Data<Site>,
) -> Answer {
    act(&staff, *id, Event::AllEnded, &client, &app, user::end_everything).await?;
    done(*id, &site)
}

/// The answer holds the link, for it is told this once only.
pub async fn require_password(
    staff: Staff,
    _: Stepped,
    page: Page,
    id: web::Path<i64>,
    client: Client,
    app: App,
    site: web::Data<Site>,
) -> Answer {
    let (id, now) = (*id, app.clock.now());
    let user = app.db.run(move |conn| user::find(conn, id)).await?.ok_or(AppError::NotFound)?;
    if user.staff {
        // Whoever holds the link could become that member of staff.
        return Err(AppError::Forbidden);
    }
    let token = Token::random();
    let link = site.public_url.join(&format!("/password-reset?token={}", token.as_str()));
    act(&staff, id, Event::PasswordRequired, &client, &app, move |conn, id| {
        password_link::require_new_password(conn, id, &token, now)
    })
    .await?;
    let link = link.map_err(anyhow::Error::from)?;
    page.show(&LinkPage { page: &page, id, username: &user.username, link: link.as_str() })
}

/// Puts the user into the groups that are checked and takes them out of the others.
pub async fn set_groups(
    staff: Staff,
    Stepped(fields): Stepped,
    id: web::Path<i64>,
    client: Client,
    app: App,
    site: web::Data<Site>,
) -> Answer {
    let (id, now, actor) = (*id, app.clock.now(), staff.0.user.id);
    let changed = app.change_user(id, None, move |conn| {
        user::find(conn, id)?.ok_or(AppError::NotFound)?;
        let mut entries = Vec::new();
        for group in group::names(conn)? {
            let wanted = fields.checked(&format!("group-{}", group.id));
            let (event, changed) = if wanted {
                (Event::GroupJoined, group::add_member(conn, group.id, id)?)
            } else {
                (Event::GroupLeft, group::remove_member(conn, group.id, id)?)
            };
            if changed {
                let entry = Entry::by(actor, event, Some(id), &client, now).about(group.name);
                audit::record(conn, &entry)?;
                entries.push(entry);
            }
        }
        Ok::<_, AppError>(entries)
    });
    changed.await?.iter().for_each(Entry::log);
    done(id, &site)
}

/// Does something to another's account and notes it; every session of an older epoch is cleared away.
async fn act<T: Send + 'static>(
    staff: &Staff,
    id: i64,
    event: Event,
    client: &Client,
    app: &App,
    work: impl FnOnce(&mut Conn, i64) -> Result<T, DbError> + Send + 'static,
) -> Result<(), AppError> {
    if staff.0.user.id == id {
        return Err(AppError::Forbidden);
    }
    let entry = Entry::by(staff.0.user.id, event, Some(id), client, app.clock.now());
    let changed = app.change_user(id, Some(entry), move |conn| {
        user::find(conn, id)?.ok_or(AppError::NotFound)?;
        work(conn, id)?;
        user::find(conn, id)?.map(|user| user.epoch).ok_or(AppError::NotFound)
    });
    let epoch = changed.await?;
    app.sessions.clear_ended(id, Some(epoch));
    Ok(())
}

fn done(id: i64, site: &Site) -> Answer {
    Ok(see_other(&format!("/admin/users/{id}")).cookie(Notice::Done.cookie(site)).finish())
}
