//! Naver, whose user information is that of its API: a document of its own, which names the person once more.

use serde_json::{Map, Value};

use super::person::text_of;

/// The claims that the answer of `/v1/nid/me` stands for; none if it is the answer of another kind.
pub fn claims_of(answer: &Value) -> Option<Value> {
    let account = answer.get("response").filter(|account| account.is_object())?;
    if answer.get("resultcode").and_then(Value::as_str) != Some("00") {
        return None;
    }
    let mut claims = Map::new();
    for (name, claim) in [("id", "sub"), ("email", "email"), ("nickname", "nickname"), ("name", "name")] {
        if let Some(text) = text_of(account, name) {
            claims.insert(claim.to_owned(), Value::String(text));
        }
    }
    Some(Value::Object(claims))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_a_successful_answer_has_claims() {
        let account =
            json!({"id": "n", "email": "mina@example.org", "nickname": "", "mobile": "010-0000-0000"});
        let answer = json!({"resultcode": "00", "message": "success", "response": account});
        assert_eq!(claims_of(&answer), Some(json!({"sub": "n", "email": "mina@example.org"})));
        for other in [
            json!({"resultcode": "024", "message": "Authentication failed"}),
            json!({"resultcode": "024", "response": account}),
            json!({"sub": "n", "email": "mina@example.org"}),
        ] {
            assert_eq!(claims_of(&other), None);
        }
    }
}
