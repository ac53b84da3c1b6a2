//! What ends the use of a stolen login, beside a sign-out.

use std::time::{Duration, Instant};

use reqwest::Client;
use serde_json::{Value, json};

use super::ending::until_refused;
use super::site::{Member, PASSWORD, RIVALS, Site, access_token, client, json_of, rival, session_cookie};
use crate::load::{Redis, Running};

const TRIALS: usize = 50;

pub async fn measure(redis: &Redis) {
    println!("\nA thief has a copy of one login at the other node; the owner acts from another login:");
    let client = client();
    let site = Site::start("question-redis", &redis.url(58));
    let mut times = [Vec::new(), Vec::new()];
    for number in 0..TRIALS {
        let (member, cookies) = Member::register(&client, &site.here, number).await;
        let (stolen, own) =
            (member.tokens(&client, &site.here).await, member.tokens(&client, &site.here).await);
        let stolen = [session_cookie(&site.there, &cookies), access_token(&site.there, &stolen)];
        for carrier in &stolen {
            assert_eq!(carrier.ask(&client).await.0, 200, "{}", carrier.name);
        }
        change_password(&client, &site.here, &own).await;
        let ended = Instant::now();
        for (carrier, times) in stolen.iter().zip(&mut times) {
            times.push(until_refused(&client, carrier, ended).await);
        }
    }
    for (name, times) in ["session cookie", "access token"].iter().zip(times) {
        let first = times.iter().filter(|time| time.is_zero()).count();
        let longest = times.into_iter().max().unwrap_or_default().as_secs_f64() * 1_000.0;
        println!(
            "  Munjigi, a new password, stolen {name}: {first} of {TRIALS} refused at once, longest {longest:.1} ms"
        );
    }
    refresh_token(&client, &site).await;
    let rivals = Site::start("rivals-10", &redis.url(57));
    for way in RIVALS {
        let [_, stolen] = rival(&client, &rivals, way).await;
        // Nothing that the owner's other login can send names this one.
        let [own, _] = rival(&client, &rivals, way).await;
        super::site::sign_out_rival(&client, &rivals, way.1, &own).await;
        println!(
            "  {}, sign-out of the owner's other login: the stolen one gets {}",
            way.0,
            stolen.ask(&client).await.0
        );
    }
}

async fn change_password(client: &Client, node: &Running, pair: &Value) {
    let body = json!({"current_password": PASSWORD, "new_password": "orchard eleven tram walnut"});
    let request = client.post(format!("{}/api/auth/password", node.url)).body(body.to_string());
    let request = request.header("content-type", "application/json");
    let token = pair["access_token"].as_str().expect("a token");
    let answer = request.header("authorization", format!("Bearer {token}")).send().await.expect("an answer");
    json_of(answer).await;
}

/// The owner refreshes; more than ten seconds later the thief uses the old refresh token.
async fn refresh_token(client: &Client, site: &Site) {
    let (member, _) = Member::register(client, &site.here, TRIALS).await;
    let stolen = member.tokens(client, &site.here).await;
    let own = json_of(refresh(client, &site.here, &stolen).await).await;
    tokio::time::sleep(Duration::from_secs(12)).await;
    let thief = refresh(client, &site.there, &stolen).await.status();
    let owner = access_token(&site.here, &own).ask(client).await.0;
    println!(
        "  Munjigi, a stolen refresh token that the owner has used: the thief gets {thief}, the session then {owner}"
    );
}

async fn refresh(client: &Client, node: &Running, pair: &Value) -> reqwest::Response {
    let body = json!({"refresh_token": pair["refresh_token"]}).to_string();
    let request = client.post(format!("{}/api/auth/refresh", node.url)).body(body);
    request.header("content-type", "application/json").send().await.expect("an answer")
}
