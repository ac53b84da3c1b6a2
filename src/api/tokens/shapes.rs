//! The JSON of API tokens, in requests and responses.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Type};

use crate::identity::accounts::{Scope, Scopes};
use crate::identity::credentials::Password;
use crate::identity::invalid::Invalid;
use crate::identity::tokens::api_tokens::{ApiToken, Expiry, ListedToken, NewToken};
use crate::platform::clock::{Timestamp, rfc3339, rfc3339_or_null};

/// The API tokens of the caller, newest first.
#[derive(Serialize, ToSchema)]
pub struct TokenList {
    tokens: Vec<TokenJson>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = ApiToken)]
pub struct TokenJson {
    id: i64,
    name: String,
    scopes: Vec<&'static str>,
    #[serde(serialize_with = "rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// Null if it never does.
    #[serde(serialize_with = "rfc3339_or_null")]
    #[schema(value_type = Option<String>, format = DateTime, required)]
    expires_at: Option<Timestamp>,
    /// To the minute; null if it was never used.
    #[serde(serialize_with = "rfc3339_or_null")]
    #[schema(value_type = Option<String>, format = DateTime, required)]
    last_used_at: Option<Timestamp>,
    /// The token itself: only in the answer to the call that has made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    token: Option<String>,
}

impl From<Vec<ListedToken>> for TokenList {
    fn from(listed: Vec<ListedToken>) -> Self {
        Self { tokens: listed.into_iter().map(|token| TokenJson::of(token, None)).collect() }
    }
}

impl TokenJson {
    /// Includes the token's text if it was just created.
    pub fn of(listed: ListedToken, token: Option<&ApiToken>) -> Self {
        let ListedToken { id, name, scopes, created_at, expires_at, last_used_at, .. } = listed;
        let scopes = scopes.iter().map(Scope::name).collect();
        let token = token.map(|token| token.as_str().to_owned());
        Self { id, name, scopes, created_at, expires_at, last_used_at, token }
    }
}

/// A token that is asked for.
#[derive(Deserialize, ToSchema)]
#[schema(as = TokenWish)]
pub struct CreateToken {
    /// One line, with something to see.
    #[serde(default)]
    #[schema(required, min_length = 1, max_length = 60)]
    name: String,
    #[serde(default)]
    #[schema(required, schema_with = scopes_schema)]
    scopes: Vec<String>,
    /// A time to come, within ten years; without it, the token never expires.
    #[schema(format = DateTime)]
    expires_at: Option<String>,
    #[schema(value_type = Option<String>, format = Password)]
    pub current_password: Option<Password>,
    /// Of the authenticator app, or for recovery.
    pub code: Option<String>,
}

impl CreateToken {
    /// The requested token. Its scopes must not exceed those `granted` to the caller.
    pub fn parse(&self, granted: Scopes, now: Timestamp) -> Result<NewToken, Invalid> {
        let expiry = match self.expires_at.as_deref().map(str::parse::<jiff::Timestamp>) {
            None => Expiry::Never,
            Some(Ok(at)) => Expiry::At(at.as_second()),
            Some(Err(_)) => Expiry::Invalid,
        };
        NewToken::parse(&self.name, &self.scopes, expiry, granted, now)
    }
}

/// A list of scopes that API tokens may have, for the OpenAPI description.
fn scopes_schema() -> ArrayBuilder {
    let names = Scopes::for_api_tokens().iter().map(Scope::name).collect::<Vec<_>>();
    let scope = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names));
    ArrayBuilder::new().items(scope).min_items(Some(1)).description(Some("What it may do."))
}
