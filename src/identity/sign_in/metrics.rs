//! Outcomes of sign-in attempts, for the metrics.

use crate::identity::unit_of_work::Failure;
use crate::platform::metrics::{self, SignInMethod, SignInOutcome as Counted};

use super::authenticated::Authenticated;
use super::outcome::{Rejection, Stage};
use super::records::SignInRecords;

impl SignInRecords {
    /// Counts an attempt and returns its outcome.
    pub(super) fn counted<T: Ended>(
        &self,
        method: SignInMethod,
        done: Result<Result<T, Rejection>, Failure>,
    ) -> Result<Result<T, Rejection>, Failure> {
        let outcome = match &done {
            Ok(Ok(passed)) => passed.outcome(),
            Ok(Err(rejection)) => rejection.outcome(),
            Err(Failure::TooManyAttempts { .. }) => Counted::RateLimited,
            Err(_) => Counted::Unavailable,
        };
        if matches!(outcome, Counted::RateLimited) {
            self.count_refused();
        }
        metrics::count(|m| m.sign_ins(method, outcome));
        done
    }
}

pub(super) trait Ended {
    fn outcome(&self) -> Counted;
}

impl Ended for Rejection {
    fn outcome(&self) -> Counted {
        match self {
            Self::WrongPassword | Self::WrongCode | Self::WrongPasskey | Self::InvalidLink => {
                Counted::Failure
            }
            Self::Disabled => Counted::Disabled,
            Self::Unverified => Counted::Unverified,
            Self::CodeRequired => Counted::SecondFactorRequired,
            Self::SetupRequired => Counted::SetupRequired,
            Self::Expired | Self::LatePasskey => Counted::Expired,
            Self::Exhausted => Counted::RateLimited,
        }
    }
}

impl Ended for Stage {
    fn outcome(&self) -> Counted {
        match self {
            Self::Passed(_) => Counted::Success,
            Self::SecondFactor(_) => Counted::SecondFactorRequired,
        }
    }
}

impl Ended for Authenticated {
    fn outcome(&self) -> Counted {
        Counted::Success
    }
}
