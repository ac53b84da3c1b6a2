//! The answer to an app: a code or an error, sent by the browser to the redirect URI.

use askama::Template;
use url::Url;

use crate::http::continue_page::continue_to;
use crate::http::headers::ContentPolicy;
use crate::http::page::see_other;
use crate::http::{Answer, Ctx, Page};

use super::authorization_request::{AppFault, ResponseMode, ReturnAddress};

/// A page whose form goes on by itself if scripts run.
#[derive(Template)]
#[template(path = "oidc_provider/form_post.html")]
struct FormPostPage<'a> {
    page: &'a Page,
    title: String,
    address: &'a str,
    fields: &'a [(&'static str, String)],
}

/// The code for the app.
pub fn grant(ctx: &Ctx, to: &ReturnAddress, (code, after_form): (String, bool)) -> Answer {
    answer(ctx, to, (vec![("code", code)], after_form))
}

/// An error for the app.
pub fn fail(ctx: &Ctx, to: &ReturnAddress, (fault, after_form): (AppFault, bool)) -> Answer {
    tracing::info!(app = %to.client.name, error = fault.code, description = fault.description, "authorization refused");
    let fields = vec![("error", fault.code.to_owned()), ("error_description", fault.description.to_owned())];
    answer(ctx, to, (fields, after_form))
}

fn answer(
    ctx: &Ctx,
    to: &ReturnAddress,
    (mut fields, after_form): (Vec<(&'static str, String)>, bool),
) -> Answer {
    fields.extend(to.state.iter().map(|state| ("state", state.clone())));
    // Against mix-up with another provider (RFC 9207).
    fields.push(("iss", ctx.site.issuer().to_owned()));
    let title = ctx.page.t.oidc.continue_to(&to.client.name);
    if to.mode == ResponseMode::FormPost {
        let template = FormPostPage { page: &ctx.page, title, address: &to.redirect_uri, fields: &fields };
        let mut response = ctx.page.show(&template)?;
        response.extensions_mut().insert(ContentPolicy::FormElsewhere);
        return Ok(response);
    }
    navigate(&ctx.page, title, &with_query(&to.redirect_uri, &fields), after_form)
}

/// Sends the browser to an address: by a page after a form, because Chromium applies `form-action` to every redirect that
/// follows.
pub fn navigate(page: &Page, title: String, address: &str, after_form: bool) -> Answer {
    match after_form {
        true => continue_to(page, title, address),
        false => Ok(see_other(address).finish()),
    }
}

/// The address with more parameters; what it has stays as it is, byte by byte.
pub fn with_query(address: &str, fields: &[(&'static str, String)]) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let sign = if address.contains('?') { '&' } else { '?' };
    if query.is_empty() { address.to_owned() } else { format!("{address}{sign}{query}") }
}

/// The host that the browser goes to, as shown to people; the scheme for an app of the device.
pub fn shown_host(address: &str) -> String {
    let Ok(url) = Url::parse(address) else { return String::new() };
    match (url.scheme(), url.host_str(), url.port()) {
        ("http" | "https", Some(host), Some(port)) => format!("{host}:{port}"),
        ("http" | "https", Some(host), None) => host.to_owned(),
        (scheme, _, _) => format!("{scheme}:"),
    }
}
