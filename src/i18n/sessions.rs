texts! {
    /// The sessions page.
    Sessions {
        title: "Sessions", "세션";
        lead: "Where you are signed in. Ending a session takes effect at once, everywhere.", "로그인한 곳의 목록입니다. 세션을 종료하면 모든 곳에서 바로 적용됩니다.";
        this_one: "This session", "이 세션";
        unknown_device: "Unknown device", "알 수 없는 기기";
        address: "IP address", "IP 주소";
        seen: "Last seen", "마지막 사용";
        since: "Signed in", "로그인 시각";
        stays: "Stays signed in", "로그인 유지";
        browser_only: "Until the browser closes", "브라우저를 닫을 때까지";
        remembered: "On that device", "그 기기에서 계속";
        app: "App", "앱";
        while_used: "While the app is used", "앱을 쓰는 동안";
        end: "End", "종료";
        end_this: "Sign out", "로그아웃";
        end_others: "End all other sessions", "다른 세션 모두 종료";
        trusted_title: "Trusted devices", "신뢰하는 기기";
        trusted_lead: "They need no second factor to sign in. A new password, or a change of factors, ends that.", "로그인할 때 2단계 인증을 요구하지 않는 기기입니다. 비밀번호나 2단계 인증을 바꾸면 해제됩니다.";
        trusted_since: "trusted", "등록:";
        trusted_until: "until", "만료:";
        forget: "Trust no longer", "신뢰 해제";
        no_others: "You are not signed in anywhere else.", "다른 곳에는 로그인되어 있지 않습니다.";
    }
}
