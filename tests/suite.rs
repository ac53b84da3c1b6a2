//! One binary of tests over real HTTP. Each file is named after the part of the site that it tests.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by unwrapping")]
#![allow(
    clippy::too_many_lines,
    clippy::disallowed_methods,
    reason = "a test is one long scenario, and may reach behind the services"
)]

mod support;

mod admin;
mod api;
mod api_account;
mod api_posts;
mod api_tokens;
mod app_guides;
mod applications;
mod architecture;
mod audit;
mod backup;
mod bad_tokens;
mod board;
mod bodies;
mod branding;
mod browser;
mod cli;
mod client_address;
mod clients;
mod clock_doubt;
mod cors;
mod cross_site;
mod dashboard;
mod deployment;
mod documents;
mod errors;
mod factor_nodes;
mod faults;
mod first_start;
mod forgotten;
mod forward_auth;
mod groups;
mod guesses;
mod headers;
mod home;
mod hosts;
mod identity;
mod installations;
mod key_nodes;
mod key_rotation;
mod language;
mod last_staff;
mod limits;
mod log;
mod login;
mod mail;
mod mail_bombs;
mod mail_kills;
mod metrics;
mod moderation;
mod move_database;
mod names;
mod near_cache;
mod nodes;
mod notices;
mod oidc;
mod openapi;
mod operations;
mod outage;
mod passkey_attacks;
mod passkeys;
mod password_reset;
mod ports;
mod postgres;
mod postgres_faults;
mod profile;
mod proxies;
mod readiness;
mod recovery;
mod redis_forms;
mod register;
mod repeated_failures;
mod repeated_forms;
mod required_factor;
mod return_to;
mod rotation;
mod routes;
mod second_factor;
mod secret_files;
mod security;
mod sessions;
mod settings_docs;
mod shared_limits;
mod stages;
mod step_up;
mod step_up_api;
mod step_up_attacks;
mod store;
mod token_cookies;
mod token_nodes;
mod tokens;
mod traces;
mod trusted_devices;
mod typing;
mod unsent;
mod verify_email;
mod well_known;
mod words;
