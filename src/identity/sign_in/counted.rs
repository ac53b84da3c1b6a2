//! How attempts to sign in have ended, for the metrics.

use crate::http::AppError;
use crate::platform::metrics::{self, Outcome, Way};

use super::{Authenticated, Checked, Refusal, Step};

/// Counts an attempt, and passes on what came of it.
pub(super) fn counted<T: Ended>(way: Way, done: T) -> T {
    metrics::count(|m| m.sign_ins(way, done.outcome()));
    done
}

pub(super) trait Ended {
    fn outcome(&self) -> Outcome;
}

impl<T: Ended> Ended for Result<T, AppError> {
    fn outcome(&self) -> Outcome {
        match self {
            Ok(done) => done.outcome(),
            Err(AppError::TooMany { .. }) => Outcome::Limited,
            Err(_) => Outcome::Unknown,
        }
    }
}

impl<T: Ended> Ended for Result<T, Refusal> {
    fn outcome(&self) -> Outcome {
        match self {
            Ok(done) => done.outcome(),
            Err(Refusal::Wrong | Refusal::WrongCode) => Outcome::Wrong,
            Err(Refusal::Disabled) => Outcome::Disabled,
            Err(Refusal::Unverified) => Outcome::Unverified,
            Err(Refusal::CodeNeeded) => Outcome::SecondFactorAsked,
            Err(Refusal::SetUpFirst) => Outcome::SetUpFirst,
        }
    }
}

impl Ended for Step {
    fn outcome(&self) -> Outcome {
        match self {
            Self::Through(_) => Outcome::Right,
            Self::Second(_) => Outcome::SecondFactorAsked,
        }
    }
}

impl Ended for Checked {
    fn outcome(&self) -> Outcome {
        match self {
            Self::Right(_) => Outcome::Right,
            Self::Wrong => Outcome::Wrong,
            Self::Over => Outcome::Over,
        }
    }
}

impl Ended for Authenticated {
    fn outcome(&self) -> Outcome {
        Outcome::Right
    }
}

impl Ended for Option<Authenticated> {
    fn outcome(&self) -> Outcome {
        if self.is_some() { Outcome::Right } else { Outcome::Wrong }
    }
}
