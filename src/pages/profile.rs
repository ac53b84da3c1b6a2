//! `/profile`: name, email, language, theme; `/profile/delete`: deletes the account.

use actix_web::web;
use askama::Template;

use crate::http::auth::cookies::session;
use crate::http::auth::guards::CurrentUser;
use crate::http::auth::step_up::{Recent, Stepped, of_form};
use crate::http::headers::CLEAR_SITE_DATA;
use crate::http::layout::language_cookie;
use crate::http::{Answer, AppError, Ctx, Fields, Flash, Page, Problems};
use crate::identity::Identity;
use crate::identity::accounts::{AccountError, Accounts, ProfileForm, ProfileOutcome, User};
use crate::identity::sessions::{AsSession, SessionDirectory};
use crate::identity::sign_in::ReauthPolicy;
use crate::identity::tokens::api_tokens::ApiTokens;
use crate::platform::lang::Lang;
use crate::platform::time_zone::TimeZone;

#[derive(Template)]
#[template(path = "profile/profile.html")]
struct ProfilePage<'a> {
    page: &'a Page,
    username: &'a str,
    form: ProfileFields,
    problems: Problems,
    /// Whether the address is not yet verified.
    unconfirmed: bool,
    zones: &'static [String],
}

#[derive(Template)]
#[template(path = "profile/delete.html")]
struct DeletePage<'a> {
    page: &'a Page,
    problems: Problems,
    /// How many sessions and API tokens end with the account.
    sessions: usize,
    tokens: usize,
}

impl DeletePage<'_> {
    fn has_tokens(&self) -> bool {
        self.tokens > 0
    }
}

/// The values of the page's forms.
struct ProfileFields {
    display_name: String,
    email: String,
    /// A language code, or empty to follow the browser.
    language: String,
    theme: String,
    /// The name of a zone, or empty to follow the browser.
    time_zone: Option<String>,
}

impl ProfileFields {
    fn of(user: &User) -> Self {
        Self {
            display_name: user.display_name.clone(),
            email: user.email.clone(),
            language: user.language().map_or("", Lang::code).to_owned(),
            theme: user.theme().code().to_owned(),
            time_zone: user.time_zone().map(str::to_owned),
        }
    }

    fn is_in(&self, zone: &str) -> bool {
        self.time_zone.as_deref() == Some(zone)
    }

    /// What was sent, which is one of the forms or both, and the rest as it is. Of a form, a missing field reads as empty.
    fn read(fields: &mut Fields, user: &User) -> (Self, ProfileForm) {
        let is_about = fields.checked("display_name") || fields.checked("email");
        let is_display = fields.checked("language") || fields.checked("theme") || fields.checked("time_zone");
        let mut sent = |is_form: bool, name: &str| is_form.then(|| fields.take(name));
        let form = ProfileForm {
            display_name: sent(is_about || !is_display, "display_name"),
            email: sent(is_about || !is_display, "email"),
            language: sent(is_display || !is_about, "language"),
            theme: sent(is_display || !is_about, "theme"),
            // Programs of before do not send it.
            time_zone: fields.checked("time_zone").then(|| fields.take("time_zone")),
        };
        let is = Self::of(user);
        let shown = Self {
            display_name: form.display_name.clone().unwrap_or(is.display_name),
            email: form.email.clone().unwrap_or(is.email),
            language: form.language.clone().unwrap_or(is.language),
            theme: form.theme.clone().unwrap_or(is.theme),
            time_zone: form.time_zone.clone().or(is.time_zone),
        };
        (shown, form)
    }
}

pub async fn show(current: CurrentUser, ctx: Ctx) -> Answer {
    ctx.page.show(&ProfilePage {
        page: &ctx.page,
        username: &current.user.username,
        form: ProfileFields::of(&current.user),
        problems: Problems::default(),
        unconfirmed: ctx.site.verifies_addresses && current.user.email_verified_at.is_none(),
        zones: TimeZone::names(),
    })
}

pub async fn save(
    current: CurrentUser,
    ctx: Ctx,
    mut fields: Fields,
    accounts: web::Data<Accounts>,
) -> Answer {
    let sent = fields.clone();
    let (form, typed) = ProfileFields::read(&mut fields, &current.user);
    let change = match typed.parse() {
        Ok(change) => change,
        Err(invalid) => return refuse(&current, &ctx, form, Problems::translate(&invalid, ctx.page.t)),
    };
    let stepped = match change.changes_email(&current.user) {
        true => {
            of_form(ctx.request(), current.clone(), sent, (ReauthPolicy::Factor, Recent::Counts)).await?.0
        }
        false => current.clone(),
    };
    let language = change.language.flatten();
    let by = AsSession::of(&stepped);
    let (address, flash) = match accounts.update_profile(by, &stepped.user, change, ctx.client()).await {
        Ok(ProfileOutcome::Saved) => ("/profile", Flash::Saved),
        Ok(ProfileOutcome::ConfirmationSent) => ("/verify-email", Flash::MailSent),
        Err(AccountError::Invalid(invalid)) => {
            return refuse(&current, &ctx, form, Problems::translate(&invalid, ctx.page.t));
        }
        Err(error) => return Err(error.into()),
    };
    Ok(ctx.done_with(address, flash, language.map(|language| language_cookie(language, &ctx.site))))
}

fn refuse(current: &CurrentUser, ctx: &Ctx, form: ProfileFields, problems: Problems) -> Answer {
    let username = &current.user.username;
    ctx.page.refuse(&ProfilePage {
        page: &ctx.page,
        username,
        form,
        problems,
        unconfirmed: false,
        zones: TimeZone::names(),
    })
}

pub async fn ask_delete(
    current: CurrentUser,
    page: Page,
    directory: web::Data<SessionDirectory>,
    tokens: web::Data<ApiTokens>,
) -> Answer {
    page.show(&delete_page(&page, &current, &directory, &tokens).await?)
}

/// The page that asks, with what is lost.
async fn delete_page<'a>(
    page: &'a Page,
    current: &CurrentUser,
    directory: &SessionDirectory,
    tokens: &ApiTokens,
) -> Result<DeletePage<'a>, AppError> {
    let sessions = directory.overview(&current.user).await?.0.len();
    let tokens = tokens.list(current.user.id).await?.len();
    Ok(DeletePage { page, problems: Problems::default(), sessions, tokens })
}

pub async fn delete(
    stepped: Stepped,
    ctx: Ctx,
    identity: web::Data<Identity>,
    directory: web::Data<SessionDirectory>,
) -> Answer {
    let (current, page) = (&stepped.current, &ctx.page);
    match identity.accounts.accounts.delete(AsSession::of(current), current.user.id, ctx.client()).await {
        Ok(()) => {}
        Err(AccountError::LastStaff) => {
            let asked = delete_page(page, current, &directory, &identity.tokens.api).await?;
            let problems = Problems::of_form(page.t.profile.last_staff);
            return page.refuse(&DeletePage { problems, ..asked });
        }
        Err(error) => return Err(error.into()),
    }
    let mut response = ctx.done_with("/", Flash::AccountDeleted, [session::expire(&ctx.site)]);
    let (name, value) = CLEAR_SITE_DATA;
    response.headers_mut().insert(name, value);
    Ok(response)
}
