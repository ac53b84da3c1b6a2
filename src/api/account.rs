//! `/api/auth/register`, `/user`, `/password`: the account, for programs.

use actix_web::web::Json;
use actix_web::{HttpResponse, HttpResponseBuilder};
use serde::{Deserialize, Deserializer, Serialize};

use crate::clock::{Timestamp, rfc3339};
use crate::config::Registration;
use crate::i18n::Lang;
use crate::identity::account::TypedProfile;
use crate::identity::member::{GroupName, Member};
use crate::identity::password::Secret;
use crate::identity::session::Id;
use crate::identity::user::User;
use crate::identity::visitor::CurrentUser;
use crate::identity::{App, Identity};
use crate::web::guard::Anyone;
use crate::web::{Answer, AppError, Body, Client, Page};

#[derive(Serialize)]
pub struct Account {
    user: UserShape,
}

#[derive(Serialize)]
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
    created_at: Timestamp,
}

/// What is missing reads as empty, so that all that is wrong is told at once.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct NewAccount {
    username: String,
    email: String,
    password: Secret,
}

/// What is not sent stays as it is.
#[derive(Deserialize)]
pub struct AccountChange {
    display_name: Option<String>,
    email: Option<String>,
    /// Null follows the browser.
    #[serde(default, deserialize_with = "nullable")]
    language: Option<Option<String>>,
    theme: Option<String>,
    current_password: Option<Secret>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct PasswordChange {
    current_password: Secret,
    new_password: Secret,
}

/// Makes an account, and signs nobody in.
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
    let user = app.register(&username, &email, password, &client, &page.t.field).await??;
    Ok(HttpResponse::Created().json(Account { user: UserShape::of(&user, &[]) }))
}

pub async fn user(current: CurrentUser) -> Json<Account> {
    Json(Account { user: UserShape::of_member(&current.user) })
}

/// Another email takes a password typed lately, or `current_password`; with that, the session gets a new id.
pub async fn change(
    current: CurrentUser,
    page: Page,
    Body(wanted): Body<AccountChange>,
    client: Client,
    app: App,
) -> Answer {
    let AccountChange { display_name, email, language, theme, current_password } = wanted;
    let language = language.map(Option::unwrap_or_default);
    let change = TypedProfile { display_name, email, language, theme }.parse(&page.t.field)?;
    let password = current_password.unwrap_or_default();
    let changed = app.change_profile(&current, change, password, &client).await?;
    let new_id = changed.map_err(|refusal| refusal.problems(page.t))?;
    let mut response = HttpResponse::Ok();
    if let Some(id) = new_id {
        hand_back(&mut response, &app, &current, &id);
    }
    let now = app.member_now(&current).await?;
    Ok(response.json(Account { user: UserShape::of_member(&now) }))
}

/// Changes the password, and ends every session but this one, which gets a new id.
pub async fn change_password(
    current: CurrentUser,
    page: Page,
    Body(typed): Body<PasswordChange>,
    client: Client,
    app: App,
) -> Answer {
    let PasswordChange { current_password, new_password } = typed;
    let id = app.change_password(&current, current_password, new_password, &client, page.t).await??;
    let mut response = HttpResponse::NoContent();
    hand_back(&mut response, &app, &current, &id);
    Ok(response.finish())
}

/// Gives a client its session's new id, by the carrier that brought the old one.
fn hand_back(response: &mut HttpResponseBuilder, app: &Identity, current: &CurrentUser, id: &Id) {
    response.cookie(app.session_cookie(id, current.session.remember));
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
