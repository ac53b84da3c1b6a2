//! Where a sign-in by another provider leads if it goes no further.

use actix_web::HttpResponse;

use crate::http::{AppError, Ctx, Flash};
use crate::identity::accounts::NotLinked;
use crate::identity::upstream::{NotAdmitted, UpstreamError};

/// There is no such provider.
pub fn unknown() -> AppError {
    AppError::NotFound
}

/// Back to a page that offers the other ways, with a sentence that names the provider. The cause is only logged.
pub fn failed(
    ctx: &Ctx,
    provider: &str,
    place: &str,
    (flash, problem): (Flash, &UpstreamError),
) -> HttpResponse {
    tracing::warn!(%provider, %problem, "a sign-in by another provider failed");
    ctx.done_about(place, flash, provider, [])
}

pub fn flash_of(error: &UpstreamError) -> Flash {
    match error {
        UpstreamError::Refused(code) if code == "access_denied" || code.starts_with("user_cancelled") => {
            Flash::ProviderCancelled
        }
        UpstreamError::Stale => Flash::ProviderLate,
        _ => Flash::ProviderFailed,
    }
}

pub fn flash_of_refusal(why: NotAdmitted) -> Flash {
    match why {
        NotAdmitted::Closed => Flash::ProviderClosed,
        NotAdmitted::Domain => Flash::ProviderDomain,
        NotAdmitted::Group => Flash::ProviderGroup,
        NotAdmitted::Uninvited => Flash::ProviderUninvited,
    }
}

pub fn flash_of_link(linked: Result<(), NotLinked>) -> Flash {
    match linked {
        Ok(()) => Flash::ProviderLinked,
        Err(NotLinked::OfAnother) => Flash::ProviderOfAnother,
        Err(NotLinked::HasOne) => Flash::ProviderHasOne,
    }
}
