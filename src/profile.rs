//! `/profile`: name, email, language, theme; `/profile/delete`: the end of the account.

use actix_web::web;
use askama::Template;

use crate::config::Verification;
use crate::i18n::Lang;
use crate::identity::App;
use crate::identity::account::{Refusal, TypedProfile};
use crate::identity::audit::{Entry, Event};
use crate::identity::near_cache::Topic;
use crate::identity::password::Secret;
use crate::identity::user::{self, User};
use crate::identity::visitor::CurrentUser;
use crate::web::form::Problems;
use crate::web::headers::CLEAR_SITE_DATA;
use crate::web::page::{language_cookie, see_other};
use crate::web::{Answer, Client, Fields, Notice, Page, Site};

#[derive(Template)]
#[template(path = "profile/profile.html")]
struct ProfilePage<'a> {
    page: &'a Page,
    username: &'a str,
    form: ProfileForm,
    problems: Problems,
    /// Whether the password is asked for too.
    confirm: bool,
    /// Whether the address is still to be confirmed.
    unconfirmed: bool,
}

#[derive(Template)]
#[template(path = "profile/delete.html")]
struct DeletePage<'a> {
    page: &'a Page,
    username: &'a str,
    problems: Problems,
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
        confirm: false,
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
) -> Answer {
    let form = ProfileForm::read(&mut fields);
    let username = &current.user.username;
    let refuse = |form, problems, confirm| {
        page.refuse(&ProfilePage { page: &page, username, form, problems, confirm, unconfirmed: false })
    };
    let change = match form.typed().parse(&page.t.field) {
        Ok(change) => change,
        Err(problems) => {
            let confirm = app.takes_password(&current, &form.email);
            return refuse(form, problems, confirm);
        }
    };
    let confirm = change.email.as_ref().is_some_and(|email| app.takes_password(&current, &email.shown));
    let language = change.language.flatten();
    let password = Secret::new(fields.take("current_password"));
    let changed = match app.change_profile(&current, change, password, &client).await? {
        Ok(changed) => changed,
        // It was not asked for yet: no fault of theirs.
        Err(Refusal::NoPassword) => return refuse(form, Problems::default(), true),
        Err(refusal) => return refuse(form, refusal.problems(page.t), confirm),
    };
    let (place, notice) =
        if changed.mailed { ("/verify-email", Notice::MailSent) } else { ("/profile", Notice::Saved) };
    let mut response = see_other(place);
    response.cookie(notice.cookie(&site));
    if let Some(lang) = language {
        response.cookie(language_cookie(lang, &site));
    }
    if let Some(id) = changed.new_id {
        response.cookie(app.session_cookie(&id, current.session.kind));
    }
    Ok(response.finish())
}

pub async fn ask_delete(current: CurrentUser, page: Page) -> Answer {
    page.show(&DeletePage { page: &page, username: &current.user.username, problems: Problems::default() })
}

pub async fn delete(
    current: CurrentUser,
    page: Page,
    mut fields: Fields,
    client: Client,
    app: App,
    site: web::Data<Site>,
) -> Answer {
    let password = Secret::new(fields.take("current_password"));
    if password.is_empty() || !app.prove(&current, password, &client).await? {
        let problems = Problems::one("current_password", page.t.field.wrong_password);
        return page.refuse(&DeletePage { page: &page, username: &current.user.username, problems });
    }
    let id = current.user.id;
    let entry = Entry::new(Event::AccountDeleted, Some(id), &client, app.clock.now());
    app.change_user(id, Some(entry), move |conn| user::delete(conn, id)).await?;
    app.sessions.clear_ended(id, None);
    app.sessions.topic_changed(Topic::Posts).await;
    Ok(see_other("/")
        .cookie(Notice::AccountDeleted.cookie(&site))
        .cookie(app.cookie.expire())
        .insert_header(CLEAR_SITE_DATA)
        .finish())
}
