//! What people change of their own profile, as one change.

use diesel::prelude::*;

use crate::http::page::Theme;
use crate::i18n::Lang;
use crate::platform::clock::Timestamp;
use crate::platform::db::Conn;
use crate::platform::schema::users;
use crate::platform::schema::users::dsl;

use super::name::Email;
use super::user::SaveError;

/// What of a profile is to be changed. What is none stays as it is.
#[derive(Default, PartialEq, Eq)]
pub struct ProfileChange {
    pub display_name: Option<String>,
    pub email: Option<Email>,
    /// None of them follows the browser.
    pub language: Option<Option<Lang>>,
    pub theme: Option<Theme>,
}

/// Changes the profile, if the user's epoch is still `epoch`.
pub fn change_profile(conn: &mut Conn, id: i64, epoch: i64, change: &ProfileChange) -> Result<(), SaveError> {
    let same = users::table.find(id).filter(dsl::epoch.eq(epoch));
    let email = change.email.as_ref();
    let changed = diesel::update(same)
        .set((
            // A change of nothing still asks whether the epoch holds.
            dsl::epoch.eq(epoch),
            change.display_name.as_ref().map(|name| dsl::display_name.eq(name)),
            email.map(|email| (dsl::email.eq(&email.shown), dsl::email_key.eq(&email.key))),
            // Another address is not known to be theirs.
            email.map(|_| dsl::email_verified_at.eq(None::<Timestamp>)),
            change.language.map(|language| dsl::language.eq(language.map(Lang::code))),
            change.theme.map(|theme| dsl::theme.eq(theme.code())),
        ))
        .execute(conn)?;
    if changed == 1 { Ok(()) } else { Err(SaveError::SessionOver) }
}
