//! `/api/auth/token`: an API token for a name and a password, like Django REST framework's `obtain_auth_token`.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::api::refusals::{TooMany, Unavailable, Unprocessable};
use crate::http::auth::attempt::SignInRequest;
use crate::http::problem::ProblemDetails;
use crate::http::{Answer, Ctx, Either};
use crate::i18n::TokensTexts;
use crate::i18n::translate::Words;
use crate::identity::Identity;
use crate::identity::accounts::Scopes;
use crate::identity::accounts::name::Login;
use crate::identity::credentials::Password;
use crate::identity::invalid::NameProblem;
use crate::identity::sign_in::{Issue, Rejection};
use crate::identity::tokens::api_tokens::ApiTokenError;
use crate::identity::unit_of_work::Failure;

/// Parsed by hand, so that errors are reported as Django REST framework reports them.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is for the description")]
struct Credentials {
    /// Username or email.
    #[schema(min_length = 1)]
    username: String,
    #[schema(min_length = 1, format = Password)]
    password: String,
    /// Of the authenticator app, or for recovery; where the account has a second factor.
    code: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Obtained)]
struct TokenResponse {
    token: String,
}

/// Lists of sentences by field; those of no field are under `non_field_errors`.
#[derive(Default, Serialize, ToSchema)]
#[schema(as = Faults)]
struct DrfErrors {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Vec<String>, required = false)]
    username: Option<[&'static str; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Vec<String>, required = false)]
    password: Option<[&'static str; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Vec<String>, required = false)]
    non_field_errors: Option<[&'static str; 1]>,
}

impl DrfErrors {
    fn non_field(sentence: &'static str) -> Self {
        Self { non_field_errors: Some([sentence]), ..Self::default() }
    }

    fn answer(self) -> HttpResponse {
        HttpResponse::BadRequest().json(self)
    }
}

/// A new API token, with every scope that API tokens may have, for clients of Django REST framework. Where a user has as
/// many as one may have, it takes the place of the one unused longest that came by this call. The owner is notified by
/// mail. It expires after 90 days, unless the operator sets another lifetime, and ends when the account gets its first second
/// factor.
#[utoipa::path(
    post,
    path = "/api/auth/token",
    tag = "tokens",
    security(()),
    request_body(content(
        (Credentials = "application/json"),
        (Credentials = "application/x-www-form-urlencoded")
    )),
    responses(
        (status = 200, description = "The token.", body = TokenResponse),
        (
            status = 400,
            description = "Wrong or missing credentials, reported as Django REST framework does; or a broken request.",
            content((DrfErrors = "application/json"), (ProblemDetails = "application/problem+json"))
        ),
        Unprocessable,
        TooMany,
        Unavailable
    )
)]
pub async fn obtain(
    request: SignInRequest,
    ctx: Ctx,
    Either(body): Either,
    identity: Data<Identity>,
) -> Answer {
    let t = &ctx.page.t.tokens;
    let (username, password) = match credentials(&body, t) {
        Ok(credentials) => credentials,
        Err(faults) => return Ok(faults.answer()),
    };
    if let Some(problem) = Login::problem(&username) {
        let sentence = if problem == NameProblem::Empty { t.blank } else { ctx.page.t.field.invisible };
        return Ok(DrfErrors { username: Some([sentence]), ..DrfErrors::default() }.answer());
    }
    // The original has no such field: the code of an account with a second factor.
    let code = body.get("code").and_then(|code| text(Some(code), true, t).ok());
    let attempt = request.program_attempt(Issue::Tokens { scopes: Scopes::for_api_tokens() });
    let (sign_in, password) = (&identity.sign_in.password, Password::new(password));
    let user = match sign_in.authenticate(&username, password, code.as_deref(), &attempt).await? {
        Ok(user) => user,
        Err(Rejection::WrongPassword | Rejection::Disabled) => {
            return Ok(DrfErrors::non_field(t.wrong).answer());
        }
        Err(rejection) => return Ok(DrfErrors::non_field(rejection.text(&ctx.page.t.login)).answer()),
    };
    match identity.tokens.api.create_for_client(&user, t.some_program, ctx.client()).await {
        Ok(token) => Ok(HttpResponse::Ok().json(TokenResponse { token: token.as_str().to_owned() })),
        Err(ApiTokenError::Invalid(_)) => Ok(DrfErrors::non_field(t.too_many).answer()),
        Err(ApiTokenError::Failed(Failure::AuthorityLost(_))) => Ok(DrfErrors::non_field(t.wrong).answer()),
        Err(error) => Err(error.into()),
    }
}

fn credentials(body: &BTreeMap<String, Value>, t: &TokensTexts) -> Result<(String, String), DrfErrors> {
    match (text(body.get("username"), true, t), text(body.get("password"), false, t)) {
        (Ok(username), Ok(password)) => Ok((username, password)),
        (username, password) => {
            let fault = |text: Result<String, &'static str>| text.err().map(|sentence| [sentence]);
            Err(DrfErrors { username: fault(username), password: fault(password), non_field_errors: None })
        }
    }
}

/// A value as Django REST framework's `CharField` reads it.
fn text(value: Option<&Value>, trim: bool, t: &TokensTexts) -> Result<String, &'static str> {
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
