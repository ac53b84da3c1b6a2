//! GitHub, which has no ID tokens: its API says who an access token belongs to.

use serde_json::Value;

use crate::config::ProviderConfig;
use crate::identity::sessions::ProviderMethods;
use crate::platform::outgoing::{ClientRequest, HttpClient, Reach};

use super::person::{Person, text_of};
use super::requests::{bearing, json};

const API: &str = "https://api.github.com";
/// Entries of one page of a list.
const PAGE: usize = 100;

pub async fn person(
    config: &ProviderConfig,
    issuer: &str,
    http: &HttpClient,
    access: &str,
) -> Result<Person, String> {
    let api = config.api_url.as_deref().unwrap_or(API).trim_end_matches('/');
    let ask = async |path: &str| {
        let request = bearing(ClientRequest::get(format!("{api}{path}"), Reach::Named), access);
        json(http, request).await.map_err(|problem| format!("the API at {path}: {problem}"))
    };
    let user = ask("/user").await?;
    // A login can be given to another account later; the number cannot.
    let id = user.get("id").and_then(Value::as_u64).ok_or("the API names no user")?;
    // Without the scope it answers 404, and the person chooses an address.
    let email = ask("/user/emails").await.ok().and_then(|list| primary(&list));
    let groups = match config.wants_groups() {
        true => groups(
            &ask(&format!("/user/orgs?per_page={PAGE}")).await?,
            &ask(&format!("/user/teams?per_page={PAGE}")).await?,
        ),
        false => Vec::new(),
    };
    let text = |claim: &Option<String>, usual: &str| text_of(&user, claim.as_deref().unwrap_or(usual));
    Ok(Person {
        provider: config.name.clone(),
        issuer: issuer.to_owned(),
        subject: id.to_string(),
        email_verified: email.is_some(),
        email,
        username: text(&config.username_claim, "login"),
        name: text(&config.name_claim, "name"),
        groups,
        hosted_domain: None,
        sid: None,
        auth_time: None,
        amr: ProviderMethods::default(),
        ends_seen: 0,
    })
}

/// The primary address, if it is verified.
fn primary(list: &Value) -> Option<String> {
    let is = |entry: &Value, name: &str| entry.get(name).and_then(Value::as_bool) == Some(true);
    let primary = list.as_array()?.iter().find(|entry| is(entry, "primary"))?;
    text_of(primary, "email").filter(|_| is(primary, "verified"))
}

/// Organisations as `org`, teams as `org/team`.
fn groups(organisations: &Value, teams: &Value) -> Vec<String> {
    let entries = |list: &Value| list.as_array().cloned().unwrap_or_default();
    let organisations =
        entries(organisations).iter().filter_map(|org| text_of(org, "login")).collect::<Vec<_>>();
    let team = |team: &Value| {
        Some(format!("{}/{}", text_of(team.get("organization")?, "login")?, text_of(team, "slug")?))
    };
    organisations.into_iter().chain(entries(teams).iter().filter_map(team)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_a_primary_and_verified_address_counts() {
        let entry = |email: &str, primary: bool, verified: bool| json!({"email": email, "primary": primary, "verified": verified});
        let good = json!([entry("a@example.org", false, true), entry("b@example.org", true, true)]);
        assert_eq!(primary(&good).as_deref(), Some("b@example.org"));
        for bad in [
            json!([entry("a@example.org", false, true), entry("b@example.org", true, false)]),
            json!([{"email": "a@example.org", "primary": true, "verified": "true"}]),
            json!([]),
            json!({"email": "a@example.org"}),
        ] {
            assert_eq!(primary(&bad), None, "{bad}");
        }
        let teams = json!([{"slug": "ops", "organization": {"login": "acme"}}, {"slug": "x"}]);
        assert_eq!(groups(&json!([{"login": "acme"}]), &teams), ["acme", "acme/ops"]);
    }
}
