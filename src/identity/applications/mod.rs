//! The apps on members' dashboards.

pub(super) mod application;
#[expect(clippy::module_inception, reason = "the service is named after its room")]
mod applications;
mod error;
mod new_application;

pub use application::Application;
pub use applications::Applications;
pub use error::ApplicationError;
pub use new_application::NewApplication;
