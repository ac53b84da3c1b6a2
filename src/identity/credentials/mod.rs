//! What proves who a user is: the password, second factors, passkeys, recovery codes.

mod common_passwords;
pub mod factors;
pub mod hasher;
pub mod key_rotation;
pub mod passkey_rows;
pub mod password;
pub mod recovery_codes;
pub mod reset;
pub mod totp;
pub mod webauthn;
