//! `/security/connected-apps`: the apps that the member has allowed to sign them in.

use actix_web::web;
use askama::Template;

use crate::http::assets::logo_address;
use crate::http::auth::guards::CurrentUser;
use crate::http::{Answer, Ctx, Flash, Page};
use crate::i18n::When;
use crate::identity::oidc::{ConnectedApp, ConnectedApps};

#[derive(Template)]
#[template(path = "security/connected_apps.html")]
struct ConnectedAppsPage<'a> {
    page: &'a Page,
    rows: Vec<Row>,
}

struct Row {
    client_id: String,
    name: String,
    /// The address of its logo.
    logo: Option<String>,
    /// What it may see.
    sees: String,
    /// The APIs that it may call for the member.
    apis: String,
    since: When,
}

pub async fn show(current: CurrentUser, ctx: Ctx, connected: web::Data<ConnectedApps>) -> Answer {
    let t = ctx.page.t;
    let apps = connected.of_user(current.user.id).await?;
    let row = |app: ConnectedApp| Row {
        sees: t.seen_by_app(&app.allowed.scope.iter().collect::<Vec<_>>()),
        apis: app.allowed.resources.into_iter().collect::<Vec<_>>().join(", "),
        since: ctx.page.when(app.since, ctx.now),
        client_id: app.client_id,
        name: app.name,
        logo: app.logo.as_deref().map(logo_address),
    };
    ctx.page.show(&ConnectedAppsPage { page: &ctx.page, rows: apps.into_iter().map(row).collect() })
}

/// Ends what an app may do, everywhere at once.
pub async fn withdraw(
    current: CurrentUser,
    ctx: Ctx,
    client_id: web::Path<String>,
    connected: web::Data<ConnectedApps>,
) -> Answer {
    let name = connected.disconnect(&current, &client_id, ctx.client()).await?;
    Ok(ctx.done_named("/security/connected-apps", Flash::NamedAppDisconnected, &name))
}
