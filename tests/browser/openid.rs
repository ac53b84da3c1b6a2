//! An app signs a person in, in a real Chromium, which holds every redirect after a form to the page's `form-action`.

use std::io::{Read, Write};
use std::net::TcpListener;

use munjigi::identity::oidc::ClientInput;

use crate::support::relying_party::{RelyingParty, input};
use crate::support::{Chromium, PASSWORD, TestApp, chromium_setup};

/// An app that answers its callback with a redirect to another origin, as many do; returns its two ports.
fn serve() -> [u16; 2] {
    let listeners = [(); 2].map(|()| TcpListener::bind("127.0.0.1:0").unwrap());
    let ports = [0, 1].map(|which: usize| listeners[which].local_addr().unwrap().port());
    let home = format!("http://localhost:{}/home", ports[1]);
    for listener in listeners {
        let home = home.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (mut stream, mut request) = (stream.unwrap(), [0; 8192]);
                let count = stream.read(&mut request).unwrap_or_default();
                let request = String::from_utf8_lossy(&request[..count]).into_owned();
                let answer = match request.split(' ').take(2).collect::<Vec<_>>().as_slice() {
                    ["GET", path] if path.starts_with("/cb?code=mjoc_") => {
                        format!("HTTP/1.1 302 Found\r\nLocation: {home}\r\nContent-Length: 0\r\n")
                    }
                    ["POST", "/cb"] => {
                        format!("HTTP/1.1 303 See Other\r\nLocation: {home}\r\nContent-Length: 0\r\n")
                    }
                    ["GET", "/home"] => {
                        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 20\r\n".to_owned()
                    }
                    _ => "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n".to_owned(),
                };
                let body = if answer.contains("Length: 20") { "<main>Welcome</main>" } else { "" };
                let _ = stream.write_all(format!("{answer}Connection: close\r\n\r\n{body}").as_bytes());
            }
        });
    }
    ports
}

#[tokio::test]
async fn from_an_app_through_sign_in_and_consent_and_back_to_it() {
    let app = TestApp::start().await;
    app.member("mina").await;
    let callback = format!("http://127.0.0.1:{}/cb", serve()[0]);
    for scripts in [true, false] {
        let (asks, own) = (format!("Wiki {scripts}"), format!("Own {scripts}"));
        let wiki = RelyingParty::register(&app, &asks).await;
        let own = RelyingParty::with(&app, ClientInput { first_party: true, ..input(&own) }).await;
        let browser = Chromium::open_as(&app.url, chromium_setup("en", scripts)).await;
        let to = ("redirect_uri", callback.as_str());
        // A first-party app right after the sign-in form.
        browser.go(&own.address(&[to])).await;
        browser.arrives_at("/login").await;
        browser.type_into("#login", "mina").await;
        browser.type_into("#password", PASSWORD).await;
        browser.click("main button").await;
        browser.arrives_at("/home").await;
        assert_eq!(browser.text().await, "Welcome");
        // One that asks.
        browser.go(&wiki.address(&[to])).await;
        browser.click("button[value=allow]").await;
        browser.arrives_at("/home").await;
        // And one that is remembered, and reads forms.
        browser.go(&wiki.address(&[to])).await;
        browser.arrives_at("/home").await;
        browser.go(&wiki.address(&[to, ("response_mode", "form_post")])).await;
        if !scripts {
            browser.click("main button").await;
        }
        browser.arrives_at("/home").await;
        browser.close().await;
    }
}
