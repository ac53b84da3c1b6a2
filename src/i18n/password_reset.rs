texts! {
    /// The page that a one-time link opens.
    PasswordReset {
        title: "Choose a new password", "새 비밀번호 정하기";
        lead: "After this you can sign in with it. Every session that was open has been ended, and API tokens are deleted.", "정한 뒤에는 이 비밀번호로 로그인할 수 있습니다. 열려 있던 세션은 모두 종료되었고 API 토큰은 삭제됩니다.";
        submit: "Set password", "비밀번호 정하기";
        over: "This link does not work any more", "더 이상 쓸 수 없는 링크입니다";
        over_lead: "A link works once, and for a limited time. Ask whoever gave it to you for a new one.", "링크는 한 번, 정해진 시간 동안만 쓸 수 있습니다. 링크를 준 사람에게 새 링크를 요청해 주세요.";
    }
}
