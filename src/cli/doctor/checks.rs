//! What can be seen without being signed in.

use std::net::{IpAddr, Ipv4Addr};

use actix_web::http::Method;
use url::Url;

use crate::config::{Config, is_within};
use crate::forward_auth::rules::{Question, Target, Verdict, verdict};

use super::Patient;
use super::browser::Reply;
use super::findings::Findings;

impl Patient {
    /// What the rules and the apps say to a stranger.
    fn expected(&self) -> Verdict {
        let address = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let question = Question { target: &self.target, method: &Method::GET, address };
        verdict(&self.gate.deciders(&question, &self.apps), None)
    }

    /// The address that the portal is asked to come back to, if this answer leads there.
    pub fn leads_to_portal(&self, reply: &Reply) -> Option<String> {
        let location = Url::parse(reply.location.as_deref()?).ok()?;
        let is_ours = location.origin() == self.portal.origin() && location.path() == "/login";
        let back = location.query_pairs().find(|(name, _)| name == "rd");
        is_ours.then(|| back.map(|(_, back)| back.into_owned()).unwrap_or_default())
    }
}

/// The settings here that the address depends on.
pub fn settings(patient: &Patient, config: &Config, findings: &mut Findings) {
    let Patient { target, portal, .. } = patient;
    if target.scheme != portal.scheme() {
        let sentence =
            format!("The app is asked for by {}, the portal by {}.", target.scheme, portal.scheme());
        findings.wrong(&sentence, &["Serve both by https; cookies for https do not travel by http."]);
    }
    let shares_host = portal.host_str() == Some(&target.host);
    let domain = config.cookie_domain.as_deref().filter(|domain| is_within(&target.host, domain));
    match (shares_host, domain) {
        (true, _) => findings.fine("The app shares the portal's host, and with it the session cookie."),
        (false, Some(domain)) => findings.fine(&format!("{} gets the cookie of {domain}.", target.host)),
        (false, None) => {
            let sentence = format!("No cookie of ours reaches {}.", target.host);
            findings.wrong(&sentence, &["Munjigi: MUNJIGI_COOKIE_DOMAIN=the domain that both hosts are in"]);
        }
    }
    match patient.expected() {
        Verdict::SignIn | Verdict::SecondFactor => findings.fine("By rules and apps, a stranger is asked to sign in there."),
        Verdict::Admitted => findings.wrong(
            "By your rules everyone is let in there, signed in or not.",
            &["Probe a page that takes signing in, or change the rule (munjigi rules check --url … names it)."],
        ),
        Verdict::Refused => findings.wrong(
            "No rule and no app lets anyone in there.",
            &["Munjigi: add the app under /admin/apps, or a [[rule]] to the file in MUNJIGI_RULES"],
        ),
    }
    if config.trusted_proxies.is_empty() {
        let change = ["Munjigi: MUNJIGI_TRUSTED_PROXIES=the address from which the proxy asks"];
        findings.wrong("No proxy is trusted, so none is believed.", &change);
    }
}

/// Whether a stranger is sent to sign in.
pub fn stranger(patient: &Patient, findings: &mut Findings) -> bool {
    let reply = match patient.browser.get(&patient.target.address(), &[]) {
        Ok(reply) => reply,
        Err(error) => {
            findings.wrong(&format!("The app cannot be reached: {error}."), &[]);
            return false;
        }
    };
    if patient.leads_to_portal(&reply).is_some() {
        findings.fine("A stranger is sent to sign in.");
        return true;
    }
    let (sentence, change): (&str, &[&str]) = match reply.status {
        200..=299 => (
            "A stranger gets in.",
            &[
                "nginx: auth_request /internal/munjigi/authz; in the app's server",
                "Caddy: import munjigi before reverse_proxy, within route",
                "Traefik: middlewares: [munjigi] at the app's router",
            ],
        ),
        300..=399 => (
            "A stranger is sent elsewhere than to the portal.",
            &[
                "Munjigi: MUNJIGI_PUBLIC_URL=what people type to get to the portal",
                "If the app sent them there, it was reached: then the line that asks Munjigi is missing.",
            ],
        ),
        401 => ("A stranger gets a bare 401.", &["nginx: error_page 401 =302 $sign_in;"]),
        403 => (
            "A stranger is refused, not asked to sign in.",
            &[
                "nginx: proxy_set_header X-Original-URL $scheme://$host:$server_port$request_uri;",
                "Munjigi: a [[rule]] for this address, or the app under /admin/apps",
            ],
        ),
        400 | 500 => (
            "Munjigi does not understand or believe the proxy.",
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
    };
    findings.wrong(&format!("{sentence} ({})", reply.status), change);
    false
}

/// Whether sign-in comes back to the page that was asked for, by the right scheme.
pub fn way_back(patient: &Patient, config: &Config, findings: &mut Findings) {
    let Patient { target, portal, browser, .. } = patient;
    let url = target.address();
    let url = format!("{url}{}munjigi=doctor%26x", if url.contains('?') { '&' } else { '?' });
    let back =
        browser.get(&url, &[]).ok().and_then(|reply| patient.leads_to_portal(&reply)).unwrap_or_default();
    match Target::parse(&back) {
        Some(back) if Some(&back) == Target::parse(&url).as_ref() => {
            findings.fine("Sign-in comes back to the very page, with its query.");
        }
        Some(back) if back.scheme != target.scheme => findings.wrong(
            &format!("Sign-in would come back by {}.", back.scheme),
            &["nginx: X-Original-URL with $scheme, or https:// where something before nginx speaks https"],
        ),
        _ => findings.wrong(
            &format!("Sign-in would come back to {back:?}."),
            &["nginx: proxy_set_header X-Original-URL $scheme://$host:$server_port$request_uri;"],
        ),
    }
    let origin = target.origin();
    let is_listed = config.allowed_origins.iter().any(|known| known.ascii_serialization() == origin)
        || patient.apps.iter().any(|app| app.address.origin().ascii_serialization() == origin)
        || portal.origin().ascii_serialization() == origin;
    if is_listed {
        findings.fine("Sign-in may lead there.");
    } else {
        let change = format!("Munjigi: MUNJIGI_ALLOWED_ORIGINS={origin}, or the app under /admin/apps");
        findings.wrong("Sign-in would end on the dashboard.", &[&change]);
    }
    match browser.get(&format!("{portal}login?rd={}", encoded(&url)), &[]) {
        Ok(page) if !page.is_success() => {
            findings.wrong(&format!("The portal answers {} where people sign in.", page.status), &[]);
        }
        Ok(page)
            if is_listed
                && !page.policy.contains(&origin)
                && portal.origin().ascii_serialization() != origin =>
        {
            let change = ["Munjigi: restart it, so that it knows the settings of today"];
            findings.wrong("The running portal does not know that it may lead there.", &change);
        }
        Ok(_) => findings.fine("The portal shows the page to sign in."),
        Err(error) => findings.wrong(&format!("The portal cannot be reached: {error}."), &[]),
    }
}

fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// Scripts and programs get no page of the app, either.
pub fn scripts(patient: &Patient, findings: &mut Findings) {
    let headers = [("accept", "application/json"), ("x-requested-with", "XMLHttpRequest")];
    match patient.browser.get(&patient.target.address(), &headers) {
        Ok(reply) if reply.is_success() => findings.wrong("A script gets in without signing in.", &[]),
        Ok(_) => findings.fine("A script gets nothing without signing in."),
        Err(error) => findings.wrong(&format!("The app cannot be reached: {error}."), &[]),
    }
}

/// Whoever forges what proxies say is let in by none of it.
pub fn forged(patient: &Patient, findings: &mut Findings) {
    let (host, portal) = (patient.target.host.as_str(), patient.portal.host_str().unwrap_or_default());
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
    let url = patient.target.address();
    let is_let_in =
        |headers: &[(&str, &str)]| patient.browser.get(&url, headers).is_ok_and(|reply| reply.is_success());
    let believed: Vec<&str> =
        forgeries.iter().filter(|(_, headers)| is_let_in(headers)).map(|(name, _)| *name).collect();
    if believed.is_empty() {
        return findings.fine("What a client forges of a proxy's headers lets nobody in.");
    }
    findings.wrong(
        &format!("A forged {} lets a stranger in.", believed.join(", ")),
        &[
            "nginx: proxy_set_header X-Original-URL and X-Original-Method in location = /internal/munjigi/authz",
            "Caddy: no trusted_proxies but real ones; Traefik: trustForwardHeader: false",
        ],
    );
}
