//! `/register`: a new account, signed in at once.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use askama::Template;

use crate::config::Registration;
use crate::db::DbError;
use crate::i18n::field::Field;
use crate::identity::audit::{self, Entry, Event};
use crate::identity::name::{Email, Username};
use crate::identity::password::Secret;
use crate::identity::sign_in::Device;
use crate::identity::user::{self, NewUser, SaveError, User};
use crate::identity::visitor::Visitor;
use crate::identity::{App, Identity};
use crate::web::form::Problems;
use crate::web::page::see_other;
use crate::web::{Answer, AppError, Client, Fields, Notice, Page, Site, next};

#[derive(Template)]
#[template(path = "register/register.html")]
struct RegisterPage<'a> {
    page: &'a Page,
    form: RegisterForm,
    problems: &'a Problems,
}

#[derive(Template)]
#[template(path = "register/closed.html")]
struct ClosedPage<'a> {
    page: &'a Page,
}

/// What was typed and may be shown again; the password is not among it.
#[derive(Clone, Default)]
struct RegisterForm {
    username: String,
    email: String,
}

pub async fn show(page: Page, visitor: Visitor, app: App) -> Answer {
    if visitor.0.is_some() {
        return Ok(see_other(next::DEFAULT).finish());
    }
    if app.config.registration == Registration::Closed {
        return page.show(&ClosedPage { page: &page });
    }
    page.show(&RegisterPage { page: &page, form: RegisterForm::default(), problems: &Problems::default() })
}

pub async fn submit(
    page: Page,
    mut fields: Fields,
    client: Client,
    app: App,
    site: web::Data<Site>,
    req: HttpRequest,
) -> Answer {
    if app.config.registration == Registration::Closed {
        return page.show_as(StatusCode::FORBIDDEN, &ClosedPage { page: &page });
    }
    let form = RegisterForm { username: fields.take("username"), email: fields.take("email") };
    let password = Secret::new(fields.take("password"));
    let mut problems = Problems::default();
    let made = app
        .limits
        .registration(&client, create(&app, &form, password, &client, &mut problems, &page.t.field));
    let Some(user) = made.await? else {
        return page.refuse(&RegisterPage { page: &page, form, problems: &problems });
    };
    let id = app.begin_session(&user, false, &client).await?;
    let device = Device::of(req.headers(), &site.cookies).remember(user.id, &site.cookies);
    Ok(see_other(next::DEFAULT)
        .cookie(Notice::Welcome.cookie(&site))
        .cookie(app.session_cookie(&id, false))
        .cookie(device)
        .finish())
}

/// Makes the account, or says what is wrong with the form. That a name is taken, the database itself decides.
async fn create(
    app: &Identity,
    form: &RegisterForm,
    password: Secret,
    client: &Client,
    problems: &mut Problems,
    t: &Field,
) -> Result<Option<User>, AppError> {
    let username =
        Username::parse(&form.username).map_err(|problem| problems.add("username", problem.of_username(t)));
    let email = Email::parse(&form.email).map_err(|problem| problems.add("email", problem.of_email(t)));
    // A form that is refused anyway need not wait for the hash, but its password is looked at all the same.
    let about = vec![form.username.clone(), form.email.clone()];
    let (Ok(username), Ok(email)) = (username, email) else {
        if let Err(problem) = app.hasher.check(password, about).await? {
            problems.add("password", problem.text(t));
        }
        return Ok(None);
    };
    let _turn = app.limits.turn_for_name(&username.key).await?;
    if is_taken(app, &username, &email, problems, t).await? {
        return Ok(None);
    }
    let password_hash = match app.hasher.hash_new(password, about).await? {
        Ok(hash) => hash,
        Err(problem) => {
            problems.add("password", problem.text(t));
            return Ok(None);
        }
    };
    let (now, client) = (app.clock.now(), client.clone());
    let new = NewUser { username: username.clone(), email: email.clone(), password_hash, staff: false };
    let saved = app.db.write(move |conn| {
        let user = user::create(conn, &new, now)?;
        audit::record(conn, &Entry::new(Event::Registered, Some(user.id), &client, now))
            .map_err(DbError::from)?;
        Ok(user)
    });
    match saved.await {
        Ok(user) => Ok(Some(user)),
        Err(SaveError::Db(error)) => Err(error.into()),
        // Someone was quicker. The constraint names one of the two; the person wants to hear of both.
        Err(SaveError::UsernameTaken | SaveError::EmailTaken) => {
            is_taken(app, &username, &email, problems, t).await?;
            Ok(None)
        }
    }
}

async fn is_taken(
    app: &Identity,
    username: &Username,
    email: &Email,
    problems: &mut Problems,
    t: &Field,
) -> Result<bool, AppError> {
    let (username, email) = (username.clone(), email.clone());
    let (name_taken, email_taken) = app.db.run(move |conn| user::taken(conn, &username, &email)).await?;
    if name_taken {
        problems.add("username", t.taken_username);
    }
    if email_taken {
        problems.add("email", t.taken_email);
    }
    Ok(name_taken || email_taken)
}
