//! Checks that need no session.

use crate::config::{Config, is_within};
use crate::forward_auth::rules::{Decision, Target};

use super::findings::Findings;
use super::site::Site;

/// The local settings that sign-in for the app depends on.
pub fn settings(site: &Site, config: &Config, findings: &mut Findings) {
    let Site { target, portal, .. } = site;
    if target.scheme != portal.scheme() {
        let sentence =
            format!("The app is asked for by {}, the portal by {}.", target.scheme, portal.scheme());
        findings.problem(&sentence, &["Serve both by https; cookies for https do not travel by http."]);
    }
    let shares_host = portal.host_str() == Some(&target.host);
    let domain = config.cookie_domain.as_deref().filter(|domain| is_within(&target.host, domain));
    match (shares_host, domain) {
        (true, _) => findings.ok("The app shares the portal's host, and with it the session cookie."),
        (false, Some(domain)) => findings.ok(&format!("{} gets the cookie of {domain}.", target.host)),
        (false, None) => {
            let sentence = format!("No cookie of Munjigi reaches {}.", target.host);
            findings
                .problem(&sentence, &["Munjigi: MUNJIGI_COOKIE_DOMAIN=the domain that both hosts are in"]);
        }
    }
    match site.decision() {
        Decision::SignIn | Decision::SecondFactor => findings.ok("By rules and apps, an anonymous user is asked to sign in there."),
        Decision::Allow => findings.problem(
            "By your rules everyone is allowed there, signed in or not.",
            &["Probe a page that takes signing in, or change the rule (munjigi rules check --url … names it)."],
        ),
        Decision::Deny => findings.problem(
            "No rule and no app allows anyone there.",
            &["Munjigi: add the app under /admin/apps, or a [[rule]] to the file in MUNJIGI_RULES"],
        ),
    }
    if config.trusted_proxies.is_empty() {
        let change = ["Munjigi: MUNJIGI_TRUSTED_PROXIES=the address from which the proxy asks"];
        findings.problem("No proxy is trusted, so no proxy headers are accepted.", &change);
    }
}

/// Whether the proxy in front of the portal is trusted too: it answers what only trusted proxies may ask.
pub fn portal_proxy(site: &Site, config: &Config, findings: &mut Findings) {
    let url = format!("{}api/authz/auth-request", site.portal);
    let address = site.target.address();
    let headers = [("x-original-method", "GET"), ("x-original-url", address.as_str())];
    match site.browser.get(&url, &headers).map(|reply| reply.status) {
        Ok(200 | 401 | 403) => findings.ok("The proxy in front of the portal is trusted."),
        Ok(status @ (400 | 421)) if !config.trusted_proxies.is_empty() => findings.problem(
            &format!(
                "The proxy in front of the portal is not trusted, so all its clients count as one. ({status})"
            ),
            &["Munjigi: MUNJIGI_TRUSTED_PROXIES=the addresses from which proxies ask (the log names them)"],
        ),
        _ => {}
    }
}

/// Whether an anonymous user is redirected to sign in.
pub fn anonymous(site: &Site, findings: &mut Findings) -> bool {
    let reply = match site.browser.get(&site.target.address(), &[]) {
        Ok(reply) => reply,
        Err(error) => {
            findings.problem(&format!("The app cannot be reached: {error}."), &[]);
            return false;
        }
    };
    if site.return_to(&reply).is_some() {
        findings.ok("An anonymous user is sent to sign in.");
        return true;
    }
    let (sentence, change) = not_redirected(reply.status);
    findings.problem(&format!("{sentence} ({})", reply.status), change);
    false
}

/// What a status other than the redirect means for an anonymous user, and the lines to change.
fn not_redirected(status: u16) -> (&'static str, &'static [&'static str]) {
    match status {
        200..=299 => (
            "An anonymous user gets in.",
            &[
                "nginx: auth_request /internal/munjigi/authz; in the app's server",
                "Caddy: import munjigi before reverse_proxy, within route",
                "Traefik: middlewares: [munjigi] at the app's router",
            ],
        ),
        300..=399 => (
            "An anonymous user is sent elsewhere than to the portal.",
            &[
                "Munjigi: MUNJIGI_PUBLIC_URL=what people type to get to the portal",
                "If the app sent them there, it was reached: then the line that asks Munjigi is missing.",
            ],
        ),
        401 => ("An anonymous user gets a bare 401.", &["nginx: error_page 401 =302 $sign_in;"]),
        403 => (
            "An anonymous user is refused, not asked to sign in.",
            &[
                "nginx: proxy_set_header X-Original-URL $scheme://$host:$server_port$request_uri;",
                "Munjigi: a [[rule]] for this address, or the app under /admin/apps",
            ],
        ),
        400 | 421 | 500 => (
            "Munjigi does not understand or trust the proxy.",
            &[
                "Munjigi: MUNJIGI_TRUSTED_PROXIES=the address from which the proxy asks (the log names it)",
                "nginx: proxy_set_header X-Original-Method $request_method;",
                "nginx: proxy_set_header X-Original-URL $scheme://$host:$server_port$request_uri;",
            ],
        ),
        404 => (
            "There is nothing at the address where the proxy asks.",
            &[
                "nginx: proxy_pass http://munjigi/api/authz/auth-request;",
                "Caddy: uri /api/authz/forward-auth",
            ],
        ),
        _ => (
            "The proxy does not reach Munjigi, or Munjigi its database.",
            &[
                "nginx: server 127.0.0.1:8080; in upstream munjigi (where Munjigi listens)",
                "Caddy: forward_auth 127.0.0.1:8080 (where Munjigi listens)",
            ],
        ),
    }
}

/// Whether sign-in returns to the requested page, with the right scheme.
pub fn return_to(site: &Site, config: &Config, findings: &mut Findings) {
    let Site { target, portal, browser, .. } = site;
    let url = target.address();
    let url = format!("{url}{}munjigi=doctor%26x", if url.contains('?') { '&' } else { '?' });
    let back = browser.get(&url, &[]).ok().and_then(|reply| site.return_to(&reply)).unwrap_or_default();
    match Target::parse(&back) {
        Some(back) if Some(&back) == Target::parse(&url).as_ref() => {
            findings.ok("Sign-in comes back to the very page, with its query.");
        }
        Some(back) if back.scheme != target.scheme => findings.problem(
            &format!("Sign-in would come back by {}.", back.scheme),
            &["nginx: X-Original-URL with $scheme, or https:// where something before nginx speaks https"],
        ),
        _ => findings.problem(
            &format!("Sign-in would come back to {back:?}."),
            &["nginx: proxy_set_header X-Original-URL $scheme://$host:$server_port$request_uri;"],
        ),
    }
    let (origin, is_listed) = (target.origin(), site.is_allowed_target(config));
    if is_listed {
        findings.ok("Sign-in may lead there.");
    } else {
        let change = format!("Munjigi: MUNJIGI_ALLOWED_ORIGINS={origin}, or the app under /admin/apps");
        findings.problem("Sign-in would end on the dashboard.", &[&change]);
    }
    match browser.get(&format!("{portal}login?rd={}", encoded(&url)), &[]) {
        Ok(page) if !page.is_success() => {
            findings.problem(&format!("The portal answers {} where people sign in.", page.status), &[]);
        }
        Ok(page)
            if is_listed
                && !page.policy.contains(&origin)
                && portal.origin().ascii_serialization() != origin =>
        {
            let change = ["Munjigi: restart it, so that it knows the settings of today"];
            findings.problem("The running portal does not know that it may lead there.", &change);
        }
        Ok(_) => findings.ok("The portal shows the page to sign in."),
        Err(error) => findings.problem(&format!("The portal cannot be reached: {error}."), &[]),
    }
}

fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// Whether the app is also closed to scripts and programs.
pub fn scripts(site: &Site, findings: &mut Findings) {
    let headers = [("accept", "application/json"), ("x-requested-with", "XMLHttpRequest")];
    match site.browser.get(&site.target.address(), &headers) {
        Ok(reply) if reply.is_success() => findings.problem("A script gets in without signing in.", &[]),
        Ok(_) => findings.ok("A script gets nothing without signing in."),
        Err(error) => findings.problem(&format!("The app cannot be reached: {error}."), &[]),
    }
}

/// Whether forged proxy headers fail to grant access to an anonymous user.
pub fn forged_headers(site: &Site, findings: &mut Findings) {
    let (host, portal) = (site.target.host.as_str(), site.portal.host_str().unwrap_or_default());
    let elsewhere = format!("https://{portal}/");
    let forgeries: &[(&str, &[(&str, &str)])] = &[
        ("Remote-User", &[("remote-user", "admin"), ("remote-groups", "admins")]),
        ("Remote_User", &[("Remote_User", "admin")]),
        ("X-Forwarded-Host and -Uri", &[("x-forwarded-host", portal), ("x-forwarded-uri", "/healthz")]),
        ("X-Forwarded-Method", &[("x-forwarded-method", "OPTIONS"), ("x-original-method", "OPTIONS")]),
        ("X-Original-URL", &[("x-original-url", &elsewhere), ("x-rewrite-url", "/healthz")]),
        ("X-Forwarded-For", &[("x-forwarded-for", "127.0.0.1"), ("x-real-ip", "127.0.0.1")]),
        ("X-Forwarded-Host, twice", &[("x-forwarded-host", host), ("x-forwarded-host", portal)]),
        ("Connection", &[("connection", "x-forwarded-uri, x-original-url, cookie")]),
    ];
    let url = site.target.address();
    let gets_in =
        |headers: &[(&str, &str)]| site.browser.get(&url, headers).is_ok_and(|reply| reply.is_success());
    let accepted: Vec<&str> =
        forgeries.iter().filter(|(_, headers)| gets_in(headers)).map(|(name, _)| *name).collect();
    if accepted.is_empty() {
        return findings.ok("Forged proxy headers give no access.");
    }
    findings.problem(
        &format!("A forged {} gives an anonymous user access.", accepted.join(", ")),
        &[
            "nginx: proxy_set_header X-Original-URL and X-Original-Method in location = /internal/munjigi/authz",
            "Caddy: no trusted_proxies but real ones; Traefik: trustForwardHeader: false",
        ],
    );
}
