//! One binary of tests over real HTTP. Each file is named after the part of the site that it tests.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by unwrapping")]

mod support;

mod admin;
mod api;
mod api_account;
mod api_posts;
mod api_tokens;
mod applications;
mod architecture;
mod audit;
mod authz;
mod bad_tokens;
mod board;
mod bodies;
mod browser;
mod browser_apps;
mod browser_mail;
mod cli;
mod clients;
mod cors;
mod cross_site;
mod dashboard;
mod doctor;
mod errors;
mod forgotten;
mod groups;
mod headers;
mod home;
mod language;
mod limits;
mod login;
mod mail;
mod moderation;
mod near_cache;
mod nodes;
mod notices;

mod openapi;
mod operations;
mod outage;
mod password_reset;
mod paths;
mod pictures;
mod profile;
mod proxies;
mod readme;
mod register;
mod rotation;
mod routes;
mod security;
mod sessions;
mod store;
mod token_cookies;
mod token_nodes;
mod tokens;
mod verify_email;
