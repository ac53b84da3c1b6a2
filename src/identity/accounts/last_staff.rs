//! Once an account is staff, some account that can sign in remains so: otherwise the pages for staff would be closed for
//! good.

use diesel::dsl::exists;
use diesel::prelude::*;

use crate::identity::unit_of_work::Write;
use crate::platform::schema::users::{self, dsl};
use crate::platform::schema::{identities, passkeys};

use super::error::AccountError;
use super::user::NO_PASSWORD;

/// Must precede, in the same write, whatever takes a user's staff rights or their access. Such a write runs alone, so
/// two who leave at once do not pass both.
///
/// # Errors
/// `LastStaff` if the user is staff and no other staff account can sign in. A disabled one cannot, nor can one without
/// password, passkeys and accounts elsewhere.
pub(in crate::identity) fn require_another(write: &mut Write<'_>, id: i64) -> Result<(), AccountError> {
    let enabled_staff = || dsl::staff.and(dsl::disabled.eq(false));
    let conn = write.read();
    let subject = users::table.find(id).filter(enabled_staff());
    if !diesel::select(exists(subject)).get_result::<bool>(conn)? {
        return Ok(());
    }
    let has_passkey = exists(passkeys::table.filter(passkeys::user_id.eq(dsl::id)));
    let has_identity = exists(identities::table.filter(identities::user_id.eq(dsl::id)));
    let others = users::table
        .filter(enabled_staff().and(dsl::id.ne(id)))
        .filter(dsl::password_hash.ne(NO_PASSWORD).or(has_passkey).or(has_identity));
    match diesel::select(exists(others)).get_result::<bool>(conn)? {
        true => Ok(()),
        false => Err(AccountError::LastStaff),
    }
}
