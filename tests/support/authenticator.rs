//! An authenticator app that a user has set up: its codes come from `oathtool`, which shares no code with Munjigi.

use std::process::Command;

use super::{Persona, Reply, TestApp};

pub struct Authenticator {
    /// Base32, as the page shows it.
    pub secret: String,
    /// The recovery codes that came with it.
    pub recovery: Vec<String>,
}

impl Authenticator {
    /// The code that the app shows at a second.
    pub fn code_at(&self, at: i64) -> String {
        let made = Command::new("oathtool")
            .args(["--totp", "--base32", &self.secret, "--now", &format!("@{at}")])
            .output()
            .unwrap_or_else(|error| panic!("oathtool: {error}; tests/run installs what tests need"));
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        String::from_utf8(made.stdout).unwrap().trim().to_owned()
    }

    /// An unused code: that of the next step, to which the clock is moved.
    pub fn next_code(&self, app: &TestApp) -> String {
        app.clock.advance(30);
        self.code_at(app.clock.now())
    }
}

impl TestApp {
    /// Sets up an app, through the real page.
    pub async fn set_up_totp(&self, persona: &Persona) -> Authenticator {
        let (app, reply) = self.try_totp(persona).await;
        // After a passkey, the codes that the member has already stay.
        assert!(matches!(reply.status, 200 | 303), "{}", reply.text());
        Authenticator { recovery: reply.find(".codes code"), ..app }
    }

    /// The same, with the answer.
    pub async fn try_totp(&self, persona: &Persona) -> (Authenticator, Reply) {
        // Tests of codes and of exact limits move the clock.
        self.clock.stop();
        let page = persona.get("/security/totp").await;
        let app = Authenticator { secret: page.find("#totp-secret").remove(0), recovery: Vec::new() };
        let sealed = page.attributes("input[name=secret]", "value").remove(0);
        let code = app.code_at(self.clock.now());
        let reply = persona.post("/security/totp", &[("secret", &sealed), ("code", &code)]).await;
        (app, reply)
    }

    /// A signed-in user with an app.
    pub async fn member_with_totp(&self, name: &str) -> (Persona, Authenticator) {
        let persona = self.member(name).await;
        let app = self.set_up_totp(&persona).await;
        (persona, app)
    }

    /// A user who has entered the password, but not yet a code.
    pub async fn pending_sign_in(&self, name: &str) -> Persona {
        let persona = self.visitor();
        persona.sign_in(name).await.assert_redirect("/login/verify");
        persona
    }
}

impl Persona {
    pub async fn verify(&self, code: &str) -> Reply {
        self.post("/login/verify", &[("code", code)]).await
    }
}
