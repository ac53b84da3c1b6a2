//! `/device`: a person types the code that a device shows, sees who asks, and decides (RFC 8628 §3.3). A link alone decides
//! nothing: it fills in the code.

use actix_web::web::Data;
use askama::Template;

use crate::http::auth::cookies::session;
use crate::http::auth::factor_setup::setup_url;
use crate::http::auth::guards::CurrentUser;
use crate::http::auth::presented::presented;
use crate::http::auth::step_up::{Recent, of_form};
use crate::http::page::see_other;
use crate::http::{Answer, Ctx, Fields, Page, Problems, service};
use crate::i18n::When;
use crate::identity::oidc::{Barred, Devices, STANDARD_SCOPES, ScopeSet, UserCode, WaitingDevice};
use crate::identity::sign_in::{ReauthPolicy, SignOut};

use super::pages;
use super::parameters::Parameters;
use super::progress::{AS, DECISION};

const USER_CODE: &str = "user_code";

/// Asks for the code.
#[derive(Template)]
#[template(path = "oidc_provider/device.html")]
struct DevicePage<'a> {
    page: &'a Page,
    username: &'a str,
    typed: &'a str,
    problems: Problems,
}

/// Shows which app asks, from where, and for what.
#[derive(Template)]
#[template(path = "oidc_provider/device_consent.html")]
struct DeviceConsentPage<'a> {
    page: &'a Page,
    title: String,
    app: &'a str,
    username: &'a str,
    user_id: i64,
    email: &'a str,
    groups: String,
    scope: &'a ScopeSet,
    own_scopes: Vec<&'a str>,
    resources: &'a [String],
    user_code: &'a str,
    address: &'a str,
    asked: When,
}

/// Says what was decided.
#[derive(Template)]
#[template(path = "oidc_provider/device_done.html")]
struct DeviceDonePage<'a> {
    page: &'a Page,
    allowed: bool,
    app: &'a str,
}

/// The form, with the code of the link if there is one.
pub async fn show(current: CurrentUser, ctx: Ctx) -> Answer {
    let query = Parameters::parse(ctx.request().query_string().as_bytes()).unwrap_or_default();
    let typed = query.get(USER_CODE).unwrap_or_default();
    let typed = UserCode::parse(typed).map_or_else(String::new, |code| code.shown());
    ask(&ctx, &current, &typed, Problems::default())
}

pub async fn submit(
    mut current: CurrentUser,
    ctx: Ctx,
    mut fields: Fields,
    devices: Data<Devices>,
) -> Answer {
    let (typed, decision, shown_to) = (fields.take(USER_CODE), fields.take(DECISION), fields.take(AS));
    if decision == "switch" {
        return switch(&ctx, &typed).await;
    }
    let Some(waiting) = devices.find(&current, &typed, ctx.client()).await? else {
        return ask(&ctx, &current, &typed, Problems::one(USER_CODE, ctx.page.t.oidc.wrong_user_code));
    };
    match devices.admits(&waiting, &current) {
        Err(Barred::Group) => return pages::barred_from(&ctx, &waiting.client.name),
        Err(Barred::Level) if current.user.factors_since.is_none() => {
            return Ok(see_other(&setup_url(&address_with(&typed))).finish());
        }
        Err(Barred::Level) => {
            // The form comes back with the proof, and with the code.
            fields.set(USER_CODE, typed.clone());
            current =
                of_form(ctx.request(), current, fields, (ReauthPolicy::Factor, Recent::Ignored)).await?.0;
        }
        Ok(()) => {}
    }
    // Someone else has signed in since the page was shown: what they see is theirs to decide.
    let is_theirs = shown_to == current.user.id.to_string();
    match decision.as_str() {
        "allow" | "deny" if is_theirs => {
            decide(&ctx, &current, &devices, (waiting, decision == "allow")).await
        }
        _ => consent(&ctx, &current, &waiting, &typed),
    }
}

async fn decide(
    ctx: &Ctx,
    current: &CurrentUser,
    devices: &Devices,
    (waiting, allowed): (WaitingDevice, bool),
) -> Answer {
    let app = waiting.client.name.clone();
    if !devices.decide(current, waiting, (allowed, ctx.client())).await? {
        return ask(ctx, current, "", Problems::one(USER_CODE, ctx.page.t.oidc.wrong_user_code));
    }
    ctx.page.show(&DeviceDonePage { page: &ctx.page, allowed, app: &app })
}

fn ask(ctx: &Ctx, current: &CurrentUser, typed: &str, problems: Problems) -> Answer {
    let is_refused = !problems.is_empty();
    let page = DevicePage { page: &ctx.page, username: &current.user.username, typed, problems };
    if is_refused { ctx.page.refuse(&page) } else { ctx.page.show(&page) }
}

fn consent(ctx: &Ctx, current: &CurrentUser, waiting: &WaitingDevice, typed: &str) -> Answer {
    let (device, member) = (waiting.device(), &current.user);
    let groups: Vec<&str> = member.groups.iter().map(|group| group.name.as_str()).collect();
    let scope = &device.asked.scope;
    ctx.page.show(&DeviceConsentPage {
        page: &ctx.page,
        title: ctx.page.t.oidc.sign_in_to(&waiting.client.name),
        app: &waiting.client.name,
        username: &member.username,
        user_id: member.id,
        email: &member.email,
        groups: groups.join(", "),
        scope,
        own_scopes: scope.iter().filter(|name| !STANDARD_SCOPES.contains(name)).collect(),
        resources: &device.asked.resources,
        user_code: typed,
        address: &device.address,
        asked: ctx.page.when(device.created_at, ctx.now),
    })
}

/// Signs out, and comes back with the code.
async fn switch(ctx: &Ctx, typed: &str) -> Answer {
    let sign_out = service::<SignOut>(ctx.request())?;
    sign_out.end_sessions(&presented(&ctx.site, ctx.headers(), None), ctx.client()).await?;
    let mut response = see_other(&ctx.page.with_next("/login", &address_with(typed)));
    response.cookie(session::expire(&ctx.site));
    Ok(response.finish())
}

/// This page with the code filled in, if it is one.
fn address_with(typed: &str) -> String {
    match UserCode::parse(typed) {
        Some(code) => format!("/device?user_code={}", code.shown()),
        None => "/device".to_owned(),
    }
}
