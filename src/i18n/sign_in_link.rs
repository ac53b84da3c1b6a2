texts! {
    /// Signing in by mail.
    SignInLink {
        title: "Sign in by email", "이메일로 로그인";
        lead: "Your account's address gets a link that signs you in without a password.", "계정의 이메일 주소로 비밀번호 없이 로그인하는 링크를 보내요.";
        submit: "Send the link", "링크 보내기";
        with_password: "Sign in with a password", "비밀번호로 로그인";
        confirm_title: "Sign in here?", "이 브라우저에서 로그인할까요?";
        confirm_lead: "The link signs you in in this browser.", "링크를 요청한 계정으로 로그인해요.";
        confirm_submit: "Sign in", "로그인";
        over_lead: "A link works once, for 30 minutes. Ask for a new one.", "링크는 30분 동안 한 번만 쓸 수 있어요. 새 링크를 요청해 주세요.";
    }
}
