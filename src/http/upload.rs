//! Forms with a file (`multipart/form-data`, RFC 7578), read as strictly as other forms.

use actix_multipart::Multipart;
use actix_web::HttpRequest;
use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures_util::TryStreamExt;

use super::body::MAX_BYTES;
use super::error::AppError;
use super::form::Fields;

/// Fields of one form.
const MOST: usize = 20;

/// The fields of a form. The content of a file is a field in base64: a page that asks for a proof first contains it, and
/// sends it again as a form without a file. No name of a file is read.
///
/// # Errors
/// 400 for a field that is there twice, has no name or is no UTF-8 text, 415 for another kind of body.
pub async fn fields(req: &HttpRequest, payload: Payload) -> Result<Fields, AppError> {
    let declared = req.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let declared = declared.split(';').next().unwrap_or_default().trim();
    if !declared.eq_ignore_ascii_case("multipart/form-data") {
        let mut payload = payload;
        return <Fields as actix_web::FromRequest>::from_request(req, &mut payload).await;
    }
    let mut parts = Multipart::new(req.headers(), payload);
    let mut fields = Fields::default();
    let mut count = 0;
    while let Some(mut part) = parts.try_next().await.map_err(|_| AppError::BadRequest)? {
        let disposition = part.content_disposition().ok_or(AppError::BadRequest)?;
        let is_file = disposition.get_filename().is_some() || disposition.get_filename_ext().is_some();
        let name = disposition.get_name().filter(|name| !name.is_empty()).ok_or(AppError::BadRequest)?;
        let name = name.to_owned();
        let content = part.bytes(MAX_BYTES).await.map_err(|_| AppError::TooLarge)?;
        let content = content.map_err(|_| AppError::BadRequest)?;
        count += 1;
        if fields.checked(&name) || count > MOST {
            return Err(AppError::BadRequest);
        }
        let text = match is_file {
            true => STANDARD.encode(&content),
            false => String::from_utf8(content.to_vec()).map_err(|_| AppError::BadRequest)?,
        };
        fields.set(&name, text);
    }
    Ok(fields)
}

/// The content of a file of such a form; none if it is no base64.
pub fn content(field: &str) -> Option<Vec<u8>> {
    STANDARD.decode(field).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    async fn read(kind: &str, body: &[u8]) -> Result<Fields, AppError> {
        let request = TestRequest::post().insert_header((CONTENT_TYPE, kind)).set_payload(body.to_vec());
        let (request, payload) = request.to_http_parts();
        fields(&request, payload).await
    }

    fn part(disposition: &str, content: &[u8]) -> Vec<u8> {
        let head = format!("--x\r\nContent-Disposition: form-data; {disposition}\r\n\r\n");
        [head.as_bytes(), content, b"\r\n"].concat()
    }

    const KIND: &str = "multipart/form-data; boundary=x";

    #[actix_web::test]
    async fn a_file_is_read_whole_and_its_name_is_not() {
        let bytes: Vec<u8> = (0..=255).cycle().take(100_000).collect();
        let file = part("name=\"logo\"; filename=\"../../etc/passwd\"", &bytes);
        let body = [part("name=\"a\"", "가".as_bytes()), file, b"--x--\r\n".to_vec()].concat();
        let mut read = read(KIND, &body).await.unwrap();
        assert_eq!(read.take("a"), "가");
        assert_eq!(content(&read.take("logo")), Some(bytes));
        assert_eq!(read, Fields::default());
        // As the page sends it again that asks for a proof.
        let mut again =
            super::tests::read("application/x-www-form-urlencoded", b"logo=AAE%3D").await.unwrap();
        assert_eq!(content(&again.take("logo")), Some(vec![0, 1]));
        assert_eq!(content("<svg/>"), None);
    }

    #[actix_web::test]
    async fn broken_doubled_and_nameless_parts_are_refused() {
        let end = b"--x--\r\n".to_vec();
        for (why, body) in [
            (
                "twice",
                [part("name=\"a\"", b"1"), part("name=\"a\"; filename=\"b\"", b"2"), end.clone()].concat(),
            ),
            ("nameless", [part("filename=\"a\"", b"1"), end.clone()].concat()),
            ("an empty name", [part("name=\"\"", b"1"), end.clone()].concat()),
            ("no text", [part("name=\"a\"", b"\xff"), end.clone()].concat()),
            ("without an end", part("name=\"a\"", b"1")),
            ("no part", b"name=1".to_vec()),
            (
                "too many",
                [(0..=MOST).flat_map(|n| part(&format!("name=\"{n}\""), b"1")).collect(), end].concat(),
            ),
        ] {
            assert!(matches!(read(KIND, &body).await, Err(AppError::BadRequest)), "{why}");
        }
        let whole = [part("name=\"a\"", b"1"), b"--x--\r\n".to_vec()].concat();
        assert!(read(KIND, &whole).await.is_ok());
        assert!(
            matches!(read("multipart/form-data", &whole).await, Err(AppError::BadRequest)),
            "no boundary"
        );
        for kind in ["multipart/mixed; boundary=x", "text/plain", "image/svg+xml", ""] {
            assert!(matches!(read(kind, &whole).await, Err(AppError::UnsupportedMediaType)), "{kind}");
        }
    }
}
