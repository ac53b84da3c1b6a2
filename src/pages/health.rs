//! `/healthz`: the process runs; `/readyz`: it can serve, as the database and session store respond and no
//! key is missing.

use actix_web::{HttpResponse, web};

use crate::http::guard::Anyone;
use crate::http::{AppError, Site};
use crate::identity::Readiness;

pub async fn healthz(_: Anyone) -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok\n")
}

pub async fn readyz(
    _: Anyone,
    readiness: web::Data<Readiness>,
    site: web::Data<Site>,
) -> Result<HttpResponse, AppError> {
    if site.is_draining() {
        return Err(AppError::Unavailable(anyhow::anyhow!("this server is about to stop")));
    }
    readiness.check().await?;
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ready\n"))
}
