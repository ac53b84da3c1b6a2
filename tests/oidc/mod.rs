//! The OpenID provider: apps sign people in here.

mod attacks;
mod backchannel;
mod code_flow;
mod command;
mod ended;
mod logout;
mod machine;
mod prompts;
mod refresh;
mod refusals;
