//! Sign-in with an account elsewhere: other providers say who is there, and this server decides what that means.
//!
//! An identity is an issuer and a subject, never an address, and none is linked to an account unless its owner has signed in
//! to that and says so.

mod admission;
mod arrival;
mod attempts;
mod check;
mod error;
mod github;
mod id_token;
mod kakao;
mod linking;
mod logout;
mod metadata;
mod naver;
mod observer;
mod person;
mod provider;
mod register;
mod requests;
mod step_up;
mod storage;
mod token;
#[expect(clippy::module_inception, reason = "the service is named after its room")]
mod upstream;

pub use admission::NotAdmitted;
pub use arrival::{Arrivals, Arrived, NextStep};
pub use attempts::{Begin, Intent};
pub use check::Checked;
pub use error::UpstreamError;
pub use linking::UnlinkError;
pub use logout::LogoutRefusal;
pub use observer::SessionsFollow;
pub use person::Person;
pub use provider::AuthorizationAnswer;
pub use register::{Newcomer, NewcomerError, NewcomerForm, Suggested};
pub use storage::purge;
pub use upstream::{Upstream, UpstreamParts};
