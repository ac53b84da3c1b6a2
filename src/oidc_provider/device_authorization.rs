//! `/oauth/device_authorization`: codes for a device without a browser (RFC 8628 §3.1).

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde_json::{Value, json};

use crate::http::Ctx;
use crate::identity::oidc::{
    AccessRequest, ClientAuth, ClientDirectory, Devices, GrantType, Offered, TokenRefusal,
};

use super::authorization_request::{named_resources, resources, scope};
use super::client_auth::authenticate;
use super::oauth_error::refuse;
use super::parameters::{Parameters, Posted};

pub async fn begin(
    Posted { ctx, form }: Posted,
    auth: Data<ClientAuth>,
    directory: Data<ClientDirectory>,
    devices: Data<Devices>,
) -> HttpResponse {
    match answer(&ctx, form.unwrap_or_default(), (&auth, &directory), &devices).await {
        Ok(answer) => HttpResponse::Ok().json(answer),
        Err(refusal) => refuse(&refusal),
    }
}

async fn answer(
    ctx: &Ctx,
    form: Parameters,
    (auth, directory): (&ClientAuth, &ClientDirectory),
    devices: &Devices,
) -> Result<Value, TokenRefusal> {
    let app = authenticate(ctx, &form, auth).await?;
    let registration = &app.client.registration;
    if !registration.allows(GrantType::DeviceCode) {
        return Err(TokenRefusal::UnauthorizedClient("the app is not registered for device_code"));
    }
    let all = directory.all().await?;
    let offered = Offered::to(&app.client, &all, &named_resources(&form));
    let scope =
        scope(&form, &app.client, &offered).map_err(|fault| TokenRefusal::InvalidScope(fault.description))?;
    let resources = resources(&form, &app.client).map_err(|_| TokenRefusal::InvalidTarget)?;
    let asked = AccessRequest { scope, resources, ..AccessRequest::default() };
    let codes = devices.begin(&app, asked, ctx.client()).await?;
    let (page, user_code) = (format!("{}/device", ctx.site.issuer()), codes.user_code.shown());
    Ok(json!({
        "device_code": codes.device_code,
        "user_code": user_code,
        "verification_uri": page,
        "verification_uri_complete": format!("{page}?user_code={user_code}"),
        "expires_in": codes.expires_in,
        "interval": codes.interval,
    }))
}
