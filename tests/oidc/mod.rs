//! The OpenID provider: apps sign people in here.

mod attacks;
mod code_flow;
mod ended;
mod refresh;
