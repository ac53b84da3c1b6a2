//! Labels of fields and what can be wrong with them, the same on every form.

texts! {
    Field {
        login: "Username or email", "아이디 또는 이메일";
        username: "Username", "아이디";
        username_hint: "Letters and numbers of any language. You can't change it later.", "글자와 숫자를 쓸 수 있고, 나중에 바꿀 수 없어요.";
        email: "Email", "이메일";
        password: "Password", "비밀번호";
        new_password: "New password", "새 비밀번호";
        current_password: "Current password", "현재 비밀번호";
        code: "Code", "인증 코드";
        code_hint: "6 digits from your authenticator app, or a recovery code.", "인증 앱의 숫자 6자리나 복구 코드";
        user_code: "Device code", "기기 코드";
        app_code_hint: "The 6 digits the app shows now.", "앱에 지금 보이는 숫자 6자리";
        password_hint: "At least 8 characters. Three or four unrelated words work well.", "8자 이상. 서로 관련 없는 단어 서너 개를 이어 쓰면 좋아요.";
        display_name: "Name", "이름";
        display_name_hint: "What people see. Leave it empty to use your username.", "다른 사람에게 보이는 이름이에요. 비워 두면 아이디를 써요.";
        name: "Name", "이름";
        app_address: "Address", "주소";
        icon: "Icon", "아이콘";
        app_groups: "Who may open it", "열 수 있는 사람";
        language: "Language", "언어";
        follow_browser: "Same as browser", "브라우저 설정에 따름";
        time_zone: "Time zone", "시간대";
        theme: "Theme", "테마";
        title: "Title", "제목";
        body: "Text", "내용";
        redirect_uris: "Redirect URIs", "리디렉션 URI";
        post_logout_redirect_uris: "Addresses after signing out", "로그아웃 뒤 돌아갈 주소";
        backchannel_logout_uri: "Logout address", "로그아웃 알림 주소";
        jwks: "Public keys", "공개 키";
        grants: "What it may exchange for tokens", "토큰을 받는 방법";
        scope: "Scopes", "범위(scope)";
        resources: "APIs", "사용할 API";
        scopes: "It may", "할 수 있는 일";
        expires_at: "Expires", "만료";
        theme_auto: "System", "시스템";
        theme_light: "Light", "밝게";
        theme_dark: "Dark", "어둡게";
        empty_username: "Enter a username.", "아이디를 입력해 주세요.";
        long_username: "Use at most 32 characters.", "32자 이하로 입력해 주세요.";
        odd_username: "Use letters and numbers only, with . - _ between them.", "글자와 숫자만 쓰고, 그 사이에 . - _ 를 쓸 수 있어요.";
        taken_username: "This username is taken, or too close to one that is. Try another.", "이미 쓰고 있거나 너무 비슷한 아이디예요. 다른 아이디를 입력해 주세요.";
        empty_email: "Enter your email address.", "이메일 주소를 입력해 주세요.";
        long_email: "An address has at most 254 characters.", "이메일 주소는 254자까지 쓸 수 있어요.";
        long_local: "The part before @ has at most 64 characters.", "@ 앞부분은 64자까지 쓸 수 있어요.";
        bad_email: "Enter an address such as name@example.org.", "name@example.org 같은 주소를 입력해 주세요.";
        invisible: "There is a character in it that can't be seen. Type it instead of pasting it.", "눈에 보이지 않는 글자가 들어 있어요. 붙여 넣지 말고 직접 입력해 주세요.";
        look_alike_email: "Some letters only look like Latin ones. Type the address in Latin letters.", "로마자와 비슷하게 생긴 다른 글자가 있어요. 로마자로 입력해 주세요.";
        taken_email: "There is an account with this address already.", "이 주소로 만든 계정이 이미 있어요.";
        long_display_name: "Use at most 60 characters.", "60자 이하로 입력해 주세요.";
        odd_display_name: "Use visible characters on one line.", "눈에 보이는 글자만 한 줄로 입력해 주세요.";
        empty_password: "Enter a password.", "비밀번호를 입력해 주세요.";
        short_password: "Use at least 8 characters.", "8자 이상으로 정해 주세요.";
        long_password: "Use at most 128 characters.", "128자 이하로 정해 주세요.";
        common_password: "Too easy to guess. Add an unrelated word or two.", "추측하기 쉬운 비밀번호예요. 관련 없는 단어를 한두 개 더해 주세요.";
        personal_password: "Too close to your name, your email or this site's name. Choose something unrelated.", "이름, 이메일, 사이트 이름과 너무 비슷한 비밀번호예요. 관련 없는 말로 정해 주세요.";
        wrong_password: "This isn't your current password.", "현재 비밀번호가 아니에요.";
        wrong_code: "Wrong or expired code.", "틀렸거나 더 이상 쓸 수 없는 코드예요.";
        send_password: "Your password was typed too long ago: send it as current_password.", "비밀번호를 입력한 지 오래되었어요. current_password에 담아 함께 보내 주세요.";
        send_code: "A code was given too long ago: send one as code.", "인증 코드를 입력한 지 오래되었어요. code에 담아 함께 보내 주세요.";
        missing: "This is missing.", "빠진 항목이에요.";
        wrong_type: "This is of another kind than expected.", "형식이 맞지 않아요.";
        twice: "This name stands twice.", "같은 이름이 두 번 있어요.";
        bad_choice: "Choose one of the offered options.", "주어진 항목 중에서 골라 주세요.";
    }
}

impl Field {
    /// The label of a field by the name that forms give it.
    pub fn label(&self, name: &str) -> &'static str {
        match name {
            "login" => self.login,
            "user_code" => self.user_code,
            "username" => self.username,
            "email" => self.email,
            "password" => self.password,
            "new_password" => self.new_password,
            "current_password" => self.current_password,
            "code" | "current_code" => self.code,
            "display_name" => self.display_name,
            "name" => self.name,
            "address" => self.app_address,
            "icon" => self.icon,
            "groups" => self.app_groups,
            "language" => self.language,
            "theme" => self.theme,
            "time_zone" => self.time_zone,
            "title" => self.title,
            "body" => self.body,
            "scopes" => self.scopes,
            "redirect_uris" => self.redirect_uris,
            "post_logout_redirect_uris" => self.post_logout_redirect_uris,
            "backchannel_logout_uri" => self.backchannel_logout_uri,
            "jwks" => self.jwks,
            "grants" => self.grants,
            "scope" => self.scope,
            "resources" => self.resources,
            "expires_at" => self.expires_at,
            _ => "",
        }
    }
}
