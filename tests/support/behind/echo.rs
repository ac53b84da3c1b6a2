//! An app without sign-in: it returns the request it received, and echoes over a WebSocket.

use std::net::TcpListener;

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use futures_util::StreamExt;

/// Starts it on a thread of its own; it ends with the tests. Its port.
pub fn start() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let app = || {
                App::new()
                    .app_data(web::PayloadConfig::new(16 << 20))
                    .route("/socket", web::get().to(socket))
                    .route("/page", web::get().to(page))
                    .default_service(web::to(describe))
            };
            HttpServer::new(app).workers(1).disable_signals().listen(listener).unwrap().run().await.unwrap();
        });
    });
    port
}

/// The received request as JSON: header values are the text of their bytes.
async fn describe(req: HttpRequest, body: web::Bytes) -> HttpResponse {
    let headers = req.headers().iter();
    let headers: Vec<(String, String)> = headers
        .map(|(name, value)| {
            (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        })
        .collect();
    HttpResponse::Ok().insert_header(("x-app", "reached")).json(serde_json::json!({
        "method": req.method().as_str(),
        "uri": req.uri().to_string(),
        "headers": headers,
        "bytes": body.len(),
        "sum": body.iter().map(|byte| u64::from(*byte)).sum::<u64>(),
    }))
}

/// A page for people, with a form and a way to talk over a WebSocket.
async fn page(req: HttpRequest) -> HttpResponse {
    let header = |name: &str| {
        let value = req.headers().get(name).map_or(&b""[..], |value| value.as_bytes());
        String::from_utf8_lossy(value).into_owned()
    };
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(format!(
        "<!doctype html><title>App</title><h1 id=user>{}</h1><p id=groups>{}</p><p id=query>{}</p>
         <form method=post action=/sent><input name=text><button>Send</button></form>",
        header("remote-user"),
        header("remote-groups"),
        req.query_string(),
    ))
}

async fn socket(req: HttpRequest, stream: web::Payload) -> actix_web::Result<HttpResponse> {
    let user = req.headers().get("remote-user").map_or(&b""[..], |value| value.as_bytes());
    let user = String::from_utf8_lossy(user).into_owned();
    let (response, mut session, mut stream) = actix_ws::handle(&req, stream)?;
    actix_web::rt::spawn(async move {
        while let Some(Ok(message)) = stream.next().await {
            if let actix_ws::Message::Text(text) = message {
                let _ = session.text(format!("{user}: {text}")).await;
            }
        }
    });
    Ok(response)
}
