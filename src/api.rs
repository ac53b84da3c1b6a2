//! `/api/auth`: the session, for programs.

use actix_web::web::Json;
use serde::Serialize;

use crate::clock::{Timestamp, rfc3339};
use crate::identity::session::{Key, Session};
use crate::identity::user::User;
use crate::identity::visitor::CurrentUser;

/// Who is there, and by which session.
#[derive(Serialize)]
pub struct Check {
    user: UserShape,
    session: SessionShape,
}

#[derive(Serialize)]
struct UserShape {
    id: i64,
    username: String,
    display_name: String,
    email: String,
    staff: bool,
}

#[derive(Serialize)]
struct SessionShape {
    /// As the sessions page names it; knowing it opens nothing.
    key: String,
    carrier: &'static str,
    #[serde(serialize_with = "rfc3339")]
    signed_in_at: Timestamp,
    #[serde(serialize_with = "rfc3339")]
    proved_at: Timestamp,
    remember: bool,
}

/// 200 with the live session's user and facts. The lock has answered 401 to everyone else.
pub async fn check(current: CurrentUser) -> Json<Check> {
    Json(Check {
        user: UserShape::of(&current.user),
        session: SessionShape::of(&current.key, &current.session),
    })
}

impl UserShape {
    fn of(user: &User) -> Self {
        Self {
            id: user.id,
            username: user.username.clone(),
            display_name: user.display_name.clone(),
            email: user.email.clone(),
            staff: user.staff,
        }
    }
}

impl SessionShape {
    fn of(key: &Key, session: &Session) -> Self {
        Self {
            key: key.as_str().to_owned(),
            carrier: "cookie",
            signed_in_at: session.signed_in_at,
            proved_at: session.proved_at,
            remember: session.remember,
        }
    }
}
