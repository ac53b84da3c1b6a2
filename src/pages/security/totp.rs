//! `/security/totp`: set up an authenticator app, or remove it.

use actix_web::{HttpRequest, web};
use askama::Template;
use serde::Deserialize;

use super::qr::Qr;
use crate::http::auth::locks::CurrentUser;
use crate::http::auth::step_up::SteppedByFactor;
use crate::http::form::Problems;
use crate::http::page::see_other;
use crate::http::{Answer, AppError, Client, Notice, Page, Site};
use crate::identity::App;
use crate::identity::accounts::user;
use crate::identity::accounts::user::User;
use crate::identity::audit::{Entry, Event};
use crate::identity::credentials::factors as factor;
use crate::identity::credentials::totp;
use crate::identity::credentials::totp::Secret;
use crate::identity::email::notice;
use crate::identity::sessions::auth_method::Method;
use crate::identity::sessions::{Id, Rotation};
use crate::platform::db::{Conn, DbError};

use super::recovery_codes as recovery;
use crate::http::auth::cookies::return_to as way;

#[derive(Template)]
#[template(path = "security/totp.html")]
struct SetUpPage<'a> {
    page: &'a Page,
    problems: Problems,
    qr: Qr,
    uri: String,
    secret: String,
    /// The same, encrypted, on its way back to us.
    sealed: &'a str,
    /// Whether nothing else is open until it is done.
    required: bool,
    /// Whether a passkey would do as well.
    passkeys: bool,
}

#[derive(Deserialize)]
pub struct Way {
    /// Where it leads on to afterwards.
    next: Option<String>,
}

pub async fn show(
    current: CurrentUser,
    page: Page,
    query: web::Query<Way>,
    app: App,
    site: web::Data<Site>,
) -> Answer {
    let id = current.user.id;
    if app.db.run(move |conn| totp::since(conn, id)).await?.is_some() {
        return Ok(see_other("/security").finish());
    }
    let sealed = Secret::random().seal(&app.factors.vault, id);
    let template = set_up_page(&page, &current, &app, &site, &sealed, Problems::default()).await?;
    let mut shown = page.show(&template)?;
    if let Some(wanted) = &query.next {
        shown.add_cookie(&way::keep(wanted, &site)).map_err(anyhow::Error::from)?;
    }
    Ok(shown)
}

/// Turns it on, once a code shows that the app has the secret. From then on every session was proved by it, for all
/// others end.
pub async fn submit(
    mut stepped: SteppedByFactor,
    page: Page,
    client: Client,
    app: App,
    site: web::Data<Site>,
    req: HttpRequest,
) -> Answer {
    let (code, sealed) = (stepped.fields.take("code"), stepped.fields.take("secret"));
    let (current, now) = (&stepped.current, app.clock.now());
    let (id, epoch) = (current.user.id, current.user.epoch);
    let Some(secret) = Secret::open(&app.factors.vault, id, &sealed) else {
        return Ok(see_other("/security/totp").finish());
    };
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let Some(step) = secret.step_of(&digits, now, 0) else {
        let text = if digits.is_empty() { page.t.login.empty_code } else { page.t.security.app_code_wrong };
        let problems = Problems::one("code", text);
        return page.refuse(&set_up_page(&page, current, &app, &site, &sealed, problems).await?);
    };
    let codes = crate::identity::credentials::recovery_codes::random_set();
    let (keys, made) = (app.factors.clone(), codes.clone());
    let entry = Entry::new(Event::TotpAdded, Some(id), &client, now);
    let change = move |conn: &mut Conn| {
        if !totp::add(conn, id, &sealed, step, now)? {
            return Ok(false);
        }
        factor::set_recovery_codes(conn, &keys, id, &made, now)?;
        factor::changed(conn, id, now)?;
        user::next_epoch(conn, id, epoch)
    };
    let new_id = rotate(&app, current, &client, Some(Method::Totp), entry, change).await?;
    let mut shown = recovery::show_first(&page, &codes, &req, &app, &site).await?;
    shown.add_cookie(&app.session_cookie(&new_id, current.session.kind)).map_err(anyhow::Error::from)?;
    Ok(shown)
}

pub async fn remove(stepped: SteppedByFactor, client: Client, app: App, site: web::Data<Site>) -> Answer {
    let (current, now) = (&stepped.current, app.clock.now());
    let (id, epoch) = (current.user.id, current.user.epoch);
    let entry = Entry::new(Event::TotpRemoved, Some(id), &client, now);
    let change = move |conn: &mut Conn| {
        totp::remove(conn, id)?;
        factor::changed(conn, id, now)?;
        user::next_epoch(conn, id, epoch)
    };
    let new_id = rotate(&app, current, &client, None, entry, change).await?;
    Ok(see_other("/security")
        .cookie(Notice::FactorsChanged.cookie(&site))
        .cookie(app.session_cookie(&new_id, current.session.kind))
        .finish())
}

/// Changes the factors under a new epoch, which ends every other session, and tells the owner. This one's new id.
pub async fn rotate(
    app: &App,
    current: &CurrentUser,
    client: &Client,
    proved: Option<Method>,
    entry: Entry,
    change: impl FnOnce(&mut Conn) -> Result<bool, DbError> + Send + 'static,
) -> Result<Id, AppError> {
    let (id, epoch) = (current.user.id, current.user.epoch + 1);
    let told = app.notice(notice::Notice::FactorsChanged, client);
    let change_and_tell = move |conn: &mut Conn| {
        let changed = change(conn)?;
        if changed {
            told.queue_to(conn, id)?;
        }
        Ok(changed)
    };
    let new_id = app.rotate(current, Rotation { epoch, proved }, entry, change_and_tell).await?;
    app.sessions.clear_ended(id, Some(epoch));
    Ok(new_id)
}

async fn set_up_page<'a>(
    page: &'a Page,
    current: &CurrentUser,
    app: &App,
    site: &Site,
    sealed: &'a str,
    problems: Problems,
) -> Result<SetUpPage<'a>, AppError> {
    let user: &User = &current.user;
    let secret = Secret::open(&app.factors.vault, user.id, sealed).ok_or(AppError::BadRequest)?;
    let uri = secret.to_uri(&site.host(), &user.username)?;
    let (required, passkeys) = (app.must_set_up(user).await?, app.passkeys.is_some());
    Ok(SetUpPage {
        page,
        problems,
        qr: Qr::of(&uri)?,
        uri,
        secret: secret.to_text(),
        sealed,
        required,
        passkeys,
    })
}
