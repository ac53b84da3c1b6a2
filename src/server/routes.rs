//! The whole URL map: one line per resource, each with its lock. A handler whose first argument is not a
//! guard does not compile here.

use actix_web::guard;
use actix_web::http::Method;
use actix_web::http::header::LOCATION;
use actix_web::middleware::from_fn;
use actix_web::web::{self, ServiceConfig};
use actix_web::{FromRequest, Handler, HttpRequest, HttpResponse, Responder, Route};

use crate::http::api_path::is_api;
use crate::http::auth::locks;
use crate::http::guard::Guarded;
use crate::http::{AppError, static_files};
use crate::identity::accounts::Scope;
use crate::pages::{
    admin, app_logo, board, dashboard, health, home, language, login, password_reset, profile, register,
    security, sessions, sign_in, sign_in_link, tokens, unsent, verify_email, well_known,
};
use crate::platform::metrics;
use crate::{api, forward_auth, oidc_provider};

/// Which callers may reach a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// Anyone; no session is looked up.
    Plain,
    /// Anyone; members are identified.
    Open,
    /// Members with an active session.
    Member,
    /// The same, and members who must set up a second factor before using anything else.
    FactorSetup,
    /// Members with an active session and the staff flag.
    Staff,
}

/// A row of the table: a path's methods and its lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub path: &'static str,
    pub lock: Lock,
    pub methods: Vec<Method>,
    /// The scope that a token needs, by method; a method without one accepts any token, or none.
    pub scopes: Vec<(Method, Scope)>,
}

#[expect(clippy::too_many_lines, reason = "a table")]
fn map(routes: &mut Routes<'_>) {
    use Lock::{FactorSetup, Member, Open, Plain, Staff};
    use Scope::{ProfileRead, ProfileWrite, SecurityRead, SecurityWrite, SessionsRead, SessionsWrite};
    use oidc_provider::{authorize, device, device_authorization, discovery, logout};

    // Matched in this order, so the most requested paths come first, and before those with a part that varies.
    routes.at(Member, "/api/auth/check", get(api::sessions::check));
    routes.at(Plain, "/api/authz/forward-auth", get(forward_auth::forward_auth));
    routes.at(Plain, "/api/authz/auth-request", get(forward_auth::auth_request));
    routes.at(Member, "/dashboard", get(dashboard::show));
    let userinfo = oidc_provider::userinfo::userinfo;
    routes.at(Plain, "/oauth/userinfo", get(userinfo).post(userinfo));
    routes.at(Plain, "/oauth/introspect", post(oidc_provider::introspect::introspect));
    routes.at(Plain, "/oauth/token", post(oidc_provider::token::token));
    routes.at(Plain, "/oauth/authorize", get(authorize::show).post(authorize::submit));
    routes.at(Plain, "/static/{name}", get(static_files::serve));
    routes.at(Plain, "/app-logos/{name}", get(app_logo::serve));
    routes.at(Plain, "/healthz", get(health::healthz));
    routes.at(Plain, "/readyz", get(health::readyz));

    routes.at(Open, "/", get(home::show));
    routes.at(Open, "/register", get(register::show).post(register::submit));
    routes.at(Open, "/login", get(login::show).post(login::submit));
    routes.at(Plain, "/login/verify", get(login::verify::show).post(login::verify::submit));
    routes.at(Plain, "/login/verify/passkey", post(login::verify::by_passkey));
    routes.at(Plain, "/login/passkey", get(login::renew_challenge).post(login::by_passkey));
    routes.at(Open, "/language", post(language::switch));
    routes.at(Plain, "/password-reset", get(password_reset::show).post(password_reset::submit));
    routes.at(
        Plain,
        "/password-reset/code",
        get(password_reset::show_code).post(password_reset::submit_code),
    );
    routes.at(Open, "/verify-email", get(verify_email::show).post(verify_email::submit));
    routes.at(
        Plain,
        "/password-reset/recovery",
        get(password_reset::recovery::show).post(password_reset::recovery::submit),
    );
    routes.at(Plain, "/sign-in-link", get(sign_in_link::show).post(sign_in_link::submit));
    routes.at(Plain, "/sign-in-link/code", get(sign_in_link::show_code).post(sign_in_link::submit_code));
    // With an account at another provider.
    routes.at(Open, "/sign-in/{name}", post(sign_in::begin::sign_in));
    let callback = get(sign_in::callback::take).post(sign_in::callback::take_posted);
    routes.at(Open, "/sign-in/{name}/callback", callback);
    let first = get(sign_in::register::show).post(sign_in::register::submit);
    routes.at(Open, "/sign-in/{name}/register", first);
    routes.at(Open, "/sign-in/{name}/link", get(sign_in::link::show));
    routes.at(Member, "/sign-in/{name}/link/confirm", post(sign_in::link::submit));
    routes.at(Member, "/sign-in/{name}/step-up", post(sign_in::begin::step_up));
    routes.at(Plain, "/sign-in/{name}/backchannel-logout", post(sign_in::backchannel_logout::take));
    routes.at(Plain, "/logout", get(login::ask_sign_out).post(login::sign_out));

    routes.at(Member, "/profile", get(profile::show).post(profile::save));
    routes.at(Member, "/profile/delete", get(profile::ask_delete).post(profile::delete));
    routes.at(Member, "/sessions", get(sessions::show));
    routes.at(Member, "/sessions/end-others", post(sessions::end_others));
    routes.at(Member, "/sessions/{key}/end", post(sessions::end));
    routes.at(Member, "/sessions/trusted/{id}/end", post(sessions::forget_device));
    routes.at(Member, "/security", get(security::show).post(security::change_password));
    routes.at(Member, "/security/password", get(security::ask_password));
    routes.at(Member, "/security/activity", get(security::activity));
    routes.at(FactorSetup, "/security/totp", get(security::totp::show).post(security::totp::submit));
    routes.at(Member, "/security/totp/remove", post(security::totp::remove));
    let new = get(security::passkeys::renew_new);
    routes.at(FactorSetup, "/security/passkeys/new", new.post(security::passkeys::ask));
    routes.at(FactorSetup, "/security/passkeys/shown", get(security::passkeys::renew_shown));
    routes.at(FactorSetup, "/security/passkeys", get(security::passkeys::show).post(security::passkeys::add));
    routes.at(Member, "/security/passkeys/{id}/remove", post(security::passkeys::remove));
    routes.at(
        Member,
        "/security/passkeys/{id}/rename",
        get(security::passkey_name::show).post(security::passkey_name::submit),
    );
    routes.at(
        Member,
        "/security/recovery-codes",
        get(security::recovery_codes::ask).post(security::recovery_codes::renew),
    );

    routes.at(Member, "/security/providers/{name}/link", post(sign_in::begin::link));
    routes.at(Member, "/security/providers/{name}/unlink", post(security::providers::unlink));
    routes.at(Member, "/security/connected-apps", get(security::connected_apps::show));
    routes.at(
        Member,
        "/security/connected-apps/{client_id}/withdraw",
        post(security::connected_apps::withdraw),
    );

    routes.at(Member, "/unsent", get(unsent::show));
    routes.at(Member, "/tokens", get(tokens::show).post(tokens::create));
    routes.at(Member, "/tokens/{id}/delete", post(tokens::delete));

    if routes.has_board {
        board_routes(routes);
    }

    routes.at(Plain, "/api/auth/login", post(api::login::login));
    routes.at(Plain, "/api/auth/refresh", post(api::login::refresh));
    routes.at(Plain, "/api/auth/logout", post(api::login::logout));
    routes.at(Plain, "/api/auth/register", post(api::account::register));
    let account = get(api::account::user).needs(ProfileRead);
    routes.at(Member, "/api/auth/user", account.patch(api::account::change).needs(ProfileWrite));
    routes.at(Member, "/api/auth/password", post(api::account::change_password).needs(SecurityWrite));
    routes.at(Member, "/api/auth/step-up", post(api::step_up::step_up).needs(SecurityWrite));
    let own_sessions = get(api::sessions::sessions).needs(SessionsRead);
    routes.at(
        Member,
        "/api/auth/sessions",
        own_sessions.delete(api::sessions::end_others).needs(SessionsWrite),
    );
    routes.at(Member, "/api/auth/sessions/{key}", delete(api::sessions::end).needs(SessionsWrite));
    routes.at(Plain, "/api/authz/denied", get(forward_auth::denied));
    routes.at(Plain, "/api/openapi.json", get(api::openapi::serve));
    let api_tokens = get(api::tokens::list).needs(SecurityRead);
    routes.at(Member, "/api/auth/tokens", api_tokens.post(api::tokens::create).needs(SecurityWrite));
    routes.at(Member, "/api/auth/tokens/{id}", delete(api::tokens::delete).needs(SecurityWrite));
    routes.at(Plain, "/api/auth/token", post(api::tokens::obtain::obtain));
    routes.at(Plain, "/.well-known/jwks.json", get(api::jwks::jwks));
    routes.at(Plain, "/.well-known/change-password", get(security::well_known));
    routes.at(Plain, "/.well-known/security.txt", get(well_known::security_txt));
    routes.at(Plain, "/robots.txt", get(well_known::robots_txt));
    routes.at(Plain, "/favicon.ico", get(well_known::favicon));

    routes.at(Plain, "/.well-known/openid-configuration", get(discovery::configuration));
    routes.at(Plain, "/.well-known/oauth-authorization-server", get(discovery::configuration));
    routes.at(Plain, "/oauth/jwks.json", get(discovery::jwks));
    routes.at(Plain, "/oauth/revoke", post(oidc_provider::revoke::revoke));
    routes.at(Plain, "/oauth/par", post(oidc_provider::par::push));
    routes.at(Plain, "/oauth/device_authorization", post(device_authorization::begin));
    routes.at(Member, "/device", get(device::show).post(device::submit));
    routes.at(Plain, "/oauth/logout", get(logout::show).post(logout::submit));

    routes.at(Staff, "/admin", get(admin::overview::show));
    routes.at(Staff, "/admin/search", get(admin::search::search));
    routes.at(Staff, "/admin/users", get(admin::users::list));
    routes.at(Staff, "/admin/users/{id}", get(admin::user::show));
    routes.at(Staff, "/admin/users/{id}/disable", post(admin::user::disable));
    routes.at(Staff, "/admin/users/{id}/enable", post(admin::user::enable));
    routes.at(Staff, "/admin/users/{id}/verify-email", post(admin::user::verify_email));
    routes.at(Staff, "/admin/users/{id}/end-sessions", post(admin::user::end_sessions));
    routes.at(Staff, "/admin/users/{id}/require-password", post(admin::user::require_password));
    routes.at(Staff, "/admin/users/{id}/mail-recovery", post(admin::user::mail_recovery));
    routes.at(Staff, "/admin/users/{id}/groups", post(admin::user::set_groups));
    routes.at(Staff, "/admin/groups", get(admin::groups::list).post(admin::groups::create));
    routes.at(Staff, "/admin/groups/new", get(admin::groups::new));
    routes.at(Staff, "/admin/groups/{id}", get(admin::groups::show).post(admin::groups::save));
    routes.at(Staff, "/admin/groups/{id}/delete", post(admin::groups::delete));
    routes.at(Staff, "/admin/groups/{id}/members", post(admin::groups::add_member));
    routes.at(Staff, "/admin/groups/{id}/members/{user}/remove", post(admin::groups::remove_member));
    routes.at(Staff, "/admin/sessions", get(admin::sessions::list));
    routes.at(Staff, "/admin/sessions/{key}/end", post(admin::sessions::end));
    routes.at(Staff, "/admin/audit", get(admin::audit::list));
    routes.at(Staff, "/admin/audit/export", post(admin::export::export));
    routes.at(Staff, "/admin/apps", get(admin::apps::list).post(admin::apps::create));
    routes.at(Staff, "/admin/apps/new", get(admin::oidc_new::kinds));
    routes.at(Staff, "/admin/apps/new/proxy", get(admin::apps::new));
    let preset = get(admin::oidc_new::show).post(admin::oidc_new::create);
    routes.at(Staff, "/admin/apps/new/{preset}", preset);
    use admin::oidc_app;
    routes.at(Staff, "/admin/apps/oidc/{client}", get(oidc_app::show).post(oidc_app::save));
    routes.at(Staff, "/admin/apps/oidc/{client}/change", get(oidc_app::change));
    routes.at(Staff, "/admin/apps/oidc/{client}/logo", post(oidc_app::set_logo));
    routes.at(Staff, "/admin/apps/oidc/{client}/remove-logo", post(oidc_app::remove_logo));
    routes.at(Staff, "/admin/apps/oidc/{client}/rotate-secret", post(oidc_app::rotate_secret));
    routes.at(Staff, "/admin/apps/oidc/{client}/end-older-secret", post(oidc_app::end_older_secret));
    let removal = get(oidc_app::ask_removal).post(oidc_app::remove);
    routes.at(Staff, "/admin/apps/oidc/{client}/remove", removal);
    routes.at(Staff, "/admin/apps/{id}", get(admin::apps::show).post(admin::apps::save));
    routes.at(Staff, "/admin/apps/{id}/delete", post(admin::apps::delete));
}

fn board_routes(routes: &mut Routes<'_>) {
    use Lock::{Member, Open};
    use Scope::{PostsRead, PostsWrite};

    routes.at(Open, "/board", get(board::list));
    routes.at(Member, "/board/new", get(board::write::new).post(board::write::create));
    routes.at(Open, "/board/{id}", get(board::show));
    routes.at(Member, "/board/{id}/edit", get(board::write::edit).post(board::write::save));
    routes.at(Member, "/board/{id}/delete", get(board::write::ask_delete).post(board::write::delete));
    let posts = get(api::posts::list).needs(PostsRead);
    routes.at(Open, "/api/posts", posts.post(api::posts::create).needs(PostsWrite));
    let one_post = get(api::posts::show).needs(PostsRead).put(api::posts::replace).needs(PostsWrite);
    let one_post = one_post.patch(api::posts::change).needs(PostsWrite);
    routes.at(Open, "/api/posts/{id}", one_post.delete(api::posts::delete).needs(PostsWrite));
}

/// Registers every route with the app; those of the board only if there is one.
pub fn configure(config: &mut ServiceConfig, has_board: bool) {
    map(&mut Routes { config: Some(config), table: Vec::new(), has_board });
    config.default_service(web::to(unknown));
}

/// Answers requests for unknown paths: with a slash at the end of a known one, by a redirect to that (RFC 9110 §15.4.9).
/// Forms are not redirected, because no page has one for such an address; nor are proxies, which would pass the redirect
/// on to the browser.
async fn unknown(req: HttpRequest) -> Result<HttpResponse, AppError> {
    let known = req.path().strip_suffix('/').filter(|path| req.resource_map().has_resource(path));
    let may_follow = req.method().is_safe() || is_api(req.path());
    match known.filter(|path| may_follow && !path.starts_with("/api/authz/")) {
        Some(path) => {
            let query = req.uri().query().map_or_else(String::new, |query| format!("?{query}"));
            let address = format!("{path}{query}");
            Ok(HttpResponse::PermanentRedirect().insert_header((LOCATION, address)).finish())
        }
        None => Err(locks::not_found(req).await),
    }
}

/// Every route with its lock, for the test that checks them all.
pub fn table() -> Vec<Row> {
    let mut routes = Routes { config: None, table: Vec::new(), has_board: true };
    map(&mut routes);
    routes.table
}

struct Routes<'c> {
    config: Option<&'c mut ServiceConfig>,
    table: Vec<Row>,
    has_board: bool,
}

/// The methods of one resource.
struct Methods {
    routes: Vec<(Method, Route)>,
    scopes: Vec<(Method, Scope)>,
}

impl Methods {
    fn none() -> Self {
        Self { routes: Vec::new(), scopes: Vec::new() }
    }
}

fn get<F, A>(handler: F) -> Methods
where
    F: Handler<A, Output: Responder + 'static>,
    A: FromRequest + Guarded + 'static,
{
    // HEAD is GET without the body (RFC 9110 §9.3.2).
    let either = guard::fn_guard(|request| matches!(request.head().method, Method::GET | Method::HEAD));
    Methods { routes: vec![(Method::GET, Route::new().guard(either).to(handler))], ..Methods::none() }
}

fn post<F, A>(handler: F) -> Methods
where
    F: Handler<A, Output: Responder + 'static>,
    A: FromRequest + Guarded + 'static,
{
    Methods::none().post(handler)
}

fn delete<F, A>(handler: F) -> Methods
where
    F: Handler<A, Output: Responder + 'static>,
    A: FromRequest + Guarded + 'static,
{
    Methods::none().delete(handler)
}

macro_rules! methods {
    ($($name:ident $method:ident;)+) => {
        impl Methods {
            $(fn $name<F, A>(mut self, handler: F) -> Self
            where
                F: Handler<A, Output: Responder + 'static>,
                A: FromRequest + Guarded + 'static,
            {
                self.routes.push((Method::$method, web::$name().to(handler)));
                self
            })+
        }
    };
}

methods! {
    post POST;
    put PUT;
    patch PATCH;
    delete DELETE;
}

impl Methods {
    /// The scope that a token needs for the last added method. A session cookie has every scope.
    fn needs(mut self, scope: Scope) -> Self {
        if let Some((method, route)) = self.routes.pop() {
            let checked = route.wrap(from_fn(move |req, next| locks::scope(scope, req, next)));
            self.routes.push((method.clone(), checked));
            self.scopes.push((method, scope));
        }
        self
    }
}

impl Routes<'_> {
    fn at(&mut self, lock: Lock, path: &'static str, methods: Methods) {
        let names: Vec<Method> = methods.routes.iter().map(|(method, _)| method.clone()).collect();
        self.table.push(Row { path, lock, methods: names.clone(), scopes: methods.scopes });
        let Some(config) = self.config.as_mut() else {
            return;
        };
        let allow = names.iter().flat_map(|method| match *method {
            Method::GET => vec![Method::GET, Method::HEAD],
            _ => vec![method.clone()],
        });
        let allow: Vec<Method> = allow.collect();
        let mut resource = web::resource(path).app_data(metrics::Route(path));
        for (_, route) in methods.routes {
            resource = resource.route(route);
        }
        let resource = resource.default_service(web::to(move || {
            let allow = allow.clone();
            async move { Err::<&str, _>(AppError::MethodNotAllowed(allow)) }
        }));
        match lock {
            Lock::Plain => config.service(resource),
            Lock::Open => config.service(resource.wrap(from_fn(locks::open))),
            Lock::Member => config.service(resource.wrap(from_fn(locks::member))),
            Lock::FactorSetup => config.service(resource.wrap(from_fn(locks::factor_setup))),
            Lock::Staff => config.service(resource.wrap(from_fn(locks::staff))),
        };
    }
}
