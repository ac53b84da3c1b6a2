//! `/register`: a new account, signed in at once.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use askama::Template;

use crate::config::Registration;
use crate::i18n::field::Field;
use crate::identity::audit::{self, Entry, Event};
use crate::identity::name::{Email, Username};
use crate::identity::password::Secret;
use crate::identity::sign_in::Authenticated;
use crate::identity::user::{self, NewUser, SaveError, User};
use crate::identity::visitor::Visitor;
use crate::identity::{App, Identity};
use crate::web::form::Problems;
use crate::web::guard::Anyone;
use crate::web::page::see_other;
use crate::web::{Answer, AppError, Client, Fields, Notice, Page, Site, next};

#[derive(Template)]
#[template(path = "register/register.html")]
struct RegisterPage<'a> {
    page: &'a Page,
    form: RegisterForm,
    problems: Problems,
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

pub async fn show(visitor: Visitor, page: Page, app: App) -> Answer {
    if visitor.0.is_some() {
        return Ok(see_other(next::DEFAULT).finish());
    }
    if app.config.registration == Registration::Closed {
        return page.show(&ClosedPage { page: &page });
    }
    page.show(&RegisterPage { page: &page, form: RegisterForm::default(), problems: Problems::default() })
}

pub async fn submit(
    _: Anyone,
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
    let attempt = app.limits.registration(&client).await?;
    let user = match create(&app, &form, password, &client, &page.t.field).await? {
        Ok(user) => user,
        Err(Refused { problems, told_of_others }) => {
            // To learn that a name is taken counts like an account; a slip of the keyboard does not.
            if !told_of_others {
                attempt.forgive();
            }
            return page.refuse(&RegisterPage { page: &page, form, problems });
        }
    };
    let user = Authenticated::newcomer(user)?;
    match app.welcome(&user, false, &client, req.headers(), &site.cookies).await {
        Ok([session, device]) => {
            let welcome = Notice::Welcome.cookie(&site);
            Ok(see_other(next::DEFAULT).cookie(welcome).cookie(session).cookie(device).finish())
        }
        // The account is there; only its session has to wait.
        Err(_) => Ok(see_other("/login").cookie(Notice::Welcome.cookie(&site)).finish()),
    }
}

struct Refused {
    problems: Problems,
    /// Whether the problems tell that somebody else has an account.
    told_of_others: bool,
}

/// Makes the account, or says what is wrong with the form.
async fn create(
    app: &Identity,
    form: &RegisterForm,
    password: Secret,
    client: &Client,
    t: &Field,
) -> Result<Result<User, Refused>, AppError> {
    let mut problems = Problems::default();
    let username =
        Username::parse(&form.username).map_err(|problem| problems.add("username", problem.of_username(t)));
    let email = Email::parse(&form.email).map_err(|problem| problems.add("email", problem.of_email(t)));
    let about = vec![form.username.clone(), form.email.clone()];
    let (Ok(username), Ok(email)) = (username, email) else {
        // Refused anyway; the password is looked at all the same, so that everything is told at once.
        if let Err(problem) = app.hasher.check(password, about).await? {
            problems.add("password", problem.text(t));
        }
        return Ok(Err(Refused { problems, told_of_others: false }));
    };
    let _turn = app.limits.turn_for_name(&username.key).await?;
    if let Some(taken) = taken(app, &username, &email, t).await? {
        return Ok(Err(taken));
    }
    let password_hash = match app.hash_new(password, about, client).await? {
        Ok(hash) => hash,
        Err(problem) => {
            let problems = Problems::one("password", problem.text(t));
            return Ok(Err(Refused { problems, told_of_others: false }));
        }
    };
    let new = NewUser { username: username.clone(), email: email.clone(), password_hash, staff: false };
    let now = app.clock.now();
    let client = client.clone();
    let saved = app.db.write(move |conn| {
        let user = user::create(conn, &new, now)?;
        let entry = Entry::new(Event::Registered, Some(user.id), &client, now);
        audit::record(conn, &entry)?;
        Ok((user, entry))
    });
    match saved.await {
        Ok((user, entry)) => {
            entry.log();
            Ok(Ok(user))
        }
        Err(SaveError::Db(error)) => Err(error.into()),
        // Someone was quicker: that a name is taken, the database's constraint decides.
        Err(refused) => match taken(app, &username, &email, t).await? {
            Some(taken) => Ok(Err(taken)),
            None => Err(AppError::Unavailable(refused.into())),
        },
    }
}

/// Which of the two names belong to others already.
async fn taken(
    app: &Identity,
    username: &Username,
    email: &Email,
    t: &Field,
) -> Result<Option<Refused>, AppError> {
    let (username, email) = (username.clone(), email.clone());
    let (name_taken, email_taken) = app.db.run(move |conn| user::taken(conn, &username, &email)).await?;
    let mut problems = Problems::default();
    if name_taken {
        problems.add("username", t.taken_username);
    }
    if email_taken {
        problems.add("email", t.taken_email);
    }
    Ok((!problems.is_empty()).then_some(Refused { problems, told_of_others: true }))
}
