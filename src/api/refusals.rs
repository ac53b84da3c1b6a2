//! The error responses of the API, for its description: each handler lists the names of those it may return.

use std::collections::BTreeMap;

use utoipa::IntoResponses;
use utoipa::openapi::header::Header;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder};

use crate::http::problem::CONTENT_TYPE;

type Responses = BTreeMap<String, RefOr<Response>>;

macro_rules! refusals {
    ($($name:ident $status:literal $(with $header:literal)?: $description:literal;)+) => {
        $(
            #[doc = $description]
            pub struct $name;

            impl IntoResponses for $name {
                fn responses() -> Responses {
                    BTreeMap::from([($status.to_owned(), Ref::from_response_name(stringify!($name)).into())])
                }
            }
        )+

        /// All of them by name, each with its problem.
        pub fn all() -> impl Iterator<Item = (&'static str, Response)> {
            [$((stringify!($name), problem($description, &[$($header)?]))),+].into_iter()
        }
    };
}

refusals! {
    Broken "400": "The request cannot be read: it breaks off, or it is no JSON, or no UTF-8.";
    Unauthorized "401" with "WWW-Authenticate": "No user is signed in.";
    StepUp "401" with "WWW-Authenticate": "No user is signed in, or the user last authenticated too long ago, as the challenge then says (RFC 9470).";
    Forbidden "403": "The request comes from another site, or the caller may not do this.";
    NotFound "404": "There is nothing here, or nothing that the caller may see.";
    TooSlow "408": "The body did not come within 30 seconds.";
    Conflict "409": "It was changed since it was read.";
    TooLarge "413": "The body is larger than 128 kB.";
    UnsupportedMediaType "415": "The body is of another type than described, or compressed.";
    Misdirected "421": "The request is for a host name that this server does not answer to.";
    Unprocessable "422": "What was sent is of another shape than described, or its fields have faults.";
    TooMany "429" with "Retry-After": "Too many attempts.";
    Failed "500": "Something went wrong here; the log knows it by the request's id.";
    Unavailable "503" with "Retry-After": "A part that is needed is out of reach or too busy. No user is signed out by that.";
}

/// The errors that any request may get before it reaches its handler.
pub fn of_any_request(is_safe: bool) -> Responses {
    let mut responses = Responses::new();
    for some in [Broken::responses(), TooSlow::responses(), TooLarge::responses(), Failed::responses()] {
        responses.extend(some);
    }
    responses.extend(UnsupportedMediaType::responses());
    responses.extend(Misdirected::responses());
    if !is_safe {
        responses.extend(Forbidden::responses());
    }
    responses
}

/// The errors that any request with credentials may get.
pub fn of_any_caller(needs_scope: bool) -> Responses {
    let mut responses = Unauthorized::responses();
    responses.extend(Unavailable::responses());
    if needs_scope {
        responses.extend(Forbidden::responses());
    }
    responses
}

fn problem(description: &str, headers: &[&str]) -> Response {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    let response = ResponseBuilder::new().description(description).content(CONTENT_TYPE, content);
    headers.iter().fold(response, |response, name| response.header(*name, Header::default())).build()
}
