//! `/api/openapi.json`: the description of this API (OpenAPI 3.1), generated from the annotations of each handler.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::web::{Bytes, Data};
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{Components, PathItem, RefOr, Schema};
use utoipa::{Modify, OpenApi};

use super::refusals as refusal;
use crate::http::Site;
use crate::http::auth::cookies;
use crate::http::cookie_names::CookieNames;
use crate::http::guard::Anyone;
use crate::http::problem::ProblemDetails;

use super::{account, jwks as keys, login as sign_in, posts, sessions as auth, step_up, tokens};

/// The security scheme that handlers name; the others are derived from it.
const BEARER: &str = "bearer";
const BEARER_IS: &str = "An access token; or an API token, which never has a scope of `security`.";

#[derive(OpenApi)]
#[openapi(
    info(title = "Munjigi", description = "A sign-in server that you run yourself, for programs."),
    paths(
        serve,
        account::register,
        account::user,
        account::change,
        account::change_password,
        step_up::step_up,
        auth::check,
        auth::sessions,
        auth::end,
        auth::end_others,
        sign_in::login,
        sign_in::refresh,
        sign_in::logout,
        tokens::list,
        tokens::create,
        tokens::delete,
        tokens::obtain::obtain,
        keys::jwks,
        posts::list,
        posts::create,
        posts::show,
        posts::replace,
        posts::change,
        posts::delete,
    ),
    components(schemas(ProblemDetails)),
    modifiers(&Refusals, &Carriers, &OptionalBodies, &Names)
)]
struct Described;

/// The description for an installation that names its cookies so.
pub fn document(names: CookieNames, has_board: bool) -> String {
    let mut document = Described::openapi();
    if !has_board {
        remove_board(&mut document);
    }
    let components = document.components.get_or_insert_with(Components::default);
    let cookie = |name| SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(name)));
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT");
    let bearer = bearer.description(Some(BEARER_IS)).build();
    components.add_security_scheme(BEARER, SecurityScheme::Http(bearer));
    components.add_security_scheme("session", cookie(cookies::session::full_name(names)));
    components.add_security_scheme("token_cookie", cookie(cookies::tokens::access_name(names)));
    document.to_pretty_json().expect("a description is JSON")
}

/// Removes the operations on posts, and the shapes that nothing else needs.
fn remove_board(document: &mut utoipa::openapi::OpenApi) {
    document.paths.paths.retain(|path, _| !path.starts_with("/api/posts"));
    loop {
        let text = document.to_json().expect("a description is JSON");
        let Some(components) = &mut document.components else { return };
        let count = components.schemas.len();
        components.schemas.retain(|name, _| text.contains(&format!("\"#/components/schemas/{name}\"")));
        if components.schemas.len() == count {
            return;
        }
    }
}

/// This description.
#[utoipa::path(
    get,
    path = "/api/openapi.json",
    tag = "description",
    security(()),
    responses((status = 200, description = "An OpenAPI document.", body = Object, content_type = "application/json"))
)]
pub async fn serve(_: Anyone, site: Data<Site>) -> HttpResponse {
    // One for each installation in this process: one, except in tests.
    static DOCUMENTS: Mutex<BTreeMap<(CookieNames, bool), Bytes>> = Mutex::new(BTreeMap::new());
    let (names, has_board) = (CookieNames::of(&site.public_url), site.has_board);
    let mut documents = DOCUMENTS.lock().unwrap_or_else(PoisonError::into_inner);
    let described = documents.entry((names, has_board)).or_insert_with(|| document(names, has_board).into());
    let document = Bytes::clone(described);
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/json"))
        .insert_header((CACHE_CONTROL, "public, max-age=300"))
        .body(document)
}

/// Adds the problem responses, including those that every operation may return.
struct Refusals;

impl Modify for Refusals {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_with(Components::default);
        components
            .responses
            .extend(refusal::all().map(|(name, response)| (name.to_owned(), response.into())));
        for item in document.paths.paths.values_mut() {
            for (is_safe, operation) in operations(item) {
                let needs = needs(operation);
                let responses = &mut operation.responses.responses;
                let of_caller = needs.map(|scopes| refusal::of_any_caller(!scopes.is_empty()));
                for (status, response) in
                    refusal::of_any_request(is_safe).into_iter().chain(of_caller.into_iter().flatten())
                {
                    responses.entry(status).or_insert(response);
                }
            }
        }
    }
}

/// Every operation that accepts an access token also accepts its cookie, and the session cookie, which has
/// every scope.
struct Carriers;

impl Modify for Carriers {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        for (_, operation) in document.paths.paths.values_mut().flat_map(operations) {
            let Some(scopes) = needs(operation) else { continue };
            let securities = operation.security.get_or_insert_default();
            securities.push(SecurityRequirement::new("token_cookie", scopes));
            securities.push(SecurityRequirement::new("session", [""; 0]));
        }
    }
}

/// The scopes that an access token needs, if the operation accepts one.
fn needs(operation: &Operation) -> Option<Vec<String>> {
    operation.security.iter().flatten().find_map(|requirement| {
        let written = serde_json::to_value(requirement).ok()?;
        serde_json::from_value(written.get(BEARER)?.clone()).ok()
    })
}

/// An optional body may be missing, but not null.
struct OptionalBodies;

impl Modify for OptionalBodies {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let bodies = document.paths.paths.values_mut().flat_map(operations);
        for (_, operation) in bodies {
            let Some(RefOr::T(body)) = &mut operation.request_body else { continue };
            for content in body.content.values_mut() {
                if let RefOr::T(content) = content
                    && let Some(RefOr::T(Schema::OneOf(either))) = &content.schema
                {
                    content.schema = either.items.first().cloned();
                }
            }
        }
    }
}

/// Names every operation by its tag and handler; names must be unique.
struct Names;

impl Modify for Names {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        for item in document.paths.paths.values_mut() {
            for (_, operation) in operations(item) {
                let tag = operation.tags.iter().flatten().next();
                operation.operation_id =
                    tag.zip(operation.operation_id.as_ref()).map(|(tag, name)| format!("{tag}_{name}"));
            }
        }
    }
}

/// The operations of a path, and whether each is safe (RFC 9110 §9.2.1).
fn operations(item: &mut PathItem) -> impl Iterator<Item = (bool, &mut Operation)> {
    let PathItem { get, put, post, delete, patch, .. } = item;
    let safe = get.iter_mut().map(|operation| (true, operation));
    safe.chain([put, post, delete, patch].into_iter().flatten().map(|operation| (false, operation)))
}
