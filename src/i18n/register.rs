texts! {
    /// The registration page.
    Register {
        title: "Create an account", "계정 만들기";
        submit: "Create account", "계정 만들기";
        have_account: "Already have an account?", "이미 계정이 있으신가요?";
        login: "Sign in", "로그인";
        closed: "Registration is closed", "지금은 가입할 수 없습니다";
        closed_help: "New accounts are made by the operator of this site. Please ask them for one.", "새 계정은 이 사이트의 운영자가 만듭니다. 운영자에게 문의해 주세요.";
    }
}
