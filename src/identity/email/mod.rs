//! Mail to the owners of accounts: links, codes and notices, as data.

mod letter;
mod limits;
mod links;
mod mailbox;
mod notice_limits;
mod outbox;
mod recipient;
mod secret;
mod typed_code;

pub use letter::{Letter, Notice, RenderLetter};
pub use limits::MailLimits;
pub use links::{CodeHolder, LIFETIME, Link, LinkPurpose, LinkSecrets, Links, NewLink, REQUIRED_LIFETIME};
pub(in crate::identity) use links::{find_link, link_expiry, purge_links};
pub use mailbox::mailbox;
pub(in crate::identity) use notice_limits::purge_notices;
pub use outbox::Outbox;
pub use recipient::{Owner, Recipient};
pub use secret::LinkToken;
pub(in crate::identity) use typed_code::plain_code;
