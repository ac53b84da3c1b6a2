//! `/profile`: name, email, language, theme; `/profile/delete`: deletes the account.

use actix_web::web;
use askama::Template;

use crate::http::auth::cookies::session;
use crate::http::auth::guards::CurrentUser;
use crate::http::auth::step_up::{Stepped, of_form};
use crate::http::headers::CLEAR_SITE_DATA;
use crate::http::layout::language_cookie;
use crate::http::{Answer, Ctx, Fields, Flash, Page, Problems};
use crate::identity::accounts::{AccountError, Accounts, ProfileForm, ProfileOutcome, User};
use crate::identity::sessions::AsSession;
use crate::identity::sign_in::ReauthPolicy;
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
}

/// The form's values.
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

    fn read(fields: &mut Fields) -> Self {
        Self {
            display_name: fields.take("display_name"),
            email: fields.take("email"),
            language: fields.take("language"),
            theme: fields.take("theme"),
            // Clients of before do not send it.
            time_zone: fields.checked("time_zone").then(|| fields.take("time_zone")),
        }
    }

    fn to_form(&self) -> ProfileForm {
        ProfileForm {
            display_name: Some(self.display_name.clone()),
            email: Some(self.email.clone()),
            language: Some(self.language.clone()),
            theme: Some(self.theme.clone()),
            time_zone: self.time_zone.clone(),
        }
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
    let form = ProfileFields::read(&mut fields);
    let change = match form.to_form().parse() {
        Ok(change) => change,
        Err(invalid) => return refuse(&current, &ctx, form, Problems::translate(&invalid, ctx.page.t)),
    };
    let stepped = match change.changes_email(&current.user) {
        true => of_form(ctx.request(), current.clone(), sent, ReauthPolicy::Factor).await?.0,
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

pub async fn ask_delete(_: CurrentUser, page: Page) -> Answer {
    page.show(&DeletePage { page: &page, problems: Problems::default() })
}

pub async fn delete(stepped: Stepped, ctx: Ctx, accounts: web::Data<Accounts>) -> Answer {
    let (current, page) = (&stepped.current, &ctx.page);
    match accounts.delete(AsSession::of(current), current.user.id, ctx.client()).await {
        Ok(()) => {}
        Err(AccountError::LastStaff) => {
            let problems = Problems::of_form(page.t.profile.last_staff);
            return page.refuse(&DeletePage { page, problems });
        }
        Err(error) => return Err(error.into()),
    }
    let mut response = ctx.done_with("/", Flash::AccountDeleted, [session::expire(&ctx.site)]);
    let (name, value) = CLEAR_SITE_DATA;
    response.headers_mut().insert(name, value);
    Ok(response)
}
