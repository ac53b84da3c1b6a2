//! The generations of keys that are in use.

use crate::platform::clock::Timestamp;
use crate::platform::db::DbError;

use super::generation::Generation;
use super::rows::GenerationRow;
use super::secret::{KeyError, Secrets};

/// Keys in use that cannot be derived from the available secrets.
#[derive(Debug, thiserror::Error)]
pub enum RingError {
    #[error(
        "the keys in use come from the secret {0}, which is not available; put it back, behind any newer one. If it is \
         lost, `munjigi keys rotate --forget-old` starts again: everybody signs in again, and sets authenticator apps \
         and passkeys up again"
    )]
    Unknown(String),
    #[error("the lasting key {0:?} cannot be decrypted with any available key")]
    PersistentKey(&'static str),
    #[error(transparent)]
    Db(#[from] DbError),
    #[error("the key file: {0}")]
    File(#[from] KeyError),
}

/// Every generation that may have signed or encrypted something that is still in use.
pub struct Ring {
    /// The newest first. The first may be the next generation: it is accepted already, so nodes may learn of its
    /// activation at different times.
    generations: Vec<Generation>,
    /// Index of the generation that signs and encrypts.
    current: usize,
    rows: Vec<GenerationRow>,
    /// Maximum lifetime of signed values in seconds.
    max_lifetime: i64,
}

impl Ring {
    /// Leaves out generations whose secret is not available.
    ///
    /// # Errors
    /// If the secret of the current generation is not available.
    pub fn derive(rows: Vec<GenerationRow>, secrets: &Secrets, max_lifetime: i64) -> Result<Self, RingError> {
        let used = rows.iter().find(|row| row.used_since.is_some());
        let used = used.ok_or_else(|| RingError::Unknown("of no generation at all".to_owned()))?;
        if secrets.find(&used.secret).is_none() {
            return Err(RingError::Unknown(used.secret.clone()));
        }
        let mut generations = Vec::new();
        let mut replaced_at = None;
        for row in &rows {
            if let Some(secret) = secrets.find(&row.secret) {
                generations.push(Generation::derive(secret, row, replaced_at));
            }
            replaced_at = row.used_since.or(replaced_at);
        }
        let current = generations.iter().position(|each| each.number == used.number).unwrap_or_default();
        Ok(Self { generations, current, rows, max_lifetime })
    }

    /// The generation that signs and encrypts.
    pub fn current(&self) -> &Generation {
        &self.generations[self.current]
    }

    /// All generations, the newest first, including the next one.
    pub fn generations(&self) -> &[Generation] {
        &self.generations
    }

    pub fn rows(&self) -> &[GenerationRow] {
        &self.rows
    }

    /// The generation with a number, or the one from before numbers.
    pub(super) fn find(&self, number: Option<i64>) -> Option<&Generation> {
        self.generations.iter().find(|each| match number {
            Some(number) => !each.unnumbered && each.number == number,
            None => each.unnumbered,
        })
    }

    /// The same if its signatures are still accepted.
    pub(super) fn accepted(&self, number: Option<i64>, now: Timestamp) -> Option<&Generation> {
        self.find(number).filter(|each| each.is_accepted(self.max_lifetime, now))
    }
}

impl From<diesel::result::Error> for RingError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}
