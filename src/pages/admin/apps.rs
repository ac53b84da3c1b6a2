//! `/admin/apps`: apps of both kinds; those behind a proxy are added, changed and removed here.

use std::collections::BTreeSet;

use actix_web::web;
use askama::Template;

use crate::http::assets::logo_address;
use crate::http::auth::guards::Staff;
use crate::http::auth::step_up::Question;
use crate::http::{Answer, AppError, Fields, Flash, Page, Problems};
use crate::identity::accounts::GroupName;
use crate::identity::applications::{Application, ApplicationError, Applications, NewApplication};
use crate::identity::invalid::Invalid;
use crate::identity::oidc::{OidcClient, OidcClients};

use super::staff_form::{AskedForm, StaffForm, chosen_groups};

#[derive(Template)]
#[template(path = "admin/apps.html")]
struct AppsPage<'a> {
    page: &'a Page,
    rows: Vec<Row>,
}

/// An app of either kind.
struct Row {
    name: String,
    /// The page about it.
    link: String,
    /// Where people open it, or its client id.
    address: String,
    icon: String,
    /// The address of its logo.
    logo: Option<String>,
    restricted: bool,
    groups: Vec<String>,
    is_openid: bool,
    is_disabled: bool,
}

#[derive(Template)]
#[template(path = "admin/app_new.html")]
struct NewPage<'a> {
    page: &'a Page,
    groups: Vec<GroupName>,
    form: AppForm,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "admin/app.html")]
struct AppPage<'a> {
    page: &'a Page,
    app: Application,
    groups: Vec<GroupName>,
    form: AppForm,
    problems: Problems,
}

#[derive(Default)]
struct AppForm {
    name: String,
    address: String,
    icon: String,
    groups: BTreeSet<i64>,
    unverified_email: bool,
}

impl AppForm {
    fn of(app: &Application) -> Self {
        Self {
            name: app.name.clone(),
            address: app.address.to_string(),
            icon: app.icon.clone(),
            groups: app.groups.iter().copied().collect(),
            unverified_email: app.unverified_email,
        }
    }

    fn read(mut fields: Fields) -> Self {
        Self {
            name: fields.take("name"),
            address: fields.take("address"),
            icon: fields.take("icon"),
            groups: chosen_groups(&fields),
            unverified_email: fields.checked("unverified_email"),
        }
    }

    fn parse(&self) -> Result<NewApplication, Invalid> {
        let new = NewApplication::parse(&self.name, &self.address, &self.icon, &self.groups)?;
        Ok(NewApplication { unverified_email: self.unverified_email, ..new })
    }
}

/// The names of these groups.
fn names(all: &[GroupName], own: &[i64]) -> Vec<String> {
    all.iter().filter(|group| own.contains(&group.id)).map(|group| group.name.clone()).collect()
}

fn proxied(app: Application, groups: &[GroupName]) -> Row {
    Row {
        link: format!("/admin/apps/{}", app.id),
        address: app.address.to_string(),
        groups: names(groups, &app.groups),
        name: app.name,
        icon: app.icon,
        logo: None,
        restricted: app.restricted,
        is_openid: false,
        is_disabled: false,
    }
}

fn openid(app: &OidcClient, groups: &[GroupName]) -> Row {
    Row {
        name: app.name.clone(),
        link: format!("/admin/apps/oidc/{}", app.client_id),
        address: app.client_id.clone(),
        icon: app.name.chars().next().map(|first| first.to_uppercase().collect()).unwrap_or_default(),
        logo: app.logo.as_deref().map(logo_address),
        restricted: app.restricted,
        groups: names(groups, &app.groups),
        is_openid: true,
        is_disabled: app.disabled,
    }
}

pub async fn list(
    _: Staff,
    page: Page,
    applications: web::Data<Applications>,
    clients: web::Data<OidcClients>,
) -> Answer {
    let (apps, groups) = applications.with_groups().await?;
    let mut rows: Vec<Row> = apps.into_iter().map(|app| proxied(app, &groups)).collect();
    rows.extend(clients.all().await?.iter().map(|app| openid(app, &groups)));
    rows.sort_by_key(|row| row.name.to_lowercase());
    page.show(&AppsPage { page: &page, rows })
}

pub async fn new(_: Staff, page: Page, applications: web::Data<Applications>) -> Answer {
    let (_, groups) = applications.with_groups().await?;
    page.show(&NewPage { page: &page, groups, form: AppForm::default(), problems: Problems::default() })
}

pub async fn create(mut staff: StaffForm, applications: web::Data<Applications>) -> Answer {
    let form = AppForm::read(std::mem::take(&mut staff.fields));
    let page = &staff.ctx.page;
    let created = async { applications.create(staff.by(), form.parse()?).await };
    match created.await {
        Ok(_) => Ok(staff.done("/admin/apps", Flash::AppAddedByStaff, &form.name)),
        Err(ApplicationError::Invalid(invalid)) => {
            let problems = Problems::translate(&invalid, page.t);
            let (_, groups) = applications.with_groups().await?;
            page.refuse(&NewPage { page, groups, form, problems })
        }
        Err(error) => Err(error.into()),
    }
}

pub async fn show(
    _: Staff,
    id: web::Path<String>,
    page: Page,
    applications: web::Data<Applications>,
) -> Answer {
    let (app, groups) = find(&id, &applications).await?;
    let form = AppForm::of(&app);
    page.show(&AppPage { page: &page, app, groups, form, problems: Problems::default() })
}

pub async fn save(
    mut staff: StaffForm,
    id: web::Path<String>,
    applications: web::Data<Applications>,
) -> Answer {
    let (app, groups) = find(&id, &applications).await?;
    let form = AppForm::read(std::mem::take(&mut staff.fields));
    let page = &staff.ctx.page;
    let changed = async { applications.change(staff.by(), app.id, form.parse()?).await };
    match changed.await {
        Ok(()) => Ok(staff.done("/admin/apps", Flash::NameSaved, &form.name)),
        Err(ApplicationError::Invalid(invalid)) => {
            let problems = Problems::translate(&invalid, page.t);
            page.refuse(&AppPage { page, app, groups, form, problems })
        }
        Err(error) => Err(error.into()),
    }
}

pub async fn delete(
    asked: AskedForm,
    id: web::Path<String>,
    applications: web::Data<Applications>,
) -> Answer {
    let (app, _) = find(&id, &applications).await?;
    let t = asked.ctx.page.t;
    let question = Question {
        title: t.oidc_apps.remove_app(&app.name),
        lead: t.apps.delete_undone,
        icon: "trash",
        losses: vec![t.apps.delete_gone.to_owned(), t.apps.delete_shut.to_owned()],
        stays: vec![t.apps.delete_stays.to_owned()],
        act: t.apps.delete,
        keep: t.apps.keep,
    };
    let staff = asked.confirm(&question).await?;
    applications.delete(staff.by(), app.id).await?;
    Ok(staff.done("/admin/apps", Flash::AppRemovedByStaff, &app.name))
}

/// The app and all groups.
async fn find(id: &str, applications: &Applications) -> Result<(Application, Vec<GroupName>), AppError> {
    let (found, groups) = applications.find(parse_id(id)?).await?;
    Ok((found.ok_or(AppError::NotFound)?, groups))
}

fn parse_id(text: &str) -> Result<i64, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}
