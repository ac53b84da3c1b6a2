//! Requests to providers for JSON.

use serde_json::Value;
use ureq::http::header::{ACCEPT, AUTHORIZATION};

use crate::platform::outgoing::{ClientRequest, HttpClient};

/// The JSON of a successful answer.
///
/// # Errors
/// A clause for the log and the command line. It repeats nothing that was sent.
pub async fn json(http: &HttpClient, request: ClientRequest) -> Result<Value, String> {
    let (status, value) = any_json(http, request).await?;
    if status != 200 {
        return Err(format!("the answer is {status}"));
    }
    value.ok_or_else(|| "the answer is no JSON".to_owned())
}

/// The status of an answer, and its JSON if it is some.
pub async fn any_json(http: &HttpClient, request: ClientRequest) -> Result<(u16, Option<Value>), String> {
    let answer =
        http.send(request.with(ACCEPT, "application/json")).await.map_err(|error| error.to_string())?;
    Ok((answer.status, serde_json::from_slice(&answer.body).ok()))
}

/// A request with an access token.
pub fn bearing(request: ClientRequest, token: &str) -> ClientRequest {
    request.with(AUTHORIZATION, format!("Bearer {token}"))
}
