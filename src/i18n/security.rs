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
        registered: "Account created", "계정 생성";
        signed_in: "Signed in", "로그인";
        sign_in_failed: "Failed sign-in", "로그인 실패";
        signed_out: "Signed out", "로그아웃";
        session_ended: "Session ended", "세션 종료";
        others_ended: "Other sessions ended", "다른 세션 종료";
        password_changed: "Password changed", "비밀번호 변경";
        password_failed: "Wrong password entered", "비밀번호 오류";
        email_changed: "Email changed", "이메일 변경";
        account_deleted: "Account deleted", "계정 삭제";
        disabled: "Account disabled", "계정 사용 중지";
        enabled: "Account enabled", "계정 사용 재개";
        promoted: "Staff rights given", "관리자 권한 부여";
        demoted: "Staff rights taken", "관리자 권한 회수";
        by_operator: "the operator", "운영자";
    }
}
