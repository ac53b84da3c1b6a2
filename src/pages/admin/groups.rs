//! `/admin/groups`: what groups permit, and who is in them.

use actix_web::web;
use askama::Template;
use serde::Deserialize;

use crate::http::auth::locks::Staff;
use crate::http::form::Problems;
use crate::http::{Answer, AppError, Fields, Page};
use crate::i18n::groups::Groups;
use crate::identity::App;
use crate::identity::accounts::group;
use crate::identity::accounts::group::{Group, Listed, SaveError};
use crate::identity::accounts::name::{Login, NameProblem, display_name, is_unseen};
use crate::identity::accounts::permission::Permission;
use crate::identity::accounts::user;
use crate::identity::audit::Event;
use crate::platform::db::DbError;

use super::paging::{Paged, address};
use super::staff_form::Act;

#[derive(Template)]
#[template(path = "admin/groups.html")]
struct GroupsPage<'a> {
    page: &'a Page,
    rows: Vec<Listed>,
    /// The name that was typed for a new group.
    typed: &'a str,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "admin/group.html")]
struct GroupPage<'a> {
    page: &'a Page,
    group: Group,
    members: Vec<(i64, String)>,
    next: Option<String>,
    /// What was typed to add someone.
    login: &'a str,
    problems: Problems,
}

#[derive(Deserialize)]
pub struct After {
    #[serde(default)]
    after: String,
}

impl From<SaveError> for AppError {
    fn from(error: SaveError) -> Self {
        match error {
            SaveError::Db(error) => error.into(),
            SaveError::NoLongerStaff(error) => error.into(),
            SaveError::Missing | SaveError::NameTaken => Self::NotFound,
        }
    }
}

pub async fn list(_: Staff, page: Page, app: App) -> Answer {
    show_list(&page, &app, "", Problems::default()).await
}

pub async fn create(mut act: Act) -> Answer {
    let typed = act.fields.take("name");
    let refuse = async |problem| show_list(&act.page, &act.app, &typed, Problems::one("name", problem)).await;
    let name = match parse_name(&typed, &act.page.t.groups) {
        Ok(name) => name,
        Err(problem) => return refuse(problem).await,
    };
    let (now, entry) = (act.now, act.entry(Event::GroupCreated, None).about(name.clone()));
    match act.app.act(Some(entry), act.checked(move |conn| group::create(conn, &name, now))).await {
        Ok(id) => Ok(act.done(&place(id))),
        Err(SaveError::NameTaken) => refuse(act.page.t.groups.taken_name).await,
        Err(error) => Err(error.into()),
    }
}

pub async fn show(_: Staff, page: Page, id: web::Path<i64>, query: web::Query<After>, app: App) -> Answer {
    show_group(&page, &app, *id, &query.after, "", Problems::default()).await
}

/// Saves the name and the permissions.
pub async fn save(mut act: Act, id: web::Path<i64>) -> Answer {
    let (id, typed) = (*id, act.fields.take("name"));
    let refuse =
        async |problem| show_group(&act.page, &act.app, id, "", "", Problems::one("name", problem)).await;
    let name = match parse_name(&typed, &act.page.t.groups) {
        Ok(name) => name,
        Err(problem) => return refuse(problem).await,
    };
    let (switched, entry) = (switched(&act.fields), act.entry(Event::GroupChanged, None));
    let second_factor = act.fields.switched("second_factor");
    let work = act.checked(move |conn| {
        let changed = group::change(conn, id, &name, &switched, second_factor)?;
        let line = changed.map(|(before, after)| entry.about(described(&before, &after)));
        Ok((line.is_some(), line.into_iter().collect()))
    });
    match act.app.act_telling(work).await {
        Ok(false) => {}
        Ok(true) => act.app.sessions.everyone_changed().await,
        Err(SaveError::NameTaken) => return refuse(act.page.t.groups.taken_name).await,
        Err(error) => return Err(error.into()),
    }
    Ok(act.done(&place(id)))
}

pub async fn delete(act: Act, id: web::Path<i64>) -> Answer {
    let id = *id;
    let entries = [Event::GroupDeleted, Event::GroupLeft].map(|event| act.entry(event, None));
    let work = act.checked(move |conn| {
        let group = group::find(conn, id)?.ok_or(SaveError::Missing)?;
        let [deleted, left] = entries.map(|entry| entry.about(&group.name));
        let former = group::delete(conn, id)?.into_iter();
        let lines = former.map(|user_id| left.clone().of(user_id)).chain([deleted]).collect();
        Ok::<_, SaveError>(((), lines))
    });
    act.app.act_telling(work).await?;
    act.app.sessions.everyone_changed().await;
    Ok(act.done("/admin/groups"))
}

pub async fn add_member(mut act: Act, id: web::Path<i64>) -> Answer {
    let (id, typed) = (*id, act.fields.take("login"));
    let login = Login::parse(&typed);
    let Some(user) = act.app.db.run(move |conn| user::find_by_login(conn, &login)).await? else {
        let problems = Problems::one("login", act.page.t.groups.no_such_user);
        return show_group(&act.page, &act.app, id, "", &typed, problems).await;
    };
    change_member(&act, id, user.id, true).await?;
    Ok(act.done(&place(id)))
}

pub async fn remove_member(act: Act, path: web::Path<(i64, i64)>) -> Answer {
    let (id, user_id) = *path;
    change_member(&act, id, user_id, false).await?;
    Ok(act.done(&place(id)))
}

/// Puts a user into a group or takes them out, and notes it if that changes anything.
async fn change_member(act: &Act, id: i64, user_id: i64, join: bool) -> Result<(), AppError> {
    let event = if join { Event::GroupJoined } else { Event::GroupLeft };
    let entry = act.entry(event, Some(user_id));
    let work = act.checked(move |conn| {
        let group = group::find(conn, id)?.ok_or(AppError::NotFound)?;
        let change = if join { group::add_member } else { group::remove_member };
        let changed = change(conn, id, user_id)?;
        Ok::<_, AppError>(((), changed.then(|| entry.about(group.name)).into_iter().collect()))
    });
    act.app.change_user_telling(user_id, work).await
}

async fn show_list(page: &Page, app: &App, typed: &str, problems: Problems) -> Answer {
    let rows = app.db.run(group::all).await?;
    let refused = !problems.is_empty();
    let template = GroupsPage { page, rows, typed, problems };
    if refused { page.refuse(&template) } else { page.show(&template) }
}

async fn show_group(page: &Page, app: &App, id: i64, after: &str, login: &str, problems: Problems) -> Answer {
    let after = after.to_owned();
    let found = app.db.run(move |conn| {
        let Some(group) = group::find(conn, id)? else { return Ok(None) };
        Ok::<_, DbError>(Some((group, group::members(conn, id, &after, Paged::FETCH)?)))
    });
    let (group, members) = found.await?.ok_or(AppError::NotFound)?;
    let Paged { rows: members, last } = Paged::of(members, |(_, _, key): &(i64, String, String)| key.clone());
    let next = last.map(|key| address(&place(id), &[("after", &key)]));
    let members = members.into_iter().map(|(id, name, _)| (id, name)).collect();
    let refused = !problems.is_empty();
    let template = GroupPage { page, group, members, next, login, problems };
    if refused { page.refuse(&template) } else { page.show(&template) }
}

fn parse_name(typed: &str, t: &Groups) -> Result<String, &'static str> {
    match display_name(typed) {
        Err(NameProblem::TooLong) => Err(t.long_name),
        Err(_) => Err(t.odd_name),
        Ok(name) if name.is_empty() => Err(t.empty_name),
        Ok(name) if name.chars().all(is_unseen) => Err(t.odd_name),
        Ok(name) => Ok(name),
    }
}

/// The checkboxes that were switched; they bear the codenames.
fn switched(fields: &Fields) -> Vec<(Permission, bool)> {
    let switched = |permission: &Permission| Some((*permission, fields.switched(permission.codename())?));
    Permission::ALL.iter().filter_map(switched).collect()
}

/// As the trail tells it: the name, the former one if it was another, and every permission from now on.
fn described(before: &Group, after: &Group) -> String {
    let mut codenames: Vec<&str> = after.permissions.list().into_iter().map(Permission::codename).collect();
    codenames.extend(after.second_factor.then_some("second factor"));
    let held = codenames.join(", ");
    if before.name == after.name {
        format!("{} ({held})", after.name)
    } else {
        format!("{} → {} ({held})", before.name, after.name)
    }
}

fn place(id: i64) -> String {
    format!("/admin/groups/{id}")
}
