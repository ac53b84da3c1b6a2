//! The checks of an ID token (OpenID Connect Core 1.0 §3.1.3.7).

use serde_json::Value;

use crate::config::{ProviderConfig, ProviderKind};
use crate::platform::clock::{LEEWAY, Timestamp};
use crate::platform::jws::Verified;

use super::metadata::{Metadata, TENANT};

/// Characters of a subject (§2).
const LONGEST_SUBJECT: usize = 255;
/// Seconds by which a token may be older than now when it is received.
const OLDEST: i64 = 15 * 60;

/// Who an ID token says is there.
pub struct Subject {
    pub issuer: String,
    pub subject: String,
}

/// What the token was asked with.
pub struct Expected<'e> {
    pub metadata: &'e Metadata,
    pub nonce: &'e str,
    pub now: Timestamp,
}

/// Checks the claims of a token whose signature is verified.
///
/// # Errors
/// A clause for the log.
pub fn check(token: &Verified, config: &ProviderConfig, expected: &Expected<'_>) -> Result<Subject, String> {
    let claims = &token.claims;
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    // Another kind of token by the same keys is no ID token (RFC 8725 §3.11).
    if !matches!(token.typ.as_str(), "" | "jwt") {
        return Err("it is a token of another type".to_owned());
    }
    let issuer = issuer(claims, expected.metadata).ok_or("it is of another issuer")?;
    check_audience(claims, &config.client_id)?;
    let at = |name: &str| claims.get(name).and_then(Value::as_f64).map(|at| at as Timestamp);
    let now = expected.now;
    if at("exp").is_none_or(|exp| exp + LEEWAY <= now) {
        return Err("it has expired".to_owned());
    }
    if at("iat").is_none_or(|iat| iat > now + LEEWAY || iat < now - OLDEST) {
        return Err("it was not issued now".to_owned());
    }
    if at("nbf").is_some_and(|nbf| nbf > now + LEEWAY) {
        return Err("it is not valid yet".to_owned());
    }
    if text("nonce") != Some(expected.nonce) {
        return Err("its nonce is another".to_owned());
    }
    let subject = match config.kind {
        // `sub` is another one for each app; this one stays (Microsoft: "ID token claims").
        ProviderKind::Microsoft => text("oid").ok_or("it has no oid; the scope profile is needed")?,
        _ => text("sub").ok_or("it has no subject")?,
    };
    if subject.is_empty() || subject.len() > LONGEST_SUBJECT {
        return Err("its subject does not fit".to_owned());
    }
    Ok(Subject { issuer, subject: subject.to_owned() })
}

/// The issuer, if it is the expected one; one of many tenants must be that of the token's tenant.
pub fn issuer(claims: &Value, metadata: &Metadata) -> Option<String> {
    let issuer = claims.get("iss")?.as_str()?;
    let fits = match metadata.has_tenants() {
        false => issuer == metadata.issuer,
        true => {
            let tenant = claims.get("tid")?.as_str()?;
            let is_id =
                tenant.len() == 36 && tenant.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
            is_id && issuer == metadata.issuer.replace(TENANT, tenant)
        }
    };
    fits.then(|| issuer.to_owned())
}

/// The token is for this app, and for others only if it says that this one asked for it.
pub fn check_audience(claims: &Value, client_id: &str) -> Result<(), String> {
    let azp = claims.get("azp").map(|azp| azp.as_str() == Some(client_id));
    let fits = match claims.get("aud") {
        Some(Value::String(audience)) => audience == client_id,
        Some(Value::Array(all)) => {
            all.iter().any(|each| each == client_id) && (all.len() == 1 || azp == Some(true))
        }
        _ => false,
    };
    match fits && azp != Some(false) {
        true => Ok(()),
        false => Err("it is for another app".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::metadata::{Endpoint, TokenAuth};
    use super::*;
    use crate::platform::outgoing::Reach;
    use serde_json::json;

    fn metadata(issuer: &str) -> Metadata {
        Metadata {
            issuer: issuer.to_owned(),
            authorize: String::new(),
            token: Endpoint { url: String::new(), reach: Reach::Named },
            jwks: None,
            userinfo: None,
            names_issuer: false,
            token_auth: TokenAuth::Post,
        }
    }

    fn claims() -> Value {
        json!({"iss": "https://id.example.org", "aud": "7", "sub": "s", "exp": 2000, "iat": 1000, "nonce": "n"})
    }

    fn checked(kind: ProviderKind, issuer: &str, claims: &Value, typ: &str) -> Result<Subject, String> {
        let config = super::super::provider::tests::config(kind, issuer);
        let token = Verified { typ: typ.to_owned(), claims: claims.clone() };
        check(&token, &config, &Expected { metadata: &metadata(issuer), nonce: "n", now: 1010 })
    }

    #[test]
    fn every_claim_counts() {
        let check = |claims: &Value| checked(ProviderKind::Oidc, "https://id.example.org", claims, "jwt");
        let good = check(&claims()).unwrap();
        assert_eq!((good.issuer.as_str(), good.subject.as_str()), ("https://id.example.org", "s"));
        for (name, value) in [
            ("iss", json!("https://id.example.org/")),
            ("iss", json!("https://evil.example")),
            ("iss", Value::Null),
            ("aud", json!("8")),
            ("aud", json!(["8"])),
            ("aud", json!(["7", "8"])),
            ("aud", json!([])),
            ("aud", Value::Null),
            ("azp", json!("8")),
            ("azp", Value::Null),
            ("exp", json!(900)),
            ("exp", json!("2000")),
            ("exp", Value::Null),
            ("iat", json!(5000)),
            ("iat", json!(1)),
            ("iat", Value::Null),
            ("nbf", json!(5000)),
            ("nonce", json!("m")),
            ("nonce", json!("")),
            ("nonce", Value::Null),
            ("sub", json!("")),
            ("sub", json!(7)),
            ("sub", json!("s".repeat(256))),
            ("sub", Value::Null),
        ] {
            let mut claims = claims();
            claims[name] = value.clone();
            assert!(check(&claims).is_err(), "{name} {value}");
        }
        for (name, value) in [("aud", json!(["7"])), ("azp", json!("7")), ("exp", json!(2000.5))] {
            let mut claims = claims();
            claims[name] = value.clone();
            assert!(check(&claims).is_ok(), "{name} {value}");
        }
        for typ in ["at+jwt", "logout+jwt"] {
            assert!(checked(ProviderKind::Oidc, "https://id.example.org", &claims(), typ).is_err(), "{typ}");
        }
    }

    #[test]
    fn a_tenant_issues_for_itself_alone() {
        let all = "https://login.microsoftonline.com/{tenantid}/v2.0";
        let tenant = "11111111-2222-3333-4444-555555555555";
        let mut claims = claims();
        claims["iss"] = json!(all.replace(TENANT, tenant));
        claims["tid"] = json!(tenant);
        claims["oid"] = json!("person");
        let check = |claims: &Value| checked(ProviderKind::Microsoft, all, claims, "jwt");
        assert_eq!(check(&claims).unwrap().subject, "person");
        for (name, value) in [
            ("tid", json!("11111111-2222-3333-4444-666666666666")),
            ("tid", json!("../11111111-2222-3333-4444-5555555555")),
            ("tid", Value::Null),
            ("iss", json!(all)),
            ("oid", Value::Null),
        ] {
            let mut claims = claims.clone();
            claims[name] = value.clone();
            assert!(check(&claims).is_err(), "{name} {value}");
        }
    }
}
