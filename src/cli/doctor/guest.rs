//! What can be seen by a member: for a moment, somebody is signed in.

use anyhow::Context;
use url::Url;

use crate::config::Config;
use crate::http::Site;
use crate::identity::audit::{self, Entry, Event};
use crate::identity::session::{Beginning, Kind, ProxyCookie, SessionCookie};
use crate::identity::user::User;
use crate::platform::clock::Clock;
use crate::platform::db::{Db, transaction};
use crate::platform::keys::random_id;
use crate::server::keys;

use super::Patient;
use super::findings::Findings;

/// Redirects beyond which nobody follows.
const MAX_REDIRECTS: usize = 10;

/// Begins a session of the user's, looks, and ends it.
pub fn visit(
    name: &str,
    patient: &Patient,
    config: &Config,
    db: Db,
    findings: &mut Findings,
) -> anyhow::Result<()> {
    let user = crate::cli::user::find(&mut *db.conn()?, name)?;
    let clock = Clock::default();
    let keys = keys(config, &db, &clock)?;
    let site = Site::new(config, patient.portal.clone(), &keys);
    let system = actix_web::rt::System::new();
    let (sessions, id) = system.block_on(async {
        let sessions = crate::cli::session::open(&db, config)?;
        let id = sessions.begin(Beginning::by_operator(&user, "munjigi doctor")).await?;
        anyhow::Ok((sessions, id))
    })?;
    let entry = Entry::by_operator(Event::SignedIn, Some(user.id), Clock::default().now());
    transaction(&mut *db.conn()?, |conn| audit::record(conn, &entry))?;
    let shared = ProxyCookie::new(site.cookies.clone(), config.cookie_domain.clone(), 0);
    let cookie = match patient.portal.host_str() == Some(&patient.target.host) {
        true => Some(SessionCookie::new(site.cookies.clone()).issue(&id, None)),
        false => shared.issue(&id.key(), Kind::Browser),
    };
    let looked = match cookie {
        Some(cookie) => look(patient, &user, &format!("{}={}", cookie.name(), cookie.value()), findings),
        None => {
            findings
                .unchecked("what the app sees of a member: without MUNJIGI_COOKIE_DOMAIN it never sees one");
            Ok(())
        }
    };
    system.block_on(sessions.end(&id.key())).context("the session was not ended")?;
    looked
}

fn look(patient: &Patient, user: &User, cookie: &str, findings: &mut Findings) -> anyhow::Result<()> {
    let mark = format!("doctor-{}", random_id());
    let forged = [
        ("cookie", cookie),
        ("remote-user", &mark),
        ("remote-groups", &mark),
        ("remote-name", &mark),
        ("remote-email", &mark),
    ];
    let mut url = Url::parse(&patient.target.address())?;
    let mut seen = Vec::new();
    let page = loop {
        let reply = patient.browser.get(url.as_str(), &forged)?;
        if patient.leads_to_portal(&reply).is_some() {
            findings.wrong(
                "A member is sent to sign in again, and again: the check does not get the cookie.",
                &["The proxy must pass on Cookie when it asks; nginx: proxy_pass_request_headers must not be off"],
            );
            return Ok(());
        }
        seen.push(url.clone());
        let next = reply.location.as_deref().filter(|_| reply.is_redirect()).and_then(|to| url.join(to).ok());
        match next {
            Some(next) if seen.contains(&next) || seen.len() > MAX_REDIRECTS => {
                findings.wrong(&format!("The app sends a member in circles: {url} → {next}."), &[
                    "The app needs X-Forwarded-Proto and Host of the request; nginx: proxy_set_header Host $http_host;",
                ]);
                return Ok(());
            }
            Some(next) if next.origin() == url.origin() => url = next,
            _ => break reply,
        }
    };
    if page.status == 403 {
        findings.wrong(&format!("{} is refused.", user.username), &[
            "munjigi rules check --url … --user … says by which rule; or probe with somebody whom the app is for",
        ]);
        return Ok(());
    }
    findings.fine(&format!("{} reaches the app ({}).", user.username, page.status));
    if page.body.contains(&mark) {
        findings.wrong("The app sees identity headers that the client wrote itself.", &[
            "nginx: proxy_set_header Remote-User $remote_user_name; and the other three, in the app's location",
            "Caddy: request_header -Remote-* before forward_auth, within route",
            "Traefik: authResponseHeaders: [Remote-User, Remote-Groups, Remote-Name, Remote-Email]",
        ]);
    } else if page.body.contains(&user.username) {
        findings.fine("The app is told who it is, and by nobody else.");
    } else {
        findings.unchecked(
            "whether the app is told who it is: it does not show it (an app that echoes headers would)",
        );
    }
    let secret = cookie.split_once('=').map_or(cookie, |(_, value)| value);
    if page.body.contains(secret) {
        findings.wrong(
            "The app sees the cookie, and could open other apps with it.",
            &["nginx: proxy_set_header Cookie $cookies_for_apps;", "Caddy: the line request_header Cookie"],
        );
    }
    Ok(())
}
