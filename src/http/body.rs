//! A request's body, limited in size and time. Read completely before any handler starts.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::body::{BodySize, MessageBody};
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING};
use actix_web::web::{Bytes, BytesMut};
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;

use super::error::AppError;

/// Forms and JSON bodies are small: the largest is a post of 10,000 characters, each up to 12 bytes in a form.
pub const MAX_BYTES: usize = 128 * 1024;
const DEADLINE: Duration = Duration::from_secs(30);

/// Reads the whole body and makes it available to the handler's extractor.
///
/// # Errors
/// 413 beyond `MAX_BYTES`, 415 if compressed, 408 if it does not arrive in time, 400 if it is cut off. Unread
/// data stays in the request.
pub async fn read(req: &mut ServiceRequest) -> Result<(), AppError> {
    let announced =
        req.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if announced.unwrap_or(0) == 0 && !req.headers().contains_key(TRANSFER_ENCODING) {
        // An upgrade request has no length and may stream without end.
        drop(req.take_payload());
        return Ok(());
    }
    if req.headers().contains_key(CONTENT_ENCODING) {
        return Err(AppError::UnsupportedMediaType);
    }
    if announced.is_some_and(|length| length > MAX_BYTES) {
        return Err(AppError::TooLarge);
    }
    let mut payload = req.take_payload();
    match tokio::time::timeout(DEADLINE, collect(&mut payload)).await.unwrap_or(Err(AppError::TooSlow)) {
        Ok(whole) => {
            req.set_payload(Payload::from(whole));
            Ok(())
        }
        Err(error) => {
            req.set_payload(payload);
            Err(error)
        }
    }
}

/// The whole body, which must be declared as `kind`; an empty body may be declared as anything.
pub fn of_type(
    req: &HttpRequest,
    payload: &mut Payload,
    kind: &'static str,
) -> LocalBoxFuture<'static, Result<Bytes, AppError>> {
    let declared = req.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let declared = declared.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let body = Bytes::from_request(req, payload);
    Box::pin(async move {
        let body = body.await.map_err(|_| AppError::BadRequest)?;
        let fits = declared == kind || body.is_empty();
        fits.then_some(body).ok_or(AppError::UnsupportedMediaType)
    })
}

async fn collect(payload: &mut Payload) -> Result<Bytes, AppError> {
    let mut whole = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| AppError::BadRequest)?;
        if whole.len() + chunk.len() > MAX_BYTES {
            return Err(AppError::TooLarge);
        }
        whole.extend_from_slice(&chunk);
    }
    Ok(whole.freeze())
}

/// A response body that holds the request's unread data until it is sent: actix then closes the connection.
/// Otherwise it would wait indefinitely for the rest of an unwanted chunked body.
pub struct BesideUnread {
    page: Bytes,
    _unread: Payload,
}

impl BesideUnread {
    pub fn new(page: Bytes, unread: Payload) -> Self {
        Self { page, _unread: unread }
    }
}

impl MessageBody for BesideUnread {
    type Error = std::convert::Infallible;

    fn size(&self) -> BodySize {
        BodySize::Sized(self.page.len() as u64)
    }

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        let page = std::mem::take(&mut self.page);
        Poll::Ready((!page.is_empty()).then_some(Ok(page)))
    }
}
