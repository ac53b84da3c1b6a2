//! `/healthz`: the process runs; `/readyz`: it can serve, since database and session store answer and it has every key.

use actix_web::{HttpResponse, web};

use crate::http::guard::Anyone;
use crate::http::{AppError, Site};
use crate::identity::App;
use crate::platform::db::DbError;

pub async fn healthz(_: Anyone) -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok\n")
}

pub async fn readyz(_: Anyone, app: App, site: web::Data<Site>) -> Result<HttpResponse, AppError> {
    if site.is_leaving() {
        return Err(AppError::Unavailable(anyhow::anyhow!("this node is about to end")));
    }
    app.db
        .run(|conn| Ok::<_, DbError>(diesel::RunQueryDsl::execute(diesel::sql_query("SELECT 1"), conn)?))
        .await
        .map_err(|error| AppError::Unavailable(error.into()))?;
    app.sessions.store().ping().await.map_err(|error| AppError::Unavailable(error.into()))?;
    if app.keys.is_missing_keys() {
        return Err(AppError::Unavailable(anyhow::anyhow!(
            "other nodes use keys whose secret is not at hand"
        )));
    }
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ready\n"))
}
