//! Letters on their way: queued with the change, sealed, written or sent once, retried, given up.

use crate::support::TestApp;
