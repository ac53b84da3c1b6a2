//! `/admin` redirects to the first of the staff pages.

use crate::http::Answer;
use crate::http::auth::guards::Staff;
use crate::http::page::see_other;

pub async fn enter(_: Staff) -> Answer {
    Ok(see_other("/admin/users").finish())
}
