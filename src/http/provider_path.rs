//! Which endpoints of OpenID Connect requests of other sites may reach.

/// Whether pages of every origin may call it: it takes no cookie, so they get nothing that a program would not.
pub fn is_open_to_origins(path: &str) -> bool {
    const OPEN: [&str; 6] = [
        "/.well-known/openid-configuration",
        "/.well-known/oauth-authorization-server",
        "/oauth/jwks.json",
        "/oauth/token",
        "/oauth/userinfo",
        "/oauth/revoke",
    ];
    OPEN.contains(&path)
}

/// Whether another site may make the browser post here: the endpoint takes no cookie, or checks by itself which posts are
/// its own.
pub fn takes_foreign_posts(path: &str) -> bool {
    const FOREIGN: [&str; 8] = [
        "/oauth/authorize",
        "/oauth/logout",
        "/oauth/token",
        "/oauth/userinfo",
        "/oauth/introspect",
        "/oauth/revoke",
        "/oauth/device_authorization",
        "/oauth/par",
    ];
    FOREIGN.contains(&path) || is_of_upstream(path)
}

/// Where a provider's page posts its answer, and its server a logout token. Neither takes a cookie.
fn is_of_upstream(path: &str) -> bool {
    let rest = path.strip_prefix("/sign-in/").and_then(|rest| rest.split_once('/'));
    matches!(rest, Some((_, "callback" | "backchannel-logout")))
}
