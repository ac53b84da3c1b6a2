//! The id of a form: drawn for every page, encrypted, and made for one member. It distinguishes a form that is sent twice from
//! two forms with the same text, and for whom a form was shown.

use crate::platform::clock::{Clock, Timestamp};
use crate::platform::keys::{KeyPurpose, Keys, Vault};

/// The hidden field.
pub const FORM_ID: &str = "form-id";

/// Seconds for which a form may be sent.
const LIFETIME: i64 = 24 * 60 * 60;
const BOUND_TO: &str = "form id";

pub struct FormIds {
    vault: Vault,
    clock: Clock,
}

/// For whom a form was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShownTo {
    /// None: a visitor.
    pub user_id: Option<i64>,
}

impl FormIds {
    pub fn new(keys: &Keys, clock: Clock) -> Self {
        Self { vault: Vault::new(keys, KeyPurpose::Forms), clock }
    }

    /// A new id. The encryption draws 192 random bits, so no two are equal and none can be guessed.
    pub fn issue(&self, user_id: Option<i64>) -> String {
        let text = format!("{} {}", self.clock.now(), user_id.unwrap_or_default());
        self.vault.seal(text.as_bytes(), BOUND_TO)
    }

    /// For whom the form was shown; none if this server did not show it, or too long ago.
    pub fn read(&self, id: &str) -> Option<ShownTo> {
        let text = String::from_utf8(self.vault.open(id, BOUND_TO)?).ok()?;
        let (at, user_id) = text.split_once(' ')?;
        let (at, user_id): (Timestamp, i64) = (at.parse().ok()?, user_id.parse().ok()?);
        let is_live = self.clock.now() < at + LIFETIME;
        is_live.then_some(ShownTo { user_id: (user_id != 0).then_some(user_id) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::keys::SecretKey;

    #[test]
    fn an_id_is_of_its_member_and_its_server_and_never_twice_the_same() {
        let clock = Clock::default();
        let ids = || FormIds::new(&Keys::of_one(&SecretKey::random()), clock.clone());
        let (here, elsewhere) = (ids(), ids());
        for user_id in [None, Some(7)] {
            let id = here.issue(user_id);
            assert_eq!(here.read(&id), Some(ShownTo { user_id }));
            assert_eq!(elsewhere.read(&id), None);
            assert_ne!(id, here.issue(user_id));
            assert_eq!(here.read(&id[1..]), None);
        }
        let id = here.issue(None);
        clock.advance(LIFETIME);
        assert_eq!(here.read(&id), None);
    }
}
