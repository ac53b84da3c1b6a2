//! Sign-in with an account at another provider.

mod admission;
mod again_for_an_app;
mod attack_list;
mod attacks;
mod carried;
mod fixed;
mod kinds;
mod languages;
mod linking;
mod logout;
mod provider_down;
mod step_up;
mod strain;
mod two_servers;
