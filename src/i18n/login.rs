texts! {
    /// The sign-in page.
    Login {
        title: "Sign in", "로그인";
        login: "Username or email", "사용자 이름 또는 이메일";
        remember: "Keep me signed in on this device", "이 기기에서 로그인 상태 유지";
        submit: "Sign in", "로그인";
        no_account: "No account yet?", "아직 계정이 없으신가요?";
        register: "Create one", "계정 만들기";
        empty_login: "Enter your username or email.", "사용자 이름이나 이메일을 입력해 주세요.";
        empty_password: "Enter your password.", "비밀번호를 입력해 주세요.";
        wrong: "The name or the password is not right. Check both and try again.", "이름이나 비밀번호가 맞지 않습니다. 둘 다 확인하고 다시 시도해 주세요.";
        disabled: "This account is disabled. Please ask the operator of this site.", "사용이 중지된 계정입니다. 이 사이트의 운영자에게 문의해 주세요.";
        too_many: "Too many attempts that failed. Try again in", "실패한 시도가 너무 많습니다. 다시 시도할 수 있는 때까지:";
    }
}
