texts! {
    /// The security page.
    Security {
        title: "Security", "보안";
        password_title: "Password", "비밀번호";
        password_lead: "Changing it ends every other session and deletes your API tokens.", "바꾸면 다른 세션이 모두 종료되고 API 토큰도 삭제됩니다.";
        submit: "Change password", "비밀번호 변경";
        same: "Choose one that differs from the current one.", "현재 비밀번호와 다르게 정해 주세요.";
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
