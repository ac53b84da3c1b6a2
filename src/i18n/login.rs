texts! {
    /// The sign-in page.
    Login {
        title: "Sign in", "로그인";
        description: "Sign in with your password or a passkey.", "비밀번호나 패스키로 로그인해요.";
        leads_to_before: "to continue to", "";
        leads_to_after: "", "에서 계속하려면 로그인해 주세요.";
        remember: "Keep me signed in on this device", "이 기기에서 로그인 유지";
        submit: "Sign in", "로그인";
        no_account: "New here?", "처음이신가요?";
        register: "Create an account", "계정 만들기";
        empty_login: "Enter your username or email.", "아이디나 이메일을 입력해 주세요.";
        empty_password: "Enter your password.", "비밀번호를 입력해 주세요.";
        wrong: "Wrong username or password. Try again.", "아이디나 비밀번호가 맞지 않아요. 다시 입력해 주세요.";
        code_needed: "This account uses two-step verification. Send a code along.", "2단계 인증을 쓰는 계정이에요. 인증 코드를 함께 보내 주세요.";
        wrong_code: "Wrong or used code. Enter the one shown now.", "틀렸거나 이미 쓴 코드예요. 지금 보이는 코드를 입력해 주세요.";
        empty_code: "Enter a code.", "인증 코드를 입력해 주세요.";
        set_up_first: "This account needs two-step verification. Sign in with a browser and set it up first.", "2단계 인증이 필요한 계정이에요. 먼저 브라우저로 로그인해 설정해 주세요.";
        signed_in: "You're signed in", "로그인했어요";
        verify_title: "Enter your code", "인증 코드 입력";
        verify_lead: "Open your authenticator app and type the 6 digits it shows now.", "인증 앱을 열고 지금 보이는 숫자 6자리를 입력해 주세요.";
        verify_any: "Type the 6 digits that your authenticator app shows now, or use a passkey.", "인증 앱에 지금 보이는 숫자 6자리를 입력하거나 패스키를 사용해 주세요.";
        verify_hint: "A recovery code works here too.", "복구 코드도 쓸 수 있어요.";
        verify_submit: "Continue", "계속";
        other_account: "Sign in as someone else", "다른 계정으로 로그인";
        lost: "Lost your phone and codes?", "휴대폰과 복구 코드를 모두 잃어버렸나요?";
        lost_help: "The people who run this site can help you get back in.", "이 사이트의 운영자가 계정을 되찾도록 도와줄 수 있어요.";
        by_passkey: "Sign in with a passkey", "패스키로 로그인";
        verify_by_passkey: "Use a passkey", "패스키 사용";
        late_passkey: "This page was open too long. Try again.", "페이지를 너무 오래 열어 두었어요. 다시 시도해 주세요.";
        wrong_passkey: "This passkey didn't work. Try again, or sign in another way.", "패스키를 확인하지 못했어요. 다시 시도하거나 다른 방법으로 로그인해 주세요.";
        disabled: "This account is disabled. Ask the people who run this site.", "사용이 중지된 계정이에요. 이 사이트의 운영자에게 문의해 주세요.";
        unverified: "Confirm your email first: sign in on the page, and a mail tells you how.", "먼저 이메일을 확인해 주세요. 로그인 페이지에서 로그인하면 확인 메일을 보내요.";
        by_mail: "Email me a sign-in link", "이메일로 로그인 링크 받기";
        logout_title: "Sign out?", "로그아웃할까요?";
        logout_lead: "You'll be signed out here and in the apps you opened with this account.", "여기와 이 계정으로 연 앱에서 로그아웃돼요.";
        forgot: "Forgot password?", "비밀번호를 잊었나요?";
    }
}
