texts! {
    /// Signing in by mail.
    SignInLink {
        title: "Sign in by mail", "메일로 로그인";
        lead: "We mail a link to the address of your account. It signs you in without a password.", "계정의 이메일 주소로 링크를 보내 드립니다. 비밀번호 없이 로그인할 수 있습니다.";
        submit: "Send the link", "링크 보내기";
        with_password: "Sign in with a password", "비밀번호로 로그인";
        confirm_title: "Sign in here", "이 브라우저에서 로그인";
        confirm_lead: "You will be signed in in this browser.", "이 브라우저에서 로그인합니다.";
        confirm_submit: "Sign in", "로그인";
        over_lead: "A link works once, and for 30 minutes. Please ask for a new one.", "링크는 30분 동안 한 번만 쓸 수 있습니다. 새 링크를 요청해 주세요.";
    }
}
