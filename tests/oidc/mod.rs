//! The OpenID provider: apps sign people in here.

mod attacks;
mod backchannel;
mod claims;
mod code_flow;
mod command;
mod conformance;
mod declared;
mod device;
mod doctor;
mod documents;
mod ended;
mod logout;
mod machine;
mod own_key;
mod pairwise;
mod par;
mod private_authority;
mod prompts;
mod refresh;
mod refusals;
mod staff_pages;
