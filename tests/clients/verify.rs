use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header, jwk::JwkSet};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (issuer, token) = (std::env::var("ISSUER")?, std::env::var("TOKEN")?);
    let keys = ureq::get(format!("{issuer}/.well-known/jwks.json")).call()?.body_mut().read_to_string()?;
    let keys: JwkSet = serde_json::from_str(&keys)?;
    let kid = decode_header(&token)?.kid.ok_or("no key id")?;
    let key = DecodingKey::from_jwk(keys.find(&kid).ok_or("unknown key")?)?;
    let mut rules = Validation::new(Algorithm::EdDSA);
    rules.set_issuer(&[&issuer]);
    rules.set_audience(&[&issuer]);
    rules.set_required_spec_claims(&["iss", "aud", "exp", "sub"]);
    (rules.leeway, rules.validate_nbf) = (5, true);
    let claims = decode::<serde_json::Value>(&token, &key, &rules)?.claims;
    if claims["typ"] != "access" {
        return Err("not an access token".into());
    }
    println!("{}", claims["sub"].as_str().ok_or("no subject")?);
    Ok(())
}
