//! What every test stands on: a server on a free port with a fresh database, and personas who use it.

mod api;
mod app;
mod authenticator;
mod behind;
mod certificate;
mod chromium;
mod collector;
mod described;
mod disk;
mod figures;
mod load;
mod mail;
mod passkey;
mod persona;
mod postgres_server;
mod process;
mod python;
mod redis_forms;
mod redis_server;
mod sink;
mod twins;

pub use api::ApiClient;
pub use app::{TestApp, redis_url};
pub use authenticator::Authenticator;
pub use behind::{Behind, Proxy, RULES, Surfer, send, snippets};
pub use certificate::make as make_certificate;
pub use chromium::{Chromium, setup as chromium_setup};
pub use collector::{Collector, word};
pub use described::Described;
pub use disk::SmallDisk;
pub use figures::{Figures, with_metrics};
pub use load::{Load, Shot};
pub use mail::{Mail, mails_in};
pub use passkey::{Forgery, SoftPasskey, state};
pub use persona::{PASSWORD, Persona, Reply, encode};
pub use postgres_server::{PostgresServer, open_database};
pub use process::{Munjigi, Tethered, free_port, scratch, wait_for_port};
pub use python::{FOLDER as PYTHON_FOLDER, run_python};
pub use redis_forms::{RedisCluster, Sentinels, SharedCluster, SharedSentinels, TlsRedis};
pub use redis_server::{RedisServer, signal};
pub use sink::Sink;
pub use twins::Twins;

/// Writes one test over both session stores: `mod name` with `embedded` and `redis` in it.
macro_rules! over_both_stores {
    ($(async fn $name:ident($app:ident: TestApp) $body:block)+) => {
        $(mod $name {
            #[allow(unused_imports, reason = "some bodies need no more than the macro brings")]
            use super::*;

            async fn body($app: $crate::support::TestApp) $body

            #[tokio::test]
            async fn embedded() {
                body($crate::support::TestApp::start().await).await;
            }

            #[tokio::test]
            async fn redis() {
                body($crate::support::TestApp::on_redis().await).await;
            }
        })+
    };
}
pub(crate) use over_both_stores;

/// Writes one test over both proxies: `mod name` with `nginx` and `caddy` in it.
macro_rules! over_both_proxies {
    ($(async fn $name:ident($behind:ident: Behind) $body:block)+) => {
        $(mod $name {
            use super::*;

            async fn body($behind: $crate::support::Behind) $body

            #[tokio::test]
            async fn nginx() {
                body($crate::support::Behind::start($crate::support::Proxy::Nginx).await).await;
            }

            #[tokio::test]
            async fn caddy() {
                body($crate::support::Behind::start($crate::support::Proxy::Caddy).await).await;
            }
        })+
    };
}
pub(crate) use over_both_proxies;
