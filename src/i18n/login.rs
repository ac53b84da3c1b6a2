texts! {
    /// The sign-in page.
    Login {
        title: "Sign in", "로그인";
        remember: "Keep me signed in on this device", "이 기기에서 로그인 상태 유지";
        submit: "Sign in", "로그인";
        no_account: "No account yet?", "아직 계정이 없으신가요?";
        register: "Create one", "계정 만들기";
        empty_login: "Enter your username or email.", "사용자 이름이나 이메일을 입력해 주세요.";
        empty_password: "Enter your password.", "비밀번호를 입력해 주세요.";
        wrong: "The username, email or password is not right. Check them and try again.", "사용자 이름(이메일)이나 비밀번호가 맞지 않습니다. 다시 확인해 주세요.";
        code_needed: "This account has a second factor. Send a code of it along.", "2단계 인증을 쓰는 계정입니다. 인증 코드를 함께 보내 주세요.";
        wrong_code: "This code is not right, or was used before. Enter the one that is shown now.", "코드가 맞지 않거나 이미 사용한 코드입니다. 지금 표시된 코드를 입력해 주세요.";
        empty_code: "Enter a code.", "코드를 입력해 주세요.";
        set_up_first: "This account must have a second factor. Sign in with a browser and set one up first.", "2단계 인증이 필요한 계정입니다. 먼저 브라우저로 로그인해 설정해 주세요.";
        signed_in: "You are signed in", "로그인했습니다";
        verify_title: "One more step", "한 단계 더";
        verify_lead: "Enter the code that your authenticator app shows, or one of your recovery codes.", "인증 앱에 표시된 코드나 복구 코드를 입력해 주세요.";
        verify_submit: "Continue", "계속";
        other_account: "Sign in another way", "다른 방법으로 로그인";
        lost: "No app and no codes? Ask the operator of this site.", "인증 앱도 복구 코드도 없으신가요? 이 사이트의 운영자에게 문의해 주세요.";
        by_passkey: "Sign in with a passkey", "패스키로 로그인";
        verify_by_passkey: "Use a passkey", "패스키 사용";
        late_passkey: "This page was open too long. Try again.", "페이지를 너무 오래 열어 두었습니다. 다시 시도해 주세요.";
        wrong_passkey: "This passkey was not accepted. Try again, or sign in another way.", "패스키를 확인하지 못했습니다. 다시 시도하거나 다른 방법으로 로그인해 주세요.";
        verify_any: "Use a passkey, or enter a code of your authenticator app or one of your recovery codes.", "패스키를 사용하거나 인증 앱의 코드 또는 복구 코드를 입력해 주세요.";
        disabled: "This account is disabled. Please ask the operator of this site.", "사용이 중지된 계정입니다. 이 사이트의 운영자에게 문의해 주세요.";
        unverified: "Confirm your email address first: sign in on the page, and we mail you how.", "먼저 이메일 주소를 확인해 주세요. 로그인 화면에서 로그인하시면 확인 메일을 보내 드립니다.";
        by_mail: "Sign in by mail instead", "메일로 로그인하기";
        logout_title: "Sign out?", "로그아웃할까요?";
        logout_lead: "You are then signed out here and in every app that you opened with this account.", "여기와 이 계정으로 연 모든 앱에서 로그아웃됩니다.";
        forgot: "Forgot your password?", "비밀번호를 잊으셨나요?";
    }
}
