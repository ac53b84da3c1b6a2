//! `/api/auth/register`, `/user`, `/password`: the account, for programs.

use actix_web::web::Json;
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use super::refusals::{StepUp, TooMany, Unprocessable};
use crate::config::Registration;
use crate::http::auth::caller::Caller;
use crate::http::auth::locks::CurrentUser;
use crate::http::auth::step_up::of_call;
use crate::http::guard::Anyone;
use crate::http::{Answer, AppError, Body, Client, Page};
use crate::i18n::Lang;
use crate::identity::App;
use crate::identity::accounts::member::{GroupName, Member};
use crate::identity::accounts::profile::TypedProfile;
use crate::identity::accounts::user::User;
use crate::identity::credentials::password::Secret;
use crate::identity::registration::Registered;
use crate::identity::sign_in::step_up::{Ask, Proof};
use crate::platform::clock::{Timestamp, rfc3339};

use super::token_response::{TokenPair, hand_back};

#[derive(Serialize, ToSchema)]
pub struct Account {
    user: UserShape,
}

#[derive(Serialize, ToSchema)]
#[schema(as = User)]
pub struct UserShape {
    id: i64,
    username: String,
    display_name: String,
    email: String,
    /// Null follows the browser.
    language: Option<&'static str>,
    theme: &'static str,
    /// By name.
    groups: Vec<String>,
    staff: bool,
    #[serde(serialize_with = "rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

/// What is missing reads as empty, so that all that is wrong is told at once.
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
    password: Secret,
}

/// What is not sent stays as it is.
#[derive(Deserialize, ToSchema)]
pub struct AccountChange {
    #[schema(max_length = 60)]
    display_name: Option<String>,
    #[schema(format = Email, max_length = 254)]
    email: Option<String>,
    /// "en" or "ko"; null, or nothing in it, follows the browser.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, pattern = "^(en|ko)?$")]
    language: Option<Option<String>>,
    /// "auto", "light" or "dark".
    #[schema(pattern = "^(auto|light|dark)$")]
    theme: Option<String>,
    #[schema(value_type = Option<String>, format = Password)]
    current_password: Option<Secret>,
    /// Of the authenticator app, or for recovery.
    code: Option<String>,
}

#[derive(Deserialize, ToSchema)]
pub struct PasswordChange {
    #[serde(default)]
    #[schema(required, value_type = String, format = Password, min_length = 1)]
    current_password: Secret,
    #[serde(default)]
    #[schema(required, value_type = String, format = Password, min_length = 8, max_length = 128)]
    new_password: Secret,
    /// Of the authenticator app, or for recovery; where the account has a second factor.
    code: Option<String>,
}

/// Makes an account, and signs nobody in.
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
    page: Page,
    Body(wanted): Body<NewAccount>,
    client: Client,
    app: App,
) -> Answer {
    if app.config.registration == Registration::Closed {
        return Err(AppError::Forbidden);
    }
    let NewAccount { username, email, password } = wanted;
    Ok(match app.register(&username, &email, password, &client, &page.t.field).await?? {
        Registered::Now(user) => HttpResponse::Created().json(Account { user: UserShape::of(&user, &[]) }),
        Registered::ByMail(_) => HttpResponse::Accepted().finish(),
    })
}

/// The account of whoever asks.
#[utoipa::path(
    get,
    path = "/api/auth/user",
    tag = "account",
    security(("bearer" = ["profile:read"])),
    responses((status = 200, description = "The account.", body = Account))
)]
pub async fn user(caller: Caller) -> Json<Account> {
    Json(Account { user: UserShape::of_member(&caller.user) })
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
    page: Page,
    Body(wanted): Body<AccountChange>,
    client: Client,
    app: App,
    req: HttpRequest,
) -> Answer {
    let AccountChange { display_name, email, language, theme, current_password, code } = wanted;
    let language = language.map(Option::unwrap_or_default);
    let change = TypedProfile { display_name, email, language, theme }.parse(&page.t.field)?;
    match CurrentUser::of(&caller) {
        Some(mut current) => {
            if change.moves(&current.user) {
                let proof = Proof::of_call(current_password, code);
                current = of_call(&req, current, Ask::Factor, proof).await?;
            }
            app.change_profile(&current, change, &client, &page.t.field).await??;
        }
        None => app.change_harmless(&caller.user, change, &client).await?,
    }
    let now = app.member_now(caller.user.id).await?;
    Ok(HttpResponse::Ok().json(Account { user: UserShape::of_member(&now) }))
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
    page: Page,
    Body(typed): Body<PasswordChange>,
    client: Client,
    app: App,
    req: HttpRequest,
) -> Answer {
    let PasswordChange { current_password, new_password, code } = typed;
    let current = of_call(&req, current, Ask::Second, Proof::of_call(None, code)).await?;
    let id = app.change_password(&current, current_password, new_password, &client, page.t).await??;
    hand_back(&app, &current, &id, current.user.epoch + 1).await
}

impl UserShape {
    pub fn of_member(member: &Member) -> Self {
        Self::of(&member.user, &member.groups)
    }

    fn of(user: &User, groups: &[GroupName]) -> Self {
        Self {
            id: user.id,
            username: user.username.clone(),
            display_name: user.display_name.clone(),
            email: user.email.clone(),
            language: user.language().map(Lang::code),
            theme: user.theme().code(),
            groups: groups.iter().map(|group| group.name.clone()).collect(),
            staff: user.staff,
            created_at: user.created_at,
        }
    }
}

/// Tells null from not sent.
fn nullable<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}
