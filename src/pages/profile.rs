//! `/profile`: name, email, language, theme; `/profile/delete`: the end of the account.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::config::Verification;
use crate::http::auth::locks::CurrentUser;
use crate::http::auth::step_up::Stepped;
use crate::http::auth::step_up::of_form;
use crate::http::form::Problems;
use crate::http::headers::CLEAR_SITE_DATA;
use crate::http::page::{language_cookie, see_other};
use crate::http::{Answer, Client, Fields, Notice, Page, Site};
use crate::i18n::Lang;
use crate::identity::App;
use crate::identity::accounts::profile::{Changed, TypedProfile};
use crate::identity::accounts::user::User;
use crate::identity::sign_in::step_up::Ask;

#[derive(Template)]
#[template(path = "profile/profile.html")]
struct ProfilePage<'a> {
    page: &'a Page,
    username: &'a str,
    form: ProfileForm,
    problems: Problems,
    /// Whether the address is still to be confirmed.
    unconfirmed: bool,
}

#[derive(Template)]
#[template(path = "profile/delete.html")]
struct DeletePage<'a> {
    page: &'a Page,
}

#[derive(Clone)]
struct ProfileForm {
    display_name: String,
    email: String,
    /// A language's code, or nothing to follow the browser.
    language: String,
    theme: String,
}

impl ProfileForm {
    fn of(user: &User) -> Self {
        Self {
            display_name: user.display_name.clone(),
            email: user.email.clone(),
            language: user.language().map_or("", Lang::code).to_owned(),
            theme: user.theme().code().to_owned(),
        }
    }

    fn read(fields: &mut Fields) -> Self {
        Self {
            display_name: fields.take("display_name"),
            email: fields.take("email"),
            language: fields.take("language"),
            theme: fields.take("theme"),
        }
    }

    fn typed(&self) -> TypedProfile {
        let Self { display_name, email, language, theme } = self.clone();
        TypedProfile {
            display_name: Some(display_name),
            email: Some(email),
            language: Some(language),
            theme: Some(theme),
        }
    }
}

pub async fn show(current: CurrentUser, page: Page, app: App) -> Answer {
    let asks = app.config.mail.verification != Verification::Off;
    let form = ProfileForm::of(&current.user);
    page.show(&ProfilePage {
        page: &page,
        username: &current.user.username,
        form,
        problems: Problems::default(),
        unconfirmed: asks && current.user.email_verified_at.is_none(),
    })
}

pub async fn save(
    current: CurrentUser,
    page: Page,
    mut fields: Fields,
    client: Client,
    app: App,
    site: web::Data<Site>,
    req: HttpRequest,
) -> Answer {
    let sent = fields.clone();
    let form = ProfileForm::read(&mut fields);
    let username = &current.user.username;
    let refuse = |problems| {
        page.refuse(&ProfilePage { page: &page, username, form: form.clone(), problems, unconfirmed: false })
    };
    let change = match form.typed().parse(&page.t.field) {
        Ok(change) => change,
        Err(problems) => return refuse(problems),
    };
    let stepped = match change.moves(&current.user) {
        true => of_form(&req, current.clone(), sent, Ask::Factor).await?.0,
        false => current.clone(),
    };
    let language = change.language.flatten();
    let changed = match app.change_profile(&stepped, change, &client, &page.t.field).await? {
        Ok(changed) => changed,
        Err(problems) => return refuse(problems),
    };
    Ok(saved(changed, language, &site))
}

fn saved(changed: Changed, language: Option<Lang>, site: &Site) -> HttpResponse {
    let (place, notice) = match changed {
        Changed::Done => ("/profile", Notice::Saved),
        Changed::Mailed => ("/verify-email", Notice::MailSent),
    };
    let mut response = see_other(place);
    response.cookie(notice.cookie(site));
    if let Some(lang) = language {
        response.cookie(language_cookie(lang, site));
    }
    response.finish()
}

pub async fn ask_delete(_: CurrentUser, page: Page) -> Answer {
    page.show(&DeletePage { page: &page })
}

pub async fn delete(stepped: Stepped, client: Client, app: App, site: web::Data<Site>) -> Answer {
    app.delete_account(&stepped.current, &client).await?;
    Ok(see_other("/")
        .cookie(Notice::AccountDeleted.cookie(&site))
        .cookie(app.cookie.expire())
        .insert_header(CLEAR_SITE_DATA)
        .finish())
}
