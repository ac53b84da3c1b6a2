//! Connections that are slow, idle or too many: whoever holds them holds nobody else up.

use std::time::Duration;

use crate::support::{Load, Munjigi, Persona, scratch};

#[tokio::test]
async fn a_light_load_is_answered_whole() {
    let folder = scratch();
    let server = Munjigi::serve(Munjigi::command(&folder.path().join("data")));
    let mina = Persona::new(&server.url);
    mina.register("mina").await;
    let load = Load { rate: 100, time: Duration::from_secs(2) };
    let tally = load
        .run(async |_| {
            let reply = mina.try_send(mina.request(reqwest::Method::GET, "/dashboard")).await;
            ("view", reply.and_then(|reply| reply.expect_status(200)))
        })
        .await;
    tally.assert_all_went_well();
    assert_eq!((tally.done(), tally.done_of("view")), (200, 200));
}
