//! Recovery codes, for a lost app or key. Ten of 60 random bits, each valid for one use, stored hashed.

use diesel::prelude::*;

use crate::identity::unit_of_work::Write;
use crate::platform::db::{Conn, DbError};
use crate::platform::keys::{Signer, random_bytes};
use crate::platform::schema::recovery_codes;
use crate::platform::schema::recovery_codes::dsl;

/// Codes per set.
const COUNT: usize = 10;

/// Characters per code, five bits each.
const LENGTH: usize = 12;

/// Crockford's base 32, without letters that look like digits.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A new code, such as `k3v9-0m2p-x7qd`.
fn random() -> String {
    let characters = random_bytes::<LENGTH>().map(|byte| char::from(ALPHABET[usize::from(byte % 32)]));
    characters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// A new set of codes.
pub fn random_set() -> Vec<String> {
    (0..COUNT).map(|_| random()).collect()
}

/// A typed code in the form that is hashed: without hyphens, and with lookalike characters replaced. None if it
/// cannot be a code.
fn normal(typed: &str) -> Option<String> {
    let read = |c: char| match c.to_ascii_lowercase() {
        'o' => '0',
        'i' | 'l' => '1',
        other => other,
    };
    let code: String = typed.chars().filter(|c| c.is_ascii_alphanumeric()).map(read).collect();
    (code.len() == LENGTH).then_some(code)
}

fn hash(signer: &Signer, user_id: i64, code: &str) -> String {
    signer.sign(&[&user_id.to_string(), code])
}

/// Replaces the user's set.
pub fn replace(
    write: &mut Write<'_>,
    signer: &Signer,
    user_id: i64,
    codes: &[String],
) -> Result<(), DbError> {
    remove(write, user_id)?;
    let (now, conn) = (write.now(), write.uncached());
    for code in codes.iter().filter_map(|code| normal(code)) {
        let hash = hash(signer, user_id, &code);
        let row = (dsl::user_id.eq(user_id), dsl::hash.eq(hash), dsl::created_at.eq(now));
        diesel::insert_into(recovery_codes::table).values(row).execute(conn)?;
    }
    Ok(())
}

pub fn remove(write: &mut Write<'_>, user_id: i64) -> Result<(), DbError> {
    diesel::delete(recovery_codes::table.filter(dsl::user_id.eq(user_id))).execute(write.uncached())?;
    Ok(())
}

/// How many codes are left.
pub fn left(conn: &mut Conn, user_id: i64) -> Result<i64, DbError> {
    Ok(recovery_codes::table.filter(dsl::user_id.eq(user_id)).count().get_result(conn)?)
}

/// Uses a code up: of concurrent requests with one code, one succeeds.
pub fn use_code(write: &mut Write<'_>, signer: &Signer, user_id: i64, typed: &str) -> Result<bool, DbError> {
    let Some(code) = normal(typed) else { return Ok(false) };
    let row = recovery_codes::table.find((user_id, hash(signer, user_id, &code)));
    Ok(diesel::delete(row).execute(write.uncached())? == 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_code_is_read_however_it_is_written_down() {
        for typed in ["k3v9-0m2p-x1qd", "K3V9 OM2P XLQD", " k3v9om2pxiqd\t", "k3v9—0m2p—x1qd"] {
            assert_eq!(normal(typed).as_deref(), Some("k3v90m2px1qd"), "{typed}");
        }
        for typed in ["", "123456", "k3v9-0m2p", "k3v9-0m2p-x1qd-0", "가나다라마바사아자차카타"] {
            assert_eq!(normal(typed), None, "{typed}");
        }
    }

    #[test]
    fn codes_are_random_and_survive_being_read() {
        let codes: std::collections::HashSet<String> = (0..1000).map(|_| random()).collect();
        assert_eq!(codes.len(), 1000);
        for code in codes {
            assert_eq!(normal(&code), Some(code.replace('-', "")));
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(typed in "\\PC{0,40}") {
            let _ = normal(&typed);
        }
    }
}
