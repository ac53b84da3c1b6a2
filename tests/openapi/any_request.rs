//! Answers that any request may get before it reaches a handler.

use reqwest::Method;

use crate::support::{Described, TestApp};

pub async fn refuse(described: &Described, app: &TestApp) {
    let visitor = app.visitor();
    for operation in described.operations() {
        let (method, path) = operation.split_once(' ').unwrap();
        let method: Method = method.parse().unwrap();
        let request = || visitor.request(method.clone(), &path.replace("{id}", "1").replace("{key}", "x"));
        let large = visitor.send(request().body(vec![b' '; 200_000])).await;
        let packed = visitor.send(request().header("content-encoding", "gzip").body("x")).await;
        let misdirected = visitor.send(request().header("host", "evil.example")).await;
        assert_eq!((large.status, packed.status, misdirected.status), (413, 415, 421), "{operation}");
        described.check(&operation, &misdirected);
        described.check(&operation, &large);
        described.check(&operation, &packed);
        if method != Method::GET {
            let foreign = app.visitor().send(request().header("sec-fetch-site", "cross-site")).await;
            assert_eq!(foreign.status, 403, "{operation}");
            described.check(&operation, &foreign);
        }
    }
}
