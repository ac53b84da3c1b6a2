//! Session or token? The figures of docs/sessions-or-tokens.md, in one run.

mod cost;
mod ending;
mod outage;
mod site;
mod theft;

use crate::load::Redis;

pub fn measure() {
    let redis = Redis::start();
    cost::measure(&redis);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        ending::measure(&redis).await;
        theft::measure(&redis).await;
        outage::measure().await;
    });
}
