//! The services that sign users in and out, opened together.

use std::sync::Arc;

use crate::identity::accounts::Accounts;
use crate::identity::audit::AuditLog;
use crate::identity::credentials::{Credentials, GuessLimits};
use crate::identity::email::Outbox;
use crate::identity::sessions::SessionServices;
use crate::identity::tokens::Tokens;
use crate::identity::unit_of_work::Writer;
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::rate_limit::Shared;

use super::limits::SignInLimits;
use super::links::LinkSignIn;
use super::passkey::PasskeySignIn;
use super::password::PasswordSignIn;
use super::provider::ProviderSignIn;
use super::records::SignInRecords;
use super::second_factor::SecondFactorSignIn;
use super::sign_out::SignOut;
use super::stages::SignInStages;

/// Cheap to clone.
#[derive(Clone)]
pub struct SignInServices {
    pub password: Arc<PasswordSignIn>,
    pub passkey: Arc<PasskeySignIn>,
    pub link: Arc<LinkSignIn>,
    pub provider: Arc<ProviderSignIn>,
    pub second_factor: Arc<SecondFactorSignIn>,
    pub stages: Arc<SignInStages>,
    pub sign_out: Arc<SignOut>,
}

/// What they share with others.
pub struct SignInParts<'p> {
    pub db: Db,
    pub writer: Writer,
    pub clock: Clock,
    pub shared: Option<&'p Shared>,
    pub accounts: Arc<Accounts>,
    pub credentials: Credentials,
    pub guesses: Arc<GuessLimits>,
    pub sessions: SessionServices,
    pub tokens: Arc<Tokens>,
    pub audit: Arc<AuditLog>,
    pub outbox: Outbox,
    /// Seconds for which a device stays trusted; 0 trusts none.
    pub trusted_device: i64,
}

impl SignInServices {
    pub fn open(parts: SignInParts<'_>) -> Self {
        let SignInParts { db, writer, clock, accounts, credentials, sessions, tokens, outbox, .. } = parts;
        let all_three = (db, writer.clone(), clock.clone());
        let limits = Arc::new(SignInLimits::new(parts.guesses, &clock, parts.shared));
        let records =
            SignInRecords::new(all_three.clone(), parts.audit, outbox.clone(), parts.trusted_device);
        let records = Arc::new(records);
        let sign_out = SignOut::new(Arc::clone(&tokens), sessions.clone(), writer.clone());
        let sign_out = Arc::new(sign_out);
        let stages = SignInStages::new(
            all_three.clone(),
            (sessions.sessions, tokens),
            Arc::clone(&sign_out),
            Arc::clone(&records),
        );
        let stages = Arc::new(stages);
        let second_factor =
            SecondFactorSignIn::new(all_three, credentials.clone(), Arc::clone(&limits), Arc::clone(&stages));
        let second_factor = Arc::new(second_factor);
        let checks = (limits, Arc::clone(&records));
        let password = PasswordSignIn::new(
            (Arc::clone(&accounts), credentials.passwords),
            checks.clone(),
            Arc::clone(&stages),
            Arc::clone(&second_factor),
        );
        let passkey =
            PasskeySignIn::new((Arc::clone(&accounts), credentials.passkeys), checks, Arc::clone(&stages));
        Self {
            password: Arc::new(password),
            passkey: Arc::new(passkey),
            link: Arc::new(LinkSignIn::new(writer.clone(), outbox, Arc::clone(&stages))),
            provider: Arc::new(ProviderSignIn::new(accounts, writer, records, Arc::clone(&stages))),
            second_factor,
            stages,
            sign_out,
        }
    }
}
