//! What two nodes count adds up.

use crate::overview::figure;
use crate::support::Persona;

use super::Pair;

#[tokio::test]
async fn sign_ins_and_refusals_of_two_nodes_add_up() {
    let pair = Pair::start();
    let third = pair.third().await;
    let sofia = third.staff("sofia").await;
    third.member("mina").await;
    let mut tries = 0;
    for node in [&pair.here, &pair.there, &pair.there] {
        Persona::new(&node.url).sign_in("mina").await.assert_redirect("/dashboard");
    }
    let mut refused = [0, 0];
    for (place, node) in [&pair.here, &pair.there].into_iter().enumerate() {
        for _ in 0..12 {
            tries += 1;
            let visitor = Persona::new(&node.url);
            let reply = visitor.post("/login", &[("login", "mina"), ("password", "not the password")]).await;
            refused[place] += i64::from(reply.status == 429);
        }
    }
    assert!(refused[0] > 0 && refused[1] > 0, "{refused:?}");
    let (here, there) = (Persona::at(&pair.here.url, &sofia), Persona::at(&pair.there.url, &sofia));
    // Each stores what it has counted when it shows the page.
    sofia.get("/admin").await;
    here.get("/admin").await;
    let page = there.get("/admin").await;
    let failed = tries - refused[0] - refused[1];
    assert_eq!(figure(&page, "Sign-ins today"), ("5".to_owned(), format!("{failed} failed")));
    let said = format!("{} sign-ins were refused today", refused[0] + refused[1]);
    assert!(page.text().contains(&said), "{said}: {}", page.text());
    assert_eq!(here.get("/admin").await.find(".kpis dd"), page.find(".kpis dd"), "the same on both");
}
