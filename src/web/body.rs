//! A request's body: at most so large, and there within so long. Read whole before any handler begins.

use std::time::Duration;

use actix_web::HttpMessage;
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use actix_web::web::{Bytes, BytesMut};
use futures_util::StreamExt;

use super::AppError;

/// Forms and JSON bodies are small.
pub const MAX_BYTES: usize = 64 * 1024;
const DEADLINE: Duration = Duration::from_secs(30);

/// Puts the whole body where the handler's extractor finds it.
///
/// # Errors
/// 413 beyond `MAX_BYTES`, 408 when it is not there in time, 400 when it breaks off.
pub async fn read(req: &mut ServiceRequest) -> Result<(), AppError> {
    let announced = req
        .headers()
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if announced.unwrap_or(0) == 0 && !req.headers().contains_key(TRANSFER_ENCODING) {
        return Ok(());
    }
    if announced.is_some_and(|length| length > MAX_BYTES) {
        return Err(AppError::TooLarge);
    }
    let whole = tokio::time::timeout(DEADLINE, collect(req.take_payload()))
        .await
        .map_err(|_| AppError::TooSlow)??;
    req.set_payload(Payload::from(whole));
    Ok(())
}

async fn collect(mut payload: Payload) -> Result<Bytes, AppError> {
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
