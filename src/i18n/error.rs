//! Titles and sentences of the error pages.

use actix_web::http::StatusCode;

texts! {
    ErrorTexts {
        bad_request: "This request cannot be read", "요청을 읽을 수 없습니다";
        bad_request_help: "Something in it was broken or sent twice. Go back, reload the page and try again.", "요청의 일부가 깨졌거나 두 번 전송되었습니다. 뒤로 가서 새로고침한 뒤 다시 시도해 주세요.";
        unauthorized: "Nobody is signed in", "로그인이 필요합니다";
        unauthorized_help: "Sign in first, or send valid credentials with the request.", "먼저 로그인하거나 유효한 인증 정보를 함께 보내 주세요.";
        forbidden: "This is not allowed", "허용되지 않은 요청입니다";
        forbidden_help: "You may not do this, or the request came from another site. Open the page here and try again.", "권한이 없거나 다른 사이트에서 보낸 요청입니다. 이 사이트에서 페이지를 열고 다시 시도해 주세요.";
        set_up_first: "This account must have a second factor. Sign in with a browser and set one up first.", "2단계 인증이 필요한 계정입니다. 먼저 브라우저로 로그인해 설정해 주세요.";
        needs_session: "An API token cannot do this. Sign in and use the session, or its access token.", "API 토큰으로는 할 수 없습니다. 로그인한 뒤 세션이나 액세스 토큰을 사용해 주세요.";
        reauth_required: "This takes a password or a code that was given within the last 10 minutes. Send it along, or step up first.", "10분 이내에 확인한 비밀번호나 인증 코드가 필요합니다. 함께 보내거나 먼저 본인 확인을 해 주세요.";
        not_found: "There is nothing here", "페이지를 찾을 수 없습니다";
        not_found_help: "The address may be mistyped, or what was here is gone.", "주소가 잘못되었거나 더 이상 없는 페이지입니다.";
        method: "This address works another way", "이 주소는 다른 방식으로 사용합니다";
        method_help: "The page cannot be used with this kind of request. Start again from the home page.", "이 방식의 요청은 받을 수 없습니다. 홈에서 다시 시작해 주세요.";
        timeout: "That took too long", "시간이 너무 오래 걸렸습니다";
        timeout_help: "The request did not arrive in time. Check your connection and try again.", "요청이 제때 도착하지 않았습니다. 연결을 확인하고 다시 시도해 주세요.";
        too_large: "That was too much at once", "보낸 내용이 너무 큽니다";
        too_large_help: "Forms here take up to 128 kB. Shorten what you typed and try again.", "양식은 128 kB까지 보낼 수 있습니다. 내용을 줄여 다시 시도해 주세요.";
        media_type: "This kind of content does not fit here", "지원하지 않는 형식입니다";
        media_type_help: "Please use the form on the page.", "페이지에 있는 양식을 사용해 주세요.";
        misdirected: "This is not the address of this site", "이 사이트의 주소가 아닙니다";
        misdirected_help: "The server does not answer to this host name. Its operator can list the name in MUNJIGI_ALLOWED_HOSTS.", "이 호스트 이름으로는 접속할 수 없습니다. 운영자가 MUNJIGI_ALLOWED_HOSTS에 이름을 등록할 수 있습니다.";
        unprocessable: "Please check what you typed", "입력한 내용을 확인해 주세요";
        unprocessable_help: "Go back and correct the marked fields.", "뒤로 가서 표시된 항목을 고쳐 주세요.";
        conflict: "This was changed meanwhile", "그 사이에 수정되었습니다";
        conflict_help: "Read it once more, then decide whether your change still fits.", "다시 확인한 뒤 변경해 주세요.";
        too_many: "Too many attempts", "시도가 너무 많습니다";
        too_many_help: "To protect accounts, we ask you to wait a little.", "계정을 보호하기 위해 잠시 기다려 주세요.";
        internal: "Something went wrong on our side", "서버에서 문제가 발생했습니다";
        internal_help: "Your data is safe. Try again; if it keeps happening, tell the operator the request number below.", "데이터는 안전합니다. 다시 시도해 보고, 계속되면 아래 요청 번호를 운영자에게 알려 주세요.";
        unavailable: "We are not available for a moment", "잠시 이용할 수 없습니다";
        unavailable_help: "You stay signed in. Please try again in a few seconds.", "로그인 상태는 유지됩니다. 몇 초 뒤에 다시 시도해 주세요.";
        other: "This did not work", "처리하지 못했습니다";
        other_help: "Please go back and try again.", "뒤로 가서 다시 시도해 주세요.";
        rule: "Denied by", "거부한 규칙";
        request: "Request number", "요청 번호";
        home: "Go to the home page", "홈으로 가기";
        dashboard: "Go to the dashboard", "대시보드로 가기";
    }
}

impl ErrorTexts {
    /// Title and sentence for a status.
    pub fn of(&self, status: StatusCode) -> (&'static str, &'static str) {
        match status.as_u16() {
            400 => (self.bad_request, self.bad_request_help),
            401 => (self.unauthorized, self.unauthorized_help),
            403 => (self.forbidden, self.forbidden_help),
            404 => (self.not_found, self.not_found_help),
            405 => (self.method, self.method_help),
            409 => (self.conflict, self.conflict_help),
            408 => (self.timeout, self.timeout_help),
            413 => (self.too_large, self.too_large_help),
            415 => (self.media_type, self.media_type_help),
            421 => (self.misdirected, self.misdirected_help),
            422 => (self.unprocessable, self.unprocessable_help),
            429 => (self.too_many, self.too_many_help),
            500 => (self.internal, self.internal_help),
            503 => (self.unavailable, self.unavailable_help),
            _ => (self.other, self.other_help),
        }
    }
}
