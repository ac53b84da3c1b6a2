//! Apps whose certificates a private authority has signed (`MUNJIGI_OUTGOING_CA`).

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use jsonwebtoken::Algorithm;
use munjigi::identity::oidc::{AuthMethod, ClientInput, GrantType};
use munjigi::platform::outgoing::{ClientRequest, HttpClient, Reach, Trust};
use serde_json::json;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use crate::support::logout_receiver::{LogoutReceiver, Scripted};
use crate::support::own_key::{ASSERTION_TYPE, OwnKey};
use crate::support::relying_party::{RelyingParty, input};
use crate::support::{Munjigi, TestApp, make_certificate, scratch};

/// An app on this machine, reached by TLS.
struct TlsApp {
    port: u16,
    /// Of the authority, PEM.
    authority: String,
    behind: LogoutReceiver,
    /// Connections that ended before there was a request.
    refused: Arc<AtomicUsize>,
}

impl TlsApp {
    async fn start() -> Self {
        crate::support::choose_tls();
        let folder = scratch();
        let certificate = make_certificate(folder.path());
        let chain = rustls::pki_types::pem::PemObject::pem_file_iter(&certificate.chain).unwrap();
        let key = rustls::pki_types::pem::PemObject::from_pem_file(&certificate.key).unwrap();
        let tls = rustls::ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(chain.collect::<Result<Vec<_>, _>>().unwrap(), key)
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(tls));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (behind, refused) = (LogoutReceiver::start(), Arc::<AtomicUsize>::default());
        let (to, counted) = (behind.origin.replace("http://", ""), Arc::clone(&refused));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, to, counted) = (acceptor.clone(), to.clone(), Arc::clone(&counted));
                tokio::spawn(async move {
                    let Ok(mut stream) = acceptor.accept(stream).await else {
                        counted.fetch_add(1, Ordering::SeqCst);
                        return;
                    };
                    let mut plain = TcpStream::connect(&to).await.unwrap();
                    let _ = tokio::io::copy_bidirectional(&mut stream, &mut plain).await;
                });
            }
        });
        Self { port, authority: certificate.authority, behind, refused }
    }

    fn at(&self, host: &str, path: &str) -> String {
        format!("https://{host}:{}{path}", self.port)
    }

    async fn until_refused(&self, count: usize) {
        let begun = Instant::now();
        while self.refused.load(Ordering::SeqCst) < count {
            assert!(begun.elapsed() < Duration::from_secs(30), "it was not called {count} times");
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }
}

/// What the token endpoint answers to an app with its keys at this address.
async fn by_keys_at(app: &TestApp, url: String, key: &OwnKey) -> u16 {
    let keyed = ClientInput {
        auth_method: Some(AuthMethod::PrivateKeyJwt),
        grants: vec![GrantType::ClientCredentials],
        scopes: vec!["files:read".to_owned()],
        jwks_uri: Some(url.clone()),
        ..ClientInput { name: url, ..ClientInput::default() }
    };
    let keyed = ClientInput { name: keyed.name[..keyed.name.len().min(60)].to_owned(), ..keyed };
    let party = RelyingParty::with(app, keyed).await;
    let claims = OwnKey::claims(&party.client_id, (&app.url, app.clock.now()), json!({}));
    let assertion = key.sign(&claims);
    let fields = [
        ("grant_type", "client_credentials"),
        ("client_assertion_type", ASSERTION_TYPE),
        ("client_assertion", assertion.as_str()),
    ];
    party.post("/oauth/token", &fields).await.status
}

#[tokio::test]
async fn an_app_is_called_only_if_an_authority_vouches_for_it_that_is_trusted() {
    let (backup, other) = (TlsApp::start().await, TlsApp::start().await);
    let key = OwnKey::generate(Algorithm::ES256, "one");
    let keys = Scripted { body: key.set().leak(), ..Scripted::status(200) };
    backup.behind.always(keys.clone());
    other.behind.always(keys);
    let trust = Trust::with(backup.authority.as_bytes()).unwrap();
    let apps = [TestApp::start().await, TestApp::with(|config| config.outgoing_trust = trust.clone()).await];
    for (app, expected) in apps.iter().zip([503, 200]) {
        assert_eq!(by_keys_at(app, backup.at("localhost", "/keys"), &key).await, expected);
        assert_eq!(by_keys_at(app, other.at("localhost", "/keys"), &key).await, 503, "another authority");
        // The certificate is another host's.
        assert_eq!(by_keys_at(app, backup.at("127.0.0.1", "/keys"), &key).await, 503);
    }
    assert_eq!(other.behind.received().len(), 0, "no request is sent to it");

    // The same for providers by which people sign in.
    let get = || ClientRequest::get(backup.at("localhost", "/keys"), Reach::Named);
    assert!(HttpClient::new(&Trust::default()).send(get()).await.is_err());
    assert_eq!(HttpClient::new(&trust).send(get()).await.unwrap().status, 200);

    // And for logout tokens.
    for (app, trusted) in apps.iter().zip([false, true]) {
        let wiki = TlsApp::start().await;
        let (receiver, refused) = if trusted { (&backup, 0) } else { (&wiki, 1) };
        receiver.behind.forget();
        let notified = ClientInput {
            backchannel_logout_uri: Some(receiver.at("localhost", "/logout")),
            ..input("Wiki")
        };
        let party = RelyingParty::with(app, notified).await;
        let mina = app.member("mina").await;
        party.sign_in(&mina, &[]).await;
        mina.post("/logout", &[]).await.assert_redirect("/");
        receiver.until_refused(refused).await;
        if trusted {
            let received = receiver.behind.until(1).await;
            received[0].verified(&app.url, &party.client_id).await;
        }
        let client = app.identity.oidc_clients.named("Wiki").await.unwrap().unwrap();
        let status = app.identity.oidc_clients.logout_status(&client).await.unwrap();
        assert_eq!(receiver.behind.received().len(), usize::from(trusted), "{}", status.waiting);
    }
}

/// What a server with this file of certificates says instead of starting.
fn refusal(file: &Path) -> String {
    let folder = scratch();
    let mut command = Munjigi::command(folder.path());
    let output = command.args(["config", "check"]).env("MUNJIGI_OUTGOING_CA", file).output().unwrap();
    assert!(!output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn a_file_without_certificates_keeps_the_server_from_starting() {
    let folder = scratch();
    let file = folder.path().join("ca.pem");
    let certificate = make_certificate(folder.path());
    let key = std::fs::read_to_string(&certificate.key).unwrap();
    let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    let cut = &certificate.authority[..200];
    let mixed = format!("{}{broken}", certificate.authority);
    for text in ["", "a text", &key, broken, cut, &mixed] {
        std::fs::write(&file, text).unwrap();
        let said = refusal(&file);
        assert!(
            said.contains("MUNJIGI_OUTGOING_CA") && said.contains("certificates in PEM"),
            "{text}: {said}"
        );
    }
    std::fs::remove_file(&file).unwrap();
    let said = refusal(&file);
    assert!(said.contains("MUNJIGI_OUTGOING_CA") && said.contains("No such file"), "{said}");
}
