//! HTTP requests to other servers, and what they publish. No request follows a redirect or uses a proxy, and `reach.rs`
//! says which addresses they reach.

mod agent;
mod cached;
mod http_client;
mod public_web;
mod reach;
mod test_web;
mod to_apps;
mod trust;

pub use cached::Cached;
pub use http_client::{ClientRequest, ClientResponse, HttpClient, NoAnswer, PATIENCE};
pub use public_web::PublicWeb;
pub use reach::Reach;
pub use test_web::TestWeb;
pub use to_apps::{Answered, Outgoing, TIMEOUT};
pub use trust::Trust;
