//! Tests in a real Chromium.

mod accounts;
mod apple;
mod apps;
mod checkers;
mod double_clicks;
mod every_page;
mod factors;
mod leading_on;
mod look;
mod mail;
mod openid;
mod passkeys;
mod pictures;
mod recovery;
mod required_factor;
mod sign_in;
mod tokens;
mod unsent;
