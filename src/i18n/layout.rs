//! Texts around every page.

texts! {
    Layout {
        product: "Munjigi", "문지기";
        skip: "Skip to content", "본문으로 건너뛰기";
        navigation: "Main", "주 메뉴";
        settings: "Settings", "설정";
        your_account: "Your account:", "내 계정:";
        dashboard: "Apps", "앱";
        profile: "Profile", "프로필";
        sessions: "Sessions", "로그인 기기";
        security: "Security", "보안";
        tokens: "API tokens", "API 토큰";
        login: "Sign in", "로그인";
        register: "Register", "가입";
        logout: "Sign out", "로그아웃";
        language: "Language", "언어";
        help: "Help", "도움말";
        terms: "Terms", "이용약관";
        privacy: "Privacy", "개인정보처리방침";
        error: "Error", "오류";
        problems: "Please check what you typed", "입력한 내용을 확인해 주세요";
        back: "Back", "뒤로";
        cancel: "Cancel", "취소";
        confirm_title: "Confirm that it is you", "본인 확인";
        confirm_lead: "Please type your password once more before this is done.", "계속하려면 비밀번호를 한 번 더 입력해 주세요.";
        confirm_either: "Please show your second factor, or type your password once more, before this is done.", "계속하려면 2단계 인증을 하거나 비밀번호를 한 번 더 입력해 주세요.";
        confirm_factor: "This concerns the ways into your account, so please show your second factor before it is done.", "계정에 들어오는 방법과 관련된 일이므로 계속하려면 2단계 인증을 해 주세요.";
        passkey_failed: "That did not work. Try again, or choose another way.", "처리하지 못했습니다. 다시 시도하거나 다른 방법을 선택해 주세요.";
        passkey_cancelled: "The request was cancelled or timed out. Try again, or choose another way.", "요청이 취소되었거나 시간이 지났습니다. 다시 시도하거나 다른 방법을 선택해 주세요.";
        passkey_on_device: "This device has a passkey for this account already.", "이 기기에는 이미 이 계정의 패스키가 있습니다.";
        passkey_unverified: "This device cannot check that it is you. Set up a screen lock or a PIN on it, or use another device.", "이 기기로는 본인을 확인할 수 없습니다. 화면 잠금이나 PIN을 설정하거나 다른 기기를 사용해 주세요.";
        passkey_address: "Passkeys work only at this site's own address. Open the site there, or choose another way.", "패스키는 이 사이트의 공식 주소에서만 쓸 수 있습니다. 그 주소로 접속하거나 다른 방법을 선택해 주세요.";
        or: "or", "또는";
        confirm_submit: "Continue", "계속";
        staff: "Staff", "관리";
        board: "Board", "게시판";
        welcome: "Your account is ready.", "계정이 만들어졌습니다.";
        saved: "Saved.", "저장했습니다.";
        password_changed: "Your password was changed. Every other session was ended, and your API tokens were deleted.", "비밀번호를 바꿨습니다. 다른 세션을 모두 종료하고 API 토큰을 삭제했습니다.";
        session_ended: "The session was ended.", "세션을 종료했습니다.";
        others_ended: "Every other session was ended.", "다른 세션을 모두 종료했습니다.";
        signed_out: "You are signed out.", "로그아웃했습니다.";
        session_over: "Your session has ended. Please sign in again.", "세션이 종료되었습니다. 다시 로그인해 주세요.";
        not_sent_yet: "Your session has ended, so nothing was saved yet. Sign in to send what you typed.", "세션이 종료되어 아직 저장되지 않았습니다. 로그인하면 입력한 내용을 보낼 수 있습니다.";
        not_sent: "Your session has ended, so nothing was saved. Please sign in and try again.", "세션이 종료되어 저장되지 않았습니다. 로그인한 뒤 다시 시도해 주세요.";
        other_member: "That page belonged to another account. Nothing was saved.", "다른 계정으로 열어 둔 페이지여서 저장하지 않았습니다.";
        too_many_codes: "Too many wrong codes. Please sign in again.", "인증 코드를 너무 많이 틀렸습니다. 다시 로그인해 주세요.";
        stage_over: "That took too long. Please sign in again.", "시간이 지났습니다. 다시 로그인해 주세요.";
        factors_changed: "Your second factors were changed. Every other session was ended.", "2단계 인증을 바꿨습니다. 다른 세션은 모두 종료했습니다.";
        device_forgotten: "That device is asked for a code again.", "이제 그 기기에서도 인증 코드를 입력해야 합니다.";
        done: "Done. It counts at once.", "처리했습니다. 바로 적용됩니다.";
        post_saved: "The post is on the board.", "글을 저장했습니다.";
        post_deleted: "The post was deleted.", "글을 삭제했습니다.";
        password_set: "Your password is set. Sign in with it now.", "비밀번호를 정했습니다. 이제 로그인해 주세요.";
        mail_sent: "A mail is on its way.", "메일을 보냈습니다.";
        email_confirmed: "The address is confirmed.", "이메일 주소를 확인했습니다.";
        token_deleted: "The token was deleted. It is refused from now on.", "토큰을 삭제했습니다. 이제 어디에서도 쓸 수 없습니다.";
        not_followed: "You are signed in. The address that you came from is not an app of this site, so we did not go there.", "로그인했습니다. 요청한 주소는 이 사이트에 등록된 앱이 아니어서 이동하지 않았습니다.";
        app_disconnected: "The app was disconnected. It can no longer see anything of yours.", "앱의 연결을 끊었어요. 이제 아무것도 볼 수 없어요.";
        not_recognised: "You are signed in, but the app did not learn of it. Please tell the operator of this site.", "로그인되어 있지만 앱에서 확인하지 못했습니다. 이 사이트의 운영자에게 알려 주세요.";
        account_deleted: "Your account was deleted.", "계정을 삭제했습니다.";
    }
}
