//! The OpenID provider: apps sign people in here.

mod code_flow;
