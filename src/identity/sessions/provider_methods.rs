//! How another provider says that it has authenticated a user. This server has checked none of it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The registered names (RFC 8176 §2) by their bits. `mfa` is not among them: in what this server says, it means that a second
/// factor was checked here.
const NAMES: [&str; 20] = [
    "face", "fpt", "geo", "hwk", "iris", "kba", "mca", "otp", "pin", "pwd", "rba", "retina", "sc", "sms",
    "swk", "tel", "user", "vbm", "wia", "pop",
];

/// What a provider has said of a sign-in; empty if it says nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ProviderMethods(u32);

impl ProviderMethods {
    /// Reads an `amr` claim: a list of names (OpenID Connect Core 1.0 §2). Others are left out.
    pub fn read(amr: &Value) -> Self {
        let all: Vec<&str> = amr.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let bits = NAMES.iter().enumerate().filter(|(_, name)| all.contains(name)).map(|(bit, _)| 1 << bit);
        Self(bits.fold(0, |bits, bit: u32| bits | bit))
    }

    pub fn is_empty(&self) -> bool {
        self.0 == 0
    }

    pub fn names(self) -> impl Iterator<Item = &'static str> {
        NAMES.into_iter().enumerate().filter(move |(bit, _)| self.0 & (1 << bit) != 0).map(|(_, name)| name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_registered_names_are_read_and_never_that_of_two_factors() {
        let names = |amr: &Value| ProviderMethods::read(amr).names().collect::<Vec<_>>();
        assert_eq!(names(&json!(["pwd", "otp", "mfa"])), ["otp", "pwd"]);
        assert_eq!(names(&json!(["pop", "face", "face"])), ["face", "pop"]);
        let unknown = json!(["mfa", "fed", "trusted_device", "recovery", "mail", "OTP", "", "<b>", 7, null]);
        for amr in [unknown, json!("pwd"), json!({"pwd": true}), json!(null), json!(true)] {
            assert!(ProviderMethods::read(&amr).is_empty(), "{amr}");
        }
    }
}
