//! `/security/recovery-codes`: a new set of recovery codes, shown this once.

use actix_web::HttpRequest;
use askama::Template;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::http::auth::step_up::SteppedByFactor;
use crate::http::page::see_other;
use crate::http::{Answer, Client, Page, Site, return_to as next};
use crate::identity::App;
use crate::identity::audit::{Entry, Event};
use crate::identity::credentials::factors as factor;
use crate::identity::credentials::recovery_codes::random_set;
use crate::identity::email::notice::Notice;
use crate::platform::db::Conn;

use crate::http::auth::cookies::return_to as way;

#[derive(Template)]
#[template(path = "security/recovery.html")]
struct CodesPage<'a> {
    page: &'a Page,
    codes: &'a [String],
    /// The same as a text file, in a `data:` address: nothing needs to be asked of the server for it.
    file: String,
    /// Whether a factor was set up just now.
    first: bool,
    /// Where to go once they are kept.
    on: &'a str,
}

pub async fn renew(stepped: SteppedByFactor, page: Page, client: Client, app: App) -> Answer {
    let (user, now) = (&stepped.current.user, app.clock.now());
    if user.factors_since.is_none() {
        return Ok(see_other("/security").finish());
    }
    let (id, codes, keys) = (user.id, random_set(), app.factors.clone());
    let (entry, made) = (Entry::new(Event::RecoveryCodesMade, Some(id), &client, now), codes.clone());
    let told = app.notice(Notice::FactorsChanged, &client);
    let change = move |conn: &mut Conn| {
        factor::set_recovery_codes(conn, &keys, id, &made, now)?;
        told.queue_to(conn, id)
    };
    app.act(Some(entry), change).await?;
    show(&page, &codes, false, "/security")
}

/// The page that shows the first ones, and leads on to where the browser was going.
pub async fn show_first(page: &Page, codes: &[String], req: &HttpRequest, app: &App, site: &Site) -> Answer {
    let on = way::on(req.headers(), app, site).await;
    let mut shown = show(page, codes, true, on.as_deref().unwrap_or(next::DEFAULT))?;
    shown.add_cookie(&way::forget(site)).map_err(anyhow::Error::from)?;
    Ok(shown)
}

fn show(page: &Page, codes: &[String], first: bool, on: &str) -> Answer {
    let text = format!("{}\n\n{}\n", page.t.security.codes_file, codes.join("\n"));
    let file = format!("data:text/plain;charset=utf-8,{}", utf8_percent_encode(&text, NON_ALPHANUMERIC));
    page.show(&CodesPage { page, codes, file, first, on })
}
