//! Apps that try to get the proxy cookie, with which they could open other apps as their visitors.

use reqwest::Method;

use super::mina;
use crate::support::{Behind, over_both_proxies, send};

const NAME: &str = "__Secure-munjigi-proxy";

over_both_proxies![
    no_cookie_that_an_app_sets_brings_it_the_proxy_cookie,
    stale_proxy_cookies_are_taken_away_as_well,
];

async fn no_cookie_that_an_app_sets_brings_it_the_proxy_cookie(behind: Behind) {
    let mina = mina(&behind).await;
    let real = mina.cookie(&behind.at("/")).expect("the proxy cookie");
    let secret = real.strip_prefix(&format!("{NAME}=")).expect("the only cookie of the domain");
    let (many, spaces) = ("a=1; ".repeat(200), format!("a={};", " ".repeat(60)).repeat(40));
    let lines = [
        format!("x{NAME}=1; {real}"),
        format!("{real}; x{NAME}=1"),
        format!("a=1; x{NAME}=1; {real}; b=2"),
        format!("x-{NAME}=1; y.{NAME}=1; {real}; z{NAME}=1"),
        format!("x={NAME}=1; {real}"),
        format!("{NAME}; {real}"),
        format!("{NAME} ; {real}"),
        format!("={NAME}; {real}"),
        format!("{}=1; {real}", NAME.to_lowercase()),
        format!("x=\"; {real}; y=\""),
        format!("x=1,{NAME}=1; {real}"),
        format!("a=1;{real};b=2"),
        format!("a=1;\t{real}\t; b=2"),
        format!("a=1;;; {real};; b=2"),
        format!("{many}x{NAME}=1; {many}{real}"),
        format!("{spaces}x{NAME}=1; {spaces}{real}"),
        format!("{NAME}=1; {real}"),
        format!("{real}; {NAME}=1"),
        format!("{NAME}=1; {NAME}=2; {real}; {NAME}=3; {NAME}=4"),
        format!("{real}; {real}; {real}; {real}; {real}; {real}; {real}"),
    ];
    let mut reached = 0;
    for place in ["/x", "/public/x"] {
        let one_line = lines.iter().map(|line| vec![line.as_str()]);
        let spoiled = format!("x{NAME}=1");
        let two_lines = [vec![spoiled.as_str(), &real], vec![&real, &spoiled], vec![&real, &real]];
        for cookies in one_line.chain(two_lines) {
            let request = behind.surfer().request(Method::GET, &behind.at(place));
            let request = cookies.iter().fold(request, |request, line| request.header("cookie", *line));
            let answer = send(request).await;
            assert!(!answer.body.contains(secret), "{place} {cookies:?}: {}", answer.body);
            reached += usize::from(answer.is_of_the_app());
        }
    }
    assert!(reached > 30, "{reached} requests reached the app");
    let answer = send(
        behind
            .surfer()
            .request(Method::GET, &behind.at("/x"))
            .header("cookie", format!("a=1; {real}; b=\"2\"")),
    )
    .await;
    assert_eq!(answer.received("remote-user"), ["mina"]);
    let seen = answer.received("cookie").concat();
    let seen: Vec<&str> = seen.split(';').map(str::trim).filter(|pair| !pair.is_empty()).collect();
    assert_eq!(seen, ["a=1", "b=\"2\""], "the app's own cookies arrive");
}

/// Two of the name may be there: one for the domain, and one for a domain that was configured before.
async fn stale_proxy_cookies_are_taken_away_as_well(behind: Behind) {
    for line in [
        format!("{NAME}=old.x; a=1; {NAME}=new.y; b=2"),
        format!("a=1; {NAME}=old.x; b=2; {NAME}=new.y"),
        format!("{NAME}=old.x; {NAME}=new.y; a=1; b=2"),
        "a=1; b=2".to_owned(),
        format!("{NAME}=new.y; a=1; b=2"),
    ] {
        let request = behind.surfer().request(Method::GET, &behind.at("/public/x")).header("cookie", &line);
        let answer = send(request).await;
        let seen = answer.received("cookie").concat();
        let seen: Vec<&str> = seen.split(';').map(str::trim).filter(|pair| !pair.is_empty()).collect();
        assert_eq!(seen, ["a=1", "b=2"], "{line}");
    }
    let request = behind.surfer().request(Method::GET, &behind.at("/public/x"));
    let answer = send(request.header("cookie", format!("{NAME}=new.y"))).await;
    assert_eq!(answer.received("cookie").concat(), "");
    let answer = send(behind.surfer().request(Method::GET, &behind.at("/public/x"))).await;
    assert_eq!(answer.received("cookie").concat(), "");
}
