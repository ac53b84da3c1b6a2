//! `/admin/apps/oidc/{client}`: an app that signs people in by OpenID Connect, and what staff do with it.

use std::sync::Arc;

use actix_web::web;
use askama::Template;

use crate::http::assets::logo_address;
use crate::http::auth::guards::Staff;
use crate::http::{Answer, AppError, Ctx, Flash, Page, Problems, upload};
use crate::i18n::When;
use crate::identity::accounts::GroupName;
use crate::identity::oidc::{
    Actor, Logo, LogoProblem, LogoutFailure, LogoutStatus, NewClient, OidcClient, OidcClients, Paste, People,
    Preset, RedirectUri, Refusal, Registration, Setup,
};

use super::oidc_form::{LifetimesForm, OidcForm};
use super::oidc_new::{MadePage, problems};
use super::staff_form::{StaffForm, StaffUpload};

#[derive(Template)]
#[template(path = "admin/oidc_app.html")]
struct AppPage<'a> {
    page: &'a Page,
    app: &'a OidcClient,
    registration: &'a Registration,
    lifetimes: LifetimesForm,
    preset: Preset,
    logo: Option<String>,
    groups: Vec<String>,
    people: People,
    /// When the secrets were made, the newest first.
    secrets: Vec<When>,
    issuer: String,
    lines: Vec<Paste>,
    logouts: Logouts,
    refusals: Vec<(When, Refusal)>,
    /// With the logo that was sent.
    problems: Problems,
}

/// How the app is notified of sessions that end.
struct Logouts {
    waiting: u64,
    delivered: Option<When>,
    failed: Option<(When, LogoutFailure)>,
}

#[derive(Template)]
#[template(path = "admin/oidc_change.html")]
struct ChangePage<'a> {
    page: &'a Page,
    app: &'a OidcClient,
    form: OidcForm,
    groups: Vec<GroupName>,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "admin/oidc_remove.html")]
struct RemovePage<'a> {
    page: &'a Page,
    app: &'a OidcClient,
    people: People,
}

impl AppPage<'_> {
    fn texts<'u>(&self, uris: &'u [RedirectUri]) -> Vec<&'u str> {
        uris.iter().map(RedirectUri::as_str).collect()
    }
}

pub async fn show(_: Staff, id: web::Path<String>, ctx: Ctx, clients: web::Data<OidcClients>) -> Answer {
    let app = find(&clients, &id).await?;
    ctx.page.show(&of_app(&app, &ctx, &clients).await?)
}

async fn of_app<'a>(
    app: &'a OidcClient,
    ctx: &'a Ctx,
    clients: &OidcClients,
) -> Result<AppPage<'a>, AppError> {
    let people = clients.people(app).await?;
    let own = clients.groups().await?.into_iter().filter(|group| app.groups.contains(&group.id));
    let refusals = clients.refusals(app).await?;
    let registration = &app.registration;
    let (page, issuer) = (&ctx.page, &ctx.site.public_url);
    let setup = Setup { name: &app.name, client_id: &app.client_id, secret: None, issuer, registration };
    Ok(AppPage {
        page,
        registration,
        lifetimes: LifetimesForm::of(&registration.lifetimes),
        preset: registration.preset.parse().unwrap_or_default(),
        logo: app.logo.as_deref().map(logo_address),
        groups: own.map(|group| group.name).collect(),
        people,
        secrets: app.secrets_made_at().into_iter().map(|at| page.when(at, ctx.now)).collect(),
        issuer: setup.issuer_text().to_owned(),
        lines: setup.lines(),
        logouts: logouts(ctx, clients.logout_status(app).await?),
        refusals: refusals.into_iter().map(|refusal| (page.when(refusal.at, ctx.now), refusal)).collect(),
        app,
        problems: Problems::default(),
    })
}

fn logouts(ctx: &Ctx, status: LogoutStatus) -> Logouts {
    let when = |at| ctx.page.when(at, ctx.now);
    Logouts {
        waiting: status.waiting,
        delivered: status.delivered_at.map(when),
        failed: status.last_failure.map(|failure| (when(failure.at), failure)),
    }
}

pub async fn change(_: Staff, id: web::Path<String>, page: Page, clients: web::Data<OidcClients>) -> Answer {
    let app = find(&clients, &id).await?;
    if app.declared {
        return Err(AppError::NotFound);
    }
    let (form, groups) = (OidcForm::of(&app), clients.groups().await?);
    page.show(&ChangePage { page: &page, app: &app, form, groups, problems: Problems::default() })
}

pub async fn save(mut staff: StaffForm, id: web::Path<String>, clients: web::Data<OidcClients>) -> Answer {
    let app = find(&clients, &id).await?;
    let preset = app.registration.preset.parse().unwrap_or_default();
    let form = OidcForm::read(preset, std::mem::take(&mut staff.fields));
    let (page, issuer) = (&staff.ctx.page, &staff.ctx.site.public_url);
    let saved = async {
        let new = NewClient::parse(form.input(true), Some(issuer))?;
        clients.change(Actor::Staff(staff.by()), &app, new, form.groups.iter().copied().collect()).await
    };
    match saved.await {
        Ok(()) => Ok(staff.done(&address(&app), Flash::NameSaved, &app.name)),
        Err(error) => {
            let (problems, groups) = (problems(error, page)?, clients.groups().await?);
            page.refuse(&ChangePage { page, app: &app, form, groups, problems })
        }
    }
}

/// A logo from the staff member's device, checked as one from a file of the operator is.
pub async fn set_logo(upload: StaffUpload, id: web::Path<String>, clients: web::Data<OidcClients>) -> Answer {
    let StaffUpload(mut staff) = upload;
    let app = find(&clients, &id).await?;
    let sent = upload::content(&staff.fields.take("logo")).ok_or(LogoProblem::Kind);
    match sent.and_then(Logo::parse) {
        Ok(logo) => {
            clients.set_logo(Actor::Staff(staff.by()), &app, Some(logo)).await?;
            Ok(staff.done(&address(&app), Flash::NameSaved, &app.name))
        }
        Err(problem) => {
            let page = &staff.ctx.page;
            let problems = Problems::one("logo", page.t.oidc_apps.logo_problem(problem));
            page.refuse(&AppPage { problems, ..of_app(&app, &staff.ctx, &clients).await? })
        }
    }
}

pub async fn remove_logo(staff: StaffForm, id: web::Path<String>, clients: web::Data<OidcClients>) -> Answer {
    let app = find(&clients, &id).await?;
    clients.set_logo(Actor::Staff(staff.by()), &app, None).await?;
    Ok(staff.done(&address(&app), Flash::NameSaved, &app.name))
}

/// The response contains the secret, which is shown only once; no address, cookie or later page contains it.
pub async fn rotate_secret(
    staff: StaffForm,
    id: web::Path<String>,
    clients: web::Data<OidcClients>,
) -> Answer {
    let app = find(&clients, &id).await?;
    let secret = clients.rotate_secret(Actor::Staff(staff.by()), &app).await?;
    let (page, issuer) = (&staff.ctx.page, &staff.ctx.site.public_url);
    let (secret, registration) = (Some(secret.as_str()), &app.registration);
    let setup = Setup { name: &app.name, client_id: &app.client_id, secret, issuer, registration };
    let t = &page.t.oidc_apps;
    page.show(&MadePage::of(page, (t.rotated_title, t.rotated_lead), &setup))
}

pub async fn end_older_secret(
    staff: StaffForm,
    id: web::Path<String>,
    clients: web::Data<OidcClients>,
) -> Answer {
    let app = find(&clients, &id).await?;
    clients.end_older_secrets(Actor::Staff(staff.by()), &app).await?;
    Ok(staff.done(&address(&app), Flash::SecretEnded, &app.name))
}

pub async fn ask_removal(
    _: Staff,
    id: web::Path<String>,
    page: Page,
    clients: web::Data<OidcClients>,
) -> Answer {
    let app = find(&clients, &id).await?;
    if app.declared && !app.disabled {
        return Err(AppError::NotFound);
    }
    let people = clients.people(&app).await?;
    page.show(&RemovePage { page: &page, app: &app, people })
}

pub async fn remove(staff: StaffForm, id: web::Path<String>, clients: web::Data<OidcClients>) -> Answer {
    let app = find(&clients, &id).await?;
    clients.remove(Actor::Staff(staff.by()), &app).await?;
    Ok(staff.done("/admin/apps", Flash::AppRemovedByStaff, &app.name))
}

async fn find(clients: &OidcClients, client_id: &str) -> Result<Arc<OidcClient>, AppError> {
    clients.registered(client_id).await?.ok_or(AppError::NotFound)
}

fn address(app: &OidcClient) -> String {
    format!("/admin/apps/oidc/{}", app.client_id)
}
