//! The apps that members find on their dashboard.

mod application;
mod new_application;

pub use application::{Application, SaveError, all, change, create, delete, find};
pub use new_application::{NewApplication, Problem, address};
