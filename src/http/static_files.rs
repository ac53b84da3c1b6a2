//! `/static/{name}`: the files of the program and of the operator, by hashed name.

use actix_web::{HttpResponse, web};

use super::assets;
use super::error::AppError;
use super::guard::Anyone;
use super::site::Site;

pub async fn serve(
    _: Anyone,
    name: web::Path<String>,
    site: web::Data<Site>,
) -> Result<HttpResponse, AppError> {
    let file = assets::file(&name).or_else(|| site.branding.file(&name)).ok_or(AppError::NotFound)?;
    Ok(file.response("public, max-age=31536000, immutable"))
}
