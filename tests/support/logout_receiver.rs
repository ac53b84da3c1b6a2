//! An app's logout address: a server that stores the logout tokens it gets, and answers as scripted.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{DecodingKey, Validation};
use serde_json::{Value, json};

/// How it answers one request.
#[derive(Clone, Debug, Default)]
pub struct Scripted {
    pub status: u16,
    pub after: Duration,
    pub body: &'static str,
    pub location: Option<String>,
    /// Seconds by which its clock is ahead; none if it does not send the time.
    pub ahead: Option<i64>,
}

impl Scripted {
    pub fn status(status: u16) -> Self {
        Self { status, ..Self::default() }
    }
}

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Received {
    pub at: Instant,
    pub method: String,
    pub path: String,
    pub content_type: String,
    pub body: String,
}

#[derive(Default)]
struct State {
    received: Vec<Received>,
    script: VecDeque<Scripted>,
    /// Once the script is over.
    usual: Option<Scripted>,
}

#[derive(Clone)]
pub struct LogoutReceiver {
    pub origin: String,
    state: Arc<Mutex<State>>,
}

impl LogoutReceiver {
    /// Answers 200 unless scripted otherwise.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::<Mutex<State>>::default();
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let shared = Arc::clone(&shared);
                std::thread::spawn(move || answer(stream, &shared));
            }
        });
        Self { origin, state }
    }

    /// Its logout address.
    pub fn url(&self) -> String {
        format!("{}/logout", self.origin)
    }

    /// How it answers the next requests.
    pub fn script(&self, answers: impl IntoIterator<Item = Scripted>) {
        self.state.lock().unwrap().script.extend(answers);
    }

    /// How it answers whatever is not scripted.
    pub fn always(&self, answer: Scripted) {
        self.state.lock().unwrap().usual = Some(answer);
    }

    pub fn received(&self) -> Vec<Received> {
        self.state.lock().unwrap().received.clone()
    }

    /// What has come, once there are this many.
    pub async fn until(&self, count: usize) -> Vec<Received> {
        let deadline = Instant::now() + Duration::from_secs(30);
        loop {
            let received = self.received();
            if received.len() >= count {
                return received;
            }
            assert!(Instant::now() < deadline, "{} requests came, not {count}", received.len());
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    pub fn forget(&self) {
        self.state.lock().unwrap().received.clear();
    }
}

impl Received {
    /// The logout token.
    pub fn token(&self) -> &str {
        self.body.strip_prefix("logout_token=").unwrap_or_else(|| panic!("{self:?}"))
    }

    /// The claims of the token, unverified.
    pub fn claims(&self) -> Value {
        super::relying_party::claims(self.token())
    }

    /// The claims, verified as an app does (OpenID Connect Back-Channel Logout 1.0 §2.6).
    pub async fn verified(&self, issuer: &str, client_id: &str) -> Value {
        assert_eq!((self.method.as_str(), self.path.as_str()), ("POST", "/logout"));
        assert_eq!(self.content_type, "application/x-www-form-urlencoded");
        let keys = super::get(&format!("{issuer}/oauth/jwks.json")).await.unwrap();
        let keys: JwkSet = keys.json().await.unwrap();
        let header = jsonwebtoken::decode_header(self.token()).unwrap();
        assert_eq!(header.typ.as_deref(), Some("logout+jwt"));
        let key = DecodingKey::from_jwk(keys.find(&header.kid.unwrap()).unwrap()).unwrap();
        let mut validation = Validation::new(header.alg);
        validation.set_audience(&[client_id]);
        validation.set_issuer(&[issuer]);
        validation.set_required_spec_claims(&["exp", "aud", "iss", "sub"]);
        let claims = jsonwebtoken::decode::<Value>(self.token(), &key, &validation).unwrap().claims;
        let mut names: Vec<&str> = claims.as_object().unwrap().keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["aud", "events", "exp", "iat", "iss", "jti", "sid", "sub"]);
        assert_eq!(claims["events"], json!({"http://schemas.openid.net/event/backchannel-logout": {}}));
        assert!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap() <= 120);
        claims
    }
}

fn answer(stream: TcpStream, state: &Mutex<State>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let Some(received) = read(&mut reader) else { return };
    let scripted = {
        let mut state = state.lock().unwrap();
        state.received.push(received);
        let next = state.script.pop_front();
        next.or_else(|| state.usual.clone()).unwrap_or_else(|| Scripted::status(200))
    };
    std::thread::sleep(scripted.after);
    let location = scripted.location.map(|to| format!("Location: {to}\r\n")).unwrap_or_default();
    let date = scripted.ahead.map(|ahead| {
        let at = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(ahead);
        format!("Date: {}\r\n", at.strftime("%a, %d %b %Y %H:%M:%S GMT"))
    });
    let _ = write!(
        &stream,
        "HTTP/1.1 {} Scripted\r\n{location}{}Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{}",
        scripted.status,
        date.unwrap_or_default(),
        scripted.body.len(),
        scripted.body,
    );
}

fn read(reader: &mut BufReader<TcpStream>) -> Option<Received> {
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split(' ').map(str::to_owned);
    let (method, path) = (words.next()?, words.next()?);
    let (mut length, mut content_type) = (0, String::new());
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        match name.to_lowercase().as_str() {
            "content-length" => length = value.parse().unwrap(),
            "content-type" => value.clone_into(&mut content_type),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Received { at: Instant::now(), method, path, content_type, body: String::from_utf8(body).unwrap() })
}
