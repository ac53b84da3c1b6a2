//! `/oauth/device_authorization`: codes for a device without a browser (RFC 8628 §3.1).

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde_json::{Value, json};

use crate::http::Ctx;
use crate::http::guard::Anyone;
use crate::identity::oidc::{AccessRequest, GrantType, Offered, OidcProvider, TokenRefusal};

use super::authorization_request::{named_resources, resources, scope};
use super::client_auth::presented;
use super::oauth_error::refuse;
use super::parameters::{Parameters, Posted};

pub async fn begin(_: Anyone, ctx: Ctx, posted: Posted, provider: Data<OidcProvider>) -> HttpResponse {
    match answer(&ctx, posted.0.unwrap_or_default(), &provider).await {
        Ok(answer) => HttpResponse::Ok().json(answer),
        Err(refusal) => refuse(&refusal),
    }
}

async fn answer(ctx: &Ctx, form: Parameters, provider: &OidcProvider) -> Result<Value, TokenRefusal> {
    if form.has_repetitions() {
        return Err(TokenRefusal::InvalidRequest("a parameter is repeated"));
    }
    let app = provider.authenticate(&presented(ctx.headers(), &form)?, ctx.client()).await?;
    let registration = &app.client.registration;
    if !registration.allows(GrantType::DeviceCode) {
        return Err(TokenRefusal::UnauthorizedClient("the app is not registered for device_code"));
    }
    let all = provider.clients().all().await?;
    let offered = Offered::to(&app.client, &all, &named_resources(&form));
    let scope =
        scope(&form, &app.client, &offered).map_err(|fault| TokenRefusal::InvalidScope(fault.description))?;
    let resources = resources(&form, &app.client).map_err(|_| TokenRefusal::InvalidTarget)?;
    let asked = AccessRequest { scope, resources, ..AccessRequest::default() };
    let codes = provider.begin_device(&app, asked, ctx.client()).await?;
    let (page, user_code) = (format!("{}/device", provider.issuer()), codes.user_code.shown());
    Ok(json!({
        "device_code": codes.device_code,
        "user_code": user_code,
        "verification_uri": page,
        "verification_uri_complete": format!("{page}?user_code={user_code}"),
        "expires_in": codes.expires_in,
        "interval": codes.interval,
    }))
}
