//! The pages that people see on the way to an app.

use actix_web::http::StatusCode;
use askama::Template;

use crate::http::assets::logo_address;
use crate::http::{Answer, Ctx, Page};
use crate::identity::accounts::Member;
use crate::identity::oidc::ScopeSet;

use super::authorization_request::{AuthorizationRequest, Rejected};
use super::parameters::Parameters;
use super::respond::shown_host;

/// Asks what an app may see.
#[derive(Template)]
#[template(path = "oidc_provider/consent.html")]
struct ConsentPage<'a> {
    page: &'a Page,
    title: String,
    app: &'a str,
    /// The address of its logo.
    logo: Option<String>,
    username: &'a str,
    user_id: i64,
    email: &'a str,
    groups: String,
    scope: ScopeSet,
    own_scopes: Vec<&'a str>,
    resources: &'a [String],
    host: String,
    /// The host of an app that is not registered here.
    unregistered: Option<String>,
    parameters: &'a Parameters,
}

/// Asks which user it is.
#[derive(Template)]
#[template(path = "oidc_provider/select.html")]
struct SelectPage<'a> {
    page: &'a Page,
    title: String,
    username: &'a str,
    user_id: i64,
    parameters: &'a Parameters,
}

/// Says why it goes no further.
#[derive(Template)]
#[template(path = "oidc_provider/problem.html")]
struct ProblemPage<'a> {
    page: &'a Page,
    title: String,
    sentence: String,
    request_id: String,
}

pub fn consent(ctx: &Ctx, request: &AuthorizationRequest, member: &Member) -> Answer {
    let standard = crate::identity::oidc::STANDARD_SCOPES;
    let groups: Vec<&str> = member.groups.iter().map(|group| group.name.as_str()).collect();
    ctx.page.show(&ConsentPage {
        page: &ctx.page,
        title: ctx.page.t.oidc.sign_in_to(&request.to.client.name),
        app: &request.to.client.name,
        logo: request.to.client.logo.as_deref().map(logo_address),
        username: &member.username,
        user_id: member.id,
        email: &member.email,
        groups: groups.join(", "),
        scope: request.asked.shown(),
        own_scopes: request.asked.scope.iter().filter(|name| !standard.contains(name)).collect(),
        resources: &request.asked.resources,
        host: shown_host(&request.to.redirect_uri),
        unregistered: (request.to.client.describes_itself())
            .then(|| shown_host(&request.to.client.client_id)),
        parameters: &request.parameters,
    })
}

pub fn select(ctx: &Ctx, request: &AuthorizationRequest, member: &Member) -> Answer {
    ctx.page.show(&SelectPage {
        page: &ctx.page,
        title: ctx.page.t.oidc.sign_in_to(&request.to.client.name),
        username: &member.username,
        user_id: member.id,
        parameters: &request.parameters,
    })
}

/// The app is not open to this person.
pub fn barred(ctx: &Ctx, request: &AuthorizationRequest) -> Answer {
    barred_from(ctx, &request.to.client.name)
}

pub fn barred_from(ctx: &Ctx, app: &str) -> Answer {
    let t = ctx.page.t;
    let (title, sentence) = (t.oidc.not_your_app(app), t.oidc.not_your_app_help.to_owned());
    problem(ctx, StatusCode::FORBIDDEN, title, sentence)
}

/// The app or its redirect URI is not as registered.
pub fn rejected(ctx: &Ctx, why: &Rejected) -> Answer {
    let t = ctx.page.t;
    let sentence = match why {
        Rejected::UnknownClient => t.oidc.unknown_app.to_owned(),
        Rejected::RedirectUri(client) => t.oidc.wrong_redirect_uri(&client.name),
        _ => t.oidc.unreadable.to_owned(),
    };
    problem(ctx, StatusCode::BAD_REQUEST, t.oidc.problem_title.to_owned(), sentence)
}

pub fn problem(ctx: &Ctx, status: StatusCode, title: String, sentence: String) -> Answer {
    let request_id = ctx.client().request_id.clone();
    ctx.page.show_as(status, &ProblemPage { page: &ctx.page, title, sentence, request_id })
}
