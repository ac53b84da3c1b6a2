//! What every sensitive act of staff begins with.

use actix_web::cookie::Cookie;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use futures_util::future::LocalBoxFuture;

use crate::http::auth::locks::Staff;
use crate::http::auth::step_up::Stepped;
use crate::http::guard::Guard;
use crate::http::page::see_other;
use crate::http::{AppError, Client, Fields, Notice, Page, Site};
use crate::identity::App;
use crate::identity::accounts::user;
use crate::identity::accounts::user::NoLongerStaff;
use crate::identity::audit::{Entry, Event};
use crate::platform::clock::Timestamp;
use crate::platform::db::{Conn, DbError};

/// A form that a member of staff has sent, who has shown lately who they are. Who lacks the flag is denied before
/// anything else is looked at.
pub struct Act {
    pub staff: Staff,
    pub fields: Fields,
    pub client: Client,
    pub now: Timestamp,
    pub app: App,
    pub page: Page,
    pub site: web::Data<Site>,
}

impl Act {
    pub fn actor(&self) -> i64 {
        self.staff.0.user.id
    }

    /// For the audit trail: `event`, done to the account `user_id` if it concerns one.
    pub fn entry(&self, event: Event, user_id: Option<i64>) -> Entry {
        Entry::by(self.actor(), event, user_id, &self.client, self.now)
    }

    /// `work`, unless whoever sent the form has lost the staff flag by the time that it is done.
    pub fn checked<T, E: From<DbError> + From<NoLongerStaff>>(
        &self,
        work: impl FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
    ) -> impl FnOnce(&mut Conn) -> Result<T, E> + Send + 'static {
        let actor = self.actor();
        move |conn| {
            user::must_be_staff::<E>(conn, actor)?;
            work(conn)
        }
    }

    /// Back to `address`, with a word that it is done.
    pub fn done(&self, address: &str) -> HttpResponse {
        see_other(address).cookie(self.notice(Notice::Done)).finish()
    }

    pub fn notice(&self, notice: Notice) -> Cookie<'static> {
        notice.cookie(&self.site)
    }
}

impl Guard for Act {}

impl FromRequest for Act {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let staff = Staff::from_request(req, payload).into_inner();
        let (req, mut payload) = (req.clone(), payload.take());
        Box::pin(async move {
            let staff = staff?;
            let Stepped { fields, .. } = <Stepped>::from_request(&req, &mut payload).await?;
            let inside = |error: actix_web::Error| anyhow::anyhow!("{error}");
            let app = App::extract(&req).await.map_err(inside)?;
            let client = Client::extract(&req).await.map_err(inside)?;
            let site = web::Data::<Site>::extract(&req).await.map_err(inside)?;
            let (now, page) = (app.clock.now(), Page::of(&req));
            Ok(Self { staff, fields, client, now, app, page, site })
        })
    }
}
