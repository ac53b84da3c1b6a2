//! Ensures that every handler has a guard: its first argument states who may call it, or it does not compile.

use std::convert::Infallible;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

/// An argument that states who may call its handler.
pub trait Guard {}

/// The arguments of a handler, if the first is a guard. At most four: a handler that needs more takes a
/// bundle of services.
pub trait Guarded {}

macro_rules! guarded {
    ($($rest:ident)*) => {
        impl<G: Guard, $($rest),*> Guarded for (G, $($rest,)*) {}
    };
}

guarded! {}
guarded! { A }
guarded! { A B }
guarded! { A B C }

/// Open to anyone; the caller is not identified.
pub struct Anyone;

impl Guard for Anyone {}

impl FromRequest for Anyone {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(_: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Anyone))
    }
}
