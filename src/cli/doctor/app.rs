//! `munjigi doctor app`: whether an app that signs users in by OpenID Connect is registered as it needs to be, and whether it
//! can be reached.

use std::sync::Arc;

use url::Url;

use crate::config::Config;
use crate::identity::oidc::{
    AuthMethod, LogoutStatus, OidcClient, OidcClients, RedirectUri, Refusal, SigningAlg,
};
use crate::platform::clock::{Clock, LEEWAY};
use crate::platform::outgoing::{Answered, Outgoing};

use super::super::app;
use super::findings::Findings;

/// Seconds for which a refused request is worth a look.
const RECENT: i64 = 24 * 3600;

/// What the database knows of an app.
struct Known {
    client: Arc<OidcClient>,
    status: LogoutStatus,
    refusals: Vec<Refusal>,
    /// Members of its groups.
    admitted: usize,
}

/// Checks the app with this name.
pub fn check(name: &str, config: &Config, findings: &mut Findings) -> anyhow::Result<()> {
    let clients = app::open(config)?;
    let known = actix_web::rt::System::new().block_on(read(&clients, name))?;
    let outgoing = Outgoing::new(&config.outgoing_trust);
    issuer(config, &outgoing, findings);
    registration(&known, findings);
    if let Some(url) = &known.client.registration.jwks_uri {
        keys((&known.client, url), &outgoing, findings);
    }
    refused(&known, findings);
    match &known.client.registration.backchannel_logout_uri {
        Some(url) => {
            logout_address((&known.client, url), &outgoing, findings);
            deliveries(&known.status, findings);
        }
        None => findings.skipped("its logout address: it has none (--backchannel-logout-uri), so it learns of no session that ends"),
    }
    Ok(())
}

async fn read(clients: &OidcClients, name: &str) -> anyhow::Result<Known> {
    let client = app::find(clients, name).await?;
    Ok(Known {
        status: clients.logout_status(&client).await?,
        refusals: clients.refusals(&client).await?,
        admitted: clients.members_of_groups(&client).await?,
        client,
    })
}

/// Whether apps find this server, under the name that its tokens have.
fn issuer(config: &Config, outgoing: &Outgoing, findings: &mut Findings) {
    let Some(url) = &config.public_url else {
        let change = ["Munjigi: MUNJIGI_PUBLIC_URL=what people type to get here"];
        return findings.problem("Apps do not know this server's issuer.", &change);
    };
    let issuer = url.as_str().trim_end_matches('/');
    let answer = outgoing.get(&format!("{issuer}/.well-known/openid-configuration"));
    let described = answer.map(|answered| serde_json::from_slice::<serde_json::Value>(&answered.body));
    match described {
        Ok(Ok(described)) if described["issuer"] == issuer => {
            findings.ok(&format!("Apps find this server at {issuer}."));
        }
        Ok(Ok(described)) if described["issuer"].is_string() => findings.problem(
            &format!("{issuer} says that the issuer is {}.", described["issuer"]),
            &["Munjigi: restart it, so that it knows the settings of today"],
        ),
        Ok(_) => findings.problem(
            &format!("Something else answers at {issuer}/.well-known/openid-configuration."),
            &["The proxy in front of Munjigi: pass every path on, /.well-known/ too"],
        ),
        Err(error) => findings.problem(&format!("{issuer} cannot be reached from here: {error}."), &[]),
    }
}

/// The command that changes the app, ready to be pasted.
fn change(client: &OidcClient, options: &[&str]) -> String {
    let words = [client.name.as_str()].into_iter().chain(options.iter().copied()).map(shell);
    format!("munjigi app change {}", words.collect::<Vec<_>>().join(" "))
}

/// A word as shells read it: addresses come from anyone.
fn shell(word: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:".contains(&byte);
    match !word.is_empty() && word.bytes().all(is_plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

fn registration(known: &Known, findings: &mut Findings) {
    let Known { client, admitted, .. } = known;
    let registration = &client.registration;
    if client.disabled {
        let remove = format!("munjigi app remove {}", shell(&client.name));
        let hint = ["Declare it again in the file of MUNJIGI_APPS, or remove it:", remove.as_str()];
        findings.problem("It is disabled.", &hint);
    }
    match (registration.has_people(), client.restricted, admitted) {
        (true, true, 0) => findings.problem(
            "No member can sign in to it: its groups are empty.",
            &[
                "Add members to its groups under /admin/groups, or open it to everyone:",
                &change(client, &["--no-group"]),
            ],
        ),
        (true, true, count) => findings.ok(&format!("{count} members of its groups can sign in to it.")),
        (true, false, _) => findings.ok("Every member can sign in to it."),
        (false, ..) => findings.ok("It acts for itself; no user signs in to it."),
    }
    let uris = registration.redirect_uris.iter().map(|uri| uri.as_str());
    match uris.clone().count() {
        0 => {}
        _ => findings.ok(&format!("It may return to {}.", uris.collect::<Vec<_>>().join(", "))),
    }
    match (registration.auth_method, client.secrets()) {
        (AuthMethod::None, _) => findings.ok("It has no secret, and uses PKCE."),
        (AuthMethod::PrivateKeyJwt, _) => findings.ok("It authenticates by its own key."),
        (_, 0) => {
            let rotate = format!("munjigi app rotate-secret {}", shell(&client.name));
            findings.problem("It has no secret.", &[&rotate]);
        }
        (_, 1) => findings.ok("It has one secret, which does not expire."),
        (_, _) => {
            findings.ok("It has two secrets, which do not expire; the older one ends with the next rotation.")
        }
    }
    match registration.id_token_alg {
        SigningAlg::Rs256 => findings.ok("Its tokens are signed by RS256, which every app knows."),
        other => findings.ok(&format!(
            "Its tokens are signed by {}. If it refuses them: {}",
            other.name(),
            change(client, &["--id-token-alg", "RS256"])
        )),
    }
}

/// Whether its public keys are at their address.
fn keys((client, url): (&OidcClient, &str), outgoing: &Outgoing, findings: &mut Findings) {
    let set = match outgoing.get(url) {
        Ok(Answered { status: 200, body, .. }) => serde_json::from_slice(&body).unwrap_or_default(),
        Ok(Answered { status, .. }) => {
            let hint = format!("{} ADDRESS, or the file of its keys", change(client, &["--jwks"]));
            return findings.problem(&format!("Its keys are not at {url}: it answers {status}."), &[&hint]);
        }
        Err(error) => return findings.problem(&format!("{url} cannot be reached: {error}."), &[]),
    };
    let set: serde_json::Value = set;
    match set["keys"].as_array().map(Vec::len) {
        Some(count @ 1..) => findings.ok(&format!("Its public keys ({count}) are at {url}.")),
        _ => findings.problem(&format!("There is no set of keys at {url} (RFC 7517)."), &[]),
    }
}

/// What it sent that is not as registered, if that would be refused still.
fn refused(known: &Known, findings: &mut Findings) {
    let registration = &known.client.registration;
    let now = Clock::default().now();
    let recent = known.refusals.iter().filter(|refusal| refusal.at > now - RECENT);
    for Refusal { parameter, received, .. } in recent {
        let (registered, option) = match parameter.as_str() {
            "redirect_uri" => (&registration.redirect_uris, "--redirect-uri"),
            _ => (&registration.post_logout_redirect_uris, "--post-logout-redirect-uri"),
        };
        if registered.iter().any(|uri| uri.matches(received)) {
            continue;
        }
        let registered: Vec<&str> = registered.iter().map(|uri| uri.as_str()).collect();
        // The option replaces all addresses of before.
        let all: Vec<&str> =
            registered.iter().copied().chain([received.as_str()]).flat_map(|uri| [option, uri]).collect();
        let hint = match RedirectUri::parse(received) {
            Ok(_) => format!("If that is the app: {}", change(&known.client, &all)),
            Err(_) => "No app can be registered with that address; change it in the app".to_owned(),
        };
        findings.problem(
            &format!("A request was refused: {parameter} received {received:?}, registered {registered:?}."),
            &[&hint],
        );
    }
}

/// Whether logout tokens would reach it. `OPTIONS` changes nothing there, so what it answers says little more than that.
fn logout_address((client, url): (&OidcClient, &str), outgoing: &Outgoing, findings: &mut Findings) {
    let answered = match outgoing.options(url) {
        Ok(answered) => answered,
        Err(error) => {
            let change = ["Is the app running, and its name known on this machine?"];
            return findings.problem(&format!("{url} cannot be reached: {error}."), &change);
        }
    };
    let Answered { status, location, .. } = &answered;
    let target = location.as_deref().and_then(|to| Url::parse(url).ok()?.join(to).ok());
    let hint = match target.filter(|to| to.scheme() == "https") {
        Some(to) => change(client, &["--backchannel-logout-uri", to.as_str()]),
        None => "It must answer at its own address, by https".to_owned(),
    };
    match status {
        300..=399 => findings.problem(
            &format!(
                "{url} redirects ({status}) to {}. Redirects are not followed.",
                location.as_deref().unwrap_or("nowhere")
            ),
            &[&hint],
        ),
        404 | 410 => findings.problem(
            &format!("There is nothing at {url} ({status})."),
            &["The app's own documentation names its address for back-channel logout"],
        ),
        500.. if *status != 501 => findings.problem(
            &format!("{url} does not work: it answers {status}."),
            &["Its log, or that of the proxy in front of it, says why"],
        ),
        _ => findings.ok(&format!("{url} answers ({status} to OPTIONS).")),
    }
    clock(&answered, findings);
}

/// Whether its clock agrees with ours: an app refuses tokens that are not valid yet, or no longer.
fn clock(answered: &Answered, findings: &mut Findings) {
    let Some(date) = answered.date else {
        return findings.skipped("its clock: it does not send the time");
    };
    let ahead = date - Clock::default().now();
    match ahead.abs() {
        seconds if seconds < LEEWAY => findings.ok("Its clock agrees with the one here."),
        seconds => {
            let way = if ahead > 0 { "ahead of" } else { "behind" };
            findings.problem(
                &format!("Its clock is {seconds} seconds {way} the one here, so it may refuse tokens."),
                &["Synchronize both clocks, such as by systemd-timesyncd or chrony"],
            );
        }
    }
}

/// How the last deliveries went.
fn deliveries(status: &LogoutStatus, findings: &mut Findings) {
    let LogoutStatus { waiting, delivered_at, last_failure } = status;
    match (delivered_at, last_failure) {
        (delivered, Some(failure)) if delivered.is_none_or(|at| at < failure.at) => {
            let outcome = if failure.given_up { "is given up" } else { "is tried again" };
            findings.problem(
                &format!(
                    "The last logout token was not delivered ({}) and {outcome}; {waiting} wait.",
                    failure.reason
                ),
                &["The app's log says why it refused the token"],
            );
        }
        (Some(_), _) => findings.ok("The last logout token was delivered."),
        _ => findings.skipped("deliveries: no logout token has been sent to it yet"),
    }
}
