//! What the app receives about a member, tested with a short-lived session of a user.

use anyhow::Context;
use url::Url;

use crate::config::Config;
use crate::http;
use crate::http::auth::cookies::{proxy, session};
use crate::identity::accounts::User;
use crate::identity::audit::Event;
use crate::identity::sessions::{NewSession, SessionKind};
use crate::platform::clock::Clock;
use crate::platform::keys::random_id;
use crate::server::open_keys;

use super::browser::Reply;
use super::findings::Findings;
use super::site::Site;

/// Browsers follow at least as many redirects.
const MAX_REDIRECTS: usize = 10;

/// Starts a session for the user, probes the app with it, and ends it.
pub fn probe(name: &str, site: &Site, config: &Config, findings: &mut Findings) -> anyhow::Result<()> {
    let user = crate::cli::user::find(&site.operator, name)?;
    let keys = open_keys(config, &site.db, &Clock::default())?;
    let portal = http::Site::new(config, site.portal.clone(), &keys, Clock::default());
    let system = actix_web::rt::System::new();
    let (sessions, id) = system.block_on(async {
        let sessions = crate::cli::session::open(&site.db, config)?.sessions;
        let id = sessions.begin(NewSession::by_operator(&user, "munjigi doctor")).await?;
        anyhow::Ok((sessions, id))
    })?;
    site.operator.record(Event::SignedIn, user.id)?;
    let cookie = match site.portal.host_str() == Some(&site.target.host) {
        true => Some(session::issue(&portal, &id, SessionKind::Browser)),
        false => proxy::issue(&portal, &id.key(), false),
    };
    let outcome = match cookie {
        Some(cookie) => Probe::new(site, &user, cookie.name(), cookie.value()).run(findings),
        None => {
            findings
                .skipped("what the app sees of a member: without MUNJIGI_COOKIE_DOMAIN it never sees one");
            Ok(())
        }
    };
    system.block_on(sessions.end(&id.key())).context("the session was not ended")?;
    outcome
}

/// Requests to the app from a member who forges identity headers.
struct Probe<'p> {
    site: &'p Site,
    user: &'p User,
    /// The value of the session cookie.
    secret: &'p str,
    /// Name and value.
    cookie: String,
    /// Appears in a page only if the app shows a forged header.
    mark: String,
}

impl<'p> Probe<'p> {
    fn new(site: &'p Site, user: &'p User, name: &str, secret: &'p str) -> Self {
        let (cookie, mark) = (format!("{name}={secret}"), format!("doctor-{}", random_id()));
        Self { site, user, secret, cookie, mark }
    }

    fn run(&self, findings: &mut Findings) -> anyhow::Result<()> {
        let Some(page) = self.follow_redirects(findings)? else { return Ok(()) };
        if page.status == 403 {
            let change = "munjigi rules check --url … --user … says by which rule; or probe with a user who may open the app";
            findings.problem(&format!("{} is refused.", self.user.username), &[change]);
            return Ok(());
        }
        findings.ok(&format!("{} reaches the app ({}).", self.user.username, page.status));
        self.check_identity_headers(&page, findings);
        self.check_cookie(&page, findings);
        self.check_host(findings);
        Ok(())
    }

    /// Whether the app sees the session cookie, by itself or beside one that the app could have set.
    fn check_cookie(&self, page: &Reply, findings: &mut Findings) {
        let (url, cookie) = (self.site.target.address(), &self.cookie);
        let tossed = format!("x{}=1", cookie.trim_end_matches(self.secret).trim_end_matches('='));
        let sees = |line: &str| {
            let reply = self.site.browser.get(&url, &[("cookie", line)]);
            reply.is_ok_and(|reply| reply.body.contains(self.secret))
        };
        let change = [
            "nginx: proxy_set_header Cookie $cookies_for_apps; with the three maps of cookies in docs/nginx.md",
            "Caddy: the three lines about Cookie in docs/caddy.md",
            "Traefik cannot: trust every app on the domain, or pass no cookies to this one (docs/traefik.md)",
        ];
        if page.body.contains(self.secret) {
            findings.problem("The app sees the cookie, and could open other apps with it.", &change);
        } else if sees(&format!("{tossed}; {cookie}")) || sees(&format!("{cookie}; {tossed}")) {
            findings.problem("The app sees the cookie once it sets one of a similar name.", &change);
        }
    }

    /// Whether the app can be asked for under another host than the one that Munjigi decides about.
    fn check_host(&self, findings: &mut Findings) {
        let (url, other) = (self.site.target.address(), format!("{}.invalid", self.mark));
        let headers = [("cookie", self.cookie.as_str()), ("host", other.as_str())];
        match self.site.browser.get_absolute(&url, &headers) {
            Ok(reply) if reply.body.contains(&other) => findings.problem(
                "The app gets a host other than the one that Munjigi decides about.",
                &["nginx: if ($is_other_host) { return 421; } in the app's server, with its map"],
            ),
            Ok(reply) if !reply.is_success() || reply.body.contains(&self.site.target.host) => {
                findings.ok("A request that names two hosts does not bring the other one to the app.");
            }
            Ok(_) => findings.skipped("which host the app gets: it does not show it"),
            Err(error) => findings.problem(&format!("The app cannot be reached: {error}."), &[]),
        }
    }

    /// The page that the app finally shows; none, and a problem, if the redirects do not lead to one of its pages.
    fn follow_redirects(&self, findings: &mut Findings) -> anyhow::Result<Option<Reply>> {
        let mark = self.mark.as_str();
        let headers = [
            ("cookie", self.cookie.as_str()),
            ("remote-user", mark),
            ("remote-user-id", mark),
            ("remote-groups", mark),
            ("remote-name", mark),
            ("remote-email", mark),
            ("remote-email-verified", mark),
        ];
        let mut url = Url::parse(&self.site.target.address())?;
        let mut seen = Vec::new();
        loop {
            let reply = self.site.browser.get(url.as_str(), &headers)?;
            if self.site.return_to(&reply).is_some() {
                findings.problem(
                    "A member is sent to sign in again, and again: the check does not get the cookie.",
                    &["The proxy must pass on Cookie when it asks; nginx: proxy_pass_request_headers must not be off"],
                );
                return Ok(None);
            }
            seen.push(url.clone());
            let location = reply.location.as_deref().filter(|_| reply.is_redirect());
            match location.and_then(|location| url.join(location).ok()) {
                Some(next) if seen.contains(&next) || seen.len() > MAX_REDIRECTS => {
                    findings.problem(
                        &format!("The app sends a member in circles: {url} → {next}."),
                        &["The app needs X-Forwarded-Proto and Host of the request; nginx: proxy_set_header Host $http_host;"],
                    );
                    return Ok(None);
                }
                Some(next) if next.origin() == url.origin() => url = next,
                _ => return Ok(Some(reply)),
            }
        }
    }

    fn check_identity_headers(&self, page: &Reply, findings: &mut Findings) {
        if page.body.contains(&self.mark) {
            findings.problem("The app sees identity headers that the client wrote itself.", &[
                "nginx: proxy_set_header Remote-User $remote_user_name; and the other five, in the app's location",
                "Caddy: request_header -Remote-* before forward_auth, within route",
                "Traefik: authResponseHeaders: [Remote-User, Remote-User-Id, Remote-Groups, Remote-Name, Remote-Email, Remote-Email-Verified]",
            ]);
        } else if page.body.contains(&self.user.username) {
            findings.ok("The app gets the user's identity, and only from Munjigi.");
        } else {
            findings.skipped(
                "whether the app gets the user's identity: it does not show it (an app that echoes headers would)",
            );
        }
    }
}
