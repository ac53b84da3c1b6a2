texts! {
    /// The registration page.
    Register {
        title: "Create your account", "계정 만들기";
        description: "Create an account for the apps of this site.", "이 사이트의 앱에 쓸 계정을 만들어요.";
        lead: "One account for every app here.", "계정 하나로 이곳의 모든 앱을 쓸 수 있어요.";
        submit: "Create account", "계정 만들기";
        have_account: "Already have an account?", "이미 계정이 있나요?";
        login: "Sign in", "로그인";
        closed: "Registration is closed", "지금은 가입할 수 없어요";
        closed_help: "The people who run this site create new accounts. Ask them for one.", "새 계정은 이 사이트의 운영자가 만들어요. 운영자에게 문의해 주세요.";
    }
}
