//! Titles and sentences of the error pages.

use actix_web::http::StatusCode;

texts! {
    ErrorTexts {
        bad_request: "This request can’t be read", "요청을 읽을 수 없어요";
        bad_request_help: "Part of it was broken or sent twice. Go back, reload the page and try again.", "요청의 일부가 깨졌거나 두 번 전송됐어요. 뒤로 가서 새로고침한 뒤 다시 시도해 주세요.";
        unauthorized: "You’re not signed in", "로그인이 필요해요";
        unauthorized_help: "Sign in first, or send a valid token with the request.", "먼저 로그인하거나 유효한 토큰을 함께 보내 주세요.";
        forbidden: "This page isn’t open to you", "이 페이지를 열 권한이 없어요";
        forbidden_help: "You can’t do this, or the request came from another site. Open the page here and try again.", "권한이 없거나 다른 사이트에서 보낸 요청이에요. 이 사이트에서 페이지를 열고 다시 시도해 주세요.";
        set_up_first: "This account needs two-step verification. Sign in with a browser and set it up first.", "2단계 인증이 필요한 계정이에요. 먼저 브라우저로 로그인해 설정해 주세요.";
        needs_session: "An API token can’t do this. Sign in and use the session, or its access token.", "API 토큰으로는 할 수 없어요. 로그인한 뒤 세션이나 액세스 토큰을 사용해 주세요.";
        reauth_required: "This takes a password or a code that was given within the last 10 minutes. Send it along, or step up first.", "10분 이내에 확인한 비밀번호나 인증 코드가 필요해요. 함께 보내거나 먼저 본인 확인을 해 주세요.";
        not_found: "There’s nothing here", "페이지를 찾을 수 없어요";
        not_found_help: "The address may be mistyped, or what was here is gone.", "주소가 잘못됐거나 더 이상 없는 페이지예요.";
        method: "This address works another way", "이 주소는 다르게 써요";
        method_help: "The page can’t be used with this kind of request. Start again from the home page.", "이 방식의 요청은 받을 수 없어요. 홈에서 다시 시작해 주세요.";
        timeout: "That took too long", "시간이 너무 오래 걸렸어요";
        timeout_help: "The request didn’t arrive in time. Check your connection and try again.", "요청이 제때 도착하지 않았어요. 연결을 확인하고 다시 시도해 주세요.";
        too_large: "That was too much at once", "보낸 내용이 너무 커요";
        too_large_help: "Forms here take up to 128 kB. Shorten what you typed and try again.", "양식은 128 kB까지 보낼 수 있어요. 내용을 줄여 다시 시도해 주세요.";
        media_type: "This kind of content doesn’t fit here", "지원하지 않는 형식이에요";
        media_type_help: "Use the form on the page.", "페이지에 있는 양식을 사용해 주세요.";
        misdirected: "This isn’t the address of this site", "이 사이트의 주소가 아니에요";
        misdirected_help: "The server doesn’t answer to this host name. The people who run it can list the name in MUNJIGI_ALLOWED_HOSTS.", "이 호스트 이름으로는 접속할 수 없어요. 운영자가 MUNJIGI_ALLOWED_HOSTS에 이름을 등록할 수 있어요.";
        unprocessable: "Check what you typed", "입력한 내용을 확인해 주세요";
        unprocessable_help: "Go back and correct the marked fields.", "뒤로 가서 표시된 항목을 고쳐 주세요.";
        conflict: "This was changed in between", "그 사이에 바뀌었어요";
        conflict_help: "Read it again, then decide whether your change still fits.", "다시 확인한 뒤 바꿔 주세요.";
        too_many: "Too many attempts", "시도가 너무 많아요";
        too_many_help: "This protects accounts. Wait a little.", "계정을 보호하기 위해 잠시 기다려 주세요.";
        internal: "Something went wrong on our side", "서버에 문제가 생겼어요";
        internal_help: "Your data is safe. Try again. If it keeps happening, give the request ID below to the people who run this site.", "데이터는 안전해요. 다시 시도해 보고, 계속되면 아래 요청 번호를 운영자에게 알려 주세요.";
        unavailable: "Back in a moment", "잠시 뒤에 다시 열려요";
        unavailable_help: "You stay signed in.", "로그인은 그대로예요.";
        other: "This didn’t work", "처리하지 못했어요";
        other_help: "Go back and try again.", "뒤로 가서 다시 시도해 주세요.";
        rule: "Denied by", "거부한 규칙";
        request: "Request ID", "요청 번호";
        home: "Go to the home page", "홈으로 가기";
        dashboard: "Go to your apps", "내 앱으로 가기";
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
