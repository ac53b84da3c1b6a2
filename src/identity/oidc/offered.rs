//! What an app may be given now. A person's consent outlives changes of the registration: what is taken from an app, or from a
//! server that it calls, is given no longer.

use std::sync::Arc;

use super::client::OidcClient;
use super::grant::Details;
use super::metadata_document::is_server;
use super::preset::STANDARD_SCOPES;
use super::registration::Registration;
use super::scope_set::{OFFLINE_ACCESS, ScopeSet};
use super::token_error::TokenRefusal;

/// The scopes and APIs that an app may have.
pub struct Offered<'c> {
    /// Its own; of an app that describes itself, those of the servers that it calls.
    registrations: Vec<&'c Registration>,
    describes_itself: bool,
}

impl<'c> Offered<'c> {
    /// What is offered to an app that asks for these APIs. One that describes itself gets the scopes of their servers, and none
    /// of others.
    pub fn to(client: &'c OidcClient, all: &'c [Arc<OidcClient>], resources: &[String]) -> Self {
        let describes_itself = client.describes_itself();
        if !describes_itself {
            return Self { registrations: vec![&client.registration], describes_itself };
        }
        let servers = all.iter().filter(|server| is_server(server)).map(|server| &server.registration);
        let asked = servers.filter(|server| resources.iter().any(|one| server.resources.contains(one)));
        Self { registrations: asked.collect(), describes_itself }
    }

    pub fn has_scope(&self, name: &str) -> bool {
        let is_standard = self.describes_itself && STANDARD_SCOPES.contains(&name);
        is_standard || self.registrations.iter().any(|each| each.scopes.contains(name))
    }

    pub fn has_resource(&self, resource: &str) -> bool {
        self.registrations.iter().any(|each| each.resources.contains(resource))
    }

    /// The scopes of its own APIs, which it gets if it names none.
    pub fn own_scopes(&self) -> ScopeSet {
        let all = self.registrations.iter().flat_map(|each| &each.scopes);
        all.filter(|name| !STANDARD_SCOPES.contains(&name.as_str())).cloned().collect()
    }

    /// Takes from a grant what is offered no longer; false if its session of its own is not.
    pub(super) fn narrow(&self, details: &mut Details, is_offline: bool) -> bool {
        details.scope = details.scope.filter(|name| self.has_scope(name));
        details.claims = details.claims.within(|scope| self.has_scope(scope));
        !is_offline || self.has_scope(OFFLINE_ACCESS)
    }

    /// What a token for this API may be for, of these scopes.
    pub(super) fn token(&self, scope: &ScopeSet, resource: Option<&str>) -> Result<ScopeSet, TokenRefusal> {
        if resource.is_some_and(|resource| !self.has_resource(resource)) {
            return Err(TokenRefusal::InvalidTarget);
        }
        let left = scope.filter(|name| self.has_scope(name));
        match left.is_empty() && !scope.is_empty() {
            true => Err(TokenRefusal::InvalidScope("the app is no longer registered for these scopes")),
            false => Ok(left),
        }
    }
}
