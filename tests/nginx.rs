//! A real nginx, configured by what `docs/nginx.md` shows.

use crate::support::{Behind, Proxy};

#[tokio::test]
async fn a_stranger_signs_in_and_lands_on_the_page_with_the_query() {
    let behind = Behind::start(Proxy::Nginx).await;
    behind.app.member("mina").await;
    let mina = behind.surfer();
    let page = behind.at("/page?a=1&b=%2f%20x");
    let asked = mina.get(&page).await;
    assert_eq!(asked.status, 302);
    let portal = asked.header("location").to_owned();
    assert!(
        portal.starts_with(&behind.portal("/login?rd=https%3A%2F%2Fapp%2Eexample%2Etest%3A")),
        "{portal}"
    );
    let form = mina.get(&portal).await;
    assert_eq!(form.status, 200);
    let next = form.body.split("name=\"next\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let next = next.replace("&#38;", "&").replace("&amp;", "&");
    assert_eq!(next, page);
    let fields = [("login", "mina"), ("password", crate::support::PASSWORD), ("next", &next)];
    let signed_in = mina.post("/login", &fields).await;
    assert_eq!((signed_in.status, signed_in.header("location")), (303, page.as_str()));
    let landed = mina.get(&page).await;
    assert!(landed.status == 200 && landed.body.contains("<h1 id=user>mina</h1>"), "{}", landed.body);
    assert!(landed.body.contains("a=1&b=%2f%20x"));
}
