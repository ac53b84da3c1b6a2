//! Limits on guessing the codes that people type for their devices (RFC 8628 §5.1).

use crate::platform::clock::Clock;
use crate::platform::rate_limit::{Limiter, Shared};

/// Wrong codes that people may type within the window.
const WRONG_CODES_OF_USER: usize = 10;
const WRONG_CODES_OF_ADDRESS: usize = 20;
/// Seconds after which one no longer counts.
const WINDOW: i64 = 15 * 60;

/// Counts wrong codes.
pub struct WrongCodes {
    pub of_user: Limiter,
    pub of_address: Limiter,
}

impl WrongCodes {
    pub fn new(clock: &Clock, shared: Option<&Shared>) -> Self {
        let limiter = |max, name| Limiter::new(max, WINDOW, clock.clone()).shared(name, shared);
        Self {
            of_user: limiter(WRONG_CODES_OF_USER, "device code user"),
            of_address: limiter(WRONG_CODES_OF_ADDRESS, "device code address"),
        }
    }
}
