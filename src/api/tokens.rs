//! `/api/auth/tokens`: API tokens, for programs that have signed in; and `/api/auth/token`, where a program gets one for
//! a name and a password, as from Django REST framework.

use std::collections::BTreeMap;

use actix_web::web::{self, Json};
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::clock::{Timestamp, rfc3339, rfc3339_or_null};
use crate::i18n::Texts;
use crate::i18n::tokens::Tokens;
use crate::identity::device::Device;
use crate::identity::password::Secret;
use crate::identity::token::Scopes;
use crate::identity::token::api_token::{Expiry, ListedToken, MakeError, NewToken};
use crate::identity::visitor::CurrentUser;
use crate::identity::{App, Identity};
use crate::web::form::Problems;
use crate::web::guard::Anyone;
use crate::web::{Answer, AppError, Body, Client, Either, Page, Site};

#[derive(Serialize)]
pub struct TokenList {
    tokens: Vec<TokenShape>,
}

#[derive(Serialize)]
struct TokenShape {
    id: i64,
    name: String,
    scopes: Vec<&'static str>,
    #[serde(serialize_with = "rfc3339")]
    created_at: Timestamp,
    #[serde(serialize_with = "rfc3339_or_null")]
    expires_at: Option<Timestamp>,
    /// To the minute.
    #[serde(serialize_with = "rfc3339_or_null")]
    last_used_at: Option<Timestamp>,
}

impl From<ListedToken> for TokenShape {
    fn from(token: ListedToken) -> Self {
        let ListedToken { id, name, scopes, created_at, expires_at, last_used_at } = token;
        let scopes = scopes.iter().map(|scope| scope.name()).collect();
        Self { id, name, scopes, created_at, expires_at, last_used_at }
    }
}

/// A new token, with its text, which is told this once.
#[derive(Serialize)]
struct MadeToken {
    token: String,
    #[serde(flatten)]
    shape: TokenShape,
}

/// A token that is asked for.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Wish {
    name: String,
    scopes: Vec<String>,
    /// RFC 3339; without it, never.
    expires_at: Option<String>,
    /// Where the session's password was not typed lately.
    current_password: Option<String>,
}

impl Wish {
    fn parse(&self, granted: Scopes, now: Timestamp, t: &Texts) -> Result<NewToken, Problems> {
        let expiry = match self.expires_at.as_deref().map(str::parse::<jiff::Timestamp>) {
            None => Expiry::Never,
            Some(Ok(at)) => Expiry::At(at.as_second()),
            Some(Err(_)) => Expiry::Odd,
        };
        NewToken::parse(&self.name, &self.scopes, expiry, granted, now, t)
    }
}

/// 200 with the caller's tokens, the newest first.
pub async fn list(current: CurrentUser, app: App) -> Result<Json<TokenList>, AppError> {
    let listed = app.api_tokens_of(current.user.id).await?;
    Ok(Json(TokenList { tokens: listed.into_iter().map(TokenShape::from).collect() }))
}

/// 201 with the token; 422 when something does not fit, or the password must be sent along.
pub async fn create(
    current: CurrentUser,
    Body(mut wish): Body<Wish>,
    page: Page,
    client: Client,
    app: App,
) -> Answer {
    let new = wish.parse(current.scopes, app.clock.now(), page.t)?;
    let typed = Secret::new(wish.current_password.take().unwrap_or_default());
    prove(&app, &current, typed, &client, &page).await?;
    let made = app.make_api_token(&current, new, &client).await;
    let (token, listed) = made.map_err(|error| refused(error, page.t))?;
    Ok(HttpResponse::Created().json(MadeToken { token: token.as_str().to_owned(), shape: listed.into() }))
}

/// 204; anyone else's is not there.
pub async fn delete(current: CurrentUser, id: web::Path<i64>, client: Client, app: App) -> Answer {
    app.delete_api_token(current.user.id, *id, &client).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// 200 with a token that may do all that API tokens may; errors in the shape of Django REST framework's
/// `obtain_auth_token`.
pub async fn obtain(
    _: Anyone,
    Either(body): Either,
    page: Page,
    client: Client,
    app: App,
    site: web::Data<Site>,
    req: HttpRequest,
) -> Answer {
    let t = &page.t.tokens;
    let (username, password) = match credentials(&body, t) {
        Ok(credentials) => credentials,
        Err(faults) => return Ok(HttpResponse::BadRequest().json(faults)),
    };
    let device = Device::of(req.headers(), &site.cookies);
    let Ok(user) = app.authenticate(&username, Secret::new(password), &device, &client).await? else {
        return Ok(whole(t.wrong));
    };
    match app.api_token_for_program(&user, &client, page.t).await {
        Ok(token) => Ok(HttpResponse::Ok().json(BTreeMap::from([("token", token.as_str())]))),
        Err(MakeError::Db(error)) => Err(error.into()),
        Err(MakeError::TooMany) => Ok(whole(t.too_many)),
        Err(MakeError::SessionOver) => Ok(whole(t.wrong)),
    }
}

/// Django REST framework's errors: lists of sentences by field.
type Faults = BTreeMap<&'static str, [&'static str; 1]>;

fn whole(sentence: &'static str) -> HttpResponse {
    HttpResponse::BadRequest().json(Faults::from([("non_field_errors", [sentence])]))
}

fn credentials(body: &BTreeMap<String, Value>, t: &Tokens) -> Result<(String, String), Faults> {
    let (username, password) = (text(body.get("username"), true, t), text(body.get("password"), false, t));
    let mut faults = Faults::new();
    let fault = |text: &Result<String, &'static str>| text.as_ref().err().copied();
    faults.extend(fault(&username).map(|sentence| ("username", [sentence])));
    faults.extend(fault(&password).map(|sentence| ("password", [sentence])));
    match (username, password) {
        (Ok(username), Ok(password)) => Ok((username, password)),
        _ => Err(faults),
    }
}

/// A value as Django REST framework's `CharField` reads it.
fn text(value: Option<&Value>, trim: bool, t: &Tokens) -> Result<String, &'static str> {
    let text = match value {
        None => return Err(t.required),
        Some(Value::Null) => return Err(t.null),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        Some(_) => return Err(t.no_text),
    };
    let text = if trim { text.trim().to_owned() } else { text };
    if text.is_empty() { Err(t.blank) } else { Ok(text) }
}

/// Making a token takes a password that was typed lately, or is sent along (ASVS 7.5.1).
async fn prove(
    app: &Identity,
    current: &CurrentUser,
    typed: Secret,
    client: &Client,
    page: &Page,
) -> Result<(), AppError> {
    if current.session.proof_is_recent(app.clock.now()) {
        return Ok(());
    }
    let sentence = match typed.is_empty() {
        true => page.t.tokens.needs_password,
        false if app.prove(current, typed, client).await? => return Ok(()),
        false => page.t.field.wrong_password,
    };
    Err(Problems::one("current_password", sentence).into())
}

fn refused(error: MakeError, t: &Texts) -> AppError {
    match error {
        MakeError::TooMany => Problems::of_form(t.tokens.too_many).into(),
        MakeError::SessionOver => AppError::Unauthorized,
        MakeError::Db(error) => error.into(),
    }
}
