//! Every service available to handlers, registered once.

use std::sync::Arc;

use actix_web::web::{Data, ServiceConfig};

use crate::board::Board;
use crate::forward_auth::ForwardAuth;
use crate::forward_auth::rules::Rules;
use crate::http::Site;
use crate::http::auth::authenticator::Authenticator;
use crate::http::auth::step_up::SealedPasswords;
use crate::http::auth::unsent_form::UnsentForms;
use crate::http::repeated_form::RepeatedForms;
use crate::identity::Identity;

/// Cheap to clone.
#[derive(Clone)]
pub struct Services {
    pub site: Arc<Site>,
    pub identity: Arc<Identity>,
    pub board: Arc<Board>,
    pub authenticator: Arc<Authenticator>,
    pub forward_auth: Arc<ForwardAuth>,
    sealed_passwords: Arc<SealedPasswords>,
    repeated_forms: Arc<RepeatedForms>,
    unsent_forms: Arc<UnsentForms>,
}

impl Services {
    pub fn new(site: Site, identity: Identity, rules: Rules) -> Self {
        let (core, tokens) = (&identity.core, &identity.tokens);
        let board =
            Board::new(core.db.clone(), core.writer.clone(), &core.clock, &core.feed, core.shared.as_ref());
        let reader = Arc::clone(&identity.sessions.reader);
        let authenticator = Authenticator::new(reader, Arc::clone(&tokens.tokens), Arc::clone(&tokens.api));
        let authenticator = Arc::new(authenticator);
        let forward_auth = ForwardAuth {
            authenticator: Arc::clone(&authenticator),
            applications: Arc::clone(&identity.applications),
            rules,
        };
        let sealed_passwords = SealedPasswords::new(&core.keys, core.clock.clone());
        let repeated_forms = RepeatedForms::new(core.form_answers.clone(), &core.keys);
        let unsent_forms =
            UnsentForms::new(core.form_answers.clone(), &core.keys, core.clock.clone(), core.shared.as_ref());
        Self {
            site: Arc::new(site),
            board: Arc::new(board),
            forward_auth: Arc::new(forward_auth),
            sealed_passwords: Arc::new(sealed_passwords),
            repeated_forms: Arc::new(repeated_forms),
            unsent_forms: Arc::new(unsent_forms),
            authenticator,
            identity: Arc::new(identity),
        }
    }

    /// Registers each service as a handler argument.
    pub fn register(&self, config: &mut ServiceConfig) {
        let Identity { accounts, credentials, sessions, tokens, sign_in, oidc, upstream, .. } =
            &*self.identity;
        add(config, &self.site);
        add(config, &self.identity);
        add(config, &self.board);
        add(config, &self.authenticator);
        add(config, &self.forward_auth);
        add(config, &self.sealed_passwords);
        add(config, &self.repeated_forms);
        add(config, &self.unsent_forms);
        add(config, &accounts.accounts);
        add(config, &accounts.directory);
        add(config, &accounts.groups);
        add(config, &accounts.links);
        add(config, &accounts.verification);
        add(config, &accounts.registration);
        add(config, &accounts.reset);
        add(config, &credentials.passwords);
        add(config, &credentials.factors);
        add(config, &credentials.passkeys);
        add(config, &sessions.sessions);
        add(config, &sessions.reader);
        add(config, &sessions.directory);
        add(config, &tokens.tokens);
        add(config, &tokens.api);
        add(config, &sign_in.second_factor);
        add(config, &sign_in.sign_out);
        add(config, &self.identity.step_up);
        add(config, &self.identity.applications);
        add(config, &self.identity.oidc_clients);
        add(config, &oidc.keys);
        add(config, &oidc.directory);
        add(config, &oidc.client_auth);
        add(config, &oidc.hints);
        add(config, &oidc.pushed);
        add(config, &oidc.authorizations);
        add(config, &oidc.connected_apps);
        add(config, &oidc.devices);
        add(config, &oidc.issuer);
        add(config, &oidc.checks);
        add(config, &upstream.attempts);
        add(config, &upstream.newcomers);
        add(config, &upstream.linked_accounts);
        add(config, &upstream.step_up);
        add(config, &upstream.logout);
        add(config, &self.identity.audit);
        add(config, &self.identity.readiness);
    }
}

fn add<T: 'static>(config: &mut ServiceConfig, service: &Arc<T>) {
    config.app_data(Data::from(Arc::clone(service)));
}
