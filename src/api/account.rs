//! `/api/auth/register`, `/user`, `/password`: the account, for programs.

use actix_web::HttpResponse;
use actix_web::web::{Data, Json};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::refusals::{StepUp, TooMany, Unprocessable};
use crate::http::auth::caller::Caller;
use crate::http::auth::guards::CurrentUser;
use crate::http::auth::step_up::of_call;
use crate::http::guard::Anyone;
use crate::http::json::{not_null, nullable};
use crate::http::{Answer, AppError, Body, Ctx};
use crate::identity::Identity;
use crate::identity::accounts::{Accounts, AsUser, ProfileForm, Theme};
use crate::identity::credentials::Password;
use crate::identity::registration::{self, Registered, Registration};
use crate::identity::sessions::AsSession;
use crate::identity::sign_in::{ReauthPolicy, ReauthProof};

use super::token_response::{TokenPair, reissue_tokens};
use super::user_json::UserJson;

#[derive(Serialize, ToSchema)]
pub struct Account {
    user: UserJson,
}

/// A missing field reads as empty, so that all errors are reported at once.
#[derive(Deserialize, ToSchema)]
pub struct NewAccount {
    #[serde(default)]
    #[schema(required, min_length = 1, max_length = 32)]
    username: String,
    #[serde(default)]
    #[schema(required, format = Email, max_length = 254)]
    email: String,
    #[serde(default)]
    #[schema(required, value_type = String, format = Password, min_length = 8, max_length = 128)]
    password: Password,
}

/// What is not sent stays as it is. Null resets to the default; an email has none, so there null is refused.
#[derive(Deserialize, ToSchema)]
pub struct AccountChange {
    /// Null, or nothing in it, shows the username.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, max_length = 60)]
    display_name: Option<Option<String>>,
    #[serde(default, deserialize_with = "not_null")]
    #[schema(value_type = String, required = false, format = Email, max_length = 254)]
    email: Option<String>,
    /// The tag of a language, such as "en" or "pt-BR"; null, or nothing in it, follows the browser.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, pattern = "^(en|ko|de|es|fr|ja|pt-BR|zh-Hans)?$")]
    language: Option<Option<String>>,
    /// "auto", "light" or "dark"; null is "auto".
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, pattern = "^(auto|light|dark)$")]
    theme: Option<Option<String>>,
    /// An IANA name such as "Asia/Seoul"; null or empty follows the browser.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    time_zone: Option<Option<String>>,
    #[schema(value_type = Option<String>, format = Password)]
    current_password: Option<Password>,
    /// Of the authenticator app, or for recovery.
    code: Option<String>,
}

#[derive(Deserialize, ToSchema)]
pub struct PasswordChange {
    #[serde(default)]
    #[schema(required, value_type = String, format = Password, min_length = 1)]
    current_password: Password,
    #[serde(default)]
    #[schema(required, value_type = String, format = Password, min_length = 8, max_length = 128)]
    new_password: Password,
    /// Of the authenticator app, or for recovery; where the account has a second factor.
    code: Option<String>,
}

/// Creates an account without signing it in.
#[utoipa::path(
    post,
    path = "/api/auth/register",
    tag = "auth",
    security(()),
    request_body = NewAccount,
    responses(
        (status = 201, description = "The account is there.", body = Account),
        (status = 202, description = "It will be, once the link that was mailed to its address is confirmed."),
        Unprocessable,
        TooMany,
    )
)]
pub async fn register(
    _: Anyone,
    ctx: Ctx,
    Body(wanted): Body<NewAccount>,
    registration: Data<Registration>,
) -> Answer {
    if !ctx.site.registration_open {
        return Err(AppError::Forbidden);
    }
    let NewAccount { username, email, password } = wanted;
    let new = registration::NewAccount { username, email, password, browser: None };
    Ok(match registration.create(new, ctx.client()).await? {
        Registered::Now(user) => HttpResponse::Created().json(Account { user: UserJson::of(&user, &[]) }),
        Registered::ByMail => HttpResponse::Accepted().finish(),
    })
}

/// The account of the caller.
#[utoipa::path(
    get,
    path = "/api/auth/user",
    tag = "account",
    security(("bearer" = ["profile:read"])),
    responses((status = 200, description = "The account.", body = Account))
)]
pub async fn user(caller: Caller) -> Json<Account> {
    Json(Account { user: UserJson::of_member(&caller.user) })
}

/// Changes what is sent, and leaves the rest.
///
/// Another email takes a step-up: `current_password`, or a `code` where the account has a second factor, unless it was
/// given within the last 10 minutes; with that, a session cookie is replaced by a new one. Where addresses are confirmed, it
/// stays the old one until the mailed link is.
#[utoipa::path(
    patch,
    path = "/api/auth/user",
    tag = "account",
    security(("bearer" = ["profile:write"])),
    request_body = Option<AccountChange>,
    responses(
        (status = 200, description = "The account as it is now.", body = Account),
        StepUp,
        Unprocessable,
        TooMany,
    )
)]
pub async fn change(
    caller: Caller,
    ctx: Ctx,
    Body(wanted): Body<AccountChange>,
    accounts: Data<Accounts>,
) -> Answer {
    let AccountChange { display_name, email, language, theme, time_zone, current_password, code } = wanted;
    let (display_name, language) =
        (display_name.map(Option::unwrap_or_default), language.map(Option::unwrap_or_default));
    let theme = theme.map(|theme| theme.unwrap_or_else(|| Theme::default().code().to_owned()));
    let time_zone = time_zone.map(Option::unwrap_or_default);
    let change = ProfileForm { display_name, email, language, theme, time_zone }.parse()?;
    match CurrentUser::of(&caller) {
        Some(mut current) => {
            if change.changes_email(&current.user) {
                let proof = ReauthProof::of_call(current_password, code);
                current = of_call(ctx.request(), current, ReauthPolicy::Factor, proof).await?;
            }
            accounts.update_profile(AsSession::of(&current), &current.user, change, ctx.client()).await?;
        }
        None => {
            let by = AsUser::of(&caller.user);
            accounts.update_profile_with_token(by, &caller.user, change, ctx.client()).await?;
        }
    }
    let now = accounts.member(caller.user.id).await?.ok_or(AppError::SessionOver)?;
    Ok(HttpResponse::Ok().json(Account { user: UserJson::of_member(&now) }))
}

/// Changes the password, and ends every session but this one, which gets a new id.
///
/// It always takes the current password; and a `code` where the account has a second factor, unless one was given within
/// the last 10 minutes.
#[utoipa::path(
    post,
    path = "/api/auth/password",
    tag = "account",
    security(("bearer" = ["security:write"])),
    request_body = PasswordChange,
    responses(
        (status = 200, description = "It is changed. The tokens to go on with.", body = TokenPair),
        (status = 204, description = "It is changed. A browser has its new cookie."),
        StepUp,
        Unprocessable,
        TooMany,
    )
)]
pub async fn change_password(
    current: CurrentUser,
    ctx: Ctx,
    Body(typed): Body<PasswordChange>,
    identity: Data<Identity>,
) -> Answer {
    let PasswordChange { current_password, new_password, code } = typed;
    let proof = ReauthProof::of_call(None, code);
    let current = of_call(ctx.request(), current, ReauthPolicy::Second, proof).await?;
    let passwords = &identity.credentials.passwords;
    let id = passwords.change(&current, current_password, new_password, ctx.client()).await?;
    reissue_tokens(&ctx.site, &identity.tokens.tokens, &current, (&id, current.user.epoch + 1)).await
}
