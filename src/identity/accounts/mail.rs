//! Letters to owners of accounts, and to addresses that may already have one.

use std::sync::Arc;

use crate::identity::audit::Client;
use crate::identity::email::{Letter, LinkPurpose, Links, MailLimits, NewLink, Outbox, Recipient};
use crate::identity::unit_of_work::{Failure, Write};
use crate::platform::db::DbError;
use crate::platform::lang::Lang;

use super::name::{Email, Login};
use super::user::{self, User};

/// Letters, and their rate limits.
#[derive(Clone)]
pub struct Mail {
    pub links: Links,
    pub outbox: Outbox,
    pub limits: Arc<MailLimits>,
}

/// A link for an address that may belong to another account.
pub struct AddressLink<'l> {
    /// The user whose address it is to become; none if it is for a new account.
    pub user: Option<&'l User>,
    pub email: Email,
    pub payload: String,
    /// As in `NewLink`.
    pub browser: Option<String>,
}

impl Mail {
    /// Counts the client's request for a letter; returns whether the address may get one. The client gets the same
    /// response either way.
    pub async fn may_send(&self, email: &Email, client: &Client) -> Result<bool, Failure> {
        self.limits.request(client).await?;
        Ok(self.limits.letter(&email.shown).await.is_ok())
    }

    /// Issues the link and, if a letter may be sent, mails it or, if another account has the address, a notice to its
    /// owner. The client cannot distinguish the two.
    pub(in crate::identity) fn send_link(
        &self,
        write: &mut Write<'_>,
        AddressLink { user, email, payload, browser }: AddressLink<'_>,
        (may_send, language): (bool, Lang),
    ) -> Result<(), DbError> {
        let owner = user::find_by_login(write.read(), &Login::Email(email.key))?;
        let owner = owner.filter(|owner| user.is_none_or(|user| user.id != owner.id));
        let link = NewLink {
            purpose: if user.is_some() { LinkPurpose::ChangeEmail } else { LinkPurpose::Register },
            user_id: user.map(|user| user.id),
            email: if owner.is_some() { "" } else { &email.shown },
            payload,
            browser: browser.as_deref(),
        };
        let secrets = self.links.issue(write, &link)?;
        if !may_send {
            return Ok(());
        }
        let (to, letter) = match (owner, user) {
            (Some(owner), _) => (owner.recipient(language), Letter::AddressTaken),
            (None, Some(user)) => {
                let language = user.language().unwrap_or(language);
                (Recipient::anonymous(email.shown, language), Letter::ChangeEmail(secrets))
            }
            (None, None) => (Recipient::anonymous(email.shown, language), Letter::Register(secrets)),
        };
        self.outbox.queue(write, &to, &letter)
    }
}
