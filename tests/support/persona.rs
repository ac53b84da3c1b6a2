//! A user with a browser: a cookie jar, and forms filled in as the page shows them.

use std::collections::BTreeMap;
use std::sync::Mutex;

use reqwest::header::{HeaderMap, SET_COOKIE};
use reqwest::{Client, Method, RequestBuilder};
use scraper::{ElementRef, Html, Selector};

/// The password of every persona.
pub const PASSWORD: &str = "walnut tram 지붕 eleven";

pub struct Persona {
    url: String,
    client: Client,
    /// By their names without the port, which servers on plain http add.
    cookies: Mutex<BTreeMap<String, String>>,
    /// What the server adds to the names: that of the page's port, until it says otherwise.
    port: Mutex<String>,
    /// What another node added to them, for a browser that comes from there.
    elsewhere: String,
    /// The last page opened, which forms are sent from.
    page: Mutex<String>,
    pub user_agent: &'static str,
    pub language: &'static str,
    /// The address that a trusted proxy reports, if there is one.
    pub forwarded_for: Option<String>,
}

/// An answer, read whole.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Persona {
    pub fn new(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            client: super::client(),
            cookies: Mutex::default(),
            port: Mutex::new(url.rsplit_once(':').map(|(_, port)| format!("-{port}")).unwrap_or_default()),
            elsewhere: String::new(),
            page: Mutex::default(),
            user_agent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            language: "en",
            forwarded_for: None,
        }
    }

    /// The same cookies in another browser.
    pub fn with_cookies_of(other: &Persona) -> Self {
        Self::at(&other.url, other)
    }

    /// The same cookies on another node.
    pub fn at(url: &str, other: &Persona) -> Self {
        let elsewhere = other.port.lock().unwrap().clone();
        let persona = Self { elsewhere, ..Self::new(url) };
        *persona.cookies.lock().unwrap() = other.cookies.lock().unwrap().clone();
        persona
    }

    /// A request as a browser sends it from one of the site's pages.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let jar = self.cookies.lock().unwrap();
        let cookies: Vec<String> = jar
            .iter()
            .flat_map(|(name, value)| self.sent(name).map(move |name| format!("{name}={value}")))
            .collect();
        let mut request = self
            .client
            .request(method.clone(), format!("{}{path}", self.url))
            .header("user-agent", self.user_agent)
            .header("accept-language", self.language);
        if let Some(address) = &self.forwarded_for {
            request = request.header("x-forwarded-for", address);
        }
        if !cookies.is_empty() {
            request = request.header("cookie", cookies.join("; "));
        }
        if method != Method::GET && method != Method::HEAD {
            request = request.header("origin", &self.url).header("sec-fetch-site", "same-origin");
            request = request.header("referer", format!("{}{}", self.url, self.page.lock().unwrap()));
        }
        request
    }

    pub async fn send(&self, request: RequestBuilder) -> Reply {
        self.try_send(request).await.unwrap_or_else(|why| panic!("{why}"))
    }

    /// The answer, or why there is none.
    pub async fn try_send(&self, request: RequestBuilder) -> Result<Reply, String> {
        let response = request.send().await.map_err(|error| format!("{error:?}"))?;
        let (status, mut headers) = (response.status().as_u16(), response.headers().clone());
        let body = response.text().await.map_err(|error| format!("{error:?}"))?;
        self.name_without_port(&mut headers);
        self.keep_cookies(&headers);
        Ok(Reply { status, headers, body })
    }

    /// The names under which a cookie is sent: nodes of one site have one port, but those of some tests have two.
    fn sent(&self, name: &str) -> impl Iterator<Item = String> {
        let here = self.port.lock().unwrap().clone();
        let is_ours = name.starts_with("munjigi");
        let there = (is_ours && !self.elsewhere.is_empty() && self.elsewhere != here)
            .then(|| format!("{name}{}", self.elsewhere));
        let here = if is_ours { format!("{name}{here}") } else { name.to_owned() };
        std::iter::once(here).chain(there)
    }

    /// Takes the port out of the names of cookies, so that tests need not know it.
    fn name_without_port(&self, headers: &mut HeaderMap) {
        let lines: Vec<_> = headers.get_all(SET_COOKIE).iter().cloned().collect();
        headers.remove(SET_COOKIE);
        for line in lines {
            let (name, rest) = line.to_str().unwrap().split_once('=').unwrap();
            let (short, port) = split_port(name);
            if short.starts_with("munjigi") {
                port.clone_into(&mut self.port.lock().unwrap());
            }
            headers.append(SET_COOKIE, format!("{short}={rest}").parse().unwrap());
        }
    }

    fn keep_cookies(&self, headers: &HeaderMap) {
        let mut jar = self.cookies.lock().unwrap();
        for line in headers.get_all(SET_COOKIE) {
            let line = line.to_str().unwrap();
            let (pair, attributes) = line.split_once(';').unwrap_or((line, ""));
            let (name, value) = pair.split_once('=').unwrap();
            if attributes.to_lowercase().contains("max-age=0") {
                jar.remove(name);
            } else {
                jar.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(name).cloned()
    }

    /// Every cookie, by its name without the port.
    pub fn cookies(&self) -> Vec<(String, String)> {
        self.cookies.lock().unwrap().iter().map(|(name, value)| (name.clone(), value.clone())).collect()
    }

    pub fn set_cookie(&self, name: &str, value: &str) {
        self.cookies.lock().unwrap().insert(split_port(name).0.to_owned(), value.to_owned());
    }

    pub async fn get(&self, path: &str) -> Reply {
        path.clone_into(&mut self.page.lock().unwrap());
        self.send(self.request(Method::GET, path)).await
    }

    /// Posts fields without looking at any page.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        self.post_raw(path, &encode(fields)).await
    }

    pub async fn post_raw(&self, path: &str, body: &str) -> Reply {
        let request =
            self.request(Method::POST, path).header("content-type", "application/x-www-form-urlencoded");
        self.send(request.body(body.to_owned())).await
    }

    /// Opens `page`, finds the form with `action`, fills in `fields` and sends it with everything else that
    /// it contains.
    pub async fn fill(&self, page: &str, action: &str, fields: &[(&str, &str)]) -> Reply {
        let reply = self.get(page).await;
        assert_eq!(reply.status, 200, "{page} shows its form");
        let mut filled = reply.form(action);
        for (name, value) in fields {
            assert!(filled.contains_key(*name), "the form on {page} has a field {name}");
            filled.insert((*name).to_owned(), Some((*value).to_owned()));
        }
        let sent: Vec<(&str, &str)> =
            filled.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_deref()?))).collect();
        self.post(action, &sent).await
    }

    /// Sends a form again that was answered by the re-authentication page, with a proof.
    pub async fn confirm(&self, asked: &Reply, action: &str, answer: (&str, &str)) -> Reply {
        let mut form = asked.form(action);
        form.insert(answer.0.to_owned(), Some(answer.1.to_owned()));
        self.post_form(action, &form).await
    }

    /// Presses the button of a page that asks a question.
    pub async fn answer(&self, asked: &Reply, action: &str) -> Reply {
        self.post_form(action, &asked.form(action)).await
    }

    async fn post_form(&self, action: &str, form: &BTreeMap<String, Option<String>>) -> Reply {
        let sent: Vec<(&str, &str)> =
            form.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_deref()?))).collect();
        self.post(action, &sent).await
    }

    pub async fn register(&self, name: &str) {
        let email = format!("{name}@example.org");
        let fields = [("username", name), ("email", &email), ("password", PASSWORD)];
        self.fill("/register", "/register", &fields).await.assert_redirect("/dashboard");
    }

    pub async fn sign_in(&self, name: &str) -> Reply {
        self.fill("/login", "/login", &[("login", name), ("password", PASSWORD)]).await
    }

    /// Whether the account pages open.
    pub async fn is_signed_in(&self) -> bool {
        match self.get("/dashboard").await.status {
            200 => true,
            303 => false,
            other => panic!("/dashboard answered {other}"),
        }
    }
}

/// The name of a cookie, and the port that a server on plain http adds to it.
fn split_port(name: &str) -> (&str, &str) {
    let short = name.trim_end_matches(|c: char| c.is_ascii_digit()).strip_suffix('-');
    name.split_at(short.filter(|short| short.starts_with("munjigi")).unwrap_or(name).len())
}

pub fn encode(fields: &[(&str, &str)]) -> String {
    let encode = |text: &str| {
        percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
    };
    fields
        .iter()
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect::<Vec<_>>()
        .join("&")
}

impl Reply {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The status, if it is this one; otherwise the whole answer.
    pub fn expect_status(&self, status: u16) -> Result<u16, String> {
        let full = || format!("{} {} {}", self.status, self.header("location"), self.text());
        if self.status == status { Ok(status) } else { Err(full()) }
    }

    #[track_caller]
    pub fn assert_redirect(&self, to: &str) {
        assert_eq!((self.status, self.header("location")), (303, to), "{}", self.text());
    }

    /// The page in between that leads on to another origin, by itself and by a link.
    #[track_caller]
    pub fn assert_leads_on(&self, to: &str) {
        assert_eq!(self.status, 200, "{} {}", self.header("location"), self.text());
        assert_eq!(self.attributes("meta[http-equiv=refresh]", "content"), [format!("0; url={to}")]);
        assert_eq!(self.attributes("main a.button", "href"), [to]);
    }

    /// A refused form: 422, with an error at this field; with more than one, in the list above the form too.
    #[track_caller]
    pub fn assert_refused(&self, field: &str) {
        assert_eq!(self.status, 422, "{}", self.text());
        assert_eq!(
            self.find(&format!("#{field}[aria-invalid=true]")).len(),
            1,
            "{field} is marked: {}",
            self.text()
        );
        assert_eq!(self.find(&format!("#{field}-problem")).len(), 1, "{field} says what is wrong");
        if self.find(".problem[id]").len() > 1 {
            assert_eq!(
                self.find(&format!(".note.bad a[href='#{field}']")).len(),
                1,
                "{field} is in the list"
            );
        }
    }

    /// A form refused as a whole: 422, with one sentence above it and no field marked.
    #[track_caller]
    pub fn assert_refused_whole(&self, sentence: &str) {
        assert_eq!(self.status, 422, "{}", self.text());
        assert!(self.find(".note.bad p").join(" ").contains(sentence), "{}", self.text());
        assert!(self.find("[aria-invalid]").is_empty());
    }

    /// The body without the ids of its forms, which are random.
    pub fn body_without_ids(&self) -> String {
        let ids = self.attributes("input[name=form-id]", "value");
        ids.iter().fold(self.body.clone(), |body, id| body.replace(id.as_str(), ""))
    }

    pub fn html(&self) -> Html {
        Html::parse_document(&self.body)
    }

    /// The texts of the elements that `selector` finds.
    pub fn find(&self, selector: &str) -> Vec<String> {
        let text = |element: ElementRef<'_>| {
            element.text().collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
        };
        self.html().select(&Selector::parse(selector).unwrap()).map(text).collect()
    }

    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let html = self.html();
        let selector = Selector::parse(selector).unwrap();
        let found = html.select(&selector);
        found.filter_map(|element| Some(element.attr(name)?.to_owned())).collect()
    }

    /// The text that a reader sees.
    pub fn text(&self) -> String {
        self.find("main").join(" ")
    }

    /// The fields of a form as rendered; unchecked ones have no value.
    pub fn form(&self, action: &str) -> BTreeMap<String, Option<String>> {
        let html = self.html();
        let form = Selector::parse(&format!("form[action='{action}'][method=post]")).unwrap();
        let form = html.select(&form).next().unwrap_or_else(|| panic!("no form leads to {action}"));
        fields_of(form)
    }

    /// The fields of the form that has a button which leads elsewhere.
    pub fn form_of_button(&self, action: &str) -> BTreeMap<String, Option<String>> {
        let html = self.html();
        let button = Selector::parse(&format!("button[formaction='{action}']")).unwrap();
        let mut forms = html.select(&button).filter_map(|button| {
            let form =
                button.ancestors().filter_map(ElementRef::wrap).find(|each| each.value().name() == "form");
            form.filter(|form| form.attr("method") == Some("post"))
        });
        fields_of(forms.next().unwrap_or_else(|| panic!("no button leads to {action}")))
    }
}

fn fields_of(form: ElementRef<'_>) -> BTreeMap<String, Option<String>> {
    let mut fields = BTreeMap::new();
    for input in form.select(&Selector::parse("input[name], select[name], textarea[name]").unwrap()) {
        let name = input.attr("name").unwrap().to_owned();
        let value = match (input.value().name(), input.attr("type")) {
            ("select", _) => {
                let chosen = input.select(&Selector::parse("option[selected]").unwrap()).next();
                let first = input.select(&Selector::parse("option").unwrap()).next();
                chosen.or(first).and_then(|option| option.attr("value")).map(str::to_owned)
            }
            ("textarea", _) => Some(input.text().collect()),
            (_, Some("checkbox" | "radio")) if input.attr("checked").is_none() => None,
            _ => Some(input.attr("value").unwrap_or_default().to_owned()),
        };
        let known = fields.entry(name).or_insert(None);
        *known = value.or(known.take());
    }
    fields
}
