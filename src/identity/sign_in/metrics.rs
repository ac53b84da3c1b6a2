//! How attempts to sign in have ended, for the metrics.

use crate::http::AppError;
use crate::platform::metrics;
use crate::platform::metrics::{Outcome, Way};

use super::{Authenticated, Checked, Refusal, Step};

/// Counts an attempt, and passes on what came of it.
pub(super) fn counted<T: Ended>(method: SignInMethod, done: T) -> T {
    metrics::count(|m| m.sign_ins(method, done.outcome()));
    done
}

pub(super) trait Ended {
    fn outcome(&self) -> SignInOutcome;
}

impl<T: Ended> Ended for Result<T, AppError> {
    fn outcome(&self) -> SignInOutcome {
        match self {
            Ok(done) => done.outcome(),
            Err(AppError::TooMany { .. }) => SignInOutcome::RateLimited,
            Err(_) => SignInOutcome::Unavailable,
        }
    }
}

impl<T: Ended> Ended for Result<T, Refusal> {
    fn outcome(&self) -> SignInOutcome {
        match self {
            Ok(done) => done.outcome(),
            Err(Refusal::Wrong | Refusal::WrongCode) => SignInOutcome::Failure,
            Err(Refusal::Disabled) => SignInOutcome::Disabled,
            Err(Refusal::Unverified) => SignInOutcome::Unverified,
            Err(Refusal::CodeNeeded) => SignInOutcome::SecondFactorRequired,
            Err(Refusal::SetUpFirst) => SignInOutcome::SetupRequired,
        }
    }
}

impl Ended for Step {
    fn outcome(&self) -> SignInOutcome {
        match self {
            Self::Through(_) => SignInOutcome::Success,
            Self::Second(_) => SignInOutcome::SecondFactorRequired,
        }
    }
}

impl Ended for Checked {
    fn outcome(&self) -> SignInOutcome {
        match self {
            Self::Right(_) => SignInOutcome::Success,
            Self::Wrong => SignInOutcome::Failure,
            Self::Over => SignInOutcome::Expired,
        }
    }
}

impl Ended for Authenticated {
    fn outcome(&self) -> SignInOutcome {
        SignInOutcome::Success
    }
}

impl Ended for Option<Authenticated> {
    fn outcome(&self) -> SignInOutcome {
        if self.is_some() { SignInOutcome::Success } else { SignInOutcome::Failure }
    }
}
