//! Codes of an authenticator app (RFC 6238): six digits, 30 seconds, one step of leeway, each valid for one use.

use diesel::prelude::*;
use totp_rs::{Builder, Totp};

use crate::identity::unit_of_work::Write;
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};
use crate::platform::keys::{Vault, random_bytes};
use crate::platform::schema::totp;
use crate::platform::schema::totp::dsl;

/// Seconds for which a code is shown.
const STEP: i64 = 30;

/// Steps by which a clock may differ in either direction (RFC 6238 §5.2).
const LEEWAY: i64 = 1;

/// The secret shared by app and server: 160 bits (RFC 4226 §4).
pub struct TotpSecret([u8; 20]);

impl TotpSecret {
    pub fn random() -> Self {
        Self(random_bytes())
    }

    /// The form for typing into an app: base32 in groups of four.
    pub fn to_text(&self) -> String {
        let text = totp_rs::Secret::from(self.0.to_vec()).to_base32();
        text.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ")
    }

    /// The URI in a QR code (the key URI format of authenticator apps).
    pub fn to_uri(&self, issuer: &str, account: &str) -> anyhow::Result<String> {
        // A colon separates the two in the URI.
        let totp = self.builder().with_issuer(Some(issuer.replace(':', " ")));
        Ok(totp.with_account_name(account.replace(':', " ")).build()?.to_url()?)
    }

    /// The step that this code belongs to, if it is close enough to now and later than `last`.
    pub fn step_of(&self, code: &str, now: Timestamp, last: i64) -> Option<i64> {
        let totp: Totp = self.builder().build().ok()?;
        let steps = now / STEP - LEEWAY..=now / STEP + LEEWAY;
        let mut fitting = steps.filter(|step| *step > last);
        fitting.find(|step| totp.check(code, (step * STEP) as u64).is_some())
    }

    /// Encrypts it for storage.
    pub fn seal(&self, vault: &Vault, user_id: i64) -> String {
        vault.seal(&self.0, &purpose(user_id))
    }

    pub fn open(vault: &Vault, user_id: i64, sealed: &str) -> Option<Self> {
        Some(Self(vault.open(sealed, &purpose(user_id))?.try_into().ok()?))
    }

    fn builder(&self) -> Builder {
        Builder::new().with_secret(self.0.to_vec()).with_skew(0)
    }
}

fn purpose(user_id: i64) -> String {
    format!("totp {user_id}")
}

/// Turns the app on; `step` is that of the code that proved that the app has the secret.
pub fn add(write: &mut Write<'_>, user_id: i64, sealed: &str, step: i64) -> Result<bool, DbError> {
    if since(write.read(), user_id)?.is_some() {
        return Ok(false);
    }
    let now = write.now();
    let row =
        (dsl::user_id.eq(user_id), dsl::secret.eq(sealed), dsl::last_step.eq(step), dsl::created_at.eq(now));
    diesel::insert_into(totp::table).values(row).execute(write.uncached())?;
    Ok(true)
}

pub fn remove(write: &mut Write<'_>, user_id: i64) -> Result<bool, DbError> {
    Ok(diesel::delete(totp::table.find(user_id)).execute(write.uncached())? == 1)
}

/// Since when the user has had an app set up.
pub fn since(conn: &mut Conn, user_id: i64) -> Result<Option<Timestamp>, DbError> {
    Ok(totp::table.find(user_id).select(dsl::created_at).first(conn).optional()?)
}

/// Uses a code up: of concurrent requests with one code, one succeeds.
pub fn use_code(write: &mut Write<'_>, vault: &Vault, user_id: i64, code: &str) -> Result<bool, DbError> {
    let (now, conn) = (write.now(), write.uncached());
    let found: Option<(String, i64)> =
        totp::table.find(user_id).select((dsl::secret, dsl::last_step)).first(conn).optional()?;
    let Some((sealed, last)) = found else { return Ok(false) };
    let Some(secret) = TotpSecret::open(vault, user_id, &sealed) else {
        tracing::error!(
            user_id,
            "the secret of an authenticator app cannot be decrypted; has the secret key changed?"
        );
        return Ok(false);
    };
    let Some(step) = secret.step_of(code, now, last) else { return Ok(false) };
    let unused = totp::table.find(user_id).filter(dsl::last_step.lt(step));
    Ok(diesel::update(unused).set(dsl::last_step.eq(step)).execute(conn)? == 1)
}

/// Re-encrypts secrets that older keys have encrypted, for a number of users after `after`. Returns the last of them,
/// if any.
pub fn reseal_some(
    write: &mut Write<'_>,
    vault: &Vault,
    after: i64,
    limit: i64,
) -> Result<Option<i64>, DbError> {
    let conn = write.uncached();
    let mark = vault.current_mark().unwrap_or_default();
    let others = totp::table.filter(dsl::user_id.gt(after).and(dsl::secret.not_like(format!("{mark}%"))));
    let found: Vec<(i64, String)> =
        others.order(dsl::user_id).limit(limit).select((dsl::user_id, dsl::secret)).load(conn)?;
    for (user_id, sealed) in &found {
        let Some(secret) = TotpSecret::open(vault, *user_id, sealed) else { continue };
        let unchanged = totp::table.find(user_id).filter(dsl::secret.eq(sealed));
        diesel::update(unchanged).set(dsl::secret.eq(secret.seal(vault, *user_id))).execute(conn)?;
    }
    Ok(found.last().map(|(user_id, _)| *user_id))
}

/// Whether a key still encrypts a secret: the key with this mark, or the one from before marks.
pub fn is_any_sealed_by(conn: &mut Conn, mark: Option<&str>) -> Result<bool, DbError> {
    let sealed = totp::table.into_boxed();
    let sealed = match mark {
        Some(mark) => sealed.filter(dsl::secret.like(format!("{mark}%"))),
        None => sealed.filter(dsl::secret.not_like("%~%")),
    };
    Ok(sealed.count().get_result::<i64>(conn)? > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// RFC 6238, appendix B, the last six digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = TotpSecret(*b"12345678901234567890");
        for (time, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(secret.step_of(code, time, 0), Some(time / 30), "{time}");
        }
    }

    #[test]
    fn one_step_either_way_is_forgiven_and_none_twice() {
        let secret = TotpSecret(*b"12345678901234567890");
        let (code, step) = ("081804", 1_111_111_109 / 30);
        let (begins, ends) = (step * 30, step * 30 + 29);
        for (now, fits) in [(begins - 31, false), (begins - 30, true), (ends + 30, true), (ends + 31, false)]
        {
            assert_eq!(secret.step_of(code, now, 0).is_some(), fits, "{now}");
        }
        assert_eq!(secret.step_of(code, begins, step), None);
        assert_eq!(secret.step_of(code, begins, step + 1), None);
    }

    #[test]
    fn the_secret_reads_well_and_the_address_names_site_and_account() {
        let secret = TotpSecret(*b"12345678901234567890");
        assert_eq!(secret.to_text(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        let uri = secret.to_uri("id.example:8443", "미나").unwrap();
        assert!(uri.starts_with("otpauth://totp/id.example%208443:%EB%AF%B8%EB%82%98?"), "{uri}");
        assert!(uri.contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), "{uri}");
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(code in "\\PC{0,12}") {
            let _ = TotpSecret([7; 20]).step_of(&code, 1_000_000_000, 0);
        }
    }
}
