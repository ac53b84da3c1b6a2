//! `/security/passkeys`: add passkeys with names of their own, and remove them.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use askama::Template;

use crate::http::auth::locks::CurrentUser;
use crate::http::auth::step_up::SteppedByFactor;
use crate::http::auth::step_up::confirm_page::Ceremony;
use crate::http::form::Problems;
use crate::http::page::see_other;
use crate::http::{Answer, AppError, Client, Notice, Page, Site};
use crate::i18n::Texts;
use crate::identity::App;
use crate::identity::accounts::name::display_name;
use crate::identity::accounts::user;
use crate::identity::audit::{Entry, Event};
use crate::identity::credentials::factors as factor;
use crate::identity::credentials::passkey_rows as passkey;
use crate::identity::credentials::passkey_rows::NewPasskey;
use crate::identity::credentials::password::NO_PASSWORD;
use crate::identity::credentials::recovery_codes::random_set;
use crate::identity::sessions::auth_method::Method;
use crate::identity::sign_in::{Offered, Shown};
use crate::platform::db::Conn;

use super::totp::rotate;
use super::{recovery_codes as recovery, render};

#[derive(Template)]
#[template(path = "security/passkey.html")]
struct NewPage<'a> {
    page: &'a Page,
    typed: &'a str,
    problems: Problems,
    ceremony: Ceremony,
}

/// The page that asks for a new one. It is posted to, so that who one is has been shown by the time that it appears.
pub async fn ask(stepped: SteppedByFactor, page: Page, client: Client, app: App) -> Answer {
    show_new(&page, &app, &stepped.current, &client.device, Problems::default()).await
}

/// Adds it. As with every change of factors, all other sessions end.
pub async fn add(
    mut stepped: SteppedByFactor,
    page: Page,
    client: Client,
    app: App,
    site: web::Data<Site>,
    req: HttpRequest,
) -> Answer {
    let (current, now) = (&stepped.current, app.clock.now());
    let typed = stepped.fields.take("name");
    let shown = Shown { answer: stepped.fields.take("passkey"), state: stepped.fields.take("passkey_state") };
    let refuse = async |field, text| show_new(&page, &app, current, &typed, Problems::one(field, text)).await;
    let name = match parse_name(&typed, page.t) {
        Ok(name) => name,
        Err(text) => return refuse("name", text).await,
    };
    let accepted = match app.accept_new_passkey(current, &shown).await? {
        Offered::Accepted(accepted) => accepted,
        Offered::Refused => return refuse("", page.t.security.passkey_refused).await,
        Offered::Surplus => return refuse("", page.t.security.passkey_known).await,
    };
    let (id, epoch) = (current.user.id, current.user.epoch);
    let new = NewPasskey {
        user_id: id,
        credential_id: accepted.credential_id,
        name: name.clone(),
        passkey: accepted.passkey,
        now,
    };
    let first = current.user.factors_since.is_none();
    let (codes, keys) = (random_set(), app.factors.clone());
    let made = codes.clone();
    let entry = Entry::new(Event::PasskeyAdded, Some(id), &client, now).about(name);
    let change = move |conn: &mut Conn| {
        let fresh = passkey::use_challenge(conn, &accepted.challenge.id, accepted.challenge.until)?;
        if !fresh || !passkey::add(conn, &new)? {
            return Ok(false);
        }
        if first {
            factor::set_recovery_codes(conn, &keys, id, &made, now)?;
        }
        factor::changed(conn, id, now)?;
        user::next_epoch(conn, id, epoch)
    };
    let new_id = rotate(&app, current, &client, Some(Method::Passkey), entry, change).await?;
    let cookie = app.session_cookie(&new_id, current.session.kind);
    if !first {
        let changed = Notice::FactorsChanged.cookie(&site);
        return Ok(see_other("/security").cookie(changed).cookie(cookie).finish());
    }
    let mut response = recovery::show_first(&page, &codes, &req, &app, &site).await?;
    response.add_cookie(&cookie).map_err(anyhow::Error::from)?;
    Ok(response)
}

/// Removes one; but never the last way in.
pub async fn remove(
    stepped: SteppedByFactor,
    page: Page,
    number: web::Path<i64>,
    client: Client,
    app: App,
    site: web::Data<Site>,
) -> Answer {
    let (current, now, number) = (&stepped.current, app.clock.now(), *number);
    let (id, epoch) = (current.user.id, current.user.epoch);
    let own = app.db.run(move |conn| passkey::of_user(conn, id)).await?;
    let named = own.iter().find(|own| own.id == number).ok_or(AppError::NotFound)?;
    if own.len() == 1 && current.user.password_hash == NO_PASSWORD {
        return render(&page, current, &app, Problems::of_form(page.t.security.last_way_in)).await;
    }
    let entry = Entry::new(Event::PasskeyRemoved, Some(id), &client, now).about(&named.name);
    let change = move |conn: &mut Conn| {
        if passkey::remove(conn, id, number)?.is_none() {
            return Ok(false);
        }
        factor::changed(conn, id, now)?;
        user::next_epoch(conn, id, epoch)
    };
    let new_id = rotate(&app, current, &client, None, entry, change).await?;
    Ok(see_other("/security")
        .cookie(Notice::FactorsChanged.cookie(&site))
        .cookie(app.session_cookie(&new_id, current.session.kind))
        .finish())
}

/// What a passkey may be called: one line with something to see, as a display name.
pub fn parse_name(typed: &str, t: &Texts) -> Result<String, &'static str> {
    match display_name(typed) {
        Ok(name) if name.is_empty() => Err(t.security.empty_passkey_name),
        name => name.map_err(|problem| problem.of_display_name(&t.field)),
    }
}

async fn show_new(page: &Page, app: &App, current: &CurrentUser, name: &str, problems: Problems) -> Answer {
    let ceremony = app.ask_for_new_passkey(current).await?.ok_or(AppError::NotFound)?;
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page.show_as(status, &NewPage { page, typed: name, problems, ceremony })
}
