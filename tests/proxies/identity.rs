//! Headers by which a client would name itself to the app.

use reqwest::Method;

use super::mina;
use crate::support::{Behind, over_both_proxies, send};

const HEADERS: [&str; 6] = [
    "remote-user",
    "remote-user-id",
    "remote-groups",
    "remote-name",
    "remote-email",
    "remote-email-verified",
];
const FORGED: &str = "forged-by-the-client";

over_both_proxies![no_identity_header_of_a_client_reaches_the_app];

/// Spellings that some environment reads as the header: CGI and WSGI make underscores of hyphens, older Apaches and PHP
/// of other characters too.
fn spellings(name: &str) -> Vec<String> {
    let (first, rest) = name.split_once('-').unwrap();
    vec![
        name.to_owned(),
        name.to_uppercase(),
        name.replace('-', "_"),
        name.replace('-', "_").to_uppercase(),
        format!("{first}_{rest}"),
        format!("{first}.{rest}"),
        format!("{first}~{rest}"),
        format!("{first}+{rest}"),
        format!("{first}.{}", rest.replace('-', "_")),
        name.replace('-', "."),
    ]
}

async fn no_identity_header_of_a_client_reaches_the_app(behind: Behind) {
    let mina = mina(&behind).await;
    // The user is in no group, and a visitor has no name at all: what is empty must be cleared as well.
    let visitor = behind.surfer();
    let mut reached = 0;
    for name in HEADERS {
        for spelling in spellings(name) {
            for lines in 1..=2 {
                for (client, place) in [(&mina, "/x"), (&mina, "/public/x"), (&visitor, "/public/x")] {
                    let request = client.request(Method::GET, &behind.at(place));
                    let request = (0..lines).fold(request, |request, _| request.header(&spelling, FORGED));
                    let answer = send(request).await;
                    assert!(!answer.body.contains(FORGED), "{spelling} {place}: {}", answer.body);
                    if answer.is_of_the_app() {
                        let user = if std::ptr::eq(client, &mina) { "mina" } else { "" };
                        assert_eq!(answer.received("remote-user").concat(), user, "{spelling} {place}");
                        reached += 1;
                    } else {
                        assert!(matches!(answer.status, 400 | 500), "{spelling} {}", answer.status);
                    }
                }
            }
        }
    }
    assert!(reached >= 72, "{reached} requests reached the app");
    for name in HEADERS {
        let dropped = mina.request(Method::GET, &behind.at("/x")).header(name, FORGED);
        let answer = send(dropped.header("connection", name)).await;
        if answer.is_of_the_app() {
            assert_eq!(answer.received("remote-user"), ["mina"], "{name}");
        }
        assert!(!answer.body.contains(FORGED), "{name}: {}", answer.body);
    }
}
