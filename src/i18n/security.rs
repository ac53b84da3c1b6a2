texts! {
    /// The security page.
    Security {
        title: "Security", "보안";
        password_title: "Password", "비밀번호";
        password_lead: "Changing it ends every other session.", "바꾸면 다른 세션이 모두 종료됩니다.";
        submit: "Change password", "비밀번호 변경";
        same: "Choose one that differs from the current one.", "현재 비밀번호와 다르게 정해 주세요.";
        events_title: "Recent events", "최근 기록";
        events_lead: "What happened to your account, the latest first.", "계정에 있었던 일을 최근 순으로 보여 줍니다.";
        event: "Event", "내용";
        when: "When", "시각";
        place: "From", "접속 정보";
        by_operator: "the operator", "운영자";
        by_staff: "a member of staff", "관리자";
    }
}
