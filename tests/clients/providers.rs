//! Sign-in by providers of other makers.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use munjigi::identity::oidc::ClientInput;
use reqwest::Method;
use serde_json::{Value, json};
use url::Url;

use crate::support::provider::{leave, offer, section_of};
use crate::support::relying_party::{RelyingParty, destination, input};
use crate::support::{Persona, Reply, TestApp, Tethered, free_port, scratch};

const NODE_PACKAGES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/node");
const NODE_PROVIDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/node/oidc_provider.cjs");
const LEMONLDAP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clients/lemonldap.json");
const CLIENT_ID: &str = "munjigi";
const CLIENT_SECRET: &str = "a-secret-of-the-tests";
/// Longer than any of these takes to start.
const PATIENCE: Duration = Duration::from_secs(30);
const FAILED: &str = "Signing in with Foreign didn’t work";

/// A server that offers a provider on a free port, both not started yet.
struct Ports {
    here: u16,
    provider: u16,
}

impl Ports {
    fn free() -> Self {
        Self { here: free_port(), provider: free_port() }
    }

    fn issuer(&self) -> String {
        format!("http://127.0.0.1:{}", self.provider)
    }

    fn at_here(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}/sign-in/foreign/{path}", self.here)
    }

    /// Starts the server, once the provider answers.
    async fn start(&self) -> TestApp {
        let begun = Instant::now();
        let discovery = format!("{}/.well-known/openid-configuration", self.issuer());
        while !crate::support::get(&discovery).await.is_ok_and(|reply| reply.status() == 200) {
            assert!(begun.elapsed() < PATIENCE, "the provider does not answer");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let text = section_of("Foreign", &self.issuer(), (CLIENT_ID, CLIENT_SECRET));
        let listen = format!("127.0.0.1:{}", self.here);
        TestApp::with(|config| {
            config.listen = listen;
            offer(config, &text);
        })
        .await
    }
}

/// A person with a browser at each of the two.
struct Traveller<'a> {
    here: Persona,
    there: Persona,
    fields: &'a [(&'a str, &'a str)],
}

impl<'a> Traveller<'a> {
    /// `fields`: what they type at the provider.
    fn new(app: &TestApp, ports: &Ports, fields: &'a [(&'a str, &'a str)]) -> Self {
        Self { here: app.visitor(), there: Persona::new(&ports.issuer()), fields }
    }

    /// Goes to this address of the provider, and on until it sends them back: the path and the query of that. Also how
    /// often they had to type.
    async fn pass(&self, address: &Url) -> (String, usize) {
        let path = |url: &Url| url[url::Position::BeforePath..].to_owned();
        let (mut at, mut typed) = (address.clone(), 0);
        let mut reply = self.there.get(&path(&at)).await;
        for _ in 0..12 {
            if [302, 303].contains(&reply.status) {
                at = at.join(reply.header("location")).unwrap();
                if at.path().starts_with("/sign-in/foreign/") {
                    return (path(&at), typed);
                }
                reply = self.there.get(&path(&at)).await;
                continue;
            }
            assert_eq!(reply.status, 200, "{at}: {}", reply.body);
            typed += usize::from(self.asks(&reply));
            // "#" is the page itself.
            if let Some(action) = reply.attributes("form", "action").iter().find(|action| *action != "#") {
                at = at.join(action).unwrap();
            }
            let form = self.filled(&reply);
            let form: Vec<_> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            reply = self.there.post(&path(&at), &form).await;
        }
        panic!("it never sends them back: {at}: {}", reply.body);
    }

    /// Whether the page wants them to type who they are.
    fn asks(&self, page: &Reply) -> bool {
        !page.find(&format!("form input[name={}]", self.fields[0].0)).is_empty()
    }

    /// The form of the page with what they type.
    fn filled(&self, page: &Reply) -> Vec<(String, String)> {
        let of = |attribute| page.attributes("form input[type=hidden]", attribute);
        let hidden = of("name").into_iter().zip(of("value"));
        let typed = self.fields.iter().filter(|_| self.asks(page));
        hidden.chain(typed.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))).collect()
    }

    async fn sign_in(&self, page: &str) -> Reply {
        let (back, _) = self.pass(&leave(&self.here, page, "foreign").await).await;
        self.here.get(&back).await
    }

    async fn register(&self, name: &str) {
        self.sign_in("/login?next=/sessions").await.assert_redirect("/sign-in/foreign/register");
        let form = "/sign-in/foreign/register";
        let page = self.here.get(form).await;
        assert_eq!(page.attributes("#username", "value"), [name], "a suggestion");
        self.here.fill(form, form, &[]).await.assert_redirect("/sessions");
    }

    async fn session(&self) -> Value {
        let reply = self.here.send(self.here.request(Method::GET, "/api/auth/check")).await;
        let answer: Value = serde_json::from_str(&reply.body).unwrap();
        answer["session"].clone()
    }

    /// Proves at the provider that it is them, who asks for that again.
    async fn step_up(&self) {
        let sent = self.here.post("/sign-in/foreign/step-up", &[("back", "/security")]).await;
        let (back, typed) = self.pass(&destination(&sent)).await;
        assert_eq!(typed, 1, "they type their password again");
        self.here.get(&back).await.assert_redirect("/security");
        let page = self.here.get("/security").await;
        assert!(page.text().contains("Foreign confirmed that it’s you"), "{}", page.text());
    }

    async fn fails(&self, back: &str) {
        assert_eq!(self.here.get(back).await.header("location"), "/login");
        let page = self.here.get("/login").await;
        assert!(page.text().contains(FAILED), "{}", page.text());
        assert!(!self.here.is_signed_in().await);
    }

    /// On the way there the nonce is swapped, on the way back the code or the issuer.
    async fn is_tricked(&self, names_issuer: bool) {
        let swapped = |address: &Url, name: &str, value: &str| {
            let mut other = address.clone();
            let pairs: Vec<(String, String)> = address.query_pairs().into_owned().collect();
            let new = pairs
                .iter()
                .map(|(known, old)| (known.as_str(), if known == name { value } else { old.as_str() }));
            other.query_pairs_mut().clear().extend_pairs(new);
            other
        };
        let address = leave(&self.here, "/login", "foreign").await;
        let (back, _) = self.pass(&swapped(&address, "nonce", "of-another-sign-in")).await;
        self.fails(&back).await;
        let address = leave(&self.here, "/login", "foreign").await;
        let (back, _) = self.pass(&swapped(&address, "code_challenge", &"a".repeat(43))).await;
        self.fails(&back).await;
        if names_issuer {
            for iss in ["http://127.0.0.1:1", ""] {
                let (back, _) = self.pass(&leave(&self.here, "/login", "foreign").await).await;
                let url = Url::parse(&format!("http://x{back}")).unwrap();
                assert!(url.query().unwrap().contains("iss="), "{back}");
                let other = swapped(&url, "iss", iss);
                self.fails(&other[url::Position::BeforePath..]).await;
            }
        }
    }
}

#[tokio::test]
async fn a_certified_provider_signs_in_asks_again_and_signs_out() {
    let ports = Ports::free();
    let (port, callback) =
        (format!("PORT={}", ports.provider), format!("REDIRECT_URI={}", ports.at_here("callback")));
    let logout = format!("LOGOUT_URI={}", ports.at_here("backchannel-logout"));
    let (id, secret) = (format!("CLIENT_ID={CLIENT_ID}"), format!("CLIENT_SECRET={CLIENT_SECRET}"));
    let words = ["env", "-C", NODE_PACKAGES, &port, &callback, &logout, &id, &secret, "node", NODE_PROVIDER];
    let _provider = Tethered::start(&words);
    let app = ports.start().await;
    let login = [("login", "mina")];
    let mina = Traveller::new(&app, &ports, &login);
    mina.register("mina").await;
    assert_eq!(app.user("mina").email, "mina@example.org");
    assert!(app.user("mina").email_verified_at.is_some(), "its user information says so");
    assert_eq!(mina.session().await["amr"], json!(["fed", "otp", "pwd"]));
    mina.step_up().await;
    Traveller::new(&app, &ports, &[("login", "eve")]).is_tricked(true).await;

    // The sign-out there ends the session that began with it, and the tokens of apps.
    let wiki = RelyingParty::with(&app, ClientInput { first_party: true, ..input("Wiki") }).await;
    let tokens = wiki.sign_in(&mina.here, &[]).await;
    let other = Traveller::new(&app, &ports, &login);
    other.sign_in("/login").await.assert_redirect("/dashboard");
    let page = mina.there.get("/session/end").await;
    let xsrf = page.attributes("input[name=xsrf]", "value").remove(0);
    assert!(wiki.is_alive(&tokens).await);
    let ended = mina.there.post("/session/end/confirm", &[("xsrf", &xsrf), ("logout", "yes")]).await;
    assert!([200, 302, 303].contains(&ended.status), "{}", ended.body);
    assert!(!mina.here.is_signed_in().await);
    assert!(!wiki.is_alive(&tokens).await);
    assert!(other.here.is_signed_in().await, "another session there is another session here");
    // They may come again, and the provider asks.
    let (back, typed) = mina.pass(&leave(&mina.here, "/login", "foreign").await).await;
    assert_eq!(typed, 1);
    mina.here.get(&back).await.assert_redirect("/dashboard");
}

/// The settings of a portal in this folder.
fn lemonldap(folder: &Path, ports: &Ports) {
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    for name in ["conf", "cache", "sessions/lock", "persistent/lock"] {
        std::fs::create_dir_all(folder.join(name)).unwrap();
    }
    let openssl = |words: &[&str]| {
        let made = Command::new("openssl").args(words).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    };
    openssl(&["genrsa", "-out", &path("key.pem"), "2048"]);
    openssl(&["rsa", "-in", &path("key.pem"), "-pubout", "-out", &path("public.pem")]);
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let mut settings: Value = serde_json::from_str(&std::fs::read_to_string(LEMONLDAP).unwrap()).unwrap();
    let stores =
        |name: &str| json!({"Directory": path(name), "LockDirectory": path(&format!("{name}/lock"))});
    for (name, value) in [
        ("portal", json!(format!("{}/", ports.issuer()))),
        ("oidcServiceMetaDataIssuer", json!(ports.issuer())),
        ("oidcServicePrivateKeySig", json!(read("key.pem"))),
        ("oidcServicePublicKeySig", json!(read("public.pem"))),
        ("globalStorageOptions", stores("sessions")),
        ("persistentStorageOptions", stores("persistent")),
    ] {
        settings[name] = value;
    }
    settings["localSessionStorageOptions"]["cache_root"] = json!(path("cache"));
    let client = &mut settings["oidcRPMetaDataOptions"]["munjigi"];
    client["oidcRPMetaDataOptionsClientID"] = json!(CLIENT_ID);
    client["oidcRPMetaDataOptionsClientSecret"] = json!(CLIENT_SECRET);
    client["oidcRPMetaDataOptionsRedirectUris"] = json!(ports.at_here("callback"));
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
    write("conf/lmConf-1.json", &settings.to_string());
    let ini = format!(
        "[all]\nlogLevel = warn\n[configuration]\ntype = File\ndirName = {}\nlocalStorage = Cache::FileCache\n\
         localStorageOptions = {{'namespace' => 'c', 'cache_root' => '{}'}}\n[portal]\n\
         templateDir = /usr/share/lemonldap-ng/portal/templates\n",
        path("conf"),
        path("cache")
    );
    write("lemonldap-ng.ini", &ini);
    // Its own wants ImageMagick, and is loaded even where no captcha is asked for.
    write(
        "NoCaptcha.pm",
        "package NoCaptcha;\nuse Mouse;\nextends 'Lemonldap::NG::Portal::Main::Plugin';\nsub init { 1 }\n1;\n",
    );
    write("portal.psgi", "use Lemonldap::NG::Portal::Main;\nLemonldap::NG::Portal::Main->run({});\n");
}

#[tokio::test]
async fn lemonldap_signs_in_and_asks_again() {
    let (folder, ports) = (scratch(), Ports::free());
    lemonldap(folder.path(), &ports);
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (settings, modules) =
        (format!("LLNG_DEFAULTCONFFILE={}", path("lemonldap-ng.ini")), format!("PERL5LIB={}", path("")));
    let (port, program) = (ports.provider.to_string(), path("portal.psgi"));
    let words =
        ["env", &settings, &modules, "plackup", "-s", "HTTP::Server::PSGI", "--host", "127.0.0.1", "--port"];
    let _portal = Tethered::start(&[&words[..], &[&port, &program]].concat());
    let app = ports.start().await;
    // Its demonstration has people whose password is their name.
    let login = [("user", "dwho"), ("password", "dwho")];
    let doctor = Traveller::new(&app, &ports, &login);
    doctor.register("dwho").await;
    let begun = Instant::now();
    let user = app.user("dwho");
    assert_eq!((user.email.as_str(), user.display_name.as_str()), ("dwho@badwolf.org", "Doctor Who"));
    assert!(user.email_verified_at.is_some());
    let again = Traveller::new(&app, &ports, &login);
    again.sign_in("/login").await.assert_redirect("/dashboard");
    assert_eq!(app.count("identities"), 1);
    Traveller::new(&app, &ports, &[("user", "msmith"), ("password", "msmith")]).is_tricked(false).await;
    // It does not ask again within a second, and counts whole ones.
    tokio::time::sleep(Duration::from_millis(2_200).saturating_sub(begun.elapsed())).await;
    doctor.step_up().await;
}
