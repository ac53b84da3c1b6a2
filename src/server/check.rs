//! The checks of settings that look beyond their text. `munjigi config check` and the start share them.

use std::net::{SocketAddr, TcpListener, ToSocketAddrs};

use crate::config::{Config, ConfigError, public_url};
use crate::forward_auth::rules::Rules;
use crate::http::Branding;
use crate::identity::oidc::Declarations;
use crate::platform::traces;

use super::error::StartError;
use super::keys::existing_secrets;

/// What stands in other files.
pub struct Files {
    pub rules: Rules,
    pub apps: Option<Declarations>,
}

/// Checks everything that a start would refuse, without making anything; returns what other files say.
pub fn check_settings(config: &Config) -> Result<Files, StartError> {
    let rules = Rules::open(config.rules.as_deref())?;
    config.redis()?;
    if let Some(endpoint) = &config.otlp_endpoint {
        traces::check(endpoint).map_err(|error| {
            ConfigError::new("OTEL_EXPORTER_OTLP_ENDPOINT", format!("{error}; it takes OTLP over HTTP"))
        })?;
    }
    Branding::open(config)?;
    existing_secrets(config)?;
    let address = check_address("MUNJIGI_LISTEN", &config.listen)?;
    let issuer = config.public_url.clone().map_or_else(|| default_public_url(config, address), Ok)?;
    let apps = Declarations::open(config.apps.as_deref(), Some(&issuer))?;
    if let Some(metrics) = &config.metrics_listen {
        check_address("MUNJIGI_METRICS_LISTEN", metrics)?;
    }
    Ok(Files { rules, apps })
}

/// Whether this machine has the address. Its port may be in use, by the server that runs already.
fn check_address(setting: &'static str, text: &str) -> Result<SocketAddr, StartError> {
    let first = || {
        let address = text.to_socket_addrs()?.next().ok_or(std::io::ErrorKind::AddrNotAvailable)?;
        TcpListener::bind((address.ip(), 0))?;
        Ok(address)
    };
    first().map_err(|error| StartError::Listen(setting, text.to_owned(), error))
}

/// The server's address, if no public URL is set.
pub fn default_public_url(config: &Config, address: SocketAddr) -> Result<url::Url, ConfigError> {
    let text = match config.listen.rsplit_once(':') {
        Some((host, _)) => format!("http://{host}:{}", address.port()),
        None => format!("http://{address}"),
    };
    public_url(&text).map_err(|_| {
        ConfigError::new(
            "MUNJIGI_PUBLIC_URL",
            format!(
                "it is needed when listening on {address}; it takes the https:// address that people type"
            ),
        )
    })
}
