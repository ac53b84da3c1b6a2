//! `/admin/apps/new`: which kind of app it is, then a short form, then its secret and the lines to paste into it.

use actix_web::web;
use askama::Template;

use crate::http::auth::guards::Staff;
use crate::http::{Answer, AppError, Page, Problems};
use crate::identity::accounts::GroupName;
use crate::identity::oidc::{Actor, ClientError, NewClient, OidcClients, Paste, Preset, Setup};

use super::oidc_form::OidcForm;
use super::staff_form::StaffForm;

#[derive(Template)]
#[template(path = "admin/app_kinds.html")]
struct KindsPage<'a> {
    page: &'a Page,
    presets: &'static [Preset],
}

#[derive(Template)]
#[template(path = "admin/oidc_new.html")]
struct NewPage<'a> {
    page: &'a Page,
    form: OidcForm,
    groups: Vec<GroupName>,
    problems: Problems,
}

impl NewPage<'_> {
    fn address_hint(&self) -> &'static str {
        let t = &self.page.t.oidc_apps;
        if self.form.preset == Preset::Mcp { t.mcp_hint } else { t.address_hint }
    }

    /// What an empty list means.
    fn lists_hint(&self) -> &'static str {
        let t = &self.page.t.oidc_apps;
        if self.form.preset == Preset::Custom { t.lines_hint } else { t.derived_hint }
    }
}

/// Contains a secret, this once.
#[derive(Template)]
#[template(path = "admin/oidc_made.html")]
pub struct MadePage<'a> {
    page: &'a Page,
    title: &'a str,
    lead: &'a str,
    name: &'a str,
    client_id: &'a str,
    secret: Option<&'a str>,
    issuer: String,
    lines: Vec<Paste>,
}

impl<'a> MadePage<'a> {
    pub fn of(page: &'a Page, (title, lead): (&'a str, &'a str), setup: &Setup<'a>) -> Self {
        let Setup { name, client_id, secret, .. } = *setup;
        let (issuer, lines) = (setup.issuer_text().to_owned(), setup.lines());
        Self { page, title, lead, name, client_id, secret, issuer, lines }
    }
}

pub async fn kinds(_: Staff, page: Page) -> Answer {
    page.show(&KindsPage { page: &page, presets: Preset::ALL })
}

pub async fn show(
    _: Staff,
    preset: web::Path<String>,
    page: Page,
    clients: web::Data<OidcClients>,
) -> Answer {
    let form = OidcForm::new(parse(&preset)?);
    let groups = clients.groups().await?;
    page.show(&NewPage { page: &page, form, groups, problems: Problems::default() })
}

/// The response contains the secret, which is shown only once; no address, cookie or later page contains it.
pub async fn create(
    mut staff: StaffForm,
    preset: web::Path<String>,
    clients: web::Data<OidcClients>,
) -> Answer {
    let form = OidcForm::read(parse(&preset)?, std::mem::take(&mut staff.fields));
    let (page, issuer) = (&staff.ctx.page, staff.ctx.site.public_url.clone());
    let added = async {
        let new = NewClient::parse(form.input(false), Some(&issuer))?;
        let added =
            clients.add(Actor::Staff(staff.by()), new.clone(), form.groups.iter().copied().collect()).await?;
        Ok((new, added))
    };
    let (new, added) = match added.await {
        Ok(added) => added,
        Err(error) => {
            let (problems, groups) = (problems(error, page)?, clients.groups().await?);
            return page.refuse(&NewPage { page, form, groups, problems });
        }
    };
    let secret = added.secret.as_ref().map(|secret| secret.as_str());
    let registration = &new.registration;
    let setup = Setup { name: &new.name, client_id: &added.client_id, secret, issuer: &issuer, registration };
    let t = &page.t.oidc_apps;
    let lead = if secret.is_some() { t.made_lead } else { t.made_public };
    page.show(&MadePage::of(page, (t.made_title, lead), &setup))
}

/// What the page says about a form that was not saved.
///
/// # Errors
/// What no form can mend.
pub fn problems(error: ClientError, page: &Page) -> Result<Problems, AppError> {
    let t = &page.t.oidc_apps;
    match error {
        ClientError::Invalid(invalid) => Ok(Problems::translate(&invalid, page.t)),
        ClientError::NameTaken => Ok(Problems::one("name", t.taken_name)),
        ClientError::GroupGone => Ok(Problems::one("groups", t.groups_gone)),
        other => Err(other.into()),
    }
}

fn parse(preset: &str) -> Result<Preset, AppError> {
    preset.parse().map_err(|_| AppError::NotFound)
}
