//! Invalid tokens: forged without our key, and signed with our key but with wrong claims.

use std::io::{Read, Write};
use std::net::TcpStream;

use base64::Engine;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};
use ed25519_dalek::{Signer, SigningKey};
use hmac::{Hmac, KeyInit, Mac};
use munjigi::platform::keys::Secrets;
use reqwest::Method;
use serde_json::{Value, json};
use sha2::Sha256;

use crate::support::{ApiClient, PASSWORD, TestApp};

fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn parts(token: &str) -> Vec<String> {
    token.split('.').map(str::to_owned).collect()
}

fn decoded(part: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

/// A server with a signed-in user, and its signing key in an attacker's hands, so that every other check is
/// tested by itself.
struct Forge {
    app: TestApp,
    client: ApiClient,
    key: SigningKey,
    header: Value,
    claims: Value,
}

impl Forge {
    async fn start() -> Self {
        let app = TestApp::start().await;
        app.clock.stop();
        app.member("mina").await;
        app.member("noa").await;
        let client = app.client_of("mina").await;
        let secrets = Secrets::from_file(&app.config.data_dir.join("secret.key")).ok().unwrap();
        let key = SigningKey::from_bytes(&secrets.newest().derive("access token signature 1"));
        let given = parts(&client.access);
        Self { app, client, key, header: decoded(&given[0]), claims: decoded(&given[1]) }
    }

    fn sign(&self, header: &Value, claims: &Value) -> String {
        self.sign_text(&header.to_string(), &claims.to_string())
    }

    fn sign_text(&self, header: &str, claims: &str) -> String {
        let message = format!("{}.{}", encode(header), encode(claims));
        format!("{message}.{}", encode(self.key.sign(message.as_bytes()).to_bytes()))
    }

    /// Signed with the real key, with claims changed by this function.
    fn with(&self, name: &str, value: Value) -> String {
        let mut claims = self.claims.clone();
        claims[name] = value;
        self.sign(&self.own_header(), &claims)
    }

    fn without(&self, name: &str) -> String {
        let mut claims = self.claims.clone();
        claims.as_object_mut().unwrap().remove(name);
        self.sign(&self.own_header(), &claims)
    }

    /// The header in the order that the server writes it.
    fn own_header(&self) -> Value {
        self.header.clone()
    }

    fn with_header(&self, name: &str, value: Value) -> String {
        let mut header = self.header.clone();
        header[name] = value;
        self.sign(&header, &self.claims)
    }

    /// Signed as HS256 with any value that an attacker may use as the key.
    fn hmac(&self, alg: &str, key: &[u8]) -> String {
        let mut header = self.header.clone();
        header["alg"] = json!(alg);
        let message = format!("{}.{}", encode(header.to_string()), encode(self.claims.to_string()));
        let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
        mac.update(message.as_bytes());
        format!("{message}.{}", encode(mac.finalize().into_bytes()))
    }

    fn now(&self) -> i64 {
        self.app.clock.now()
    }

    fn corpus(&self) -> Vec<(String, String)> {
        let given = parts(&self.client.access);
        let public = self.key.verifying_key();
        let (now, kid) = (self.now(), self.header["kid"].clone());
        let mut bad: Vec<(String, String)> = Vec::new();
        let mut add = |what: &str, token: String| bad.push((what.to_owned(), token));
        for alg in ["none", "None", "nOnE", "HS256", "RS256", "PS256", "ES256", "Ed448", "eddsa"] {
            add(&format!("alg {alg}"), self.with_header("alg", json!(alg)));
        }
        add("alg none, unsigned", {
            let signed = parts(&self.with_header("alg", json!("none")));
            format!("{}.{}.", signed[0], signed[1])
        });
        add("alg as a list", self.with_header("alg", json!(["EdDSA"])));
        add("alg null", self.with_header("alg", Value::Null));
        add("HS256 with the public key", self.hmac("HS256", public.as_bytes()));
        add("HS256 with its text", self.hmac("HS256", encode(public.as_bytes()).as_bytes()));
        add("EdDSA that is an HMAC", self.hmac("EdDSA", public.as_bytes()));
        add("an empty HMAC key", self.hmac("HS256", b""));
        for other in [json!("../../dev/null"), json!("' OR 1=1 --"), json!(""), json!(1), Value::Null] {
            add(&format!("kid {other}"), self.with_header("kid", other));
        }
        add("jku", self.with_header("jku", json!("http://127.0.0.1:1/keys")));
        add("x5u", self.with_header("x5u", json!("http://127.0.0.1:1/keys")));
        let own = SigningKey::from_bytes(&[7; 32]);
        let jwk = json!({"kty": "OKP", "crv": "Ed25519", "x": encode(own.verifying_key().as_bytes())});
        add("a key in the header", self.with_header("jwk", jwk));
        add("crit", self.with_header("crit", json!(["exp"])));
        add("typ JWT", self.with_header("typ", json!("JWT")));
        add("another key's signature", {
            let message = format!("{}.{}", given[0], given[1]);
            format!("{message}.{}", encode(own.sign(message.as_bytes()).to_bytes()))
        });
        for (name, value) in [
            ("iss", json!("https://evil.example")),
            ("iss", json!(format!("{}/", self.app.url))),
            ("aud", json!("https://evil.example")),
            ("aud", json!([self.app.url])),
            ("aud", json!([self.app.url, "https://evil.example"])),
            ("typ", json!("refresh")),
            ("typ", json!("id")),
            ("sub", json!("2")),
            ("sub", json!(1)),
            ("sub", json!("01x")),
            ("sid", json!("A".repeat(43))),
            ("sid", json!("")),
            ("amr", json!("pwd")),
            ("auth_time", json!("now")),
            ("epoch", json!(self.claims["epoch"].as_i64().unwrap() - 1)),
            ("epoch", json!(self.claims["epoch"].as_i64().unwrap() + 1)),
            ("epoch", json!("1")),
            ("exp", json!(now - 1)),
            ("exp", json!(now)),
            ("exp", json!((now + 300).to_string())),
            ("exp", json!(-1)),
            ("exp", json!(1e20)),
            ("exp", json!((now + 300) as f64 + 0.5)),
            ("exp", Value::Null),
            ("iat", json!(now + 3600)),
            ("iat", json!("now")),
            ("nbf", json!(now + 3600)),
            ("nbf", json!((now + 3600).to_string())),
            ("scope", json!("everything")),
            ("scope", json!(["posts:read"])),
            ("admin", json!(true)),
        ] {
            add(&format!("{name} {value}"), self.with(name, value));
        }
        for name in "iss sub aud iat exp jti sid epoch scope amr auth_time typ".split(' ') {
            add(&format!("without {name}"), self.without(name));
        }
        let twice = self.claims.to_string().replacen('{', "{\"exp\":1,", 1);
        add("a claim twice", self.sign_text(&self.header_text(), &twice));
        add("claims that are a list", self.sign_text(&self.header_text(), "[]"));
        add("claims that are no JSON", self.sign_text(&self.header_text(), "{"));
        let spaced = format!("{} ", self.header_text());
        add("a header with a space", self.sign_text(&spaced, &self.claims.to_string()));
        add("another order in the header", {
            let header = format!(r#"{{"typ":"at+jwt","kid":{kid},"alg":"EdDSA"}}"#);
            self.sign_text(&header, &self.claims.to_string())
        });
        add("payload swapped", {
            let other = encode(json!({"sub": "2"}).to_string());
            format!("{}.{other}.{}", given[0], given[2])
        });
        add(
            "padded",
            given
                .iter()
                .map(|part| URL_SAFE.encode(URL_SAFE_NO_PAD.decode(part).unwrap()))
                .collect::<Vec<_>>()
                .join("."),
        );
        add("two parts", format!("{}.{}", given[0], given[1]));
        add("four parts", format!("{}.x", self.client.access));
        add("five parts", format!("{}.x.y", self.client.access));
        add("truncated", self.client.access[..self.client.access.len() - 1].to_owned());
        add("only dots", "..".to_owned());
        add("empty", String::new());
        add("quoted", format!("\"{}\"", self.client.access));
        add("a comma behind it", format!("{},", self.client.access));
        add("100 kB", "A".repeat(100_000));
        add("100 kB of parts", format!("{}.{}.{}", given[0], "A".repeat(100_000), given[2]));
        bad
    }

    fn header_text(&self) -> String {
        String::from_utf8(URL_SAFE_NO_PAD.decode(&parts(&self.client.access)[0]).unwrap()).unwrap()
    }
}

#[tokio::test]
async fn every_bad_token_is_401_and_none_is_500() {
    let forge = Forge::start().await;
    let same = forge.sign_text(&forge.header_text(), &forge.claims.to_string());
    let get = async |credentials: &str| {
        forge.client.send(Method::GET, "/api/auth/check", credentials, None).await.status
    };
    assert_eq!(get(&format!("Bearer {same}")).await, 200, "the forge works");
    let corpus = forge.corpus();
    assert!(corpus.len() >= 80, "{}", corpus.len());
    for (what, token) in corpus {
        assert_eq!(get(&format!("Bearer {token}")).await, 401, "{what}");
        let refreshed = forge.client.try_refresh(&token).await.status;
        assert_eq!(refreshed, 401, "{what}, as a refresh token");
    }
    assert_eq!(get(&format!("Bearer {same}")).await, 200, "none of it ended a session");
    assert_eq!(forge.client.try_refresh(&forge.client.refresh).await.status, 200);
}

#[tokio::test]
async fn a_token_of_a_megabyte_is_turned_away_before_anyone_looks_at_it() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let client = app.client_of("mina").await;
    let address = app.url.strip_prefix("http://").unwrap().to_owned();
    let head = format!(
        "GET /api/auth/check HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}",
        "A".repeat(1_000_000)
    );
    let answer = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        // The server answers and closes before it has read the whole request.
        let _ = stream.write_all(head.as_bytes());
        let mut start = [0; 12];
        stream.read_exact(&mut start).map(|()| start)
    });
    assert_eq!(&answer.await.unwrap().unwrap(), b"HTTP/1.1 431");
    assert_eq!(client.try_refresh(&"A".repeat(1_000_000)).await.status, 413);
    assert!(client.is_signed_in().await);
}

#[tokio::test]
async fn odd_authorization_headers_are_401() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let client = app.client_of("mina").await;
    let token = &client.access;
    for line in [format!("bearer {token}"), format!("BEARER   {token} ")] {
        assert_eq!(client.send(Method::GET, "/api/auth/check", &line, None).await.status, 200, "{line}");
    }
    for line in [
        token.clone(),
        "Bearer".to_owned(),
        "Bearer ".to_owned(),
        format!("Basic {token}"),
        format!("Bearer Bearer {token}"),
        format!("Bearer {token} {token}"),
        format!("Bearer\t{token}"),
        format!("Token {token}"),
        format!("Bearer {token}, Bearer {token}"),
    ] {
        assert_eq!(client.send(Method::GET, "/api/auth/check", &line, None).await.status, 401, "{line}");
    }
    let visitor = app.visitor();
    let twice = visitor.request(Method::GET, "/api/auth/check").header("authorization", client.bearer());
    let twice = twice.header("authorization", client.bearer());
    assert_eq!(visitor.send(twice).await.status, 401, "two of them");
    let bytes = reqwest::header::HeaderValue::from_bytes(b"Bearer \xff\xfe").unwrap();
    let request = visitor.request(Method::GET, "/api/auth/check").header("authorization", bytes);
    assert_eq!(visitor.send(request).await.status, 401, "no text");
    let query = format!("/api/auth/check?access_token={token}");
    assert_eq!(visitor.get(&query).await.status, 401, "a token in the address counts for nothing");
}

#[tokio::test]
async fn a_token_of_a_deleted_account_fits_no_later_account() {
    let app = TestApp::start().await;
    let mina = app.member("mina").await;
    let client = app.client_of("mina").await;
    mina.post("/profile/delete", &[("current_password", PASSWORD)]).await.assert_redirect("/");
    app.execute("DELETE FROM retired_names");
    app.member("mina").await;
    assert!(!client.is_signed_in().await);
    assert_eq!(client.try_refresh(&client.refresh).await.status, 401);
}
