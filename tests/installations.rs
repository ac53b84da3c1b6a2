//! Two installations with one Redis: users of one must not be signed out by the other.

use std::process::Stdio;

use crate::support::{Munjigi, Persona, RedisServer, scratch};

fn start(redis_url: &str, data: &std::path::Path) -> Result<Munjigi, String> {
    let mut command = Munjigi::command(data);
    command.env("REDIS_URL", redis_url).env("MUNJIGI_LISTEN", "127.0.0.1:0");
    let tried = command.arg("serve").stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = tried.spawn().unwrap();
    std::thread::sleep(std::time::Duration::from_secs(3));
    if child.try_wait().unwrap().is_none() {
        child.kill().unwrap();
        child.wait().unwrap();
        let mut command = Munjigi::command(data);
        command.env("REDIS_URL", redis_url);
        return Ok(Munjigi::serve(command));
    }
    Err(String::from_utf8(child.wait_with_output().unwrap().stderr).unwrap())
}

#[tokio::test]
async fn a_second_installation_is_refused_and_signs_no_user_out() {
    let (redis, here, there) = (RedisServer::start(), scratch(), scratch());
    let first = start(&redis.url(), &here.path().join("data")).unwrap();
    let mina = Persona::new(&first.url);
    mina.register("mina").await;
    let refusal = start(&redis.url(), &there.path().join("data")).err().expect("the start is refused");
    assert!(refusal.starts_with("munjigi: REDIS_URL: another installation"), "{refusal}");
    assert!(refusal.lines().count() == 1 && refusal.contains("munjigi:installation"), "{refusal}");
    // In a database of its own it it ends sessions of its first user only.
    let second = start(&redis.url().replace("/0", "/1"), &there.path().join("data")).unwrap();
    let noa = Persona::new(&second.url);
    noa.register("noa").await;
    noa.post("/sessions/end-others", &[]).await;
    assert!(mina.is_signed_in().await && noa.is_signed_in().await);
    // The first starts again, and beside itself.
    let again = start(&redis.url(), &here.path().join("data")).unwrap();
    mina.get("/dashboard").await;
    first.stop();
    let mina_again = Persona::new(&again.url);
    mina_again.set_cookie("munjigi", &mina.cookie("munjigi").unwrap());
    assert!(mina_again.is_signed_in().await);
    // Once its mark is deleted, any installation may use Redis.
    again.stop();
    redis.run(&["DEL", "munjigi:installation"]).await;
    second.stop();
    start(&redis.url(), &there.path().join("data")).unwrap().stop();
}

#[tokio::test]
async fn a_redis_that_another_installation_has_taken_since_makes_a_node_unready() {
    let (redis, folder) = (RedisServer::start(), scratch());
    let server = start(&redis.url(), &folder.path().join("data")).unwrap();
    let visitor = Persona::new(&server.url);
    assert_eq!(visitor.get("/readyz").await.status, 200);
    redis.run(&["SET", "munjigi:installation", "another"]).await;
    assert_eq!(visitor.get("/readyz").await.status, 503);
    redis.run(&["FLUSHALL"]).await;
    assert_eq!(visitor.get("/readyz").await.status, 200, "it marks an empty one again");
    assert_ne!(redis.text(&["GET", "munjigi:installation"]).await, "");
}
