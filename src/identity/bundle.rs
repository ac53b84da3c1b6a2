//! All services of this module, opened together.

use std::sync::Arc;

use url::Url;

use crate::config::{self, Config, Verification};
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::form_answers::FormAnswers;
use crate::platform::keys::Keys;
use crate::platform::mail::Mailer;
use crate::platform::near_cache::{Announce, Feed};
use crate::platform::outgoing::Outgoing;
use crate::platform::rate_limit::Shared;
use crate::platform::redis::Redis;

use super::accounts::{
    AccountLimits, AccountPolicy, Accounts, EmailVerification, Groups, LinkRequests, Mail, NamePolicy,
    NewAccounts, UserDirectory, WaysIn,
};
use super::applications::Applications;
use super::audit::AuditLog;
use super::credentials::{
    Credentials, FactorKeys, GuessLimits, Hasher, PasskeyCeremonies, Passkeys, PasswordReset, Passwords,
    SecondFactors,
};
use super::email::{Links, MailLimits, Outbox, RenderLetter};
use super::observers;
use super::oidc::{OidcClients, OidcParts, OidcServices};
use super::readiness::Readiness;
use super::registration::Registration;
use super::sessions::{SessionLimits, SessionServices, Store};
use super::sign_in::{SignInParts, SignInServices, StepUp};
use super::tokens::api_tokens::ApiTokens;
use super::tokens::{TokenKeys, Tokens};
use super::unit_of_work::Writer;
use super::upstream::{UpstreamParts, UpstreamServices};

/// The dependencies that all services share.
#[derive(Clone)]
pub struct Core {
    pub db: Db,
    pub clock: Clock,
    pub keys: Keys,
    pub writer: Writer,
    pub feed: Arc<Feed>,
    pub mailer: Mailer,
    /// Counts attempts for all nodes, if there is Redis.
    pub shared: Option<Shared>,
    /// Answers to forms that were sent a moment ago.
    pub form_answers: FormAnswers,
    /// Seconds that a key is accepted after it was replaced.
    pub key_lifetime: i64,
}

/// Accounts and related services.
#[derive(Clone)]
pub struct AccountServices {
    pub accounts: Arc<Accounts>,
    pub directory: Arc<UserDirectory>,
    pub groups: Arc<Groups>,
    pub links: Arc<LinkRequests>,
    pub verification: Arc<EmailVerification>,
    pub registration: Arc<Registration>,
    pub reset: Arc<PasswordReset>,
}

#[derive(Clone)]
pub struct TokenServices {
    pub tokens: Arc<Tokens>,
    pub api: Arc<ApiTokens>,
}

/// A handler takes the services that it needs, or all of them if it needs many.
pub struct Identity {
    pub core: Core,
    pub accounts: AccountServices,
    pub credentials: Credentials,
    pub sessions: SessionServices,
    pub tokens: TokenServices,
    pub sign_in: SignInServices,
    pub step_up: Arc<StepUp>,
    pub applications: Arc<Applications>,
    pub oidc_clients: Arc<OidcClients>,
    pub oidc: OidcServices,
    pub upstream: UpstreamServices,
    pub audit: Arc<AuditLog>,
    pub readiness: Arc<Readiness>,
}

/// What a server provides to open the services.
pub struct Parts<'p> {
    pub config: &'p Config,
    pub public_url: &'p Url,
    pub db: Db,
    pub clock: Clock,
    pub keys: Keys,
    pub feed: Arc<Feed>,
    pub redis: Option<Redis>,
    pub mailer: Mailer,
    pub render: Arc<dyn RenderLetter>,
    /// Threads that hash passwords.
    pub threads: usize,
}

impl Identity {
    /// Opens every service.
    pub fn open(parts: Parts<'_>) -> Self {
        let Parts { config, public_url, db, clock, keys, feed, redis, mailer, render, threads } = parts;
        let announce = Announce::new(redis.clone());
        let writer = Writer::new(db.clone(), clock.clone(), (Arc::clone(&feed), announce), observers::all());
        let store = match &redis {
            Some(redis) => Store::redis(redis.clone(), clock.clone()),
            None => Store::embedded(db.clone(), clock.clone()),
        };
        let form_answers = FormAnswers::new(redis.clone(), &db, clock.clone());
        let shared = redis.clone().map(Shared::new);
        let key_lifetime = config.longest_life();
        let core = Core { db, clock, keys, writer, feed, mailer, shared, form_answers, key_lifetime };
        Opening { config, core, public_url, render, threads, redis }.services(store)
    }
}

/// What services are opened from.
struct Opening<'o> {
    config: &'o Config,
    core: Core,
    public_url: &'o Url,
    render: Arc<dyn RenderLetter>,
    threads: usize,
    redis: Option<Redis>,
}

impl Opening<'_> {
    fn services(self, store: Store) -> Identity {
        let Core { db, clock, keys, writer, .. } = self.core.clone();
        let mail = self.mail();
        let audit = Arc::new(AuditLog::new(db.clone(), self.config.audit_retention, writer.tally()));
        let limits = Arc::new(AccountLimits::new(&clock, self.core.shared.as_ref()));
        let policy = AccountPolicy {
            verification: self.config.mail.verification,
            second_factor: self.config.require_second_factor,
        };
        let names = NamePolicy::new(&self.config.reserved_names, self.config.retired_names, &keys);
        let (both, rules) = ((db.clone(), writer.clone()), (policy, names.clone()));
        let accounts = Arc::new(Accounts::new(both, rules, Arc::clone(&limits), mail.clone()));
        let sessions = self.sessions(store);
        let guesses = Arc::new(GuessLimits::new(&clock, self.core.shared.as_ref()));
        let credentials = self.credentials(&sessions, &guesses, &mail.outbox);
        let tokens = self.tokens(&sessions, &mail.outbox);
        let sign_in = SignInServices::open(SignInParts {
            db: db.clone(),
            writer: writer.clone(),
            clock: clock.clone(),
            shared: self.core.shared.as_ref(),
            accounts: Arc::clone(&accounts),
            credentials: credentials.clone(),
            guesses,
            sessions: sessions.clone(),
            tokens: Arc::clone(&tokens.tokens),
            audit: Arc::clone(&audit),
            outbox: mail.outbox.clone(),
            trusted_device: self.config.trusted_device,
        });
        let new_accounts = NewAccounts::new(
            (db.clone(), writer.clone(), clock),
            (policy.verification, names.clone()),
            limits,
            mail.clone(),
        );
        let passwords = Arc::clone(&credentials.passwords);
        let registration = Registration::new(new_accounts.clone(), passwords, Arc::clone(&sign_in.stages));
        let step_up = Arc::new(StepUp::new(credentials.clone(), Arc::clone(&sessions.sessions)));
        let upstream = self.upstream((&mail.outbox, &sessions), (&sign_in, &step_up), new_accounts);
        let described = self.config.oidc_metadata_clients;
        let oidc_clients = OidcClients::new(db.clone(), writer.clone(), &self.core.feed, described);
        let oidc_clients = Arc::new(oidc_clients);
        Identity {
            accounts: self.accounts((accounts, registration), names, &credentials, mail),
            applications: Arc::new(Applications::new(db.clone(), writer.clone(), &self.core.feed)),
            oidc: self.oidc(&sessions, &oidc_clients),
            oidc_clients,
            upstream,
            readiness: Arc::new(Readiness::new((db, writer), Arc::clone(&sessions.reader), keys, self.redis)),
            credentials,
            sessions,
            tokens,
            sign_in,
            step_up,
            audit,
            core: self.core,
        }
    }

    fn ways_in(&self) -> WaysIn {
        let providers = self.config.providers.iter().map(|provider| provider.name.clone());
        // Browsers have no passkeys for IP addresses.
        WaysIn::new(providers, self.public_url.domain().is_some())
    }

    fn mail(&self) -> Mail {
        let (verifies, delivers) =
            (self.config.mail.verification != Verification::Off, self.config.mail.server.is_some());
        Mail {
            links: Links::new(&self.core.keys),
            outbox: Outbox::new(self.core.mailer.clone(), Arc::clone(&self.render), (verifies, delivers)),
            limits: Arc::new(MailLimits::new(&self.core.clock, self.core.shared.as_ref())),
        }
    }

    fn accounts(
        &self,
        (accounts, registration): (Arc<Accounts>, Registration),
        names: NamePolicy,
        credentials: &Credentials,
        mail: Mail,
    ) -> AccountServices {
        let Core { db, clock, writer, .. } = self.core.clone();
        let both = (db.clone(), writer.clone());
        let verification = EmailVerification::new(both, clock.clone(), names, mail.clone());
        let links = LinkRequests::new(db.clone(), writer.clone(), clock.clone(), mail.clone());
        let passwords = Arc::clone(&credentials.passwords);
        let reset =
            PasswordReset::new((db.clone(), writer.clone()), clock, Arc::clone(&accounts), passwords, mail);
        AccountServices {
            accounts,
            directory: Arc::new(UserDirectory::new(db.clone())),
            groups: Arc::new(Groups::new(db, writer)),
            links: Arc::new(links),
            verification: Arc::new(verification),
            registration: Arc::new(registration),
            reset: Arc::new(reset),
        }
    }

    fn sessions(&self, store: Store) -> SessionServices {
        let Core { db, clock, writer, .. } = self.core.clone();
        let limits = SessionLimits {
            lifetimes: self.config.lifetimes,
            cache_entries: self.config.near_cache_entries,
            cache_bytes: self.config.near_cache_bytes,
        };
        let (feed, shared) = (&self.core.feed, self.core.shared.as_ref());
        SessionServices::open((store, feed), (db, clock, writer), limits, shared)
    }

    fn credentials(
        &self,
        sessions: &SessionServices,
        guesses: &Arc<GuessLimits>,
        outbox: &Outbox,
    ) -> Credentials {
        let Core { db, keys, writer, .. } = self.core.clone();
        let (config, sessions) = (self.config, &sessions.sessions);
        let hasher = Hasher::start(self.threads, config.bcrypt_cost, config.hash_wait, config.hash_priority);
        let (factor_keys, both) = (FactorKeys::new(&keys), (db, writer.clone()));
        let passwords = Passwords::new(
            hasher,
            (self.threads, config.hash_wait),
            Arc::clone(guesses),
            Arc::clone(sessions),
            (writer, outbox.clone()),
        );
        let factors = SecondFactors::new(
            both.clone(),
            factor_keys.clone(),
            Arc::clone(sessions),
            Arc::clone(guesses),
            outbox.clone(),
        );
        let ceremonies = PasskeyCeremonies::new(&keys, self.public_url);
        let sessions = (Arc::clone(sessions), Arc::clone(guesses));
        let passkeys =
            Passkeys::new(ceremonies, both, factor_keys, sessions, (outbox.clone(), self.ways_in()));
        Credentials {
            passwords: Arc::new(passwords),
            factors: Arc::new(factors),
            passkeys: Arc::new(passkeys),
        }
    }

    fn oidc(&self, sessions: &SessionServices, clients: &Arc<OidcClients>) -> OidcServices {
        let Core { db, clock, keys, writer, feed, shared, .. } = &self.core;
        OidcServices::open(OidcParts {
            public_url: self.public_url,
            db: db.clone(),
            writer: writer.clone(),
            clock: clock.clone(),
            keys: keys.clone(),
            feed,
            shared: shared.as_ref(),
            clients: Arc::clone(clients),
            reader: Arc::clone(&sessions.reader),
            sessions: Arc::clone(&sessions.sessions),
            second_factor: self.config.require_second_factor,
            metadata_clients: self.config.oidc_metadata_clients,
            test_web: self.config.test_web.clone(),
            outgoing: Outgoing::new(&self.config.outgoing_trust),
            cache_entries: self.config.near_cache_entries,
        })
    }

    fn upstream(
        &self,
        (outbox, sessions): (&Outbox, &SessionServices),
        (sign_in, step_up): (&SignInServices, &Arc<StepUp>),
        new_accounts: NewAccounts,
    ) -> UpstreamServices {
        let Core { db, clock, keys, writer, shared, .. } = &self.core;
        UpstreamServices::open(UpstreamParts {
            providers: &self.config.providers,
            public_url: self.public_url,
            trust: &self.config.outgoing_trust,
            db: db.clone(),
            writer: writer.clone(),
            clock: clock.clone(),
            keys,
            shared: shared.as_ref(),
            outbox: outbox.clone(),
            ways_in: self.ways_in(),
            sessions: Arc::clone(&sessions.sessions),
            sign_in: sign_in.clone(),
            step_up: Arc::clone(step_up),
            new_accounts,
            open: self.config.registration == config::Registration::Open,
        })
    }

    fn tokens(&self, sessions: &SessionServices, outbox: &Outbox) -> TokenServices {
        let Core { db, clock, keys, writer, .. } = self.core.clone();
        let (reader, service) = (&sessions.reader, &sessions.sessions);
        let token_keys = TokenKeys::new(&keys, self.public_url);
        let tokens = Tokens::new(token_keys, Arc::clone(reader), Arc::clone(service), writer.clone());
        let lifetime = self.config.client_token_lifetime;
        let api = ApiTokens::new((db, writer), clock, Arc::clone(reader), outbox.clone(), lifetime);
        TokenServices { tokens: Arc::new(tokens), api: Arc::new(api) }
    }
}
