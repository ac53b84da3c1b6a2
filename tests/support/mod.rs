//! Support for all tests: a server on a free port with a fresh database, and personas who use it.

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
pub mod foreign_app;
mod http;
mod load;
pub mod logout_receiver;
mod mail;
pub mod own_key;
mod passkey;
mod persona;
mod ports;
mod postgres_server;
mod process;
pub mod provider;
mod python;
mod redis_forms;
mod redis_server;
pub mod relying_party;
mod sink;
mod twins;

pub use api::ApiClient;
pub use app::{TestApp, local_client, redis_url};
pub use authenticator::Authenticator;
pub use behind::{Behind, Proxy, RULES, Surfer, send, snippets};
pub use certificate::{Certificate, make as make_certificate};
pub use chromium::{Chromium, setup as chromium_setup};
pub use collector::{Collector, word};
pub use described::Described;
pub use disk::SmallDisk;
pub use figures::{Figures, with_metrics};
pub use http::{choose_tls, client, client_builder, get};
pub use load::{Load, Shot};
pub use mail::{Mail, mails_in};
pub use passkey::{Forgery, SoftPasskey, state};
pub use persona::{PASSWORD, Persona, Reply, encode};
pub use ports::free_port;
pub use postgres_server::{PostgresServer, database_at, open_database};
pub use process::{Munjigi, Tethered, scratch, wait_for_port};
pub use python::{FOLDER as PYTHON_FOLDER, run_python};
pub use redis_forms::{RedisCluster, Sentinels, SharedCluster, SharedSentinels, TlsRedis};
pub use redis_server::{RedisServer, signal};
pub use sink::Sink;
pub use twins::Twins;

/// Turns each named function, which takes a `TestApp`, into a test over both session stores: `embedded` and `redis` in a
/// module of its name.
macro_rules! over_both_stores {
    [$($name:ident),+ $(,)?] => {
        $(mod $name {
            use crate::support::TestApp;

            #[tokio::test]
            async fn embedded() {
                super::$name(TestApp::start().await).await;
            }

            #[tokio::test]
            async fn redis() {
                super::$name(TestApp::on_redis().await).await;
            }
        })+
    };
}
pub(crate) use over_both_stores;

/// Turns each named function, which takes a `Behind`, into a test over both proxies: `nginx` and `caddy` in a module of its
/// name.
macro_rules! over_both_proxies {
    [$($name:ident),+ $(,)?] => {
        $(mod $name {
            use crate::support::{Behind, Proxy};

            #[tokio::test]
            async fn nginx() {
                super::$name(Behind::start(Proxy::Nginx).await).await;
            }

            #[tokio::test]
            async fn caddy() {
                super::$name(Behind::start(Proxy::Caddy).await).await;
            }
        })+
    };
}
pub(crate) use over_both_proxies;
