use super::{Lang, Texts};

texts! {
    /// The security page.
    Security {
        title: "Security", "보안";
        password_title: "Password", "비밀번호";
        password_lead: "Changing it ends every other session and deletes your API tokens.", "바꾸면 다른 세션이 모두 종료되고 API 토큰도 삭제됩니다.";
        submit: "Change password", "비밀번호 변경";
        same: "Choose one that differs from the current one.", "현재 비밀번호와 다르게 정해 주세요.";
        factor_title: "Second factor", "2단계 인증";
        factor_lead: "With a second factor, a stolen password alone opens nothing.", "2단계 인증을 켜면 비밀번호가 새어 나가도 계정이 열리지 않습니다.";
        app_off: "An authenticator app on your phone shows a new code every half minute.", "휴대폰의 인증 앱이 30초마다 새 코드를 보여 줍니다.";
        app_on: "Authenticator app, set up", "인증 앱 사용 중, 설정:";
        set_up: "Set up", "설정";
        turn_off: "Remove", "해제";
        turn_on: "Turn on", "켜기";
        new_codes: "Make new codes", "새 코드 만들기";
        set_up_title: "Set up an authenticator app", "인증 앱 설정";
        required: "Your account needs a second factor. Everything else opens once it is set up.", "2단계 인증이 필요한 계정입니다. 설정을 마치면 다른 페이지를 쓸 수 있습니다.";
        scan: "Scan this code with an authenticator app, then enter what the app shows.", "인증 앱으로 이 QR 코드를 찍은 뒤, 앱에 표시된 코드를 입력해 주세요.";
        qr: "QR code for the authenticator app; the key below says the same", "인증 앱에 등록할 QR 코드. 아래 키와 같은 내용입니다";
        secret: "Key", "키";
        secret_hint: "Or type this key into the app.", "QR 코드를 찍을 수 없으면 이 키를 앱에 입력해 주세요.";
        open_app: "Open in an app on this device", "이 기기의 앱에서 열기";
        app_code_wrong: "This is not the code that the app shows now. If it happens again, check the clock of your phone.", "앱에 지금 표시된 코드가 아닙니다. 계속 맞지 않으면 휴대폰의 시계를 확인해 주세요.";
        turned_on: "The second factor is on. Every other session was ended.", "2단계 인증을 켰습니다. 다른 세션은 모두 종료했습니다.";
        passkeys_title: "Passkeys", "패스키";
        passkeys_lead: "A passkey signs you in with your fingerprint, face or device PIN, without a password. It works on this site alone, so nobody can phish it.", "지문, 얼굴, 기기 PIN으로 비밀번호 없이 로그인합니다. 이 사이트에서만 쓸 수 있어 피싱에 안전합니다.";
        no_passkeys: "You have no passkey yet.", "아직 패스키가 없습니다.";
        add_passkey: "Add a passkey", "패스키 추가";
        passkey_name: "Name", "이름";
        passkey_name_hint: "Such as the device that it is on.", "패스키가 있는 기기 이름 등을 적어 주세요.";
        passkey_create: "Create the passkey", "패스키 만들기";
        passkey_script: "Passkeys need JavaScript, and a browser that knows them.", "패스키를 쓰려면 자바스크립트와 패스키를 지원하는 브라우저가 필요합니다.";
        passkey_refused: "This passkey was not accepted. Try again.", "패스키를 확인하지 못했습니다. 다시 시도해 주세요.";
        passkey_known: "This passkey is known already, or you have too many.", "이미 등록된 패스키이거나 패스키가 너무 많습니다.";
        rename: "Rename", "이름 변경";
        rename_passkey: "Rename a passkey", "패스키 이름 변경";
        rename_submit: "Save the name", "이름 저장";
        empty_passkey_name: "Enter a name.", "이름을 입력해 주세요.";
        last_way_in: "This is your only way in. Set a password first.", "로그인할 수 있는 유일한 방법입니다. 먼저 비밀번호를 정해 주세요.";
        added: "added", "등록:";
        used: "last used", "마지막 사용:";
        instead_passkey: "Use a passkey instead", "대신 패스키 사용";
        codes_title: "Your recovery codes", "복구 코드";
        codes_lead: "Each one signs you in once if your app is lost. Keep them where only you find them; they are shown only now, and earlier ones no longer work.", "인증 앱을 쓸 수 없을 때 코드마다 한 번씩 로그인할 수 있습니다. 나만 찾을 수 있는 곳에 보관해 주세요. 지금 한 번만 표시되며, 이전 코드는 더 이상 쓸 수 없습니다.";
        codes_file: "Munjigi recovery codes, each good for one sign-in:", "문지기 복구 코드(코드마다 한 번씩 로그인할 수 있습니다):";
        download: "Download as a text file", "텍스트 파일로 저장";
        kept: "I have kept them", "보관했습니다";
        print_hint: "This page can be printed, too.", "이 페이지를 인쇄해도 됩니다.";
        tokens_title: "API tokens", "API 토큰";
        tokens_lead: "For scripts, apps and servers that act for you without your password.", "비밀번호 없이 나를 대신해 일하는 스크립트, 앱, 서버에 씁니다.";
        tokens_link: "Manage API tokens", "API 토큰 관리";
        events_title: "Recent events", "최근 기록";
        events_lead: "What happened to your account, the latest first.", "계정에 있었던 일을 최근 순으로 보여 줍니다.";
        event: "Event", "내용";
        when: "When", "시각";
        place: "From", "접속 정보";
        by_operator: "the operator", "운영자";
        by_staff: "a member of staff", "관리자";
    }
}

impl Texts {
    /// How many recovery codes are left.
    pub fn recovery_left(&self, left: i64) -> String {
        match (self.lang, left) {
            (Lang::En, 0) => "No recovery code is left.".to_owned(),
            (Lang::En, 1) => "1 recovery code is left.".to_owned(),
            (Lang::En, _) => format!("{left} recovery codes are left."),
            (Lang::Ko, 0) => "남은 복구 코드가 없습니다.".to_owned(),
            (Lang::Ko, _) => format!("복구 코드가 {left}개 남았습니다."),
        }
    }
}
