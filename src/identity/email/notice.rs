//! Notices: the owner is told by mail of what matters to the account, without any secret (ASVS 6.3.5, 6.3.7).

use diesel::QueryResult;

use crate::http::Client;
use crate::http::client::neighbourhood;
use crate::i18n::Lang;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::mail::Mailer;

use crate::i18n::letters::Letters;
use crate::identity::accounts::user;
use crate::identity::accounts::user::User;
use crate::identity::{Identity, audit};

/// An account so young has no other browser to tell a new one from, in seconds.
const YOUNG: i64 = 3600;
/// A program that has not signed in for so long is a new one, in seconds.
const PROGRAM_KNOWN: i64 = 90 * 24 * 3600;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    NewDevice,
    PasswordChanged,
    /// A second factor, or the recovery codes.
    FactorsChanged,
    /// To the address as it still is.
    AddressMoving,
    /// To the address as it was.
    AddressMoved,
}

/// A notice to be queued within the change that it tells of.
#[derive(Clone)]
pub struct PendingNotice {
    notice: Notice,
    mail: Mailer,
    /// Who caused it; none if the operator did.
    client: Option<Client>,
    now: Timestamp,
}

impl PendingNotice {
    /// Of what the operator does on the command line.
    pub fn by_operator(notice: Notice, mail: Mailer, now: Timestamp) -> Self {
        Self { notice, mail, client: None, now }
    }

    /// To the address that `user` names, which may be an earlier one by now.
    pub fn queue(&self, conn: &mut Conn, user: &User) -> QueryResult<()> {
        let otherwise = self.client.as_ref().map_or(Lang::En, |client| client.lang);
        let t = user.language().unwrap_or(otherwise).texts();
        let (subject, text) = match self.notice {
            Notice::NewDevice => (t.mail.device_subject, t.mail.device),
            Notice::PasswordChanged => (t.mail.password_subject, t.mail.password),
            Notice::FactorsChanged => (t.mail.factors_subject, t.mail.factors),
            Notice::AddressMoving => (t.mail.moving_subject, t.mail.moving),
            Notice::AddressMoved => (t.mail.moved_subject, t.mail.moved),
        };
        let when = t.when(self.now, self.now).exact;
        let from = match &self.client {
            Some(client) => t.mail_circumstances(&when, &client.device, &client.address.to_string()),
            None => t.mail_by_operator(&when),
        };
        let letter = Letters::to(user, otherwise, &self.mail).notice(subject, text, from);
        self.mail.queue(conn, &user.email, &letter, self.now)
    }

    /// The same, to whoever has this id by now.
    pub fn queue_to(&self, conn: &mut Conn, user_id: i64) -> Result<(), DbError> {
        match user::find(conn, user_id)? {
            Some(user) => Ok(self.queue(conn, &user)?),
            None => Ok(()),
        }
    }
}

impl Identity {
    /// A notice of what this client does.
    pub fn notice(&self, notice: Notice, client: &Client) -> PendingNotice {
        PendingNotice { notice, mail: self.mail.clone(), client: Some(client.clone()), now: self.clock.now() }
    }

    /// Sends a notice of what is done already. One that cannot be queued undoes nothing.
    pub async fn notify(&self, user_id: i64, notice: Notice, client: &Client) {
        let pending = self.notice(notice, client);
        if let Err(error) = self.db.write(move |conn| pending.queue_to(conn, user_id)).await {
            tracing::error!(%error, ?notice, "a notice was not queued");
        }
    }

    /// Tells of a sign-in from a browser that the user has not used before, but for the one where the account was made.
    pub(crate) async fn notify_of_device(&self, user: &User, client: &Client) {
        let (id, young) = (user.id, user.created_at > self.clock.now() - YOUNG);
        let first =
            young && self.db.run(move |conn| audit::is_first_sign_in(conn, id)).await.unwrap_or(false);
        if !first {
            self.notify(id, Notice::NewDevice, client).await;
        }
    }

    /// The same for a program, which keeps no cookie: it is known by what it calls itself and where it signs in from. To
    /// be called before this sign-in is in the trail.
    pub(crate) async fn notify_of_program(&self, user: &User, client: &Client) {
        let (id, device, since) = (user.id, client.device.clone(), self.clock.now() - PROGRAM_KNOWN);
        let earlier = self.db.run(move |conn| audit::sign_in_addresses(conn, id, &device, since)).await;
        let here = neighbourhood(client.address);
        let is_here = |address: &String| address.parse().is_ok_and(|address| neighbourhood(address) == here);
        if !earlier.unwrap_or_default().iter().any(is_here) {
            self.notify(id, Notice::NewDevice, client).await;
        }
    }
}
