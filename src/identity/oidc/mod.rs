//! Apps that sign people in by OpenID Connect: how they are registered, and the keys that sign their tokens. Endpoints stand
//! in `oidc_provider`.

mod client;
mod clients;
mod error;
mod keys;
mod new_client;
mod redirect_uri;
mod registration;
mod secret;

pub use client::OidcClient;
pub use clients::{Actor, Added, OidcClients};
pub use error::ClientError;
pub use keys::{OidcKeys, SigningKeys, TokenType};
pub use new_client::{ClientInput, ClientProblem, NewClient, Preset, STANDARD_SCOPES};
pub use redirect_uri::{RedirectUri, RedirectUriProblem};
pub use registration::{AuthMethod, GrantType, Level, Registration, SigningAlg};
pub use secret::ClientSecret;
