//! Which people an app admits.

use crate::config::Required;
use crate::identity::accounts::Member;
use crate::identity::sessions::Session;

use super::client::OidcClient;
use super::registration::Level;

/// Why a person may not sign in to an app now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Barred {
    /// They are in none of its groups.
    Group,
    /// They have not used a second factor.
    Level,
}

/// Whether the app admits a person in this session.
pub fn admit(
    client: &OidcClient,
    member: &Member,
    session: &Session,
    required: Required,
) -> Result<(), Barred> {
    if !client.is_open_to(member) {
        return Err(Barred::Group);
    }
    let two_factors = session.methods.are_two_factors();
    let wants_two = client.registration.level == Level::TwoFactor;
    if (wants_two && !two_factors) || member.lacks_required_factor(required) {
        return Err(Barred::Level);
    }
    Ok(())
}
