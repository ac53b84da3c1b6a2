//! Typed passwords, passed through the confirmation page: encrypted, never shown.

use std::collections::BTreeMap;

use actix_web::HttpRequest;
use anyhow::Context;
use serde::{Deserialize, Serialize};

use crate::http::auth::guards::CurrentUser;
use crate::http::error::AppError;
use crate::http::form::Fields;
use crate::identity::sessions::RECENT_SECONDS;
use crate::platform::clock::{Clock, Timestamp};
use crate::platform::keys::{KeyPurpose, Keys, Vault};

use super::confirm_page::SEALED;

pub struct SealedPasswords {
    vault: Vault,
    clock: Clock,
}

#[derive(Serialize, Deserialize)]
struct Typed {
    until: Timestamp,
    /// Passwords by field name.
    passwords: BTreeMap<String, String>,
}

/// Binds the passwords to a user and a form's action.
pub fn binding(req: &HttpRequest, current: &CurrentUser) -> String {
    format!("typed {} {} {}", req.path(), current.user.id, current.user.epoch)
}

impl SealedPasswords {
    pub fn new(keys: &Keys, clock: Clock) -> Self {
        Self { vault: Vault::new(keys, KeyPurpose::SecondFactors), clock }
    }

    /// Encrypts the passwords among the fields.
    pub fn seal(&self, binding: &str, fields: &mut Fields) -> Result<(), AppError> {
        let passwords = fields.take_all(|name| name.ends_with("password"));
        if passwords.is_empty() {
            return Ok(());
        }
        let typed = Typed { until: self.clock.now() + RECENT_SECONDS, passwords };
        let text = serde_json::to_vec(&typed).context("texts are JSON")?;
        fields.set(SEALED, self.vault.seal(&text, binding));
        Ok(())
    }

    /// Restores the passwords. Those sealed for another user or form, or too long ago, are dropped.
    pub fn unseal(&self, binding: &str, fields: &mut Fields) {
        let opened = self.vault.open(&fields.take(SEALED), binding);
        let typed = opened.and_then(|text| serde_json::from_slice::<Typed>(&text).ok());
        let typed = typed.filter(|typed| self.clock.now() < typed.until);
        for (name, value) in typed.into_iter().flat_map(|typed| typed.passwords) {
            fields.set(&name, value);
        }
    }
}
