//! Sign-in with an account elsewhere: other providers say who is there, and this server decides what that means.
//!
//! An identity is an issuer and a subject, never an address, and none is linked to an account unless its owner has signed in
//! to that and says so.

mod admission;
mod arrival;
mod attempt;
mod attempts;
mod check;
mod error;
mod github;
mod id_token;
mod kakao;
mod linked_accounts;
mod logout;
mod metadata;
mod naver;
mod newcomers;
mod observer;
mod person;
mod provider;
mod providers;
mod requests;
mod services;
mod step_up;
mod storage;
mod token;

pub use admission::NotAdmitted;
pub use arrival::{Arrivals, Arrived, NextStep};
pub use attempt::{Begin, Intent};
pub use attempts::Attempts;
pub use check::Checked;
pub use error::UpstreamError;
pub use linked_accounts::{LinkedAccounts, UnlinkError};
pub use logout::{BackchannelLogout, LogoutRefusal};
pub use newcomers::{Newcomer, NewcomerError, NewcomerForm, Newcomers, Suggested};
pub use observer::SessionsFollow;
pub use person::Person;
pub use provider::AuthorizationAnswer;
pub use providers::Providers;
pub use services::{UpstreamParts, UpstreamServices};
pub use step_up::ProviderStepUp;
pub use storage::purge;
