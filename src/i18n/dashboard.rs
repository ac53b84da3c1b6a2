texts! {
    /// The dashboard.
    Dashboard {
        title: "Dashboard", "대시보드";
        this_session: "This session", "이 세션";
        device: "Device", "기기";
        address: "IP address", "IP 주소";
        signed_in: "Signed in", "로그인 시각";
        unknown_device: "Unknown device", "알 수 없는 기기";
        stays: "Stays signed in", "로그인 유지";
        kept: "On this device", "이 기기에서 계속";
        browser_only: "Until the browser closes", "브라우저를 닫을 때까지";
        all_sessions: "See all sessions", "모든 세션 보기";
        security: "Security", "보안";
        password_age: "Password last changed", "비밀번호 마지막 변경";
        last_failure: "Last failed sign-in", "마지막 로그인 실패";
        no_failures: "None so far", "아직 없음";
        see_security: "Password and recent events", "비밀번호와 최근 기록";
        account: "Your account", "내 계정";
        edit_profile: "Edit profile", "프로필 수정";
        posts: "Newest posts", "최근 글";
        no_posts: "Nobody has written anything yet.", "아직 올라온 글이 없습니다.";
        see_board: "See the board", "게시판 보기";
    }
}
