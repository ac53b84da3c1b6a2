//! The variants measured: a page or a check, reached in different ways.

use jsonwebtoken::Algorithm;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Variant {
    Bare,
    Page,
    Embedded,
    Logged,
    EmbeddedMany,
    Redis,
    RedisMany,
    ActixRedis,
    Hs256,
    Ed25519,
    EmbeddedCheck,
    RedisCheck,
    RedisCheckMany,
    AccessTokenCheck,
    ApiTokenCheck,
    Hs256Check,
    Ed25519Check,
    PlainCheck,
    CopyCheck,
    ActixRedisCheck,
    EmbeddedForwardAuth,
    RedisForwardAuth,
}

impl Variant {
    pub const ALL: &[Variant] = &[
        Variant::Bare,
        Variant::Page,
        Variant::Embedded,
        Variant::Logged,
        Variant::EmbeddedMany,
        Variant::Redis,
        Variant::RedisMany,
        Variant::ActixRedis,
        Variant::Hs256,
        Variant::Ed25519,
        Variant::EmbeddedCheck,
        Variant::RedisCheck,
        Variant::RedisCheckMany,
        Variant::AccessTokenCheck,
        Variant::ApiTokenCheck,
        Variant::Hs256Check,
        Variant::Ed25519Check,
        Variant::PlainCheck,
        Variant::CopyCheck,
        Variant::ActixRedisCheck,
        Variant::EmbeddedForwardAuth,
        Variant::RedisForwardAuth,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Bare => "bare actix handler, the same bytes",
            Self::Page => "the page, no session",
            Self::Embedded => "**the page, a session (embedded)**",
            Self::Logged => "**the page, a session (embedded), and its log line**",
            Self::EmbeddedMany => "**the page, 100,000 sessions (embedded)**",
            Self::Redis => "**the page, a session (Redis)**",
            Self::RedisMany => "**the page, 100,000 sessions (Redis)**",
            Self::ActixRedis => "the page, actix-session with its own Redis store",
            Self::Hs256 => "the page, a JWT (HS256) instead",
            Self::Ed25519 => "the page, a JWT (Ed25519) instead",
            Self::EmbeddedCheck => "**`/api/auth/check`, a session (embedded)**",
            Self::RedisCheck => "**`/api/auth/check`, a session (Redis)**",
            Self::RedisCheckMany => "**`/api/auth/check`, 100,000 sessions (Redis)**",
            Self::AccessTokenCheck => "**`/api/auth/check`, our own access token (embedded)**",
            Self::ApiTokenCheck => "**`/api/auth/check`, an API token (embedded)**",
            Self::Hs256Check => "its answer, a JWT (HS256) instead",
            Self::Ed25519Check => "its answer, a JWT (Ed25519) instead",
            Self::PlainCheck => "its answer, nothing checked",
            Self::CopyCheck => "its answer, a signed copy in a cookie instead",
            Self::ActixRedisCheck => "its answer, actix-session with its own Redis store",
            Self::EmbeddedForwardAuth => "**`/api/authz/forward-auth`, a session (embedded)**",
            Self::RedisForwardAuth => "**`/api/authz/forward-auth`, a session (Redis)**",
        }
    }

    pub fn code(self) -> &'static str {
        match self {
            Self::Bare => "bare",
            Self::Page => "page",
            Self::Embedded => "embedded",
            Self::Logged => "logged",
            Self::EmbeddedMany => "embedded-many",
            Self::Redis => "redis",
            Self::RedisMany => "redis-many",
            Self::ActixRedis => "actix-redis",
            Self::Hs256 => "hs256",
            Self::Ed25519 => "ed25519",
            Self::EmbeddedCheck => "embedded-check",
            Self::RedisCheck => "redis-check",
            Self::RedisCheckMany => "redis-check-many",
            Self::AccessTokenCheck => "access-token-check",
            Self::ApiTokenCheck => "api-token-check",
            Self::Hs256Check => "hs256-check",
            Self::Ed25519Check => "ed25519-check",
            Self::PlainCheck => "plain-check",
            Self::CopyCheck => "copy-check",
            Self::ActixRedisCheck => "actix-redis-check",
            Self::EmbeddedForwardAuth => "gate",
            Self::RedisForwardAuth => "redis-gate",
        }
    }

    /// Each has a database to itself.
    pub fn redis_database(self) -> u8 {
        Self::ALL.iter().position(|variant| *variant == self).unwrap_or_default() as u8
    }

    /// The path on our own server; the others are reached by other means.
    pub fn path(self) -> Option<&'static str> {
        match self {
            Self::Embedded | Self::Logged | Self::EmbeddedMany | Self::Redis | Self::RedisMany => {
                Some("/dashboard")
            }
            Self::EmbeddedCheck | Self::RedisCheck | Self::RedisCheckMany => Some("/api/auth/check"),
            Self::AccessTokenCheck | Self::ApiTokenCheck => Some("/api/auth/check"),
            Self::EmbeddedForwardAuth | Self::RedisForwardAuth => Some("/api/authz/forward-auth"),
            _ => None,
        }
    }

    /// The headers that a proxy would add, besides the client's cookie.
    pub fn forwarded(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::EmbeddedForwardAuth | Self::RedisForwardAuth => &[
                ("Host", "app.example.org"),
                ("Accept", "text/html"),
                ("X-Forwarded-Method", "GET"),
                ("X-Forwarded-Proto", "https"),
                ("X-Forwarded-Host", "app.example.org"),
                ("X-Forwarded-Uri", "/some/page?of=it"),
            ],
            _ => &[],
        }
    }

    pub fn keeps_sessions_in_redis(self) -> bool {
        matches!(
            self,
            Self::Redis | Self::RedisMany | Self::RedisCheck | Self::RedisCheckMany | Self::RedisForwardAuth
        )
    }

    /// Whether the server logs, as it does by default.
    pub fn logs(self) -> bool {
        self == Self::Logged
    }

    pub fn has_many_sessions(self) -> bool {
        matches!(self, Self::EmbeddedMany | Self::RedisMany | Self::RedisCheckMany)
    }

    pub fn sends_a_token(self) -> bool {
        self.algorithm().is_some() || matches!(self, Self::AccessTokenCheck | Self::ApiTokenCheck)
    }

    pub fn algorithm(self) -> Option<Algorithm> {
        match self {
            Self::Hs256 | Self::Hs256Check => Some(Algorithm::HS256),
            Self::Ed25519 | Self::Ed25519Check => Some(Algorithm::EdDSA),
            _ => None,
        }
    }
}
