//! `/admin/groups`: the permissions and members of groups.

use actix_web::web;
use askama::Template;
use serde::Deserialize;

use crate::http::auth::guards::Staff;
use crate::http::auth::step_up::Question;
use crate::http::{Answer, AppError, Fields, Flash, Page, Problems};
use crate::i18n::translate::Words;
use crate::identity::accounts::name::Login;
use crate::identity::accounts::{
    Accounts, Group, GroupChange, GroupError, GroupMember, GroupSummary, Groups, Permission,
};
use crate::identity::applications::Applications;

use super::paging::{Paged, address};
use super::sorting::{Heads, Sorting};
use super::staff_form::{AskedForm, StaffForm};

#[derive(Template)]
#[template(path = "admin/groups.html")]
struct GroupsPage<'a> {
    page: &'a Page,
    rows: Vec<GroupSummary>,
    heads: Heads,
}

#[derive(Template)]
#[template(path = "admin/group_new.html")]
struct NewPage<'a> {
    page: &'a Page,
    /// The name as typed.
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
    /// The text typed to add a member.
    login: &'a str,
    problems: Problems,
}

#[derive(Deserialize)]
pub struct After {
    #[serde(default)]
    after: String,
}

pub async fn list(_: Staff, page: Page, query: web::Query<Sorting>, groups: web::Data<Groups>) -> Answer {
    let mut rows = groups.all().await?;
    let heads = Heads::of("/admin/groups", &["name", "members"], &query.sort, &[]);
    if heads.is_by("members") {
        rows.sort_by_key(|row| row.members);
    }
    if heads.is_down() {
        rows.reverse();
    }
    page.show(&GroupsPage { page: &page, rows, heads })
}

pub async fn new(_: Staff, page: Page) -> Answer {
    page.show(&NewPage { page: &page, typed: "", problems: Problems::default() })
}

pub async fn create(mut staff: StaffForm, groups: web::Data<Groups>) -> Answer {
    let (typed, page) = (staff.fields.take("name"), &staff.ctx.page);
    match groups.create(staff.by(), &typed).await {
        Ok(id) => Ok(staff.done(&group_address(id), Flash::Created, typed.trim())),
        Err(GroupError::Invalid(invalid)) => {
            page.refuse(&NewPage { page, typed: &typed, problems: Problems::translate(&invalid, page.t) })
        }
        Err(error) => Err(error.into()),
    }
}

pub async fn show(
    _: Staff,
    page: Page,
    (id, query): (web::Path<i64>, web::Query<After>),
    groups: web::Data<Groups>,
) -> Answer {
    show_group(&page, &groups, (*id, &query.after), "", Problems::default()).await
}

/// Saves the name and the permissions.
pub async fn save(mut staff: StaffForm, id: web::Path<i64>, groups: web::Data<Groups>) -> Answer {
    let (id, page) = (*id, &staff.ctx.page);
    let name = staff.fields.take("name");
    let change = GroupChange {
        name: name.clone(),
        switched: switched(&staff.fields),
        second_factor: staff.fields.switched("second_factor"),
    };
    match groups.change(staff.by(), id, change).await {
        Ok(()) => Ok(staff.done(&group_address(id), Flash::NameSaved, &name)),
        Err(GroupError::Invalid(invalid)) => {
            show_group(page, &groups, (id, ""), "", Problems::translate(&invalid, page.t)).await
        }
        Err(error) => Err(error.into()),
    }
}

pub async fn delete(
    asked: AskedForm,
    id: web::Path<i64>,
    groups: web::Data<Groups>,
    applications: web::Data<Applications>,
) -> Answer {
    let row = groups.all().await?.into_iter().find(|row| row.group.id == *id).ok_or(AppError::NotFound)?;
    let apps = applications.all().await?.iter().filter(|app| app.groups.contains(&*id)).count();
    let t = asked.ctx.page.t;
    let question = Question {
        title: t.groups.delete_group(&row.group.name),
        lead: t.groups.delete_undone,
        icon: "trash",
        losses: t.group_losses(row.members, apps),
        stays: vec![t.groups.delete_stays.to_owned()],
        act: t.groups.delete,
        keep: t.groups.keep,
    };
    let staff = asked.confirm(&question).await?;
    groups.delete(staff.by(), *id).await?;
    Ok(staff.done("/admin/groups", Flash::Deleted, &row.group.name))
}

pub async fn add_member(
    mut staff: StaffForm,
    id: web::Path<i64>,
    groups: web::Data<Groups>,
    accounts: web::Data<Accounts>,
) -> Answer {
    let (id, typed) = (*id, staff.fields.take("login"));
    let Some(user) = accounts.by_login(&Login::parse(&typed)).await? else {
        let page = &staff.ctx.page;
        let problems = Problems::one("login", page.t.groups.no_such_user);
        return show_group(page, &groups, (id, ""), &typed, problems).await;
    };
    groups.add_member(staff.by(), id, user.id).await?;
    Ok(staff.done(&group_address(id), Flash::MemberAdded, &user.username))
}

pub async fn remove_member(
    staff: StaffForm,
    path: web::Path<(i64, i64)>,
    groups: web::Data<Groups>,
) -> Answer {
    let (id, user_id) = *path;
    groups.remove_member(staff.by(), id, user_id).await?;
    staff.done_to(&group_address(id), Flash::MemberRemoved, user_id).await
}

/// The group with its members after the key `after`; with problems, a refused form.
async fn show_group(
    page: &Page,
    groups: &Groups,
    (id, after): (i64, &str),
    login: &str,
    problems: Problems,
) -> Answer {
    let found = groups.find(id, after.to_owned(), Paged::FETCH).await?;
    let (group, members) = found.ok_or(AppError::NotFound)?;
    let Paged { rows: members, last } = Paged::of(members, |(_, _, key): &GroupMember| key.clone());
    let next = last.map(|key| address(&group_address(id), &[("after", &key)]));
    let members = members.into_iter().map(|(id, name, _)| (id, name)).collect();
    let is_refused = !problems.is_empty();
    let template = GroupPage { page, group, members, next, login, problems };
    if is_refused { page.refuse(&template) } else { page.show(&template) }
}

/// The checkboxes whose state changed; they are named after the codenames.
fn switched(fields: &Fields) -> Vec<(Permission, bool)> {
    let switched = |permission: &Permission| Some((*permission, fields.switched(permission.codename())?));
    Permission::ALL.iter().filter_map(switched).collect()
}

fn group_address(id: i64) -> String {
    format!("/admin/groups/{id}")
}
