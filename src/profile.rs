//! `/profile`: name, email, language, theme; `/profile/delete`: the end of the account.

use actix_web::web;
use askama::Template;

use crate::i18n::Lang;
use crate::i18n::field::Field;
use crate::identity::audit::{Entry, Event};
use crate::identity::factor::Method;
use crate::identity::name::{self, Email};
use crate::identity::near_cache::Topic;
use crate::identity::password::Secret;
use crate::identity::session::Rotation;
use crate::identity::user::{self, ProfileChange, SaveError, User};
use crate::identity::visitor::CurrentUser;
use crate::identity::{App, Identity};
use crate::web::form::Problems;
use crate::web::headers::CLEAR_SITE_DATA;
use crate::web::page::{Theme, language_cookie, see_other};
use crate::web::{Answer, AppError, Client, Fields, Notice, Page, Site};

#[derive(Template)]
#[template(path = "profile/profile.html")]
struct ProfilePage<'a> {
    page: &'a Page,
    username: &'a str,
    form: ProfileForm,
    problems: Problems,
    /// Whether the password is asked for too.
    confirm: bool,
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

    fn parse(&self, t: &Field) -> Result<ProfileChange, Problems> {
        let mut problems = Problems::default();
        let display_name = name::display_name(&self.display_name)
            .map_err(|problem| problems.add("display_name", problem.of_display_name(t)));
        let email = Email::parse(&self.email).map_err(|problem| problems.add("email", problem.of_email(t)));
        let language = match self.language.as_str() {
            "" => Ok(None),
            code => Lang::parse(code).map(Some).ok_or_else(|| problems.add("language", t.bad_choice)),
        };
        let theme = Theme::parse(&self.theme).ok_or_else(|| problems.add("theme", t.bad_choice));
        match (display_name, email, language, theme) {
            (Ok(display_name), Ok(email), Ok(language), Ok(theme)) => {
                Ok(ProfileChange { display_name, email, language, theme })
            }
            _ => Err(problems),
        }
    }
}

pub async fn show(current: CurrentUser, page: Page) -> Answer {
    let form = ProfileForm::of(&current.user);
    page.show(&ProfilePage {
        page: &page,
        username: &current.user.username,
        form,
        problems: Problems::default(),
        confirm: false,
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
        page.refuse(&ProfilePage { page: &page, username, form, problems, confirm })
    };
    let recent = current.session.proof_is_recent(app.clock.now());
    let change = match form.parse(&page.t.field) {
        Ok(change) => change,
        Err(problems) => {
            let confirm = form.email != current.user.email && !recent;
            return refuse(form, problems, confirm);
        }
    };
    let confirm = change.email.shown != current.user.email && !recent;
    let language = change.language;
    if confirm {
        let password = Secret::new(fields.take("current_password"));
        if password.is_empty() {
            return refuse(form, Problems::default(), true);
        }
        if !app.prove(&current, password, &client).await? {
            return refuse(form, Problems::one("current_password", page.t.field.wrong_password), true);
        }
    }
    match store(&app, &current.user, change, &client).await {
        Ok(()) => {}
        Err(SaveError::Db(error)) => return Err(error.into()),
        Err(SaveError::SessionOver) => return Err(AppError::SessionOver),
        Err(_) => return refuse(form, Problems::one("email", page.t.field.taken_email), confirm),
    }
    let mut response = see_other("/profile");
    response.cookie(Notice::Saved.cookie(&site));
    if let Some(lang) = language {
        response.cookie(language_cookie(lang, &site));
    }
    if confirm {
        // A typed password makes this session one of higher standing, so it gets a new id.
        let rotation = Rotation { epoch: current.user.epoch, proved: Some(Method::Password) };
        let (user_id, epoch) = (current.user.id, current.user.epoch);
        let rotated = app.sessions.rotate(&current, rotation, move |conn| user::holds(conn, user_id, epoch));
        let id = rotated.await?.ok_or(AppError::SessionOver)?;
        response.cookie(app.session_cookie(&id, current.session.kind));
    }
    Ok(response.finish())
}

async fn store(app: &Identity, user: &User, change: ProfileChange, client: &Client) -> Result<(), SaveError> {
    let (id, epoch) = (user.id, user.epoch);
    let moved = change.email.shown != user.email;
    let entry = Entry::new(Event::EmailChanged, Some(id), client, app.clock.now());
    app.change_user(id, moved.then_some(entry), move |conn| user::change_profile(conn, id, epoch, &change))
        .await?;
    // Posts are shown with their authors' names.
    app.sessions.topic_changed(Topic::Posts).await;
    Ok(())
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
