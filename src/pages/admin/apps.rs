//! `/admin/apps`: the apps that members find on their dashboard; add one, change it, remove it.

use std::collections::BTreeSet;

use actix_web::web;
use askama::Template;
use url::Url;

use crate::http::auth::locks::Staff;
use crate::http::form::Problems;
use crate::http::{Answer, AppError, Fields, Page};
use crate::i18n::apps::Apps;
use crate::identity::accounts::group;
use crate::identity::accounts::member::GroupName;
use crate::identity::applications as application;
use crate::identity::applications::{Application, NewApplication, SaveError};
use crate::identity::audit::Event;
use crate::identity::{App, Identity};
use crate::platform::near_cache::Topic;

use super::staff_form::Act;

#[derive(Template)]
#[template(path = "admin/apps.html")]
struct AppsPage<'a> {
    page: &'a Page,
    apps: Vec<Application>,
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
}

impl AppForm {
    fn of(app: &Application) -> Self {
        Self {
            name: app.name.clone(),
            address: app.address.to_string(),
            icon: app.icon.clone(),
            groups: app.groups.iter().copied().collect(),
        }
    }

    fn read(mut fields: Fields) -> Self {
        let chosen = fields.all().filter_map(|(name, _)| name.strip_prefix("group-"));
        // What is no number stays a choice, of a group that is not there: without it, the app might open to everyone.
        let groups = chosen.map(|id| id.parse().unwrap_or_default()).collect();
        Self { name: fields.take("name"), address: fields.take("address"), icon: fields.take("icon"), groups }
    }

    fn parse(&self, t: &Apps) -> Result<NewApplication, Problems> {
        let parsed = NewApplication::parse(&self.name, &self.address, &self.icon, &self.groups);
        parsed.map_err(|found| {
            let mut problems = Problems::default();
            found.iter().for_each(|problem| problems.add(problem.field(), problem.text(t)));
            problems
        })
    }
}

impl AppsPage<'_> {
    /// The groups of an app by name.
    fn names(&self, app: &Application) -> Vec<&str> {
        let open = self.groups.iter().filter(|group| app.groups.contains(&group.id));
        open.map(|group| group.name.as_str()).collect()
    }
}

pub async fn list(_: Staff, page: Page, app: App) -> Answer {
    page.show(&listing(&page, &app, AppForm::default(), Problems::default()).await?)
}

async fn listing<'a>(
    page: &'a Page,
    app: &Identity,
    form: AppForm,
    problems: Problems,
) -> Result<AppsPage<'a>, AppError> {
    let read = app.db.run(|conn| Ok::<_, AppError>((application::all(conn)?, group::names(conn)?)));
    let (apps, groups) = read.await?;
    Ok(AppsPage { page, apps, groups, form, problems })
}

pub async fn create(mut act: Act) -> Answer {
    let form = AppForm::read(std::mem::take(&mut act.fields));
    let (app, page) = (&act.app, &act.page);
    let new = match form.parse(&page.t.apps) {
        Ok(new) => new,
        Err(problems) => return page.refuse(&listing(page, app, form, problems).await?),
    };
    let (now, entry) =
        (act.now, act.entry(Event::ApplicationAdded, None).about(described(&new.name, &new.address)));
    match app.act(Some(entry), act.checked(move |conn| application::create(conn, &new, now))).await {
        Ok(_) => Ok(done(&act).await),
        Err(error) => {
            let problems = groups_gone(error, page)?;
            page.refuse(&listing(page, app, form, problems).await?)
        }
    }
}

pub async fn show(_: Staff, id: web::Path<String>, page: Page, app: App) -> Answer {
    let (found, groups) = find(&id, &app).await?;
    let form = AppForm::of(&found);
    page.show(&AppPage { page: &page, app: found, groups, form, problems: Problems::default() })
}

pub async fn save(mut act: Act, id: web::Path<String>) -> Answer {
    let (found, groups) = find(&id, &act.app).await?;
    let form = AppForm::read(std::mem::take(&mut act.fields));
    let page = &act.page;
    let refuse = |app, form, problems| page.refuse(&AppPage { page, app, groups, form, problems });
    let new = match form.parse(&page.t.apps) {
        Ok(new) => new,
        Err(problems) => return refuse(found, form, problems),
    };
    let (id, entry) =
        (found.id, act.entry(Event::ApplicationChanged, None).about(described(&new.name, &new.address)));
    match act.app.act(Some(entry), act.checked(move |conn| application::change(conn, id, &new))).await {
        Ok(()) => Ok(done(&act).await),
        Err(error) => refuse(found, form, groups_gone(error, page)?),
    }
}

pub async fn delete(act: Act, id: web::Path<String>) -> Answer {
    let (Application { id, name, address, .. }, _) = find(&id, &act.app).await?;
    let entry = act.entry(Event::ApplicationRemoved, None).about(described(&name, &address));
    act.app.act(Some(entry), act.checked(move |conn| application::delete(conn, id))).await.map_err(lost)?;
    Ok(done(&act).await)
}

/// The app with every group there is.
async fn find(id: &str, app: &Identity) -> Result<(Application, Vec<GroupName>), AppError> {
    let id = id.parse().map_err(|_| AppError::NotFound)?;
    let read = app.db.run(move |conn| Ok::<_, AppError>((application::find(conn, id)?, group::names(conn)?)));
    let (found, groups) = read.await?;
    Ok((found.ok_or(AppError::NotFound)?, groups))
}

async fn done(act: &Act) -> actix_web::HttpResponse {
    act.app.sessions.topic_changed(Topic::Applications).await;
    act.done("/admin/apps")
}

/// As the trail tells it: where a link leads is what matters.
fn described(name: &str, address: &Url) -> String {
    format!("{name} ({address})")
}

/// A group may be deleted while the form that names it stands open.
fn groups_gone(error: SaveError, page: &Page) -> Result<Problems, AppError> {
    match error {
        SaveError::GroupMissing => Ok(Problems::one("groups", page.t.apps.groups_gone)),
        other => Err(lost(other)),
    }
}

fn lost(error: SaveError) -> AppError {
    match error {
        SaveError::Db(error) => error.into(),
        SaveError::NoLongerStaff(error) => error.into(),
        SaveError::Missing | SaveError::GroupMissing => AppError::NotFound,
    }
}
